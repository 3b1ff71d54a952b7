"""The drawings of the explanation: painted in the type and colours of the page they stand on.

Each is as wide as its row; heights are given at zoom 1.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from slipstream.ui.chat.look import Look

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
PATTERN = (3, 2, 4, 1, 3)  # tokens a chunk, as they may come
PLAIN_TOKENS = 16  # in the time that the drawing shows
DRAFTS = 4


def tr(text: str) -> str:
    return QCoreApplication.translate("Drawings", text)


class _Pen:
    """A painter with the page's type."""

    def __init__(self, painter: QPainter, look: Look) -> None:
        self.painter, self.look = painter, look
        self.font = QFont(look.small)
        self.font.setPixelSize(look.px(12))
        self.metrics = QFontMetricsF(self.font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font)

    def words(self, rect: QRectF, text: str, colour: str, align: Qt.AlignmentFlag = LEFT) -> None:
        """One line, cut where there is no room."""
        self.painter.setPen(QColor(colour))
        shown = self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        self.painter.drawText(rect, int(align), shown)

    def block(self, rect: QRectF, fill: str, words: str = "", on: str = "") -> None:
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(fill))
        self.painter.drawRoundedRect(rect, self.look.px(4), self.look.px(4))
        if words:
            self.words(rect.adjusted(4, 0, -4, 0), words, on, CENTRE)

    def frame(self, rect: QRectF, colour: str, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> None:
        self.painter.setPen(QPen(QColor(colour), 1.5, style))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), self.look.px(4), self.look.px(4))


def one_step(painter: QPainter, width: float, look: Look) -> None:
    """Lanes over time: drafting one after the other, one pass that verifies all, and what becomes of the tokens."""
    pen, theme = _Pen(painter, look), look.theme
    lane, gap = look.px(30), look.px(10)
    names = (tr("Draft model"), tr("Model"), tr("Tokens"))
    left = max(pen.metrics.horizontalAdvance(name) for name in names) + look.px(16)
    room = width - left
    tops = [number * (lane + gap) for number in range(3)]
    for name, top in zip(names, tops, strict=True):
        pen.words(QRectF(0, top, left, lane), name, theme.muted)
    each = room * 0.11
    for number in range(DRAFTS):
        rect = QRectF(left + number * each, tops[0], each - look.px(3), lane)
        pen.block(rect, theme.plots[0], str(number + 1), theme.on_accent)
    drafted = left + DRAFTS * each
    verify = QRectF(drafted, tops[1], room * 0.34, lane)
    pen.block(verify, theme.plots[3], tr("verifies all four at once"), theme.surface)
    pen.words(
        QRectF(verify.right() + look.px(8), tops[1], width - verify.right() - look.px(8), lane),
        tr("one pass"),
        theme.muted,
    )
    begin = verify.right() - 2.0 * each
    _tokens(pen, QRectF(min(begin, width - 5 * each), tops[2], each, lane), look.px(3))
    painter.setPen(QPen(QColor(theme.border), 1))
    base = tops[2] + lane + look.px(10)
    painter.drawLine(QPointF(left, base), QPointF(width, base))
    pen.words(QRectF(left, base + 2, room, look.px(18)), tr("time →"), theme.muted)
    summary = tr("2 kept + 1 of the model's own = 3 tokens from one pass")
    pen.words(
        QRectF(left, base + 2, room, look.px(18)),
        summary,
        theme.text,
        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    )


def _tokens(pen: _Pen, first: QRectF, between: float) -> None:
    """Two kept, one refused with the model's own in its place, one dropped."""
    theme = pen.look.theme
    states = (tr("kept"), tr("kept"), tr("refused"), tr("own"), tr("dropped"))
    for number, words in enumerate(states):
        rect = QRectF(
            first.left() + number * first.width(), first.top(), first.width() - between, first.height()
        )
        match number:
            case 0 | 1:
                pen.block(rect, theme.plots[0], words, theme.on_accent)
            case 3:
                pen.frame(rect, theme.plots[1])
                pen.words(rect.adjusted(4, 0, -4, 0), words, theme.text, CENTRE)
            case _:
                pen.frame(rect, theme.muted, Qt.PenStyle.DashLine)
                pen.words(rect.adjusted(4, 0, -4, 0), words, theme.muted, CENTRE)


def gaps(painter: QPainter, width: float, look: Look) -> None:
    """The same time twice: tokens one by one, and tokens in chunks."""
    pen, theme = _Pen(painter, look), look.theme
    names = (tr("Without drafting"), tr("With drafting"))
    left = max(pen.metrics.horizontalAdvance(name) for name in names) + look.px(16)
    dot, lane = look.px(8), look.px(46)
    pitch = (width - left - dot) / PLAIN_TOKENS
    for number in range(PLAIN_TOKENS):
        _dot(pen, left + number * pitch, lane / 2, dot, theme.plots[3])
    pen.words(QRectF(0, 0, left, lane), names[0], theme.muted)
    pen.words(QRectF(0, lane, left, lane), names[1], theme.muted)
    x, count = left, 0
    painter.setPen(QPen(QColor(theme.border), 1))
    for tokens in (*PATTERN, *PATTERN):
        if x > width - dot:
            break
        for number in range(tokens):
            _dot(pen, x, lane * 1.5 + (number - (tokens - 1) / 2) * (dot + 2), dot, theme.plots[0])
        count += tokens
        x += 1.7 * pitch
    foot = QRectF(left, 2 * lane, width - left, look.px(20))
    words = tr(
        "In the same time: {plain} tokens one by one, or {count} in chunks, each gap 1.7 times as long"
    )
    pen.words(foot, words.format(plain=PLAIN_TOKENS, count=count), theme.text)


def _dot(pen: _Pen, left: float, middle: float, size: float, colour: str) -> None:
    pen.painter.setPen(Qt.PenStyle.NoPen)
    pen.painter.setBrush(QColor(colour))
    pen.painter.drawEllipse(QRectF(left, middle - size / 2, size, size))


Paint = Callable[[QPainter, float, Look], None]
DRAWINGS: dict[str, tuple[int, Paint]] = {"one-step": (160, one_step), "gaps": (120, gaps)}  # height, px
