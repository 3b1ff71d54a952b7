"""Every model on a machine, in the folders of six programs, each once, with its reason where it cannot be used."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from gguf_writer import STR, pair, tiny_model
from library_folders import named, put, put_in_hub, put_in_ollama, split_parts

from slipstream.models.library import Library, LibraryModel
from slipstream.models.places import Place, PlaceKind


@pytest.fixture
def cache_file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "library.json"


def scan(cache_file: Path, *places: Place, **options: int) -> tuple[list[LibraryModel], Library]:
    library = Library(places, cache_file, **options)
    models = list(library.scan())
    library.save()
    return models, library


def names(models: Sequence[LibraryModel]) -> list[str]:
    return [model.name for model in models]


def added(folder: Path) -> Place:
    return Place(PlaceKind.ADDED, folder)


def test_every_place(tmp_path: Path, cache_file: Path):
    own, added_folder = tmp_path / "own", tmp_path / "added"
    put(own / "bartowski" / "Tiny-GGUF" / "tiny.gguf", named("a"))
    put(added_folder / "sub" / "mine.GGUF", named("b"))
    put_in_hub(tmp_path / "hub", "unsloth/Tiny-GGUF", "tiny-q4.gguf", named("c"))
    put(tmp_path / "studio" / "lmstudio-community" / "Tiny-GGUF" / "tiny-q8.gguf", named("d"))
    blob = put_in_ollama(tmp_path / "ollama", ("registry.ollama.ai", "library", "tiny", "7b"), named("e"))
    put(tmp_path / "llama" / "owner_repo_file.gguf", named("f"))
    models, library = scan(
        cache_file,
        Place(PlaceKind.OWN, own),
        added(added_folder),
        Place(PlaceKind.HUGGING_FACE, tmp_path / "hub"),
        Place(PlaceKind.LM_STUDIO, tmp_path / "studio"),
        Place(PlaceKind.OLLAMA, tmp_path / "ollama"),
        Place(PlaceKind.LLAMA_CPP, tmp_path / "llama"),
    )
    told = [(model.place, model.name, model.repository, model.usable) for model in models]
    assert told == [
        (PlaceKind.OWN, "tiny.gguf", "bartowski/Tiny-GGUF", True),
        (PlaceKind.ADDED, "mine.GGUF", None, True),
        (PlaceKind.HUGGING_FACE, "tiny-q4.gguf", "unsloth/Tiny-GGUF", True),
        (PlaceKind.LM_STUDIO, "tiny-q8.gguf", "lmstudio-community/Tiny-GGUF", True),
        (PlaceKind.OLLAMA, "tiny:7b", None, True),
        (PlaceKind.LLAMA_CPP, "owner_repo_file.gguf", None, True),
    ]
    assert models[4].path == blob
    assert library.problems == []
    assert blob.parent in library.folders
    for model in models:
        assert model.card.summary.architecture == "llama"
        assert model.size == model.path.stat().st_size


def test_files_that_cannot_be_used_are_listed_with_their_reason(tmp_path: Path, cache_file: Path):
    folder = tmp_path / "models"
    put(folder / "cut.gguf", tiny_model()[:500])
    put(folder / "empty.gguf", b"")
    put(folder / "page.gguf", b"<!DOCTYPE html>")
    put(folder / "good.gguf", tiny_model())
    put(folder / "mmproj.gguf", tiny_model(pair("general.type", STR, "mmproj")))
    put(folder / "layers.gguf", tiny_model(block_count=513))
    put(folder / "notes.txt", b"no model")
    (folder / "broken.gguf").symlink_to(folder / "gone.gguf")
    (folder / "loop.gguf").symlink_to(folder / "loop.gguf")
    models, _ = scan(cache_file, added(folder))
    told = {model.name: model.problem for model in models}
    assert told["good.gguf"] is None
    assert told["cut.gguf"].startswith("truncated")
    assert "0 bytes" in told["empty.gguf"]
    assert "web page" in told["page.gguf"]
    assert told["mmproj.gguf"] == "an image or sound encoder, not a chat model"
    assert "513 layers" in told["layers.gguf"]
    assert told["broken.gguf"] == "a link to a file that is not there"
    assert "cannot be read" in told["loop.gguf"]
    assert "notes.txt" not in told
    assert {model.name for model in models if model.usable} == {"good.gguf"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system here")
def test_a_pipe_is_not_waited_for(tmp_path: Path, cache_file: Path):
    (tmp_path / "models").mkdir()
    os.mkfifo(tmp_path / "models" / "pipe.gguf")
    models, _ = scan(cache_file, added(tmp_path / "models"))
    assert [model.problem for model in models] == ["not a regular file"]


def test_a_split_model_is_one(tmp_path: Path, cache_file: Path):
    parts = split_parts(3)
    for number, data in enumerate(parts, start=1):
        put(tmp_path / "models" / f"big-{number:05}-of-00003.gguf", data)
    models, _ = scan(cache_file, added(tmp_path / "models"))
    assert names(models) == ["big-00001-of-00003.gguf"]
    assert models[0].usable
    assert models[0].size == sum(map(len, parts))
    assert len(models[0].card.summary.parts) == 3


def test_a_split_model_that_lacks_a_part(tmp_path: Path, cache_file: Path):
    parts = split_parts(3)
    for number in (1, 3):
        put(tmp_path / "a" / f"big-{number:05}-of-00003.gguf", parts[number - 1])
    put(tmp_path / "b" / "big-00002-of-00003.gguf", parts[1])
    first, _ = scan(cache_file, added(tmp_path / "a"))
    assert [model.problem for model in first] == ["part 2 of 3 is missing: big-00002-of-00003.gguf"]
    other, _ = scan(cache_file, added(tmp_path / "b"))
    assert "missing" in other[0].problem


def test_a_part_that_arrives_is_noticed(tmp_path: Path, cache_file: Path):
    parts = split_parts(2)
    put(tmp_path / "m" / "big-00001-of-00002.gguf", parts[0])
    models, _ = scan(cache_file, added(tmp_path / "m"))
    assert not models[0].usable
    put(tmp_path / "m" / "big-00002-of-00002.gguf", parts[1])
    models, _ = scan(cache_file, added(tmp_path / "m"))
    assert models[0].usable


def test_one_file_is_listed_once(tmp_path: Path, cache_file: Path):
    data = named("same")
    link = put_in_hub(tmp_path / "hub", "a/b", "m.gguf", data, "c2")
    put_in_hub(tmp_path / "hub", "a/b", "m.gguf", data, "c1", main=False)
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "linked.gguf").symlink_to(link)
    os.link(link.resolve(), folder / "hard.gguf")
    models, _ = scan(cache_file, Place(PlaceKind.HUGGING_FACE, tmp_path / "hub"), added(folder))
    assert [model.path for model in models] == [link]


def test_the_snapshot_that_main_names_comes_first(tmp_path: Path, cache_file: Path):
    put_in_hub(tmp_path / "hub", "a/b", "old.gguf", named("old"), "z-older", main=False)
    put_in_hub(tmp_path / "hub", "a/b", "new.gguf", named("new"), "b-newer")
    models, _ = scan(cache_file, Place(PlaceKind.HUGGING_FACE, tmp_path / "hub"))
    assert names(models) == ["new.gguf", "old.gguf"]


def test_headers_are_read_once(tmp_path: Path, cache_file: Path, monkeypatch: pytest.MonkeyPatch):
    for name in "abc":
        put(tmp_path / "models" / f"{name}.gguf", named(name))
    put(tmp_path / "models" / "bad.gguf", b"bad")
    first, _ = scan(cache_file, added(tmp_path / "models"))
    read: list[str] = []
    import slipstream.models.library as module  # noqa: PLC0415

    reader = module.read_model

    def counting(name, opener):
        read.append(name)
        return reader(name, opener)

    monkeypatch.setattr(module, "read_model", counting)
    again, _ = scan(cache_file, added(tmp_path / "models"))
    assert again == first
    assert read == []
    put(tmp_path / "models" / "b.gguf", named("longer than before"))
    changed, _ = scan(cache_file, added(tmp_path / "models"))
    assert read == ["b.gguf"]
    assert changed[1].card.summary.license == "longer than before"


def test_a_change_of_the_same_size_is_noticed_by_its_time(tmp_path: Path, cache_file: Path):
    path = put(tmp_path / "models" / "m.gguf", named("one"))
    scan(cache_file, added(tmp_path / "models"))
    put(path, named("two"))
    os.utime(path, ns=(1, 1))
    models, _ = scan(cache_file, added(tmp_path / "models"))
    assert models[0].card.summary.license == "two"


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"schema": 0, "models": {}}',
        b'{"schema": 1}',
        b'{"schema": 1, "models": []}',
    ],
)
def test_a_damaged_cache_is_read_anew(tmp_path: Path, cache_file: Path, damage: bytes):
    put(tmp_path / "models" / "m.gguf", named("m"))
    put(cache_file, damage)
    models, _ = scan(cache_file, added(tmp_path / "models"))
    assert models[0].usable


def test_a_cache_with_odd_values_is_read_anew(tmp_path: Path, cache_file: Path):
    path = put(tmp_path / "models" / "m.gguf", named("m"))
    expected, _ = scan(cache_file, added(tmp_path / "models"))
    data = json.loads(cache_file.read_text())
    for odd in (None, [], {"x": 1}, [[], None, 3], 7):
        cache_file.write_text(json.dumps({**data, "models": {str(path): odd}}))
        models, _ = scan(cache_file, added(tmp_path / "models"))
        assert models == expected


def test_files_that_went_are_forgotten(tmp_path: Path, cache_file: Path):
    path = put(tmp_path / "models" / "gone.gguf", named("gone"))
    put(tmp_path / "models" / "stays.gguf", named("stays"))
    scan(cache_file, added(tmp_path / "models"))
    path.unlink()
    scan(cache_file, added(tmp_path / "models"))
    assert [Path(name).name for name in json.loads(cache_file.read_text())["models"]] == ["stays.gguf"]


def test_no_more_than_so_many(tmp_path: Path, cache_file: Path):
    for i in range(5):
        put(tmp_path / "models" / f"{i}.gguf", named(str(i)))
    models, library = scan(cache_file, added(tmp_path / "models"), most=3)
    assert len(models) == 3
    assert library.problems == ["more than 3 models; the rest is left out"]


def test_a_scan_can_be_left_in_the_middle(tmp_path: Path, cache_file: Path):
    for i in range(3):
        put(tmp_path / "models" / f"{i}.gguf", named(str(i)))
    library = Library([added(tmp_path / "models")], cache_file)
    list(library.scan())
    library.save()
    again = Library([added(tmp_path / "models")], cache_file)
    assert next(again.scan()).name == "0.gguf"
    put(tmp_path / "models" / "0.gguf", named("changed"))
    assert next(again.scan()).card.summary.license == "changed"
    again.save()
    assert len(json.loads(cache_file.read_text())["models"]) == 3


def test_a_model_that_a_person_names(tmp_path: Path, cache_file: Path):
    path = put(tmp_path / "m.gguf", named("m"))
    library = Library([], cache_file)
    assert library.read(path).usable
    assert library.read(tmp_path / "gone.gguf").problem == "the file is missing"
    assert library.read(tmp_path / "a\0b.gguf").problem is not None


def test_names_that_are_no_text(tmp_path: Path, cache_file: Path):
    folder = os.fsencode(tmp_path) + b"/models"
    os.mkdir(folder)
    with open(folder + b"/\xff\xfe.gguf", "wb") as file:
        file.write(named("odd"))
    models, _ = scan(cache_file, added(tmp_path / "models"))
    assert models[0].usable
    again, _ = scan(cache_file, added(tmp_path / "models"))
    assert again == models


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("registry.ollama.ai", "library", "deepseek-r1", "7b"), "deepseek-r1:7b"),
        (("registry.ollama.ai", "someone", "model", "latest"), "someone/model:latest"),
        (("hf.co", "bartowski", "Tiny-GGUF", "Q4_K_M"), "hf.co/bartowski/Tiny-GGUF:Q4_K_M"),
    ],
)
def test_names_of_ollama(tmp_path: Path, cache_file: Path, parts: tuple[str, ...], name: str):
    put_in_ollama(tmp_path / "ollama", parts, named(name))
    models, _ = scan(cache_file, Place(PlaceKind.OLLAMA, tmp_path / "ollama"))
    assert names(models) == [name]


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"{",
        b"[]",
        b'{"layers": 3}',
        b'{"layers": [{"mediaType": "application/vnd.ollama.image.model", "digest": "../../../etc/passwd"}]}',
        b'{"layers": [{"mediaType": "application/vnd.ollama.image.model"}]}',
    ],
)
def test_manifests_that_are_none(tmp_path: Path, cache_file: Path, manifest: bytes):
    put_in_ollama(tmp_path / "ollama", ("h", "o", "good", "1b"), named("good"))
    put(tmp_path / "ollama" / "manifests" / "h" / "o" / "bad" / "latest", manifest)
    models, library = scan(cache_file, Place(PlaceKind.OLLAMA, tmp_path / "ollama"))
    assert names(models) == ["h/o/good:1b"]
    assert len(library.problems) == 1
    assert "not a manifest of Ollama's" in library.problems[0]


def test_a_manifest_whose_blob_has_gone(tmp_path: Path, cache_file: Path):
    put_in_ollama(tmp_path / "ollama", ("h", "o", "m", "1b"), named("m")).unlink()
    models, _ = scan(cache_file, Place(PlaceKind.OLLAMA, tmp_path / "ollama"))
    assert [model.problem for model in models] == ["the file is missing"]
