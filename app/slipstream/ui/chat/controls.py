"""The real widgets of the conversation: they exist only for rows in sight, and are used again for others.

Each is told by `show_row` what it stands on; what is clicked goes out through one `ChatActions`.
"""

from PySide6.QtCore import QObject, QRect, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from slipstream.ui.chat.buttons import CopyButton, quiet_button, show_icon
from slipstream.ui.chat.coderow import CodeRow
from slipstream.ui.chat.control_rows import BUTTON, FoldRow, FooterRow, ThinkRow
from slipstream.ui.chat.figures import FigureStrip
from slipstream.ui.chat.rows import Row
from slipstream.ui.chat.versions import VersionSwitch
from slipstream.ui.numbers import grouped


class ChatActions(QObject):
    """What a person asked for: `copy_text(text, what)`, and things by message id; `edit_submitted(id, text)`,
    `edit_resized(id)`, the field has grown, `edit_long(id, text)`, it is too small for this text.
    """

    copy_text = Signal(str, str)
    copy_message = Signal(str)
    regenerate = Signal(str)
    version_chosen = Signal(str)
    thinking_toggled = Signal(str)
    fold_toggled = Signal(str)
    answer_now = Signal(str)
    continue_answer = Signal(str)
    edit = Signal(str)
    edit_submitted = Signal(str, str)
    edit_cancelled = Signal(str)
    edit_resized = Signal(str)
    edit_long = Signal(str, str)
    remove = Signal(str)
    figures = Signal(str)
    export_statistics = Signal(str)
    compare = Signal(str)


class RowControl(QWidget):
    """Base of the widgets that stand on rows."""

    outset = 0  # px it stands out at the leading side, so that a button's icon is on the edge of the text

    def __init__(self, parent: QWidget, actions: ChatActions) -> None:
        super().__init__(parent)
        self._actions = actions
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def show_row(self, row: Row) -> None:
        raise NotImplementedError

    def focus_chain(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        return [child for child in self.findChildren(QToolButton) if child.focusPolicy()]

    def stand_on(self, rect: QRect) -> bool:
        """Take this place on the canvas; whether the size is another than before."""
        rtl = self.isRightToLeft()
        wanted = rect.adjusted(0, 0, self.outset, 0) if rtl else rect.adjusted(-self.outset, 0, 0, 0)
        resized = wanted.size() != self.size()
        if wanted != self.geometry():
            self.setGeometry(wanted)
        return resized

    def mirror(self) -> None:
        """Where the layout runs from right to left, put everything that was placed by hand on the other side."""
        if self.isRightToLeft():
            for child in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
                child.move(self.width() - child.x() - child.width(), child.y())


class WordedControl(RowControl):
    """One button with an icon and words, at the row's left."""

    outset = 8

    def __init__(self, parent: QWidget, actions: ChatActions) -> None:
        super().__init__(parent, actions)
        self._button = quiet_button(self)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._button)
        layout.addStretch()


class ThinkControl(WordedControl):
    """Folds and unfolds the thinking; its text is the live summary. While it goes on, a button ends it."""

    def __init__(self, parent: QWidget, actions: ChatActions) -> None:
        super().__init__(parent, actions)
        self._row: ThinkRow | None = None
        self._button.clicked.connect(self._on_clicked)
        self._now = quiet_button(self, self.tr("Answer now"), self.tr("Stop thinking and answer"))
        self._now.setProperty("kind", "worded")
        self._now.setText(self.tr("Answer now"))
        self._now.clicked.connect(self._on_now)

    def show_row(self, row: Row) -> None:
        assert isinstance(row, ThinkRow)
        self._row = row
        folded = "chevron-left" if self.isRightToLeft() else "chevron-right"
        show_icon(self._button, "chevron-down" if row.unfolded else folded, row.look)
        self._button.setProperty("kind", "think")
        self._button.setFont(row.look.words)
        self._now.setFont(row.look.words)
        self._button.setAccessibleName(row.summary)
        words = self.tr("Hide the thinking") if row.unfolded else self.tr("Show the thinking")
        self._button.setToolTip(words)
        self._button.setAccessibleDescription(words)
        self._lay_out(row)

    def _lay_out(self, row: ThinkRow) -> None:
        """The summary, and at the column's end the button: both in fewer words where there is no room for all."""
        had_focus = self._now.hasFocus()
        self._now.setVisible(row.live)
        self._now.setEnabled(not row.closing)
        if had_focus and not row.live:
            self._button.setFocus()
        show_icon(self._now, "skip", row.look)
        styles = Qt.ToolButtonStyle
        for words, style in (
            (row.summary, styles.ToolButtonTextBesideIcon),
            (row.summary, styles.ToolButtonIconOnly),
            (row.short, styles.ToolButtonIconOnly),
        ):
            self._button.setText(words)
            self._now.setToolButtonStyle(style)
            needed = self._now.sizeHint().width() + row.look.px(8) if row.live else 0
            if self._button.sizeHint().width() + needed <= self.width():
                break
        width = self._now.sizeHint().width()
        self._now.setGeometry(0 if self.isRightToLeft() else self.width() - width, 0, width, self.height())

    @Slot()
    def _on_clicked(self) -> None:
        if self._row is not None:
            self._actions.thinking_toggled.emit(self._row.answer_id)

    @Slot()
    def _on_now(self) -> None:
        if self._row is not None:
            self._actions.answer_now.emit(self._row.answer_id)


class FoldControl(WordedControl):
    """Shows all of a long text, or its start."""

    def __init__(self, parent: QWidget, actions: ChatActions) -> None:
        super().__init__(parent, actions)
        self._row: FoldRow | None = None
        self._button.clicked.connect(self._on_clicked)

    def show_row(self, row: Row) -> None:
        assert isinstance(row, FoldRow)
        self._row = row
        show_icon(self._button, "chevron-up" if row.unfolded else "chevron-down", row.look)
        self._button.setFont(row.look.words)
        words = self.tr("Show less") if row.unfolded else self.tr("Show all, {n} more characters")
        self._button.setText(words.format(n=grouped(row.hidden)))

    @Slot()
    def _on_clicked(self) -> None:
        if self._row is not None:
            self._actions.fold_toggled.emit(self._row.message_id)


class CodeControl(RowControl):
    """The head of a code block: its language, and a button that copies it."""

    def __init__(self, parent: QWidget, actions: ChatActions) -> None:
        super().__init__(parent, actions)
        self._row: CodeRow | None = None
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as code is read
        self._language = QLabel(self)
        self._language.setTextFormat(Qt.TextFormat.PlainText)
        self._language.setProperty("kind", "muted")
        self._copy = CopyButton(self)
        self._copy.setToolTip(self.tr("Copy code"))
        self._copy.setAccessibleName(self.tr("Copy code"))
        self._copy.clicked.connect(self._on_copy)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 3, 5, 0)
        layout.addWidget(self._language)
        layout.addStretch()
        layout.addWidget(self._copy)

    def show_row(self, row: Row) -> None:
        assert isinstance(row, CodeRow)
        if row is not self._row:
            self._copy.show_look(row.look)
        self._row = row
        self._language.setFont(row.look.small)
        self._language.setText(row.language)

    @Slot()
    def _on_copy(self) -> None:
        if self._row is not None:
            self._actions.copy_text.emit(self._row.leaf.text, self.tr("Code copied"))


class TurnControl(RowControl):
    """Base of what stands below a turn: what is clicked goes out with the turn's id."""

    def __init__(self, parent: QWidget, actions: ChatActions) -> None:
        super().__init__(parent, actions)
        self._message_id = ""

    @Slot()
    def _on_copy(self) -> None:
        self._actions.copy_message.emit(self._message_id)

    @Slot()
    def _on_again(self) -> None:
        self._actions.regenerate.emit(self._message_id)

    @Slot()
    def _on_edit(self) -> None:
        self._actions.edit.emit(self._message_id)

    @Slot()
    def _on_remove(self) -> None:
        self._actions.remove.emit(self._message_id)

    @Slot()
    def _on_compare(self) -> None:
        self._actions.compare.emit(self._message_id)


class FooterControl(TurnControl):
    """What can be done with an answer, the way to its other versions, and the figures of the run."""

    def __init__(self, parent: QWidget, actions: ChatActions) -> None:
        super().__init__(parent, actions)
        self._row: FooterRow | None = None
        self._copy = CopyButton(self)
        self._copy.setToolTip(self.tr("Copy answer"))
        self._copy.setAccessibleName(self.tr("Copy answer"))
        self._copy.clicked.connect(self._on_copy)
        self._again = quiet_button(self, self.tr("Regenerate"), self.tr("Write another answer"))
        self._again.clicked.connect(self._on_again)
        self._compare = quiet_button(
            self, self.tr("Compare ways to draft"), self.tr("Compare ways to draft on this prompt")
        )
        self._compare.clicked.connect(self._on_compare)
        self._edit = quiet_button(self, self.tr("Edit answer"))
        self._edit.clicked.connect(self._on_edit)
        self._remove = quiet_button(
            self, self.tr("Remove answer"), self.tr("Remove this answer and what follows it")
        )
        self._remove.clicked.connect(self._on_remove)
        self._versions = VersionSwitch(
            self,
            (self.tr("Previous answer"), self.tr("Show the answer before this one")),
            (self.tr("Next answer"), self.tr("Show the answer after this one")),
            self.tr("Answer {0} of {1}"),
        )
        self._versions.chosen.connect(actions.version_chosen)
        self._figures = FigureStrip(self)
        self._figures.clicked.connect(self._on_figures)
        self._figures.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_row(self, row: Row) -> None:
        assert isinstance(row, FooterRow)
        if row is not self._row:
            self._copy.show_look(row.look)
        self._row, self._message_id = row, row.message_id
        side = row.look.px(BUTTON)
        show_icon(self._again, "regenerate", row.look)
        show_icon(self._compare, "compare", row.look)
        show_icon(self._edit, "edit", row.look)
        show_icon(self._remove, "trash", row.look)
        # The icons, not their frames, stand on the column's edge.
        left = -row.look.px(6)
        for button in (self._copy, self._again, self._compare, self._edit, self._remove):
            button.setGeometry(left, 0, side, side)
            left += side
        self._versions.show_versions(row)
        self._versions.move(left, 0)
        self._figures.show_figures(row.strip, row.look, side)
        left = row.figures_left
        top = 0 if left else side
        self._figures.setGeometry(left, top, max(0, self.width() - left), self.height() - top)
        self.mirror()

    def focus_chain(self) -> list[QWidget]:
        return [*super().focus_chain(), *([self._figures] if self._figures.focusPolicy() else [])]

    @Slot()
    def _on_figures(self) -> None:
        self._actions.figures.emit(self._message_id)


CONTROLS: dict[str, type[RowControl]] = {
    "think": ThinkControl,
    "fold": FoldControl,
    "code": CodeControl,
    "footer": FooterControl,
}
