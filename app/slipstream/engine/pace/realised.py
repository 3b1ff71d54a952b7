"""What drafting has really brought, of late: what a person is told, in place of what was expected.

Expectations are what decisions are made of. They are of steps that have not happened, and too bright where the
draft is surer of itself than it should be; a figure on the screen has to be of steps that have.
"""

MEMORY = 64  # steps
FEWEST = 16  # steps that a figure can be made of


class RealisedSpeedup:
    """The time the tokens would have taken without drafting, over the time they took; the latest weigh most."""

    def __init__(self) -> None:
        self._plain_ms = 0.0
        self._took_ms = 0.0
        self._steps = 0

    def add(self, plain_ms: float, took_ms: float) -> None:
        """A step, and what its tokens would have taken."""
        forgets = 1 - 1 / MEMORY
        self._plain_ms = self._plain_ms * forgets + plain_ms
        self._took_ms = self._took_ms * forgets + took_ms
        self._steps += 1

    @property
    def value(self) -> float | None:
        """None as long as there are too few steps to tell."""
        return self._plain_ms / self._took_ms if self._steps >= FEWEST and self._took_ms > 0 else None
