"""The hub from the command line: search, files, download, as a process of its own."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "models"))  # its helpers, when only these tests run

from hub_models import FILE, MB, PARTS, REPO, model, split_model
from hub_server import COMMIT, HubServer, Mode, Repo, dead_endpoint, hub_server

from slipstream.cli.arguments import parse
from slipstream.cli.hub import progress_text
from slipstream.core.errors import HubBusyError
from slipstream.models.download_progress import DownloadProgress, Stage

pytestmark = pytest.mark.usefixtures("clean_hub")
Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    small = Repo(
        "acme/Small-GGUF", {"s-Q8_0.gguf": b""}, fields={"gated": "auto", "likes": 7, "downloads": 42}
    )
    with hub_server(Repo(REPO, {FILE: model(), **split_model(), "mmproj.gguf": model(MB)}), small) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.endpoint)
        yield server


def refused(done: subprocess.CompletedProcess[str], status: int, *words: str) -> None:
    """One clear line on stderr, nothing on stdout."""
    assert done.returncode == status, done.stderr
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert done.stderr.startswith("slipstream: ") or status == 2
    for word in words:
        assert word in done.stderr


def test_search_prints_a_table(slipstream: Command, server: HubServer) -> None:
    done = slipstream("models", "search", "gguf")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "acme/Model-GGUF  1.50 B  llama  1000 downloads  10 likes  2026-05-04\n"
        "acme/Small-GGUF  1.50 B  llama    42 downloads   7 likes  2026-05-04  gated\n"
    )


def test_search_gives_json_and_takes_filters(slipstream: Command, server: HubServer) -> None:
    done = slipstream(
        *("models", "search", "gguf", "--json", "--sort", "likes", "--limit", "1"),
        *("--architecture", "llama", "--parameters", "1B-2.5B"),
    )
    found = json.loads(done.stdout)
    assert found["schema"] == 1
    (row,) = found["models"]
    assert (row["repo"], row["parameters"], row["updated"]) == (
        REPO,
        1_500_000_000,
        "2026-05-04T03:02:01+00:00",
    )
    assert server.requests[-1].query["sort"] == ["likes"]
    done = slipstream("models", "search", "gguf", "--parameters=-1B")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Nothing found.\n")


def test_files_are_listed_with_their_sizes(slipstream: Command, server: HubServer) -> None:
    done = slipstream("models", "files", REPO)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "acme/Model-GGUF, 1.50 B, llama, 4096 tokens, apache-2.0\n"
        f"Q8_0    3.0 MB  {PARTS[0]}  3 parts\n"
        f"Q4_K_M  5.0 MB  {FILE}\n"
        f"        1.0 MB  mmproj.gguf{' ' * 35}projector\n"
    )
    found = json.loads(slipstream("models", "files", REPO, "--json").stdout)
    assert (found["schema"], found["repo"], found["commit"]) == (1, REPO, COMMIT)
    assert [variant["quantization"] for variant in found["variants"]] == ["Q8_0", "Q4_K_M", None]
    assert found["variants"][1]["files"][0]["checksum"]["algorithm"] == "sha256"


def test_a_file_is_inspected_before_it_is_downloaded(slipstream: Command, server: HubServer) -> None:
    done = slipstream("models", "files", REPO, "Q4_K_M")
    assert done.returncode == 0, done.stderr
    assert "Architecture     llama" in done.stdout
    told = json.loads(slipstream("models", "files", REPO, FILE, "--json").stdout)
    assert (told["name"], told["parameters"]) == ("Tiny", 32 * 14 + 512 + 96)
    assert server.sent <= 2 * MB


def test_download_says_where_the_model_is(slipstream: Command, server: HubServer, tmp_path: Path) -> None:
    done = slipstream("models", "download", REPO, FILE)
    place = tmp_path / "home" / "data" / "models" / REPO / FILE
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{place}\n", "")
    assert place.read_bytes() == model()
    again = slipstream("models", "download", REPO, FILE, "--json")
    told = json.loads(again.stdout)
    assert (told["schema"], told["repo"], told["commit"], told["fetched"]) == (1, REPO, COMMIT, 0)
    assert [file["place"] for file in told["files"]] == [str(place)]


def test_download_takes_a_quantization_and_a_folder(
    slipstream: Command, server: HubServer, tmp_path: Path
) -> None:
    done = slipstream("models", "download", REPO, "q8_0", "--folder", tmp_path / "elsewhere")
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{tmp_path / 'elsewhere' / REPO / PARTS[0]}\n"
    assert all((tmp_path / "elsewhere" / REPO / part).is_file() for part in PARTS)


def test_what_the_repository_lacks_is_told_with_what_it_has(slipstream: Command, server: HubServer) -> None:
    refused(
        slipstream("models", "download", REPO, "Q2_K"),
        1,
        "acme/Model-GGUF has no Q2_K",
        "Q8_0 (3.0 MB), Q4_K_M (5.0 MB)",
    )


@pytest.mark.parametrize(
    ("arguments", "status", "word"),
    [
        (("search", "x"), 1, "cannot be reached"),
        (("download", "a/b", "Q4_0"), 1, "cannot be reached"),
        (("download", "../evil", "x.gguf"), 2, "not the name of a repository"),
    ],
)
def test_a_dead_hub_is_one_line(
    slipstream: Command, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], status: int, word: str
) -> None:
    with dead_endpoint() as endpoint:
        monkeypatch.setenv("HF_ENDPOINT", endpoint)
        refused(slipstream("models", *arguments), status, word)


@pytest.mark.parametrize(
    "mode", [Mode(html=True), Mode(status=403, error_code="GatedRepo"), Mode(status=503)]
)
def test_a_hub_in_trouble_is_one_line(slipstream: Command, server: HubServer, mode: Mode) -> None:
    server.mode = mode
    refused(slipstream("models", "files", REPO), 1)


def test_a_corrupt_download_is_one_line(slipstream: Command, server: HubServer, tmp_path: Path) -> None:
    server.mode = Mode(corrupt_at=MB)
    refused(slipstream("models", "download", REPO, FILE), 1, "damaged on the way")
    assert not (tmp_path / "home" / "data" / "models" / REPO / FILE).exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["search"],
        ["search", "x", "--limit", "0"],
        ["search", "x", "--limit", "many"],
        ["search", "x", "--parameters", "9B-1B"],
        ["search", "x", "--parameters", "big"],
        ["search", "x", "--parameters", "1X-2B"],
        ["search", "x", "--sort", "size"],
        ["files"],
        ["download", "a/b"],
    ],
)
def test_bad_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["models", *arguments])
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert "usage: slipstream models" in told
    assert "_limit" not in told  # no names of ours


@pytest.mark.parametrize(
    ("text", "range"),
    [
        ("1B-8B", (10**9, 8 * 10**9)),
        ("1.5b-", (1_500_000_000, None)),
        ("-500M", (None, 500 * 10**6)),
        ("0-7b", (0, 7 * 10**9)),
        ("135000000-1t", (135_000_000, 10**12)),
    ],
)
def test_a_range_of_parameters(text: str, range: tuple[int | None, int | None]) -> None:
    assert parse(["models", "search", "x", f"--parameters={text}"]).parameters == range


@pytest.mark.parametrize("action", ["search", "files", "download"])
def test_help(action: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["models", action, "--help"])
    assert ended.value.code == 0
    assert f"usage: slipstream models {action}" in capsys.readouterr().out


GB = 10**9
BUSY = HubBusyError("The hub has trouble", "")


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (
            DownloadProgress(Stage.CHECKING, GB, 5 * GB),
            "m.gguf  1.0 GB of 5.0 GB, 20%, checking what is here",
        ),
        (DownloadProgress(Stage.CONNECTING, 0, 5 * GB), "m.gguf  0 bytes of 5.0 GB, 0%"),
        (
            DownloadProgress(Stage.DOWNLOADING, GB, 5 * GB, 23.1e6, 173.0),
            "m.gguf  1.0 GB of 5.0 GB, 20%, 23.1 MB/s, 3 min left",
        ),
        (
            DownloadProgress(Stage.DOWNLOADING, GB, 5 * GB, 1e5, 40_000),
            "m.gguf  1.0 GB of 5.0 GB, 20%, 100 kB/s, 11 h 07 min left",
        ),
        (
            DownloadProgress(Stage.DOWNLOADING, GB, 5 * GB, 9e7, 44.4),
            "m.gguf  1.0 GB of 5.0 GB, 20%, 90.0 MB/s, 44 s left",
        ),
        (
            DownloadProgress(Stage.WAITING, GB, 5 * GB, trouble=BUSY, retry_in=4.0),
            "m.gguf  1.0 GB of 5.0 GB, 20%, The hub has trouble; next try in 4 s",
        ),
    ],
)
def test_progress_in_words(told: DownloadProgress, text: str) -> None:
    assert progress_text("m.gguf", told) == text
