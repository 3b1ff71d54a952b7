"""The real panel: fed with steps as the window feeds it, read as a person reads it."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
import pytest
from dashboard_runs import run_stats, run_steps
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from slipstream.core.metrics import Metrics, StepRecord, measure
from slipstream.ui.dashboard.panel import STEPS_A_TICK, DashboardPanel
from slipstream.ui.theme import DARK, LIGHT, ThemeManager

NBSP = "\N{NO-BREAK SPACE}"
MakePanel = Callable[..., DashboardPanel]


@pytest.fixture
def make_panel(qtbot: QtBot, themes: ThemeManager) -> Iterator[MakePanel]:
    def make(width: int = 340, height: int = 1500) -> DashboardPanel:
        panel = DashboardPanel(themes)
        qtbot.addWidget(panel)
        panel.resize(width, height)
        with qtbot.waitSignal(panel.plots_ready, timeout=20_000):
            panel.show()
        return panel

    return make


def settled(panel: DashboardPanel) -> bool:
    return not panel.busy


def feed(qtbot: QtBot, panel: DashboardPanel, steps: list[StepRecord]) -> None:
    panel.add_steps(steps)
    qtbot.waitUntil(lambda: settled(panel), timeout=20_000)


def curves(panel: DashboardPanel) -> list[tuple[np.ndarray, np.ndarray]]:
    rate, tau, acceptance, latency = panel.plots[:4]
    items = [item for plot in (rate, tau, acceptance) for item in (plot.recent_curve, plot.mean_curve)] + [
        latency.gaps
    ]
    return [item.getData() for item in items]


def assert_headline(panel: DashboardPanel, m: Metrics) -> None:
    head = panel.headline
    assert head.rate.text() == f"{m.tokens_per_second:.1f}"
    assert head.tau.text() == f"{m.acceptance_length:.2f}"
    if m.drafted:
        assert head.acceptance.text() == f"{m.acceptance_rate * 100:.0f}{NBSP}%"
        assert head.acceptance_note.text() == f"{m.accepted} of {m.drafted}"
    else:
        assert head.acceptance.text() == "–"


def test_importing_the_panel_imports_neither_pyqtgraph_nor_numpy() -> None:
    code = (
        "import sys; import slipstream.ui.dashboard.panel, slipstream.ui.dashboard.strip;"
        "print([m for m in ('pyqtgraph', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_before_the_first_answer_it_says_what_will_be_there(make_panel: MakePanel) -> None:
    panel = make_panel()
    assert not panel.headline.isVisible()
    assert panel.empty.isVisible()
    panel.begin_run(None, drafting=True)
    assert panel.headline.isVisible()
    assert [panel.headline.rate.text(), panel.headline.acceptance.text(), panel.headline.ttft.text()] == [
        "–"
    ] * 3
    panel.clear()
    assert panel.empty.isVisible()


def test_live_figures_equal_core_metrics(qtbot: QtBot, make_panel: MakePanel) -> None:
    panel = make_panel()
    steps = run_steps(200)
    panel.begin_run(15.0, drafting=True)
    for start, end in pairwise((0, 3, 90, 200)):
        feed(qtbot, panel, steps[start:end])
        assert_headline(panel, measure(steps[:end]))
    assert panel.headline.ttft.text() == f"420{NBSP}ms"
    rate, tau, acceptance, latency = panel.plots[:4]
    m = measure(steps)
    assert rate.mean_curve.getData()[1][-1] == pytest.approx(m.tokens_per_second)
    assert tau.mean_curve.getData()[1][-1] == pytest.approx(m.acceptance_length)
    assert acceptance.mean_curve.getData()[1][-1] == pytest.approx(m.acceptance_rate)
    assert latency.p50.value == pytest.approx(m.icl.p50)
    assert latency.p95.value == pytest.approx(m.icl.p95)
    assert latency.p50.label.text == f"p50 {m.icl.p50:.0f}{NBSP}ms"
    assert latency.stall_count.text() == f"stalls {m.icl.stalls}"
    assert len(latency.stalls.getData()[0]) == m.icl.stalls > 0
    assert panel.positions.describe(0).endswith(
        f"{m.positions[0].accepted} of {m.positions[0].reached} that got here"
    )


def test_a_finished_run_stays_and_the_next_one_clears_it(qtbot: QtBot, make_panel: MakePanel) -> None:
    panel = make_panel()
    steps = run_steps(60)
    stats = run_stats(steps)
    panel.begin_run(None, drafting=True)
    panel.add_steps(steps)
    panel.finish_run(stats)
    qtbot.waitUntil(lambda: settled(panel))
    assert_headline(panel, stats.metrics)
    assert panel.plots[0].canvas.view.right() == stats.metrics.emitted  # the axis ends with the run
    assert all(len(x) for x, _ in curves(panel))
    panel.begin_run(None, drafting=True)
    assert not any(len(x) for x, _ in curves(panel))
    assert panel.headline.rate.text() == "–"


def test_speed_up_is_told_in_a_shape_a_figure_and_words(qtbot: QtBot, make_panel: MakePanel) -> None:
    panel = make_panel()
    steps = run_steps(100)
    rate = measure(steps).tokens_per_second
    assert rate is not None
    panel.begin_run(None, drafting=True)
    feed(qtbot, panel, steps)
    assert panel.headline.verdict.text() == "Level not measured yet: answer once with drafting off"
    assert not panel.headline.speedup.isVisible()
    for level, shape, colour in ((rate / 1.6, "▲", "good"), (rate / 0.8, "▼", "bad"), (rate, "≈", "text")):
        panel.set_plain_level(level)
        assert panel.headline.speedup.text() == f"{shape} {rate / level:.2f}×"
        assert panel.headline.speedup.colour == colour
        assert panel.headline.verdict.text() == f"the {level:.1f} tok/s without drafting"
    panel.begin_run(rate, drafting=False)
    feed(qtbot, panel, run_steps(30, drafting=False))
    assert not panel.headline.speedup.isVisible()
    assert "Drafting is off" in panel.headline.verdict.text()
    assert panel.headline.acceptance.text() == "–"
    assert panel.plots[2].canvas.note.isVisible()


def test_a_run_stopped_before_its_first_token_shows_dashes(qtbot: QtBot, make_panel: MakePanel) -> None:
    panel = make_panel()
    panel.begin_run(15.0, drafting=True)
    panel.finish_run(run_stats([]))
    qtbot.waitUntil(lambda: settled(panel))
    head = panel.headline
    assert [label.text() for label in (head.rate, head.acceptance, head.tau, head.ttft)] == ["–"] * 4
    assert not head.speedup.isVisible()


def test_no_early_verdict(qtbot: QtBot, make_panel: MakePanel) -> None:
    panel = make_panel()
    steps = run_steps(4)
    panel.begin_run(15.0, drafting=True)
    feed(qtbot, panel, steps)
    assert not panel.headline.speedup.isVisible()
    panel.finish_run(run_stats(steps))
    qtbot.waitUntil(panel.headline.speedup.isVisible)


def test_reference_lines_move_with_what_is_measured(qtbot: QtBot, make_panel: MakePanel) -> None:
    panel = make_panel()
    rate, tau = panel.plots[:2]
    panel.begin_run(None, drafting=True)
    feed(qtbot, panel, run_steps(60))
    assert not rate.reference.line.isVisible()
    assert not tau.reference.line.isVisible()
    for level, even in ((8.1, 1.6), (200.0, 4.9)):  # the second lies above every curve: the axis makes room
        panel.set_plain_level(level)
        panel.set_break_even(even)
        qtbot.waitUntil(lambda: settled(panel))
        assert rate.reference.line.isVisible()
        assert rate.reference.line.value() == level
        assert rate.reference.label.text == f"without drafting {level:.1f}"
        assert tau.reference.line.value() == even
        assert tau.reference.label.text == f"break-even {even:.2f}"
        assert rate.canvas.view.bottom() > level
    assert panel.headline.tau_note.text() == "pays above 4.90"
    panel.set_plain_level(None)
    qtbot.waitUntil(lambda: not rate.reference.line.isVisible())


def test_thinking_is_shaded_and_named(qtbot: QtBot, make_panel: MakePanel) -> None:
    panel = make_panel()
    panel.begin_run(None, drafting=True)
    feed(qtbot, panel, run_steps(100))
    (span, _) = panel.history.spans
    assert panel.plots[0].canvas.bands == [(span.start, span.end)]
    assert panel.plots[0].canvas.band_name.text == "thinking"
    assert panel.plots[0].canvas.band_name.isVisible()


def test_a_theme_change_recolours(qtbot: QtBot, make_panel: MakePanel, themes: ThemeManager) -> None:
    panel = make_panel()
    panel.begin_run(15.0, drafting=True)
    feed(qtbot, panel, run_steps(60))
    for mode, theme in (("dark", DARK), ("light", LIGHT)):
        themes.set_mode(mode)
        assert panel.plots[0].recent_curve.opts["pen"].color().name() == theme.plots[0]
        assert panel.plots[0].canvas.backgroundBrush().color().name() == theme.surface
        image = panel.grab().toImage()
        assert image.pixelColor(image.width() - 3, 3).name() == theme.surface


def test_ten_thousand_steps_stay_within_the_pixels(qtbot: QtBot, make_panel: MakePanel) -> None:
    panel = make_panel()
    steps = run_steps(10_000)
    panel.begin_run(15.0, drafting=True)
    feed(qtbot, panel, steps)
    for plot in panel.plots:
        assert 100 < plot.canvas.columns < 340
    drawn = curves(panel)
    assert all(100 < len(x) <= 2 * panel.plots[0].canvas.columns for x, _ in drawn)
    assert np.nanmax(drawn[0][1]) == pytest.approx(np.nanmax(np.array(panel.history.rate)))
    assert len(panel.plots[3].stalls.getData()[0]) <= panel.plots[3].canvas.columns
    assert_headline(panel, measure(steps))


def test_adding_steps_only_stores_and_a_tick_redraws_one_plot(qtbot: QtBot, make_panel: MakePanel) -> None:
    panel = make_panel()
    steps = run_steps(800)
    panel.begin_run(15.0, drafting=True)
    feed(qtbot, panel, steps[:300])
    panel.add_steps(steps[300:])
    assert len(panel.history) == 300
    seen: set[int] = set()
    for _ in range(8):
        before = [data[0] for data in curves(panel)]
        measured = len(panel.history)
        panel.tick()
        after = [data[0] for data in curves(panel)]
        changed = {
            min(i // 2, 3) for i, (old, new) in enumerate(zip(before, after, strict=True)) if old is not new
        }
        assert len(changed) <= 1
        assert len(panel.history) - measured <= STEPS_A_TICK
        seen |= changed
    assert seen == {0, 1, 2, 3}


def test_the_clock_rests_when_there_is_nothing_to_draw(qtbot: QtBot, make_panel: MakePanel) -> None:
    panel = make_panel()
    panel.begin_run(None, drafting=True)
    feed(qtbot, panel, run_steps(20))
    assert not panel.busy
    panel.add_steps(run_steps(1))
    assert panel.busy


def test_plots_out_of_sight_wait_until_scrolled_to(qtbot: QtBot, make_panel: MakePanel) -> None:
    panel = make_panel(height=300)
    panel.begin_run(None, drafting=True)
    feed(qtbot, panel, run_steps(60))
    latency = panel.plots[3]
    assert len(latency.gaps.getData()[0]) == 0
    panel.page.ensureWidgetVisible(latency)
    qtbot.waitUntil(lambda: len(latency.gaps.getData()[0]) > 0)


def test_hovering_reads_the_same_token_in_every_plot(
    qtbot: QtBot, make_panel: MakePanel, qapp: QApplication
) -> None:
    panel = make_panel()
    panel.begin_run(None, drafting=True)
    feed(qtbot, panel, run_steps(200))
    canvas = panel.plots[1].canvas
    at = QPointF(canvas.viewport().width() / 2, 30)
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        at,
        canvas.viewport().mapToGlobal(at),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    qapp.sendEvent(canvas.viewport(), move)
    qtbot.waitUntil(lambda: panel.plots[0].title.text().startswith("token "))
    history = panel.history
    token = int(panel.plots[0].title.text().removeprefix("token "))
    row = list(history.token).index(token)
    assert panel.plots[0].legend[0].text() == f"last 2 s {history.rate[row]:.1f}"
    assert panel.plots[1].legend[1].text() == f"mean {history.mean_tau[row]:.2f}"
    assert panel.plots[3].legend[0].text() == f"gap {history.gap_ms[row]:.0f}{NBSP}ms"
    qapp.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: panel.plots[0].title.text() == "Tokens/s")
    assert panel.plots[0].legend[0].text() == f"last 2 s {history.rate[-1]:.1f}"


def test_figures_do_not_move_the_layout(qtbot: QtBot, make_panel: MakePanel) -> None:
    panel = make_panel(width=300)
    panel.begin_run(15.0, drafting=True)
    steps = run_steps(300)
    feed(qtbot, panel, steps[:20])

    def places() -> list[object]:
        head = panel.headline
        labels = (head.rate, head.recent, head.acceptance, head.tau, head.ttft, *panel.plots)
        return [label.geometry() for label in labels]

    before = places()
    feed(qtbot, panel, steps[20:])
    assert places() == before


def test_screen_readers_find_names(qtbot: QtBot, make_panel: MakePanel) -> None:
    panel = make_panel()
    panel.begin_run(15.0, drafting=True)
    feed(qtbot, panel, run_steps(50))
    assert panel.accessibleName()
    for plot in panel.plots:
        assert plot.canvas.accessibleName()
        assert plot.canvas.accessibleDescription()
        assert plot.title.toolTip()
    assert "position 1" in panel.positions.bars.accessibleDescription()
