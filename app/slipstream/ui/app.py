"""The window's process from the command line to the last line of the log: one application, one window.

Shows the window first; the store is opened and models are loaded after its first paint. A second start on
the same data folder raises the first window and ends.
"""

import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from slipstream.bridge.session import Session
from slipstream.bridge.told import told
from slipstream.core.errors import AppError
from slipstream.core.paths import AppPaths, resources_dir
from slipstream.ui.bugs import BugHooks
from slipstream.ui.display import ending_in_one_line, require_display
from slipstream.ui.garbage import WindowThreadGarbage
from slipstream.ui.instance import FirstInstance, raise_first
from slipstream.ui.language import Language
from slipstream.ui.quit_signals import QuitSignals
from slipstream.ui.theme import ThemeManager
from slipstream.ui.window.main_window import MainWindow

TRACE_VARIABLE = "SLIPSTREAM_TRACE_START"


def seconds_since_start() -> float | None:
    """Seconds since this process was started; None where the system does not tell."""
    try:
        fields = Path("/proc/self/stat").read_text("utf-8").rpartition(")")[2].split()
        started = int(fields[19]) / os.sysconf("SC_CLK_TCK")  # field 22 of proc(5), since boot
    except (OSError, ValueError, IndexError, AttributeError):
        return None
    return time.clock_gettime(time.CLOCK_BOOTTIME) - started


def make_application(argv: Sequence[str]) -> QApplication:
    app = QApplication(["slipstream", *argv])
    app.setApplicationName("slipstream")
    app.setApplicationDisplayName("Slipstream")
    app.setDesktopFileName("slipstream")
    app.setWindowIcon(QIcon(str(resources_dir() / "icons" / "slipstream.svg")))
    return app


class WindowStart(QObject):
    """What happens once the window is there: the trace, the store, the model."""

    def __init__(self, window: MainWindow, session: Session, files: Sequence[Path]) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._files = tuple(files)
        window.painted.connect(self._on_painted)

    @Slot()
    def _on_painted(self) -> None:
        if os.environ.get(TRACE_VARIABLE) == "1":
            seconds = seconds_since_start()
            shown = "unknown" if seconds is None else f"{seconds:.2f} s"
            print(f"window visible after {shown}", file=sys.stderr, flush=True)  # noqa: T201
        QTimer.singleShot(0, self, self._on_shown)

    @Slot()
    def _on_shown(self) -> None:
        self._session.start(load=not self._files)
        self._window.commands.take_files(self._files, as_draft=False)


def tell_no_start(error: AppError) -> None:
    """Say why there will be no window: whoever clicked an icon sees no terminal."""
    box = QMessageBox(QMessageBox.Icon.Critical, "Slipstream", told(error.message))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(told(error.hint))
    box.exec()


def _composed(compose: Callable[[AppPaths], Session], paths: AppPaths) -> Session:
    """What is behind the window. Raises AppError, also where the system refuses what nobody can do without."""
    try:
        return compose(paths)
    except OSError as error:
        raise AppError(
            QCoreApplication.translate("Start", "Slipstream cannot start: {0}").format(
                error.strerror or error
            ),
            QCoreApplication.translate("Start", "Free some space and memory, then try again."),
        ) from error


def run_window(paths: AppPaths, argv: Sequence[str], compose: Callable[[AppPaths], Session]) -> int:
    """Show the window until it is closed; the exit status. `argv` may name model files to open.

    `compose` makes what is behind the window. Another instance on this data folder is raised instead.
    Raises AppError, after a dialog has told it, where the application cannot start.
    """
    require_display()
    with ending_in_one_line():
        app = make_application(argv)
    if raise_first(paths.data):
        return 0
    _garbage = WindowThreadGarbage()  # to the end of the process: the last threads may outlive the window
    language = Language(app)
    language.speak("system")  # what goes wrong before the settings are read is told in it
    bugs = BugHooks()
    signals = QuitSignals()
    first = FirstInstance(paths.data)
    themes = ThemeManager()
    try:
        session = _composed(compose, paths)
    except AppError as error:
        tell_no_start(error)
        first.close()
        signals.remove()
        bugs.remove()
        raise
    language.speak(session.settings.language)
    themes.set_mode(session.settings.theme)
    themes.apply(app)
    window = MainWindow(session, themes, paths)
    first.raise_wanted.connect(window.raise_up)
    bugs.found.connect(session.tell_bug)
    signals.asked.connect(window.close)
    files = [Path(name) for name in app.arguments()[1:] if not name.startswith("-")]
    WindowStart(window, session, files)
    window.show()
    status = app.exec()
    ended = session.close()
    first.close()
    signals.remove()
    bugs.remove()
    if not ended:
        os._exit(status or 1)  # a thread hangs: what could be saved is; do not wait for the rest
    return status
