"""Folders full of model files that are broken or meant to break: every one is listed, none ends the scan."""

import os
import random
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import pytest
from test_gguf_faults import MALFORMED, compact_demo_header, mutate

from slipstream.core.errors import ModelFileError
from slipstream.models.card import read_card
from slipstream.models.library import Library, LibraryModel
from slipstream.models.machine_memory import MachineMemory
from slipstream.models.pair_model import PairModel
from slipstream.models.pairing import Pairing, Surroundings
from slipstream.models.places import Place, PlaceKind
from slipstream.models.relations import drafts_by_target
from slipstream.models.split_files import read_model

sys.path.append(str(Path(__file__).parents[1] / "models"))  # its helpers, when only these tests run

from gguf_writer import STR, array, pair, tiny_model
from library_folders import put
from memory_source import MemorySource

SECONDS = 2.0  # for one file
AROUND = Surroundings(MachineMemory(10**10, 10**10))


def scan(folder: Path, cache_file: Path, **options: int) -> tuple[list[LibraryModel], Library]:
    library = Library([Place(PlaceKind.ADDED, folder)], cache_file, **options)
    models = list(library.scan())
    library.save()
    return models, library


def use(models: list[LibraryModel]) -> None:
    """What a window does with a list: relations, and drafts for a target."""
    drafts_by_target(models)
    paired = [found for model in models if (found := PairModel.of_library(model))]
    for target in paired[:1]:
        Pairing(target, AROUND).rank(paired)


def test_malformed_files(tmp_path: Path):
    for number, data in enumerate(MALFORMED.values()):
        put(tmp_path / "m" / f"{number:03}.gguf", data)
    put(tmp_path / "m" / "zzz.gguf", tiny_model())
    models, library = scan(tmp_path / "m", tmp_path / "cache.json")
    assert len(models) == len(MALFORMED) + 1
    assert [model.name for model in models if model.usable] == ["zzz.gguf"]
    assert all(model.problem.isprintable() for model in models[:-1])
    assert library.problems == []
    again, _ = scan(tmp_path / "m", tmp_path / "cache.json")
    assert again == models


@pytest.mark.parametrize("seed", range(3))
def test_mutations_in_a_folder(tmp_path: Path, seed: int):
    """What can be read is listed, related and paired; what cannot, is listed with its reason."""
    chance = random.Random(seed)
    data = tiny_model(array("numbers", 6, [0.5] * 8), pair("tokenizer.chat_template", STR, "{{ x }}"))
    for number in range(60):
        put(tmp_path / "m" / f"{number:02}.gguf", mutate(data, chance) + bytes(4096))
    models, _ = scan(tmp_path / "m", tmp_path / "cache.json")
    assert len(models) == 60
    assert all(model.card is not None or model.problem for model in models)
    use(models)


@pytest.mark.heavy
@pytest.mark.weights
def test_ten_thousand_mutations(tmp_path: Path):
    """Of a real header, in one folder; twice, the second time from the cache."""
    chance = random.Random(4)
    data = compact_demo_header()
    folder = tmp_path / "m"
    for number in range(10_000):
        path = put(folder / f"{number:05}.gguf", mutate(data, chance))
        os.truncate(path, 100 << 20)  # the tensors, as zeros that take no room
    tracemalloc.start()
    try:
        library = Library([Place(PlaceKind.ADDED, folder)], tmp_path / "cache.json")
        models = []
        began = time.perf_counter()
        for model in library.scan():
            now = time.perf_counter()
            assert now - began < SECONDS, model.name
            began = now
            models.append(model)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(models) == 10_000
    assert 100 < sum(model.usable for model in models) < 9_900
    assert peak < 200 * 10**6
    use(models[:400])
    library.save()
    began = time.perf_counter()
    again = list(Library([Place(PlaceKind.ADDED, folder)], tmp_path / "cache.json").scan())
    assert again == models
    assert time.perf_counter() - began < 20


def test_thousands_of_links_to_one_file(tmp_path: Path):
    real = put(tmp_path / "real" / "m.gguf", tiny_model())
    folder = tmp_path / "links"
    folder.mkdir()
    for number in range(2_000):
        (folder / f"{number}.gguf").symlink_to(real)
    models, _ = scan(folder, tmp_path / "cache.json")
    assert len(models) == 1


def test_links_that_lead_nowhere(tmp_path: Path):
    folder = tmp_path / "links"
    folder.mkdir()
    for number in range(200):
        (folder / f"{number}.gguf").symlink_to(folder / f"{(number + 1) % 200}.gguf")
    models, _ = scan(folder, tmp_path / "cache.json", most=50)
    assert models
    assert not any(model.usable for model in models)


# scans a folder in a process that may grow by so many bytes
MEASURE = """
import resource, sys
from pathlib import Path
from slipstream.models.library import Library
from slipstream.models.places import Place, PlaceKind
with open("/proc/self/statm") as file:
    size = int(file.read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (size + int(sys.argv[3]),) * 2)
library = Library([Place(PlaceKind.ADDED, Path(sys.argv[1]))], Path(sys.argv[2]))
print(sum(1 for _ in library.scan()))
library.save()
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="limits the memory as Linux does")
def test_many_large_headers_are_not_held_at_once(tmp_path: Path):
    """Forty vocabularies of 2 MB each in 120 MB of memory: a card keeps none of them."""
    for number in range(40):
        tokens = [f"{number:02}-{i:06}-{'x' * 24}" for i in range(50_000)]
        data = tiny_model(array("more.tokens", STR, tokens))
        put(tmp_path / "m" / f"{number}.gguf", data)
    arguments = [str(tmp_path / "m"), str(tmp_path / "cache.json"), str(120 * 10**6)]
    ran = subprocess.run(
        [sys.executable, "-c", MEASURE, *arguments], capture_output=True, check=False, text=True
    )
    assert ran.returncode == 0, ran.stderr[-500:]
    assert ran.stdout.strip() == "40"


def test_shapes_of_mutated_headers_never_break_the_fit(tmp_path: Path):
    """Numbers out of a header go into arithmetic: whatever they are, it ends, and quickly."""
    chance = random.Random(7)
    data = tiny_model(attention__key_length=16, feed_forward_length=64, expert_count=0)
    judged = 0
    for _ in range(400):
        changed = mutate(data, chance)
        try:
            files = read_model("m.gguf", lambda _, raw=changed: MemorySource(raw, 2**31))
            card = read_card(files, "m.gguf")
        except ModelFileError:
            continue
        began = time.perf_counter()
        model = PairModel("m.gguf", "m.gguf:1", card, lambda: (_ for _ in ()).throw(ModelFileError("gone")))
        Pairing(model, AROUND).judge(model)
        assert time.perf_counter() - began < SECONDS
        judged += 1
    assert judged > 20
