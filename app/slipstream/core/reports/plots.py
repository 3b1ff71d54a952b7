"""The plots over tokens written: tokens/s, τ, acceptance rate and inter-chunk latency, as the dashboard draws them.

Curves show the latest stretch (solid) and the answer so far (dotted); dashed lines are what to compare with.
"""

from collections.abc import Sequence
from math import ceil, isnan

from slipstream.core.axes import round_up, ticks
from slipstream.core.metrics import IclSummary
from slipstream.core.reports.frame import (
    BOTTOM,
    DASHED,
    DOTTED,
    FEWEST_TOKENS,
    HEIGHT,
    TOP,
    Frame,
    Legend,
    Ticks,
    heading,
    triangle,
)
from slipstream.core.reports.levels import RunLevels
from slipstream.core.reports.speech import Speech
from slipstream.core.reports.svg import Look
from slipstream.core.reports.track import Points, RunTrack

LABEL_HEIGHT = 14  # px
NEAR_TOP = 0.93  # of a plot: where a stall is marked that is higher than the plot


def rate(track: RunTrack, levels: RunLevels, speech: Speech, look: Look) -> str:
    translate = speech.translate
    recent, mean = track.rate.points(), track.mean_rate.points()
    high = round_up(1.05 * _highest((recent, mean), levels.plain or 0.0) or 20.0)
    frame = Frame(look, _end(track), 0.0, high)
    level = translate("Report", "without drafting {rate}").format(rate=speech.rate(levels.plain))
    return "".join(
        (
            heading(
                look,
                translate("Report", "Tokens/s"),
                _recent_and_mean(speech, translate("Report", "last 2 s"), look.first, look.text),
            ),
            frame.tokens(speech, track.bands()),
            frame.grid(_plain_ticks(0, high, speech)),
            frame.curve(recent, look.first),
            frame.curve(mean, look.text, DOTTED),
            frame.level(levels.plain, level, look.second, DASHED, (recent, mean)),
        )
    )


def tau(track: RunTrack, levels: RunLevels, speech: Speech, look: Look) -> str:
    translate = speech.translate
    recent, mean = track.tau.points(), track.mean_tau.points()
    most = _highest((recent, mean), levels.break_even or 1.0)
    step = max(1, ceil((most + 0.2 - 1) / 3))
    values = [1.0 + i * step for i in range(max(2, ceil((most + 0.2 - 1) / step)) + 1)]
    frame = Frame(look, _end(track), 1.0, values[-1])
    level = translate("Report", "break-even {tau}").format(tau=speech.length(levels.break_even))
    return "".join(
        (
            heading(
                look,
                translate("Report", "τ, tokens/pass"),
                _recent_and_mean(speech, translate("Report", "recent"), look.third, look.text),
            ),
            frame.tokens(speech, track.bands()),
            frame.grid([(value, speech.number(value)) for value in values]),
            frame.curve(recent, look.third),
            frame.curve(mean, look.text, DOTTED),
            frame.level(levels.break_even, level, look.second, DASHED, (recent, mean)),
        )
    )


def acceptance(track: RunTrack, _levels: RunLevels, speech: Speech, look: Look) -> str:
    translate = speech.translate
    frame = Frame(look, _end(track), 0.0, 1.0)
    nothing = "" if track.history.meter.drafted else frame.note(translate("Report", "nothing drafted"))
    return "".join(
        (
            heading(
                look,
                translate("Report", "Acceptance rate"),
                _recent_and_mean(speech, translate("Report", "recent"), look.first, look.text),
            ),
            frame.tokens(speech, track.bands()),
            frame.grid([(share, speech.percent(share)) for share in (0.0, 0.25, 0.5, 0.75, 1.0)]),
            frame.curve(track.acceptance.points(), look.first),
            frame.curve(track.mean_acceptance.points(), look.text, DOTTED),
            nothing,
        )
    )


def latency(track: RunTrack, _levels: RunLevels, speech: Speech, look: Look) -> str:
    """The gap before every chunk, with p50, p95, p99 and the stalls."""
    translate = speech.translate
    icl = track.history.meter.icl()
    high = _latency_top(icl)
    frame = Frame(look, _end(track), 0.0, high)
    gaps = track.gaps.points()
    drawn = [
        heading(
            look,
            translate("Report", "Inter-chunk latency, ms"),
            (
                Legend(translate("Report", "gap"), look.first),
                Legend(translate("Report", "stalls: {n}").format(n=icl.stalls), look.bad, "triangle"),
            ),
        ),
        frame.tokens(speech, track.bands()),
        frame.grid(_plain_ticks(0, high, speech)),
        frame.curve(gaps, look.first),
    ]
    drawn += [
        triangle(frame.x(x), max(frame.y(min(gap, NEAR_TOP * high)) + 4, TOP + 8), look.bad)
        for x, gap in track.stalls.highest()
    ]
    if not gaps:
        drawn.append(frame.note(translate("Report", "fewer than two chunks")))
    drawn += _percentiles(frame, icl, speech, gaps)
    return "".join(drawn)


def _percentiles(frame: Frame, icl: IclSummary, speech: Speech, gaps: Points) -> list[str]:
    """A line each. Where two are so near that their labels would lie over one another, they share one."""
    near = (frame.top - frame.bottom) * LABEL_HEIGHT / (HEIGHT - TOP - BOTTOM)
    groups: list[list[tuple[str, float]]] = []
    for name, value in (("p50", icl.p50), ("p95", icl.p95), ("p99", icl.p99)):
        if value is None:
            continue
        if groups and value - groups[-1][-1][1] < near:
            groups[-1].append((name, value))
        else:
            groups.append([(name, value)])
    drawn = []
    for group in groups:
        words = " · ".join(f"{name} {speech.duration(value)}" for name, value in group)
        *below, (_, highest) = group
        drawn += [frame.level(value, "", frame.look.text, DOTTED, ()) for _, value in below]
        drawn.append(frame.level(highest, words, frame.look.text, DOTTED, (gaps,)))
    return drawn


def _recent_and_mean(speech: Speech, words: str, recent: str, mean: str) -> tuple[Legend, Legend]:
    return Legend(words, recent), Legend(speech.translate("Report", "mean"), mean, "dotted")


def _end(track: RunTrack) -> float:
    return max(FEWEST_TOKENS, float(track.tokens))


def _highest(curves: Sequence[Points], level: float) -> float:
    """Of the curves and what they are compared with."""
    return max(level, *(y for points in curves for _, y in points if not isnan(y)), 0.0)


def _plain_ticks(low: float, high: float, speech: Speech) -> Ticks:
    values = ticks(low, high, 5)
    decimals = 0 if all(value == round(value) for value in values) else 1
    return [(value, speech.number(value, decimals)) for value in values]


def _latency_top(icl: IclSummary) -> float:
    """Where the plot ends: above p99, but stalls must not squeeze the rest; they are marked at the top."""
    if icl.p50 is None or icl.p95 is None or icl.p99 is None:
        return 100.0
    return round_up(max(1.4 * icl.p95, min(1.1 * icl.p99, 3.2 * icl.p50)))
