"""Plain data there and back, and nothing else."""

import json
from dataclasses import dataclass

import pytest

from slipstream.models.plain_json import from_json, to_json


@dataclass(frozen=True, slots=True)
class Inner:
    name: str
    size: int


@dataclass(frozen=True)
class Outer:
    flag: bool
    text: str | None
    layers: int | tuple[int, ...] | None
    parts: tuple[Inner, ...]
    inner: Inner | None


VALUES = [
    Outer(True, "x", 3, (), None),
    Outer(False, None, (1, 2), (Inner("a", 1), Inner("b\ud800", 2)), Inner("", 0)),
    Outer(False, "", None, (), None),
]


@pytest.mark.parametrize("value", VALUES)
def test_there_and_back(value):
    assert from_json(Outer, json.loads(json.dumps(to_json(value)))) == value


def test_an_object_written_by_hand():
    assert from_json(Inner, {"size": 2, "name": "a"}) == Inner("a", 2)


@pytest.mark.parametrize(
    "data",
    [
        None,
        "text",
        [],
        ["a"],
        ["a", 1, 2],
        ["a", True],  # a flag is no number
        ["a", 1.0],
        [1, 1],
        {"name": "a"},
        {"name": "a", "size": 1, "more": 2},
        ["a", None],
        ["a", [1]],
    ],
)
def test_what_was_never_written(data):
    with pytest.raises(ValueError):  # noqa: PT011  # whatever the reason
        from_json(Inner, data)


def test_what_is_no_plain_data():
    with pytest.raises(TypeError):
        to_json(object())
    with pytest.raises(TypeError):
        to_json([1])
