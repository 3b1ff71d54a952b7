"""The command palette: type a few letters, go with the arrows, press Enter.

It lies over the window and keeps the keyboard until it is closed; then the keyboard is back where it was. What can
be asked for comes from `command_list.py`.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Slot,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget
from shiboken6 import isValid

from slipstream.ui.theme import SPACE, Theme, ThemeManager
from slipstream.ui.window.command_list import Command, Found, find
from slipstream.ui.window.palette_row import FOUND_ROLE, PaletteRow

WIDTH = 640  # px
TOP = 72  # px from the window's upper edge
SHOWN = 9  # rows; the rest is scrolled to
VEIL = (70, 170)  # of 255, light and dark

Index = QModelIndex | QPersistentModelIndex


class FoundModel(QAbstractListModel):
    """What fits, as rows."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Found] = []

    def show_rows(self, rows: list[Found]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        found = self.rows[index.row()]
        if role == FOUND_ROLE:
            return found
        if role == Qt.ItemDataRole.ToolTipRole:
            return found.command.reason or None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return found.command.title
        return spoken(found.command) if role == Qt.ItemDataRole.AccessibleDescriptionRole else None


def spoken(command: Command) -> str:
    """What a screen reader adds to a command's name."""
    return ", ".join(part for part in (command.reason or command.section, command.keys) if part)


class PaletteField(QLineEdit):
    """The field that is typed in. Keys it has no use for go to the palette, before any shortcut sees them."""

    def __init__(self, palette: "Palette") -> None:
        super().__init__()
        self._palette = palette

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # while it is open, nothing else is done by keys
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._palette.take_key(event):
            super().keyPressEvent(event)


class Palette(QWidget):
    """One for a window; hidden until it is opened."""

    def __init__(
        self, themes: ThemeManager, commands: Callable[[], Sequence[Command]], window: QWidget
    ) -> None:
        """`commands` is asked each time it opens."""
        super().__init__(window)
        self._themes = themes
        self._ask = commands
        self._commands: Sequence[Command] = ()
        self._before: QWidget | None = None  # who had the keyboard
        self.setAccessibleName(self.tr("Find a command"))
        self._card = QFrame(self)
        self._card.setProperty("kind", "card")
        self.field = PaletteField(self)
        self.field.setPlaceholderText(self.tr("What do you want to do?"))
        self.field.setAccessibleName(self.tr("Find a command"))
        self.field.textChanged.connect(self._on_typed)
        self.model = FoundModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(PaletteRow(themes, self))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.list.setStyleSheet("QListView { background: transparent; border: none; }")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.clicked.connect(self._on_clicked)
        self.nothing = QLabel(self.tr("No command is called so."))
        self.nothing.setProperty("kind", "muted")
        self.nothing.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        keys = QLabel(self.tr("↑ ↓ choose   ·   Enter runs   ·   Esc closes"))
        keys.setProperty("kind", "small")
        keys.setContentsMargins(SPACE, 0, SPACE, 0)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self.field)
        column.addWidget(self.list)
        column.addWidget(self.nothing)
        column.addWidget(keys)
        self.hide()
        window.installEventFilter(self)
        themes.changed.connect(self._on_theme)

    @Slot()
    def open(self) -> None:
        """Show all commands, and take the keyboard; where it is open already, close it."""
        if self.isVisible():
            self.close_up()
            return
        self._before = self.window().focusWidget()
        self._commands = self._ask()
        self.field.clear()
        self._on_typed("")
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_up(self) -> None:
        """Away with it; the keyboard goes back to where it was."""
        if not self.isVisible():
            return
        self.hide()
        self._commands = ()
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def run_current(self) -> None:
        """Run what is marked, where that can be done; the palette is closed by then."""
        found = self.list.currentIndex().data(FOUND_ROLE)
        if isinstance(found, Found) and found.command.enabled:
            self.close_up()
            found.command.run()

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key of the palette means; False for those that are for the field."""
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -SHOWN,
            Qt.Key.Key_PageDown: SHOWN,
        }
        key = event.key()
        again = event.modifiers() & Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_K
        if key in steps:
            self._go(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.run_current()
        elif key == Qt.Key.Key_Escape or again:
            self.close_up()
        else:
            return False
        return True

    def _go(self, step: int) -> None:
        """Mark another row; from the last one step leads to the first."""
        count = self.model.rowCount()
        if not count:
            return
        row = self.list.currentIndex().row()
        wanted = (row + step) % count if abs(step) == 1 else max(0, min(row + step, count - 1))
        self._mark(wanted)

    def _mark(self, row: int) -> None:
        index = self.model.index(row)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)
        if QAccessible.isActive() and index.isValid():  # the keyboard is in the field: say what is marked
            command = self.model.rows[row].command
            words = QAccessibleAnnouncementEvent(self.field, f"{command.title}, {spoken(command)}")
            QAccessible.updateAccessibility(words)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.model.show_rows(find(text, self._commands))
        count = self.model.rowCount()
        self.list.setVisible(count > 0)
        self.nothing.setVisible(count == 0)
        self._mark(0)
        self._place()

    @Slot(object)
    def _on_clicked(self, _index: Index) -> None:
        self.run_current()

    def focusNextPrevChild(self, _next: bool) -> bool:
        return True  # Tab stays here

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside it closes it."""
        if not self._card.geometry().contains(event.position().toPoint()):
            self.close_up()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.setGeometry(self.parentWidget().rect())
        row = max(1, self.list.sizeHintForRow(0))
        room = self.height() - 2 * SPACE - self.field.sizeHint().height() - 6 * SPACE - 2 * row
        fits = max(1, min(SHOWN, self.model.rowCount(), room // row))
        self.list.setFixedHeight(fits * row + 2)
        width = min(self._themes.px(WIDTH), self.width() - 4 * SPACE)
        self._card.setFixedWidth(max(200, width))
        self._card.adjustSize()
        top = min(self._themes.px(TOP), max(SPACE, (self.height() - self._card.height()) // 3))
        self._card.move((self.width() - self._card.width()) // 2, top)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        veil = QColor(theme.window if theme.is_dark else theme.text)
        veil.setAlpha(VEIL[theme.is_dark])
        QPainter(self).fillRect(self.rect(), veil)

    @Slot(object)
    def _on_theme(self, _theme: Theme) -> None:
        self.update()
