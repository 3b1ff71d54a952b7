"""Which pace an answer gets, what it learns from, and that nonsense costs never cost an answer."""

import numpy as np
import pytest
from pace_simulation import EASY, HOPELESS, automatic, machines, write, write_text

from slipstream.core.chat import MAX_DRAFT, AcceptRule, Drafting, Speculation
from slipstream.core.costs import PairRecord
from slipstream.core.habits import BINS, DOUBT, Habits, confidence_bin, match_bin
from slipstream.core.pace import PaceState
from slipstream.engine.acceptance import Draft, Verdict
from slipstream.engine.distribution import Distribution
from slipstream.engine.pace import AdaptivePace, FixedPace, make_pace
from slipstream.engine.pace.base import Move, Timing
from slipstream.engine.proposal import NOTHING, Proposal

TIMING = Timing(1.0, 10.0, 0.1)


def priced(verify: dict[int, float], draft: dict[int, float]) -> PairRecord:
    record = PairRecord("t", "d", "CPU")
    for size, ms in verify.items():
        record.verify.add(64, size, ms)
    for size, ms in draft.items():
        record.draft_decode.add(64, size, ms)
    return record


def cheap() -> PairRecord:
    return priced({1: 10.0, 2: 10.1, 4: 10.3, 8: 10.7, 65: 16.0}, {1: 0.5, 2: 0.5, 64: 1.0})


@pytest.mark.parametrize("speculation", [Speculation(Drafting.MODEL, 0), Speculation(Drafting.NONE)])
def test_who_may_not_draft_does_not(speculation: Speculation) -> None:
    pace = make_pace(speculation, cheap(), greedy=True)
    assert pace.plan(100, 50).limit == 0
    assert pace.reads(100, 50, 100) == 0
    assert pace.report is None


def test_a_chosen_length_is_kept_to_and_room_is_the_limit() -> None:
    pace = make_pace(Speculation(Drafting.MODEL, 5), cheap(), greedy=True)
    assert isinstance(pace, FixedPace)
    assert [pace.plan(100, room).limit for room in (0, 3, 50)] == [0, 3, 5]


def test_without_measurements_a_short_draft_is_tried() -> None:
    pace = make_pace(Speculation(Drafting.MODEL), PairRecord("t", "d", "CPU"), greedy=True)
    assert isinstance(pace, FixedPace)
    assert 1 <= pace.plan(100, 50).limit <= 8


def test_each_rule_has_habits_of_its_own() -> None:
    record = cheap()
    for accept, greedy in (
        (AcceptRule.LOSSLESS, True),
        (AcceptRule.LOSSLESS, False),
        (AcceptRule.TYPICAL, False),
    ):
        make_pace(Speculation(Drafting.MODEL, accept=accept), record, greedy=greedy)
    assert set(record.habits) == {"lossless:greedy", "lossless:sampled", "typical:sampled"}


def test_a_plan_never_submits_more_than_there_is_room_for() -> None:
    pace = make_pace(Speculation(Drafting.MODEL), cheap(), greedy=True)
    for room in (0, 1, 3):
        plan = pace.plan(100, room)
        submitted = 0
        while plan.limit and plan.goes_on() and plan.judge(0.999) is not Move.STOP:
            plan.submitted(likeliest=True)
            submitted += 1
        assert submitted == room
        assert plan.lookup(60) <= room
    assert pace.plan(100, 10_000).limit <= MAX_DRAFT


# --- learning ------------------------------------------------------------------------------------------------


def observed(proposal: Proposal, accepted: int, target: list[Distribution]) -> Habits:
    """The pair's habits after one step; asking for a row that is not known yet fails."""
    habits = Habits()
    pace = AdaptivePace(cheap(), habits, model=True, draws=bool(proposal.sources), exact=True)
    pace.plan(100, 50)
    pace.observe(proposal, Verdict(accepted, 0), lambda i: target[i], TIMING)
    return habits


def test_only_positions_that_were_reached_are_learned_from() -> None:
    kept, other = Distribution.point(7), Distribution.point(9)
    proposal = Proposal(Draft((7, 7, 7, 7), None, (None,) * 4, "model"), (0.99, 0.5, 0.7, 0.2))
    found, before = observed(proposal, 1, [kept, other]), Habits()
    learned = [b for b in range(BINS) if found.likeliest[b] != before.likeliest[b]]
    assert learned == sorted((confidence_bin(0.99), confidence_bin(0.5)))
    assert found.likeliest[confidence_bin(0.99)].mean > before.likeliest[confidence_bin(0.99)].mean
    assert found.likeliest[confidence_bin(0.5)].mean < before.likeliest[confidence_bin(0.5)].mean


def test_drawn_tokens_teach_what_both_ways_would_have_brought() -> None:
    ids = np.arange(2, dtype=np.int32)
    p, q = Distribution(ids, np.array([0.4, 0.6])), Distribution(ids, np.array([0.7, 0.3]))
    proposal = Proposal(Draft((1,), (q,), (None,), "model"), (0.7,), (q,))
    found, before, b = observed(proposal, 1, [p, p]), Habits(), confidence_bin(0.7)

    def moved(mean: float, to: float) -> float:
        return mean + (to - mean) / (DOUBT + 1)

    assert found.drawn[b].mean == pytest.approx(moved(before.drawn[b].mean, 0.7))  # min(p, q) summed
    assert found.likeliest[b].mean == pytest.approx(moved(before.likeliest[b].mean, 0.4))
    assert found.drew_other[b].mean == pytest.approx(moved(before.drew_other[b].mean, 1.0))  # 0.6 / 0.3
    assert found.drew_likeliest[b] == before.drew_likeliest[b]


def test_a_lookup_teaches_by_the_length_of_its_match() -> None:
    proposal = Proposal(Draft((7, 7), None, (None,) * 2, "ngram"), (7.0, 8.0))
    found, before = observed(proposal, 1, [Distribution.point(7), Distribution.point(9)]), Habits()
    assert found.matched[match_bin(7)].mean > before.matched[match_bin(7)].mean
    assert found.matched[match_bin(8)].mean < before.matched[match_bin(8)].mean
    assert found.likeliest == before.likeliest


def test_a_copy_is_under_way_where_lookups_have_written_much_not_after_one_good_guess() -> None:
    """Where verifying costs almost as much as writing, a long lookup must be worth believing."""
    dear = priced({1: 10.0, 2: 19.0, 4: 35.0, 8: 66.0, 16: 120.0, 65: 440.0}, {})
    pace = AdaptivePace(dear, Habits(), model=False, draws=False, exact=True)
    kept = Distribution.point(7)

    def step(looked_up: int) -> int:
        """Lookups that are kept whole, or none; how far a match of twenty tokens is believed afterwards."""
        draft = Draft((7,) * looked_up, None, (None,) * looked_up, "ngram" if looked_up else "none")
        proposal = Proposal(draft, tuple(10.0 + i for i in range(looked_up)))
        pace.plan(100, 50)
        pace.observe(proposal, Verdict(looked_up, 0), lambda _: kept, TIMING)
        return pace.plan(100, 50).lookup(20)

    assert max(step(n) for n in (0, 2, 0, 3, 0)) < 3
    assert step(30) > 8  # a copy: matches are believed
    assert step(1) > 8  # a change in it is no end of it
    assert [step(0) for _ in range(100)][-1] < 3  # plain text since


def test_no_drafting_teaches_nothing_of_drafts() -> None:
    assert observed(NOTHING, 0, [Distribution.point(1)]) == Habits()


# --- nonsense costs ------------------------------------------------------------------------------------------

TINY, HUGE = 1e-9, 9.9e6
NONSENSE = {
    "all tiny": (dict.fromkeys((1, 2, 4, 8), TINY), {1: TINY, 64: TINY}),
    "all huge": (dict.fromkeys((1, 2, 4, 8), HUGE), {1: HUGE, 64: HUGE}),
    "plain huge": ({1: HUGE, 2: TINY, 4: TINY, 8: TINY}, {1: TINY, 64: TINY}),
    "plain tiny": ({1: TINY, 2: HUGE, 4: HUGE, 8: HUGE}, {1: 1.0, 64: 2.0}),
    "up and down": ({1: 10.0, 2: HUGE, 4: TINY, 8: HUGE, 65: TINY}, {1: 1.0, 2: HUGE, 64: TINY}),
    "falling": ({1: 100.0, 2: 50.0, 4: 10.0, 8: 1.0}, {1: 5.0, 2: 1.0}),
    "free draft": ({1: 10.0, 2: 11.0, 4: 12.0, 8: 13.0}, {}),
    "dear draft": ({1: 10.0, 2: 11.0, 4: 12.0, 8: 13.0}, {1: HUGE}),
    "few long sizes": ({30: 10.0, 40: 11.0, 64: 12.0, 65: 13.0}, {64: 1.0}),
}


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_costs_cost_no_answer(name: str) -> None:
    """It still plans, to the last token; NumPy's warnings are errors here."""
    record = priced(*NONSENSE[name])
    text = write_text([(EASY, 60), (HOPELESS, 60)], 0)
    found = write(text, machines()["flat"], automatic(record), record, 0)
    assert found.positions[-1] < 120 <= found.positions[-1] + found.lengths[-1] + 1
    assert all(report is not None and np.isfinite(report.speedup) for report in found.reports)


def test_at_costs_where_nothing_can_pay_it_stays_off_and_says_so() -> None:
    """No trial either: easy text would not help."""
    record = priced({1: 10.0, 2: 500.0, 4: 500.0, 8: 500.0}, {1: 2.0, 64: 4.0})
    found = write(write_text([(EASY, 300)], 0), machines()["flat"], automatic(record), record, 0)
    assert {report.state for report in found.reports if report} == {PaceState.TOO_DEAR}
    assert sum(found.lengths) == 0
