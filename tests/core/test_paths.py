"""Where things are kept, and where the demo model is found."""

from pathlib import Path

import pytest

from slipstream.core.errors import AppError
from slipstream.core.paths import (
    DEMO_MODEL,
    HOME_VARIABLE,
    AppPaths,
    default_paths,
    demo_model,
    resources_dir,
)


@pytest.fixture(autouse=True)
def _no_models_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SLIPSTREAM_MODELS", raising=False)


def test_one_variable_moves_everything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    paths = default_paths()
    kept = (paths.data, paths.config, paths.logs, paths.cache, paths.database, paths.settings_file)
    assert all(path.is_relative_to(tmp_path / "home") for path in (*kept, paths.measurements_file))
    assert len(set(kept)) == len(kept)
    assert not (tmp_path / "home").exists()  # naming it makes nothing


def test_a_home_may_start_with_a_tilde(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv(HOME_VARIABLE, "~/slip")
    assert default_paths().data == tmp_path / "slip" / "data"


def test_without_it_the_platform_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(HOME_VARIABLE, raising=False)
    paths = default_paths()
    assert "slipstream" in str(paths.data)
    assert paths.data != paths.cache


def test_create_makes_the_folders_and_may_be_repeated(tmp_path: Path) -> None:
    paths = AppPaths(tmp_path / "d", tmp_path / "c", tmp_path / "l", tmp_path / "deep" / "cache")
    assert paths.create().create() is paths
    assert all(folder.is_dir() for folder in (paths.data, paths.config, paths.logs, paths.cache))


def test_the_demo_model_is_found_in_the_cache_or_where_the_variable_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    paths = AppPaths(tmp_path / "d", tmp_path / "c", tmp_path / "l", tmp_path / "cache")
    assert demo_model(paths) is None
    cached = tmp_path / "cache" / "models" / DEMO_MODEL
    cached.parent.mkdir(parents=True)
    cached.write_bytes(b"GGUF")
    assert demo_model(paths) == cached
    monkeypatch.setenv("SLIPSTREAM_MODELS", str(tmp_path / "mine"))
    assert demo_model(paths) == cached  # the variable's folder does not have it
    mine = tmp_path / "mine" / DEMO_MODEL
    mine.parent.mkdir()
    mine.write_bytes(b"GGUF")
    assert demo_model(paths) == mine


def test_the_resources_of_a_checkout_stand_at_its_top() -> None:
    assert resources_dir() == Path(__file__).resolve().parents[2] / "resources"


def test_the_home_of_nobody_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, "~nosuchuser/x")
    with pytest.raises(AppError, match=f"{HOME_VARIABLE} is ~nosuchuser/x"):
        default_paths()


def test_a_demo_model_that_may_not_be_looked_for_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    paths = AppPaths(tmp_path / "d", tmp_path / "c", tmp_path / "l", tmp_path / "cache")
    for told in ("~nosuchuser/x", "x" * 1000, str(tmp_path / "loop")):
        (tmp_path / "loop").unlink(missing_ok=True)
        (tmp_path / "loop").symlink_to(tmp_path / "loop")
        monkeypatch.setenv("SLIPSTREAM_MODELS", told)
        assert demo_model(paths) is None
