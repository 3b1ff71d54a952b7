"""What the window's thread and the engine's thread say to each other: frozen records, numbered by job.

Every job that was accepted ends with exactly one `JobEnd`.
"""

import threading
from dataclasses import dataclass, field

from slipstream.bridge.bench_messages import BenchBegun, BenchOrder
from slipstream.core.benchmark.running import BenchEvent
from slipstream.core.chat import GenerateRequest, PairSpec
from slipstream.core.errors import AppError
from slipstream.core.events import LoadEvent, LoadProgress, RunEvent
from slipstream.core.side_by_side import SideBySide, SideBySideEvent
from slipstream.core.tuning import TuneReport


@dataclass(frozen=True, slots=True)
class Job:
    """One thing for the engine to do. `cancelled` is set from any thread, before or while it runs."""

    number: int
    cancelled: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, slots=True)
class LoadJob(Job):
    spec: PairSpec = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class RunJob(Job):
    request: GenerateRequest = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class TuneJob(Job):
    seconds: float = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class CountJob(Job):
    request: GenerateRequest = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class CompareJob(Job):
    asked: SideBySide = field(kw_only=True)
    spec: PairSpec = field(kw_only=True)  # as what the pair was loaded


@dataclass(frozen=True, slots=True)
class BenchJob(Job):
    order: BenchOrder = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class UnloadJob(Job):
    pass


@dataclass(frozen=True, slots=True)
class TuneProgress:
    """How far measuring the loaded pair is, 0…1; unlike a load's progress it says that the pair stays."""

    fraction: float


@dataclass(frozen=True, slots=True)
class DraftsProgress:
    """How far the loading, or measuring, of the other drafts of a comparison is; the pair stays loaded."""

    progress: LoadProgress


@dataclass(frozen=True, slots=True)
class Counted:
    """How many tokens a prompt has."""

    tokens: int


@dataclass(frozen=True, slots=True)
class Levels:
    """What the loaded pair costs on this machine, as far as it was measured."""

    plain_tokens_per_second: float | None
    break_even_tau: float | None


@dataclass(frozen=True, slots=True)
class JobDone:
    pass


@dataclass(frozen=True, slots=True)
class JobCancelled:
    """Ended before it could give a result; `note` is what else a person should know of it.

    A run that was stopped ends with `RunFinished` and `JobDone`.
    """

    note: str = ""


@dataclass(frozen=True, slots=True)
class JobRefused:
    """The file was refused before the engine saw it: what was loaded still is."""

    error: AppError


@dataclass(frozen=True, slots=True)
class JobFailed:
    error: AppError


@dataclass(frozen=True, slots=True)
class JobCrashed:
    """A bug ended the job; its traceback is in the log."""


JobEnd = JobDone | JobCancelled | JobRefused | JobFailed | JobCrashed
EngineEvent = (
    LoadEvent
    | RunEvent
    | TuneProgress
    | TuneReport
    | Counted
    | DraftsProgress
    | SideBySideEvent
    | BenchBegun
    | BenchEvent
    | Levels
    | JobEnd
)


@dataclass(frozen=True, slots=True)
class EngineReport:
    """One event of one job."""

    job: int
    event: EngineEvent
