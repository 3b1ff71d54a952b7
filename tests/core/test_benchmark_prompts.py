"""What is asked: built-in prompts, files of prompts however odd, and the order."""

import json
from pathlib import Path

import pytest

from slipstream.core.benchmark.plan import BenchPlan
from slipstream.core.benchmark.prompts import (
    KINDS,
    OTHER,
    BenchPrompt,
    built_in,
    in_turn,
    kinds_of,
    read_prompts,
)
from slipstream.core.benchmark.record import key_for
from slipstream.core.errors import AppError


def prompts_file(tmp_path: Path, *lines: object) -> Path:
    path = tmp_path / "prompts.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return path


def test_every_kind_is_built_in() -> None:
    found = built_in()
    assert kinds_of(found) == list(KINDS)
    assert len({prompt.id for prompt in found}) == len(found)
    assert all(len([p for p in found if p.kind == kind]) >= 8 for kind in KINDS)
    assert [prompt.kind for prompt in built_in(["math"])] == ["math"] * len(built_in(["math"]))


def test_a_file_is_read_with_what_it_has(tmp_path: Path) -> None:
    path = prompts_file(
        tmp_path,
        {"id": "a", "kind": "code", "prompt": "Write x", "more": 1},
        "",
        {"prompt": 'Emoji 🚀,\nlines and "quotes"'},
        {"id": 7, "kind": "  two\twords ", "prompt": "p"},
    )
    assert read_prompts(path) == [
        BenchPrompt("a", "code", "Write x"),
        BenchPrompt("3", OTHER, 'Emoji 🚀,\nlines and "quotes"'),
        BenchPrompt("7", "two words", "p"),
    ]


def test_a_byte_order_mark_and_windows_lines_are_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"prompt": "one"}\r\n{"prompt": "two"}\r\n')
    assert [prompt.text for prompt in read_prompts(path)] == ["one", "two"]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["nonsense"], "Line 1 of prompts.jsonl is no prompt: it is no JSON"),
        (['{"prompt": "a"}', "[1]"], "Line 2 of prompts.jsonl is no prompt: it is no JSON object"),
        (['{"prompt": "  "}'], "it has no “prompt”"),
        (['{"prompt": 3}'], "it has no “prompt”"),
        (['{"id": [1], "prompt": "a"}'], "its id and kind must be text"),
        (['{"id": "x", "prompt": "a"}', '{"id": "x", "prompt": "b"}'], "the id “x” was there before"),
        ([json.dumps({"kind": "k" * 81, "prompt": "a"})], "80 characters at most"),
        ([json.dumps({"kind": "a\u202eb", "prompt": "a"})], "plain text"),
        (["[" * 100_000], "it is no JSON"),
        ([""], "There is no prompt in prompts.jsonl"),
        ([json.dumps({"kind": str(n), "prompt": "a"}) for n in range(51)], "more than 50 kinds"),
    ],
)
def test_what_is_no_prompt_is_said_with_its_line(tmp_path: Path, lines: list[str], message: str) -> None:
    with pytest.raises(AppError) as refused:
        read_prompts(prompts_file(tmp_path, *lines))
    assert message in refused.value.message


def test_a_file_that_is_no_text_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    with pytest.raises(AppError, match="cannot be read"):
        read_prompts(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AppError, match="no UTF-8"):
        read_prompts(path)
    with pytest.raises(AppError, match="cannot be read"):
        read_prompts(tmp_path)


def named(*names: str) -> list[BenchPrompt]:
    return [BenchPrompt(name, name[0], name) for name in names]


def test_kinds_take_turns() -> None:
    mixed = in_turn(named("a1", "a2", "a3", "b1", "c1", "c2"))
    assert [prompt.id for prompt in mixed] == ["a1", "b1", "c1", "a2", "c2", "a3"]
    assert [prompt.id for prompt in in_turn(named("a1", "a2", "b1"), 2)] == ["a1", "b1"]


def test_all_prompts_come_once_before_any_comes_again_and_who_is_first_alternates() -> None:
    plan = BenchPlan(tuple(named("a1", "b1", "a2")), repeats=2)
    tasks = plan.tasks()
    assert plan.size == len(tasks) == 6
    assert [(task.prompt.id, task.repeat, task.drafting_first) for task in tasks] == [
        ("a1", 0, True),
        ("b1", 0, False),
        ("a2", 0, True),
        ("a1", 1, False),
        ("b1", 1, True),
        ("a2", 1, False),
    ]


def test_what_is_done_is_not_done_again_and_the_rest_keeps_its_order() -> None:
    first, second = named("a1", "b1")
    plan = BenchPlan((first, second), repeats=2)
    left = plan.tasks({key_for(first, 0), key_for(second, 1)})
    assert [(task.prompt.id, task.repeat) for task in left] == [("b1", 0), ("a1", 1)]
    other_text = BenchPrompt("a1", "a", "another text")
    assert len(plan.tasks({key_for(other_text, 0)})) == 4
