"""The n-gram drafter: what a plan lets it draft, and what it keeps from one conversation to another."""

import numpy as np
import pytest
from runs import ask, run

from slipstream.core.chat import Drafting
from slipstream.engine.acceptance import Draft
from slipstream.engine.drafters.ngram import NgramDrafter
from slipstream.engine.pace.base import FixedPlan
from slipstream.engine.proposal import NOTHING, Proposal
from slipstream.engine.session import LocalEngine

SOURCE = list(range(1000, 1100))
SYSTEM = list(range(9000, 9050))  # a system prompt that all conversations begin with


def drafted(drafter: NgramDrafter, tokens: list[int], limit: int = 4, shortest: int = 3) -> Proposal:
    return drafter.propose(np.asarray(tokens, np.int32), FixedPlan(limit, shortest))


def test_drafts_what_followed_and_says_how_sure_it_is_of_each_token():
    proposal = drafted(NgramDrafter(), [*SOURCE, 7, *SOURCE[20:25]])
    assert proposal == Proposal(Draft(tuple(SOURCE[25:29]), None, (None,) * 4, "ngram"), (5.0, 6.0, 7.0, 8.0))


def test_what_the_plan_does_not_want_is_not_drafted():
    text = [*SOURCE, 7, *SOURCE[20:25]]
    assert drafted(NgramDrafter(), text, shortest=6) is NOTHING
    assert drafted(NgramDrafter(), text, limit=0) is NOTHING
    assert drafted(NgramDrafter(), [*SOURCE, 7], limit=4) is NOTHING


def test_the_plan_hears_that_a_copy_found_again_is_surer():
    drafter = NgramDrafter()
    text = [*SOURCE, 7, *SOURCE[:50], 1, *SOURCE[51:54]]
    for end in range(150, len(text)):
        drafted(drafter, text[:end])
    assert drafted(drafter, text, shortest=7).confidences == (7.0, 9.0, 11.0, 13.0)


def test_preparing_reads_the_prompt():
    drafter = NgramDrafter()
    assert list(drafter.prepare(np.asarray([*SYSTEM, *SOURCE], np.int32), lambda behind: behind)) == []
    assert drafted(drafter, [*SYSTEM, 7, 7, *SOURCE[20:25]]).draft.tokens == tuple(SOURCE[25:29])


@pytest.mark.parametrize(
    ("opening", "kept"),
    [
        ("Explain how tides work", True),  # the same: an answer written again, or a later turn
        ("Explain how tides work, with a sketch", True),  # the first message, edited
        ("Explain why bread rises", False),
        ("", False),
    ],
)
def test_another_conversation_sees_nothing_of_this_one(opening, kept):
    drafter = NgramDrafter()
    drafter.enter("Explain how tides work")
    drafted(drafter, [*SYSTEM, *SOURCE])
    drafter.enter(opening)
    assert (drafted(drafter, [*SYSTEM, 7, *SOURCE[20:25]]) is not NOTHING) == kept


def test_after_forgetting_a_run_is_the_first_one():
    drafter = NgramDrafter()
    drafter.enter("Explain how tides work")
    drafted(drafter, [*SYSTEM, *SOURCE])
    drafter.forget()
    drafter.enter("Explain how tides work")
    assert drafted(drafter, [*SYSTEM]) is NOTHING


@pytest.mark.weights
def test_an_answer_written_again_is_looked_up_unless_another_conversation_was_between(
    pair_engine: LocalEngine,
) -> None:
    request = ask("Tell me three facts about the sea.", Drafting.NGRAM, 8, max_tokens=40)
    other = ask("Write the numbers from one to twenty as words.", Drafting.NGRAM, 8, max_tokens=4)
    run(pair_engine, other)
    first = run(pair_engine, request)
    again = run(pair_engine, request)
    run(pair_engine, other)
    after_other = run(pair_engine, request)
    assert first.stats.tokens == again.stats.tokens == after_other.stats.tokens
    assert [step.drafted for step in after_other.records] == [step.drafted for step in first.records]
    assert again.stats.metrics.acceptance_rate == 1
    assert again.stats.metrics.steps < first.stats.metrics.steps / 2
