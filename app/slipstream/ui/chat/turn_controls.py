"""The widgets by which turns are changed; they stand on the rows of `turn_rows`."""

import math

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent, QShowEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from slipstream.ui.chat.buttons import CopyButton, quiet_button, show_icon
from slipstream.ui.chat.composer import PlainField
from slipstream.ui.chat.control_rows import BUTTON
from slipstream.ui.chat.controls import ChatActions, RowControl, TurnControl, WordedControl
from slipstream.ui.chat.rows import Row
from slipstream.ui.chat.turn_rows import EDIT_LINES, ContinueRow, EditRow, UserFooterRow
from slipstream.ui.chat.versions import VersionSwitch

BORDER = 1  # px, of the card


class UserFooterControl(TurnControl):
    """Under a person's turn, at its right: its other versions, copy, edit, remove; an answer where there is none."""

    def __init__(self, parent: QWidget, actions: ChatActions) -> None:
        super().__init__(parent, actions)
        self._row: UserFooterRow | None = None
        self._versions = VersionSwitch(
            self,
            (self.tr("Previous version"), self.tr("Show your message as it was before")),
            (self.tr("Next version"), self.tr("Show your message as it was after that")),
            self.tr("Version {0} of {1}"),
        )
        self._versions.chosen.connect(actions.version_chosen)
        self._answer = quiet_button(self, self.tr("Answer"), self.tr("Write an answer to this message"))
        self._answer.setProperty("kind", "worded")
        self._answer.setText(self.tr("Answer"))
        self._answer.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._answer.clicked.connect(self._on_again)
        self._copy = CopyButton(self)
        self._copy.setToolTip(self.tr("Copy message"))
        self._copy.setAccessibleName(self.tr("Copy message"))
        self._copy.clicked.connect(self._on_copy)
        self._edit = quiet_button(self, self.tr("Edit message"), self.tr("Edit and send again"))
        self._edit.clicked.connect(self._on_edit)
        self._remove = quiet_button(
            self, self.tr("Remove message"), self.tr("Remove this message and what follows it")
        )
        self._remove.clicked.connect(self._on_remove)

    def show_row(self, row: Row) -> None:
        assert isinstance(row, UserFooterRow)
        if row is not self._row:
            self._copy.show_look(row.look)
        self._row, self._message_id = row, row.message_id
        look = row.look
        side = look.px(BUTTON)
        show_icon(self._edit, "edit", look)
        show_icon(self._remove, "trash", look)
        show_icon(self._answer, "regenerate", look)
        self._answer.setFont(look.words)
        right = self.width() + look.px(6)  # the icons, not their frames, stand on the bubble's edge
        for button in (self._remove, self._edit, self._copy):
            right -= side
            button.setGeometry(right, 0, side, side)
        self._answer.setVisible(row.unanswered)
        if row.unanswered:
            width = self._answer.sizeHint().width()
            right -= width + look.px(4)
            self._answer.setGeometry(right, 0, width, side)
        self._versions.show_versions(row)
        self._versions.move(right - self._versions.width(), 0)
        self.mirror()


class ContinueControl(WordedControl):
    """One button, below what says why the answer is not whole."""

    outset = 0

    def __init__(self, parent: QWidget, actions: ChatActions) -> None:
        super().__init__(parent, actions)
        self._row: ContinueRow | None = None
        self._button.setProperty("kind", "worded")
        self._button.setText(self.tr("Continue"))
        self._button.setAccessibleName(self.tr("Continue"))
        self._button.setToolTip(self.tr("Let the model go on with this answer"))
        self._button.clicked.connect(self._on_clicked)

    def show_row(self, row: Row) -> None:
        assert isinstance(row, ContinueRow)
        self._row = row
        show_icon(self._button, "play", row.look)
        self._button.setFont(row.look.words)

    @Slot()
    def _on_clicked(self) -> None:
        if self._row is not None:
            self._actions.continue_answer.emit(self._row.message_id)


class EditField(PlainField):
    """Keeps for itself the keys that mean something else to the window: Esc is no Stop here, Ctrl+Enter no Send."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if event.key() in own:
                event.accept()
                return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """It grows with what is written: what was scrolled away while it was too small comes back."""
        super().resizeEvent(event)
        if self.lines() * self.line_height() <= self.viewport().height():
            self.verticalScrollBar().setValue(0)

    def lines(self) -> float:
        """How many lines what is written takes at this width."""
        return max(1.0, self.document().size().height())  # a plain text layout counts in lines

    def line_height(self) -> int:
        return math.ceil(QFontMetricsF(self.font()).lineSpacing())  # lines stand on whole pixels


class EditControl(RowControl):
    """The field, in the turn's own place, and two buttons. Enter takes it over, Esc leaves it as it was."""

    def __init__(self, parent: QWidget, actions: ChatActions) -> None:
        super().__init__(parent, actions)
        self._row: EditRow | None = None
        card = QFrame(self)
        card.setProperty("kind", "edit")
        self._field = EditField(card)
        self._field.setFrameShape(QFrame.Shape.NoFrame)
        self._field.setTabChangesFocus(True)
        self._field.document().setDocumentMargin(0)
        self._field.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._field.send.connect(self._on_submit)
        self._field.stop.connect(self._on_cancel)
        self._field.long_paste.connect(self._on_long_paste)
        self._field.textChanged.connect(self._on_changed)
        self._field.document().documentLayout().documentSizeChanged.connect(self._on_grown)
        self._hint = QLabel()
        self._hint.setProperty("kind", "small")
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.setToolTip(self.tr("Leave it as it was (Esc)"))
        self._cancel.clicked.connect(self._on_cancel)
        self._submit = QPushButton()
        self._submit.setProperty("kind", "primary")
        self._submit.clicked.connect(self._on_submit)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._hint, 1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._submit)
        self._inside = QVBoxLayout(card)
        self._inside.setContentsMargins(15, 11, 11, 11)
        self._inside.setSpacing(8)
        self._inside.addWidget(self._field)
        self._inside.addLayout(buttons)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)

    def focus_chain(self) -> list[QWidget]:
        return [self._field, self._cancel, self._submit]

    def begin(self) -> None:
        """Take the keyboard."""
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.moveCursor(QTextCursor.MoveOperation.End)

    def show_row(self, row: Row) -> None:
        assert isinstance(row, EditRow)
        self._field.setFont(row.look.body)
        if row is not self._row:
            self._row = row
            self._field.setAccessibleName(
                self.tr("Edit the answer") if row.is_answer else self.tr("Edit your message")
            )
            self._submit.setText(self.tr("Save") if row.is_answer else self.tr("Send"))
            self._submit.setToolTip(
                self.tr("Keep it as another version (Enter)")
                if row.is_answer
                else self.tr("Send it as another version (Enter)")
            )
            self._hint.setText(self.tr("The version before is kept."))
            self._field.setPlainText(row.text)
        self._on_grown()

    @Slot()
    def _on_changed(self) -> None:
        if self._row is not None:
            self._row.submitted = self._row.submitted and self._row.text == self._field.toPlainText()
            self._row.text = self._field.toPlainText()
            self._submit.setEnabled(bool(self._row.text.strip()))

    @Slot()
    def _on_grown(self) -> None:
        """As high as what is written, up to EDIT_LINES lines. Known once the field has its width."""
        if self._row is None or not self.isVisible():
            return
        lines = self._field.lines()
        height = round(min(lines, EDIT_LINES) * self._field.line_height()) + 4
        self._field.setFixedHeight(height)
        policy = Qt.ScrollBarPolicy
        wanted = policy.ScrollBarAsNeeded if lines > EDIT_LINES else policy.ScrollBarAlwaysOff
        self._field.setVerticalScrollBarPolicy(wanted)
        margins = self._inside.contentsMargins()
        rest = margins.top() + margins.bottom() + self._inside.spacing() + self._submit.sizeHint().height()
        if self._row.tell_height(height + rest + 2 * BORDER):
            self._actions.edit_resized.emit(self._row.message_id)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._on_grown()

    @Slot()
    def _on_submit(self) -> None:
        if self._row is not None and self._row.text.strip():
            self._actions.edit_submitted.emit(self._row.message_id, self._row.text)

    @Slot()
    def _on_cancel(self) -> None:
        if self._row is not None:
            self._actions.edit_cancelled.emit(self._row.message_id)

    @Slot(str)
    def _on_long_paste(self, text: str) -> None:
        """Too long for a field that is laid out at every key."""
        if self._row is not None:
            cursor, units = self._field.textCursor(), self._row.text.encode("utf-16-le")  # as Qt counts
            start, end = 2 * cursor.selectionStart(), 2 * cursor.selectionEnd()
            whole = units[:start].decode("utf-16-le") + text + units[end:].decode("utf-16-le")
            self._actions.edit_long.emit(self._row.message_id, whole)


TURN_CONTROLS: dict[str, type[RowControl]] = {
    "user_footer": UserFooterControl,
    "continue": ContinueControl,
    "edit": EditControl,
}
