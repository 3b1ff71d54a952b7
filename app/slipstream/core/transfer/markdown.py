"""A conversation as Markdown, for reading: the branch that is shown, thinking folded away in `<details>`."""

import re
from dataclasses import dataclass
from pathlib import Path

from slipstream.core.chat import Role
from slipstream.core.transfer.records import SavedConversation, SavedMessage

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_FOLD_TAG = re.compile(r"<(/?\s*(?:details|summary))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """The few words the file is given, in the person's language."""

    untitled: str = "Untitled"
    you: str = "You"
    system: str = "System prompt"
    assistant: str = "Assistant"
    thinking: str = "Thinking"
    interrupted: str = "This answer was cut off."


def heading(conversation: SavedConversation, words: Words) -> str:
    """What stands above the messages."""
    return f"# {_line(conversation.title) or words.untitled}\n"


def section(message: SavedMessage, words: Words) -> str:
    """One message, with an empty line before it."""
    parts = [f"\n## {_speaker(message, words)}\n"]
    if message.thinking.strip():
        thought = _FOLD_TAG.sub(r"&lt;\1", _closed(message.thinking.strip()))
        parts.append(f"\n<details>\n<summary>{words.thinking}</summary>\n\n{thought}\n\n</details>\n")
    if message.content.strip():
        parts.append(f"\n{_closed(message.content.strip())}\n")
    if message.interrupted:
        parts.append(f"\n*{words.interrupted}*\n")
    return "".join(parts)


def _speaker(message: SavedMessage, words: Words) -> str:
    if message.role is Role.USER:
        return words.you
    if message.role is Role.SYSTEM:
        return words.system
    if not message.runs:
        return words.assistant
    target = message.runs[-1].pair.target
    return _line(target.name or Path(target.path).stem) or words.assistant


def _line(text: str) -> str:
    return " ".join(text.split())


def _closed(text: str) -> str:
    """An open code block is closed, so that what follows is not code."""
    fence = ""
    for line in text.splitlines():
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and not line.strip(" `~"):
            fence = ""
    return f"{text}\n{fence}" if fence else text
