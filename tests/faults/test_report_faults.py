"""Reports on a disk that fills up, killed half-way, and of a million steps: a right file, or the one before."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from report_samples import NOON, one

from slipstream.core.errors import TransferError
from slipstream.core.reports import Report, ReportForm, Scope, ScopeKind

if sys.platform != "win32":
    import resource

SAMPLES = Path(__file__).parents[1] / "core"
ALL = Scope(ScopeKind.ALL)
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="limits and signals of POSIX")

# A source that makes its steps as they are asked for: `million.py STEPS FORM PATH` writes their report.
MILLION = """
import json, resource, sys, time
from datetime import UTC, datetime
from pathlib import Path
from dataclasses import replace
sys.path.insert(0, {samples!r})
from report_samples import make_run, make_steps
from slipstream.core.reports import Report, ReportForm, Scope, ScopeKind
from slipstream.core.reports.records import RunEnd

count, form, path = int(sys.argv[1]), ReportForm(sys.argv[2]), Path(sys.argv[3])
pattern = make_steps(1000)
length = pattern[-1].record.t_ms
run = replace(make_run(1, pattern, end=RunEnd.INTERRUPTED), steps=count)

class Made:
    def report_runs(self, scope):
        return [1]
    def report_run(self, number):
        return run
    def report_benchmarks(self, scope):
        return []
    def report_comparisons(self, scope):
        return []
    def report_steps(self, run):
        for index in range(1, count + 1):
            step = pattern[(index - 1) % 1000]
            t_ms = (index - 1) // 1000 * (length + 50) + step.record.t_ms
            yield replace(step, record=replace(step.record, index=index, t_ms=t_ms))

print("begun", flush=True)
began = time.monotonic()
told = list(Report(Scope(ScopeKind.ALL), form, path).write(Made(), datetime.now(UTC)))
print(json.dumps({{"seconds": time.monotonic() - began, "told": len(told),
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}}))
"""


def command(count: int, form: ReportForm, path: Path) -> list[str]:
    return [sys.executable, "-c", MILLION.format(samples=str(SAMPLES)), str(count), str(form), str(path)]


@posix_only
@pytest.mark.parametrize("form", [ReportForm.PAGE, ReportForm.STEPS, ReportForm.JSON, ReportForm.SVG])
def test_a_disk_that_fills_up_leaves_what_was_there(tmp_path: Path, form: ReportForm) -> None:
    path = tmp_path / "report"
    if not form.is_folder:
        path.write_text("the old one")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4000, before[1]))
    try:
        with pytest.raises(TransferError, match="report cannot be written: File too large") as caught:
            for _ in Report(ALL, form, path).write(one(2000), NOON):
                pass
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert caught.value.hint == "Choose another folder, or free some space"
    if form.is_folder:
        assert os.listdir(tmp_path) == []
    else:
        assert path.read_text() == "the old one"
        assert os.listdir(tmp_path) == ["report"]


@posix_only
@pytest.mark.parametrize("after_s", [0.05, 0.3])
def test_a_kill_leaves_the_old_file(tmp_path: Path, after_s: float) -> None:
    path = tmp_path / "report.json"
    path.write_text("the old one")
    with subprocess.Popen(command(1_000_000, ReportForm.JSON, path), stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        time.sleep(after_s)  # somewhere in the middle: a million steps take longer
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert path.read_text() == "the old one"


@posix_only
@pytest.mark.heavy
@pytest.mark.parametrize(
    "form", [ReportForm.PAGE, ReportForm.STEPS, ReportForm.RUNS, ReportForm.JSON, ReportForm.SVG]
)
def test_a_million_steps_take_no_more_memory_than_a_thousand(tmp_path: Path, form: ReportForm) -> None:
    told = {}
    for count in (1000, 1_000_000):
        path = tmp_path / f"{count}{form.suffix}"
        done = subprocess.run(
            command(count, form, path), capture_output=True, text=True, check=True, timeout=1200
        )
        told[count] = json.loads(done.stdout.splitlines()[-1])
        assert path.exists()
    few, many = told[1000], told[1_000_000]
    print(form, many)
    # Every inter-chunk latency is kept, for the percentiles: of the run, and of thinking or answer apart.
    assert many["megabytes"] < few["megabytes"] + 150
    assert many["told"] > 1000
    if form in (ReportForm.PAGE, ReportForm.SVG):
        sizes = [
            sum(file.stat().st_size for file in found.rglob("*")) if found.is_dir() else found.stat().st_size
            for found in (tmp_path / f"{count}{form.suffix}" for count in (1000, 1_000_000))
        ]
        assert sizes[1] < 2 * sizes[0] + 50_000
    if form is ReportForm.STEPS:
        with path.open("rb") as file:
            assert sum(1 for _ in file) == 1_000_001
