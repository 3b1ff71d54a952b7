"""Downloads in trouble: cut, stalled, changed, corrupted, killed. The SHA-256 is right, or it is refused."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "models"))  # its helpers, when only these tests run

from hub_models import FILE, MB, PARTS, QUICK, REPO, Desk, model, split_model
from hub_server import HubServer, Mode, Repo, hub_server

from slipstream.core.errors import (
    DownloadError,
    HubAccessError,
    HubBusyError,
    HubError,
    HubNotFoundError,
    HubUnreachableError,
)
from slipstream.core.paths import HOME_VARIABLE
from slipstream.models import download as download_module
from slipstream.models.download_progress import Stage
from slipstream.models.download_record import ModelDownload, load_record

pytestmark = pytest.mark.usefixtures("clean_hub")
DATA = model()
OTHER = model(seed=2)
NEW_COMMIT = "b" * 40


@pytest.fixture
def server() -> Iterator[HubServer]:
    with hub_server(Repo(REPO, {FILE: DATA, **split_model()})) as server:
        yield server


@pytest.fixture
def desk(server: HubServer, tmp_path: Path) -> Desk:
    return Desk(server, tmp_path / "models")


def replace_upstream(server: HubServer, data: bytes = OTHER) -> None:
    server.repos[REPO].files[FILE] = data
    server.repos[REPO].commit = NEW_COMMIT


def begin(desk: Desk, size: int = 2 * MB) -> ModelDownload:
    """As if a download had been killed after so many bytes."""
    download = desk.wanted()
    desk.part.parent.mkdir(parents=True)
    download.save(desk.root)
    desk.part.write_bytes(DATA[:size])
    return download


@pytest.mark.parametrize("redirect", [True, False])
@pytest.mark.parametrize("size", [3 * MB, 100_000])
def test_cut_again_and_again(desk: Desk, size: int, redirect: bool) -> None:
    desk.server.mode = Mode(cut_every=size, redirect=redirect)
    done = desk.run()
    assert desk.place.read_bytes() == DATA
    assert done.fetched == desk.server.sent == len(DATA)  # not a byte twice


def test_a_cut_is_followed_at_once_when_much_has_come(desk: Desk) -> None:
    desk.patience = replace(QUICK, first_wait=30.0, longest_wait=30.0)
    desk.server.mode = Mode(cut_every=2 * MB)
    begun = time.monotonic()
    desk.run()
    assert time.monotonic() - begun < 15


def test_a_stall_is_noticed_and_overcome(desk: Desk) -> None:
    desk.patience = replace(QUICK, stall_seconds=0.5)
    desk.server.mode = Mode(stall_after=MB, stalls=2)
    done = desk.run()
    assert desk.place.read_bytes() == DATA
    assert done.fetched == len(DATA)
    assert Stage.WAITING in [progress.stage for progress in desk.told]


def test_a_stall_without_end_is_given_up_and_what_came_is_kept(desk: Desk) -> None:
    download = begin(desk)
    desk.patience = replace(QUICK, stall_seconds=0.3)
    desk.server.mode = Mode(silent=True)
    with pytest.raises(HubUnreachableError):
        desk.run(download)
    assert desk.part.stat().st_size == 2 * MB
    desk.server.mode = Mode()
    assert desk.run(download).fetched == len(DATA) - 2 * MB


def test_a_slow_hub_is_no_trouble(desk: Desk) -> None:
    desk.server.repos[REPO].files[FILE] = model(100_000)
    desk.server.mode = Mode(rate=50_000)
    desk.run()
    assert desk.place.read_bytes() == model(100_000)
    assert desk.told[-1].trouble is None


def test_a_hub_that_ignores_ranges(desk: Desk) -> None:
    download = begin(desk)
    desk.server.mode = Mode(ignore_range=True)
    done = desk.run(download)
    assert desk.place.read_bytes() == DATA
    assert done.fetched == len(DATA)  # from the start again, but written once
    assert [p.done for p in desk.told] == sorted(p.done for p in desk.told)


def test_a_hub_that_ignores_ranges_and_cuts_is_given_up(desk: Desk) -> None:
    download = begin(desk)
    desk.server.mode = Mode(ignore_range=True, cut_every=MB)
    with pytest.raises(HubUnreachableError):
        desk.run(download)
    assert desk.part.stat().st_size == 2 * MB


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503])
def test_passing_trouble_is_waited_for(desk: Desk, status: int) -> None:
    download = desk.wanted()
    desk.server.mode = Mode(status=status, refusals=2, files_only=True)
    desk.run(download)
    assert desk.place.read_bytes() == DATA
    waits = [progress for progress in desk.told if progress.stage is Stage.WAITING]
    assert len(waits) == 2
    assert all(wait.trouble is not None and wait.retry_in is not None for wait in waits)


def test_trouble_that_stays_is_told(desk: Desk) -> None:
    download = begin(desk)
    desk.server.mode = Mode(status=503, files_only=True)
    with pytest.raises(HubBusyError):
        desk.run(download)
    assert len(desk.server.of_files()) == QUICK.tries
    assert desk.part.stat().st_size == 2 * MB


def test_a_hub_that_wants_an_hour_is_not_waited_for(desk: Desk) -> None:
    download = desk.wanted()
    desk.server.mode = Mode(status=429, headers={"Retry-After": "3600"}, files_only=True)
    with pytest.raises(HubBusyError, match="Too many"):
        desk.run(download)
    assert len(desk.server.of_files()) == 1


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        (Mode(status=401, error_code="GatedRepo", files_only=True), HubAccessError),
        (Mode(status=403, files_only=True), HubAccessError),
        (Mode(html=True, files_only=True), HubError),
        (Mode(compress=True), HubError),
    ],
)
def test_what_waiting_does_not_help_is_told_at_once(desk: Desk, mode: Mode, kind: type[HubError]) -> None:
    download = begin(desk)
    desk.server.mode = mode
    with pytest.raises(kind):
        desk.run(download)
    assert len([asked for asked in desk.server.of_files() if asked.host == "hub"]) == 1
    assert desk.part.stat().st_size == 2 * MB


def test_a_corrupt_byte_is_refused_and_said(desk: Desk) -> None:
    desk.server.mode = Mode(corrupt_at=3 * MB)
    with pytest.raises(DownloadError, match="damaged on the way: its SHA-256 is not the hub's"):
        desk.run()
    assert not desk.place.exists()
    assert not desk.part.exists()
    desk.server.mode = Mode()
    desk.run()
    assert desk.place.read_bytes() == DATA


def test_a_byte_that_went_bad_on_the_disk_is_refused(desk: Desk) -> None:
    download = begin(desk)
    with desk.part.open("r+b") as file:
        file.seek(MB)
        file.write(b"\0\1\2\3")
    with pytest.raises(DownloadError, match="damaged"):
        desk.run(download)
    assert not desk.place.exists()


def test_what_is_no_model_is_not_fetched_to_its_end(desk: Desk) -> None:
    desk.server.repos[REPO].files[FILE] = b"PK\x03\x04" + bytes(20 * MB)
    desk.server.mode = Mode(rate=10 * MB)
    with pytest.raises(DownloadError, match="not a GGUF file: it is a ZIP"):
        desk.run()
    assert desk.server.sent < 10 * MB
    assert not desk.part.exists()


def test_a_file_that_changed_upstream_begins_again(desk: Desk) -> None:
    download = begin(desk)
    replace_upstream(desk.server)
    done = desk.run(download)
    assert desk.place.read_bytes() == OTHER
    assert done.replaced
    assert done.download.commit == NEW_COMMIT
    kept = load_record(desk.root, desk.record)
    assert kept == done.download


def test_a_file_that_changes_under_its_address_is_not_mixed(desk: Desk) -> None:
    """A mirror that does not mind commits: the same address, another file, a cut between."""
    download = begin(desk)
    desk.server.repos[REPO].files[FILE] = OTHER
    done = desk.run(download)
    assert desk.place.read_bytes() == OTHER
    assert done.replaced


def test_a_mirror_with_tags_of_its_own_is_pinned_to_them(desk: Desk) -> None:
    desk.server.mode = Mode(tag="first", cut_every=3 * MB, redirect=False)
    done = desk.run()
    assert done.fetched == len(DATA)
    download = ModelDownload(
        REPO, done.download.commit, (replace(done.download.files[0], done=False, tag="first"),)
    )
    desk.place.unlink()
    download.save(desk.root)
    desk.part.write_bytes(DATA[:MB])
    desk.server.mode = Mode(tag="second", redirect=False)
    listed = len([asked for asked in desk.server.requests if asked.path.startswith("/api")])
    done = desk.run(download)
    assert desk.place.read_bytes() == DATA
    assert not done.replaced
    assert done.fetched == len(DATA) - MB  # asked the hub whether it is still the same file: it was
    assert len([asked for asked in desk.server.requests if asked.path.startswith("/api")]) == listed + 1


def test_a_file_that_became_shorter(desk: Desk) -> None:
    download = begin(desk, 4 * MB)
    replace_upstream(desk.server, model(3 * MB, seed=3))
    desk.server.repos[REPO].commit = download.commit
    done = desk.run(download)  # 416 first
    assert desk.place.read_bytes() == model(3 * MB, seed=3)
    assert done.replaced


def test_a_hub_that_refuses_every_range_is_given_up(desk: Desk) -> None:
    download = begin(desk)
    desk.server.mode = Mode(status=416, files_only=True)
    with pytest.raises(HubError, match="shorter than it was"):
        desk.run(download)
    assert (
        len([asked for asked in desk.server.of_files() if asked.host == "hub"]) == download_module.MAX_CHANGES
    )


def test_a_file_that_is_gone_is_told(desk: Desk) -> None:
    download = begin(desk)
    del desk.server.repos[REPO].files[FILE]
    with pytest.raises(HubNotFoundError, match="no longer in"):
        desk.run(download)


def test_a_commit_that_is_gone_while_the_file_is_not(desk: Desk) -> None:
    download = begin(desk)
    desk.server.repos[REPO].commit = NEW_COMMIT
    done = desk.run(download)
    assert (done.fetched, done.replaced) == (len(DATA) - 2 * MB, False)
    assert desk.place.read_bytes() == DATA


def test_a_part_that_changed_lets_the_others_be(desk: Desk) -> None:
    download = desk.wanted("Q8_0")
    desk.run(download)
    (desk.root / REPO / PARTS[2]).unlink()
    new = split_model()[PARTS[2]][:-1] + b"?"
    desk.server.repos[REPO].files[PARTS[2]] = new
    desk.server.repos[REPO].commit = NEW_COMMIT
    done = desk.run(download)
    assert (done.fetched, done.replaced) == (len(new), True)
    assert (desk.root / REPO / PARTS[2]).read_bytes() == new


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 8 MB; skipped where this user may not mount one."""
    mount = tmp_path / "disk"
    mount.mkdir()
    made = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(mount)], check=False, capture_output=True
    )
    if not made or made.returncode:
        pytest.skip("this user may not mount a file system")
    yield mount
    subprocess.run(["umount", str(mount)], check=True)


def test_a_disk_that_is_too_small_is_told_before(server: HubServer, small_disk: Path) -> None:
    server.repos[REPO].files[FILE] = model(12 * MB)
    desk = Desk(server, small_disk)
    with pytest.raises(DownloadError, match="Not enough room"):
        desk.run()
    assert server.sent == 0


def test_a_disk_that_becomes_full_keeps_what_came(
    server: HubServer, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download_module, "RESERVE", 0)
    desk = Desk(server, small_disk)
    download = desk.wanted()
    server.mode = Mode(stall_after=MB, stalls=1)  # then something else takes the room
    filler = small_disk / "filler"

    def fill(told: object) -> None:
        desk.told.append(told)  # type: ignore[arg-type]
        if not filler.exists():
            filler.write_bytes(bytes(4 * MB))

    with pytest.raises(DownloadError, match="disk is full") as caught:
        download_module.download_model(desk.hub, desk.root, download, fill, patience=desk.patience)
    assert "goes on where it stopped" in caught.value.hint
    kept = desk.part.stat().st_size
    assert MB <= kept < len(DATA)
    assert desk.part.read_bytes() == DATA[:kept]
    filler.unlink()
    assert desk.run(download).fetched == len(DATA) - kept
    assert desk.place.read_bytes() == DATA


@pytest.mark.skipif(os.name != "posix", reason="links take a privilege there")
@pytest.mark.parametrize("link", ["acme", REPO, f"{REPO}/{FILE}", f"{REPO}/{FILE}.part"])
def test_nothing_is_written_through_links(desk: Desk, tmp_path: Path, link: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    victim = elsewhere / "victim"
    victim.write_bytes(b"precious")
    path = desk.root / link
    path.parent.mkdir(parents=True)
    path.symlink_to(victim if link.endswith((".gguf", ".part")) else elsewhere)
    with pytest.raises(DownloadError):
        desk.run()
    assert victim.read_bytes() == b"precious"
    assert list(elsewhere.iterdir()) == [victim]


@pytest.mark.parametrize(
    "name", ["../../../evil.gguf", "/tmp/evil.gguf", "C:\\evil.gguf", "\\\\host\\evil.gguf"]
)
def test_a_name_that_leads_outside_is_never_written(desk: Desk, tmp_path: Path, name: str) -> None:
    download = desk.wanted()
    evil = replace(download, files=(replace(download.files[0], path=name),))
    with pytest.raises(DownloadError, match="not a name"):
        desk.run(evil)
    assert not list(tmp_path.rglob("*evil*"))
    assert desk.server.sent == 0


# A download in a process of its own, killed.


def killed(server: HubServer, home: Path, kills: int, size: int) -> None:
    """Run the command until it is done, killing it `kills` times on the way, evenly spread over the file."""
    environment = {**os.environ, "HF_ENDPOINT": server.endpoint, HOME_VARIABLE: str(home)}
    command = [sys.executable, "-m", "slipstream", "models", "download", REPO, FILE]
    for _ in range(kills):
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as process:
            goal = server.sent + size // (kills + 1)
            server.wait(lambda goal=goal: server.sent >= goal, seconds=120)
            process.send_signal(signal.SIGKILL)
            process.wait()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def check_kills(tmp_path: Path, kills: int, size: int) -> None:
    data = model(size, seed=7)
    with hub_server(Repo(REPO, {FILE: data})) as server:
        server.mode = Mode(rate=20 * MB)
        killed(server, tmp_path, kills, size)
        place = tmp_path / "data" / "models" / REPO / FILE
        assert hashlib.sha256(place.read_bytes()).digest() == hashlib.sha256(data).digest()
        print(f"{kills} kills: fetched {server.sent / size:.3f} times the file")
        assert server.sent < 1.1 * size
        assert not place.with_name(FILE + ".part").exists()


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_killed_three_times(tmp_path: Path) -> None:
    check_kills(tmp_path, 3, 20 * MB)


@pytest.mark.heavy
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_killed_twenty_times(tmp_path: Path) -> None:
    check_kills(tmp_path, 20, 120 * MB)
