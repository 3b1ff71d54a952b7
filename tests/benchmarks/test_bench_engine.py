"""What the benchmark does to real models: answers know nothing of one another, traces tell what drafts would do."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from acceptance_length import LENGTHS, LIKELIEST, accepted_at, places
from own import OwnEngine, PromptReader
from plan import OWN
from rows import Answer
from traces import trace

from slipstream.core.chat import Drafting, PairSpec, Sampling, Speculation
from slipstream.core.measurements import Measurements
from slipstream.engine.context import NativeStopFlag
from slipstream.engine.pair import Pair, load_pair

pytestmark = pytest.mark.weights
PROMPT = "Repeat after me, three times: the quick brown fox jumps over the lazy dog."
TOKENS = 16


@pytest.fixture(scope="module")
def spec(demo_target: Path, low_bit_draft: Path) -> PairSpec:
    return PairSpec(demo_target, low_bit_draft, ctx_size=512)


@pytest.fixture(scope="module")
def own(spec: PairSpec) -> Iterator[OwnEngine]:
    engine = OwnEngine(spec, Measurements())
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def pair(spec: PairSpec) -> Iterator[Pair]:
    loaded = load_pair(spec, lambda _progress: None, NativeStopFlag())
    yield loaded
    loaded.close()


@pytest.fixture(scope="module")
def drafted(own: OwnEngine) -> Answer:
    return own.answer(PROMPT, OWN["ours 4"], 0.0, TOKENS, 1)


@pytest.fixture(scope="module")
def prompt(spec: PairSpec) -> Iterator[tuple[int, ...]]:
    reader = PromptReader(spec)
    yield reader.tokens(PROMPT)
    reader.close()


def test_a_lookup_finds_nothing_of_the_same_answer_before(own: OwnEngine) -> None:
    lookup = Speculation(Drafting.NGRAM, 8)
    first, second = (own.answer(PROMPT, lookup, 0.0, TOKENS, 1) for _ in range(2))
    assert [step[:4] for step in second.steps] == [step[:4] for step in first.steps]
    assert second.tokens == first.tokens


def test_steps_and_totals_are_of_one_run(drafted: Answer) -> None:
    assert sum(step.emitted for step in drafted.steps) == len(drafted.tokens)
    assert sum(step.accepted for step in drafted.steps) == drafted.accepted > 0
    assert drafted.prefill_ms + drafted.draft_prefill_ms <= drafted.ttft_ms < drafted.total_ms


def test_a_trace_foretells_what_a_greedy_draft_keeps(
    pair: Pair, prompt: tuple[int, ...], drafted: Answer
) -> None:
    assert pair.draft is not None
    found = trace(pair.draft, prompt, drafted.tokens)
    place = 1
    for step in drafted.steps[1:]:
        assert step.accepted == min(step.drafted, found.model[place])
        place += step.emitted


def test_lookups_are_traced_without_a_look_ahead(pair: Pair, prompt: tuple[int, ...]) -> None:
    assert pair.draft is not None
    pattern = (11, 12, 13, 14)
    found = trace(pair.draft, prompt, (*pattern, *pattern, *pattern, 99))
    assert found.lookup[: len(pattern)] == (0,) * 4
    assert found.lookup[len(pattern)] == 0  # nothing said yet that the pattern comes again
    assert found.lookup[len(pattern) + 3] == 5  # three tokens match: the rest of it, and no more


def test_expected_lengths_keep_the_order_theory_gives_them(pair: Pair, prompt: tuple[int, ...]) -> None:
    """Block keeps no fewer than token by token on average, that no fewer than match on the same drawn draft."""
    context = np.asarray(prompt, np.int32)
    totals = dict.fromkeys(("block", "token", "match", LIKELIEST), 0.0)
    for seed in range(4):
        found = accepted_at(pair, Sampling(temperature=1.0, top_p=0.95, top_k=40), context, seed)
        for name, (short, long) in found.items():
            assert (
                0 <= short <= long + 1e-9 or name == "block"
            )  # block may trade a short draft for a long one
            assert long <= max(LENGTHS)
            totals[name] += long
    assert totals["block"] > totals["match"]
    assert totals["token"] > totals["match"]


def test_places_are_spread_over_the_answer() -> None:
    assert places(128, 4) == [1, 43, 85, 127]
    assert places(3, 16) == [1, 2]
    assert places(1, 16) == []
