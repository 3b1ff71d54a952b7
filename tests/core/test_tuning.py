"""What follows from a measurement, on tables that were recorded and on made-up ones."""

import json
from pathlib import Path

import pytest

from slipstream.core.costs import CostTable
from slipstream.core.tuning import TuneReport, choose_threads

TABLES = json.loads((Path(__file__).parents[1] / "engine" / "data" / "cost_tables.json").read_text())


def recorded(name: str) -> TuneReport:
    (table,) = [table for table in TABLES if name in table["name"]]
    verify = {int(n): ms for n, ms in table["verify"].items()}
    return TuneReport(256, table["passes"], 2, verify, {2: table["draft_ms"]}, 2)


def test_break_even_is_what_a_step_takes_in_plain_steps():
    report = TuneReport(256, 3, 2, {1: 100.0, 2: 110.0, 4: 160.0}, {2: 20.0}, 2)
    assert report.lengths == [1, 3]
    assert report.needs_tau(3) == pytest.approx(2.2)
    assert report.speedup_if_kept(3) == pytest.approx(4 / 2.2)
    assert report.best_if_kept == 3


def test_where_batches_cost_what_their_tokens_cost_no_length_pays():
    linear = {n: 10.0 * n for n in range(1, 18)}
    assert TuneReport(256, 3, 2, linear, {1: 1.0}, 1).best_if_kept == 0
    assert TuneReport(256, 3, 2, linear).best_if_kept == 0


def test_a_lookup_takes_no_decode_and_may_be_long():
    report = TuneReport(256, 3, 2, {1: 100.0, 2: 110.0, 64: 200.0})
    assert report.draft_ms == 0
    assert report.lengths == [1, 63]
    assert report.best_if_kept == 63
    assert 63 not in TuneReport(256, 3, 2, dict(report.verify_ms), {1: 1.0}, 1).lengths


def test_what_was_recorded_here():
    memory_bound, compute_bound = recorded("F16"), recorded("Q4_K_M")
    assert memory_bound.splits() == {}
    assert compute_bound.splits()[8][0] == (4, 4)  # 204 ms in place of 239
    assert memory_bound.speedup_if_kept(memory_bound.best_if_kept) > 2
    assert compute_bound.speedup_if_kept(compute_bound.best_if_kept) < 1.2


def test_a_split_is_told_only_where_it_clearly_takes_less():
    assert TuneReport(256, 3, 2, {1: 10.0, 2: 19.0, 4: 39.0}).splits() == {}
    assert TuneReport(256, 3, 2, {1: 10.0, 2: 19.0, 4: 50.0}).splits() == {4: ((2, 2), 38.0)}
    assert TuneReport(256, 3, 2, {2: 10.0, 3: 90.0}).splits() == {}  # what a single token takes is not known


@pytest.mark.parametrize(
    ("times", "usual", "chosen"),
    [
        ({1: 10.0, 2: 8.0, 4: 7.9}, 4, 4),
        ({1: 10.0, 2: 7.0, 4: 8.0}, 4, 2),
        ({1: 10.0, 2: 9.9, 4: 10.1}, 4, 4),  # noise
        ({1: 10.0}, 1, 1),
        ({1: 10.0, 2: 9.0}, 64, 2),
    ],
)
def test_the_drafts_threads_change_for_a_clear_gain_only(times, usual, chosen):
    assert choose_threads(times, usual) == chosen


def test_a_replaced_cost_counts_for_more_than_what_it_replaced():
    table, older = CostTable(), CostTable()
    for _ in range(100):
        table.add(300, 4, 50.0)
        older.add(300, 4, 50.0)
    table.replace(300, 4, 20.0, 7)
    assert table.get(300, 4) == 20
    table.adopt(older)  # what another process knew before
    assert table.get(300, 4) == 20
    assert table.get(300, 5) is None
