"""Writes conversations into an open text file, message by message, in one of the forms."""

import json
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, TextIO

from slipstream.core.file_names import safe_name
from slipstream.core.transfer import markdown, sharegpt
from slipstream.core.transfer.codec import encoded
from slipstream.core.transfer.records import (
    FORMAT,
    VERSION,
    SavedConversation,
    SavedMessage,
    message_to_json,
)


class Form(StrEnum):
    JSON = "json"
    MARKDOWN = "markdown"
    SHAREGPT = "sharegpt"

    @property
    def suffix(self) -> str:
        return ".md" if self is Form.MARKDOWN else ".json"

    @property
    def whole_tree(self) -> bool:
        """Whether all branches are written, with runs and steps; else the one that is shown, without steps."""
        return self is Form.JSON


class Writer(Protocol):
    """Called in this order: `begin`; `conversation`, `message`…, `end_conversation` for each conversation; `end`."""

    def begin(self) -> None: ...
    def conversation(self, conversation: SavedConversation) -> None: ...
    def message(self, message: SavedMessage) -> None: ...
    def end_conversation(self) -> None: ...
    def end(self) -> None: ...


def writer_for(form: Form, file: TextIO, now: datetime, words: markdown.Words, *, several: bool) -> Writer:
    """`several`: not one conversation but a collection, even where it holds one."""
    match form:
        case Form.JSON:
            return JsonWriter(file, now)
        case Form.MARKDOWN:
            return MarkdownWriter(file, words)
        case Form.SHAREGPT:
            return ShareGptWriter(file, several=several)


class JsonWriter:
    """Slipstream's own form. A line a message, so that tools for lines can be used on it."""

    def __init__(self, file: TextIO, now: datetime) -> None:
        self._file = file
        self._now = now
        self._between_conversations = _Between(file)
        self._between_messages = _Between(file)

    def begin(self) -> None:
        top = {"format": FORMAT, "version": VERSION, "exported": encoded(self._now)}
        self._file.write(f'{_dumps(top)[:-1]},"conversations":[')

    def conversation(self, conversation: SavedConversation) -> None:
        self._between_conversations.write()
        self._between_messages = _Between(self._file)
        self._file.write(f'{_dumps(encoded(conversation))[:-1]},"messages":[')

    def message(self, message: SavedMessage) -> None:
        self._between_messages.write()
        self._file.write(_dumps(message_to_json(message)))

    def end_conversation(self) -> None:
        self._file.write("\n]}")

    def end(self) -> None:
        self._file.write("\n]}\n")


class ShareGptWriter:
    """One object, or a list of them. The title goes along: nobody who reads this form minds."""

    def __init__(self, file: TextIO, *, several: bool) -> None:
        self._file = file
        self._several = several
        self._between_conversations = _Between(file)
        self._between_messages = _Between(file)

    def begin(self) -> None:
        if self._several:
            self._file.write("[")

    def conversation(self, conversation: SavedConversation) -> None:
        if self._several:
            self._between_conversations.write()
        self._between_messages = _Between(self._file)
        self._file.write(f'{{"title":{_dumps(conversation.title)},"conversations":[')

    def message(self, message: SavedMessage) -> None:
        self._between_messages.write()
        self._file.write(_dumps(sharegpt.turn(message)))

    def end_conversation(self) -> None:
        self._file.write("\n]}")

    def end(self) -> None:
        self._file.write("\n]\n" if self._several else "\n")


class MarkdownWriter:
    def __init__(self, file: TextIO, words: markdown.Words) -> None:
        self._file = file
        self._words = words
        self._is_first = True

    def begin(self) -> None:
        """Nothing stands before the first."""

    def conversation(self, conversation: SavedConversation) -> None:
        if not self._is_first:
            self._file.write("\n---\n\n")
        self._is_first = False
        self._file.write(_writable(markdown.heading(conversation, self._words)))

    def message(self, message: SavedMessage) -> None:
        self._file.write(_writable(markdown.section(message, self._words)))

    def end_conversation(self) -> None:
        """Nothing stands after a conversation."""

    def end(self) -> None:
        """Nothing stands after the last."""


class _Between:
    """What stands before an element of a list: a new line, and a comma but before the first."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._is_first = True

    def write(self) -> None:
        self._file.write("\n" if self._is_first else ",\n")
        self._is_first = False


def _dumps(value: Any) -> str:
    """JSON to be read by people too; a file's name that is no text is escaped, nothing else is."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    if _writable(text) == text:
        return text
    return json.dumps(value, allow_nan=False, separators=(",", ":"))


def _writable(text: str) -> str:
    """What UTF-8 can hold of it."""
    return text.encode("utf-8", "replace").decode()


def file_name(title: str, form: Form) -> str:
    """A name every file system takes, made from a title."""
    return safe_name(title, "conversation") + form.suffix
