"""Folders, titles that settle, deleted conversations and their purge."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from store_samples import ANSWER, BUILD, PAIR, REQUEST, make_finished

from slipstream.core.errors import StoreError
from slipstream.store import Store

NOON = datetime(2026, 7, 28, 12, tzinfo=UTC)


def exchange(store: Store, conversation: int | None, question: str, answer: str | None = None) -> int:
    """A question and, unless None, its finished answer; the conversation."""
    user, begun = store.begin_turn(conversation, question, REQUEST, PAIR, BUILD)
    assert begun.run is not None
    if answer is None:
        store.interrupt_answer(begun.run.id, "stopped", ANSWER)
    else:
        finished = make_finished()
        finished = replace(finished, stats=replace(finished.stats, answer=answer))
        store.finish_answer(begun.run.id, finished, ANSWER)
    return user.conversation_id


def title(store: Store, conversation: int) -> str:
    return store.conversation(conversation).title


# Folders


def test_a_folder_is_there_as_long_as_something_is_in_it(store: Store) -> None:
    a, b, c = (store.create_conversation(name).id for name in "abc")
    store.move_conversation(a, "Work")
    store.move_conversation(b, "Work")
    assert [home.folder for home in store.list_conversations()] == ["", "Work", "Work"]
    store.rename_folder("Work", "Play\0")
    assert [home.folder for home in store.list_conversations()] == ["", "Play\ufffd", "Play\ufffd"]
    store.move_conversation(c, "Play\ufffd")
    store.rename_folder("Play\ufffd", "")
    assert {home.folder for home in store.list_conversations()} == {""}


def test_a_deleted_conversation_comes_back_into_its_folder_as_it_is_called_now(store: Store) -> None:
    made = store.create_conversation("a")
    store.move_conversation(made.id, "Work")
    store.delete_conversation(made.id)
    store.rename_folder("Work", "Play")
    store.restore_conversation(made.id)
    assert store.conversation(made.id).folder == "Play"


def test_moving_what_is_not_there_is_an_expected_error(store: Store) -> None:
    with pytest.raises(StoreError, match="There is no conversation 99"):
        store.move_conversation(99, "x")


# Titles


def test_the_first_question_gives_a_clean_title_at_once(store: Store) -> None:
    home = exchange(store, None, "Hi! Could you please explain **tides**?\n\nIn detail.", "By the moon.")
    assert title(store, home) == "Explain tides"


def test_a_title_gets_better_with_the_first_answer(store: Store) -> None:
    home = exchange(store, None, "```py\nprint(1)\n```", "# Printing a number\n\nIt prints 1.")
    assert title(store, home) == "Printing a number"
    exchange(store, home, "Something else now?", "Yes.")
    assert title(store, home) == "Printing a number"


def test_a_greeting_gives_way_to_what_is_asked_next(store: Store) -> None:
    home = exchange(store, None, "Hello", "Hello! How can I help?")
    assert title(store, home) == "Hello"
    exchange(store, home, "How do tides work?", "By the moon.")
    assert title(store, home) == "How do tides work?"


def test_a_title_that_three_questions_could_not_settle_stays(store: Store) -> None:
    home = exchange(store, None, "Hi", "Hi")
    for _ in range(2):
        exchange(store, home, "Hello!", "Hi")
    exchange(store, home, "How do tides work?", "By the moon.")
    assert title(store, home) == "Hi"


def test_an_answer_that_was_cut_short_settles_nothing(store: Store) -> None:
    home = exchange(store, None, "```\nx\n```")
    assert title(store, home) == "X"
    exchange(store, home, "What is this code?", "A letter.")
    assert title(store, home) == "What is this code?"


def test_a_title_given_by_hand_stays(store: Store) -> None:
    home = exchange(store, None, "Hello")
    store.rename_conversation(home, "hello")
    exchange(store, home, "How do tides work?", "By the moon.")
    assert title(store, home) == "hello"


def test_a_title_given_while_the_answer_is_written_stays(store: Store) -> None:
    user, begun = store.begin_turn(None, "Hello", REQUEST, PAIR, BUILD)
    assert begun.run is not None
    store.rename_conversation(user.conversation_id, "Mine")
    store.finish_answer(begun.run.id, make_finished())
    assert title(store, user.conversation_id) == "Mine"


# Deleted conversations


def counts(store: Store) -> list[int]:
    return [
        store._db.rows(f"SELECT count(*) AS n FROM {t}")[0]["n"]
        for t in ("conversation", "message", "run", "step")
    ]


def purge(store: Store) -> int:
    """Purge all that is due; in how many parts."""
    parts = 0
    while store.purge_some():
        parts += 1
    return parts


def test_what_was_deleted_is_kept_for_30_days_and_then_removed_whole(path: Path) -> None:
    with Store.open(path, now=lambda: NOON) as store:
        exchange(store, None, "stays", "yes")
        kept = counts(store)
        gone = exchange(store, None, "goes", "no")
        store.delete_conversation(gone)
        assert [home.title for home in store.list_conversations(deleted=True)] == ["Goes"]
    with Store.open(path, now=lambda: NOON + timedelta(days=30)) as store:
        assert purge(store) == 0
        assert len(store.list_conversations(deleted=True)) == 1
    with Store.open(path, now=lambda: NOON + timedelta(days=30, seconds=1)) as store:
        assert purge(store) > 0
        assert counts(store) == kept
        assert store.list_conversations(deleted=True) == ()
        assert [hit.title for hit in store.search("goes").hits] == []
        assert store._db.rows("SELECT id FROM stale_words") == []


def test_what_was_restored_is_not_purged(path: Path) -> None:
    with Store.open(path, now=lambda: NOON) as store:
        home = exchange(store, None, "kept", "yes")
        store.delete_conversation(home)
        store.restore_conversation(home)
    with Store.open(path, now=lambda: NOON + timedelta(days=99)) as store:
        assert purge(store) == 0
        assert len(store.load_branch(home)) == 2


def test_a_conversation_thousands_of_turns_deep_is_purged_in_parts(path: Path) -> None:
    """Deleting its root would follow the chain of parents deeper than SQLite does."""
    with Store.open(path, now=lambda: NOON) as store:
        made = store.create_conversation("deep")
        with store._db.write(durable=False) as db:
            for number in range(1, 3001):
                db.run(
                    """INSERT INTO message (id, conversation_id, parent_id, role, content, state, created_at)
                       VALUES (?, ?, ?, 'user', 'x', 'complete', '2026-07-28T00:00:00+00:00')""",
                    *(number, made.id, number - 1 or None),
                )
            db.run("UPDATE conversation SET current_leaf = 3000 WHERE id = ?", made.id)
        store.delete_conversation(made.id)
    with Store.open(path, now=lambda: NOON + timedelta(days=31)) as store:
        assert purge(store) > 5
        assert counts(store) == [0, 0, 0, 0]


def test_the_last_deleted_comes_first(path: Path) -> None:
    times = iter(NOON + timedelta(minutes=n) for n in range(99))
    with Store.open(path, now=times.__next__, back_up=False) as store:
        a, b = store.create_conversation("a").id, store.create_conversation("b").id
        store.delete_conversation(b)
        store.delete_conversation(a)
        assert [home.id for home in store.list_conversations(deleted=True)] == [a, b]


def test_a_message_is_shown_on_its_branch_and_the_branch_stays_where_it_can(store: Store) -> None:
    def shown() -> list[int]:
        return [message.id for message in store.load_branch(home)]

    home = exchange(store, None, "first", "one")
    root, one = shown()
    exchange(store, home, "deeper", "two")
    deep = shown()
    other = store.edit_user_message(root, "other").id
    store.show_message(one)
    assert shown() == deep
    again = store.begin_answer(deep[2], REQUEST, PAIR, BUILD).id
    store.show_branch(deep[3])
    store.show_message(root)  # on the branch already: it does not jump to its newest end
    assert shown() == deep
    store.show_message(again)
    assert shown() == [*deep[:3], again]
    store.show_message(other)
    assert shown() == [other]
