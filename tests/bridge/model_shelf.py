"""Small models on this machine and on an imitated hub, a catalog that knows them, and the parts that use both.

Big and Small have one vocabulary and go together; Foreign has another.
"""

from dataclasses import replace
from pathlib import Path

from gguf_writer import STR, TOKENS, pair
from hub_models import QUICK
from hub_server import HubServer, Repo
from pair_files import data

from slipstream.bridge.download_thread import DownloadParts
from slipstream.bridge.model_answers import ModelParts
from slipstream.build import model_parts
from slipstream.core.paths import AppPaths
from slipstream.models.catalog import Catalog, CatalogModel, CatalogPair, Source
from slipstream.models.hub import Hub

OTHER_TOKENS = [*TOKENS[:-1], "other"]
BIG, SMALL, FOREIGN = "acme/Big-GGUF", "acme/Small-GGUF", "acme/Foreign-GGUF"
BIG_FILE, SMALL_FILE, FOREIGN_FILE = "Big-F16.gguf", "Small-F16.gguf", "Foreign-F16.gguf"


def big() -> bytes:
    return data(6400, pair("general.license", STR, "apache-2.0"))


def small(rows: int = 320) -> bytes:
    return data(rows)


def foreign() -> bytes:
    return data(320, tokens=OTHER_TOKENS)


def fill(folder: Path, *names: str) -> dict[str, Path]:
    """Models by these of their names, and where they lie."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {"Big": big, "Small": small, "Foreign": foreign}
    places = {name: folder / f"{name}-F16.gguf" for name in names}
    for name, place in places.items():
        place.write_bytes(made[name]())
    return places


def repos() -> tuple[Repo, ...]:
    return (
        Repo(BIG, {BIG_FILE: big(), "Big-Q4_K_M.gguf": data(3200), "README.md": b"# Big"}),
        Repo(SMALL, {SMALL_FILE: small(), "mmproj-Small-F16.gguf": small(64)}),
        Repo(FOREIGN, {FOREIGN_FILE: foreign()}),
    )


def listed(id: str, *repositories: str) -> CatalogModel:
    return CatalogModel(
        id, id.capitalize(), "llama", (id,), repositories or (f"acme/{id.capitalize()}-GGUF",), "F16"
    )


def catalog(*pairs: CatalogPair, models: tuple[CatalogModel, ...] = ()) -> Catalog:
    """Of Big, Small and Foreign; Small is recommended for Big where nothing else is said."""
    known = models or (listed("big"), listed("small"), listed("foreign"))
    sources = (Source("told", "Somebody who measured", "https://example.com/measured"),)
    return Catalog(1, sources, known, pairs or (known_pair("small", "recommended"),))


def known_pair(draft: str, standing: str) -> CatalogPair:
    return CatalogPair("big", draft, standing, f"{draft} was tried", "told")


def parts(paths: AppPaths, endpoint: str, home: Path, known: Catalog | None = None) -> ModelParts:
    """What the Models window works with, on a home of its own."""
    hub = Hub(endpoint)
    return replace(
        model_parts(paths, hub, home),
        downloads=DownloadParts(hub, paths.models, lambda: None, QUICK),
        catalog=known or catalog(),
    )


def files_asked(server: HubServer) -> set[str]:
    """The names of the files of which bytes were asked for."""
    return {asked.path.rpartition("/")[2] for asked in server.of_files()}
