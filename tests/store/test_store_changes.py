"""Turns that are changed: edits stand beside what they change, what was removed comes back, answers go on."""

from dataclasses import replace
from pathlib import Path

import pytest
from store_samples import ANSWER, BUILD, PAIR, REQUEST, TAIL, make_finished, make_step

from slipstream.core.chat import Role
from slipstream.core.errors import StoreError
from slipstream.core.events import UNKNOWN_TOKEN, Origin, TextPiece
from slipstream.core.metrics import ClosedBy, Phase, StopReason
from slipstream.store import Message, MessageState, RunState, Store


def begin(store: Store, conversation: int | None, text: str) -> tuple[Message, Message]:
    return store.begin_turn(conversation, text, REQUEST, PAIR, BUILD)


def finish(store: Store, answer: Message) -> Message:
    assert answer.run is not None
    store.finish_answer(answer.run.id, make_finished(), ANSWER)
    return store.message(answer.id)


def talk(store: Store, *questions: str) -> list[Message]:
    """A conversation of so many questions, each answered."""
    home = None
    for question in questions:
        user, answer = begin(store, home, question)
        home = user.conversation_id
        finish(store, answer)
    assert home is not None
    return list(store.load_branch(home))


def shown(store: Store, message: Message) -> list[int]:
    return [turn.id for turn in store.load_branch(message.conversation_id)]


# Edits


def test_an_edited_turn_stands_beside_the_old_one_with_an_answer_of_its_own(store: Store) -> None:
    one, first, two, second = talk(store, "One", "Two")
    user, answer = store.edit_turn(two.id, "Two, but better", REQUEST, PAIR, BUILD)
    assert (user.content, user.parent_id, user.siblings) == ("Two, but better", first.id, (two.id, user.id))
    assert answer.state is MessageState.STREAMING
    finish(store, answer)
    assert shown(store, one) == [one.id, first.id, user.id, answer.id]
    store.show_branch(two.id)
    assert shown(store, one) == [one.id, first.id, two.id, second.id]


def test_the_first_turn_can_be_edited_too(store: Store) -> None:
    one, _ = talk(store, "One")
    user, answer = store.edit_turn(one.id, "Another one", REQUEST, PAIR, BUILD)
    finish(store, answer)
    assert user.siblings == (one.id, user.id)
    assert shown(store, one) == [user.id, answer.id]


def test_an_edited_answer_is_another_version_without_a_run(store: Store) -> None:
    one, old = talk(store, "One")
    new = store.edit_answer(old.id, "What I want it to say")
    assert (new.content, new.thinking) == ("What I want it to say", old.thinking)
    assert (new.edited, new.state, new.siblings) == (True, MessageState.COMPLETE, (old.id, new.id))
    assert store.message(new.id).run is None
    assert store.message(old.id).content == old.content
    assert not store.message(old.id).edited
    assert shown(store, one) == [one.id, new.id]
    with pytest.raises(ValueError, match="no answer"):
        store.edit_answer(one.id, "not mine")


def test_a_refused_edit_leaves_the_version_before_in_its_place(store: Store) -> None:
    one, first, two, second = talk(store, "One", "Two")
    _, answer = store.edit_turn(two.id, "too long", REQUEST, PAIR, BUILD)
    assert answer.run is not None
    store.take_back_turn(answer.run.id)
    branch = store.load_branch(one.conversation_id)
    assert [turn.id for turn in branch] == [one.id, first.id, two.id, second.id]
    assert branch[2].siblings == (two.id,)
    assert store.conversation(one.conversation_id).unsent == "too long"


# Removing


def test_what_is_removed_goes_with_all_that_follows_and_comes_back(store: Store) -> None:
    one, first, two, second = talk(store, "One", "Two")
    store.remove_message(two.id)
    assert shown(store, one) == [one.id, first.id]
    store.restore_message(two.id)
    assert shown(store, one) == [one.id, first.id, two.id, second.id]
    store.remove_message(one.id)
    assert shown(store, one) == []
    store.restore_message(one.id)
    assert shown(store, one) == [one.id, first.id, two.id, second.id]


@pytest.mark.parametrize("removed", [0, 1, 2])
def test_a_version_beside_what_is_removed_is_shown(store: Store, removed: int) -> None:
    one, first = talk(store, "One")
    versions = [first.id]
    for _ in range(2):
        again = store.begin_answer(one.id, REQUEST, PAIR, BUILD)
        finish(store, again)
        versions.append(again.id)
    store.show_branch(versions[removed])
    store.remove_message(versions[removed])
    beside = versions[removed - 1] if removed else versions[1]
    assert shown(store, one) == [one.id, beside]
    left = tuple(version for version in versions if version != versions[removed])
    assert store.load_branch(one.conversation_id)[1].siblings == left
    assert store.message(beside).siblings == left
    store.restore_message(versions[removed])
    assert shown(store, one) == [one.id, versions[removed]]
    assert store.load_branch(one.conversation_id)[1].siblings == tuple(versions)


def test_a_branch_with_something_removed_ends_above_it(store: Store) -> None:
    one, first, two, _ = talk(store, "One", "Two")
    store.remove_message(two.id)
    again = store.begin_answer(one.id, REQUEST, PAIR, BUILD)
    finish(store, again)
    store.show_branch(first.id)
    assert shown(store, one) == [one.id, first.id]
    user, _ = begin(store, one.conversation_id, "Two again")
    assert (user.parent_id, user.siblings) == (first.id, (user.id,))


def test_what_was_removed_is_gone_with_the_next_start(path: Path) -> None:
    with Store.open(path) as store:
        one, first, two, _ = talk(store, "One", "Two")
        store.remove_message(two.id)
    with Store.open(path) as store:
        with pytest.raises(StoreError, match="brought back"):
            store.restore_message(two.id)
        assert shown(store, one) == [one.id, first.id]
        count = store._db.row("SELECT count(*) AS n FROM message")
        assert count is not None
        assert count["n"] == 2


def test_a_removal_before_another_does_not_come_back_with_it(store: Store) -> None:
    one, first, two, second = talk(store, "One", "Two")
    store.remove_message(second.id)
    store.remove_message(first.id)
    store.restore_message(first.id)
    assert shown(store, one) == [one.id, first.id, two.id]
    store.restore_message(second.id)
    assert shown(store, one) == [one.id, first.id, two.id, second.id]
    with pytest.raises(StoreError):
        store.restore_message(second.id)


def test_it_cannot_be_removed_twice(store: Store) -> None:
    _, first = talk(store, "One")
    store.remove_message(first.id)
    with pytest.raises(StoreError, match="already"):
        store.remove_message(first.id)


def test_a_long_conversation_is_removed_for_good_too(path: Path) -> None:
    """SQLite deletes a chain by cascade to a depth of 1,000 only."""
    with Store.open(path) as store:
        home = store.create_conversation().id
        first = store.add_user_message(home, "0")
        for number in range(1, 1500):
            store.add_user_message(home, str(number))
        store.remove_message(first.id)
        assert store.load_branch(home) == ()
    with Store.open(path) as store:
        assert store.notices == ()
        count = store._db.row("SELECT count(*) AS n FROM message")
        assert count is not None
        assert count["n"] == 0


# Going on


MORE = (
    make_step(1, " and", phase=Phase.ANSWER),
    make_step(2, " so", " on", ".", drafted=3, stop=StopReason.END_OF_TURN),
)


def test_an_answer_that_goes_on_grows_and_has_another_run(store: Store) -> None:
    one, first = talk(store, "One")
    assert first.run is not None
    before = store.run(first.run.id).stats
    on = store.continue_answer(first.id, REQUEST, PAIR, BUILD)
    assert on.run is not None
    assert (on.id, on.state, on.content) == (first.id, MessageState.STREAMING, first.content)
    assert (on.run.thinking_from, on.run.content_from) == (len(first.thinking), len(first.content))
    store.append_steps(on.run.id, MORE[:1])
    assert store.message(first.id).content == first.content + " and"
    finished = make_finished(MORE, ())
    store.finish_answer(on.run.id, finished, MORE[1:])
    done = store.load_branch(one.conversation_id)[1]
    assert (done.content, done.thinking) == (first.content + " and so on.", first.thinking)
    assert done.state is MessageState.COMPLETE
    assert done.run is not None
    assert done.run.stats == replace(finished.stats, tokens=())
    assert store.run(first.run.id).stats == before  # each run keeps its own part
    assert store.run(on.run.id).stats == finished.stats


def test_the_pieces_of_all_runs_are_counted_through(store: Store) -> None:
    _, first = talk(store, "One")
    on = store.continue_answer(first.id, REQUEST, PAIR, BUILD)
    assert on.run is not None
    store.finish_answer(on.run.id, make_finished(MORE, ()), MORE)
    emitted = sum(len(step.record.emitted) for step in ANSWER)
    assert store.tokens_of(first.id) == emitted + 4
    own = tuple(piece for step in ANSWER for piece in step.pieces) + TAIL
    more = tuple(replace(piece, token=piece.token + emitted) for step in MORE for piece in step.pieces)
    assert store.message_pieces(first.id) == own + more
    assert store.run_pieces(on.run.id) == tuple(piece for step in MORE for piece in step.pieces)
    assert TextPiece("", Phase.ANSWER, Origin.PLAIN, UNKNOWN_TOKEN) not in own


def test_thinking_goes_on_as_thinking(store: Store) -> None:
    user, answer = begin(store, None, "One")
    assert answer.run is not None
    store.interrupt_answer(answer.run.id, "stopped", ANSWER[:2])  # in the midst of thinking
    assert store.message(answer.id).thinking == "Let me see.\n"
    on = store.continue_answer(answer.id, REQUEST, PAIR, BUILD)
    assert on.run is not None
    more = (make_step(1, "Six", phase=Phase.THINK), make_step(2, "42"))
    store.finish_answer(on.run.id, make_finished(more, ()), more)
    done = store.message(answer.id)
    assert (done.thinking, done.content) == ("Let me see.\nSix", "42")
    assert user.conversation_id == done.conversation_id


def test_an_edited_answer_can_go_on(store: Store) -> None:
    _, first = talk(store, "One")
    mine = store.edit_answer(first.id, "My beginning")
    on = store.continue_answer(mine.id, REQUEST, PAIR, BUILD)
    assert on.run is not None
    store.finish_answer(on.run.id, make_finished(MORE, ()), MORE)
    done = store.message(mine.id)
    assert (done.content, done.edited) == ("My beginning and so on.", True)
    assert store.run(on.run.id).stats == make_finished(MORE, ()).stats


def test_what_was_gone_on_with_and_cut_off_can_go_on_again(path: Path) -> None:
    with Store.open(path) as store:
        _, first = talk(store, "One")
        on = store.continue_answer(first.id, REQUEST, PAIR, BUILD)
        assert on.run is not None
        store.append_steps(on.run.id, MORE[:1])
    with Store.open(path) as store:
        assert store.recovered == 1
        left = store.message(first.id)
        assert (left.state, left.content) == (MessageState.INTERRUPTED, first.content + " and")
        again = store.continue_answer(first.id, REQUEST, PAIR, BUILD)
        assert again.run is not None
        store.finish_answer(again.run.id, make_finished(MORE[1:], ()), MORE[1:])
        assert store.message(first.id).content == first.content + " and so on."


@pytest.mark.parametrize("cut", [False, True])
def test_a_run_that_was_to_go_on_and_did_not_leaves_the_answer_as_it_was(store: Store, cut: bool) -> None:
    user, answer = begin(store, None, "One")
    assert answer.run is not None
    if cut:
        store.interrupt_answer(answer.run.id, "the engine died", ANSWER[:3])
    else:
        finish(store, answer)
    before = store.message(answer.id)
    on = store.continue_answer(answer.id, REQUEST, PAIR, BUILD)
    assert on.run is not None
    store.take_back_turn(on.run.id)
    assert store.message(answer.id) == before
    assert store.conversation(user.conversation_id).unsent == ""
    assert before.run is not None
    assert before.run.state is (RunState.INTERRUPTED if cut else RunState.FINISHED)


def test_only_an_answer_that_is_over_goes_on(store: Store) -> None:
    user, answer = begin(store, None, "One")
    for message in (user, answer):
        with pytest.raises(ValueError, match="could go on"):
            store.continue_answer(message.id, REQUEST, PAIR, BUILD)
    assert store.message(user.id).role is Role.USER


def test_what_closed_the_thinking_is_kept(store: Store) -> None:
    _, answer = begin(store, None, "One")
    assert answer.run is not None
    closed = replace(ANSWER[2], record=replace(ANSWER[2].record, inserted=(5, 6, 7)))
    steps = (*ANSWER[:2], closed, ANSWER[3])
    finished = make_finished(steps)
    finished = replace(finished, stats=replace(finished.stats, thinking_closed=ClosedBy.BUDGET))
    store.finish_answer(answer.run.id, finished, steps)
    assert store.run_steps(answer.run.id)[2] == closed
    assert store.run(answer.run.id).stats == finished.stats


def test_a_budget_is_kept_with_the_request(store: Store) -> None:
    asked = replace(REQUEST, thinking_budget=300)
    _, answer = store.begin_turn(None, "One", asked, PAIR, BUILD)
    assert answer.run is not None
    assert answer.run.request == asked
