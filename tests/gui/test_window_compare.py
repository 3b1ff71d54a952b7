"""Ways to draft compared through the window: what is offered, each way it can end, and with real weights."""

from pathlib import Path

import pytest
from desk import app_paths, model_file
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QToolButton
from real_models import model_file as real_model
from scripted_engine import Fault
from window_desk import open_window

from slipstream.bridge.pair import PairState
from slipstream.bridge.side_choices import Way
from slipstream.build import compose, model_parts
from slipstream.core.compared import Stage
from slipstream.core.comparing import Verdict
from slipstream.core.errors import DecodeError
from slipstream.core.reports import ReportForm
from slipstream.core.settings import Settings, save_settings
from slipstream.core.side_by_side import SEGMENT, Candidate, Parting
from slipstream.engine.process import ProcessEngine
from slipstream.ui.compare.choices import MOST_DRAFTS
from slipstream.ui.compare.latency import BINS, histogram
from slipstream.ui.window.main_window import MainWindow

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
LONG = [f"w{i}" for i in range(7 * SEGMENT)]
WAIT_MS = 200_000  # a shared machine with other work may be slow
MORE = 4  # times that a comparison is measured on


@pytest.fixture
def desk(qtbot, tmp_path, themes):
    paths = app_paths(tmp_path)
    models = lambda: model_parts(paths, home=tmp_path / "nobody")  # noqa: E731
    with open_window(qtbot, tmp_path, themes, models=models) as desk:
        desk.engine.words = LONG
        desk.session.preferences.update(temperature=0.0)
        yield desk


def opened(desk, text="Compare this"):
    if text:
        desk.type(text)
    desk.key(Qt.Key.Key_B, BOTH)
    dialog = desk.window.comparing.dialog
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def click(button):
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def over(desk):
    desk.wait(lambda: not desk.session.side_by_side.running)


def load_draft(desk, tmp_path):
    desk.session.choose_draft(str(model_file(tmp_path, "Small.gguf")))
    desk.wait(lambda: bool(desk.session.pair.loaded and desk.session.pair.loaded.draft))
    desk.wait(lambda: desk.session.pair.state is PairState.READY)


def test_what_is_typed_is_compared_and_stays_in_the_field(desk):
    dialog = opened(desk)
    assert dialog.prompt.text() == "Compare this"
    assert dialog.choices.buttons[Way.NGRAM].isChecked()  # all there is without a draft model
    click(dialog.start)
    over(desk)
    assert dialog.outcome.verdict.text().startswith("n-gram lookup pays here: 2.97× (")
    assert dialog.outcome.mark.text() == "▲"
    assert dialog.outcome.texts.text() == "The texts are the same, token for token, as far as each goes."
    assert not dialog.outcome.find.isVisible()
    assert "7 segments of up to 32 tokens each, by turns." in dialog.outcome.note.text()
    off, lookup = dialog.cards
    assert off.text.toPlainText() == lookup.text.toPlainText() == " ".join(LONG) + " "
    assert (off.rate.text(), lookup.rate.text()) == ("50.0", "148.6")
    assert "2.97×" in lookup.decode.text()
    assert lookup.decode.colour == "good"
    assert desk.window.pane.composer.text() == "Compare this"
    assert desk.session.chat.turns == []
    desk.wait(lambda: dialog.latency.canvas is not None)
    assert [len(curve.getData()[0]) for curve in dialog.latency.curves] == [2 * BINS + 2] * 2 + [0, 0]
    assert "No drafting: p50 20" in dialog.latency.canvas.accessibleDescription()


def test_an_answers_button_compares_on_its_prompt(desk):
    desk.engine.words = ["Fine"]
    desk.say("How are you?")
    button = next(
        b for b in desk.window.pane.view.findChildren(QToolButton) if b.accessibleName() == "Compare ways to draft"
        and b.isVisible() and b is not desk.window.pane.composer.foot.compare
    )  # fmt: skip
    click(button)
    dialog = desk.window.comparing.dialog
    assert dialog.prompt.text() == "How are you?"
    dialog.close()
    click(desk.window.pane.composer.foot.compare)  # nothing is typed: what was asked last
    assert dialog.isVisible()
    assert dialog.prompt.text() == "How are you?"


def test_without_a_prompt_it_says_so(desk):
    desk.key(Qt.Key.Key_B, BOTH)
    assert desk.window.comparing.dialog is None
    assert desk.banners == ["There is nothing to compare: write a prompt first."]


def test_without_a_model_it_says_so(desk):
    desk.session.pair.unload()
    desk.wait(lambda: desk.session.pair.state is PairState.NONE)
    desk.window.pane.composer.set_text("Compare this")
    desk.window.acts.compare.trigger()
    dialog = desk.window.comparing.dialog
    assert not dialog.start.isEnabled()
    assert dialog.outcome.note.text() == "No model is loaded. Choose one first."
    desk.desk.load(desk.desk.model)
    assert dialog.start.isEnabled()


def test_what_cannot_be_compared_is_off_and_says_why(desk, tmp_path):
    dialog = opened(desk)
    buttons = dialog.choices.buttons
    assert not buttons[Way.AUTO].isEnabled()
    assert "No draft model is loaded." in buttons[Way.AUTO].toolTip()
    click(buttons[Way.NGRAM])
    assert not dialog.start.isEnabled()
    assert dialog.outcome.note.text() == "Choose at least one way to draft."
    load_draft(desk, tmp_path)
    assert buttons[Way.AUTO].isEnabled()
    assert not buttons[Way.TYPICAL].isEnabled()
    desk.session.preferences.update(temperature=0.6)
    assert buttons[Way.TYPICAL].isEnabled()
    for way in (Way.AUTO, Way.FIXED, Way.NGRAM):
        click(buttons[way])
    assert not buttons[Way.TYPICAL].isEnabled()  # four sides are the most
    assert "4 sides are the most." in buttons[Way.TYPICAL].toolTip()
    assert len(dialog.choices.sides) == 4
    dialog.choices.length.set_value(7)
    assert buttons[Way.FIXED].text() == "Drafting 7"
    assert dialog.choices.sides[2].speculation.draft_max == 7


def test_it_runs_is_stopped_and_goes_on(desk):
    desk.engine.gated = True
    dialog = opened(desk)
    click(dialog.start)
    desk.wait(lambda: "Reading the prompt" in dialog.outcome.note.text())
    desk.engine.allow(2 * SEGMENT)
    desk.wait(lambda: len(desk.session.side_by_side.sides[1].segments) >= 1)
    assert dialog.outcome.bar.isVisible()
    assert dialog.outcome.bar.value() > 0
    assert dialog.outcome.verdict.text().startswith("n-gram lookup: too early to say")
    assert "s left." in dialog.outcome.note.text()
    assert not dialog.start.isVisible()
    assert not dialog.choices.buttons[Way.NGRAM].isEnabled()
    assert desk.window.acts.stop.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)  # stops, and leaves the window open
    over(desk)
    assert dialog.isVisible()
    assert dialog.outcome.note.text().startswith("Stopped by you; what was measured until then counts.")
    desk.engine.gated = False
    click(dialog.again)
    over(desk)
    assert desk.session.side_by_side.stage is Stage.DONE
    assert "in 2 passes" in dialog.outcome.note.text()
    assert dialog.cards[1].text.toPlainText() == " ".join(LONG) + " "
    click(dialog.copy)
    assert QGuiApplication.clipboard().text().startswith("n-gram lookup pays here")
    assert dialog.outcome.note.text() == "The result is on the clipboard."


def test_a_text_is_followed_to_its_end_unless_the_reader_looks_elsewhere(desk):
    desk.engine.gated = True
    dialog = opened(desk)
    click(dialog.start)
    desk.engine.allow(7 * SEGMENT)
    desk.wait(lambda: len(desk.session.side_by_side.sides[0].segments) >= 5)
    first, second = (card.text.verticalScrollBar() for card in dialog.cards)
    desk.wait(lambda: 0 < second.value() == second.maximum() and first.value() == first.maximum())
    dialog.resize(dialog.width(), dialog.height() - 30)  # less room is no scrolling
    second.setValue(0)
    desk.engine.allow(1000)
    over(desk)
    assert first.value() == first.maximum() > 0
    assert second.value() == 0


def test_closing_the_window_stops_it(desk):
    desk.engine.gated = True
    dialog = opened(desk)
    click(dialog.start)
    desk.engine.allow(5)
    desk.wait(lambda: bool(desk.session.side_by_side.sides[0].tokens))
    dialog.reject()
    over(desk)
    assert desk.session.side_by_side.stage is Stage.STOPPED
    assert not dialog.isVisible()


def test_where_the_texts_part_is_marked_and_explained(desk):
    desk.engine.side_words = {1: [*LONG[:100], "other", *LONG[101:]]}
    likeliest = (Candidate("w100", 9.01, 0.31), Candidate("other", 9.0, 0.307))
    desk.engine.partings = (Parting(1, 100, ("w100", "other"), likeliest),)
    dialog = opened(desk)
    click(dialog.start)
    over(desk)
    assert [card.text.marked.strip() for card in dialog.cards] == ["w100", "other"]
    told = dialog.outcome.texts.text()
    assert told.startswith("The texts part at token 101: “w100” or “other”.")
    assert "0.010 logits apart" in told
    dialog.cards[0].text.verticalScrollBar().setValue(0)
    click(dialog.outcome.find)
    assert dialog.cards[0].text.verticalScrollBar().value() > 0


def test_above_temperature_0_texts_may_differ_and_that_is_said(desk):
    desk.session.preferences.update(temperature=0.7)
    desk.engine.side_words = {1: LONG[::-1]}
    dialog = opened(desk)
    click(dialog.start)
    over(desk)
    assert dialog.outcome.texts.text().startswith("The texts may rightly differ")


def test_a_failed_draft_and_a_failed_engine_are_told(desk):
    desk.engine.failing_draft = 1
    dialog = opened(desk)
    click(dialog.start)
    over(desk)
    told = "The comparison ended: Drafting failed (llama_decode failed with status 1)."
    assert dialog.outcome.trouble.text() == told
    assert dialog.outcome.trouble.isVisible()
    assert not dialog.again.isVisible()
    desk.engine.failing_draft = None
    desk.engine.faults.append(
        Fault(DecodeError("llama_decode failed with status 1", "Load it again"), after=9)
    )
    click(dialog.start)
    over(desk)
    assert dialog.outcome.verdict.text() == "llama_decode failed with status 1"
    assert dialog.outcome.mark.text() == "!"
    assert not dialog.outcome.trouble.isVisible()
    assert dialog.outcome.note.text().startswith("Load it again.")


def test_themes_and_keyboard(desk, themes):
    dialog = opened(desk)
    click(dialog.start)
    over(desk)
    themes.set_mode("dark")
    assert not dialog.grab().isNull()
    reached = set()
    widget = dialog.focusWidget() or dialog.start
    for _ in range(40):
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        widget = dialog.focusWidget()
        reached.add(widget)
    wanted = [
        *(dialog.choices.buttons[Way.NGRAM], dialog.start, dialog.again, dialog.copy, dialog.leave),
        *(card.text for card in dialog.cards),
    ]
    assert all(widget in reached for widget in wanted)
    assert all(widget.accessibleName() or widget.text() for widget in wanted)


def test_a_histogram_has_all_gaps_in_it():
    x, y = histogram([1.0, 1.0, 99.0, 500.0], 100.0)
    assert (len(x), len(y)) == (2 * BINS + 2, 2 * BINS + 2)
    assert y[0] == y[-1] == 0
    assert y.max() == 0.5
    assert sum(y[1:-1:2]) == pytest.approx(1.0)


# Other drafts, earlier comparisons, export


def press(desk, dialog, text):
    """The button of this name in the question that stands before the window."""
    (box,) = dialog.findChildren(QMessageBox)
    next(button for button in box.buttons() if button.text() == text).click()


def test_drafts_on_this_machine_are_offered_and_compared(desk, tmp_path):
    load_draft(desk, tmp_path)
    for name in ("One", "Two", "Three", "Four"):
        model_file(tmp_path, f"{name}.gguf")
    desk.session.preferences.update(model_folders=(str(tmp_path),))
    dialog = opened(desk)
    choices = dialog.choices
    desk.wait(lambda: len(choices.buttons) == len(Way) + MOST_DRAFTS)
    others = [key for key in choices.buttons if key not in set(Way)]
    own = desk.session.pair.loaded.draft.path
    assert own not in others
    assert choices.buttons[others[0]].text() == f"Drafting with {Path(others[0]).stem}"
    assert others[0] in choices.buttons[others[0]].toolTip()
    assert choices.more.isVisible()
    (action, *_) = choices.more.menu().actions()
    action.trigger()  # it gets a button, pressed
    assert choices.buttons[action.data()].isChecked()
    click(choices.buttons[others[0]])
    assert [side.draft for side in choices.sides] == ["", "", others[0], action.data()]
    click(dialog.start)
    over(desk)
    assert desk.session.side_by_side.stage is Stage.DONE
    assert dialog.cards[2].name == f"Drafting with {Path(others[0]).stem}"


def test_earlier_ones_are_listed_opened_and_removed(desk):
    dialog = opened(desk, "The first")
    assert not dialog.history.isEnabled()
    assert not dialog.export.isEnabled()
    click(dialog.start)
    over(desk)
    desk.wait(dialog.history.isEnabled)
    first = dialog.outcome.verdict.text()
    dialog.close()
    desk.window.pane.composer.set_text("The second")
    desk.window.acts.compare.trigger()
    desk.engine.words = LONG[: 2 * SEGMENT]
    click(dialog.start)
    over(desk)
    desk.wait(lambda: dialog.history.text() == "Earlier (2)")
    assert dialog.outcome.verdict.text() != first
    click(dialog.history)
    rows = dialog.earlier.list
    assert [rows.item(i).text().splitlines()[0] for i in range(2)] == ["The second", "The first"]
    assert rows.currentRow() == 0
    rows.setCurrentRow(1)
    rows.itemClicked.emit(rows.item(1))
    desk.wait(lambda: dialog.outcome.verdict.text() == first)
    assert dialog.prompt.text() == "The first"
    assert dialog.cards[0].text.toPlainText() == " ".join(LONG) + " "
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    press(desk, dialog, "Remove")
    desk.wait(lambda: rows.count() == 1)
    assert dialog.cards == []
    assert dialog.outcome.verdict.text() == ""
    rows.setCurrentRow(0)
    click(dialog.earlier.remove)
    press(desk, dialog, "Cancel")
    assert rows.count() == 1


def test_it_is_exported_with_its_texts(desk, tmp_path):
    dialog = opened(desk, "To be kept")
    click(dialog.start)
    over(desk)
    desk.wait(dialog.export.isEnabled)
    click(dialog.export)
    asked = desk.window.reports.dialog
    assert ReportForm.STEPS not in asked.buttons
    assert asked.about.text() == "The prompt and the texts are exported with the figures."
    QTest.mouseClick(asked.export, Qt.MouseButton.LeftButton)
    place = desk.window.reports.dialog
    assert isinstance(place, QFileDialog)
    place.selectFile(str(tmp_path / "out"))
    place.accept()
    desk.wait(lambda: any("The report was written" in text for text in desk.banners))
    page = (tmp_path / "out.html").read_text("utf-8")
    assert "<h1>To be kept · " in page
    assert "n-gram lookup pays here: 2.97×" in page
    assert "w100" in page


# Nothing replaced: the window, the engine's own process, real weights


@pytest.fixture
def real(qtbot, tmp_path, themes, demo_target):
    draft = real_model("SmolLM2-135M-Instruct.F16.gguf")
    paths = app_paths(tmp_path / "home")
    save_settings(Settings(threads=1), paths.settings_file)
    session = compose(paths, ProcessEngine(paths.logs))
    window = MainWindow(session, themes, paths)
    window.session = session
    window.resize(1200, 760)
    window.show()
    session.start(load=False)
    session.preferences.update(temperature=0.0)
    session.choose_pair(demo_target, draft)
    qtbot.waitUntil(lambda: session.pair.state is PairState.READY, timeout=WAIT_MS)
    yield window
    window.close()
    assert session.close()
    window.deleteLater()
    session.deleteLater()


@pytest.mark.weights
def test_off_and_automatic_write_the_same_and_always_drafting_eight_is_found_to_be_slower(real, qtbot):
    """Eight tokens of a draft that is as large as the target and of twice its bits cost more than they save."""
    comparison = real.session.side_by_side
    real.pane.composer.set_text("Write a long story about a lighthouse keeper and her dog.")
    real.acts.compare.trigger()
    dialog = real.comparing.dialog
    dialog.choices.tokens.set_value(6 * SEGMENT)
    dialog.choices.length.set_value(8)
    assert dialog.choices.buttons[Way.AUTO].isChecked()
    click(dialog.choices.buttons[Way.FIXED])
    click(dialog.start)
    qtbot.waitUntil(lambda: not comparison.running, timeout=WAIT_MS)
    assert comparison.stage is Stage.DONE
    off, auto, eight = comparison.sides
    assert len(off.tokens) == 6 * SEGMENT
    for side in (auto, eight):
        assert side.tokens == off.tokens
        assert side.meter.metrics().emitted == 6 * SEGMENT
    assert dialog.outcome.texts.text() == "The texts are the same, token for token, as far as each goes."
    texts = {card.text.toPlainText() for card in dialog.cards}
    assert len(texts) == 1
    automatic, always = comparison.speedups()
    assert automatic.decode.n == always.decode.n == 6
    for _ in range(MORE):
        if Verdict.NOT_KNOWN_YET not in (always.decode.verdict, always.total.verdict):
            break
        click(dialog.again)  # what a person does where other work on the machine widened the interval
        qtbot.waitUntil(lambda: not comparison.running, timeout=WAIT_MS)
        _, always = comparison.speedups()
    assert always.decode.verdict is Verdict.SLOWER
    assert always.total.verdict is Verdict.SLOWER
    assert always.decode.ratio < 0.9
    assert dialog.outcome.verdict.text().startswith("Automatic drafting")  # the faster one of both
    eight = comparison.sides[2]
    assert eight.meter.metrics().drafted > 5 * len(eight.meter.parts)
    assert 0 < comparison.switch_share < 0.3
