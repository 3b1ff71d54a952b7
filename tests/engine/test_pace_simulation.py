"""The automatic pace on simulated texts and machines: never much behind the best fixed length in hindsight."""

from functools import cache

import pytest
from pace_simulation import (
    EASY,
    HARD,
    HOPELESS,
    Machine,
    Nature,
    Outcome,
    Text,
    automatic,
    fixed_ms,
    machines,
    write,
    write_text,
)

from slipstream.core.pace import PaceState

MACHINES = machines()
STRETCH = 200  # tokens, between two switches
TEXTS: dict[str, list[tuple[Nature, int]]] = {
    "easy": [(EASY, 2000)],
    "hard": [(HARD, 2000)],
    "hopeless": [(HOPELESS, 2000)],
    "mixed": [(EASY, STRETCH), (HARD, STRETCH)] * 5,
    "switching": [(EASY, STRETCH), (HOPELESS, STRETCH)] * 5,
}
SEEDS = (0, pytest.param(1, marks=pytest.mark.heavy))


@cache
def text_of(kind: str, seed: int) -> Text:
    return write_text(TEXTS[kind], seed)


@cache
def first_answer(kind: str, machine: str, seed: int, *, greedy: bool = True) -> Outcome:
    """With nothing known but what the quick measurement finds."""
    record = MACHINES[machine].measured(seed)
    return write(
        text_of(kind, seed),
        MACHINES[machine],
        automatic(record, greedy=greedy),
        record,
        seed,
        greedy=greedy,
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("kind", TEXTS)
def test_it_is_not_far_behind_the_best_fixed_length(kind: str, machine: str, seed: int) -> None:
    """What it has to learn, and all trials, are in the bill; the fixed length was chosen in hindsight."""
    fixed = fixed_ms(text_of(kind, seed), MACHINES[machine])
    own = first_answer(kind, machine, seed).total_ms
    print(f"{kind} on {machine}: {min(fixed) / own:.3f} of length {fixed.index(min(fixed))}'s speed")
    assert min(fixed) / own >= 0.97
    if kind == "hard":
        assert fixed[0] / own >= 0.98


@pytest.mark.parametrize("machine", ["flat", "steep", "F16"])
def test_it_gains_on_mixed_text_what_no_fixed_length_can(machine: str) -> None:
    fixed = fixed_ms(text_of("mixed", 0), MACHINES[machine])
    assert min(fixed) / first_answer("mixed", machine, 0).total_ms > 1.08


def test_what_was_learned_in_one_answer_serves_the_next() -> None:
    """Hopeless text: the first answer pays for finding out, the second does not."""
    machine = MACHINES["flat"]
    record = machine.measured(0)
    text = write_text([(HOPELESS, 300)], 0)
    first, second = (write(text, machine, automatic(record), record, seed) for seed in (0, 1))
    assert sum(second.lengths[:8]) < sum(first.lengths[:8])
    assert fixed_ms(text, machine)[0] / second.total_ms > 0.98


def test_it_says_why_it_does_not_draft() -> None:
    for kind, machine, state in (
        ("easy", "Q4_K_M", PaceState.TOO_DEAR),
        ("hopeless", "F16", PaceState.TOO_FEW_KEPT),
        ("hopeless", "steep", PaceState.TOO_FEW_KEPT),
        ("easy", "flat", PaceState.DRAFTING),
        ("hard", "flat", PaceState.DRAFTING),
    ):
        states = [report.state for report in first_answer(kind, machine, 0).reports[100:] if report]
        assert states.count(state) > 0.85 * len(states), (kind, machine)


def test_off_it_speaks_of_a_loss() -> None:
    for kind, machine in (("hopeless", "F16"), ("hopeless", "steep"), ("easy", "Q4_K_M")):
        off = [report for report in first_answer(kind, machine, 0).reports if report and report.off]
        assert off
        assert all(report.speedup <= 1 for report in off)


@pytest.mark.parametrize(
    ("kind", "machine"),
    [("easy", "flat"), ("easy", "F16"), ("hard", "flat"), ("easy", "steep")],
)
def test_the_speedup_it_tells_is_what_it_brings(kind: str, machine: str) -> None:
    """Whatever it expects: over an answer, what was told is what came."""
    own = first_answer(kind, machine, 0)
    plain = fixed_ms(text_of(kind, 0), MACHINES[machine])[0]
    told = [report.speedup for report in own.reports if report and report.state is PaceState.DRAFTING]
    assert len(told) > 0.85 * len(own.reports)
    print(f"{kind} on {machine}: told {sum(told) / len(told):.3f}, brought {plain / own.total_ms:.3f}")
    assert sum(told) / len(told) == pytest.approx(plain / own.total_ms, rel=0.05)


@pytest.mark.parametrize(("machine", "tokens"), [("flat", 200), ("F16", 800), ("steep", 800)])
def test_it_comes_back_when_text_turns_easy(machine: str, tokens: int) -> None:
    """Off for 600 tokens; how soon is a matter of what a trial costs here, at a loss of 1 % of the time."""
    record = MACHINES[machine].measured(0)
    text = write_text([(HOPELESS, 600), (EASY, 1400)], 0)
    found = write(text, MACHINES[machine], automatic(record), record, 0)
    states = [(at, report.state) for at, report in zip(found.positions, found.reports, strict=True) if report]
    assert next(state for at, state in reversed(states) if at < 600) is not PaceState.DRAFTING
    back = next(at for at, state in states if at >= 600 and state is PaceState.DRAFTING)
    print(f"{machine}: drafts again {back - 600} tokens after the text turned easy")
    assert back - 600 <= tokens
    assert fixed_ms(text, MACHINES[machine])[0] / found.total_ms > 1.1


def test_short_answers_save_for_a_trial_together() -> None:
    """Each one ends before a trial could be paid; the pair would stay off for ever."""
    machine = MACHINES["steep"]
    record = machine.measured(0)
    write(write_text([(HOPELESS, 600)], 0), machine, automatic(record), record, 0)
    lengths = 0
    for seed in range(1, 11):
        found = write(write_text([(EASY, 100)], seed), machine, automatic(record), record, seed)
        lengths = sum(found.lengths)
    assert lengths > 50


@pytest.mark.parametrize(("kind", "machine"), [("easy", "flat"), ("hopeless", "flat"), ("mixed", "F16")])
def test_drawn_drafts_pay_as_well(kind: str, machine: str) -> None:
    """Above temperature 0, with the real block verification: against not drafting."""
    own = first_answer(kind, machine, 0, greedy=False).total_ms
    plain = fixed_ms(text_of(kind, 0), MACHINES[machine])[0]
    assert plain / own > {"easy": 2.0, "hopeless": 0.97, "mixed": 1.1}[kind]


def test_a_pace_that_never_turns_off_would_fail() -> None:
    """What the bounds are worth: always drafting six is far outside them on hopeless text."""
    for machine in ("F16", "steep", "flat"):
        fixed = fixed_ms(text_of("hopeless", 0), MACHINES[machine])
        assert min(fixed) / fixed[6] < 0.7


def test_machines_are_what_they_are_said_to_be() -> None:
    def growth(machine: Machine) -> float:
        return machine.verify_ms(8, 0) / machine.verify_ms(1, 0)

    assert growth(MACHINES["flat"]) < 1.2
    assert growth(MACHINES["F16"]) == pytest.approx(2.7, abs=0.3)
    assert growth(MACHINES["steep"]) > 4
    assert growth(MACHINES["Q4_K_M"]) > 6
