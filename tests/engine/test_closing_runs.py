"""Thinking that is closed on real weights: the same text whoever drafts, and numbers that mean what they say."""

import itertools
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from runs import SPECULATIONS, Run, ask, cheapen, run

from slipstream.core.chat import Drafting, GenerateRequest, PairSpec, Sampling, Speculation
from slipstream.core.errors import UsageError
from slipstream.core.events import RunFinished, StepDone
from slipstream.core.measurements import Measurements
from slipstream.core.metrics import ClosedBy, Phase, StopReason, measure
from slipstream.engine.process import ProcessEngine
from slipstream.engine.session import LocalEngine

pytestmark = pytest.mark.weights

# Ends as R1's template does, so that the run starts inside thinking; this model closes none by itself.
RAW = "Question: Tell me three facts about the sea.\nAnswer: <think>\n"
LENGTH = 32  # tokens


@pytest.fixture(scope="module")
def engine(demo_target: Path, low_bit_draft: Path) -> Iterator[LocalEngine]:
    engine = LocalEngine()
    engine.know(Measurements())
    engine.load(PairSpec(demo_target, low_bit_draft, ctx_size=256), lambda _event: None)
    yield engine
    engine.close()


def think(drafting: Drafting = Drafting.NONE, **fields: object) -> GenerateRequest:
    values: dict[str, object] = {"messages": (), "raw": RAW, "max_tokens": LENGTH, **fields}
    return replace(ask("", drafting), **values)  # type: ignore[arg-type]  # by name


def given(done: Run) -> list[tuple[int, tuple[int, ...]]]:
    """(tokens emitted before, what was put in) of each step that was given something."""
    before = itertools.accumulate((len(record.emitted) for record in done.records), initial=0)
    return [(n, r.inserted) for n, r in zip(before, done.records, strict=False) if r.inserted]


def closed_after(engine: LocalEngine | ProcessEngine, request: GenerateRequest, steps: int) -> Run:
    """Play a request; another thread closes the thinking after so many steps."""
    done = Run(None, [], [], "", [])  # type: ignore[arg-type]  # filled in at the end
    for event in engine.generate(request):
        if isinstance(event, StepDone | RunFinished):
            done.pieces += event.pieces
            done.text += event.text
        if isinstance(event, StepDone):
            done.records.append(event.record)
            if len(done.records) == steps:
                thread = threading.Thread(target=engine.close_thinking)
                thread.start()
                thread.join()
        if isinstance(event, RunFinished):
            done.stats = event.stats
    return done


@pytest.mark.parametrize("budget", [0, 7])
def test_a_budget_closes_the_thinking_at_its_token_whoever_drafts(engine: LocalEngine, budget: int) -> None:
    plain = run(engine, think(thinking_budget=budget))
    assert [at for at, _ in given(plain)] == [budget]
    assert plain.stats.thinking_closed is ClosedBy.BUDGET
    assert len(plain.stats.thinking.split()) <= budget + 1
    assert plain.stats.phases[Phase.ANSWER].emitted == len(plain.stats.tokens) - budget > 0
    accepted = 0
    for name, speculation in SPECULATIONS.items():
        cheapen(engine)
        done = run(engine, think(thinking_budget=budget, speculation=speculation))
        assert done.stats.tokens == plain.stats.tokens, name
        assert given(done) == given(plain), name
        assert done.stats.text == plain.stats.text
        accepted += sum(record.accepted for record in done.records if record.phase is Phase.ANSWER)
    assert accepted > 0  # drafting went on behind it


def test_the_answer_is_what_the_model_writes_after_such_thinking(engine: LocalEngine) -> None:
    done = run(engine, think(Drafting.MODEL, thinking_budget=12))
    assert engine._pair is not None
    ((_, tag),) = given(done)
    model = engine._pair.target.model
    words = b"".join(model.piece(token) for token in tag).decode()
    assert words in ("\n</think>\n\n", "</think>\n\n")
    assert tuple(engine._pair.format.markup(words)) == tag
    whole = RAW + b"".join(model.piece(token) for token in (*done.stats.tokens[:12], *tag)).decode()
    prompt = engine._pair.format.raw(whole).tokens
    assert prompt == (*engine._pair.format.raw(RAW).tokens, *done.stats.tokens[:12], *tag)
    again = run(engine, think(raw=whole, max_tokens=LENGTH - 12))  # given as a prompt
    assert again.stats.tokens == done.stats.tokens[12:]


def test_what_is_put_in_counts_in_nothing_and_the_numbers_add_up(engine: LocalEngine) -> None:
    done = run(engine, think(Drafting.MODEL, thinking_budget=10, max_tokens=40))
    stats = done.stats
    assert stats.metrics == measure(done.records)
    assert stats.metrics.emitted == len(stats.tokens) == 40  # the tag is not paid for
    for before, record in itertools.pairwise(done.records):
        assert record.position == before.position + len(before.emitted) + len(record.inserted)
        assert record.duration_ms == pytest.approx(record.t_ms - before.t_ms, abs=0.01)
        if record.inserted:
            assert (record.drafted, record.accepted, len(record.emitted)) == ((), 0, 1)
            assert (before.phase, record.phase) == (Phase.THINK, Phase.ANSWER)
            assert record.verify_ms > 0  # it was read, and that took time
    seconds = (done.records[-1].t_ms - done.records[0].t_ms) / 1000
    assert stats.metrics.tokens_per_second == pytest.approx(39 / seconds)
    assert {piece.phase for piece in done.pieces if piece.token < 10} == {Phase.THINK}
    assert {piece.phase for piece in done.pieces if piece.token >= 10} == {Phase.ANSWER}
    assert done.text == stats.text
    assert "".join(piece.text for piece in done.pieces if piece.phase is Phase.ANSWER) == stats.answer


def test_costs_are_not_learned_from_the_step_that_reads_it(engine: LocalEngine) -> None:
    record = engine.measurements()
    assert record is not None

    def observed() -> int:
        return sum(cell.count for cell in record.plain_step.cells.values())

    before = observed()
    done = run(engine, think(thinking_budget=5, max_tokens=12))
    assert observed() - before == len(done.records) - 3  # neither the first, nor the last, nor that one


@pytest.mark.parametrize("drafting", list(Drafting))
def test_a_person_ends_the_thinking_and_the_text_is_that_of_a_budget_there(
    engine: LocalEngine, drafting: Drafting
) -> None:
    done = closed_after(engine, think(drafting), steps=4)
    ((at, _),) = given(done)
    assert done.stats.thinking_closed is ClosedBy.PERSON
    assert at == sum(len(record.emitted) for record in done.records[:4])  # at the next step
    assert done.stats.tokens == run(engine, think(thinking_budget=at)).stats.tokens


def test_asked_for_before_the_first_step_nothing_is_thought(engine: LocalEngine) -> None:
    events = engine.generate(think(max_tokens=8))
    next(events)  # the prompt is being read
    engine.close_thinking()
    finished = list(events)[-1]
    assert isinstance(finished, RunFinished)
    assert (finished.stats.thinking, finished.stats.thinking_closed) == ("", ClosedBy.PERSON)
    assert finished.stats.text.startswith("\n</think>\n\n")
    assert finished.stats.tokens == run(engine, think(max_tokens=8, thinking_budget=0)).stats.tokens


def test_outside_thinking_and_between_runs_asking_does_nothing(engine: LocalEngine) -> None:
    request = ask("Tell me three facts about the sea.", max_tokens=16)
    plain = run(engine, request)
    for done in (closed_after(engine, request, steps=3), run(engine, replace(request, thinking_budget=2))):
        assert (done.stats.tokens, done.stats.thinking_closed) == (plain.stats.tokens, None)
    engine.close_thinking()
    assert run(engine, think(max_tokens=6)).stats.thinking_closed is None


def test_sampled_runs_with_a_budget_repeat_with_the_same_seed(engine: LocalEngine) -> None:
    request = think(
        speculation=Speculation(Drafting.MODEL, 3, lookup=False),
        sampling=Sampling(1.0),
        thinking_budget=9,
    )
    done = run(engine, request)
    assert run(engine, request).stats.tokens == done.stats.tokens
    assert [at for at, _ in given(done)] == [9]


@pytest.mark.parametrize("room", [3, 12])
def test_at_the_end_of_the_context_the_run_ends_as_ever(engine: LocalEngine, room: int) -> None:
    assert engine._pair is not None
    words = 256
    while len(engine._pair.format.raw(" the" * words + RAW).tokens) > 256 - room:
        words -= 1
    done = run(engine, think(raw=" the" * words + RAW, max_tokens=50, thinking_budget=2))
    put_in = sum(len(record.inserted) for record in done.records)
    assert done.stats.stop_reason in (StopReason.CONTEXT_FULL, StopReason.END_OF_TURN)
    if done.stats.stop_reason is StopReason.CONTEXT_FULL:
        assert done.stats.prompt_tokens + put_in + len(done.stats.tokens) == 257
    assert (done.stats.thinking_closed is ClosedBy.BUDGET) == bool(put_in)
    assert bool(put_in) == (room == 12)


def test_a_budget_below_nothing_is_bad_usage(engine: LocalEngine) -> None:
    with pytest.raises(UsageError, match="budget"):
        run(engine, think(thinking_budget=-1))


def test_through_the_child_process_it_is_the_same(
    engine: LocalEngine, demo_target: Path, low_bit_draft: Path, tmp_path: Path
) -> None:
    child = ProcessEngine(tmp_path)
    try:
        child.load(PairSpec(demo_target, low_bit_draft, ctx_size=512), lambda _event: None)
        request = think(Drafting.MODEL, thinking_budget=7)
        here, there = run(engine, request), run(child, request)
        assert there.stats.tokens == here.stats.tokens
        assert given(there) == given(here)
        asked = closed_after(child, think(max_tokens=400), steps=3)
        ((at, _),) = given(asked)
        assert asked.stats.thinking_closed is ClosedBy.PERSON
        assert at < 399
        assert run(child, think(max_tokens=6)).stats.thinking_closed is None  # it is not remembered
    finally:
        child.close()
