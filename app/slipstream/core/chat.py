"""What is asked of the engine: a pair to load, a conversation to continue, and how."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from slipstream.core.placing import ModelBytes

MAX_DRAFT = 64  # tokens one verification takes at most, besides the one before the draft
CACHE_TYPES = ("f32", "f16", "bf16", "q8_0", "q5_1", "q5_0", "q4_1", "q4_0", "iq4_nl")  # of keys and values


class Role(StrEnum):
    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One turn. An assistant's `content` is its answer; `thinking` what it thought before (may be empty)."""

    role: Role
    content: str
    thinking: str = ""


@dataclass(frozen=True, slots=True)
class PairSpec:
    """Which files to load, and how. None means automatic."""

    target: Path
    draft: Path | None = None
    ctx_size: int = 4096  # tokens, for both models; clipped to what the target was trained for
    threads: int | None = None
    gpu_layers: int | None = None
    draft_gpu_layers: int | None = None
    flash_attn: str = "auto"  # on | off | auto
    cache_type_k: str = "f16"
    cache_type_v: str = "f16"
    devices: tuple[str, ...] | None = None  # by llama.cpp's names; empty: the processor alone
    draft_devices: tuple[str, ...] | None = None
    measure: bool = False  # what decodes take on this machine, where it is not known: seconds, once
    target_bytes: ModelBytes | None = None  # foretold from the header, where somebody has read it
    draft_bytes: ModelBytes | None = None


@dataclass(frozen=True, slots=True)
class Sampling:
    """Temperature 0 is greedy; top_k 0, top_p 1, min_p 0 and repeat_penalty 1 are off."""

    temperature: float = 0.6
    top_p: float = 0.95
    top_k: int = 40
    min_p: float = 0.0
    repeat_penalty: float = 1.0

    @property
    def greedy(self) -> bool:
        """Whether the likeliest token is always taken."""
        return self.temperature <= 0 or self.top_k == 1


class Drafting(StrEnum):
    """Who drafts."""

    NONE = "none"
    MODEL = "model"
    NGRAM = "ngram"


class AcceptRule(StrEnum):
    """How drafts are judged. `lossless` is the best lossless rule for the draft at hand.

    `relaxed` and `typical` keep tokens that an exact rule would refuse.
    """

    LOSSLESS = "lossless"
    TOKEN = "token"
    MATCH = "match"
    RELAXED = "relaxed"  # in thinking only; `lossless` in the answer
    TYPICAL = "typical"

    @property
    def changes_output(self) -> bool:
        """Whether the text may differ from what the target would write alone (above temperature 0)."""
        return self in (AcceptRule.RELAXED, AcceptRule.TYPICAL)


@dataclass(frozen=True, slots=True)
class Speculation:
    """How to draft. `draft_max` None is automatic, 0 never drafts; `lookup` None means on with automatic."""

    drafting: Drafting = Drafting.NONE
    draft_max: int | None = None
    lookup: bool | None = None
    accept: AcceptRule = AcceptRule.LOSSLESS

    @property
    def lookup_first(self) -> bool:
        """Whether a draft model is preceded by n-gram lookup."""
        return self.draft_max is None if self.lookup is None else self.lookup


@dataclass(frozen=True, slots=True)
class GenerateRequest:
    """One answer to write. Either `messages` (rendered by the model's template) or `raw` text is given.

    Where the last message is an assistant's, that answer is gone on with; what comes back is only what is new.
    """

    messages: tuple[ChatMessage, ...] = ()
    raw: str | None = None
    sampling: Sampling = field(default_factory=Sampling)
    speculation: Speculation = field(default_factory=Speculation)
    max_tokens: int = 512
    seed: int | None = None  # None: a random one, told in the run's statistics
    stop: tuple[str, ...] = ()
    # Tokens of thinking after which it is closed, those of an answer that is gone on with included; None: no limit.
    thinking_budget: int | None = None

    @property
    def accept(self) -> AcceptRule:
        """The rule that drafts are really judged by.

        Greedy, a lossy rule would keep exactly what a lossless one keeps: so it is that one, and called so.
        """
        accept = self.speculation.accept
        return AcceptRule.LOSSLESS if accept.changes_output and self.sampling.greedy else accept
