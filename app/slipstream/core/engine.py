"""The engine as its users see it: the same in this process (headless) and in a child process (the window)."""

from collections.abc import Callable, Iterator
from typing import Protocol

from slipstream.core.chat import GenerateRequest, PairSpec
from slipstream.core.costs import PairRecord
from slipstream.core.events import LoadProgress, PairLoaded, RunEvent
from slipstream.core.measurements import Measurements
from slipstream.core.side_by_side import SideBySide, SideBySideEvent
from slipstream.core.tuning import TuneReport

Listener = Callable[[LoadProgress], None]


def unheard(_progress: LoadProgress) -> None:
    """For those who do not want to know how far a load is."""


class StopFlag(Protocol):
    """Set from any thread; the engine looks at it in every step, and while llama.cpp decodes on the CPU."""

    def set(self) -> None: ...
    def clear(self) -> None: ...
    def is_set(self) -> bool: ...


class Engine(Protocol):
    """One loaded pair, one run at a time."""

    @property
    def stop(self) -> StopFlag:
        """Ends what is under way: a run with stop reason STOPPED, a load or `tune` with LoadError.

        `load`, `tune`, `generate` and `compare` clear it when they begin.
        """

    def know(self, measurements: Measurements) -> None:
        """Begin from what was measured before. The loaded pair's record there is kept up to date."""

    def load(self, spec: PairSpec, progress: Callable[[LoadProgress], None]) -> PairLoaded:
        """Load a pair as one object, in place of the one loaded before.

        A draft that is missing or unfit is left out, and `PairLoaded.draft_problem` says why. Raises
        ModelFileError, LoadError or EngineDiedError for the target; then nothing is loaded.
        """

    def generate(self, request: GenerateRequest) -> Iterator[RunEvent]:
        """Write one answer. Raises PromptError, UsageError, LoadError (nothing is loaded), DecodeError
        or EngineDiedError.

        Ends with `RunFinished` whatever the stop reason. Closing the iterator early stops the run.
        """

    def compare(self, asked: SideBySide, progress: Listener = unheard) -> Iterator[SideBySideEvent]:
        """Have one prompt answered by several ways to draft, by turns (`core.side_by_side`). Raises as `generate`;
        UsageError also where a side cannot draft as it is asked to; ModelFileError and LoadError where another draft
        cannot be loaded or is unfit, LoadError where its loading was stopped.

        Other drafts are loaded, and measured where the pair was, before the first side begins, and freed at the end;
        `progress` tells of all of them as of one.

        Ends with a `RunFinished` of each side, whatever the stop reason, and where greedy texts part. A side whose
        draft fails ends all of them; its `RunStats.notes` say why. What is written is not remembered for lookups.
        """

    def count(self, request: GenerateRequest) -> int:
        """How many tokens the prompt of this request has, too many ones included; nothing is decoded.

        Raises PromptError (the template refuses it), LoadError (nothing is loaded) or EngineDiedError.
        """

    def close_thinking(self) -> None:
        """End the thinking of the run under way, so that its answer begins; from any thread, at any moment.

        Where nothing is being thought, nothing happens. `generate` forgets it when it begins.
        """

    def measurements(self) -> PairRecord | None:
        """What the loaded pair's steps have cost so far."""

    def tune(self, progress: Callable[[LoadProgress], None], seconds: float) -> TuneReport:
        """Measure the loaded pair thoroughly, for about so many seconds, in place of what was known.

        Raises LoadError (nothing is loaded, or stopped: then nothing is changed), DecodeError or EngineDiedError.
        """

    def unload(self) -> None: ...

    def close(self) -> None:
        """Unload and release everything. The engine cannot be used after."""
