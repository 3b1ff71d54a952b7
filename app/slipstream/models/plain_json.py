"""Dataclasses as JSON and back, strictly: what another program may have changed is checked against the fields' types.

For the numbers, texts, flags, None, tuples and further dataclasses that travel as plain data. A dataclass becomes a
list of its values, so that thousands of them stay small; written by hand, an object with exactly its fields.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

type Json = bool | int | float | str | list[Json] | dict[str, Json] | None


def to_json(value: Any) -> Json:
    """Raises TypeError for what is no plain data."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return [to_json(getattr(value, field.name)) for field in fields(value)]
    raise TypeError(f"{type(value).__name__} is no plain data")


def from_json[T](kind: type[T], data: Json) -> T:
    """The dataclass that `to_json` wrote, or a person did. Raises ValueError for anything else."""
    found = _read(kind, data)
    if not isinstance(found, kind):
        raise ValueError(f"not a {kind.__name__}")
    return found


def _read(kind: Any, data: Json) -> Any:
    if isinstance(kind, UnionType):
        return _read_union(get_args(kind), data)
    if get_origin(kind) is tuple:
        return _read_tuple(get_args(kind), data)
    if kind is NoneType:
        if data is not None:
            raise ValueError("expected null")
        return None
    if kind in (bool, int, str):
        if type(data) is not kind:
            raise ValueError(f"expected {kind.__name__}")
        return data
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        if isinstance(data, dict) and data.keys() == hints.keys():
            data = [data[name] for name in hints]
        if not isinstance(data, list) or len(data) != len(hints):
            raise ValueError(f"expected the {len(hints)} values of {kind.__name__}")
        return kind(*(_read(hint, value) for hint, value in zip(hints.values(), data, strict=True)))
    raise TypeError(f"{kind} is not read")


def _read_union(kinds: tuple[Any, ...], data: Json) -> Any:
    for kind in kinds:
        try:
            return _read(kind, data)
        except ValueError:
            continue
    raise ValueError("fits none of the types")


def _read_tuple(kinds: tuple[Any, ...], data: Json) -> tuple[Any, ...]:
    """Of one kind throughout: `tuple[X, ...]`."""
    if not isinstance(data, list):
        raise ValueError("expected a list")
    return tuple(_read(kinds[0], item) for item in data)


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    """The fields' types, in order."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
