"""JSON: as its schema says, and read back equal."""

import io
import json
from dataclasses import fields, replace
from typing import Any

from json_schema import problems
from report_samples import NOON, PLAIN, SLY, make_run, make_steps

from slipstream.core.chat import GenerateRequest
from slipstream.core.events import PairLoaded
from slipstream.core.metrics import StepRecord, measure
from slipstream.core.metrics_json import metrics_json
from slipstream.core.paths import resources_dir
from slipstream.core.reports.json_form import JsonReport
from slipstream.core.reports.records import RunEnd
from slipstream.core.transfer.codec import read

SCHEMA = json.loads((resources_dir() / "statistics.schema.json").read_text("utf-8"))


def written(*runs) -> str:
    file = io.StringIO(newline="")
    writer = JsonReport(file, NOON)
    writer.begin("")
    for run, steps in runs:
        assert writer.run(run)
        for step in steps:
            writer.step(step)
        writer.end_run()
    writer.end()
    return file.getvalue()


def loaded(*runs) -> dict[str, Any]:
    data = json.loads(written(*runs))
    assert problems(data, SCHEMA) == []
    assert isinstance(data, dict)
    return data


def test_nothing_is_still_a_whole_file() -> None:
    assert loaded()["runs"] == []


def test_it_reads_back_equal() -> None:
    steps, plain = make_steps(70), make_steps(20, drafting=False)
    first, second = make_run(1, steps), make_run(2, plain, request=PLAIN)
    data = loaded((first, steps), (second, plain))
    for read_run, run, own in zip(data["runs"], (first, second), (steps, plain), strict=True):
        table = read_run["steps"]
        records = [read(StepRecord, dict(zip(table["columns"], row, strict=True))) for row in table["rows"]]
        assert records == [step.record for step in own]
        assert [row[-1] for row in table["rows"]] == [step.note for step in own]
        assert read(PairLoaded, read_run["pair"]) == run.pair
        assert read(GenerateRequest, read_run["request"]) == run.request
        assert run.stats is not None
        assert read_run["figures"] == json.loads(json.dumps(metrics_json(run.stats.metrics)))
        assert read_run["figures"] == json.loads(json.dumps(metrics_json(measure(records))))
        assert set(read_run["phases"]) == set(run.stats.phases)
        assert read_run["created"] == run.created.isoformat()


def test_of_a_run_that_did_not_end_the_steps_are_added_up() -> None:
    steps = make_steps(30)
    for end in (RunEnd.INTERRUPTED, RunEnd.RUNNING):
        (run,) = loaded((make_run(1, steps, end=end), steps))["runs"]
        assert run["state"] == end
        assert run["figures"] == json.loads(json.dumps(metrics_json(measure([s.record for s in steps]))))
        assert run["stop_reason"] is None
        assert run["ttft_ms"] == steps[0].record.t_ms


def test_a_run_without_a_step() -> None:
    (run,) = loaded((make_run(1, [], end=RunEnd.RUNNING), []))["runs"]
    assert run["steps"]["rows"] == []
    assert run["figures"]["tokens_per_second"] is None


def test_names_of_every_kind_survive_and_no_more_than_the_title_is_said() -> None:
    steps = make_steps(3)
    run = make_run(1, steps, title=SLY)
    run = replace(run, request=replace(run.request, raw="secret"))
    text = written((run, steps))
    assert "secret" not in text
    text.encode()  # what UTF-8 cannot hold is escaped
    assert json.loads(text)["runs"][0]["conversation"] == {"id": 1, "title": SLY}
    outside = replace(run, conversation=None, message=None)
    assert loaded((outside, steps))["runs"][0]["conversation"] is None


def test_a_line_a_step() -> None:
    steps = make_steps(9)
    text = written((make_run(1, steps), steps))
    assert sum(line.startswith("[") for line in text.splitlines()) == len(steps)


def test_the_schema_names_the_columns_that_there_are() -> None:
    columns = SCHEMA["$defs"]["run"]["properties"]["steps"]["properties"]["columns"]["const"]
    assert columns == [*(field.name for field in fields(StepRecord)), "note"]
    assert len(SCHEMA["$defs"]["step"]["prefixItems"]) == len(columns)


def test_the_check_of_the_schema_finds_what_is_wrong() -> None:
    steps = make_steps(5)
    data = loaded((make_run(1, steps), steps))
    run = data["runs"][0]
    for spoil in (
        lambda: run.update(run="one"),
        lambda: run["figures"].update(acceptance_rate=1.5),
        lambda: run["steps"]["rows"][0].pop(),  # noqa: PLW0108  # another list each time
        lambda: run.update(state="unknown"),
        lambda: run["phases"].update(other={}),
        lambda: run.pop("seed"),
    ):
        before = json.dumps(run)
        spoil()
        assert problems(data, SCHEMA)
        run.clear()
        run.update(json.loads(before))
    assert problems(data, SCHEMA) == []
