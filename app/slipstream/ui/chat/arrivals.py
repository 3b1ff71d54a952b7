"""Formulas that have been drawn go into the rows that wait for them, and what is selected stays selected."""

from collections.abc import Sequence

from slipstream.core.formulas import Formula
from slipstream.ui.chat.formula_text import from_source, to_source
from slipstream.ui.chat.rows import DocumentRow
from slipstream.ui.chat.selection import Place, Selection
from slipstream.ui.chat.turn import Turn


def waits_for(turn: Turn, arrived: frozenset[Formula]) -> bool:
    """Whether a row of this turn, shown or not, shows the source of one of these."""
    return any(not row.waiting.isdisjoint(arrived) for row in turn.all_rows())


def renew_waiting(
    turns: Sequence[Turn], selection: Selection, arrived: frozenset[Formula]
) -> tuple[int, int] | None:
    """Have the rows that wait for these written anew; turn and row number of the first that is shown."""
    first: tuple[int, int] | None = None
    for number, turn in enumerate(turns):
        for row in turn.all_rows():
            if row.waiting.isdisjoint(arrived) or not isinstance(row, DocumentRow):
                continue
            if row in turn.rows:
                index = turn.rows.index(row)
                first = min(first or (number, index), (number, index))
                _renew_selected(row, (number, index), selection)
            else:
                row.renew()
    return first


def _renew_selected(row: DocumentRow, here: tuple[int, int], selection: Selection) -> None:
    """Renew a row that a selection may begin or end in."""
    anchor, focus = selection.anchor, selection.focus
    if selection.is_empty or here not in (anchor[:2], focus[:2]):
        row.renew()
        return
    before = row.ensure()
    offsets = [to_source(before, place.position) for place in (anchor, focus)]
    row.renew()
    after = row.ensure()

    def moved(place: Place, offset: int) -> Place:
        return place._replace(position=from_source(after, offset)) if place[:2] == here else place

    selection.anchor, selection.focus = moved(anchor, offsets[0]), moved(focus, offsets[1])
