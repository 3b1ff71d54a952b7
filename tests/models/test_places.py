"""Where other programs keep their models, found from their own settings and variables."""

import json
import sys
from pathlib import Path

import pytest

from slipstream.models.places import Place, PlaceKind, find_places


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def folder(path: Path) -> Path:
    path.mkdir(parents=True)
    return path


def places(home: Path, **environ: str) -> list[Place]:
    """Those below the home folder: a service's folders may be on this machine, too."""
    found = find_places((), (), home, environ)
    return [place for place in found if place.folder.is_relative_to(home.parent)]


def test_nothing_is_there(home: Path):
    assert places(home) == []


@pytest.mark.skipif(sys.platform != "linux", reason="the folders are Linux's")
def test_the_usual_folders(home: Path):
    hub = folder(home / ".cache" / "huggingface" / "hub")
    studio = folder(home / ".lmstudio" / "models")
    ollama = folder(home / ".ollama" / "models")
    llama = folder(home / ".cache" / "llama.cpp")
    assert places(home) == [
        Place(PlaceKind.HUGGING_FACE, hub),
        Place(PlaceKind.LM_STUDIO, studio),
        Place(PlaceKind.OLLAMA, ollama),
        Place(PlaceKind.LLAMA_CPP, llama),
    ]


def test_variables_go_before(home: Path, tmp_path: Path):
    for name in ("hub", "hf", "ollama", "llama"):
        folder(tmp_path / name)
    folder(tmp_path / "hf" / "hub")
    found = places(
        home,
        HF_HUB_CACHE=str(tmp_path / "hub"),
        HF_HOME=str(tmp_path / "hf"),
        OLLAMA_MODELS=str(tmp_path / "ollama"),
        LLAMA_CACHE=str(tmp_path / "llama"),
    )
    assert [place.folder.name for place in found] == ["hub", "ollama", "llama"]
    assert [place.folder for place in places(home, HF_HOME=str(tmp_path / "hf"))] == [tmp_path / "hf" / "hub"]


def test_lm_studio_was_moved(home: Path, tmp_path: Path):
    moved = folder(tmp_path / "moved")
    elsewhere = folder(tmp_path / "disk" / "models")
    (moved / "settings.json").write_text(json.dumps({"downloadsFolder": str(elsewhere)}))
    folder(home)
    (home / ".lmstudio-home-pointer").write_text(f"{moved}\n")
    assert places(home) == [Place(PlaceKind.LM_STUDIO, elsewhere)]


@pytest.mark.parametrize("settings", ["", "{", "[]", '{"downloadsFolder": 3}', "[" * 100_000, "\0"])
def test_damaged_settings_of_lm_studio(home: Path, settings: str):
    models = folder(home / ".lmstudio" / "models")
    (home / ".lmstudio" / "settings.json").write_text(settings)
    assert places(home) == [Place(PlaceKind.LM_STUDIO, models)]


def test_a_folder_is_looked_through_once(home: Path, tmp_path: Path):
    models = folder(tmp_path / "models")
    link = tmp_path / "link"
    link.symlink_to(models)
    found = find_places((models,), (link, models, Path("/no/such/folder")), home, {})
    own = [place for place in found if place.kind in (PlaceKind.OWN, PlaceKind.ADDED)]
    # a folder a person added stays, also while its disk is not there
    assert own == [Place(PlaceKind.OWN, models), Place(PlaceKind.ADDED, Path("/no/such/folder"))]
