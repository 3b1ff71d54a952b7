"""Where Slipstream keeps things. `SLIPSTREAM_HOME` moves all of it under one folder (tests, portable use)."""

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

from slipstream.core.errors import AppError

HOME_VARIABLE = "SLIPSTREAM_HOME"
MODELS_VARIABLE = "SLIPSTREAM_MODELS"
BENCHMARKS = "benchmarks"  # a folder beside the database
DEMO_MODEL = "SmolLM2-135M-Instruct.Q4_1.gguf"


@dataclass(frozen=True)
class AppPaths:
    """Folders of one installation; none is created by naming it."""

    data: Path  # conversations, backups: what must not be lost
    config: Path  # settings.json
    logs: Path
    cache: Path  # what can be made again

    @property
    def database(self) -> Path:
        return self.data / "slipstream.sqlite3"

    @property
    def settings_file(self) -> Path:
        return self.config / "settings.json"

    @property
    def presets_file(self) -> Path:
        """A person's own presets (`core.presets`)."""
        return self.config / "presets.json"

    @property
    def measurements_file(self) -> Path:
        """Measured step costs per model pair (`core.costs`)."""
        return self.data / "measurements.json"

    @property
    def benchmarks(self) -> Path:
        """Records of headless benchmarks, one file each."""
        return self.data / BENCHMARKS

    @property
    def models(self) -> Path:
        """Downloaded models, as `owner/repository/file`."""
        return self.data / "models"

    def create(self) -> "AppPaths":
        """Make the folders. Raises OSError where that cannot be done."""
        for folder in (self.data, self.config, self.logs, self.cache):
            folder.mkdir(parents=True, exist_ok=True)
        return self


def default_paths() -> AppPaths:
    """The platform's folders, or those below `$SLIPSTREAM_HOME`.

    Raises AppError where there is no home.
    """
    if home := os.environ.get(HOME_VARIABLE):
        try:
            root = Path(home).expanduser()
        except RuntimeError as error:
            raise AppError(
                f"{HOME_VARIABLE} is {home}, and there is no such home folder",
                "Write the folder's whole path",
            ) from error
        return AppPaths(root / "data", root / "config", root / "logs", root / "cache")
    dirs = PlatformDirs("slipstream", appauthor=False)
    try:
        folders = (dirs.user_data_dir, dirs.user_config_dir, dirs.user_log_dir, dirs.user_cache_dir)
    except RuntimeError as error:
        raise AppError(
            "There is no home folder to keep anything in", f"Name a folder in the variable {HOME_VARIABLE}"
        ) from error
    return AppPaths(*map(Path, folders))


def resources_dir() -> Path:
    """The `resources` folder: inside an installed package, or at the top of a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "resources"
    return installed if installed.is_dir() else package.parents[1] / "resources"


def demo_model(paths: AppPaths) -> Path | None:
    """The bundled demo model, where the set-up has fetched it; else None.

    Looked for in `$SLIPSTREAM_MODELS`, then in the cache folder's `models`.
    """
    folders = [paths.cache / "models"]
    if told := os.environ.get(MODELS_VARIABLE):
        folders.insert(0, Path(os.path.expanduser(told)))  # Path's raises for an unknown name
    return next((f / DEMO_MODEL for f in folders if is_file(f / DEMO_MODEL)), None)


def is_file(path: Path) -> bool:
    """Whether a file is there, as far as this person may know: what may not be looked at is none."""
    try:
        return path.is_file()
    except OSError:
        return False
