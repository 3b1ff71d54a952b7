"""How a line of the window's lists looks: a name, what it is below, a word about it at the end; and headings."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from slipstream.ui.models.words import BAD, GOOD, PLAIN, WARNING
from slipstream.ui.theme import RADIUS, SPACE, Theme, ThemeManager

# All px are those of text of the usual size, and go with it.
ROW_HEIGHT = 52
HEADING_HEIGHT = 32
ABOVE = 7  # px, above the first line of a row, and below the second
FIRST_LINE, SECOND_LINE = 20, 18  # px
SMALL = 12  # px, of what stands below a name
PAD = 12  # px


@dataclass(frozen=True, slots=True)
class RowText:
    """One line. A heading has a title and a word; `is_strong` marks what is in use."""

    title: str
    detail: str = ""
    word: str = ""  # at the end of the first line
    level: str = PLAIN  # of the word
    is_faded: bool = False
    is_strong: bool = False
    is_heading: bool = False

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.title, self.word, self.detail) if part)


class RowDelegate(QStyledItemDelegate):
    """`read` makes a line's text of its index."""

    def __init__(self, themes: ThemeManager, read: Callable[[object], RowText], parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._read = read

    def sizeHint(self, option: QStyleOptionViewItem, index: object) -> QSize:
        height = HEADING_HEIGHT if self._read(index).is_heading else ROW_HEIGHT
        return QSize(160, self._themes.px(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        row = self._read(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.is_heading:
            self._paint_heading(painter, option, row)
        else:
            self._paint_row(painter, option, row)
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, row: RowText) -> None:
        theme, px = self._themes.theme, self._themes.px
        rect = option.rect.adjusted(PAD, px(8), -PAD, 0)
        right = self._paint_word(painter, option, rect, row.word, theme.muted)
        font = _font(option, px(SMALL), bold=True)
        _write(painter, option, rect.adjusted(0, 0, -right, 0), row.title, theme.muted, font)

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, row: RowText) -> None:
        theme, px = self._themes.theme, self._themes.px
        self._paint_background(painter, option, theme)
        inside = option.rect.adjusted(PAD, px(ABOVE), -PAD, -px(ABOVE))
        first = QRect(inside.left(), inside.top(), inside.width(), px(FIRST_LINE))
        second = QRect(inside.left(), first.bottom() + 1, inside.width(), px(SECOND_LINE))
        taken = self._paint_word(painter, option, first, row.word, _colour(theme, row.level))
        colour = theme.muted if row.is_faded else theme.text
        font = _font(option, option.font.pixelSize(), bold=row.is_strong)
        mode = Qt.TextElideMode.ElideMiddle  # the ends of a file's name tell most
        _write(painter, option, first.adjusted(0, 0, -taken, 0), row.title, colour, font, mode)
        _write(painter, option, second, row.detail, theme.muted, _font(option, px(SMALL)))

    def _paint_background(self, painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if not selected and not state & QStyle.StateFlag.State_MouseOver:
            return
        rect = option.rect.adjusted(4, 1, -4, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.user_bubble if selected else theme.hover))
        painter.drawRoundedRect(rect, RADIUS - 2, RADIUS - 2)
        if selected and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), RADIUS - 2, RADIUS - 2)

    def _paint_word(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, word: str, colour: str
    ) -> int:
        """At the end of a line; how much room it takes."""
        if not word:
            return 0
        font = _font(option, self._themes.px(SMALL))
        width = min(QFontMetrics(font).horizontalAdvance(word), rect.width() // 2)
        place = QRect(rect.right() - width, rect.top(), width + 1, rect.height())
        _write(painter, option, place, word, colour, font)
        return width + SPACE * 3 // 2


class RowList(QListView):
    """A list of such lines; the owner gives it a model, and tells how its lines read."""

    def __init__(
        self,
        themes: ThemeManager,
        read: Callable[[object], RowText],
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setItemDelegate(RowDelegate(themes, read, self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setStyleSheet("QListView { background: transparent; border: none; }")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        themes.changed.connect(self._on_theme)

    @Slot()
    def enter(self) -> None:
        """The keyboard comes here, to the line it was on, or the first that leads somewhere."""
        model = self.model()
        if not self.currentIndex().isValid():
            usable = (model.index(i, 0) for i in range(model.rowCount()))
            first = next((index for index in usable if index.flags() & Qt.ItemFlag.ItemIsEnabled), None)
            if first is not None:
                self.setCurrentIndex(first)
        self.setFocus()

    @Slot(object)
    def _on_theme(self, _theme: Theme) -> None:
        self.viewport().update()


def _colour(theme: Theme, level: str) -> str:
    return {GOOD: theme.good, WARNING: theme.warning, BAD: theme.bad}.get(level, theme.muted)


def _font(option: QStyleOptionViewItem, pixels: int, *, bold: bool = False) -> QFont:
    font = QFont(option.font)
    if pixels > 0:
        font.setPixelSize(pixels)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def _write(
    painter: QPainter,
    option: QStyleOptionViewItem,
    rect: QRect,
    text: str,
    colour: str,
    font: QFont,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """One line of plain text, mirrored where the language runs from right to left."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    place = QStyle.visualRect(option.direction, option.rect, rect)
    at = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft)
    words = QFontMetrics(font).elidedText(text, mode, rect.width())
    painter.drawText(place, int(at | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), words)
