"""The main job through the real window: type, send, stream, stop, toggle, another answer, a death."""

import pytest
from desk import model_file
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from scripted_engine import Fault, ScriptedEngine
from window_desk import open_window

from slipstream.bridge.notices import Remedy
from slipstream.bridge.pair import PairState
from slipstream.core.chat import AcceptRule, Drafting
from slipstream.core.errors import EngineDiedError

DEATH = EngineDiedError("The engine stopped: ended by SIGKILL", "It is started again")


@pytest.fixture
def desk(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        yield desk


def test_type_send_and_read_the_answer(desk):
    desk.say("What is a slipstream?")
    assert [m.content for m in desk.engine.requests[0].messages] == ["What is a slipstream?"]
    assert desk.desk.answers == [" ".join(desk.engine.words) + " "]
    assert desk.field.toPlainText() == ""
    desk.wait(lambda: desk.window.windowTitle() == "What is a slipstream? — Slipstream")


def test_the_answer_streams_before_it_is_over(desk, qtbot):
    desk.engine.gated = True
    pieces = []
    append = desk.window.pane.view.append
    desk.window.pane.view.append = lambda more: (pieces.extend(more), append(more))
    desk.type("Go")
    desk.key(Qt.Key.Key_Return)
    desk.desk.steps(3)
    assert [piece.text for piece in pieces] == [f"{word} " for word in desk.engine.words[:3]]
    assert desk.session.chat.busy
    desk.engine.allow(1000)
    desk.desk.idle()
    assert len(pieces) == len(desk.engine.words)


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "the message is empty"), ("  ", "the message is empty"), ("x", "still being written")],
)
def test_enter_that_cannot_send_says_why(desk, text, why):
    if text == "x":
        desk.engine.gated = True
        desk.type("Go")
        desk.key(Qt.Key.Key_Return)
        desk.desk.steps(1)
    desk.type(text)
    desk.key(Qt.Key.Key_Return)
    assert [banner for banner in desk.banners if why in banner]
    assert desk.field.toPlainText() == text
    assert len(desk.engine.requests) == (text == "x")
    desk.session.chat.stop()
    desk.desk.idle()


def test_the_list_marks_what_is_being_answered(desk):
    desk.engine.gated = True
    desk.type("Go")
    desk.key(Qt.Key.Key_Return)
    desk.desk.steps(1)
    asked = desk.session.chat.answering
    desk.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert desk.session.chat.current is None
    assert desk.window.sidebar.rows.answering == asked
    desk.session.chat.stop()
    desk.desk.idle()
    assert desk.window.sidebar.rows.answering is None


@pytest.mark.parametrize("way", ["escape", "button", "menu"])
def test_stop(desk, way):
    desk.engine.gated = True
    desk.type("Go")
    desk.key(Qt.Key.Key_Return)
    desk.desk.steps(2)
    match way:
        case "escape":
            desk.key(Qt.Key.Key_Escape)
        case "button":
            QTest.mouseClick(desk.window.pane.composer._button, Qt.MouseButton.LeftButton)
        case "menu":
            desk.window.acts.stop.trigger()
    desk.desk.idle()
    assert desk.session.chat.turns[-1].interrupted == "Stopped by you."
    assert not desk.window.acts.stop.isEnabled()


def test_the_switch_acts_on_the_next_answer_without_a_load(desk):
    desk.session.choose_draft("ngram")
    desk.say("One")
    QTest.mouseClick(desk.window.bar.speculate, Qt.MouseButton.LeftButton)
    desk.say("Two")
    desk.key(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    desk.say("Three")
    kinds = [request.speculation.drafting for request in desk.engine.requests]
    assert kinds == [Drafting.NGRAM, Drafting.NONE, Drafting.NGRAM]
    assert desk.window.bar.speculate.isChecked()
    assert len(desk.engine.specs) == 1


def test_a_lossy_rule_acts_on_the_next_answer_and_is_labelled(desk):
    desk.session.choose_draft("ngram")
    desk.session.preferences.update(accept="typical")
    assert "changes the output" in desk.window.status_line.draft.text()
    desk.say("One")
    desk.session.preferences.update(temperature=0.0)
    assert "changes the output" not in desk.window.status_line.draft.text()
    desk.session.preferences.update(accept="lossless")
    desk.say("Two")
    accepts = [request.speculation.accept for request in desk.engine.requests]
    assert accepts == [AcceptRule.TYPICAL, AcceptRule.LOSSLESS]


def test_the_draft_length_acts_on_the_next_answer(desk):
    desk.session.choose_draft("ngram")
    desk.menu(desk.window.bar.length)["6 tokens"].trigger()
    desk.say("One")
    desk.menu(desk.window.bar.length)["Automatic"].trigger()
    desk.say("Two")
    assert [request.speculation.draft_max for request in desk.engine.requests] == [6, None]
    assert desk.window.bar.length.value() == "Automatic"


def test_another_answer_takes_the_place_of_the_first(desk):
    desk.say("Go")
    first = desk.session.chat.turns[-1].id
    desk.engine.words = ["Otherwise"]
    desk.window.pane.view.regenerate_requested.emit(str(first))
    desk.desk.idle()
    assert desk.desk.answers == ["Otherwise "]
    desk.engine.words = ["Thirdly"]
    desk.key(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    desk.desk.idle()
    assert desk.desk.answers == ["Thirdly "]


def version_button(desk, name):
    """The button of the last footer in sight."""
    return [b for b in desk.window.pane.view.findChildren(QToolButton) if b.accessibleName() == name][-1]


def test_the_versions_of_an_answer_are_gone_through_by_its_arrows(desk):
    desk.say("Go")
    assert not version_button(desk, "Previous answer").isVisible()
    first = desk.desk.answers
    desk.engine.words = ["Otherwise"]
    desk.key(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    desk.desk.idle()
    assert not version_button(desk, "Next answer").isEnabled()
    desk.type("kept")
    QTest.mouseClick(version_button(desk, "Previous answer"), Qt.MouseButton.LeftButton)
    desk.wait(lambda: desk.desk.answers == first)
    assert desk.field.toPlainText() == "kept"
    assert not version_button(desk, "Previous answer").isEnabled()
    QTest.mouseClick(version_button(desk, "Next answer"), Qt.MouseButton.LeftButton)
    desk.wait(lambda: desk.desk.answers == ["Otherwise "])


def test_the_dashboard_follows_the_answer(desk):
    desk.session.choose_draft("ngram")
    desk.say("Go")
    dashboard = desk.window.dashboard
    stats = desk.session.chat.turns[-1].stats
    desk.wait(lambda: len(dashboard.history) == stats.metrics.steps)


def test_a_prompt_that_is_refused_ends_the_waiting_for_it(desk):
    desk.window.pane.composer.set_text("word " * 6000)
    desk.field.setFocus()
    desk.key(Qt.Key.Key_Return)
    desk.wait(lambda: "waiting" not in desk.window.dashboard.headline.ttft_note.text())
    desk.engine.gated = True
    desk.window.pane.composer.set_text("Go")
    desk.key(Qt.Key.Key_Return)
    desk.wait(lambda: len(desk.engine.requests) == 2)
    assert "waiting" in desk.window.dashboard.headline.ttft_note.text()
    desk.key(Qt.Key.Key_Escape)
    desk.wait(lambda: "waiting" not in desk.window.dashboard.headline.ttft_note.text())


def test_an_answer_cut_off_by_a_death_has_the_figures_of_what_was_seen(desk):
    desk.engine.faults.append(Fault(DEATH, after=4))
    desk.say("Go")
    items = desk.window.pane.view.canvas.turns[-1].rows[-1].strip.items
    assert {label: value for label, value, _ in items} == {
        "tokens/s": "50.0",
        "τ": "1.00",
        "acceptance": "–",
        "tokens": "4",
    }
    desk.wait(lambda: desk.window.dashboard.headline.rate.text() == "50.0")


def test_an_engine_killed_in_mid_answer_comes_back(desk):
    desk.engine.faults.append(Fault(DEATH, after=2))
    desk.say("Go")
    assert desk.session.chat.turns[-1].content == " ".join(desk.engine.words[:2]) + " "
    desk.wait(lambda: desk.session.pair.state is PairState.READY)
    assert "The engine is running again." in desk.banners
    desk.say("And on")
    assert desk.session.chat.turns[-1].interrupted is None


def test_three_deaths_wait_for_the_button(desk):
    desk.engine.faults.append(Fault(DEATH, after=1))
    desk.engine.load_errors.extend([DEATH, DEATH])
    desk.say("Go")
    desk.wait(lambda: desk.session.pair.state is PairState.DOWN)
    desk.type("kept")
    desk.key(Qt.Key.Key_Return)
    assert desk.field.toPlainText() == "kept"
    assert "The engine is stopped. Restart it first." in desk.banners
    desk.press(Remedy.RESTART_ENGINE)
    desk.wait(lambda: desk.session.pair.state is PairState.READY)
    desk.key(Qt.Key.Key_Return)
    desk.desk.idle()
    assert desk.engine.requests[-1].messages[-1].content == "kept"


def test_a_prompt_over_the_context_comes_back_into_the_field(desk):
    desk.window.pane.composer.set_text("word " * 6000)
    desk.field.setFocus()
    desk.key(Qt.Key.Key_Return)
    desk.wait(lambda: bool(desk.banners))
    assert "the context holds" in desk.banners[-1]
    assert desk.window.pane.composer.text() == "word " * 6000
    assert desk.session.chat.turns == []


def test_nothing_can_be_sent_while_a_model_loads(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes, ScriptedEngine(gated=True), start=False) as desk:
        desk.session.start(load=False)
        desk.session.choose_target(model_file(tmp_path))
        desk.type("early")
        desk.key(Qt.Key.Key_Return)
        assert desk.field.toPlainText() == "early"
        assert desk.banners == ["The model is still loading."]
        assert desk.window.status_line.bar.isVisible()
        desk.engine.allow(100)
        desk.wait(lambda: desk.session.pair.state is PairState.READY)
        assert not desk.window.status_line.bar.isVisible()
        desk.key(Qt.Key.Key_Return)
        desk.desk.idle()
        assert desk.desk.answers


def test_a_load_is_cancelled_by_its_button(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes, ScriptedEngine(gated=True), start=False) as desk:
        desk.session.start(load=False)
        desk.session.choose_target(model_file(tmp_path))
        desk.engine.allow(1)
        desk.wait(lambda: desk.window.status_line.bar.value() > 0 or bool(desk.engine.specs))
        QTest.mouseClick(desk.window.status_line.cancel, Qt.MouseButton.LeftButton)
        desk.wait(lambda: desk.session.pair.state is PairState.NONE)
        assert desk.window.status_line.status().sentence == "No model is loaded."
        assert desk.banners == []
