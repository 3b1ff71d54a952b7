"""The field a person writes in, with Send, which becomes Stop while an answer is written.

Text only. A very long one is kept beside the field as a chip (`pasted.py`): laying it out in the field
would freeze the window at every key.
"""

import math

from PySide6.QtCore import QMimeData, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from slipstream.bridge.attachments import Attachment
from slipstream.ui.chat.composer_foot import ComposerFoot
from slipstream.ui.chat.inline import displayable
from slipstream.ui.chat.look import BODY_PIXELS, COLUMN, MARGIN
from slipstream.ui.chat.pasted import PastedTexts
from slipstream.ui.icons import icon
from slipstream.ui.theme import Theme, ThemeManager

LINES = 8  # the field grows to this many
SIDE, ICON = 34, 18  # px of the round button, and of what is drawn on it
LONG_PASTE = 20_000  # characters


class PlainField(QPlainTextEdit):
    """A plain text field. Signals: `send()` on Enter, `stop()` on Esc, `long_paste(text)`."""

    send = Signal()
    stop = Signal()
    long_paste = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        breaks = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier
        if enter and event.modifiers() & breaks:
            self.textCursor().insertBlock()
            self.ensureCursorVisible()
        elif enter:
            self.send.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.stop.emit()
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text; a file that is dropped here is the window's to take."""
        return source.hasText() and not any(url.isLocalFile() for url in source.urls())

    def insertFromMimeData(self, source: QMimeData) -> None:
        if not self.canInsertFromMimeData(source):
            return
        text = displayable(source.text())
        if len(text) > LONG_PASTE:
            self.long_paste.emit(text)
            return
        self.textCursor().insertText(text)
        self.ensureCursorVisible()


class Composer(QWidget):
    """Signals: `submitted(text)`; `stop_requested()`; `escaped()`, on Esc with nothing to stop; `typed(text)`,
    whatever is written now.

    Enter always submits, so that whoever takes the text can say why it is not sent. The field is empty by
    then, unless `can_submit` already knew better: then the text stays as it is.
    """

    submitted = Signal(str)
    stop_requested = Signal()
    escaped = Signal()
    typed = Signal(str)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._busy = False
        self._reason = ""
        self._zoom = 1.0

        self._card = QFrame(self)
        self._card.setProperty("kind", "composer")
        self._field = PlainField(self._card)
        self._field.setFrameShape(QFrame.Shape.NoFrame)
        self._field.setTabChangesFocus(True)
        self._field.setAccessibleName(self.tr("Message"))
        self._field.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._field.document().setDocumentMargin(0)
        self._field.send.connect(self.submit)
        self._field.stop.connect(self._on_escape)
        self._field.long_paste.connect(self._on_long_paste)
        self._field.textChanged.connect(self._on_changed)
        self._field.document().documentLayout().documentSizeChanged.connect(self._on_grown)

        self._button = QToolButton(self._card)
        self._button.setProperty("kind", "send")
        self._button.setFixedSize(themes.px(SIDE), themes.px(SIDE))
        self._button.setIconSize(QSize(themes.px(ICON), themes.px(ICON)))
        self._button.clicked.connect(self._on_button)

        self.pasted = PastedTexts(themes, self._card)
        self.pasted.changed.connect(self._on_changed)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._field, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignBottom)
        inside = QVBoxLayout(self._card)
        rtl = self.isRightToLeft()
        inside.setContentsMargins(8 if rtl else 16, 8, 16 if rtl else 8, 8)
        inside.setSpacing(6)
        inside.addWidget(self.pasted)
        inside.addLayout(row)
        self.foot = ComposerFoot(themes, self._card)
        inside.addWidget(self.foot)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(MARGIN, 4, MARGIN, 12)
        self._outer.addWidget(self._card)
        self.setFocusProxy(self._field)
        self._on_theme(themes.theme)
        themes.changed.connect(self._on_theme)
        self._align()

    def set_zoom(self, zoom: float) -> None:
        """Write in letters as large as those of the conversation, and as wide as it is."""
        if zoom == self._zoom:
            return
        self._zoom = zoom
        self._set_font()
        self._align()

    def _set_font(self) -> None:
        font = QFont(self._field.font())
        font.setPixelSize(round(BODY_PIXELS * self._zoom * self._themes.text_scale))
        self._field.setFont(font)
        self._field.viewport().setFont(font)  # the placeholder is written in it
        self._on_grown()

    def set_busy(self, busy: bool) -> None:
        """While busy, Send is Stop."""
        self._busy = busy
        self._refresh()

    def set_enabled_reason(self, reason: str) -> None:
        """Why nothing can be sent, shown in the empty field; "" when it can. Writing goes on."""
        self._reason = reason
        self._refresh()

    def text(self) -> str:
        """What is written, long pastes included."""
        return "\n\n".join(part for part in (self._field.toPlainText(), *self.pasted.texts) if part)

    def set_text(self, text: str) -> None:
        """Replace what is written."""
        long = len(text) > LONG_PASTE
        self._field.setPlainText("" if long else displayable(text))
        self._field.moveCursor(QTextCursor.MoveOperation.End)
        self.pasted.set_texts([displayable(text)] if long else [])

    def can_submit(self) -> bool:
        return not self._busy and not self._reason and bool(self.text().strip())

    @Slot()
    def submit(self) -> None:
        """What Enter does."""
        text = self.text()
        if self.can_submit():
            self.set_text("")
        self.submitted.emit(text)

    # Inside

    @Slot()
    def _on_button(self) -> None:
        if self._busy:
            self.stop_requested.emit()
        else:
            self.submit()

    @Slot()
    def _on_escape(self) -> None:
        (self.stop_requested if self._busy else self.escaped).emit()

    @Slot(str)
    def _on_long_paste(self, text: str) -> None:
        self.pasted.add(Attachment(text))

    def attach(self, item: Attachment) -> None:
        """Send a file's text with the message."""
        self.pasted.add(Attachment(displayable(item.text), displayable(item.name), item.size))

    @Slot()
    def _on_changed(self) -> None:
        self._refresh()
        self.typed.emit(self.text())

    @Slot()
    def _on_grown(self) -> None:
        """As high as what is written, up to LINES lines; fewer where they are large."""
        most = max(3, round(LINES / max(1.0, self._zoom * self._themes.text_scale)))
        line = math.ceil(QFontMetricsF(self._field.font()).lineSpacing())  # lines stand on whole pixels
        lines = max(1.0, self._field.document().size().height())  # a plain text layout counts in lines
        height = round(min(lines, most) * line) + 4
        if height != self._field.height():
            self._field.setFixedHeight(height)
        wanted = (
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines > most else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self._field.setVerticalScrollBarPolicy(wanted)

    def _refresh(self) -> None:
        theme = self._themes.theme
        name = "stop" if self._busy else "send"
        ready = self._busy or self.can_submit()
        words = self.tr("Stop") if self._busy else self.tr("Send")
        side = self._themes.px(ICON)
        self._button.setIcon(icon(name, theme.on_accent, side, disabled=theme.muted))
        self._button.setEnabled(ready)
        self._button.setToolTip(self.tr("Stop (Esc)") if self._busy else self.tr("Send (Enter)"))
        self._button.setAccessibleName(words)
        self._field.setPlaceholderText(self._reason or self.tr("Write a message"))
        self._field.viewport().update()  # Qt repaints only where a placeholder comes or goes, not where it changes

    @Slot(object)
    def _on_theme(self, _theme: Theme) -> None:
        self._set_font()  # a new style sheet puts back the font that was there before the first
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As wide as the conversation's column."""
        super().resizeEvent(event)
        self._align()

    def _align(self) -> None:
        column = round(COLUMN * self._zoom * self._themes.text_scale)
        side = max(MARGIN - 16, (self.width() - column - 32) // 2)
        margins = self._outer.contentsMargins()
        self._outer.setContentsMargins(side, margins.top(), side, margins.bottom())
