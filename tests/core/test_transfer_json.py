"""JSON by pieces, and dataclasses out of it with every type checked."""

import io
import json
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import pytest

from slipstream.core.errors import TransferError
from slipstream.core.transfer import pull as pull_module
from slipstream.core.transfer.codec import MisfitError, encoded, read
from slipstream.core.transfer.pull import JsonPull


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


@dataclass(frozen=True)
class Leaf:
    size: float
    colour: Colour = Colour.GREEN


@dataclass(frozen=True)
class Tree:
    name: str
    height: int
    leaves: tuple[Leaf, ...]
    when: datetime
    old: bool = False
    note: str | None = None
    by_colour: dict[Colour, Leaf] = field(default_factory=dict)
    extra: dict[str, Any] | None = None


NOON = datetime(2026, 7, 28, 12, tzinfo=UTC)
TREE = Tree(
    "oak",
    12,
    (Leaf(0.1 + 0.2), Leaf(3, Colour.RED)),
    NOON,
    True,
    None,
    {Colour.RED: Leaf(1)},
    {"a": [1, None]},
)


def test_a_record_comes_back_equal():
    text = json.dumps(encoded(TREE))
    assert read(Tree, json.loads(text)) == TREE


def test_names_that_are_not_known_are_left_and_missing_ones_take_the_default():
    data = {
        "name": "fir",
        "height": 1,
        "leaves": [{"size": 1}],
        "when": "2026-07-28T12:00:00",
        "bark": "brown",
    }
    assert read(Tree, data) == Tree("fir", 1, (Leaf(1.0),), NOON)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": 7}, "name: text was expected"),
        ({"height": "tall"}, "height: a whole number was expected"),
        ({"height": True}, "height: a whole number was expected"),
        ({"height": 1.5}, "height: a whole number was expected"),
        ({"height": 10**30}, "height: a smaller number was expected"),
        ({"old": 1}, "old: true or false was expected"),
        ({"when": "yesterday"}, "when: a time such as"),
        ({"when": 3}, "when: a time such as"),
        ({"when": "0001-01-01T00:00:00+23:00"}, "when: a time such as"),
        ({"leaves": {}}, "leaves: a list was expected"),
        ({"leaves": [{"size": 1}, {"size": "big"}]}, "leaves, 2, size: a number was expected"),
        ({"leaves": [{}]}, "leaves, 1, size: a value was expected"),
        ({"leaves": [{"size": 10**400}]}, "leaves, 1, size: a number was expected"),
        ({"leaves": [{"size": 1, "colour": "blue"}]}, "colour: one of red, green was expected"),
        ({"by_colour": {"blue": {"size": 1}}}, "by_colour, blue: one of red, green was expected"),
        ({"extra": []}, "extra: an object was expected"),
    ],
)
def test_what_does_not_fit_names_its_place(change, says):
    with pytest.raises(MisfitError) as caught:
        read(Tree, encoded(TREE) | change)
    assert says in str(caught.value)


def test_no_object_at_all_is_said():
    with pytest.raises(MisfitError, match="an object was expected"):
        read(Tree, [1])


# By pieces


def pulled(text: str, chunk: int = 7) -> JsonPull:
    class Slow(io.StringIO):
        """Gives a few characters at a time, as if every value were cut."""

        def read(self, size: int | None = -1) -> str:
            return super().read(min(chunk, size or chunk))

    return JsonPull(Slow(text))


def everything(pull: JsonPull) -> object:
    """The next value, taken apart as far as it goes."""
    if pull.peek() == "{":
        return {name: everything(pull) for name in pull.members()}
    if pull.peek() == "[":
        return [everything(pull) for _ in pull.elements()]
    return pull.value()


def random_value(rng: random.Random, depth: int = 0) -> object:
    kind = rng.randrange(9 if depth < 4 else 6)
    if kind > 6:
        return {f"k{i}{'é' * i}": random_value(rng, depth + 1) for i in range(rng.randrange(4))}
    if kind == 6:
        return [random_value(rng, depth + 1) for _ in range(rng.randrange(4))]
    text = "".join(rng.choice('a"\\\n é\u2028🙂{}[],:') for _ in range(rng.randrange(12)))
    return [None, True, -(10**12), 1.5e-7, text, 0][kind]


@pytest.mark.parametrize("seed", range(200))
def test_any_json_is_read_like_the_standard_librarys(seed):
    rng = random.Random(seed)
    value = random_value(rng)
    text = json.dumps(value, ensure_ascii=bool(seed % 2), indent=seed % 3 or None)
    chunk = rng.randrange(1, 20)
    assert everything(pulled(text, chunk)) == value
    assert pulled(text, chunk).value() == value


def test_several_values_follow_one_another():
    pull = pulled('{"a": 12}\n{"a": 345}\n')
    assert [pull.value(), pull.value(), pull.peek()] == [{"a": 12}, {"a": 345}, ""]


def test_a_number_at_the_end_of_what_was_read_goes_on():
    assert pulled("1234567890", chunk=3).value() == 1234567890


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "it ends too early"),
        ('{"a": [1, 2', "it ends too early"),
        ('{"a": "never closed', "it ends too early"),
        ('\n\n{"a": nope}' + " " * 50, "line 3: expecting value"),
        ('{"a": 1,}' + " " * 50, "line 1"),
        ('{"a" 1}' + " " * 50, "delimiter"),
        ('{"a": NaN}' + " " * 50, "NaN is no JSON"),
        ('{"a": "tab\there"}' + " " * 50, "control character"),
        ("[" * 200_000, "nested too deep"),
        ('{"a": ' + "9" * 5000 + "}", "limit"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, says):
    with pytest.raises(TransferError) as caught:
        pulled(text, 4096).value()
    assert says in caught.value.message
    assert caught.value.message.startswith("line ")


def test_a_structure_that_is_not_as_expected_is_said():
    with pytest.raises(TransferError, match="line 2: a name in quotes was expected"):
        list(pulled("{\n1: 2}").members())
    with pytest.raises(TransferError, match="] was expected"):
        [pull.value() for pull in [pulled("[1 2]")] for _ in pull.elements()]


def test_a_value_has_a_greatest_length(monkeypatch):
    monkeypatch.setattr(pull_module, "LONGEST_VALUE", 100_000)
    with pytest.raises(TransferError, match="takes more than"):
        pulled('"' + "x" * 900_000 + '"', 50_000).value()


def test_white_space_without_end_takes_no_time_and_no_memory():
    assert JsonPull(io.StringIO(" \n" * 5_000_000)).peek() == ""
