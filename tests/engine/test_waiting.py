"""How long a child that says nothing is waited for, on a clock of its own."""

import pytest

from slipstream.engine.waiting import (
    GIVEN_UP_AFTER_S,
    HUNG_AFTER_S,
    LOAD_STOPS_WITHIN_S,
    POLL_S,
    STARTS_WITHIN_S,
    STOPS_WITHIN_S,
    Waiting,
)


class Child:
    """A child that beats or does not, a stop flag, and the clock of both."""

    def __init__(self, limit: float = LOAD_STOPS_WITHIN_S, beats: int = 5) -> None:
        self.now = 0.0
        self.beats = beats
        self.alive = True
        self.stopped = False
        self.waiting = Waiting(lambda: self.beats, lambda: self.stopped, limit, lambda: self.now)

    def over_after(self, longest: float = 100.0) -> float:
        """Seconds until the wait is over; `longest` where it is not by then."""
        begun = self.now
        while self.now - begun < longest:
            self.now += POLL_S
            self.beats += self.alive
            if self.waiting.is_over():
                break
        return self.now - begun


def test_a_child_that_beats_is_waited_for() -> None:
    assert Child().over_after() == pytest.approx(100.0, abs=POLL_S)


def test_one_that_does_not_is_given_up_late_and_soon_after_a_stop() -> None:
    child = Child()
    child.alive = False
    assert child.over_after() == pytest.approx(GIVEN_UP_AFTER_S, abs=2 * POLL_S)
    child = Child()
    child.alive, child.stopped = False, True
    assert child.over_after() == pytest.approx(HUNG_AFTER_S, abs=2 * POLL_S)


@pytest.mark.parametrize("limit", [LOAD_STOPS_WITHIN_S, STOPS_WITHIN_S])
def test_one_that_beats_and_does_not_heed_a_stop_is_ended(limit: float) -> None:
    child = Child(limit)
    child.stopped = True
    assert child.over_after() == pytest.approx(limit, abs=2 * POLL_S)
    assert child.waiting.stopped


def test_a_load_loses_nothing_so_it_is_given_less_time() -> None:
    assert LOAD_STOPS_WITHIN_S * 10 < STOPS_WITHIN_S


def test_a_stop_is_remembered_where_the_child_clears_its_flag() -> None:
    child = Child()
    child.stopped = True
    child.over_after(longest=2 * POLL_S)
    child.stopped = False
    assert child.over_after() < LOAD_STOPS_WITHIN_S
    assert child.waiting.stopped


def test_before_the_first_heartbeat_there_is_time_to_start_unless_it_is_stopped() -> None:
    child = Child(limit=1000.0, beats=0)
    child.alive = False
    assert child.over_after() == pytest.approx(STARTS_WITHIN_S, abs=2 * POLL_S)
    child = Child(beats=0)
    child.alive, child.stopped = False, True
    assert child.over_after() == pytest.approx(LOAD_STOPS_WITHIN_S, abs=2 * POLL_S)


def test_a_pause_of_this_process_does_not_count() -> None:
    child = Child()
    child.alive, child.stopped = False, True
    child.over_after(longest=3 * POLL_S)
    child.now += 3600.0
    assert not child.waiting.is_over()
