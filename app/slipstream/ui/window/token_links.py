"""From a point of the figures to its token in the conversation, and from a token to its step in the figures."""

from PySide6.QtCore import QObject, Slot

from slipstream.bridge.session import Session
from slipstream.ui.dashboard.panel import DashboardPanel
from slipstream.ui.window.actions import Actions
from slipstream.ui.window.chat_pane import ChatPane
from slipstream.ui.window.earlier_runs import EarlierRuns
from slipstream.ui.window.status_line import StatusLine


class TokenLinks(QObject):
    """Connects itself; nobody calls it."""

    def __init__(
        self,
        session: Session,
        pane: ChatPane,
        dashboard: DashboardPanel,
        status_line: StatusLine,
        acts: Actions,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._pane = pane
        self._status_line = status_line
        self._acts = acts
        self._runs = EarlierRuns(session, dashboard, self)
        dashboard.token_chosen.connect(self._on_step)
        pane.view.inspector.token_chosen.connect(self._on_token)
        pane.view.figures_requested.connect(self._on_figures)

    @Slot(object, int)
    def _on_step(self, answer: int, token: int) -> None:
        """A step of the figures: its first token, in the text."""
        turns = self._pane.view.canvas.turns
        if any(turn.id == str(answer) for turn in turns):
            self._pane.places.show(str(answer), token)
        else:
            self._status_line.flash(self.tr("This answer is in another conversation"))

    @Slot(str, int)
    def _on_token(self, message: str, token: int) -> None:
        """A token of the text: its step, in the figures."""
        self._acts.dashboard.setChecked(True)
        self._runs.show(int(message), token)

    @Slot(str)
    def _on_figures(self, message: str) -> None:
        self._acts.dashboard.setChecked(True)
        self._runs.show(int(message))
