"""A thorough measurement of a real pair: what it tells, what it keeps, and that it can be given up."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from runs import ask, run

from slipstream.core.chat import Drafting, PairSpec
from slipstream.core.costs import RunningMean
from slipstream.core.errors import LoadError
from slipstream.core.events import LoadProgress
from slipstream.core.measurements import Measurements
from slipstream.engine.process import ProcessEngine
from slipstream.engine.session import LocalEngine
from slipstream.engine.tuning import thread_counts


def nothing(_event: object) -> None:
    pass


@pytest.fixture
def spec(demo_target: Path, low_bit_draft: Path) -> PairSpec:
    return PairSpec(
        demo_target, low_bit_draft, ctx_size=256, threads=1
    )  # one: other work slows two down far more


@pytest.fixture
def engine(spec: PairSpec) -> Iterator[LocalEngine]:
    engine = LocalEngine()
    engine.load(spec, nothing)
    yield engine
    engine.close()


@pytest.mark.weights
def test_what_was_measured_is_kept_and_used_at_the_next_load(
    engine: LocalEngine, spec: PairSpec, tmp_path: Path
) -> None:
    known = Measurements()
    engine.know(known)
    engine.load(spec, nothing)
    fractions = []
    report = engine.tune(lambda event: fractions.append(event.fraction), 0)
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1
    assert report.passes == 3
    assert set(range(1, 18)) | {64} <= set(report.verify_ms)
    assert report.draft_threads == 1
    record = engine.measurements()
    assert record is not None
    assert record.is_measured
    assert record.verify.get(report.position, 8) == report.verify_ms[8]
    assert record.draft_decode.get(report.position, 1) == report.draft_ms
    assert {1, 2, 64} <= set(record.draft_decode.sizes)
    finished = run(engine, ask("Name three fruits.", Drafting.MODEL, None))  # the caches are fit for use
    assert finished.stats.tokens
    assert finished.stats.pace is not None

    known.save(tmp_path / "m.json")
    saved = json.loads((tmp_path / "m.json").read_text())
    saved["pairs"][0]["draft_threads"] = 2
    (tmp_path / "m.json").write_text(json.dumps(saved))
    engine.know(Measurements.load(tmp_path / "m.json"))
    engine.load(spec, nothing)
    assert engine._pair is not None
    assert engine._pair.draft is not None
    assert engine._pair.draft.threads == 2
    assert engine._pair.target.threads == 1


@pytest.mark.weights
def test_a_stop_changes_nothing(engine: LocalEngine) -> None:
    record = engine.measurements()
    assert record is not None
    with pytest.raises(LoadError, match="cancelled"):
        engine.tune(lambda _event: engine.stop.set(), 60)
    assert not record.verify.cells
    assert record.draft_threads is None
    assert run(engine, ask("Name three fruits.", Drafting.MODEL, max_tokens=4)).stats.metrics.emitted == 4


@pytest.mark.weights
def test_the_child_process_measures_and_the_parent_knows(spec: PairSpec, tmp_path: Path) -> None:
    engine = ProcessEngine(tmp_path)
    known = Measurements()
    engine.know(known)
    with pytest.raises(LoadError, match="No model"):
        engine.tune(nothing, 0)
    try:
        engine.load(spec, nothing)
        fractions = []
        report = engine.tune(lambda event: fractions.append(event.fraction), 0)
        assert fractions[-1] == 1
        (record,) = known.pairs.values()
        assert record is engine.measurements()
        assert record.verify.get(report.position, 8) == report.verify_ms[8]
    finally:
        engine.close()


def test_without_a_pair_there_is_nothing_to_measure() -> None:
    with pytest.raises(LoadError, match="No model"):
        LocalEngine().tune(nothing, 0)


def test_thread_counts_are_dense_where_it_matters() -> None:
    assert thread_counts(1) == [1]
    assert thread_counts(6) == [1, 2, 3, 4, 6]
    assert thread_counts(20) == [1, 2, 3, 4, 6, 8, 12, 16, 20]


@pytest.mark.weights
def test_a_hiccup_while_it_was_measured_is_corrected_at_the_next_load(spec: PairSpec) -> None:
    """Planted: sizes that a machine busy with something else had measured as hundreds of times too dear."""
    known, engine = Measurements(), LocalEngine()
    engine.know(known)
    engine.load(replace(spec, measure=True), nothing)
    record = engine.measurements()
    assert record is not None
    for (bucket, size), cell in list(record.verify.cells.items()):
        if size > 1:
            record.verify.cells[bucket, size] = RunningMean(1000 * cell.mean, cell.count)
    assert record.seems_too_dear(64)
    before = record.verify_ms(64, 8)
    told: list[object] = []
    engine.load(replace(spec, measure=True), told.append)
    engine.close()
    assert [event for event in told if isinstance(event, LoadProgress) and event.stage == "costs"]
    after = record.verify_ms(64, 8)
    assert before is not None
    assert after is not None
    assert after < before / 10
