"""What a search looks through: the text of a turn's rows, also of rows that do not exist yet.

Of an answer that was never in sight, or whose thinking is folded, the rows are made a little at a time; the turn
gets them when they are whole. Knows nothing of what is searched for.
"""

from collections.abc import Iterator

from slipstream.core.metrics import Phase
from slipstream.core.searching import Query
from slipstream.ui.chat.documents import searchable_text
from slipstream.ui.chat.rows import Row, Stretch
from slipstream.ui.chat.sections import MarkdownSection, PlainRow, plain_chunks
from slipstream.ui.chat.turn import Turn
from slipstream.ui.chat.turns import PARTS, AnswerTurn
from slipstream.ui.chat.user_turn import UserTurn

READ_AT_ONCE = 1500  # characters of Markdown: some milliseconds


class Needle:
    """What is searched for. Finds stretches of characters, as documents count them."""

    def __init__(self, text: str, *, match_case: bool) -> None:
        self._match_case = match_case
        self._text = self._fold(searchable_text(text))

    def __bool__(self) -> bool:
        return bool(self._text)

    def _fold(self, text: str) -> str:
        if self._match_case:
            return text
        low = text.lower().replace("ς", "σ")
        # One character a position must stay: "İ" would become two.
        if len(low) == len(text):
            return low
        return "".join(c if len(c.lower()) > 1 else c.lower() for c in text)

    def find(self, text: str) -> list[Stretch]:
        """All places in what `Row.searchable` gave, none over another."""
        folded, length = self._fold(text), len(self._text)
        found: list[Stretch] = []
        if not length:
            return found
        at = folded.find(self._text)
        while at >= 0:
            found.append((at, at + length))
            at = folded.find(self._text, at + length)
        return found


class Words:
    """What was searched for in all conversations, found here as it was found there. Stands in for a `Needle`."""

    def __init__(self, query: Query) -> None:
        self._query = query

    def __bool__(self) -> bool:
        return bool(self._query)

    def find(self, text: str) -> list[Stretch]:
        """All places in what `Row.searchable` gave, none over another."""
        return self._query.places(text)


def read_parts(turn: Turn) -> Iterator[tuple[int, list[Row]] | None]:
    """Number and rows of each part of a turn; None where more time is needed: ask again later.

    Text that is edited stands in a field, and is not searched.
    """
    if isinstance(turn, UserTurn):
        yield 0, _user_rows(turn)
    elif isinstance(turn, AnswerTurn):
        for part, phase in enumerate(PARTS):
            if not turn.texts[phase] or (phase is Phase.ANSWER and turn.edit_row is not None):
                continue
            while (rows := _answer_rows(turn, phase)) is None:
                for _ in _read_section(turn, phase):
                    yield None
            yield part, rows


def _user_rows(turn: UserTurn) -> list[Row]:
    if turn.edit_row is not None:
        return []
    if turn.built and not turn.is_folded(0):
        return [row for row in turn.rows if isinstance(row, PlainRow)]
    return [PlainRow(turn.look, chunk) for chunk in plain_chunks(turn.copy_text())]


def _answer_rows(turn: AnswerTurn, phase: Phase) -> list[Row] | None:
    section = turn.section(phase)
    return list(section.rows) if section is not None else None


def _read_section(turn: AnswerTurn, phase: Phase) -> Iterator[None]:
    """Make a part's rows piece by piece, and give them to the turn unless it has made them itself."""
    section = MarkdownSection(turn.look.quiet() if phase is Phase.THINK else turn.look)
    done = 0
    while turn.section(phase) is None:
        text = turn.texts[phase]  # which may grow meanwhile
        if done == len(text):
            turn.take_section(phase, section)
            return
        section.feed(text[done : done + READ_AT_ONCE])
        done = min(done + READ_AT_ONCE, len(text))
        yield
