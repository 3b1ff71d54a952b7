"""What the window's thread and the downloads' thread tell each other."""

import threading
from dataclasses import dataclass, field

from slipstream.core.errors import AppError
from slipstream.models.download import Downloaded
from slipstream.models.download_progress import DownloadProgress
from slipstream.models.download_record import ModelDownload


@dataclass(frozen=True, slots=True, eq=False)
class DownloadJob:
    """A download that was asked for. `stopped` may be set from any thread, at any time.

    `begun`: it was under way before, so the record on the disk knows better which files it is.
    """

    number: int
    download: ModelDownload
    begun: bool = False
    stopped: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, slots=True)
class DownloadDone:
    result: Downloaded


@dataclass(frozen=True, slots=True)
class DownloadStopped:
    """What has come is kept."""


@dataclass(frozen=True, slots=True)
class DownloadFailed:
    """`done`: bytes that are still here, where that is known; what came damaged is deleted."""

    error: AppError
    done: int | None = None


type DownloadEnd = DownloadDone | DownloadStopped | DownloadFailed


@dataclass(frozen=True, slots=True)
class DownloadAdvanced:
    number: int
    progress: DownloadProgress


@dataclass(frozen=True, slots=True)
class DownloadEnded:
    """One for each job."""

    number: int
    end: DownloadEnd


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A download that an earlier session began, and how many bytes of it are here."""

    download: ModelDownload
    done: int


@dataclass(frozen=True, slots=True)
class LeftOvers:
    found: tuple[LeftOver, ...]


@dataclass(frozen=True, slots=True)
class ForgetFailed:
    """Files of a download that was cancelled could not be deleted."""

    error: AppError


@dataclass(frozen=True, slots=True)
class RecordSettled:
    """What is kept of a download is as it was asked for, or cannot be; the download may begin."""

    download: ModelDownload


type DownloadMessage = DownloadAdvanced | DownloadEnded | LeftOvers | ForgetFailed | RecordSettled
