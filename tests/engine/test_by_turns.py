"""Several runs of one prompt by turns: each writes what it writes alone, by a clock of its own."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import numpy as np
import pytest
from runs import ask, run

from slipstream.core.chat import Drafting, GenerateRequest, PairSpec, Sampling, Speculation
from slipstream.core.errors import DecodeError, LoadError, UsageError
from slipstream.core.events import PrefillProgress, RunFinished, StepDone
from slipstream.core.metrics import RunStats, StepRecord, StopReason, measure
from slipstream.core.side_by_side import Parting, Segment, SideBySide, SideEvent, SideSpec
from slipstream.engine import by_turns
from slipstream.engine.drafters.model import ModelDrafter
from slipstream.engine.process import ProcessEngine
from slipstream.engine.session import LocalEngine

pytestmark = pytest.mark.weights

OFF = SideSpec()
FOUR = SideSpec(Speculation(Drafting.MODEL, 4, lookup=False))
TWO = SideSpec(Speculation(Drafting.MODEL, 2, lookup=False))
LOOKUP = SideSpec(Speculation(Drafting.NGRAM, 4))
STORY = "Tell me a long story about a river."
WARM = Sampling(temperature=0.8)


@dataclass
class Told:
    """What one side told."""

    records: list[StepRecord] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    prefills: list[PrefillProgress] = field(default_factory=list)
    stats: RunStats | None = None


@dataclass
class Result:
    sides: list[Told]
    order: list[tuple[int, int]]  # side and number of the segments, as they were written
    partings: list[Parting]


def compare(
    engine: LocalEngine | ProcessEngine, request: GenerateRequest, *sides: SideSpec, segment: int = 8
) -> Result:
    """Play a comparison to its end."""
    result = Result([Told() for _ in sides], [], [])
    for told in engine.compare(SideBySide(request, sides, segment)):
        if isinstance(told, Parting):
            result.partings.append(told)
        if not isinstance(told, SideEvent):
            continue
        side = result.sides[told.side]
        match told.event:
            case StepDone():
                side.records.append(told.event.record)
            case Segment():
                side.segments.append(told.event)
                result.order.append((told.side, told.event.number))
            case PrefillProgress():
                side.prefills.append(told.event)
            case RunFinished():
                side.stats = told.event.stats
    return result


@pytest.fixture(scope="module")
def engine(demo_target: Path, low_bit_draft: Path) -> Iterator[LocalEngine]:
    engine = LocalEngine()
    engine.load(PairSpec(demo_target, low_bit_draft, ctx_size=512), lambda _event: None)
    yield engine
    engine.close()


@pytest.mark.parametrize("sampling", [Sampling(temperature=0.0), WARM], ids=["greedy", "sampled"])
def test_each_side_writes_what_it_writes_alone(engine: LocalEngine, sampling: Sampling) -> None:
    """Sampled, the texts part at once, so every turn puts other caches back."""
    request = ask(STORY, sampling=sampling, max_tokens=40)
    run(engine, request)  # the prompt is in the cache: all read its last token alone
    sides = (OFF, FOUR, TWO)
    together = compare(engine, request, *sides)
    for side, told in zip(sides, together.sides, strict=True):
        alone = run(engine, replace(request, speculation=side.speculation))
        assert told.stats is not None
        assert told.stats.tokens == alone.stats.tokens
        assert [r.drafted for r in told.records] == [r.drafted for r in alone.records]
        assert told.stats.text == alone.stats.text
    texts = {told.stats.text for told in together.sides if told.stats}
    assert len(texts) == (1 if sampling.greedy else 3)
    assert together.partings == []


def test_rounds_go_one_way_and_then_the_other(engine: LocalEngine) -> None:
    result = compare(engine, ask(STORY, max_tokens=32), OFF, FOUR)
    assert result.order == [(0, 1), (1, 1), (1, 2), (0, 2), (0, 3), (1, 3), (1, 4), (0, 4)]
    for told in result.sides:
        starts = np.cumsum([segment.emitted for segment in told.segments])
        assert starts[-1] == 32
        # A segment ends with the first step that reaches its end, so they stay side by side.
        assert all(8 * number <= end < 8 * number + 5 for number, end in enumerate(starts[:-1], 1))


def test_a_clock_stands_still_while_another_side_writes(engine: LocalEngine) -> None:
    began = perf_counter()
    result = compare(engine, ask(STORY, max_tokens=48), OFF, FOUR)
    wall_ms = (perf_counter() - began) * 1000
    writing = 0.0
    for told in result.sides:
        stats = told.stats
        assert stats is not None
        assert stats.total_ms is not None
        assert stats.metrics == measure(told.records)
        times = [record.t_ms for record in told.records]
        assert times == sorted(times)
        first = told.records[0]
        prefill = first.t_ms - first.duration_ms
        assert prefill + sum(segment.ms for segment in told.segments) == pytest.approx(stats.total_ms, abs=2)
        gaps = [after - before for before, after in pairwise(times)]
        parts = [record.duration_ms for record in told.records[1:]]
        assert np.allclose(gaps, parts, atol=1.0)
        writing += sum(segment.ms for segment in told.segments)
    switching = sum(segment.switch_ms for told in result.sides for segment in told.segments)
    assert writing + switching < wall_ms


def test_the_target_reads_the_prompt_once_and_it_counts_for_all(engine: LocalEngine) -> None:
    engine.tune(lambda _event: None, 0.0)  # leaves other tokens in the caches
    result = compare(engine, ask("Count from one to ten. " * 8, max_tokens=16), OFF, FOUR, TWO)
    stats = [told.stats for told in result.sides]
    assert all(each is not None for each in stats)
    prefills = {each.prefill_ms for each in stats if each}
    assert len(prefills) == 1
    (off, four, two) = (each for each in stats if each)
    assert off.reused_tokens == four.reused_tokens == two.reused_tokens
    assert off.draft_prefill_ms < 1
    for each in (four, two):  # each drafts for itself, from nothing
        assert each.draft_prefill_ms > 1
        assert each.ttft_ms is not None
        assert off.ttft_ms is not None
        assert each.ttft_ms > each.prefill_ms + each.draft_prefill_ms
    read = [p.total for p in result.sides[2].prefills if p.model == "draft"]
    assert read
    assert read[0] == next(p.total for p in result.sides[1].prefills if p.model == "draft")


def test_nothing_that_a_side_writes_is_there_to_be_looked_up_by_another(engine: LocalEngine) -> None:
    request = ask(STORY, max_tokens=40)
    engine._lookup.forget()
    alone = run(engine, replace(request, speculation=LOOKUP.speculation))
    engine._lookup.forget()
    known = engine._lookup._index.remembered
    result = compare(engine, request, OFF, LOOKUP, LOOKUP)
    assert engine._lookup._index.remembered == known
    for told in result.sides[1:]:
        assert [r.drafted for r in told.records] == [r.drafted for r in alone.records]


def test_stop_ends_all_sides(engine: LocalEngine) -> None:
    reasons = []
    stopped = False
    for told in engine.compare(SideBySide(ask(STORY, max_tokens=400), (OFF, FOUR), 8)):
        assert isinstance(told, SideEvent)
        if isinstance(told.event, Segment) and told.event.number == 2 and not stopped:
            stopped = True
            thread = threading.Thread(target=engine.stop.set)
            thread.start()
            thread.join()
        if isinstance(told.event, RunFinished):
            reasons.append(told.event.stats.stop_reason)
    assert reasons == [StopReason.STOPPED] * 2
    assert run(engine, ask(STORY, max_tokens=4)).stats.metrics.emitted == 4  # and the engine goes on


def test_a_draft_that_fails_ends_the_comparison_and_its_segment_counts_nowhere(
    engine: LocalEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    propose, calls = ModelDrafter.propose, 0

    def failing(self: ModelDrafter, context: object, plan: object) -> object:
        nonlocal calls
        calls += 1
        if calls > 6:
            raise DecodeError("llama_decode failed with status 1")
        return propose(self, context, plan)  # type: ignore[arg-type]

    monkeypatch.setattr(ModelDrafter, "propose", failing)
    result = compare(engine, ask(STORY, max_tokens=200), OFF, FOUR)
    off, four = result.sides
    assert four.stats is not None
    assert four.stats.notes == ("Drafting failed (llama_decode failed with status 1); going on without it",)
    assert four.stats.stop_reason is StopReason.STOPPED
    assert sum(segment.emitted for segment in four.segments) < four.stats.metrics.emitted
    assert off.stats is not None
    assert off.stats.metrics.emitted < 200


def test_a_side_that_cannot_draft_is_refused(demo_target: Path) -> None:
    engine = LocalEngine()
    with pytest.raises(LoadError):
        next(iter(engine.compare(SideBySide(ask(STORY), (OFF, LOOKUP)))))
    engine.load(PairSpec(demo_target, ctx_size=256), lambda _event: None)
    try:
        with pytest.raises(UsageError, match="No draft model is loaded"):
            next(iter(engine.compare(SideBySide(ask(STORY), (OFF, FOUR)))))
        with pytest.raises(UsageError, match="draft length"):
            next(
                iter(engine.compare(SideBySide(ask(STORY), (OFF, SideSpec(Speculation(Drafting.NGRAM, 99))))))
            )
    finally:
        engine.close()


def test_where_greedy_texts_part_the_place_is_scored_once_more(
    engine: LocalEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_turns, "first_difference", lambda _one, _other: 9)
    result = compare(engine, ask(STORY, max_tokens=24), OFF, FOUR)
    (parting,) = result.partings
    assert (parting.side, parting.token) == (1, 9)
    assert engine._pair is not None
    off = result.sides[0].stats
    assert off is not None
    assert parting.wrote[0] == engine._pair.target.model.piece(off.tokens[9]).decode()
    assert parting.likeliest[0].text == parting.wrote[0]  # greedy: what was written is the likeliest
    assert parting.likeliest[0].probability >= parting.likeliest[1].probability > 0
    assert parting.margin is not None
    odds = parting.likeliest[0].probability / parting.likeliest[1].probability
    assert parting.margin == pytest.approx(np.log(odds), abs=1e-3)


def test_sampled_texts_are_not_scored(engine: LocalEngine) -> None:
    result = compare(engine, ask(STORY, sampling=WARM, max_tokens=16), OFF, FOUR)
    assert result.partings == []


def test_a_cache_is_put_back_bit_by_bit(engine: LocalEngine) -> None:
    assert engine._pair is not None
    target = engine._pair.target
    one = np.arange(5, 45, dtype=np.int32)
    other = np.arange(100, 160, dtype=np.int32)
    target.trim(0)
    target.score(one)
    longer = np.append(one, np.int32(7))
    expected = target.score(longer)[0].copy()
    target.trim(0)
    target.score(one)
    held = target.hold()
    target.score(other)
    target.put_back(held)
    assert np.array_equal(target.cached, one)
    decoded = target.decoded
    assert np.array_equal(target.score(longer)[0], expected)
    assert target.decoded == decoded + 1


def test_the_childs_comparison_is_the_same(
    engine: LocalEngine, demo_target: Path, low_bit_draft: Path, tmp_path: Path
) -> None:
    child = ProcessEngine(tmp_path)
    try:
        child.load(PairSpec(demo_target, low_bit_draft, ctx_size=512), lambda _event: None)
        request = ask("Name three fruits.", max_tokens=24)
        here, there = compare(engine, request, OFF, FOUR), compare(child, request, OFF, FOUR)
        for one, other in zip(here.sides, there.sides, strict=True):
            assert one.stats is not None
            assert other.stats is not None
            assert one.stats.tokens == other.stats.tokens
        assert here.order == there.order
        assert child.measurements() is not None
        listening = child.compare(SideBySide(ask(STORY, max_tokens=400), (OFF, FOUR)))
        next(listening)
        listening.close()  # one who stops listening stops it
        assert run(child, ask("Hello", max_tokens=3)).stats.metrics.emitted == 3
    finally:
        child.close()
