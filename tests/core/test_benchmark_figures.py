"""What records come to, on hand-worked examples."""

import math
from dataclasses import replace

import pytest
from bench_samples import SETUP, answer, benchmark, pair, prompts, stopped

from slipstream.core.benchmark.across import across
from slipstream.core.benchmark.figures import ALL, kind_figures, pooled_icl
from slipstream.core.benchmark.history import MeasuredPrompt, pair_histories
from slipstream.core.benchmark.record import BenchPair
from slipstream.core.comparing import Verdict
from slipstream.core.metrics import IclSummary


def test_one_pair_by_hand() -> None:
    """Without drafting 4 tokens in 200 ms, 20 tokens/s; with it 4 in 100 ms: 40 tokens/s, twice as fast.

    Until the last token: 200 ms against 300 ms, 1.5 times as fast. Two steps drafted 2 and kept 1 each: half is kept,
    and 3 steps accepted 2, so τ = 1 + 2 / 3.
    """
    (prompt,) = prompts(1)
    kind, overall = kind_figures([pair(prompt, 2.0)], complete=True)
    assert (kind.kind, overall.kind) == ("code", ALL)
    assert kind.drafting_rate == pytest.approx(40.0)
    assert kind.plain_rate == pytest.approx(20.0)
    assert kind.decode.ratio == pytest.approx(2.0)
    assert kind.total.ratio == pytest.approx(1.5)
    assert kind.acceptance_rate == pytest.approx(0.5)
    assert kind.acceptance_length == pytest.approx(1 + 2 / 3)
    assert kind.drafting_icl.p50 == pytest.approx(50.0)
    assert kind.plain_icl.max == pytest.approx(50.0)
    assert (kind.prompts, kind.pairs, kind.same_text, kind.unit) == (1, 1, 1, "repeats")
    assert kind.decode.verdict is Verdict.NOT_KNOWN_YET
    assert not kind.changes_output


def test_kinds_count_alike_and_rates_agree_with_the_speed_up() -> None:
    made = benchmark({"code": [2.0, 2.0, 2.0, 2.0], "math": [0.5, 0.5]})
    code, maths, overall = kind_figures(made.pairs, complete=True)
    assert [code.decode.ratio, maths.decode.ratio] == [pytest.approx(2.0), pytest.approx(0.5)]
    assert overall.decode.ratio == pytest.approx(1.0)
    assert (overall.drafting_rate or 0) / (overall.plain_rate or 1) == pytest.approx(1.0)
    assert (overall.prompts, overall.unit) == (6, "prompts")


def test_repeats_of_a_prompt_count_once() -> None:
    first, second = prompts(2)
    rows = [pair(first, 2.0, repeat) for repeat in range(3)] + [pair(second, 8.0)]
    kind, _ = kind_figures(rows, complete=True)
    assert kind.decode.ratio == pytest.approx(4.0)  # √(2 · 8), not (2 · 2 · 2 · 8)^(1/4)
    assert (kind.decode.n, kind.prompts, kind.pairs) == (2, 2, 4)


def test_the_repeats_of_one_prompt_make_an_interval() -> None:
    (prompt,) = prompts(1)
    rows = [pair(prompt, 1.5 + number / 100, number) for number in range(6)]
    kind, _ = kind_figures(rows, complete=True)
    assert (kind.decode.n, kind.unit) == (6, "repeats")
    assert kind.decode.verdict is Verdict.FASTER


def test_what_is_not_complete_has_the_interval_that_may_be_looked_at() -> None:
    made = benchmark({"code": [1.4, 1.5, 1.6, 1.5, 1.45, 1.55]})
    whole, early = (kind_figures(made.pairs, complete=complete)[-1] for complete in (True, False))
    assert (whole.unit, early.unit) == ("prompts", "pairs")
    assert early.decode.low is not None
    assert whole.decode.low is not None
    assert early.decode.low < whole.decode.low


def test_nothing_measured_has_no_figures() -> None:
    assert kind_figures([], complete=True) == []
    assert pooled_icl([]) == IclSummary()


def test_answers_too_short_for_a_rate_are_compared_by_their_latency_only() -> None:
    (prompt,) = prompts(1)
    short = BenchPair(prompt.id, prompt.digest, "code", 0, True, answer([1], [150.0]), answer([1], [100.0]))
    kind, _ = kind_figures([short], complete=True)
    assert kind.decode.ratio is None
    assert kind.drafting_rate is None
    assert kind.total.ratio == pytest.approx(1 / 1.5)
    assert kind.acceptance_rate is None


def test_answers_of_different_length_are_compared_at_the_shorter_one() -> None:
    """3 tokens: out with drafting at 140 ms, without at 200 ms."""
    (prompt,) = prompts(1)
    uneven = BenchPair(
        *(prompt.id, prompt.digest, "code", 0, True),
        answer([1, 2, 2, 2], [100.0, 140.0, 180.0, 220.0], drafted=2),
        answer([1, 1, 1], [100.0, 150.0, 200.0]),
    )
    assert uneven.latencies == (140.0, 200.0)
    assert not uneven.same_text
    assert uneven.drafting.latency_ms(2) == 140.0
    assert uneven.drafting.latency_ms(7) == 220.0


def test_gaps_are_pooled_over_answers() -> None:
    found = pooled_icl([answer([1, 1, 1], [0.0, 10.0, 30.0]), answer([1, 1], [5.0, 35.0])])
    assert (found.p50, found.max, found.stalls) == (20.0, 30.0, 0)  # of 10, 20, 30


def measured(log: float, prompt: str = "p", *, complete: bool = True, **setup: str) -> MeasuredPrompt:
    made = benchmark({"code": [1.0]})
    return MeasuredPrompt(
        setup=replace(SETUP, **setup),
        created=made.created,
        complete=complete,
        kind="code",
        prompt=prompt,
        decode_log=log,
        total_log=log / 2,
        drafted=10,
        accepted=5,
        steps=5,
    )


def test_history_counts_each_prompt_once_over_all_benchmarks() -> None:
    rows = [measured(math.log(2)), measured(math.log(8)), measured(math.log(4), "q")]
    (history,) = pair_histories(rows)
    (kind,) = history.kinds
    assert kind.decode.ratio == pytest.approx(4.0)  # of the means 4 and 4
    assert kind.decode.n == 2
    assert (kind.acceptance_rate, kind.acceptance_length) == (0.5, 2.0)


def test_history_tells_machines_and_ways_of_drafting_apart() -> None:
    rows = [measured(0.1), measured(0.2, machine="another")]
    assert [len(history.kinds) for history in pair_histories(rows)] == [1, 1]


def test_history_of_a_benchmark_that_was_ended_early_is_as_careful_as_while_it_ran() -> None:
    logs = [0.4 + number / 50 for number in range(6)]
    early, whole = (
        pair_histories([measured(log, str(n), complete=complete) for n, log in enumerate(logs)])[0].kinds[0]
        for complete in (False, True)
    )
    assert early.decode.low is not None
    assert whole.decode.low is not None
    assert early.decode.low < whole.decode.low


def test_two_benchmarks_are_compared_over_the_prompts_both_have() -> None:
    first = benchmark({"code": [1.0, 1.0, 1.0], "math": [1.0, 1.0]})
    second = benchmark({"code": [2.0, 2.0], "open": [9.0]})
    rows = {row.kind: row for row in across(first, second)}
    assert list(rows) == ["code", "math", "open", ALL]
    assert rows["code"].second_against_first.ratio == pytest.approx(2.0)
    assert rows["code"].second_against_first.n == 2
    assert rows["math"].second is None
    assert rows["open"].second_against_first.ratio is None
    assert rows[ALL].second_against_first.ratio == pytest.approx(2.0)
    assert across(stopped(first, 0), stopped(second, 0)) == []


def test_rates_agree_with_the_speed_up_while_it_is_measured_too() -> None:
    whole = benchmark({"code": [2.0] * 6, "math": [0.5] * 6})
    overall = kind_figures(stopped(whole, 7).pairs, complete=False)[-1]  # six of code, one of maths
    assert overall.decode.ratio == pytest.approx((2.0**6 * 0.5) ** (1 / 7))
    assert (overall.drafting_rate or 0) / (overall.plain_rate or 1) == pytest.approx(overall.decode.ratio)
