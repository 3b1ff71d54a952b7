"""The automatic pace changes nothing about what the target writes, learning between the steps included."""

from copy import deepcopy
from dataclasses import dataclass, field

import numpy as np
import pytest
from oracle import Context, Model, ordinary, outcomes, total_variation
from pace_simulation import step_record
from rule_cases import EXACT, LOSSLESS, MATCH, TOKEN, tiny_pair

from slipstream.core.chat import AcceptRule
from slipstream.core.costs import PairRecord
from slipstream.core.habits import BINS, Habits, Share
from slipstream.engine.acceptance import Draft, rule_for, wants_drawn_draft
from slipstream.engine.distribution import Distribution
from slipstream.engine.pace import AdaptivePace
from slipstream.engine.pace.base import Move, Plan, Timing
from slipstream.engine.proposal import NOTHING, Proposal

LENGTH = 3  # tokens written, in one step to three
CLOCK = (Timing(1.0, 10.0, 0.1), Timing(2.0, 14.0, 0.1), Timing(0.5, 8.0, 0.1))


def scripted(spare_ms: float = 0.0, *, kept: float = 0.9) -> tuple[PairRecord, Habits]:
    """Cheap drafts; in every other bin drawn tokens fare better, and the least sure ones are not worth it."""
    record = PairRecord("t", "d", "CPU")
    for size in (1, 2, 3, 4, 8, 16):
        record.verify.add(64, size, 10.0 + 0.8 * size)
    record.draft_decode.add(64, 1, 0.6)
    record.draft_decode.add(64, 2, 0.7)
    habits = Habits(spare_ms=spare_ms)
    for b in range(BINS):
        better = kept * b / BINS if b > 3 else 0.02
        worse = better / 2
        habits.drawn[b] = Share(better if b % 2 else worse, 2)
        habits.likeliest[b] = Share(worse if b % 2 else better, 2)
    return record, habits


@dataclass
class Writer:
    """The loop and the model drafter on table models, asking the real plan. `drops` is wrong on purpose."""

    target: Model
    draft: Model
    accept: AcceptRule
    known: tuple[PairRecord, Habits]
    drops: bool = False
    seen: set[object] = field(default_factory=set)  # the moves and lengths that were met

    def write(self, rng: np.random.Generator) -> Context:
        """Fresh knowledge each time: what is learned in one branch must not show in another."""
        record, habits = deepcopy(self.known)
        draws = wants_drawn_draft(self.accept)
        pace = AdaptivePace(record, habits, model=True, draws=draws, exact=True)
        written: Context = ()
        for number in range(LENGTH):
            room = LENGTH - len(written) - 1
            plan = pace.plan(64 + len(written), room)
            proposal = self._propose(plan, written, rng) if room else NOTHING
            draft = proposal.draft

            def at(i: int, before: Context = written, tokens: Context = draft.tokens) -> Distribution:
                return self.target(before + tokens[:i])

            verdict = rule_for(self.accept, draft)(draft, at, rng)
            pace.observe(proposal, verdict, at, CLOCK[number])
            step = step_record(number + 2, 64 + len(written), draft, verdict.accepted, CLOCK[number])
            record.observe(step, proposal.decode_ms)
            written += (*draft.tokens[: verdict.accepted], verdict.token)
            if len(written) == LENGTH:
                break
        return written

    def _propose(self, plan: Plan, written: Context, rng: np.random.Generator) -> Proposal:
        tokens: Context = ()
        sources: tuple[Distribution, ...] = ()
        drawn_from: tuple[Distribution, ...] = ()
        confidences: tuple[float, ...] = ()
        draws = wants_drawn_draft(self.accept)
        if not plan.opens(1):
            self.seen.add("closed")
            return NOTHING
        while plan.goes_on():
            q = self.draft(written + tokens)
            confidences += (q.probability(q.mode),)
            move = plan.judge(confidences[-1])
            self.seen.add(move)
            if move is Move.STOP:
                break
            drawn = draws and move is Move.DRAW
            token = q.draw(rng) if drawn else q.mode
            if self.drops and drawn and q.probability(token) < 0.4:
                break
            plan.submitted(likeliest=token == q.mode)
            tokens += (token,)
            sources += (q,)
            drawn_from += (q if drawn else Distribution.point(token),)
        self.seen.add(len(tokens))
        draft = Draft(tokens, drawn_from if draws and tokens else None, (None,) * len(tokens), "model")
        return Proposal(draft, confidences, sources if draws else (), (0.6,) * len(confidences))


def variation(writer: Writer) -> float:
    written = outcomes(writer.write)
    assert sum(written.values()) == pytest.approx(1, abs=EXACT)
    return total_variation(written, ordinary(writer.target, LENGTH))


@pytest.mark.parametrize("accept", [LOSSLESS, TOKEN, MATCH])
def test_the_output_is_the_targets_own(accept: AcceptRule) -> None:
    seen: set[object] = set()
    for seed in range(3):
        writer = Writer(*tiny_pair(seed), accept, scripted(), seen=seen)
        assert variation(writer) < EXACT, f"seed {seed}"
    moves = {Move.STOP, Move.LIKELIEST} | ({Move.DRAW} if wants_drawn_draft(accept) else set())
    assert moves | {1, 2} <= seen


@pytest.mark.parametrize("accept", [LOSSLESS, TOKEN])
def test_the_same_while_it_is_off_and_tries(accept: AcceptRule) -> None:
    seen: set[object] = set()
    for spare_ms in (0.0, 1000.0):
        writer = Writer(*tiny_pair(1), accept, scripted(spare_ms, kept=0.05), seen=seen)
        assert variation(writer) < EXACT
    assert {"closed", 1} <= seen


@pytest.mark.parametrize("accept", [LOSSLESS, TOKEN])
def test_a_drawn_token_dropped_for_its_own_probability_is_noticed(accept: AcceptRule) -> None:
    worst = max(variation(Writer(*tiny_pair(seed), accept, scripted(), drops=True)) for seed in range(3))
    assert worst > 0.01
