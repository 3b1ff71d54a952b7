"""The lengths of lookups against brute force, and what a person would expect of them."""

from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest

from slipstream.engine.pace.copying import lookup_lengths

PLAIN = 10.0


def time_to_the_end(
    lengths: Sequence[int], agrees: Sequence[float], verify_ms: Sequence[float], read_ms: float
) -> float:
    """From a match of no tokens, token by token; nothing is shared with the code under test."""

    def from_match(matched: int, weight: float) -> float:
        if weight < 1e-9:
            return 0.0
        drafted = lengths[min(matched, len(lengths) - 1)]
        total = weight * (verify_ms[drafted + 1] if drafted else PLAIN)
        for i in range(drafted + 1):
            weight *= agrees[min(matched + i, len(agrees) - 1)]
            if i < drafted:
                total += weight * read_ms
        return total + from_match(matched + drafted + 1, weight)

    return from_match(0, 1.0)


JAGGED = [0.0, PLAIN, 15.0, 14.0, 30.0]
FLAT = [0.0, PLAIN, 10.2, 10.4, 10.6]
STEEP = [0.0, PLAIN, 19.0, 28.0, 37.0]


@pytest.mark.parametrize("verify_ms", [JAGGED, FLAT, STEEP])
@pytest.mark.parametrize("agrees", [[0.3, 0.6, 0.9], [0.1, 0.2, 0.8], [0.7, 0.7, 0.7], [0.95, 0.3, 0.9]])
@pytest.mark.parametrize("read_ms", [0.0, 2.0])
def test_no_other_lengths_reach_the_end_of_a_copy_sooner(
    verify_ms: list[float], agrees: list[float], read_ms: float
) -> None:
    found = lookup_lengths(np.array(agrees), np.array(verify_ms), other_ms=PLAIN, read_ms=read_ms).tolist()
    most = len(verify_ms) - 2

    def may_wait(matched: int) -> bool:
        """Whether no single lookup beats writing on without."""
        kept, reached = 0.0, 1.0
        for n in range(1, most + 1):
            reached *= agrees[min(matched + n - 1, len(agrees) - 1)]
            kept += reached
            if verify_ms[n + 1] + read_ms * kept < PLAIN * (1 + kept):
                return False
        return True

    choices = [range(0 if may_wait(matched) else 1, most + 1) for matched in range(len(agrees))]
    assert all(n in choice for n, choice in zip(found, choices, strict=True))
    best = min(time_to_the_end(lengths, agrees, verify_ms, read_ms) for lengths in product(*choices))
    assert time_to_the_end(found, agrees, verify_ms, read_ms) == pytest.approx(best, rel=1e-6)


def lengths(agrees: float, per_token: float) -> int:
    """Where every token agrees alike, and verifying costs so much of a plain step for each more."""
    verify_ms = np.append(0.0, PLAIN * (1 + per_token * np.arange(65)))
    return int(lookup_lengths(np.full(41, agrees), verify_ms, other_ms=PLAIN, read_ms=0.0)[20])


def test_the_sooner_copies_end_the_shorter_the_drafts_however_cheap_a_token_is() -> None:
    found = [lengths(agrees, 0.2) for agrees in (0.999, 0.98, 0.95, 0.8)]
    assert found == sorted(found, reverse=True)
    assert found[0] == 64
    assert found[-1] < 10
    assert lengths(0.98, 0.2) < lengths(0.98, 0.02)


def test_where_verifying_costs_what_it_gains_nothing_is_looked_up() -> None:
    assert lengths(0.9, 1.0) == 0
    assert lengths(0.3, 0.5) == 0
