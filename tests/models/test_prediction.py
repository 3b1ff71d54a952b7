"""What is expected of a pair: from what was measured, or guessed with care."""

from dataclasses import replace
from datetime import UTC, datetime
from math import log

import pytest
from bench_samples import SETUP
from model_shapes import QWEN_1_5B

from slipstream.core.benchmark.history import MeasuredPrompt, PairHistory, pair_histories
from slipstream.core.costs import PairRecord
from slipstream.core.habits import Habits, confidence_bin
from slipstream.core.known_pairs import KnownPair
from slipstream.core.measurements import Measurements
from slipstream.models.prediction import Basis, Costs, Estimate, Regime, best_length, kept_by_habit, predict

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

TARGET = "target.gguf:100", replace(QWEN_1_5B, layer_weights=3 * 10**9, output=3 * 10**8)
DRAFT = "draft.gguf:10", replace(QWEN_1_5B, layers=24, layer_weights=3 * 10**8, output=10**8)


def flat(tokens: int) -> float:
    """Verifying costs nothing more: a GPU at its best."""
    return 100.0


def linear(tokens: int) -> float:
    return 100.0 * tokens


def test_the_best_length_by_hand():
    # tau 1.5, 1.75, 1.875 at 110, 120, 130 ms: 1.36, 1.458, 1.442
    assert best_length(Costs(flat, 10, Basis.ASSUMED), [0.5, 0.25, 0.125]) == (pytest.approx(1.75 / 1.2), 2)


def test_where_verifying_costs_as_much_as_writing_nothing_is_gained():
    assert best_length(Costs(linear, 10, Basis.ASSUMED), [0.9] * 16) == (1.0, 0)


def test_a_draft_that_is_never_right():
    assert best_length(Costs(flat, 1, Basis.ASSUMED), [0.0] * 16) == (1.0, 0)


def test_guessed_from_sizes():
    """Weights of 16 bits on a processor: drafting pays; in four bits it does not."""
    wide = predict(TARGET, DRAFT, Regime.WIDE)
    assert wide.pays
    assert wide.costs is wide.acceptance is Basis.ASSUMED
    assert wide.low <= wide.speedup <= wide.high
    assert wide.low < wide.high
    assert 1 < wide.length <= 6
    quantized = predict(TARGET, DRAFT, Regime.QUANTIZED)
    assert not quantized.pays
    assert (quantized.speedup, quantized.length) == (1.0, 0)
    assert quantized.needs_tau > quantized.tau > 1
    assert predict(TARGET, DRAFT, Regime.GPU).speedup > wide.speedup


def test_a_draft_as_large_as_the_target_gains_nothing_on_a_processor():
    found = predict(TARGET, ("other", TARGET[1]), Regime.WIDE)
    assert not found.pays


def measured(verify: dict[int, float], draft_ms: float | None) -> PairRecord:
    record = PairRecord(TARGET[0], DRAFT[0] if draft_ms else "", "CPU x2")
    for tokens, ms in verify.items():
        record.verify.replace(512, tokens, ms, 9)
    if draft_ms:
        record.draft_decode.replace(512, 1, draft_ms, 9)
    return record


FLAT = {1: 100, 2: 101, 4: 103, 8: 107, 16: 120}
STEEP = {1: 100, 2: 200, 4: 400, 8: 800, 16: 1600}


def known_costs(*records: PairRecord) -> Measurements:
    found = Measurements()
    for record in records:
        found.put(record)
    return found


def test_measured_costs_go_before_guesses():
    found = predict(TARGET, DRAFT, Regime.QUANTIZED, known_costs(measured(FLAT, 10)))
    assert (found.costs, found.acceptance) == (Basis.MEASURED, Basis.ASSUMED)
    assert found.speedup > 1.5
    assert not predict(TARGET, DRAFT, Regime.GPU, known_costs(measured(STEEP, 10))).pays


def test_a_target_that_was_measured_with_another_draft():
    found = predict(TARGET, DRAFT, Regime.QUANTIZED, known_costs(measured(FLAT, None)))
    assert found.costs is Basis.PARTLY
    assert found.pays


def test_a_record_of_another_target_says_nothing():
    other = replace(measured(FLAT, 10), target="other.gguf:1")
    assert predict(TARGET, DRAFT, Regime.WIDE, known_costs(other)).costs is Basis.ASSUMED


def test_too_few_sizes_measured_say_nothing():
    assert predict(TARGET, DRAFT, Regime.WIDE, known_costs(measured({1: 100}, 10))).costs is Basis.ASSUMED


def test_acceptance_from_kept_answers():
    found = predict(
        TARGET, DRAFT, Regime.WIDE, known_costs(measured(FLAT, 10)), KnownPair(kept=(0.9, 0.8, 0.7))
    )
    assert (found.costs, found.acceptance) == (Basis.MEASURED, Basis.MEASURED)
    assert found.low == found.high == found.speedup == pytest.approx(3.4 / (1.03 + 0.3))
    assert (found.length, found.tau) == (3, pytest.approx(3.4))


def test_nothing_kept():
    found = predict(TARGET, DRAFT, Regime.WIDE, None, KnownPair())
    assert found == predict(TARGET, DRAFT, Regime.WIDE)
    assert found.acceptance is Basis.ASSUMED


def benchmarks(*gains: float) -> PairHistory:
    """One prompt of code each."""
    prompts = [
        MeasuredPrompt(SETUP, NOON, True, "code", f"p{n}", log(gain), log(gain), 10, 5, 10)
        for n, gain in enumerate(gains)
    ]
    (found,) = pair_histories(prompts)
    return found


def test_what_benchmarks_measured_is_the_prediction():
    known = KnownPair(benchmarks(1.5, 1.6, 1.7, 1.55, 1.65, 1.62), kept=(0.1,))
    found = predict(TARGET, DRAFT, Regime.QUANTIZED, None, known)
    assert found.is_measured
    assert found.speedup == pytest.approx(1.602, abs=0.002)
    assert 1.5 < found.low < found.speedup < found.high < 1.7
    assert found.pays


def test_too_few_prompts_are_told_and_decide_nothing():
    known = KnownPair(benchmarks(3.0, 3.0))
    found = predict(TARGET, DRAFT, Regime.QUANTIZED, None, known)
    assert not found.is_measured
    assert found.benchmarks is known.benchmarks
    assert found.speedup == predict(TARGET, DRAFT, Regime.QUANTIZED).speedup


def test_answers_are_an_estimate_and_change_nothing_else():
    found = predict(
        TARGET, DRAFT, Regime.WIDE, None, KnownPair(rate=30.0, answers=6, plain=20.0, plain_answers=9)
    )
    assert found.estimate == Estimate(30.0, 20.0, 6, 9)
    assert found.estimate.ratio == 1.5
    assert replace(found, estimate=None) == predict(TARGET, DRAFT, Regime.WIDE)


def test_the_level_of_an_estimate_may_be_that_of_measured_steps():
    record = measured(FLAT, 10)
    record.plain_step.add(512, 1, 50.0)
    known = KnownPair(rate=30.0, answers=6)
    found = predict(TARGET, DRAFT, Regime.WIDE, known_costs(record), known)
    assert found.estimate == Estimate(30.0, pytest.approx(20.0), 6, 0)
    assert predict(TARGET, DRAFT, Regime.WIDE, None, known).estimate is None


def trained(share: float, observations: int) -> Habits:
    """Habits of a draft that is always as sure, and kept with this share."""
    habits = Habits()
    sure = confidence_bin(0.8)
    for number in range(observations):
        habits.likeliest[sure].add(1.0 if (number % 10) < share * 10 else 0.0)
        for row in habits.follows:
            row.add(sure)
    return habits


def test_acceptance_from_habits():
    record = measured(FLAT, 10)
    record.habits["match greedy"] = trained(0.9, 200)
    record.habits["block"] = trained(0.1, 20)
    kept = kept_by_habit(record)
    assert kept[0] == pytest.approx(0.9, abs=0.06)
    assert kept[1] == pytest.approx(0.81, abs=0.09)
    assert sorted(kept, reverse=True) == kept
    found = predict(TARGET, DRAFT, Regime.QUANTIZED, known_costs(record))
    assert found.acceptance is Basis.MEASURED
    assert found.speedup > 2


def test_a_handful_of_tokens_is_no_habit():
    record = measured(FLAT, 10)
    record.habits["match greedy"] = trained(0.9, 20)
    assert kept_by_habit(record) is None
    assert kept_by_habit(measured(FLAT, 10)) is None
