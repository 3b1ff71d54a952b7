"""An answer while it is written, when it is done, and when it is cut short."""

from dataclasses import replace
from pathlib import Path

import pytest
from store_samples import ANSWER, BUILD, DRAFT, LONE, PAIR, REQUEST, TAIL, make_finished, make_step

from slipstream.core.chat import GenerateRequest
from slipstream.core.errors import StoreError
from slipstream.core.metrics import measure
from slipstream.store import Message, MessageState, Run, RunState, Store


def begin(store: Store) -> tuple[Message, Run]:
    """A question, and its answer begun."""
    made = store.create_conversation()
    question = store.add_user_message(made.id, "What is six times seven?")
    message = store.begin_answer(question.id, REQUEST, PAIR, BUILD)
    assert message.run is not None
    return message, message.run


def shown(store: Store, message: Message) -> Message:
    return store.load_branch(message.conversation_id)[-1]


def test_an_answer_begins_empty_and_streaming(store: Store) -> None:
    message, run = begin(store)
    assert (message.content, message.thinking, message.state) == ("", "", MessageState.STREAMING)
    assert shown(store, message) == store.load_branch(message.conversation_id)[-1]
    assert (run.state, run.stats, run.message_id) == (RunState.RUNNING, None, message.id)


def test_a_run_knows_how_it_was_asked_for_and_by_what_it_was_written(store: Store) -> None:
    _, run = begin(store)
    assert (run.request, run.pair, run.build) == (REQUEST, PAIR, BUILD)


def test_a_run_without_a_draft_and_with_a_seed_to_come(store: Store) -> None:
    message, _ = begin(store)
    other = store.begin_answer(message.id, GenerateRequest(), LONE, BUILD)
    assert other.run is not None
    assert store.run(other.run.id).request == GenerateRequest()
    assert store.run(other.run.id).pair == LONE


def test_what_was_appended_is_there_while_it_streams(store: Store) -> None:
    message, run = begin(store)
    store.append_steps(run.id, ANSWER[:1])
    assert (shown(store, message).thinking, shown(store, message).content) == ("Let", "")
    store.append_steps(run.id, ANSWER[1:3])
    assert (shown(store, message).thinking, shown(store, message).content) == ("Let me see.\n", "It is")
    assert shown(store, message).state is MessageState.STREAMING
    assert store.run_steps(run.id) == ANSWER[:3]


def test_a_finished_answer_has_its_text_and_its_statistics(store: Store) -> None:
    message, run = begin(store)
    finished = make_finished(notes=("the draft failed; going on without it",))
    store.append_steps(run.id, ANSWER[:2])
    store.finish_answer(run.id, finished, ANSWER[2:])
    done = shown(store, message)
    assert (done.thinking, done.content) == ("Let me see.", "It is 42.")
    assert done.state is MessageState.COMPLETE
    assert done.run is not None
    assert done.run.state is RunState.FINISHED
    assert done.run.stats == replace(finished.stats, tokens=())
    assert store.run(done.run.id).stats == finished.stats
    assert done.run.request.seed == 2**64 - 1  # the seed that was used, past SQLite's 63 bits


def test_statistics_agree_with_the_steps_they_come_from(store: Store) -> None:
    _, run = begin(store)
    store.finish_answer(run.id, make_finished(), ANSWER)
    stats = store.run(run.id).stats
    assert stats is not None
    assert stats.metrics == measure(step.record for step in store.run_steps(run.id))


def test_steps_come_back_equal_with_the_tail_in_the_last(store: Store) -> None:
    _, run = begin(store)
    store.finish_answer(run.id, make_finished(), ANSWER)
    steps = store.run_steps(run.id)
    assert store.run_pieces(run.id) == tuple(piece for step in steps for piece in step.pieces)
    assert steps[:-1] == ANSWER[:-1]
    assert steps[-1].record == ANSWER[-1].record
    assert steps[-1].pieces == ANSWER[-1].pieces + TAIL


def test_a_run_that_ended_before_its_first_token(store: Store) -> None:
    message, run = begin(store)
    store.finish_answer(run.id, make_finished((), ()))
    assert (shown(store, message).content, shown(store, message).state) == ("", MessageState.COMPLETE)
    assert store.run_steps(run.id) == ()
    assert store.run_pieces(run.id) == ()


def test_an_interrupted_answer_keeps_its_text_and_says_why(store: Store) -> None:
    message, run = begin(store)
    store.append_steps(run.id, ANSWER[:1])
    store.interrupt_answer(run.id, "the engine ended", ANSWER[1:2])
    left = shown(store, message)
    assert (left.thinking, left.state) == ("Let me see.\n", MessageState.INTERRUPTED)
    assert left.run is not None
    assert (left.run.state, left.run.interruption, left.run.stats) == (
        RunState.INTERRUPTED,
        "the engine ended",
        None,
    )
    assert store.run_steps(run.id) == ANSWER[:2]


def test_a_run_that_is_over_takes_nothing_more(store: Store) -> None:
    message, run = begin(store)
    store.finish_answer(run.id, make_finished(), ANSWER)
    before = shown(store, message)
    with pytest.raises(ValueError, match="is finished"):
        store.append_steps(run.id, [make_step(5, "more")])
    with pytest.raises(ValueError, match="is finished"):
        store.finish_answer(run.id, make_finished())
    with pytest.raises(ValueError, match="is finished"):
        store.interrupt_answer(run.id, "late")
    assert shown(store, message) == before


def test_a_batch_is_kept_whole_or_not_at_all(store: Store) -> None:
    message, run = begin(store)
    store.append_steps(run.id, ANSWER[:2])
    store._db.run("PRAGMA max_page_count = 1")  # SQLite's own "disk is full", without filling one
    big = make_step(4, "x" * 1_000_000)
    with pytest.raises(StoreError, match="The disk is full") as caught:
        store.append_steps(run.id, [ANSWER[2], big])
    assert "nothing is lost" in caught.value.hint
    assert shown(store, message).content == ""
    assert store.run_steps(run.id) == ANSWER[:2]
    store._db.run("PRAGMA max_page_count = 1000000")
    store.append_steps(run.id, [ANSWER[2], big])  # the same batch again, once there is room
    assert shown(store, message).content == "It is" + "x" * 1_000_000


def test_what_was_under_way_is_interrupted_at_the_next_start(path: Path) -> None:
    with Store.open(path) as store:
        message, run = begin(store)
        store.append_steps(run.id, ANSWER[:2])
    with Store.open(path) as store:
        assert store.recovered == 1
        left = shown(store, message)
        assert (left.thinking, left.state) == ("Let me see.\n", MessageState.INTERRUPTED)
        assert store.run(run.id).state is RunState.INTERRUPTED
        again = store.begin_answer(left.parent_id or 0, REQUEST, PAIR, BUILD)  # and life goes on
        assert again.siblings == (message.id, again.id)
        assert shown(store, message).siblings == (message.id, again.id)
    with Store.open(path) as store:
        assert store.recovered == 1


def test_the_latest_run_of_each_answer_is_loaded(store: Store) -> None:
    message, run = begin(store)
    store.finish_answer(run.id, make_finished(), ANSWER)
    follow = store.add_user_message(message.conversation_id, "Sure?")
    second = store.begin_answer(follow.id, REQUEST, LONE, BUILD)
    branch = store.load_branch(message.conversation_id)
    assert [turn.run.id if turn.run else None for turn in branch] == [
        None,
        run.id,
        None,
        second.run and second.run.id,
    ]
    assert branch[1].run is not None
    assert branch[1].run.stats == replace(make_finished().stats, tokens=())


def test_notes_of_a_step_are_kept(store: Store) -> None:
    _, run = begin(store)
    noted = type(ANSWER[0])(ANSWER[0].record, ANSWER[0].pieces, "the draft failed")
    store.append_steps(run.id, [noted])
    assert store.run_steps(run.id) == (noted,)


@pytest.mark.parametrize("first", [True, False])
def test_a_turn_is_stored_whole_or_not_at_all(
    store: Store, monkeypatch: pytest.MonkeyPatch, first: bool
) -> None:
    home = None if first else begin(store)[0].conversation_id
    before = store.load_branch(home) if home else ()

    def full(*_args: object) -> int:
        raise StoreError("The disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("slipstream.store.runs.insert", full)  # the last part of it
        with pytest.raises(StoreError, match="full"):
            store.begin_turn(home, "And now?", REQUEST, PAIR, BUILD)
    assert len(store.list_conversations()) == (not first)
    assert not home or store.load_branch(home) == before
    user, answer = store.begin_turn(home, "And now?", REQUEST, PAIR, BUILD)
    assert (user.parent_id, answer.parent_id) == (before[-1].id if before else None, user.id)
    assert store.load_branch(user.conversation_id) == (*before, user, answer)
    made = store.conversation(user.conversation_id)
    assert (made.target, made.draft) == ((None, None) if home else ("/models/target \ufffd.gguf", DRAFT.path))


def test_what_was_typed_and_not_sent_goes_with_the_turn(store: Store) -> None:
    message, _ = begin(store)
    store.set_unsent(message.conversation_id, "And n")
    store.begin_turn(message.conversation_id, "And now?", REQUEST, PAIR, BUILD)
    assert store.conversation(message.conversation_id).unsent == ""


def test_a_refused_turn_leaves_nothing_but_its_text(store: Store) -> None:
    message, run = begin(store)
    store.finish_answer(run.id, make_finished(), ANSWER)
    before = store.load_branch(message.conversation_id)
    _, answer = store.begin_turn(message.conversation_id, "Too long", REQUEST, PAIR, BUILD)
    store.set_unsent(message.conversation_id, "typed since")
    assert answer.run is not None
    store.take_back_turn(answer.run.id)
    assert store.load_branch(message.conversation_id) == before
    store.show_branch(message.id)  # nothing hangs below it
    assert store.load_branch(message.conversation_id) == before
    assert store.conversation(message.conversation_id).unsent == "Too long\n\ntyped since"
    with pytest.raises(ValueError, match="finished"):
        store.take_back_turn(run.id)


def test_the_steps_of_an_answer_are_those_of_all_its_runs(store: Store) -> None:
    message, run = begin(store)
    store.append_steps(run.id, ANSWER[:3])
    assert [(own.id, steps) for own, steps in store.answer_steps(message.id)] == [(run.id, ANSWER[:3])]
    store.finish_answer(run.id, make_finished(), ANSWER[3:])
    ((own, steps),) = store.answer_steps(message.id)
    assert own.pair == PAIR
    assert [step.record for step in steps] == [step.record for step in ANSWER]
    assert steps[-1].pieces == ANSWER[-1].pieces + TAIL
    ((_, rest),) = store.answer_steps(message.id, known=2)
    assert rest == steps[2:]
    assert store.answer_steps(message.id, known=4) == []
    assert store.answer_steps(message.id + 1) == []
