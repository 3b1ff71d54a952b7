"""Colours code line by line, each line once, as it streams.

Pygments lexes whole texts; here the lexer's state stack is carried from line to line, so that a string or a
comment over several lines keeps its colour. Lexers that are no state machines are run on each line alone.
Knows no Qt: it gives runs of text with the name of a colour in `CodeColours`.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from pygments.lexer import Lexer, RegexLexer
from pygments.lexers import get_lexer_by_name
from pygments.lexers.c_cpp import CFamilyLexer
from pygments.token import (
    Comment,
    Error,
    Generic,
    Keyword,
    Literal,
    Name,
    Number,
    Operator,
    String,
    _TokenType,
)
from pygments.util import ClassNotFound

LONGEST = 500  # characters of a line that are coloured; data in one line is not worth the time

_COLOURS: tuple[tuple[_TokenType, str | None], ...] = (
    (Comment, "comment"),
    (Keyword.Type, "type"),
    (Keyword.Constant, "type"),
    (Keyword, "keyword"),
    (Operator.Word, "keyword"),
    (Name.Function, "name"),
    (Name.Class, "name"),
    (Name.Decorator, "name"),
    (Name.Tag, "keyword"),
    (Name.Attribute, "name"),
    (Name.Builtin, "type"),
    (Name.Exception, "type"),
    (Name.Constant, "type"),
    (String, "string"),
    (Number, "number"),
    (Literal, "number"),
    (Generic.Deleted, "removed"),
    (Generic.Inserted, "added"),
    (Generic.Heading, "name"),
    (Generic.Subheading, "comment"),
    (Generic.Prompt, "comment"),
    (Error, None),
)


@lru_cache(maxsize=512)
def _colour(kind: _TokenType) -> str | None:
    return next((colour for parent, colour in _COLOURS if kind in parent), None)


@lru_cache(maxsize=64)
def find_lexer(language: str) -> Lexer | None:
    """The lexer for a code fence's language, None where Pygments knows none. They hold no state of a text."""
    if not language or language.lower() in ("text", "plain", "txt"):
        return None
    try:
        return get_lexer_by_name(language.lower(), stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def _is_plain(lexer: RegexLexer) -> bool:
    """Whether its rules alone make the tokens (C's lexer only renames some of them afterwards)."""
    own = type(lexer).get_tokens_unprocessed is not RegexLexer.get_tokens_unprocessed
    return not own or isinstance(lexer, CFamilyLexer)


class LineHighlighter:
    """Feed it one line after the other; it remembers what is open between them."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._stack = ["root"]
        self._in_comment = False  # /* … */, which Pygments matches in one piece

    def line(self, text: str) -> list[tuple[str, str | None]]:
        """(run, colour name or None) over the line, which has no line break."""
        lexer = find_lexer(self._language)  # here at the earliest: the first of a language takes long to make
        if lexer is None or len(text) > LONGEST:
            return [(text, None)]
        runs: list[tuple[str, str | None]] = []
        if self._in_comment:
            end = text.find("*/")
            if end < 0:
                return [(text, "comment")]
            runs.append((text[: end + 2], "comment"))
            text = text[end + 2 :]
            self._in_comment = False
        for kind, matched in self._tokens(lexer, text + "\n"):
            value = matched.rstrip("\n")
            colour = _colour(kind)
            if not value:
                continue
            if kind in Comment.Multiline and value.startswith("/*") and "*/" not in value[2:]:
                self._in_comment = True
            if runs and runs[-1][1] == colour:
                runs[-1] = (runs[-1][0] + value, colour)
            else:
                runs.append((value, colour))
        return runs

    def _tokens(self, lexer: Lexer, line: str) -> Iterator[tuple[_TokenType, str]]:
        if isinstance(lexer, RegexLexer) and _is_plain(lexer):
            yield from self._step(lexer, line)
        else:
            yield from ((kind, value) for _, kind, value in lexer.get_tokens_unprocessed(line))

    def _step(self, lexer: RegexLexer, line: str) -> Iterator[tuple[_TokenType, str]]:
        """`RegexLexer.get_tokens_unprocessed`, with a stack that outlives the line."""
        rules = lexer._tokens  # what the base class's own loop reads
        stack, position = self._stack, 0
        while position < len(line):
            for match_at, action, new_state in rules[stack[-1]]:
                match = match_at(line, position)
                if match is None:
                    continue
                if action is not None:
                    if isinstance(action, _TokenType):
                        yield action, match.group()
                    else:
                        yield from ((kind, value) for _, kind, value in action(lexer, match))
                position = match.end()
                _go_to(stack, new_state)
                break
            else:
                if line[position] == "\n":
                    stack[:] = ["root"]  # as Pygments does: a line nothing matched ends what was open
                yield Error, line[position]
                position += 1


def _go_to(stack: list[str], new_state: tuple[str, ...] | int | str | None) -> None:
    match new_state:
        case None:
            pass
        case tuple():
            for state in new_state:
                if state == "#pop":
                    if len(stack) > 1:
                        stack.pop()
                elif state == "#push":
                    stack.append(stack[-1])
                else:
                    stack.append(state)
        case int():
            del stack[max(1, len(stack) + new_state) :]
        case "#push":
            stack.append(stack[-1])


_NAMES = {
    "py": "Python",
    "js": "JavaScript",
    "ts": "TypeScript",
    "cpp": "C++",
    "cs": "C#",
    "sh": "Shell",
    "bash": "Shell",
    "html": "HTML",
    "css": "CSS",
    "sql": "SQL",
    "json": "JSON",
    "yaml": "YAML",
    "xml": "XML",
    "php": "PHP",
    "text": "",
}
_PLAIN = re.compile(r"[\w+#.\- ]{1,24}")


def language_name(language: str) -> str:
    """What to call a code fence's language on screen; "" where it names none."""
    if language.lower() in _NAMES:
        return _NAMES[language.lower()]
    lexer = find_lexer(language)
    if lexer is not None:
        return str(lexer.name)
    return language if _PLAIN.fullmatch(language) else ""
