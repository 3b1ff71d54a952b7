"""How far to draft: what a pace is, and the one that keeps to a fixed length.

A `Pace` lives as long as an answer; for each step it makes a `Plan`, which the drafter asks as it goes along. The
questions are so put that the output stays the target's own: before a token is drawn, a plan hears how sure the
draft is, never what was drawn; a token that was drawn is submitted.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from slipstream.core.pace import PaceReport
from slipstream.engine.acceptance import Target, Verdict
from slipstream.engine.proposal import Proposal


class Move(Enum):
    """What to do with the draft's next distribution."""

    STOP = "stop"  # the draft ends before it
    DRAW = "draw"  # a token drawn from it is submitted
    LIKELIEST = "likeliest"  # its likeliest token is submitted


class Plan(Protocol):
    """The draft of one step. Counts by itself what was submitted."""

    @property
    def limit(self) -> int:
        """The most tokens this step may submit."""

    def lookup(self, length: int) -> int:
        """How many tokens to take from a lookup whose match is `length` tokens long; 0 for none."""

    def opens(self, behind: int) -> int:
        """How many of the `behind` tokens that the draft model has not read it shall read in order to draft.

        Fewer than `behind`: only the last ones. 0: the draft model does not draft in this step.
        """

    def goes_on(self) -> bool:
        """Whether to ask the draft model for its next distribution."""

    def judge(self, confidence: float) -> Move:
        """What to do with the distribution asked for; `confidence` is its highest raw probability."""

    def submitted(self, *, likeliest: bool) -> None:
        """A token was submitted: the likeliest of its distribution, or another."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Wall time of a step's parts, ms."""

    draft_ms: float
    verify_ms: float
    sample_ms: float


class Pace(Protocol):
    """Decides how far to draft, and learns from what became of it."""

    def reads(self, prompt_tokens: int, max_tokens: int, behind: int) -> int:
        """How many of the `behind` last prompt tokens the draft model shall read before the answer begins."""

    def plan(self, position: int, room: int) -> Plan:
        """For a step after `position` tokens that may submit at most `room`."""

    def observe(self, proposal: Proposal, verdict: Verdict, target: Target, timing: Timing) -> None:
        """What became of the last plan. `target(i)` for i ≤ `verdict.accepted` costs nothing new."""

    @property
    def report(self) -> PaceReport | None:
        """What it does at present, and why; None for a pace without a choice."""


class FixedPlan:
    """As many tokens as allowed, whatever they look like; looked up where `shortest` tokens match."""

    def __init__(self, limit: int, shortest: int) -> None:
        self.limit = limit
        self._shortest = shortest
        self._left = limit

    def lookup(self, length: int) -> int:
        return self.limit if length >= self._shortest else 0

    def opens(self, behind: int) -> int:
        return behind if self.limit else 0

    def goes_on(self) -> bool:
        return self._left > 0

    def judge(self, confidence: float) -> Move:
        return Move.DRAW

    def submitted(self, *, likeliest: bool) -> None:
        self._left -= 1


class FixedPace:
    """The same length every time."""

    report = None

    def __init__(self, length: int, shortest_match: int = 0) -> None:
        """`shortest_match`: tokens that must match before what followed them is drafted."""
        self._length = length
        self._shortest_match = shortest_match

    def reads(self, prompt_tokens: int, max_tokens: int, behind: int) -> int:
        return behind if self._length else 0

    def plan(self, position: int, room: int) -> Plan:
        return FixedPlan(max(0, min(self._length, room)), self._shortest_match)

    def observe(self, proposal: Proposal, verdict: Verdict, target: Target, timing: Timing) -> None:
        pass
