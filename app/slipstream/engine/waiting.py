"""How long the engine's child is waited for while it says nothing; a pure judge of heartbeats, stops and clocks.

A child that no longer beats is stopped or wedged. One that beats and does not heed a stop waits in llama.cpp for
somebody else, such as a server of its RPC backend that is busy or has gone to sleep: nothing but its end brings it
back. A load loses nothing by that, as what was loaded before is gone already; what is loaded is given more time.
"""

from collections.abc import Callable
from time import monotonic

POLL_S = 0.1  # how often to ask
HUNG_AFTER_S = 0.8  # without a heartbeat: a stopped or wedged child, not a long decode
GIVEN_UP_AFTER_S = 20.0  # without a heartbeat, also when nobody asked it to stop
STARTS_WITHIN_S = 60.0  # a child imports llama.cpp, and a GPU's driver, before it first beats
LOAD_STOPS_WITHIN_S = 1.5  # after a stop, with or without a heartbeat
STOPS_WITHIN_S = 60.0  # the same with a model loaded: a slow device may take long for what it has begun


class Waiting:
    """One wait for the child's next message."""

    def __init__(
        self,
        beat: Callable[[], int],
        is_stopped: Callable[[], bool],
        stops_within: float,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """`beat`: the child's heartbeats so far; `is_stopped`: whether a stop is asked for; seconds after that."""
        self._beat = beat
        self._is_stopped = is_stopped
        self._stops_within = stops_within
        self._clock = clock
        self._last_beat = beat()
        self._silent_s = 0.0
        self._since_stop_s = 0.0
        self._before = clock()
        self.stopped = False  # a stop was asked for meanwhile; a child that begins may clear its flag again

    def is_over(self) -> bool:
        """Whether to wait no longer. To be asked about every `POLL_S`."""
        now = self._clock()
        # This process may have been halted itself (Ctrl+Z, a sleeping machine): such a pause does not count.
        passed = min(now - self._before, 4 * POLL_S)
        self._before = now
        self.stopped = self.stopped or self._is_stopped()
        if self.stopped:
            self._since_stop_s += passed
        beat = self._beat()
        if beat != self._last_beat:
            self._last_beat, self._silent_s = beat, 0.0
        else:
            self._silent_s += passed
        patience = HUNG_AFTER_S if self.stopped else GIVEN_UP_AFTER_S
        silent = self._silent_s > (patience if self._last_beat else STARTS_WITHIN_S)
        return silent or self._since_stop_s > self._stops_within
