"""What was written is kept, also where the store fails or a bug is met."""

import pytest

from slipstream.bridge.notices import Level
from slipstream.core.errors import StoreError
from slipstream.store.store import Store

FULL = StoreError("The disk is full", "Free some space")


class Faults:
    """Makes methods of the store raise, after so many calls that go well."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch
        self.errors: dict[str, Exception] = {}

    def add(self, method: str, error: Exception) -> None:
        """The real method is called again once `errors` has none for it."""
        real = getattr(Store, method)
        self.errors[method] = error

        def call(*args: object) -> object:
            if method in self.errors:
                raise self.errors[method]
            return real(*args)

        self._patch.setattr(Store, method, call)


@pytest.fixture
def faults(monkeypatch):
    return Faults(monkeypatch)


def reopen(desk, conversation):
    """Look at another conversation and come back."""
    desk.session.chat.new()
    with desk.qtbot.waitSignal(desk.session.chat.opened):
        desk.session.chat.open(conversation)
    return desk.session.chat.turns


def test_a_bug_in_the_store_gives_the_text_back_and_the_chat_goes_on(desk, qtbot, faults):
    faults.add("begin_turn", ZeroDivisionError("a bug"))
    with qtbot.captureExceptions() as caught:
        desk.send("Go")
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
    assert desk.returned == ["Go"]
    assert desk.notices[-1].level is Level.ERROR
    assert "fault in Slipstream" in desk.notices[-1].message
    faults.errors.clear()
    desk.send("Again")
    assert desk.answers
