"""What is in sight, and what of it the keyboard can reach: links, and code that is too wide.

Asks the rows in sight; keeps nothing.
"""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from slipstream.ui.chat.canvas import Canvas
from slipstream.ui.chat.inline import web_link
from slipstream.ui.chat.rows import DocumentRow, Row
from slipstream.ui.chat.turn import Turn

SHOWN = 60  # characters of an address


def turns_in_sight(canvas: Canvas) -> Iterator[Turn]:
    """Turns that touch the window, from top to bottom."""
    top, bottom = canvas.top, canvas.top + canvas.viewport().height()
    start = max(0, bisect_right(canvas.turns, top, key=lambda turn: turn.y) - 1)
    for turn in islice(canvas.turns, start, None):
        if turn.y >= bottom:
            return
        if turn.y + turn.height > top:
            yield turn


def rows_in_sight(canvas: Canvas) -> Iterator[Row]:
    top, bottom = canvas.top, canvas.top + canvas.viewport().height()
    for turn in turns_in_sight(canvas):
        if turn.built:
            for index in turn.rows_between(top - turn.y, bottom - turn.y):
                yield turn.rows[index]


def links_in_sight(canvas: Canvas) -> dict[str, str]:
    """Addresses that may be opened, in reading order, each with the words that stand for it."""
    links: dict[str, str] = {}
    for row in rows_in_sight(canvas):
        if isinstance(row, DocumentRow):
            for address, words in _links(row):
                if web_link(address):
                    links.setdefault(address, words if len(words) <= SHOWN else words[:SHOWN] + "…")
    return links


def _links(row: DocumentRow) -> Iterator[tuple[str, str]]:
    block = row.ensure().begin()
    while block.isValid():
        iterator = block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            address = fragment.charFormat().anchorHref()
            if address:
                yield address, fragment.text()
            iterator += 1
        block = block.next()


def scroll_wide_rows(canvas: Canvas, delta: int) -> bool:
    """Move all that is too wide sideways by so many px; whether anything moved."""
    moved = [row.scroll_sideways(delta) for row in rows_in_sight(canvas)]
    if any(moved):
        canvas.viewport().update()
    return any(moved)
