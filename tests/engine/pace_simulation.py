"""A text, a machine and a draft model that exist as numbers only: what the automatic pace is tried on.

The text says for each position how sure the draft model is there, and what it and the target make of that token;
so every policy meets the same text. The machine says what decodes take. The drafter and the loop ask the real
`Plan` and the real acceptance rule in the order in which the real ones do, and tell the real `PairRecord`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from slipstream.core.chat import AcceptRule, Drafting, Speculation
from slipstream.core.costs import PairRecord
from slipstream.core.habits import BINS, CONFIDENCE_EDGES
from slipstream.core.metrics import Phase, StepRecord
from slipstream.core.pace import PaceReport
from slipstream.engine.acceptance import Draft, rule_for
from slipstream.engine.costing import QUICK, QUICK_DRAFT
from slipstream.engine.distribution import Distribution
from slipstream.engine.pace import AdaptivePace, Pace, make_pace
from slipstream.engine.pace.base import Move, Plan, Timing
from slipstream.engine.proposal import NOTHING, Proposal

PROMPT = 200  # tokens
LONGEST_FIXED = 16
NOISE = 0.05  # every time lies within so much of what the table says
ROW_MS = 0.1  # outside the models, for each row judged
GROWTH = 0.3 / 8192  # what a token of context adds to every decode

# What the draft makes of a position: its likeliest token, another one it knows of, and one it does not think of.
LIKELIEST, OTHER, SURPRISE = range(3)


@dataclass(frozen=True)
class Nature:
    """How a kind of text behaves: how often each confidence is met, and how often the draft is right then."""

    met: tuple[float, ...]  # (BINS,), adds up to 1
    right: tuple[float, ...]  # (BINS,)
    persists: float = 0.3  # the chance that a confidence is followed by one within a bin of it


EASY = Nature(
    (0.01, 0.02, 0.03, 0.04, 0.05, 0.07, 0.1, 0.13, 0.55),
    (0.15, 0.25, 0.4, 0.55, 0.68, 0.8, 0.9, 0.95, 0.985),
)
HARD = Nature(
    (0.08, 0.15, 0.16, 0.14, 0.12, 0.1, 0.08, 0.07, 0.1),
    (0.08, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85),
)
HOPELESS = Nature(HARD.met, (0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.15, 0.18, 0.2))


@dataclass(frozen=True)
class Text:
    """By position, (n,): the draft's confidence, and whether it is right."""

    confidences: NDArray[np.float64]
    right: NDArray[np.bool_]
    chance: NDArray[np.float64]  # with which it was right

    def target(self, position: int, *, greedy: bool) -> Distribution:
        """What the target thinks: greedy, one token; else as the draft, as far as that is right."""
        if greedy:
            return Distribution.point(LIKELIEST if self.right[position] else SURPRISE)
        share, q = self.chance[position], self.draft(position)
        return Distribution(np.arange(3, dtype=np.int32), np.append(share * q.probs, 1 - share))

    def draft(self, position: int) -> Distribution:
        likeliest = min(max(self.confidences[position], 0.51), 0.999)
        return Distribution(np.arange(2, dtype=np.int32), np.array([likeliest, 1 - likeliest]))


def write_text(natures: Sequence[tuple[Nature, int]], seed: int) -> Text:
    """A text of stretches, each of a nature and so many tokens long."""
    rng = np.random.default_rng([seed, 11])
    edges = (0.02, *CONFIDENCE_EDGES, 1.0)
    bins: list[int] = []
    chance: list[float] = []
    for nature, length in natures:
        for _ in range(length):
            met = np.array(nature.met)
            if bins and rng.random() < nature.persists:
                met = np.where(abs(np.arange(BINS) - bins[-1]) <= 1, met, 0)
            bins.append(int(rng.choice(BINS, p=met / met.sum())))
            chance.append(nature.right[bins[-1]])
    confidences = [rng.uniform(edges[b], edges[b + 1]) for b in bins]
    return Text(np.array(confidences), rng.random(len(chance)) < chance, np.array(chance))


@dataclass(frozen=True)
class Machine:
    """Milliseconds by batch size, at an empty context."""

    name: str
    verify: dict[int, float]
    draft: dict[int, float]

    def verify_ms(self, batch: int, position: int) -> float:
        return _between(self.verify, batch) * (1 + GROWTH * position)

    def draft_ms(self, batch: int, position: int) -> float:
        return _between(self.draft, batch) * (1 + GROWTH * position)

    def measured(self, seed: int) -> PairRecord:
        """What the quick measurement after a load finds."""
        rng = np.random.default_rng([seed, 12])
        record = PairRecord(self.name, "draft", "CPU")
        for sizes in QUICK:
            for size in sizes:
                record.verify.add(64, size, self.verify_ms(size, 64) * _noise(rng))
        for sizes in QUICK_DRAFT:
            for size in sizes:
                record.draft_decode.add(64, size, self.draft_ms(size, 64) * _noise(rng))
        return record


def _between(costs: dict[int, float], batch: int) -> float:
    return float(np.interp(batch, list(costs), list(costs.values())))


def _noise(rng: np.random.Generator) -> float:
    return float(rng.uniform(1 - NOISE, 1 + NOISE))


def machines() -> dict[str, Machine]:
    """Two that were measured, and two that are like others."""
    rows = json.loads((Path(__file__).parent / "data" / "cost_tables.json").read_text())
    found = {
        row["name"].rsplit(".", 1)[-1]: Machine(
            row["name"],
            {int(n): ms for n, ms in row["verify"].items()},
            {int(n): ms for n, ms in row["draft_batch"].items()},
        )
        for row in rows
    }
    batches = range(1, 66)
    found["flat"] = Machine(
        "gpu", {n: 10 * (1 + 0.02 * (n - 1)) for n in batches}, {1: 2.0, 2: 2.02, 64: 4.0}
    )
    steep = {n: 10 * (1 + 0.45 * (min(n, 8) - 1) + 0.03 * max(n - 8, 0)) for n in batches}
    found["steep"] = Machine("moe", steep, {1: 1.5, 2: 1.52, 64: 3.0})
    return found


@dataclass
class Outcome:
    """A text written to its end."""

    total_ms: float = 0.0
    lengths: list[int] = field(default_factory=list)  # drafted, by step
    positions: list[int] = field(default_factory=list)  # tokens written before each step
    reports: list[PaceReport | None] = field(default_factory=list)  # after each step


def write(
    text: Text, machine: Machine, pace: Pace, record: PairRecord, seed: int, *, greedy: bool = True
) -> Outcome:
    """Write `text` as `speculate` and `ModelDrafter` do, with times from `machine`, learning into `record`."""
    return _Writing(text, machine, pace, record, np.random.default_rng([seed, 13]), greedy).run()


@dataclass
class _Writing:
    text: Text
    machine: Machine
    pace: Pace
    record: PairRecord
    rng: np.random.Generator
    greedy: bool
    read: int = 0  # tokens that the draft model has read, those left out included

    def run(self) -> Outcome:
        found = Outcome()
        n = len(self.text.right)
        if reading := self.pace.reads(PROMPT, n, PROMPT):
            found.total_ms += self.machine.draft_ms(64, 0) / 64 * reading
            self.read = PROMPT
        at = 0
        while at < n:
            position = PROMPT + at
            plan = self.pace.plan(position, n - at - 1)
            proposal = self._propose(plan, at) if plan.limit else NOTHING
            tokens = proposal.draft.tokens
            rows = len(tokens) + 1
            rule = rule_for(AcceptRule.LOSSLESS, proposal.draft)

            def target(i: int, at: int = at) -> Distribution:
                return self.text.target(at + i, greedy=self.greedy)

            verdict = rule(proposal.draft, target, self.rng)
            timing = Timing(
                draft_ms=sum(proposal.decode_ms),
                verify_ms=self.machine.verify_ms(rows, position) * _noise(self.rng),
                sample_ms=ROW_MS * rows,
            )
            self.pace.observe(proposal, verdict, target, timing)
            step = step_record(len(found.lengths) + 2, position, proposal.draft, verdict.accepted, timing)
            self.record.observe(step, proposal.decode_ms, proposal.caught_up)
            if tokens:
                self.read = min(self.read, position + verdict.accepted)
            found.total_ms += timing.draft_ms + timing.verify_ms + timing.sample_ms
            found.lengths.append(len(tokens))
            found.positions.append(at)
            found.reports.append(self.pace.report)
            at += verdict.accepted + 1
        return found

    def _propose(self, plan: Plan, at: int) -> Proposal:
        position = PROMPT + at
        behind = max(1, position - self.read)
        read = plan.opens(behind)
        if not read:
            return NOTHING
        tokens: list[int] = []
        sources: list[Distribution] = []
        drawn_from: list[Distribution] = []
        confidences: list[float] = []
        decode_ms: list[float] = []
        while at + len(tokens) < len(self.text.right) and plan.goes_on():
            batch = 1 if decode_ms else read
            decode_ms.append(self.machine.draft_ms(batch, position) * _noise(self.rng))
            self.read = position + len(tokens)
            confidence = float(self.text.confidences[at + len(tokens)])
            confidences.append(confidence)
            move = plan.judge(confidence)
            if move is Move.STOP:
                break
            source = self.text.draft(at + len(tokens))
            draws = move is Move.DRAW and not self.greedy
            token = source.draw(self.rng) if draws else LIKELIEST
            plan.submitted(likeliest=token == LIKELIEST)
            tokens.append(token)
            sources.append(source)
            drawn_from.append(source if draws else Distribution.point(token))
        draft = Draft(
            tuple(tokens),
            None if self.greedy or not tokens else tuple(drawn_from),
            (None,) * len(tokens),
            "model" if tokens else "none",
        )
        return Proposal(
            draft, tuple(confidences), () if self.greedy else tuple(sources), tuple(decode_ms), read
        )


def step_record(index: int, position: int, draft: Draft, accepted: int, timing: Timing) -> StepRecord:
    return StepRecord(
        index=index,
        drafter=draft.drafter,
        rule="",
        phase=Phase.ANSWER,
        position=position,
        limit=len(draft.tokens),
        drafted=draft.tokens,
        accepted=accepted,
        emitted=(0,) * (accepted + 1),
        target_probs=(1.0,) * len(draft.tokens),
        draft_probs=draft.raw_probs,
        draft_ms=timing.draft_ms,
        verify_ms=timing.verify_ms,
        sample_ms=timing.sample_ms,
        other_ms=0.0,
        t_ms=0.0,
    )


def automatic(record: PairRecord, *, greedy: bool = True) -> AdaptivePace:
    """As `make_pace` makes it for a draft model and the lossless rule."""
    pace = make_pace(Speculation(Drafting.MODEL), record, greedy=greedy)
    assert isinstance(pace, AdaptivePace)
    return pace


def fixed_ms(text: Text, machine: Machine) -> list[float]:
    """What greedy drafts of always 0, 1, … tokens take for the text: the loop in short, without noise."""
    n = len(text.right)
    kept_from = np.zeros(n + 1, np.int64)
    for at in range(n - 1, -1, -1):
        kept_from[at] = kept_from[at + 1] + 1 if text.right[at] else 0
    found = []
    for length in range(LONGEST_FIXED + 1):
        total = machine.draft_ms(64, 0) / 64 * PROMPT if length else 0.0
        at, behind = 0, 1
        while at < n:
            drafted = min(length, n - at - 1)
            growth = 1 + GROWTH * (PROMPT + at)
            total += machine.verify_ms(drafted + 1, 0) * growth + ROW_MS * (drafted + 1)
            accepted = min(drafted, int(kept_from[at]))
            if drafted:
                total += (machine.draft_ms(behind, 0) + (drafted - 1) * machine.draft_ms(1, 0)) * growth
                behind = 2 if accepted == drafted else 1
            at += accepted + 1
        found.append(total)
    return found
