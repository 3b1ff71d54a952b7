"""What can be done with the dashboard's view: freeze, zoom, choose a step, look at an earlier run."""

from dataclasses import replace

import pytest
from dashboard_runs import run_stats, run_steps
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from slipstream.core.history import Levels
from slipstream.core.metrics import StepRecord, measure
from slipstream.ui.dashboard.head import Showing
from slipstream.ui.dashboard.memory_bar import MemoryPart
from slipstream.ui.dashboard.panel import DashboardPanel
from slipstream.ui.dashboard.recording import Recording
from slipstream.ui.theme import ThemeManager

LEFT = Qt.MouseButton.LeftButton
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def panel(qtbot: QtBot, themes: ThemeManager) -> DashboardPanel:
    panel = DashboardPanel(themes)
    qtbot.addWidget(panel)
    panel.resize(340, 1700)
    with qtbot.waitSignal(panel.plots_ready, timeout=20_000):
        panel.show()
    return panel


def settle(qtbot: QtBot, panel: DashboardPanel) -> None:
    qtbot.waitUntil(lambda: not panel.busy, timeout=20_000)


def begin(qtbot: QtBot, panel: DashboardPanel, steps: list[StepRecord], answer: int = 7) -> None:
    panel.begin_run(15.0, drafting=True, answer=answer)
    panel.add_steps(steps)
    settle(qtbot, panel)


def x_of(panel: DashboardPanel, token: float, plot: int = 0) -> QPoint:
    """Where a token stands in a plot."""
    canvas = panel.plots[plot].canvas
    return QPoint(round(canvas.box.mapViewToScene(QPointF(token, 0)).x()), canvas.height() // 2)


def drag(panel: DashboardPanel, start: float, end: float, plot: int = 0) -> None:
    port = panel.plots[plot].canvas.viewport()
    QTest.mousePress(port, LEFT, pos=x_of(panel, start, plot))
    QTest.mouseMove(port, x_of(panel, (start + end) / 2, plot))
    QTest.mouseMove(port, x_of(panel, end, plot))
    assert panel.plots[plot].canvas.stretch.span is not None
    QTest.mouseRelease(port, LEFT, pos=x_of(panel, end, plot))


def click(panel: DashboardPanel, token: float, plot: int = 0) -> None:
    QTest.mouseClick(panel.plots[plot].canvas.viewport(), LEFT, pos=x_of(panel, token, plot))


def hover(widget: QWidget, point: QPoint) -> None:
    """Move the pointer there without a button."""
    place, none = point.toPointF(), Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, widget.mapToGlobal(place), none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(widget, event)


# Freezing


def test_a_frozen_view_stands_still_and_misses_nothing(qtbot: QtBot, panel: DashboardPanel) -> None:
    steps = run_steps(200)
    begin(qtbot, panel, steps[:80])
    shown = panel.headline.rate.text(), panel.plots[0].recent_curve.getData()[0][-1]
    panel.head.freeze.click()
    assert panel.head.title.text() == "Frozen; recording goes on"
    panel.add_steps(steps[80:])
    panel.finish_run(run_stats(steps))
    settle(qtbot, panel)
    assert (panel.headline.rate.text(), panel.plots[0].recent_curve.getData()[0][-1]) == shown
    assert len(panel.history) == 80
    panel.head.freeze.click()
    settle(qtbot, panel)
    m = measure(steps)
    assert len(panel.history) == 200
    assert panel.history.meter.metrics() == m
    assert panel.headline.rate.text() == f"{m.tokens_per_second:.1f}"
    assert panel.head.title.text() == "The latest answer"


def test_a_frozen_view_can_be_zoomed_and_read(qtbot: QtBot, panel: DashboardPanel) -> None:
    steps = run_steps(200)
    begin(qtbot, panel, steps[:100])
    panel.set_frozen(True)
    panel.add_steps(steps[100:])
    drag(panel, 40, 80)
    settle(qtbot, panel)
    assert panel.plots[3].canvas.view.left() == pytest.approx(40, abs=2)
    assert len(panel.history) == 100


def test_the_next_answer_waits_behind_a_frozen_view(qtbot: QtBot, panel: DashboardPanel) -> None:
    begin(qtbot, panel, run_steps(60), answer=1)
    panel.set_frozen(True)
    begin(qtbot, panel, run_steps(30, seed=2), answer=2)
    assert (panel.shown.answer, len(panel.history)) == (1, 60)
    panel.set_frozen(False)
    settle(qtbot, panel)
    assert (panel.shown.answer, len(panel.history)) == (2, 30)


def test_a_long_wait_is_caught_up_with_quickly(qtbot: QtBot, panel: DashboardPanel) -> None:
    begin(qtbot, panel, run_steps(10))
    panel.set_frozen(True)
    panel.add_steps(run_steps(6010)[10:])
    panel.set_frozen(False)
    settle(qtbot, panel)
    assert len(panel.history) == 6010


# Zoom


def test_dragging_zooms_all_plots_and_a_double_click_shows_all(qtbot: QtBot, panel: DashboardPanel) -> None:
    begin(qtbot, panel, run_steps(300))
    whole = [plot.canvas.view for plot in panel.plots]
    drag(panel, 100, 200, plot=1)
    settle(qtbot, panel)
    for plot in panel.plots:
        assert plot.canvas.view.left() == pytest.approx(100, abs=3)
        assert plot.canvas.view.right() == pytest.approx(200, abs=3)
        x = plot.gaps.getData()[0] if hasattr(plot, "gaps") else plot.recent_curve.getData()[0]
        assert x[0] == pytest.approx(100, abs=8)
        assert x[-1] == pytest.approx(200, abs=8)
    assert panel.head.whole.isVisible()
    QTest.mouseDClick(panel.plots[0].canvas.viewport(), LEFT, pos=QPoint(120, 40))
    settle(qtbot, panel)
    assert [plot.canvas.view for plot in panel.plots] == whole
    assert not panel.head.whole.isVisible()


def test_a_zoomed_view_stays_while_the_answer_goes_on(qtbot: QtBot, panel: DashboardPanel) -> None:
    steps = run_steps(300)
    begin(qtbot, panel, steps[:150])
    drag(panel, 50, 100)
    settle(qtbot, panel)
    before = panel.plots[0].canvas.view
    panel.add_steps(steps[150:])
    settle(qtbot, panel)
    assert panel.plots[0].canvas.view.left() == before.left()
    assert panel.plots[0].canvas.view.right() == before.right()
    panel.head.whole.click()
    settle(qtbot, panel)
    assert panel.plots[0].canvas.view.right() >= panel.history.meter.emitted


def test_a_tiny_stretch_still_shows_some_tokens(qtbot: QtBot, panel: DashboardPanel) -> None:
    begin(qtbot, panel, run_steps(1000))
    panel.column.zoom_to(1000, 1000.5)
    settle(qtbot, panel)
    view = panel.plots[0].canvas.view
    assert view.width() == 4
    assert view.left() < 1000 < view.right()
    panel.column.zoom_to(-50, -40)
    settle(qtbot, panel)
    assert panel.plots[0].canvas.view.left() == 0


# Choosing a step


def test_a_click_marks_the_step_and_tells_its_first_token(qtbot: QtBot, panel: DashboardPanel) -> None:
    steps = run_steps(100)
    begin(qtbot, panel, steps)
    with qtbot.waitSignal(panel.token_chosen) as told:
        click(panel, 60, plot=3)
    answer, token = told.args
    row = panel.history.row_at(panel.column.mark)
    assert (answer, token) == (7, sum(len(step.emitted) for step in steps[:row]))
    assert abs(panel.history.token[row] - 60) < 10
    for plot in panel.plots:
        assert plot.canvas.mark.isVisible()
        assert plot.canvas.mark.value() == panel.column.mark
        assert plot.title.text() == f"token {panel.column.mark:.0f}"
    assert panel.page.timeline.title.text().startswith(f"Step {row + 1}: ")


def test_in_a_continued_answer_tokens_are_counted_through(qtbot: QtBot, panel: DashboardPanel) -> None:
    panel.begin_run(15.0, drafting=True, answer=7, tokens_before=1000)
    panel.add_steps(run_steps(100))
    settle(qtbot, panel)
    with qtbot.waitSignal(panel.token_chosen) as told:
        click(panel, 50)
    assert 1040 < told.args[1] < 1051
    assert panel.mark_token(1000)
    assert panel.column.mark == 1
    assert not panel.mark_token(999)


def test_a_token_is_marked_also_where_it_is_not_measured_yet(qtbot: QtBot, panel: DashboardPanel) -> None:
    steps = run_steps(100)
    begin(qtbot, panel, steps[:20])
    drag(panel, 5, 20)
    panel.add_steps(steps[20:])
    number = sum(len(step.emitted) for step in steps[:70])
    assert panel.mark_token(number)
    assert panel.column.mark == number + len(steps[70].emitted)
    settle(qtbot, panel)
    view = panel.plots[0].canvas.view
    assert view.left() <= panel.column.mark <= view.right()  # what is in sight has moved there


def test_a_click_while_zoomed_waits_for_the_second_one(qtbot: QtBot, panel: DashboardPanel) -> None:
    begin(qtbot, panel, run_steps(300))
    drag(panel, 100, 200)
    settle(qtbot, panel)
    chosen: list[object] = []
    panel.token_chosen.connect(lambda *args: chosen.append(args))
    port = panel.plots[0].canvas.viewport()
    QTest.mouseClick(port, LEFT, pos=QPoint(150, 40))
    QTest.mouseDClick(port, LEFT, pos=QPoint(150, 40))
    settle(qtbot, panel)
    assert panel.column.span is None
    assert chosen == []
    drag(panel, 100, 200)
    settle(qtbot, panel)
    click(panel, 150)
    qtbot.waitUntil(lambda: len(chosen) == 1)


def test_keys_walk_zoom_and_choose(qtbot: QtBot, panel: DashboardPanel) -> None:
    begin(qtbot, panel, run_steps(300))
    column, history = panel.column, panel.history
    panel.activateWindow()
    column.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(column, Qt.Key.Key_Left)
    assert column.mark == history.token[-1]
    QTest.keyClick(column, Qt.Key.Key_Left)
    assert column.mark == history.token[-2]
    QTest.keyClick(column, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    stalled = [row for row, stall in enumerate(history.stall) if stall]
    assert column.mark == history.token[stalled[-1]]
    QTest.keyClick(column, Qt.Key.Key_Plus)
    assert column.span is not None
    assert column.span[0] <= column.mark <= column.span[1]
    with qtbot.waitSignal(panel.token_chosen) as told:
        QTest.keyClick(column, Qt.Key.Key_Return)
    assert told.args == [7, history.first_token(stalled[-1])]
    QTest.keyClick(column, Qt.Key.Key_Escape)
    assert column.span is None
    QTest.keyClick(column, Qt.Key.Key_Escape)
    assert column.mark is None
    QTest.keyClick(column, Qt.Key.Key_Home)
    assert column.mark == history.token[0]
    words = column.words(40)
    assert "Tokens/s: last 2 s" in words
    assert "Latency, ms: gap" in words


# Parts of the page


def test_the_timeline_shows_the_latest_steps_to_scale(qtbot: QtBot, panel: DashboardPanel) -> None:
    steps = run_steps(100)
    begin(qtbot, panel, steps)
    strip = panel.page.timeline.strip
    assert strip.blocks[-1].row == 99
    assert strip.blocks[-1].right == strip.width()
    assert 4 <= len(strip.blocks) <= 20
    one, other = strip.blocks[-2:]
    shares = [(block.right - block.left) / steps[block.row].duration_ms for block in (one, other)]
    assert shares[0] == pytest.approx(shares[1], rel=0.01)
    parts = panel.page.timeline.legend.accessibleName()
    assert parts.startswith(f"draft {steps[99].draft_ms:.0f}, verify {steps[99].verify_ms:.0f}")


def test_a_step_under_the_pointer_is_read_out_and_stands_still(qtbot: QtBot, panel: DashboardPanel) -> None:
    steps = run_steps(100)
    begin(qtbot, panel, steps)
    timeline = panel.page.timeline
    block = timeline.strip.blocks[2]
    hover(timeline.strip, QPoint(round((block.left + block.right) / 2), 8))
    step = steps[block.row]
    qtbot.waitUntil(lambda: timeline.title.text().startswith(f"Step {block.row + 1}: "))
    if step.drafted:
        assert timeline.title.text().endswith(f"{step.accepted} of {len(step.drafted)} kept")
    assert panel.plots[0].canvas.crosshair.value() == panel.history.token[block.row]
    with qtbot.waitSignal(panel.token_chosen):
        QTest.mouseClick(timeline.strip, LEFT, pos=QPoint(round((block.left + block.right) / 2), 8))
    assert panel.column.mark == panel.history.token[block.row]


def test_pointing_at_a_plot_shows_the_steps_around(qtbot: QtBot, panel: DashboardPanel) -> None:
    begin(qtbot, panel, run_steps(300))
    panel.column._on_hovered(100.0)
    timeline = panel.page.timeline
    row = panel.history.row_at(100.0)
    qtbot.waitUntil(lambda: timeline.title.text().startswith(f"Step {row + 1}: "))
    rows = [block.row for block in timeline.strip.blocks]
    assert rows[0] < row < rows[-1]
    assert rows == list(range(rows[0], rows[-1] + 1))


def test_chunks_are_shown_by_size(qtbot: QtBot, panel: DashboardPanel) -> None:
    steps = run_steps(100)
    begin(qtbot, panel, steps)
    ones = sum(len(step.emitted) == 1 for step in steps)
    assert panel.page.chunks.describe(0) == f"1 token: {ones}{NBSP}%, {ones} chunks"
    bars = panel.page.chunks.bars
    bars.setFocus()
    QTest.keyClick(bars, Qt.Key.Key_Right)
    QTest.keyClick(bars, Qt.Key.Key_Right)
    assert panel.page.chunks.title.text().startswith("2 tokens: ")


def test_thinking_and_answer_are_told_apart(qtbot: QtBot, panel: DashboardPanel) -> None:
    steps = run_steps(100)
    begin(qtbot, panel, steps[:30])
    table = panel.page.phases
    assert table.isVisible()
    assert "Answer: tokens –" in table.accessibleDescription()
    panel.add_steps(steps[30:])
    settle(qtbot, panel)
    parts = run_stats(steps).phases
    for phase, name in zip(parts, ("Thinking", "Answer"), strict=True):
        m = parts[phase]
        assert (
            f"{name}: tokens {m.emitted}, tok/s {m.tokens_per_second:.1f}, τ {m.acceptance_length:.2f}"
            in (table.accessibleDescription())
        )
    begin(qtbot, panel, [replace(step, phase=steps[-1].phase) for step in steps[:20]])
    assert not table.isVisible()


def test_who_drafts_how_far_and_why(qtbot: QtBot, panel: DashboardPanel) -> None:
    steps = run_steps(30)
    begin(qtbot, panel, steps)
    panel.set_reason("Drafting: about 1.4× as fast here.")
    assert panel.page.pace.choice.text() == "4 of 4 by the draft model"
    assert panel.page.pace.reason.text() == "Drafting: about 1.4× as fast here."
    panel.add_steps([replace(steps[-1], drafted=(), accepted=0, limit=0, emitted=(1,))])
    settle(qtbot, panel)
    assert panel.page.pace.choice.text() == "nothing"


def test_a_lossy_rule_is_labelled_in_the_headline(qtbot: QtBot, panel: DashboardPanel) -> None:
    steps = [
        replace(step, rule="typical", refused=step.accepted * 0.125) if step.drafted else step
        for step in run_steps(60)
    ]
    begin(qtbot, panel, steps)
    assert panel.headline.lossy.isVisible()
    assert (
        panel.headline.lossy.text()
        == f"Changes the output: the exact rule refuses 12.5{NBSP}% of what was kept"
    )
    begin(qtbot, panel, run_steps(60))
    assert not panel.headline.lossy.isVisible()


def test_memory_and_context(qtbot: QtBot, panel: DashboardPanel) -> None:
    begin(qtbot, panel, run_steps(50))
    memory = panel.page.memory
    assert not memory.isVisible()
    memory.show_parts((MemoryPart("model", 3 << 30), MemoryPart("draft", 400 << 20)), 4096)
    panel.add_steps([])
    panel.resize(341, 1700)
    settle(qtbot, panel)
    assert memory.total.text() == "3.6 GB"
    assert "model" in memory.accessibleDescription()
    assert "draft 419 MB" in memory.accessibleDescription()
    last = panel.history.last
    assert memory.context.text() == f"Context: {last.position + len(last.emitted)} of 4,096 tokens"


# Earlier runs


def test_an_earlier_run_is_shown_while_the_live_one_is_recorded(qtbot: QtBot, panel: DashboardPanel) -> None:
    steps = run_steps(100)
    begin(qtbot, panel, steps[:50], answer=2)
    old = run_steps(40, seed=5)
    recording = Recording(True, Levels(10.0, 1.5), answer=1, earlier=True, reason="Paused.", over=True)
    recording.add(old)
    panel.show_earlier(recording)
    panel.add_steps(steps[50:])
    settle(qtbot, panel)
    assert panel.head.title.text() == "An earlier answer"
    assert panel.headline.rate.text() == f"{measure(old).tokens_per_second:.1f}"
    assert panel.headline.tau_note.text() == "pays above 1.50"
    assert panel.page.pace.reason.text() == "Paused."
    assert panel.plots[0].reference.line.value() == 10.0
    assert panel.plots[0].canvas.view.right() == measure(old).emitted
    panel.set_plain_level(20.0)  # is about the live one
    settle(qtbot, panel)
    assert panel.plots[0].reference.line.value() == 10.0
    panel.head.latest.click()
    settle(qtbot, panel)
    assert panel.head.title.text() == "This answer"
    assert panel.history.meter.metrics() == measure(steps)
    assert panel.plots[0].reference.line.value() == 20.0


def test_a_new_answer_takes_the_place_of_an_earlier_one(qtbot: QtBot, panel: DashboardPanel) -> None:
    panel.show_earlier(Recording(True, answer=1, earlier=True, over=True))
    begin(qtbot, panel, run_steps(10), answer=2)
    assert panel.shown.answer == 2
    assert panel.head.title.text() == "This answer"


def test_without_a_live_run_the_way_back_is_the_empty_page(qtbot: QtBot, panel: DashboardPanel) -> None:
    recording = Recording(True, answer=1, earlier=True, over=True)
    recording.add(run_steps(20))
    panel.show_earlier(recording)
    settle(qtbot, panel)
    panel.head.latest.click()
    assert panel.empty.isVisible()
    assert panel.head.title.text() == "Live figures"


@pytest.mark.parametrize("showing", Showing)
def test_every_state_has_words(panel: DashboardPanel, showing: Showing) -> None:
    panel.head.show_state(showing)
    assert panel.head.title.text()


def test_every_button_is_named_and_reached_by_tab(panel: DashboardPanel, qapp: QApplication) -> None:
    panel.begin_run(None, drafting=True)
    for button in (
        panel.head.whole,
        panel.head.freeze,
        panel.head.explain,
        panel.column,
        panel.positions.bars,
    ):
        assert button.accessibleName()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
