"""How wide the columns of a table are: settled once for all rows of the window that the table is shown in.

Each part of a table is a document of its own, so a long table is laid out in small steps; only the widths are
shared. When a part wants other widths than before, all are laid out again as they come into sight.
"""

import math
from collections.abc import Sequence
from itertools import zip_longest
from typing import Protocol
from weakref import WeakKeyDictionary

MOST = 2000.0  # px: how much of a long cell counts when widths are shared out

Want = tuple[float, float]  # px, without padding: of the widest cell on one line, and of the longest word
NOTHING: Want = (0.0, 0.0)


class Part(Protocol):
    """A row of the window with some rows of the table."""

    ready: bool


class Columns:
    """What the parts want of each column, and what comes of that in a given room."""

    def __init__(self) -> None:
        self.rtl = False  # the first column stands on the right
        self._wants: WeakKeyDictionary[Part, tuple[Want, ...]] = WeakKeyDictionary()
        self._most: tuple[Want, ...] = ()  # that any part wants

    def put(self, part: Part, wants: Sequence[Want]) -> None:
        """What a part wants, a pair a column."""
        new = tuple((min(natural, MOST), min(least, natural, MOST)) for natural, least in wants)
        old = self._wants.get(part, ())
        if old == new:
            return
        self._wants[part] = new
        grown = _most(old, new) == new  # as ever while a table is written: the others need not be asked
        most = _most(self._most, new) if grown else _most(*self._wants.values())
        if most != self._most:
            self._most = most
            for each in self._wants:
                each.ready = False

    def widths(self, room: float, pads: Sequence[int]) -> tuple[int, ...]:
        """The widths of columns with these paddings: as wide as they want where there is room, px.

        Else each has the room for its longest word, and the rest goes to those that want more. Where not even the
        words fit, all shrink alike.
        """
        wants = _most(self._most, (NOTHING,) * len(pads))
        wanted = [math.ceil(natural) + pad for (natural, _), pad in zip(wants, pads, strict=False)]
        if sum(wanted) <= room:
            return tuple(wanted)
        least = [math.ceil(word) + pad for (_, word), pad in zip(wants, pads, strict=False)]
        spare = room - sum(least)
        if spare < 0:
            return tuple(math.floor(need * room / sum(least)) for need in least)
        more = [want - need for want, need in zip(wanted, least, strict=True)]
        return tuple(math.floor(n + spare * m / sum(more)) for n, m in zip(least, more, strict=True))


def _most(*parts: tuple[Want, ...]) -> tuple[Want, ...]:
    """The most of each column."""
    columns = zip_longest(*parts, fillvalue=NOTHING)
    return tuple((max(n for n, _ in column), max(w for _, w in column)) for column in columns)
