"""Benchmarks in the database: back as they were, once each, and gone when removed."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bench_samples import benchmark, pair, stopped

from slipstream.core.errors import StoreError
from slipstream.core.reports import Report, ReportForm, Scope, ScopeKind
from slipstream.store import Store

WHOLE = benchmark({"code": [1.5, 1.6], "math": [0.9]})


def test_it_comes_back_as_it_was(store: Store) -> None:
    number = store.keep_benchmark(WHOLE)
    assert store.benchmark(number) == WHOLE
    (line,) = store.list_benchmarks()
    assert (line.id, line.uid, line.done, line.planned) == (number, "one", 3, 3)
    assert line.setup == WHOLE.setup


def test_rows_are_added_as_they_come_and_once_each(store: Store) -> None:
    number = store.keep_benchmark(stopped(WHOLE, 0))
    store.keep_benchmark_rows("one", WHOLE.rows[:1])
    assert store.keep_benchmark(WHOLE) == number
    store.keep_benchmark_rows("one", [pair(WHOLE.plan.prompts[0], 9.0)])  # measured before: that stays
    assert store.benchmark(number) == WHOLE


def test_what_was_kept_is_there_after_a_restart(path: Path) -> None:
    with Store.open(path) as store:
        number = store.keep_benchmark(WHOLE)
    with Store.open(path) as store:
        assert store.benchmark(number) == WHOLE
        assert len(store.measured_prompts()) == 3


def test_the_newest_is_first_and_a_removed_one_stays_away(store: Store) -> None:
    first = store.keep_benchmark(WHOLE)
    second = store.keep_benchmark(benchmark({"code": [1.0]}, uid="two"))
    assert [line.id for line in store.list_benchmarks()] == [second, first]
    store.remove_benchmark(first)
    assert [line.id for line in store.list_benchmarks()] == [second]
    assert store.keep_benchmark(WHOLE) == first
    assert [line.id for line in store.list_benchmarks()] == [second]
    assert [each.kind for each in store.measured_prompts()] == ["code"]
    with pytest.raises(StoreError, match="no benchmark"):
        store.benchmark(first)
    with pytest.raises(StoreError, match="removed"):
        store.keep_benchmark_rows("one", WHOLE.rows)


def test_reports_are_of_what_is_kept(store: Store, tmp_path: Path) -> None:
    first = store.keep_benchmark(WHOLE)
    second = store.keep_benchmark(stopped(benchmark({"code": [1.0, 2.0]}, uid="two"), 1))
    everything, of_all = Scope(ScopeKind.ALL), Scope(ScopeKind.BENCHMARK)
    assert store.report_benchmarks(everything) == store.report_benchmarks(of_all) == [first, second]
    assert store.report_benchmarks(Scope(ScopeKind.BENCHMARK, second)) == [second]
    assert store.report_benchmarks(Scope(ScopeKind.RUN, 1)) == []
    assert store.report_runs(of_all) == []
    with pytest.raises(StoreError, match="There is no benchmark 99"):
        store.report_benchmarks(Scope(ScopeKind.BENCHMARK, 99))
    for _ in Report(of_all, ReportForm.JSON, tmp_path / "a.json").write(store, datetime.now(UTC)):
        pass
    for found, number in zip(
        json.loads((tmp_path / "a.json").read_text())["benchmarks"], (first, second), strict=True
    ):
        kept = store.benchmark(number)
        assert (found["benchmark"], found["id"], len(found["rows"])) == (number, kept.uid, len(kept.pairs))
        for row, own in zip(found["rows"], kept.pairs, strict=True):
            assert row["drafting"]["chunk_ms"] == list(own.drafting.times)
            assert row["plain"]["tokens"] == list(own.plain.tokens)
    store.remove_benchmark(first)
    assert store.report_benchmark(first) is None
    assert store.report_benchmarks(everything) == [second]


def test_what_history_is_made_of_stands_in_columns(store: Store) -> None:
    store.keep_benchmark(WHOLE)
    code, _, maths = store.measured_prompts()
    assert (code.kind, maths.kind, code.complete) == ("code", "math", True)
    assert code.decode_log == pytest.approx(0.405465)  # ln 1.5
    assert (code.drafted, code.accepted, code.steps) == (4, 2, 3)
