"""The automatic pace: drafts as far as it pays on this machine for this text, and not at all where it does not.

It knows what things cost (`PairRecord`, measured), how drafts fare (`Habits`, learned) and solves for the best
policy every few steps (`stopping`). Whether to draft at all is decided with hysteresis. Where drafting is off, the
draft model reads nothing, since keeping it in step would cost its prefill for every token; now and then, at a loss
of at most `TRIAL_SHARE` of the time, it reads the last tokens and tries again. A trial doubts what was learned of
the text before, and submits a token in each step, for nothing is learned from those that are not submitted. Lookups
cost no decode and are judged one by one, draft model or not.
"""

from math import exp

import numpy as np
from numpy.typing import NDArray

from slipstream.core.chat import MAX_DRAFT
from slipstream.core.costs import PairRecord, context_bucket
from slipstream.core.habits import (
    BINS,
    DOUBT,
    ENTRIES,
    LOOKED_UP,
    MATCH_EDGES,
    MEMORY,
    SHORT_MEMORY,
    Habits,
    Share,
    confidence_bin,
    match_bin,
)
from slipstream.core.pace import PaceReport, PaceState
from slipstream.engine.acceptance import Target, Verdict, keeping, overlap
from slipstream.engine.pace.base import Plan, Timing
from slipstream.engine.pace.copying import lookup_lengths
from slipstream.engine.pace.plan import AdaptivePlan
from slipstream.engine.pace.realised import RealisedSpeedup
from slipstream.engine.pace.stopping import Policy, Prospects, best_policy, fixed_lengths
from slipstream.engine.proposal import Proposal

LONGEST = 16  # tokens of a model's draft; a lookup may have MAX_DRAFT
REFRESH_STEPS = 8  # between two solutions; sooner at the beginning, when most is learned
IDLE_STEPS = (
    64  # the same while nothing is drafted: nothing is learned then, and solving costs 1 % of quick steps
)
ON, OFF = 1.02, 1.0  # expected speedup that switches drafting on, and off
CERTAIN = 0.97  # a draft that is kept this often and still does not pay never will
TRIAL_SHARE = 0.01  # of the time, for looking whether drafting pays again
TRIAL_STEPS = 8
HORIZON = 24  # steps over which catching up with the text must pay off
COPY_MEMORY = 48  # tokens over which the share is taken that lookups have written
CERTAIN_COPY = 0.9999  # no copy goes on for ever
COPYING = 0.25  # from this share on, the text is a copy of an earlier one
WINDOW = 64  # tokens the draft model reads of a text it has not followed
READING_SHARE = 0.5  # of what drafting is expected to save, for reading the prompt
SHORT_PROMPT = 128  # tokens that are read anyway
EXPECTED_ANSWER = 256  # tokens

_PLAIN, _RECOVERED, _WHOLE = range(len(ENTRIES))


class AdaptivePace:
    """One answer's pace. `model`: whether a draft model drafts. `draws`: whether its tokens may be drawn."""

    def __init__(self, record: PairRecord, habits: Habits, *, model: bool, draws: bool, exact: bool) -> None:
        """`exact`: the rule is lossless, so that a token's chances are known from the distributions."""
        self._record = record
        self._model = model
        self._draws = draws
        self._exact = exact
        self._known = (habits, habits.for_an_answer())  # of the pair, of this answer
        self._entry = _PLAIN
        self._interval = 1  # steps from this refresh to the next
        self._steps_until_refresh = 0
        self._bucket = -1
        self._rate: float | None = None
        self._certain_rate: float | None = None  # with drafts as good as drafts get
        self._on = model
        self._hopeless = False
        self._trial_steps = 0
        self._copied_share = 0.0  # of the last tokens, those that lookups have written
        self._copying = False
        self._lengths: NDArray[np.intp] | None = None  # of lookups, by the length of the match
        self._realised = RealisedSpeedup()
        self._report: PaceReport | None = None

    @property
    def report(self) -> PaceReport | None:
        return self._report

    def reads(self, prompt_tokens: int, max_tokens: int, behind: int) -> int:
        self._refresh(prompt_tokens)
        if not self._on:
            return 0
        saved_ms = min(max_tokens, EXPECTED_ANSWER) * (
            1 / self.policy.prospects.plain_rate - 1 / self.policy.rate
        )
        worth = int(READING_SHARE * saved_ms / max(self._reading_ms(prompt_tokens), 1e-6))
        return min(behind, max(worth, SHORT_PROMPT))

    def plan(self, position: int, room: int) -> Plan:
        if self._steps_until_refresh <= 0 or context_bucket(position) != self._bucket:
            self._refresh(position)
        self._steps_until_refresh -= 1
        return AdaptivePlan(self, min(room, MAX_DRAFT))

    def observe(self, proposal: Proposal, verdict: Verdict, target: Target, timing: Timing) -> None:
        draft = proposal.draft
        if draft.drafter == "ngram":
            self._learn_from_lookup(proposal, verdict, target)
        elif proposal.confidences:
            self._learn_from_model(proposal, verdict, target)
        looked_up = verdict.accepted if draft.drafter == "ngram" else 0
        self._follow_copying(looked_up, verdict.accepted + 1)
        self._account(timing.draft_ms + timing.verify_ms + timing.sample_ms, verdict.accepted + 1)
        if not draft.tokens:
            self._entry = _PLAIN
        else:
            self._entry = _WHOLE if verdict.accepted == len(draft.tokens) else _RECOVERED

    def _account(self, took_ms: float, written: int) -> None:
        """Earn time for trials, or pay with it what a trial's step loses against not drafting."""
        plain_ms = written * self._record.drift / self._policy.prospects.plain_rate
        if self._on:
            self._realised.add(plain_ms, took_ms)
        if self._trial_steps:
            self._trial_steps -= 1
            self._known[0].spare_ms -= took_ms - plain_ms
            if not self._trial_steps:
                self._steps_until_refresh = 0
        elif not self._on:
            self._known[0].spare_ms += TRIAL_SHARE * took_ms

    def _learn_from_lookup(self, proposal: Proposal, verdict: Verdict, target: Target) -> None:
        for i, length in enumerate(proposal.confidences[: verdict.accepted + 1]):
            kept = self._kept(proposal, verdict, target, i)
            for habits, memory in self._memories():
                self._matches(habits)[match_bin(int(length))].add(kept, LOOKED_UP * memory)
        self._lengths = None

    def _follow_copying(self, looked_up: int, written: int) -> None:
        """Of `written` tokens, lookups have written `looked_up`."""
        weight = 1 - exp(-written / COPY_MEMORY)
        self._copied_share += (looked_up / written - self._copied_share) * weight
        if (self._copied_share >= COPYING) != self._copying:
            self._copying = not self._copying
            self._lengths = None

    def _learn_from_model(self, proposal: Proposal, verdict: Verdict, target: Target) -> None:
        """From the positions that were reached: what comes after a refused token says nothing."""
        bins = [confidence_bin(confidence) for confidence in proposal.confidences[: verdict.accepted + 1]]
        rows = [self._entry, *(len(ENTRIES) + b for b in bins[:-1])]
        for habits, memory in self._memories():
            habits.entries.add(self._entry, memory)
            for row, b in zip(rows, bins, strict=True):
                habits.follows[row].add(b, memory)
        for i, (b, token) in enumerate(zip(bins, proposal.draft.tokens, strict=False)):
            kept = self._kept(proposal, verdict, target, i)
            source = proposal.sources[i] if proposal.sources else None
            drawn = likeliest = kept
            if source is not None and self._exact:
                drawn = overlap(target(i), source)
                likeliest = target(i).probability(source.mode)
            for habits, memory in self._memories():
                same = source is None or token == source.mode
                (habits.drew_likeliest if same else habits.drew_other)[b].add(kept, memory)
                habits.drawn[b].add(drawn, memory)
                habits.likeliest[b].add(likeliest, memory)

    def _kept(self, proposal: Proposal, verdict: Verdict, target: Target, i: int) -> float:
        """The chance that token i was kept; for a rule without such a number, whether it was."""
        if not self._exact:
            return float(i < verdict.accepted)
        return keeping(target(i), proposal.draft.drawn_from(i), proposal.draft.tokens[i])

    def _matches(self, habits: Habits) -> list[Share]:
        return habits.copied if self._copying else habits.matched

    def _memories(self) -> tuple[tuple[Habits, float], ...]:
        return ((self._known[0], MEMORY), (self._known[1], SHORT_MEMORY))

    # What a plan asks.

    @property
    def on(self) -> bool:
        return self._on

    @property
    def trying(self) -> bool:
        return self._trial_steps > 0

    @property
    def draws(self) -> bool:
        return self._draws

    @property
    def policy(self) -> Policy:
        return self._policy

    @property
    def habits(self) -> Habits:
        """As learned in this answer."""
        return self._known[1]

    def enters(self, behind: int) -> int:
        """How many of the `behind` unread tokens the draft model shall read to draft now; 0 for no draft."""
        if not self._model:
            return 0
        window = behind if behind <= 2 * WINDOW else WINDOW
        if not self._on:
            return window if self._tries(window) else 0
        entering = float(self._policy.entering[self._entry])
        usual = 2 if self._entry == _WHOLE else 1
        if behind > usual:
            late_ms = self._draft_ms(window) - self._draft_ms(usual)
            worth = max(entering, self._policy.gain) * HORIZON
            return window if worth > self._policy.rate * late_ms else 0
        return window if entering > 0 else 0

    def _tries(self, window: int) -> bool:
        if self._trial_steps:
            return True
        if self._hopeless:
            return False
        prospects = self._policy.prospects
        step_ms = prospects.decode_ms + prospects.verify_ms[2] - prospects.verify_ms[1]
        if self._known[0].spare_ms < self._draft_ms(window) + TRIAL_STEPS * step_ms:
            return False
        self._trial_steps = TRIAL_STEPS
        self.habits.weigh_at_most(DOUBT)
        return True

    def lookup(self, length: int, room: int) -> int:
        """How many tokens to take from a match of `length` tokens."""
        if self._lengths is None:
            self._lengths = self._best_lookups()
        return min(int(self._lengths[min(length, len(self._lengths) - 1)]), room)

    def _best_lookups(self) -> NDArray[np.intp]:
        """By the length of the match."""
        shares = self._matches(self.habits)
        agrees = np.array([shares[match_bin(length)].mean for length in range(MATCH_EDGES[-1] + 1)])
        return lookup_lengths(
            np.minimum(agrees, CERTAIN_COPY),
            self._verify_ms,
            other_ms=1 / self._policy.rate,
            # What it yields, the draft model has to read afterwards.
            read_ms=self._reading_ms(self._bucket) if self._on else 0.0,
        )

    # Solving for the best policy.

    def _refresh(self, position: int) -> None:
        self._steps_until_refresh = self._interval
        self._bucket = context_bucket(position)
        self._lengths = None
        self._verify_ms = _curve(self._record, position)
        prospects = self._prospects(position)
        self._policy = best_policy(prospects, self._rate)
        speedup = self._policy.rate / prospects.plain_rate
        if self._model:
            self._rate = self._policy.rate
            self._on = speedup > (OFF if self._on else ON)
            if not self._on:  # asked only then, and half of the work
                self._certain_rate = best_policy(_certain(prospects), self._certain_rate).rate
                self._hopeless = self._certain_rate / prospects.plain_rate < ON
        self._interval = min(
            2 * self._interval, REFRESH_STEPS if self._on or self._trial_steps else IDLE_STEPS
        )
        self._report = self._explained(prospects, speedup) if self._model else None

    def _prospects(self, position: int) -> Prospects:
        habits, record = self.habits, self._record
        longest = LONGEST if self._model else 0
        decode = record.draft_ms(position, 1) or 0.0
        kept = [share.mean for share in habits.likeliest]
        if self._draws:
            kept = [max(share.mean, k) for share, k in zip(habits.drawn, kept, strict=True)]
        follows = np.array([row.shares for row in habits.follows])
        entry_ms = [decode, decode, record.draft_ms(position, 2) or decode]
        return Prospects(
            verify_ms=self._verify_ms[: longest + 2],
            entry_ms=np.array(entry_ms),
            decode_ms=decode,
            kept=np.array(kept),
            first=follows[: len(ENTRIES)],
            follows=follows[len(ENTRIES) :],
            entries=np.array(habits.entries.shares),
        )

    def _explained(self, prospects: Prospects, speedup: float) -> PaceReport:
        gets, needs = fixed_lengths(prospects)
        best = int((gets / needs).argmax())
        if self._on:
            state = PaceState.DRAFTING
        elif self._trial_steps:
            state = PaceState.TRYING
        else:
            state = PaceState.TOO_DEAR if self._hopeless else PaceState.TOO_FEW_KEPT
        told = self._realised.value or speedup if self._on else min(float(gets[best] / needs[best]), 1.0)
        return PaceReport(state, told, float(needs[best]), float(gets[best]), best + 1)

    def _draft_ms(self, batch: int) -> float:
        return self._record.draft_ms(max(self._bucket, 0), batch) or 0.0

    def _reading_ms(self, position: int) -> float:
        """What the draft model takes to read a token, many at once."""
        return (self._record.draft_ms(position, WINDOW) or 0.0) / WINDOW


def _curve(record: PairRecord, position: int) -> NDArray[np.float64]:
    """What verifying n tokens costs, [n], n ≤ MAX_DRAFT + 1, what follows the decode included."""
    sizes = [n for n in record.verify.sizes if n <= MAX_DRAFT + 1]
    if sizes[-1] < MAX_DRAFT + 1:
        sizes.append(MAX_DRAFT + 1)
    costs = [record.verify_ms(position, n) or 0.0 for n in sizes]
    batch = np.arange(MAX_DRAFT + 2)
    return np.interp(batch, sizes, costs) + record.row_ms.mean * batch


def _certain(prospects: Prospects) -> Prospects:
    """The same costs, with drafts as good as drafts get."""
    sure = np.zeros_like(prospects.follows)
    sure[:, -1] = 1.0
    return Prospects(
        verify_ms=prospects.verify_ms,
        entry_ms=prospects.entry_ms,
        decode_ms=prospects.decode_ms,
        kept=np.full(BINS, CERTAIN),
        first=sure[: len(ENTRIES)],
        follows=sure,
        entries=prospects.entries,
    )
