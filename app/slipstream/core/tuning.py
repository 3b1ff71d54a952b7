"""What a thorough measurement of a pair found, and what follows from it: pure arithmetic on medians."""

from collections.abc import Mapping
from dataclasses import dataclass, field

CLEAR = 0.03  # a difference this small is taken for noise
LONGEST_BY_MODEL = 16  # tokens, of a draft model's draft


@dataclass(frozen=True, slots=True)
class TuneReport:
    """Medians over `passes` passes at a context of `position` tokens."""

    position: int
    passes: int
    threads: int  # of the target
    verify_ms: Mapping[int, float]  # the target's decode, by tokens
    thread_ms: Mapping[int, float] = field(default_factory=dict)  # the draft's decode of one, by its threads
    draft_threads: int | None = None  # the choice; None without a draft model

    @property
    def draft_ms(self) -> float:
        """What drafting one token takes; 0 without a draft model, for a lookup takes no decode."""
        return 0.0 if self.draft_threads is None else self.thread_ms[self.draft_threads]

    @property
    def lengths(self) -> list[int]:
        """The draft lengths whose verification was measured, from 1."""
        longest = max(self.verify_ms) if self.draft_threads is None else LONGEST_BY_MODEL
        return [tokens - 1 for tokens in sorted(self.verify_ms) if 1 < tokens <= longest + 1]

    def needs_tau(self, length: int) -> float:
        """What a step with so many drafted tokens takes, in plain steps: the τ from which it pays."""
        return (self.verify_ms[length + 1] + length * self.draft_ms) / self.verify_ms[1]

    def speedup_if_kept(self, length: int) -> float:
        """Against not drafting, were every drafted token kept."""
        return (length + 1) / self.needs_tau(length)

    @property
    def best_if_kept(self) -> int:
        """The draft length that gains most where every token is kept; 0 where none gains."""
        best = max(self.lengths, key=self.speedup_if_kept, default=0)
        return best if best and self.speedup_if_kept(best) > 1 + CLEAR else 0

    def splits(self) -> dict[int, tuple[tuple[int, int], float]]:
        """The batches that take clearly longer than the same tokens in two parts: the parts, and what both take.

        A split verification is two shorter steps of which the second is paid for even where the first refuses:
        so it says which lengths to keep away from, and not how to verify.
        """
        found = {}
        for tokens, whole in self.verify_ms.items():
            parts = [
                ((first, tokens - first), ms + self.verify_ms[tokens - first])
                for first, ms in self.verify_ms.items()
                if 2 * first >= tokens > first and tokens - first in self.verify_ms
            ]
            if not parts:
                continue
            best = min(parts, key=lambda part: part[1])
            if best[1] < whole * (1 - CLEAR):
                found[tokens] = best
        return found


def choose_threads(thread_ms: Mapping[int, float], usual: int) -> int:
    """The thread count whose decode is fastest; the usual one where none is clearly faster."""
    best = min(thread_ms, key=lambda threads: thread_ms[threads])
    return best if usual not in thread_ms or thread_ms[best] < thread_ms[usual] * (1 - CLEAR) else usual
