"""One file, from wherever it stopped to its end: asked for again after every cut, until nothing helps any more.

Resumes at the byte it has; a hub that ignores where to begin is listened to from the start, without writing twice.
An answer that belongs to another version of the file is never appended.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from slipstream.core.errors import HubBusyError, HubNotFoundError, HubUnreachableError
from slipstream.models.download_progress import Meter, Stage
from slipstream.models.download_record import ModelDownload, WantedFile
from slipstream.models.hub import STALL_SECONDS, Hub
from slipstream.models.hub_refusals import RangeRefusedError
from slipstream.models.part_file import LOOKED_AT, PartFile
from slipstream.models.patience import StoppedError
from slipstream.models.transfer import Sent, Transfer

log = logging.getLogger(__name__)
ENOUGH = 2**20  # bytes that came before a cut: worth asking again at once


@dataclass(frozen=True, slots=True)
class Patience:
    """How long trouble is put up with. The waits double; bytes that arrive set them back.

    With these values a network may be away for four minutes.
    """

    first_wait: float = 1.0  # seconds
    longest_wait: float = 30.0
    tries: int = 12  # in a row, without a byte
    stall_seconds: float = STALL_SECONDS

    def wait(self, failures: int, asked_for: float | None) -> float | None:
        """Seconds until the next try, after so many failures in a row; None to give up."""
        if not failures and not asked_for:
            return 0.0
        if failures >= self.tries or (asked_for or 0) > 2 * self.longest_wait:
            return None
        return max(min(self.first_wait * 2.0 ** (failures - 1), self.longest_wait), asked_for or 0)


class ChangedError(Exception):
    """What the hub sends is not, or no longer, the file that was asked for."""


class FileDownload:
    """Brings one file of a model to its place, whose folder is there. Raises DownloadError for a name not safe."""

    def __init__(
        self,
        hub: Hub,
        download: ModelDownload,
        file: WantedFile,
        root: Path,
        pin: Callable[[str], None] | None,
    ) -> None:
        """`pin` is given the tag that the file's sender names its content by, to be kept; None compares no tags."""
        self._hub = hub
        self._download = download
        self._file = file
        self._tag = file.tag
        self._pin = pin
        self._part = PartFile(download.place(root, file), file.size, file.checksum)

    def run(self, meter: Meter, stop: threading.Event, patience: Patience) -> None:
        """Raises ChangedError, StoppedError, HubError, DownloadError.

        What has come is kept for the next time, unless it proved wrong.
        """
        before = meter.done

        def look(done: int) -> None:
            meter.at(before + done)
            if stop.is_set():
                raise StoppedError

        with self._part as part:
            meter.enter(Stage.CHECKING)
            part.take_up(look)
            meter.at(before + part.size)
            failures = 0
            while part.size < self._file.size:
                begin = part.size
                try:
                    self._fetch(part, meter, stop, patience.stall_seconds)
                except (HubUnreachableError, HubBusyError) as error:
                    failures = _counted(failures, part.size - begin)
                    _wait(error, patience, failures, meter, stop)
                except RangeRefusedError as error:
                    part.clear()
                    raise ChangedError from error
                except HubNotFoundError as error:  # the commit may be gone, the file not
                    raise ChangedError from error
            part.refuse_other_kinds()
            part.finish()

    def _fetch(self, part: PartFile, meter: Meter, stop: threading.Event, stall_seconds: float) -> None:
        """Append what one answer brings. Raises HubUnreachableError where that is not all."""
        size = self._file.size
        meter.enter(Stage.CONNECTING)
        ask = partial(
            self._hub.open_file,
            self._download.repo,
            self._download.commit,
            self._file.path,
            part.size,
            seconds=stall_seconds,
        )
        with Transfer(ask, stop, stall_seconds, meter.idle) as transfer:
            answer = transfer.head()
            self._require_same(answer, part.size)
            skip = part.size - answer.offset
            meter.enter(Stage.DOWNLOADING)
            looked = part.size >= min(LOOKED_AT, size)
            while data := transfer.take():
                new = data[skip:]
                skip = max(skip - len(data), 0)
                if part.size + len(new) > size:
                    raise ChangedError
                part.write(new)
                meter.received(len(data), len(new))
                if not looked and part.size >= min(LOOKED_AT, size):
                    part.refuse_other_kinds()
                    looked = True
        if part.size < size:
            raise HubUnreachableError("The hub stopped sending before the end", "Try again later")

    def _require_same(self, answer: Sent, offset: int) -> None:
        """Raises ChangedError where an answer does not belong to the file, or cannot be appended at `offset`."""
        file = self._file
        if answer.offset not in (0, offset) or answer.total not in (None, file.size):
            raise ChangedError
        tag = answer.tag
        if self._pin is None or tag in (None, self._tag, file.checksum.digest):
            return
        if self._tag is not None or len(tag) == len(file.checksum.digest):
            raise ChangedError
        self._tag = tag
        self._pin(tag)


def _counted(failures: int, came: int) -> int:
    """Failures in a row, after another one before which so many bytes came."""
    if came >= ENOUGH:
        return 0
    return 1 if came else failures + 1


def _wait(
    error: HubUnreachableError | HubBusyError,
    patience: Patience,
    failures: int,
    meter: Meter,
    stop: threading.Event,
) -> None:
    """Wait for the next try. Raises the error where that makes no sense any more, StoppedError."""
    seconds = patience.wait(failures, error.retry_after if isinstance(error, HubBusyError) else None)
    if seconds is None:
        raise error
    if not seconds:
        return
    log.info("next try in %.1f s: %s", seconds, error.one_line())
    meter.enter(Stage.WAITING, error, seconds)
    if stop.wait(seconds):
        raise StoppedError
