"""A draft model that leaves out part of the text: what it then reads, what its cache holds, what is written."""

import llama_cpp
import numpy as np
import pytest
from runs import GREEDY

from slipstream.core.chat import AcceptRule
from slipstream.engine.acceptance import Target, Verdict
from slipstream.engine.drafters.base import Drafter, NoDrafter
from slipstream.engine.drafters.model import ModelDrafter
from slipstream.engine.drafters.partial_text import PartialText
from slipstream.engine.model import Tokens
from slipstream.engine.pace.base import FixedPace, FixedPlan, Timing
from slipstream.engine.pair import Pair
from slipstream.engine.proposal import Proposal
from slipstream.engine.sampling import Sampler
from slipstream.engine.session import LocalEngine
from slipstream.engine.speculate import Transcript, speculate


class Cache:
    """What a context holds, without a model."""

    def __init__(self) -> None:
        self.held: list[int] = []

    def read(self, tokens: Tokens) -> None:
        self.held = tokens.tolist()

    def common_prefix(self, context: Tokens) -> int:
        same = [a == b for a, b in zip(self.held, context.tolist(), strict=False)]
        return same.index(False) if False in same else len(same)


def tokens(*stretches: range) -> Tokens:
    return np.array([token for stretch in stretches for token in stretch], np.int32)


def started(read: int) -> tuple[PartialText, Cache]:
    """A text of which the first tokens were read."""
    cache = Cache()
    text = PartialText(cache)  # type: ignore[arg-type]  # all it asks of a context
    cache.read(tokens(range(read)))
    return text, cache


def test_without_gaps_it_is_the_text_itself() -> None:
    text, _cache = started(10)
    context = tokens(range(15))
    assert text.of(context) is context
    assert text.unread(context) == 5
    assert text.unread(tokens(range(10))) == 1  # the last row is asked for


def test_what_is_left_out_lies_between_what_was_read_and_the_last_tokens() -> None:
    text, cache = started(10)
    context = tokens(range(50))
    text.leave_out(context, 5)
    assert text.of(context).tolist() == [*range(10), *range(45, 50)]
    assert text.unread(context) == 5
    cache.read(text.of(context))
    longer = tokens(range(53))
    assert text.of(longer).tolist() == [*range(10), *range(45, 53)]
    assert text.unread(longer) == 3


def test_a_second_gap_keeps_the_first_stretches() -> None:
    text, cache = started(10)
    text.leave_out(tokens(range(50)), 5)
    cache.read(text.of(tokens(range(50))))
    text.leave_out(tokens(range(80)), 3)
    assert text.of(tokens(range(80))).tolist() == [*range(10), *range(45, 50), *range(77, 80)]


def test_a_stretch_of_which_nothing_was_read_goes() -> None:
    """The draft failed to read, or was asked again before it could."""
    text, _cache = started(10)
    text.leave_out(tokens(range(50)), 5)
    text.leave_out(tokens(range(80)), 3)
    assert text.of(tokens(range(80))).tolist() == [*range(10), *range(77, 80)]


def test_a_text_of_which_nothing_was_read_is_its_last_tokens() -> None:
    text, _cache = started(0)
    text.leave_out(tokens(range(50)), 4)
    assert text.of(tokens(range(50))).tolist() == [*range(46, 50)]


def test_rejected_tokens_in_the_cache_count_as_unread() -> None:
    text, cache = started(10)
    cache.read(tokens(range(10), range(900, 905)))
    assert text.unread(tokens(range(14))) == 4
    text.leave_out(tokens(range(14)), 2)
    assert text.of(tokens(range(14))).tolist() == [*range(10), 12, 13]


# --- on weights ----------------------------------------------------------------------------------------------


class Gappy:
    """Drafts in one step of `every`, and reads `window` tokens then."""

    report = None

    def __init__(self, every: int, window: int) -> None:
        self._every, self._window, self._step = every, window, 0

    def reads(self, prompt_tokens: int, max_tokens: int, behind: int) -> int:
        return behind

    def plan(self, position: int, room: int) -> FixedPlan:
        self._step += 1
        return _GappyPlan(min(4, room) if self._step % self._every == 0 else 0, self._window)

    def observe(self, proposal: Proposal, verdict: Verdict, target: Target, timing: Timing) -> None:
        pass


class _GappyPlan(FixedPlan):
    def __init__(self, limit: int, window: int) -> None:
        super().__init__(limit, 0)
        self._window = window

    def opens(self, behind: int) -> int:
        return min(behind, self._window) if self.limit else 0


@pytest.fixture(scope="module")
def pair(pair_engine: LocalEngine) -> Pair:
    assert pair_engine._pair is not None
    return pair_engine._pair


def written(pair: Pair, drafter: Drafter, pace: Gappy | FixedPace, length: int) -> tuple[list[int], int]:
    """The greedy text, and how many drafted tokens were kept."""
    prompt = np.asarray(pair.format.raw("Once upon a time, there was a little fox who").tokens, np.int32)
    for _ in drafter.prepare(prompt, lambda behind: behind):
        pass
    sampler = Sampler(GREEDY, pair.target.model.n_real_vocab)
    transcript = Transcript(prompt, 256)
    rng = np.random.default_rng(0)
    cycles = speculate(pair.target, drafter, AcceptRule.LOSSLESS, pace, sampler, transcript, length, rng)
    kept = sum(cycle.accepted for cycle in cycles)
    return transcript.view()[len(prompt) :].tolist(), kept


@pytest.mark.weights
def test_a_draft_with_gaps_changes_nothing_and_is_still_kept(pair: Pair) -> None:
    assert pair.draft is not None
    plain, _ = written(pair, NoDrafter(), FixedPace(0), 60)
    sampler = Sampler(GREEDY, pair.target.model.n_real_vocab)
    drafter = ModelDrafter(pair.draft, sampler, drawn=False, seed=0)
    gappy, kept = written(pair, drafter, Gappy(7, 4), 60)
    assert gappy == plain
    assert kept > 0


@pytest.mark.weights
def test_the_cache_holds_what_is_read_at_positions_without_gaps(pair: Pair) -> None:
    draft = pair.draft
    assert draft is not None
    draft.trim(0)
    text = PartialText(draft)
    context = np.arange(100, 180, dtype=np.int32)
    draft.score(context[:20])
    text.leave_out(context, 8)
    rows = draft.score(text.of(context)).copy()
    read = [*range(100, 120), *range(172, 180)]
    assert draft.cached.tolist() == read
    assert llama_cpp.llama_memory_seq_pos_max(draft.memory, 0) == len(read) - 1
    before = draft.decoded
    grown = np.append(context, [7]).astype(np.int32)
    draft.score(text.of(grown))
    assert draft.decoded - before == text.unread(context) == 1
    draft.trim(0)
    fresh = draft.score(np.array(read, np.int32))
    assert rows == pytest.approx(fresh, abs=0.05)
