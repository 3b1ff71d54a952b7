"""The JSON that is named after ShareGPT: a list of turns, each `{"from": "human", "value": "…"}`.

Written for one branch; R1's thinking stands in its own tags before the answer. Read with the other names that are in
use for the same roles, and with OpenAI's `{"role": "user", "content": "…"}` too.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from slipstream.core.chat import Role
from slipstream.core.transfer.codec import MisfitError, inside
from slipstream.core.transfer.records import SavedConversation, SavedMessage

NAMES = {Role.SYSTEM: "system", Role.USER: "human", Role.ASSISTANT: "gpt"}
_ROLES = {name: role for role, name in NAMES.items()} | {
    "user": Role.USER,
    "prompter": Role.USER,
    "assistant": Role.ASSISTANT,
    "chatgpt": Role.ASSISTANT,
    "bot": Role.ASSISTANT,
    "model": Role.ASSISTANT,
}
OPEN, CLOSE = "<think>", "</think>"


def turn(message: SavedMessage) -> dict[str, str]:
    value = message.content
    if thinking := message.thinking.strip():
        value = f"{OPEN}\n{thinking}\n{CLOSE}\n\n{value.lstrip()}"
    return {"from": NAMES[message.role], "value": value}


def looks_like_turn(data: dict[str, Any]) -> bool:
    return ("from" in data or "role" in data) and ("value" in data or "content" in data)


def messages(turns: Sequence[object], now: datetime) -> list[SavedMessage]:
    """One branch. Raises MisfitError, which names the turn."""
    made: list[SavedMessage] = []
    for number, data in enumerate(turns, 1):
        with inside(f"turn {number}"):
            role, text = _read(data)
            thinking, content = _split(text) if role is Role.ASSISTANT else ("", text)
            made.append(SavedMessage(number, number - 1 or None, role, content, now, thinking))
    if not made:
        raise MisfitError("at least one turn")
    return made


def head(title: str, last: int, now: datetime) -> SavedConversation:
    return SavedConversation(title, now, now, current=last)


def _read(data: object) -> tuple[Role, str]:
    if not isinstance(data, dict) or not looks_like_turn(data):
        raise MisfitError('a turn, {"from": …, "value": …},')
    name = data["from"] if "from" in data else data["role"]
    text = data["value"] if "value" in data else data["content"]
    role = _ROLES.get(name.strip().lower()) if isinstance(name, str) else None
    if role is None:
        raise MisfitError(f"human, gpt or system as the role, not {_shown(name)},")
    if not isinstance(text, str):
        raise MisfitError(f"text, not {_shown(text)},")
    return role, text


def _shown(value: object) -> str:
    text = f"“{value}”" if isinstance(value, str) else type(value).__name__
    return text if len(text) <= 40 else f"{text[:39]}…"


def _split(text: str) -> tuple[str, str]:
    """Thinking and answer; templates that open the thinking themselves leave the first tag out."""
    thought, tag, answer = text.partition(CLOSE)
    thought = thought.lstrip().removeprefix(OPEN)
    return (thought.strip(), answer.lstrip()) if tag and OPEN not in thought else ("", text)
