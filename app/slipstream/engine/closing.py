"""Ending the thinking before the model does: a person wants the answer now, or the thinking's budget is used up.

What is put in, the closing tag as models write it, is given to the model as a prompt is: it is part of the text and
counts in nothing. Knows the text and its tokens, nothing of drafts and caches.
"""

import sys
from collections.abc import Callable, Sequence

from slipstream.core.metrics import ClosedBy, Phase
from slipstream.engine.chat_format import Prompt
from slipstream.engine.text import TextStream
from slipstream.engine.thinking import OPEN_TAG, closing


class Closing:
    """One run's: the loop asks it before each step (`speculate.Steering`). `by` tells who closed the thinking."""

    def __init__(
        self,
        text: TextStream,
        prompt: Prompt,
        tokenize: Callable[[str], Sequence[int]],
        budget: int | None,
        asked: Callable[[], bool],
    ) -> None:
        """`budget`: tokens of thinking, those of a turn that is gone on with included; None is no limit.

        `asked`: whether a person has asked for the answer.
        """
        self.by: ClosedBy | None = None
        self._text = text
        self._opened = prompt.thoughts
        self._tokenize = tokenize
        self._budget = budget
        self._asked = asked
        self._thought = prompt.thought_tokens

    def count(self) -> None:
        """A token was written: it is one of thinking if thinking is open after it."""
        self._thought += self._text.phase is Phase.THINK

    def most(self) -> int:
        """A step ends where the budget does, so that it makes no difference how far the step would have drafted."""
        if self._budget is None or not self._text.may_think:
            return sys.maxsize
        return max(1, self._budget - self._thought)

    def insert(self, room: int) -> tuple[int, ...]:
        """The closing tag, once it is time, unless a character, a tag or a stop string is only half there."""
        by = self._who_closes()
        if by is None or not self._text.is_settled:
            return ()
        words = closing(self._thoughts())
        tokens = tuple(self._tokenize(words))
        if len(tokens) > room:  # the context ends before an answer could begin
            return ()
        self._text.close_thinking(words)
        self.by = by
        return tokens

    def _who_closes(self) -> ClosedBy | None:
        if self._text.phase is not Phase.THINK:
            return None
        if self._asked():
            return ClosedBy.PERSON
        return ClosedBy.BUDGET if self._budget is not None and self._thought >= self._budget else None

    def _thoughts(self) -> str:
        """All since the opening tag."""
        written = self._text.text
        return written.partition(OPEN_TAG)[2] if self._opened is None else self._opened + written
