"""What is kept of a machine's measurements from one start to the next, and what is made of a file in any state."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from slipstream.core.costs import CostTable, PairRecord
from slipstream.core.habits import BINS, Habits
from slipstream.core.measurements import Measurements, model_key, this_machine


def learned(target: str = "t:1", draft: str = "d:2") -> PairRecord:
    """A record with something in each field."""
    record = PairRecord(target, draft, "CPU")
    for size in (1, 2, 4, 8):
        record.verify.add(100, size, 10.0 + size)
    record.draft_decode.add(100, 1, 2.5)
    record.plain_step.add(100, 1, 12.0)
    record.drafting_step.add(100, 1, 20.0)
    record.row_ms.add(0.25)
    record.draft_threads = 3
    habits = record.habits.setdefault("lossless:sampled", Habits())
    habits.drawn[2].add(0.75)
    habits.follows[4].add(BINS - 1)
    return record


def saved(path: Path, *records: PairRecord) -> dict[str, Any]:
    """The file's content after saving these."""
    measured = Measurements()
    for record in records:
        measured.put(record)
    measured.save(path)
    return json.loads(path.read_text())


def test_measurements_come_back(tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    saved(path, learned(), learned("other:1", ""))
    found = Measurements.load(path)
    assert found.problem == ""
    assert found.pairs == {("t:1", "d:2", "CPU"): learned(), ("other:1", "", "CPU"): learned("other:1", "")}


def test_a_pair_is_made_once() -> None:
    measured = Measurements()
    assert measured.pair("t", "d", "CPU") is measured.pair("t", "d", "CPU")
    assert measured.pair("t", "d", "CPU") is not measured.pair("t", "d", "CUDA")


def test_what_the_target_costs_is_shared_by_its_pairs_on_one_backend(tmp_path: Path) -> None:
    measured = Measurements()
    for size in (1, 2, 3, 4):
        measured.pair("t", "", "CPU").verify.add(0, size, 10.0 * size)
    measured.pair("t", "", "CPU").plain_step.add(0, 1, 50.0)
    paired = measured.pair("t", "d", "CPU")
    assert paired.is_measured
    assert paired.plain_tokens_per_second(100) == pytest.approx(20)
    assert paired.draft_decode == CostTable()
    assert not measured.pair("t", "d", "CUDA").is_measured
    assert not measured.pair("u", "", "CPU").is_measured
    measured.save(tmp_path / "m.json")
    again = Measurements.load(tmp_path / "m.json")
    again.pair("t", "d", "CPU").plain_step.add(0, 1, 50.0)
    assert again.pair("t", "", "CPU").plain_step.cells[0, 1].count == 2


def test_a_record_put_in_place_of_another_keeps_what_was_better_known() -> None:
    """A child process hands back copies; one that was made before others learned must not undo that."""
    measured = Measurements()
    mine = measured.pair("t", "d", "CPU")
    for _ in range(5):
        mine.plain_step.add(0, 1, 50.0)
    copy = PairRecord("t", "d", "CPU")
    copy.plain_step.add(0, 1, 80.0)
    measured.put(copy)
    assert measured.pair("t", "d", "CPU") is copy
    assert copy.plain_step.get(0, 1) == 50.0


def test_without_a_file_nothing_is_known_and_nothing_is_wrong(tmp_path: Path) -> None:
    assert Measurements.load(tmp_path / "none.json") == Measurements()


def test_what_another_machine_measured_says_nothing_here(tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    content = saved(path, learned())
    path.write_text(json.dumps(content | {"machine": this_machine() + " and a half"}))
    assert Measurements.load(path) == Measurements(problem="the saved measurements are of another machine")


@pytest.mark.parametrize("schema", [1, 99, None, "2"])
def test_another_version_is_told_apart_from_damage(tmp_path: Path, schema: object) -> None:
    path = tmp_path / "m.json"
    content = saved(path, learned())
    path.write_text(json.dumps(content | {"schema": schema}))
    assert Measurements.load(path) == Measurements(problem="the saved measurements are of another version")


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", "3", "null", "[" * 100_000, '{"schema": 2}', "\ud800"]
)
def test_a_file_that_is_no_measurements_is_left_aside(tmp_path: Path, content: str) -> None:
    path = tmp_path / "m.json"
    path.write_text(content, "utf-8", "surrogatepass")
    assert Measurements.load(path) == Measurements(problem="the saved measurements are damaged")


def test_a_file_cut_anywhere_is_left_aside(tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    saved(path, learned())
    whole = path.read_bytes()
    for length in range(0, len(whole), 61):
        path.write_bytes(whole[:length])
        assert Measurements.load(path) == Measurements(problem="the saved measurements are damaged")


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    assert Measurements.load(tmp_path).problem == "the saved measurements are damaged"


def edit(*where: str | int) -> Callable[[dict[str, Any], Any], None]:
    """Sets what lies at `where` in the first pair's row."""

    def put(row: dict[str, Any], value: Any) -> None:
        inner: Any = row
        for key in where[:-1]:
            inner = inner[key]
        inner[where[-1]] = value

    return put


COST = edit("verify", 0, 2)
COUNT = edit("verify", 0, 3)
HABIT = edit("habits", "lossless:sampled", "drawn", 0)


@pytest.mark.parametrize(
    ("put", "value"),
    [
        *((COST, value) for value in (float("nan"), float("inf"), -1.0, 0.0, 1e300, 1e7, "10", None, [])),
        *((COUNT, value) for value in (float("nan"), -1, 1e300, None, "many")),
        (edit("verify", 0, 0), float("inf")),  # a bucket
        *((edit("verify", 0, 0), value) for value in (-1, 1, 1e9)),  # no bucket's edge
        *((edit("verify", 0, 1), value) for value in (0, -3, float("nan"), 1e12)),  # a batch size
        (edit("verify", 0), [0, 1, 10.0]),  # too short
        (edit("verify"), 3),
        (edit("draft_decode", 0, 2), float("nan")),
        *((edit("row_ms", 0), value) for value in (float("nan"), -1.0, 1e300)),
        (edit("row_ms"), []),
        *((edit("draft_threads"), value) for value in ("two", float("inf"), [], 1e9, -2, 0)),
        (edit("habits"), []),
        (edit("habits", "lossless:sampled"), 3),
        *((HABIT, value) for value in ([float("nan"), 6], [2.0, 6], [-0.1, 6], [0.5, 0], [0.5, 1e300], [0.5], 1)),
        (edit("habits", "lossless:sampled", "matched"), [[0.5, 6]]),  # too few bins
        (edit("habits", "lossless:sampled", "follows"), []),
        (edit("habits", "lossless:sampled", "follows", 0), [0.0] * BINS),
        (edit("habits", "lossless:sampled", "follows", 0, 0), -1),
        (edit("habits", "lossless:sampled", "entries"), [1, 1]),
    ],
)  # fmt: skip
def test_nonsense_is_left_aside(
    tmp_path: Path, put: Callable[[dict[str, Any], Any], None], value: object
) -> None:
    path = tmp_path / "m.json"
    content = saved(path, learned())
    put(content["pairs"][0], value)
    path.write_text(json.dumps(content))
    assert Measurements.load(path) == Measurements(problem="the saved measurements are damaged")


@pytest.mark.parametrize(
    "field", ["target", "draft", "backend", "verify", "row_ms", "draft_threads", "habits"]
)
def test_a_row_that_lacks_a_field_is_left_aside(tmp_path: Path, field: str) -> None:
    path = tmp_path / "m.json"
    content = saved(path, learned())
    del content["pairs"][0][field]
    path.write_text(json.dumps(content))
    assert Measurements.load(path) == Measurements(problem="the saved measurements are damaged")


def test_a_model_is_named_by_its_file_and_size(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(b"12345")
    assert model_key(path) == "model.gguf:5"
