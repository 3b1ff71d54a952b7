"""One step's plan under the automatic pace: the policy's thresholds, applied to what the draft shows.

What it decides on: the text so far, the tokens submitted so far, and how sure the draft is of the next one. A token
is drawn after its plan has decided, and then counts as submitted, whatever it is.
"""

from typing import TYPE_CHECKING

from slipstream.core.habits import confidence_bin
from slipstream.engine.pace.base import Move

if TYPE_CHECKING:
    from slipstream.engine.pace.adaptive import AdaptivePace


class AdaptivePlan:
    """At most `room` tokens."""

    def __init__(self, pace: "AdaptivePace", room: int) -> None:
        self._pace = pace
        self.limit = room
        self._submitted = 0
        self._survival = 1.0  # the chance that all submitted tokens are kept
        self._bin = -1  # of the last confidence judged

    def lookup(self, length: int) -> int:
        return self._pace.lookup(length, self.limit) if self.limit else 0

    def opens(self, behind: int) -> int:
        return self._pace.enters(behind) if self.limit else 0

    def goes_on(self) -> bool:
        if self._submitted >= self.limit:
            return False
        if not self._submitted:
            return True  # `opens` has decided that
        return self._pace.policy.asks(self._submitted, self._survival, self._bin)

    def judge(self, confidence: float) -> Move:
        self._bin = confidence_bin(confidence)
        explores = self._pace.trying and not self._submitted
        if not explores and not self._pace.policy.submits(self._submitted, self._survival, self._bin):
            return Move.STOP
        habits = self._pace.habits
        if self._pace.draws and habits.drawn[self._bin].mean > habits.likeliest[self._bin].mean:
            return Move.DRAW
        return Move.LIKELIEST

    def submitted(self, *, likeliest: bool) -> None:
        habits = self._pace.habits
        kept = habits.drew_likeliest if likeliest else habits.drew_other
        self._survival *= kept[self._bin].mean
        self._submitted += 1
