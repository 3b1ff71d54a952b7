"""Tiles and tables of the page. What is given is text, and becomes markup here; `Markup` is markup already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NewType

from slipstream.core.reports.svg import written

Markup = NewType("Markup", str)


@dataclass(frozen=True, slots=True)
class Tile:
    name: str
    value: str
    note: str = ""
    mood: str = ""  # "up" | "down": a class that colours the value


def tiles(all_of_them: Iterable[Tile]) -> Markup:
    drawn = []
    for tile in all_of_them:
        mood = f' class="{tile.mood}"' if tile.mood else ""
        note = f"<small>{written(tile.note)}</small>" if tile.note else ""
        drawn.append(
            f'<div class="tile"><dt>{written(tile.name)}</dt>'
            f"<dd><span{mood}>{written(tile.value)}</span>{note}</dd></div>"
        )
    return Markup(f'<dl class="tiles">{"".join(drawn)}</dl>\n')


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    """The first column names what the others, numbers, are of."""
    head = "".join(
        f'<th scope="col"{' class="n"' if place else ""}>{written(words)}</th>'
        for place, words in enumerate(heads)
    )
    body = []
    for name, *values in rows:
        cells = "".join(f'<td class="n">{written(value)}</td>' for value in values)
        body.append(f'<tr><th scope="row">{written(name)}</th>{cells}</tr>')
    return Markup(
        f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{"".join(body)}</tbody></table></div>\n'
    )


def facts(rows: Iterable[tuple[str, str]]) -> Markup:
    """Names and what they are; a row without a value is left out."""
    body = "".join(
        f'<tr><th scope="row">{written(name)}</th><td class="w">{written(value)}</td></tr>'
        for name, value in rows
        if value
    )
    return Markup(f'<div class="scroll"><table><tbody>{body}</tbody></table></div>\n')
