"""Comparisons on their way into the store and back: kept while they are written, listed, read, removed.

The first whole segment makes a record of a comparison: one that failed before has nothing to keep. Lives on the
window's thread; knows no widgets.
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, Signal

from slipstream.bridge.comparison_messages import (
    ComparisonKept,
    ComparisonRead,
    ComparisonRequest,
    ComparisonsListed,
    KeepComparison,
    KeepSegment,
    ListComparisons,
    ReadComparison,
    RemoveComparison,
)
from slipstream.bridge.notices import Level, Notice, error_notice
from slipstream.bridge.side import Side
from slipstream.bridge.store_messages import Reply, StoreFailed
from slipstream.bridge.store_thread import StoreThread
from slipstream.core.compared import KeptComparison, KeptSegment, Stage
from slipstream.core.errors import AppError
from slipstream.core.side_by_side import Parting
from slipstream.store.comparisons import ComparisonLine

TOPIC = "comparison"


def tr(text: str) -> str:
    return QCoreApplication.translate("SideBySide", text)


class Comparisons(QObject):
    """Signals: `listed()`, of `lines`; `read(ComparisonRead)`; `noticed(Notice)`; `resolved(topic)`."""

    listed = Signal()
    read = Signal(object)
    noticed = Signal(object)
    resolved = Signal(str)

    def __init__(self, store: StoreThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._head: KeptComparison | None = None  # the one that is shown, but for what is written
        self._is_begun = False  # the store knows of its last pass
        self._told = False  # that it cannot be kept
        self.lines: tuple[ComparisonLine, ...] = ()  # the newest first

    @property
    def id(self) -> int | None:
        """Of the one that is shown; None where it is not kept, or not yet."""
        uid = self._head.uid if self._head else ""
        return next((line.id for line in self.lines if line.uid == uid), None)

    def refresh(self) -> None:
        """Ask for the list; `listed` follows."""
        self._store.ask(ListComparisons())

    def open(self, comparison: int) -> None:
        """Read one; `read` follows."""
        self._store.ask(ReadComparison(comparison))

    def remove(self, comparison: int) -> None:
        """Remove it for good; `listed` follows."""
        self._store.ask(RemoveComparison(comparison))

    # What is written

    def go_on_with(self, kept: KeptComparison | None) -> None:
        """This one is shown now, or none."""
        self._head = kept

    def begin_pass(self, seed: int) -> None:
        """All sides of the one that is shown are written, once more or for the first time."""
        if self._head is not None:
            self._head = replace(self._head, stage=Stage.RUNNING, seeds=(*self._head.seeds, seed))
        self._is_begun = self._told = False

    def add(self, side: int, number: int, segment: KeptSegment, sides: Sequence[Side]) -> None:
        """A segment of pass `number` is over; `sides` have it already."""
        if self._head is None:
            return
        if self._is_begun:
            self._store.ask(KeepSegment(self._head.uid, side, number, segment))
        else:
            self._is_begun = True
            self._store.ask(KeepComparison(self._as_it_is(self._head, sides)))

    def end(
        self,
        stage: Stage,
        sides: Sequence[Side],
        partings: tuple[Parting, ...],
        note: str,
        error: AppError | None,
    ) -> None:
        """The pass is over; whatever could not be kept before is tried again."""
        if self._head is None or not any(side.segments for side in sides):
            return
        told = (error.message, error.hint) if error else ("", "")
        self._head = replace(
            self._as_it_is(self._head, sides),
            stage=stage,
            partings=partings,
            note=note,
            error=told[0],
            hint=told[1],
        )
        self._store.ask(KeepComparison(self._head))

    def _as_it_is(self, head: KeptComparison, sides: Sequence[Side]) -> KeptComparison:
        return replace(head, sides=tuple(side.kept for side in sides))

    # What comes back

    def on_reply(self, reply: Reply) -> bool:
        """Take a reply of the store; False where it belongs to something else."""
        match reply:
            case ComparisonKept():
                self.resolved.emit(TOPIC)
                self.refresh()
            case ComparisonsListed(lines):
                self.lines = lines
                self.listed.emit()
            case ComparisonRead():
                self.read.emit(reply)
            case StoreFailed(KeepComparison() | KeepSegment(), error):
                self._not_kept(error)
            case StoreFailed(request, error) if isinstance(request, ComparisonRequest):
                self.noticed.emit(error_notice(error, topic=TOPIC))
            case _:
                return False
        return True

    def _not_kept(self, error: AppError) -> None:
        """Said once a pass: it goes on all the same."""
        if not self._told:
            self._told = True
            hint = tr("The comparison goes on; it is tried again when it is over. {0}").format(error.hint)
            self.noticed.emit(Notice(Level.WARNING, error.message, hint.strip(), topic=TOPIC))
