"""Turns that a person changes: edited, gone on with, removed and brought back, with a real store."""

from dataclasses import replace

import pytest
from desk import open_desk
from scripted_engine import Fault, ScriptedEngine

from slipstream.bridge.notices import Level, Remedy
from slipstream.bridge.pair import PairState
from slipstream.core.chat import Role
from slipstream.core.errors import EngineDiedError, StoreError
from slipstream.core.events import UNKNOWN_TOKEN
from slipstream.core.metrics import ClosedBy, Phase
from slipstream.store.store import Store

LONG = "word " * 5000


def contents(desk, request=-1):
    return [(message.role, message.content.strip()) for message in desk.engine.requests[request].messages]


def shown(desk):
    return [turn.id for turn in desk.session.chat.turns]


def edit(desk, message, text):
    """Edit, and wait until what follows is over."""
    desk.session.edits.edit(message, text)
    desk.idle()


def opened(desk, do, *arguments):
    with desk.qtbot.waitSignal(desk.session.chat.opened):
        do(*arguments)


def continue_answer(desk):
    desk.session.edits.continue_answer()
    desk.idle()


def reopened(desk):
    """The branch as the store has it."""
    home = desk.session.chat.current
    desk.session.chat.new()
    opened(desk, desk.session.chat.open, home)
    return desk.session.chat.turns


# Editing


def test_an_edited_message_is_another_version_and_is_answered(desk):
    for text in ("One", "Two", "Three"):
        desk.send(text)
    before = list(desk.session.chat.turns)
    edit(desk, before[2].id, "Two, but better")
    turns = desk.session.chat.turns
    assert [turn.id for turn in turns[:2]] == [turn.id for turn in before[:2]]
    assert (turns[2].content, len(turns)) == ("Two, but better", 4)
    assert turns[2].siblings == (before[2].id, turns[2].id)
    answer = " ".join(desk.engine.words)
    assert contents(desk) == [
        (Role.USER, "One"),
        (Role.ASSISTANT, answer),
        (Role.USER, "Two, but better"),
    ]
    opened(desk, desk.session.chat.show_version, before[2].id)
    assert shown(desk) == [turn.id for turn in before]
    assert [turn.siblings for turn in desk.session.chat.turns[2:3]] == [turns[2].siblings]


def test_the_window_is_told_step_by_step_what_an_edit_changes(desk):
    desk.send("One")
    desk.send("Two")
    old = shown(desk)
    told = []
    chat = desk.session.chat
    chat.turn_removed.connect(lambda message: told.append(("removed", message)))
    chat.turn_added.connect(lambda turn: told.append(("added", turn.content)))
    chat.answer_begun.connect(lambda message: told.append(("begun", message)))
    edit(desk, old[0], "Other")
    assert told[:4] == [("removed", message) for message in old]
    assert told[4:] == [("added", "Other"), ("begun", shown(desk)[1])]


def test_an_edited_answer_stands_as_it_was_written(desk):
    desk.send("One")
    desk.send("Two")
    first = desk.session.chat.turns[1]
    opened(desk, desk.session.edits.edit, first.id, "  What it should have said\n")
    question, mine = desk.session.chat.turns
    assert (mine.content, mine.edited, mine.stats, mine.interrupted) == (
        *("What it should have said", True, None, None),
    )
    assert mine.siblings == (first.id, mine.id)
    assert len(desk.engine.requests) == 2  # nothing was asked
    desk.send("And now?")
    assert contents(desk)[1] == (Role.ASSISTANT, "What it should have said")
    assert question.content == "One"


@pytest.mark.parametrize(("text", "why"), [(" \n", "empty"), ("x", "still being written")])
def test_what_cannot_be_edited_says_why_and_changes_nothing(desk, text, why):
    desk.send("One")
    before = shown(desk)
    if why == "still being written":
        desk.engine.gated = True
        desk.session.chat.send("Two")
        desk.steps(1)
    for message in before:
        desk.session.edits.edit(message, text)
        assert why in desk.notices[-1].message
        assert desk.notices[-1].level is Level.WARNING
    if desk.session.chat.busy:
        desk.session.edits.remove(before[1])
        assert why in desk.notices[-1].message
    desk.session.chat.stop()
    desk.idle()
    assert shown(desk)[:2] == before
    assert len(desk.engine.requests) == 1 + (why == "still being written")


def test_an_edit_that_is_too_long_gives_its_text_back_and_the_old_version_stays(desk):
    desk.send("One")
    desk.send("Two")
    before = shown(desk)
    desk.session.edits.edit(before[2], LONG)
    desk.wait(lambda: bool(desk.returned))
    desk.wait(lambda: shown(desk) == before)
    assert desk.returned == [LONG]
    assert "tokens" in desk.notices[-1].message
    assert desk.notices[-1].remedies == ()
    assert [turn.siblings for turn in desk.session.chat.turns[2:]] == [(m,) for m in before[2:]]


def test_an_edit_that_cannot_be_kept_leaves_what_is_shown(desk, monkeypatch):
    desk.send("One")
    before = shown(desk)

    def full(*_arguments):
        raise StoreError("The disk is full", "Free some space")

    monkeypatch.setattr(Store, "edit_turn", full)
    edit(desk, before[0], "Other")
    assert shown(desk) == before
    assert desk.notices[-1].message == "The disk is full"
    monkeypatch.undo()
    edit(desk, before[0], "Other")
    assert desk.session.chat.turns[0].content == "Other"


# Going on


def test_a_stopped_answer_goes_on(desk):
    desk.engine.gated = True
    desk.session.chat.send("Go")
    desk.steps(3)
    desk.session.chat.stop()
    desk.idle()
    desk.engine.gated = False
    half = desk.session.chat.turns[-1]
    assert half.content == "It runs ahead "
    continued = []
    desk.session.chat.answer_continued.connect(continued.append)
    desk.engine.words = ["and", "on."]
    continue_answer(desk)
    whole = desk.session.chat.turns[-1]
    assert contents(desk) == [(Role.USER, "Go"), (Role.ASSISTANT, "It runs ahead")]
    assert desk.engine.requests[-1].messages[-1].content == half.content
    assert (whole.id, whole.content, whole.interrupted) == (half.id, "It runs ahead and on. ", None)
    assert whole.continued
    assert whole.stats.metrics.emitted == 2  # its last part's
    assert [live.content for live in continued] == [whole.content]
    assert [piece.token for piece in whole.pieces] == list(range(5))
    kept = reopened(desk)[-1]
    assert (kept.content, kept.pieces, kept.continued) == (whole.content, whole.pieces, True)
    assert kept.stats.answer == "and on. "


def test_an_answer_that_was_cut_off_goes_on_where_it_was(desk):
    desk.session.preferences.update(max_tokens=4)
    desk.send("Go")
    assert "longest answer" in desk.session.chat.turns[-1].interrupted
    desk.session.preferences.update(max_tokens=100)
    continue_answer(desk)
    answer = desk.session.chat.turns[-1]
    assert answer.content == " ".join(desk.engine.words[:4] + desk.engine.words) + " "
    assert answer.interrupted is None


def test_thinking_that_was_stopped_goes_on_as_thinking(desk):
    desk.engine.thinking = ["Let", "me", "see"]
    desk.engine.gated = True
    desk.session.chat.send("Go")
    desk.steps(2)
    desk.session.chat.stop()
    desk.idle()
    desk.engine.gated = False
    continue_answer(desk)
    asked = desk.engine.requests[-1].messages[-1]
    assert (asked.thinking, asked.content) == ("Let me ", "")
    answer = desk.session.chat.turns[-1]
    assert answer.thinking == "Let me Let me see "
    assert reopened(desk)[-1].thinking == answer.thinking


def test_an_edited_answer_goes_on_with_what_a_person_wrote(desk):
    desk.send("Go")
    opened(desk, desk.session.edits.edit, shown(desk)[1], "My own beginning")
    desk.engine.words = [",", "and", "more"]
    continue_answer(desk)
    answer = desk.session.chat.turns[-1]
    assert (answer.content, answer.edited) == ("My own beginning, and more ", True)
    first, *rest = answer.pieces
    assert (first.text, first.token, first.phase) == ("My own beginning", UNKNOWN_TOKEN, Phase.ANSWER)
    assert [piece.token for piece in rest] == [0, 1, 2]
    assert reopened(desk)[-1].pieces == answer.pieces


def test_an_answer_that_goes_on_is_seen_when_one_comes_back_to_it(desk):
    desk.session.preferences.update(max_tokens=2)
    desk.send("Go")
    desk.session.preferences.update(max_tokens=100)
    desk.engine.gated = True
    desk.session.edits.continue_answer()
    desk.steps(1)
    home = desk.session.chat.current
    desk.session.chat.new()
    with desk.qtbot.waitSignal(desk.session.chat.opened) as back:
        desk.session.chat.open(home)
    turns, live, _ = back.args
    assert [turn.role for turn in turns] == [Role.USER]
    assert "".join(piece.text for piece in live.pieces) == live.content == "It runs It "
    desk.engine.allow(100)
    desk.idle()
    assert desk.session.chat.turns[-1].content.startswith("It runs It runs ahead")


@pytest.mark.parametrize("why", ["refused", "died", "stopped"])
def test_an_answer_that_was_to_go_on_and_wrote_nothing_is_as_it_was(desk, why):
    desk.session.preferences.update(max_tokens=2)
    desk.send("Go")
    before = desk.session.chat.turns[-1]
    before = replace(before, stats=replace(before.stats, tokens=()))  # as the store tells it
    ended = []
    desk.session.chat.answer_ended.connect(ended.append)
    if why == "refused":
        desk.engine._loaded = replace(desk.engine._loaded, n_ctx=2)
    elif why == "died":
        desk.engine.faults.append(Fault(EngineDiedError("The engine stopped: ended by SIGKILL")))
    desk.session.edits.continue_answer()
    if why == "stopped":
        desk.session.chat.stop()  # the store has not even answered
    desk.idle()
    assert desk.session.chat.turns[-1] == before
    assert [end.interrupted for end in ended] == [before.interrupted]
    desk.wait(lambda: desk.session.pair.state is PairState.READY)
    kept = reopened(desk)[-1]
    assert (kept.content, kept.interrupted, kept.continued) == (before.content, before.interrupted, False)
    assert desk.returned == []


def test_a_conversation_that_is_too_long_goes_on_without_its_oldest_turns(desk):
    desk.engine.words = ["word"] * 900
    for question in ("One", "Two", "Three", "Four"):
        desk.send(question)
    desk.engine.words = ["word"] * 500
    desk.session.preferences.update(max_tokens=400)
    desk.send("Five")
    before = desk.session.chat.turns[-1]
    assert "longest answer" in before.interrupted
    continue_answer(desk)
    while not (desk.notices and Remedy.LEAVE_OUT_AND_CONTINUE in desk.notices[-1].remedies):
        assert len(desk.engine.requests) < 20
        continue_answer(desk)
    desk.session.chat.leave_out_oldest()
    continue_answer(desk)
    asked = desk.engine.requests[-1].messages
    assert asked[0].content == "Three"
    assert asked[-1].role is Role.ASSISTANT
    assert len(desk.session.chat.turns) == 10


def test_only_an_answer_at_the_end_goes_on(desk):
    assert not desk.session.edits.can_continue
    desk.session.edits.continue_answer()
    desk.send("Go")
    assert desk.session.edits.can_continue
    opened(desk, desk.session.edits.remove, shown(desk)[1])
    assert not desk.session.edits.can_continue
    desk.session.edits.continue_answer()
    assert len(desk.engine.requests) == 1


def test_what_a_crash_cut_off_goes_on(qtbot, tmp_path):
    """As a killed process leaves it: begun, half of it kept, and nobody to finish it."""
    with open_desk(qtbot, tmp_path, ScriptedEngine()) as desk:
        desk.start()
        desk.engine.gated = True
        desk.session.chat.send("Go")
        desk.steps(3)
        desk.session.chat._answering._keeper._on_time()  # what it does twice a second
        home = desk.session.chat.current
        desk.session.chat._answering._keeper.finish = lambda _live, _end: None  # killed: the end is not kept
        desk.session.chat.stop()
        desk.idle()
    with open_desk(qtbot, tmp_path) as again:
        again.start()
        opened(again, again.session.chat.open, home)
        cut = again.session.chat.turns[-1]
        assert (cut.content, cut.interrupted) == (
            *("It runs ahead ", "Slipstream ended while this was being written."),
        )
        continue_answer(again)
        whole = again.session.chat.turns[-1]
        assert whole.content == "It runs ahead " + " ".join(again.engine.words) + " "
        assert whole.interrupted is None


# Removing


def test_a_message_is_removed_with_what_follows_and_comes_back(desk):
    for text in ("One", "Two", "Three"):
        desk.send(text)
    before = shown(desk)
    opened(desk, desk.session.edits.remove, before[2])
    assert shown(desk) == before[:2]
    notice = desk.notices[-1]
    assert notice.remedies == (Remedy.UNDO_REMOVE_MESSAGE,)
    assert "the 3 after it" in notice.message
    opened(desk, desk.session.edits.undo_remove)
    assert shown(desk) == before
    desk.session.edits.undo_remove()  # there is nothing more
    assert shown(desk) == before


def test_of_several_versions_the_one_beside_is_shown(desk):
    desk.send("One")
    first = shown(desk)[1]
    desk.session.chat.regenerate(first)
    desk.idle()
    opened(desk, desk.session.edits.remove, shown(desk)[1])
    assert shown(desk)[1] == first
    assert desk.session.chat.turns[1].siblings == (first,)


def test_a_message_without_an_answer_can_be_answered(desk):
    desk.send("One")
    question, answer = shown(desk)
    opened(desk, desk.session.edits.remove, answer)
    assert shown(desk) == [question]
    desk.session.chat.regenerate(question)
    desk.idle()
    assert contents(desk) == [(Role.USER, "One")]
    assert [turn.role for turn in desk.session.chat.turns] == [Role.USER, Role.ASSISTANT]


def test_a_removal_is_undone_from_another_conversation_too(desk):
    desk.send("One")
    home, before = desk.session.chat.current, shown(desk)
    opened(desk, desk.session.edits.remove, before[0])
    assert shown(desk) == []
    desk.session.chat.new()
    opened(desk, desk.session.edits.undo_remove)
    assert (desk.session.chat.current, shown(desk)) == (home, before)


def test_while_an_answer_is_written_undo_waits(desk):
    desk.send("One")
    opened(desk, desk.session.edits.remove, shown(desk)[1])
    desk.engine.gated = True
    desk.session.chat.send("Two")
    desk.steps(1)
    desk.session.edits.undo_remove()
    assert [notice.topic for notice in desk.notices[-2:]] == ["turn", "removed_message"]
    desk.session.chat.stop()
    desk.idle()
    opened(desk, desk.session.edits.undo_remove)
    assert desk.session.chat.turns[1].role is Role.ASSISTANT


def test_what_cannot_be_removed_is_told_and_offers_no_undo(desk, monkeypatch):
    desk.send("One")
    before = shown(desk)

    def full(*_arguments):
        raise StoreError("The disk is full", "Free some space")

    monkeypatch.setattr(Store, "remove_message", full)
    desk.session.edits.remove(before[1])
    desk.wait(lambda: [notice.message for notice in desk.notices] == ["The disk is full"])
    assert shown(desk) == before
    assert not any(notice.remedies for notice in desk.notices)
    desk.send("Still here?")
    assert shown(desk)[:2] == before


# Thinking


def test_the_answer_can_be_had_at_once(desk):
    desk.engine.thinking = ["So"] * 50
    desk.engine.gated = True
    desk.session.chat.send("Go")
    desk.steps(3)
    desk.session.chat.close_thinking()
    desk.engine.allow(1000)
    desk.idle()
    answer = desk.session.chat.turns[-1]
    assert len(answer.thinking.split()) < 50
    assert answer.content == " ".join(desk.engine.words) + " "
    assert answer.stats.thinking_closed is ClosedBy.PERSON
    assert reopened(desk)[-1].stats.thinking_closed is ClosedBy.PERSON


def test_asked_for_after_an_answer_it_says_nothing_about_the_next(desk):
    desk.engine.thinking = ["Let", "me", "see"]
    desk.send("One")
    desk.session.chat.close_thinking()
    desk.send("Two")
    assert desk.session.chat.turns[-1].thinking == "Let me see "


def test_the_budget_of_the_settings_goes_with_the_request(desk):
    desk.send("One")
    desk.session.preferences.update(thinking_budget=300)
    desk.send("Two")
    assert [request.thinking_budget for request in desk.engine.requests] == [None, 300]
