"""Files of conversations: what is written, and what is read of other people's."""

import codecs
import contextlib
import io
import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from transfer_samples import ANSWER, BRANCH, CONVERSATION, MESSAGES, NOON, OTHER, QUESTION

from slipstream.core.chat import Role
from slipstream.core.errors import TransferError
from slipstream.core.transfer import (
    Form,
    Reading,
    SavedConversation,
    SavedMessage,
    Words,
    file_name,
    writer_for,
)
from slipstream.core.transfer import reading as reading_module


def written(
    form: Form, *conversations: tuple[SavedConversation, tuple[SavedMessage, ...]], several: bool = False
) -> str:
    file = io.StringIO()
    writer = writer_for(form, file, NOON, Words(), several=several)
    writer.begin()
    for conversation, messages in conversations:
        writer.conversation(conversation)
        for message in messages:
            writer.message(message)
        writer.end_conversation()
    writer.end()
    return file.getvalue()


def items(path: Path) -> list[object]:
    return list(Reading(path, NOON))


def read_text(tmp_path: Path, text: str | bytes, name: str = "file.json") -> list[object]:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return items(path)


def turns(found: list[object]) -> list[tuple[str, str, str]]:
    return [(m.role, m.thinking, m.content) for m in found if isinstance(m, SavedMessage)]


# Slipstream's own form


def test_json_comes_back_equal(tmp_path):
    empty = SavedConversation("Nothing yet", NOON, NOON, settings={})
    text = written(Form.JSON, (CONVERSATION, MESSAGES), (empty, ()), several=True)
    assert read_text(tmp_path, text) == [*MESSAGES, CONVERSATION, empty]


def test_json_is_one_json_text_with_a_line_a_message():
    text = written(Form.JSON, (CONVERSATION, MESSAGES))
    data = json.loads(text)
    assert (data["format"], data["version"]) == ("slipstream-conversations", 1)
    (conversation,) = data["conversations"]
    assert [message["content"] for message in conversation["messages"]] == [m.content for m in MESSAGES]
    assert sum(line.startswith('{"id":') for line in text.splitlines()) == len(MESSAGES)
    steps = conversation["messages"][1]["runs"][0]["steps"]
    assert dict(zip(steps["columns"], steps["rows"][0], strict=True))["drafted"] == [5, 6]


def test_keys_in_another_order_are_read_as_well(tmp_path):
    data = json.loads(written(Form.JSON, (CONVERSATION, MESSAGES)))
    for sort, indent in ((True, None), (False, 2), (True, 1)):
        text = json.dumps(data, sort_keys=sort, indent=indent)
        assert read_text(tmp_path, text) == [*MESSAGES, CONVERSATION]


def test_text_of_every_kind_survives(tmp_path):
    rng = random.Random(3)
    letters = 'aä🙂"\\\n\r\t\u2028\ufffd\ud83d</details>`'
    messages = tuple(
        replace(QUESTION, id=n, content="".join(rng.choice(letters) for _ in range(40)), parent=n - 1 or None)
        for n in range(1, 30)
    )
    conversation = replace(CONVERSATION, current=None)
    assert read_text(tmp_path, written(Form.JSON, (conversation, messages))) == [*messages, conversation]


# Markdown


def test_markdown_reads_well_with_the_thinking_folded():
    text = written(Form.MARKDOWN, (CONVERSATION, BRANCH))
    assert text == (
        "# Six times seven\n\n## You\n\nWhat is six times seven?\n\n```py\n6 * 7\n```\n"
        "\n## R1 Distill 1.5B\n\n<details>\n<summary>Thinking</summary>\n\nHm &lt;details>\n\n</details>\n\n42\n"
    )


def test_markdown_keeps_apart_what_texts_would_mix_up():
    sly = replace(ANSWER, thinking="</details> <summary> ```x\n~~~\n", content="", runs=())
    text = written(Form.MARKDOWN, (replace(CONVERSATION, title="a\nb"), (sly, OTHER)), (CONVERSATION, ()))
    assert "# a b\n" in text
    assert "&lt;/details>" in text
    assert "~~~\n~~~\n\n</details>" in text  # the fence is closed
    assert "## Assistant\n" in text
    assert "*This answer was cut off.*" in text
    assert "\n---\n\n# Six times seven\n" in text


# ShareGPT's form


def test_sharegpt_has_the_turns_and_the_thinking_in_its_tags(tmp_path):
    text = written(Form.SHAREGPT, (CONVERSATION, BRANCH))
    data = json.loads(text)
    assert data == {
        "title": "Six times seven",
        "conversations": [
            {"from": "human", "value": QUESTION.content},
            {"from": "gpt", "value": "<think>\nHm <details>\n</think>\n\n42 "},
        ],
    }
    found = read_text(tmp_path, text)
    assert turns(found) == [(Role.USER, "", QUESTION.content), (Role.ASSISTANT, "Hm <details>", "42 ")]
    assert isinstance(found[-1], SavedConversation)
    assert (found[-1].title, found[-1].current) == ("Six times seven", 2)
    several = json.loads(written(Form.SHAREGPT, (CONVERSATION, BRANCH), several=True))
    assert several == [data]
    assert json.loads(written(Form.SHAREGPT, several=True)) == []


ONE = {"conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Ho"}]}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ONE),
        json.dumps([ONE]),
        json.dumps(ONE) + "\n",
        json.dumps({"id": "x", "model": None, "score": 0.5} | ONE | {"tags": [1, {"a": 2}]}, indent=2),
        json.dumps({"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Ho"}]}),
        json.dumps({"conversations": [{"from": " USER", "value": "Hi"}, {"from": "ChatGPT", "value": "Ho"}]}),
        "\r\n  " + json.dumps(ONE),
    ],
)
def test_the_usual_kinds_are_read(tmp_path, text):
    assert turns(read_text(tmp_path, text)) == [(Role.USER, "", "Hi"), (Role.ASSISTANT, "", "Ho")]


def test_a_conversation_a_line_and_a_list_of_them(tmp_path):
    other = {
        "conversations": [
            {"from": "system", "value": "Be brief"},
            {"from": "human", "value": "Why?\nTell me"},
        ]
    }
    lines = "\n".join(map(json.dumps, (ONE, other, ONE)))
    for text in (lines, lines + "\n\n", json.dumps([ONE, other, ONE])):
        found = read_text(tmp_path, text, "file.jsonl")
        assert [item.title for item in found if isinstance(item, SavedConversation)] == ["Hi", "Why?", "Hi"]
        assert [item.parent for item in found if isinstance(item, SavedMessage)] == [
            None,
            1,
            None,
            1,
            None,
            1,
        ]


@pytest.mark.parametrize(
    ("value", "thinking", "content"),
    [
        ("<think>\na\nb\n</think>\n\nc", "a\nb", "c"),
        ("a</think>c", "a", "c"),  # the template had opened it
        ("<think>\n\n</think>\n\nc", "", "c"),
        ("<think>never closed", "", "<think>never closed"),
        ("The tag <think> opens, </think> closes", "", "The tag <think> opens, </think> closes"),
        ("plain", "", "plain"),
    ],
)
def test_thinking_is_found_in_its_tags(tmp_path, value, thinking, content):
    text = json.dumps({"conversations": [{"from": "gpt", "value": value}]})
    assert turns(read_text(tmp_path, text)) == [(Role.ASSISTANT, thinking, content)]


# Encodings


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + json.dumps(ONE).encode(),
        json.dumps(ONE).encode("utf-16"),
        codecs.BOM_UTF16_BE + json.dumps(ONE).encode("utf-16-be"),
        json.dumps(ONE).encode("utf-32"),
    ],
)
def test_marked_encodings_are_read(tmp_path, data):
    assert len(turns(read_text(tmp_path, data))) == 2


def test_a_long_file_is_followed(tmp_path):
    text = written(Form.JSON, *[(CONVERSATION, MESSAGES)] * 400, several=True)
    path = tmp_path / "long.json"
    path.write_text(text, "utf-8")
    reading, fractions = Reading(path, NOON), []
    for _ in reading:
        fractions.append(reading.fraction)
    assert len(fractions) == 400 * 4
    assert fractions == sorted(fractions)
    assert (fractions[0] < 0.3, fractions[-1]) == (True, 1.0)


# What is wrong is named


OWN = {"title": "x", "created": "2026-07-28T12:00:00Z", "updated": "2026-07-28T12:00:00Z", "messages": []}


def own(**change: object) -> str:
    """A file of Slipstream's with its first conversation changed."""
    data = json.loads(written(Form.JSON, (CONVERSATION, MESSAGES)))
    data["conversations"][0] |= change
    return json.dumps(data)


def message(number: int, **change: object) -> str:
    data = json.loads(written(Form.JSON, (CONVERSATION, MESSAGES)))
    data["conversations"][0]["messages"][number] |= change
    return json.dumps(data)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the file is empty"),
        ("  \n", "the file is empty"),
        ("<!DOCTYPE html><title>404</title>", "no JSON"),
        ("PK\x03\x04", "no JSON"),
        ("42", "no JSON"),
        ("{}", "conversation 1, a list of turns was expected"),
        ("[1]", "{ was expected"),
        ("[[]]", "{ was expected"),
        (json.dumps([ONE, {"a": 1}]), "conversation 2, a list of turns was expected"),
        (json.dumps({"conversations": []}), "conversation 1, at least one turn was expected"),
        (json.dumps({"conversations": [7]}), "conversation 1, turn 1"),
        (json.dumps({"conversations": [None]}), "conversation 1, turn 1"),
        (json.dumps({"conversations": [{"from": "tool", "value": "x"}]}), "not “tool”"),
        (json.dumps({"conversations": [{"from": None, "value": "x"}]}), "human, gpt or system"),
        (json.dumps({"conversations": [{"from": "gpt", "value": ["x"]}]}), "turn 1: text, not list"),
        (json.dumps([ONE, ONE])[:-9], "it ends too early"),
        (json.dumps(ONE) + "]", "nothing more was expected"),
        (json.dumps(ONE) + "x", "nothing more was expected"),
        ('{"conversations": [{"from": "gpt" "value": "x"}]}' + " " * 40, "line 1"),
        (json.dumps({"format": "something-else", "conversations": []}), "its “format” is not"),
        (json.dumps({"conversations": [OWN]}), "its “format” is not"),
        (
            json.dumps({"format": "slipstream-conversations", "conversations": []}),
            "its “version” is no number",
        ),
        (
            json.dumps({"format": "slipstream-conversations", "version": 2, "conversations": []}),
            "later version",
        ),
        (json.dumps({"format": "slipstream-conversations", "version": 1}), "no list of conversations"),
        (own(messages=3), "has no messages"),
        (own(title=None), "conversation 1, title: text was expected"),
        (own(created="soon"), "conversation 1, created: a time"),
        (own(current=99), "conversation 1, current: the id of one of its messages"),
        (message(0, role="robot"), "conversation 1, message 1, role: one of system, user, assistant"),
        (message(1, id=3), "conversation 1, message 2: an id of its own"),
        (message(1, parent=5), "conversation 1, message 2: a parent that comes before it"),
        (message(1, runs={}), "message 2, runs: a list"),
        (message(1, runs=[{}]), "message 2, runs, created: a value"),
        (message(2, content=7), "message 3, content: text"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(tmp_path, text, says):
    with pytest.raises(TransferError) as caught:
        read_text(tmp_path, text)
    assert says in caught.value.message
    assert caught.value.message.startswith("file.json cannot be imported: ")
    assert caught.value.hint == "Nothing was imported"


def step_table(**change: object) -> str:
    data = json.loads(written(Form.JSON, (CONVERSATION, MESSAGES)))
    data["conversations"][0]["messages"][1]["runs"][0]["steps"] |= change
    return json.dumps(data)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"rows": [[1, 2]]}, "steps, row 1: a list of"),
        ({"columns": ["index"], "rows": [[1]]}, "steps, row 1, drafter: a value"),
        ({"columns": "index"}, "steps: a list"),
        ({"rows": None}, "steps: a list"),
    ],
)
def test_steps_are_checked(tmp_path, change, says):
    with pytest.raises(TransferError) as caught:
        read_text(tmp_path, step_table(**change))
    assert says in caught.value.message


def test_steps_in_disorder_are_refused(tmp_path):
    data = json.loads(written(Form.JSON, (CONVERSATION, MESSAGES)))
    rows = data["conversations"][0]["messages"][1]["runs"][0]["steps"]["rows"]
    rows.reverse()
    with pytest.raises(TransferError, match="row 2: a step that comes later"):
        read_text(tmp_path, json.dumps(data))


def test_bytes_that_are_no_text_are_said(tmp_path):
    with pytest.raises(TransferError, match="it is not UTF-8 text"):
        read_text(tmp_path, json.dumps(ONE, ensure_ascii=False).encode()[:-4] + b"\xff\xfe\x00}]}")
    with pytest.raises(TransferError, match=r"it is not UTF-16\S* text"):
        read_text(tmp_path, json.dumps(ONE).encode("utf-16")[:-1])


def test_a_file_that_is_not_there_and_a_folder_are_said(tmp_path):
    with pytest.raises(TransferError, match=r"gone\.json cannot be imported"):
        items(tmp_path / "gone.json")
    with pytest.raises(TransferError, match="cannot be imported"):
        items(tmp_path)


def test_what_is_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(reading_module, "LARGEST_FILE", 10)
    with pytest.raises(TransferError, match="the file is larger than"):
        read_text(tmp_path, json.dumps(ONE))
    monkeypatch.undo()
    monkeypatch.setattr(reading_module, "MOST_CONVERSATIONS", 2)
    with pytest.raises(TransferError, match="more than 2 conversations"):
        read_text(tmp_path, json.dumps([ONE] * 3))
    with pytest.raises(TransferError, match="more than 2 conversations"):
        read_text(
            tmp_path, written(Form.JSON, *[(replace(CONVERSATION, current=None), ())] * 3, several=True)
        )
    monkeypatch.undo()
    monkeypatch.setattr(reading_module, "MOST_TURNS", 3)
    with pytest.raises(TransferError, match="more than 3 messages"):
        read_text(tmp_path, json.dumps({"conversations": ONE["conversations"] * 2}))


@pytest.mark.parametrize("seed", range(300))
def test_a_damaged_file_is_refused_or_read_never_a_bug(tmp_path, seed):
    """One to four places changed at random; whatever comes out, nothing but TransferError is raised."""
    rng = random.Random(seed)
    data = bytearray(written(Form.JSON, (CONVERSATION, MESSAGES)).encode())
    for _ in range(rng.randrange(1, 5)):
        place = rng.randrange(len(data))
        match rng.randrange(4):
            case 0:
                data[place] = rng.randrange(256)
            case 1:
                del data[place : place + rng.randrange(1, 30)]
            case 2:
                data[place:place] = rng.choice(
                    [b"null", b'"', b"[", b"{}", b",", b"-1e999", b"\\u0000", b"1"]
                )
            case _:
                del data[place:]
    found = []
    with contextlib.suppress(TransferError):
        found = read_text(tmp_path, bytes(data))
    assert all(isinstance(item, SavedMessage | SavedConversation) for item in found)


# Names of files


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Six times seven", "Six times seven.json"),
        ('a/b\\c:d*e?f"g<h>i|j\n', "a b c d e f g h i j.json"),
        ("../../etc/passwd", "etc passwd.json"),
        ("", "conversation.json"),
        (" . ", "conversation.json"),
        ("con", "conversation con.json"),
        ("LPT1.txt", "conversation LPT1.txt.json"),
        ("é" * 200, "é" * 60 + ".json"),
        ("a\ud800b", "a b.json"),
    ],
)
def test_titles_become_names_that_every_file_system_takes(title, name):
    assert file_name(title, Form.JSON) == name
    assert file_name(title, Form.MARKDOWN) == name.removesuffix(".json") + ".md"
