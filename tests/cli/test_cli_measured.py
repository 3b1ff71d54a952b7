"""What the headless commands measure, keep and tell about drafting on this machine."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from slipstream.cli.report import pace_line
from slipstream.cli.tune import table
from slipstream.core.events import ModelInfo, PairLoaded
from slipstream.core.measurements import Measurements
from slipstream.core.pace import PaceReport, PaceState
from slipstream.core.paths import default_paths
from slipstream.core.tuning import TuneReport

Command = Callable[..., subprocess.CompletedProcess[str]]
QUICK = ("--threads", "1")  # one: other work slows two down far more


def saved() -> Measurements:
    measurements = Measurements.load(default_paths().measurements_file)
    assert measurements.problem == ""
    return measurements


@pytest.mark.weights
def test_an_answer_of_automatic_length_measures_learns_and_says_why(
    slipstream: Command, demo_target: Path, low_bit_draft: Path, tmp_path: Path
) -> None:
    stats_file = tmp_path / "stats.json"

    def answer(*more: object) -> subprocess.CompletedProcess[str]:
        return slipstream(
            "generate", "--target", demo_target, "--draft", low_bit_draft, "--prompt", "Name three fruits.",
            "--max-tokens", "12", "--ctx-size", "256", "--stats", stats_file, *QUICK, *more,
        )  # fmt: skip

    done = answer()
    assert done.returncode == 0, done.stderr
    pace = json.loads(stats_file.read_text())["pace"]
    assert set(pace) == {"state", "speedup", "needs_tau", "gets_tau", "length"}
    line = pace_line(PaceReport(**{**pace, "state": PaceState(pace["state"])}))
    assert done.stderr.splitlines()[-1] == line
    assert done.stdout.strip() == json.loads(stats_file.read_text())["text"].strip()
    (record,) = saved().pairs.values()
    assert record.is_measured
    assert set(record.habits) == {"lossless:sampled"}
    for _ in range(2):  # a draft as slow as its target is measured anew until that is believed
        assert answer("--max-tokens", "1").returncode == 0
    (record,) = saved().pairs.values()
    verified = sum(cell.count for cell in record.verify.cells.values())

    done = answer("--temperature", "0")  # what is known is used, and added to
    assert done.returncode == 0, done.stderr
    (record,) = saved().pairs.values()
    assert set(record.habits) == {"lossless:sampled", "lossless:greedy"}
    steps = json.loads(stats_file.read_text())["steps"]
    assert sum(cell.count for cell in record.verify.cells.values()) < verified + steps

    done = answer("--draft-max", "2", "--quiet")  # a chosen length has no reason
    assert done.stderr == ""
    assert json.loads(stats_file.read_text())["pace"] is None


@pytest.mark.weights
def test_measurements_that_cannot_be_used_or_kept_cost_a_line_not_the_answer(
    slipstream: Command, demo_target: Path
) -> None:
    file = default_paths().measurements_file
    file.parent.mkdir(parents=True)
    file.write_text('{"schema": 2, "machine": "another one", "pairs": []}')
    ask = ("generate", "--target", demo_target, "--prompt", "Hi", "--max-tokens", "2", "--ctx-size", "256")
    done = slipstream(*ask, *QUICK)
    assert done.returncode == 0
    assert done.stderr.splitlines()[0] == "measuring anew: the saved measurements are of another machine"
    file.write_text("{damaged")
    assert slipstream(*ask, *QUICK, "--quiet").stderr == ""
    file.unlink()
    file.mkdir()  # nobody can replace a folder by a file
    done = slipstream(*ask, *QUICK)
    assert done.returncode == 0
    assert done.stdout.strip()
    assert "what was measured is not kept" in done.stderr


@pytest.mark.weights
def test_tune_measures_keeps_and_shows(slipstream: Command, demo_target: Path, low_bit_draft: Path) -> None:
    done = slipstream(
        "tune", "--target", demo_target, "--draft", low_bit_draft, "--seconds", "0", "--json", *QUICK
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""  # progress is for terminals
    report = json.loads(done.stdout)
    assert report["schema"] == 1
    assert (report["threads"], report["draft_threads"], report["passes"]) == (1, 1, 3)
    assert list(report["verify_ms"]) == [str(n) for n in (*range(1, 18), 24, 32, 48, 64)]
    (record,) = saved().pairs.values()
    assert record.draft_threads == 1
    assert record.verify.get(256, 8) == report["verify_ms"]["8"]
    assert record.draft_decode.get(256, 1) == report["draft_ms"]


def test_the_table_says_what_pays() -> None:
    recorded = json.loads((Path(__file__).parents[1] / "engine" / "data" / "cost_tables.json").read_text())
    (costs,) = [each for each in recorded if "Q4_K_M" in each["name"]]
    verify = {int(n): ms for n, ms in costs["verify"].items()}
    report = TuneReport(256, 9, 2, verify, {1: 27.1, 2: 15.2}, 2)
    target, draft = (
        ModelInfo(f"/m/{name}.gguf", name, "", 1, 1, 1, 0, ("CPU",), 9, 9) for name in ("Big", "Small")
    )
    lines = table(report, PairLoaded(target, draft, None, 1024, 2, "", False)).splitlines()
    assert lines[0].startswith("Big with the draft Small, on CPU, 2 threads; medians of 9 passes")
    rows = {line.split()[0]: line.split()[1:] for line in lines[3:24]}
    assert rows["1"] == ["35", "1.00"]
    # Three drafted: (101.98 + 3 · 15.2) / 34.94 = 4.22 plain steps, for at most four tokens.
    assert rows["4"] == ["102", "2.92", "3", "4.22", "0.95×"]
    assert rows["64"] == ["840", "24.05"]  # longer than a draft model drafts
    assert "Drafting a token takes 27.1 ms on 1, 15.2 ms on 2; the draft runs on 2." in lines
    assert any(line.startswith("8 tokens at once take longer than 4 and 4 (204 ms)") for line in lines)
    # Fifteen: 16 · 34.94 / (276.0 + 15 · 15.2)
    assert lines[-1].startswith(
        "At best 1.11× as fast, if all of 15 drafted tokens are kept; drafting 15 pays from"
    )


@pytest.mark.weights
def test_tune_refuses_a_draft_that_does_not_fit(
    slipstream: Command, demo_target: Path, low_bit_draft: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.gguf"
    other.write_bytes(low_bit_draft.read_bytes().replace("Ġthe".encode(), "Ġteh".encode(), 1))
    for draft in (other, tmp_path / "none.gguf"):
        done = slipstream("tune", "--target", demo_target, "--draft", draft)
        assert done.returncode == 1
        assert done.stdout == ""
        assert len(done.stderr.splitlines()) == 1
        assert draft.name in done.stderr
    assert not default_paths().measurements_file.exists()


@pytest.mark.weights
@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal to see progress on")
def test_tune_shows_the_time_left_and_an_interrupt_keeps_what_was_known(
    slipstream: Command, demo_target: Path, low_bit_draft: Path
) -> None:
    ours, theirs = os.openpty()
    pair = ("--target", str(demo_target), "--draft", str(low_bit_draft))
    command = [sys.executable, "-m", "slipstream", "tune", *pair, *QUICK]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        said = b""
        while b"s left" not in said:
            said += os.read(ours, 4096)
        process.send_signal(signal.SIGINT)
        while b"interrupted" not in said:
            said += os.read(ours, 4096)
        assert process.stdout is not None
        assert process.stdout.read() == b""
    os.close(ours)
    assert process.returncode == 1
    assert b"Traceback" not in said
    assert not default_paths().measurements_file.exists()


@pytest.mark.parametrize(
    ("state", "speedup", "sentence"),
    [
        (PaceState.DRAFTING, 1.418, "Drafting: about 1.4× as fast here."),
        (PaceState.DRAFTING, 1.01, "Drafting: about as fast as without it here."),
        (PaceState.TRYING, 1.0, "Trying again whether drafting pays."),
        (
            PaceState.TOO_FEW_KEPT,
            0.84,
            "Drafting is paused: it costs about 15 % here: needs τ 1.9, gets 1.6.",
        ),
        (PaceState.TOO_FEW_KEPT, 1.0, "Drafting is paused: it gains nothing here: needs τ 1.9, gets 1.6."),
        (
            PaceState.TOO_DEAR,
            0.8,
            "Drafting is paused: a step that drafts 3 takes 1.9 plain steps here, too much even for good drafts.",
        ),
    ],
)
def test_the_reason_in_words(state: PaceState, speedup: float, sentence: str) -> None:
    assert pace_line(PaceReport(state, speedup, 1.9, 1.6, 3)) == sentence
