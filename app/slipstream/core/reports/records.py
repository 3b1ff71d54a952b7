"""What travels between whoever keeps runs and a report: frozen records, by value."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import PurePath
from typing import Protocol

from slipstream.core.benchmark.rows import Benchmark
from slipstream.core.chat import Drafting, GenerateRequest
from slipstream.core.compared import KeptComparison, KeptPass
from slipstream.core.events import PairLoaded, StepDone
from slipstream.core.metrics import RunStats


class ScopeKind(StrEnum):
    ALL = "all"  # but what was deleted
    CONVERSATION = "conversation"
    ANSWER = "answer"  # one message, which has several runs where it was gone on with
    RUN = "run"
    BENCHMARK = "benchmark"  # one, or all of them
    COMPARISON = "comparison"  # with its prompt and its texts


@dataclass(frozen=True, slots=True)
class Scope:
    """What is meant; `id` is that of the conversation, message, run, comparison or benchmark (None: all of them)."""

    kind: ScopeKind
    id: int | None = None


class ReportForm(StrEnum):
    PAGE = "page"  # HTML
    RUNS = "runs"  # CSV, a row a run
    STEPS = "steps"  # CSV, a row a step
    SEGMENTS = "segments"  # CSV, a row a segment of a comparison
    JSON = "json"
    SVG = "svg"  # a folder of pictures, one a plot
    PNG = "png"

    @property
    def suffix(self) -> str:
        """Of the file's name; "" for a folder."""
        suffixes = {
            ReportForm.PAGE: ".html",
            ReportForm.JSON: ".json",
            ReportForm.SVG: "",
            ReportForm.PNG: "",
        }
        return suffixes.get(self, ".csv")

    @property
    def is_folder(self) -> bool:
        return not self.suffix


class RunEnd(StrEnum):
    """How far a run has come."""

    RUNNING = "running"
    FINISHED = "finished"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A run without its steps. Of `stats`, texts and tokens are left out; None unless the run is finished."""

    run: int
    message: int | None  # None outside conversations
    conversation: int | None
    title: str  # of the conversation
    created: datetime  # UTC
    end: RunEnd
    build: str  # of the engine
    request: GenerateRequest  # without its messages
    pair: PairLoaded
    stats: RunStats | None
    interruption: str | None  # why it was cut short, where that is known
    steps: int  # the number of the last step that is recorded

    @property
    def target(self) -> str:
        """The target's file name."""
        return PurePath(self.pair.target.path).name or self.pair.target.name

    @property
    def draft(self) -> str:
        """The draft's file name, "n-gram" for a lookup; "" where nobody drafted."""
        if not self.drafts:
            return ""
        if self.request.speculation.drafting is Drafting.NGRAM:
            return "n-gram"
        return PurePath(self.pair.draft.path).name if self.pair.draft else ""

    @property
    def drafts(self) -> bool:
        """Whether drafting was asked for."""
        speculation = self.request.speculation
        return speculation.drafting is not Drafting.NONE and speculation.draft_max != 0


@dataclass(frozen=True, slots=True)
class BenchmarkRecord:
    """A saved benchmark, as far as it was measured."""

    id: int
    benchmark: Benchmark


@dataclass(frozen=True, slots=True)
class ComparisonRecord:
    """A comparison, with what was said in it only where it alone is meant."""

    comparison: int
    title: str  # of its conversation; "" outside conversations
    kept: KeptComparison
    has_texts: bool

    @property
    def target(self) -> str:
        """The target's file name."""
        return PurePath(self.kept.pair.target.path).name or self.kept.pair.target.name

    def without_texts(self) -> "ComparisonRecord":
        """The figures and token ids alone."""
        kept = self.kept
        sides = tuple(replace(side, passes=tuple(map(_untold, side.passes))) for side in kept.sides)
        partings = tuple(
            replace(
                parting,
                wrote=("", ""),
                likeliest=tuple(replace(candidate, text="") for candidate in parting.likeliest),
            )
            for parting in kept.partings
        )
        request = replace(kept.request, messages=(), raw=None)
        return replace(
            self,
            kept=replace(kept, prompt="", request=request, sides=sides, partings=partings),
            has_texts=False,
        )


def _untold(written: KeptPass) -> KeptPass:
    segments = tuple(replace(segment, pieces=()) for segment in written.segments)
    return KeptPass(segments, replace(written.end, pieces=()) if written.end else None)


class ReportSource(Protocol):
    """Whoever keeps runs. Every method raises AppError for what can be expected."""

    def report_runs(self, scope: Scope) -> list[int]:
        """Ids of the runs that are meant, oldest first."""
        ...

    def report_run(self, run: int) -> RunRecord | None:
        """None for one that was removed meanwhile."""
        ...

    def report_steps(self, run: RunRecord) -> Iterator[StepDone]:
        """Its steps up to number `run.steps`, without their text, a few at a time from the disk."""
        ...

    def report_benchmarks(self, scope: Scope) -> list[int]:
        """Ids of the saved benchmarks that are meant, oldest first."""
        ...

    def report_benchmark(self, benchmark: int) -> BenchmarkRecord | None: ...

    def report_comparisons(self, scope: Scope) -> list[int]:
        """Ids of the comparisons that are meant, oldest first."""
        ...

    def report_comparison(self, comparison: int) -> ComparisonRecord | None:
        """None for one that was removed meanwhile."""
        ...
