"""How a line of the palette is drawn: a mark for what is on, the name with its found letters, section and key."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from slipstream.ui.icons import pixmap
from slipstream.ui.theme import RADIUS, SPACE, Theme, ThemeManager
from slipstream.ui.window.command_list import Found

FOUND_ROLE = Qt.ItemDataRole.UserRole + 1
MARK = 16  # px
LEAST_TITLE = 0.6  # of the row; the section gives way before the name does
WIDER = 1.08  # a name with found letters in bold

Index = QModelIndex | QPersistentModelIndex


class PaletteRow(QStyledItemDelegate):
    """Reads `FOUND_ROLE`. Mirrors itself where the layout runs from right to left."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, QFontMetrics(option.font).height() + 2 * SPACE + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found = index.data(FOUND_ROLE)
        if not isinstance(found, Found):
            return
        theme, command = self._themes.theme, found.command
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marked = bool(option.state & QStyle.StateFlag.State_Selected)
        if marked or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.user_bubble if marked else theme.hover))
            painter.drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), RADIUS - 2, RADIUS - 2)
        inside = option.rect.adjusted(SPACE, 0, -SPACE, 0)
        direction = option.direction
        if command.checked:
            place = QRect(inside.left(), inside.center().y() - MARK // 2 + 1, MARK, MARK)
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(
                QStyle.visualRect(direction, inside, place), pixmap("check", theme.accent, MARK, ratio)
            )
        inside.setLeft(inside.left() + MARK + SPACE)
        whole = option.rect.adjusted(SPACE, 0, -SPACE, 0)
        right = inside.right() - self._paint_keys(painter, option, whole, command.keys)
        small = QFont(option.font)
        small.setPixelSize(self._themes.px(12))
        aside = command.reason or command.section
        title_width = round(QFontMetrics(option.font).horizontalAdvance(command.title) * WIDER) + 2 * SPACE
        room = right - inside.left() - min(title_width, round(inside.width() * LEAST_TITLE))
        metrics = QFontMetrics(small)
        aside = metrics.elidedText(aside, Qt.TextElideMode.ElideRight, max(0, room))
        wide = metrics.horizontalAdvance(aside)
        place = QRect(right - wide, inside.top(), wide + 1, inside.height())
        painter.setFont(small)
        painter.setPen(QColor(theme.muted))
        painter.drawText(
            QStyle.visualRect(direction, whole, place), int(Qt.AlignmentFlag.AlignVCenter), aside
        )
        place = QRect(inside.left(), inside.top(), right - wide - 2 * SPACE - inside.left(), inside.height())
        self._paint_title(painter, option, QStyle.visualRect(direction, whole, place), found, theme)
        painter.restore()

    def _paint_keys(self, painter: QPainter, option: QStyleOptionViewItem, whole: QRect, keys: str) -> int:
        """A key cap at the end of the row; what it takes of the width, px."""
        if not keys:
            return 0
        theme = self._themes.theme
        font = QFont(option.font)
        font.setPixelSize(self._themes.px(12))
        metrics = QFontMetrics(font)
        wide, high = metrics.horizontalAdvance(keys) + 2 * SPACE - 2, metrics.height() + 4
        cap = QRect(whole.right() - wide, whole.center().y() - high // 2 + 1, wide, high)
        cap = QStyle.visualRect(option.direction, whole, cap)
        painter.setPen(QColor(theme.border))
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(cap.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # keys are written so in every language
        painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), keys)
        return wide + 3 * SPACE // 2

    def _paint_title(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, found: Found, theme: Theme
    ) -> None:
        command = found.command
        heavy = QFont(option.font)
        heavy.setWeight(QFont.Weight.DemiBold)  # the letters that were met are wider
        title = QFontMetrics(heavy).elidedText(
            command.title, Qt.TextElideMode.ElideRight, max(0, place.width())
        )
        layout = QTextLayout(title, option.font)
        text_option = QTextOption()
        text_option.setTextDirection(option.direction)
        text_option.setAlignment(QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft))
        text_option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(text_option)
        bold = QTextCharFormat()
        bold.setForeground(QColor(theme.accent if command.enabled else theme.muted))
        bold.setFontWeight(QFont.Weight.DemiBold)
        runs = _runs(found.letters, len(title))
        layout.setFormats([_stretch(title, start, end, bold) for start, end in runs])
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(max(1, place.width()))
        layout.endLayout()
        painter.setPen(QColor(theme.text if command.enabled else theme.muted))
        down = (place.height() - line.height()) / 2
        layout.draw(painter, QPointF(place.left(), place.top() + down))


def _runs(letters: frozenset[int], length: int) -> list[tuple[int, int]]:
    """Letters that stand side by side as one stretch each: (start, end)."""
    runs: list[tuple[int, int]] = []
    for letter in sorted(letter for letter in letters if letter < length):
        if runs and runs[-1][1] == letter:
            runs[-1] = runs[-1][0], letter + 1
        else:
            runs.append((letter, letter + 1))
    return runs


def _stretch(text: str, start: int, end: int, form: QTextCharFormat) -> QTextLayout.FormatRange:
    """Characters start…end of `text` in Qt's own count, which is of UTF-16."""
    before, own = text[:start], text[start:end]
    stretch = QTextLayout.FormatRange()
    stretch.start, stretch.length = (len(part.encode("utf-16-le")) // 2 for part in (before, own))
    stretch.format = form
    return stretch
