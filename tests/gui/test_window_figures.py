"""The live figures in the real window: with the conversation, with earlier answers, with the pace and the pair."""

import pytest
from chat_hands import at_character, rows
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from window_desk import open_window

from slipstream.core.chat import Role
from slipstream.core.memory_use import DeviceMemory, DeviceUse, Placement
from slipstream.core.pace import PaceReport, PaceState
from slipstream.ui.chat.figures import FigureStrip
from slipstream.ui.chat.tokenrows import TokensRow

ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.session.preferences.update(draft="ngram", draft_max=0)
        desk.window.activateWindow()
        desk.wait(desk.window.isActiveWindow)
        yield desk


def answers(desk) -> list[int]:
    return [turn.id for turn in desk.session.chat.turns if turn.role is Role.ASSISTANT]


def measured(desk) -> None:
    panel = desk.window.dashboard
    desk.wait(lambda: not panel.shown.pending and len(panel.history) > 0)


def show_tokens(desk) -> TokensRow:
    """The tokens of the last answer."""
    desk.window.acts.show_tokens.trigger()
    view = desk.window.pane.view
    desk.wait(lambda: bool(rows(view, TokensRow)))
    return rows(view, TokensRow)[-1]


def test_a_point_of_the_figures_leads_to_its_word(desk):
    desk.say("Go")
    measured(desk)
    panel, view = desk.window.dashboard, desk.window.pane.view
    panel.column.mark_row(2)
    panel.column.chosen.emit(panel.column.mark)
    first = panel.history.first_token(2)
    assert view.canvas.selection.text(view.canvas.turns) == desk.engine.words[first]


def test_a_point_leads_into_folded_thinking(desk):
    desk.engine.thinking = ["First", "I", "think", "about", "speed"]
    desk.say("Go")
    measured(desk)
    panel, view = desk.window.dashboard, desk.window.pane.view
    assert not view.canvas.turns[-1].unfolded
    panel.column._on_chosen(panel.history.token[1])
    assert view.canvas.turns[-1].unfolded
    assert view.canvas.selection.text(view.canvas.turns) == "I"


def test_a_point_leads_to_its_token_while_tokens_are_shown(desk):
    desk.say("Go")
    measured(desk)
    row = show_tokens(desk)
    panel = desk.window.dashboard
    panel.column._on_chosen(panel.history.token[2])
    assert row.outlined is not None
    assert row.piece(row.outlined).token == panel.history.first_token(2)
    assert not desk.window.pane.view.inspector.card.isHidden()


def test_a_token_marks_its_step_by_alt_and_a_click_by_enter_and_by_the_menu(desk):
    desk.say("Go")
    measured(desk)
    row = show_tokens(desk)
    window, panel, view = desk.window, desk.window.dashboard, desk.window.pane.view
    window.acts.dashboard.setChecked(False)
    point = at_character(view, row, row.stretch(4)[0])
    QTest.mouseClick(view.canvas.viewport(), LEFT, ALT, point)
    assert window.acts.dashboard.isChecked()  # it is shown for this
    assert panel.column.mark == panel.history.token[panel.history.row_writing(4)]
    assert view.canvas.selection.is_empty
    view.canvas.setFocus()
    view.inspector.leave()
    for _ in range(2):
        desk.key(Qt.Key.Key_Right)
    desk.key(Qt.Key.Key_Return)
    assert panel.column.mark == panel.history.token[panel.history.row_writing(1)]
    menu = view.canvas.make_menu(point.toPointF())
    entry = next(action for action in menu.actions() if "live figures" in action.text())
    entry.trigger()
    assert panel.column.mark == panel.history.token[panel.history.row_writing(4)]
    menu.close()


def test_the_figures_under_an_earlier_answer_bring_its_run_back(desk):
    desk.say("Go")
    desk.engine.words = ["Something", "else", "."]
    desk.say("Again")
    measured(desk)
    panel, view = desk.window.dashboard, desk.window.pane.view
    first, second = answers(desk)
    assert panel.shown.answer == second
    view.canvas.verticalScrollBar().setValue(0)
    strip = min(
        view.canvas.viewport().findChildren(FigureStrip), key=lambda each: each.mapTo(view, QPoint()).y()
    )
    QTest.mouseClick(strip, LEFT, pos=QPoint(6, strip.height() // 2))
    desk.wait(lambda: panel.shown.answer == first)
    measured(desk)
    turn = next(turn for turn in desk.session.chat.turns if turn.id == first)
    assert panel.history.meter.metrics() == turn.stats.metrics
    assert panel.head.title.text() == "An earlier answer"
    panel.head.latest.click()
    assert panel.shown.answer == second


def test_an_answer_of_an_earlier_session_is_shown_with_what_the_same_pair_does_now(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.say("Go")
        conversation = desk.session.chat.current
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.session.preferences.update(speculate=False)
        desk.session.chat.new()
        desk.say("Measure the level")
        level = desk.session.pair.levels.plain_tokens_per_second
        assert level
        desk.session.chat.open(conversation)
        desk.wait(lambda: desk.session.chat.current == conversation and bool(desk.session.chat.turns))
        panel = desk.window.dashboard
        (answer,) = answers(desk)
        desk.window.pane.view.figures_requested.emit(str(answer))
        desk.wait(lambda: panel.shown.answer == answer)
        assert panel.shown.levels.plain == level
        panel.token_chosen.emit(answer, 3)  # its tokens have to be read before it can be led to
        view = desk.window.pane.view
        desk.wait(lambda: view.canvas.selection.text(view.canvas.turns) == desk.engine.words[3])


def test_of_an_edited_answer_nothing_is_recorded_and_that_is_said(desk):
    desk.say("Go")
    (answer,) = answers(desk)
    assert desk.session.edits.edit(answer, "My own words")
    desk.wait(lambda: answers(desk) != [answer])
    (own,) = answers(desk)
    desk.window.pane.view.figures_requested.emit(str(own))
    desk.wait(lambda: "No steps are recorded of this answer." in desk.banners)


def test_each_part_of_an_answer_that_went_on_has_its_own_run(desk):
    desk.session.preferences.update(max_tokens=8)
    desk.say("Go")
    (answer,) = answers(desk)
    desk.session.edits.continue_answer()
    desk.desk.idle()
    panel = desk.window.dashboard
    assert panel.shown.tokens_before == 8
    desk.window.pane.view.inspector.token_chosen.emit(str(answer), 2)
    desk.wait(lambda: panel.shown.earlier)
    assert panel.shown.tokens_before == 0
    assert panel.column.mark is not None
    desk.window.pane.view.inspector.token_chosen.emit(str(answer), 9)
    desk.wait(lambda: not panel.shown.earlier)
    assert panel.history.row_writing(1) == panel.history.row_at(panel.column.mark)


def test_the_pace_says_why_while_it_writes_and_afterwards(desk):
    desk.session.choose_draft(str(desk.desk.model))
    desk.desk.wait(lambda: desk.session.pair.state == "ready")
    desk.engine.paces = {2: PaceReport(PaceState.TOO_FEW_KEPT, 0.8, 1.9, 1.2, 3)}
    desk.say("Go")
    reason = desk.window.dashboard.page.pace.reason
    assert reason.text() == "Drafting is paused: it costs about 20 % here: needs τ 1.9, gets 1.2."
    desk.session.preferences.update(speculate=False)
    assert reason.text().startswith("Drafting is paused")  # of the next answer something else is true


def test_memory_of_the_loaded_pair(desk):
    memory = desk.window.dashboard.page.memory
    assert memory.isHidden()  # this engine did not tell what it takes
    uses = (DeviceUse("CPU", 4, 2 * 10**9, 5 * 10**8, 10**8), DeviceUse("GPU0", 9, 10**9, 10**8, 0))
    draft = (DeviceUse("GPU0", 5, 3 * 10**8, 10**7, 10**6),)
    desk.engine.placement = Placement(uses, draft, (DeviceMemory("GPU0", "A GPU", 10**10, 2 * 10**10),))
    desk.desk.load(desk.desk.model)
    desk.wait(lambda: memory.accessibleDescription() == "model 3.7 GB, draft 311 MB")
    assert memory.total.text() == "4.0 GB"
    told = desk.window.status_line.memory.words
    assert "GPU0 (A GPU)" in told
    assert told in memory.title.toolTip()  # one truth
    desk.window.acts.unload.trigger()
    assert memory.isHidden()


def test_the_answer_of_another_conversation_is_not_looked_for_here(desk):
    desk.say("Go")
    measured(desk)
    desk.window.acts.new.trigger()
    panel = desk.window.dashboard
    panel.column._on_chosen(panel.history.token[1])
    assert desk.window.status_line.flashed.text() == "This answer is in another conversation"


def test_the_view_is_frozen_from_the_menu_and_the_button_says_so(desk):
    acts, panel = desk.window.acts, desk.window.dashboard
    desk.engine.gated = True
    desk.type("Go")
    desk.key(Qt.Key.Key_Return)
    desk.desk.steps(2)
    measured(desk)
    acts.freeze.trigger()
    assert panel.head.freeze.isChecked()
    seen = len(panel.history)
    desk.desk.steps(2)
    desk.wait(lambda: len(panel.shown.pending) == 2)
    assert len(panel.history) == seen
    panel.head.freeze.click()
    assert not acts.freeze.isChecked()
    desk.wait(lambda: len(panel.history) == seen + 2)
    desk.session.chat.stop()
    desk.desk.idle()
