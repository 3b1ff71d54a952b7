"""Waiting no longer than one wants for something that cannot be interrupted: a name lookup, a connection.

The call is made on a thread of its own. Who stops waiting leaves it there: it ends by itself, at the latest by
its own time-outs, and keeps no process from ending.
"""

import threading
import time
from collections.abc import Callable
from concurrent import futures

LOOK_EVERY = 0.1  # seconds between two looks at `stop`


class StoppedError(Exception):
    """What was under way was told to stop: no failure, and nothing to tell anybody."""


def within[T](
    seconds: float,
    call: Callable[[], T],
    *,
    stop: threading.Event | None = None,
    late: Callable[[T], None] | None = None,
) -> T:
    """What `call` returns, or raises. Raises TimeoutError after `seconds`, StoppedError soon after `stop` is set.

    `late` is given a result that nobody waits for any more, on the thread of the call.
    """
    outcome: futures.Future[T] = futures.Future()

    def make() -> None:
        try:
            result = call()
        except BaseException as error:  # noqa: BLE001  # not swallowed: whoever waits gets it
            if outcome.set_running_or_notify_cancel():
                outcome.set_exception(error)
        else:
            if outcome.set_running_or_notify_cancel():
                outcome.set_result(result)
            elif late is not None:
                late(result)

    threading.Thread(target=make, name="errand", daemon=True).start()
    deadline = time.monotonic() + seconds
    while not outcome.done():
        left = max(deadline - time.monotonic(), 0)
        stopped = stop is not None and stop.is_set()
        if (stopped or not left) and outcome.cancel():
            raise StoppedError if stopped else TimeoutError
        futures.wait((outcome,), left if stop is None else min(left, LOOK_EVERY))
    return outcome.result()
