"""`slipstream bench` as the real command: refused, measured, interrupted, gone on with."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from slipstream.core.benchmark.rows import read_rows
from slipstream.core.paths import default_paths
from slipstream.store import Store

Command = Callable[..., subprocess.CompletedProcess[str]]
QUICK = ("--threads", "1", "--ctx-size", "256", "--temperature", "0")


@pytest.fixture
def prompts(tmp_path: Path) -> Path:
    path = tmp_path / "prompts.jsonl"
    rows = [
        {"id": "count", "kind": "rewrite", "prompt": "Repeat this: one two three four five six seven eight."},
        {"id": "fruit", "kind": "open", "prompt": "Name three fruits."},
        {"id": "colour", "kind": "open", "prompt": "Name three colours."},
    ]
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return path


def rows_file() -> Path:
    (found,) = default_paths().benchmarks.glob("*.jsonl")
    return found


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ((), "There is nothing to compare (say who drafts: --draft FILE or --draft ngram)"),
        (("--draft", "ngram", "--draft-max", "0"), "--draft-max 0 never drafts"),
        (
            ("--draft", "ngram", "--prompt", "x", "--prompts", "y"),
            "--prompt and --prompts cannot go together",
        ),
        (("--draft", "ngram", "--raw", "--system", "x"), "--system has no place with --raw prompts"),
        (("--draft", "ngram", "--repeat", "1001"), "--repeat is 1000 at most"),
    ],
)
def test_what_makes_no_sense_is_bad_usage(slipstream: Command, more: tuple[str, ...], line: str) -> None:
    done = slipstream("bench", "--target", "none.gguf", *more)
    assert done.returncode == 2
    assert line in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_files_that_cannot_be_used_are_said_before_anything_is_loaded(
    slipstream: Command, tmp_path: Path, prompts: Path
) -> None:
    ask = ("bench", "--target", tmp_path / "none.gguf", "--draft", "ngram")
    done = slipstream(*ask, "--prompts", tmp_path / "missing.jsonl")
    assert (done.returncode, done.stdout) == (1, "")
    assert "cannot be read" in done.stderr
    prompts.write_text("nonsense")
    done = slipstream(*ask, "--prompts", prompts)
    assert done.returncode == 1
    assert "Line 1 of prompts.jsonl is no prompt" in done.stderr
    for option in ("--json", "--stats", "--events"):
        done = slipstream(*ask, option, tmp_path / "no folder" / "x.json")
        assert done.returncode == 1
        assert "there is no such folder" in done.stderr


@pytest.mark.weights
def test_it_measures_reports_keeps_and_goes_on(
    slipstream: Command, demo_target: Path, prompts: Path, tmp_path: Path
) -> None:
    figures = tmp_path / "bench.json"
    ask = (
        *("bench", "--target", demo_target, "--draft", "ngram", "--draft-max", "4", "--max-tokens", "24"),
        *("--prompts", prompts, "--json", figures, *QUICK),
    )
    done = slipstream(*ask, "--limit", "2", "--repeat", "2")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].endswith("with n-gram lookup, up to 4 tokens a step, lossless acceptance")
    assert lines[1] == "2 prompts, 2 times each, 24 tokens at most, greedy"
    assert [line.split()[0] for line in lines[4:8]] == ["kind", "rewrite", "open", "all"]
    assert "4 of 4 answers are the same, token for token." in done.stdout
    data = json.loads(figures.read_text("utf-8"))
    assert data["complete"]
    assert [(row["prompt"], row["repeat"], row["first"]) for row in data["rows"]] == [
        ("count", 0, "drafting"),
        ("fruit", 0, "plain"),
        ("count", 1, "plain"),
        ("fruit", 1, "drafting"),
    ]
    assert all(row["same_text"] for row in data["rows"])
    assert {kind["kind"] for kind in data["kinds"]} == {"rewrite", "open"}
    assert data["setup"]["seed"] == 1
    assert len(data["setup"]["target"]["sha256"]) == 64
    copied = data["rows"][0]["drafting"]
    assert copied["accepted"] > 0, "a repeated text is looked up"

    done = slipstream(*ask, "--repeat", "2", "--resume")  # and the third prompt
    assert done.returncode == 0, done.stderr
    assert "4 of 6 prompts were measured before; going on" in done.stderr
    more = json.loads(figures.read_text("utf-8"))
    assert more["rows"][:4] == data["rows"]
    assert [row["prompt"] for row in more["rows"][4:]] == ["colour", "colour"]
    assert more["id"] == data["id"]

    done = slipstream(*ask, "--repeat", "2", "--resume", "--quiet")
    assert done.stderr == ""
    assert json.loads(figures.read_text("utf-8")) == more
    with Store.open(default_paths().database) as store:
        (line,) = store.list_benchmarks()
        assert (line.uid, line.done, line.planned) == (data["id"], 6, 6)


@pytest.mark.weights
def test_every_step_and_every_answer_are_written_and_added_to(
    slipstream: Command, demo_target: Path, prompts: Path, tmp_path: Path
) -> None:
    events, stats = tmp_path / "steps.jsonl", tmp_path / "answers.json"
    ask = (
        *("bench", "--target", demo_target, "--draft", "ngram", "--draft-max", "4", "--max-tokens", "12"),
        *("--prompts", prompts, "--events", events, "--stats", stats, *QUICK),
    )
    done = slipstream(*ask, "--limit", "1")
    assert done.returncode == 0, done.stderr
    assert "slipstream export --benchmark 1" in done.stderr
    first = json.loads(stats.read_text("utf-8"))
    assert (first["schema"], first["settings"]["draft_max"], first["settings"]["seed"]) == (1, 4, 1)
    assert [(own["prompt"], own["drafting"]) for own in first["answers"]] == [
        ("count", True),
        ("count", False),
    ]

    done = slipstream(*ask, "--limit", "2", "--resume")
    assert done.returncode == 0, done.stderr
    data = json.loads(stats.read_text("utf-8"))
    assert data["answers"][:2] == first["answers"]
    assert [own["prompt"] for own in data["answers"]] == ["count"] * 2 + ["fruit"] * 2
    steps = [json.loads(line) for line in events.read_text("utf-8").splitlines()]
    assert {step["benchmark"] for step in steps} == {data["benchmark"]}
    for own in data["answers"]:
        mine = [
            step for step in steps if (step["prompt"], step["drafting"]) == (own["prompt"], own["drafting"])
        ]
        assert [token for step in mine for token in step["emitted"]] == own["tokens"]
        assert len(mine) == own["steps"]
        assert sum(step["accepted"] for step in mine) == own["accepted"]
        assert own["text"]
    assert all(own["drafted"] == 0 for own in data["answers"] if not own["drafting"])

    done = slipstream(*ask, "--limit", "1", "--quiet")  # a new one begins anew
    assert done.returncode == 0, done.stderr
    again = json.loads(stats.read_text("utf-8"))
    assert again["benchmark"] != data["benchmark"]
    assert len(again["answers"]) == 2


@pytest.mark.weights
def test_while_the_window_is_open_it_leaves_its_file(
    slipstream: Command, demo_target: Path, prompts: Path
) -> None:
    ask = ("bench", "--target", demo_target, "--draft", "ngram", "--max-tokens", "4", *QUICK)
    with Store.open(default_paths().create().database):
        done = slipstream(*ask, "--prompts", prompts, "--limit", "1", "--draft-max", "2")
    assert done.returncode == 0, done.stderr
    assert "The window takes this benchmark over when it shows its list." in done.stderr
    found = read_rows(rows_file())
    assert found is not None
    assert found.is_complete


@pytest.mark.weights
def test_a_prompt_too_long_for_the_context_is_skipped_and_said(
    slipstream: Command, demo_target: Path, tmp_path: Path
) -> None:
    path = tmp_path / "prompts.jsonl"
    path.write_text(json.dumps({"id": "long", "prompt": "word " * 900}), "utf-8")
    ask = (
        "bench",
        "--target",
        demo_target,
        "--draft",
        "ngram",
        "--draft-max",
        "2",
        "--max-tokens",
        "4",
        *QUICK,
    )
    done = slipstream(*ask, "--prompts", path)
    assert done.returncode == 1
    assert "long was not measured: The prompt has" in done.stdout
    assert done.stderr.splitlines()[-1].startswith("slipstream: No prompt could be measured")


@pytest.mark.weights
@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal to see progress on")
def test_ctrl_c_leaves_whole_rows_and_it_goes_on(
    slipstream: Command, demo_target: Path, prompts: Path
) -> None:
    ask = (
        *("bench", "--target", str(demo_target), "--draft", "ngram", "--draft-max", "4"),
        *("--prompts", str(prompts), "--max-tokens", "160", *QUICK),
    )
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "slipstream", *ask]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        said = b""
        while b"1 of 3" not in said:
            said += os.read(ours, 4096)
        process.send_signal(signal.SIGINT)
        while b"slipstream: interrupted" not in said:
            said += os.read(ours, 4096)
        assert process.stdout is not None
        assert process.stdout.read() == b""
    os.close(ours)
    assert process.returncode == 1
    assert b"Traceback" not in said
    assert b"with --resume goes on" in said
    found = read_rows(rows_file())
    assert found is not None
    kept = len(found.rows)
    assert kept in (1, 2)
    done = slipstream(*ask, "--resume")
    assert done.returncode == 0, done.stderr
    assert f"{kept} of 3 prompts were measured before; going on" in done.stderr
