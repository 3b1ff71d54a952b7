"""Everything behind one window: the threads, the pair, the chat, the list; and who gets which message.

Lives on the window's thread. `build.py` makes it, the window shows it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from slipstream.bridge.benchmarks import Benchmarks
from slipstream.bridge.chat import Chat
from slipstream.bridge.conversations import Conversations
from slipstream.bridge.counting import ContextMeter, TokenCounter
from slipstream.bridge.edits import Edits
from slipstream.bridge.engine_messages import EngineReport, Levels
from slipstream.bridge.engine_thread import EngineThread
from slipstream.bridge.finder import Finder
from slipstream.bridge.formula_thread import FormulaThread
from slipstream.bridge.groups import GroupedConversations
from slipstream.bridge.known_pairs import PairKnowledge
from slipstream.bridge.notices import Level, Notice, Remedy, error_notice
from slipstream.bridge.pair import LENT, NGRAM, Pair, PairState
from slipstream.bridge.parameters import Parameters
from slipstream.bridge.preferences import Preferences
from slipstream.bridge.side_by_side import SideBySides
from slipstream.bridge.side_keeping import Comparisons
from slipstream.bridge.status import Status, status
from slipstream.bridge.steps import AnswerSteps
from slipstream.bridge.store_messages import ConversationOpened, Reply, StoreFailed, StoreOpened, TurnBegun
from slipstream.bridge.store_thread import StoreThread
from slipstream.bridge.transfers import Transfers
from slipstream.core.errors import AppError
from slipstream.core.events import LoadProgress, PairLoaded, StepDone
from slipstream.core.pace import PaceReport, steadied
from slipstream.core.presets import PresetsFile
from slipstream.core.settings import Settings

if TYPE_CHECKING:
    from slipstream.bridge.hub_token import HubToken
    from slipstream.bridge.model_answers import ModelParts
    from slipstream.bridge.model_desk import ModelDesk

UNDER_WAY = (PairState.LOADING, PairState.MEASURING)  # with progress to show, and to cancel


def tr(text: str) -> str:
    return QCoreApplication.translate("Session", text)


class Session(QObject):
    """Signals: `noticed(Notice)`, `resolved(topic)`, from all parts; `status_changed(Status)`;
    `load_progressed(fraction | None)`; `levels_changed(Levels)`; `store_ready()`.
    """

    noticed = Signal(object)
    resolved = Signal(str)
    status_changed = Signal(object)
    load_progressed = Signal(object)
    levels_changed = Signal(object)
    store_ready = Signal()

    def __init__(
        self,
        engine: EngineThread,
        store: StoreThread,
        formulas: FormulaThread,
        preferences: Preferences,
        presets: PresetsFile,
        demo: Path | None,
        greeting: str | None = None,
        model_parts: "Callable[[], ModelParts] | None" = None,
        parent: QObject | None = None,
    ) -> None:
        """`demo`: the bundled model, where there is one. `greeting`: something to tell at the start.
        `model_parts`: what `models` is made of, when it is first asked for.
        """
        super().__init__(parent)
        self.preferences = preferences
        self.demo = demo
        self._greeting = greeting
        self._model_parts = model_parts
        self._models: ModelDesk | None = None
        self._engine = engine
        self._store = store
        self.formulas = formulas
        self.pair = Pair(engine, preferences, self)
        self.parameters = Parameters(store, self.pair, preferences, presets, self)
        self.chat = Chat(engine, store, self.pair, self.parameters, self)
        self.counter = TokenCounter(engine, self.pair, self)
        self.context = ContextMeter(self.counter, self.pair, self.chat, self.parameters, self)
        self.edits = Edits(self.chat, self)
        self.conversations = Conversations(store, self)
        self.groups = GroupedConversations(self.conversations, self)
        self.finder = Finder(store, self.conversations, self.chat, self)
        self.transfers = Transfers(store, self.conversations, self.chat, self)
        self.steps = AnswerSteps(store, self.chat.save_now, self)
        self.comparisons = Comparisons(store, self)
        self.side_by_side = SideBySides(engine, self.pair, self.chat, self.parameters, self.comparisons, self)
        self.benchmarks = Benchmarks(engine, store, self.pair, self.chat, self.parameters, self)
        self.known_pairs = PairKnowledge(store, self)
        self._token: HubToken | None = None
        self._progress: LoadProgress | None = None
        self._pace: PaceReport | None = None  # what is shown of the automatic pace
        for thread in (engine, store, formulas):
            thread.setParent(self)
        preferences.setParent(self)
        engine.reported.connect(self._on_reports)
        store.replied.connect(self._on_reply)
        for part in (
            *(self.pair, self.chat, self.edits, self.conversations, self.finder, self.transfers),
            *(self.benchmarks, self.comparisons),
        ):
            part.noticed.connect(self.noticed)
        for part in (self.pair, self.chat, self.edits, self.benchmarks, self.comparisons):
            part.resolved.connect(self.resolved)
        self.parameters.changed.connect(self._on_parameters)
        self.parameters.failed.connect(self._on_settings_failed)
        preferences.failed.connect(self._on_settings_failed)
        self.pair.changed.connect(self._on_pair)
        self.pair.progressed.connect(self._on_progress)
        self.chat.busy_changed.connect(self._on_busy)
        self.chat.trouble_changed.connect(self._on_trouble)
        self.chat.stepped.connect(self._on_stepped)
        self.conversations.removed.connect(self.chat.forget)
        self.chat.run_ended.connect(self.known_pairs.refresh)
        self.benchmarks.listed.connect(self.known_pairs.refresh)

    @property
    def settings(self) -> Settings:
        return self.preferences.settings

    @property
    def models(self) -> "ModelDesk":
        """Everything behind the Models window; made when it is first asked for, and ended with the session."""
        from slipstream.bridge.arrivals import Arrivals  # noqa: PLC0415  (not before it is needed)
        from slipstream.bridge.model_desk import ModelDesk  # noqa: PLC0415

        if self._models is None:
            assert self._model_parts is not None, "made without models"
            self._models = ModelDesk(self._model_parts(), self.preferences, self.known_pairs, self)
            arrivals = Arrivals(self.chat, self.pair, self)
            self._models.target_wanted.connect(arrivals.on_target)
            self._models.pair_wanted.connect(arrivals.on_draft)
            arrivals.target_wanted.connect(self.choose_target)
            arrivals.pair_wanted.connect(self.take_pair)
            for part in (self._models, arrivals):
                part.noticed.connect(self.noticed)
                part.resolved.connect(self.resolved)
        return self._models

    @property
    def token(self) -> "HubToken":
        """The token for the hub; made when it is first asked for, and ended with the session."""
        from slipstream.bridge.hub_token import HubToken  # noqa: PLC0415  (not before it is needed)
        from slipstream.models.hub import Hub  # noqa: PLC0415

        if self._token is None:
            self._token = HubToken(Hub(), self)
        return self._token

    @property
    def status(self) -> Status:
        return status(
            self.pair.state,
            self.pair.loaded,
            self.parameters.settings,
            self._progress,
            self.chat.trouble,
            self._pace,
        )

    @property
    def why_not_measured(self) -> str:
        """Why the pair cannot be measured now; "" when it can."""
        if self.pair.state is PairState.MEASURING:
            return tr("The pair is being measured.")
        if self.pair.state is PairState.COMPARING:
            return tr("Ways to draft are being compared.")
        if self.pair.state is PairState.BENCHMARKING:
            return tr("A benchmark is running.")
        if self.pair.state is not PairState.READY:
            return tr("No model is loaded.")
        return tr("An answer is being written.") if self.chat.busy else ""

    @property
    def can_stop(self) -> bool:
        """Whether something is under way that `stop` ends."""
        return self.chat.busy or self.pair.state in LENT

    @property
    def first_start(self) -> bool:
        """Whether no model was ever chosen."""
        return not self.settings.target and not self.settings.recent_models

    def start(self, load: bool = True) -> None:
        """Open the store and, with `load`, load the model of the last time; after the window is shown."""
        if self._greeting:
            self.noticed.emit(Notice(Level.WARNING, self._greeting, topic="settings"))
        self._store.open()
        if not load:
            return
        if self.settings.target:
            self.pair.load_target(Path(self.settings.target))
        elif self.first_start and self.demo is not None:
            self.load_demo()

    def load_demo(self) -> None:
        """The bundled model; n-gram lookup drafts where nothing else was chosen, so that drafting can be seen."""
        if self.demo is not None:
            if not self.settings.draft:
                self.preferences.update(draft=NGRAM)
            self.pair.load_target(self.demo)

    @Slot(object)
    def choose_target(self, path: Path) -> None:
        """Load another model; an answer under way is stopped and kept."""
        self.chat.stop()
        self.pair.load_target(path)

    def choose_pair(self, target: Path, draft: Path) -> None:
        """Load both at once."""
        self.chat.stop()
        self.pair.load_pair(target, draft)

    @Slot(object, object)
    def take_pair(self, target: Path, draft: Path) -> None:
        """Have this draft run ahead of this model, whatever is loaded now."""
        if self.pair.target == target:
            self.choose_draft(str(draft))
        else:
            self.choose_pair(target, draft)

    def choose_draft(self, choice: str) -> None:
        """Choose who drafts, as in `Settings.draft`; an answer is stopped only where the pair must be loaded."""
        self.chat.set_trouble("")  # it was the other draft's
        self._pace = None
        self.pair.choose_draft(choice)

    def measure(self) -> None:
        """Measure the loaded pair thoroughly, where nothing else is under way."""
        if not self.why_not_measured:
            self.pair.measure()

    def stop(self) -> None:
        """End the answer, the measurement, the comparison or the benchmark under way."""
        if self.pair.state is PairState.MEASURING:
            self.pair.cancel()
        self.side_by_side.stop()
        self.benchmarks.stop()
        self.chat.stop()

    def close(self) -> bool:
        """Stop, save, end all threads. False where something did not end in time."""
        self.stop()
        self.preferences.flush()
        self.parameters.flush()
        ended = self._models is None or self._models.close()
        ended = self._engine.close() and ended
        self._engine.deliver()  # how the answer under way ended, so that it is kept
        ended = self.formulas.close() and ended
        ended = (self._token is None or self._token.close()) and ended
        return self._store.close() and ended

    @Slot(str)
    def tell_bug(self, what: str) -> None:
        """Something nobody expected; its traceback is in the log."""
        text = tr("Something went wrong inside Slipstream: {0}").format(what)
        hint = tr("The log has the details. Going on may work.")
        self.noticed.emit(Notice(Level.ERROR, text, hint, (Remedy.OPEN_LOGS,), topic="bug"))

    @Slot(object)
    def _on_reports(self, reports: tuple[EngineReport, ...]) -> None:
        for report in reports:
            if isinstance(report.event, PairLoaded):
                self.chat.set_trouble("")  # it was another pair's
                self._pace = None
                self._engine.set_calm(report.event.target.gpu_layers == 0)
            if not (
                self.chat.on_event(report.job, report.event)
                or self.counter.on_event(report.job, report.event)
                or self.side_by_side.on_event(report.job, report.event)
                or self.benchmarks.on_event(report.job, report.event)
            ):
                self.pair.on_event(report.job, report.event)
            if isinstance(report.event, Levels):
                self.levels_changed.emit(report.event)
        self.chat.deliver()
        self.side_by_side.deliver()

    @Slot(object)
    def _on_reply(self, reply: Reply) -> None:
        if isinstance(reply, TurnBegun) or (isinstance(reply, ConversationOpened) and reply.change):
            self.conversations.refresh()  # a new one, or an old one that is now the newest
        self.edits.on_reply(reply)
        parts = (
            *(self.known_pairs, self.chat, self.conversations, self.finder, self.transfers, self.steps),
            *(self.benchmarks, self.comparisons),
        )
        if any(part.on_reply(reply) for part in parts):
            return
        match reply:
            case StoreOpened(notices, recovered):
                for text in notices:
                    self.noticed.emit(Notice(Level.WARNING, text))
                if recovered:
                    text = tr(
                        "Slipstream was not closed properly. What was written of the last answer is kept."
                    )
                    self.noticed.emit(Notice(Level.INFO, text, topic="recovered", seconds=12))
                self.conversations.refresh()
                self.store_ready.emit()
            case StoreFailed(None, error):
                self.noticed.emit(error_notice(error, Remedy.OPEN_LOGS, topic="store"))

    @Slot()
    def _on_pair(self) -> None:
        if self.pair.state not in UNDER_WAY:
            self._progress = None
        self._tell()

    @Slot(str)
    def _on_trouble(self, _trouble: str) -> None:
        self._tell()

    @Slot(object)
    def _on_stepped(self, steps: tuple[StepDone, ...]) -> None:
        shown = self._pace
        for step in steps:
            if step.pace is not None:
                self._pace = steadied(self._pace, step.pace)
        if self._pace is not shown:
            self._tell()

    @Slot(object)
    def _on_progress(self, progress: LoadProgress) -> None:
        self._progress = progress
        self._tell()

    @Slot()
    def _on_parameters(self) -> None:
        self._tell()

    @Slot(object)
    def _on_settings_failed(self, error: AppError) -> None:
        self.noticed.emit(error_notice(error, topic="settings"))

    @Slot(bool)
    def _on_busy(self, busy: bool) -> None:
        if not busy:
            self.conversations.refresh()  # the first answer may have settled its title
        self._tell()

    def _tell(self) -> None:
        under_way = self.pair.state in UNDER_WAY
        fraction = self.pair.overall(self._progress) if self._progress else 0.0
        self.load_progressed.emit(fraction if under_way else None)
        self.status_changed.emit(self.status)
