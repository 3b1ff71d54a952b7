"""The text of the explanation: Markdown with places for figures, and parts that depend on what is known.

    <!-- if NAME -->   what stands up to `<!-- end -->` is there only where NAME is among the facts
    {name}             a figure, as it is written
    ![words](explanation/NAME)   on a line of its own: a drawing

The page in the application and `docs/explanation.md` are both made from it (`tests/gui/explanation_docs.py`).
Knows no widgets.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from slipstream.core.history import Levels
from slipstream.core.metrics import Metrics
from slipstream.core.paths import resources_dir
from slipstream.ui.dashboard import figures
from slipstream.ui.numbers import grouped

_IF = re.compile(r"<!-- if (\w+) -->")
_END = "<!-- end -->"
_DRAWING = re.compile(r"!\[(.*)\]\(explanation/([\w-]+)\)")
_BEGINS = re.compile(r"\s*(?:[-#!]|\d+\. )")  # a line that goes on with no other


@dataclass(frozen=True)
class Facts:
    """What is known: `true` names the parts that are shown, `figures` has what stands in them."""

    true: frozenset[str] = frozenset(("nothing",))
    figures: dict[str, str] = field(default_factory=dict)


DOCS = Facts(frozenset(("docs",)))


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing's name, and what it shows in words."""

    name: str
    words: str


def explanation(language: str) -> str:
    """The source in a language ("de"), in English where there is none. Raises OSError."""
    folder = resources_dir()
    own = folder / f"explanation.{language}.md"
    return (own if own.is_file() else folder / "explanation.md").read_text("utf-8")


def facts(metrics: Metrics | None, levels: Levels) -> Facts:
    """What a run and what it is compared with have to say. Without a run, or with an empty one: nothing."""
    if metrics is None or metrics.tokens_per_second is None or metrics.tpot_ms is None:
        return Facts()
    values = {
        "tokens": grouped(metrics.emitted),
        "steps": grouped(metrics.steps),
        "rate": figures.rate(metrics.tokens_per_second),
        "tpot": figures.duration(metrics.tpot_ms),
        "p50": figures.duration(metrics.icl.p50),
        "p95": figures.duration(metrics.icl.p95),
        "p99": figures.duration(metrics.icl.p99),
        "stalls": grouped(metrics.icl.stalls),
    }
    if not metrics.drafted:
        return Facts(frozenset(("plain",)), values)
    true = {"drafted"}
    tau = metrics.acceptance_length
    values |= {
        "drafted": grouped(metrics.drafted),
        "accepted": grouped(metrics.accepted),
        "acceptance": figures.percent(metrics.acceptance_rate),
        "tau": figures.length(tau),
    }
    if levels.plain and metrics.icl.p50 is not None:
        true.add("level")
        plain_ms = 1000 / levels.plain
        values |= {
            "level": figures.rate(levels.plain),
            "plain_gap": figures.duration(plain_ms),
            "speedup": figures.length(metrics.tokens_per_second / levels.plain),
            "gap_factor": figures.length(metrics.icl.p50 / plain_ms),
        }
    else:
        true.add("no_level")
    if levels.break_even is not None and tau is not None:
        true.add("pays" if tau > levels.break_even else "loses")
        values["break_even"] = figures.length(levels.break_even)
    return Facts(frozenset(true), values)


def filled(source: str, known: Facts) -> str:
    """The source with what is known; parts about other things left out. Line breaks stay as they are."""
    lines, shown = list[str](), True
    for line in source.splitlines():
        if match := _IF.fullmatch(line):
            shown = match[1] in known.true
        elif line == _END:
            shown = True
        elif shown:
            lines.append(line)
    return _put("\n".join(lines) + "\n", known.figures)


def _put(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def blocks(text: str) -> Iterator[str | Drawing]:
    """Markdown and drawings in their order; every paragraph on one line, as a page of any width wants it."""
    found: list[str] = []
    for line in text.splitlines():
        drawing = _DRAWING.fullmatch(line)
        if drawing:
            yield "\n".join(found)
            found = []
            yield Drawing(drawing[2], drawing[1])
        elif found and found[-1] and line.strip() and not _BEGINS.match(line):
            found[-1] += " " + line.strip()
        else:
            found.append(line.strip())
    yield "\n".join(found)


def for_docs(source: str) -> str:
    """The page of the documentation: without anyone's figures, its drawings as pictures."""
    return _DRAWING.sub(r"![\1](images/explanation-\2.png)", filled(source, DOCS))
