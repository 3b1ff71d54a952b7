"""The plots as pictures: well-formed, with nothing in them that is no number, and saying what the figures say."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from report_samples import make_run, make_steps

from slipstream.core.events import StepDone
from slipstream.core.reports.levels import LevelsOfOthers, OwnLevels, RunLevels
from slipstream.core.reports.pictures import PLOTS, Plot, alone, in_page, meaning
from slipstream.core.reports.speech import ENGLISH, Speech
from slipstream.core.reports.svg import DARK, IN_PAGE, LIGHT
from slipstream.core.reports.track import RunTrack

SVG = "{http://www.w3.org/2000/svg}"
NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")


def tracked(steps: list[StepDone]) -> RunTrack:
    track = RunTrack()
    for step in steps:
        track.add(step.record)
    return track


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)


def words(picture: ET.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}text")]


RUNS = {
    "nothing": [],
    "one step": make_steps(1),
    "two steps": make_steps(2),
    "without drafting": make_steps(60, drafting=False),
    "short": make_steps(20),
    "usual": make_steps(600),
    "long": make_steps(5000),
}


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.name)
@pytest.mark.parametrize("name", RUNS)
def test_every_plot_of_every_run_is_a_picture(plot: Plot, name: str) -> None:
    track = tracked(RUNS[name])
    for levels in (RunLevels(), RunLevels(16.4, 1.5), RunLevels(0.001, 60.0, 3)):
        text = alone(plot, track, levels, ENGLISH, LIGHT, "about")
        picture = parsed(text)
        _, _, width, height = map(float, picture.get("viewBox", "").split())
        assert "nan" not in text
        assert "inf" not in text
        assert len(text) < 120_000
        for element in picture.iter():
            for attribute in ("x", "y", "x1", "y1", "x2", "y2", "cx", "cy"):
                if (value := element.get(attribute)) is not None:
                    assert -2 <= float(value) <= max(width, height)
            assert float(element.get("width", 0)) >= 0
            assert float(element.get("height", 0)) >= 0
        for path in picture.iter(f"{SVG}path"):
            numbers = list(map(float, NUMBERS.findall(path.get("d", ""))))
            assert all(0 <= x <= width for x in numbers[::2])
            assert all(0 <= y <= height for y in numbers[1::2])


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.name)
def test_a_picture_says_what_it_is(plot: Plot) -> None:
    picture = parsed(alone(plot, tracked(make_steps(50)), RunLevels(), ENGLISH, DARK, 'of "x" & <y>'))
    assert picture.find(f"{SVG}title").text == meaning(plot.name, ENGLISH)  # type: ignore[union-attr]
    assert picture.find(f"{SVG}desc").text == 'of "x" & <y>'  # type: ignore[union-attr]
    assert picture.get("role") == "img"
    assert picture.find(f"{SVG}rect").get("fill") == DARK.surface  # type: ignore[union-attr]


def test_in_a_page_the_page_says_the_colours() -> None:
    for plot in PLOTS:
        text = in_page(plot, tracked(make_steps(50)), RunLevels(16.0, 1.5), ENGLISH, IN_PAGE)
        assert not re.search(r"#[0-9a-f]{6}", text)
        assert "var(--" in text


def drawn(name: str, steps: list[StepDone], levels: RunLevels | None = None) -> ET.Element:
    (plot,) = (plot for plot in PLOTS if plot.name == name)
    return parsed(alone(plot, tracked(steps), levels or RunLevels(), ENGLISH, LIGHT, ""))


def test_levels_are_drawn_where_they_are_known() -> None:
    steps = make_steps(400)
    assert "without drafting 16.4" in words(drawn("tokens-per-second", steps, RunLevels(16.4)))
    assert not [w for w in words(drawn("tokens-per-second", steps)) if "without" in w]
    assert "break-even 1.50" in words(drawn("acceptance-length", steps, RunLevels(16.4, 1.5)))


def test_latency_names_its_percentiles_and_its_stalls() -> None:
    steps = make_steps(600)
    icl = tracked(steps).history.meter.icl()
    told = words(drawn("latency", steps))
    assert f"stalls: {icl.stalls}" in told
    told = " · ".join(told).split(" · ")
    for name, value in (("p50", icl.p50), ("p95", icl.p95)):
        assert f"{name} {ENGLISH.duration(value)}" in told
    assert len(list(drawn("latency", steps).iter(f"{SVG}polygon"))) >= icl.stalls


def test_where_nothing_was_drafted_it_says_so() -> None:
    plain = make_steps(60, drafting=False)
    for name in ("acceptance-rate", "acceptance-by-position"):
        assert "nothing drafted" in words(drawn(name, plain))


def test_the_shares_of_chunks_are_of_all_chunks() -> None:
    steps = make_steps(400)
    track = tracked(steps)
    told = words(drawn("tokens-per-chunk", steps))
    for size, count in track.chunks.items():
        assert str(size) in told
        assert ENGLISH.percent(count / len(steps)) in told


def test_accepted_tokens_are_filled_and_rejected_ones_are_not() -> None:
    steps = make_steps(30)
    shown = [step.record for step in steps[-48:]]
    picture = drawn("last-steps", steps)
    hollow = [r for r in picture.iter(f"{SVG}rect") if r.get("fill") == "none" and r.get("rx") is None]
    assert len(hollow) == sum(len(step.drafted) - step.accepted for step in shown)


def test_numbers_are_written_as_the_language_writes_them() -> None:
    german = Speech(lambda _context, text: {"τ, tokens/pass": "τ, Token/Schritt"}.get(text, text), ",", "de")
    (plot,) = (plot for plot in PLOTS if plot.name == "acceptance-length")
    told = words(parsed(alone(plot, tracked(make_steps(400)), RunLevels(16.4, 1.5), german, LIGHT, "")))
    assert "τ, Token/Schritt" in told
    assert "break-even 1,50" in told


# Levels


def test_the_level_is_that_of_the_runs_own_plain_steps() -> None:
    steps = make_steps(400)
    run = make_run(1, steps)
    own = OwnLevels()
    for step in steps:
        own.add(step.record)
    levels = own.levels(LevelsOfOthers(), run)
    plain = [s.record.duration_ms for s in steps if s.record.index > 1 and not s.record.drafted]
    drafting = [s.record.duration_ms for s in steps if s.record.drafted]
    assert levels.answers == 0
    assert levels.plain == pytest.approx(1000 * len(plain) / sum(plain), rel=0.1)
    mean = sum(drafting) / len(drafting) / (sum(plain) / len(plain))
    assert levels.break_even == pytest.approx(mean, rel=0.15)


def test_else_it_is_the_median_of_answers_without_drafting_on_the_same_machine() -> None:
    drafting = make_run(1, make_steps(40))
    own = OwnLevels()
    for step in make_steps(10):
        own.add(step.record)
    assert own.levels(LevelsOfOthers([drafting]), drafting) == RunLevels()
    rates = []
    others = LevelsOfOthers([drafting])
    for number, ms in enumerate((40.0, 60.0, 90.0), 2):
        plain = make_run(number, make_steps(40, drafting=False, plain_ms=ms))
        others.add(plain)
        rates.append(plain.stats.metrics.tokens_per_second)  # type: ignore[union-attr]
    gpu = replace(drafting.pair, target=replace(drafting.pair.target, devices=("CUDA0",)))
    others.add(make_run(9, make_steps(40, drafting=False, plain_ms=1.0), pair=gpu))
    assert own.levels(others, drafting) == RunLevels(sorted(rates)[1], None, 3)
