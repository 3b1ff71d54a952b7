"""How a line of the list of conversations looks: titles, and the headings of their groups."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from slipstream.bridge.conversations import ID_ROLE, Index
from slipstream.bridge.groups import DELETED, LINE_ROLE, Kind, Line, heading
from slipstream.ui.icons import pixmap
from slipstream.ui.theme import RADIUS, SPACE, ThemeManager

ROW_HEIGHT = 34
HEADING_PIXELS = 12
DOT = 8  # px
TEXT = SPACE + 3  # px, where the style sheet lets a title begin
INDENT = 15  # px, of what lies in a folder: its titles stand below its name
CHEVRON = 14  # px
FADED = 0.62  # of what is deleted


class RowDelegate(QStyledItemDelegate):
    """Lines of one height, so that ten thousand of them cost nothing; a dot marks the one being answered."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self.answering: int | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self._themes.px(ROW_HEIGHT))

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if self._is_answering(index):  # the title ends before the dot
            room = option.rect.width() - 4 * SPACE - DOT
            option.text = option.fontMetrics.elidedText(option.text, Qt.TextElideMode.ElideRight, room)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(LINE_ROLE)
        if line.row is None:
            painter.save()
            self._paint_heading(painter, option, line)
            painter.restore()
            return
        row = QStyleOptionViewItem(option)
        if line.group.can_fold:
            row.rect = _visual(option, option.rect.adjusted(INDENT, 0, 0, 0))
        painter.save()
        painter.setOpacity(FADED if line.group == DELETED else 1.0)
        super().paint(painter, row, index)
        painter.restore()
        if self._is_answering(index):
            self._paint_dot(painter, row)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What is being typed stays when the line changes under it, as when an answer is finished."""
        if not (isinstance(editor, QLineEdit) and editor.isModified()):
            super().setEditorData(editor, index)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """The field to rename in covers the line, whatever the line's text."""
        line: Line = index.data(LINE_ROLE)
        indent = INDENT if line.row is not None and line.group.can_fold else 0
        editor.setGeometry(_visual(option, option.rect.adjusted(indent, 1, 0, -1)))

    def _paint_dot(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._themes.theme.accent))
        place = QRect(option.rect.right() - SPACE - DOT, option.rect.center().y() - DOT // 2, DOT, DOT)
        painter.drawEllipse(QRectF(QStyle.visualRect(option.direction, option.rect, place)))
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, line: Line) -> None:
        theme = self._themes.theme
        rect = option.rect
        font = QFont(option.font)
        font.setPixelSize(self._themes.px(HEADING_PIXELS))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = rect.left() + TEXT
        right = rect.right() - SPACE
        middle = rect.center().y() + (
            0 if line.group.can_fold else 4
        )  # a plain one stands nearer to its rows
        if line.group.can_fold:
            self._paint_background(painter, option)
            rtl = option.direction is Qt.LayoutDirection.RightToLeft
            folded = "chevron-left" if rtl else "chevron-right"
            name = folded if line.is_folded else "chevron-down"
            picture = pixmap(name, theme.muted, CHEVRON, painter.device().devicePixelRatioF())
            at = QRect(left - 3, middle - CHEVRON // 2 + 1, CHEVRON, CHEVRON)
            painter.drawPixmap(_visual(option, at), picture)
            left += CHEVRON + 1
            right = self._paint_count(painter, option, line.count, right, middle)
        painter.setPen(QColor(theme.text if line.group.kind is Kind.FOLDER else theme.muted))
        metrics = QFontMetrics(font)
        words = metrics.elidedText(heading(line.group), Qt.TextElideMode.ElideRight, right - left)
        high = rect.height()
        place = QRect(left, middle - high // 2, right - left, high)
        painter.drawText(_visual(option, place), _along(option), words)

    def _paint_background(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """Where the pointer or the keyboard is."""
        theme = self._themes.theme
        over = bool(option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected))
        if not over:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.hover))
        painter.drawRoundedRect(option.rect, RADIUS - 2, RADIUS - 2)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(QColor(theme.accent))
            edge = QRect(option.rect.left(), option.rect.top() + 6, 2, option.rect.height() - 12)
            painter.drawRect(_visual(option, edge))

    def _paint_count(
        self, painter: QPainter, option: QStyleOptionViewItem, count: int, right: int, middle: int
    ) -> int:
        """How many lie in it; where the name has to end."""
        painter.setPen(QColor(self._themes.theme.muted))
        text = option.locale.toString(count)
        width = painter.fontMetrics().horizontalAdvance(text)
        high = option.rect.height()
        place = QRect(right - width, middle - high // 2, width, high)
        painter.drawText(_visual(option, place), _along(option), text)
        return right - width - SPACE

    def _is_answering(self, index: Index) -> bool:
        return self.answering is not None and index.data(ID_ROLE) == self.answering


def _visual(option: QStyleOptionViewItem, rect: QRect) -> QRect:
    """Mirrored where the language runs from right to left."""
    return QStyle.visualRect(option.direction, option.rect, rect)


def _along(option: QStyleOptionViewItem) -> int:
    """At the beginning of the line, half-way up."""
    at = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft)
    return int(at | Qt.AlignmentFlag.AlignVCenter)
