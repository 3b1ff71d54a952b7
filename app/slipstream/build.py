"""The composition root: the only place where the parts are put together.

`compose` makes everything behind a window; `open_window` shows it. Headless commands take from here what
they need.
"""

import logging
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from slipstream.bridge.engine_thread import EngineParts, EngineThread
from slipstream.bridge.formula_thread import FormulaThread
from slipstream.bridge.preferences import Preferences
from slipstream.bridge.session import Session
from slipstream.bridge.store_thread import StoreThread
from slipstream.core.chat import PairSpec
from slipstream.core.engine import Engine
from slipstream.core.errors import AppError
from slipstream.core.file_hashes import FileHashes
from slipstream.core.measurements import Measurements
from slipstream.core.paths import HOME_VARIABLE, AppPaths, demo_model, resources_dir
from slipstream.core.presets import PresetsFile
from slipstream.core.settings import load_settings
from slipstream.engine.process import ProcessEngine
from slipstream.formulas.process import FormulaProcess

if TYPE_CHECKING:
    from slipstream.bridge.model_answers import ModelParts
    from slipstream.models.gguf_header import GgufHeader
    from slipstream.models.hub import Hub

log = logging.getLogger(__name__)


def engine_build() -> str:
    """Which engine writes the answers, for the records; llama.cpp itself is not loaded for it."""
    try:
        return f"llama-cpp-python {version('llama-cpp-python')}"
    except PackageNotFoundError:
        return "llama-cpp-python"


class MeasurementsFile:
    """All pair records of this machine, kept in one file. Used by one thread at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.measurements = Measurements.load(path)
        if self.measurements.problem:
            log.warning("measuring anew: %s", self.measurements.problem)

    def save(self) -> None:
        """Write them down. A full disk costs a measurement, not an answer."""
        try:
            self.measurements.save(self._path)
        except OSError as error:
            log.warning("measurements were not saved: %s", error)


def _check_file(path: Path) -> object:
    """`models.inspect.check_file`, imported by the engine's thread when the first model is loaded."""
    from slipstream.models.inspect import check_file  # noqa: PLC0415

    return check_file(path)


def _foretell(spec: PairSpec, target: "GgufHeader", draft: "GgufHeader | None") -> PairSpec:
    """`models.foretell.foretold`, imported as late."""
    from slipstream.models.foretell import foretold  # noqa: PLC0415

    return foretold(spec, target, draft)


def _what_fits(spec: PairSpec, target: "GgufHeader", draft: "GgufHeader | None") -> str:
    """`models.what_fits.what_fits`, imported as late."""
    from slipstream.models.what_fits import what_fits  # noqa: PLC0415

    return what_fits(spec, target, draft)


def _parts(path: Path) -> list[Path]:
    """A model's files: one, or all parts of a split one."""
    from slipstream.models.split_files import parse_split_name  # noqa: PLC0415  # as above

    split = parse_split_name(path.name)
    return [path.with_name(name) for name in split.all()] if split else [path]


def model_parts(paths: AppPaths, hub: "Hub | None" = None, home: Path | None = None) -> "ModelParts":
    """What the Models window works with, imported when it is first opened.

    `hub` and `home`, the home folder, replace this person's (tests).
    """
    from slipstream.bridge.download_thread import DownloadParts  # noqa: PLC0415
    from slipstream.bridge.model_answers import ModelParts  # noqa: PLC0415
    from slipstream.models.catalog import load_catalog  # noqa: PLC0415
    from slipstream.models.hub import Hub  # noqa: PLC0415
    from slipstream.models.our_library import open_library, own_folders  # noqa: PLC0415

    hub = hub or Hub()
    return ModelParts(
        hub=hub,
        downloads=DownloadParts(hub, paths.models),
        open_library=lambda folders: open_library(paths, folders, home),
        own=own_folders(paths),
        measurements=paths.measurements_file,
        catalog=load_catalog(resources_dir()),
    )


def compose(
    paths: AppPaths,
    engine: Engine | None = None,
    models: "Callable[[], ModelParts] | None" = None,
) -> Session:
    """Everything behind a window. Needs a QCoreApplication; `engine` replaces the child process, `models` what is
    behind the Models window (tests).

    Raises AppError where the folders cannot be made.
    """
    from slipstream.store import Store  # noqa: PLC0415

    try:
        paths.create()
    except OSError as error:
        folder = error.filename or paths.data
        raise AppError(
            QCoreApplication.translate("Start", "Slipstream cannot make its folder {0}: {1}").format(
                folder, error.strerror or error
            ),
            QCoreApplication.translate(
                "Start", "Make the folder usable, or name another one in the variable {0}."
            ).format(HOME_VARIABLE),
        ) from error
    settings, greeting = load_settings(paths.settings_file)
    presets = PresetsFile(paths.presets_file)
    greeting = ". ".join(filter(None, (greeting, presets.problem))) or None
    measurements = MeasurementsFile(paths.measurements_file)
    if engine is None:
        engine = ProcessEngine(paths.logs)
    engine.know(measurements.measurements)
    hashes = FileHashes(paths.cache / "hashes.json")
    parts = EngineParts(
        *(engine, _check_file, measurements.save),
        hash_model=lambda path: hashes.of(_parts(path)),
        foretell=_foretell,
        what_fits=_what_fits,
        build=engine_build(),
    )
    return Session(
        EngineThread(parts),
        StoreThread(lambda: Store.open(paths.database), engine_build()),
        FormulaThread(FormulaProcess()),
        Preferences(settings, paths.settings_file),
        presets,
        demo_model(paths),
        greeting,
        models or partial(model_parts, paths),
    )


def open_window(paths: AppPaths, argv: Sequence[str]) -> int:
    """Show the window until it is closed; the exit status."""
    from slipstream.ui.app import run_window  # noqa: PLC0415  (headless commands need no Qt widgets)

    return run_window(paths, argv, compose)
