"""Folders with models are watched: real files come, grow, move and go."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from slipstream.bridge import folder_watch
from slipstream.bridge.folder_watch import FolderWatch

CALM_MS = 60
WAIT_MS = 10_000


class Counter:
    def __init__(self, watch: FolderWatch) -> None:
        self.count = 0
        watch.library_changed.connect(self.add)

    def add(self) -> None:
        self.count += 1


@pytest.fixture
def watch(qtbot: QtBot, tmp_path: Path) -> Iterator[FolderWatch]:
    (tmp_path / "models" / "owner" / "name").mkdir(parents=True)
    watch = FolderWatch(calm_ms=CALM_MS)
    watch.watch([tmp_path / "models"])
    yield watch
    watch.deleteLater()


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "models"


def calm(qtbot: QtBot, watch: FolderWatch) -> None:
    """Until nothing is looked at any more."""
    qtbot.waitUntil(lambda: not watch._calm.isActive(), timeout=WAIT_MS)


@pytest.mark.parametrize("where", [".", "owner", "owner/name"])
def test_a_model_that_comes_is_told_however_deep(
    qtbot: QtBot, watch: FolderWatch, models: Path, where: str
) -> None:
    with qtbot.waitSignal(watch.library_changed, timeout=WAIT_MS):
        (models / where / "new.gguf").write_bytes(b"GGUF")


def test_one_that_goes_or_is_renamed_is_told(qtbot: QtBot, watch: FolderWatch, models: Path) -> None:
    path = models / "a.gguf"
    with qtbot.waitSignal(watch.library_changed, timeout=WAIT_MS):
        path.write_bytes(b"GGUF")
    with qtbot.waitSignal(watch.library_changed, timeout=WAIT_MS):
        path.rename(models / "b.gguf")
    with qtbot.waitSignal(watch.library_changed, timeout=WAIT_MS):
        (models / "b.gguf").unlink()


def test_a_folder_that_comes_with_its_model_is_told_and_watched(
    qtbot: QtBot, watch: FolderWatch, models: Path
) -> None:
    with qtbot.waitSignal(watch.library_changed, timeout=WAIT_MS):
        (models / "new" / "repo").mkdir(parents=True)
        (models / "new" / "repo" / "a.gguf").write_bytes(b"GGUF")
    assert str(models / "new" / "repo") in watch.folders
    with qtbot.waitSignal(watch.library_changed, timeout=WAIT_MS):
        (models / "new" / "repo" / "b.gguf").write_bytes(b"GGUF")


def test_many_at_once_are_told_once(qtbot: QtBot, watch: FolderWatch, models: Path) -> None:
    counter = Counter(watch)
    with qtbot.waitSignal(watch.library_changed, timeout=WAIT_MS):
        for number in range(50):
            (models / f"{number}.gguf").write_bytes(b"GGUF")
    calm(qtbot, watch)
    assert counter.count == 1


def test_one_that_grows_is_told_when_it_has_ended(qtbot: QtBot, watch: FolderWatch, models: Path) -> None:
    """A folder says nothing of a file that grows: it is looked at until it stays as it is."""
    counter = Counter(watch)
    path = models / "large.gguf"
    sizes: list[int] = []
    growing = QTimer()
    growing.setInterval(CALM_MS // 6)

    def grow() -> None:
        with path.open("ab") as file:
            file.write(bytes(1000))
        sizes.append(counter.count)
        if len(sizes) == 30:  # some five times as long as it waits for calm
            growing.stop()

    growing.timeout.connect(grow)
    path.write_bytes(b"GGUF")
    growing.start()
    with qtbot.waitSignal(watch.library_changed, timeout=WAIT_MS):
        pass
    assert sizes == [0] * 30
    assert counter.count == 1


def test_what_is_no_model_is_not_told(qtbot: QtBot, watch: FolderWatch, models: Path) -> None:
    counter = Counter(watch)
    (models / "a.gguf.part").write_bytes(b"GGUF")
    (models / "notes.txt").write_text("x")
    (models / ".hidden").mkdir()
    qtbot.waitUntil(watch._calm.isActive, timeout=WAIT_MS)
    calm(qtbot, watch)
    assert counter.count == 0
    assert not any(".hidden" in folder for folder in watch.folders)


def test_others_take_the_place_of_those_that_were_watched(
    qtbot: QtBot, watch: FolderWatch, models: Path, tmp_path: Path
) -> None:
    counter = Counter(watch)
    other = tmp_path / "other"
    other.mkdir()
    watch.watch([other, tmp_path / "not there"])
    assert watch.folders == (str(other),)
    (models / "a.gguf").write_bytes(b"GGUF")
    with qtbot.waitSignal(watch.library_changed, timeout=WAIT_MS):
        (other / "a.gguf").write_bytes(b"GGUF")
    assert counter.count == 1


def test_the_number_of_folders_is_bounded_and_the_nearest_come_first(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_watch, "MOST", 5)
    for number in range(9):
        (tmp_path / f"{number}" / "inner").mkdir(parents=True)
    watch = FolderWatch()
    watch.watch([tmp_path])
    assert watch.folders == (str(tmp_path), *(str(tmp_path / str(n)) for n in range(4)))
    watch.deleteLater()


def test_links_in_a_circle_end(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "round").symlink_to(tmp_path)
    watch = FolderWatch()
    watch.watch([tmp_path])
    assert len(watch.folders) == 2
    watch.deleteLater()
