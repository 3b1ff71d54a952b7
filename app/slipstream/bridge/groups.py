"""The list of conversations as a person looks for them: pinned ones, folders, then by the day they were last used.

`arranged` decides what stands where; `GroupedConversations` shows that as an item model, one line after another, and
changes only the lines that differ, so that what is selected or being renamed stays.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QLocale,
    QModelIndex,
    QObject,
    Qt,
    QTimer,
    Signal,
    Slot,
)

from slipstream.bridge.conversations import ID_ROLE, Conversations, Index
from slipstream.bridge.library_messages import ConversationRow
from slipstream.bridge.tips import plain_tip

LINE_ROLE = Qt.ItemDataRole.UserRole + 1  # the whole `Line`
NEW_DAY_MS = 60_000  # how often it is looked whether a new day has begun
NO_PARENT = QModelIndex()


def tr(text: str) -> str:
    return QCoreApplication.translate("Conversations", text)


class Kind(StrEnum):
    PINNED = "pinned"
    FOLDER = "folder"
    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    MONTH = "month"
    DELETED = "deleted"


class Group(NamedTuple):
    kind: Kind
    folder: str = ""
    month: tuple[int, int] = (0, 0)  # year and month

    @property
    def can_fold(self) -> bool:
        return self.kind in (Kind.FOLDER, Kind.DELETED)


PINNED, TODAY, DELETED = Group(Kind.PINNED), Group(Kind.TODAY), Group(Kind.DELETED)
YEARS_IN_MONTHS = 20  # further back, every date is worked out


@dataclass(frozen=True, slots=True)
class Line:
    """A conversation, or the heading of its group (`row` is None)."""

    group: Group
    row: ConversationRow | None = None
    count: int = 0  # of a heading: the conversations under it
    is_folded: bool = False

    @property
    def key(self) -> object:
        """What stays the same when its title changes."""
        return self.group if self.row is None else (self.row.id, self.group)


def arranged(
    rows: Iterable[ConversationRow],
    deleted: Sequence[ConversationRow],
    today: date,
    folded: frozenset[Group],
    answering: int | None = None,
) -> list[Line]:
    """The lines from top to bottom. `rows` are in the order of their last message, within pinned and others.

    The one being answered counts as today's. Days are those of this computer's time zone.
    """
    groups: dict[Group, list[ConversationRow]] = {}
    days = _Days(today)
    for row in rows:
        if row.pinned:
            group = PINNED
        elif row.folder:
            group = Group(Kind.FOLDER, row.folder)
        else:
            group = TODAY if row.id == answering else days.group(row.updated)
        groups.setdefault(group, []).append(row)
    lines: list[Line] = []
    for group in sorted(groups, key=_place):
        lines += _lines(group, groups[group], folded)
    return lines + (_lines(DELETED, deleted, folded) if deleted else [])


def _lines(group: Group, rows: Sequence[ConversationRow], folded: frozenset[Group]) -> list[Line]:
    is_folded = group in folded
    heading = Line(group, None, len(rows), is_folded)
    return [heading] if is_folded else [heading, *(Line(group, row) for row in rows)]


class _Days:
    """Which group a moment belongs to, by comparing it with midnights: turning ten thousand into dates takes long."""

    def __init__(self, today: date) -> None:
        self._oldest_year = today.year - YEARS_IN_MONTHS
        week = today - timedelta(days=7)
        self._begins = [  # newest first; what is later than today counts as today: clocks are put back
            (_midnight(today), TODAY),
            (_midnight(today - timedelta(days=1)), Group(Kind.YESTERDAY)),
            (_midnight(week), Group(Kind.WEEK)),
        ]
        self._first = week  # day of the last of them

    def group(self, moment: datetime) -> Group:
        for begin, group in self._begins:
            if moment >= begin:
                return group
        if moment.year < self._oldest_year:
            day = moment.astimezone()
            return Group(Kind.MONTH, month=(day.year, day.month))
        self._add_month()
        return self.group(moment)

    def _add_month(self) -> None:
        self._first = (self._first - timedelta(days=1)).replace(day=1)
        month = Group(Kind.MONTH, month=(self._first.year, self._first.month))
        self._begins.append((_midnight(self._first), month))


def _midnight(day: date) -> datetime:
    """When a day begins here."""
    return datetime(day.year, day.month, day.day).astimezone()


def _place(group: Group) -> tuple[int, str, int]:
    """Folders by name, months backwards."""
    year, month = group.month
    return list(Kind).index(group.kind), group.folder.casefold() + "\0" + group.folder, -(12 * year + month)


class GroupedConversations(QAbstractListModel):
    """Lines, headings among them.

    Signals: `changing()` and `changed()`, before and after lines come, go or move; `folds_changed()`, another group
    is folded or open.
    """

    changing = Signal()
    changed = Signal()
    folds_changed = Signal()

    def __init__(self, conversations: Conversations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = conversations
        self._folded: frozenset[Group] = frozenset({DELETED})
        self._answering: int | None = None
        self._today = date.today()
        self._lines: list[Line] = []
        conversations.modelReset.connect(self._on_rows)
        conversations.rowsRemoved.connect(self._on_rows)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._on_clock)
        self._clock.start(NEW_DAY_MS)

    @property
    def folded_folders(self) -> list[str]:
        return sorted(group.folder for group in self._folded if group.kind is Kind.FOLDER)

    def fold_folders(self, folders: Iterable[str]) -> None:
        """Fold these, as they were the last time."""
        self._set_folded(self._folded | {Group(Kind.FOLDER, folder) for folder in folders})

    def toggle(self, group: Group) -> None:
        """Fold a group, or open it."""
        if group.can_fold:
            self._set_folded(self._folded ^ {group})

    def set_answering(self, conversation: int | None) -> None:
        if conversation != self._answering:
            self._answering = conversation
            self._arrange()

    def line(self, index: Index) -> Line | None:
        return self._lines[index.row()] if index.isValid() else None

    def index_of(self, conversation: int | None) -> QModelIndex:
        """Where a conversation stands; an invalid index where it is not to be seen."""
        for number, line in enumerate(self._lines):
            if line.row is not None and line.row.id == conversation and line.group != DELETED:
                return self.index(number)
        return QModelIndex()

    def index_of_heading(self, group: Group) -> QModelIndex:
        """Where a group begins; an invalid index where there is nothing in it."""
        for number, line in enumerate(self._lines):
            if line.row is None and line.group == group:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index)
        if line is None:
            return None
        return self._told(line, role)

    def _told(self, line: Line, role: int) -> Any:
        row = line.row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.title or tr("Untitled") if row else heading(line.group)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(line)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(row.title) if row else None
        if role == ID_ROLE:
            return row.id if row else None
        return line if role == LINE_ROLE else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line = self.line(index)
        name = str(value).strip()
        if line is None or role != Qt.ItemDataRole.EditRole or not name:
            return False
        if line.row is None:
            self._source.rename_folder(line.group.folder, name)
            if line.group in self._folded:
                self._folded |= {Group(Kind.FOLDER, name)}
        else:
            self._source.rename(line.row.id, name)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.line(index)
        if line is None or (line.row is None and not line.group.can_fold):
            return Qt.ItemFlag.NoItemFlags  # a heading that cannot be folded: the arrow keys pass over it
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags if line.group == DELETED else flags | Qt.ItemFlag.ItemIsEditable

    def _set_folded(self, folded: frozenset[Group]) -> None:
        if folded != self._folded:
            self._folded = folded
            self._arrange()
            self.folds_changed.emit()

    @Slot()
    def _on_rows(self) -> None:
        self._arrange()

    @Slot()
    def _on_clock(self) -> None:
        if date.today() != self._today:
            self._arrange()

    def _arrange(self) -> None:
        self._today = date.today()
        source = self._source
        self._show(arranged(source.rows, source.deleted, self._today, self._folded, self._answering))

    def _show(self, lines: list[Line]) -> None:
        """Take these lines: those that stay at the top and at the end are not touched."""
        if lines == self._lines:
            return
        self.changing.emit()
        old, keys, wanted = self._lines, [line.key for line in self._lines], [line.key for line in lines]
        head = _common(keys, wanted)
        tail = _common(keys[head:][::-1], wanted[head:][::-1])
        gone, come = len(old) - head - tail, len(lines) - head - tail
        if gone:
            self.beginRemoveRows(NO_PARENT, head, head + gone - 1)
            self._lines = old[:head] + old[head + gone :]
            self.endRemoveRows()
        if come:
            self.beginInsertRows(NO_PARENT, head, head + come - 1)
            self._lines = self._lines[:head] + lines[head : head + come] + self._lines[head:]
            self.endInsertRows()
        other = [number for number, line in enumerate(self._lines) if line != lines[number]]
        self._lines = lines
        if other:
            self.dataChanged.emit(self.index(other[0]), self.index(other[-1]))
        self.changed.emit()


def _common(one: Sequence[object], other: Sequence[object]) -> int:
    """How many at the beginning are the same."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def heading(group: Group) -> str:
    """What stands above a group."""
    if group.kind is Kind.FOLDER:
        return group.folder
    if group.kind is Kind.MONTH:
        year, month = group.month
        return f"{QLocale().standaloneMonthName(month)} {year}"
    return {
        Kind.PINNED: tr("Pinned"),
        Kind.TODAY: tr("Today"),
        Kind.YESTERDAY: tr("Yesterday"),
        Kind.WEEK: tr("Previous 7 days"),
        Kind.DELETED: tr("Recently deleted"),
    }[group.kind]


def _spoken(line: Line) -> str:
    """For screen readers, which see no arrow and no number beside it."""
    name = heading(line.group)
    if line.row is not None:
        title = line.row.title or tr("Untitled")
        return f"{title}, {name}" if line.group.kind in (Kind.PINNED, Kind.FOLDER, Kind.DELETED) else title
    if not line.group.can_fold:
        return name
    state = tr("folded") if line.is_folded else tr("open")
    return f"{name}, {line.count}, {state}"
