"""Turns from a person's text to the store and back, with a real store and a scripted engine."""

import threading
from dataclasses import replace

import pytest
from desk import model_file, open_desk
from scripted_engine import Fault, ScriptedEngine

from slipstream.bridge.notices import Level, Remedy
from slipstream.bridge.pair import PairState
from slipstream.core.chat import Drafting, Role
from slipstream.core.errors import EngineDiedError
from slipstream.store.store import Store


def contents(request):
    return [(message.role, message.content) for message in request.messages]


def test_an_answer_streams_and_is_kept(desk, qtbot, tmp_path):
    desk.engine.thinking = ["Let", "me", "see"]
    desk.send("What is a slipstream?")
    user, answer = desk.session.chat.turns
    assert (user.role, user.content) == (Role.USER, "What is a slipstream?")
    assert answer.content == " ".join(desk.engine.words) + " "
    assert answer.thinking == "Let me see "
    assert answer.interrupted is None
    assert answer.stats.metrics.emitted == len(desk.engine.words) + 3
    assert desk.session.close()
    with open_desk(qtbot, tmp_path) as again:
        again.start()
        again.wait(lambda: again.session.conversations.rowCount() == 1)
        again.session.chat.open(again.session.conversations.index(0).data(0x100))
        again.wait(lambda: len(again.session.chat.turns) == 2)
        kept = again.session.chat.turns[1]
        assert (kept.content, kept.thinking) == (answer.content, answer.thinking)
        assert kept.stats == replace(answer.stats, tokens=())
        assert kept.pieces == answer.pieces


def test_the_next_turn_carries_the_conversation(desk):
    desk.send("First")
    desk.send("Second")
    roles = [message.role for message in desk.engine.requests[1].messages]
    assert roles == [Role.USER, Role.ASSISTANT, Role.USER]
    assert contents(desk.engine.requests[1])[::2] == [(Role.USER, "First"), (Role.USER, "Second")]


def test_settings_act_on_the_next_answer_without_a_load(desk):
    update = desk.session.preferences.update
    update(draft="ngram", temperature=0.0, draft_max=7, max_tokens=5, system_prompt="Be brief")
    desk.send("One")
    update(speculate=False)
    desk.send("Two")
    first, second = desk.engine.requests
    assert (first.speculation.drafting, first.speculation.draft_max) == (Drafting.NGRAM, 7)
    assert (first.sampling.temperature, first.max_tokens) == (0.0, 5)
    assert contents(first)[0] == (Role.SYSTEM, "Be brief")
    assert second.speculation.drafting is Drafting.NONE
    assert len(desk.engine.specs) == 1


def test_stop_keeps_what_is_written_and_says_so(desk):
    desk.engine.gated = True
    desk.session.chat.send("Go")
    desk.steps(4)
    desk.session.chat.stop()
    desk.idle()
    answer = desk.session.chat.turns[-1]
    assert answer.content == " ".join(desk.engine.words[:4]) + " "
    assert answer.interrupted == "Stopped by you."


def test_stop_before_the_engine_was_asked_starts_nothing(desk):
    desk.session.chat.send("Go")
    desk.session.chat.stop()  # the store has not even answered
    desk.idle()
    assert desk.engine.requests == []
    assert desk.session.chat.turns[-1].interrupted == "Stopped by you."
    desk.send("Again")
    assert len(desk.engine.requests) == 1


def test_regenerate_makes_a_sibling_and_leaves_the_old_answer_in_the_tree(desk):
    desk.send("Go")
    old = desk.session.chat.turns[-1]
    desk.engine.words = ["Something", "else"]
    desk.session.chat.regenerate(old.id)
    desk.idle()
    new = desk.session.chat.turns[-1]
    assert (new.content, len(desk.session.chat.turns)) == ("Something else ", 2)
    assert new.id != old.id
    assert contents(desk.engine.requests[1]) == [(Role.USER, "Go")]
    desk.session.chat.open(desk.session.chat.current)
    with desk.qtbot.waitSignal(desk.session.chat.opened):
        pass
    assert [turn.id for turn in desk.session.chat.turns] == [desk.session.chat.turns[0].id, new.id]


def test_an_empty_prompt_is_told_and_given_back(desk):
    desk.session.chat.send(" \n ")
    assert desk.returned == [" \n "]
    assert desk.notices[-1].level is Level.WARNING
    assert desk.engine.requests == []
    assert desk.session.conversations.rowCount() == 0


def test_a_prompt_over_the_context_is_given_back_and_its_next_version_takes_its_place(desk):
    desk.send("First")
    long = "word " * 5000
    desk.send(long)
    assert desk.returned == [long]
    assert "5" in desk.notices[-1].message
    assert desk.notices[-1].remedies == (Remedy.LEAVE_OUT_OLDEST, Remedy.NEW_CONVERSATION)
    assert desk.session.chat.turns[0].content == "First"
    assert len(desk.session.chat.turns) == 2
    desk.send("Shorter")
    assert contents(desk.engine.requests[-1])[-1] == (Role.USER, "Shorter")
    assert len(desk.engine.requests[-1].messages) == 3
    desk.session.chat.open(desk.session.chat.current)
    with desk.qtbot.waitSignal(desk.session.chat.opened):
        pass
    assert [turn.content for turn in desk.session.chat.turns][::2] == ["First", "Shorter"]


def test_a_conversation_over_the_context_goes_on_without_its_oldest_turns(desk):
    desk.engine.words = ["word"] * 900
    for question in ("One", "Two", "Three", "Four"):
        desk.send(question)
    desk.send("Five " * 700)
    assert Remedy.LEAVE_OUT_OLDEST in desk.notices[-1].remedies
    desk.session.chat.leave_out_oldest()
    desk.send(desk.returned[-1])
    asked = desk.engine.requests[-1].messages
    assert [message.content[:5] for message in asked[::2]] == ["Three", "Four", "Five "]
    assert len(desk.session.chat.turns) == 10  # all of it is still there to read
    assert desk.session.chat.turns[-1].interrupted is None


def test_sending_while_nothing_is_loaded_gives_the_text_back(desk):
    desk.session.pair.unload()
    desk.session.chat.send("Hello")
    assert desk.returned == ["Hello"]
    assert "No model" in desk.notices[-1].message


def test_a_death_keeps_the_partial_answer_and_the_engine_comes_back(desk):
    desk.engine.gated = False
    desk.engine.faults.append(Fault(EngineDiedError("The engine stopped: ended by SIGKILL"), after=3))
    desk.send("Go")
    answer = desk.session.chat.turns[-1]
    assert answer.content == " ".join(desk.engine.words[:3]) + " "
    assert answer.interrupted == "The engine stopped: ended by SIGKILL"
    desk.wait(lambda: desk.session.pair.state is PairState.READY)
    assert len(desk.engine.specs) == 2
    assert desk.engine.specs[0] == desk.engine.specs[1]
    desk.send("And on")
    assert desk.session.chat.turns[-1].interrupted is None


def test_a_bug_in_a_run_leaves_the_window_able_to_go_on(desk, qtbot):
    desk.engine.faults.append(Fault(ZeroDivisionError("a bug"), after=2))
    with qtbot.captureExceptions():
        desk.send("Go")
    assert "fault in Slipstream" in desk.session.chat.turns[-1].interrupted
    assert Remedy.OPEN_LOGS in desk.notices[-1].remedies
    desk.send("Again")
    assert desk.session.chat.turns[-1].interrupted is None


def test_an_answer_goes_on_while_another_conversation_is_shown(desk):
    desk.engine.gated = True
    desk.session.chat.send("Long")
    desk.steps(2)
    home = desk.session.chat.current
    desk.session.chat.new()
    written = []
    desk.session.chat.written.connect(written.extend)
    desk.steps(3)
    assert written == []
    desk.session.chat.open(home)
    with desk.qtbot.waitSignal(desk.session.chat.opened) as opened:
        pass
    turns, live, _ = opened.args
    assert [turn.content for turn in turns] == ["Long"]
    assert [piece.text for piece in live.pieces] == [f"{word} " for word in desk.engine.words[:5]]
    desk.engine.allow(100)
    desk.idle()
    assert desk.answers == [" ".join(desk.engine.words) + " "]


def test_closing_while_answering_keeps_what_was_written(qtbot, tmp_path):
    with open_desk(qtbot, tmp_path, ScriptedEngine()) as desk:
        desk.start()
        desk.engine.gated = True
        desk.session.chat.send("Go")
        desk.steps(4)
    with open_desk(qtbot, tmp_path) as again:
        again.start()
        again.wait(lambda: again.session.conversations.rowCount() == 1)
        again.session.chat.open(again.session.conversations.index(0).data(0x100))
        again.wait(lambda: len(again.session.chat.turns) == 2)
        assert again.session.chat.turns[1].content.startswith(" ".join(again.engine.words[:4]))
        assert again.session.chat.turns[1].interrupted == "Stopped by you."


def test_what_is_typed_and_not_sent_stays_with_its_conversation(desk):
    desk.send("Hello")
    home = desk.session.chat.current
    desk.session.chat.keep_unsent("half a tho")
    desk.session.chat.new()
    desk.session.chat.open(home)
    with desk.qtbot.waitSignal(desk.session.chat.opened) as opened:
        pass
    assert opened.args[2] == "half a tho"


def test_drafting_trouble_of_an_answer_shows_in_the_status_until_the_next(desk):
    desk.session.preferences.update(draft="ngram")
    desk.engine.note = "the draft failed; going on without it"
    desk.send("Go")
    assert "the draft failed" in desk.session.status.draft
    desk.engine.note = ""
    desk.send("Again")
    assert "Drafting is on" in desk.session.status.draft


def test_a_removed_conversation_leaves_the_list_and_comes_back(desk):
    desk.send("Keep me")
    rows = desk.session.conversations
    desk.wait(lambda: rows.rowCount() == 1)
    home = desk.session.chat.current
    rows.remove(home)
    assert rows.rowCount() == 0
    assert desk.session.chat.current is None
    assert desk.notices[-1].remedies == (Remedy.UNDO_REMOVE,)
    assert rows.undo_remove() == home
    desk.wait(lambda: rows.rowCount() == 1)
    assert rows.title(home) == "Keep me"


def test_a_conversation_is_renamed(desk):
    desk.send("First words")
    rows = desk.session.conversations
    desk.wait(lambda: rows.rowCount() == 1)
    assert rows.setData(rows.index(0), "  Better   title ")
    desk.wait(lambda: rows.index(0).data() == "Better title")
    assert not rows.setData(rows.index(0), "   ")


def test_a_second_model_file_while_answering_stops_the_answer_and_loads(desk, tmp_path):
    other = model_file(tmp_path, "Model-B.gguf")
    desk.engine.gated = True
    desk.session.chat.send("Go")
    desk.steps(2)
    desk.session.choose_target(other)
    desk.engine.allow(1000)
    desk.idle()
    desk.wait(lambda: desk.session.pair.state is PairState.READY)
    assert desk.session.pair.target == other
    assert desk.session.chat.turns[-1].interrupted == "Stopped by you."


def test_the_plain_level_and_break_even_are_known_once_both_kinds_of_step_were_seen(desk):
    told = []
    desk.session.levels_changed.connect(told.append)
    desk.send("One")
    assert told[-1].plain_tokens_per_second == 1000 / 18  # the script's plain step takes 18 ms
    assert told[-1].break_even_tau is None
    desk.session.preferences.update(draft="ngram")
    desk.send("Two")
    assert told[-1].break_even_tau == 20 / 18
    assert desk.session.pair.levels == told[-1]


def test_a_turn_that_begins_after_another_conversation_was_shown_stays_out_of_sight(desk):
    begun = []
    desk.session.chat.answer_begun.connect(begun.append)
    desk.session.chat.send("Hidden")
    desk.session.chat.new()  # before the store has answered
    desk.idle()
    assert (begun, desk.session.chat.turns, desk.session.chat.current) == ([], [], None)
    desk.wait(lambda: desk.session.conversations.rowCount() == 1)
    assert [message.content for message in desk.engine.requests[0].messages] == ["Hidden"]


def test_talking_in_an_old_conversation_brings_it_to_the_top(desk):
    rows = desk.session.conversations
    desk.send("Old")
    old = desk.session.chat.current
    desk.session.chat.new()
    desk.send("New")
    desk.wait(lambda: rows.rowCount() == 2 and rows.row_of(old) == 1)
    desk.session.chat.open(old)
    with desk.qtbot.waitSignal(desk.session.chat.opened):
        pass
    desk.send("More")
    desk.wait(lambda: rows.row_of(old) == 0)


def show_version(desk, message):
    with desk.qtbot.waitSignal(desk.session.chat.opened):
        desk.session.chat.show_version(message)


def test_the_turns_after_an_older_answer_come_back_with_its_version(desk):
    desk.send("One")
    desk.send("Two")
    before = [turn.id for turn in desk.session.chat.turns]
    first = before[1]
    desk.session.chat.regenerate(first)
    desk.idle()
    other = desk.session.chat.turns[-1]
    assert other.siblings == (first, other.id)
    show_version(desk, first)
    assert [turn.id for turn in desk.session.chat.turns] == before
    assert desk.session.chat.turns[1].siblings == (first, other.id)
    assert desk.session.chat.turns[3].siblings == (before[3],)
    show_version(desk, other.id)
    assert [turn.id for turn in desk.session.chat.turns] == [before[0], other.id]


def test_no_version_is_shown_while_an_answer_is_written(desk):
    desk.send("Go")
    first = desk.session.chat.turns[1].id
    desk.engine.gated = True
    desk.session.chat.regenerate(first)
    desk.steps(1)
    desk.session.chat.show_version(first)
    assert "still being written" in desk.notices[-1].message
    desk.session.chat.stop()
    desk.idle()
    assert desk.session.chat.turns[1].id != first


LONG = "word " * 5000


def test_a_refused_prompt_is_out_of_its_conversation_and_waits_there_unsent(desk, qtbot):
    desk.send("First")
    home = desk.session.chat.current
    desk.send(LONG)
    resolved = []
    desk.session.chat.resolved.connect(resolved.append)
    desk.session.chat.new()
    assert "turn" in resolved
    with qtbot.waitSignal(desk.session.chat.opened) as opened:
        desk.session.chat.open(home)
    turns, _, unsent = opened.args
    assert [turn.content for turn in turns][::2] == ["First"]
    assert unsent == LONG
    desk.send("Second")
    assert contents(desk.engine.requests[-1])[::2] == [(Role.USER, "First"), (Role.USER, "Second")]


def test_a_prompt_refused_out_of_sight_offers_nothing_for_the_shown_conversation(desk):
    desk.send("First")
    desk.session.chat.send(LONG)
    desk.session.chat.new()
    desk.idle()
    assert desk.returned == []
    assert "tokens" in desk.notices[-1].message
    assert desk.notices[-1].remedies == ()


def test_a_sent_text_is_not_unsent_any_more(desk, qtbot):
    desk.send("First")
    home = desk.session.chat.current
    desk.session.chat.keep_unsent("Seco")
    desk.send("Second")
    desk.session.chat.new()
    with qtbot.waitSignal(desk.session.chat.opened) as opened:
        desk.session.chat.open(home)
    assert opened.args[2] == ""


def test_regenerating_what_was_left_out_still_asks_something(desk):
    for question in ("One", "Two", "Three", "Four"):
        desk.send(question)
    for _ in range(3):
        desk.session.chat.leave_out_oldest()
    desk.session.chat.regenerate(desk.session.chat.turns[1].id)
    desk.idle()
    assert contents(desk.engine.requests[-1]) == [(Role.USER, "One")]


@pytest.mark.parametrize("written", [0, 2])
def test_removing_a_conversation_ends_its_answer(desk, written):
    desk.send("First")
    desk.wait(lambda: desk.session.conversations.rowCount() == 1)
    desk.engine.gated = True
    home = desk.session.chat.current
    desk.session.chat.send("Long")
    if written:
        desk.steps(written)
    desk.session.conversations.remove(home)
    desk.idle()  # by itself: the engine is still gated
    assert desk.session.chat.current is None
    desk.engine.gated = False
    desk.send("And here?")
    assert desk.returned == []
    assert desk.answers


def test_drafting_trouble_shows_while_the_answer_is_written(desk):
    desk.session.preferences.update(draft="ngram")
    desk.engine.gated = True
    desk.engine.note = "the draft failed; going on without it"
    told = []
    desk.session.status_changed.connect(told.append)
    desk.session.chat.send("Go")
    desk.steps(1)
    assert "the draft failed" in told[-1].draft
    desk.session.chat.stop()
    desk.idle()


def test_trouble_that_only_the_result_tells_shows_until_a_pair_is_loaded(desk):
    desk.session.preferences.update(draft="ngram")
    desk.engine.notes = ("Drafting failed (no memory); going on without it",)
    desk.send("Go")
    assert "no memory" in desk.session.status.draft
    desk.load(desk.model)
    assert "Drafting is on" in desk.session.status.draft


def test_the_stored_request_is_the_one_that_ran(desk):
    update = desk.session.preferences.update
    update(draft="ngram", temperature=0.25, max_tokens=6, system_prompt="Be brief")
    desk.session.chat.send("Go")
    update(draft="", temperature=0.75, max_tokens=9, system_prompt="Be long")  # before the store has answered
    desk.idle()
    ran = desk.engine.requests[0]
    home = desk.session.chat.current
    assert desk.session.close()
    with Store.open(desk.paths.database) as store:
        kept = store.load_branch(home)[-1].run.request
    assert (kept.sampling, kept.speculation, kept.max_tokens) == (
        *(ran.sampling, ran.speculation, ran.max_tokens),
    )
    assert ran.max_tokens == 6
    assert contents(ran) == [(Role.SYSTEM, "Be brief"), (Role.USER, "Go")]


def test_a_turn_does_not_begin_with_another_pair_than_it_was_stored_with(desk):
    desk.session.chat.send("Go")
    desk.session.pair.loaded = replace(desk.session.pair.loaded, n_ctx=1)  # loaded meanwhile
    desk.idle()
    assert desk.engine.requests == []
    assert desk.session.chat.turns[-1].interrupted


def test_an_answer_that_ends_while_its_conversation_is_read_is_shown_whole(desk, monkeypatch):
    desk.engine.gated = True
    desk.session.chat.send("Go")
    desk.steps(2)
    home = desk.session.chat.current
    desk.session.chat.new()
    read = threading.Event()
    load_branch = Store.load_branch

    def load_and_tell(store, conversation):
        branch = load_branch(store, conversation)
        read.set()
        return branch

    monkeypatch.setattr(Store, "load_branch", load_and_tell)
    shown = []
    desk.session.chat.opened.connect(lambda turns, _live, _unsent: shown.append(turns))
    desk.session.chat.open(home)
    assert read.wait(10)  # what was read of the answer is on its way here, and does not have its end
    desk.engine.allow(100)
    while desk.session.chat.busy:
        desk.session._engine.deliver()
    desk.wait(lambda: bool(shown))
    (turns,) = shown
    assert turns[1].content == " ".join(desk.engine.words) + " "
    assert turns[1].interrupted is None


def test_what_is_typed_until_the_last_moment_stays_with_what_was_shown(desk, qtbot):
    """As the window does it: it keeps what its composer holds whenever something else is about to be shown."""
    chat = desk.session.chat
    composer = ["for a new one"]
    chat.leaving.connect(lambda: chat.keep_unsent(composer[0]))
    chat.opened.connect(lambda _turns, _live, unsent: composer.__setitem__(0, unsent))
    desk.send("Hello")  # from elsewhere: what is typed stays
    home = chat.current
    chat.new()
    assert composer == [""]
    composer[0] = "new"
    chat.open(home)
    composer[0] = "newer"  # typed before the store has answered
    qtbot.waitSignal(chat.opened).wait()
    assert composer == ["for a new one"]
    assert chat.unsent_new == "newer"
    chat.new()
    assert composer == ["newer"]
    assert chat.unsent_new == ""


def test_nothing_is_sent_into_a_branch_that_is_about_to_change(desk):
    desk.send("Go")
    first = desk.session.chat.turns[1].id
    desk.session.chat.regenerate(first)
    desk.idle()
    desk.session.chat.show_version(first)
    desk.session.chat.send("On")  # the store has not answered
    assert desk.returned == ["On"]
    assert "being read" in desk.notices[-1].message
    desk.wait(lambda: desk.session.chat.turns[1].id == first)
    desk.send("On")
    assert len(desk.engine.requests[-1].messages) == 3


def test_a_conversation_chosen_while_the_first_turn_of_another_begins_is_shown(desk):
    desk.send("Old")
    old = desk.session.chat.current
    desk.session.chat.new()
    desk.session.chat.send("New")
    desk.session.chat.open(old)  # before the store has answered
    desk.wait(lambda: desk.session.chat.current == old)
    desk.idle()
    assert desk.session.chat.turns[0].content == "Old"
