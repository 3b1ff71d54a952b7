"""Lossy rules in whole runs on real weights: where they act, what is recorded of it, and that greedy they do not."""

import pytest
from runs import Run, run

from slipstream.core.chat import AcceptRule, Drafting, GenerateRequest, Sampling, Speculation
from slipstream.core.metrics import Phase
from slipstream.engine.session import LocalEngine

pytestmark = pytest.mark.weights
THINKING = "What is 17 times 23?\n<think>\n"  # ends as R1's template does: the run starts inside thinking


def write(engine: LocalEngine, accept: AcceptRule, raw: str, temperature: float = 1.0) -> Run:
    request = GenerateRequest(
        raw=raw,
        sampling=Sampling(temperature),
        speculation=Speculation(Drafting.MODEL, 3, lookup=False, accept=accept),
        max_tokens=24,
        seed=5,
    )
    return run(engine, request)


def rules(done: Run) -> set[str]:
    return {record.rule for record in done.records if record.drafted}


def test_relaxed_acts_in_thinking_and_tells_what_it_let_through(pair_engine: LocalEngine) -> None:
    done = write(pair_engine, AcceptRule.RELAXED, THINKING)
    thinking = done.stats.phases[Phase.THINK]
    assert "relaxed" in {record.rule for record in done.records if record.phase is Phase.THINK}
    assert thinking.changes_output
    assert 0 < thinking.refused < thinking.accepted
    assert thinking.refused == pytest.approx(sum(record.refused for record in done.records))
    assert all(0 <= record.refused <= record.accepted for record in done.records)
    assert all(record.refused == 0 for record in done.records if record.rule != "relaxed")


def test_relaxed_outside_thinking_is_lossless_to_the_token(pair_engine: LocalEngine) -> None:
    raw = THINKING.replace("<think>\n", "")
    relaxed, lossless = (
        write(pair_engine, accept, raw) for accept in (AcceptRule.RELAXED, AcceptRule.LOSSLESS)
    )
    assert relaxed.stats.tokens == lossless.stats.tokens
    assert rules(relaxed) == rules(lossless) == {"block"}
    assert not relaxed.stats.metrics.changes_output


@pytest.mark.parametrize("accept", [AcceptRule.RELAXED, AcceptRule.TYPICAL])
def test_greedy_a_lossy_rule_changes_nothing(pair_engine: LocalEngine, accept: AcceptRule) -> None:
    lossy, match = (write(pair_engine, rule, THINKING, 0.0) for rule in (accept, AcceptRule.MATCH))
    assert lossy.stats.tokens == match.stats.tokens
    assert rules(lossy) == {"match"}
    assert not lossy.stats.metrics.changes_output
