"""Which step a token comes from, on runs worked out by hand."""

from dataclasses import replace

from slipstream.core.events import StepDone
from slipstream.core.metrics import Phase, StepRecord
from slipstream.core.step_book import Proposal, RunSteps, StepBook, refused_tokens


def step(index: int, drafted: tuple[int, ...], accepted: int, emitted: tuple[int, ...]) -> StepDone:
    record = StepRecord(
        index=index,
        drafter="model" if drafted else "none",
        rule="token",
        phase=Phase.ANSWER,
        position=50 + index,
        limit=4,
        drafted=drafted,
        accepted=accepted,
        emitted=emitted,
        target_probs=tuple(0.5 + i / 10 for i in range(len(drafted))),
        draft_probs=tuple(None if i == 1 else 0.9 - i / 10 for i in range(len(drafted))),
        draft_ms=1.0,
        verify_ms=2.0,
        sample_ms=3.0,
        other_ms=4.0,
        t_ms=10.0 * index,
    )
    return StepDone(record, ())


# Tokens 0 | 1 2 3 | 4 5 | 6
STEPS = (
    step(1, (), 0, (70,)),
    step(2, (71, 72, 99, 98), 2, (71, 72, 73)),
    step(3, (74,), 1, (74, 75)),
    step(4, (), 0, (2,)),
)
TEXTS = {99: " no", 98: " way"}


def run(*steps: StepDone, number: int = 1) -> RunSteps:
    return RunSteps(number, "Target", "Draft", steps, TEXTS)


def book(*runs: RunSteps) -> StepBook:
    made = StepBook()
    made.put(0, runs)
    return made


def test_each_token_leads_to_the_step_that_wrote_it() -> None:
    made = book(run(*STEPS))
    assert (len(made), made.tokens) == (4, 7)
    sources = [made.source(i) for i in range(7)]
    assert [(s.token, s.record.index, s.place) for s in sources if s] == [
        (70, 1, 1),
        (71, 2, 1),
        (72, 2, 2),
        (73, 2, 3),
        (74, 3, 1),
        (75, 3, 2),
        (2, 4, 1),
    ]
    assert made.source(-1) is None
    assert made.source(7) is None


def test_an_accepted_token_was_the_proposal_itself() -> None:
    source = book(run(*STEPS)).source(1)
    assert source is not None
    assert source.proposal == Proposal(71, None, 0.9, 0.5)
    assert source.dropped == ()
    assert (source.target, source.draft) == ("Target", "Draft")


def test_a_recovered_token_names_what_was_refused_and_what_fell_with_it() -> None:
    source = book(run(*STEPS)).source(3)
    assert source is not None
    assert source.proposal == Proposal(99, " no", 0.9 - 0.2, 0.7)
    assert [(p.token, p.text) for p in source.dropped] == [(98, " way")]


def test_plain_and_bonus_tokens_had_no_proposal() -> None:
    made = book(run(*STEPS))
    for number in (0, 5):
        source = made.source(number)
        assert source is not None
        assert source.proposal is None
        assert source.dropped == ()


def test_the_tokens_of_several_runs_are_counted_through() -> None:
    other = replace(run(*STEPS[:2], number=2), target="Other", texts={99: " ja"})
    made = book(run(*STEPS), other)
    source = made.source(7)
    assert source is not None
    assert (source.token, source.record.index, source.target) == (70, 1, "Other")
    refused = made.source(10)
    assert refused is not None
    assert refused.proposal is not None
    assert refused.proposal.text == " ja"


def test_a_growing_answer_is_read_on_and_what_comes_twice_counts_once() -> None:
    made = book(run(*STEPS[:2]))
    assert made.source(4) is None
    made.put(2, [run(*STEPS[2:])])
    made.put(1, [run(*STEPS[1:])])
    assert (len(made), made.tokens) == (4, 7)
    assert [made.source(i) for i in range(7)] == [book(run(*STEPS)).source(i) for i in range(7)]


def test_records_with_fewer_probabilities_than_tokens_are_read() -> None:
    bare = replace(STEPS[1], record=replace(STEPS[1].record, target_probs=(), draft_probs=()))
    source = book(run(STEPS[0], bare)).source(1)
    assert source is not None
    assert source.proposal == Proposal(71, None, None, None)


def test_what_was_proposed_and_not_written() -> None:
    assert refused_tokens(STEPS) == {99, 98}
