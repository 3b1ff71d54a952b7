"""A model's chat template: Jinja from an untrusted file, in a sandbox with limits on time and memory.

(CVE-2024-34359 ran code; nested loops ran for ever.) Knows nothing of tokens.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension, loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment

TIME_LIMIT_S = 2.0
OUTPUT_LIMIT = 64 << 20  # characters
MEMORY_LIMIT = 256 << 20  # bytes a template may take, where the system can limit it
_INT_BITS = 256

# What chat templates use; not what makes much of little (`sum` of lists, `round` to 10⁸ places, `center`).
_FILTERS = (
    "abs", "attr", "batch", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float",
    "groupby", "indent", "int", "items", "join", "last", "length", "list", "lower", "map", "max", "min", "reject",
    "rejectattr", "replace", "reverse", "safe", "select", "selectattr", "slice", "sort", "string", "title", "trim",
    "unique", "upper",
)  # fmt: skip
_TESTS = (
    "!=", "<", "<=", "==", ">", ">=", "boolean", "callable", "defined", "eq", "equalto", "even", "false", "filter",
    "float", "ge", "greaterthan", "gt", "in", "integer", "iterable", "le", "lessthan", "lower", "lt", "mapping",
    "ne", "none", "number", "odd", "sameas", "sequence", "string", "test", "true", "undefined", "upper",
)  # fmt: skip


class TemplateError(Exception):
    """The template cannot be used: the message says why."""


class _TimeIsUp(BaseException):
    """Raised inside a template's code; no Exception, since Jinja's compiler drops those of constant parts."""


class _Generation(Extension):
    """`{% generation %}…{% endgeneration %}` marks the assistant's part for training; here it is its content."""

    tags = {"generation"}  # noqa: RUF012  # jinja2 reads a plain set

    def parse(self, parser: Any) -> list[nodes.Node]:
        next(parser.stream)
        return list(parser.parse_statements(("name:endgeneration",), drop_needle=True))


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, and no operation that C would spend minutes on, where no deadline can see it."""

    intercepted_binops = frozenset({"*", "**", "%", "//"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "**":
            raise SecurityError("powers are not allowed")
        if operator == "%" and isinstance(left, str):
            raise SecurityError("formatting text is not allowed")
        if any(isinstance(side, int) and side.bit_length() > _INT_BITS for side in (left, right)):
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
    environment.filters = {name: environment.filters[name] for name in _FILTERS} | {"tojson": _tojson}
    environment.tests = {name: environment.tests[name] for name in _TESTS}
    return environment


@contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    """Raise _TimeIsUp in Python code that runs longer; a trace function sees every line of the template."""
    end = time.monotonic() + seconds
    before = sys.gettrace()

    def trace(_frame: FrameType, _event: str, _argument: Any) -> Callable[..., Any]:
        if time.monotonic() > end:
            raise _TimeIsUp
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
    except TemplateError:
        raise
    except _TimeIsUp:
        raise TemplateError(f"it took longer than {TIME_LIMIT_S:g} s") from None
    except (RecursionError, MemoryError) as error:
        raise TemplateError(f"it needs too much ({type(error).__name__})") from error
    except Exception as error:  # whatever an untrusted program may raise, the compiler's SyntaxError included
        raise TemplateError(f"{type(error).__name__}: {error}") from error


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
