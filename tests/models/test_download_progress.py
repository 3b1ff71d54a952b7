"""How progress is told: bytes, speed, time left, never more than ten times a second."""

import pytest

from slipstream.core.errors import HubUnreachableError
from slipstream.models.download_progress import DownloadProgress, Meter, Stage

MB = 10**6


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def told() -> list[DownloadProgress]:
    return []


@pytest.fixture
def meter(clock: Clock, told: list[DownloadProgress]) -> Meter:
    return Meter(100 * MB, told.append, clock)


def bring(meter: Meter, clock: Clock, seconds: float, speed: float, kept: bool = True) -> None:
    """Bytes in pieces of 10 ms."""
    for _ in range(round(seconds * 100)):
        clock.now += 0.01
        meter.received(round(speed / 100), round(speed / 100) if kept else 0)


def test_speed_and_time_left(meter: Meter, clock: Clock, told: list[DownloadProgress]) -> None:
    meter.enter(Stage.DOWNLOADING)
    bring(meter, clock, 10, 2 * MB)
    last = told[-1]
    assert last.speed == pytest.approx(2 * MB, rel=0.02)
    assert last.done == pytest.approx(20 * MB, rel=0.02)
    assert last.seconds_left == pytest.approx(40, rel=0.03)


def test_at_most_ten_times_a_second(meter: Meter, clock: Clock, told: list[DownloadProgress]) -> None:
    meter.enter(Stage.DOWNLOADING)
    bring(meter, clock, 10, MB)
    assert 80 <= len(told) <= 101


def test_the_speed_is_that_of_the_last_seconds(
    meter: Meter, clock: Clock, told: list[DownloadProgress]
) -> None:
    meter.enter(Stage.DOWNLOADING)
    bring(meter, clock, 10, 5 * MB)
    bring(meter, clock, 8, MB)
    assert told[-1].speed == pytest.approx(MB, rel=0.05)


def test_a_stall_shows_as_a_falling_speed(meter: Meter, clock: Clock, told: list[DownloadProgress]) -> None:
    meter.enter(Stage.DOWNLOADING)
    bring(meter, clock, 10, 5 * MB)
    speeds = []
    for _ in range(6):
        clock.now += 1
        meter.idle()
        speeds.append(told[-1].speed)
    assert speeds == sorted(speeds, reverse=True)
    assert speeds[-1] == 0
    assert told[-1].seconds_left is None


def test_what_was_here_before_is_done_but_no_speed(
    meter: Meter, clock: Clock, told: list[DownloadProgress]
) -> None:
    meter.at(60 * MB)
    assert told[-1] == DownloadProgress(Stage.CHECKING, 60 * MB, 100 * MB)
    meter.enter(Stage.DOWNLOADING)
    bring(meter, clock, 2, 2 * MB)
    assert told[-1].speed == pytest.approx(2 * MB, rel=0.02)
    assert told[-1].seconds_left == pytest.approx(18, rel=0.03)


def test_bytes_that_are_not_kept_are_speed_but_not_done(
    meter: Meter, clock: Clock, told: list[DownloadProgress]
) -> None:
    meter.at(50 * MB)
    meter.enter(Stage.DOWNLOADING)
    bring(meter, clock, 2, 2 * MB, kept=False)
    assert told[-1].done == 50 * MB
    assert told[-1].speed == pytest.approx(2 * MB, rel=0.02)
    assert meter.fetched == pytest.approx(4 * MB)


def test_no_speed_is_told_before_there_is_one(
    meter: Meter, clock: Clock, told: list[DownloadProgress]
) -> None:
    meter.enter(Stage.DOWNLOADING)
    bring(meter, clock, 0.3, MB)
    assert told[-1].speed is None


def test_trouble_is_told_at_once(meter: Meter, clock: Clock, told: list[DownloadProgress]) -> None:
    error = HubUnreachableError("gone", "wait")
    meter.enter(Stage.DOWNLOADING)
    bring(meter, clock, 2, MB)
    meter.enter(Stage.WAITING, error, 4.0)
    assert (told[-1].stage, told[-1].trouble, told[-1].retry_in, told[-1].speed) == (
        Stage.WAITING,
        error,
        4.0,
        None,
    )
    meter.enter(Stage.CONNECTING)
    assert (told[-1].stage, told[-1].trouble) == (Stage.CONNECTING, None)
