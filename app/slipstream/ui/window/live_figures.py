"""Feeds the dashboard from whichever answer is being written."""

from PySide6.QtCore import QObject, Slot

from slipstream.bridge.engine_messages import Levels
from slipstream.bridge.session import Session
from slipstream.core.chat import Drafting, GenerateRequest
from slipstream.core.events import StepDone
from slipstream.core.metrics import RunStats
from slipstream.ui.dashboard.panel import DashboardPanel


class LiveFigures(QObject):
    """Connects itself; nobody calls it."""

    def __init__(self, session: Session, dashboard: DashboardPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._dashboard = dashboard
        session.levels_changed.connect(self._on_levels)
        session.chat.run_begun.connect(self._on_run_begun)
        session.chat.stepped.connect(self._on_stepped)
        session.chat.run_ended.connect(self._on_run_ended)

    @Slot(object)
    def _on_levels(self, levels: Levels) -> None:
        self._dashboard.set_plain_level(levels.plain_tokens_per_second)
        self._dashboard.set_break_even(levels.break_even_tau)

    @Slot(object)
    def _on_run_begun(self, request: GenerateRequest) -> None:
        loaded = self._session.pair.loaded
        self._dashboard.set_calm(loaded is not None and loaded.target.gpu_layers == 0)
        speculation = request.speculation
        drafting = speculation.drafting is not Drafting.NONE and speculation.draft_max != 0
        self._dashboard.begin_run(self._session.pair.levels.plain_tokens_per_second, drafting)

    @Slot(object)
    def _on_stepped(self, steps: tuple[StepDone, ...]) -> None:
        self._dashboard.add_steps([step.record for step in steps])

    @Slot(object)
    def _on_run_ended(self, stats: RunStats | None) -> None:
        self._dashboard.finish_run(stats)
