"""What this machine's own records tell of pairs of models, for whoever asks what drafting with one would gain.

Two kinds of evidence, never mixed. Benchmarks measured drafting against no drafting, prompt by prompt, in one
process. Answers of conversations were written either with or without it, each to a prompt of its own: what they come
to is an estimate, and is called one.

Knows neither files nor a database: whoever keeps records hands them over.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from slipstream.core.benchmark.history import PairHistory

NEAR = 0.005  # of the larger: how far two counts of one model's bytes may be apart
FEWEST_ANSWERS = 5  # below, a median says nothing
ENOUGH_DRAFTED = 60  # tokens, before acceptance counts as known
FEWEST_STEPS = 8  # that drafted as far as a position, before anything is said of it


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model as records name it. `size`: bytes of its tensors; `path`: "" where it is not on this machine."""

    name: str  # of the file
    size: int
    path: str = ""

    def is_like(self, other: "ModelFile") -> bool:
        """Whether both are one file, as far as name and size tell."""
        return self.name == other.name and abs(self.size - other.size) <= NEAR * max(self.size, other.size)

    def is_at(self, other: "ModelFile") -> bool:
        """Whether it lies at the same place, too: records that came from another machine are told by that."""
        return bool(self.path) and self.path == other.path and self.is_like(other)


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """How fast an answer of a conversation was written. `draft` is None where nobody was to draft."""

    target: ModelFile
    draft: ModelFile | None
    offloaded: bool  # layers of the target lay on a device
    rate: float  # decode tokens/s


@dataclass(frozen=True, slots=True)
class DraftCount:
    """In so many steps of answers, a model drafted so many tokens, of which so many were kept."""

    target: ModelFile
    draft: ModelFile
    drafted: int
    accepted: int
    steps: int


@dataclass(frozen=True, slots=True)
class KnownPair:
    """What is known of one pair. Rates are medians of decode tokens/s, None for fewer than `FEWEST_ANSWERS`."""

    benchmarks: PairHistory | None = None  # drafted in the way that tells most
    rate: float | None = None
    answers: int = 0  # that `rate` is of
    plain: float | None = None  # of the target's answers without drafting
    plain_answers: int = 0
    kept: tuple[float, ...] = ()  # by position, the share of drafted tokens that was kept; () for too few


@dataclass(frozen=True)
class KnownPairs:
    """All of it. Of `histories`, those of this machine alone."""

    histories: tuple[PairHistory, ...] = ()
    answers: tuple[AnswerLine, ...] = ()
    drafts: tuple[DraftCount, ...] = ()

    def of(self, target: ModelFile, draft: ModelFile, *, offloaded: bool) -> KnownPair:
        """Of a target and a draft, as they would be loaded now: on a device, or on the processor alone."""
        own = [line for line in self.answers if line.target.is_at(target) and line.offloaded is offloaded]
        drafted = [line.rate for line in own if line.draft is not None and line.draft.is_at(draft)]
        plain = [line.rate for line in own if line.draft is None]
        counts = [count for count in self.drafts if count.target.is_at(target) and count.draft.is_at(draft)]
        return KnownPair(
            benchmarks=self._benchmarks(target, draft, offloaded=offloaded),
            rate=_level(drafted),
            answers=len(drafted),
            plain=_level(plain),
            plain_answers=len(plain),
            kept=kept_by_position(counts),
        )

    def _benchmarks(self, target: ModelFile, draft: ModelFile, *, offloaded: bool) -> PairHistory | None:
        found = [
            history
            for history in self.histories
            if _is_of(history, target, draft)
            and bool(history.setup.target.gpu_layers) is offloaded
            and not (history.setup.speculation.accept.changes_output and not history.setup.greedy)
            and history.decode.ratio is not None
        ]
        return max(found, key=_tells, default=None)


def kept_by_position(counts: Iterable[DraftCount]) -> tuple[float, ...]:
    """The chance that a drafted token is kept, and all before it, by position; () for too few."""
    known = list(counts)
    if sum(count.drafted * count.steps for count in known) < ENOUGH_DRAFTED:
        return ()
    found: list[float] = []
    for place in range(max(count.drafted for count in known)):
        reached = sum(count.steps for count in known if count.drafted > place)
        if reached < FEWEST_STEPS:
            break
        share = sum(count.steps for count in known if count.accepted > place) / reached
        found.append(min([share, *found[-1:]]))  # longer drafts are those that were surer from the start
    return tuple(found)


def _level(rates: list[float]) -> float | None:
    return median(rates) if len(rates) >= FEWEST_ANSWERS else None


def _is_of(history: PairHistory, target: ModelFile, draft: ModelFile) -> bool:
    setup = history.setup
    if setup.draft is None:
        return False
    return ModelFile(setup.target.name, setup.target.size).is_like(target) and ModelFile(
        setup.draft.name, setup.draft.size
    ).is_like(draft)


def _tells(history: PairHistory) -> tuple[bool, bool, int, object]:
    """Of several ways of drafting: one with an interval, as it is drafted by itself, with the most prompts."""
    decode = history.decode
    return decode.low is not None, history.setup.speculation.draft_max is None, decode.n, history.last
