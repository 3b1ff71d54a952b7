"""Opens the Models window: imported, on a thread, and made, with all that is behind it, when it is first wanted."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from slipstream.bridge.session import Session
from slipstream.ui.importing import Importing
from slipstream.ui.theme import ThemeManager

if TYPE_CHECKING:
    from slipstream.ui.models.window import ModelsWindow

# The window, and what the session and its parts import when they make what is behind it.
MODULES = (
    "slipstream.ui.models.window",
    "slipstream.bridge.arrivals",
    "slipstream.bridge.model_desk",
    "slipstream.models.our_library",
)

AT_ONCE_S = 0.01  # what was imported before opens without a detour


class ModelsOpener(QObject):
    """`window` is there soon after it was first opened. Signals: `opened()`, when it is made; `file_wanted()`;
    `remedy_chosen(Remedy, Notice)`.
    """

    opened = Signal()
    file_wanted = Signal()
    remedy_chosen = Signal(object, object)

    def __init__(self, session: Session, themes: ThemeManager, kept: Path, parent: QWidget) -> None:
        """`kept` is the file that says where windows were."""
        super().__init__(parent)
        self._session = session
        self._themes = themes
        self._kept = kept
        self._parent = parent
        self._is_wanted = self._are_drafts_wanted = False
        self.window: ModelsWindow | None = None
        self._importing = Importing(*MODULES, parent=self)
        self._importing.ready.connect(self._on_ready)

    @Slot()
    def open(self) -> None:
        """As it was left."""
        self._is_wanted = True
        self._go_on()

    @Slot()
    def open_drafts(self) -> None:
        """At the model that is loaded, and who drafts for it."""
        self._are_drafts_wanted = True
        self.open()

    @Slot()
    def close(self) -> None:
        self._is_wanted = self._are_drafts_wanted = False
        if self.window is not None:
            self.window.close()

    def _go_on(self) -> None:
        if self._importing.is_ready:
            self._show()
        else:
            self._importing.load(AT_ONCE_S)

    @Slot()
    def _on_ready(self) -> None:
        if self._is_wanted:
            self._show()

    def _show(self) -> None:
        from slipstream.ui.models.window import ModelsWindow, Page  # noqa: PLC0415  (imported by now)

        if self.window is None:
            self.window = ModelsWindow(self._session, self._themes, self._kept, self._parent)
            self.window.file_wanted.connect(self.file_wanted)
            self.window.banners.remedy_chosen.connect(self.remedy_chosen)
            self.opened.emit()
        self.window.open(Page.LIBRARY if self._are_drafts_wanted else None)
        if self._are_drafts_wanted:
            self.window.library.choose(self._session.pair.target)
        self._is_wanted = self._are_drafts_wanted = False
