"""The bound in hindsight against every way of drafting there is, on texts small enough to try them all."""

import itertools
import random

import pytest
from hindsight import Prices, Trace, fixed_ms, hindsight_limit, oracle_ms, recorded_ms
from rows import Step

FLAT = Prices({1: 10.0, 9: 10.8}, 1.0)  # 0.1 ms a token: verifying is nearly free
STEEP = Prices({1: 10.0, 2: 20.0}, 1.0)  # 10 ms a token: it never pays
JAGGED = Prices({1: 10.0, 2: 30.0, 3: 31.0, 4: 12.0, 5: 40.0, 6: 50.0}, 0.1)


def test_prices_between_and_beyond_what_was_measured() -> None:
    assert FLAT.verify_ms(5) == pytest.approx(10.4)
    assert FLAT.verify_ms(17) == pytest.approx(11.6)
    assert FLAT.step_ms(4) == pytest.approx(14.4)
    assert FLAT.step_ms(4, by_model=False) == pytest.approx(10.4)


def test_runs_of_agreement_are_counted_from_each_place() -> None:
    assert Trace.runs([True, False, True, True]) == (1, 0, 2, 1)
    assert Trace.runs([]) == ()


def test_a_text_that_is_all_agreed_on_takes_one_step() -> None:
    trace = Trace((5, 4, 3, 2, 1), (0,) * 5)
    assert oracle_ms(trace, FLAT) == pytest.approx(
        FLAT.step_ms(3)
    )  # 3 accepted and the bonus; the first is given
    assert oracle_ms(trace, STEEP) == pytest.approx(4 * 10)
    assert fixed_ms(trace, FLAT, 1) == pytest.approx(2 * FLAT.step_ms(1))


def test_a_lookup_costs_the_oracle_no_drafting() -> None:
    trace = Trace((0,) * 5, (5, 4, 3, 2, 1))
    assert oracle_ms(trace, FLAT) == pytest.approx(FLAT.step_ms(3, by_model=False))


def test_a_larger_batch_that_is_cheaper_is_taken() -> None:
    trace = Trace((2, 2, 1, 0, 0), (0,) * 5)
    # Three drafted (12.3 ms) keep two and emit three; then one plain step.
    assert oracle_ms(trace, JAGGED) == pytest.approx(JAGGED.step_ms(3) + 10)


@pytest.mark.parametrize("prices", [FLAT, STEEP, JAGGED])
@pytest.mark.parametrize("seed", range(5))
def test_no_choice_of_lengths_beats_the_oracle(prices: Prices, seed: int) -> None:
    rng = random.Random(seed)
    trace = Trace(*(Trace.runs([rng.random() < 0.6 for _ in range(6)]) for _ in range(2)))
    ways = []
    each = [list(itertools.product(range(6 - place), (True, False))) for place in range(1, 6)]
    for choice in itertools.product(*each):  # per place: how many, by whom
        total, place = 0.0, 1
        while place < 6:
            drafted, by_model = choice[place - 1]
            kept = (trace.model if by_model else trace.lookup)[place]
            total += prices.step_ms(drafted, by_model)
            place += 1 + min(drafted, kept)
        ways.append(total)
    assert oracle_ms(trace, prices) == pytest.approx(min(ways))


def test_what_was_recorded_is_measured_at_the_speed_of_the_table() -> None:
    """A machine twice as slow as the table: the same run, the same share."""
    steps = [Step("none", 0, 0, 1, 0.0, 5.0, 0.0)] + [Step("model", 8, 1, 2, 16.0, 21.6, 2.4)] * 2
    assert recorded_ms(steps, FLAT) == pytest.approx(2 * (16 + 21.6 + 2.4) / 2)


def test_the_share_of_the_limit_is_one_for_the_oracle_itself() -> None:
    trace = Trace((5, 4, 3, 2, 1), (0,) * 5)
    steps = [Step("none", 0, 0, 1, 0.0, 10.0, 0.0), Step("model", 3, 3, 4, 3.0, FLAT.verify_ms(4), 0.0)]
    assert hindsight_limit([(trace, steps)], FLAT) == pytest.approx(1)
    plain = [Step("none", 0, 0, 1, 0.0, 10.0, 0.0)] * 5
    assert hindsight_limit([(trace, plain)], FLAT) == pytest.approx(FLAT.step_ms(3) / 40)
