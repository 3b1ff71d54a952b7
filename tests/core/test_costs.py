"""Running means, buckets, pair records, and what is made of a measurements file in any state."""

import json
from pathlib import Path

import pytest

from slipstream.core.costs import (
    BUCKET_EDGES,
    MEMORY,
    CostTable,
    PairRecord,
    RunningMean,
    context_bucket,
)
from slipstream.core.measurements import Measurements, model_key
from slipstream.core.metrics import Phase, StepRecord, StopReason


@pytest.mark.parametrize(
    ("position", "bucket"),
    [(0, 0), (511, 0), (512, 512), (1023, 512), (1024, 1024), (32767, 16384), (32768, 32768), (10**6, 32768)],
)
def test_a_bucket_is_named_by_its_lower_edge(position: int, bucket: int) -> None:
    assert context_bucket(position) == bucket


def test_bucket_edges_ascend() -> None:
    assert list(BUCKET_EDGES) == sorted(set(BUCKET_EDGES))


def test_a_running_mean_is_the_plain_mean_at_first() -> None:
    mean = RunningMean()
    for value in (10, 20, 60):
        mean.add(value)
    assert mean.mean == pytest.approx(30)
    assert mean.count == 3


def test_a_running_mean_follows_a_machine_that_slows_down() -> None:
    mean = RunningMean()
    for _ in range(10 * MEMORY):
        mean.add(10)
    for _ in range(MEMORY):
        mean.add(20)
    assert 15 < mean.mean < 18  # a plain mean would stand at 10.9
    assert mean.mean == pytest.approx(20 - 10 * (1 - 1 / MEMORY) ** MEMORY)


def test_a_cost_is_unknown_until_it_was_measured_at_this_context_and_batch() -> None:
    table = CostTable()
    table.add(600, 4, 12.0)
    table.add(1000, 4, 14.0)
    assert table.get(700, 4) == pytest.approx(13)
    assert table.get(700, 5) is None
    assert table.get(100, 4) is None


def step(
    index: int, *, drafter: str = "none", drafted: int = 0, stop: StopReason | None = None
) -> StepRecord:
    """A step at position 100 that takes 6 + 20 + 2 + 2 ms (draft, verify, sample, other)."""
    return StepRecord(
        index=index,
        drafter=drafter,
        rule="token",
        phase=Phase.ANSWER,
        position=100,
        limit=4,
        drafted=(7,) * drafted,
        accepted=0,
        emitted=(7,),
        target_probs=(0.5,) * drafted,
        draft_probs=(0.5,) * drafted,
        draft_ms=6.0 if drafted else 0.0,
        verify_ms=20.0,
        sample_ms=2.0,
        other_ms=2.0,
        t_ms=100.0 * index,
        stop_reason=stop,
    )


def test_a_pair_learns_from_its_steps() -> None:
    record = PairRecord("t", "d", "CPU")
    record.observe(step(2))
    record.observe(step(3, drafter="model", drafted=3))
    assert record.verify.get(100, 1) == 20
    assert record.verify.get(100, 4) == 20
    assert record.draft_decode.get(100, 1) == 2  # 6 ms for three tokens
    assert record.plain_tokens_per_second(100) == pytest.approx(1000 / 24)
    assert record.break_even_tau(100) == pytest.approx(30 / 24)


def test_lookup_costs_no_draft_decode() -> None:
    record = PairRecord("t", "", "CPU")
    record.observe(step(2, drafter="ngram", drafted=3))
    assert record.draft_decode.get(100, 1) is None
    assert record.drafting_step.get(100, 1) == 30


def test_the_first_and_the_last_step_of_a_run_say_nothing() -> None:
    record = PairRecord("t", "d", "CPU")
    record.observe(step(1))
    record.observe(step(2, stop=StopReason.END_OF_TURN))
    assert record == PairRecord("t", "d", "CPU")


def test_the_plain_level_and_break_even_are_unknown_at_first() -> None:
    record = PairRecord("t", "d", "CPU")
    assert record.plain_tokens_per_second(0) is None
    assert record.break_even_tau(0) is None


def test_levels_stay_known_where_the_context_has_grown_past_what_was_measured() -> None:
    record = PairRecord("t", "d", "CPU")
    record.observe(step(2))
    record.observe(step(3, drafter="model", drafted=3))
    for position in (0, 600, 40_000):
        assert record.plain_tokens_per_second(position) == pytest.approx(1000 / 24)
        assert record.break_even_tau(position) == pytest.approx(30 / 24)


def test_the_nearest_measured_context_stands_for_the_others() -> None:
    table = CostTable()
    assert table.nearest(0, 1) is None
    table.add(0, 1, 10.0)
    table.add(5000, 1, 20.0)
    table.add(0, 4, 99.0)
    found = [table.nearest(position, 1) for position in (100, 600, 1500, 2500, 5000, 50_000)]
    assert found == [10, 10, 20, 20, 20, 20]  # 1024 is two edges from 0 and from 4096: the longer context


def test_break_even_compares_steps_at_one_context() -> None:
    record = PairRecord("t", "d", "CPU")
    record.plain_step.add(100, 1, 20.0)
    record.drafting_step.add(100, 1, 30.0)
    record.plain_step.add(600, 1, 40.0)
    assert record.break_even_tau(600) == pytest.approx(1.5)  # never 30 / 40
    apart = PairRecord("t", "d", "CPU")
    apart.plain_step.add(100, 1, 20.0)
    apart.drafting_step.add(600, 1, 30.0)
    assert apart.break_even_tau(0) == pytest.approx(1.5)


def test_plain_steps_are_the_targets_whatever_the_draft(tmp_path: Path) -> None:
    measured = Measurements()
    measured.pair("t", "", "CPU").observe(step(2))
    paired = measured.pair("t", "d", "CPU")
    assert paired.plain_tokens_per_second(100) == pytest.approx(1000 / 24)
    assert measured.pair("t", "d", "CUDA").plain_tokens_per_second(100) is None
    assert measured.pair("u", "", "CPU").plain_tokens_per_second(100) is None
    measured.save(tmp_path / "m.json")
    again = Measurements.load(tmp_path / "m.json")
    again.pair("t", "d", "CPU").observe(step(3))
    assert again.pair("t", "", "CPU").plain_step.cells[0, 1].count == 2


def test_records_of_before_that_were_apart_give_the_best_known_level(tmp_path: Path) -> None:
    rows = [
        {"target": "t", "draft": draft, "backend": "CPU", "plain_step": [[0, 1, ms, count]]}
        | {"verify": [], "draft_decode": [], "drafting_step": []}
        for draft, ms, count in (("", 20.0, 90), ("d", 50.0, 1))
    ]
    (tmp_path / "m.json").write_text(json.dumps({"schema": 1, "pairs": rows}))
    assert Measurements.load(tmp_path / "m.json").pair("t", "d", "CPU").plain_tokens_per_second(0) == 50


def test_measurements_come_back(tmp_path: Path) -> None:
    measured = Measurements()
    for index in range(2, 5):
        measured.pair("t:1", "d:2", "CPU").observe(step(index, drafter="model", drafted=index))
    measured.pair("t:1", "", "CUDA").observe(step(2))
    measured.save(tmp_path / "m.json")
    assert Measurements.load(tmp_path / "m.json") == measured


def test_a_pair_is_made_once() -> None:
    measured = Measurements()
    assert measured.pair("t", "d", "CPU") is measured.pair("t", "d", "CPU")
    assert measured.pair("t", "d", "CPU") is not measured.pair("t", "d", "CUDA")


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    assert Measurements.load(tmp_path / "none.json") == Measurements()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"schema": 99, "pairs": []}',
        '{"schema": 1, "pairs": [{"target": "t"}]}',
        '{"schema": 1, "pairs": 3}',
        json.dumps(
            {
                "schema": 1,
                "pairs": [
                    {
                        "target": "t",
                        "draft": "d",
                        "backend": "b",
                        "verify": [[0, float("inf"), 1.0, 1]],
                        "draft_decode": [],
                        "plain_step": [],
                        "drafting_step": [],
                    }
                ],
            }
        ),
    ],
)
def test_damaged_measurements_start_anew(tmp_path: Path, content: str) -> None:
    path = tmp_path / "m.json"
    path.write_text(content)
    assert Measurements.load(path) == Measurements()


def test_a_model_is_named_by_its_file_and_size(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(b"12345")
    assert model_key(path) == "model.gguf:5"
