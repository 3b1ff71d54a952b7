"""The plots that count steps: tokens a chunk, how far drafts hold, where a step's time goes, the latest steps."""

from slipstream.core.axes import round_up, ticks
from slipstream.core.metrics import Phase
from slipstream.core.reports.frame import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Frame,
    Legend,
    heading,
    legend_row,
)
from slipstream.core.reports.levels import RunLevels
from slipstream.core.reports.speech import Speech
from slipstream.core.reports.svg import Look, element, label, rectangle
from slipstream.core.reports.track import LATEST, RunTrack, ShownStep

ROOM = WIDTH - LEFT - RIGHT
GAP = 0.22  # between two bars, of their pitch
WIDEST_BAR = 30.0
CELL = 7.0  # px, at most: one drafted token
CELLS = 62  # px under the bars of time


def chunks(track: RunTrack, _levels: RunLevels, speech: Speech, look: Look) -> str:
    """How many tokens came at once: the share of chunks with one, two, three…"""
    translate = speech.translate
    most = max(track.chunks, default=1)
    counts = {size: track.chunks[size] for size in range(1, most + 1)}
    total = sum(counts.values())
    shares = {size: count / total if total else 0.0 for size, count in counts.items()}
    top = min(1.0, round_up(1.1 * max(shares.values(), default=0.0) or 1.0))
    frame = Frame(look, 1.0, 0.0, top)
    pitch = ROOM / max(len(shares), 6)
    width = min(WIDEST_BAR, pitch * (1 - GAP))
    drawn = [
        heading(look, translate("Report", "Tokens per chunk, share of chunks"), ()),
        frame.grid([(share, speech.percent(share)) for share in ticks(0, top, 5)]),
    ]
    every = 1 + len(shares) // 20
    for place, (size, share) in enumerate(shares.items()):
        middle = LEFT + (place + 0.5) * pitch
        drawn.append(_bar(frame, middle, width, 0.0, share, look.first))
        if share and width >= 20:
            drawn.append(label(middle, frame.y(share) - 4, speech.percent(share), look.text, 10, "middle"))
        if place % every == 0:
            drawn.append(frame.under(middle, str(size)))
    if not total:
        drawn.append(frame.note(translate("Report", "no steps yet")))
    return "".join(drawn)


def positions(track: RunTrack, _levels: RunLevels, speech: Speech, look: Look) -> str:
    """Conditional acceptance: of the steps that got to a draft position, the share that kept it."""
    translate = speech.translate
    counts = track.history.meter.metrics().positions
    frame = Frame(look, 1.0, 0.0, 1.0)
    drawn = [
        heading(look, translate("Report", "Acceptance by draft position, of those that got there"), ()),
        frame.grid([(share, speech.percent(share)) for share in (0.0, 0.25, 0.5, 0.75, 1.0)]),
    ]
    pitch = ROOM / max(len(counts), 6)
    width = min(WIDEST_BAR, pitch * (1 - GAP))
    every = 1 + len(counts) // 20
    for place, count in enumerate(counts):
        middle = LEFT + (place + 0.5) * pitch
        share = count.conditional
        drawn.append(_bar(frame, middle, width, 0.0, share or 0.0, look.third))
        if share is not None and width >= 20:
            at = frame.y(share) - 4 if share < 0.93 else frame.y(share) + 12
            colour = look.text if share < 0.93 else look.surface
            drawn.append(label(middle, at, speech.number(100 * share), colour, 10, "middle"))
        if place % every == 0:
            drawn.append(frame.under(middle, str(place + 1)))
    if not counts:
        drawn.append(frame.note(translate("Report", "nothing drafted")))
    return "".join(drawn)


def parts(track: RunTrack, _levels: RunLevels, speech: Speech, look: Look) -> str:
    """The mean time of a step by its parts, over the run."""
    translate = speech.translate
    bars = [stretch.means_ms for stretch in track.stretches.list]
    high = round_up(1.05 * max((sum(means) for means in bars), default=0.0) or 100.0)
    frame = Frame(look, 1.0, 0.0, high)
    drawn = [
        heading(look, translate("Report", "Time of a step, ms"), _parts(speech, look)),
        frame.grid([(value, speech.number(value, 0 if high >= 5 else 1)) for value in ticks(0, high, 5)]),
    ]
    pitch = ROOM / max(len(bars), 12)
    for place, means in enumerate(bars):
        drawn.append(_stack(frame, LEFT + (place + 0.5) * pitch, pitch * (1 - GAP / 2), means, look))
    if bars:
        last = (
            2 + (len(bars) - 1) * track.stretches.each
        )  # the first step of the last bar; step 1 is the prefill's
        drawn.append(frame.under(LEFT + 0.5 * pitch, "2"))
        words = translate("Report", "step {n}").format(n=speech.number(last))
        if len(bars) > 1:
            drawn.append(frame.under(LEFT + (len(bars) - 0.5) * pitch, words))
    else:
        drawn.append(frame.note(translate("Report", "no steps yet")))
    return "".join(drawn)


def timeline(track: RunTrack, _levels: RunLevels, speech: Speech, look: Look) -> str:
    """The latest steps one by one: their time above, the tokens they drafted below."""
    translate = speech.translate
    steps = list(track.latest)
    title = (
        translate("Report", "The last {n} steps").format(n=len(steps))
        if steps
        else translate("Report", "The last steps")
    )
    kept = Legend(translate("Report", "accepted"), look.first, "box")
    lost = Legend(translate("Report", "rejected"), look.second, "hollow")
    high = round_up(1.05 * max((sum(step.parts_ms) for step in steps), default=0.0) or 100.0)
    frame = Frame(look, 1.0, 0.0, high, HEIGHT - CELLS)
    drawn = [
        heading(look, title, _parts(speech, look)),
        legend_row(look, (kept, lost), HEIGHT - 6),
        frame.grid([(value, speech.number(value, 0 if high >= 5 else 1)) for value in ticks(0, high, 3)]),
    ]
    pitch = ROOM / LATEST
    most = max((step.drafted for step in steps), default=0)
    cell = min(CELL, (CELLS - 22) / max(1, most))
    below = frame.height - BOTTOM + 8
    for place, step in enumerate(steps):
        x = LEFT + place * pitch
        if step.phase is Phase.THINK:
            drawn.append(rectangle(x, TOP, pitch, frame.height - BOTTOM - TOP, look.band))
    for place, step in enumerate(steps):
        middle = LEFT + (place + 0.5) * pitch
        drawn.append(_stack(frame, middle, pitch * (1 - GAP), list(step.parts_ms), look))
        drawn.append(_cells(step, middle, below, pitch * (1 - GAP), cell, look))
    if steps:
        at = HEIGHT - 6
        drawn.append(
            label(
                LEFT, at, translate("Report", "step {n}").format(n=speech.number(steps[0].index)), look.muted
            )
        )
    else:
        drawn.append(frame.note(translate("Report", "no steps yet")))
    return "".join(drawn)


def _parts(speech: Speech, look: Look) -> tuple[Legend, ...]:
    translate = speech.translate
    words = (
        translate("Report", "draft"),
        translate("Report", "verify"),
        translate("Report", "sample"),
        translate("Report", "other"),
    )
    return tuple(Legend(word, colour, "box") for word, colour in zip(words, _colours(look), strict=True))


def _colours(look: Look) -> tuple[str, str, str, str]:
    """Of draft, verify, sample, other."""
    return look.second, look.first, look.third, look.fourth


def _bar(frame: Frame, middle: float, width: float, low: float, high: float, colour: str) -> str:
    top, bottom = frame.y(high), frame.y(low)
    return rectangle(middle - width / 2, top, width, bottom - top, colour) if high > low else ""


def _stack(frame: Frame, middle: float, width: float, parts_ms: list[float], look: Look) -> str:
    """Verify at the bottom: it is there in every step, so that what drafting adds stands on a common ground."""
    colours = _colours(look)
    drawn, low = [], 0.0
    for part in (1, 0, 2, 3):
        drawn.append(_bar(frame, middle, width, low, low + parts_ms[part], colours[part]))
        low += parts_ms[part]
    return "".join(drawn)


def _cells(step: ShownStep, middle: float, top: float, width: float, size: float, look: Look) -> str:
    """A filled cell for a token that was kept, an empty one for a rejected."""
    tall = max(1.0, size - 1.5)
    drawn = []
    for token in range(step.drafted):
        y = top + token * size
        if token < step.accepted:
            drawn.append(rectangle(middle - width / 2, y, width, tall, look.first))
        else:
            drawn.append(
                element(
                    "rect",
                    x=middle - width / 2 + 0.5,
                    y=y + 0.5,
                    width=width - 1,
                    height=max(0.5, tall - 1),
                    fill="none",
                    stroke=look.second,
                )
            )
    return "".join(drawn)
