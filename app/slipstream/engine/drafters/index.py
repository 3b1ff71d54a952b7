"""Where the end of a context came before, and what followed it there.

Everything read is kept in one log: the text as it stands now, and what a conversation left behind (thinking
that a template drops, an edited turn, an answer written again), which R1 likes to repeat. Hash chains over
n-grams of two sizes find places, newest first (as in LZ77: Ziv & Lempel 1977; prompt lookup: Saxena 2023).

A long match is a copy under way. When it breaks off, as in "rewrite this file with one change", one token
near the place where it broke is enough to find it again, where elsewhere three are needed: 10 % fewer steps
on 100 edits of source files. (Going on blindly after one refused token is not worth it: it was right in 16 %
of 217 cases, for names are several tokens long.)

It knows tokens only: no model, no probabilities, and not whether a draft pays.
"""

from array import array
from bisect import bisect_right
from dataclasses import dataclass

import numpy as np

from slipstream.engine.model import Tokens

SIZES = (8, 3)  # n-grams that are looked up; the short one finds what the long one cannot
CANDIDATES = 4  # of one n-gram, how many occurrences are compared: one alone costs 2 % more steps
COUNTED = 64  # a match is counted back no further
COPY = 32  # a match of so many tokens is a copy under way
GAP, AHEAD = 64, 32  # how long a broken copy is looked for, and how far beyond where it would be
REMEMBERED = 1 << 16  # tokens of text left behind; half of them go when there are more
OWN_PREFIX = 8  # texts that share fewer leading tokens have nothing to do with each other
CHECKED = 64  # the last tokens known that a context is compared with; all of them when these differ


@dataclass(frozen=True, slots=True)
class Match:
    """A place in the log where the context's last tokens came before.

    `length`: how many do, counted back up to 64; at least 3, or 1 where a broken copy goes on: then `before`
    says how long the copy was when it broke (32…64, else 0), and `gap` how many tokens ago that was.
    """

    length: int
    before: int
    gap: int
    start: int  # in the log: of what followed
    end: int  # where that ends
    _log: "array[int]"

    def sureness(self, i: int = 0) -> int:
        """How many tokens an unbroken match has that is kept as often as the i-th token of this one.

        Each token counts double after a copy that broke: measured, 3 are worth 7 elsewhere, 1 is worth 3.
        """
        length = self.length + i
        return 2 * length + 1 if self.before else length

    def continuation(self, limit: int) -> tuple[int, ...]:
        """What followed, at most `limit` tokens; to be asked before the index reads on.

        Meeting the end of the current text it starts over, for text with a period; text left behind ends.
        """
        there = self._log[self.start : min(self.end, self.start + limit)].tolist()
        if self.end == len(self._log) and there:
            there = (there * -(-limit // len(there)))[:limit]
        return tuple(there)


@dataclass(slots=True)
class _Copy:
    """The last long match, as log positions: from `here` on the text no longer agrees with `source`."""

    here: int
    source: int
    length: int  # tokens that agreed before


class _Chain:
    """For n-grams of one size, where each occurrence ended, linked from the newest to the oldest."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._newest: dict[int, int] = {}
        self._older: dict[int, int] = {}

    def add(self, gram: "array[int]", end: int) -> None:
        key = hash(gram.tobytes())
        older = self._newest.get(key)
        if older is not None:
            self._older[end] = older
        self._newest[key] = end

    def ends(self, gram: "array[int]") -> list[int]:
        """Newest first. Hashes may collide: what is found must be compared."""
        found: list[int] = []
        end = self._newest.get(hash(gram.tobytes()))
        while end is not None and len(found) < CANDIDATES:
            found.append(end)
            end = self._older.get(end)
        return found


class NgramIndex:
    """The log and its chains, kept in step with a context that mostly grows."""

    def __init__(self, remembered: int = REMEMBERED) -> None:
        self._remembered = remembered
        self.tokens_read = 0  # entered into the chains so far, those entered again included
        self.forget()

    def forget(self) -> None:
        """Start over, as if nothing had been read."""
        self._current = np.empty(0, np.int32)  # the text as it stands; grows by doubling
        self._length = 0  # of the current text
        self._clear()

    def _clear(self) -> None:
        self._log: array[int] = array("i")
        self._stretches = [
            0
        ]  # where each contiguous piece of text begins; the last one ends the current text
        self._chains = [_Chain(size) for size in SIZES]
        self._copy: _Copy | None = None

    @property
    def remembered(self) -> int:
        """Tokens held, those of the current text included."""
        return len(self._log)

    def follow(self, context: Tokens) -> None:
        """Bring the index in step with `context`, shape (n,): constant time for each new token.

        Where it went another way than what was read, the other way is kept as text left behind. Whether it
        only grew is judged by the last tokens; one that was changed before them alone is not noticed until
        it changes elsewhere, which can cost a refused draft, never a wrong token.
        """
        known = self._length
        checked = max(0, known - CHECKED)
        if known > len(context) or not np.array_equal(self._current[checked:known], context[checked:known]):
            self._turn_back(context)
        known = self._length
        if len(context) > len(self._current):
            grown = np.empty(2 * len(context), np.int32)
            grown[:known] = self._current[:known]
            self._current = grown
        self._current[known : len(context)] = context[known:]
        self._length = len(context)
        self._read(context[known:].tolist())

    def find(self, context: Tokens) -> Match | None:
        """Follow `context` and find its end in what came before: the longest match, of equal ones the newest.

        A copy that goes on comes first, unless another match is longer and long enough to be a copy itself.
        """
        self.follow(context)
        best = self._along(self._copy) if self._copy is not None else None
        if best is None or best.length < COUNTED:
            other = self._longest()
            if other is not None and (best is None or other.length >= max(COPY, best.length + 1)):
                best = other
        if best is not None and best.length >= COPY:
            self._copy = _Copy(len(self._log), best.start, best.length)
        return best

    # Searching

    def _along(self, copy: _Copy) -> Match | None:
        """Where the copy goes on, or goes on again."""
        log, n, end = self._log, len(self._log), self._end_of(copy.source)
        while copy.here < n and copy.source < end and log[copy.here] == log[copy.source]:
            copy.here, copy.source = copy.here + 1, copy.source + 1
            copy.length = min(copy.length + 1, COUNTED)
        gap = n - copy.here
        if copy.source >= end or gap > GAP:
            self._copy = None
            return None
        if not gap:
            return self._match(copy.source, self._agreeing(copy.source, COUNTED))
        expected = copy.source + gap  # had every token since been replaced by one
        best, length = 0, 0
        for start in range(copy.source + 1, min(expected + AHEAD, end - 1, copy.here - 1) + 1):
            if log[start - 1] != log[n - 1]:
                continue
            agreeing = self._agreeing(start, min(gap, start - copy.source))
            nearer = abs(start - expected) < abs(best - expected)
            if agreeing > length or (agreeing == length and nearer):
                best, length = start, agreeing
        return self._match(best, length, copy.length, gap) if length else None

    def _longest(self) -> Match | None:
        """The longest match by n-gram."""
        n = len(self._log)
        length, best = 0, 0
        for chain in self._chains:
            if n - self._stretches[-1] < chain.size:
                continue
            for start in chain.ends(self._log[n - chain.size :]):
                agreeing = self._agreeing(start, COUNTED)
                if agreeing >= chain.size and agreeing > length:
                    length, best = agreeing, start
            if length:
                return self._match(best, length)
        return None

    def _match(self, start: int, length: int, before: int = 0, gap: int = 0) -> Match:
        return Match(length, before, gap, start, self._end_of(start), self._log)

    def _agreeing(self, start: int, limit: int) -> int:
        """How many tokens before `start` are the text's last ones, at most `limit`."""
        log, n = self._log, len(self._log)
        limit = min(limit, start - self._start_of(start), n - self._stretches[-1])
        i = 0
        while i < limit and log[start - 1 - i] == log[n - 1 - i]:
            i += 1
        return i

    def _start_of(self, position: int) -> int:
        return self._stretches[bisect_right(self._stretches, position) - 1]

    def _end_of(self, position: int) -> int:
        later = bisect_right(self._stretches, position)
        return self._stretches[later] if later < len(self._stretches) else len(self._log)

    # Reading

    def _read(self, tokens: list[int]) -> None:
        """Append to the last stretch. An n-gram is entered once the token that follows it is known."""
        log, begin = self._log, self._stretches[-1]
        for token in tokens:
            end = len(log)
            for chain in self._chains:
                if end - begin >= chain.size:
                    chain.add(log[end - chain.size :], end)
            log.append(token)
        self.tokens_read += len(tokens)

    def _turn_back(self, context: Tokens) -> None:
        """Keep the prefix that `context` shares; what follows it is left behind."""
        n = min(self._length, len(context))
        differs = np.flatnonzero(self._current[:n] != context[:n])
        shared = int(differs[0]) if len(differs) else n
        if shared < OWN_PREFIX:
            self.forget()
            return
        self._length = shared
        self._copy = None
        if len(self._log) - shared > self._remembered:
            self._drop_oldest()
        else:
            self._begin(self._current[max(0, shared - COUNTED) : shared])

    def _begin(self, overlap: Tokens) -> None:
        """A new stretch; it opens with the tokens before the fork, so that matches count back across it."""
        self._stretches.append(len(self._log))
        self._log.extend(overlap.tolist())

    def _drop_oldest(self) -> None:
        """Read the newest half of what may be remembered anew, then the current text in one piece."""
        log, starts = self._log, self._stretches
        cut = len(log) - self._remembered // 2
        pieces = [
            log[max(start, cut) : end].tolist()
            for start, end in zip(starts, [*starts[1:], len(log)], strict=True)
        ]
        self._clear()
        for piece in [*pieces, self._current[: self._length].tolist()]:
            if self._log:
                self._stretches.append(len(self._log))
            self._read(piece)
