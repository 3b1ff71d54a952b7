"""The real widgets of the conversation: they exist only for rows in sight, and are used again for others.

Each is told by `show_row` what it stands on; what is clicked goes out through one `ChatActions`.
"""

from PySide6.QtCore import QObject, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from slipstream.ui.chat.coderow import CodeRow
from slipstream.ui.chat.control_rows import BUTTON, VERSIONS, FoldRow, FooterRow, ThinkRow
from slipstream.ui.chat.figures import FigureStrip
from slipstream.ui.chat.look import Look
from slipstream.ui.chat.rows import Row
from slipstream.ui.icons import icon

COPIED_MS = 1600


class ChatActions(QObject):
    """What a person asked for: `copy_text(text, what)`, and things by message id."""

    copy_text = Signal(str, str)
    copy_message = Signal(str)
    regenerate = Signal(str)
    version_chosen = Signal(str)
    thinking_toggled = Signal(str)
    fold_toggled = Signal(str)


class RowControl(QWidget):
    """Base of the widgets that stand on rows."""

    outset = 0  # px it stands out to the left, so that a button's icon is on the edge of the text

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
        wanted = rect.adjusted(-self.outset, 0, 0, 0)
        resized = wanted.size() != self.size()
        if wanted != self.geometry():
            self.setGeometry(wanted)
        return resized


def _button(parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setProperty("kind", "quiet")
    return button


def _show_icon(button: QToolButton, name: str, look: Look, colour: str = "") -> None:
    side = look.px(16)
    button.setIconSize(QSize(side, side))
    button.setIcon(icon(name, colour or look.theme.muted, side, disabled=look.theme.border))


class CopyButton(QToolButton):
    """Copies on click, and says so for a moment."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("kind", "quiet")
        self._look: Look | None = None
        self._done = QTimer(self)
        self._done.setSingleShot(True)
        self._done.setInterval(COPIED_MS)
        self._done.timeout.connect(self._on_over)
        self.clicked.connect(self._on_clicked)

    def show_look(self, look: Look) -> None:
        self._look = look
        self._done.stop()
        self._on_over()

    @Slot()
    def _on_clicked(self) -> None:
        if self._look is not None:
            _show_icon(self, "check", self._look, self._look.theme.good)
            self._done.start()

    @Slot()
    def _on_over(self) -> None:
        if self._look is not None:
            _show_icon(self, "copy", self._look)


class WordedControl(RowControl):
    """One button with an icon and words, at the row's left."""

    outset = 8

    def __init__(self, parent: QWidget, actions: ChatActions) -> None:
        super().__init__(parent, actions)
        self._button = _button(self)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._button)
        layout.addStretch()


class ThinkControl(WordedControl):
    """Folds and unfolds the thinking; its text is the live summary."""

    def __init__(self, parent: QWidget, actions: ChatActions) -> None:
        super().__init__(parent, actions)
        self._row: ThinkRow | None = None
        self._button.clicked.connect(self._on_clicked)

    def show_row(self, row: Row) -> None:
        assert isinstance(row, ThinkRow)
        self._row = row
        _show_icon(self._button, "chevron-down" if row.unfolded else "chevron-right", row.look)
        self._button.setProperty("kind", "think")
        self._button.setText(row.summary)
        self._button.setAccessibleName(row.summary)
        words = self.tr("Hide the thinking") if row.unfolded else self.tr("Show the thinking")
        self._button.setToolTip(words)
        self._button.setAccessibleDescription(words)

    @Slot()
    def _on_clicked(self) -> None:
        if self._row is not None:
            self._actions.thinking_toggled.emit(self._row.answer_id)


class FoldControl(WordedControl):
    """Shows all of a long text, or its start."""

    def __init__(self, parent: QWidget, actions: ChatActions) -> None:
        super().__init__(parent, actions)
        self._row: FoldRow | None = None
        self._button.clicked.connect(self._on_clicked)

    def show_row(self, row: Row) -> None:
        assert isinstance(row, FoldRow)
        self._row = row
        _show_icon(self._button, "chevron-up" if row.unfolded else "chevron-down", row.look)
        words = self.tr("Show less") if row.unfolded else self.tr("Show all, {n} more characters")
        self._button.setText(words.format(n=f"{row.hidden:,}"))

    @Slot()
    def _on_clicked(self) -> None:
        if self._row is not None:
            self._actions.fold_toggled.emit(self._row.message_id)


class CodeControl(RowControl):
    """The head of a code block: its language, and a button that copies it."""

    def __init__(self, parent: QWidget, actions: ChatActions) -> None:
        super().__init__(parent, actions)
        self._row: CodeRow | None = None
        self._language = QLabel(self)
        self._language.setTextFormat(Qt.TextFormat.PlainText)
        self._language.setProperty("kind", "small")
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
        self._language.setText(row.language)

    @Slot()
    def _on_copy(self) -> None:
        if self._row is not None:
            self._actions.copy_text.emit(self._row.leaf.text, self.tr("Code copied"))


class FooterControl(RowControl):
    """Copy, regenerate, the other versions, and the figures of the run."""

    def __init__(self, parent: QWidget, actions: ChatActions) -> None:
        super().__init__(parent, actions)
        self._row: FooterRow | None = None
        self._copy = CopyButton(self)
        self._copy.setToolTip(self.tr("Copy answer"))
        self._copy.setAccessibleName(self.tr("Copy answer"))
        self._copy.clicked.connect(self._on_copy)
        self._again = _button(self)
        self._again.setToolTip(self.tr("Write another answer"))
        self._again.setAccessibleName(self.tr("Regenerate"))
        self._again.clicked.connect(self._on_again)
        self._before = _button(self)
        self._before.setToolTip(self.tr("Show the answer before this one"))
        self._before.setAccessibleName(self.tr("Previous answer"))
        self._before.clicked.connect(self._on_before)
        self._place = QLabel(self)
        self._place.setProperty("kind", "small")
        self._place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._after = _button(self)
        self._after.setToolTip(self.tr("Show the answer after this one"))
        self._after.setAccessibleName(self.tr("Next answer"))
        self._after.clicked.connect(self._on_after)
        self._figures = FigureStrip(self)
        self._figures.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_row(self, row: Row) -> None:
        assert isinstance(row, FooterRow)
        if row is not self._row:
            self._copy.show_look(row.look)
        self._row = row
        side = row.look.px(BUTTON)
        _show_icon(self._again, "regenerate", row.look)
        # The icons, not their frames, stand on the column's edge.
        self._copy.setGeometry(-row.look.px(6), 0, side, side)
        self._again.setGeometry(side - row.look.px(4), 0, side, side)
        self._show_versions(row, side)
        self._figures.show_figures(row.strip, row.look, side)
        left = row.actions_width
        self._figures.setGeometry(left, 0, max(0, self.width() - left), self.height())

    @Slot()
    def _on_copy(self) -> None:
        if self._row is not None:
            self._actions.copy_message.emit(self._row.answer_id)

    def _show_versions(self, row: FooterRow, side: int) -> None:
        for part in (self._before, self._place, self._after):
            part.setVisible(bool(row.versions))
        if not row.versions:
            return
        _show_icon(self._before, "chevron-left", row.look)
        _show_icon(self._after, "chevron-right", row.look)
        self._before.setEnabled(row.version_beside(-1) is not None)
        self._after.setEnabled(row.version_beside(1) is not None)
        number, count = row.versions.index(row.answer_id) + 1, len(row.versions)
        self._place.setText(f"{number} / {count}")
        self._place.setAccessibleName(self.tr("Answer {0} of {1}").format(number, count))
        left, middle = 2 * side, row.look.px(VERSIONS) - 2 * side - row.look.px(6)
        self._before.setGeometry(left, 0, side, side)
        self._place.setGeometry(left + side, 0, middle, side)
        self._after.setGeometry(left + side + middle, 0, side, side)

    @Slot()
    def _on_before(self) -> None:
        self._choose(-1)

    @Slot()
    def _on_after(self) -> None:
        self._choose(1)

    def _choose(self, step: int) -> None:
        version = self._row.version_beside(step) if self._row is not None else None
        if version is not None:
            self._actions.version_chosen.emit(version)

    @Slot()
    def _on_again(self) -> None:
        if self._row is not None:
            self._actions.regenerate.emit(self._row.answer_id)


CONTROLS: dict[str, type[RowControl]] = {
    "think": ThinkControl,
    "fold": FoldControl,
    "code": CodeControl,
    "footer": FooterControl,
}
