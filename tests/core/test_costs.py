"""Running means, context buckets, estimates between what was measured, and what a pair learns from its steps."""

import pytest

from slipstream.core.costs import (
    BELIEVED,
    BUCKET_EDGES,
    DRIFT_MEMORY,
    MEASURED_SIZES,
    MEMORY,
    CostTable,
    PairRecord,
    RunningMean,
    context_bucket,
)
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
    index: int,
    *,
    drafter: str = "none",
    drafted: int = 0,
    verify_ms: float = 20.0,
    stop: StopReason | None = None,
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
        verify_ms=verify_ms,
        sample_ms=2.0,
        other_ms=2.0,
        t_ms=100.0 * index,
        stop_reason=stop,
    )


def test_a_pair_learns_from_its_steps() -> None:
    record = PairRecord("t", "d", "CPU")
    record.observe(step(2))
    record.observe(step(3, drafter="model", drafted=3), (3.5, 1.0, 1.5), caught_up=2)
    assert record.verify.get(100, 1) == 20
    assert record.verify.get(100, 4) == 20
    assert record.draft_decode.get(100, 2) == 3.5  # the first decode read two tokens
    assert record.draft_decode.get(100, 1) == 1.25
    assert record.row_ms.mean == pytest.approx((4 / 1 + 4 / 4) / 2)  # outside the models, by row
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


def measured(costs: dict[tuple[int, int], float]) -> CostTable:
    """A table of `costs` by (position, batch)."""
    table = CostTable()
    for (position, batch), ms in costs.items():
        table.add(position, batch, ms)
    return table


def test_a_cost_lies_between_the_neighbouring_sizes() -> None:
    table = measured({(0, 1): 10.0, (0, 4): 16.0, (0, 8): 40.0})
    assert [table.estimate(0, n) for n in (1, 2, 4, 6, 8)] == pytest.approx([10, 12, 16, 28, 40])
    assert table.estimate(0, 12) == pytest.approx(64)  # on from the two nearest
    assert measured({(0, 1): 10.0}).estimate(0, 2) is None
    assert CostTable().estimate(0, 1) is None


def test_a_cost_beyond_what_was_measured_is_never_nothing() -> None:
    falling = measured({(0, 1): 100.0, (0, 2): 10.0})
    assert falling.estimate(0, 3) == pytest.approx(1)  # a tenth of the smaller, where the line says -80


def test_a_size_not_seen_at_this_context_grows_as_the_sizes_seen_at_both() -> None:
    table = measured({(0, 1): 10.0, (0, 4): 16.0, (5000, 1): 15.0})
    assert table.estimate(5000, 4) == pytest.approx(24)
    assert table.estimate(5000, 2) == pytest.approx(18)
    assert table.estimate(100, 4) == pytest.approx(16)


def test_better_known_cells_are_taken_over() -> None:
    table, other = CostTable(), CostTable()
    for ms in (10.0, 20.0):
        table.add(0, 1, ms)
    other.add(0, 1, 99.0)
    other.add(0, 2, 30.0)
    table.adopt(other)
    assert (table.get(0, 1), table.get(0, 2)) == (15.0, 30.0)
    other.adopt(table)
    assert other.get(0, 1) == 15.0


def test_a_pair_is_measured_with_enough_sizes() -> None:
    record = PairRecord("t", "d", "CPU")
    for size in range(1, MEASURED_SIZES):
        record.verify.add(0, size, 10.0 * size)
    assert not record.is_measured
    record.verify.add(600, 9, 90.0)
    assert record.is_measured


@pytest.mark.parametrize(
    ("verify", "draft_ms", "too_dear"),
    [
        ({1: 10.0, 2: 20.0, 4: 40.0, 8: 80.0}, 1.0, True),  # n tokens cost what n steps cost
        ({1: 10.0, 2: 19.0, 4: 38.0, 8: 72.0}, 1.0, False),  # eight for 79 ms, not 80
        ({1: 10.0, 2: 11.0, 4: 12.0, 8: 13.0}, 10.0, True),  # a draft as slow as its target
        ({1: 10.0, 2: 11.0, 4: 12.0, 8: 13.0}, 8.9, False),
    ],
)
def test_too_dear_is_what_pays_at_no_length_were_all_kept(
    verify: dict[int, float], draft_ms: float, too_dear: bool
) -> None:
    record = PairRecord("t", "d", "CPU")
    assert not record.seems_too_dear(64)  # nothing is known
    for size, ms in verify.items():
        record.verify.add(64, size, ms)
    assert not record.seems_too_dear(64)  # nor of the draft
    record.draft_decode.add(64, 1, draft_ms)
    record.draft_decode.add(64, 64, draft_ms)
    assert record.seems_too_dear(64) == too_dear
    for _ in range(BELIEVED - 1):
        assert record.seems_too_dear(64) == too_dear
        record.verify.add(64, 2, verify[2])
    assert not record.seems_too_dear(64)  # it is believed, not doubted


def test_what_is_measured_anew_takes_the_place_of_what_was_and_is_known_better() -> None:
    table, other = CostTable(), CostTable()
    table.add(64, 2, 500.0)
    table.add(64, 4, 40.0)
    other.add(64, 2, 20.0)
    table.replace_by(other)
    assert (table.get(64, 2), table.seen(2)) == (20.0, 2)
    assert (table.get(64, 4), table.seen(4)) == (40.0, 1)


def test_a_machine_that_slows_down_makes_no_size_look_dear() -> None:
    """Only one size is in use while everything takes twice as long: costs are kept relative to the drift."""
    record = PairRecord("t", "d", "CPU")
    for size in (1, 2, 4, 8):
        for _ in range(MEMORY):
            record.verify.add(100, size, 20.0 + size)
    for index in range(2, 2 + 20 * DRIFT_MEMORY):
        record.observe(step(index, drafter="model", drafted=3, verify_ms=48.0), (2.0,))
    assert record.drift == pytest.approx(2, abs=0.25)
    assert record.verify_ms(100, 4) == pytest.approx(24, rel=0.15)
    assert record.verify_ms(100, 4) / record.verify_ms(100, 1) == pytest.approx(24 / 21, rel=0.15)


def test_a_hiccup_is_no_drift() -> None:
    record = PairRecord("t", "d", "CPU")
    for size in (1, 2):
        record.verify.add(100, size, 20.0)
    record.observe(step(2, verify_ms=20_000.0))
    assert record.drift <= 1 + 1 / DRIFT_MEMORY
