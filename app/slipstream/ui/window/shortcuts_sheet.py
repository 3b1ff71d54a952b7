"""All shortcuts on one sheet: those of the menus, and those that are keys of one view only.

Made from the actions as they are; what keys a view has of its own is listed in `view_keys`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from slipstream.ui.focus import FocusRing
from slipstream.ui.theme import SPACE, ThemeManager
from slipstream.ui.window.actions import keys_of, plain
from slipstream.ui.window.command_list import Section

SIZE, SMALLEST = (860, 760), (360, 320)  # px
COLUMN = 340  # px; narrower than two of these, the sheet has one column
OF_VIEW = (Qt.ShortcutContext.WidgetShortcut, Qt.ShortcutContext.WidgetWithChildrenShortcut)


def tr(text: str) -> str:
    return QCoreApplication.translate("Shortcuts", text)


@dataclass(frozen=True)
class KeyRow:
    """What is done, and the keys that do it: one combination or several."""

    name: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class KeyGroup:
    title: str
    rows: tuple[KeyRow, ...]


def native(*keys: str) -> tuple[str, ...]:
    """Key combinations as the platform writes them."""
    return tuple(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys)


def view_keys() -> list[KeyGroup]:
    """Keys that mean something where the keyboard is."""
    return [
        KeyGroup(
            tr("Writing a message"),
            (
                KeyRow(tr("Send the message"), native("Return")),
                KeyRow(tr("New line"), native("Shift+Return")),
                KeyRow(tr("Stop the answer"), native("Esc")),
                KeyRow(tr("On to the next control"), native("Tab")),
            ),
        ),
        KeyGroup(
            tr("Reading a conversation"),
            (
                KeyRow(tr("Scroll"), ("↑", "↓")),
                KeyRow(tr("Scroll by a page"), native("PgUp", "PgDown")),
                KeyRow(tr("On and back by a page"), native("Space", "Shift+Space")),
                KeyRow(tr("To the start, to the end"), native("Home", "End")),
                KeyRow(tr("Wide code sideways"), ("←", "→")),
                KeyRow(tr("Select letters"), native("Shift+Right")),
                KeyRow(tr("Select lines"), native("Shift+Down")),
                KeyRow(tr("Select words"), native("Ctrl+Shift+Right")),
                KeyRow(tr("Select all"), native("Ctrl+A")),
                KeyRow(tr("Copy what is selected"), native("Ctrl+C")),
                KeyRow(tr("What can be done here, links too"), native("Shift+F10")),
                KeyRow(tr("To the buttons under the messages"), native("Tab")),
            ),
        ),
        KeyGroup(
            tr("Finding in a conversation"),
            (
                KeyRow(tr("Next hit"), native("Return")),
                KeyRow(tr("Previous hit"), native("Shift+Return")),
                KeyRow(tr("Close the bar"), native("Esc")),
            ),
        ),
        KeyGroup(
            tr("While drafted tokens are shown"),
            (
                KeyRow(tr("From token to token"), ("←", "→")),
                KeyRow(tr("To the next refused draft"), native("Ctrl+Right")),
                KeyRow(tr("To the line above, below"), ("↑", "↓")),
                KeyRow(tr("Leave the tokens"), native("Esc")),
            ),
        ),
        KeyGroup(
            tr("Conversations"),
            (KeyRow(tr("Choose"), ("↑", "↓")), KeyRow(tr("Open"), native("Return"))),
        ),
    ]


def menu_keys(sections: Iterable[Section]) -> list[KeyGroup]:
    """The shortcuts of the menus; a menu without any is left out."""
    groups = (KeyGroup(section.title, _rows(section.actions)) for section in sections)
    return [group for group in groups if group.rows]


def widget_keys(root: QWidget) -> list[KeyGroup]:
    """The shortcuts that actions have inside one widget only, under the widget's name."""
    groups = []
    for widget in root.findChildren(QWidget):
        own = [action for action in widget.actions() if action.shortcutContext() in OF_VIEW]
        if rows := _rows(own):
            groups.append(KeyGroup(widget.accessibleName() or tr("More"), rows))
    return groups


def joined(groups: Iterable[KeyGroup]) -> list[KeyGroup]:
    """Groups of one title as one group, where the first of them stands."""
    rows: dict[str, tuple[KeyRow, ...]] = {}
    for group in groups:
        rows[group.title] = rows.get(group.title, ()) + group.rows
    return [KeyGroup(title, own) for title, own in rows.items()]


def _rows(actions: Iterable[QAction]) -> tuple[KeyRow, ...]:
    with_keys = [(action, keys_of(action)) for action in actions]
    return tuple(KeyRow(plain(action), tuple(keys)) for action, keys in with_keys if keys)


class ShortcutsSheet(QDialog):
    """In two columns where there is room, else in one. Groups stay whole."""

    def __init__(
        self, groups: Sequence[KeyGroup], themes: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self.groups = groups
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setMinimumSize(*SMALLEST)
        room = self.screen().availableSize()
        self.resize(min(themes.px(SIZE[0]), room.width()), min(themes.px(SIZE[1]), room.height()))
        page = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, page)
        self._columns.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 3, SPACE * 2)
        self._columns.setSpacing(SPACE * 5)
        for half in _balanced(groups):
            column = QVBoxLayout()
            column.setSpacing(SPACE * 3)
            for group in half:
                column.addWidget(self._group(group))
            column.addStretch(1)
            self._columns.addLayout(column, 1)
        self.area = QScrollArea()
        self.area.setWidget(page)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(self.tr("Keyboard shortcuts"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot = QVBoxLayout()
        foot.setContentsMargins(SPACE * 3, SPACE, SPACE * 3, SPACE * 2)
        foot.addWidget(buttons)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area, 1)
        outer.addLayout(foot)
        FocusRing(themes, self).serve(self.area)
        self.area.setFocus()  # the arrows scroll it

    def _group(self, group: KeyGroup) -> QWidget:
        block = QWidget()
        title = QLabel(group.title)
        title.setProperty("kind", "heading")
        line = QFrame()
        line.setProperty("kind", "line")
        line.setFixedHeight(1)
        rows = QVBoxLayout()
        rows.setSpacing(SPACE // 2 + 2)
        for row in group.rows:
            rows.addLayout(_line_of(row))
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(title)
        column.addWidget(line)
        column.addLayout(rows)
        return block

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        two = self.width() >= 2 * self._themes.px(COLUMN) + 11 * SPACE
        side, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(side if two else below)
        self._columns.setSpacing(SPACE * (5 if two else 3))


def _line_of(row: KeyRow) -> QHBoxLayout:
    name = QLabel(row.name)
    name.setWordWrap(True)
    line = QHBoxLayout()
    line.setSpacing(SPACE // 2)
    line.addWidget(name, 1)
    for key in row.keys:
        cap = QLabel(key)
        cap.setProperty("kind", "key")
        cap.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # keys are written so in every language
        line.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
    return line


def _balanced(groups: Sequence[KeyGroup]) -> tuple[Sequence[KeyGroup], Sequence[KeyGroup]]:
    """The groups in their order, cut in two where both halves are about as high."""
    heights = [len(group.rows) + 2 for group in groups]
    whole = sum(heights)
    cut = min(range(len(groups) + 1), key=lambda at: abs(2 * sum(heights[:at]) - whole))
    return groups[:cut], groups[cut:]
