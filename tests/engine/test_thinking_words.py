"""How thinking is written: tags, and the white space models put around them. And when it is closed for them."""

import pytest

from slipstream.core.chat import ChatMessage, Role
from slipstream.core.events import Origin
from slipstream.core.metrics import ClosedBy, Phase
from slipstream.engine.chat_format import Prompt
from slipstream.engine.closing import Closing
from slipstream.engine.text import TextStream
from slipstream.engine.thinking import as_written, closing, thoughts_at_end


@pytest.mark.parametrize(
    ("thoughts", "end"),
    [
        ("\nI ponder.", "\n</think>\n\n"),
        ("\nI ponder.\n", "</think>\n\n"),
        ("\nI ponder.\n\n", "</think>\n\n"),
        ("\n", "\n</think>\n\n"),  # an empty line between the tags, as R1 and Qwen3 write it
        ("", "\n\n</think>\n\n"),
        ("\n\n", "</think>\n\n"),
    ],
)
def test_thinking_ends_on_a_line_of_its_own(thoughts: str, end: str) -> None:
    assert closing(thoughts) == end


@pytest.mark.parametrize(
    ("prompt", "thoughts"),
    [("hi<think>", ""), ("hi<think>\n", "\n"), ("hi", None), ("<think></think>\n", None), ("", None)],
)
def test_what_a_prompt_has_after_its_opening_tag(prompt: str, thoughts: str | None) -> None:
    assert thoughts_at_end(prompt) == thoughts


@pytest.mark.parametrize(
    ("opened", "thinking", "content", "written"),
    [
        ("\n", "I ponder.", "Yes.", "I ponder.\n</think>\n\nYes."),
        ("", "I ponder.", "Yes.", "\nI ponder.\n</think>\n\nYes."),
        (None, "I ponder.", "Yes.", "<think>\nI ponder.\n</think>\n\nYes."),
        ("\n", "I pon", "", "I pon"),
        (None, "I pon", "", "<think>\nI pon"),
        ("\n", "", "Yes.", "\n</think>\n\nYes."),
        ("", "", "Yes.", "\n\n</think>\n\nYes."),
        (None, "", "Yes.", "Yes."),
        ("\n", "I ponder.\n\n", "Yes.", "I ponder.\n</think>\n\nYes."),  # as a crash leaves it
        (None, "", "", ""),
        ("\n", "", "", ""),
    ],
)
def test_a_turn_as_the_model_writes_it(opened: str | None, thinking: str, content: str, written: str) -> None:
    parts = as_written(ChatMessage(Role.ASSISTANT, content, thinking), opened)
    assert "".join(part.text for part in parts) == written
    assert all(part.text in ("<think>", "</think>") for part in parts if part.is_tag)
    assert sum(part.is_tag for part in parts) == written.count("think>")


def letters(text: str) -> tuple[int, ...]:
    """One token a character."""
    return tuple(map(ord, text))


def steered(text: TextStream, budget: int | None = None, asked: bool = False, **prompt: object) -> Closing:
    return Closing(text, Prompt((1,), **prompt), letters, budget, lambda: asked)  # type: ignore[arg-type]  # by name


def write(closing: Closing, text: TextStream, *tokens: bytes) -> None:
    for i, token in enumerate(tokens):
        text.push(token, Origin.PLAIN, i)
        closing.count()


def test_a_budget_clips_the_steps_and_closes_where_it_ends() -> None:
    text = TextStream(opens_thinking=True)
    closing = steered(text, budget=3, thoughts="\n")
    assert (closing.most(), closing.insert(99)) == (3, ())
    write(closing, text, b"a", b" b")
    assert (closing.most(), closing.insert(99)) == (1, ())
    write(closing, text, b" c")
    assert closing.insert(99) == letters("\n</think>\n\n")
    assert (closing.by, text.phase, text.text) == (ClosedBy.BUDGET, Phase.ANSWER, "a b c\n</think>\n\n")
    assert closing.insert(99) == ()
    assert closing.most() > 1000
    pieces, _ = text.push(b"\nYes", Origin.PLAIN, 3)
    assert [(piece.text, piece.phase) for piece in pieces] == [("Yes", Phase.ANSWER)]
    assert (text.thinking, text.answer) == ("a b c", "Yes")


def test_the_tokens_of_a_thought_that_goes_on_count() -> None:
    closing = steered(
        TextStream(opens_thinking=True, goes_on=True), budget=5, thoughts="\nso", thought_tokens=4
    )
    assert closing.most() == 1


def test_nothing_is_closed_while_something_is_half_there() -> None:
    text = TextStream(["STOP"], opens_thinking=True)
    closing = steered(text, asked=True, thoughts="\n")
    for half, rest in (("🙂".encode()[:2], "🙂".encode()[2:]), (b"</thi", b"s"), (b" ST", b"AY")):
        write(closing, text, half)
        assert closing.insert(99) == ()
        write(closing, text, rest)
    assert closing.insert(99) != ()
    assert (closing.by, text.thinking) == (ClosedBy.PERSON, "🙂</this STAY")


def test_outside_thinking_nothing_is_closed() -> None:
    text = TextStream()
    closing = steered(text, budget=0, asked=True)
    assert closing.insert(99) == ()
    write(closing, text, b"No ", b"tags")
    assert (closing.insert(99), closing.by) == ((), None)
    assert closing.most() > 1000


def test_a_thought_that_the_model_opens_itself_is_closed_too() -> None:
    text = TextStream()
    closing = steered(text, budget=0)
    write(closing, text, b"<think>")
    assert closing.insert(99) == letters("\n\n</think>\n\n")
    assert text.text == "<think>\n\n</think>\n\n"


def test_what_does_not_fit_into_the_context_is_not_put_in() -> None:
    text = TextStream(opens_thinking=True)
    closing = steered(text, budget=0, thoughts="\n")
    assert closing.insert(len("\n</think>\n\n") - 1) == ()
    assert closing.by is None
    assert closing.insert(len("\n</think>\n\n")) != ()


def test_text_that_goes_on_keeps_its_first_space_and_opens_no_thinking() -> None:
    text = TextStream(goes_on=True)
    text.push(b" more <think>", Origin.PLAIN, 0)
    text.finish()
    assert text.answer == " more <think>"
    thought = TextStream(opens_thinking=True, goes_on=True)
    thought.push(b" so.</think>\n\n Yes", Origin.PLAIN, 0)
    assert (thought.thinking, thought.answer) == (" so.", "Yes")
