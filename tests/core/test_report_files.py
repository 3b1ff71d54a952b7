"""Reports as files: each form, whole or not there, and nothing left beside it."""

import csv
import io
import json
import os
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from report_samples import NOON, Kept, make_run, make_steps, one

from slipstream.core.errors import StoreError, TransferError
from slipstream.core.events import StepDone
from slipstream.core.reports import Report, ReportForm, RunRecord, Scope, ScopeKind, Written, report_name
from slipstream.core.reports.pictures import PLOTS

ALL = Scope(ScopeKind.ALL)
FILES = (ReportForm.PAGE, ReportForm.RUNS, ReportForm.STEPS, ReportForm.JSON)
FOLDERS = (ReportForm.SVG, ReportForm.PNG)


def finish(writing: Generator[float, None, Written]) -> tuple[Written, list[float]]:
    told = []
    try:
        while True:
            told.append(next(writing))
    except StopIteration as end:
        return end.value, told


def write(source: Kept, path: Path, form: ReportForm, **how) -> Written:
    report = Report(ALL, form, path, draw_png=lambda svg: f"png of {len(svg)}".encode(), **how)
    return finish(report.write(source, NOON))[0]


def test_every_form_is_written_and_says_how_much(tmp_path: Path) -> None:
    steps = make_steps(40)
    source = Kept.of((make_run(1, steps), steps), (make_run(2, steps), steps))
    for form in FILES:
        path = tmp_path / f"report{form.suffix}"
        assert write(source, path, form) == Written(path, 2)
        assert path.stat().st_size > 300
        assert list(tmp_path.iterdir()) == [path]
        path.unlink()
    for form in FOLDERS:
        folder = tmp_path / "plots"
        assert write(source, folder, form) == Written(folder, 2)
        assert {file.name for file in folder.iterdir()} == {
            f"run-{run}-{plot.name}.{form}" for run in (1, 2) for plot in PLOTS
        }
        assert list(tmp_path.iterdir()) == [folder]
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()


@pytest.mark.parametrize("form", FILES)
def test_progress_grows_to_the_end_in_small_steps(tmp_path: Path, form: ReportForm) -> None:
    steps = make_steps(640)
    source = Kept.of(*((make_run(n, steps), steps) for n in (1, 2, 3)))
    _, told = finish(Report(ALL, form, tmp_path / "out").write(source, NOON))
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)
    if form is not ReportForm.RUNS:
        assert len(told) >= 3 * 640 // 64


@pytest.mark.parametrize("form", [*FILES, *FOLDERS])
def test_what_is_left_half_way_is_not_there(tmp_path: Path, form: ReportForm) -> None:
    path = tmp_path / "report"
    report = Report(ALL, form, path, draw_png=str.encode)
    writing = report.write(one(640), NOON)
    for _ in range(1 if form is ReportForm.RUNS else 4):
        next(writing)
    assert list(tmp_path.iterdir()) != []  # it is being written, under another name
    assert not path.exists()
    writing.close()
    assert list(tmp_path.iterdir()) == []
    if form in FILES:
        path.write_text("the old one")
        writing = report.write(one(640), NOON)
        next(writing)
        writing.close()
        assert path.read_text() == "the old one"
        assert list(tmp_path.iterdir()) == [path]


class Failing(Kept):
    """A store that fails in the middle of a run."""

    def report_steps(self, run: RunRecord) -> Iterator[StepDone]:
        for step in self.runs[run.run][1]:
            if step.record.index == 100:
                raise StoreError("The disk could not be read or written")
            yield step


@pytest.mark.parametrize("form", [ReportForm.PAGE, ReportForm.STEPS, ReportForm.JSON, *FOLDERS])
def test_a_store_that_fails_leaves_nothing(tmp_path: Path, form: ReportForm) -> None:
    source = Failing(one(200).runs)
    with pytest.raises(StoreError, match="disk could not be read"):
        write(source, tmp_path / "report", form)
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_goes_meanwhile_is_left_out(tmp_path: Path) -> None:
    steps = make_steps(20)
    source = Kept.of(*((make_run(n, steps), steps) for n in (1, 2, 3)))
    for form in (*FILES, *FOLDERS):
        left = Kept(dict(source.runs))
        writing = Report(ALL, form, tmp_path / f"{form}", draw_png=str.encode).write(left, NOON)
        next(writing)
        del left.runs[2]
        finish(writing)
    page = (tmp_path / "page").read_text()
    assert "answer-3" in page
    rows = list(csv.DictReader(io.StringIO((tmp_path / "runs").read_text("utf-8-sig"))))
    assert [row["run"] for row in rows] == ["1", "3"]


def test_a_folder_in_the_way_of_a_file_and_a_file_in_the_way_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("kept")
    with pytest.raises(TransferError, match="folder cannot be written"):
        write(one(), tmp_path / "folder", ReportForm.PAGE)
    with pytest.raises(TransferError, match="file cannot be written: Not a directory"):
        write(one(), tmp_path / "file", ReportForm.SVG)
    assert (tmp_path / "file").read_text() == "kept"
    assert {file.name for file in tmp_path.iterdir()} == {"folder", "file"}


def test_pictures_join_what_is_in_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "plots"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    (folder / "run-1-latency.svg").write_text("old")
    write(one(), folder, ReportForm.SVG)
    assert (folder / "mine.txt").read_text() == "mine"
    assert (folder / "run-1-latency.svg").read_text().startswith("<svg")


def test_dark_pictures_are_dark(tmp_path: Path) -> None:
    for is_dark, colour in ((False, "#f4f4f2"), (True, "#1d2023")):
        write(one(), tmp_path / "plots", ReportForm.SVG, is_dark=is_dark)
        assert colour in (tmp_path / "plots" / "run-1-latency.svg").read_text()


def test_nothing_measured_makes_whole_files(tmp_path: Path) -> None:
    for form in FILES:
        assert write(Kept({}), tmp_path / form, form).runs == 0
    assert json.loads((tmp_path / "json").read_text())["runs"] == []
    assert len((tmp_path / "steps").read_text().splitlines()) == 1
    assert write(Kept({}), tmp_path / "plots", ReportForm.SVG).runs == 0
    assert list((tmp_path / "plots").iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_device_is_written_to_and_never_replaced() -> None:
    before = os.stat("/dev/full")
    with pytest.raises(TransferError, match="full cannot be written: No space left on device"):
        write(one(), Path("/dev/full"), ReportForm.STEPS)
    after = os.stat("/dev/full")
    assert (before.st_mode, before.st_rdev, before.st_ino) == (after.st_mode, after.st_rdev, after.st_ino)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Six times seven", "Six times seven.html"),
        ("../../etc/passwd", "etc passwd.html"),
        ("a\\b:c*?\n\x00", "a b c.html"),
        ("🙂" * 200, "🙂" * 30 + ".html"),
        ("CON", "statistics CON.html"),
        ("", "statistics.html"),
    ],
)
def test_a_title_becomes_a_name_that_any_disk_takes(title: str, name: str) -> None:
    assert report_name(title, ReportForm.PAGE) == name


def test_pages_are_headed_as_asked(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    write(one(), path, ReportForm.PAGE, about="Of my <own>")
    assert "<h1>Of my &lt;own&gt;</h1>" in path.read_text()
    run, steps = one().runs[1]
    write(Kept.of((replace(run, conversation=None, title=""), steps)), path, ReportForm.PAGE)
    assert "<h1>Outside conversations · 2026-11-24 12:01 UTC</h1>" in path.read_text()
