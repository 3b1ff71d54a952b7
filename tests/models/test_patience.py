"""Waiting for what cannot be interrupted."""

import threading
import time

import pytest

from slipstream.models.patience import StoppedError, within


def test_a_result_and_an_error_come_through() -> None:
    assert within(5, lambda: 42) == 42
    with pytest.raises(KeyError, match="gone"):
        within(5, lambda: {}["gone"])


def test_a_call_that_takes_too_long_is_left_and_its_result_given_away() -> None:
    release, late = threading.Event(), []
    given = threading.Event()

    def keep(result: str) -> None:
        late.append(result)
        given.set()

    begin = time.monotonic()
    with pytest.raises(TimeoutError):
        within(0.05, lambda: release.wait(10) and "late", late=keep)
    assert time.monotonic() - begin < 2
    assert not late
    release.set()
    assert given.wait(5)
    assert late == ["late"]


def test_its_own_timeout_error_is_not_ours() -> None:
    def slow() -> None:
        raise TimeoutError("of the call")

    with pytest.raises(TimeoutError, match="of the call"):
        within(5, slow)


def test_stop_ends_the_wait() -> None:
    release, stop = threading.Event(), threading.Event()
    threading.Timer(0.05, stop.set).start()
    begin = time.monotonic()
    with pytest.raises(StoppedError):
        within(30, lambda: release.wait(10), stop=stop)
    assert time.monotonic() - begin < 5
    release.set()


def test_a_result_that_is_there_wins_over_stop() -> None:
    stop, done = threading.Event(), threading.Event()
    done.set()
    assert within(5, done.is_set, stop=stop) is True
