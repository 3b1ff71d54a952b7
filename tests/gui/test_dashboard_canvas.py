"""A plot by itself: its axes."""

from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from slipstream.ui.dashboard.canvas import Canvas


def test_no_text_of_a_tick_is_cut_by_the_edge(qtbot: QtBot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(300, 100)
    canvas.show()

    def last_text(end: float) -> str:
        canvas.show_range(QRectF(0, 0, end, 1), [(0, "0"), (1000, "1,000,000")], [])
        return canvas.bottom._tickLevels[0][-1][1]

    assert last_text(1500) == "1,000,000"
    assert last_text(1001) == ""
    canvas.show_range(QRectF(0, 0, 1001, 1), [(0, "0"), (1000, "1")], [])
    assert canvas.bottom._tickLevels[0][-1] == (1000, "1")
