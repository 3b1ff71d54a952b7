"""By keyboard and by ear: all has a name, Tab follows the reading order, focus shows, messages are read out."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from screen_reader import Politeness, ScreenReader
from window_desk import WindowDesk, open_window

from slipstream.bridge.notices import Level, Notice, Remedy
from slipstream.core.chat import Role
from slipstream.ui.chat import stepping
from slipstream.ui.chat import view as view_module
from slipstream.ui.chat.composer import LONG_PASTE
from slipstream.ui.chat.messages import ShownMessage
from slipstream.ui.chat.pasted import PastedDialog
from slipstream.ui.chat.spoken import SpokenTurn
from slipstream.ui.focus import reading_order
from slipstream.ui.window import palette

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        yield desk


@pytest.fixture
def talked(desk) -> WindowDesk:
    """After one answer, with a long text in the field, so that all there is can be reached."""
    desk.window.resize(1500, 900)
    desk.window.acts.sidebar.setChecked(True)
    desk.say("What is a slipstream?")
    desk.type("And")
    desk.window.pane.composer.set_text("x" * (LONG_PASTE + 1))
    desk.wait(lambda: not desk.window.pane.composer.pasted.uncounted())  # its chip is made anew then
    QApplication.processEvents()
    return desk


def name_of(widget: QWidget) -> str:
    """What a screen reader calls it."""
    face = QAccessible.queryAccessibleInterface(widget)
    return face.text(QAccessible.Text.Name).strip() if face is not None else ""


def nameless(root: QWidget) -> list[str]:
    """Controls that the keyboard can reach and nobody can call by a name. Qt's own inner parts do not count."""
    return [
        f"{type(widget).__name__} {widget.objectName()} in {type(widget.parent()).__name__}"
        for widget in root.findChildren(QWidget)
        if widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        and widget.focusProxy() is None
        and widget.window() is root.window()  # the list of a choice is a window of its own
        and not widget.objectName().startswith("qt_")
        and not name_of(widget)
    ]


def test_every_control_of_the_window_has_a_name(talked):
    talked.session.noticed.emit(Notice(Level.ERROR, "Something", "A hint", (Remedy.OPEN_LOGS,)))
    assert nameless(talked.window) == []


@pytest.mark.parametrize("action", ["settings", "shortcuts", "parameters", "open_model"])
def test_every_control_of_a_dialog_has_a_name(desk, action):
    getattr(desk.window.acts, action).trigger()
    dialog = desk.window.commands.dialog
    if action != "open_model":  # that one is Qt's
        assert nameless(dialog) == []
        assert len(list(reading_order(dialog))) > 1
    dialog.reject()


def test_the_dialog_of_a_long_text_has_names(qtbot, desk):
    dialog = PastedDialog("a long text", desk.window)
    assert nameless(dialog) == []
    dialog.reject()


def tab_stops(desk: WindowDesk, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Where Tab goes from the first stop until it is there again."""
    window = desk.window
    first = window.bar.left.itemAt(0).widget()
    first.setFocus(Qt.FocusReason.TabFocusReason)
    stops = [first]
    for _ in range(100):
        QTest.keyClick(window.focusWidget(), key)
        if window.focusWidget() is first:
            return stops
        stops.append(window.focusWidget())
    raise AssertionError(f"Tab does not come round: {[name_of(stop) for stop in stops[-6:]]}")


def test_tab_goes_through_the_window_as_it_is_read(talked):
    talked.session.noticed.emit(Notice(Level.WARNING, "Something", "A hint", (Remedy.OPEN_LOGS,)))
    QApplication.processEvents()
    names = [name_of(stop) for stop in tab_stops(talked)]
    expected = [
        "Conversations",
        "Model: Model-A",
        "Draft: None",
        "Speculate",
        "Draft length: Automatic",
        "Show drafted tokens",
        "Live figures",
        "Settings",
        "Menu",
        "New",
        "Conversations",
        "Open log folder",
        "Dismiss",
        "Conversation",
        "Copy answer",
        "Regenerate",
        f"Long text, {LONG_PASTE + 1:,} characters, 1 tokens",
        "Take the text out",
        "Message",
        "Send",
    ]
    at = -1
    for name in expected:  # others may stand between them
        assert name in names[at + 1 :], (name, names)
        at = names.index(name, at + 1)


def test_shift_tab_goes_the_same_way_back(talked):
    there = tab_stops(talked)
    back = tab_stops(talked, Qt.Key.Key_Backtab)
    assert [name_of(stop) for stop in back[1:]] == [name_of(stop) for stop in reversed(there[1:])]


def scrolled_in(widget: QWidget) -> QScrollArea | None:
    """The page that scrolls it."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent


def test_every_stop_shows_that_it_has_the_keyboard(talked, qtbot):
    window = talked.window
    QApplication.setCursorFlashTime(0)
    blind = []
    talked.window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for stop in tab_stops(talked):
        if (area := scrolled_in(stop)) is not None:
            area.ensureWidgetVisible(stop)  # as Tab does
        corner = stop.mapTo(window, QPoint(0, 0))
        around = QRect(corner, stop.size()).adjusted(-4, -4, 4, 4)
        if window.focusWidget() is not None:
            window.focusWidget().clearFocus()
        QApplication.processEvents()
        without = window.grab(around).toImage()
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if window.grab(around).toImage() == without:
            blind.append(name_of(stop))
    assert blind == []


def test_the_ring_stands_around_what_was_reached_by_keyboard_only(talked):
    canvas, ring = talked.window.pane.view.canvas, talked.window.keyboard.ring
    canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not ring.isVisible()
    talked.field.setFocus()
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.isVisible()
    assert ring.size() == canvas.size()
    talked.field.setFocus(Qt.FocusReason.TabFocusReason)
    assert not ring.isVisible()


# What is read out


def three(desk: WindowDesk) -> None:
    view = desk.window.pane.view
    view.set_messages(
        [
            ShownMessage("1", Role.USER, "The first question"),
            ShownMessage("2", Role.ASSISTANT, "\n\n".join(["A long answer " * 60] * 8)),
            ShownMessage("3", Role.USER, "The second question"),
            ShownMessage("4", Role.ASSISTANT, "Short"),
        ]
    )
    desk.window.pane.pages.setCurrentWidget(view)
    QApplication.processEvents()


def test_keys_go_from_message_to_message_and_mark_them(desk):
    three(desk)
    steps, canvas = desk.window.keyboard.steps, desk.window.pane.view.canvas
    seen = []
    for _ in range(4):
        desk.key(Qt.Key.Key_Up, ALT)
        seen.append(steps.at.id)
        top, bottom = canvas.top, canvas.top + canvas.viewport().height()
        assert steps.at.y < bottom
        assert steps.at.y + steps.at.height > top
        assert steps.mark.isVisible()
        assert steps.mark.y() == steps.at.y - canvas.top
    assert seen == ["4", "3", "2", "1"]
    desk.key(Qt.Key.Key_Up, ALT)
    assert steps.at.id == "1"
    desk.key(Qt.Key.Key_Down, ALT)
    assert steps.at.id == "2"
    canvas.verticalScrollBar().setValue(canvas.verticalScrollBar().maximum())
    assert steps.at is None
    assert not steps.mark.isVisible()
    assert desk.window.focusWidget() is desk.field  # one reads while one writes


@pytest.fixture
def reader():
    """As if a screen reader ran."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def test_messages_in_sight_can_be_found_by_a_screen_reader(reader, desk):
    three(desk)
    view = desk.window.pane.view
    words = [name_of(label) for label in view.findChildren(SpokenTurn) if not label.isHidden()]
    assert words[-2:] == ["You wrote: The second question", "Answer: Short"]
    view.canvas.verticalScrollBar().setValue(0)
    first = next(label for label in view.findChildren(SpokenTurn) if not label.isHidden())
    assert name_of(first) == "You wrote: The first question"
    face = QAccessible.queryAccessibleInterface(first)
    assert face.role() == QAccessible.Role.StaticText
    assert view.canvas.viewport().rect().intersects(first.geometry())


def test_the_end_of_an_answer_is_announced_politely(desk, monkeypatch):
    ears = ScreenReader()
    monkeypatch.setattr(view_module, "QAccessible", ears)
    desk.say("What is a slipstream?")
    assert ears.heard == [("The answer is complete", Politeness.Polite)]


def test_each_message_that_is_stepped_to_is_read_out(desk, monkeypatch):
    three(desk)
    ears = ScreenReader()
    monkeypatch.setattr(stepping, "QAccessible", ears)
    desk.key(Qt.Key.Key_Up, ALT)
    desk.key(Qt.Key.Key_Up, ALT)
    assert [words for words, _ in ears.heard] == ["Answer: Short", "You wrote: The second question"]


def test_the_palette_says_what_is_marked_and_why_it_cannot_be_done(desk, monkeypatch):
    ears = ScreenReader()
    monkeypatch.setattr(palette, "QAccessible", ears)
    desk.window.acts.palette.trigger()
    QTest.keyClicks(desk.window.focusWidget(), "unload")
    assert ears.heard[-1][0] == "Unload the model, File"
    desk.session.pair.unload()
    desk.key(Qt.Key.Key_Escape)
    desk.wait(lambda: not desk.window.acts.unload.isEnabled())
    desk.window.acts.palette.trigger()
    QTest.keyClicks(desk.window.focusWidget(), "unload")
    assert ears.heard[-1][0] == "Unload the model, no model is loaded"
    desk.key(Qt.Key.Key_Escape)


def test_without_a_screen_reader_nothing_is_made_for_it(desk):
    QAccessible.setActive(False)
    three(desk)
    assert desk.window.pane.view.findChildren(SpokenTurn) == []


def test_links_can_be_opened_by_keyboard(desk):
    view = desk.window.pane.view
    text = "See [the article](https://example.org/a) and [no link](file:///etc/passwd), **[bold](https://example.org/b)**"
    view.set_messages([ShownMessage("1", Role.ASSISTANT, text)])
    desk.window.pane.pages.setCurrentWidget(view)
    QApplication.processEvents()
    asked = []
    view.canvas.link_clicked.disconnect()
    view.canvas.link_clicked.connect(asked.append)
    assert not any(
        action.text().startswith("Open “") for action in view.canvas.make_menu(QPointF()).actions()
    )
    menu = view.canvas.make_menu(QPointF(), by_key=True)
    entries = {action.text(): action for action in menu.actions()}
    assert [text for text in entries if text.startswith("Open “")] == ["Open “the article”…", "Open “bold”…"]
    entries["Open “bold”…"].trigger()
    assert asked == ["https://example.org/b"]


def test_wide_code_moves_by_the_arrow_keys(desk):
    view = desk.window.pane.view
    view.set_messages([ShownMessage("1", Role.ASSISTANT, "```\n" + "x = 1; " * 80 + "\n```")])
    desk.window.pane.pages.setCurrentWidget(view)
    QApplication.processEvents()
    row = view.canvas.turns[0].rows[0]
    view.canvas.setFocus()
    assert row.sideways == 0
    QTest.keyClick(view.canvas, Qt.Key.Key_Right)
    assert row.sideways > 0
    QTest.keyClick(view.canvas, Qt.Key.Key_Left)
    assert row.sideways == 0


def test_a_line_is_read_from_the_side_where_reading_begins(qtbot):
    box = QWidget()
    qtbot.addWidget(box)
    box.resize(300, 100)
    left, right, below = (QWidget(box) for _ in range(3))
    for child, place in ((right, QPointF(200, 4)), (left, QPointF(0, 0)), (below, QPointF(0, 60))):
        child.move(place.toPoint())
        child.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    assert list(reading_order(box)) == [left, right, below]
    box.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert list(reading_order(box)) == [right, left, below]
