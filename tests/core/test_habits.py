"""Shares and frequencies that forget, bins, and what an answer starts from."""

import json

import pytest

from slipstream.core.habits import (
    BINS,
    CONFIDENCE_EDGES,
    DOUBT,
    ENTRIES,
    MATCHES,
    MEMORY,
    SHORT_MEMORY,
    Frequencies,
    Habits,
    Share,
    confidence_bin,
    match_bin,
)


@pytest.mark.parametrize(
    ("confidence", "expected"),
    [(0.0, 0), (0.149, 0), (0.15, 1), (0.5, 3), (0.985, BINS - 1), (1.0, BINS - 1)],
)
def test_confidences_are_cut_into_bins(confidence: float, expected: int) -> None:
    assert confidence_bin(confidence) == expected


def test_each_bin_is_met() -> None:
    middles = [(a + b) / 2 for a, b in zip((0, *CONFIDENCE_EDGES), (*CONFIDENCE_EDGES, 1), strict=True)]
    assert [confidence_bin(c) for c in middles] == list(range(BINS))


@pytest.mark.parametrize(
    ("length", "expected"), [(1, 0), (3, 0), (4, 1), (7, 3), (8, 4), (40, MATCHES - 1), (10**6, MATCHES - 1)]
)
def test_matches_are_cut_into_bins(length: int, expected: int) -> None:
    assert match_bin(length) == expected


def test_a_share_starts_with_its_guess_and_moves_by_what_is_seen() -> None:
    share = Share(0.5)
    share.add(1.0)
    assert share.mean == pytest.approx((0.5 * DOUBT + 1) / (DOUBT + 1))
    for _ in range(3):
        share.add(0.0)
    assert share.mean == pytest.approx((0.5 * DOUBT + 1) / (DOUBT + 4))


def test_a_share_forgets() -> None:
    share = Share(0.5)
    for _ in range(20 * SHORT_MEMORY):
        share.add(1.0, SHORT_MEMORY)
    assert share.mean == pytest.approx(1, abs=1e-6)
    for _ in range(SHORT_MEMORY):
        share.add(0.0, SHORT_MEMORY)
    assert share.mean == pytest.approx(
        (1 - 1 / SHORT_MEMORY) ** SHORT_MEMORY, abs=1e-6
    )  # 1/e; a plain mean: 0.95


def test_frequencies_count_and_forget() -> None:
    row = Frequencies([1.0, 1.0])
    row.add(1)
    row.add(1)
    assert row.counts == [1, 3]
    assert row.shares == [0.25, 0.75]
    for _ in range(20 * MEMORY):
        row.add(0)
    assert sum(row.counts) == pytest.approx(MEMORY)
    assert row.shares[0] > 0.999


def test_frequencies_are_scaled_down_only() -> None:
    row = Frequencies([1.0, 3.0])
    row.scale_to(8)
    assert row.counts == [1, 3]
    row.scale_to(2)
    assert row.counts == [0.5, 1.5]


def test_there_is_a_guess_for_everything() -> None:
    habits = Habits()
    for shares in (habits.drawn, habits.likeliest, habits.drew_likeliest, habits.drew_other):
        assert len(shares) == BINS
        assert [share.mean for share in shares] == sorted(share.mean for share in shares)
    assert len(habits.matched) == MATCHES
    assert len(habits.follows) == len(ENTRIES) + BINS
    assert all(sum(row.shares) == pytest.approx(1) for row in habits.follows)
    assert habits.follows[len(ENTRIES) + 4].shares[4] > habits.follows[0].shares[4]  # a near one rather


def test_an_answer_starts_from_what_is_known_of_the_pair_and_learns_sooner() -> None:
    pair = Habits()
    for _ in range(MEMORY):
        pair.likeliest[3].add(0.9)
        pair.follows[2].add(5)
    answer = pair.for_an_answer()
    known = pair.likeliest[3].mean
    assert answer.likeliest[3].mean == known
    assert answer.follows[2].shares == pytest.approx(pair.follows[2].shares)
    for _ in range(SHORT_MEMORY):
        answer.likeliest[3].add(0.0, SHORT_MEMORY)
        answer.follows[2].add(0, SHORT_MEMORY)
    assert answer.likeliest[3].mean < 0.4
    assert answer.follows[2].shares[0] > 0.5
    assert pair.likeliest[3].mean == known  # its own
    assert pair.follows[2].shares[0] < 0.1


def test_habits_survive_json() -> None:
    habits = Habits()
    habits.drawn[2].add(0.75)
    habits.drew_other[0].add(1.0)
    habits.matched[7].add(0.25)
    habits.follows[5].add(3)
    habits.entries.add(2)
    assert Habits.from_json(json.loads(json.dumps(habits.to_json()))) == habits


def test_what_has_forgotten_often_can_still_be_read_again() -> None:
    habits = Habits()
    for i in range(5 * MEMORY):
        habits.follows[0].add(i % BINS)
        habits.drawn[0].add(i % 2)
    assert Habits.from_json(json.loads(json.dumps(habits.to_json()))) == habits
