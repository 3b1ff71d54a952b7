"""What the engine tells while it works: frozen records that cross threads and processes by value.

A run sends `PrefillProgress` any number of times, then one `StepDone` a step, then one `RunFinished`.
Loading sends `LoadProgress`, then one `PairLoaded`. Failures are raised as `core.errors`.
"""

from dataclasses import dataclass
from enum import StrEnum

from slipstream.core.memory_use import Placement
from slipstream.core.metrics import Phase, RunStats, StepRecord
from slipstream.core.pace import PaceReport

UNKNOWN_TOKEN = -1


class Origin(StrEnum):
    """How a token came about."""

    PLAIN = "plain"  # no draft was at stake
    ACCEPTED = "accepted"  # drafted and kept
    RECOVERED = "recovered"  # the target's own, in place of the first rejected draft token
    BONUS = "bonus"  # the target's own, after a draft that was kept whole


@dataclass(frozen=True, slots=True)
class TextPiece:
    """Text of one token, as far as it is certain: whole characters, no part of a stop string.

    `token` is its index among the run's emitted tokens, from 0; in an answer that was gone on with, the tokens of
    its runs are counted through. UNKNOWN_TOKEN: text of an answer that no token is known of.
    """

    text: str
    phase: Phase
    origin: Origin
    token: int


@dataclass(frozen=True, slots=True)
class LoadProgress:
    stage: str  # "servers" (of other machines) | "draft" | "target" | "costs"
    fraction: float  # 0…1


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A loaded model, as llama.cpp sees it."""

    path: str
    name: str
    description: str  # e.g. "qwen2 1.5B Q4_K - Medium"
    n_params: int
    size_bytes: int
    n_layers: int
    gpu_layers: int  # layers offloaded, the output layer counted by llama.cpp as one more
    devices: tuple[str, ...]  # e.g. ("CPU",) or ("CUDA0 (NVIDIA H200)",)
    n_vocab: int
    n_ctx_train: int


@dataclass(frozen=True, slots=True)
class PairLoaded:
    """Both models are ready. `draft_problem` says why a draft that was asked for is not used (else None)."""

    target: ModelInfo
    draft: ModelInfo | None
    draft_problem: str | None
    n_ctx: int
    threads: int
    system_info: str
    opens_thinking: bool  # the template starts every answer inside thinking
    template_problem: str | None = None  # why the model's own chat template is not used
    placement: Placement | None = None  # not kept with a run


@dataclass(frozen=True, slots=True)
class PrefillProgress:
    model: str  # "target" | "draft"
    done: int  # tokens decoded in this run
    total: int  # tokens to decode in this run
    reused: int  # tokens found in the cache, not decoded again


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step, with the text it made certain (a piece may belong to a token of an earlier step)."""

    record: StepRecord
    pieces: tuple[TextPiece, ...]
    note: str = ""  # something a person should know, e.g. "the draft failed; going on without it"
    text: str = ""  # the same as the model wrote it, thinking tags and their white space included
    pace: PaceReport | None = None  # where it has changed


@dataclass(frozen=True, slots=True)
class RunFinished:
    stats: RunStats
    pieces: tuple[TextPiece, ...]  # held back until the end
    text: str = ""  # the same as the model wrote it


LoadEvent = LoadProgress | PairLoaded
RunEvent = PrefillProgress | StepDone | RunFinished
