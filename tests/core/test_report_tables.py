"""CSV: as RFC 4180 has it, read back as it was, and nothing in it that a spreadsheet would run."""

import csv
import io
from dataclasses import replace
from itertools import pairwise

import pytest
from report_samples import DRAFTING, PLAIN, SLY, make_run, make_steps

from slipstream.core.metrics import Metrics, Phase, measure
from slipstream.core.reports.records import RunEnd
from slipstream.core.reports.tables import RUN_COLUMNS, STEP_COLUMNS, RunTable, StepTable, cell


def rows(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def table(kind: type[RunTable] | type[StepTable], *runs) -> str:
    file = io.StringIO(newline="")
    writer = kind(file)
    writer.begin("")
    for run, steps in runs:
        if writer.run(run):
            for step in steps:
                writer.step(step)
        writer.end_run()
    writer.end()
    return file.getvalue()


def test_steps_read_back_as_they_were() -> None:
    steps = make_steps(50)
    read = rows(table(StepTable, (make_run(3, steps), steps)))
    assert len(read) == len(steps)
    for row, step in zip(read, steps, strict=True):
        record = step.record
        assert (row["run"], row["conversation"], row["note"]) == ("3", "1", step.note)
        assert int(row["step"]) == record.index
        assert (row["phase"], row["drafter"], row["rule"]) == (record.phase, record.drafter, record.rule)
        assert [int(row[name]) for name in ("position", "limit", "accepted")] == [
            record.position, record.limit, record.accepted,
        ]  # fmt: skip
        assert [int(row[name]) for name in ("drafted", "emitted")] == [
            len(record.drafted), len(record.emitted),
        ]  # fmt: skip
        for name in ("draft_ms", "verify_ms", "sample_ms", "other_ms", "t_ms", "refused"):
            assert float(row[name]) == getattr(record, name)
        assert row["stop_reason"] == (record.stop_reason or "")


def test_the_gaps_are_those_that_are_measured() -> None:
    steps = make_steps(80)
    read = rows(table(StepTable, (make_run(1, steps), steps), (make_run(2, steps), steps)))
    assert [row["icl_ms"] for row in read if row["step"] == "1"] == ["", ""]
    gaps = [float(row["icl_ms"]) for row in read[1:80]]
    assert gaps == [b.record.t_ms - a.record.t_ms for a, b in pairwise(steps)]
    assert max(gaps) == measure([step.record for step in steps]).icl.max


def test_runs_read_back_as_they_were() -> None:
    steps, plain = make_steps(60), make_steps(30, drafting=False)
    first, second = make_run(1, steps), make_run(2, plain, request=PLAIN)
    read = rows(table(RunTable, (first, steps), (second, plain)))
    assert [row["run"] for row in read] == ["1", "2"]
    for row, run in zip(read, (first, second), strict=True):
        assert run.stats is not None
        metrics: Metrics = run.stats.metrics
        assert [int(row[name]) for name in ("steps", "emitted", "drafted", "accepted", "stalls")] == [
            metrics.steps, metrics.emitted, metrics.drafted, metrics.accepted, metrics.icl.stalls,
        ]  # fmt: skip
        assert float(row["tokens_per_second"]) == metrics.tokens_per_second
        assert float(row["icl_p95_ms"]) == metrics.icl.p95
        assert float(row["acceptance_length"]) == metrics.acceptance_length
        assert int(row["think_tokens"]) == run.stats.phases[Phase.THINK].emitted
        assert row["created"] == run.created.isoformat()
        assert (row["seed"], row["ctx_size"], row["state"]) == ("7", "4096", "finished")
    assert float(read[0]["acceptance_rate"]) == first.stats.metrics.acceptance_rate  # type: ignore[union-attr]
    assert (read[1]["acceptance_rate"], read[1]["draft"], read[1]["drafting"]) == ("", "", "none")
    assert (read[0]["draft"], read[0]["draft_max"]) == ("Qwen2.5-0.5B-Q8_0.gguf", "4")


def test_a_run_that_did_not_end_has_the_figures_of_its_steps() -> None:
    steps = make_steps(40)
    run = make_run(1, steps, end=RunEnd.INTERRUPTED)
    (row,) = rows(table(RunTable, (run, steps)))
    metrics = measure([step.record for step in steps])
    assert row["state"] == "interrupted"
    assert row["interruption"] == "the engine stopped"
    assert float(row["tokens_per_second"]) == metrics.tokens_per_second
    assert float(row["ttft_ms"]) == steps[0].record.t_ms
    assert row["prompt_tokens"] == ""


def test_lines_end_and_quotes_are_as_in_the_rfc() -> None:
    steps = make_steps(3)
    run = make_run(1, steps, title='a "b"\nc, d')
    text = table(RunTable, (run, steps))
    assert text.count("\r\n") == 2
    assert '"a ""b""\nc, d"' in text
    assert rows(text)[0]["title"] == 'a "b"\nc, d'


def test_every_row_has_every_column() -> None:
    steps = make_steps(5)
    for kind, columns in ((RunTable, RUN_COLUMNS), (StepTable, STEP_COLUMNS)):
        read = csv.reader(io.StringIO(table(kind, (make_run(1, steps), steps)), newline=""))
        assert {len(row) for row in read} == {len(columns)}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "  ="])
def test_text_that_a_spreadsheet_would_run_is_shown_instead(start: str) -> None:
    assert cell(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"
    steps = make_steps(3)
    (row,) = rows(table(RunTable, (make_run(1, steps, title=f"{start}1"), steps)))
    assert row["title"] == f"'{start}1"


def test_numbers_stay_numbers_and_text_stays_text() -> None:
    assert [cell(value) for value in (-1.5, 7, None, True, False, "a=b", "")] == [
        "-1.5", "7", "", "true", "false", "a=b", "",
    ]  # fmt: skip


def test_names_of_every_kind_go_into_a_file_of_utf_8() -> None:
    steps = make_steps(3)
    pair = replace(
        make_run(1, steps).pair, target=replace(make_run(1, steps).pair.target, path="/m/=R1 \udcff🙂.gguf")
    )
    text = table(RunTable, (make_run(1, steps, title=SLY, request=DRAFTING, pair=pair), steps))
    (row,) = rows(text.encode().decode())
    assert row["title"] == SLY.replace("\ud800", "\ufffd")
    assert row["target"] == "'=R1 \ufffd🙂.gguf"


def test_a_step_without_a_token_has_no_gap() -> None:
    steps = make_steps(4)
    empty = replace(steps[2], record=replace(steps[2].record, emitted=(), accepted=0))
    read = rows(table(StepTable, (make_run(1, steps), [*steps[:2], empty, steps[3]])))
    assert read[2]["icl_ms"] == ""
    records = [step.record for step in (*steps[:2], empty, steps[3])]
    gaps = [float(row["icl_ms"]) for row in read if row["icl_ms"]]
    assert max(gaps) == measure(records).icl.max
