"""A conversation's parameters: chosen, changed, kept with it, and what the next answer is asked with."""

import pytest
from desk import open_desk

from slipstream.core.presets import BUILT_IN, OwnParameters
from slipstream.core.settings import Settings


@pytest.fixture
def parameters(desk):
    return desk.session.parameters


def asked(desk):
    return desk.engine.requests[-1].sampling


def test_a_new_conversation_begins_with_what_suits_the_model(desk, parameters):
    assert (parameters.preset, parameters.own) == ("Balanced", OwnParameters())
    desk.send("Go")
    assert asked(desk).temperature == 0.6


def test_a_preset_and_a_value_stay_with_their_conversation(desk, qtbot, tmp_path, parameters):
    parameters.choose("Greedy")
    parameters.set("max_tokens", 9)
    desk.send("First")
    assert (asked(desk).temperature, desk.engine.requests[-1].max_tokens) == (0.0, 9)
    first = desk.session.chat.current
    desk.session.chat.new()
    assert parameters.own == OwnParameters()
    desk.send("Second")
    assert asked(desk).temperature == 0.6
    parameters.set("temperature", 1.25)
    desk.session.chat.open(first)
    desk.wait(lambda: desk.session.chat.current == first)
    assert parameters.own == OwnParameters("Greedy", {"max_tokens": 9})
    assert desk.session.close()
    with open_desk(qtbot, tmp_path) as again:
        again.start()
        again.session.chat.open(first)
        again.wait(lambda: again.session.chat.current == first)
        assert again.session.parameters.own == OwnParameters("Greedy", {"max_tokens": 9})
        again.send("More")
        assert asked(again).temperature == 0.0


def test_a_conversation_that_was_left_before_it_was_made_keeps_its_own(desk, parameters):
    parameters.choose("Creative")
    desk.session.chat.send("Go")
    desk.session.chat.new()  # before the store has answered
    assert parameters.own == OwnParameters()
    desk.idle()
    made = desk.engine.requests[-1]
    assert made.sampling.temperature == 1.0
    desk.wait(lambda: desk.session.conversations.rowCount() == 1)
    desk.session.chat.open(desk.session.conversations.index(0).data(0x100))
    desk.wait(lambda: desk.session.chat.current is not None)
    assert parameters.preset == "Creative"


def test_a_value_set_back_is_no_value_of_its_own(desk, parameters):
    parameters.set("temperature", 1.0)
    assert parameters.own.values == {"temperature": 1.0}
    parameters.set("temperature", 0.6)
    assert parameters.own == OwnParameters()
    with pytest.raises(ValueError, match="theme"):
        parameters.set("theme", "dark")


def test_presets_are_saved_changed_and_removed(desk, qtbot, tmp_path, parameters):
    parameters.set("temperature", 0.33)
    parameters.save_preset("  My   own ")
    assert parameters.own == OwnParameters("My own")
    assert parameters.settings.temperature == 0.33
    parameters.use_for_new("My own")
    desk.session.chat.new()
    assert parameters.preset == "My own"
    parameters.choose("Greedy")
    parameters.set("top_k", 3)
    parameters.save_preset("Greedy")
    assert parameters.edited == {"My own", "Greedy"}
    assert desk.session.close()
    with open_desk(qtbot, tmp_path) as again:
        found = again.session.parameters
        assert found.preset == "My own"
        assert found.presets["Greedy"].values["top_k"] == 3
        found.remove_preset("Greedy")
        found.remove_preset("My own")
        assert found.presets == BUILT_IN
        assert found.preset == "Balanced"


def test_a_preset_that_cannot_be_saved_is_said_and_loses_nothing(desk, parameters):
    desk.paths.presets_file.mkdir()
    parameters.set("temperature", 0.33)
    parameters.save_preset("Mine")
    assert any("preset could not be saved" in notice.message for notice in desk.notices)
    assert parameters.settings.temperature == 0.33
    assert parameters.presets == BUILT_IN


def test_what_the_settings_say_for_all_acts_until_a_conversation_says_otherwise(desk, parameters):
    desk.session.preferences.update(temperature=0.9)
    assert parameters.settings.temperature == 0.9
    parameters.choose("Greedy")
    assert parameters.settings.temperature == 0.0
    assert desk.session.settings.temperature == 0.9
    assert Settings().temperature == 0.6


def test_presets_that_cannot_be_read_are_said(qtbot, tmp_path):
    file = tmp_path / "config" / "presets.json"
    file.parent.mkdir()
    file.write_text("{", "utf-8")
    with open_desk(qtbot, tmp_path) as desk:
        desk.start()
        assert any("presets could not be read" in notice.message for notice in desk.notices)
