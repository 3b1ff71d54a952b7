"""The automatic pace on real weights: the same greedy text, whoever drafts and whatever happens on the way."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from real_models import model_file
from runs import GREEDY, SPECULATIONS, ask, cheapen, run

from slipstream.core.chat import ChatMessage, Drafting, GenerateRequest, PairSpec, Role, Speculation
from slipstream.core.events import StepDone
from slipstream.core.habits import MEMORY, Habits
from slipstream.core.measurements import Measurements
from slipstream.core.metrics import StopReason
from slipstream.engine.context import Context, ContextOptions
from slipstream.engine.session import LocalEngine

pytestmark = pytest.mark.weights

PROMPT = "Tell me three facts about the sea."
SENTENCE = "The sea is wide and the wind is strong and the ship is far from home. "


def load(target: Path, draft: Path) -> LocalEngine:
    engine = LocalEngine()
    engine.know(Measurements())
    loaded = engine.load(PairSpec(target, draft, ctx_size=1024), lambda _event: None)
    assert loaded.draft is not None
    cheapen(engine)
    return engine


@pytest.fixture(scope="module", params=["Q2_K", "F16"])
def engine(demo_target: Path, low_bit_draft: Path, request: pytest.FixtureRequest) -> Iterator[LocalEngine]:
    draft = low_bit_draft if request.param == "Q2_K" else model_file("SmolLM2-135M-Instruct.F16.gguf")
    engine = load(demo_target, draft)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def plain(engine: LocalEngine) -> tuple[int, ...]:
    return run(engine, ask(PROMPT)).stats.tokens


@pytest.mark.parametrize("name", SPECULATIONS)
def test_greedy_output_is_the_same_under_every_pace(
    engine: LocalEngine, plain: tuple[int, ...], name: str
) -> None:
    cheapen(engine)
    done = run(engine, ask(PROMPT, speculation=SPECULATIONS[name]))
    assert done.stats.tokens == plain
    assert done.stats.metrics.accepted > 0
    assert (done.stats.pace is not None) == ("model" in name and "fixed" not in name)


def test_lengths_follow_what_the_draft_shows(engine: LocalEngine) -> None:
    cheapen(engine)
    done = run(engine, ask(PROMPT, speculation=SPECULATIONS["model, automatic"]))
    assert len({len(record.drafted) for record in done.records[1:-1]}) > 1


def test_a_draft_that_is_never_right_is_left_off_and_the_reason_told(engine: LocalEngine) -> None:
    """Habits say that nothing is ever kept: nothing is drafted, nor read by the draft model."""
    cheapen(engine)
    record = engine.measurements()
    assert record is not None
    habits = record.habits.setdefault("lossless:greedy", Habits())
    for share in habits.likeliest:
        share.mean, share.weight = 0.0, MEMORY
    assert engine._pair is not None
    assert engine._pair.draft is not None
    decoded = engine._pair.draft.decoded
    done = run(engine, ask("Name three birds.", speculation=SPECULATIONS["model, automatic"], max_tokens=16))
    assert done.stats.metrics.drafted == 0
    assert engine._pair.draft.decoded == decoded
    assert done.stats.pace is not None
    assert done.stats.pace.off


def test_settings_may_change_between_the_turns_of_a_conversation(engine: LocalEngine) -> None:
    def conversation(speculations: list[Speculation]) -> list[tuple[int, ...]]:
        messages: tuple[ChatMessage, ...] = ()
        found = []
        for turn, speculation in enumerate(speculations):
            messages += (ChatMessage(Role.USER, f"Tell me fact number {turn + 1} about rain."),)
            done = run(engine, ask(messages, speculation=speculation, max_tokens=20))
            messages += (ChatMessage(Role.ASSISTANT, done.stats.answer),)
            found.append(done.stats.tokens)
        return found

    cheapen(engine)
    off = Speculation(Drafting.NONE)
    assert conversation([*SPECULATIONS.values(), off]) == conversation([off] * 5)


def test_an_answer_stopped_midway_is_written_on_the_same(engine: LocalEngine, plain: tuple[int, ...]) -> None:
    """What a Stop leaves in both caches does not show in the next answer."""
    cheapen(engine)
    request = ask(PROMPT, speculation=SPECULATIONS["lookup before the model"])
    written: list[int] = []
    stopped = None
    for event in engine.generate(request):
        if isinstance(event, StepDone):
            written += event.record.emitted
            if len(written) >= 12:
                engine.stop.set()
        stopped = getattr(event, "stats", stopped)
    assert stopped is not None
    assert stopped.stop_reason is StopReason.STOPPED
    assert tuple(written) == plain[: len(written)]
    assert run(engine, request).stats.tokens == plain


def test_a_draft_whose_context_runs_full_is_dropped_and_says_so(
    demo_target: Path, low_bit_draft: Path
) -> None:
    """llama.cpp itself fails: the draft's cache is smaller than it says."""
    engine = load(demo_target, low_bit_draft)
    pair = engine._pair
    assert pair is not None
    assert pair.draft is not None
    small = Context(pair.draft.model, ContextOptions(n_ctx=256, threads=2), engine.stop)
    small._cached, small.n_ctx = np.zeros(1024, np.int32), 1024
    own, pair.draft = pair.draft, small
    own.close()
    request = GenerateRequest(raw=SENTENCE * 13, sampling=GREEDY, max_tokens=64)
    plain = run(engine, request)
    assert 256 - 60 < plain.stats.prompt_tokens < 250
    done = run(engine, replace(request, speculation=SPECULATIONS["model, fixed"]))
    assert done.stats.tokens == plain.stats.tokens
    assert done.stats.metrics.drafted > 0
    assert not done.records[-1].drafted
    assert [("going on without it" in note, "failed" in note) for note in done.stats.notes] == [(True, True)]
    engine.close()
