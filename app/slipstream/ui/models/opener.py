"""Opens the Models window: made, with all that is behind it, when it is first wanted."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from slipstream.bridge.session import Session
from slipstream.ui.theme import ThemeManager

if TYPE_CHECKING:
    from slipstream.ui.models.window import ModelsWindow


class ModelsOpener(QObject):
    """`window` is there once it was opened. Signals: `file_wanted()`; `remedy_chosen(Remedy, Notice)`."""

    file_wanted = Signal()
    remedy_chosen = Signal(object, object)

    def __init__(self, session: Session, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._themes = themes
        self._parent = parent
        self.window: ModelsWindow | None = None

    @Slot()
    def open(self) -> None:
        """As it was left."""
        self._made().open()

    @Slot()
    def open_drafts(self) -> None:
        """At the model that is loaded, and who drafts for it."""
        from slipstream.ui.models.window import Page  # noqa: PLC0415  (not before it is needed)

        window = self._made()
        window.open(Page.LIBRARY)
        window.library.choose(self._session.pair.target)

    @Slot()
    def close(self) -> None:
        if self.window is not None:
            self.window.close()

    def _made(self) -> "ModelsWindow":
        from slipstream.ui.models.window import ModelsWindow  # noqa: PLC0415

        if self.window is None:
            self.window = ModelsWindow(self._session, self._themes, self._parent)
            self.window.file_wanted.connect(self.file_wanted)
            self.window.banners.remedy_chosen.connect(self.remedy_chosen)
        return self.window
