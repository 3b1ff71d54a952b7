"""What the plots are drawn from: bounded however long the run, and no spike lost."""

import random
from math import isnan, nan

import pytest
from report_samples import make_steps

from slipstream.core.history import History
from slipstream.core.metrics import Phase, measure
from slipstream.core.reports.track import BINS, LATEST, STRETCHES, Envelope, RunTrack, Stretches


@pytest.mark.parametrize("count", [0, 1, 7, 240, 241, 10_000])
def test_an_envelope_keeps_ends_and_extremes(count: int) -> None:
    rng = random.Random(count)
    envelope = Envelope(120)
    values = [(float(x), rng.gauss(10, 3)) for x in range(1, count + 1)]
    for x, y in values:
        envelope.add(x, y)
    points = envelope.points()
    assert len(points) <= 240
    assert [x for x, _ in points] == sorted(x for x, _ in points)
    if values:
        assert min(y for _, y in points) == min(y for _, y in values)
        assert max(y for _, y in points) == max(y for _, y in values)
        assert points[0][0] == 1.0


def test_as_long_as_they_fit_every_point_is_kept() -> None:
    envelope = Envelope(100)
    values = [(float(x), x % 7 + 0.5) for x in range(0, 99, 3)]
    for x, y in values:
        envelope.add(x, y)
    assert envelope.points() == values


def test_a_gap_in_the_values_is_a_gap_in_the_curve() -> None:
    envelope = Envelope(16)
    for x in range(64):
        envelope.add(float(x), nan if 16 <= x < 40 else 1.0)
    holes = [x for x, y in envelope.points() if isnan(y)]
    assert holes
    assert min(holes) >= 16
    assert max(holes) < 40
    assert envelope.highest() == [(x, y) for x, y in envelope.points() if not isnan(y)]


def test_values_between_gaps_survive_them() -> None:
    envelope = Envelope(4)
    for x, y in enumerate((nan, 5.0, nan, 7.0, 3.0, nan, nan, nan)):
        envelope.add(float(x), y)
    assert [y for _, y in envelope.points() if not isnan(y)] == [5.0, 7.0, 3.0]


def test_stretches_add_up_to_the_run() -> None:
    steps = [step.record for step in make_steps(1001)]
    stretches = Stretches(8)
    for step in steps:
        stretches.add(step)
    assert len(stretches.list) <= 8
    assert sum(stretch.steps for stretch in stretches.list) == len(steps)
    assert all(stretch.steps == stretches.each for stretch in stretches.list[:-1])
    for part, name in enumerate(("draft_ms", "verify_ms", "sample_ms", "other_ms")):
        whole = sum(getattr(step, name) for step in steps)
        assert sum(stretch.parts_ms[part] for stretch in stretches.list) == pytest.approx(whole)


def test_a_track_draws_what_the_dashboard_draws() -> None:
    steps = [step.record for step in make_steps(60)]  # as many as fit without thinning
    track, history = RunTrack(), History()
    for step in steps:
        track.add(step)
    history.extend(steps)
    for points, column in (
        (track.rate.points(), history.rate),
        (track.mean_rate.points(), history.mean_rate),
        (track.tau.points(), history.tau),
        (track.mean_acceptance.points(), history.mean_acceptance),
    ):
        drawn = {x: y for x, y in points if not isnan(y)}
        assert drawn == {x: y for x, y in zip(history.token, column, strict=True) if not isnan(y)}
    assert track.history.meter.metrics() == measure(steps)
    assert sum(size * n for size, n in track.chunks.items()) == track.tokens
    assert track.bands() == [(s.start, s.end) for s in history.spans if s.phase is Phase.THINK]
    assert [step.index for step in track.latest] == [step.index for step in steps[-LATEST:]]


def test_a_long_run_takes_no_more_room_than_a_short_one() -> None:
    track = RunTrack()
    for step in make_steps(30_000):
        track.add(step.record)
    assert len(track.history) < 10_000
    for envelope in (track.rate, track.mean_rate, track.tau, track.acceptance, track.gaps):
        assert len(envelope.points()) <= 2 * BINS
    assert len(track.stalls.highest()) <= BINS // 4
    assert len(track.stretches.list) <= STRETCHES
    assert track.history.meter.stalls > 100
