"""N-gram lookup, on token lists small enough to check by eye."""

import numpy as np

from slipstream.engine.drafters.ngram import NgramDrafter


def context(*tokens: int) -> np.ndarray:
    return np.asarray(tokens, np.int32)


def test_drafts_what_followed_the_last_time() -> None:
    drafter = NgramDrafter()
    assert drafter.propose(context(1, 2, 3, 4, 5, 9, 1, 2, 3), 2).tokens == (4, 5)


def test_the_longest_match_wins_over_a_later_shorter_one() -> None:
    drafter = NgramDrafter()
    tokens = context(7, 1, 2, 3, 50, 8, 1, 2, 3, 60, 7, 1, 2, 3)
    assert drafter.propose(tokens, 1).tokens == (50,)


def test_of_equal_matches_the_latest_wins() -> None:
    drafter = NgramDrafter()
    assert drafter.propose(context(1, 2, 3, 50, 1, 2, 3, 60, 1, 2, 3), 1).tokens == (60,)


def test_without_a_match_nothing_is_drafted() -> None:
    drafter = NgramDrafter()
    assert drafter.propose(context(1, 2, 3, 4, 9, 9, 2, 3), 4).tokens == ()
    assert drafter.propose(context(1, 2), 4).tokens == ()


def test_a_draft_that_reaches_the_end_goes_round() -> None:
    drafter = NgramDrafter()
    assert drafter.propose(context(1, 2, 3, 1, 2, 3), 7).tokens == (1, 2, 3, 1, 2, 3, 1)


def test_the_limit_is_kept() -> None:
    drafter = NgramDrafter()
    assert drafter.propose(context(1, 2, 3, 4, 5, 1, 2, 3), 0).tokens == ()
    assert len(drafter.propose(context(1, 2, 3, 4, 5, 1, 2, 3), 1).tokens) == 1


def test_growing_token_by_token_equals_reading_at_once() -> None:
    rng = np.random.default_rng(5)
    tokens = rng.integers(0, 4, 400).astype(np.int32)
    growing = NgramDrafter()
    for end in range(1, len(tokens) + 1):
        assert growing.propose(tokens[:end], 5) == NgramDrafter().propose(tokens[:end], 5)


def test_an_edited_context_is_read_anew() -> None:
    drafter = NgramDrafter()
    drafter.propose(context(1, 2, 3, 4, 5, 1, 2, 3), 2)
    assert drafter.propose(context(1, 2, 3, 7, 8, 1, 2, 3), 2).tokens == (7, 8)
    assert drafter.propose(context(6, 6, 6), 1).tokens == ()
