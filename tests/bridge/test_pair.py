"""Loading, refusing and bringing back the pair of models."""

from pathlib import Path

import pytest
from desk import model_file, open_desk
from scripted_engine import Fault, ScriptedEngine

from slipstream.bridge.notices import Level, Remedy
from slipstream.bridge.pair import NGRAM, PairState
from slipstream.core.chat import Drafting
from slipstream.core.errors import EngineDiedError, LoadError, NoMemoryError
from slipstream.core.settings import load_settings
from slipstream.models.machine_memory import MachineMemory

DEATH = EngineDiedError("The engine stopped: ended by SIGABRT", "It is started again")


def test_a_loaded_model_is_remembered_and_loaded_at_the_next_start(desk, qtbot, tmp_path):
    assert desk.session.close()
    settings, _ = load_settings(desk.paths.settings_file)
    assert settings.target == str(desk.model)
    assert settings.recent_models == (str(desk.model),)
    with open_desk(qtbot, tmp_path) as again:
        again.session.start()
        again.wait(lambda: again.session.pair.state is PairState.READY)
        assert again.engine.specs[0].target == desk.model


def test_a_bad_file_leaves_the_loaded_model_as_it_is(desk, tmp_path):
    bad = tmp_path / "page.gguf"
    bad.write_text("<!doctype html>")
    desk.session.choose_target(bad)
    desk.wait(lambda: bool(desk.notices))
    assert desk.session.pair.state is PairState.READY
    assert desk.session.pair.target == desk.model
    assert desk.notices[-1].level is Level.ERROR
    assert desk.notices[-1].remedies == (Remedy.CHOOSE_MODEL,)
    assert len(desk.engine.specs) == 1
    desk.send("Still there?")
    assert desk.answers


def test_a_bad_file_after_a_load_that_had_begun_leaves_nothing_loaded(desk, tmp_path):
    bad = tmp_path / "page.gguf"
    bad.write_text("<!doctype html>")
    desk.engine.gated = True
    desk.session.choose_target(model_file(tmp_path, "Slow.gguf"))
    desk.engine.allow(1)
    desk.wait(lambda: len(desk.engine.specs) == 2)  # what was loaded is gone
    desk.session.choose_target(bad)
    desk.wait(lambda: desk.session.pair.state is not PairState.LOADING)
    assert desk.session.pair.state is PairState.NONE
    assert desk.session.status.sentence == "No model is loaded."


def test_dropping_two_files_of_which_the_model_is_refused_keeps_the_draft_that_was_chosen(desk, tmp_path):
    bad = tmp_path / "page.gguf"
    bad.write_text("<!doctype html>")
    desk.session.choose_draft(NGRAM)
    desk.session.choose_pair(bad, model_file(tmp_path, "Draft.gguf"))
    desk.wait(lambda: bool(desk.notices))
    assert desk.session.settings.draft == NGRAM
    desk.session.choose_pair(desk.model, tmp_path / "Draft.gguf")
    desk.wait(lambda: desk.session.pair.state is PairState.READY)
    assert desk.session.settings.draft == str(tmp_path / "Draft.gguf")


def test_cancelling_the_load_of_a_draft_brings_the_model_back_without_it(desk, tmp_path):
    desk.engine.gated = True
    desk.session.choose_draft(str(model_file(tmp_path, "Draft.gguf")))
    desk.engine.allow(1)
    desk.wait(lambda: len(desk.engine.specs) == 2)
    desk.session.pair.cancel()
    desk.engine.allow(100)
    desk.wait(lambda: desk.session.pair.state is PairState.READY)
    assert desk.session.pair.loaded.target.path == str(desk.model)
    assert desk.session.pair.loaded.draft is None
    assert desk.session.settings.draft == ""


def test_a_load_error_is_told_and_not_tried_again(desk, tmp_path):
    desk.engine.load_errors.append(LoadError("Not enough memory for a context of 131072", "Try 8192"))
    desk.session.choose_target(model_file(tmp_path, "Big.gguf"))
    desk.wait(lambda: desk.session.pair.state is PairState.NONE)
    assert desk.notices[-1].hint == "Try 8192"
    assert desk.session.status.sentence == "No model is loaded."
    assert len(desk.engine.specs) == 2
    assert desk.session.settings.target == str(desk.model)  # what did not load is not remembered


def test_a_pair_without_room_is_told_what_would_fit_and_not_tried_again(desk, monkeypatch):
    """By the headers of both files, where they tell; else by what the engine said."""
    from slipstream.models import what_fits  # noqa: PLC0415  # as late as the application

    loads = len(desk.engine.specs)
    little = MachineMemory(free=what_fits.CELLS, total=1 << 30)
    monkeypatch.setattr(what_fits, "machine_memory", lambda: little)
    desk.engine.load_errors.append(NoMemoryError("No room for a context of 4096 tokens", "Take another"))
    desk.session.choose_target(model_file(desk.model.parent, "Large.gguf"))
    desk.wait(lambda: desk.session.pair.state is PairState.NONE)
    assert desk.notices[-1].message == "No room for a context of 4096 tokens"
    assert "take a smaller model" in desk.notices[-1].hint
    assert Remedy.CHOOSE_MODEL in desk.notices[-1].remedies
    assert len(desk.engine.specs) == loads + 1


def test_after_three_deaths_in_a_row_a_person_decides(desk):
    desk.engine.faults.append(Fault(DEATH, after=1))
    desk.engine.load_errors.extend([DEATH, DEATH])
    desk.send("Go")
    desk.wait(lambda: desk.session.pair.state is PairState.DOWN)
    assert len(desk.engine.specs) == 3
    assert desk.notices[-1].remedies == (Remedy.RESTART_ENGINE,)  # no GPU is used, so there is no other way
    assert "stopped" in desk.session.status.sentence
    desk.session.pair.restart()
    desk.wait(lambda: desk.session.pair.state is PairState.READY)
    desk.send("And now?")
    assert desk.session.chat.turns[-1].interrupted is None


def test_deaths_with_a_whole_answer_between_them_do_not_add_up(desk):
    for _ in range(4):
        desk.engine.faults.append(Fault(DEATH, after=1))
        desk.send("Go")
        desk.wait(lambda: desk.session.pair.state is PairState.READY)
        desk.send("And on")
        assert desk.session.chat.turns[-1].interrupted is None
    assert len(desk.engine.specs) == 5


def test_restart_on_the_cpu_takes_everything_off_the_gpu(desk):
    desk.engine.gpu_layers = 31
    desk.load(desk.model)
    desk.engine.load_errors.extend([DEATH, DEATH])
    desk.engine.faults.append(Fault(DEATH, after=1))
    desk.send("Go")
    desk.wait(lambda: desk.session.pair.state is PairState.DOWN)
    assert Remedy.RESTART_ON_CPU in desk.notices[-1].remedies
    desk.session.pair.restart(on_cpu=True)
    desk.wait(lambda: desk.session.pair.state is PairState.READY)
    assert (desk.engine.specs[-1].gpu_layers, desk.engine.specs[-1].draft_gpu_layers) == (0, 0)


def test_a_draft_file_loads_the_pair_anew_and_lookup_does_not_need_one(desk, tmp_path):
    draft = model_file(tmp_path, "Draft.gguf")
    desk.session.choose_draft(NGRAM)
    assert len(desk.engine.specs) == 1
    desk.session.choose_draft(str(draft))
    desk.wait(lambda: desk.session.pair.loaded is not None and desk.session.pair.loaded.draft is not None)
    assert [spec.draft for spec in desk.engine.specs] == [None, draft]
    assert str(draft) in desk.session.settings.recent_models
    for choice in ("", NGRAM, str(draft)):  # it stays loaded while it is not used
        desk.session.choose_draft(choice)
        desk.wait(lambda: desk.session.pair.state is PairState.READY)
    assert len(desk.engine.specs) == 2
    desk.send("Go")
    assert desk.engine.requests[-1].speculation.drafting is Drafting.MODEL
    desk.session.choose_draft(NGRAM)
    desk.send("And by lookup")
    assert desk.engine.requests[-1].speculation.drafting is Drafting.NGRAM


def test_a_draft_that_was_repaired_can_be_chosen_again(desk, tmp_path):
    draft = tmp_path / "Draft.gguf"
    draft.write_text("<!doctype html>")
    desk.session.choose_draft(str(draft))
    desk.wait(lambda: any(notice.topic == "draft" for notice in desk.notices))
    assert desk.session.pair.loaded.draft is None
    model_file(tmp_path, "Draft.gguf")
    desk.session.choose_draft(str(draft))
    desk.wait(lambda: desk.session.pair.loaded is not None and desk.session.pair.loaded.draft is not None)
    assert desk.session.status.drafting


def test_a_draft_given_up_while_the_engine_is_down_is_not_loaded_again(desk, tmp_path):
    desk.session.choose_draft(str(model_file(tmp_path, "Draft.gguf")))
    desk.wait(lambda: desk.session.pair.state is PairState.READY)
    desk.session.choose_draft("")
    desk.engine.faults.append(Fault(DEATH, after=1))
    desk.send("Go")
    desk.wait(lambda: desk.session.pair.state is PairState.READY)
    assert desk.engine.specs[-1].draft is None


def test_an_unfit_draft_is_told_and_the_status_says_why(desk, tmp_path):
    desk.engine.draft_problem = "7 tokens differ; the first is id 151643"
    desk.session.choose_draft(str(model_file(tmp_path, "Other.gguf")))
    desk.wait(lambda: any(notice.topic == "draft" for notice in desk.notices))
    assert desk.session.status.draft == "Drafting is off: 7 tokens differ; the first is id 151643."
    assert not desk.session.status.drafting


def test_a_load_can_be_cancelled(qtbot, tmp_path):
    with open_desk(qtbot, tmp_path, ScriptedEngine(gated=True)) as desk:
        desk.session.start(load=False)
        desk.session.choose_target(desk.model)
        desk.engine.allow(1)
        desk.wait(lambda: bool(desk.engine.specs))
        desk.session.pair.cancel()
        desk.wait(lambda: desk.session.pair.state is PairState.NONE)
        assert not [notice for notice in desk.notices if notice.level is Level.ERROR]


def test_choosing_another_model_while_one_loads_leaves_the_last_one(qtbot, tmp_path):
    with open_desk(qtbot, tmp_path) as desk:
        desk.session.start(load=False)
        others = [model_file(tmp_path, f"Model-{i}.gguf") for i in range(4)]
        for path in others:
            desk.session.choose_target(path)
        desk.wait(lambda: desk.session.pair.state is PairState.READY)
        assert desk.session.pair.loaded.target.path == str(others[-1])


def test_changed_load_settings_ask_for_a_reload(desk):
    assert not desk.session.pair.needs_reload
    desk.session.preferences.update(ctx_size=8192)
    assert desk.session.pair.needs_reload
    desk.session.pair.restart()
    desk.wait(lambda: desk.session.pair.state is PairState.READY)
    assert desk.engine.specs[-1].ctx_size == 8192
    assert not desk.session.pair.needs_reload


@pytest.mark.parametrize("demo", [True, False])
def test_the_first_start_loads_the_demo_where_there_is_one(qtbot, tmp_path, monkeypatch, demo):
    monkeypatch.setenv("SLIPSTREAM_MODELS", str(tmp_path / "models"))
    (tmp_path / "models").mkdir()
    if demo:
        model_file(tmp_path / "models", "SmolLM2-135M-Instruct.Q4_1.gguf")
    with open_desk(qtbot, tmp_path / "home") as desk:
        desk.session.start()
        if demo:
            desk.wait(lambda: desk.session.pair.state is PairState.READY)
            assert desk.session.settings.draft == NGRAM
            assert desk.session.status.drafting
        else:
            assert desk.session.pair.state is PairState.NONE


def test_a_remembered_model_that_is_gone_is_told(qtbot, tmp_path):
    with open_desk(qtbot, tmp_path) as desk:
        desk.session.preferences.update(target=str(tmp_path / "gone.gguf"))
        desk.session.start()
        desk.wait(lambda: bool(desk.notices))
        assert "gone.gguf" in desk.notices[-1].message
        assert desk.session.pair.state is PairState.NONE
        assert Path(desk.session.settings.target).name == "gone.gguf"


def test_a_load_that_had_to_be_ended_says_so(qtbot, tmp_path):
    engine = ScriptedEngine(gated=True, cancel_hint="The engine did not answer and was ended")
    with open_desk(qtbot, tmp_path, engine) as desk:
        desk.session.choose_target(desk.model)
        desk.wait(lambda: len(engine.specs) == 1)
        desk.session.pair.cancel()
        engine.allow(10)
        desk.wait(lambda: desk.session.pair.state is PairState.NONE)
        (notice,) = desk.notices
        assert notice.message == "Loading was cancelled."
        assert notice.hint == engine.cancel_hint
