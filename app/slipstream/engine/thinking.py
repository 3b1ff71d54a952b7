"""How thinking is written into a text: its tags, and the white space that models put around them.

R1 and Qwen3 write `<think>`, a line break, the thoughts, a line break, `</think>`, an empty line, the answer; and
where nothing was thought, an empty line between the tags. What is kept of a turn has lost that white space, so it is
put back here. Knows no tokens and no templates.
"""

from dataclasses import dataclass

from slipstream.core.chat import ChatMessage

OPEN_TAG, CLOSE_TAG = "<think>", "</think>"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an answer: plain text, or (`is_tag`) one that means something to the model."""

    text: str
    is_tag: bool = False


def thoughts_at_end(prompt: str) -> str | None:
    """What follows the opening tag that a prompt ends with (white space); None where it ends with none."""
    bare = prompt.rstrip()
    return prompt[len(bare) :] if bare.endswith(OPEN_TAG) else None


def closing(thoughts: str) -> str:
    """What ends thinking after `thoughts`, all since the opening tag."""
    empty_line = max(0, 2 - thoughts.count("\n"))
    breaks = int(not thoughts.endswith("\n")) if thoughts.strip() else empty_line
    return "\n" * breaks + CLOSE_TAG + "\n\n"


def as_written(turn: ChatMessage, opened: str | None) -> tuple[Part, ...]:
    """An assistant's turn as the model writes it, the parts in their order; () where it holds nothing.

    `opened`: what the prompt has after its opening tag; None where the prompt opens no thinking. Without an answer
    the thinking is left open.
    """
    if not turn.thinking and not turn.content:
        return ()
    parts: list[Part] = []
    before = opened
    if opened is None and turn.thinking:
        parts.append(Part(OPEN_TAG, is_tag=True))
        before = ""
    if before is None:
        return (Part(turn.content),)
    if not turn.content:
        return (*parts, Part(_line_break_after(before) + turn.thinking))
    thoughts = _line_break_after(before) + turn.thinking.rstrip() if turn.thinking.strip() else ""
    end, tag, start = closing(before + thoughts).partition(CLOSE_TAG)
    return (*parts, Part(thoughts + end), Part(tag, is_tag=True), Part(start + turn.content))


def _line_break_after(opened: str) -> str:
    return "" if opened.endswith("\n") else "\n"
