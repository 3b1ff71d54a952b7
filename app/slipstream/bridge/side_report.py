"""A comparison as text to be pasted elsewhere: the verdict, a table, and what it was measured with."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from slipstream.bridge.reports import window_speech
from slipstream.bridge.side_by_side import SideBySides
from slipstream.bridge.side_words import about_texts, figures, side_name, verdict
from slipstream.core.metrics import percentile
from slipstream.core.side_by_side import SEGMENT


def tr(text: str) -> str:
    return QCoreApplication.translate("SideBySide", text)


def as_markdown(comparison: SideBySides) -> str:
    """What is known of it now. There must have been a pass."""
    prompt, loaded = comparison.prompt, comparison.loaded
    assert prompt is not None
    sides = [side.spec for side in comparison.sides]
    speedups = comparison.speedups()
    told = [verdict(side, each).sentence for side, each in zip(sides[1:], speedups, strict=True)]
    differ = any(at is not None for at in comparison.differences())
    texts = about_texts(prompt.request, sides, differ, tuple(comparison.partings.values()))
    head = (
        *(tr("way"), tr("tokens/s"), tr("speed-up"), tr("total latency"), tr("speed-up")),
        *(tr("acceptance"), tr("τ"), tr("p50"), tr("p95")),
    )
    rows = [head, ("---",) * len(head)]
    for place, side in enumerate(comparison.sides):
        metrics, gaps = side.meter.metrics(), sorted(side.gaps)
        faster = speedups[place - 1] if place else None
        rows.append(
            (
                side_name(side.spec).replace("|", "\\|"),
                _figure(side.tokens_per_second, "{:.1f}"),
                figures(faster.decode) if faster else "1",
                _figure(side.total_ms and side.total_ms / 1000, "{:.2f} s"),
                figures(faster.total) if faster else "1",
                _figure(metrics.acceptance_rate, "{:.0%}"),
                _figure(metrics.acceptance_length, "{:.2f}"),
                _figure(percentile(gaps, 50) if gaps else None, "{:.1f} ms"),
                _figure(percentile(gaps, 95) if gaps else None, "{:.1f} ms"),
            )
        )
    measured = tr(
        "{n} segments of {tokens} tokens each, written by turns on one engine; 95 % intervals."
    ).format(n=max(len(side.segments) for side in comparison.sides), tokens=SEGMENT)
    own = [model for model in (loaded.target, loaded.draft) if model] if loaded else []
    others = [side.draft for side in comparison.sides if side.draft]
    models = list(dict.fromkeys(Path(model.path).name for model in (*own, *others)))
    settings = tr("Temperature {0}; {1}; {2} threads.").format(
        _figure(prompt.request.sampling.temperature, "{:g}"),
        " + ".join(models),
        loaded.threads if loaded else 0,
    )
    quote = "\n".join(f"> {line}" for line in prompt.text.strip().splitlines())
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return "\n\n".join((*told, quote, table, texts, f"{measured} {settings}")) + "\n"


def _figure(value: float | None, form: str) -> str:
    return "–" if value is None else form.format(value).replace(".", window_speech().point)
