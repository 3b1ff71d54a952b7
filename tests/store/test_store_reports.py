"""Reports read back equal to the store, of whatever was meant, also while an answer is being written."""

import csv
import io
import json
from pathlib import Path

import pytest
from store_samples import ANSWER, BUILD, LONE, PAIR, REQUEST, make_finished, make_step

from slipstream.core.errors import StoreError
from slipstream.core.metrics import StepRecord
from slipstream.core.metrics_json import metrics_json
from slipstream.core.reports import Report, ReportForm, Scope, ScopeKind
from slipstream.core.reports.records import RunEnd
from slipstream.core.transfer.codec import read
from slipstream.store import Store
from slipstream.store import reports as reports_module

ALL = Scope(ScopeKind.ALL)


def answered(
    store: Store, question: str = "Six times seven?", conversation: int | None = None
) -> tuple[int, int, int]:
    """A finished answer; the ids of its conversation, message and run."""
    user, answer = store.begin_turn(conversation, question, REQUEST, PAIR, BUILD)
    assert answer.run is not None
    store.append_steps(answer.run.id, ANSWER[:2])
    store.finish_answer(answer.run.id, make_finished(), ANSWER[2:])
    return user.conversation_id, answer.id, answer.run.id


def exported(store: Store, path: Path, form: ReportForm, scope: Scope = ALL) -> str:
    for _ in Report(scope, form, path).write(store, store._now()):
        pass
    return path.read_text("utf-8-sig")


def test_json_is_what_the_store_has(store: Store, tmp_path: Path) -> None:
    ids = [answered(store), answered(store, "Again?")]
    data = json.loads(exported(store, tmp_path / "a.json", ReportForm.JSON))
    assert [run["run"] for run in data["runs"]] == [run for _, _, run in ids]
    for exported_run, (conversation, message, run_id) in zip(data["runs"], ids, strict=True):
        kept, steps = store.run(run_id), store.run_steps(run_id)
        table = exported_run["steps"]
        records = [read(StepRecord, dict(zip(table["columns"], row, strict=True))) for row in table["rows"]]
        assert records == [step.record for step in steps]
        assert kept.stats is not None
        assert exported_run["figures"] == json.loads(json.dumps(metrics_json(kept.stats.metrics)))
        assert exported_run["seed"] == kept.stats.seed == 2**64 - 1
        assert exported_run["conversation"]["id"] == conversation
        assert exported_run["message"] == message
        assert exported_run["pair"]["target"]["path"] == PAIR.target.path
    assert "Let me see" not in json.dumps(data)  # what was said


def test_tables_are_what_the_store_has(store: Store, tmp_path: Path) -> None:
    _, _, run_id = answered(store)
    rows = list(csv.DictReader(io.StringIO(exported(store, tmp_path / "a.csv", ReportForm.STEPS))))
    records = [step.record for step in store.run_steps(run_id)]
    assert [float(row["t_ms"]) for row in rows] == [record.t_ms for record in records]
    assert [int(row["accepted"]) for row in rows] == [record.accepted for record in records]
    (row,) = csv.DictReader(io.StringIO(exported(store, tmp_path / "b.csv", ReportForm.RUNS)))
    kept = store.run(run_id)
    assert kept.stats is not None
    assert float(row["tokens_per_second"]) == kept.stats.metrics.tokens_per_second
    assert int(row["seed"]) == kept.stats.seed


def test_scopes_mean_what_they_say(store: Store) -> None:
    first, message, run = answered(store)
    second, _, other = answered(store, "Another?")
    _, _, more = answered(store, "And more?", first)
    ids = store.report_runs
    assert ids(ALL) == [run, other, more]
    assert ids(Scope(ScopeKind.CONVERSATION, first)) == [run, more]
    assert ids(Scope(ScopeKind.ANSWER, message)) == [run]
    assert ids(Scope(ScopeKind.RUN, other)) == [other]
    store.delete_conversation(second)
    assert ids(ALL) == [run, more]
    assert ids(Scope(ScopeKind.CONVERSATION, second)) == [other]
    store.remove_message(message)
    assert ids(ALL) == []


def test_an_answer_that_was_gone_on_with_has_several_runs(store: Store) -> None:
    _, message, run = answered(store)
    further = store.continue_answer(message, REQUEST, LONE, BUILD)
    assert further.run is not None
    assert store.report_runs(Scope(ScopeKind.ANSWER, message)) == [run, further.run.id]


@pytest.mark.parametrize("kind", [ScopeKind.CONVERSATION, ScopeKind.ANSWER, ScopeKind.RUN])
def test_what_is_not_there_is_said(store: Store, tmp_path: Path, kind: ScopeKind) -> None:
    path = tmp_path / "a.json"
    with pytest.raises(StoreError, match=r"There is no (conversation|message|run) 99"):
        exported(store, path, ReportForm.JSON, Scope(kind, 99))
    assert not path.exists()


def test_an_empty_conversation_is_an_empty_report(store: Store, tmp_path: Path) -> None:
    made = store.create_conversation('Empty / "names" 🙂').id
    scope = Scope(ScopeKind.CONVERSATION, made)
    assert json.loads(exported(store, tmp_path / "a.json", ReportForm.JSON, scope))["runs"] == []
    assert "Nothing was measured here yet." in exported(store, tmp_path / "a.html", ReportForm.PAGE, scope)


def test_a_run_that_is_gone_is_none(store: Store) -> None:
    assert store.report_run(99) is None


def test_steps_come_in_pages_and_up_to_where_the_run_was(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports_module, "PAGE", 3)
    _, answer = store.begin_turn(None, "Long?", REQUEST, PAIR, BUILD)
    assert answer.run is not None
    steps = [make_step(n, "a", "b", drafted=2) for n in range(1, 12)]
    store.append_steps(answer.run.id, steps[:10])
    record = store.report_run(answer.run.id)
    assert record is not None
    assert (record.end, record.steps, record.stats) == (RunEnd.RUNNING, 10, None)
    reading = store.report_steps(record)
    first = [next(reading) for _ in range(2)]
    store.append_steps(answer.run.id, steps[10:])  # an answer is saved while its report is written
    read_all = [*first, *reading]
    assert [step.record for step in read_all] == [step.record for step in steps[:10]]
    assert all(step.pieces == () for step in read_all)


def test_a_report_while_answering_is_whole(store: Store, tmp_path: Path) -> None:
    _, answer = store.begin_turn(None, "Long?", REQUEST, PAIR, BUILD)
    assert answer.run is not None
    steps = [make_step(n, "a", "b", drafted=2) for n in range(1, 401)]
    store.append_steps(answer.run.id, steps[:200])
    writing = Report(ALL, ReportForm.JSON, tmp_path / "a.json").write(store, store._now())
    next(writing)
    store.append_steps(answer.run.id, steps[200:])
    for _ in writing:
        pass
    (run,) = json.loads((tmp_path / "a.json").read_text())["runs"]
    assert (run["state"], len(run["steps"]["rows"]), run["figures"]["steps"]) == ("running", 200, 200)
    store.finish_answer(answer.run.id, make_finished(tuple(steps), ()), ())


def test_heads_leave_out_what_was_said(store: Store) -> None:
    _, _, run_id = answered(store)
    record = store.report_run(run_id)
    assert record is not None
    assert record.stats is not None
    assert (record.stats.text, record.stats.thinking, record.stats.answer, record.stats.tokens) == (
        "",
        "",
        "",
        (),
    )
    assert (record.title, record.end, record.draft) == ("Six times seven?", RunEnd.FINISHED, "draft.gguf")
