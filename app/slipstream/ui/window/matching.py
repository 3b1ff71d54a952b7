"""Finding by a few letters: how well what is typed fits a text, and which of its letters it met.

Each word that is typed must be in the text: at the start of one of its words, anywhere in it, or letter by letter.
Case and accents do not count. Pure functions; knows no widgets.
"""

import unicodedata
from dataclasses import dataclass

AT_START, AT_WORD, INSIDE, SCATTERED = 12.0, 10.0, 5.0, 1.0
LOOSEST = 4  # a scattered word may take up this many times its own length


@dataclass(frozen=True, slots=True)
class Match:
    """The better, the larger; `letters` are the places in the text that were met."""

    score: float
    letters: frozenset[int] = frozenset()


def fold(text: str) -> str:
    """`text` without case and accents, letter for letter."""
    if text.isascii():
        return text.lower()
    return "".join(_plain(letter) for letter in text)


def _plain(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0].lower()[0]


def match(typed: str, folded: str) -> Match | None:
    """How well `typed` fits a text that went through `fold`; None where a word of it is not there at all."""
    score, letters = 0.0, set[int]()
    for word in fold(typed).split():
        found = _match_word(word, folded)
        if found is None:
            return None
        score += found.score
        letters |= found.letters
    # Of two texts that hold the same, the one that holds little else is meant.
    return Match(score - len(folded) / 1000, frozenset(letters))


def _match_word(word: str, text: str) -> Match | None:
    at = text.find(word)
    inside = at
    while at >= 0:
        if at == 0 or not text[at - 1].isalnum():
            return Match(AT_WORD if at else AT_START, frozenset(range(at, at + len(word))))
        at = text.find(word, at + 1)
    if inside >= 0:
        return Match(INSIDE, frozenset(range(inside, inside + len(word))))
    return _scattered(word, text)


def _scattered(word: str, text: str) -> Match | None:
    """The letters one after another, the first at the start of a word: "nc" finds "New conversation"."""
    for start in range(len(text)):
        if text[start] != word[0] or (start and text[start - 1].isalnum()):
            continue
        places = [start]
        for letter in word[1:]:
            at = _next(letter, text, places[-1] + 1)
            if at < 0:
                break
            places.append(at)
        if len(places) < len(word):
            continue
        heads, span = _heads(places, text), places[-1] - places[0] + 1
        if heads == len(word) or span <= LOOSEST * len(word):
            return Match(SCATTERED + heads / len(word), frozenset(places))
    return None


def _next(letter: str, text: str, begin: int) -> int:
    """Where a letter is met next: at the start of a word, or else anywhere."""
    anywhere = at = text.find(letter, begin)
    while at >= 0:
        if not text[at - 1].isalnum():
            return at
        at = text.find(letter, at + 1)
    return anywhere


def _heads(places: list[int], text: str) -> int:
    """How many of the places are starts of words."""
    return sum(place == 0 or not text[place - 1].isalnum() for place in places)
