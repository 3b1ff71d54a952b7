"""Downloads a model for sure: what arrives has the hub's checksum, whatever happens on the way.

    download_model(hub, folder, ModelDownload.of(repository, variant), report)

Stopped, cut or killed, it goes on later where it was, at the same commit. A model that is in the shared Hugging Face
cache is not downloaded at all. Where the hub has replaced a file meanwhile, that file begins again.
"""

import logging
import math
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from slipstream.core.errors import AppError, DownloadError, HubNotFoundError
from slipstream.models.download_progress import DownloadProgress, Meter
from slipstream.models.download_record import ModelDownload, WantedFile, load_record, wanted
from slipstream.models.file_download import ChangedError, FileDownload, Patience
from slipstream.models.hub import Hub
from slipstream.models.hub_paths import make_folder
from slipstream.models.part_file import PartFile, has_checksum, told_kindly
from slipstream.models.patience import StoppedError, within
from slipstream.models.shared_cache import find_shared
from slipstream.models.untrusted import printable

log = logging.getLogger(__name__)
RESERVE = 2**26  # bytes of the disk that are left to others
MAX_CHANGES = 3  # that a file may be replaced on the hub during one download


@dataclass(frozen=True, slots=True)
class Downloaded:
    """`files` in their order; the first is the one to load. `fetched`: bytes that came over the network now."""

    download: ModelDownload
    files: tuple[Path, ...]
    fetched: int
    shared: bool = False  # they lie in the Hugging Face cache
    replaced: bool = False  # the hub had another version of it meanwhile, which this is


def download_model(
    hub: Hub,
    root: Path,
    download: ModelDownload,
    report: Callable[[DownloadProgress], None],
    stop: threading.Event | None = None,
    patience: Patience = Patience(),  # noqa: B008  # frozen
    shared_cache: Path | None = None,
) -> Downloaded:
    """Download a model below `root`, or find it in `shared_cache`. `report` is called on this thread.

    Ends within a second of `stop`, with StoppedError. Raises HubError, DownloadError. In every case what has come is
    kept, and the same call goes on with it.
    """
    run = _Run(hub, root, download, report, stop or threading.Event(), patience)
    found = run.shared(shared_cache) if shared_cache else None
    return found or run.downloaded()


class _Run:
    """One call of `download_model`. Keeps the record on the disk in step with what it has."""

    def __init__(
        self,
        hub: Hub,
        root: Path,
        download: ModelDownload,
        report: Callable[[DownloadProgress], None],
        stop: threading.Event,
        patience: Patience,
    ) -> None:
        self._hub = hub
        self._root = root
        self._download = download
        self._stop = stop
        self._patience = patience
        self._meter = Meter(download.size, report)
        self._places = {file.path: download.place(root, file) for file in download.files}

    def shared(self, cache: Path) -> Downloaded | None:
        files = find_shared(self._download, cache, self._look)
        return Downloaded(self._download, files, 0, shared=True) if files else None

    def downloaded(self) -> Downloaded:
        with told_kindly(self._root):
            for place in self._places.values():
                make_folder(self._root, place)
        self._take_up()
        replaced, check_tags = False, True
        trouble: BaseException | None = None
        for _ in range(MAX_CHANGES):
            self._require_room()
            self._save()
            try:
                self._files(check_tags=check_tags)
            except ChangedError as changed:
                trouble = changed.__cause__
                log.info("%s: asked for again: %s", self._download.name, trouble or "not the file it was")
                check_tags = self._renew()
                replaced = replaced or check_tags
            else:
                files = tuple(self._places.values())
                return Downloaded(self._download, files, self._meter.fetched, replaced=replaced)
        if isinstance(trouble, AppError):
            raise trouble
        raise DownloadError(
            f"{printable(self._download.name)}: the hub does not send the file that it lists",
            "Try again later, or look for another copy of the model",
        )

    def _look(self, done: int) -> None:
        self._meter.at(done)
        if self._stop.is_set():
            raise StoppedError

    def _save(self) -> None:
        with told_kindly(self._download.record(self._root)):
            self._download.save(self._root)

    def _take_up(self) -> None:
        """Find out what is here already, by the record of an earlier time; drop what is of another version."""
        earlier = load_record(self._root, self._download.record(self._root))
        known = {file.path: file for file in earlier.files} if earlier else {}
        for file in self._download.files:
            place = self._places[file.path]
            before = known.get(file.path)
            if before is not None and before.same_content(file):
                done = before.done and _has_size(place, file.size)
                self._download = self._download.with_file(replace(file, tag=before.tag, done=done))
            elif before is None and place.exists():
                self._require_same(place, file)
                self._download = self._download.with_file(replace(file, done=True))
            else:
                self._drop_part(file)

    def _require_same(self, place: Path, file: WantedFile) -> None:
        """Raises DownloadError where a file that we know nothing of is not the wanted one: it is not ours."""
        if not has_checksum(place, file.size, file.checksum, self._look):
            raise DownloadError(
                f"Another file is already at {place}", "Move it away, or give it another name, and try again"
            )

    def _drop_part(self, file: WantedFile) -> None:
        with PartFile(self._places[file.path], file.size, file.checksum) as part:
            part.drop()

    def _require_room(self) -> None:
        needed = self._download.size - self._download.received(self._root)
        with told_kindly(self._root):
            free = shutil.disk_usage(self._root).free
        if needed and needed + RESERVE > free:
            raise DownloadError(
                f"Not enough room in {self._root}: {needed / 1e9:.2f} GB are needed, {free / 1e9:.2f} GB are free",
                "Free some space, or choose a smaller quantization",
            )

    def _files(self, *, check_tags: bool) -> None:
        """Download what is not here yet."""
        for file in self._download.files:
            if file.done:
                continue
            self._meter.done = sum(other.size for other in self._download.files if other.done)
            pin = self._pin(file) if check_tags else None
            FileDownload(self._hub, self._download, file, self._root, pin).run(
                self._meter, self._stop, self._patience
            )
            self._download = self._download.with_file(replace(file, done=True))
            self._save()
        self._meter.at(self._download.size)

    def _pin(self, file: WantedFile) -> Callable[[str], None]:
        def pin(tag: str) -> None:
            self._download = self._download.with_file(replace(file, tag=tag))
            self._save()

        return pin

    def _renew(self) -> bool:
        """Ask the hub which files these are now; True where some are of another version, and so begin again."""
        repository = within(math.inf, lambda: self._hub.repository(self._download.repo), stop=self._stop)
        listed = {file.path: file for variant in repository.variants for file in variant.files}
        changed = False
        for file in self._download.files:
            if file.path not in listed:
                raise HubNotFoundError(
                    f"{printable(file.path)} is no longer in {self._download.repo}", "Look for another copy"
                )
            now = wanted(listed[file.path])
            if now.same_content(file):
                now = replace(file, tag=None)
            else:
                changed = True
                self._drop_part(now)
            self._download = self._download.with_file(now)
        self._download = replace(self._download, commit=repository.commit)
        self._meter.total = self._download.size
        return changed


def _has_size(place: Path, size: int) -> bool:
    return place.is_file() and place.stat().st_size == size
