"""`slipstream export` through the real command: each form, whatever is meant, and what is refused."""

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from bench_samples import benchmark
from comparison_samples import make_comparison
from store_samples import ANSWER, BUILD, PAIR, REQUEST, make_finished

from slipstream.core.benchmark.rows import RowFile
from slipstream.core.reports.bench_pictures import BENCH_PLOTS
from slipstream.core.reports.pictures import PLOTS
from slipstream.store import Store

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """The home of a person with two conversations, of two answers and of one."""
    database = tmp_path / "home" / "data" / "slipstream.sqlite3"
    with Store.open(database) as store:
        for conversation, question in ((None, "One?"), (1, "And?"), (None, 'Two / "2" 🙂\n=1')):
            _, answer = store.begin_turn(conversation, question, REQUEST, PAIR, BUILD)
            assert answer.run is not None
            store.finish_answer(answer.run.id, make_finished(), ANSWER)
    return database


def read_table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def refused(done: subprocess.CompletedProcess[str], status: int, *words: str) -> None:
    """One clear line on stderr, nothing on stdout, no traceback."""
    assert done.returncode == status, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr
    if status == 1:
        assert len(done.stderr.splitlines()) == 1, done.stderr


def test_every_form_is_written_where_it_was_asked(slipstream: Command, kept: Path, tmp_path: Path) -> None:
    for format in ("json", "csv", "html"):
        out = tmp_path / f"out.{format}"
        done = slipstream("export", "--all", "--format", format, out)
        assert (done.returncode, done.stderr, done.stdout) == (0, "", f"{out}\n")
    assert len(json.loads((tmp_path / "out.json").read_text())["runs"]) == 3
    assert len(read_table(tmp_path / "out.csv")) == 3 * len(ANSWER)
    assert (tmp_path / "out.html").read_text().count("<figure>") == 3 * len(PLOTS)
    assert kept.exists()


def test_what_is_meant_is_what_is_written(slipstream: Command, kept: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    for which, expected in (
        (("--run", 2), ["2"]),
        (("--conversation", 1), ["1", "2"]),
        (("--all",), ["1", "2", "3"]),
    ):
        done = slipstream("export", *which, "--format", "csv", "--rows", "runs", out)
        assert done.returncode == 0, done.stderr
        assert [row["run"] for row in read_table(out)] == expected
    assert read_table(out)[2]["title"].startswith("Two / ")
    assert kept.exists()


@pytest.fixture
def benchmarked(kept: Path) -> Path:
    """The same, with two benchmarks."""
    with Store.open(kept) as store:
        store.keep_benchmark(benchmark({"code": [1.5] * 6}))
        store.keep_benchmark(benchmark({"open": [1.0] * 6}, uid="two"))
    return kept


def test_benchmarks_are_written_by_number_by_id_or_all(
    slipstream: Command, benchmarked: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    for name, expected in (("1", {"1"}), ("two", {"2"}), ("all", {"1", "2"})):
        done = slipstream("export", "--benchmark", name, "--format", "csv", out)
        assert (done.returncode, done.stderr, done.stdout) == (0, "", f"{out}\n")
        rows = read_table(out)
        assert {row["benchmark"] for row in rows} == expected
        assert len(rows) == 12 * len(expected)
    slipstream("export", "--benchmark", "1", "--format", "csv", "--rows", "steps", out)
    assert "icl_ms" in read_table(out)[0]
    slipstream("export", "--all", "--format", "json", out)
    data = json.loads(out.read_text())
    assert (len(data["runs"]), [each["benchmark"] for each in data["benchmarks"]]) == (3, [1, 2])
    done = slipstream("export", "--benchmark", "1", "--format", "svg", tmp_path / "plots")
    assert {file.name for file in (tmp_path / "plots").iterdir()} == {
        f"benchmark-1-{plot.name}.svg" for plot in BENCH_PLOTS
    }
    assert benchmarked.exists()


def test_a_benchmark_that_is_not_there_names_those_that_are(
    slipstream: Command, benchmarked: Path, tmp_path: Path
) -> None:
    done = slipstream("export", "--benchmark", "99", "--format", "json", tmp_path / "a.json")
    refused(done, 1, "There is no benchmark 99", "2 (Big.Q4_K_M with the draft Small)")
    assert benchmarked.exists()
    assert not (tmp_path / "a.json").exists()


def test_what_was_measured_while_a_window_was_open_is_found(
    slipstream: Command, kept: Path, tmp_path: Path
) -> None:
    whole = benchmark({"code": [1.5] * 3})
    with RowFile.open(kept.parent / "benchmarks" / "x.jsonl", whole.setup, whole.plan, resume=False) as rows:
        for row in whole.rows:
            rows.add(row)
    done = slipstream("export", "--benchmark", "all", "--format", "csv", tmp_path / "a.csv")
    assert done.returncode == 0, done.stderr
    assert len(read_table(tmp_path / "a.csv")) == 6


@pytest.mark.parametrize("format", ["svg", "png"])
def test_pictures_are_a_folder(slipstream: Command, kept: Path, tmp_path: Path, format: str) -> None:
    out = tmp_path / "plots"
    done = slipstream("export", "--run", 3, "--format", format, "--dark", out)
    assert (done.returncode, done.stderr, done.stdout) == (0, "", f"{out}\n")
    assert {file.name for file in out.iterdir()} == {f"run-3-{plot.name}.{format}" for plot in PLOTS}
    start = b"\x89PNG" if format == "png" else b"<svg"
    assert all(file.read_bytes().startswith(start) for file in out.iterdir())
    assert kept.exists()


def test_without_a_window_ever_opened_there_is_nothing(slipstream: Command, tmp_path: Path) -> None:
    refused(slipstream("export", "--all", "--format", "json", tmp_path / "a.json"), 1, "Nothing is kept in")
    assert not (tmp_path / "a.json").exists()
    assert not (tmp_path / "home" / "data").exists()


def test_what_is_not_there_is_said(slipstream: Command, kept: Path, tmp_path: Path) -> None:
    for which in ("--run", "--conversation"):
        done = slipstream("export", which, 99, "--format", "html", tmp_path / "a.html")
        refused(done, 1, "There is no", "99")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["home"]
    assert kept.exists()


def test_while_a_window_is_open_it_says_where_to_export(
    slipstream: Command, kept: Path, tmp_path: Path
) -> None:
    with Store.open(kept):
        done = slipstream("export", "--all", "--format", "json", tmp_path / "a.json")
        refused(done, 1, "Another Slipstream has these conversations open", "Export from its window")
    assert not (tmp_path / "a.json").exists()


def test_a_place_that_cannot_be_written_is_one_line(slipstream: Command, kept: Path, tmp_path: Path) -> None:
    refused(slipstream("export", "--all", "--format", "json", tmp_path), 1, "cannot be written")
    if Path("/dev/full").exists():
        refused(slipstream("export", "--all", "--format", "csv", "/dev/full"), 1, "No space left on device")
        assert Path("/dev/full").is_char_device()
    assert kept.exists()


def test_a_pipe_gets_the_file_and_nothing_else(slipstream: Command, kept: Path) -> None:
    if not Path("/dev/stdout").exists():
        pytest.skip("no /dev/stdout here")
    done = slipstream("export", "--all", "--format", "json", "/dev/stdout")
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["runs"]) == 3
    assert kept.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--format", "csv", "out"],
        ["--all", "--run", "1", "--format", "csv", "out"],
        ["--all", "--benchmark", "1", "--format", "csv", "out"],
        ["--all", "--format", "xml", "out"],
        ["--all", "--format", "csv"],
        ["--run", "x", "--format", "csv", "out"],
        ["--run", "0", "--format", "csv", "out"],
        ["--run", "9" * 30, "--format", "csv", "out"],
        ["--all", "--format", "json", "--rows", "runs", "out"],
        ["--all", "--format", "html", "--dark", "out"],
    ],
)
def test_bad_usage_is_status_2(slipstream: Command, arguments: list[str]) -> None:
    refused(slipstream("export", *arguments), 2)


def test_a_comparison_is_written_by_its_id(slipstream: Command, kept: Path, tmp_path: Path) -> None:
    with Store.open(kept) as store:
        number = store.keep_comparison(make_comparison(prompt="Compare these"))
    out = tmp_path / "out.json"
    done = slipstream("export", "--all", "--format", "json", out)
    assert done.returncode == 0, done.stderr
    (listed,) = json.loads(out.read_text())["comparisons"]
    assert (listed["comparison"], listed["prompt"]) == (number, None)
    page = tmp_path / "out.html"
    done = slipstream("export", "--comparison", number, "--format", "html", page)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Compare these" in page.read_text()
    table = tmp_path / "out.csv"
    for which in (("--comparison", number), ("--all", "--rows", "segments")):
        done = slipstream("export", *which, "--format", "csv", table)
        assert (done.returncode, done.stderr) == (0, "")
        assert len(read_table(table)) == 33
    done = slipstream("export", "--comparison", number, "--format", "svg", tmp_path / "plots")
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "plots").iterdir())) == 2


def test_a_comparison_that_is_not_there_or_asked_for_oddly_is_refused(
    slipstream: Command, kept: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    refused(slipstream("export", "--comparison", 9, "--format", "json", out), 1, "There is no comparison 9")
    odd = slipstream("export", "--comparison", 9, "--format", "csv", "--rows", "steps", out)
    refused(odd, 2, "rows of segments")
    assert not out.exists()
    assert kept.exists()
