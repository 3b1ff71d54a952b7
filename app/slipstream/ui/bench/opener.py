"""Opens the window of benchmarks when a person asks for it: it is made then, and once."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from slipstream.bridge.session import Session
from slipstream.ui.theme import ThemeManager

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from slipstream.ui.bench.window import BenchmarkWindow


class BenchmarkOpener(QObject):
    """`window` is None until it was asked for. Signals: `export_wanted(id, name, window)` of a saved benchmark;
    `remedy_chosen(Remedy, Notice)`.
    """

    export_wanted = Signal(int, str, object)
    remedy_chosen = Signal(object, object)

    def __init__(self, session: Session, themes: ThemeManager, parent: "QWidget") -> None:
        super().__init__(parent)
        self._session = session
        self._themes = themes
        self._parent = parent
        self.window: BenchmarkWindow | None = None

    @Slot()
    def open(self) -> None:
        """Show it, in front."""
        from slipstream.ui.bench.window import BenchmarkWindow  # noqa: PLC0415  # the first window starts without

        if self.window is None:
            self.window = BenchmarkWindow(self._session, self._themes, self._parent)
            self.window.saved.export_wanted.connect(self._on_export_wanted)
            self.window.banners.remedy_chosen.connect(self.remedy_chosen)
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.activateWindow()

    @Slot(int, str)
    def _on_export_wanted(self, number: int, name: str) -> None:
        self.export_wanted.emit(number, name, self.window)
