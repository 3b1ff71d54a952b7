"""Other drafts as sides of a comparison: loaded before it, each on its own, measured, and freed with it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from real_models import model_file
from runs import ask, run
from test_by_turns import FOUR, OFF, STORY, WARM, compare

from slipstream.core.chat import PairSpec, Sampling, Speculation
from slipstream.core.costs import PairRecord
from slipstream.core.errors import LoadError, ModelFileError
from slipstream.core.events import LoadProgress, ModelInfo, PrefillProgress
from slipstream.core.measurements import Measurements, model_key
from slipstream.core.side_by_side import SideBySide, SideEvent, SideSpec
from slipstream.engine import other_drafts
from slipstream.engine.pair import Pair, with_draft
from slipstream.engine.process import ProcessEngine
from slipstream.engine.session import LocalEngine

pytestmark = pytest.mark.weights


@pytest.fixture(scope="module")
def wide(demo_target: Path) -> Path:
    """The demo model in F16: another draft of the same vocabulary."""
    return model_file("SmolLM2-135M-Instruct.F16.gguf")


@pytest.fixture(scope="module")
def engine(demo_target: Path) -> Iterator[LocalEngine]:
    """The demo model with itself as its draft."""
    engine = LocalEngine()
    engine.load(PairSpec(demo_target, demo_target, ctx_size=512), lambda _event: None)
    yield engine
    engine.close()


def by(side: SideSpec, draft: Path) -> SideSpec:
    return replace(side, draft=str(draft))


@pytest.fixture
def lent(monkeypatch: pytest.MonkeyPatch) -> list[Pair]:
    """The pairs with other drafts that were made."""
    made: list[Pair] = []

    def listed(*asked: object) -> Pair:
        made.append(with_draft(*asked))  # type: ignore[arg-type]
        return made[-1]

    monkeypatch.setattr(other_drafts, "with_draft", listed)
    return made


def are_freed(pairs: list[Pair]) -> bool:
    return all(
        pair.draft is not None and pair.draft.handle is None and pair.draft.model.handle is None
        for pair in pairs
    )


@pytest.mark.parametrize("sampling", [Sampling(temperature=0.0), WARM], ids=["greedy", "sampled"])
def test_each_draft_writes_what_it_writes_alone(
    engine: LocalEngine, demo_target: Path, wide: Path, sampling: Sampling
) -> None:
    request = ask(STORY, sampling=sampling, max_tokens=40)
    run(engine, replace(request, speculation=FOUR.speculation))  # the prompt is in both caches
    sides = (OFF, FOUR, by(FOUR, wide))
    together = compare(engine, request, *sides)
    alone = [run(engine, replace(request, speculation=side.speculation)) for side in sides[:2]]
    other = LocalEngine()
    other.load(PairSpec(demo_target, wide, ctx_size=512), lambda _event: None)
    try:
        run(other, request)
        alone.append(run(other, replace(request, speculation=FOUR.speculation)))
    finally:
        other.close()
    for told, own in zip(together.sides, alone, strict=True):
        assert told.stats is not None
        assert told.stats.tokens == own.stats.tokens
        assert [r.drafted for r in told.records] == [r.drafted for r in own.records]
    texts = {told.stats.text for told in together.sides if told.stats}
    assert len(texts) == (1 if sampling.greedy else 3)
    own_draft, other_draft = together.sides[1:]
    assert [r.draft_probs for r in own_draft.records] != [r.draft_probs for r in other_draft.records]


def test_they_are_told_freed_and_all_drafts_begin_alike(
    engine: LocalEngine, wide: Path, lent: list[Pair]
) -> None:
    request = ask("Count from one to ten. " * 8, max_tokens=12)
    run(
        engine, replace(request, speculation=FOUR.speculation)
    )  # what was read before is in the own draft's cache
    told: dict[int, ModelInfo] = {}
    read: dict[int, PrefillProgress] = {}
    for event in engine.compare(SideBySide(request, (OFF, FOUR, by(FOUR, wide)), 8)):
        if isinstance(event, SideEvent) and isinstance(event.event, ModelInfo):
            told[event.side] = event.event
            assert not are_freed(lent)
        elif isinstance(event, SideEvent) and isinstance(event.event, PrefillProgress):
            read.setdefault(event.side, event.event)
            if event.event.model == "draft" != read[event.side].model:
                read[event.side] = event.event
    assert [(side, info.path) for side, info in told.items()] == [(2, str(wide))]
    assert read[1].total == read[2].total
    assert read[1].reused == read[2].reused > 50
    assert len(lent) == 1
    assert are_freed(lent)
    assert run(engine, request).stats.metrics.emitted == 12


def test_a_comparison_that_nobody_listens_to_frees_them_too(
    engine: LocalEngine, wide: Path, lent: list[Pair]
) -> None:
    listening = engine.compare(SideBySide(ask(STORY, max_tokens=200), (OFF, by(FOUR, wide))))
    next(listening)
    listening.close()  # type: ignore[attr-defined]
    assert lent
    assert are_freed(lent)


def test_one_draft_of_two_sides_is_loaded_once_and_the_pairs_own_not_at_all(
    engine: LocalEngine, demo_target: Path, wide: Path, lent: list[Pair]
) -> None:
    two = replace(FOUR, speculation=Speculation(FOUR.speculation.drafting, 2, lookup=False))
    result = compare(
        engine, ask(STORY, max_tokens=16), OFF, by(FOUR, wide), by(two, wide), by(FOUR, demo_target)
    )
    assert [pair.loaded.draft.path for pair in lent if pair.loaded.draft] == [str(wide)]
    assert all(told.stats and told.stats.metrics.emitted == 16 for told in result.sides)


def test_loading_can_be_stopped_and_leaves_nothing(engine: LocalEngine, wide: Path, lent: list[Pair]) -> None:
    seen: list[LoadProgress] = []

    def stop(progress: LoadProgress) -> None:
        seen.append(progress)
        engine.stop.set()

    with pytest.raises(LoadError, match="cancelled"):
        next(iter(engine.compare(SideBySide(ask(STORY), (OFF, by(FOUR, wide))), stop)))
    assert seen[0].stage == "draft"
    assert seen[0].fraction < 1
    assert are_freed(lent)
    assert run(engine, ask(STORY, max_tokens=4)).stats.metrics.emitted == 4


def test_a_draft_that_is_missing_or_of_another_vocabulary_is_refused(
    engine: LocalEngine, tmp_path: Path
) -> None:
    foreign = model_file("Qwen2.5-Coder-0.5B-Instruct.Q4_0.gguf")
    with pytest.raises(LoadError, match=r"has another vocabulary"):
        next(iter(engine.compare(SideBySide(ask(STORY), (OFF, by(FOUR, foreign))))))
    with pytest.raises(ModelFileError, match=r"no file"):
        next(iter(engine.compare(SideBySide(ask(STORY), (OFF, by(FOUR, tmp_path / "gone.gguf"))))))
    assert run(engine, ask(STORY, max_tokens=4)).stats.metrics.emitted == 4


def test_what_is_learned_of_each_pair_is_kept_apart_also_across_processes(
    demo_target: Path, wide: Path, tmp_path: Path
) -> None:
    known = Measurements()
    child = ProcessEngine(tmp_path)
    child.know(known)
    stages: list[str] = []
    try:
        child.load(PairSpec(demo_target, demo_target, ctx_size=512, measure=True), lambda _event: None)
        automatic = SideSpec(replace(FOUR.speculation, draft_max=None))
        request = ask(STORY, max_tokens=48)
        asked = SideBySide(request, (OFF, automatic, by(automatic, wide)), 16)
        events = list(child.compare(asked, lambda progress: stages.append(progress.stage)))
        assert not any(isinstance(event, PairRecord | LoadProgress) for event in events)
    finally:
        child.close()
    assert set(stages) == {"draft", "costs"}
    records = {draft: record for (_target, draft, _backend), record in known.pairs.items()}
    own, other = records[model_key(demo_target)], records[model_key(wide)]
    for record in (own, other):
        assert record.draft_decode.cells
        assert "lossless:greedy" in record.habits
        assert record.is_measured  # the target's costs are those of all its pairs
    assert own.draft_decode.get(64, 1) != other.draft_decode.get(64, 1)
