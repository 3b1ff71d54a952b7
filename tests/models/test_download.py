"""A model downloaded from an imitated hub: to its place, from where it stopped, never twice what is here already."""

import hashlib
import json
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hub_models import FILE, MB, PARTS, QUICK, REPO, Desk, model, split_model
from hub_server import COMMIT, HubServer, Mode, Repo, hub_server

from slipstream.core.errors import DownloadError
from slipstream.models.download_progress import Stage
from slipstream.models.download_record import ModelDownload, load_record, recorded
from slipstream.models.inspect import inspect
from slipstream.models.part_file import PartFile
from slipstream.models.patience import StoppedError

pytestmark = pytest.mark.usefixtures("clean_hub")
DATA = model()


@pytest.fixture
def server() -> Iterator[HubServer]:
    with hub_server(Repo(REPO, {FILE: DATA, **split_model()})) as server:
        yield server


@pytest.fixture
def desk(server: HubServer, tmp_path: Path) -> Desk:
    return Desk(server, tmp_path / "models")


def left_behind(desk: Desk, size: int) -> ModelDownload:
    """As if a download had been killed after so many bytes."""
    download = desk.wanted()
    desk.part.parent.mkdir(parents=True)
    download.save(desk.root)
    desk.part.write_bytes(DATA[:size])
    return download


def test_a_file_comes_to_its_place(desk: Desk) -> None:
    done = desk.run()
    assert done.files == (desk.place,)
    assert desk.place.read_bytes() == DATA
    assert (done.fetched, done.shared, done.replaced) == (len(DATA), False, False)
    assert not desk.part.exists()
    assert inspect(desk.place).name == "Tiny"
    (kept,) = recorded(desk.root)
    assert kept == done.download
    assert kept.finished
    assert (kept.repo, kept.commit, kept.quantization, kept.license) == (REPO, COMMIT, "Q4_K_M", "apache-2.0")


def test_all_parts_of_a_split_model_come(desk: Desk) -> None:
    done = desk.run(desk.wanted("Q8_0"))
    assert done.files == tuple(desk.root / REPO / part for part in PARTS)
    assert inspect(done.files[0]).size == 3 * MB
    assert done.download.finished
    assert desk.told[-1].total == 3 * MB


def test_a_small_file_with_gits_checksum_comes(tmp_path: Path) -> None:
    with hub_server(Repo(REPO, {FILE: DATA}, lfs=False)) as server:
        assert Desk(server, tmp_path).run().files[0].read_bytes() == DATA


def test_a_hub_that_sends_files_itself(desk: Desk) -> None:
    desk.server.mode = Mode(redirect=False)
    assert desk.run().files[0].read_bytes() == DATA


def test_progress_is_told(desk: Desk) -> None:
    desk.server.mode = Mode(rate=4 * MB)
    begin = time.monotonic()
    desk.run()
    seconds = time.monotonic() - begin
    stages = [progress.stage for progress in desk.told]
    assert stages.index(Stage.CONNECTING) < stages.index(Stage.DOWNLOADING)
    assert len(desk.told) <= 10 * seconds + len(Stage)
    done = [progress.done for progress in desk.told]
    assert done == sorted(done)
    assert all(progress.total == len(DATA) for progress in desk.told)
    late = [p for p in desk.told if p.speed is not None]
    assert late[-1].speed == pytest.approx(4 * MB, rel=0.5)
    assert late[-1].seconds_left == pytest.approx((len(DATA) - late[-1].done) / late[-1].speed, abs=0.01)


def test_what_is_here_is_not_fetched_again(desk: Desk) -> None:
    desk.run()
    sent = desk.server.sent
    done = desk.run()
    assert (done.fetched, done.files) == (0, (desk.place,))
    assert desk.server.sent == sent


def test_it_goes_on_where_it_stopped(desk: Desk) -> None:
    done = desk.run(left_behind(desk, 3 * MB))
    assert desk.place.read_bytes() == DATA
    assert done.fetched == len(DATA) - 3 * MB
    assert desk.server.sent == len(DATA) - 3 * MB
    assert desk.server.of_files()[0].headers["range"] == f"bytes={3 * MB}-"


def test_a_file_that_was_whole_but_for_its_name_is_checked_and_named(desk: Desk) -> None:
    assert desk.run(left_behind(desk, len(DATA))).fetched == 0
    assert desk.place.read_bytes() == DATA
    assert desk.server.sent == 0


def test_only_the_parts_that_are_missing_are_fetched(desk: Desk) -> None:
    download = desk.wanted("Q8_0")
    desk.run(download)
    (desk.root / REPO / PARTS[1]).unlink()
    sent = desk.server.sent
    assert desk.run(download).fetched == MB
    assert desk.server.sent == sent + MB


def test_a_model_that_is_here_without_a_record_is_recognised(desk: Desk) -> None:
    desk.place.parent.mkdir(parents=True)
    desk.place.write_bytes(DATA)
    assert desk.run().fetched == 0
    assert desk.server.sent == 0


def test_a_persons_own_file_is_not_overwritten(desk: Desk) -> None:
    desk.place.parent.mkdir(parents=True)
    desk.place.write_bytes(b"mine")
    with pytest.raises(DownloadError, match="Another file is already at"):
        desk.run()
    assert desk.place.read_bytes() == b"mine"


def test_a_new_version_takes_the_place_of_the_one_we_downloaded(desk: Desk) -> None:
    desk.run()
    new = model(seed=2)
    desk.server.repos[REPO].files[FILE] = new
    desk.server.repos[REPO].commit = "b" * 40
    done = desk.run()
    assert desk.place.read_bytes() == new
    assert done.download.commit == "b" * 40


def test_half_a_file_of_another_version_is_not_continued(desk: Desk) -> None:
    left_behind(desk, 3 * MB)
    new = model(seed=2)
    desk.server.repos[REPO].files[FILE] = new
    assert desk.run().fetched == len(new)
    assert desk.place.read_bytes() == new


def test_half_a_file_of_unknown_origin_is_not_continued(desk: Desk) -> None:
    desk.part.parent.mkdir(parents=True)
    desk.part.write_bytes(b"?" * MB)
    assert desk.run().fetched == len(DATA)


@pytest.mark.parametrize("seconds", [0.0, 0.3])
def test_stop_ends_it_within_a_second_and_keeps_what_came(desk: Desk, seconds: float) -> None:
    desk.server.mode = Mode(rate=2 * MB)
    threading.Timer(seconds, desk.stop.set).start()
    begin = time.monotonic()
    with pytest.raises(StoppedError):
        desk.run()
    assert time.monotonic() - begin < seconds + 1 + IMPORT_SECONDS
    kept = desk.part.stat().st_size if desk.part.exists() else 0
    desk.stop.clear()
    desk.server.mode = Mode()
    assert desk.run().fetched == len(DATA) - kept


IMPORT_SECONDS = 4.0  # the hub's library, imported by the first test, on a busy machine


@pytest.mark.parametrize(
    "mode", [Mode(stall_after=MB), Mode(silent=True, files_only=True), Mode(status=503, files_only=True)]
)
def test_stop_ends_every_kind_of_waiting(desk: Desk, mode: Mode) -> None:
    download = desk.wanted()
    desk.patience = replace(QUICK, first_wait=30, longest_wait=30, stall_seconds=30)
    desk.server.mode = mode
    stopped: list[float] = []

    def stop() -> None:
        desk.server.wait(lambda: desk.server.sent >= mode.stall_after and len(desk.server.of_files()) >= 1)
        stopped.append(time.monotonic())
        desk.stop.set()

    waiter = threading.Thread(target=stop)
    waiter.start()
    with pytest.raises(StoppedError):
        desk.run(download)
    assert time.monotonic() - stopped[0] < 1.0
    waiter.join()


def test_one_writer_at_a_time(desk: Desk) -> None:
    download = left_behind(desk, MB)
    file = download.files[0]
    with (
        PartFile(desk.place, file.size, file.checksum),
        pytest.raises(DownloadError, match="another Slipstream"),
    ):
        desk.run(download)
    assert desk.run(download).fetched == len(DATA) - MB


def test_no_room_is_told_before_anything_is_fetched(desk: Desk) -> None:
    download = desk.wanted()
    huge = replace(download, files=(replace(download.files[0], size=10**17),))
    with pytest.raises(DownloadError, match=r"Not enough room in .*: 100000000\.00 GB are needed"):
        desk.run(huge)
    assert desk.server.sent == 0


def shared(desk: Desk, tmp_path: Path, data: bytes, commit: str = COMMIT) -> Path:
    """The file as huggingface_hub keeps it: a snapshot's link to a blob named by its hash."""
    desk.cache = tmp_path / "cache"
    folder = desk.cache / "models--acme--Model-GGUF"
    blob = folder / "blobs" / hashlib.sha256(DATA).hexdigest()
    link = folder / "snapshots" / commit / FILE
    for path in (blob, link):
        path.parent.mkdir(parents=True)
    blob.write_bytes(data)
    link.symlink_to(os.path.relpath(blob, link.parent))
    return link


@pytest.mark.parametrize("commit", [COMMIT, "d" * 40])
def test_a_model_in_the_shared_cache_is_used_in_place(desk: Desk, tmp_path: Path, commit: str) -> None:
    link = shared(desk, tmp_path, DATA, commit)
    done = desk.run()
    assert (done.files, done.fetched, done.shared) == ((link,), 0, True)
    assert desk.server.sent == 0
    assert not desk.root.exists()


def test_a_damaged_model_in_the_shared_cache_is_not_used(desk: Desk, tmp_path: Path) -> None:
    shared(desk, tmp_path, DATA[:-1] + b"x")
    assert desk.run().files == (desk.place,)


def test_half_a_model_in_the_shared_cache_is_not_used(desk: Desk, tmp_path: Path) -> None:
    shared(desk, tmp_path, DATA[:MB])
    assert desk.run().files == (desk.place,)


def test_the_record_says_from_the_first_byte_on_what_it_is(desk: Desk) -> None:
    desk.server.mode = Mode(stall_after=MB)
    desk.patience = replace(QUICK, stall_seconds=30)

    def stop() -> None:
        desk.server.wait(lambda: desk.server.sent >= MB)
        desk.stop.set()

    waiter = threading.Thread(target=stop)
    waiter.start()
    with pytest.raises(StoppedError):
        desk.run()
    waiter.join()
    kept = load_record(desk.root, desk.record)
    assert kept is not None
    assert not kept.finished
    assert (
        json.loads(desk.record.read_text())["files"][0]["checksum"]["digest"]
        == hashlib.sha256(DATA).hexdigest()
    )
