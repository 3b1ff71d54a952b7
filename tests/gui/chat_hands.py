"""The conversation on its own, and the hands and eyes of the person before it."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QEventLoop, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from slipstream.bridge.formula_thread import FormulaThread
from slipstream.core.chat import Role
from slipstream.core.events import Origin, TextPiece
from slipstream.core.formulas import Formula
from slipstream.core.metrics import Phase
from slipstream.formulas.process import FormulaProcess
from slipstream.ui.chat.messages import ShownMessage
from slipstream.ui.chat.rows import Row
from slipstream.ui.chat.selection import Place
from slipstream.ui.chat.view import ChatView
from slipstream.ui.theme import ThemeManager

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@contextmanager
def formulas_at_work() -> Iterator[FormulaThread]:
    """A child that draws formulas, at work before the first test begins."""
    thread = FormulaThread(FormulaProcess(limit_s=20.0))
    loop = QEventLoop()
    thread.drawn.connect(loop.quit)
    thread.draw([Formula("x")])
    loop.exec()
    yield thread
    assert thread.close()


@contextmanager
def open_view(
    qtbot, themes: ThemeManager, width: int = 900, height: int = 600, formulas: FormulaThread | None = None
) -> Iterator[ChatView]:
    view = ChatView(themes, formulas=formulas)
    qtbot.addWidget(view)
    view.resize(width, height)
    with qtbot.waitExposed(view):
        view.show()
    yield view


def piece(text: str, phase: Phase = Phase.ANSWER, origin: Origin = Origin.PLAIN, token: int = 0) -> TextPiece:
    return TextPiece(text, phase, origin, token)


def user(text: str, number: int = 0) -> ShownMessage:
    return ShownMessage(f"u{number}", Role.USER, text)


def answer(text: str, number: int = 0, **more: object) -> ShownMessage:
    return ShownMessage(f"a{number}", Role.ASSISTANT, text, **more)  # type: ignore[arg-type]  # by name


def stream(view: ChatView, *pieces: TextPiece) -> None:
    view.pacing.cost_ms = 0.0  # a busy machine must not make the text wait here
    view.append(pieces)


def rows(view: ChatView, kind: type[Row] = Row) -> list[Row]:
    return [row for turn in view.canvas.turns for row in turn.rows if isinstance(row, kind)]


def selected(view: ChatView) -> str:
    return view.canvas.selection.text(view.canvas.turns)


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def select(view: ChatView, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    view.canvas.selection.anchor, view.canvas.selection.focus = Place(*first), Place(*last)


def on_screen(view: ChatView, row: Row, point: QPointF) -> QPoint:
    """A point of a row, in coordinates of the viewport."""
    turn = next(turn for turn in view.canvas.turns if row in turn.rows)
    left, _ = view.canvas.column()
    return QPoint(round(left + row.x + point.x()), round(turn.y + row.y - view.canvas.top + point.y()))


def at_character(view: ChatView, row: Row, position: int) -> QPoint:
    """The middle of a character, in coordinates of the viewport."""
    return on_screen(view, row, row.rects((position, position + 1))[0].center())


def hover(view: ChatView, point: QPoint) -> None:
    """Move the pointer there without a button."""
    port = view.canvas.viewport()
    place = QPointF(point)
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, port.mapToGlobal(place), none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(port, event)


def drag(view: ChatView, *points: QPoint) -> None:
    """Press at the first point, and move over the others; the button stays down."""
    port = view.canvas.viewport()
    QTest.mousePress(port, LEFT, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(port, point)


def release(view: ChatView, point: QPoint) -> None:
    QTest.mouseRelease(view.canvas.viewport(), LEFT, pos=point)


def key(view: ChatView, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(view.canvas, key, modifier)
