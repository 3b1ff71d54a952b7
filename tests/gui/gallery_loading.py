"""Pictures of how models are loaded: the settings, the token, the memory bars, light and dark, to be looked at.

    .venv/bin/python tests/gui/gallery_loading.py FOLDER

QT_SCALE_FACTOR=2 shows them at 200 %.
"""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
sys.path.append(str(Path(__file__).parents[1] / "bridge"))
sys.path.append(str(Path(__file__).parents[1] / "models"))

from desk import model_file
from gallery_waiting import until
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from scripted_engine import ScriptedEngine

from slipstream.bridge.pair import PairState
from slipstream.build import compose
from slipstream.core.memory_use import DeviceMemory, DeviceUse, Placement
from slipstream.core.paths import AppPaths
from slipstream.ui.theme import ThemeManager
from slipstream.ui.window.main_window import MainWindow

GB = 10**9
PLACEMENT = Placement(
    target=(
        DeviceUse("CPU", 4, weights=2 * GB, cache=GB // 2, compute=GB // 10, mapped=2 * GB),
        DeviceUse("CUDA0", 25, weights=4 * GB, cache=GB, compute=GB // 2),
    ),
    draft=(DeviceUse("CUDA0", 25, weights=GB, cache=GB // 4, compute=GB // 4),),
    devices=(
        DeviceMemory("CUDA0", "NVIDIA GeForce RTX 4070", free=4 * GB, total=12 * GB),
        DeviceMemory("CUDA1", "NVIDIA GeForce RTX 3060", free=11 * GB, total=12 * GB),
    ),
)


def main(folder: Path) -> None:
    app = QApplication([])
    app.setFont(QFont("Inter"))
    folder.mkdir(parents=True, exist_ok=True)
    themes = ThemeManager()
    themes.apply(app)
    with tempfile.TemporaryDirectory() as home:
        paths = AppPaths(*(Path(home) / name for name in ("data", "config", "logs", "cache"))).create()
        session = compose(paths, ScriptedEngine(placement=PLACEMENT, gpu_layers=25))
        window = MainWindow(session, themes, paths)
        window.resize(1180, 760)
        window.show()
        session.start(load=False)
        names = ("DeepSeek-R1-Distill-Qwen-7B-Q4_K_M.gguf", "DeepSeek-R1-DRAFT-Qwen2.5-0.5B-Q8_0.gguf")
        session.choose_pair(*(model_file(Path(home), name) for name in names))
        until(lambda: session.pair.state is PairState.READY)
        session.preferences.update(
            model_folders=("/data/models", "/home/ada/a very long way/to a folder/models")
        )
        for mode in ("light", "dark"):
            themes.set_mode(mode)
            take(window, folder, mode)
        window.close()
        session.close()


def take(window: MainWindow, folder: Path, mode: str) -> None:
    until(lambda: False, 60)
    window.grab().save(str(folder / f"loading_window_{mode}.png"))
    window.status_line.grab().save(str(folder / f"loading_status_{mode}.png"))
    tip = QLabel(window.status_line.memory.words)
    tip.setContentsMargins(8, 4, 8, 4)
    tip.grab().save(str(folder / f"loading_words_{mode}.png"))
    window.acts.settings.trigger()
    dialog = window.commands.dialog
    assert dialog is not None
    until(lambda: "oken" in dialog.token.where.text() and not window._session.token.busy)
    dialog.resize(660, 600)
    area = dialog.findChild(QScrollArea)
    page = area.widget()
    page.resize(area.viewport().width(), page.sizeHint().height())
    until(lambda: False, 60)
    page.grab().save(str(folder / f"loading_settings_{mode}.png"))
    dialog.reject()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
