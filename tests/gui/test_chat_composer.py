"""Writing a message: keys, growing, pasting, Send and Stop."""

import time

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from slipstream.ui.chat.composer import LINES, LONG_PASTE, Composer, PlainField
from slipstream.ui.chat.pasted import PastedDialog
from slipstream.ui.theme import ThemeManager


@pytest.fixture
def composer(qtbot: QtBot, themes: ThemeManager) -> Composer:
    widget = Composer(themes)
    qtbot.addWidget(widget)
    widget.resize(800, 100)
    widget.show()
    return widget


def field(composer: Composer) -> PlainField:
    found = composer.findChild(PlainField)
    assert found is not None
    return found


def send_button(composer: Composer) -> QToolButton:
    return next(b for b in composer.findChildren(QToolButton) if b.accessibleName() in ("Send", "Stop"))


def test_enter_sends_and_empties_the_field(composer: Composer, qtbot: QtBot) -> None:
    QTest.keyClicks(field(composer), "Hello there")
    with qtbot.waitSignal(composer.submitted) as told:
        QTest.keyClick(field(composer), Qt.Key.Key_Return)
    assert told.args == ["Hello there"]
    assert composer.text() == ""


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier])
def test_shift_enter_breaks_the_line(composer: Composer, qtbot: QtBot, modifier: Qt.KeyboardModifier) -> None:
    with qtbot.assertNotEmitted(composer.submitted):
        QTest.keyClicks(field(composer), "one")
        QTest.keyClick(field(composer), Qt.Key.Key_Return, modifier)
        QTest.keyClicks(field(composer), "two")
    assert composer.text() == "one\ntwo"


@pytest.mark.parametrize("text", ["", "   ", "\n\n\t"])
def test_blanks_stay_in_the_field(composer: Composer, qtbot: QtBot, text: str) -> None:
    composer.set_text(text)
    assert not send_button(composer).isEnabled()
    with qtbot.waitSignal(composer.submitted) as told:  # for somebody to say why
        QTest.keyClick(field(composer), Qt.Key.Key_Return)
    assert told.args == [text]
    assert composer.text() == text


def test_while_busy_send_is_stop(composer: Composer, qtbot: QtBot) -> None:
    composer.set_text("next question")
    composer.set_busy(True)
    assert send_button(composer).accessibleName() == "Stop"
    with qtbot.waitSignal(composer.submitted):
        QTest.keyClick(field(composer), Qt.Key.Key_Return)
    assert composer.text() == "next question"
    with qtbot.waitSignal(composer.stop_requested):
        QTest.mouseClick(send_button(composer), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(composer.stop_requested):
        QTest.keyClick(field(composer), Qt.Key.Key_Escape)
    composer.set_busy(False)
    with qtbot.assertNotEmitted(composer.stop_requested):
        QTest.keyClick(field(composer), Qt.Key.Key_Escape)
    with qtbot.waitSignal(composer.submitted):
        QTest.mouseClick(send_button(composer), Qt.MouseButton.LeftButton)


def test_a_reason_not_to_send_is_shown_and_keeps_the_text(composer: Composer, qtbot: QtBot) -> None:
    composer.set_enabled_reason("Choose a model first")
    assert field(composer).placeholderText() == "Choose a model first"
    QTest.keyClicks(field(composer), "written already")
    assert not send_button(composer).isEnabled()
    with qtbot.waitSignal(composer.submitted):
        QTest.keyClick(field(composer), Qt.Key.Key_Return)
    composer.set_enabled_reason("")
    assert composer.text() == "written already"
    assert send_button(composer).isEnabled()


def test_it_grows_with_the_text_up_to_a_limit(composer: Composer) -> None:
    heights = []
    for lines in (1, 2, 4, LINES, LINES + 1, 50):
        composer.set_text("\n".join(["line"] * lines))
        heights.append(field(composer).height())
    assert heights[0] < heights[1] < heights[2] < heights[3]
    assert heights[3] == heights[4] == heights[5]
    composer.set_text("")
    assert field(composer).height() == heights[0]
    composer.set_text("word " * 60)  # wrapped lines count as well
    assert field(composer).height() > heights[1]


def test_pasting_takes_text_only(composer: Composer) -> None:
    data = QMimeData()
    data.setHtml("<b>bold</b><img src='file:///etc/hosts'>")
    data.setText("bold")
    QGuiApplication.clipboard().setMimeData(data)
    field(composer).paste()
    assert composer.text() == "bold"
    picture = QMimeData()
    picture.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    QGuiApplication.clipboard().setMimeData(picture)
    field(composer).paste()
    files = QMimeData()
    files.setUrls([QUrl("file:///models/some.gguf")])
    files.setText("file:///models/some.gguf")
    assert not field(composer).canInsertFromMimeData(files)
    QGuiApplication.clipboard().setMimeData(files)
    field(composer).paste()
    assert composer.text() == "bold"


def test_a_ten_megabyte_paste_does_not_freeze(composer: Composer, qtbot: QtBot) -> None:
    text = "a line of a log file, number 17\n" * (10_000_000 // 32)
    field(composer).setFocus()
    QTest.keyClicks(field(composer), "What is wrong here?")
    QGuiApplication.clipboard().setText(text)
    began = time.perf_counter()
    field(composer).paste()
    composer.grab()
    assert time.perf_counter() - began < 1.5
    chip = next(b for b in composer.findChildren(QToolButton) if b.text().startswith("Long text"))
    assert f"{len(text):,}" in chip.text()
    with qtbot.waitSignal(composer.submitted) as told:
        QTest.keyClick(field(composer), Qt.Key.Key_Return)
    assert told.args == ["What is wrong here?\n\n" + text]
    assert composer.text() == ""
    assert not [
        b for b in composer.findChildren(QToolButton) if b.isVisible() and b.text().startswith("Long text")
    ]


def button(composer: Composer, tip: str) -> QToolButton:
    QApplication.processEvents()  # a layout shows what it was given a moment later
    return next(b for b in composer.findChildren(QToolButton) if b.toolTip() == tip and b.isVisible())


def test_a_long_text_is_taken_out_by_its_cross_and_put_back(composer: Composer) -> None:
    text = "x" * (LONG_PASTE + 1)
    composer.set_text(text)
    assert composer.text() == text
    QTest.mouseClick(button(composer, "Take the text out"), Qt.MouseButton.LeftButton)
    assert composer.text() == ""
    assert not composer.can_submit()
    QTest.mouseClick(button(composer, "Put back the long text that was taken out"), Qt.MouseButton.LeftButton)
    assert composer.text() == text


def test_a_long_text_is_read_and_edited_by_a_click(composer: Composer, qtbot: QtBot) -> None:
    text = "word " * LONG_PASTE
    composer.set_text(text)
    QTest.mouseClick(button(composer, "Read and edit it"), Qt.MouseButton.LeftButton)
    dialog = composer.findChild(PastedDialog)
    assert dialog is not None
    assert dialog.field.toPlainText() == text
    dialog.field.setPlainText("cut short")
    dialog.reject()
    assert composer.text() == text
    QTest.mouseClick(button(composer, "Read and edit it"), Qt.MouseButton.LeftButton)
    dialog = composer.findChildren(PastedDialog)[-1]
    dialog.field.setPlainText("cut short")
    dialog.accept()
    assert composer.text() == "cut short"


def test_odd_characters_become_replacement_characters(composer: Composer, qtbot: QtBot) -> None:
    composer.set_text("a\0b \ud800")
    with qtbot.waitSignal(composer.submitted) as told:
        QTest.keyClick(field(composer), Qt.Key.Key_Return)
    assert told.args == ["a\ufffdb \ufffd"]


def test_every_control_has_a_name(composer: Composer) -> None:
    composer.set_text("y" * (LONG_PASTE + 1))
    assert field(composer).accessibleName()
    assert all(b.accessibleName() or b.text() for b in composer.findChildren(QToolButton))
    composer.setFocus()
    assert composer.focusProxy() is field(composer)
