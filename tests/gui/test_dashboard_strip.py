"""The row of figures under an answer."""

from dataclasses import replace

import pytest
from dashboard_runs import run_stats, run_steps

from slipstream.core.metrics import StepRecord, StopReason, measure
from slipstream.ui.dashboard import figures
from slipstream.ui.dashboard.strip import seen_items, stop_reason_text, strip_items


def test_strip_shows_what_core_metrics_measured() -> None:
    stats = run_stats(run_steps(120))
    values = {label: value for label, value, _ in strip_items(stats)}
    m = stats.metrics
    assert list(values) == ["tokens/s", "τ", "acceptance", "TTFT", "tokens"]
    assert values["tokens/s"] == f"{m.tokens_per_second:.1f}"
    assert values["τ"] == f"{m.acceptance_length:.2f}"
    assert values["acceptance"] == f"{m.acceptance_rate * 100:.0f}\N{NO-BREAK SPACE}%"
    assert values["TTFT"] == "420\N{NO-BREAK SPACE}ms"
    assert values["tokens"] == str(m.emitted)


def test_every_figure_has_its_definition() -> None:
    tips = {label: tip for label, _, tip in strip_items(run_stats(run_steps(120)))}
    assert "(emitted − 1) / (last emission − first emission)" in tips["tokens/s"]
    assert "Thinking:" in tips["tokens/s"]
    assert "1 + accepted / steps" in tips["τ"]
    assert "accepted / drafted" in tips["acceptance"]
    assert "prefill" in tips["TTFT"] or "request to the first" in tips["TTFT"]
    assert all(tips.values())


def test_a_lossy_rule_is_labelled_with_what_it_let_through() -> None:
    def lossy(refused: float) -> list[StepRecord]:
        return [
            replace(step, rule="typical", refused=step.accepted * refused) if step.drafted else step
            for step in run_steps(40)
        ]

    label = ("exact rule refuses 12.5\N{NO-BREAK SPACE}%", "changes the output")
    for items in (strip_items(run_stats(lossy(0.125))), seen_items(measure(lossy(0.125)))):
        assert label in {(name, value) for name, value, _ in items}
        assert all(tip for _, _, tip in items)
    exact = ("exact rule refuses 0.0\N{NO-BREAK SPACE}%", "changes the output")  # rejecting may be lossy, too
    assert exact in {(name, value) for name, value, _ in strip_items(run_stats(lossy(0)))}
    assert all("output" not in value for _, value, _ in strip_items(run_stats(run_steps(40))))


def test_what_is_not_known_is_a_dash() -> None:
    values = {label: value for label, value, _ in strip_items(run_stats([]))}
    assert values["tokens/s"] == values["τ"] == values["acceptance"] == values["TTFT"] == "–"
    undrafted = {label: value for label, value, _ in strip_items(run_stats(run_steps(20, drafting=False)))}
    assert undrafted["acceptance"] == "–"
    assert undrafted["τ"] == "1.00"


@pytest.mark.parametrize("reason", StopReason)
def test_every_stop_reason_has_words(reason: StopReason) -> None:
    *_, before, (label, value, tip) = strip_items(run_stats(run_steps(5), reason))
    if reason is StopReason.END_OF_TURN:  # as answers end
        assert (label, tip.splitlines()[-1]) == ("tokens", "The model ended its turn.")
    else:
        assert (label, value, before[0]) == ("ended", stop_reason_text(reason), "tokens")
        assert before[2].endswith(tip)


@pytest.mark.parametrize(
    ("ms", "text"),
    [(None, "–"), (0, "0.0 ms"), (9.96, "10 ms"), (340.4, "340 ms"), (999.6, "1.00 s"), (61_000, "61 s")],
)
def test_durations(ms: float | None, text: str) -> None:
    assert figures.duration(ms).replace("\N{NO-BREAK SPACE}", " ") == text
