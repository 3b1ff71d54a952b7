"""The conversation's scroll bar: painted again when its handle has moved to another pixel, and not else.

While an answer is written, range and value change thirty times a second; in a long conversation that moves the handle
by a fraction of a pixel, and painting the bar with what lies behind it was a third of an update's cost.
"""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractSlider, QScrollBar, QStyle, QStyleOptionSlider

_MOVES = QAbstractSlider.SliderChange.SliderRangeChange, QAbstractSlider.SliderChange.SliderValueChange

ASK_AFTER = (
    0.2  # px that the handle moves before the style is asked where it is: asking costs more than to reckon
)


class StillScrollBar(QScrollBar):
    """For an area that always shows it: a range that only grows is not told to that area, which would lay itself out
    anew.
    """

    def __init__(self) -> None:
        super().__init__()
        self._painted: QRect | None = None  # where the handle is, or will be with the next painting
        self._asked = (-1.0, -1.0)  # about where it began and ended when the style was asked last, px
        self._placing = False

    def place(self, maximum: int, value: int) -> None:
        """Set range and value in one move."""
        if maximum == self.maximum() and value == self.value():
            return
        self._placing = True  # between the two the handle would jump
        if maximum >= self.value():
            blocked = self.blockSignals(True)
            self.setRange(0, maximum)
            self.blockSignals(blocked)
        else:
            self.setRange(0, maximum)
        self.setValue(value)
        self._placing = False
        self._paint_if_moved()

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        if change not in _MOVES:
            self._painted = None
            super().sliderChange(change)
        elif not self._placing:
            self._paint_if_moved()

    def _paint_if_moved(self) -> None:
        whole = max(1, self.maximum() + self.pageStep())
        begin, end = (
            self.height() * place / whole for place in (self.value(), self.value() + self.pageStep())
        )
        moved = max(abs(begin - self._asked[0]), abs(end - self._asked[1]))
        if self._painted is not None and moved < ASK_AFTER:
            return
        self._asked = begin, end
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ScrollBarSlider
        handle = self.style().subControlRect(QStyle.ComplexControl.CC_ScrollBar, option, part, self)
        if handle != self._painted:
            self._painted = handle
            super().sliderChange(QAbstractSlider.SliderChange.SliderValueChange)
