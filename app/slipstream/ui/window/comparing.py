"""Opens the comparison on what a person has typed, on what was asked last, or on what an answer was the answer to."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from slipstream.bridge.notices import Level, Notice
from slipstream.bridge.session import Session
from slipstream.bridge.side_by_side import Prompt
from slipstream.core.chat import Role
from slipstream.ui.theme import ThemeManager
from slipstream.ui.window.chat_pane import ChatPane

if TYPE_CHECKING:
    from slipstream.ui.compare.dialog import CompareDialog


def tr(text: str) -> str:
    return QCoreApplication.translate("Comparing", text)


class Comparing(QObject):
    """The window is made when it is first wanted, and kept with what was compared last.

    Signal: `export_wanted(id, name)`, of a comparison that was kept.
    """

    export_wanted = Signal(int, str)

    def __init__(self, session: Session, themes: ThemeManager, pane: ChatPane, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._themes = themes
        self._pane = pane
        self._window = window
        self.dialog: CompareDialog | None = None
        pane.view.compare_requested.connect(self.on_answer)
        pane.composer.foot.compare_wanted.connect(self.on_compare)

    @Slot()
    def on_compare(self) -> None:
        """On what is typed; where nothing is, on what was asked last."""
        comparison, chat = self._session.side_by_side, self._session.chat
        typed = self._pane.composer.text()
        asked = [turn for turn in chat.turns if turn.role is Role.USER]
        if typed.strip():
            self._open(comparison.prompt_of(typed))
        elif asked:
            self._open(comparison.prompt_at(asked[-1].id))
        elif comparison.running:
            self._open(None)
        else:
            text = tr("There is nothing to compare: write a prompt first.")
            self._session.noticed.emit(Notice(Level.INFO, text, topic="compare", seconds=8))

    @Slot(str)
    def on_answer(self, message: str) -> None:
        """On what this answer was the answer to."""
        self._open(self._session.side_by_side.prompt_at(int(message)))

    def _open(self, prompt: Prompt | None) -> None:
        from slipstream.ui.compare.dialog import CompareDialog  # noqa: PLC0415  (imports NumPy)

        if self.dialog is None:
            self.dialog = CompareDialog(self._session, self._themes, self._window)
            self.dialog.export_wanted.connect(self.export_wanted)
        if prompt is not None:
            self.dialog.ask(prompt)
        if self.dialog.isVisible():
            self.dialog.raise_()
            self.dialog.activateWindow()
        self.dialog.show()
