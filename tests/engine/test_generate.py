"""Runs on real weights: the same text with and without drafting, caches kept, stops kept."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from runs import GREEDY, ask, run

from slipstream.core.chat import (
    AcceptRule,
    ChatMessage,
    Drafting,
    GenerateRequest,
    PairSpec,
    Role,
    Sampling,
    Speculation,
)
from slipstream.core.errors import LoadError, PromptError, UsageError
from slipstream.core.events import Origin, StepDone
from slipstream.core.metrics import StopReason
from slipstream.engine.session import LocalEngine

pytestmark = pytest.mark.weights

PROMPTS = [
    "Tell me three facts about the sea.",
    "Write a Python function that reverses a string.",
    "What is 17 times 23? Think step by step.",
    "Write a short poem about autumn.",
    "Explain gravity to a child.",
    "List the planets of the solar system.",
    "Translate 'good morning' into French, German and Spanish.",
    "Write a limerick about a cat.",
    "How do I boil an egg?",
    "Why is the sky blue?",
    "Write an SQL query that counts the rows of a table.",
    "Describe a sunset in two sentences.",
    "What are the primary colours?",
    "Write a haiku about rain.",
    "Summarize the story of Romeo and Juliet.",
    "Give me a recipe for pancakes.",
    "What is the difference between a list and a tuple in Python?",
    "Write the numbers from one to twenty as words.",
    "Who was Ada Lovelace?",
    "Repeat this sentence five times: The quick brown fox jumps over the lazy dog.",
]


@pytest.mark.parametrize(
    "prompt",
    [pytest.param(text, id=str(n), marks=[pytest.mark.heavy] * (n >= 4)) for n, text in enumerate(PROMPTS)],
)
def test_greedy_output_is_the_same_whoever_drafts(pair_engine: LocalEngine, prompt: str) -> None:
    plain, model, ngram = (
        run(pair_engine, ask(prompt, drafting, max_tokens=128))
        for drafting in (Drafting.NONE, Drafting.MODEL, Drafting.NGRAM)
    )
    assert model.stats.tokens == plain.stats.tokens
    assert ngram.stats.tokens == plain.stats.tokens
    assert model.stats.text == plain.stats.text
    assert model.stats.metrics.accepted > 0
    assert plain.stats.metrics.drafted == 0


def test_the_numbers_of_a_run_add_up(pair_engine: LocalEngine) -> None:
    done = run(pair_engine, ask(PROMPTS[0], Drafting.MODEL, max_tokens=64))
    metrics = done.stats.metrics
    assert metrics.emitted == len(done.stats.tokens) == sum(len(r.emitted) for r in done.records)
    assert list(itertools.chain(*(r.emitted for r in done.records))) == list(done.stats.tokens)
    assert done.records[0].drafted == ()
    assert len(done.records[0].emitted) == 1
    for before, record in itertools.pairwise(done.records):
        assert record.accepted <= len(record.drafted) <= record.limit
        assert record.emitted[: record.accepted] == record.drafted[: record.accepted]
        assert record.position == before.position + len(before.emitted)
        assert record.duration_ms == pytest.approx(record.t_ms - before.t_ms, abs=0.01)
        assert len(record.target_probs) == len(record.draft_probs) == len(record.drafted)
        assert all(0 < p <= 1 for p in (*record.target_probs, *record.draft_probs))
        if record.stop_reason is None:
            assert len(record.emitted) == record.accepted + 1
    assert done.stats.ttft_ms == done.records[0].t_ms
    assert done.stats.total_ms == done.records[-1].t_ms
    assert done.stats.ttft_ms >= done.stats.prefill_ms + done.stats.draft_prefill_ms
    assert done.text == done.stats.text
    assert "".join(piece.text for piece in done.pieces) == done.stats.answer


def test_drafts_end_one_short_of_the_last_token(pair_engine: LocalEngine) -> None:
    done = run(pair_engine, ask(PROMPTS[0], Drafting.MODEL, 8, max_tokens=12))
    assert len(done.stats.tokens) == 12
    assert done.stats.stop_reason is StopReason.MAX_TOKENS
    for record in done.records:
        assert len(record.drafted) <= max(0, 12 - (record.position - done.stats.prompt_tokens) - 1)


def test_nothing_is_decoded_twice(pair_engine: LocalEngine) -> None:
    pair = pair_engine._pair
    assert pair is not None
    assert pair.draft is not None
    run(pair_engine, ask("Warm the cache: " + PROMPTS[1], Drafting.MODEL))
    target_before, draft_before = pair.target.decoded, pair.draft.decoded
    done = run(pair_engine, ask("Count from one to thirty in words.", Drafting.MODEL, max_tokens=64))
    steps = done.records[1:]
    new_prompt = done.stats.prompt_tokens - done.stats.reused_tokens
    assert pair.target.decoded - target_before == new_prompt + sum(len(r.drafted) + 1 for r in steps)
    # The draft decodes each token it proposes but the last, and each token that it had not proposed itself.
    needed, unseen = 0, 0
    for before, record in itertools.pairwise(done.records):
        unseen += 1 + (before.accepted == len(before.drafted) and bool(before.drafted))
        if record.drafted:
            needed += unseen + len(record.drafted) - 1
            unseen = 0
    assert pair.draft.decoded - draft_before == new_prompt + needed


def test_the_next_turn_reads_only_what_is_new(pair_engine: LocalEngine) -> None:
    first = ChatMessage(Role.USER, "Name a colour.")
    one = run(pair_engine, ask((first,), Drafting.MODEL))
    follow_up = (first, ChatMessage(Role.ASSISTANT, one.stats.answer), ChatMessage(Role.USER, "Another one."))
    two = run(pair_engine, ask(follow_up, Drafting.MODEL))
    assert two.stats.reused_tokens >= one.stats.prompt_tokens
    for model in ("target", "draft"):
        last = [p for p in two.prefills if p.model == model][-1]
        assert last.done == last.total < two.stats.prompt_tokens - one.stats.prompt_tokens + 4
    fresh = run(pair_engine, ask("Something else entirely.", Drafting.MODEL))
    assert fresh.stats.reused_tokens < fresh.stats.prompt_tokens
    assert run(pair_engine, ask(follow_up, Drafting.MODEL)).stats.tokens == two.stats.tokens


def test_an_edit_rolls_back_to_the_common_prefix(pair_engine: LocalEngine) -> None:
    run(pair_engine, ask("The capital of France is a city. Which one?"))
    edited = run(pair_engine, ask("The capital of France is a town. Which one?"))
    again = run(pair_engine, ask("The capital of France is a town. Which one?", Drafting.MODEL))
    assert 0 < edited.stats.reused_tokens < edited.stats.prompt_tokens - 3
    assert again.stats.tokens == edited.stats.tokens


@pytest.mark.parametrize("accept", list(AcceptRule))
def test_sampled_runs_repeat_with_the_same_seed(pair_engine: LocalEngine, accept: AcceptRule) -> None:
    def once(seed: int) -> tuple[int, ...]:
        speculation = Speculation(Drafting.MODEL, 3, lookup=False, accept=accept)
        request = ask(PROMPTS[3], sampling=Sampling(1.0, 1.0, 0), speculation=speculation, seed=seed)
        return run(pair_engine, request).stats.tokens

    assert once(1) == once(1)
    assert once(1) != once(2)


def test_rules_are_recorded_as_they_were_applied(pair_engine: LocalEngine) -> None:
    def rules(drafting: Drafting, temperature: float) -> set[str]:
        request = ask(PROMPTS[0], drafting, sampling=Sampling(temperature))
        return {record.rule for record in run(pair_engine, request).records if record.drafted}

    assert rules(Drafting.MODEL, 0.8) == {"block"}
    assert rules(Drafting.MODEL, 0.0) == {"match"}


def test_a_random_seed_is_told_and_repeats(pair_engine: LocalEngine) -> None:
    warm = Sampling(temperature=1.2, top_p=1.0, top_k=0)
    first = run(pair_engine, ask(PROMPTS[3], sampling=warm, seed=None))
    again = run(pair_engine, ask(PROMPTS[3], sampling=warm, seed=first.stats.seed))
    assert again.stats.tokens == first.stats.tokens


def test_stop_ends_the_run_within_a_step(pair_engine: LocalEngine) -> None:
    events = pair_engine.generate(ask(PROMPTS[5], Drafting.MODEL, max_tokens=200))
    steps = 0
    stats = None
    for event in events:
        if isinstance(event, StepDone):
            steps += 1
            if steps == 3:
                pair_engine.stop.set()
        stats = getattr(event, "stats", stats)
    assert stats is not None
    assert steps == 3
    assert stats.stop_reason is StopReason.STOPPED
    assert run(pair_engine, ask(PROMPTS[5])).stats.stop_reason is not StopReason.STOPPED


def test_stop_ends_the_reading_of_a_prompt(pair_engine: LocalEngine) -> None:
    prompt = " ".join(f"word{i}" for i in range(200))
    events = pair_engine.generate(ask(prompt))
    next(events)
    pair_engine.stop.set()
    finished = list(events)[-1]
    assert finished.stats.stop_reason is StopReason.STOPPED
    assert finished.stats.tokens == ()
    assert finished.stats.metrics.acceptance_length is None


def test_a_stop_string_cuts_text_tokens_and_drafts(pair_engine: LocalEngine) -> None:
    whole = run(pair_engine, ask(PROMPTS[0], Drafting.MODEL))
    stop = whole.stats.text[20:31]  # somewhere across tokens
    for drafting in (Drafting.NONE, Drafting.MODEL):
        cut = run(pair_engine, ask(PROMPTS[0], drafting, stop=(stop,)))
        assert cut.stats.text == whole.stats.text[: whole.stats.text.index(stop)]
        assert cut.text == cut.stats.text
        assert cut.stats.stop_reason is StopReason.STOP_STRING
        assert cut.stats.tokens == whole.stats.tokens[: len(cut.stats.tokens)]
        last = cut.records[-1]
        assert last.stop_reason is StopReason.STOP_STRING
        assert last.accepted <= len(last.drafted)
        assert cut.stats.metrics.accepted <= cut.stats.metrics.emitted


def test_the_end_of_turn_counts_as_emitted_and_shows_nothing(pair_engine: LocalEngine) -> None:
    done = run(pair_engine, ask("Say just: OK", Drafting.MODEL, max_tokens=200))
    assert done.stats.stop_reason is StopReason.END_OF_TURN
    assert "<|im_end|>" not in done.stats.text
    assert done.stats.metrics.emitted == len(done.stats.tokens)


def test_origins_tell_accepted_recovered_and_bonus_apart(pair_engine: LocalEngine) -> None:
    done = run(pair_engine, ask(PROMPTS[2], Drafting.MODEL, max_tokens=96))
    by_token = {piece.token: piece.origin for piece in done.pieces}
    index = 0
    for record in done.records:
        for i in range(len(record.emitted)):
            expected = (
                Origin.ACCEPTED
                if i < record.accepted
                else Origin.PLAIN
                if not record.drafted
                else Origin.BONUS
                if record.accepted == len(record.drafted)
                else Origin.RECOVERED
            )
            assert by_token.get(index, expected) is expected
            index += 1
    assert {Origin.ACCEPTED, Origin.RECOVERED} <= set(by_token.values())


@pytest.mark.parametrize("beyond", [0, 1, 3000])
def test_a_prompt_that_fills_the_context_is_refused_kindly(pair_engine: LocalEngine, beyond: int) -> None:
    prompt = _raw_prompt_of(pair_engine, 1024 + beyond)
    with pytest.raises(PromptError, match="the context holds 1024") as caught:
        run(pair_engine, GenerateRequest(raw=prompt, sampling=GREEDY))
    assert caught.value.hint


@pytest.mark.parametrize("drafting", list(Drafting))
@pytest.mark.parametrize("room", [1, 2, 5])
def test_the_context_is_filled_to_its_end(pair_engine: LocalEngine, room: int, drafting: Drafting) -> None:
    prompt = _raw_prompt_of(pair_engine, 1024 - room)
    request = ask("x", drafting, messages=(), raw=prompt, max_tokens=50)
    done = run(pair_engine, request)
    assert done.stats.prompt_tokens == 1024 - room
    if done.stats.stop_reason is not StopReason.END_OF_TURN:
        assert done.stats.stop_reason is StopReason.CONTEXT_FULL
        assert len(done.stats.tokens) == room + 1


def _raw_prompt_of(engine: LocalEngine, tokens: int) -> str:
    """Text of exactly this many tokens."""
    assert engine._pair is not None
    text = " the" * (tokens + 2)
    while len(engine._pair.format.raw(text).tokens) > tokens:
        text = text[:-4]
    assert len(engine._pair.format.raw(text).tokens) == tokens
    return text


@pytest.mark.parametrize("text", ["", "   \n\t"])
def test_an_empty_prompt_is_refused(pair_engine: LocalEngine, text: str) -> None:
    with pytest.raises(PromptError, match="empty"):
        run(pair_engine, ask(text))


@pytest.mark.parametrize("text", ["a\x00b", "\ud800 lone", "🙂" * 50, "\u202eabc"])
def test_rude_text_is_answered(pair_engine: LocalEngine, text: str) -> None:
    assert run(pair_engine, ask(text, max_tokens=4)).stats.tokens


def test_a_draft_length_out_of_range_is_bad_usage(pair_engine: LocalEngine) -> None:
    with pytest.raises(UsageError):
        run(pair_engine, ask("x", Drafting.MODEL, 65))


def test_without_a_model_it_says_so() -> None:
    with pytest.raises(LoadError, match="No model"):
        next(LocalEngine().generate(ask("x")))


def test_an_unfit_draft_is_left_out_with_its_reason(demo_target: Path, tmp_path: Path) -> None:
    engine = LocalEngine()
    missing = tmp_path / "gone.gguf"
    loaded = engine.load(PairSpec(demo_target, missing, ctx_size=256), lambda _event: None)
    assert loaded.draft is None
    assert loaded.draft_problem is not None
    assert "gone.gguf" in loaded.draft_problem
    done = run(engine, ask("Hi", Drafting.MODEL, max_tokens=4))
    assert done.stats.tokens
    assert done.stats.notes == (loaded.draft_problem,)
    engine.close()


def test_a_draft_that_fails_half_way_is_dropped_and_the_answer_goes_on(
    demo_target: Path, low_bit_draft: Path
) -> None:
    engine = LocalEngine()
    engine.load(PairSpec(demo_target, low_bit_draft, ctx_size=256), lambda _event: None)
    plain = run(engine, ask(PROMPTS[0]))
    events = engine.generate(ask(PROMPTS[0], Drafting.MODEL))
    notes, tokens, steps = [], [], 0
    for event in events:
        if isinstance(event, StepDone):
            steps += 1
            tokens += event.record.emitted
            notes += [event.note] if event.note else []
            if steps == 2:
                assert engine._pair is not None
                assert engine._pair.draft is not None
                engine._pair.draft._tokens[:] = -1
                engine._pair.draft._tokens = np.full_like(engine._pair.draft._tokens, -1)  # tokens go astray
    assert len(notes) == 1
    assert "going on without it" in notes[0]
    assert tuple(tokens) == plain.stats.tokens
    engine.close()


def test_costs_are_measured_while_answering(pair_engine: LocalEngine) -> None:
    run(pair_engine, ask(PROMPTS[0]))
    run(pair_engine, ask(PROMPTS[0], Drafting.MODEL))
    record = pair_engine.measurements()
    assert record is not None
    assert record.plain_tokens_per_second(100) is not None
    assert record.break_even_tau(100) is not None
    assert record.verify.get(100, 5) is not None
    assert record.draft_decode.get(100, 1) is not None
