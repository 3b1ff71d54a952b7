"""The page: whole, on its own, and safe whatever things are called."""

import io
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from report_samples import NOON, PLAIN, SLY, lossy, make_run, make_steps

from slipstream.core.reports.page import PageReport
from slipstream.core.reports.page.writer import MOST_SECTIONS, POLICY
from slipstream.core.reports.pictures import PLOTS
from slipstream.core.reports.records import RunEnd
from slipstream.core.reports.speech import ENGLISH, Speech

VOID = {"meta", "br", "img", "link", "input", "hr"}


class Tags(HTMLParser):
    """Counts elements, gathers text and attributes, and sees to it that all that is opened is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.counts: dict[str, int] = {}
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        self.counts[tag] = self.counts.get(tag, 0) + 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs) -> None:
        self.counts[tag] = self.counts.get(tag, 0) + 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data) -> None:
        if "style" not in self.open:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


def page(*runs, about: str = "", speech: Speech = ENGLISH) -> str:
    file = io.StringIO(newline="")
    writer = PageReport(file, NOON, speech)
    writer.begin(about)
    for run, _ in runs:
        writer.overview(run)
    for run, steps in runs:
        if writer.run(run):
            for step in steps:
                writer.step(step)
        writer.end_run()
    writer.end()
    return file.getvalue()


def read(text: str) -> Tags:
    tags = Tags()
    tags.feed(text)
    tags.close()
    assert tags.open == []
    return tags


def made(number: int, count: int = 60, **how):
    steps = make_steps(count)
    return make_run(number, steps, **how), steps


def test_one_answer_has_its_plots_tables_and_definitions() -> None:
    tags = read(page(made(1, 400), about="Six times seven"))
    assert tags.counts["figure"] == tags.counts["svg"] - 1 == len(PLOTS)
    assert tags.counts["h1"] == 1
    assert tags.counts["table"] == 3
    for words in (
        "Six times seven", "its own steps without it", "R1-Distill-1.5B-Q4_K_M.gguf", "What the figures mean",
        "Acceptance length τ", "llama-cpp-python 0.3.36", "the model ended its turn", "120 tokens, 30 of them reused",
    ):  # fmt: skip
        assert words in tags.text


def test_the_figures_are_those_of_the_run() -> None:
    run, steps = made(1, 400)
    assert run.stats is not None
    metrics = run.stats.metrics
    text = read(page((run, steps))).text
    for figure in (
        ENGLISH.rate(metrics.tokens_per_second), ENGLISH.percent(metrics.acceptance_rate),
        ENGLISH.length(metrics.acceptance_length), ENGLISH.duration(metrics.icl.p50),
        ENGLISH.duration(metrics.icl.p99), ENGLISH.number(metrics.emitted),
        ENGLISH.duration(run.stats.ttft_ms), ENGLISH.duration(metrics.verify_ms),
    ):  # fmt: skip
        assert " ".join(figure.split()) in text


def test_it_asks_nothing_of_anybody() -> None:
    text = page(made(1), made(2))
    tags = read(text)
    assert ("meta", "content", POLICY) in tags.attributes
    assert not {"script", "link", "img", "iframe", "object", "base", "form"} & tags.counts.keys()
    for _tag, name, value in tags.attributes:
        assert not name.startswith("on")
        assert name not in ("src", "srcset", "style", "action")
        if name == "href":
            assert value.startswith("#")
        assert "url(" not in value
    style = text.partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style
    assert "prefers-color-scheme:dark" in style
    assert "@media print" in style


def test_names_are_text_whatever_is_in_them() -> None:
    run, steps = made(1, title=SLY)
    pair = replace(
        run.pair, target=replace(run.pair.target, path="/m/<b>&\udcff.gguf"), draft_problem="<i>no</i>"
    )
    text = page((replace(run, pair=pair), steps), made(2, title="“quotes” 'and' \x00\x07"), about=SLY)
    text.encode()
    tags = read(text)
    assert not {"script", "i"} & tags.counts.keys()
    assert '<script>alert("x")</script> =1+1 🙂 \ufffd' in tags.text
    assert "<b>&\ufffd.gguf" in tags.text
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", text)


def test_several_answers_have_a_table_with_links_to_their_sections() -> None:
    plain_steps = make_steps(60, drafting=False)
    tags = read(page(made(1), made(2), (make_run(3, plain_steps, request=PLAIN), plain_steps)))
    assert tags.counts["section"] == 3 + 1
    links = {value for tag, name, value in tags.attributes if name == "href"}
    ids = {value for tag, name, value in tags.attributes if name == "id"}
    assert links == {f"#{name}" for name in ids} == {"#answer-1", "#answer-2", "#answer-3"}
    assert "3 answers: with drafting a median of" in tags.text
    assert "a hint and no comparison" in tags.text


def test_only_the_latest_answers_have_plots() -> None:
    count = MOST_SECTIONS + 5
    tags = read(page(*(made(number, 12) for number in range(1, count + 1))))
    assert tags.counts["figure"] == MOST_SECTIONS * len(PLOTS)
    ids = {value for _, name, value in tags.attributes if name == "id"}
    assert ids == {f"answer-{number}" for number in range(6, count + 1)}
    assert f"The latest {MOST_SECTIONS} answers" in tags.text
    assert tags.text.count("Six times seven · 2026-11-24 12:") >= count


def test_nothing_measured_is_said() -> None:
    tags = read(page(about="An empty conversation"))
    assert "Nothing was measured here yet." in tags.text
    assert "figure" not in tags.counts


@pytest.mark.parametrize("end", [RunEnd.RUNNING, RunEnd.INTERRUPTED])
@pytest.mark.parametrize("count", [0, 1, 50])
def test_a_run_that_did_not_end_shows_what_there_is_of_it(end: RunEnd, count: int) -> None:
    run, steps = made(1, count, end=end)
    tags = read(page((run, steps)))
    assert tags.counts["figure"] == len(PLOTS)
    assert ("still being written" if end is RunEnd.RUNNING else "the engine stopped") in tags.text
    other = read(page((run, steps), made(2)))
    assert "cut off; what there is of it" in other.text


def test_without_drafting_it_is_compared_with_nothing() -> None:
    steps = make_steps(60, drafting=False)
    text = read(page((make_run(1, steps, request=PLAIN), steps))).text
    assert "tokens/s without drafting." in text
    assert "Speed-up" not in text


def test_a_level_of_other_answers_says_that_it_is_one() -> None:
    plain = make_steps(60, drafting=False)
    steps = make_steps(20)
    text = read(page((make_run(1, plain, request=PLAIN), plain), (make_run(2, steps), steps))).text
    assert "of an answer without it" in text


def test_a_lossy_rule_is_said() -> None:
    run, steps = made(1, 100)
    assert "Changes the output: the exact rule would have refused" in read(page((lossy(run), steps))).text


def test_it_speaks_the_language_of_the_window() -> None:
    def translate(context: str, text: str) -> str:
        assert context == "Report"
        return {"Settings": "Einstellungen", "Total time": "Gesamtzeit"}.get(text, text)

    text = page(made(1), speech=Speech(translate, ",", "de"))
    assert '<html lang="de">' in text
    assert "Einstellungen" in text
    assert "Gesamtzeit" in text
    assert re.search(r">\d+,\d<", text)
