"""From a conversation to prompt tokens, by the model's own template, neither of them trusted.

The template is Jinja from the model file: it runs in a sandbox with limits on time and size (CVE-2024-34359).
The messages are what people wrote: `<|im_end|>` typed by a person stays text. Only the template's own markers
become control tokens.
"""

import json
import re
import secrets
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension, loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment

from slipstream.core.chat import ChatMessage, Role
from slipstream.core.errors import PromptError
from slipstream.engine.model import Model

TIME_LIMIT_S = 2.0
OUTPUT_LIMIT = 64 << 20  # characters
MEMORY_LIMIT = 256 << 20  # bytes a template may take, where the system can limit it
_INT_BITS = 1024
_THINK_OPEN = "<think>"
_THINK_TAG_INSIDE = re.compile(r"(?:(?<=<)|(?<=</))(?=think>)")  # between "<" or "</" and "think>"


class TemplateError(Exception):
    """The template cannot be used: the message says why."""


class _Generation(Extension):
    """`{% generation %}…{% endgeneration %}` marks the assistant's part for training; here it is its content."""

    tags = {"generation"}  # noqa: RUF012  # jinja2 reads a plain set

    def parse(self, parser: Any) -> list[nodes.Node]:
        next(parser.stream)
        return list(parser.parse_statements(("name:endgeneration",), drop_needle=True))


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, and no operation that C would spend minutes on."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "**":
            raise SecurityError("powers are not allowed")
        if operator == "%" and isinstance(left, str):
            raise SecurityError("formatting text is not allowed")
        if (
            isinstance(left, int)
            and isinstance(right, int)
            and left.bit_length() + right.bit_length() > _INT_BITS
        ):
            raise SecurityError("the number is too large")
        return super().call_binop(context, operator, left, right)


def _raise_exception(message: str) -> None:
    raise TemplateError(f"the template says: {message}")


def _tojson(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=min(indent, 8) if indent else None)


def _environment() -> _Sandbox:
    environment = _Sandbox(
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[loopcontrols, _Generation],
        keep_trailing_newline=False,
    )
    environment.globals["raise_exception"] = _raise_exception
    environment.globals["strftime_now"] = lambda layout: datetime.now().astimezone().strftime(str(layout))
    environment.filters["tojson"] = _tojson
    for name in (
        "center",
        "format",
        "pprint",
        "urlize",
        "wordwrap",
        "xmlattr",
    ):  # they make long text of short
        del environment.filters[name]
    return environment


@contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    """Raise TemplateError in Python code that runs longer; a trace function sees every line of the template."""
    end = time.monotonic() + seconds
    before = sys.gettrace()

    def trace(_frame: FrameType, _event: str, _argument: Any) -> Callable[..., Any]:
        if time.monotonic() > end:
            raise TemplateError(f"it took longer than {seconds:g} s")
        return trace

    sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(before)


@contextmanager
def _memory_limit(extra: int) -> Iterator[None]:
    """Raise MemoryError where the process would grow by more than `extra` bytes; does nothing outside Linux.

    Text can be made long in too many ways to forbid each. Nothing else allocates while a template is rendered.
    """
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except OSError:
        yield
        return
    import resource  # noqa: PLC0415  # where /proc is, this is

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = pages * resource.getpagesize() + extra
    limits = [limit, *(known for known in (soft, hard) if known != resource.RLIM_INFINITY)]
    resource.setrlimit(resource.RLIMIT_AS, (min(limits), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextmanager
def _limits() -> Iterator[None]:
    """Bounded time and memory; whatever goes wrong in a template comes out as TemplateError."""
    try:
        with _memory_limit(MEMORY_LIMIT), _deadline(TIME_LIMIT_S):
            yield
    except (
        jinja2.TemplateError,
        TypeError,
        ValueError,
        ArithmeticError,
        LookupError,
        AttributeError,
    ) as error:
        raise TemplateError(f"{type(error).__name__}: {error}") from error
    except (RecursionError, MemoryError) as error:
        raise TemplateError(f"it needs too much ({type(error).__name__})") from error


class ChatTemplate:
    """One model's template, compiled once."""

    def __init__(self, source: str, bos: str, eos: str) -> None:
        """Raises TemplateError for what Jinja cannot compile."""
        self._bos, self._eos = bos, eos
        with _limits():  # the compiler already computes what is constant
            self._template = _environment().from_string(source)

    def render(self, messages: Sequence[dict[str, str]]) -> str:
        """The prompt's text, ending where the answer begins. Raises TemplateError."""
        parts: list[str] = []
        size = 0
        with _limits():
            for part in self._template.generate(
                messages=list(messages), add_generation_prompt=True, bos_token=self._bos, eos_token=self._eos
            ):
                size += len(part)
                if size > OUTPUT_LIMIT:
                    raise TemplateError(f"it wrote more than {OUTPUT_LIMIT >> 20} million characters")
                parts.append(part)
        return "".join(parts)


PLAIN_TEMPLATE = """{{ bos_token }}{% for message in messages %}### {{ message.role | capitalize }}:
{{ message.content }}

{% endfor %}### Assistant:
"""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the target is given."""

    tokens: tuple[int, ...]
    opens_thinking: bool


class ChatFormat:
    """Renders and tokenizes conversations for one model."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.problem: str | None = None  # why the model's own template is not used
        self._plain = ChatTemplate(PLAIN_TEMPLATE, model.bos_text, model.eos_text)
        source = model.chat_template()
        self._template = self._plain
        if source is None:
            self.problem = "The model has no chat template; a plain format is used"
            return
        try:
            self._template = ChatTemplate(source, model.bos_text, model.eos_text)
            self._render((ChatMessage(Role.USER, "x"),))
        except TemplateError as error:
            self._template = self._plain
            self.problem = f"The model's chat template cannot be used ({error}); a plain format is used"

    @property
    def opens_thinking(self) -> bool:
        """Whether the template starts an answer inside thinking, as R1's does."""
        return _opens_thinking(self._render((ChatMessage(Role.USER, "x"),)))

    def prompt(self, messages: Sequence[ChatMessage]) -> Prompt:
        """The tokens of a conversation. Raises PromptError where the template refuses it."""
        try:
            text = self._render(messages)
            spoiled = [
                m for m in messages if any(special in m.content for special in self._model.special_texts)
            ]
            tokens = self._split_tokens(messages) if spoiled else self._tokens(text)
        except TemplateError as error:
            raise PromptError(
                f"The model's chat template refused the conversation: {error}",
                "Leave out the system prompt, or take another model",
            ) from error
        return Prompt(tuple(tokens), _opens_thinking(text))

    def raw(self, text: str) -> Prompt:
        """The tokens of a text that is no chat: special tokens in it are meant."""
        return Prompt(tuple(self._tokens(text)), _opens_thinking(text))

    def _tokens(self, text: str) -> list[int]:
        """Tokens of a whole rendered prompt; where it brings its own BOS, none is added."""
        bos = self._model.bos_text
        has_bos = bool(bos) and text.startswith(bos)
        return self._model.tokenize(text, add_special=not has_bos, parse_special=True)

    def _render(self, messages: Sequence[ChatMessage], contents: Sequence[str] | None = None) -> str:
        rows = []
        for i, message in enumerate(messages):
            row = {"role": str(message.role), "content": contents[i] if contents else message.content}
            if message.thinking:
                row["reasoning_content"] = message.thinking
            rows.append(row)
        return self._template.render(rows)

    def _split_tokens(self, messages: Sequence[ChatMessage]) -> list[int]:
        """Tokens of a conversation whose messages hold the texts of special tokens.

        The template is rendered around placeholders; what stands between them is tokenized with control
        tokens, what people wrote without.
        """
        nonce = secrets.token_hex(8)
        marks = [f"⟦{nonce}:{i}⟧" for i in range(len(messages))]
        bare = [ChatMessage(m.role, m.content) for m in messages]
        text = self._render(bare, [f" {mark} " for mark in marks])  # the spaces tell whether it trims
        bos = self._model.bos_text
        tokens: list[int] = []
        if not (bos and text.startswith(bos)):
            tokens = self._model.tokenize("", add_special=True, parse_special=False)
        while True:
            at, i = min(
                ((text.find(mark), i) for i, mark in enumerate(marks) if mark in text), default=(-1, -1)
            )
            if i < 0:
                return tokens + self._model.tokenize(text, add_special=False, parse_special=True)
            content, end = messages[i].content, at + len(marks[i])
            if text[at - 1 : at] == " " and text[end : end + 1] == " ":
                at, end = at - 1, end + 1
            else:
                content = content.strip()
            tokens += self._model.tokenize(text[:at], add_special=False, parse_special=True)
            tokens += self._plain_tokens(content)
            text = text[end:]

    def _plain_tokens(self, text: str) -> list[int]:
        """Tokens of what a person wrote. Thinking tags can be "user-defined" tokens, which llama.cpp finds
        even in plain text; cut in two they are found no more, and the pieces are those of plain text."""
        tokens: list[int] = []
        for part in _THINK_TAG_INSIDE.split(text):
            tokens += self._model.tokenize(part, add_special=False, parse_special=False)
        return tokens


def _opens_thinking(prompt: str) -> bool:
    return prompt.rstrip().endswith(_THINK_OPEN)
