"""The window of benchmarks, used as a person does: measure, stop, go on, look, compare, remove."""

import json
from dataclasses import replace

import pytest
from bench_samples import SETUP, benchmark, stopped
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QPushButton
from window_desk import open_window

from slipstream.bridge.bench_messages import KeepBenchmark
from slipstream.bridge.benchmarks import BenchState
from slipstream.bridge.notices import Remedy
from slipstream.bridge.pair import NGRAM
from slipstream.core.measurements import this_machine
from slipstream.ui.window.report_dialog import ReportDialog

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.session.preferences.update(draft=NGRAM)
        yield desk


@pytest.fixture
def window(desk):
    desk.key(Qt.Key.Key_K, CONTROL_SHIFT)
    return desk.window.benchmarks.window


def keep(desk, *benchmarks):
    """As if they had been measured before."""
    listed = []
    desk.session.benchmarks.listed.connect(listed.append)
    for each in benchmarks:
        desk.session._store.ask(KeepBenchmark(each))
    desk.wait(lambda: len(listed) == len(benchmarks))


def small(window, count=1):
    """A plan of code alone."""
    for kind, box in window.measure.form.kinds.items():
        box.setChecked(kind == "code")
    window.measure.form.prompts.setValue(count)
    window.measure.form.tokens.setValue(9)


def over(desk):
    desk.wait(lambda: desk.session.benchmarks.state is BenchState.IDLE)


def click(button):
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_benchmark_is_measured_and_its_figures_stand_there(desk, window):
    page = window.measure
    assert page.compares.text() == (
        "Model-A (on the CPU, 30 layers): with n-gram lookup, automatic length, against no drafting"
    )
    assert page.form.size.text() == "16 prompts, each answered with and without drafting: 32 answers."
    small(window, 2)
    assert page.form.size.text() == "2 prompts, each answered with and without drafting: 4 answers."
    click(page.start)
    over(desk)
    (row,) = page.table.cells()
    # 8 tokens in 3 gaps of 20 ms: 133 a second; without drafting 50; 5 of 8 drafted tokens are kept.
    assert row[:5] == ["Code", "2", "133.3", "50.0", "2.67×"]
    assert row[6] == "62\N{NO-BREAK SPACE}%"
    assert page.verdict.text() == (
        "Not known yet whether drafting pays: 2.67× so far, 2 prompts are too few."
    )
    assert "2 of 2 pairs of answers are the same, token for token." in page.further.text()
    assert not page.stop.isVisible()
    assert page.start.isVisible()


def test_it_is_stopped_and_goes_on(desk, window):
    page = window.measure
    desk.engine.gated = True
    small(window, 2)
    click(page.start)
    desk.wait(lambda: desk.session.benchmarks.state is BenchState.RUNNING)
    assert not page.form.isEnabled()
    assert page.bar.isVisible()
    desk.engine.allow(8 + 4 + (1 + 4) + (1 + 9) + 2)
    desk.wait(lambda: len(desk.session.benchmarks.benchmark.rows) == 1)
    assert desk.field.placeholderText() == "A benchmark is running…"
    click(page.stop)
    over(desk)
    assert page.go_on.isVisible()
    desk.engine.gated = False
    click(page.go_on)
    over(desk)
    assert not page.go_on.isVisible()
    assert desk.session.benchmarks.benchmark.is_complete


def test_why_nothing_can_be_measured_stands_beside_the_button(desk, window):
    page = window.measure
    desk.session.choose_draft("")
    assert not page.start.isEnabled()
    assert page.reason.text().startswith("Nobody drafts")
    desk.session.choose_draft(NGRAM)
    assert page.start.isEnabled()
    for box in page.form.kinds.values():
        box.setChecked(False)
    assert not page.start.isEnabled()
    assert page.reason.text() == "Choose at least one kind of text."


def test_prompts_from_a_file(desk, window, tmp_path):
    form = window.measure.form
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    good.write_text("\n".join(json.dumps({"prompt": f"p{n}", "kind": "letters"}) for n in range(3)))
    bad.write_text("nonsense")
    form.take_file(bad)
    assert "Line 1 of bad.jsonl is no prompt" in window.measure.reason.text()
    form.take_file(good)
    assert form.file_name.text() == "good.jsonl: 3 prompts (letters)"
    assert window.measure.reason.text() == ""
    assert form.plan.size == 3
    click(form.leave_file)
    assert form.plan.size == 16


def test_a_saved_one_is_looked_at_named_and_removed(desk, window):
    keep(desk, stopped(benchmark({"code": [1.5] * 6, "math": [0.8] * 6}), 10))
    click(window.button(1))
    page = window.saved
    desk.wait(lambda: bool(page.title.text()))
    assert page.title.text() == "Big.Q4_K_M with the draft Small"
    assert [row[0] for row in page.table.cells()] == ["Code", "Maths", "All together"]
    assert page.further.text().startswith("It was stopped: 2 of 12 prompts are still to be measured.")
    assert not page.go_on.isEnabled()
    assert page.go_on.toolTip() == "It was measured with Big.Q4_K_M.gguf and Small.gguf: load that first."
    click(page.rename)
    dialog = page.findChild(QInputDialog)
    dialog.setTextValue("Before the update")
    dialog.accept()
    desk.wait(lambda: page.title.text() == "Before the update")
    click(page.remove)
    box = page.findChild(QMessageBox)
    click(next(button for button in box.buttons() if button.text() == "Remove"))
    desk.wait(page.empty.isVisible)


def test_two_saved_ones_stand_side_by_side(desk, window):
    first = benchmark({"code": [1.5] * 6})
    second = benchmark({"code": [3.0] * 6}, uid="two", setup=replace(SETUP, threads=4))
    keep(desk, first, second)
    click(window.button(1))
    page = window.saved
    desk.wait(lambda: bool(page.title.text()) and page.second.count() == 2)
    page.second.setCurrentIndex(1)
    page.second.activated.emit(1)
    desk.wait(page.compared.isVisible)
    (code, _overall) = page.compared.cells()
    # The newest one is chosen by itself.
    assert code == ["Code", "3.00× (3.00–3.00)", "1.50× (1.50–1.50)", "60.0", "30.0", "0.50× (0.50–0.50)"]


def test_a_saved_one_is_exported_and_the_window_says_where_to(desk, window, tmp_path, monkeypatch):
    keep(desk, replace(benchmark({"code": [1.5] * 6}), name="Before / after"))
    click(window.button(1))
    page = window.saved
    desk.wait(lambda: bool(page.title.text()))
    click(page.export)
    dialog = desk.window.reports.dialog
    assert isinstance(dialog, ReportDialog)
    assert dialog.parent() is window
    assert [dialog.scopes.itemText(i) for i in range(3)] == [
        "This benchmark: Before / after",
        "All benchmarks",
        "Everything that was measured",
    ]
    click(dialog.export)
    place = desk.window.reports.dialog
    assert isinstance(place, QFileDialog)
    assert place.selectedFiles()[0].endswith("Before after.html")
    place.selectFile(str(tmp_path / "report"))
    place.accept()
    desk.wait(lambda: bool(window.banners.banners))
    (banner,) = window.banners.banners
    assert banner.notice.message == f"The report was written to {tmp_path / 'report.html'}."
    assert "<h1>Before / after</h1>" in (tmp_path / "report.html").read_text("utf-8")
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    click(banner.buttons[Remedy.OPEN_FILE])
    assert [url.toLocalFile() for url in opened] == [str(tmp_path / "report.html")]


def test_history_says_what_is_known_of_a_pair(desk, window):
    here = replace(SETUP, machine=this_machine())
    keep(
        desk,
        benchmark({"code": [1.5, 1.6, 1.7, 1.55, 1.65, 1.62], "open": [0.98] * 6}, setup=here),
        benchmark({"code": [9.0] * 6}, uid="two"),
    )
    desk.say("Hello")
    click(window.button(2))
    page = window.history
    desk.wait(lambda: bool(page.table.cells()))
    assert "Big.Q4_K_M with the draft Small, automatic length: 1.60× (1.5" in page.sentences.text()
    assert "on code, 0.98× (0.98–0.98) on open questions." in page.sentences.text()
    assert "9.00" not in page.sentences.text()  # on another machine
    assert len(page.table.cells()) == 3
    page.kind.setCurrentIndex(page.kind.findData("open"))
    page.kind.activated.emit(0)
    assert [row[1] for row in page.table.cells()] == ["Open questions"]
    page.plot.setFocus()
    QTest.keyClick(page.plot, Qt.Key.Key_End)
    assert "tokens/s" in page.plot.told
    assert "Model-A.gguf" in page.plot.told


def test_with_nothing_measured_every_page_says_what_to_do(desk, window):
    click(window.button(1))
    desk.wait(window.saved.empty.isVisible)
    click(window.button(2))
    assert "measure a benchmark" in window.history.sentences.text()
    assert window.history.plot_note.text() == "No answer was written yet."


def test_everything_is_reached_by_keyboard_and_has_a_name(desk, window):
    for number in range(3):
        click(window.button(number))
        page = window.pages.currentWidget()
        for button in page.findChildren(QPushButton):
            assert button.text() or button.accessibleName()
            assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert window.measure.table.accessibleName()
    assert window.history.plot.accessibleName()


def test_it_closes_with_escape_and_comes_back_as_it_was(desk, window):
    click(window.button(2))
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    desk.window.acts.benchmarks.trigger()
    assert desk.window.benchmarks.window is window
    assert window.isVisible()
    assert window.pages.currentWidget() is window.history
