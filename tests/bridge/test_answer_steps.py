"""Steps on demand: of an answer that is over, of the one under way, with what refused tokens read as."""

from dataclasses import replace

import pytest
from desk import open_desk
from gguf_writer import TOKENS
from scripted_engine import ScriptedEngine, model_info

from slipstream.bridge.store_messages import StepsRead
from slipstream.core.errors import StoreError
from slipstream.core.step_book import StepBook
from slipstream.store.store import Store


def ask(desk, answer, known=0) -> StepsRead:
    with desk.qtbot.waitSignal(desk.session.steps.read) as read:
        desk.session.steps.ask(answer, known)
    return read.args[0]


def test_the_steps_of_an_answer_tell_of_each_token(desk):
    desk.session.choose_draft("ngram")
    desk.send("Go")
    turn = desk.session.chat.turns[-1]
    read = ask(desk, turn.id)
    assert (read.answer, read.known) == (turn.id, 0)
    book = StepBook()
    book.put(0, read.runs)
    assert book.tokens == turn.stats.metrics.emitted
    source = book.source(turn.pieces[1].token)
    assert source.record.drafter == "ngram"
    assert source.target == "Model-A"
    assert source.draft is None


def test_the_answer_under_way_is_read_up_to_now(desk):
    desk.engine.gated = True
    desk.session.chat.send("Go")
    desk.steps(3)
    answer = desk.session.chat._answering.live.answer
    assert sum(len(run.steps) for run in ask(desk, answer).runs) == 3
    desk.steps(2)
    assert sum(len(run.steps) for run in ask(desk, answer, known=3).runs) == 2
    assert ask(desk, answer, known=5).runs == ()
    desk.session.chat.stop()
    desk.idle()
    assert len(ask(desk, answer).runs[0].steps) == 5
    assert desk.session.chat.turns[-1].pieces == tuple(
        piece for step in ask(desk, answer).runs[0].steps for piece in step.pieces
    )


def test_of_an_answer_that_went_on_the_steps_of_all_its_parts_are_read(desk):
    desk.engine.gated = True
    desk.session.chat.send("Go")
    desk.steps(3)
    desk.session.chat.stop()
    desk.idle()
    desk.engine.gated = False
    answer = desk.session.chat.turns[-1].id
    first = ask(desk, answer)
    desk.session.edits.continue_answer()
    desk.idle()
    book = StepBook()
    book.put(0, first.runs)
    book.put(3, ask(desk, answer, known=3).runs)
    turn = desk.session.chat.turns[-1]
    assert turn.id == answer
    assert book.tokens == len({piece.token for piece in turn.pieces}) > 3
    assert [book.source(piece.token).record.emitted for piece in turn.pieces] == [
        step.record.emitted for run in ask(desk, answer).runs for step in run.steps
    ]


def test_of_an_answer_that_was_edited_there_are_none(desk):
    desk.send("Go")
    with desk.qtbot.waitSignal(desk.session.chat.opened):
        desk.session.edits.edit(desk.session.chat.turns[-1].id, "My own words")
    assert ask(desk, desk.session.chat.turns[-1].id).runs == ()


class SameVocabulary(ScriptedEngine):
    """Tells the size of the vocabulary in the small model file."""

    def load(self, spec, progress):
        loaded = super().load(spec, progress)
        target = replace(model_info(str(spec.target)), n_vocab=len(TOKENS))
        self._loaded = replace(loaded, target=target)
        return self._loaded


def test_refused_tokens_are_read_from_the_models_file_and_only_there(qtbot, tmp_path):
    with open_desk(qtbot, tmp_path, SameVocabulary()) as desk:
        desk.start()
        desk.session.choose_draft("ngram")
        desk.send("Go")
        answer = desk.session.chat.turns[-1].id
        # The script drafts ids 0, 1, 2 and keeps the first two; in its last step 0 and 1, and keeps one.
        assert ask(desk, answer).runs[0].texts == {1: TOKENS[1], 2: TOKENS[2]}
        desk.model.rename(desk.model.with_name("gone.gguf"))
        assert ask(desk, answer).runs[0].texts == {}


def test_another_vocabulary_is_not_believed(desk):
    desk.session.choose_draft("ngram")
    desk.send("Go")
    assert ask(desk, desk.session.chat.turns[-1].id).runs[0].texts == {}


def test_what_cannot_be_read_is_told(desk, monkeypatch):
    desk.send("Go")

    def fail(*_args):
        raise StoreError("The file is damaged")

    monkeypatch.setattr(Store, "answer_steps", fail)
    with desk.qtbot.waitSignal(desk.session.steps.failed) as failed:
        desk.session.steps.ask(desk.session.chat.turns[-1].id, 0)
    assert failed.args == [desk.session.chat.turns[-1].id]


@pytest.mark.parametrize("answer", [0, 10**9])
def test_an_answer_that_is_not_there_has_no_steps(desk, answer):
    assert ask(desk, answer).runs == ()
