"""How a line of what was found looks: where it is, and the words in their surroundings, marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QPointF, QRect, QRectF, QSize, Qt, QTime
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from slipstream.bridge.conversations import Index
from slipstream.bridge.groups import LINE_ROLE
from slipstream.core.chat import Role
from slipstream.core.searching import Part
from slipstream.store.search import Hit
from slipstream.ui.chat.inline import displayable
from slipstream.ui.style import UI_PIXELS
from slipstream.ui.theme import RADIUS, SPACE, Theme, ThemeManager
from slipstream.ui.window.conversation_rows import TEXT

HEADING_HEIGHT, TITLE_HEIGHT, NOTE_HEIGHT = 30, 34, 44
SMALL = 12  # px, type of a snippet
LINE = 17  # px, height of one of its lines
SNIPPET_LINES = 2
BOLDER = 6  # px that marked words may take more than plain ones
HIT_HEIGHT = SPACE + 18 + 2 + SNIPPET_LINES * LINE + SPACE


def tr(text: str) -> str:
    return QCoreApplication.translate("Search", text)


class LineKind(StrEnum):
    HEADING = "heading"
    TITLE = "title"
    HIT = "hit"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class ResultLine:
    kind: LineKind
    text: str = ""  # of a heading or note
    parts: tuple[Part, ...] = ()  # of a title
    hit: Hit | None = None
    conversation: int | None = None

    @property
    def plain(self) -> str:
        """As it is read out."""
        if self.hit is not None:
            return f"{self.hit.title}: {''.join(part.text for part in self.hit.snippet)}"
        return self.text or "".join(part.text for part in self.parts)


HEIGHTS = {
    LineKind.HEADING: HEADING_HEIGHT,
    LineKind.TITLE: TITLE_HEIGHT,
    LineKind.HIT: HIT_HEIGHT,
    LineKind.NOTE: NOTE_HEIGHT,
}


class HitDelegate(QStyledItemDelegate):
    """Paints headings, titles, hits and notes."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self._themes.px(HEIGHTS[index.data(LINE_ROLE).kind]))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: ResultLine = index.data(LINE_ROLE)
        theme = self._themes.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect.adjusted(TEXT, 0, -SPACE, 0)
        match line.kind:
            case LineKind.HEADING:
                _write(painter, option, rect.adjusted(0, 8, 0, 0), line.text, theme.muted, SMALL, bold=True)
            case LineKind.NOTE:
                _write(painter, option, rect, line.text, theme.muted, SMALL)
            case LineKind.TITLE:
                self._paint_background(painter, option)
                paint_parts(painter, option, rect, line.parts, theme, lines=1)
            case LineKind.HIT if line.hit is not None:
                self._paint_background(painter, option)
                self._paint_hit(painter, option, rect, line.hit)
        painter.restore()

    def _paint_hit(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, hit: Hit) -> None:
        theme = self._themes.theme
        px = self._themes.px
        head = QRect(rect.left(), rect.top() + px(SPACE), rect.width(), px(18))
        when = spoken_day(hit.updated)
        small = _font(option, SMALL)
        room = QFontMetrics(small).horizontalAdvance(when) + 2
        if head.width() - room > 60:
            place = head.adjusted(head.width() - room, 0, 0, 0)
            _write(painter, option, place, when, theme.muted, SMALL, within=rect)
            head = head.adjusted(0, 0, -room - SPACE, 0)
        title = hit.title or tr("Untitled")
        _write(painter, option, head, title, theme.text, 0, bold=True, within=rect)
        below = QRect(rect.left(), head.bottom() + px(3), rect.width(), SNIPPET_LINES * px(LINE))
        parts = [Part(speaker(hit), False), *hit.snippet]
        paint_parts(painter, option, below, parts, theme, lines=SNIPPET_LINES, small=True)

    def _paint_background(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        theme = self._themes.theme
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if not selected and not option.state & QStyle.StateFlag.State_MouseOver:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.user_bubble if selected else theme.hover))
        painter.drawRoundedRect(QRectF(option.rect), RADIUS - 2, RADIUS - 2)
        if selected and option.state & QStyle.StateFlag.State_Active:
            painter.setBrush(QColor(theme.accent))
            edge = QRect(option.rect.left(), option.rect.top() + 6, 2, option.rect.height() - 12)
            painter.drawRect(QStyle.visualRect(option.direction, option.rect, edge))


def speaker(hit: Hit) -> str:
    """Whose words they are, in front of them; "" for an answer's."""
    if hit.in_thinking:
        return tr("Thinking: ")
    return tr("You: ") if hit.role is Role.USER else ""


def spoken_day(time: datetime) -> str:
    """The time of today's messages, the day of others."""
    local, now = time.astimezone(), datetime.now(UTC).astimezone()
    locale = QLocale()
    day = QDate(local.year, local.month, local.day)
    if local.date() == now.date():
        return locale.toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
    if local.year == now.year:
        return locale.toString(day, tr("d MMM"))
    return locale.toString(day, QLocale.FormatType.ShortFormat)


def paint_parts(
    painter: QPainter,
    option: QStyleOptionViewItem,
    rect: QRect,
    parts: Sequence[Part],
    theme: Theme,
    *,
    lines: int,
    small: bool = False,
) -> None:
    """Text with its hits marked, in so many lines at most; what has no room ends in an ellipsis."""
    font = _font(option, SMALL if small else 0)
    text = displayable("".join(part.text for part in parts))
    layout, last, fits = _laid_out(text, parts, font, rect.width(), lines, theme)
    if fits < _units(text):
        head = _cut(text, last)
        room = rect.width() - BOLDER
        text = head + QFontMetrics(font).elidedText(text[len(head) :], Qt.TextElideMode.ElideRight, room)
        layout, _, _ = _laid_out(text, parts, font, rect.width(), lines, theme, is_cut=True)
    height = _scaled(option, LINE if small else TITLE_HEIGHT)
    top = rect.top() if small else rect.top() + (rect.height() - QFontMetrics(font).height()) / 2
    for number in range(layout.lineCount()):
        layout.lineAt(number).setPosition(QPointF(0, number * height))
    painter.setPen(QColor(theme.muted if small else theme.text))
    layout.draw(painter, QPointF(rect.left(), top))


def _laid_out(
    text: str,
    parts: Sequence[Part],
    font: QFont,
    width: int,
    lines: int,
    theme: Theme,
    *,
    is_cut: bool = False,
) -> tuple[QTextLayout, int, int]:
    """The layout, where its last line begins, and how much of the text has room in it.

    `is_cut`: all of the rest has room in the last line, which is not to be wrapped again.
    """
    layout = QTextLayout(text, font)
    wrapping = QTextOption()
    wrapping.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    wrapping.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    layout.setTextOption(wrapping)
    layout.setFormats(_formats(parts, _units(text), theme))
    layout.beginLayout()
    last = fits = 0
    for number in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(10 * width if is_cut and number == lines - 1 else width)
        last, fits = line.textStart(), line.textStart() + line.textLength()
    layout.endLayout()
    return layout, last, fits


def _formats(parts: Sequence[Part], length: int, theme: Theme) -> list[QTextLayout.FormatRange]:
    form = QTextCharFormat()
    form.setForeground(QColor(theme.text))
    form.setBackground(QColor(theme.drafted))
    form.setFontWeight(QFont.Weight.DemiBold)
    formats = []
    at = 0
    for part in parts:
        size = _units(part.text)
        if part.is_hit and at < length:
            span = QTextLayout.FormatRange()
            span.start, span.length, span.format = at, size, form
            formats.append(span)
        at += size
    return formats


def _cut(text: str, units: int) -> str:
    """The beginning of a text, as long as Qt counts it."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")


def _units(text: str) -> int:
    """The length as Qt counts it."""
    return len(displayable(text).encode("utf-16-le")) // 2


def _scaled(option: QStyleOptionViewItem, pixels: int) -> int:
    """A measure that goes with the size of the list's text."""
    return round(pixels * option.font.pixelSize() / UI_PIXELS)


def _font(option: QStyleOptionViewItem, pixels: int, *, bold: bool = False) -> QFont:
    font = QFont(option.font)
    if pixels:
        font.setPixelSize(_scaled(option, pixels))
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def _write(
    painter: QPainter,
    option: QStyleOptionViewItem,
    rect: QRect,
    text: str,
    color: str,
    pixels: int,
    *,
    bold: bool = False,
    within: QRect | None = None,
) -> None:
    """One line of plain text, cut with an ellipsis; `within` is what right-to-left languages mirror it in."""
    font = _font(option, pixels, bold=bold)
    painter.setFont(font)
    painter.setPen(QColor(color))
    words = QFontMetrics(font).elidedText(displayable(text), Qt.TextElideMode.ElideRight, rect.width())
    place = QStyle.visualRect(option.direction, within or rect, rect)
    at = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft)
    painter.drawText(place, int(at | Qt.AlignmentFlag.AlignVCenter), words)
