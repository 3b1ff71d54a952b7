"""Reports from the window's side: begun, followed, left, and told how they ended."""

import csv
import io
import json
import os

import pytest

from slipstream.bridge import store_jobs
from slipstream.bridge.notices import Level, Remedy
from slipstream.bridge.reports import report_request
from slipstream.core.reports import ReportForm, Scope, ScopeKind, writing

ALL = Scope(ScopeKind.ALL)


def export(desk, path, form: ReportForm, scope: Scope = ALL) -> None:
    request = report_request(scope, form, path, about="", is_dark=False, draw_png=str.encode)
    desk.session.transfers.export_report(request)


def wait_for_notice(desk, words: str):
    desk.wait(lambda: any(words in notice.message for notice in desk.notices))
    return next(notice for notice in desk.notices if words in notice.message)


def over(desk) -> None:
    desk.wait(lambda: desk.session.transfers.under_way is None)


def long_answer(desk, words: int = 3000) -> None:
    desk.engine.words = ["word"] * words
    desk.session.preferences.update(max_tokens=words + 10)
    desk.send("Long?")


@pytest.mark.parametrize("form", ReportForm)
def test_every_form_is_written_and_told_with_a_button_that_opens_it(desk, tmp_path, form):
    desk.send("Why?")
    path = tmp_path / f"report{form.suffix}"
    export(desk, path, form)
    over(desk)
    notice = desk.notices[-1]
    assert str(path) in notice.message
    assert (notice.level, notice.remedies) == (Level.INFO, (Remedy.OPEN_FILE,))
    assert desk.session.transfers.written == path
    assert path.exists()


def test_a_report_of_the_answer_under_way_goes_up_to_its_last_step(desk, tmp_path):
    desk.engine.gated = True
    desk.session.chat.send("Go")
    desk.steps(7)
    export(desk, tmp_path / "a.json", ReportForm.JSON)
    over(desk)
    (run,) = json.loads((tmp_path / "a.json").read_text())["runs"]
    assert run["state"] == "running"
    assert run["figures"]["steps"] == len(run["steps"]["rows"]) == len(desk.stepped)
    desk.engine.allow(1000)
    desk.idle()
    export(desk, tmp_path / "b.csv", ReportForm.RUNS)
    over(desk)
    (row,) = csv.DictReader(io.StringIO((tmp_path / "b.csv").read_text("utf-8-sig")))
    assert row["state"] == "finished"
    assert float(row["tokens_per_second"]) == desk.session.chat.turns[-1].stats.metrics.tokens_per_second


def test_an_answer_alone_is_exported(desk, tmp_path):
    desk.send("One?")
    desk.send("Two?")
    answer = desk.session.chat.turns[1].id
    export(desk, tmp_path / "a.json", ReportForm.JSON, Scope(ScopeKind.ANSWER, answer))
    over(desk)
    (run,) = json.loads((tmp_path / "a.json").read_text())["runs"]
    assert run["message"] == answer


def test_a_place_that_cannot_be_written_is_said(desk, tmp_path):
    desk.send("Why?")
    export(desk, tmp_path, ReportForm.PAGE)  # a folder is in the way
    notice = wait_for_notice(desk, "cannot be written")
    assert (notice.level, notice.hint) == (Level.ERROR, "Choose another folder, or free some space")
    assert desk.session.transfers.under_way is None
    assert not [name for name in os.listdir(tmp_path.parent) if name.startswith(f".{tmp_path.name}")]


def test_what_is_gone_is_said(desk, tmp_path):
    export(desk, tmp_path / "a.json", ReportForm.JSON, Scope(ScopeKind.CONVERSATION, 99))
    assert wait_for_notice(desk, "There is no conversation 99").level is Level.ERROR
    assert not (tmp_path / "a.json").exists()


def test_nothing_measured_is_said(desk, tmp_path):
    export(desk, tmp_path / "a.csv", ReportForm.STEPS)
    over(desk)
    assert "Nothing was measured" in desk.notices[-1].hint


def test_a_long_one_can_be_left_and_leaves_nothing(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(store_jobs, "TOLD_AFTER_S", 0.0)
    monkeypatch.setattr(store_jobs, "SLICE_S", 0.0)
    monkeypatch.setattr(writing, "STEPS_A_TURN", 1)
    long_answer(desk)
    transfers, fractions = desk.session.transfers, []
    transfers.progressed.connect(fractions.append)
    folder = tmp_path / "out"
    folder.mkdir()
    export(desk, folder / "long.csv", ReportForm.STEPS)
    desk.wait(lambda: bool(fractions))
    transfers.cancel()
    desk.wait(lambda: fractions[-1] is None)
    assert transfers.under_way is None
    assert transfers.written is None
    assert os.listdir(folder) == []


def test_an_answer_is_saved_while_a_report_is_written(desk, tmp_path, monkeypatch):
    """The store's thread answers between two slices."""
    monkeypatch.setattr(store_jobs, "SLICE_S", 0.0)
    monkeypatch.setattr(writing, "STEPS_A_TURN", 1)
    long_answer(desk)
    desk.engine.words = ["short"] * 5
    export(desk, tmp_path / "long.json", ReportForm.JSON)
    desk.send("Another?")
    over(desk)
    assert desk.answers[-1].split() == ["short"] * 5
    runs = json.loads((tmp_path / "long.json").read_text())["runs"]
    assert len(runs[0]["steps"]["rows"]) > 2000
