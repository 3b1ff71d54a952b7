"""Measuring the loaded pair because a person asked for it: what it forbids, how it ends, what it says."""

import pytest
from desk import model_file
from scripted_engine import Fault

from slipstream.bridge.measured import measured_notice
from slipstream.bridge.notices import Level
from slipstream.bridge.pair import PairState
from slipstream.core.errors import DecodeError, EngineDiedError
from slipstream.core.tuning import TuneReport


def under_way(desk):
    """A gated measurement that has told how far it is."""
    desk.engine.gated = True
    progress = []
    desk.session.load_progressed.connect(progress.append)
    desk.session.measure()
    desk.engine.allow(2)
    desk.wait(lambda: 0.5 in progress)
    return progress


def test_a_measurement_is_told_and_the_pair_is_ready_again(desk):
    progress = under_way(desk)
    assert desk.session.status.sentence == "Measuring what this pair costs… 50 %"
    assert desk.session.pair.loaded is not None
    assert desk.session.why_not_measured == "The pair is being measured."
    desk.engine.allow(100)
    desk.wait(lambda: desk.session.pair.state is PairState.READY)
    assert progress[-1] is None
    assert desk.session.why_not_measured == ""
    (notice,) = desk.notices
    assert notice.level is Level.INFO
    # 5 tokens for (150 + 4 · 9) / 100 = 1.86 plain steps
    assert notice.message == (
        "Measured: at best 2.69× as fast, if all of 4 drafted tokens are kept; drafting 4 pays from τ 1.9."
    )
    assert notice.hint == "The automatic length goes by what was measured. The draft runs on one thread."


def test_nothing_is_sent_meanwhile_and_the_text_comes_back(desk):
    under_way(desk)
    desk.session.chat.send("Now?")
    assert desk.returned == ["Now?"]
    assert desk.notices[-1].message == "The pair is being measured. Stop that, or wait for it."
    assert not desk.engine.requests


def test_stop_ends_it_and_nothing_is_told(desk):
    under_way(desk)
    desk.session.stop()
    desk.wait(lambda: desk.session.pair.state is PairState.READY)
    assert desk.notices == []
    desk.engine.gated = False
    desk.send("Go on")
    assert desk.answers


def test_not_while_an_answer_is_written_nor_without_a_model(desk):
    desk.engine.gated = True
    desk.session.chat.send("Go")
    desk.steps(1)
    assert desk.session.why_not_measured == "An answer is being written."
    desk.session.measure()
    assert desk.session.pair.state is PairState.READY
    desk.engine.allow(100)
    desk.idle()
    assert desk.session.why_not_measured == ""
    desk.session.pair.unload()
    assert desk.session.why_not_measured == "No model is loaded."


@pytest.mark.parametrize("other", ["model", "draft"])
def test_another_choice_meanwhile_ends_it_and_is_loaded(desk, tmp_path, other):
    under_way(desk)
    path = model_file(tmp_path, "Other.gguf")
    desk.engine.gated = False
    if other == "model":
        desk.session.choose_target(path)
    else:
        desk.session.choose_draft(str(path))
    desk.wait(lambda: desk.session.pair.state is PairState.READY)
    assert path in (desk.engine.specs[-1].target, desk.engine.specs[-1].draft)
    assert desk.notices == []


def test_a_failure_is_told_and_the_pair_stays(desk):
    desk.engine.faults.append(Fault(DecodeError("llama_decode failed with status 1"), after=1))
    desk.session.measure()
    desk.wait(lambda: desk.session.pair.state is PairState.READY)
    assert desk.notices[-1].message == "llama_decode failed with status 1"
    assert desk.session.pair.loaded is not None
    assert len(desk.engine.specs) == 1


def test_an_engine_that_dies_of_it_comes_back(desk):
    desk.engine.faults.append(Fault(EngineDiedError("The engine stopped: ended by SIGABRT"), after=1))
    desk.session.measure()
    desk.wait(lambda: desk.session.pair.state is PairState.READY)
    assert len(desk.engine.specs) == 2
    desk.send("There?")
    assert desk.answers


def test_a_bug_in_it_is_told_and_the_pair_stays(desk, qtbot):
    desk.engine.faults.append(Fault(ZeroDivisionError("a bug"), after=1))
    with qtbot.captureExceptions() as caught:
        desk.session.measure()
        desk.wait(lambda: desk.session.pair.state is PairState.READY)
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
    assert desk.notices[-1].message == "Measuring failed because of a fault in Slipstream."


def test_a_pair_for_which_drafting_cannot_pay_is_told_so():
    notice = measured_notice(TuneReport(256, 3, 2, {1: 10.0, 2: 20.0, 3: 30.0}))
    assert notice.message == "Measured: drafting does not pay here, even if every token is kept."
    assert notice.hint == "The automatic length goes by what was measured."
