"""Which value an answer is written with, and the file of a person's own presets."""

from dataclasses import replace
from pathlib import Path

import pytest

from slipstream.core.events import ModelInfo, PairLoaded
from slipstream.core.presets import (
    BALANCED,
    BUILT_IN,
    CODE,
    CREATIVE,
    PARAMETERS,
    R1,
    OwnParameters,
    Preset,
    PresetsFile,
    effective,
    suiting,
)
from slipstream.core.settings import Settings


def loaded(name: str, file: str = "model.gguf", *, opens_thinking: bool = False) -> PairLoaded:
    info = ModelInfo(f"/models/{file}", name, "", 1, 1, 1, 0, ("CPU",), 10, 10)
    return PairLoaded(info, None, None, 4096, 2, "", opens_thinking)


@pytest.mark.parametrize(
    ("pair", "preset"),
    [
        (loaded("DeepSeek R1 Distill Qwen 7B"), R1),
        (loaded("", "DeepSeek-R1-Distill-Llama-8B-Q4_K_M.gguf"), R1),
        (loaded("QwQ 32B", opens_thinking=True), R1),
        (loaded("Qwen2.5 Coder 1.5B Instruct"), CODE),
        (loaded("CodeLlama"), BALANCED),  # "code" is no word of its own there
        (loaded("SmolLM2 135M Instruct"), BALANCED),
        (loaded("Mr1 bigr1"), BALANCED),
        (None, BALANCED),
    ],
)
def test_the_preset_suits_the_model(pair: PairLoaded | None, preset: Preset) -> None:
    assert suiting(pair) is preset


def test_built_in_presets_hold_usable_values() -> None:
    for preset in BUILT_IN.values():
        kept = OwnParameters(values=preset.values)
        assert OwnParameters.from_json(kept.to_json()).values == preset.values


def test_each_takes_the_place_of_the_one_before() -> None:
    settings, own = Settings(), OwnParameters()
    assert effective(settings, own, CODE).temperature == 0.2  # the preset that suits
    settings = replace(settings, preset="Creative")
    assert effective(settings, own, CODE).temperature == 1.0  # the one for new conversations
    settings = replace(settings, temperature=0.3)
    assert effective(settings, own, CODE).temperature == 0.3  # what was changed for all
    assert effective(settings, own, CODE).top_k == 0  # and nothing else
    own = OwnParameters("Greedy")
    assert effective(settings, own, CODE).temperature == 0.0  # the conversation's preset
    own = OwnParameters("Greedy", {"temperature": 0.9})
    assert effective(settings, own, CODE).temperature == 0.9  # and its own value


def test_a_preset_that_is_gone_is_as_if_none_was_chosen() -> None:
    settings = replace(Settings(), preset="gone")
    assert effective(settings, OwnParameters("gone, too"), CREATIVE) == effective(
        Settings(preset="gone"), OwnParameters(), CREATIVE
    )


def test_other_settings_are_left_alone() -> None:
    settings = replace(Settings(), draft_max=7, ctx_size=8192)
    found = effective(settings, OwnParameters("Greedy"), R1)
    assert (found.draft_max, found.ctx_size) == (7, 8192)
    assert set(R1.values) <= set(PARAMETERS)


def test_a_conversations_parameters_survive() -> None:
    own = OwnParameters("Code", {"temperature": 0.5, "system_prompt": "Be brief. ☃"})
    assert OwnParameters.from_json(own.to_json()) == own
    assert OwnParameters.from_json(OwnParameters().to_json()) == OwnParameters()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        '{"preset": 3}',
        '{"values": []}',
        '{"values": {"temperature": "hot"}}',
        "[" * 100_000,
    ],
)
def test_nonsense_is_no_parameter(text: str) -> None:
    assert OwnParameters.from_json(text) == OwnParameters()


def test_what_is_out_of_range_or_unknown_is_left_out() -> None:
    text = '{"values": {"temperature": 99, "top_p": 0.5, "threads": 4, "later": 1}}'
    assert OwnParameters.from_json(text).values == {"top_p": 0.5}


def test_own_presets_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "presets.json"
    presets = PresetsFile(file)
    mine = Preset("Müller's", {"temperature": 0.4, "system_prompt": "Hi"})
    presets.keep(mine)
    presets.keep(Preset("Code", {"temperature": 0.0}))
    again = PresetsFile(file)
    assert again.all["Müller's"] == mine
    assert again.all["Code"].values == {"temperature": 0.0}
    again.remove("Code")
    again.remove("Müller's")
    assert PresetsFile(file).all == BUILT_IN


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    file = tmp_path / "presets.json"
    file.write_text('{"presets": [', "utf-8")
    damaged = PresetsFile(file)
    assert damaged.all == BUILT_IN
    assert damaged.problem == "Your presets could not be read; the old file is presets.json.damaged"
    assert PresetsFile(file).problem is None  # told once
    assert (tmp_path / "presets.json.damaged").read_text("utf-8") == '{"presets": ['


def test_a_preset_that_cannot_be_kept_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "presets.json"
    presets = PresetsFile(file)
    (tmp_path / "folder").write_text("a file where the folder should be")
    with pytest.raises((FileExistsError, NotADirectoryError)):
        presets.keep(Preset("x", {}))
    assert presets.all == BUILT_IN
