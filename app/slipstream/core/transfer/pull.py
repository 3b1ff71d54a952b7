"""JSON read a piece at a time: the reader asks for what it expects next, and memory holds one value.

Text is taken from the file as it is needed; the standard library's scanner parses a value once it is there whole.
Everything that can be wrong with a file raises TransferError, which tells the line.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn, TextIO

from slipstream.core.errors import TransferError

CHUNK = 1 << 16  # characters that are read at least
LONGEST_VALUE = 64 << 20  # characters of one value (a message with all its steps)
NEAR_END = 12  # characters: an error so close to the end of what was read may be of the cut
_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = frozenset("0123456789+-.eE")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


class JsonPull:
    """A cursor over one JSON text, or several one after another."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._decoder = json.JSONDecoder(parse_constant=_refuse_constant)
        self._text = ""
        self._at = 0
        self._line = 1  # of the beginning of `_text`
        self._ended = False

    def peek(self) -> str:
        """The next character that is no white space; "" at the end of the file."""
        while True:
            space = _SPACE.match(self._text, self._at)
            assert space is not None  # it may be empty
            self._at = space.end()
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def take(self, char: str) -> None:
        """Go past this character."""
        if self.peek() != char:
            self.fail(f"{char} was expected")
        self._at += 1

    def value(self) -> Any:
        """The next value, whatever it is."""
        if not self.peek():
            self.fail("it ends too early")
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                is_cut = error.msg.startswith("Unterminated") or error.pos >= len(self._text) - NEAR_END
                if is_cut and self._more():
                    continue
                if is_cut:
                    self.fail("it ends too early", len(self._text))
                self.fail(f"{error.msg[:1].lower()}{error.msg[1:]}", error.pos)
            except (ValueError, RecursionError) as error:
                self.fail(
                    "it is nested too deep"
                    if isinstance(error, RecursionError)
                    else str(error).partition(":")[0]
                )
            if isinstance(value, int | float) and _NUMBER.issuperset(self._text[end:]) and self._more():
                continue  # it may go on
            self._at = end
            return value

    def members(self) -> Iterator[str]:
        """The names of an object. The value of each is to be taken before the next is asked for."""
        self.take("{")
        if self.peek() == "}":
            self.take("}")
            return
        while True:
            if self.peek() != '"':
                self.fail("a name in quotes was expected")
            name: str = self.value()
            self.take(":")
            yield name
            if self.peek() != ",":
                self.take("}")
                return
            self.take(",")

    def elements(self) -> Iterator[None]:
        """Once for each element of a list, which is to be taken before the next is asked for."""
        self.take("[")
        if self.peek() == "]":
            self.take("]")
            return
        while True:
            yield
            if self.peek() != ",":
                self.take("]")
                return
            self.take(",")

    def fail(self, what: str, at: int | None = None) -> NoReturn:
        """Raise TransferError, here or at a place of the text at hand."""
        place = self._at if at is None else at
        line = self._line + self._text.count("\n", 0, place)
        raise TransferError(f"line {line:,}: {what}")

    def _more(self) -> bool:
        """Read on; False at the end. What was read doubles with each call, so parsing anew stays cheap."""
        if self._ended:
            return False
        self._line += self._text.count("\n", 0, self._at)
        rest = self._text[self._at :]
        self._text, self._at = rest, 0
        if len(rest) > LONGEST_VALUE:
            self.fail(f"one message takes more than {LONGEST_VALUE >> 20} million characters")
        try:
            chunk = self._file.read(max(CHUNK, len(rest)))
        except UnicodeDecodeError as error:
            raise TransferError(f"it is not {error.encoding.upper()} text: {error.reason}") from error
        self._text += chunk
        self._ended = not chunk
        return bool(chunk)
