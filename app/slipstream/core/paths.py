"""Where Slipstream keeps things. `SLIPSTREAM_HOME` moves all of it under one folder (tests, portable use)."""

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

HOME_VARIABLE = "SLIPSTREAM_HOME"
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
    """The platform's folders, or those below `$SLIPSTREAM_HOME`."""
    if home := os.environ.get(HOME_VARIABLE):
        root = Path(home).expanduser()
        return AppPaths(root / "data", root / "config", root / "logs", root / "cache")
    dirs = PlatformDirs("slipstream", appauthor=False)
    return AppPaths(
        Path(dirs.user_data_dir),
        Path(dirs.user_config_dir),
        Path(dirs.user_log_dir),
        Path(dirs.user_cache_dir),
    )


def resources_dir() -> Path:
    """The `resources` folder: inside an installed package, or at the top of a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "resources"
    return installed if installed.is_dir() else package.parents[1] / "resources"


def demo_model(paths: AppPaths) -> Path | None:
    """The bundled demo model, where the set-up has fetched it; else None.

    Looked for in `$SLIPSTREAM_MODELS`, then in the cache folder's `models`.
    """
    folders = (
        [Path(os.environ["SLIPSTREAM_MODELS"]).expanduser()] if os.environ.get("SLIPSTREAM_MODELS") else []
    )
    folders.append(paths.cache / "models")
    return next((f / DEMO_MODEL for f in folders if (f / DEMO_MODEL).is_file()), None)
