"""Out of one store, through a file, into another: nothing is lost; and what comes in comes whole or not at all."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from store_samples import ANSWER, BUILD, LONE, PAIR, REQUEST, TAIL, make_finished, make_step

from slipstream.core.chat import Role
from slipstream.core.errors import StoreError, TransferError
from slipstream.core.metrics import Phase
from slipstream.core.transfer import Form, Reading, SavedConversation, SavedMessage, Words, writer_for
from slipstream.store import MessageState, RunState, Store

NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "other" / "slipstream.sqlite3", now=lambda: NOW) as opened:
        yield opened


def fill(store: Store) -> int:
    """A conversation with branches, thinking, finished, continued and cut answers; its id."""
    made = store.create_conversation("Zweige 🙂", target="/m/t \udcff.gguf", draft="/m/d.gguf")
    first = store.add_user_message(made.id, "What is 2 + 2?\n\t<think>")
    begun = store.begin_answer(first.id, REQUEST, PAIR, BUILD)
    assert begun.run is not None
    store.append_steps(begun.run.id, ANSWER[:2])
    store.finish_answer(begun.run.id, make_finished(notes=("the draft failed",)), ANSWER[2:])
    cut = store.begin_answer(first.id, REQUEST, LONE, BUILD)
    assert cut.run is not None
    lossy = make_step(1, "So", " it", " is", phase=Phase.THINK, drafted=2)
    lossy = replace(lossy, record=replace(lossy.record, rule="typical", refused=0.1 + 0.2), note="a note")
    store.interrupt_answer(cut.run.id, "the engine died", (lossy,))
    store.show_branch(begun.id)
    store.add_user_message(made.id, "And 3 + 3?")
    store.edit_user_message(first.id, "What is 2 + 3?")
    store.show_branch(cut.id)
    store.set_unsent(made.id, "half a thou")
    store.move_conversation(made.id, "Maths")
    store.pin_conversation(made.id, True)
    store._db.run("UPDATE conversation SET settings = '{\"temperature\": 0.5}' WHERE id = ?", made.id)
    return made.id


def written(store: Store, path: Path, *ids: int, form: Form = Form.JSON) -> Path:
    with path.open("w", encoding="utf-8") as file:
        writer = writer_for(form, file, NOW, Words(), several=len(ids) != 1)
        writer.begin()
        for conversation in ids or store.saved_ids():
            writer.conversation(store.saved(conversation))
            for message in store.saved_messages(conversation, whole_tree=form.whole_tree):
                writer.message(message)
            writer.end_conversation()
        writer.end()
    return path


def taken(store: Store, path: Path, at_once: int = 3) -> tuple[int, ...]:
    incoming, items = store.incoming(), list(Reading(path, NOW))
    for start in range(0, len(items), at_once):
        incoming.take(items[start : start + at_once])
    return incoming.reveal()


def all_of(store: Store, conversation: int) -> tuple[object, ...]:
    """All that the store tells of a conversation, with places in the tree for ids. Shows each branch in turn."""
    rows = store._db.rows(
        "SELECT id, parent_id FROM message WHERE conversation_id = ? ORDER BY id", conversation
    )
    place = {row["id"]: number for number, row in enumerate(rows)} | {None: None}
    told = store.conversation(conversation)
    messages = []
    for row in rows:
        store.show_message(row["id"])
        (message,) = [m for m in store.load_branch(conversation) if m.id == row["id"]]
        runs = []
        for run in store._db.rows("SELECT id FROM run WHERE message_id = ? ORDER BY id", row["id"]):
            kept = replace(store.run(run["id"]), id=0, message_id=0)
            runs.append((kept, store.run_steps(run["id"]), store.run_pieces(run["id"])))
        siblings = tuple(place[sibling] for sibling in message.siblings)
        message = replace(
            message, id=0, conversation_id=0, parent_id=place[row["parent_id"]], siblings=siblings, run=None
        )
        messages.append((message, runs))
    return replace(told, id=0, current_leaf=place[told.current_leaf]), messages, settings(store, conversation)


def settings(store: Store, conversation: int) -> object:
    (row,) = store._db.rows("SELECT settings FROM conversation WHERE id = ?", conversation)
    return json.loads(row["settings"])


def test_a_round_trip_loses_nothing(store: Store, other: Store, tmp_path: Path) -> None:
    home = fill(store)
    first = written(store, tmp_path / "first.json", home)
    (made,) = taken(other, first)
    second = written(other, tmp_path / "second.json", made)
    assert all_of(other, made) == all_of(store, home)
    there, again = (json.loads(path.read_text("utf-8"))["conversations"] for path in (first, second))
    assert strip_ids(there) == strip_ids(again)


def strip_ids(conversations: list[dict[str, object]]) -> list[dict[str, object]]:
    """Ids as places in the list."""
    for conversation in conversations:
        messages = conversation["messages"]
        assert isinstance(messages, list)
        place = {message["id"]: number for number, message in enumerate(messages)} | {None: None}
        conversation["current"] = place[conversation["current"]]
        for message in messages:
            message["id"], message["parent"] = place[message["id"]], place[message["parent"]]
    return conversations


@pytest.mark.parametrize("at_once", [1, 2, 100])
def test_all_conversations_keep_their_order(store: Store, other: Store, tmp_path: Path, at_once: int) -> None:
    for name in "abc":
        store.add_user_message(store.create_conversation(name).id, f"in {name}")
    store.delete_conversation(store.create_conversation("deleted").id)
    store.add_user_message(1, "again")
    other.create_conversation("was there")
    made = taken(other, written(store, tmp_path / "all.json"), at_once)
    assert [other.conversation(home).title for home in made] == ["b", "c", "a"]
    assert [home.title for home in other.list_conversations()] == ["a", "c", "b", "was there"]
    assert [message.content for message in other.load_branch(made[2])] == ["in a", "again"]


def test_an_answer_under_way_is_written_as_one_cut_short(store: Store, other: Store, tmp_path: Path) -> None:
    made = store.create_conversation("x")
    begun = store.begin_answer(store.add_user_message(made.id, "?").id, REQUEST, PAIR, BUILD)
    assert begun.run is not None
    store.append_steps(begun.run.id, ANSWER[:3])
    (there,) = taken(other, written(store, tmp_path / "x.json", made.id))
    answer = other.load_branch(there)[-1]
    assert (answer.state, answer.content, answer.thinking) == (
        MessageState.INTERRUPTED,
        "It is",
        "Let me see.\n",
    )
    assert answer.run is not None
    assert answer.run.state is RunState.INTERRUPTED
    assert other.run_steps(answer.run.id) == ANSWER[:3]
    store.finish_answer(begun.run.id, make_finished(ANSWER, TAIL), ANSWER[3:])  # undisturbed


def test_markdown_and_sharegpt_show_the_branch_in_sight(store: Store, tmp_path: Path) -> None:
    home = fill(store)
    text = written(store, tmp_path / "x.md", home, form=Form.MARKDOWN).read_text("utf-8")
    assert "So it is" in text
    assert "It is 42." not in text
    data = json.loads(written(store, tmp_path / "x.json", home, form=Form.SHAREGPT).read_text("utf-8"))
    assert data["conversations"] == [
        {"from": "human", "value": "What is 2 + 2?\n\t<think>"},
        {"from": "gpt", "value": "<think>\nSo it is\n</think>\n\n"},
    ]


def test_sharegpt_goes_into_the_store_as_one_branch(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    turns = [("system", "Be brief"), ("human", "Why?"), ("gpt", "<think>\nHm\n</think>\n\nSo.")]
    path.write_text(json.dumps([{"conversations": [{"from": who, "value": what} for who, what in turns]}]))
    (made,) = taken(store, path)
    branch = store.load_branch(made)
    assert [(m.role, m.content, m.thinking) for m in branch] == [
        (Role.SYSTEM, "Be brief", ""),
        (Role.USER, "Why?", ""),
        (Role.ASSISTANT, "So.", "Hm"),
    ]
    assert [m.run for m in branch] == [None, None, None]
    assert store.conversation(made).title == "Why?"
    assert [hit.message for hit in store.search("so").hits] == [branch[2].id]
    store.add_user_message(made, "And then?")  # it goes on like any other


def test_nothing_is_seen_before_all_of_it_is_there(store: Store, tmp_path: Path) -> None:
    item = SavedMessage(1, None, Role.USER, "needle", NOW)
    incoming = store.incoming()
    incoming.take([item, SavedConversation("One", NOW, NOW, current=1), item])
    assert store.list_conversations() == store.list_conversations(deleted=True) == ()
    assert store.saved_ids() == []
    assert store.search("needle").hits == ()
    incoming.take([SavedConversation("Two", NOW, NOW, current=1)])
    made = incoming.reveal()
    assert [store.conversation(home).title for home in made] == ["One", "Two"]
    assert len(store.search("needle").hits) == 2


def test_an_import_left_half_way_goes_with_the_next_purge(path: Path) -> None:
    item = SavedMessage(1, None, Role.USER, "needle", NOW)
    with Store.open(path, now=lambda: NOW) as store:
        kept = store.create_conversation("kept")
        store.incoming().take([item, SavedConversation("One", NOW, NOW, current=1), item])
        while store.purge_some():
            pass
        assert [row["id"] for row in store._db.rows("SELECT id FROM conversation")] == [kept.id]
        assert store._db.rows("SELECT id FROM message") == []
        assert store._db.rows("SELECT id FROM stale_words") == []


def test_what_cannot_be_kept_is_refused_and_nothing_of_its_slice_stays(store: Store) -> None:
    good = SavedMessage(1, None, Role.USER, "x", NOW)
    run = list(store.saved_messages(fill(store), whole_tree=True))[1].runs[0]
    assert run.stats is not None
    bad = replace(run, stats=replace(run.stats, prompt_tokens=2**63))
    huge = replace(run, steps=(replace(run.steps[0], record=replace(run.steps[0].record, emitted=(2**31,))),))
    surrogate = replace(
        run, steps=(replace(run.steps[0], record=replace(run.steps[0].record, drafter="\ud800")),)
    )
    for odd in (bad, huge, surrogate):
        incoming = store.incoming()
        with pytest.raises(TransferError, match="cannot be kept"):
            incoming.take([good, SavedMessage(2, 1, Role.ASSISTANT, "y", NOW, runs=(odd,))])
        assert incoming.reveal() == ()
    assert len(store.list_conversations()) == 1


def test_texts_and_names_that_are_no_text_are_cleaned(store: Store) -> None:
    incoming = store.incoming()
    message = SavedMessage(1, None, Role.USER, "a\0b\ud83d", NOW, thinking="\udc00")
    incoming.take(
        [message, SavedConversation("\ud800", NOW, NOW, folder="f\0", target="\udcff", unsent="\0")]
    )
    (made,) = incoming.reveal()
    found = store.conversation(made)
    assert (found.title, found.folder, found.target, found.unsent) == (
        "\ufffd",
        "f\ufffd",
        "\ufffd",
        "\ufffd",
    )
    assert store.load_branch(made)[0].content == "a\ufffdb\ufffd"


def test_without_a_current_message_the_newest_is_shown(store: Store) -> None:
    incoming = store.incoming()
    first = SavedMessage(7, None, Role.USER, "a", NOW)
    incoming.take([first, replace(first, id=9, parent=7, content="b"), SavedConversation("x", NOW, NOW)])
    assert [m.content for m in store.load_branch(incoming.reveal()[0])] == ["a", "b"]


def test_times_are_kept(store: Store) -> None:
    incoming = store.incoming()
    long_ago = datetime(2024, 2, 29, 23, 59, 58, tzinfo=UTC)
    incoming.take([SavedConversation("x", long_ago, long_ago + timedelta(days=1))])
    found = store.conversation(incoming.reveal()[0])
    assert (found.created, found.updated) == (long_ago, long_ago + timedelta(days=1))


def test_an_unknown_conversation_cannot_be_written(store: Store) -> None:
    with pytest.raises(StoreError, match="There is no conversation 99"):
        store.saved(99)


def test_a_thousand_answers_deep_goes_out_and_in(store: Store, other: Store, tmp_path: Path) -> None:
    made = store.create_conversation("deep")
    with store._db.write(durable=False) as db:
        for number in range(1, 3001):
            db.run(
                """INSERT INTO message (id, conversation_id, parent_id, role, content, state, created_at)
                   VALUES (?, ?, ?, 'user', ?, 'complete', '2026-07-28T00:00:00+00:00')""",
                *(number, made.id, number - 1 or None, str(number)),
            )
        db.run("UPDATE conversation SET current_leaf = 3000 WHERE id = ?", made.id)
    (there,) = taken(other, written(store, tmp_path / "deep.json", made.id), 100)
    assert [m.content for m in other.load_branch(there)] == [str(n) for n in range(1, 3001)]


def test_the_writer_is_given_open_files_only() -> None:
    """The forms know no paths: what is written to is the caller's."""
    file = io.StringIO()
    writer = writer_for(Form.JSON, file, NOW, Words(), several=True)
    writer.begin()
    writer.end()
    assert json.loads(file.getvalue())["conversations"] == []
