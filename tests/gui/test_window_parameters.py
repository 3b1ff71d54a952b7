"""Parameters, attachments and the context meter through the real window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QToolButton
from window_desk import open_window

from slipstream.core.presets import OwnParameters
from slipstream.ui.window.parameters_panel import ParametersPanel

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        yield desk


def open_panel(desk) -> ParametersPanel:
    desk.key(Qt.Key.Key_P, CONTROL)
    panel = desk.window.commands.dialog
    assert isinstance(panel, ParametersPanel)
    return panel


def foot(desk):
    return desk.window.pane.composer.foot


def words(desk):
    return foot(desk).parameters.text().strip()


def choose(panel, name):
    index = panel.presets.findData(name)
    panel.presets.setCurrentIndex(index)
    panel.presets.activated.emit(index)


def test_a_preset_is_chosen_and_changed_and_shown_under_the_field(desk):
    assert words(desk) == "Balanced · T 0.6"
    panel = open_panel(desk)
    assert panel.presets.currentText() == "Automatic: Balanced"
    choose(panel, "Greedy")
    assert panel.controls["temperature"].value() == 0.0
    assert words(desk) == "Greedy · T 0"
    panel.controls["temperature"].widget.setValue(0.5)
    panel.controls["system_prompt"].widget.setPlainText("Be brief")
    assert words(desk) == "Greedy · T 0.5 *"
    panel.reject()
    desk.say("Go")
    request = desk.engine.requests[-1]
    assert request.sampling.temperature == 0.5
    assert request.messages[0].content == "Be brief"
    desk.window.acts.parameters.trigger()
    panel = desk.window.commands.dialog
    assert panel.controls["system_prompt"].value() == "Be brief"
    panel.reset.click()
    assert desk.session.parameters.own == OwnParameters("Greedy")
    assert panel.controls["temperature"].value() == 0.0
    assert not panel.reset.isEnabled()
    panel.reject()


def test_a_preset_is_saved_under_a_name_and_removed(desk):
    panel = open_panel(desk)
    panel.controls["temperature"].widget.setValue(0.35)
    panel.save.click()
    asks = panel.findChild(QInputDialog)
    asks.setTextValue("Mine")
    asks.accept()
    assert panel.presets.currentText() == "Mine"
    assert panel.remove.text() == "Remove preset"
    panel.for_new.click()
    assert desk.session.settings.preset == "Mine"
    panel.for_new.click()
    assert desk.session.settings.preset == ""
    panel.remove.click()
    assert panel.presets.findData("Mine") < 0
    assert panel.presets.currentText() == "Automatic: Balanced"
    assert panel.remove.isHidden()
    panel.reject()


def chips(desk):
    return [
        button.text()
        for button in desk.window.pane.composer.pasted.findChildren(QToolButton)
        if button.text() and not button.isHidden()
    ]


def test_dropped_text_files_go_with_the_message(desk, tmp_path):
    notes = tmp_path / "notes.py"
    notes.write_text("answer = 42\n")
    desk.drop(notes)
    desk.wait(lambda: chips(desk) == ["notes.py · 12 bytes · 6 tokens"])  # the fence's two words among them
    desk.say("What is it?")
    assert desk.engine.requests[-1].messages[-1].content == "What is it?\n\nnotes.py\n```py\nanswer = 42\n```"
    assert chips(desk) == []


def test_a_file_that_is_no_text_is_refused_and_said(desk, tmp_path):
    picture = tmp_path / "cat.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    desk.drop(picture)
    assert any("cat.png is not a text file" in text for text in desk.banners)
    assert chips(desk) == []


def test_an_attachment_is_taken_out_and_put_back(desk, tmp_path):
    notes = tmp_path / "a.txt"
    notes.write_text("hello")
    desk.window.pane.attach([notes])
    pasted = desk.window.pane.composer.pasted
    cross = next(b for b in pasted.findChildren(QToolButton) if b.accessibleName())
    cross.click()
    assert pasted.items == []
    undo = next(b for b in pasted.findChildren(QToolButton) if b.text() == "Undo")
    undo.click()
    assert [item.name for item in pasted.items] == ["a.txt"]


def test_the_gauge_tells_how_full_the_context_is(desk):
    gauge = foot(desk).gauge
    size = desk.session.pair.loaded.n_ctx
    desk.wait(lambda: gauge.accessibleName() == f"Context: 0 / {size:,}")
    desk.type("four words are here")
    desk.wait(lambda: gauge.accessibleName() == f"Context: 4 / {size:,}")
    desk.window.pane.composer.set_text("word " * (size + 4))
    desk.wait(lambda: gauge.accessibleName() == "Context: 5 tokens too long")
    assert "too long to be sent" in gauge.toolTip()


def test_the_gauge_says_about_until_a_conversation_is_counted(desk):
    desk.say("one two three four")
    first, gauge = desk.session.chat.current, foot(desk).gauge
    desk.session.chat.new()
    desk.wait(lambda: "0 /" in gauge.accessibleName())
    names = []
    desk.session.context.changed.connect(lambda _use: names.append(gauge.accessibleName()))
    assert gauge.isVisible()
    desk.session.chat.open(first)
    desk.wait(lambda: len(names) == 2)
    assert names[0].startswith("Context: about ")
    assert "about" not in names[1]
    assert gauge.isVisible()


def test_what_can_be_done_about_a_full_context(desk):
    for text in ("one", "two", "three"):
        desk.say(text)
    menu = desk.window.commands.context_menu()
    assert menu.actions()[0].text() == "Leave out the oldest turns"
    menu.actions()[0].trigger()
    assert desk.session.chat.left_out == 2
    desk.wait(lambda: "oldest 2 messages are left out" in foot(desk).gauge.toolTip())
    menu.deleteLater()
