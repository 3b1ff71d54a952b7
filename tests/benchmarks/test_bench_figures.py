"""The arithmetic of the benchmark on examples worked by hand."""

import math

import pytest
from figures import best, log_ratios, ratio, two_fold
from plan import AUTO, FIXED, NGRAM, OFF, PEER, jobs
from plan import in_turn as settings_in_turn


def test_a_ratio_is_the_geometric_mean_of_paired_prompts() -> None:
    logs = log_ratios({"a": 20.0, "b": 5.0, "c": 7.0}, {"b": 10.0, "a": 10.0})
    assert logs == pytest.approx([math.log(2), math.log(0.5)])
    found = ratio([logs])
    assert found is not None
    assert found.mean == pytest.approx(1)
    assert (found.low, found.high, found.n) == (pytest.approx(0.5), pytest.approx(2), 2)


def test_kinds_weigh_alike_however_many_prompts_they_have() -> None:
    found = ratio([[math.log(4)], [0.0] * 9])
    assert found is not None
    assert found.mean == pytest.approx(2)
    assert found.low == pytest.approx(2)  # kinds are given, only their prompts are drawn
    assert found.n == 10


def test_an_interval_narrows_with_the_number_of_prompts() -> None:
    few, many = ratio([[0.0, 0.2] * 4]), ratio([[0.0, 0.2] * 64])
    assert few is not None
    assert many is not None
    assert many.high - many.low < (few.high - few.low) / 3
    assert few.low < few.mean < few.high


def test_no_ratio_where_a_kind_was_not_measured() -> None:
    assert ratio([[0.1], []]) is None
    assert ratio([]) is None


def test_the_best_setting_is_chosen_on_prompts_all_have() -> None:
    rates = {"3": {"a": 9.0, "b": 9.0}, "6": {"a": 10.0, "b": 7.0}, "8": {"a": 1.0}}
    assert best(rates, ("3", "6")) == "3"
    assert best(rates, ("3", "6", "8")) == "6"  # on `a` alone
    assert best(rates, ("3", "none")) is None


def test_a_length_is_compared_on_the_half_it_was_not_chosen_on() -> None:
    # Even prompts (a, c) like 2, odd ones (b, d) like 8: each choice loses on the other half.
    rates = {
        AUTO: dict.fromkeys("abcd", 10.0),
        "2": {"a": 12.0, "b": 5.0, "c": 12.0, "d": 5.0},
        "8": {"a": 4.0, "b": 11.0, "c": 4.0, "d": 11.0},
    }
    logs, chosen = two_fold(rates, AUTO, ("2", "8"))
    assert chosen == ("2", "8")
    assert sorted(logs) == pytest.approx(sorted([math.log(2)] * 2 + [math.log(2.5)] * 2))


def test_two_fold_needs_two_halves() -> None:
    rates = {AUTO: {"a": 10.0, "b": 9.0}, "2": {"a": 12.0}}
    assert two_fold(rates, AUTO, ("2",)) == ([], ())


def test_each_setting_comes_at_each_place_and_after_each_neighbour_both_ways() -> None:
    names = ("a", "b", "c")
    orders = [settings_in_turn(names, number) for number in range(6)]
    assert all(sorted(order) == list(names) for order in orders)
    for place in range(3):
        assert sorted(order[place] for order in orders) == ["a", "a", "b", "b", "c", "c"]
    assert orders[1] == orders[0][::-1]


def test_figures_share_their_rows() -> None:
    (one,) = (job for job in jobs("AC", ["code"], 128, 400) if job.temperature == 0)
    assert set(one.settings) == {AUTO, *FIXED, *PEER}
    assert len(one.settings) == len(set(one.settings))


def test_rewriting_is_of_lookup_on_both_targets() -> None:
    found = jobs("E", ["code", "math"], 128, 400)
    assert {(job.target, job.kind, job.max_tokens) for job in found} == {
        ("large", "rewrite", 400),
        ("quantized", "rewrite", 400),
    }
    assert all(set(job.settings) == {NGRAM, OFF} for job in found)


def test_the_peer_is_not_asked_where_we_are_our_own_measure() -> None:
    assert not any(name in PEER for job in jobs("CDEFH", ["open"], 128, 400) for name in job.settings)
