"""Expected errors: what they say, and that they cross processes whole."""

import pickle

import pytest

from slipstream.core import errors
from slipstream.core.errors import AppError, NotYetError, UsageError

EVERY = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, AppError)]


def test_one_line_holds_message_and_hint_and_no_line_break() -> None:
    assert AppError("It broke\nbadly", "Try  again").one_line() == "It broke badly (Try again)"
    assert AppError("It broke").one_line() == "It broke"


def test_what_is_not_yet_there_is_a_usage_error() -> None:
    error = NotYetError("--accept relaxed")
    assert isinstance(error, UsageError)
    assert error.message == "--accept relaxed: not yet"


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.__name__)
def test_an_error_crosses_processes_whole(kind: type[AppError]) -> None:
    error = kind("mtp") if kind is NotYetError else kind("message", "hint")
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), copy.message, copy.hint, str(copy)) == (kind, error.message, error.hint, str(error))


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.__name__)
def test_the_tree_in_the_module_names_every_error(kind: type[AppError]) -> None:
    assert errors.__doc__ is not None
    assert kind.__name__ in errors.__doc__
