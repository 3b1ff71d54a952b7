"""Reports of comparisons: each form tells what is kept, reads back equal, with texts only where they were meant."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from comparison_samples import OTHER, make_comparison, record
from json_schema import problems
from report_samples import SLY, Kept, one

from slipstream.core.chat import ChatMessage, Sampling, Speculation
from slipstream.core.compared import Counts, KeptComparison, KeptPass, KeptSegment, KeptSide, PassEnd, Stage
from slipstream.core.events import ModelInfo, PairLoaded, TextPiece
from slipstream.core.metrics import StopReason
from slipstream.core.paths import resources_dir
from slipstream.core.reports import Report, ReportForm, Scope, ScopeKind, Speech
from slipstream.core.reports.comparison_plots import PLOTS
from slipstream.core.reports.comparison_table import SEGMENT_COLUMNS
from slipstream.core.reports.records import ComparisonRecord
from slipstream.core.side_by_side import Parting, Segment, SideSpec
from slipstream.core.transfer.codec import read

NOW = datetime(2026, 11, 24, 13, tzinfo=UTC)
SCHEMA = json.loads((resources_dir() / "statistics.schema.json").read_text("utf-8"))
ALONE = Scope(ScopeKind.COMPARISON, 3)


def written(path: Path, form: ReportForm, made: ComparisonRecord, scope: Scope = ALONE, **how: Any) -> Path:
    """The report of this comparison; of more, beside a run."""
    source = one(30) if scope.kind is ScopeKind.ALL else Kept.of()
    source.comparisons[made.comparison] = made
    for _ in Report(scope, form, path, **how).write(source, NOW):
        pass
    return path


def loaded(path: Path, made: ComparisonRecord, scope: Scope = ALONE) -> dict[str, Any]:
    data = json.loads(written(path, ReportForm.JSON, made, scope).read_text("utf-8"))
    assert problems(data, SCHEMA) == []
    (found,) = data["comparisons"]
    assert isinstance(found, dict)
    return found


def segment_of(data: dict[str, Any]) -> KeptSegment:
    counts = Counts(data["steps"], data["drafted"], data["accepted"])
    pieces = tuple(read(TextPiece, piece) for piece in data["pieces"])
    return KeptSegment(read(Segment, data), data["began_ms"], counts, tuple(data["tokens"]), pieces)


def end_of(data: dict[str, Any] | None) -> PassEnd | None:
    if data is None:
        return None
    counts = {name: data[name] for name in ("steps", "drafted", "accepted")}
    return read(PassEnd, {**data, "counts": counts})


def side_of(data: dict[str, Any]) -> KeptSide:
    spec = SideSpec(read(Speculation, data["speculation"]), data["draft"] or "")
    passes = tuple(
        KeptPass(tuple(map(segment_of, each["segments"])), end_of(each["end"])) for each in data["passes"]
    )
    return KeptSide(spec, read(ModelInfo, data["model"]) if data["model"] else None, passes)


def test_json_reads_back_equal_to_what_is_kept(tmp_path: Path) -> None:
    kept = replace(make_comparison(prompt=SLY.replace("\ud800", "")), conversation=4, message=9)
    data = loaded(tmp_path / "out.json", record(kept))
    again = KeptComparison(
        uid=data["uid"],
        created=datetime.fromisoformat(data["created"]),
        prompt=data["prompt"],
        request=replace(
            kept.request,
            messages=tuple(read(ChatMessage, each) for each in data["request"]["messages"]),
            sampling=read(Sampling, data["request"]["sampling"]),
            max_tokens=data["request"]["max_tokens"],
        ),
        pair=read(PairLoaded, data["pair"]),
        build=data["build"],
        sides=tuple(map(side_of, data["sides"])),
        stage=Stage(data["stage"]),
        seeds=tuple(data["seeds"]),
        partings=tuple(read(Parting, each) for each in data["partings"]),
        note=data["note"],
        error=data["error"],
        hint=data["hint"],
        conversation=data["conversation"]["id"],
        message=data["message"],
        segment=data["segment_tokens"],
        machine=data["machine"],
        version=data["version"],
    )
    assert again == kept
    assert data["comparison"] == 3
    automatic, other = kept.speedups()
    assert data["sides"][0]["speedup"] is None
    assert data["sides"][1]["speedup"]["decode"]["ratio"] == automatic.decode.ratio
    assert data["sides"][2]["speedup"]["total"]["high"] == other.total.high
    assert data["first_differences"] == [None, None]


def test_a_comparison_among_others_tells_figures_and_no_word(tmp_path: Path) -> None:
    scope = Scope(ScopeKind.ALL)
    path = tmp_path / "out.json"
    data = loaded(path, record(make_comparison(prompt="a secret")), scope)
    text = path.read_text("utf-8")
    assert "secret" not in text
    assert "word1" not in text
    assert "messages" not in data["request"]
    assert data["prompt"] is None
    assert len(json.loads(text)["runs"]) == 1
    page = written(tmp_path / "out.html", ReportForm.PAGE, record(make_comparison(prompt="a secret")), scope)
    told = page.read_text("utf-8")
    assert "secret" not in told
    assert "word1" not in told
    assert 'id="comparison-3"' in told
    assert "Speed-up in decoding" in told


def rows_of(path: Path) -> list[dict[str, str]]:
    text = path.read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_segments_are_rows_that_read_back_as_they_were(tmp_path: Path) -> None:
    kept = make_comparison()
    rows = rows_of(written(tmp_path / "out.csv", ReportForm.SEGMENTS, record(kept, title="=cmd()")))
    assert list(rows[0]) == list(SEGMENT_COLUMNS)
    expected = [
        (number, turn, segment)
        for number, side in enumerate(kept.sides, 1)
        for turn, each in enumerate(side.passes, 1)
        for segment in each.segments
    ]
    assert len(rows) == len(expected) == 33
    for row, (side, turn, segment) in zip(rows, expected, strict=True):
        assert (int(row["side"]), int(row["pass"]), int(row["segment"])) == (
            side,
            turn,
            segment.segment.number,
        )
        assert float(row["ms"]) == segment.segment.ms
        assert float(row["tokens_per_second"]) == segment.segment.tokens_per_second
        assert (int(row["drafted"]), int(row["accepted"])) == (
            segment.counts.drafted,
            segment.counts.accepted,
        )
        assert int(row["seed"]) == kept.seeds[turn - 1]
        assert row["title"] == "'=cmd()"  # no formula
    assert {row["draft"] for row in rows} == {"", "Qwen2.5-0.5B-Q8_0.gguf", "Other, one.Q4_0.gguf"}


def test_the_page_has_verdicts_figures_texts_and_the_first_difference(tmp_path: Path) -> None:
    kept = make_comparison(prompt='Say <b>"hello"</b>')
    second = kept.sides[1].passes[1]
    first = second.segments[0]
    parted = replace(first, tokens=(*first.tokens[:3], 999, *first.tokens[4:]))
    passes = (kept.sides[1].passes[0], replace(second, segments=(parted, *second.segments[1:])))
    kept = replace(kept, sides=(kept.sides[0], replace(kept.sides[1], passes=passes), kept.sides[2]))
    page = written(tmp_path / "out.html", ReportForm.PAGE, record(kept)).read_text("utf-8")
    assert "<h1>Say &lt;b&gt;&quot;hello&quot;&lt;/b&gt; · 2026-11-24 12:00 UTC</h1>" in page
    assert "<b>" not in page
    assert "Automatic drafting pays here: 2.00× (" in page
    assert "Drafting 4 with Other, one.Q4_0 does not pay here: 0.67×" in page
    assert "The texts part at token 4: “␣the” or “⏎”." in page
    assert page.count("<mark>") == 2  # of the first side, and of the one that parts from it
    assert "<mark>other3 </mark>" in page
    assert '<span class="thought">word0 ' in page
    assert "Ended early: stopped by a person" in page
    assert page.count("<figure>") == len(PLOTS)
    assert "Comparison by turns" in page
    assert "1099511627776" in page  # the second seed
    body = page[page.index("<body>") : page.index("</body>") + 7]
    ElementTree.fromstring(body.replace("&nbsp;", " "))  # every tag is closed


def test_the_page_speaks_as_it_is_told(tmp_path: Path) -> None:
    german = Speech(lambda _context, text: f"«{text}»", ",", "de")
    page = written(tmp_path / "out.html", ReportForm.PAGE, record(), speech=german).read_text("utf-8")
    assert "2,00× (" in page
    assert "2.00×" not in page
    assert "«Automatic drafting» pays here" in page


@pytest.mark.parametrize("form", [ReportForm.SVG, ReportForm.PNG])
def test_plots_are_pictures(tmp_path: Path, form: ReportForm) -> None:
    drawn: list[str] = []

    def draw(svg: str) -> bytes:
        drawn.append(svg)
        return b"png"

    folder = written(tmp_path / "plots", form, record(), draw_png=draw)
    names = {file.name for file in folder.iterdir()}
    assert names == {f"comparison-3-{plot.name}.{form}" for plot in PLOTS}
    svgs = drawn or [file.read_text("utf-8") for file in folder.iterdir()]
    for svg in svgs:
        ElementTree.fromstring(svg)
        assert "Drafting 4 with Other, one.Q4_0" in svg


def test_one_in_which_nothing_was_finished_is_told_as_such(tmp_path: Path) -> None:
    kept = make_comparison()
    empty = replace(
        kept, sides=tuple(replace(side, passes=(KeptPass(),)) for side in kept.sides), partings=()
    )
    for form in (ReportForm.PAGE, ReportForm.JSON, ReportForm.SEGMENTS, ReportForm.SVG):
        written(tmp_path / form, form, record(empty))
    page = (tmp_path / "page").read_text("utf-8")
    assert "too few chunks were written" in page
    assert "too early to say" in page
    assert rows_of(tmp_path / "segments") == []


def test_what_was_said_is_left_out_whole() -> None:
    made = record(has_texts=False)
    assert made.kept.prompt == ""
    assert made.kept.request.messages == ()
    assert all(side.last.text == "" for side in made.kept.sides)
    assert made.kept.speedups() == make_comparison().speedups()
    assert made.kept.sides[2].spec == OTHER
    assert made.kept.sides[0].passes[0].end is not None
    assert made.kept.sides[0].passes[0].end.stop_reason is StopReason.STOPPED
