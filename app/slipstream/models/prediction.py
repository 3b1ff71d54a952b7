"""What drafting with a pair can be expected to gain, before it is tried: as measured, else guessed with care.

Costs are the measured step costs of this machine (`core.costs`) where the pair, or at least the target, has run
here; else they are guessed from the bytes that a pass reads. Acceptance is what earlier answers of the pair have
shown, else a guess that is rather too low. Both say which they are, and a guess comes with how far it may be off.

Where benchmarks have measured the pair on this machine, what they measured is the prediction. What answers of
conversations come to against those without drafting is told beside it, as an estimate: their prompts differ.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from slipstream.core.benchmark.history import PairHistory
from slipstream.core.costs import PairRecord
from slipstream.core.habits import BINS, DOUBT, ENTRIES, Habits
from slipstream.core.known_pairs import KnownPair
from slipstream.core.measurements import Measurements
from slipstream.core.tuning import LONGEST_BY_MODEL
from slipstream.models.memory_shape import MemoryShape

POSITION = 512  # tokens of context at which costs are compared
ENOUGH = 60.0  # observations after which acceptance counts as measured
GAINS = 1.03  # below this, drafting gains nothing worth speaking of


class Basis(StrEnum):
    """Where a figure comes from."""

    MEASURED = "measured"  # of this pair, on this machine
    PARTLY = "partly"  # the target's was measured, the draft's is guessed from it
    ASSUMED = "assumed"


class Regime(StrEnum):
    """What limits a pass through the target: the reading of its weights, or computing with them."""

    GPU = "gpu"
    WIDE = "wide"  # weights of 16 or 32 bits, on the processor
    QUANTIZED = "quantized"  # on the processor


# What verifying n tokens takes, in plain steps, where it was never measured here. On the processor: between what two
# machines took with models of 1.5 B parameters (docs/findings.md); on a GPU reading the weights is nearly all.
_VERIFY = {
    Regime.GPU: ((1, 1.0), (2, 1.05), (4, 1.1), (8, 1.25), (9, 1.6), (17, 1.9)),
    Regime.WIDE: ((1, 1.0), (2, 1.3), (3, 1.5), (4, 1.65), (6, 1.86), (8, 2.36), (17, 4.0)),
    Regime.QUANTIZED: ((1, 1.0), (2, 1.77), (4, 3.1), (6, 4.2), (8, 7.4), (17, 8.8)),
}
# Small models do not get as much out of the machine as large ones.
_DRAFT_SURCHARGE = 1.25
# By how many times less a draft reads than its target: how likely its next token is to be kept.
_ACCEPTANCE = ((3.0, 0.72), (30.0, 0.65), (float("inf"), 0.55))
_SPREAD = 0.12  # how far the guess may be off, either way


@dataclass(frozen=True, slots=True)
class Estimate:
    """Medians of decode tokens/s with drafting and without it, of answers to different prompts, none paired."""

    rate: float
    plain: float
    answers: int
    plain_answers: int  # 0: `plain` is of the steps that the automatic pace has measured

    @property
    def ratio(self) -> float:
        return self.rate / self.plain


@dataclass(frozen=True, slots=True)
class Prediction:
    """What to expect of decoding, against not drafting, with drafts of the best length.

    Where `is_measured`, `speedup`, `low` and `high` are what benchmarks gave here, with its 95 % interval.
    """

    speedup: float  # 1 where drafting does not pay: the pace leaves it then
    low: float  # the same with a lower and a higher acceptance; equal where that was measured
    high: float
    length: int  # tokens to draft; 0 where it does not pay
    tau: float  # tokens a step yields
    needs_tau: float  # what it must yield to pay
    costs: Basis
    acceptance: Basis
    benchmarks: PairHistory | None = (
        None  # of this pair, on this machine; also where they are too few to tell
    )
    estimate: Estimate | None = None

    @property
    def is_measured(self) -> bool:
        """Whether the pair itself was measured, often enough to tell."""
        return self.benchmarks is not None and self.benchmarks.decode.low is not None

    @property
    def pays(self) -> bool:
        return self.speedup >= GAINS


@dataclass(frozen=True, slots=True)
class Costs:
    """Milliseconds, or any unit: only ratios count."""

    verify: Callable[[int], float]  # of n tokens
    draft: float  # of one token
    basis: Basis


def predict(
    target: tuple[str, MemoryShape],
    draft: tuple[str, MemoryShape],
    regime: Regime,
    measurements: Measurements | None = None,
    known: KnownPair | None = None,
) -> Prediction:
    """For a target and a draft, each by its key in the measurements and its shape; `known`: of this very pair."""
    ratio = draft[1].read_per_token / max(target[1].read_per_token, 1)
    record = _best_record(measurements, target[0], draft[0])
    costs = _measured_costs(record, draft[0], ratio) or _assumed_costs(regime, target[1], draft[1], ratio)
    kept: Sequence[float] = ()
    if record is not None and record.draft == draft[0]:
        kept = kept_by_habit(record) or ()
    kept = kept or (known.kept if known else ())
    if kept:
        speedup, length = best_length(costs, kept)
        found = _prediction(costs, kept, length, (speedup,) * 3, Basis.MEASURED)
    else:
        found = _guessed(costs, ratio)
    return _as_known(found, known, record) if known is not None else found


def _guessed(costs: Costs, ratio: float) -> Prediction:
    """Acceptance by how much smaller the draft is."""
    usual = next(share for most, share in _ACCEPTANCE if ratio * most >= 1)
    shares = (usual - _SPREAD, usual, usual + _SPREAD)
    low, middle, high = (best_length(costs, _steady(share)) for share in shares)
    return _prediction(costs, _steady(usual), middle[1], (middle[0], low[0], high[0]), Basis.ASSUMED)


def _as_known(found: Prediction, known: KnownPair, record: PairRecord | None) -> Prediction:
    """What was measured in place of what is worked out; what answers come to, beside it."""
    found = replace(found, benchmarks=known.benchmarks, estimate=_estimate(known, record))
    if known.benchmarks is None:
        return found
    gain = known.benchmarks.decode
    if gain.ratio is None or gain.low is None or gain.high is None:
        return found
    return replace(found, speedup=gain.ratio, low=gain.low, high=gain.high)


def _estimate(known: KnownPair, record: PairRecord | None) -> Estimate | None:
    """None where either level is not known."""
    plain = known.plain
    if plain is None and record is not None:
        plain = record.plain_tokens_per_second(POSITION)
    if known.rate is None or not plain:
        return None
    answers = known.plain_answers if known.plain is not None else 0
    return Estimate(known.rate, plain, known.answers, answers)


def best_length(costs: Costs, kept: Sequence[float]) -> tuple[float, int]:
    """(speed-up, draft length) at best; `kept[i]` is the chance that token i is kept, and all before it."""
    plain = costs.verify(1)
    best, tau = (1.0, 0), 1.0
    for length in range(1, min(len(kept), LONGEST_BY_MODEL) + 1):
        tau += kept[length - 1]
        speedup = tau * plain / (costs.verify(length + 1) + length * costs.draft)
        if speedup > best[0]:
            best = speedup, length
    return best


def kept_by_habit(record: PairRecord) -> list[float] | None:
    """By position, the chance that a drafted token is kept, as the pair's answers have shown; None for too few.

    Of the acceptance rules that were used, the one that was observed most.
    """
    observed = [(_observations(habits), name) for name, habits in record.habits.items()]
    most, name = max(observed, default=(0.0, ""))
    if most < ENOUGH:
        return None
    habits = record.habits[name]
    keep = [
        max(drawn.mean, likely.mean) for drawn, likely in zip(habits.drawn, habits.likeliest, strict=True)
    ]
    rows = [row.shares for row in habits.follows]
    starts = habits.entries.shares
    reached = [sum(starts[e] * rows[e][b] for e in range(len(ENTRIES))) for b in range(BINS)]
    found = []
    for _ in range(LONGEST_BY_MODEL):
        stand = [share * chance for share, chance in zip(reached, keep, strict=True)]
        found.append(sum(stand))
        reached = [sum(stand[a] * rows[len(ENTRIES) + a][b] for a in range(BINS)) for b in range(BINS)]
    return found


def _observations(habits: Habits) -> float:
    return sum(max(share.weight - DOUBT, 0.0) for share in (*habits.drawn, *habits.likeliest))


def _steady(share: float) -> list[float]:
    """Every token kept with the same chance, given all before it."""
    return [share**position for position in range(1, LONGEST_BY_MODEL + 1)]


def _prediction(
    costs: Costs, kept: Sequence[float], length: int, speedups: tuple[float, float, float], acceptance: Basis
) -> Prediction:
    """Where nothing pays, τ is what a draft of one token would yield and need."""
    drafted = max(length, 1)
    needs = (costs.verify(drafted + 1) + drafted * costs.draft) / costs.verify(1)
    return Prediction(*speedups, length, 1 + sum(kept[:drafted]), needs, costs.basis, acceptance)


def _best_record(measurements: Measurements | None, target: str, draft: str) -> PairRecord | None:
    """What is known of the pair, else of the target with another draft; of several backends the best known."""
    if measurements is None:
        return None
    of_target = [
        record for record in measurements.pairs.values() if record.target == target and record.is_measured
    ]
    of_pair = [record for record in of_target if record.draft == draft]
    return max(
        of_pair or of_target,
        key=lambda record: sum(cell.count for cell in record.verify.cells.values()),
        default=None,
    )


def _measured_costs(record: PairRecord | None, draft: str, ratio: float) -> Costs | None:
    if record is None:
        return None
    plain = record.verify_ms(POSITION, 1)
    if not plain:
        return None
    known = record

    def verify(tokens: int) -> float:
        return known.verify_ms(POSITION, tokens) or plain * tokens

    own = record.draft_ms(POSITION, 1) if record.draft == draft else None
    if own:
        return Costs(verify, own + record.row_ms.mean, Basis.MEASURED)
    return Costs(verify, plain * ratio * _DRAFT_SURCHARGE, Basis.PARTLY)


def _assumed_costs(regime: Regime, target: MemoryShape, draft: MemoryShape, ratio: float) -> Costs:
    points = _VERIFY[regime]

    def verify(tokens: int) -> float:
        place = min(max(bisect_left([n for n, _ in points], tokens), 1), len(points) - 1)
        (n0, low), (n1, high) = points[place - 1], points[place]
        return low + (high - low) * (tokens - n0) / (n1 - n0)

    drafting = ratio * _DRAFT_SURCHARGE
    if regime is Regime.GPU:  # each layer takes its time to be started, however small it is
        drafting = 0.8 * ratio + 0.2 * draft.layers / target.layers
    return Costs(verify, drafting, Basis.ASSUMED)
