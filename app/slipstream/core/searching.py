"""What a person searches for: the words of a query, and where they stand in a text.

One reading of the query serves the store's index, the list of titles and the snippets, so that they agree. A word is
found where a word of the text begins with it, whatever the case and the accents; `"quoted words"` only as they stand,
one after another. Nothing a person types has any other meaning. In scripts that put no spaces between words each
character counts as a word: what is looked for is found wherever its characters stand in a row. Knows nothing of
databases and windows.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Self

from slipstream.core.text import clean_text

LONGEST_QUERY = 2000  # characters that are read: a pasted page is no search
MOST_WORDS = 12
LONGEST_WORD = 64
PREFIX_FROM = 2  # characters a word must have to stand for what begins with it: "c" is a language, not c…
STRETCH = 50_000  # characters in which a snippet's place is looked for at once
OVERLAP = 1_000
MOST_MARKS = 200  # in one stretch
LED_BY = 40  # letters that tell a place in a text from others with the same word

_ASKED = re.compile(r'"([^"]*)"|([^\s"]+)')
_TOKEN = re.compile(r"[^\W_]+")
# Thai, Lao, Burmese, Khmer, kana, Chinese characters
_RANGES = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
UNSPACED = re.compile(f"[{_RANGES}]")
_LETTER = rf"[^\W_{_RANGES}]"  # or a digit, in a script with spaces
_WORD_BEGINS, _WORD_ENDS = f"(?<!{_LETTER})", f"(?!{_LETTER})"
_SPACE = re.compile(r"\s+")


class _Folds(dict[int, str]):
    """Each character's lower case without its accents, one character always, worked out when first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base, *marks = tuple(unicodedata.normalize("NFD", char))
        if not marks or UNSPACED.match(char) or not all(map(unicodedata.combining, marks)):
            base = char
        self[code] = folded = base.lower()[:1]
        return folded


_FOLDS = _Folds()


def fold(text: str) -> str:
    """The text without case and accents, character by character: places in it are places in the text."""
    return text.lower() if text.isascii() else text.translate(_FOLDS)


def spaced(text: str) -> str:
    """The text for an index of words: the characters of scripts without spaces stand apart."""
    return UNSPACED.sub(r" \g<0> ", text) if UNSPACED.search(text) else text


class Part(NamedTuple):
    """A piece of a snippet."""

    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class Word:
    """One thing to look for: a word, or several in their order. All folded."""

    tokens: tuple[str, ...]
    is_prefix: bool  # the last token may go on
    pattern: re.Pattern[str]  # for folded text

    @classmethod
    def read(cls, text: str, *, quoted: bool) -> Self | None:
        """None where the text has no letter and no digit."""
        folded = fold(unicodedata.normalize("NFC", text))[: LONGEST_WORD * (4 if quoted else 1)]
        tokens = tuple(_TOKEN.findall(spaced(folded)))
        if not tokens:
            return None
        last = tokens[-1]
        is_prefix = not quoted and len(last) >= PREFIX_FROM and not UNSPACED.match(last)
        pattern = r"[\W_]*".join(map(_whole, tokens))
        return cls(tokens, is_prefix, re.compile(pattern.removesuffix(_WORD_ENDS) if is_prefix else pattern))


@dataclass(frozen=True, slots=True)
class Query:
    """All words must be found. False where there is nothing to look for."""

    words: tuple[Word, ...]

    @classmethod
    def read(cls, text: str) -> Self:
        """Of what a person typed: anything, of any length."""
        words: dict[Word, None] = {}
        for match in _ASKED.finditer(clean_text(text[:LONGEST_QUERY])):
            quoted, plain = match.groups()
            word = Word.read(plain or quoted or "", quoted=plain is None)
            if word is not None:
                words[word] = None
            if len(words) == MOST_WORDS:
                break
        return cls(tuple(words))

    def __bool__(self) -> bool:
        return bool(self.words)

    def matches(self, text: str) -> bool:
        """Whether all words are in the text."""
        return self.matches_folded(fold(text))

    def matches_folded(self, folded: str) -> bool:
        """The same of a text that is folded already, by whoever asks often."""
        return bool(self.words) and all(word.pattern.search(folded) for word in self.words)

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where the words stand in a text, from and to, in order and none over another."""
        places: list[tuple[int, int]] = []
        for start, end, _ in self._marks(text):
            if not places or start >= places[-1][1]:
                places.append((start, end))
        return places

    def parts(self, text: str) -> tuple[Part, ...]:
        """A short text whole, its hits told apart; white space becomes single spaces."""
        return _parts(text, self._marks(text), 0, len(text))

    def snippet(self, text: str, room: int) -> tuple[Part, ...]:
        """About `room` characters around the place where most of the words stand together, the first such place.

        The beginning of the text where none is found.
        """
        for start, marks in self._stretches(text):
            first = _densest(marks, room)
            begin = _word_start(text, max(0, start + marks[first][0] - room // 4))
            end = _word_end(text, min(len(text), begin + room))
            placed = [(start + mark[0], start + mark[1], mark[2]) for mark in marks]
            return _parts(text, placed, begin, end)
        return _parts(text, [], 0, _word_end(text, min(len(text), room)))

    def _stretches(self, text: str) -> Iterator[tuple[int, list[tuple[int, int, int]]]]:
        """Each stretch of the text with something in it: where it begins, and its marks."""
        for end in range(STRETCH, max(1, len(text)) + STRETCH, STRETCH):
            start = max(0, end - STRETCH - 1)  # one before: it tells whether a word begins there
            marks = [mark for mark in self._marks(text[start : end + OVERLAP]) if mark[0] or not start]
            if marks:
                yield start, marks

    def _marks(self, text: str) -> list[tuple[int, int, int]]:
        """(start, end, number of the word) of the hits in a text, in their order."""
        folded = fold(text)
        marks = []
        for number, word in enumerate(self.words):
            for count, match in enumerate(word.pattern.finditer(folded)):
                marks.append((match.start(), match.end(), number))
                if count == MOST_MARKS:
                    break
        return sorted(marks)


@dataclass(frozen=True, slots=True)
class Lead:
    """The place a hit of a search shows: what was searched for, and what the text says from there on."""

    query: Query
    text: str
    in_thinking: bool = False

    @classmethod
    def of(cls, query: Query, snippet: tuple[Part, ...], *, in_thinking: bool = False) -> Self:
        """Of the first hit in a snippet."""
        first = next((number for number, part in enumerate(snippet) if part.is_hit), len(snippet))
        return cls(query, "".join(part.text for part in snippet[first:]), in_thinking)

    def fit(self, text: str) -> int:
        """How many letters of it a text begins with: the place that is meant has the most."""
        mine, theirs = _letters(self.text), _letters(text[: 4 * LED_BY])
        count = 0
        for one, other in zip(mine[:LED_BY], theirs, strict=False):
            if one != other:
                break
            count += 1
        return count


def _letters(text: str) -> str:
    return "".join(_TOKEN.findall(fold(text)))


def _whole(token: str) -> str:
    """The pattern of a token that stands by itself."""
    escaped = re.escape(token)
    return escaped if UNSPACED.match(token) else f"{_WORD_BEGINS}{escaped}{_WORD_ENDS}"


def _densest(marks: list[tuple[int, int, int]], room: int) -> int:
    """The first mark of the window with the most different words."""
    best, most = 0, 0
    for first, (start, _, _) in enumerate(marks):
        inside = {word for _, end, word in marks[first : first + 30] if end <= start + room * 3 // 4}
        if len(inside) > most:
            best, most = first, len(inside)
    return best


def _word_start(text: str, place: int) -> int:
    """Move a cut back to where a word begins, if that is near."""
    near = max(0, place - 16)
    space = max(text.rfind(" ", near, place + 1), text.rfind("\n", near, place + 1))
    return place if place == 0 or space < 0 else space + 1


def _word_end(text: str, place: int) -> int:
    """Move a cut on to where a word ends, if that is near."""
    if place >= len(text):
        return len(text)
    found = _SPACE.search(text, place, place + 16)
    return found.start() if found else place


def _parts(text: str, marks: list[tuple[int, int, int]], begin: int, end: int) -> tuple[Part, ...]:
    """`text[begin:end]` in pieces; an ellipsis where it was cut."""
    parts: list[Part] = []

    def add(start: int, stop: int, *, is_hit: bool) -> None:
        piece = _SPACE.sub(" ", text[start:stop])
        if parts and parts[-1].text.endswith(" "):
            piece = piece.removeprefix(" ")
        if piece and parts and parts[-1].is_hit is is_hit:
            parts[-1] = Part(parts[-1].text + piece, is_hit)
        elif piece:
            parts.append(Part(piece, is_hit))

    done = begin
    for first, last, _ in marks:
        start, stop = max(first, done), min(last, end)  # two words may stand in one another
        if start < stop:
            add(done, start, is_hit=False)
            add(start, stop, is_hit=True)
            done = stop
    add(done, end, is_hit=False)
    if parts:
        parts[0] = Part(parts[0].text.lstrip(), parts[0].is_hit)
        parts[-1] = Part(parts[-1].text.rstrip(), parts[-1].is_hit)
    if begin > 0:
        parts.insert(0, Part("…", False))
    if text[end:].strip():
        parts.append(Part("…", False))
    return tuple(part for part in parts if part.text)
