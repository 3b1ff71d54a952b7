"""Models for the imitated hub: real headers, then bytes that compress and repeat nowhere."""

import random
import threading
from pathlib import Path

from gguf_writer import I32, TENSORS, U16, model_pairs, pair, tiny_model, vocabulary_pairs, with_tensors
from hub_server import HubServer, Repo

from slipstream.models.download import Downloaded, download_model
from slipstream.models.download_progress import DownloadProgress
from slipstream.models.download_record import ModelDownload
from slipstream.models.file_download import Patience
from slipstream.models.hub import Hub
from slipstream.models.hub_files import find_variant

REPO = "acme/Model-GGUF"
FILE = "Model-Q4_K_M.gguf"
PARTS = tuple(f"Q8_0/Model-Q8_0-{number:05d}-of-00003.gguf" for number in (1, 2, 3))
QUICK = Patience(first_wait=0.01, longest_wait=0.05, tries=4, stall_seconds=5.0)
MB = 10**6


def model(size: int = 5 * MB, seed: int = 1) -> bytes:
    """A file of just so many bytes."""
    head = tiny_model()
    return head + random.Random(seed).randbytes(size - len(head))


def split_model(size: int = MB) -> dict[str, bytes]:
    """A model in three files of about so many bytes each."""
    files = {}
    for number, (name, tensor) in enumerate(zip(PARTS, TENSORS[::-1], strict=True), start=1):
        told = [
            pair("split.no", U16, number - 1),
            pair("split.count", U16, 3),
            pair("split.tensors.count", I32, 3),
        ]
        own = [*model_pairs(), *vocabulary_pairs(), *told] if number == 1 else told
        head = with_tensors(own, [tensor])
        files[name] = head + random.Random(number).randbytes(size - len(head))
    return files


def repo(**files: bytes) -> Repo:
    """One repository with a model, and other files by their paths."""
    return Repo(REPO, {FILE: model(), "README.md": b"# A model\n"} | files)


class Desk:
    """Downloads from an imitated hub into a folder, and what was told on the way."""

    def __init__(self, server: HubServer, root: Path) -> None:
        self.server = server
        self.root = root
        self.hub = Hub(server.endpoint)
        self.told: list[DownloadProgress] = []
        self.stop = threading.Event()
        self.patience = QUICK
        self.cache: Path | None = None

    def wanted(self, name: str = FILE, id: str = REPO) -> ModelDownload:
        repository = self.hub.repository(id)
        variant = find_variant(repository.variants, name)
        assert variant is not None
        return ModelDownload.of(repository, variant)

    def run(self, download: ModelDownload | None = None) -> Downloaded:
        return download_model(
            self.hub,
            self.root,
            download or self.wanted(),
            self.told.append,
            self.stop,
            self.patience,
            self.cache,
        )

    @property
    def place(self) -> Path:
        return self.root / REPO / FILE

    @property
    def part(self) -> Path:
        return self.place.with_name(FILE + ".part")

    @property
    def record(self) -> Path:
        return self.place.with_name(FILE + ".download.json")
