"""What records tell of a pair: which of them are about it, and that two kinds of evidence are never mixed."""

from dataclasses import replace
from datetime import UTC, datetime
from math import log

import pytest
from bench_samples import SETUP

from slipstream.core.benchmark.history import MeasuredPrompt, PairHistory, pair_histories
from slipstream.core.benchmark.setup import BenchSetup
from slipstream.core.chat import AcceptRule, Sampling
from slipstream.core.known_pairs import AnswerLine, DraftCount, KnownPairs, ModelFile, kept_by_position

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
BIG = ModelFile("Big.Q4_K_M.gguf", 10**9, "/models/Big.Q4_K_M.gguf")
SMALL = ModelFile("Small.gguf", 4 * 10**8, "/models/Small.gguf")


def history(
    setup: BenchSetup = SETUP, gains: tuple[float, ...] = (1.5,) * 6, kind: str = "code"
) -> PairHistory:
    prompts = [
        MeasuredPrompt(setup, NOON, True, kind, f"{kind}{n}", log(gain), log(gain), 10, 5, 10)
        for n, gain in enumerate(gains)
    ]
    (found,) = pair_histories(prompts)
    return found


def measured(
    *histories: PairHistory, target: ModelFile = BIG, draft: ModelFile = SMALL, offloaded: bool = False
):
    return KnownPairs(histories).of(target, draft, offloaded=offloaded).benchmarks


def test_a_benchmark_of_these_two_files() -> None:
    own = history()
    assert measured(own) is own
    assert measured(own, target=replace(BIG, path="")) is own  # on a hub, under the same name
    assert measured(own, target=replace(BIG, size=BIG.size + 4_000_000)) is own  # counted in another way
    assert measured(own, target=replace(BIG, size=BIG.size + 9_000_000)) is None
    assert measured(own, draft=replace(SMALL, name="Other.gguf")) is None
    assert measured(own, offloaded=True) is None  # it ran on the processor
    assert measured(history(replace(SETUP, draft=None))) is None


def test_of_several_ways_the_one_that_tells_most() -> None:
    auto = history()
    fixed = replace(SETUP, speculation=replace(SETUP.speculation, draft_max=4))
    few, many = history(gains=(3.0,) * 2), history(fixed, gains=(1.4,) * 9)
    assert measured(many, auto) is auto
    assert measured(few, many) is many
    assert measured(few) is few


def test_what_a_lossy_rule_gained_is_no_gain_of_drafting_alone() -> None:
    lossy = replace(SETUP.speculation, accept=AcceptRule.TYPICAL)
    sampled = replace(SETUP, speculation=lossy, sampling=Sampling(0.6))
    assert measured(history(sampled)) is None
    assert measured(history(replace(SETUP, speculation=lossy))) is not None  # greedy, it keeps what is exact


def test_all_kinds_count_alike() -> None:
    prompts = [
        MeasuredPrompt(SETUP, NOON, True, kind, f"{kind}{n}", log(gain), log(gain), 10, 5, 10)
        for kind, gain, count in (("code", 2.0, 9), ("open", 0.5, 3))
        for n in range(count)
    ]
    (found,) = pair_histories(prompts)
    assert found.decode.ratio == pytest.approx(1.0)
    assert found.decode.n == 12


def line(rate: float, *, drafting: bool, target: ModelFile = BIG, offloaded: bool = False) -> AnswerLine:
    return AnswerLine(target, SMALL if drafting else None, offloaded, rate)


def test_answers_give_two_levels() -> None:
    answers = [line(rate, drafting=True) for rate in (28.0, 30.0, 31.0, 90.0, 29.0)]
    answers += [line(rate, drafting=False) for rate in (20.0, 21.0, 19.0, 20.5)]
    answers += [line(99.0, drafting=False, offloaded=True)]
    answers += [line(99.0, drafting=False, target=replace(BIG, path="/elsewhere/Big.Q4_K_M.gguf"))]
    found = KnownPairs(answers=tuple(answers)).of(BIG, SMALL, offloaded=False)
    assert (found.rate, found.answers) == (30.0, 5)
    assert (found.plain, found.plain_answers) == (None, 4)  # too few
    assert found.benchmarks is None
    elsewhere = KnownPairs(answers=tuple(answers)).of(replace(BIG, path=""), SMALL, offloaded=False)
    assert elsewhere.answers == 0


def test_kept_by_position_by_hand() -> None:
    counts = [
        DraftCount(BIG, SMALL, 2, 2, 20),
        DraftCount(BIG, SMALL, 2, 0, 10),
        DraftCount(BIG, SMALL, 4, 3, 10),
    ]
    # First: 30 of 40; second: 30 of 40; third: 10 of 10, but no more than the one before; fourth: 0 of 10.
    assert kept_by_position(counts) == (0.75, 0.75, 0.75, 0.0)
    assert kept_by_position(counts[:1]) == ()  # 40 tokens
    assert kept_by_position([]) == ()
