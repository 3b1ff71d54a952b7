"""Records in a file that grows: what a kill, another process or another setup does to it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from bench_samples import SETUP, benchmark, pair, prompts

from slipstream.core.benchmark.plan import BenchPlan
from slipstream.core.benchmark.record import BenchSkip
from slipstream.core.benchmark.report import benchmark_json
from slipstream.core.benchmark.rows import RowFile, read_rows, row_from_json, row_to_json
from slipstream.core.benchmark.setup import differences
from slipstream.core.errors import AppError

ASKED = prompts(3)
PLAN = BenchPlan(tuple(ASKED))


def test_rows_come_back_as_they_were() -> None:
    row = pair(ASKED[0], 1.7)
    assert row_from_json(row_to_json(row)) == row
    skip = BenchSkip("a", "b", "code", 0, "too long: “quotes”\nand lines")
    assert row_from_json(row_to_json(skip)) == skip
    assert "\n" not in row_to_json(skip)
    for odd in ("{}", "[]", '{"pair": 3}', '{"skip": {"prompt": 1}}', "x"):
        with pytest.raises(ValueError):  # noqa: PT011  # whatever of it
            row_from_json(odd)


def test_what_was_measured_is_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "rows.jsonl"
    with RowFile.open(path, SETUP, PLAN, resume=False) as file:
        file.add(pair(ASKED[0], 1.5))
        uid = file.benchmark.uid
    with RowFile.open(path, SETUP, PLAN, resume=True) as file:
        assert file.benchmark.uid == uid
        assert [row.prompt for row in file.benchmark.rows] == ["code/0"]
        assert file.benchmark.left == 2
        file.add(pair(ASKED[2], 1.5))
    found = read_rows(path)
    assert found is not None
    assert [row.prompt for row in found.rows] == ["code/0", "code/2"]
    assert not found.is_complete


def test_without_resume_it_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    with RowFile.open(path, SETUP, PLAN, resume=False) as file:
        file.add(pair(ASKED[0], 1.5))
        uid = file.benchmark.uid
    with RowFile.open(path, SETUP, PLAN, resume=False) as file:
        assert file.benchmark.rows == ()
        assert file.benchmark.uid != uid
    assert len(path.read_text("utf-8").splitlines()) == 1


def test_a_last_line_that_was_cut_off_counts_as_never_written(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    with RowFile.open(path, SETUP, PLAN, resume=False) as file:
        file.add(pair(ASKED[0], 1.5))
        file.add(pair(ASKED[1], 1.5))
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    with RowFile.open(path, SETUP, PLAN, resume=True) as file:
        assert [row.prompt for row in file.benchmark.rows] == ["code/0"]
        file.add(pair(ASKED[1], 2.0))
    found = read_rows(path)
    assert found is not None
    assert [row.prompt for row in found.rows] == ["code/0", "code/1"]


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff\n", b"{}\n", b'{"benchmark": {"schema": 99}}\n', b"[[[[\n"]
)
def test_a_file_that_is_none_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(content)
    assert read_rows(path) is None
    with RowFile.open(path, SETUP, PLAN, resume=True) as file:
        file.add(pair(ASKED[0], 1.5))
    found = read_rows(path)
    assert found is not None
    assert len(found.rows) == 1


def test_a_damaged_line_costs_itself_only(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    with RowFile.open(path, SETUP, PLAN, resume=False) as file:
        for prompt in ASKED:
            file.add(pair(prompt, 1.5))
    lines = path.read_bytes().splitlines(keepends=True)
    lines[2] = b"damaged\n"
    path.write_bytes(b"".join(lines))
    found = read_rows(path)
    assert found is not None
    assert [row.prompt for row in found.rows] == ["code/0", "code/2"]


def test_another_setup_and_other_prompts_are_not_mixed_in(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    with RowFile.open(path, SETUP, PLAN, resume=False) as file:
        file.add(pair(ASKED[0], 1.5))
    more = BenchPlan((*ASKED[:1], *prompts(1, "math")), repeats=2)
    with RowFile.open(path, SETUP, more, resume=True) as file:
        assert file.benchmark.left == 3
    with RowFile.open(path, SETUP, BenchPlan(tuple(prompts(1, "math"))), resume=True) as file:
        assert file.benchmark.rows == ()
    with RowFile.open(path, replace(SETUP, threads=4), PLAN, resume=True) as file:
        assert file.benchmark.rows == ()


def test_two_at_once_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    with RowFile.open(path, SETUP, PLAN, resume=False) as file:
        file.add(pair(ASKED[0], 1.5))
        with pytest.raises(AppError, match="already being measured"):
            RowFile.open(path, SETUP, PLAN, resume=False)
    found = read_rows(path)
    assert found is not None
    assert len(found.rows) == 1


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AppError, match="cannot be kept"):
        RowFile.open(tmp_path / "file" / "rows.jsonl", SETUP, PLAN, resume=False)


def test_everything_that_matters_tells_setups_apart() -> None:
    other = replace(SETUP, threads=4, max_tokens=65)
    assert differences(SETUP, other) == ["max tokens", "threads"]
    assert SETUP.digest != other.digest
    assert SETUP.digest == replace(SETUP).digest
    hashes = replace(SETUP, target=replace(SETUP.target, sha256="c" * 64))
    assert hashes.digest != SETUP.digest
    assert hashes.pair_key != SETUP.pair_key


def test_a_setup_asks_again_as_it_asked() -> None:
    request = replace(SETUP, system="Be brief", stop=("x",), raw=False).request()
    assert request.messages[0].content == "Be brief"
    assert (request.stop, request.seed, request.max_tokens, request.raw) == (("x",), 1, 64, None)
    assert replace(SETUP, raw=True).request().raw == ""


def test_the_json_has_figures_setup_and_rows() -> None:
    made = benchmark({"code": [2.0] * 6, "math": [0.5] * 6})
    data = json.loads(json.dumps(benchmark_json(made)))
    assert (data["schema"], data["complete"], data["prompts"], data["repeats"]) == (1, True, 12, 1)
    assert [kind["kind"] for kind in data["kinds"]] == ["code", "math"]
    code = data["kinds"][0]
    assert code["speedup"]["decode"]["ratio"] == pytest.approx(2.0)
    assert code["speedup"]["decode"]["verdict"] == "faster"
    assert code["tokens_per_second"] == {"drafting": pytest.approx(40.0), "plain": pytest.approx(20.0)}
    assert set(code["icl_ms"]["drafting"]) == {"p50", "p95", "p99", "max", "stalls", "jitter"}
    assert data["overall"]["kind"] == "all"
    assert len(data["rows"]) == 12
    assert data["rows"][0]["drafting"]["ttft_ms"] == 100.0
    assert data["setup"]["digest"] == SETUP.digest
    assert data["setup"]["target"]["sha256"] == "a" * 64


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_said_and_nothing_else_is_raised() -> None:
    with (
        pytest.raises(AppError, match="No space left"),
        RowFile(Path("/dev/full"), benchmark({"code": [1.0]}), Path("/dev/full").open("wb")) as file,
    ):
        file.add(pair(ASKED[0], 1.5))
