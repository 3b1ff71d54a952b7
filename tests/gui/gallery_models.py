"""Pictures of the Models window in its main states, light and dark, to be looked at.

    .venv/bin/python tests/gui/gallery_models.py FOLDER

QT_SCALE_FACTOR=2 shows them at 200 %. Models are all header: their sizes are real, their weights zeros.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.append(str(Path(__file__).parents[1] / "bridge"))
sys.path.append(str(Path(__file__).parents[1] / "models"))

from gallery_waiting import until
from gguf_writer import STR, TOKENS, U16, U32, header, model_pairs, pair, tensor, tiny_model, vocabulary_pairs
from hub_models import QUICK
from hub_server import HubServer, Mode, Repo, hub_server
from PySide6.QtCore import QSize
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget
from scripted_engine import ScriptedEngine

from slipstream.bridge.download_thread import DownloadParts
from slipstream.bridge.downloads import DownloadState
from slipstream.bridge.model_messages import Role
from slipstream.bridge.pair import PairState
from slipstream.build import compose, model_parts
from slipstream.core.paths import AppPaths
from slipstream.models.download_purpose import Purpose
from slipstream.models.hub import Hub
from slipstream.ui.models.window import ModelsWindow, Page
from slipstream.ui.theme import ThemeManager
from slipstream.ui.window.main_window import MainWindow

SIZE = QSize(1120, 760)
Q4_K, Q8_0 = 12, 8
FILE_TYPES = {Q4_K: 15, Q8_0: 7}
SHAPES = {
    "7B": (28, 3584, 4.4e9),
    "1.5B": (28, 1536, 1.0e9),
    "0.5B": (24, 896, 0.4e9),
    "8B": (32, 4096, 4.6e9),
}


def write_model(
    place: Path, name: str, size: str, *, tokens=TOKENS, kind: int = Q4_K, license: str = "mit"
) -> Path:
    """A sparse file with the header of a model of about this size."""
    data, length = model_header(name, *SHAPES[size], tokens=tokens, kind=kind, license=license)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    os.truncate(place, length)
    return place


def model_header(
    name: str, layers: int, width: int, size: float, *, tokens=TOKENS, kind: int = Q4_K, license: str = "mit"
) -> tuple[bytes, int]:
    """The header, and how long the file has to be."""
    per_weight = 144 / 256 if kind == Q4_K else 34 / 32
    rows = int(size / per_weight / layers / width) // 256 * 256
    numbers = {"block_count": layers, "embedding_length": width, "context_length": 131072}
    numbers |= {"attention.head_count": width // 128, "attention.head_count_kv": max(width // 768, 1)}
    general = [
        given
        for given in model_pairs("qwen2", **{key.replace(".", "__"): value for key, value in numbers.items()})
        if b"general.file_type" not in given and b"general.name" not in given
    ]
    told = [pair("general.name", STR, name), pair("general.license", STR, license)]
    told.append(pair("general.file_type", U32, FILE_TYPES[kind]))
    infos, offset = [tensor("token_embd.weight", (width, 1024), kind, 0)], int(width * 1024 * per_weight)
    for layer in range(layers):
        infos.append(tensor(f"blk.{layer}.ffn_up.weight", (width, rows), kind, offset))
        offset += int(width * rows * per_weight)
    head = header([*general, *told, *vocabulary_pairs(tokens=tokens)], infos)
    head += bytes(-len(head) % 32)
    return head, len(head) + offset


def fill(paths: AppPaths, mine: Path) -> dict[str, Path]:
    """Models as somebody has them who tries things."""
    ours, theirs = paths.models, mine / "lm"
    other = [*TOKENS[:-1], "other"]
    r1 = "DeepSeek-R1-Distill-Qwen"
    places = {
        "7B": write_model(ours / f"lmstudio-community/{r1}-7B-GGUF/{r1}-7B-Q4_K_M.gguf", "R1 Distill Qwen 7B", "7B"),
        "1.5B": write_model(
            ours / f"bartowski/{r1}-1.5B-GGUF/{r1}-1.5B-Q8_0.gguf", "R1 Distill Qwen 1.5B", "1.5B", kind=Q8_0
        ),
        "0.5B": write_model(
            theirs / "Qwen2.5-0.5B-Instruct-Q8_0.gguf", "Qwen2.5 0.5B Instruct", "0.5B", tokens=other, kind=Q8_0,
            license="apache-2.0",
        ),
        "8B": write_model(
            theirs / "Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf", "Llama 3.1 8B Instruct", "8B",
            tokens=[*TOKENS, "more"], license="llama3.1",
        ),
    }  # fmt: skip
    (theirs / "half-downloaded-model.gguf").write_bytes(places["8B"].read_bytes()[:900])
    return places


def hub_repos() -> tuple[Repo, ...]:
    """Three repositories of files of some tens of megabytes."""

    def file(name: str, megabytes: float, kind: int = Q4_K) -> bytes:
        head, length = model_header(name, 30, 512, megabytes * 1e6, kind=kind, license="apache-2.0")
        return head + bytes(length - len(head))

    stem = "DeepSeek-R1-DRAFT-Qwen2.5-0.5B"
    files = {f"{stem}-Q4_K_M.gguf": file(stem, 24), f"{stem}-Q8_0.gguf": file(stem, 44, Q8_0)}
    files |= {f"{stem}-Q6_K.gguf": file(stem, 34), f"mmproj-{stem}-F16.gguf": file("mmproj", 6)}
    other = {
        "gguf": {"total": 7_620_000_000, "architecture": "qwen2", "context_length": 131072},
        "downloads": 48213,
    }
    broken = {
        "Whole-Q4_K_M.gguf": file("Whole", 30),
        "page-Q8_0.gguf": b"<!doctype html><html>",
        "Big-Q8_0-00001-of-00003.gguf": file("Big", 6),
        "Big-Q8_0-00003-of-00003.gguf": file("Big", 6),
    }
    return (
        Repo(f"alamios/{stem}-GGUF", files,
             fields={"downloads": 61_204, "gguf": other["gguf"] | {"total": 494_000_000}}),
        Repo("lmstudio-community/DeepSeek-R1-Distill-Qwen-7B-GGUF", {"R1-7B-Q4_K_M.gguf": file("R1", 30)},
             fields=other),
        Repo("unsloth/DeepSeek-R1-Distill-Llama-8B-GGUF", {"R1-8B-Q4_K_M.gguf": file("R1", 30)},
             fields={"downloads": 9120, "gguf": {"total": 8_030_000_000, "architecture": "llama"}}),
        Repo("somebody/Parts-That-Are-Missing-GGUF", broken),
        Repo("somebody/DeepSeek-R1-Distill-Experiment-With-A-Very-Long-Name-GGUF", {"R1.gguf": file("R1", 8)},
             fields={"downloads": 12, "gated": "auto"}),
    )  # fmt: skip


class Gallery:
    """One session whose window is put into one state after the other."""

    def __init__(
        self, folder: Path, home: Path, server: HubServer, themes: ThemeManager, *, filled: bool
    ) -> None:
        self.folder, self.server, self.themes = folder, server, themes
        self.paths = AppPaths(*(home / name for name in ("data", "config", "logs", "cache"))).create()
        self.places = fill(self.paths, home / "mine") if filled else {}
        hub = Hub(server.endpoint)
        parts = replace(
            model_parts(self.paths, hub, home / "home"),
            downloads=DownloadParts(hub, self.paths.models, lambda: None, QUICK),
        )
        self.session = compose(self.paths, ScriptedEngine(), lambda: parts)
        if filled:
            self.session.preferences.update(model_folders=(str(home / "mine"),))
        self.main = MainWindow(self.session, themes, self.paths)
        self.main.show()
        self.session.start(load=False)

    @property
    def window(self) -> ModelsWindow:
        return self.main.models.window

    def open(self, page: Page) -> None:
        self.main.models.open()
        until(lambda: self.window is not None)
        self.window.resize(SIZE)  # whatever the screen
        library = self.session.models.library
        until(lambda: library.was_read and not library.reading)
        self.window.tabs.setCurrentIndex(page)

    def save(self, name: str, widget: QWidget | None = None) -> None:
        for mode in ("light", "dark"):
            self.themes.set_mode(mode)
            until(lambda: False, 200)
            (widget or self.window).grab().save(str(self.folder / f"models_{name}_{mode}.png"))

    def close(self) -> None:
        self.main.close()
        self.session.close()


def take_library(gallery: Gallery) -> None:
    session = gallery.session
    session.choose_target(gallery.places["7B"])
    until(lambda: session.pair.state is PairState.READY)
    gallery.open(Page.LIBRARY)
    drafts = gallery.window.library.details.drafts
    until(lambda: bool(drafts.local))
    gallery.save("library")
    drafts.unfold.click()
    bar = gallery.window.library.details.verticalScrollBar()
    until(lambda: False, 60)
    bar.setValue(bar.maximum())
    gallery.save("library_drafts")
    gallery.window.library.list.field.setText("walrus")
    gallery.save("library_nothing")
    gallery.window.library.list.field.clear()
    gallery.window.resize(820, 520)
    gallery.window.library.choose(gallery.places["0.5B"])
    gallery.save("library_small")
    gallery.window.resize(1120, 760)
    library = session.models.library.contents
    broken = next(model.path for model in library.models if not model.usable)
    gallery.window.library.choose(broken)
    gallery.save("library_broken")


def take_hub(gallery: Gallery) -> None:
    browser = gallery.session.models.browser
    gallery.open(Page.HUB)
    gallery.save("hub_start")
    gallery.window.hub.filters.search("deepseek-r1")
    gallery.save("hub_searching")
    until(lambda: bool(browser.results))
    browser.open(browser.results[0].repo)
    until(lambda: bool(browser.verdicts))
    gallery.window.hub.list.setCurrentIndex(gallery.window.hub.rows.index(0))
    gallery.save("hub_repository")
    gallery.window.hub.panel.judge.choose(Role.DRAFT)
    until(lambda: any(verdict.verdict for verdict in browser.verdicts.values()))
    gallery.save("hub_draft")
    gallery.server.mode = Mode(
        status=403, error_code="GatedRepo", error_message="restricted", files_only=True
    )
    gallery.window.hub.list.setCurrentIndex(gallery.window.hub.rows.index(3))
    until(lambda: bool(browser.read_errors))
    gallery.save("hub_gated")
    gallery.server.mode = Mode(status=503)
    gallery.window.hub.filters.search("anything")
    until(lambda: browser.search_error is not None)
    gallery.save("hub_trouble")
    gallery.server.mode = Mode()


def take_faults(gallery: Gallery) -> None:
    """What can go wrong, and how it looks."""
    session, window = gallery.session, gallery.window
    models, browser = session.models, session.models.browser
    gallery.open(Page.HUB)
    for name, mode in (
        ("nothing", Mode()),
        ("busy", Mode(status=429, headers={"Retry-After": "100"})),
        ("page", Mode(html=True)),
        ("silent", Mode(silent=True)),
    ):
        gallery.server.mode = mode
        window.hub.filters.search("walrus")
        until(lambda: not browser.searching)
        gallery.save(f"hub_{name}")
    gallery.server.mode = Mode()
    window.hub.filters.search("parts")
    until(lambda: bool(browser.results))
    browser.open(browser.results[0].repo)
    until(lambda: browser.repository is not None)
    browser.choose(next(v for v in browser.repository.variants if v.missing_parts))
    gallery.save("hub_incomplete")
    browser.choose(next(v for v in browser.repository.variants if "page" in v.name))
    until(lambda: bool(browser.read_errors))
    gallery.save("hub_no_gguf")
    window.tabs.setCurrentIndex(Page.DOWNLOADS)
    repository = Hub(gallery.server.endpoint).repository(browser.repo)
    whole = next(v for v in repository.variants if "Whole" in v.name)
    id = models.download(repository, whole, Purpose(gallery.places["7B"]))
    models.downloads.pause(id)
    for name, mode in (
        ("cut", Mode(cut_every=3_000_000, rate=3_000_000)),
        ("503", Mode(status=503, files_only=True)),
        ("stalled", Mode(stall_after=2_000_000)),
    ):
        gallery.server.mode = mode
        models.downloads.resume(id)
        until(lambda: (row := models.downloads.row(id)).progress is not None or row.error is not None)
        until(lambda: False, 2500)
        gallery.save(f"downloads_{name}")
        models.downloads.pause(id)
    gallery.server.mode = Mode()
    with full_disk():
        models.downloads.resume(id)
        until(lambda: models.downloads.row(id).error is not None)
        gallery.save("downloads_full_disk")
    window.tabs.setCurrentIndex(Page.LIBRARY)
    part = gallery.places["8B"].parent / "part-00001-of-00003.gguf"
    part.write_bytes(tiny_model(pair("split.no", U16, 0), pair("split.count", U16, 3)))
    session.preferences.update(model_folders=(*session.settings.model_folders, "/gone/models"))
    models.library.refresh()
    until(lambda: not models.library.reading)
    window.library.choose(part)
    gallery.save("library_incomplete")
    window.library.choose(gallery.places["1.5B"])
    until(lambda: False, 300)
    window.library.details.trash.click()
    gallery.save("library_trash", window.library.dialog)
    window.library.dialog.reject()


@contextmanager
def full_disk() -> Iterator[None]:
    """As if the disk had no room left."""
    before = shutil.disk_usage
    shutil.disk_usage = lambda _path: shutil._ntuple_diskusage(10**12, 10**12, 0)
    try:
        yield
    finally:
        shutil.disk_usage = before


def take_downloads(gallery: Gallery) -> None:
    models = gallery.session.models
    browser, downloads = models.browser, models.downloads
    gallery.open(Page.DOWNLOADS)
    gallery.save("downloads_empty")
    browser.open(next(iter(gallery.server.repos)))
    until(lambda: browser.repository is not None)
    done, running, waiting = browser.repository.variants[:3]
    first = models.download(browser.repository, done)
    until(lambda: downloads.row(first).state is DownloadState.DONE)
    gallery.server.mode = Mode(corrupt_at=5_000_000)
    others = [repo for repo in gallery.server.repos if "unsloth" in repo]
    failed = models.download(*_first(gallery, others[0]))
    until(lambda: downloads.row(failed).state is DownloadState.FAILED)
    gallery.server.mode = Mode(rate=4_000_000)
    second = models.download(
        *_first(gallery, next(repo for repo in gallery.server.repos if "lmstudio" in repo))
    )
    until(lambda: downloads.row(second).done > 6_000_000)
    downloads.pause(second)
    browser.open(next(iter(gallery.server.repos)))
    until(lambda: browser.repository is not None and len(browser.repository.variants) > 2)
    third = models.download(browser.repository, running)
    models.download(browser.repository, waiting)
    until(lambda: (row := downloads.row(third)).progress is not None and row.progress.speed is not None)
    gallery.save("downloads")
    gallery.server.mode = Mode()


def _first(gallery: Gallery, repo: str):
    """A repository and its first model."""
    repository = Hub(gallery.server.endpoint).repository(repo)
    return repository, repository.variants[0]


def main(folder: Path) -> None:
    for name in ("SLIPSTREAM_MODELS", "OLLAMA_MODELS", "LLAMA_CACHE", "HF_HUB_CACHE", "XDG_CACHE_HOME"):
        os.environ.pop(name, None)
    app = QApplication([])
    app.setFont(QFont("Inter"))
    folder.mkdir(parents=True, exist_ok=True)
    themes = ThemeManager()
    themes.apply(app)
    with tempfile.TemporaryDirectory() as home, hub_server(*hub_repos()) as server:
        os.environ["HF_HOME"] = f"{home}/hugging-face"
        empty = Gallery(folder, Path(home) / "empty", server, themes, filled=False)
        empty.open(Page.LIBRARY)
        empty.save("library_empty")
        empty.close()
        gallery = Gallery(folder, Path(home) / "filled", server, themes, filled=True)
        take_library(gallery)
        take_hub(gallery)
        take_downloads(gallery)
        take_faults(gallery)
        gallery.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
