"""What stands where in the list of conversations, and that only what differs is changed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from slipstream.bridge import groups as groups_module
from slipstream.bridge.conversations import ID_ROLE
from slipstream.bridge.groups import (
    DELETED,
    LINE_ROLE,
    Group,
    GroupedConversations,
    Kind,
    Line,
    arranged,
    heading,
)
from slipstream.bridge.library_messages import ConversationRow

TODAY = date(2026, 7, 28)
NONE: frozenset[Group] = frozenset()


def row(number: int, days_ago: int = 0, **more: object) -> ConversationRow:
    """A conversation that was last written so many days ago, at noon here."""
    noon = datetime(2026, 7, 28, 12).astimezone() - timedelta(days=days_ago)
    return ConversationRow(number, f"c{number}", noon.astimezone(UTC), **more)


def shown(lines: list[Line]) -> list[object]:
    """Headings by their kind (and name or month), conversations by their number."""
    told: list[object] = []
    for line in lines:
        if line.row is not None:
            told.append(line.row.id)
        else:
            told.append(
                " ".join(
                    filter(
                        None, (line.group.kind, line.group.folder, *map(str, filter(None, line.group.month)))
                    )
                )
            )
    return told


def test_groups_stand_in_their_order():
    rows = [
        row(1, pinned=True), row(2, 40, pinned=True, folder="Work"), row(3, 0), row(4, 0, folder="Work"), row(5, 1),
        row(6, 2), row(7, 7), row(8, 8), row(9, 30, folder="art"), row(10, 40), row(11, 400),
    ]  # fmt: skip
    assert shown(arranged(rows, [row(12)], TODAY, NONE)) == [
        "pinned", 1, 2, "folder art", 9, "folder Work", 4, "today", 3, "yesterday", 5, "week", 6, 7,
        "month 2026 7", 8, "month 2026 6", 10, "month 2025 6", 11, "deleted", 12,
    ]  # fmt: skip


def test_nothing_is_no_heading():
    assert arranged([], [], TODAY, NONE) == []


def test_folded_groups_keep_their_heading_and_their_number():
    rows = [row(1, folder="Work"), row(2, folder="Work"), row(3)]
    lines = arranged(rows, [row(4)], TODAY, frozenset({Group(Kind.FOLDER, "Work"), DELETED}))
    assert shown(lines) == ["folder Work", "today", 3, "deleted"]
    assert [(line.count, line.is_folded) for line in lines if line.row is None] == [
        (2, True),
        (1, False),
        (1, True),
    ]


def test_the_one_being_answered_is_todays():
    rows = [row(1, 1), row(2, 60)]
    assert shown(arranged(rows, [], TODAY, NONE, answering=2)) == ["today", 2, "yesterday", 1]


@pytest.mark.parametrize("hours", [-30, -1, 1, 30, 24 * 365])
def test_a_clock_that_was_put_back_leaves_them_today_at_most(hours):
    ahead = ConversationRow(1, "x", datetime(2026, 7, 28, 12).astimezone() + timedelta(hours=hours))
    (line, _) = arranged([ahead], [], TODAY, NONE)
    assert line.group.kind in ((Kind.TODAY,) if hours > 0 else (Kind.TODAY, Kind.YESTERDAY))


def test_days_end_at_midnight_here():
    last = datetime(2026, 7, 27, 23, 59, 59).astimezone()
    first = datetime(2026, 7, 28, 0, 0, 0).astimezone()
    rows = [ConversationRow(1, "x", first.astimezone(UTC)), ConversationRow(2, "y", last.astimezone(UTC))]
    assert shown(arranged(rows, [], TODAY, NONE)) == ["today", 1, "yesterday", 2]


class Source(QAbstractListModel):
    """Stands for the flat list: the grouped one only reads it and hears of its changes."""

    def __init__(self):
        super().__init__()
        self.rows, self.deleted, self.renamed = (), (), []

    def rowCount(self, parent=QModelIndex()):  # noqa: B008
        return len(self.rows)

    def take(self, *rows, deleted=()):
        self.beginResetModel()
        self.rows, self.deleted = rows, tuple(deleted)
        self.endResetModel()

    def rename(self, conversation, title):
        self.renamed.append((conversation, title))

    def rename_folder(self, folder, name):
        self.renamed.append((folder, name))


@pytest.fixture
def model(qapp, monkeypatch):
    """Checked by Qt's own tester with each change."""

    class Day(date):
        @classmethod
        def today(cls):
            return TODAY

    monkeypatch.setattr(groups_module, "date", Day)
    source = Source()
    model = GroupedConversations(source)
    model.source = source
    model.tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    return model


def lines(model: GroupedConversations) -> list[object]:
    return shown([model.index(i).data(LINE_ROLE) for i in range(model.rowCount())])


def test_only_what_differs_is_changed(model, qtbot):
    model.source.take(row(1), row(2), row(3, 1), row(4, 1))
    changes = []
    model.rowsInserted.connect(lambda _, first, last: changes.append(("in", first, last)))
    model.rowsRemoved.connect(lambda _, first, last: changes.append(("out", first, last)))
    model.dataChanged.connect(lambda first, last: changes.append(("data", first.row(), last.row())))
    model.modelReset.connect(lambda: changes.append("reset"))
    assert lines(model) == ["today", 1, 2, "yesterday", 3, 4]

    renamed = ConversationRow(3, "renamed", row(3, 1).updated)
    model.source.take(row(1), row(2), renamed, row(4, 1))
    assert changes == [("data", 4, 4)]
    changes.clear()

    model.source.take(row(5), row(1), row(2), renamed, row(4, 1))
    assert changes == [("in", 1, 1), ("data", 0, 0)]
    changes.clear()

    model.source.take(row(5), row(1), row(2), row(4, 1))
    assert changes == [("out", 5, 5), ("data", 4, 4)]
    changes.clear()

    model.source.take(row(5), row(1), row(2), row(4, 1))
    assert changes == []


def test_random_changes_end_where_they_should(model):
    import random  # noqa: PLC0415

    rng = random.Random(2)
    for _ in range(150):
        rows = [
            row(
                n,
                rng.choice([0, 0, 1, 3, 50]),
                pinned=rng.random() < 0.2,
                folder=rng.choice(["", "", "A", "B"]),
            )
            for n in rng.sample(range(12), rng.randrange(12))
        ]
        deleted = [row(n + 100) for n in range(rng.randrange(3))]
        model.source.take(*rows, deleted=deleted)
        if rng.random() < 0.3:
            model.toggle(rng.choice([Group(Kind.FOLDER, "A"), DELETED]))
        answering = rng.choice([None, None, *(r.id for r in rows)])
        model.set_answering(answering)
        assert lines(model) == shown(arranged(rows, deleted, TODAY, model._folded, answering))


def test_folders_fold_and_say_so(model, qtbot):
    model.source.take(row(1, folder="Work"), row(2))
    with qtbot.waitSignal(model.folds_changed, timeout=1000):
        model.toggle(Group(Kind.FOLDER, "Work"))
    assert lines(model) == ["folder Work", "today", 2]
    assert model.folded_folders == ["Work"]
    model.toggle(Group(Kind.TODAY))  # has no fold
    model.fold_folders(["Other"])
    assert model.folded_folders == ["Other", "Work"]
    model.toggle(Group(Kind.FOLDER, "Work"))
    assert lines(model) == ["folder Work", 1, "today", 2]


def test_lines_tell_what_they_are(model):
    model.source.take(row(1, folder="Work"), row(2), deleted=[row(3)])
    model.toggle(DELETED)
    indexes = [model.index(i) for i in range(model.rowCount())]
    assert [index.data() for index in indexes] == ["Work", "c1", "Today", "c2", "Recently deleted", "c3"]
    assert [index.data(ID_ROLE) for index in indexes] == [None, 1, None, 2, None, 3]
    spoken = [index.data(Qt.ItemDataRole.AccessibleTextRole) for index in indexes]
    assert spoken == [
        "Work, 1, open",
        "c1, Work",
        "Today",
        "c2",
        "Recently deleted, 1, open",
        "c3, Recently deleted",
    ]
    enabled, editable = Qt.ItemFlag.ItemIsEnabled, Qt.ItemFlag.ItemIsEditable
    assert [bool(index.flags() & enabled) for index in indexes] == [True, True, False, True, True, True]
    assert [bool(index.flags() & editable) for index in indexes] == [True, True, False, True, False, False]
    assert model.index_of(2).row() == 3
    assert not model.index_of(3).isValid()
    assert model.index_of_heading(DELETED).row() == 4
    assert not model.index_of_heading(Group(Kind.PINNED)).isValid()
    assert heading(Group(Kind.MONTH, month=(2025, 3))).endswith(" 2025")


def test_lines_are_renamed_in_place(model):
    model.source.take(row(1, folder="Work"))
    assert model.setData(model.index(0), " Play ")
    assert model.setData(model.index(1), "new title")
    assert not model.setData(model.index(1), "   ")
    assert model.source.renamed == [("Work", "Play"), (1, "new title")]


def test_a_new_day_moves_them(model, monkeypatch):
    model.source.take(row(1), row(2, 7))
    assert lines(model) == ["today", 1, "week", 2]

    class Tomorrow(date):
        @classmethod
        def today(cls):
            return TODAY + timedelta(days=1)

    monkeypatch.setattr(groups_module, "date", Tomorrow)
    model._clock.timeout.emit()
    assert lines(model) == ["yesterday", 1, "month 2026 7", 2]
