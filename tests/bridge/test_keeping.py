"""What was written is kept, also where the store fails or a bug is met."""

import pytest
from desk import open_desk
from scripted_engine import ScriptedEngine, model_info

from slipstream.bridge.late_writes import LateWrites
from slipstream.bridge.notices import Level
from slipstream.bridge.store_messages import AnswersKept, KeepUnsent, SaveAnswer, StoreFailed
from slipstream.bridge.store_thread import StoreThread
from slipstream.core.chat import GenerateRequest
from slipstream.core.errors import StoreError
from slipstream.core.events import Origin, PairLoaded, StepDone, TextPiece
from slipstream.core.metrics import Phase, StepRecord
from slipstream.store.store import Store

PAIR = PairLoaded(model_info("/m/Target.gguf"), None, None, 4096, 2, "", False)
FULL = StoreError("The disk is full", "Free some space")


def record(index):
    return StepRecord(index, "none", "match", Phase.ANSWER, index, 0, (), 0, (1,), (), (), 0, 1, 0, 0, index)


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


def test_an_answer_that_cannot_be_written_is_shown_whole_and_written_later(desk, faults):
    for method in ("append_steps", "finish_answer"):
        faults.add(method, FULL)
    desk.send("Go")
    home = desk.session.chat.current
    whole = desk.session.chat.turns[-1]
    assert desk.answers == [" ".join(desk.engine.words) + " "]
    desk.wait(lambda: any(notice.topic == "store" for notice in desk.notices))
    again = reopen(desk, home)[-1]
    assert (again.content, again.interrupted, again.pieces) == (whole.content, None, whole.pieces)
    assert again.stats == whole.stats
    assert len([notice for notice in desk.notices if notice.topic == "store"]) == 1
    faults.errors.clear()
    assert desk.session.close()
    with Store.open(desk.paths.database) as store:
        assert store.recovered == 0
        kept = store.load_branch(home)[-1]
        assert (kept.content, store.run(kept.run.id).stats) == (whole.content, whole.stats)


def test_steps_that_come_later_do_not_overtake_those_that_could_not_be_written(
    qtbot, tmp_path, faults, monkeypatch
):
    monkeypatch.setattr("slipstream.bridge.keeper.SAVE_INTERVAL_MS", 10)
    monkeypatch.setattr("slipstream.bridge.store_thread.RETRY_MS", 10)
    with open_desk(qtbot, tmp_path, ScriptedEngine()) as desk:
        desk.start()
        desk.engine.gated = True
        resolved = []
        desk.session.resolved.connect(resolved.append)
        faults.add("append_steps", FULL)
        desk.session.chat.send("Go")
        desk.steps(3)
        desk.wait(lambda: any(notice.topic == "store" for notice in desk.notices))
        desk.steps(3)
        faults.errors.clear()
        desk.wait(lambda: "store" in resolved)  # by itself, while the engine is silent
        desk.steps(2)
        desk.session.chat.stop()
        desk.idle()
        assert desk.session.close()
        with Store.open(desk.paths.database) as store:
            message = store.load_branch(desk.session.chat.current)[-1]
            assert message.content == " ".join(desk.engine.words[:8]) + " "
            assert [step.record.index for step in store.run_steps(message.run.id)] == list(range(1, 9))


def test_an_answer_that_cannot_be_begun_again_says_so_and_the_old_one_stays(desk, faults):
    desk.send("Go")
    first = desk.session.chat.turns[1]
    faults.add("begin_answer", FULL)
    resolved = []
    with desk.qtbot.waitSignal(desk.session.chat.opened):
        desk.session.chat.regenerate(first.id)
        desk.session.chat.noticed.connect(lambda _notice: desk.session.chat.resolved.connect(resolved.append))
    assert desk.session.chat.turns[1].id == first.id
    assert desk.notices[-1].message == FULL.message
    assert resolved == []  # it is not taken down by what is read again


def test_a_write_waits_for_those_of_its_run_before_it(tmp_path, monkeypatch):
    late = LateWrites()
    append_steps = Store.append_steps
    failing = [FULL]

    def fails_once(store, run, steps):
        if failing:
            raise failing.pop()
        append_steps(store, run, steps)

    monkeypatch.setattr(Store, "append_steps", fails_once)
    with Store.open(tmp_path / "store.sqlite3") as store:
        _, answer = store.begin_turn(None, "Go", GenerateRequest(), PAIR, "test")
        for i, word in enumerate(("one ", "two ")):
            pieces = (TextPiece(word, Phase.ANSWER, Origin.PLAIN, i),)
            late.add(SaveAnswer(answer.run.id, (StepDone(record(i), pieces),)))
        (told,) = late.write(store)
        assert isinstance(told, StoreFailed)
        assert store.load_branch(1)[-1].content == ""
        assert list(late.write(store)) == [AnswersKept()]
        assert store.load_branch(1)[-1].content == "one two "
        assert not late


def test_a_bug_at_the_opening_of_the_store_is_told_and_nothing_waits_for_it(qtbot):
    """What a person writes comes back with the reason, instead of waiting for ever."""

    def broken():
        raise ZeroDivisionError("a bug")

    thread = StoreThread(broken, "build")
    replies = []
    thread.replied.connect(replies.append)
    with qtbot.captureExceptions() as caught:
        thread.open()
        thread.ask(KeepUnsent(1, "text"))
        qtbot.waitUntil(lambda: len(replies) == 2)
        assert thread.close()
    first, second = replies
    assert isinstance(first, StoreFailed)
    assert first.request is None
    assert "fault in Slipstream" in first.error.message
    assert isinstance(second, StoreFailed)
    assert second.error.message == first.error.message
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
