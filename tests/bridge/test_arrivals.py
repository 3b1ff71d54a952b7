"""A model that comes while something is under way waits for it to end; nothing is cut off for it."""

import pytest
from desk import model_file, open_desk
from scripted_engine import ScriptedEngine

from slipstream.bridge.arrivals import TOPIC, Arrivals
from slipstream.bridge.pair import PairState


@pytest.fixture
def desk(qtbot, tmp_path):
    with open_desk(qtbot, tmp_path, ScriptedEngine()) as desk:
        desk.start()
        yield desk


@pytest.fixture
def arrivals(desk):
    arrivals = Arrivals(desk.session.chat, desk.session.pair, desk.session)
    arrivals.target_wanted.connect(desk.session.choose_target)
    arrivals.pair_wanted.connect(desk.session.take_pair)
    arrivals.noticed.connect(desk.notices.append)
    return arrivals


def said(desk):
    return [notice.message for notice in desk.notices if notice.topic == TOPIC]


def test_what_comes_while_nothing_happens_is_loaded_at_once(desk, arrivals, tmp_path):
    new = model_file(tmp_path, "New.gguf")
    arrivals.on_target(new)
    desk.wait(lambda: desk.session.pair.state is PairState.READY and desk.session.pair.target == new)
    assert said(desk) == []


def test_an_answer_is_written_to_its_end_first(desk, arrivals, tmp_path):
    draft = model_file(tmp_path, "Draft.gguf")
    desk.engine.gated = True
    desk.session.chat.send("Hello")
    desk.steps(2)
    arrivals.on_draft(desk.model, draft)
    (message,) = said(desk)
    assert "loaded when what is under way now has ended" in message
    assert desk.session.chat.busy
    gone = []
    arrivals.resolved.connect(gone.append)
    desk.engine.allow(1000)
    desk.idle()
    desk.wait(lambda: desk.engine.specs[-1].draft == draft)
    desk.wait(lambda: desk.session.pair.state is PairState.READY)
    (answer,) = desk.answers
    assert answer.split() == desk.engine.words
    assert gone == [TOPIC]


def test_the_newest_of_two_that_wait_is_loaded(desk, arrivals, tmp_path):
    first, second = model_file(tmp_path, "First.gguf"), model_file(tmp_path, "Second.gguf")
    desk.engine.gated = True
    desk.session.chat.send("Hello")
    desk.steps(1)
    arrivals.on_target(first)
    arrivals.on_target(second)
    desk.engine.allow(1000)
    desk.idle()
    desk.wait(lambda: desk.session.pair.state is PairState.READY and desk.session.pair.target == second)
    assert first not in [spec.target for spec in desk.engine.specs]


def test_a_benchmark_is_not_spoilt(desk, arrivals, tmp_path):
    pair = desk.session.pair
    pair.lend(PairState.BENCHMARKING)
    new = model_file(tmp_path, "New.gguf")
    arrivals.on_target(new)
    assert pair.state is PairState.BENCHMARKING
    pair.take_back(PairState.BENCHMARKING)
    desk.wait(lambda: pair.state is PairState.READY and pair.target == new)
