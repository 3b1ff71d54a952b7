"""`slipstream models` through the real command: the list, a file's memory, and a pair's verdict."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bench_samples import SETUP, benchmark

from slipstream.cli.fit_text import fit_text, prediction_text, reason_text
from slipstream.core.benchmark.setup import BenchModel
from slipstream.core.costs import PairRecord
from slipstream.core.measurements import Measurements, model_key, this_machine
from slipstream.core.paths import default_paths
from slipstream.models.fit import Fit, Where
from slipstream.models.here import built_for_gpu
from slipstream.models.memory import ModelMemory
from slipstream.models.pair_model import PairModel
from slipstream.models.pairing import PairReason, ReasonKind
from slipstream.models.prediction import Basis, Prediction
from slipstream.store import Store

sys.path.append(str(Path(__file__).parents[1] / "models"))  # its helpers, when only these tests run

from gguf_writer import TOKENS
from library_folders import named, put, put_in_ollama
from pair_files import data

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's home folder with nothing of other programs in it."""
    folder = tmp_path / "person"
    folder.mkdir()
    for name in ("HF_HOME", "HF_HUB_CACHE", "XDG_CACHE_HOME", "OLLAMA_MODELS", "LLAMA_CACHE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    return folder


@pytest.fixture
def command(slipstream: Command, home: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command line without the tests' own models folder."""
    monkeypatch.delenv("SLIPSTREAM_MODELS", raising=False)
    return slipstream


def listed(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_no_models(command: Command) -> None:
    done = command("models", "list")
    assert done.returncode == 0
    assert done.stdout.startswith("No models on this machine.")
    assert listed(command("models", "list", "--json"))["models"] == []


def test_the_list(command: Command, tmp_path: Path, home: Path) -> None:
    put(tmp_path / "mine" / "large.gguf", data(6400))
    put(tmp_path / "mine" / "small.gguf", data(320))
    put(tmp_path / "mine" / "broken.gguf", b"GGUF")
    put_in_ollama(home / ".ollama" / "models", ("registry.ollama.ai", "library", "tiny", "1b"), named("t"))
    done = command("models", "list", "--folder", tmp_path / "mine")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[0] == f"Added folder: {tmp_path / 'mine'}"
    assert "broken.gguf" in lines[1]
    assert "(truncated" in lines[1]
    assert "draft: tiny:1b and 1 more" in lines[2]
    assert "F16" in lines[2]
    assert any(line.startswith("Ollama: ") for line in lines)
    assert any("tiny:1b" in line for line in lines)


def test_the_list_as_json(command: Command, tmp_path: Path) -> None:
    large = put(tmp_path / "mine" / "large.gguf", data(6400))
    small = put(tmp_path / "mine" / "small.gguf", data(320))
    put(tmp_path / "mine" / "broken.gguf", b"GGUF")
    found = listed(command("models", "list", "--json", "--folder", tmp_path / "mine"))
    assert found["schema"] == 1
    assert found["places"] == [{"kind": "added", "folder": str(tmp_path / "mine")}]
    broken, first, second = found["models"]
    assert broken["problem"].startswith("truncated")
    assert broken["parameters"] is None
    assert first["path"] == str(large)
    assert first["drafts"] == [str(small)]
    assert first["vocabulary"] == second["vocabulary"]
    assert (first["size"], first["context_length"], first["parts"]) == (large.stat().st_size, 128, 1)
    assert (first["quantization"], first["problem"]) == ("F16", None)


def test_the_second_list_comes_from_the_cache(command: Command, tmp_path: Path) -> None:
    put(tmp_path / "mine" / "m.gguf", data(320))
    first = command("models", "list", "--json", "--folder", tmp_path / "mine")
    cache = default_paths().cache / "library.json"
    assert str(tmp_path / "mine" / "m.gguf") in cache.read_text()
    cache.write_text("damaged")
    assert command("models", "list", "--json", "--folder", tmp_path / "mine").stdout == first.stdout


def test_folders_of_the_settings(command: Command, tmp_path: Path) -> None:
    put(tmp_path / "mine" / "m.gguf", data(320))
    paths = default_paths().create()
    values = {"schema": 1, "values": {"model_folders": [str(tmp_path / "mine"), str(tmp_path / "gone")]}}
    paths.settings_file.write_text(json.dumps(values))
    done = command("models", "list")
    assert "m.gguf" in done.stdout
    assert done.stderr == f"{tmp_path / 'gone'}: cannot be read: No such file or directory\n"


def test_our_own_folder(command: Command) -> None:
    put(default_paths().models / "bartowski" / "Tiny-GGUF" / "tiny.gguf", data(320))
    assert command("models", "list").stdout.startswith("Slipstream: bartowski/Tiny-GGUF\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_a_full_disk_costs_the_cache_only(command: Command, tmp_path: Path) -> None:
    put(tmp_path / "mine" / "m.gguf", data(320))
    put(default_paths().cache, b"a file in place of the folder")
    done = command("models", "list", "--folder", tmp_path / "mine")
    assert done.returncode == 0
    assert "m.gguf" in done.stdout
    assert "not kept for the next time" in done.stderr


def test_a_pair_that_fits(command: Command, tmp_path: Path) -> None:
    target, draft = put(tmp_path / "t.gguf", data(6400)), put(tmp_path / "d.gguf", data(320))
    done = command("models", "check", target, draft)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "The pair fits: same vocabulary (14 tokens)."
    labels = [line[:9].strip() for line in lines[1:]]
    assert labels == ["Size", "Memory", "target", "draft", "Speed-up"]
    assert "guessed" in lines[-1]


def test_a_pair_as_json(command: Command, tmp_path: Path) -> None:
    target, draft = put(tmp_path / "t.gguf", data(6400)), put(tmp_path / "d.gguf", data(320))
    found = listed(command("models", "check", target, draft, "--json", "--ctx-size", "64"))
    assert (found["fits"], found["reasons"], found["differences"]) == (True, [], 0)
    assert found["suitability"] == "suitable"
    assert found["memory"]["context"] == 64
    assert found["memory"]["needed"] == sum(
        found["memory"][model][part]
        for model in ("target", "draft")
        for part in ("weights", "cache", "compute", "logits")
    )
    assert found["speedup"]["costs"] == "assumed"
    assert found["size_ratio"] > 10


def test_a_pair_that_does_not_fit(command: Command, tmp_path: Path) -> None:
    target = put(tmp_path / "t.gguf", data(6400))
    draft = put(tmp_path / "d.gguf", data(320, tokens=[*TOKENS[:-1], "other"]))
    done = command("models", "check", target, draft)
    assert done.returncode == 1
    assert done.stdout.startswith(
        "The draft does not fit this target:\n  - 1 token differs; the first is id 13"
    )
    found = json.loads(command("models", "check", target, draft, "--json").stdout)
    assert (found["fits"], found["suitability"]) == (False, "unfit")
    assert found["first_difference"] == {"id": 13, "target": "h", "draft": "other"}


def test_a_recurrent_target_is_told(command: Command, tmp_path: Path) -> None:
    target = put(tmp_path / "t.gguf", data(6400, architecture="mamba"))
    done = command("models", "check", target, put(tmp_path / "d.gguf", data(320)))
    assert done.returncode == 1
    assert "recurrent state" in done.stdout


def test_what_was_measured_is_used(command: Command, tmp_path: Path) -> None:
    target, draft = put(tmp_path / "t.gguf", data(6400)), put(tmp_path / "d.gguf", data(320))
    record = PairRecord(model_key(target), model_key(draft), "CPU x2")
    for tokens in (1, 2, 4, 8, 16):
        record.verify.replace(512, tokens, 100.0 * tokens, 9)
    record.draft_decode.replace(512, 1, 10.0, 9)
    measurements = Measurements()
    measurements.put(record)
    measurements.save(default_paths().create().measurements_file)
    done = command("models", "check", target, draft)
    assert done.returncode == 0
    assert "step costs measured here" in done.stdout
    assert "drafting is not expected to pay here" in done.stdout


@pytest.fixture
def benchmarked(tmp_path: Path) -> tuple[Path, Path]:
    """A target and a draft, and in the store a benchmark of both on this machine."""
    target, draft = put(tmp_path / "t.gguf", data(6400)), put(tmp_path / "d.gguf", data(320))
    models = [
        BenchModel(path.name, "c" * 64, "llama", PairModel.of_path(path).card.shape.weights, 2, 0, ("CPU",))
        for path in (target, draft)
    ]
    setup = replace(SETUP, target=models[0], draft=models[1], machine=this_machine())
    with Store.open(default_paths().create().database) as store:
        store.keep_benchmark(benchmark({"code": [1.5, 1.6, 1.7, 1.55, 1.65, 1.62]}, setup=setup))
    return target, draft


def test_what_a_benchmark_gave_here_is_the_prediction(
    command: Command, benchmarked: tuple[Path, Path]
) -> None:
    done = command("models", "check", *benchmarked)
    assert (done.returncode, done.stderr) == (0, "")
    rows = {line[:10].strip(): line[10:] for line in done.stdout.splitlines()[1:]}
    assert rows["Speed-up"].endswith("measured here over 6 prompts")
    assert rows["Measured"].startswith("1.60× (1.5")
    assert rows["Measured"].endswith(") on code over 6 prompts, greedy")
    found = listed(command("models", "check", *benchmarked, "--json"))["speedup"]
    assert found["speedup"] == pytest.approx(1.602, abs=0.002)
    assert found["measured"]["overall"]["ratio"] == found["speedup"]
    assert found["measured"]["kinds"]["code"]["verdict"] == "faster"
    assert (found["measured"]["greedy"], found["estimated"]) == (True, None)


def test_while_a_window_has_it_that_is_said(command: Command, benchmarked: tuple[Path, Path]) -> None:
    with Store.open(default_paths().database):
        done = command("models", "check", *benchmarked)
    assert done.returncode == 0
    assert "guessed" in done.stdout
    assert done.stderr == (
        "What was measured here before is left out: Another Slipstream has these conversations open\n"
    )


def test_a_file_that_is_no_model(command: Command, tmp_path: Path) -> None:
    target = put(tmp_path / "t.gguf", data(6400))
    for draft in (tmp_path / "gone.gguf", put(tmp_path / "cut.gguf", b"GGUF")):
        done = command("models", "check", target, draft)
        assert done.returncode == 1
        assert done.stdout == ""
        assert draft.name in done.stderr
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.weights
def test_inspect_tells_the_memory(slipstream: Command, demo_target: Path) -> None:
    done = slipstream("models", "inspect", demo_target, "--ctx-size", "2048")
    assert "at 2048 tokens of context" in done.stdout
    memory = json.loads(slipstream("models", "inspect", demo_target, "--json").stdout)["memory"]
    assert memory["context"] == 4096
    assert memory["target"]["cache"] == 30 * 4096 * 2 * 192 * 2
    quarter = slipstream("models", "inspect", demo_target, "--json", "--cache-type-k", "q8_0")
    assert json.loads(quarter.stdout)["memory"]["target"]["cache"] < memory["target"]["cache"]


def test_a_vocabulary_has_no_memory(command: Command, tmp_path: Path) -> None:
    raw = data(320)
    path = put(tmp_path / "m.gguf", raw.replace(b"llama.block_count", b"llama.block_kount"))
    found = json.loads(command("models", "inspect", path, "--json").stdout)
    assert found["memory"] is None


# sentences


MEMORY = ModelMemory(weights=2 * 10**9, reordered=0, cache=10**8, compute=10**8, logits=10**7)


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (Where.GPU, "fits on the GPU at 4096 tokens of context: 0 bytes of 8.0 GB free on the GPU"),
        (Where.PARTLY, "fits partly on the GPU"),
        (Where.MEMORY, "fits at 4096 tokens of context: 2.2 GB of 4.0 GB free"),
        (Where.NO, "does not fit at 4096 tokens of context: needs 2.2 GB, 4.0 GB are free"),
        (Where.UNKNOWN, "2.2 GB at 4096 tokens of context; how much is free cannot be asked here"),
    ],
)
def test_sentences_about_memory(where: Where, words: str) -> None:
    assert fit_text(Fit(where, 4096, MEMORY, None, 4 * 10**9, 8 * 10**9)).startswith(words)


def test_sentences_about_the_gain() -> None:
    def said(speedup: float, low: float, high: float, length: int) -> str:
        found = Prediction(speedup, low, high, length, 1.6, 1.9, Basis.ASSUMED, Basis.ASSUMED)
        return prediction_text(found)

    assert said(1.0, 1.0, 1.0, 0).startswith("none expected: drafting would pause itself (costs guessed")
    assert said(1.4, 1.4, 1.4, 3).startswith("about 1.4 times as fast, drafting 3 tokens (costs guessed")
    assert said(1.4, 1.1, 1.8, 3).startswith("1.1 to 1.8 times as fast, drafting about 3 tokens")


@pytest.mark.parametrize("kind", ReasonKind)
def test_every_reason_has_a_sentence(kind: ReasonKind) -> None:
    text = reason_text(PairReason(kind, ("7", "8")))
    assert text
    assert not text.endswith(".")


def test_a_build_for_gpus_is_told_from_its_libraries(tmp_path: Path) -> None:
    assert not built_for_gpu(None)
    put(tmp_path / "libggml-cpu.so", b"")
    put(tmp_path / "libggml-base.so", b"")
    assert not built_for_gpu(tmp_path)
    put(tmp_path / "libggml-cuda.so", b"")
    assert built_for_gpu(tmp_path)
