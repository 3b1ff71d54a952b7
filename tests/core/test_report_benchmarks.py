"""Benchmarks in reports: every form, read back equal, safe whatever things are called."""

import csv
import io
import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bench_samples import SETUP, benchmark, skipping, stopped
from json_schema import problems
from report_samples import NOON, SLY, Kept, make_run, make_steps

from slipstream.core.benchmark.figures import kind_figures
from slipstream.core.benchmark.report import benchmark_json
from slipstream.core.benchmark.rows import Benchmark
from slipstream.core.metrics_json import metrics_json
from slipstream.core.paths import resources_dir
from slipstream.core.reports import BenchmarkRecord, Report, ReportForm, Scope, ScopeKind, Speech, Written
from slipstream.core.reports.bench_pictures import BENCH_PLOTS
from slipstream.core.reports.bench_table import ANSWER_COLUMNS, CHUNK_COLUMNS
from slipstream.core.reports.pictures import PLOTS

ALL, BENCHMARKS = Scope(ScopeKind.ALL), Scope(ScopeKind.BENCHMARK)
SCHEMA = json.loads((resources_dir() / "statistics.schema.json").read_text("utf-8"))
GAINS = {"code": [1.5, 1.6, 1.7, 1.55, 1.65], "open": [0.98, 1.01, 0.97, 0.99, 1.0]}
WHOLE = benchmark(GAINS)


def source(*benchmarks: Benchmark, runs: int = 0) -> Kept:
    steps = make_steps(30)
    made = Kept.of(*((make_run(number, steps), steps) for number in range(1, runs + 1)))
    made.benchmarks = {number: BenchmarkRecord(number, each) for number, each in enumerate(benchmarks, 3)}
    return made


def write(kept: Kept, path: Path, form: ReportForm, scope: Scope = BENCHMARKS, **how) -> Written:
    writing = Report(scope, form, path, draw_png=str.encode, **how).write(kept, NOON)
    told: list[float] = []
    while True:
        try:
            told.append(next(writing))
        except StopIteration as end:
            written: Written = end.value
            break
    assert told == sorted(told)
    assert written.is_empty or told[-1] == pytest.approx(1.0)
    return written


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def page(tmp_path: Path, kept: Kept, scope: Scope = BENCHMARKS, **how) -> str:
    write(kept, tmp_path / "page.html", ReportForm.PAGE, scope, **how)
    return (tmp_path / "page.html").read_text("utf-8")


class Text(HTMLParser):
    """What can be read of a page; all that is opened must be closed."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(markup)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs) -> None:
        self.ids += [value for name, value in attrs if name == "id"]
        self.links += [value for name, value in attrs if name == "href"]
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs) -> None:
        pass

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


# CSV


def test_a_row_an_answer(tmp_path: Path) -> None:
    assert write(source(WHOLE), tmp_path / "a.csv", ReportForm.RUNS) == Written(tmp_path / "a.csv", 0, 1)
    rows = table(tmp_path / "a.csv")
    assert list(rows[0]) == list(ANSWER_COLUMNS)
    assert len(rows) == 2 * len(WHOLE.pairs)
    for number, pair in enumerate(WHOLE.pairs):
        first, second = rows[2 * number : 2 * number + 2]
        assert [row["prompt"] for row in (first, second)] == [pair.prompt] * 2
        assert (first["first"], second["first"]) == ("true", "false")
        by_drafting = {row["drafting"]: row for row in (first, second)}
        for drafting, answer in (("true", pair.drafting), ("false", pair.plain)):
            row = by_drafting[drafting]
            assert float(row["tokens_per_second"]) == answer.rate
            assert (float(row["ttft_ms"]), float(row["total_ms"])) == (answer.times[0], answer.times[-1])
            assert int(row["emitted"]) == len(answer.tokens)
            assert row["not_measured"] == ""
        assert by_drafting["false"]["acceptance_rate"] == ""
    assert rows[0]["target_sha256"] == SETUP.target.sha256
    assert (rows[0]["benchmark"], rows[0]["id"], rows[0]["draft_max"]) == ("3", "one", "auto")


def test_a_prompt_that_was_not_measured_says_why(tmp_path: Path) -> None:
    write(source(skipping(WHOLE, "=too long")), tmp_path / "a.csv", ReportForm.RUNS)
    row = table(tmp_path / "a.csv")[-1]
    assert row["not_measured"] == "'=too long"
    assert (row["tokens_per_second"], row["machine"]) == ("", SETUP.machine)


def test_a_row_a_chunk(tmp_path: Path) -> None:
    write(source(WHOLE), tmp_path / "a.csv", ReportForm.STEPS)
    rows = table(tmp_path / "a.csv")
    assert list(rows[0]) == list(CHUNK_COLUMNS)
    pair = WHOLE.pairs[0]
    own = [row for row in rows if row["prompt"] == pair.prompt and row["drafting"] == "true"]
    assert [float(row["t_ms"]) for row in own] == list(pair.drafting.times)
    assert [int(row["tokens"]) for row in own] == list(pair.drafting.counts)
    assert [float(row["icl_ms"]) for row in own[1:]] == pytest.approx(pair.drafting.gaps)
    assert own[0]["icl_ms"] == ""


def test_tables_of_everything_are_of_answers_alone(tmp_path: Path) -> None:
    kept = source(WHOLE, runs=2)
    for form in (ReportForm.RUNS, ReportForm.STEPS):
        assert write(kept, tmp_path / f"{form}.csv", form, ALL) == Written(tmp_path / f"{form}.csv", 2, 1)
        assert {row["run"] for row in table(tmp_path / f"{form}.csv")} == {"1", "2"}


def test_names_are_defused(tmp_path: Path) -> None:
    write(source(replace(WHOLE, name="=1+1")), tmp_path / "a.csv", ReportForm.RUNS)
    assert table(tmp_path / "a.csv")[0]["name"] == "'=1+1"


# JSON


def loaded(tmp_path: Path, kept: Kept, scope: Scope = BENCHMARKS) -> dict:
    write(kept, tmp_path / "a.json", ReportForm.JSON, scope)
    data = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert problems(data, SCHEMA) == []
    return data


def test_json_reads_back_equal(tmp_path: Path) -> None:
    half = stopped(benchmark(GAINS, uid="two"), 3)
    data = loaded(tmp_path, source(WHOLE, half))
    assert data["runs"] == []
    for found, kept in zip(data["benchmarks"], (WHOLE, half), strict=True):
        assert found["id"] == kept.uid
        assert found["complete"] is kept.is_complete
        assert [(p["id"], p["kind"], p["digest"]) for p in found["asked"]] == [
            (prompt.id, prompt.kind, prompt.digest) for prompt in kept.plan.prompts
        ]
        for row, pair in zip(found["rows"], kept.pairs, strict=True):
            assert (row["prompt"], row["digest"], row["repeat"]) == (pair.prompt, pair.digest, pair.repeat)
            for name, answer in (("drafting", pair.drafting), ("plain", pair.plain)):
                own = row[name]
                assert own["tokens"] == list(answer.tokens)
                assert own["chunk_tokens"] == list(answer.counts)
                assert own["chunk_ms"] == list(answer.times)
                told = metrics_json(answer.metrics)
                assert {key: own[key] for key in told} == json.loads(json.dumps(told))
        assert found["overall"] == json.loads(json.dumps(benchmark_json(kept)["overall"]))


def test_json_of_everything_has_both(tmp_path: Path) -> None:
    data = loaded(tmp_path, source(WHOLE, runs=2), ALL)
    assert [run["run"] for run in data["runs"]] == [1, 2]
    assert [each["benchmark"] for each in data["benchmarks"]] == [3]
    assert loaded(tmp_path, source())["benchmarks"] == []


def test_json_says_nothing_of_what_was_said(tmp_path: Path) -> None:
    said = replace(WHOLE, setup=replace(SETUP, system="You are a secret agent"))
    write(source(said), tmp_path / "a.json", ReportForm.JSON)
    text = (tmp_path / "a.json").read_text("utf-8")
    assert "secret agent" not in text
    assert WHOLE.plan.prompts[0].text not in text


# The page


def test_the_page_of_one_benchmark(tmp_path: Path) -> None:
    markup = page(tmp_path, source(WHOLE))
    text = Text(markup).text
    assert "<h1>Big.Q4_K_M with the draft Small</h1>" in markup
    assert markup.count("<figure>") == len(BENCH_PLOTS)
    for kind in kind_figures(WHOLE.pairs, complete=True):
        assert kind.decode.figures in text
        assert kind.total.figures in text
    for words in (
        "With drafting, text is written", "over 10 prompts", "All together", "Open questions", SETUP.target.sha256,
        SETUP.machine, "10 of 10 pairs of answers are the same", "95 % interval", "Speed-up of the whole answer",
    ):  # fmt: skip
        assert words in text, words


def test_the_page_of_everything_leads_to_each(tmp_path: Path) -> None:
    found = Text(page(tmp_path, source(WHOLE, stopped(benchmark(GAINS, uid="two"), 3), runs=2), ALL))
    assert set(found.links) == {f"#{name}" for name in found.ids}
    assert set(found.ids) == {"answer-1", "answer-2", "benchmark-3", "benchmark-4"}
    assert "All answers and benchmarks" in found.text
    assert "It was stopped: 7 of 10 prompts are not measured." in found.text
    assert "3 / 10" in found.text
    assert found.text.count("Each prompt answered with drafting and without") == 1


def test_a_benchmark_without_a_figure_is_a_whole_page(tmp_path: Path) -> None:
    text = Text(page(tmp_path, source(stopped(WHOLE, 0)))).text
    assert "Nothing was measured here yet." in text
    assert "It was stopped: 10 of 10 prompts are not measured." in text


def test_names_on_the_page_are_text(tmp_path: Path) -> None:
    sly = replace(
        skipping(WHOLE, "<i>why</i>"),
        name=SLY,
        setup=replace(SETUP, target=replace(SETUP.target, name="<b>&\udcff.gguf")),
    )
    rows = tuple(replace(row, kind="<script>x</script>") for row in sly.rows)
    markup = page(tmp_path, source(replace(sly, rows=rows), WHOLE))
    assert "<script" not in markup
    assert "<i>" not in markup
    Text(markup)


def test_the_page_speaks_the_windows_language(tmp_path: Path) -> None:
    def translate(context: str, text: str) -> str:
        assert context == "Report"
        return {"By kind of text": "Nach Art des Textes"}.get(text, text)

    text = Text(page(tmp_path, source(WHOLE), speech=Speech(translate, ",", "de"))).text
    assert "Nach Art des Textes" in text
    told = kind_figures(WHOLE.pairs, complete=True)[1].decode.figures
    assert told.replace(".", ",") in text
    assert told not in text


# Pictures


@pytest.mark.parametrize("form", [ReportForm.SVG, ReportForm.PNG])
def test_pictures_join_those_of_answers(tmp_path: Path, form: ReportForm) -> None:
    write(source(WHOLE, runs=1), tmp_path / "plots", form, ALL)
    names = {file.name for file in (tmp_path / "plots").iterdir()}
    assert names == {f"run-1-{plot.name}.{form}" for plot in PLOTS} | {
        f"benchmark-3-{plot.name}.{form}" for plot in BENCH_PLOTS
    }


MANY = {f"a kind with quite a long name {n}": [1.1, 1.2] for n in range(30)}


@pytest.mark.parametrize(
    "made",
    [
        WHOLE,
        stopped(WHOLE, 0),
        stopped(WHOLE, 1),
        benchmark({"code": [1.0]}),
        benchmark({"code": [25.0] * 3, "open": [0.02] * 3}),
        benchmark(MANY),
    ],
    ids=["whole", "nothing", "one", "even", "far apart", "many kinds"],
)
def test_every_plot_is_whole_whatever_was_measured(tmp_path: Path, made: Benchmark) -> None:
    write(source(made), tmp_path / "plots", ReportForm.SVG)
    for plot in BENCH_PLOTS:
        root = ElementTree.fromstring(
            (tmp_path / "plots" / f"benchmark-3-{plot.name}.svg").read_text("utf-8")
        )
        width, height = float(root.get("width")), float(root.get("height"))
        for item in root.iter("{http://www.w3.org/2000/svg}circle"):
            assert 0 <= float(item.get("cx")) <= width
            assert 0 <= float(item.get("cy")) <= height
        assert "nan" not in ElementTree.tostring(root, "unicode")


def test_a_benchmark_that_goes_meanwhile_is_left_out(tmp_path: Path) -> None:
    for form in (ReportForm.JSON, ReportForm.PAGE, ReportForm.SVG):
        kept = source(WHOLE, benchmark(GAINS, uid="two"))
        writing = Report(BENCHMARKS, form, tmp_path / form).write(kept, NOON)
        next(writing)
        del kept.benchmarks[4]
        for _ in writing:
            pass
    assert [each["benchmark"] for each in json.loads((tmp_path / "json").read_text())["benchmarks"]] == [3]
    assert {file.name.split("-")[1] for file in (tmp_path / "svg").iterdir()} == {"3"}


def test_a_table_can_be_read_by_any_reader() -> None:
    assert len(set(ANSWER_COLUMNS)) == len(ANSWER_COLUMNS)
    assert len(set(CHUNK_COLUMNS)) == len(CHUNK_COLUMNS)
    assert next(csv.reader(io.StringIO(",".join(ANSWER_COLUMNS)))) == list(ANSWER_COLUMNS)
