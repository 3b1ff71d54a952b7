"""The size of the text: keys, wheel, limits; kept; and what is being read stays in sight."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QSpinBox
from window_desk import open_window

from slipstream.core.chat import Role
from slipstream.ui.chat.messages import ShownMessage
from slipstream.ui.chat.view import ChatView
from slipstream.ui.window.zoom import STEPS

CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def desk(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        yield desk


def wheel(widget, turns: int, modifiers=CONTROL) -> None:
    """Turn the wheel over a widget; 120 is one notch."""
    at = QPointF(widget.rect().center())
    event = QWheelEvent(
        at,
        QPointF(widget.mapToGlobal(at.toPoint())),
        QPoint(0, 0),
        QPoint(0, turns),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def sizes(desk) -> tuple[int, int]:
    """Of the conversation's text and of the field, px."""
    return desk.window.pane.view.canvas.look.body.pixelSize(), desk.field.font().pixelSize()


def test_keys_make_text_larger_smaller_and_usual_again(desk):
    assert sizes(desk) == (15, 15)
    desk.key(Qt.Key.Key_Equal, CONTROL)
    assert desk.session.settings.zoom == 110
    desk.key(Qt.Key.Key_Plus, CONTROL)
    assert desk.session.settings.zoom == 125
    assert sizes(desk) == (19, 19)
    assert desk.window.status_line.flashed.text() == "Text size 125 %"
    desk.key(Qt.Key.Key_Minus, CONTROL)
    assert desk.session.settings.zoom == 110
    desk.key(Qt.Key.Key_0, CONTROL)
    assert sizes(desk) == (15, 15)


def test_it_ends_at_its_limits_and_takes_steps_from_wherever_it_is(desk):
    for _ in range(20):
        desk.window.acts.zoom_in.trigger()
    assert desk.session.settings.zoom == STEPS[-1] == 250
    for _ in range(20):
        desk.window.acts.zoom_out.trigger()
    assert desk.session.settings.zoom == STEPS[0] == 70
    desk.session.preferences.update(zoom=117)
    desk.window.acts.zoom_in.trigger()
    assert desk.session.settings.zoom == 125
    desk.session.preferences.update(zoom=117)
    desk.window.acts.zoom_out.trigger()
    assert desk.session.settings.zoom == 110


def test_the_wheel_with_ctrl_over_text_and_field(desk):
    canvas = desk.window.pane.view.canvas.viewport()
    wheel(canvas, 120)
    assert desk.session.settings.zoom == 110
    for _ in range(4):
        wheel(desk.field.viewport(), -30)  # as touchpads turn it
    assert desk.session.settings.zoom == 100
    wheel(canvas, 120, NONE)
    assert desk.session.settings.zoom == 100


def test_it_is_a_setting_and_kept(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.window.acts.settings.trigger()
        dialog = desk.window.commands.dialog
        box = dialog.controls["zoom"].widget
        assert isinstance(box, QSpinBox)
        box.setValue(150)
        dialog.reject()
        assert sizes(desk) == (22, 22)
    with open_window(qtbot, tmp_path, themes) as desk:
        assert sizes(desk) == (22, 22)


def test_the_field_stays_as_wide_as_the_column(desk):
    desk.say("Go")
    desk.window.resize(2200, 800)
    view, composer = desk.window.pane.view, desk.window.pane.composer
    for zoom in (100, 150):
        desk.session.preferences.update(zoom=zoom)
        QApplication.processEvents()
        _, width = view.canvas.column()
        assert abs(composer._card.width() - (width + 32)) <= 1


WORDS = " ".join(f"word{i} and a few more of them" for i in range(60))


@pytest.fixture
def view(qtbot, themes) -> ChatView:
    widget = ChatView(themes)
    qtbot.addWidget(widget)
    widget.resize(900, 600)
    widget.show()
    widget.set_messages(
        [
            message
            for i in range(6)
            for message in (
                ShownMessage(f"u{i}", Role.USER, f"Question {i}"),
                ShownMessage(f"a{i}", Role.ASSISTANT, "\n\n".join([WORDS] * 5)),
            )
        ]
    )
    return widget


def read_at_the_top(view: ChatView) -> tuple[int, int, int]:
    """Turn, row and character at the window's upper edge."""
    left, _ = view.canvas.column()
    place = view.canvas._place_at(QPointF(left + 20, 12))
    assert place is not None
    return tuple(place)


@pytest.mark.parametrize("zooms", [(1.25, 2.0), (0.7, 1.0), (2.5, 0.7, 1.1)])
@pytest.mark.parametrize("share", [0.3, 0.62])
def test_what_is_being_read_stays_in_sight(view, zooms, share):
    bar = view.canvas.verticalScrollBar()
    bar.setValue(round(bar.maximum() * share))
    QApplication.processEvents()
    turn, row, character = read_at_the_top(view)
    for zoom in zooms:
        view.set_zoom(zoom)
        now = read_at_the_top(view)
        assert now[:2] == (turn, row)
        assert abs(now[2] - character) < 260  # two or three lines
    view.set_zoom(1.0)


def test_at_the_end_the_end_stays_in_sight(view):
    bar = view.canvas.verticalScrollBar()
    assert view.canvas.pinned
    view.set_zoom(1.75)
    assert view.canvas.pinned
    assert bar.value() == bar.maximum()


def test_what_stands_around_an_answer_grows_with_it(view):
    message = ShownMessage("t", Role.ASSISTANT, "# Head\n\nText\n\nMore", "Thoughts")
    view.set_messages([message])
    turn = view.canvas.turns[0]
    before = [(row.height, row.gap) for row in turn.rows]
    view.set_zoom(2.0)
    after = [(row.height, row.gap) for row in turn.rows]
    assert all(1.8 * a[0] <= b[0] <= 2.2 * a[0] for a, b in zip(before, after, strict=True)), (before, after)
    assert all(b[1] == 2 * a[1] for a, b in zip(before, after, strict=True)), (before, after)
    view.set_zoom(0.7)
    view.set_zoom(1.0)
    assert [(row.height, row.gap) for row in turn.rows] == before


def test_a_change_of_theme_keeps_the_size(desk, themes):
    desk.session.preferences.update(zoom=200)
    themes.set_mode("dark")
    assert sizes(desk) == (30, 30)
    assert desk.field.document().defaultFont().pixelSize() == 30
