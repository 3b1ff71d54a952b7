"""Frozen dataclasses as JSON values, and back with every type checked.

What is read may have been written by anybody: a value that does not fit raises `MisfitError`, which names the place.
Unknown names are left out, missing ones take the field's default.
"""

import math
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

LOWEST, HIGHEST = -(2**63), 2**64 - 1  # a seed may have 64 bits

_Read = Callable[[object], Any]


class MisfitError(ValueError):
    """Something else was expected; `path` leads to it from the outside in."""

    def __init__(self, expected: str) -> None:
        super().__init__(expected)
        self.expected = expected
        self.path: list[str] = []

    def __str__(self) -> str:
        place = ", ".join(self.path)
        return f"{place}: {self.expected} was expected" if place else f"{self.expected} was expected"


@contextmanager
def inside(place: str) -> Iterator[None]:
    """Name the place that is being read."""
    try:
        yield
    except MisfitError as misfit:
        misfit.path.insert(0, place)
        raise


def encoded(value: object) -> Any:
    """As `json.dumps` takes it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: encoded(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [encoded(item) for item in value]
    if isinstance(value, dict):
        return {str(key): encoded(item) for key, item in value.items()}
    return value


def read[T](kind: type[T], value: object) -> T:
    """`value`, as it came out of JSON, as a `kind`. Raises MisfitError."""
    return cast(T, _reader(cast(Hashable, kind))(value))


@cache
def _reader(kind: Hashable) -> _Read:
    if kind in _PLAIN:
        return _PLAIN[kind]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is UnionType and NoneType in arguments and len(arguments) == 2:
        (other,) = (argument for argument in arguments if argument is not NoneType)
        return _optional(_reader(other))
    if origin is tuple:
        return _several(_reader(arguments[0]))
    if origin is dict:
        return _mapping(*map(_reader, arguments))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _member(kind)
    if is_dataclass(kind):
        return _record(kind)
    raise TypeError(f"no way to read {kind}")


def _anything(value: object) -> object:
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise MisfitError("true or false")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise MisfitError("a whole number")
    if not LOWEST <= value <= HIGHEST:
        raise MisfitError("a smaller number")
    return value


def _real(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not _is_finite(value):
        raise MisfitError("a number")
    return float(value)


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number beyond all floats
        return False


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise MisfitError("text")
    return value


def _time(value: object) -> datetime:
    """UTC, where the file says nothing of a zone."""
    try:
        time = datetime.fromisoformat(value)  # type: ignore[arg-type]  # the TypeError is expected
        return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    except (TypeError, ValueError, OverflowError):
        raise MisfitError("a time such as 2026-07-28T09:30:00+00:00") from None


def _nothing(value: object) -> None:
    if value is not None:
        raise MisfitError("null")


_PLAIN: dict[Any, _Read] = {
    Any: _anything,
    bool: _truth,
    int: _whole,
    float: _real,
    str: _text,
    datetime: _time,
    NoneType: _nothing,
}


def _optional(other: _Read) -> _Read:
    return lambda value: None if value is None else other(value)


def _several(item: _Read) -> _Read:
    def read_list(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise MisfitError("a list")
        result = []
        for number, one in enumerate(value, 1):
            try:
                result.append(item(one))
            except MisfitError as misfit:
                misfit.path.insert(0, str(number))
                raise
        return tuple(result)

    return read_list


def _mapping(key: _Read, item: _Read) -> _Read:
    def read_mapping(value: object) -> dict[Any, Any]:
        if not isinstance(value, dict):
            raise MisfitError("an object")
        result = {}
        for name, one in value.items():
            with inside(str(name)):
                result[key(name)] = item(one)
        return result

    return read_mapping


def _member(kind: type[StrEnum]) -> _Read:
    def read_member(value: object) -> StrEnum:
        if not isinstance(value, str) or value not in kind:
            raise MisfitError(f"one of {', '.join(kind)}")
        return kind(value)

    return read_member


def _record(kind: Any) -> _Read:
    hints = get_type_hints(kind)
    parts = [
        (
            field.name,
            _reader(hints[field.name]),
            field.default is MISSING and field.default_factory is MISSING,
        )
        for field in fields(kind)
    ]

    def read_record(value: object) -> Any:
        if not isinstance(value, dict):
            raise MisfitError("an object")
        values = {}
        for name, part, is_needed in parts:
            try:
                if name in value:
                    values[name] = part(value[name])
                elif is_needed:
                    raise MisfitError("a value")
            except MisfitError as misfit:
                misfit.path.insert(0, name)
                raise
        return kind(**values)

    return read_record
