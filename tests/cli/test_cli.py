"""The headless contract, through the real command in a process of its own."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from slipstream.core.paths import HOME_VARIABLE

STATS_KEYS = {
    "schema", "text", "tokens", "prompt_tokens", "emitted", "steps", "drafted", "accepted", "acceptance_rate",
    "acceptance_length", "per_position", "prefill_ms", "draft_prefill_ms", "ttft_ms", "total_ms", "tpot_ms",
    "tokens_per_second", "icl_ms", "draft_ms", "verify_ms", "sample_ms", "other_ms", "stop_reason", "seed",
    "target", "draft", "settings", "engine",
}  # fmt: skip
EVENT_KEYS = {
    "drafted", "accepted", "emitted", "drafter", "phase", "position", "limit", "draft_ms", "verify_ms",
    "sample_ms", "other_ms", "t_ms",
}  # fmt: skip

Command = Callable[..., subprocess.CompletedProcess[str]]


def refused(done: subprocess.CompletedProcess[str], status: int, *words: str) -> None:
    """One clear line on stderr, nothing on stdout, no traceback."""
    assert done.returncode == status, done.stderr
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


@pytest.mark.weights
def test_stats_and_events_hold_the_contracts_fields(
    slipstream: Command, demo_target: Path, low_bit_draft: Path, tmp_path: Path
) -> None:
    stats_file, events_file = tmp_path / "stats.json", tmp_path / "events.jsonl"
    done = slipstream(
        "generate", "--target", demo_target, "--draft", low_bit_draft, "--prompt", "Name three fruits.",
        "--temperature", "0", "--max-tokens", "24", "--draft-max", "3", "--seed", "5", "--ctx-size", "512",
        "--stats", stats_file, "--events", events_file,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    stats = json.loads(stats_file.read_text())
    events = [json.loads(line) for line in events_file.read_text().splitlines()]
    assert set(stats) >= STATS_KEYS
    assert all(set(event) >= EVENT_KEYS for event in events)
    assert set(stats["icl_ms"]) >= {"p50", "p95", "p99", "max"}
    assert set(stats["engine"]) >= {"llama_cpp_python", "system_info"}
    assert done.stdout.strip() == stats["text"].strip()
    assert stats["seed"] == 5
    assert stats["steps"] == len(events)
    assert stats["drafted"] == sum(len(event["drafted"]) for event in events)
    assert stats["accepted"] == sum(event["accepted"] for event in events)
    assert stats["tokens"] == [token for event in events for token in event["emitted"]]
    assert stats["acceptance_rate"] == stats["accepted"] / stats["drafted"]
    assert stats["acceptance_length"] == 1 + stats["accepted"] / stats["steps"]
    assert stats["settings"]["draft_max"] == 3
    assert events[0]["drafted"] == []


@pytest.mark.weights
def test_a_lossy_rule_is_labelled_with_what_it_let_through(
    slipstream: Command, demo_target: Path, low_bit_draft: Path, tmp_path: Path
) -> None:
    stats_file, events_file = tmp_path / "stats.json", tmp_path / "events.jsonl"

    def run(accept: str, temperature: str) -> tuple[dict[str, Any], list[dict[str, Any]], str]:
        done = slipstream(
            "generate", "--target", demo_target, "--draft", low_bit_draft, "--prompt", "Name three fruits.",
            "--temperature", temperature, "--max-tokens", "24", "--draft-max", "3", "--seed", "5",
            "--ctx-size", "256", "--accept", accept, "--stats", stats_file, "--events", events_file,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        events = [json.loads(line) for line in events_file.read_text().splitlines()]
        return json.loads(stats_file.read_text()), events, done.stderr

    stats, events, said = run("typical", "1")
    assert stats["changes_output"] is True
    assert {event["rule"] for event in events if event["drafted"]} == {"typical"}
    assert 0 < stats["refused"] <= stats["accepted"]
    assert stats["refused"] == pytest.approx(sum(event["refused"] for event in events))
    assert stats["refused_share"] == pytest.approx(stats["refused"] / stats["accepted"])
    assert f"the exact rule would have refused {stats['refused_share']:.1%} of the accepted tokens" in said
    for accept, temperature in (("typical", "0"), ("relaxed", "1"), ("lossless", "1")):
        stats, events, said = run(accept, temperature)  # greedy; a model that does not think; lossless
        assert (stats["changes_output"], stats["refused"]) == (False, 0)
        assert {event["rule"] for event in events if event["drafted"]} <= {"match", "block"}
        assert "changes the output" not in said


@pytest.mark.weights
def test_a_thinking_budget_begins_the_answer_and_is_told(
    slipstream: Command, demo_target: Path, tmp_path: Path
) -> None:
    stats_file, events_file = tmp_path / "stats.json", tmp_path / "events.jsonl"
    done = slipstream(
        "generate", "--target", demo_target, "--raw", "--prompt", "Tell me about the sea. <think>\n",
        "--temperature", "0", "--max-tokens", "24", "--thinking-budget", "9", "--ctx-size", "512",
        "--stats", stats_file, "--events", events_file,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    stats = json.loads(stats_file.read_text())
    events = [json.loads(line) for line in events_file.read_text().splitlines()]
    assert stats["thinking_closed"] == "budget"
    assert stats["phases"]["think"]["emitted"] == 9
    assert stats["emitted"] == len(stats["tokens"]) == sum(len(event["emitted"]) for event in events)
    assert [bool(event["inserted"]) for event in events].index(True) == 9
    assert "</think>\n\n" in done.stdout
    assert "thinking closed by its budget" in done.stderr
    assert stats["settings"]["thinking_budget"] == 9


@pytest.mark.weights
def test_without_drafting_the_acceptance_is_not_applicable(
    slipstream: Command, demo_target: Path, tmp_path: Path
) -> None:
    stats_file = tmp_path / "stats.json"
    done = slipstream(
        "generate", "--target", demo_target, "--prompt", "-", "--max-tokens", "4", "--quiet",
        "--ctx-size", "256", "--stats", stats_file, stdin="Grüße 🙂".encode(),
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stderr == ""
    stats = json.loads(stats_file.read_text())
    assert stats["acceptance_rate"] is None
    assert stats["draft"] is None
    assert isinstance(stats["seed"], int)


@pytest.mark.weights
def test_an_unfit_draft_is_answered_without_and_told_with_status_1(
    slipstream: Command, demo_target: Path, low_bit_draft: Path, tmp_path: Path
) -> None:
    data = low_bit_draft.read_bytes()
    other = tmp_path / "other.gguf"
    other.write_bytes(data.replace("Ġthe".encode(), "Ġteh".encode(), 1))  # one token of the vocabulary
    done = slipstream(
        "generate", "--target", demo_target, "--draft", other, "--prompt", "Hi", "--max-tokens", "3",
        "--ctx-size", "256",
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stdout.strip()
    assert len(done.stderr.splitlines()) == 1
    assert "teh" in done.stderr
    check = slipstream("models", "check", demo_target, other)
    assert check.returncode == 1
    assert "Ġteh" in check.stdout
    verdict = json.loads(slipstream("models", "check", demo_target, other, "--json").stdout)
    assert verdict["fits"] is False
    assert verdict["first_difference"]["draft"] == "Ġteh"
    assert slipstream("models", "check", demo_target, low_bit_draft).returncode == 0


@pytest.mark.weights
@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--prompt", ""], 1, ["empty"]),
        (["--prompt", "-"], 1, ["empty"]),
        (["--prompt", "word " * 3000, "--ctx-size", "256"], 1, ["tokens", "256"]),
        (["--prompt", "x", "--draft", "mtp"], 2, ["not yet"]),
        (["--prompt", "x", "--draft", "/no/such/draft.gguf"], 1, ["draft.gguf"]),
        (["--prompt", "x", "--system", "y", "--raw"], 2, ["--raw"]),
        (["--prompt", "x", "--stats", "/no/such/folder/x.json"], 1, ["/no/such"]),
    ],
)
def test_what_cannot_be_answered_is_one_line(
    slipstream: Command, demo_target: Path, arguments: list[str], status: int, words: list[str]
) -> None:
    refused(slipstream("generate", "--target", demo_target, *arguments), status, *words)


@pytest.mark.parametrize(
    "content", [b"", b"<html>not a model</html>", b"GGUF", b"GGUF\x01\x00\x00\x00", None], ids=repr
)
def test_files_that_are_no_models_are_one_line(
    slipstream: Command, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "model.gguf"
    if content is not None:
        path.write_bytes(content)
    refused(slipstream("generate", "--target", path, "--prompt", "x"), 1, "model.gguf")
    refused(slipstream("models", "inspect", path), 1, "model.gguf")


@pytest.mark.weights
def test_a_truncated_model_is_refused_before_it_is_loaded(
    slipstream: Command, demo_target: Path, tmp_path: Path
) -> None:
    path = tmp_path / "cut.gguf"
    path.write_bytes(demo_target.read_bytes()[:-1])
    refused(slipstream("generate", "--target", path, "--prompt", "x"), 1, "truncated")


@pytest.mark.parametrize(
    "arguments",
    [
        ["generate"],
        ["generate", "--target", "x", "--prompt", "y", "--temperature", "-1"],
        ["generate", "--target", "x", "--prompt", "y", "--temperature", "nan"],
        ["generate", "--target", "x", "--prompt", "y", "--draft-max", "65"],
        ["generate", "--target", "x", "--prompt", "y", "--top-p", "1.5"],
        ["generate", "--target", "x", "--prompt", "y", "--max-tokens", "0"],
        ["generate", "--target", "x", "--prompt", "y", "--thinking-budget", "-1"],
        ["generate", "--target", "x", "--prompt", "y", "--cache-type-k", "q3_k"],
        ["generate", "--target", "x", "--prompt", "y", "--accept", "confident"],
        ["tune", "--target", "x"],
        ["tune", "--target", "x", "--draft", "y", "--seconds", "-1"],
        ["nonsense"],
        ["models"],
    ],
)
def test_bad_usage_is_status_2(slipstream: Command, arguments: list[str]) -> None:
    done = slipstream(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_what_is_not_there_yet_says_so(slipstream: Command) -> None:
    refused(slipstream("generate", "--target", "x", "--prompt", "y", "--draft", "mtp"), 2, "not yet")


@pytest.mark.parametrize(
    "command",
    [[], ["generate"], ["bench"], ["tune"], ["models"], ["models", "inspect"], ["export"], ["demo"]],
)
def test_every_command_has_help(slipstream: Command, command: list[str]) -> None:
    done = slipstream(*command, "--help")
    assert done.returncode == 0
    assert "usage: slipstream" in done.stdout


@pytest.mark.weights
def test_a_reader_that_leaves_early_ends_it_quietly(
    demo_target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    command = [
        sys.executable, "-m", "slipstream", "generate", "--target", str(demo_target),
        "--prompt", "Tell a long story", "--ctx-size", "512",
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.mark.weights
def test_an_interrupt_ends_an_answer_with_one_line(
    demo_target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    command = [
        sys.executable, "-m", "slipstream", "generate", "--target", str(demo_target),
        "--prompt", "Tell a long story", "--ctx-size", "1024", "--max-tokens", "900",
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == "slipstream: interrupted\n"
    assert process.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_an_output_that_is_full_is_one_line(demo_target: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "slipstream", "models", "inspect", str(demo_target)],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "No space left" in done.stderr


@pytest.mark.weights
def test_statistics_may_go_to_standard_output(slipstream: Command, demo_target: Path) -> None:
    done = slipstream(
        "generate", "--target", demo_target, "--prompt", "Hi", "--max-tokens", "2", "--ctx-size", "256",
        "--stats", "/dev/stdout",
    )  # fmt: skip
    assert done.returncode == 0
    assert '"schema": 1' in done.stdout


@pytest.mark.weights
def test_inspect_tells_what_is_in_a_file(slipstream: Command, demo_target: Path) -> None:
    assert "49152" in slipstream("models", "inspect", demo_target).stdout
    summary = json.loads(slipstream("models", "inspect", demo_target, "--json").stdout)
    assert summary["architecture"] == "llama"


@pytest.mark.weights
def test_the_demo_answers_with_and_without_drafting(slipstream: Command, demo_target: Path) -> None:
    done = slipstream("demo", "--max-tokens", "12", "--prompt", "Count to five.")
    assert done.returncode == 0, done.stderr
    assert "n-gram lookup" in done.stdout
    assert "same text" in done.stdout
