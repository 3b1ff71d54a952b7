"""Which prompts are answered how often, and in which order.

All prompts come once before any comes again, so that a benchmark that is stopped has something of everything; with
and without drafting take turns in being first, so that being first favours nobody.
"""

from collections.abc import Container
from dataclasses import dataclass

from slipstream.core.benchmark.prompts import BenchPrompt, in_turn
from slipstream.core.benchmark.record import key_for

MOST_REPEATS = 1000


@dataclass(frozen=True, slots=True)
class BenchTask:
    """A prompt to be answered both ways."""

    prompt: BenchPrompt
    repeat: int  # from 0
    drafting_first: bool


@dataclass(frozen=True, slots=True)
class BenchPlan:
    prompts: tuple[BenchPrompt, ...]
    repeats: int = 1

    @property
    def size(self) -> int:
        """Pairs of answers."""
        return len(self.prompts) * self.repeats

    def tasks(self, done: Container[tuple[str, str, int]] = ()) -> tuple[BenchTask, ...]:
        """What is left to do, in its order; `done` holds keys of records."""
        prompts = in_turn(self.prompts)
        return tuple(
            BenchTask(prompt, repeat, drafting_first=(number + repeat) % 2 == 0)
            for repeat in range(self.repeats)
            for number, prompt in enumerate(prompts)
            if key_for(prompt, repeat) not in done
        )
