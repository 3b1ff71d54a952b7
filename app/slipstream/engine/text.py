"""From tokens' bytes to text that is certain: whole characters, no part of a stop string, thinking split off.

A character may span tokens, a stop string or a thinking tag too; so text is held back while it could still
turn out to be one of them. Each piece keeps the token it came from.
"""

import codecs
from collections.abc import Sequence
from dataclasses import dataclass

from slipstream.core.events import Origin, TextPiece
from slipstream.core.metrics import Phase
from slipstream.engine.thinking import CLOSE_TAG, OPEN_TAG


@dataclass(slots=True)
class _Pending:
    text: str
    origin: Origin
    token: int


class TextStream:
    """`push` tokens in order, `finish` once; `text`, `thinking` and `answer` hold all that was let out."""

    def __init__(
        self, stops: Sequence[str] = (), *, opens_thinking: bool = False, goes_on: bool = False
    ) -> None:
        """`opens_thinking`: what comes first is thinking. `goes_on`: text of the same phase stands before it."""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._stops = tuple(stop for stop in stops if stop)
        self._pending: list[_Pending] = []
        self._at_start = not (opens_thinking or goes_on)  # an opening tag may still come
        # White space at the start of thinking and of the answer is the template's.
        self._skip_space = not goes_on
        self.phase = Phase.THINK if opens_thinking else Phase.ANSWER
        self._all: list[str] = []
        self._taken = 0  # entries of it handed out by `new_text`
        self._by_phase: dict[Phase, list[str]] = {Phase.THINK: [], Phase.ANSWER: []}

    @property
    def text(self) -> str:
        """All of it as written, tags included."""
        return "".join(self._all)

    def new_text(self) -> str:
        """What has been let out since the last call, as written."""
        new = "".join(self._all[self._taken :])
        self._taken = len(self._all)
        return new

    @property
    def thinking(self) -> str:
        return "".join(self._by_phase[Phase.THINK]).rstrip()

    @property
    def answer(self) -> str:
        return "".join(self._by_phase[Phase.ANSWER])

    @property
    def may_think(self) -> bool:
        """Whether what is written next may be thinking."""
        return self.phase is Phase.THINK or self._at_start

    @property
    def is_settled(self) -> bool:
        """Whether all that was pushed is let out: no character, tag or stop string is half there."""
        return not self._pending and not self._decoder.getstate()[0]

    def close_thinking(self, words: str) -> None:
        """Thinking ends here, though not by the model: `words`, with the tag, are of the whole text and no phase.

        To be called while thinking, when the text is settled.
        """
        self._all.append(words)
        self._skip_space = True
        self.phase = Phase.ANSWER

    def surely_thinking(self, pieces: Sequence[bytes]) -> int:
        """How many tokens that stand for `pieces`, written next, would all be thinking beyond doubt.

        From the first token on that may belong to the closing tag, none: whether and where thinking ends is
        not for a rule that is less exact while thinking. The tag may be one token or several; in the latter
        case a mere "<" already counts as its beginning, until what follows says otherwise.
        """
        if self.phase is not Phase.THINK:
            return 0
        text = "".join(pending.text for pending in self._pending)
        for i, piece in enumerate(pieces):
            # A character that spans tokens is lost here; the tag has none of these.
            text += piece.decode("utf-8", "ignore")
            if CLOSE_TAG in text or _tail(text, (CLOSE_TAG,)):
                return i
        return len(pieces)

    def push(self, data: bytes, origin: Origin, token: int) -> tuple[list[TextPiece], bool]:
        """The pieces that `data` makes certain, and whether a stop string was completed by it."""
        if text := self._decoder.decode(data):
            self._pending.append(_Pending(text, origin, token))
        return self._drain(final=False)

    def finish(self) -> list[TextPiece]:
        """What was held back; bytes that are no character come out as U+FFFD."""
        if text := self._decoder.decode(b"", final=True):
            last = self._pending[-1] if self._pending else _Pending("", Origin.PLAIN, 0)
            self._pending.append(_Pending(text, last.origin, last.token))
        pieces, _ = self._drain(final=True)
        return pieces

    def _drain(self, *, final: bool) -> tuple[list[TextPiece], bool]:
        pieces: list[TextPiece] = []
        joined = "".join(p.text for p in self._pending)
        stop_at = min((at for stop in self._stops if (at := joined.find(stop)) >= 0), default=-1)
        stopped = stop_at >= 0
        end = stop_at if stopped else len(joined)
        held = end if final or stopped else end - _tail(joined, self._stops)
        while True:
            tag = self._expected_tag()
            # A stop string may begin with the tag: then the tag is no tag until the stop string is none.
            at = joined.find(tag, 0, held) if tag else -1
            if at < 0 or (self._at_start and joined[:at].strip()):
                break
            pieces += self._let_out(at)
            self._drop(len(tag))
            self._at_start = False
            self._skip_space = True
            self.phase = Phase.ANSWER if tag == CLOSE_TAG else Phase.THINK
            joined, end, held = joined[at + len(tag) :], end - at - len(tag), held - at - len(tag)
        if (
            self._at_start
            and joined[:end].strip()
            and not OPEN_TAG.startswith(joined[:end].strip()[: len(OPEN_TAG)])
        ):
            self._at_start = False  # the answer began without a tag
        if not final and not stopped and (tag := self._expected_tag()):
            # At the start there is only white space, or the beginning of an opening tag.
            held = 0 if self._at_start else min(held, end - _tail(joined[:end], (tag,)))
        pieces += self._let_out(max(held, 0))
        if stopped:
            self._pending.clear()
        return pieces, stopped

    def _expected_tag(self) -> str:
        if self.phase is Phase.THINK:
            return CLOSE_TAG
        return OPEN_TAG if self._at_start else ""

    def _let_out(self, length: int) -> list[TextPiece]:
        pieces = []
        for taken in self._take(length):
            self._all.append(taken.text)
            text = taken.text
            if self._skip_space:
                text = text.lstrip()
                self._skip_space = not text
            if text:
                self._by_phase[self.phase].append(text)
                pieces.append(TextPiece(text, self.phase, taken.origin, taken.token))
        return pieces

    def _drop(self, length: int) -> None:
        """Take a tag out: part of the whole text, of neither phase."""
        self._all.extend(taken.text for taken in self._take(length))

    def _take(self, length: int) -> list[_Pending]:
        """The first `length` pending characters, split at token borders."""
        taken = []
        while length > 0 and self._pending:
            first = self._pending[0]
            if len(first.text) <= length:
                taken.append(self._pending.pop(0))
                length -= len(first.text)
            else:
                taken.append(_Pending(first.text[:length], first.origin, first.token))
                first.text = first.text[length:]
                length = 0
        return taken


def _tail(text: str, markers: Sequence[str]) -> int:
    """Length of the longest end of `text` that begins, but does not complete, a marker."""
    longest = max((len(marker) for marker in markers), default=0)
    for length in range(min(longest - 1, len(text)), 0, -1):
        if any(len(marker) > length and marker.startswith(text[-length:]) for marker in markers):
            return length
    return 0
