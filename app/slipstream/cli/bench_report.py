"""A benchmark as a table on a terminal, and what it comes to in sentences."""

from collections.abc import Sequence

from slipstream.core.benchmark.figures import ALL, KindFigures, kind_figures
from slipstream.core.benchmark.rows import Benchmark
from slipstream.core.benchmark.setup import BenchSetup
from slipstream.core.chat import Speculation
from slipstream.core.comparing import sentence
from slipstream.core.metrics import IclSummary

NA = "–"


def table(benchmark: Benchmark) -> str:
    """The figures per kind and over all, what was measured, and the verdict."""
    figures = kind_figures(benchmark.pairs, complete=benchmark.is_complete)
    lines = [*_head(benchmark), ""]
    if figures:
        *kinds, overall = figures
        shown = kinds if len(kinds) == 1 else figures
        lines += _aligned([_TITLES, *(_row(each) for each in shown)])
        lines += ["", *(_verdicts(overall, benchmark))]
    lines += [f"{skip.prompt} was not measured: {skip.why}" for skip in benchmark.skips]
    return "\n".join(lines)


def drafting_words(speculation: Speculation) -> str:
    length = (
        "automatic length"
        if speculation.draft_max is None
        else f"up to {speculation.draft_max} tokens a step"
    )
    return f"{length}, {speculation.accept} acceptance"


_TITLES = (
    *("kind", "prompts", "tokens/s", "without", "speed-up", "in total latency", "kept", "τ"),
    *("chunk ms p50", "p95", "p99", "max"),
)


def _row(figures: KindFigures) -> tuple[str, ...]:
    kept = NA if figures.acceptance_rate is None else f"{figures.acceptance_rate:.0%}"
    return (
        "all" if figures.kind == ALL else figures.kind,
        str(figures.prompts),
        _number(figures.drafting_rate),
        _number(figures.plain_rate),
        figures.decode.figures or NA,
        figures.total.figures or NA,
        kept,
        _number(figures.acceptance_length, 2),
        *_icl(figures.drafting_icl),
    )


def _icl(icl: IclSummary) -> tuple[str, ...]:
    return tuple(_number(value, 0) for value in (icl.p50, icl.p95, icl.p99, icl.max))


def _head(benchmark: Benchmark) -> list[str]:
    setup, plan = benchmark.setup, benchmark.plan
    repeats = "" if plan.repeats == 1 else f", {plan.repeats} times each"
    devices = ", ".join(setup.target.devices)
    return [
        f"{setup.pair}, {drafting_words(setup.speculation)}",
        f"{len(plan.prompts)} prompts{repeats}, {setup.max_tokens} tokens at most, {_sampling_words(setup)}",
        f"{setup.machine}; {devices}, {setup.threads} thread{'' if setup.threads == 1 else 's'}; {setup.build}",
    ]


def _sampling_words(setup: BenchSetup) -> str:
    return "greedy" if setup.greedy else f"temperature {setup.sampling.temperature:g}, seed {setup.seed}"


def _verdicts(overall: KindFigures, benchmark: Benchmark) -> list[str]:
    found = [
        sentence(overall.decode, "decoding with drafting", "without", overall.unit),
        sentence(overall.total, "the whole answer with drafting", "without", overall.unit),
    ]
    if benchmark.setup.greedy:
        found.append(f"{overall.same_text} of {overall.pairs} answers are the same, token for token.")
    if overall.changes_output:
        found.append("The acceptance rule changes the output.")
    if not benchmark.is_complete:
        found.append(f"{benchmark.left} of {benchmark.plan.size} prompts are not measured yet.")
    return found


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """The first column to the left, the others to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _number(value: float | None, digits: int = 1) -> str:
    return NA if value is None else f"{value:.{digits}f}"
