"""The text as a draft model reads it: with stretches left out that it was not worth reading.

A draft model that was not used for a while would have to read all it missed before it can draft again. It drafts
almost as well without: the prompt, then the last tokens, as if there were nothing in between. The target's own
text is never touched, so what is written stays the target's.
"""

import numpy as np

from slipstream.engine.context import Context
from slipstream.engine.model import Tokens


class PartialText:
    """What `draft` reads of one answer's context, which only grows."""

    def __init__(self, draft: Context) -> None:
        self._draft = draft
        self._kept: list[tuple[int, int]] = []  # stretches of the context, before the last one
        self._tail = 0  # where the last one begins

    def of(self, context: Tokens) -> Tokens:
        """The tokens to read. A view where nothing is left out."""
        if not self._kept and not self._tail:
            return context
        return np.concatenate([*(context[first:end] for first, end in self._kept), context[self._tail :]])

    def unread(self, context: Tokens) -> int:
        """How many of the last tokens the draft has not read: 1 at least, for its last row is asked for."""
        text = self.of(context)
        return max(1, len(text) - self._draft.common_prefix(text))

    def leave_out(self, context: Tokens, read: int) -> None:
        """Of the unread tokens, keep only the last `read`."""
        first_unread = len(context) - self.unread(context)
        if first_unread > self._tail:
            self._kept.append((self._tail, first_unread))
        else:
            first_unread = self._tail  # nothing of the last stretch was read: it goes
        self._tail = max(len(context) - read, first_unread)
