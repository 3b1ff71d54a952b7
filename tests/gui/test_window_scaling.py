"""Nothing is cut and nothing overlaps: at the usual size of text and at twice that, in German, from right to left."""

from contextlib import contextmanager

import pytest
from cut_text import faults
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from window_desk import open_window

from slipstream.bridge.notices import Level, Notice, Remedy
from slipstream.core.chat import Role
from slipstream.ui.chat.messages import ShownMessage
from slipstream.ui.language import Language
from slipstream.ui.theme import ThemeManager

SCALES = (1.0, 1.5, 2.0)
LANGUAGES = ("en", "de")


@contextmanager
def written(app: QApplication, themes: ThemeManager, scale: float, language: str):
    """Text at this size and in this language; as before after."""
    speech = Language(app)
    speech.speak(language)
    scaled = ThemeManager(text_scale=scale)
    scaled.apply(app)
    try:
        yield scaled
    finally:
        speech.fall_silent()
        scaled.deleteLater()
        themes.apply(app)


@pytest.fixture(params=[(s, lang) for s in SCALES for lang in LANGUAGES], ids=lambda p: f"{p[1]}-{p[0]}")
def desk(request, qtbot, qapp, tmp_path, themes):
    with (
        written(qapp, themes, *request.param) as scaled,
        open_window(qtbot, tmp_path, scaled, start=False) as desk,
    ):
        desk.window.resize(1280, 800)
        QApplication.processEvents()
        yield desk


def settled(root: QWidget) -> list[str]:
    for _ in range(3):  # layouts ask each other
        QApplication.processEvents()
    return faults(root)


def test_the_first_start(desk):
    assert settled(desk.window) == []


def test_empty_and_an_answer_with_banners(desk):
    desk.session.start()
    desk.desk.load(desk.desk.model)
    desk.wait(lambda: len(desk.window.dashboard.plots) == 5)
    assert settled(desk.window) == []
    desk.say("What is a slipstream?")
    view = desk.window.pane.view
    view.add_message(ShownMessage("8", Role.USER, "And again?"))
    view.add_message(ShownMessage("9", Role.ASSISTANT, "```python\nprint(1)\n```", "Thinking hard"))
    notice = Notice(
        Level.ERROR,
        "The engine stopped: ended by SIGKILL",
        "It is started again for the next answer; what was written so far is kept",
        (Remedy.RESTART_ENGINE, Remedy.RESTART_ON_CPU),
    )
    desk.session.noticed.emit(notice)
    desk.session.noticed.emit(Notice(Level.INFO, "Short", "", (Remedy.UNDO_REMOVE,), topic="a"))
    assert settled(desk.window) == []
    if (
        desk.window._themes.text_scale < 2
    ):  # three panels of twice the size are more than a window so wide can hold
        desk.window.acts.sidebar.setChecked(True)
        assert settled(desk.window) == []


@pytest.mark.parametrize("action", ["settings", "shortcuts", "parameters"])
def test_dialogs(desk, action):
    getattr(desk.window.acts, action).trigger()
    dialog = desk.window.commands.dialog
    if action == "settings":  # what is told of the token comes from another thread
        desk.wait(lambda: not desk.session.token.busy)
    assert settled(dialog) == []
    assert dialog.width() <= max(800, dialog.screen().availableSize().width())
    dialog.reject()


def test_the_palette(desk):
    desk.window.acts.palette.trigger()
    palette = desk.window.keyboard.palette
    assert settled(palette) == []
    row = palette.list.sizeHintForRow(0)
    assert row >= palette.list.fontMetrics().height()
    assert palette.list.viewport().height() % row <= 2  # whole lines
    palette.close_up()


def test_the_bar_to_find_with_and_the_card_of_a_token(desk):
    desk.session.start()
    desk.desk.load(desk.desk.model)
    desk.say("What is a slipstream?")
    view = desk.window.pane.view
    desk.window.acts.find.trigger()
    bar = view.finding.bar
    bar.field.setText("not in there")
    assert settled(bar) == []
    assert view.rect().contains(bar.geometry())
    assert bar.field.width() >= bar.field.fontMetrics().horizontalAdvance("not in there")
    bar.stand_in(400)  # the narrowest conversation
    assert settled(bar) == []
    assert bar.field.width() >= bar.field.fontMetrics().horizontalAdvance("not")
    bar.stand_in(view.width())
    assert not bar.onward.isHidden()
    bar.close_bar()
    desk.session.preferences.update(show_tokens=True)
    view.canvas.setFocus()
    for zoom in (100, 250):
        desk.session.preferences.update(zoom=zoom)
        QTest.keyClick(view.canvas, Qt.Key.Key_Right)
        card = view.inspector.card
        desk.wait(lambda: not view.inspector._asked)
        assert card.isVisible()
        assert settled(card) == []
        assert view.rect().contains(card.geometry())


def test_text_cut_on_purpose_is_found(qtbot):
    box = QWidget()
    qtbot.addWidget(box)
    one, two = QLabel("A sentence that needs some room", box), QLabel("Another", box)
    one.setGeometry(0, 0, 40, 20)
    two.setGeometry(20, 5, 90, 30)
    box.resize(300, 100)
    box.show()
    found = faults(box)
    assert any("needs" in text for text in found)
    assert any("lies over" in text for text in found)


def test_from_right_to_left_the_window_is_mirrored(qtbot, qapp, tmp_path, themes):
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        with open_window(qtbot, tmp_path, themes) as desk:
            desk.window.resize(1280, 800)
            desk.say("What is a slipstream?")
            assert settled(desk.window) == []
            window = desk.window

            def x_of(widget: QWidget) -> int:
                return widget.mapTo(window, QPoint(widget.width() // 2, 0)).x()

            assert x_of(window.sidebar) > x_of(window.pane) > x_of(window.dashboard)
            assert x_of(window.bar.target) > x_of(window.bar.draft) > x_of(window.bar.speculate)
            canvas = window.pane.view.canvas
            asked = canvas.turns[0]
            assert (
                asked.row_x(asked.rows[0]) < asked.width // 2
            )  # the bubble is on the side where reading ends
            copy = next(b for b in canvas.findChildren(QWidget) if b.accessibleName() == "Copy answer")
            left, width = canvas.column()
            assert x_of(copy) > canvas.mapTo(window, QPoint(left + width // 2, 0)).x()
            window.acts.find.trigger()
            bar = window.pane.view.finding.bar
            assert x_of(bar) < canvas.mapTo(window, QPoint(left + width // 2, 0)).x()
            bar.close_bar()
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
