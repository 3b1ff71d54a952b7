"""The command line in odd surroundings: one line and a status, never a traceback, a hang or a lost model."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from slipstream.cli.arguments import parse
from slipstream.core.paths import HOME_VARIABLE

sys.path += [str(Path(__file__).parents[1] / part) for part in ("models", "cli")]

from gguf_writer import STR, pair, tiny_model, with_tensors

if sys.platform != "win32":
    import resource

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="streams, limits and pipes of POSIX")
Done = subprocess.CompletedProcess[str]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    return tmp_path / "home"


def run(
    *words: object, environ: dict[str, str | None] | None = None, **how: object
) -> subprocess.CompletedProcess[str]:
    """The real command; an environment value of None takes the variable away."""
    known = {**os.environ, **(environ or {})}
    command = [sys.executable, "-m", "slipstream", *map(str, words)]
    usual: dict[str, object] = {
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
        "stdin": subprocess.DEVNULL,
    }
    return subprocess.run(
        command,
        env={name: value for name, value in known.items() if value is not None},
        text=True, timeout=120, check=False, **{**usual, **how},  # type: ignore[call-overload]
    )  # fmt: skip


def one_line(done: Done, *words: str) -> str:
    """The one line on stderr of a command that failed."""
    assert done.returncode == 1, done.stderr
    (line,) = done.stderr.splitlines()
    assert "a bug" not in line
    assert all(word in line for word in words), line
    return line


def closing(*handles: int) -> Callable[[], None]:
    return lambda: [os.close(handle) for handle in handles] and None


# Streams that are not there


@posix_only
@pytest.mark.parametrize("handles", [(1,), (2,), (0, 1, 2)])
def test_closed_streams_are_no_fault(home: Path, tmp_path: Path, handles: tuple[int, ...]) -> None:
    """And no file that is opened later takes in what would have been printed."""
    model = tmp_path / "model.gguf"
    model.write_bytes(tiny_model())
    done = run("models", "inspect", model, preexec_fn=closing(*handles))
    assert done.returncode == 0
    assert done.stderr == ""
    assert ("Tiny" in done.stdout) == (1 not in handles)
    log = home / "logs" / "slipstream.log"
    assert "Tiny" not in log.read_text()


@posix_only
@pytest.mark.parametrize("prompt", [[], ["--prompt", "-"]])
def test_without_standard_input_the_prompt_is_empty(home: Path, tmp_path: Path, prompt: list[str]) -> None:
    done = run("generate", "--target", tmp_path / "x.gguf", *prompt, preexec_fn=closing(0))
    one_line(done, "The prompt is empty")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a file without an end")
def test_a_prompt_without_end_is_refused(home: Path) -> None:
    with Path("/dev/zero").open("rb") as endless:
        one_line(run("generate", "--target", "x", "--prompt", "-", stdin=endless), "more than 16 MB")


@posix_only
def test_a_log_that_cannot_grow_says_nothing_on_the_terminal(home: Path, tmp_path: Path) -> None:
    """Where the disk is full, and something is to be logged."""
    model = tmp_path / "model.gguf"
    model.write_bytes(tiny_model())

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    with Path("/dev/full").open("w") as full:
        done = run("models", "inspect", model, stdout=full, preexec_fn=no_room)
    one_line(done, "No space left")


# Folders and files of ours


@pytest.mark.parametrize("variable", [HOME_VARIABLE, "SLIPSTREAM_MODELS"])
def test_the_home_of_nobody(home: Path, variable: str) -> None:
    done = run("demo", environ={variable: "~nosuchuser/x"})
    one_line(done, HOME_VARIABLE if variable == HOME_VARIABLE else "demo model is not on this machine")


@posix_only
@pytest.mark.weights
def test_relative_folders_of_the_desktop_are_passed_over(tmp_path: Path, demo_target: Path) -> None:
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    work, person = tmp_path / "work", tmp_path / "person"
    work.mkdir()
    environ = {HOME_VARIABLE: None, "HOME": str(person), **dict.fromkeys(names, "here")}
    environ["SLIPSTREAM_MODELS"] = str(demo_target.parent)  # what was read of it is kept
    done = run("models", "list", environ=environ, cwd=work)
    assert done.returncode == 0, done.stderr
    assert list(work.iterdir()) == []
    assert (person / ".cache" / "slipstream").is_dir()


@posix_only
@pytest.mark.skipif(
    not hasattr(os, "setuid") or os.geteuid() != 0, reason="only root can become somebody unknown"
)
def test_without_any_home_one_is_asked_for(tmp_path: Path) -> None:
    code = "import os; from slipstream.core.paths import default_paths; os.setuid(54321); default_paths()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={k: v for k, v in os.environ.items() if k not in ("HOME", HOME_VARIABLE) and not k.startswith("XDG_")},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert "AppError: There is no home folder" in done.stderr


NOT_FILES = {"a pipe": os.mkfifo, "a folder": os.mkdir} if sys.platform != "win32" else {"a folder": os.mkdir}


@pytest.mark.parametrize("what", NOT_FILES)
@pytest.mark.parametrize("name", ["config/settings.json", "cache/library.json", "logs/slipstream.log"])
def test_what_stands_in_place_of_a_file_of_ours_keeps_nobody_waiting(
    home: Path, what: str, name: str
) -> None:
    place = home / name
    place.parent.mkdir(parents=True)
    NOT_FILES[what](place)
    done = run("models", "list")
    assert done.returncode == 0, done.stderr
    assert "a bug" not in done.stderr


@pytest.mark.weights
@posix_only
def test_measurements_that_are_a_pipe_keep_no_answer_waiting(home: Path, demo_target: Path) -> None:
    (home / "data").mkdir(parents=True)
    os.mkfifo(home / "data" / "measurements.json")
    done = run(
        "generate", "--target", demo_target, "--prompt", "Hi", "--max-tokens", "2", "--ctx-size", "256"
    )
    assert (done.returncode, bool(done.stdout.strip())) == (0, True)
    assert done.stderr.startswith("measuring anew: ")


# What is written beside the answer


@pytest.mark.parametrize("option", ["--stats", "--events"])
def test_a_model_is_not_written_over(home: Path, tmp_path: Path, option: str) -> None:
    model, link = tmp_path / "model.gguf", tmp_path / "link.json"
    model.write_bytes(tiny_model())
    link.symlink_to(model)
    for file in (model, link):
        done = run("generate", "--target", model, "--prompt", "x", option, file)
        assert done.returncode == 2
        assert "would be overwritten" in done.stderr
    done = run("bench", "--target", model, "--draft", "ngram", "--prompt", "x", "--json", model)
    assert done.returncode == 2
    assert model.read_bytes() == tiny_model()


@pytest.mark.parametrize(
    ("option", "file"),
    [("--stats", "."), ("--stats", "/no/such/folder/x"), ("--events", "."), ("--stats", "x" * 1000)],
)
def test_what_cannot_be_written_is_said_before_the_answer(
    home: Path, tmp_path: Path, option: str, file: str
) -> None:
    done = run("generate", "--target", tmp_path / "none.gguf", "--prompt", "x", option, file, cwd=tmp_path)
    one_line(done, "Cannot write ")
    assert done.stdout == ""


@pytest.mark.weights
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_a_disk_that_fills_up_under_the_events_costs_no_answer(
    home: Path, demo_target: Path, tmp_path: Path
) -> None:
    stats = tmp_path / "stats.json"
    done = run(
        "generate", "--target", demo_target, "--prompt", "Hi", "--max-tokens", "4", "--ctx-size", "256",
        "--events", "/dev/full", "--quiet", "--draft-max", "0", "--stats", stats,
    )  # fmt: skip
    one_line(done, "Cannot write /dev/full: No space left")
    assert done.stdout.strip()


# Numbers


@pytest.mark.parametrize(
    "option", ["--ctx-size", "--max-tokens", "--gpu-layers", "--thinking-budget", "--top-k"]
)
@pytest.mark.parametrize("number", ["4294967297", "9" * 5000, "1e3", "0x10", "", "½"])
def test_numbers_that_c_would_cut_short_are_bad_usage(
    capsys: pytest.CaptureFixture[str], option: str, number: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["generate", "--target", "x", "--prompt", "y", option, number])
    assert ended.value.code == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert f"argument {option}: " in last
    assert "is not " in last
    assert len(last) < 200


@pytest.mark.parametrize("place", [".", "", "/"])
def test_a_folder_is_called_by_its_name(home: Path, place: str) -> None:
    line = one_line(run("generate", "--target", place, "--prompt", "x"), "a folder, not a model file")
    assert line.startswith(f"slipstream: {place or '.'}: ")


def test_what_a_file_says_of_itself_is_nothing_a_terminal_obeys(home: Path, tmp_path: Path) -> None:
    """llama.cpp quotes the architecture."""
    model = tmp_path / "model.gguf"
    evil = with_tensors([pair("general.architecture", STR, "\x1b[2J" + "x" * 5000)], [("a", (32,), 0)])
    model.write_bytes(evil)
    for words in (["generate", "--target", model, "--prompt", "x"], ["models", "inspect", model]):
        done = run(*words)
        said = done.stdout + done.stderr
        assert "\x1b" not in said
        assert max(map(len, said.splitlines())) < 700


def test_failures_with_json_leave_standard_output_empty(home: Path, tmp_path: Path) -> None:
    for words in (["models", "inspect", tmp_path / "n"], ["models", "check", tmp_path / "n", tmp_path / "n"]):
        done = run(*words, "--json")
        one_line(done, "no such file")
        with pytest.raises(json.JSONDecodeError):
            json.loads(done.stdout)
