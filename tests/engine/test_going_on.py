"""Answers that are gone on with: the ids the model itself wrote, and so the text it would have written."""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from runs import ask, run

from slipstream.core.chat import ChatMessage, Drafting, PairSpec, Role
from slipstream.core.errors import PromptError
from slipstream.core.metrics import ClosedBy, Phase, StopReason
from slipstream.engine.chat_format import ChatFormat
from slipstream.engine.model import Model
from slipstream.engine.process import ProcessEngine
from slipstream.engine.session import LocalEngine
from slipstream.engine.template import ChatTemplate

weights = pytest.mark.weights
ASKED = ChatMessage(Role.USER, "Tell me three facts about the sea.")
THINKS = (  # as R1's, in the words of the demo model's template
    "{% for m in messages %}{{ '<|im_start|>' + m.role + '\n' + m.content + '<|im_end|>\n' }}{% endfor %}"
    "{{ '<|im_start|>assistant\n<think>\n' }}"
)


def answer(content: str, thinking: str = "") -> ChatMessage:
    return ChatMessage(Role.ASSISTANT, content, thinking)


@pytest.fixture(scope="module")
def engine(demo_target: Path, low_bit_draft: Path) -> Iterator[LocalEngine]:
    engine = LocalEngine()
    engine.load(PairSpec(demo_target, low_bit_draft, ctx_size=512), lambda _event: None)
    yield engine
    engine.close()


@pytest.fixture
def thinker(engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> LocalEngine:
    """Its template opens thinking."""
    assert engine._pair is not None
    monkeypatch.setattr(engine._pair.format, "_template", ChatTemplate(THINKS, "", ""))
    return engine


def chat(engine: LocalEngine) -> ChatFormat:
    assert engine._pair is not None
    return engine._pair.format


@weights
def test_the_prompt_is_what_the_model_had_before_itself(engine: LocalEngine) -> None:
    """Wherever it was cut: the ids of the opening, then those that were written."""
    whole = run(engine, ask((ASKED,), max_tokens=60))
    opening = chat(engine).prompt((ASKED,)).tokens
    model = chat(engine)._model
    written = [token for token in whole.stats.tokens if not model.is_end(token)]
    assert len(written) > 30
    for length in range(1, len(written) + 1):
        text = b"".join(model.piece(token) for token in written[:length]).decode()
        prompt = chat(engine).prompt((ASKED, answer(text)))
        assert prompt.tokens == (*opening, *written[:length]), text


@weights
@pytest.mark.parametrize("drafting", [Drafting.NONE, Drafting.MODEL, Drafting.NGRAM])
@pytest.mark.parametrize("length", [1, 17])
def test_a_cut_answer_goes_on_as_if_it_had_not_been_cut(
    engine: LocalEngine, length: int, drafting: Drafting
) -> None:
    whole = run(engine, ask((ASKED,), max_tokens=40))
    start = run(engine, ask((ASKED,), drafting, max_tokens=length))
    assert start.stats.stop_reason is StopReason.MAX_TOKENS
    rest = run(engine, ask((ASKED, answer(start.stats.answer)), drafting, max_tokens=40 - length))
    assert rest.stats.tokens == whole.stats.tokens[length:]
    assert start.stats.answer + rest.stats.answer == whole.stats.answer
    assert rest.stats.text == rest.stats.answer  # only what is new
    assert rest.stats.reused_tokens >= rest.stats.prompt_tokens - 1  # nothing is read twice


@weights
def test_an_answer_in_which_nothing_stands_is_begun(engine: LocalEngine) -> None:
    plain = run(engine, ask((ASKED,), max_tokens=8))
    assert run(engine, ask((ASKED, answer("")), max_tokens=8)).stats.tokens == plain.stats.tokens


@weights
def test_an_answer_goes_on_in_its_place_of_a_longer_conversation(engine: LocalEngine) -> None:
    before = (ASKED, answer("It is salty."), ChatMessage(Role.USER, "Go on."))
    whole = run(engine, ask(before, max_tokens=30))
    start = run(engine, ask(before, max_tokens=12))
    rest = run(engine, ask((*before, answer(start.stats.answer)), max_tokens=18))
    assert start.stats.tokens + rest.stats.tokens == whole.stats.tokens


@weights
@pytest.mark.parametrize("length", [4, 17])
def test_cut_thinking_goes_on_as_thinking(thinker: LocalEngine, length: int) -> None:
    whole = run(thinker, ask((ASKED,), max_tokens=40))
    start = run(thinker, ask((ASKED,), max_tokens=length))
    assert (start.stats.answer, whole.stats.answer) == ("", "")
    turn = answer("", start.stats.text)
    rest = run(thinker, ask((ASKED, turn), Drafting.MODEL, max_tokens=40 - length))
    assert start.stats.tokens + rest.stats.tokens == whole.stats.tokens
    assert set(rest.stats.phases) == {Phase.THINK}
    assert start.stats.text + rest.stats.text == whole.stats.text


@weights
def test_a_budget_counts_the_thinking_that_is_there(thinker: LocalEngine) -> None:
    whole = run(thinker, ask((ASKED,), max_tokens=40, thinking_budget=14))
    start = run(thinker, ask((ASKED,), max_tokens=9))
    turn = answer("", start.stats.text)
    rest = run(thinker, ask((ASKED, turn), Drafting.MODEL, max_tokens=31, thinking_budget=14))
    assert start.stats.tokens + rest.stats.tokens == whole.stats.tokens
    assert rest.stats.thinking_closed is ClosedBy.BUDGET
    assert rest.stats.phases[Phase.THINK].emitted == 5
    spent = run(thinker, ask((ASKED, turn), max_tokens=4, thinking_budget=3))
    assert Phase.THINK not in spent.stats.phases


@weights
def test_an_answer_after_thinking_goes_on_behind_its_closing_tag(thinker: LocalEngine) -> None:
    whole = run(thinker, ask((ASKED,), max_tokens=40, thinking_budget=14))
    start = run(thinker, ask((ASKED,), max_tokens=25, thinking_budget=14))
    turn = answer(start.stats.answer, start.stats.thinking)
    prompt = chat(thinker).prompt((ASKED, turn))
    text = b"".join(chat(thinker)._model.piece(token) for token in prompt.tokens).decode()
    assert text.endswith(f"{start.stats.thinking}\n</think>\n\n{start.stats.answer}")
    assert not prompt.opens_thinking
    rest = run(thinker, ask((ASKED, turn), max_tokens=15))
    assert set(rest.stats.phases) == {Phase.ANSWER}
    if start.stats.text == f"{start.stats.thinking}\n</think>\n\n{start.stats.answer}":
        assert start.stats.answer + rest.stats.answer == whole.stats.answer


@weights
def test_control_tokens_in_an_answer_are_plain_text(engine: LocalEngine) -> None:
    text = "It ends with <|im_end|> always"
    model = chat(engine)._model
    opening = chat(engine).prompt((ASKED,)).tokens
    plain = model.tokenize(text, add_special=False, parse_special=False)
    assert chat(engine).prompt((ASKED, answer(text))).tokens == (*opening, *plain)


@weights
def test_what_fills_the_context_cannot_go_on_and_says_so(engine: LocalEngine) -> None:
    long = " the" * 600
    with pytest.raises(PromptError, match=r"this answer have .* the context holds 512") as caught:
        run(engine, ask((ASKED, answer(long))))
    assert "Leave out earlier turns" in caught.value.hint


@weights
def test_an_answer_to_nothing_cannot_go_on(engine: LocalEngine) -> None:
    with pytest.raises(PromptError, match="empty"):
        run(engine, ask((answer("Hello"),)))


@weights
def test_through_the_child_process_it_goes_on_too(
    engine: LocalEngine, demo_target: Path, low_bit_draft: Path, tmp_path: Path
) -> None:
    child = ProcessEngine(tmp_path)
    try:
        child.load(PairSpec(demo_target, low_bit_draft, ctx_size=512), lambda _event: None)
        whole = run(engine, ask((ASKED,), max_tokens=30))
        start = run(child, ask((ASKED,), Drafting.MODEL, max_tokens=11))
        rest = run(child, ask((ASKED, answer(start.stats.answer)), Drafting.MODEL, max_tokens=19))
        assert start.stats.tokens + rest.stats.tokens == whole.stats.tokens
    finally:
        child.close()


# R1's own vocabulary and template


@pytest.fixture(scope="module", params=["the model opens thinking", "the template opens thinking"])
def r1(request: pytest.FixtureRequest) -> Iterator[ChatFormat]:
    """Its template as it was at first, and as it is since: ending in the opening tag."""
    path = os.environ.get("SLIPSTREAM_R1_VOCAB")
    if not path:
        pytest.skip("$SLIPSTREAM_R1_VOCAB names no file with the vocabulary of R1-Distill-Qwen-7B")
    model = Model(Path(path), vocab_only=True)
    chat = ChatFormat(model)
    assert not chat.opens_thinking
    if "template" in request.param:
        own = model.chat_template()
        assert own is not None
        chat._template = ChatTemplate(own + "{{ '<think>\\n' }}", model.bos_text, model.eos_text)
    yield chat
    model.close()


THOUGHTS = "Okay, so I need 17 × 23.\n\nThat is 17 × 20 + 17 × 3.\nSo 340 + 51 = 391."
CONTENT = "**17 × 23 = 391**\n\n- 340\n- 51\n\n```python\nprint(17 * 23)\n```"


def after_the_opening(r1: ChatFormat, turn: ChatMessage) -> list[str]:
    """The texts of the tokens that follow the template's opening."""
    opening = r1.prompt((ASKED,)).tokens
    prompt = r1.prompt((ASKED, turn)).tokens
    assert prompt[: len(opening)] == opening
    return [r1._model.token_text(token) for token in prompt[len(opening) :]]


def test_r1_has_its_tags_as_tokens_with_their_own_white_space(r1: ChatFormat) -> None:
    opens = r1.prompt((ASKED,)).thoughts is None
    head = ["<think>", "Ċ"] if opens else []
    texts = after_the_opening(r1, answer("Yes.", "I ponder."))
    assert texts == [*head, "I", "Ġponder", ".Ċ", "</think>", "ĊĊ", "Yes", "."]
    assert after_the_opening(r1, answer("", "I pon")) == [*head, "I", "Ġpon"]
    # Without thoughts: an empty line between the tags, where there are any.
    assert after_the_opening(r1, answer("Yes.")) == [*([] if opens else ["Ċ", "</think>", "ĊĊ"]), "Yes", "."]


def test_r1_ids_are_those_of_the_text_it_writes(r1: ChatFormat) -> None:
    """Cut anywhere at a token's border, they are the beginning of the whole's."""
    opening = r1.prompt((ASKED,))
    head = "<think>\n" if opening.thoughts is None else ""
    written = f"{head}{THOUGHTS}\n</think>\n\n{CONTENT}"
    whole = r1._model.tokenize(written, add_special=False, parse_special=True)
    assert r1.prompt((ASKED, answer(CONTENT, THOUGHTS))).tokens == (*opening.tokens, *whole)
    ends = list(itertools.accumulate(len(r1._model.piece(token)) for token in whole))
    assert ends[-1] == len(written.encode())
    checked = 0
    for count, end in enumerate(ends, 1):
        text = written.encode()[:end].decode("utf-8", "ignore")
        thinking, closed, content = text.removeprefix(head).partition("\n</think>\n\n")
        half = len(text.encode()) != end or len(text) <= len(head)  # inside a character, or the opening
        if half or len(thinking) > len(THOUGHTS) or (closed and not content):
            continue  # no state that a turn is kept in
        prompt = r1.prompt((ASKED, answer(content, thinking)))
        assert prompt.tokens == (*opening.tokens, *whole[:count]), text
        assert prompt.opens_thinking is not bool(closed)
        assert prompt.thought_tokens == (0 if closed else count)
        checked += 1
    assert checked > 40


def test_r1_tags_that_a_person_wrote_stay_text(r1: ChatFormat) -> None:
    texts = after_the_opening(r1, answer("a </think> b <｜User｜>", "so <think>"))
    closing = texts.index("</think>")
    assert "</think>" not in texts[closing + 1 :]
    assert "<think>" not in texts[1:]
    assert "<｜User｜>" not in texts
    assert texts[closing - 1].endswith("Ċ")
    assert texts[closing + 1] == "ĊĊ"
