"""The conversation's scroll bar is painted when its handle moves, and is not when it does not."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from slipstream.ui.chat.scrollbar import StillScrollBar


class Paintings(QObject):
    """Counts what a widget paints."""

    def __init__(self, watched: QObject) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.fixture
def bar(qtbot: QtBot) -> StillScrollBar:
    bar = StillScrollBar()
    qtbot.addWidget(bar)
    bar.resize(14, 400)
    bar.setPageStep(400)
    bar.place(100_000, 100_000)
    bar.show()
    qtbot.waitExposed(bar)
    QApplication.processEvents()
    return bar


def test_growing_by_less_than_a_pixel_paints_nothing(bar: StillScrollBar) -> None:
    paintings = Paintings(bar)
    for maximum in range(100_010, 100_300, 10):
        bar.place(maximum, maximum)
        QApplication.processEvents()
    assert bar.value() == bar.maximum() == 100_290
    assert paintings.count <= 1


def test_a_handle_that_moves_is_painted(bar: StillScrollBar) -> None:
    paintings = Paintings(bar)
    bar.setValue(50_000)
    QApplication.processEvents()
    assert paintings.count == 1
    bar.place(200_000, 50_000)
    QApplication.processEvents()
    assert bar.value() == 50_000
    assert paintings.count == 2


def test_small_moves_add_up(bar: StillScrollBar) -> None:
    """What is painted never lags the handle by a pixel."""
    paintings = Paintings(bar)
    for value in range(100_000, 90_000, -20):
        bar.setValue(value)
        QApplication.processEvents()
    moved = 10_000 / 100_000 * bar.height()
    assert moved / 2 < paintings.count < moved * 1.5


def test_other_changes_are_painted(bar: StillScrollBar) -> None:
    paintings = Paintings(bar)
    bar.setPageStep(50_000)
    QApplication.processEvents()
    assert paintings.count == 1
