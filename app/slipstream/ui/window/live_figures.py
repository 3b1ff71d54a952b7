"""Feeds the dashboard from whichever answer is being written."""

from PySide6.QtCore import QObject, Slot

from slipstream.bridge.engine_messages import Levels
from slipstream.bridge.memory_state import MemoryState, Owner, held, told
from slipstream.bridge.session import Session
from slipstream.bridge.status import Status
from slipstream.core.chat import Drafting, GenerateRequest
from slipstream.core.events import StepDone
from slipstream.core.metrics import RunStats
from slipstream.ui.dashboard.memory_bar import MemoryPart
from slipstream.ui.dashboard.panel import DashboardPanel


class LiveFigures(QObject):
    """Connects itself; nobody calls it."""

    def __init__(
        self, session: Session, dashboard: DashboardPanel, memory: MemoryState, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._dashboard = dashboard
        self._memory = memory
        session.levels_changed.connect(self._on_levels)
        session.chat.run_begun.connect(self._on_run_begun)
        session.chat.stepped.connect(self._on_stepped)
        session.chat.run_ended.connect(self._on_run_ended)
        session.status_changed.connect(self._on_status)
        session.pair.changed.connect(self._on_memory)
        memory.changed.connect(self._on_memory)
        self._on_memory()

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
        level = self._session.pair.levels.plain_tokens_per_second
        live = self._session.chat.live
        if live is not None:
            self._dashboard.begin_run(level, drafting, live.answer, live.tokens_before)
        else:
            self._dashboard.begin_run(level, drafting)
        self._dashboard.set_reason(self._session.status.draft)

    @Slot(object)
    def _on_stepped(self, steps: tuple[StepDone, ...]) -> None:
        self._dashboard.add_steps([step.record for step in steps])

    @Slot(object)
    def _on_run_ended(self, stats: RunStats | None) -> None:
        self._dashboard.finish_run(stats)

    @Slot(object)
    def _on_status(self, status: Status) -> None:
        """What is said of drafting belongs to the answer that is written; between two answers, to the next one."""
        if self._session.chat.live is not None:
            self._dashboard.set_reason(status.draft)

    @Slot()
    def _on_memory(self) -> None:
        """The very figures of the bars in the status line; they know of each memory, here it is one sum a model."""
        loaded, bars = self._session.pair.loaded, self._memory.bars
        owners = ((Owner.TARGET, self.tr("model")), (Owner.DRAFT, self.tr("draft")))
        parts = tuple(MemoryPart(name, held(bars, owner)) for owner, name in owners if held(bars, owner))
        context = loaded.n_ctx if loaded is not None else None
        self._dashboard.page.memory.show_parts(parts, context, told(bars))
