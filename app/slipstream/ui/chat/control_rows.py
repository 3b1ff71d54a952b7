"""Rows that are more than text: the lines around an answer, some of them real widgets while in sight."""

import math

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCursor, QTextDocument

from slipstream.core.events import Origin
from slipstream.ui.chat.documents import block_format
from slipstream.ui.chat.figures import figures_height
from slipstream.ui.chat.inline import displayable
from slipstream.ui.chat.look import Look
from slipstream.ui.chat.messages import StripText
from slipstream.ui.chat.rows import ControlRow, DocumentRow, Row, Stretch
from slipstream.ui.chat.tokenrows import origin_format
from slipstream.ui.icons import pixmap

BUTTON = 28  # px, side of a small button
ACTIONS = 5 * BUTTON + 8
VERSIONS = 110  # px, "‹ 1 / 2 ›" beside them
FIGURES = 180  # px, the least they stand beside the buttons with


class ThinkRow(ControlRow):
    """The line that folds and unfolds the thinking."""

    def __init__(self, look: Look, answer_id: str) -> None:
        super().__init__(look, "think", look.px(BUTTON))
        self.answer_id = answer_id
        self.summary = ""
        self.short = ""  # the same where there is little room
        self.unfolded = False
        self.live = False
        self.closing = False  # a person asked for the answer


class FoldRow(ControlRow):
    """Show the rest of a long text, or hide it again."""

    def __init__(self, look: Look, message_id: str, *, unfolded: bool, hidden: int) -> None:
        super().__init__(look, "fold", look.px(BUTTON))
        self.message_id = message_id
        self.unfolded = unfolded
        self.hidden = hidden  # characters not shown


class VersionedRow(ControlRow):
    """What stands under a turn that may have other versions."""

    def __init__(self, look: Look, kind: str, message_id: str, versions: tuple[str, ...]) -> None:
        super().__init__(look, kind, look.px(BUTTON))
        self.message_id = message_id
        self.versions = versions if len(versions) > 1 and message_id in versions else ()

    def version_beside(self, step: int) -> str | None:
        """The version before (-1) or after (1) this one."""
        place = self.versions.index(self.message_id) + step
        return self.versions[place] if 0 <= place < len(self.versions) else None


class FooterRow(VersionedRow):
    """What can be done with an answer, the way to the other versions, and the run's figures."""

    def __init__(
        self, look: Look, answer_id: str, strip: StripText | None, versions: tuple[str, ...] = ()
    ) -> None:
        super().__init__(look, "footer", answer_id, versions)
        self.strip = strip

    @property
    def actions_width(self) -> int:
        """What the buttons take, px."""
        return self.look.px(ACTIONS + (VERSIONS if self.versions else 0))

    @property
    def figures_left(self) -> int:
        """Where the figures begin: beside the buttons, or (0) below them where these leave too little room."""
        beside = self.actions_width
        return beside if self.width - beside >= self.look.px(FIGURES) else 0

    def lay_out(self, width: int) -> None:
        super().lay_out(width)
        line = self.look.px(BUTTON)
        self.height = line
        if self.strip is not None:
            left = self.figures_left
            figures = figures_height(self.strip, self.look.small, width - left, line)
            self.height = max(line, figures) if left else line + figures


class ProgressRow(Row):
    """What is going on while nothing streams yet, with three dots that breathe."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.words = ""
        self.beat = 0
        self.height = round(look.line)

    def restyle(self, look: Look) -> None:
        super().restyle(look)
        self.height = round(look.line)

    def paint(self, painter: QPainter, _clip: QRectF, _selection: Stretch | None) -> None:
        look = self.look
        size = look.px(6)
        painter.setPen(Qt.PenStyle.NoPen)
        for dot in range(3):
            colour = QColor(look.theme.accent)
            colour.setAlphaF(1.0 if self.beat % 3 == dot else 0.35)
            painter.setBrush(colour)
            painter.drawEllipse(QRectF(dot * size * 1.8, (self.height - size) / 2, size, size))
        if self.words:
            font = QFont(look.small)
            font.setPixelSize(look.px(13))
            metrics = QFontMetricsF(font)
            painter.setFont(font)
            painter.setPen(QColor(look.theme.muted))
            baseline = (self.height + metrics.ascent() - metrics.descent()) / 2
            left = size * 5.4 + look.px(10)
            words = metrics.elidedText(self.words, Qt.TextElideMode.ElideRight, self.width - left)
            painter.drawText(QPointF(left, baseline), words)


class NoticeRow(DocumentRow):
    """Why an answer is not whole."""

    def __init__(self, look: Look, words: str) -> None:
        super().__init__(look)
        self.words = words

    def _fill(self, document: QTextDocument) -> None:
        font = QFont(self.look.small)
        font.setPixelSize(self.look.px(13))
        document.setDefaultFont(font)
        cursor = QTextCursor(document)
        cursor.setBlockFormat(block_format(self.look.px(20)))
        form = cursor.charFormat()
        form.setFont(font)
        form.setForeground(QColor(self.look.theme.warning))
        cursor.insertText(displayable(self.words), form)

    def origin(self) -> QPointF:
        return QPointF(self.look.px(24), 0)

    def paint(self, painter: QPainter, clip: QRectF, selection: Stretch | None) -> None:
        side = self.look.px(16)
        ratio = painter.device().devicePixelRatioF()
        picture = pixmap("warning", self.look.theme.warning, side, ratio)
        painter.drawPixmap(QRect(0, self.look.px(2), side, side), picture)
        super().paint(painter, clip, selection)


class LegendRow(DocumentRow):
    """What the marks of the show-tokens mode mean, shown in those marks."""

    def _fill(self, document: QTextDocument) -> None:
        names = {
            Origin.ACCEPTED: QCoreApplication.translate("Chat", "drafted and accepted"),
            Origin.RECOVERED: QCoreApplication.translate("Chat", "recovered: the draft was wrong here"),
            Origin.BONUS: QCoreApplication.translate("Chat", "bonus: after a draft kept whole"),
            Origin.PLAIN: QCoreApplication.translate("Chat", "unmarked: no draft"),
        }
        font = QFont(self.look.small)
        document.setDefaultFont(font)
        cursor = QTextCursor(document)
        cursor.setBlockFormat(block_format(self.look.px(20)))
        plain = cursor.charFormat()
        plain.setFont(font)
        for number, (origin, name) in enumerate(names.items()):
            if number:
                cursor.insertText("     ", plain)
            form = origin_format(self.look, origin, font)
            if origin is not Origin.ACCEPTED:
                form.setForeground(QColor(self.look.theme.muted))
            cursor.insertText(name.replace(" ", "\u00a0"), form)

    def _measure(self, document: QTextDocument) -> int:
        return math.ceil(document.size().height()) + self.look.px(2)

    @property
    def length(self) -> int:
        """It is no part of the answer: neither found nor copied."""
        return 0

    def hit(self, _point: QPointF) -> int:
        return 0

    def searchable(self) -> str:
        return ""
