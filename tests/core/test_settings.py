"""Settings: what is written, and what is made of a file in any state."""

import json
from dataclasses import MISSING, replace
from pathlib import Path
from typing import Any

import pytest

from slipstream.core.chat import AcceptRule
from slipstream.core.settings import Settings, load_settings, save_settings, setting_fields


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def write_values(path: Path, values: Any) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"schema": 1, "values": values}), "utf-8")


def test_without_a_file_the_defaults_are_used(path: Path) -> None:
    assert load_settings(path) == (Settings(), None)


def test_what_is_saved_comes_back(path: Path) -> None:
    settings = Settings(
        theme="dark",
        temperature=0.0,
        top_k=0,
        system_prompt='Sei kurz. 你好 🙂\n"quoted"',
        speculate=False,
        target="/models/größer.gguf",
        recent_models=("/a.gguf", "/b.gguf"),
    )
    save_settings(settings, path)
    assert load_settings(path) == (settings, None)


def test_only_what_differs_from_the_defaults_is_written(path: Path) -> None:
    save_settings(Settings(top_k=7), path)
    assert json.loads(path.read_text("utf-8")) == {"schema": 1, "values": {"top_k": 7}}


def test_text_that_is_no_utf_8_comes_back(path: Path) -> None:
    """A file's name may hold any bytes; Python carries them as lone surrogates."""
    settings = Settings(target="/models/\udcff.gguf", system_prompt="\ud83d")
    save_settings(settings, path)
    assert load_settings(path) == (settings, None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("temperature", 2.1),
        ("temperature", -0.1),
        ("temperature", float("nan")),
        ("temperature", "hot"),
        ("temperature", True),
        ("temperature", 10**400),
        ("temperature", None),
        ("top_k", 3.5),
        ("top_k", 1001),
        ("max_tokens", 0),
        ("speculate", 1),
        ("theme", "pink"),
        ("system_prompt", ["a"]),
        ("recent_models", "a"),
        ("recent_models", [1]),
    ],
)
def test_a_value_the_field_cannot_hold_is_left_out_and_told(path: Path, name: str, value: Any) -> None:
    write_values(path, {name: value, "min_p": 0.1})
    settings, notice = load_settings(path)
    assert settings == Settings(min_p=0.1)
    assert notice is not None
    assert name in notice


def test_a_whole_number_will_do_for_a_decimal(path: Path) -> None:
    write_values(path, {"temperature": 1})
    settings, notice = load_settings(path)
    assert (settings.temperature, type(settings.temperature), notice) == (1.0, float, None)


def test_keys_of_another_version_are_ignored(path: Path) -> None:
    write_values(path, {"of_tomorrow": 1, "top_k": 5})
    assert load_settings(path) == (Settings(top_k=5), None)


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"[]", b"null", b"{}", b'{"values": 3}', b"\xff\xfe\x00garbage"),
        *(b'{"values": {"top_k": 5}', b"[" * 100_000),
    ],
)
def test_a_damaged_file_is_set_aside_and_told(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    settings, notice = load_settings(path)
    assert settings == Settings()
    assert notice is not None
    assert "settings.json.damaged" in notice
    assert not path.exists()
    assert path.with_name("settings.json.damaged").read_bytes() == content


def test_with_values_makes_another(path: Path) -> None:
    before = Settings()
    assert before.with_values(top_k=3) == replace(before, top_k=3)
    assert before == Settings()


@pytest.mark.parametrize("spec", setting_fields(), ids=lambda spec: spec.name)
def test_every_field_can_build_its_row_of_the_dialog(spec: Any) -> None:
    assert spec.metadata["label"]
    assert spec.default is not MISSING
    if "choices" in spec.metadata:
        assert spec.default in spec.metadata["choices"]
        assert set(spec.metadata.get("captions", ())) <= set(spec.metadata["choices"])
    if isinstance(spec.default, int | float) and not isinstance(spec.default, bool):
        assert spec.metadata["minimum"] <= spec.default <= spec.metadata["maximum"]
        assert type(spec.metadata["minimum"]) is type(spec.default)
        assert spec.metadata["help"]


@pytest.mark.parametrize("spec", setting_fields(), ids=lambda spec: spec.name)
def test_the_limits_themselves_can_be_saved(path: Path, spec: Any) -> None:
    for limit in ("minimum", "maximum"):
        if limit in spec.metadata:
            settings = Settings(**{spec.name: spec.metadata[limit]})
            save_settings(settings, path)
            assert load_settings(path) == (settings, None)


def test_rules_that_change_the_output_are_offered_by_that_name() -> None:
    spec = next(spec for spec in setting_fields() if spec.name == "accept")
    for choice, caption in spec.metadata["captions"].items():
        assert AcceptRule(choice).changes_output == ("changes the output" in caption)


def test_a_damaged_file_that_cannot_be_set_aside_is_told_as_it_is(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"{")
    path.with_name("settings.json.damaged").mkdir()
    (path.with_name("settings.json.damaged") / "in the way").touch()
    assert load_settings(path) == (Settings(), "The settings could not be read and were reset")
    assert path.read_bytes() == b"{"
