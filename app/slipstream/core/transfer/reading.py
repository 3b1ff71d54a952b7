"""Reads a file of conversations, whoever wrote it, and gives out its messages one by one.

What it may be: Slipstream's own JSON; ShareGPT's (or OpenAI's messages), one conversation, a list of them, or one a
line. Whatever is wrong with it raises TransferError, in words that name the place. One pass that came to its end
means that the whole file is fine: whoever stores what comes makes a first pass for nothing but that.
"""

import codecs
import io
import stat
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from slipstream.core.chat import Role
from slipstream.core.errors import TransferError
from slipstream.core.text import clean_text
from slipstream.core.titles import title_of
from slipstream.core.transfer import sharegpt
from slipstream.core.transfer.codec import MisfitError, inside, read
from slipstream.core.transfer.pull import JsonPull
from slipstream.core.transfer.records import (
    FORMAT,
    VERSION,
    SavedConversation,
    SavedMessage,
    message_from_json,
)

LARGEST_FILE = 4 << 30  # bytes
MOST_CONVERSATIONS = 50_000  # more are a data set, not a history
MOST_TURNS = 100_000  # of one of them
LONGEST_REASON = 300  # characters
_MARKS = (  # a longer mark may begin with a shorter one
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

Item = SavedMessage | SavedConversation


class Reading:
    """One pass over a file. Iterating gives each conversation's messages, then the conversation itself."""

    def __init__(self, path: Path, now: datetime) -> None:
        """`now` is the time of what has none of its own."""
        self._path = path
        self._now = now
        self._file: BinaryIO | None = None
        self._size = 1
        self._number = 0  # of the conversation being read
        self.fraction = 0.0  # of the file that is read, 0…1

    def __iter__(self) -> Iterator[Item]:
        with self._explaining(), _opened(self._path) as self._file:
            self._size = max(1, self._path.stat().st_size)
            if self._size > LARGEST_FILE:
                raise TransferError(f"the file is larger than {LARGEST_FILE >> 30} GB")
            text = io.TextIOWrapper(self._file, encoding=_encoding(self._file), newline="")
            for item in self._items(JsonPull(text)):
                self.fraction = min(1.0, self._file.tell() / self._size)
                yield item
            text.detach()

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        """Say which file it is, and what that means."""
        try:
            yield
        except MisfitError as misfit:
            what = f"conversation {self._number}, {misfit}"
        except TransferError as error:
            what = error.message
        except OSError as error:
            what = error.strerror or str(error)
        else:
            return
        name = self._path.name
        text = clean_text(f"{name} cannot be imported: {what[:LONGEST_REASON]}")  # the file may say anything
        raise TransferError(text, "Nothing was imported")

    def _items(self, pull: JsonPull) -> Iterator[Item]:
        match pull.peek():
            case "[":
                for _ in pull.elements():
                    yield from self._top(pull)
            case "{":  # one, or one a line
                while pull.peek() == "{":
                    yield from self._top(pull)
            case "":
                raise TransferError("the file is empty")
            case _:
                pull.fail("this is no JSON, or none of conversations")
        if pull.peek():
            pull.fail("nothing more was expected")

    def _top(self, pull: JsonPull) -> Iterator[Item]:
        """An object of the file: a conversation of somebody's, or all of Slipstream's."""
        about: dict[str, Any] = {}
        turns: list[object] | None = None
        own = False
        first = self._number + 1
        for name in pull.members():
            if name == "conversations" and pull.peek() == "[":
                turns = turns or []
                for _ in pull.elements():
                    turn = yield from self._element(pull)
                    turns += turn
                    own = own or not turn
                    _check_turns(len(turns))
            elif name == "messages" and pull.peek() == "[":
                turns = turns or []
                for _ in pull.elements():
                    turns.append(pull.value())
                    _check_turns(len(turns))
            else:
                about[name] = pull.value()
        if own or "format" in about:
            _check_own(about, turns)
            return
        self._number = first
        self._check_count()
        if turns is None:
            raise MisfitError("a list of turns")
        messages = sharegpt.messages(turns, self._now)
        yield from messages
        title = about.get("title")
        if not isinstance(title, str) or not title.strip():
            title = title_of([message.content for message in messages if message.role is Role.USER]).text
        yield sharegpt.head(" ".join(title.split()), messages[-1].id, self._now)

    def _element(self, pull: JsonPull) -> Generator[Item, None, list[object]]:
        """An element of `conversations`: gives out one of Slipstream's own, or returns a turn in a list."""
        if pull.peek() != "{":
            return [pull.value()]
        about: dict[str, Any] = {}
        seen: set[int] | None = None
        for name in pull.members():
            if name == "messages" and pull.peek() == "[":
                self._number += 1
                self._check_count()
                seen = set()
                for _ in pull.elements():
                    yield self._message(pull.value(), seen)
            else:
                about[name] = pull.value()
        if seen is None:
            return [about]
        conversation = read(SavedConversation, about)
        if conversation.current is not None and conversation.current not in seen:
            with inside("current"):
                raise MisfitError("the id of one of its messages")
        yield conversation
        return []

    def _message(self, data: object, seen: set[int]) -> SavedMessage:
        with inside(f"message {len(seen) + 1}"):
            message = message_from_json(data)
            _check_turns(len(seen))
            if message.id in seen:
                raise MisfitError("an id of its own")
            if message.parent is not None and message.parent not in seen:
                raise MisfitError("a parent that comes before it")
        seen.add(message.id)
        return message

    def _check_count(self) -> None:
        if self._number > MOST_CONVERSATIONS:
            raise TransferError(f"it holds more than {MOST_CONVERSATIONS:,} conversations")


def _check_turns(count: int) -> None:
    if count > MOST_TURNS:
        raise TransferError(f"a conversation in it has more than {MOST_TURNS:,} messages")


def _check_own(about: dict[str, Any], turns: list[object] | None) -> None:
    """Whether the frame of a file of Slipstream's is right."""
    if about.get("format") != FORMAT:
        raise TransferError(f"its “format” is not “{FORMAT}”")
    version = about.get("version")
    if not isinstance(version, int) or version < 1:
        raise TransferError("its “version” is no number")
    if version > VERSION:
        raise TransferError("it was written by a later version of Slipstream")
    if turns is None:
        raise TransferError("it has no list of conversations")
    if turns:
        raise TransferError("a conversation in it has no messages")


def _opened(path: Path) -> BinaryIO:
    """Raises OSError; TransferError for what is no file: a pipe would be waited for."""
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise TransferError("it is not a regular file")
    return path.open("rb")


def _encoding(file: BinaryIO) -> str:
    """By the mark at the beginning of a file; UTF-8 where there is none."""
    beginning = file.read(4)
    file.seek(0)
    return next((name for mark, name in _MARKS if beginning.startswith(mark)), "utf-8")
