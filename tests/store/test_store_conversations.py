"""Conversations and their message trees."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from store_samples import BUILD, PAIR, REQUEST, make_finished

from slipstream.core.chat import Role
from slipstream.core.errors import StoreError
from slipstream.store import MessageState, Store


def answer(store: Store, parent_id: int) -> int:
    """A finished answer under a message; its message id."""
    message = store.begin_answer(parent_id, REQUEST, PAIR, BUILD)
    assert message.run is not None
    store.finish_answer(message.run.id, make_finished((), ()))
    return message.id


def test_a_new_store_is_empty(store: Store) -> None:
    assert store.list_conversations() == ()
    assert (store.notices, store.recovered) == ((), 0)


def test_everything_is_there_after_reopening(path: Path) -> None:
    with Store.open(path) as store:
        made = store.create_conversation(target="/m/t.gguf", draft="/m/d.gguf")
        first = store.add_user_message(made.id, "What is six times seven?\nBe brief.")
        answer(store, first.id)
        branch, listed = store.load_branch(made.id), store.list_conversations()
    with Store.open(path) as store:
        assert store.load_branch(made.id) == branch
        assert store.list_conversations() == listed
        assert listed[0].title == "What is six times seven?"
        assert (listed[0].target, listed[0].draft) == ("/m/t.gguf", "/m/d.gguf")
        assert store.recovered == 0


def test_a_message_comes_back_as_it_was_kept(store: Store) -> None:
    made = store.create_conversation()
    text = "größer 🙂 \u202eabc\n\t“quotes” '; DROP TABLE message; --"
    message = store.add_user_message(made.id, text)
    assert (message.role, message.content, message.state) == (Role.USER, text, MessageState.COMPLETE)
    assert store.load_branch(made.id)[0].content == text


def test_a_title_once_given_stays(store: Store) -> None:
    named = store.create_conversation("Mine")
    store.add_user_message(named.id, "Hello")
    assert store.conversation(named.id).title == "Mine"
    other = store.create_conversation()
    store.add_user_message(other.id, "First")
    store.add_user_message(other.id, "Second")
    assert store.conversation(other.id).title == "First"
    store.rename_conversation(other.id, "Renamed")
    assert store.conversation(other.id).title == "Renamed"


def test_the_list_has_pinned_ones_first_then_the_last_written(store: Store) -> None:
    a, b, c = (store.create_conversation(name).id for name in "abc")
    assert [shown.id for shown in store.list_conversations()] == [c, b, a]
    store.add_user_message(a, "again")
    assert [shown.id for shown in store.list_conversations()] == [a, c, b]
    store.pin_conversation(b, True)
    assert [shown.id for shown in store.list_conversations()] == [b, a, c]
    store.pin_conversation(b, False)
    assert [shown.id for shown in store.list_conversations()] == [a, c, b]


def test_renaming_does_not_move_it_up(store: Store) -> None:
    a, b = (store.create_conversation(name).id for name in "ab")
    store.rename_conversation(a, "z")
    assert [shown.id for shown in store.list_conversations()] == [b, a]


def test_a_deleted_conversation_comes_back_whole(store: Store) -> None:
    made = store.create_conversation()
    store.add_user_message(made.id, "Hello")
    branch = store.load_branch(made.id)
    store.delete_conversation(made.id)
    assert store.list_conversations() == ()
    assert [shown.id for shown in store.list_conversations(deleted=True)] == [made.id]
    store.restore_conversation(made.id)
    assert [shown.id for shown in store.list_conversations()] == [made.id]
    assert store.load_branch(made.id) == branch


def test_unsent_text_and_models_are_kept(path: Path) -> None:
    with Store.open(path) as store:
        made = store.create_conversation()
        store.set_unsent(made.id, "half a thou")
        store.set_models(made.id, "/t.gguf", None)
    with Store.open(path) as store:
        found = store.conversation(made.id)
        assert (found.unsent, found.target, found.draft) == ("half a thou", "/t.gguf", None)


def test_a_branch_follows_the_turns(store: Store) -> None:
    made = store.create_conversation()
    first = store.add_user_message(made.id, "1")
    second = answer(store, first.id)
    third = store.add_user_message(made.id, "3")
    branch = store.load_branch(made.id)
    assert [message.id for message in branch] == [first.id, second, third.id]
    assert [message.parent_id for message in branch] == [None, first.id, second]
    assert [message.siblings for message in branch] == [(first.id,), (second,), (third.id,)]
    assert store.conversation(made.id).current_leaf == third.id


def test_regenerating_makes_a_sibling_and_shows_it(store: Store) -> None:
    made = store.create_conversation()
    question = store.add_user_message(made.id, "?")
    first = answer(store, question.id)
    second = answer(store, question.id)
    shown = store.load_branch(made.id)[-1]
    assert (shown.id, shown.siblings) == (second, (first, second))
    store.show_branch(first)
    assert store.load_branch(made.id)[-1].id == first


def test_editing_starts_a_branch_and_keeps_the_old_one(store: Store) -> None:
    made = store.create_conversation()
    question = store.add_user_message(made.id, "old")
    reply = answer(store, question.id)
    follow = store.add_user_message(made.id, "and then?")
    edited = store.edit_user_message(question.id, "new")
    assert [message.content for message in store.load_branch(made.id)] == ["new"]
    assert store.load_branch(made.id)[0].siblings == (question.id, edited.id)
    store.show_branch(question.id)  # goes down to the end of the old branch
    assert [message.id for message in store.load_branch(made.id)] == [question.id, reply, follow.id]


def test_showing_a_branch_goes_down_its_newest_children(store: Store) -> None:
    made = store.create_conversation()
    question = store.add_user_message(made.id, "?")
    answer(store, question.id)
    second = answer(store, question.id)
    end = store.add_user_message(made.id, "more")
    store.edit_user_message(question.id, "other")
    store.show_branch(question.id)
    assert [message.id for message in store.load_branch(made.id)] == [question.id, second, end.id]


def test_conversations_do_not_mix(store: Store) -> None:
    a, b = store.create_conversation(), store.create_conversation()
    store.add_user_message(a.id, "in a")
    store.add_user_message(b.id, "in b")
    assert [message.content for message in store.load_branch(a.id)] == ["in a"]
    assert store.load_branch(a.id)[0].siblings == (store.load_branch(a.id)[0].id,)


def test_a_long_branch_is_loaded_whole(store: Store) -> None:
    made = store.create_conversation()
    for number in range(200):
        store.add_user_message(made.id, str(number))
    assert [message.content for message in store.load_branch(made.id)] == [str(n) for n in range(200)]


def test_order_does_not_rely_on_the_clock(path: Path) -> None:
    times = [datetime(2026, 7, 28, 12, tzinfo=UTC) - timedelta(days=n) for n in range(60)]
    with Store.open(path, now=iter(times).__next__) as store:
        a, b = store.create_conversation("a"), store.create_conversation("b")
        for text in "123":
            store.add_user_message(a.id, text)
        branch = store.load_branch(a.id)
        assert [message.content for message in branch] == ["1", "2", "3"]
        assert branch[0].created > branch[2].created
        assert [shown.id for shown in store.list_conversations()] == [a.id, b.id]


def test_times_are_utc(path: Path) -> None:
    tokyo = datetime.fromisoformat("2026-07-28T09:30:00+09:00")
    with Store.open(path, now=lambda: tokyo) as store:
        assert store.create_conversation().created == datetime(2026, 7, 28, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "call",
    [
        lambda store: store.conversation(99),
        lambda store: store.load_branch(99),
        lambda store: store.rename_conversation(99, "x"),
        lambda store: store.add_user_message(99, "x"),
        lambda store: store.edit_user_message(99, "x"),
        lambda store: store.show_branch(99),
        lambda store: store.begin_answer(99, REQUEST, PAIR, BUILD),
        lambda store: store.run(99),
        lambda store: store.append_steps(99, ()),
    ],
)
def test_an_unknown_id_is_an_expected_error(store: Store, call: object) -> None:
    assert callable(call)
    with pytest.raises(StoreError, match=r"There is no \w+ 99"):
        call(store)


def test_a_hundred_thousand_messages_open_quickly(path: Path) -> None:
    """The figure is in the benchmarks; here a bound that only a missing index breaks."""
    with Store.open(path) as store:
        crowded = store.create_conversation("crowded")
        store.add_user_message(crowded.id, "x")
        with store._db.write(durable=False) as db:
            db.run(
                """WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
                   INSERT INTO message (conversation_id, parent_id, role, content, state, created_at)
                   SELECT ?, NULL, 'user', 'text ' || i, 'complete', '2026-07-28T00:00:00+00:00' FROM n""",
                crowded.id,
            )
        made = store.create_conversation()
        store.add_user_message(made.id, "hello")
        plan = " ".join(
            str(row[3])
            for row in store._db.rows(
                "EXPLAIN QUERY PLAN SELECT id, parent_id FROM message WHERE conversation_id = ? ORDER BY id",
                made.id,
            )
        )
        assert "SEARCH" in plan
        assert "TEMP B-TREE" not in plan
        assert [message.content for message in store.load_branch(made.id)] == ["hello"]
