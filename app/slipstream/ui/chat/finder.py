"""Find in the conversation: all hits, in reading order, and the one the reader is led to.

Works in short slices between events, so that neither a keystroke nor an answer that streams ever waits for it; a
text that was read once is only compared from then on. What is drawn of it comes from the rows themselves (`marks`),
so it is right for whatever is on the screen.
"""

import time
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from slipstream.core.searching import Lead
from slipstream.ui.chat.documents import MOST_MARKS, NO_MARKS, Marks
from slipstream.ui.chat.findtext import Needle, Words, read_parts
from slipstream.ui.chat.pointer import PointerCanvas
from slipstream.ui.chat.reveal import reveal
from slipstream.ui.chat.rows import Row, Stretch
from slipstream.ui.chat.turn import Turn

SLICE_S = 0.004
GROWN_MS = 300  # after which a text that grows is searched again
FITTED = 200  # characters that are compared, to tell one place of a word from another


class Hit(NamedTuple):
    """Turn, part and row are numbers in reading order, so hits are, too."""

    turn: int
    part: int
    row: int
    start: int
    end: int


class Goal(NamedTuple):
    """The one place that is meant: numbers of the turn and of its part, and what stands there."""

    turn: int
    part: int
    lead: Lead


class Finder(QObject):
    """Signal `counted(number, total, whole)`: which hit is shown (from 1; 0 none), of how many, all read or not."""

    counted = Signal(int, int, bool)

    def __init__(self, canvas: PointerCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._needle: Needle | Words = Needle("", match_case=False)
        self._goal: Goal | None = None
        self._fits: dict[Hit, int] = {}  # how well hits in the goal's turn fit it
        self._hits: dict[int, list[Hit]] = {}  # by turn
        self._current: Hit | None = None
        self._from: tuple[int, ...] = ()  # where to look from for the first hit
        self._leads = False  # the reader is to be led to the first hit
        self._job: Iterator[None] | None = None
        self._found: WeakKeyDictionary[Row, tuple[str, tuple[Stretch, ...]]] = WeakKeyDictionary()
        self._grown: list[Turn] = []
        self._slice = self._timer(0, self._on_slice)
        self._later = self._timer(GROWN_MS, self._on_grown)
        canvas.content_changed.connect(self._on_content)

    def _timer(self, interval_ms: int, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(slot)
        return timer

    # What a person does

    @property
    def active(self) -> bool:
        """Whether there is something to find."""
        return bool(self._needle)

    def lead_to(self, goal: Goal) -> None:
        """Find what a search over all conversations was for; the reader is led to this place of it."""
        self._needle, self._goal = Words(goal.lead.query), goal
        self._from = goal[:2]
        self._current, self._leads = None, True
        self._start()

    @Slot(str, bool)
    def search(self, text: str, match_case: bool) -> None:
        """Find this instead; the reader is led to the first hit from where he is."""
        self._from = self._current[:4] if self._current else self._reading()
        self._needle = Needle(text, match_case=match_case)
        self._goal = None
        self._current, self._leads = None, True
        self._start()

    def clear(self, *, select: bool = True) -> None:
        """Find nothing any more; the hit that is shown becomes the selection."""
        hit = self._current
        if select and hit is not None and not self._canvas.turns[hit.turn].is_folded(hit.part):
            self._canvas.select(hit.turn, *self._place(hit))
        self._needle, self._goal = Needle("", match_case=False), None
        self._current = None
        self._start()

    @Slot()
    def next(self) -> None:
        self._step(1)

    @Slot()
    def previous(self) -> None:
        self._step(-1)

    def _step(self, step: int) -> None:
        hits = self._all()
        if not hits:
            return
        if self._current is None:
            at = bisect_left(hits, self._reading()) - (step > 0)
        else:
            at = bisect_left(hits, self._current)
        self._go(hits[(at + step) % len(hits)])

    # Searching

    def _reading(self) -> tuple[int, ...]:
        """The place at the window's upper edge."""
        edge = self._canvas.edge()
        if edge is None:
            return (0,)
        number = self._canvas.turns.index(edge.turn)
        if edge.row is None:
            return (number,)
        return (number, *edge.turn.part_at(edge.turn.rows.index(edge.row)))

    def _start(self) -> None:
        """Search all turns, from where the reader is."""
        self._job = None
        self._hits.clear()
        self._fits.clear()
        self._found.clear()
        self._grown.clear()
        self._canvas.marker = self._marks if self._needle else None
        self._canvas.viewport().update()
        if not self._needle:
            self._slice.stop()
            self.counted.emit(0, 0, True)
            return
        first = self._from[0] if self._from else 0
        count = len(self._canvas.turns)
        self._job = self._work([*range(first, count), *range(min(first, count))])
        self._on_slice()

    def _work(self, numbers: Iterable[int]) -> Iterator[None]:
        for number in numbers:
            hits = self._hits[number] = []
            for _ in self._read(number, hits):
                yield

    def _again(self, number: int) -> Iterator[None]:
        """Search a turn once more; what was found counts until that is done."""
        hits: list[Hit] = []
        yield from self._read(number, hits)
        self._hits[number] = hits

    def _read(self, number: int, hits: list[Hit]) -> Iterator[None]:
        """Pauses after each row."""
        for read in read_parts(self._canvas.turns[number]):
            if read is not None:
                part, rows = read
                for index, row in enumerate(rows):
                    hits.extend(self._hits_in(row, number, part, index))
                    yield
            yield

    def _hits_in(self, row: Row, *place: int) -> Iterator[Hit]:
        goal = self._goal
        for start, end in self._stretches(row):
            hit = Hit(*place, start, end)
            if goal is not None and hit[:2] == goal[:2]:
                self._fits[hit] = goal.lead.fit(row.searchable()[start : start + FITTED])
            yield hit

    def _stretches(self, row: Row) -> tuple[Stretch, ...]:
        text = row.searchable()
        known = self._found.get(row)
        if known is None or known[0] is not text:
            known = self._found[row] = text, tuple(self._needle.find(text))
        return known[1]

    @Slot()
    def _on_slice(self) -> None:
        """Work for a moment, and show what has come of it."""
        if self._job is None:
            return
        until = time.perf_counter() + SLICE_S
        for _ in self._job:
            if time.perf_counter() > until:
                self._slice.start()
                break
        else:
            self._job = None
        self._choose()
        self._tell()

    def _choose(self) -> None:
        """Lead the reader to the first hit, once it is known which that is; or keep to the one he was at."""
        hits, whole = self._all(), self._job is None
        at = bisect_left(hits, self._from)
        if self._leads and self._goal is not None:
            self._choose_goal(self._goal, whole)
        elif self._leads:
            if at < len(hits):
                self._go(hits[at])
            elif hits and whole:
                self._go(hits[0])
            self._leads = self._leads and not whole  # what comes later does not pull the reader away
        elif whole and (self._current is None or self._current not in self._hits.get(self._current.turn, ())):
            self._current = hits[min(at, len(hits) - 1)] if hits else None
            self._canvas.viewport().update()

    def _choose_goal(self, goal: Goal, whole: bool) -> None:
        """Lead the reader to the place that is meant, once its turn, the first, was read to its end."""
        if not whole and len(self._hits) < 2:
            return
        meant = [hit for hit in self._hits.get(goal.turn, ()) if hit.part == goal.part]
        self._goal, self._leads = None, False
        if meant:
            self._go(max(meant, key=lambda hit: self._fits.get(hit, 0)))

    def _all(self) -> list[Hit]:
        return [hit for number in sorted(self._hits) for hit in self._hits[number]]

    def _tell(self) -> None:
        hits = self._all()
        number = bisect_left(hits, self._current) + 1 if self._current is not None else 0
        self.counted.emit(min(number, len(hits)), len(hits), self._job is None)

    # What changes meanwhile

    @Slot(object)
    def _on_content(self, turn: Turn | None) -> None:
        if not self._needle:
            return
        if turn is None:
            self._from = self._current[:4] if self._current else self._reading()
            self._leads = False
            self._start()
            return
        if turn not in self._grown:
            self._grown.append(turn)
        if not self._later.isActive():
            self._later.start()

    @Slot()
    def _on_grown(self) -> None:
        turns, self._grown = self._grown, []
        numbers = [self._canvas.turns.index(turn) for turn in turns if turn in self._canvas.turns]
        jobs = [self._again(number) for number in numbers]
        self._job = chain(self._job or (), *jobs)
        self._slice.start()

    # The hit that is shown

    def _place(self, hit: Hit) -> tuple[int, Stretch]:
        """Its row in the turn, and the characters."""
        turn = self._canvas.turns[hit.turn]
        index, stretch = turn.row_of(hit.part, hit.row), (hit.start, hit.end)
        return index, turn.rows[index].found_at(stretch) if index < len(turn.rows) else stretch

    def _go(self, hit: Hit) -> None:
        """Show it, unfolding what hides it."""
        canvas = self._canvas
        canvas.hold_place()
        was_built = canvas.turns[hit.turn].built
        turn = canvas.built_turn(hit.turn)
        if turn.is_folded(hit.part):
            canvas.selection.clear()
            turn.unfold(hit.part)
        elif was_built:
            self._show(turn, hit)
            return
        canvas.turn_changed(turn)
        self._show(turn, hit)

    def _show(self, turn: Turn, hit: Hit) -> None:
        self._current, self._leads = hit, False
        index, stretch = self._place(hit)
        if index < len(turn.rows):
            reveal(self._canvas, turn, index, stretch)
        self._canvas.viewport().update()
        self._tell()

    def _marks(self, number: int, index: int, row: Row) -> Marks:
        """What was found in a row that is drawn."""
        stretches = self._stretches(row)
        if not stretches:
            return NO_MARKS
        drawn = tuple(row.found_at(stretch) for stretch in stretches[:MOST_MARKS])
        hit = self._current
        if hit is None or hit.turn != number:
            return Marks(drawn)
        shown = (hit.start, hit.end)
        here = self._canvas.turns[number].part_at(index) == (hit.part, hit.row) and shown in stretches
        return Marks(drawn, row.found_at(shown) if here else None)
