"""The pair of models: which is chosen, what is loaded, and bringing it back when the engine dies.

What is picked is what is loaded: another draft file loads the pair anew, as one object. The speculation
toggle and the draft's length are not the pair's business: they act on the next answer without a load.
"""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from slipstream.bridge.engine_messages import (
    EngineEvent,
    JobCancelled,
    JobCrashed,
    JobFailed,
    JobRefused,
    Levels,
    TuneProgress,
)
from slipstream.bridge.engine_thread import EngineThread
from slipstream.bridge.loading import overall, pair_spec
from slipstream.bridge.measured import measured_notice
from slipstream.bridge.notices import Level, Notice, Remedy, error_notice
from slipstream.bridge.preferences import Preferences
from slipstream.bridge.told import told
from slipstream.core.chat import PairSpec
from slipstream.core.errors import AppError, EngineDiedError
from slipstream.core.events import LoadProgress, PairLoaded
from slipstream.core.tuning import TuneReport

NGRAM = "ngram"  # the value of Settings.draft that means n-gram lookup
MAX_DEATHS = 3  # in a row; then a person decides
MAX_RECENT = 8
TOPIC = "engine"
TUNE_SECONDS = 60.0


class PairState(StrEnum):
    NONE = "none"  # nothing loaded, nothing under way
    LOADING = "loading"
    READY = "ready"
    MEASURING = "measuring"  # loaded, and being measured because a person asked for it
    COMPARING = "comparing"  # loaded, and lent to a comparison
    BENCHMARKING = "benchmarking"  # loaded, and lent to a benchmark
    DOWN = "down"  # the engine died too often; a person must ask for it again


LENT = (
    PairState.MEASURING,
    PairState.COMPARING,
    PairState.BENCHMARKING,
)  # loaded, and not free for an answer


def tr(text: str) -> str:
    return QCoreApplication.translate("Pair", text)


def draft_file(choice: str) -> Path | None:
    """The draft model a settings value names, if it names one."""
    return Path(choice) if choice and choice != NGRAM else None


def _bug_notice(what: str) -> Notice:
    bug = AppError(what, tr("The log says what happened."))
    return error_notice(bug, Remedy.OPEN_LOGS, topic=TOPIC)


class Pair(QObject):
    """Signals: `changed()` after any change of state; `progressed(LoadProgress)`, of a measurement too;
    `noticed(Notice)`; `resolved(str)` when notices of a topic no longer hold.
    """

    changed = Signal()
    progressed = Signal(object)
    noticed = Signal(object)
    resolved = Signal(str)

    def __init__(self, engine: EngineThread, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._preferences = preferences
        self._job: int | None = None
        self._wanted: PairSpec | None = None
        self._loaded_spec: PairSpec | None = None
        self._new_draft: str | None = None  # becomes the choice once the load under way has its model
        self._adding_draft = False  # the load under way is that of a draft for the model that is loaded
        self._deaths = 0
        self._on_cpu = False  # a person asked for it after deaths
        self._on_gpu = True  # whether the pair uses one, as far as is known
        self.state = PairState.NONE
        self.loaded: PairLoaded | None = None
        self.levels = Levels(None, None)

    @property
    def target(self) -> Path | None:
        """The model that is loaded or being loaded."""
        spec = self._wanted if self.state in (PairState.LOADING, PairState.DOWN) else self._loaded_spec
        return spec.target if spec else None

    @property
    def draft_choice(self) -> str:
        """Who drafts, as in `Settings.draft`: the draft that is being loaded, or the one that is chosen."""
        return self._new_draft or self._preferences.settings.draft

    @property
    def spec(self) -> PairSpec | None:
        """As what the pair was loaded."""
        return self._loaded_spec

    @property
    def needs_reload(self) -> bool:
        """Whether settings that act on a load have changed since."""
        settings, spec = self._preferences.settings, self._loaded_spec
        if spec is None or not self._is_loaded:
            return False
        return self._placed(pair_spec(settings, spec.target, spec.draft)) != spec

    @property
    def _is_loaded(self) -> bool:
        return self.state in LENT or self.state is PairState.READY

    def overall(self, progress: LoadProgress) -> float:
        """How far the load under way is with both models, 0…1."""
        return overall(self._wanted, progress) if self._wanted is not None else progress.fraction

    def load_target(self, path: Path) -> None:
        """Load another model, with the draft that is chosen."""
        self._on_cpu = False
        self._deaths = 0
        settings = self._preferences.settings
        self._load(pair_spec(settings, path, draft_file(settings.draft)))

    def load_pair(self, target: Path, draft: Path) -> None:
        """Load another model and its draft; the draft is chosen once the model is accepted."""
        self._on_cpu = False
        self._deaths = 0
        self._load(pair_spec(self._preferences.settings, target, draft), new_draft=str(draft))

    def choose_draft(self, choice: str) -> None:
        """Choose who drafts: "" nobody, NGRAM, or a file.

        Loads the pair anew where a file is meant that is not loaded, be it the same that was no good before.
        A draft that is loaded stays so while it is not used.
        """
        self._preferences.update(draft=choice)
        self.resolved.emit("draft")
        draft = draft_file(choice)
        ready = self._is_loaded
        spec = self._loaded_spec if ready else self._wanted
        if spec is None or not self._must_load(spec, draft):
            self.changed.emit()
            return
        self._load(pair_spec(self._preferences.settings, spec.target, draft))
        self._adding_draft = ready and draft is not None

    def _must_load(self, spec: PairSpec, draft: Path | None) -> bool:
        """Whether the pair must be loaded for this draft to be the one that drafts."""
        if not self._is_loaded or self.loaded is None:
            return spec.draft != draft
        return draft is not None and (spec.draft != draft or self.loaded.draft is None)

    def restart(self, on_cpu: bool = False) -> None:
        """Load the pair again after the engine died for good, or to take over settings."""
        spec = self._wanted or self._loaded_spec
        if spec is not None:
            self._on_cpu = self._on_cpu or on_cpu
            self._deaths = 0
            settings = self._preferences.settings
            self._load(pair_spec(settings, spec.target, self._draft_for(spec)), self._new_draft)

    def measure(self) -> None:
        """Measure the loaded pair thoroughly; nothing can be asked of it for about a minute."""
        if self.state is PairState.READY:
            self.state = PairState.MEASURING
            self._job = self._engine.tune(TUNE_SECONDS)
            self.changed.emit()

    def lend(self, state: PairState) -> None:
        """Something else has the engine: nothing is asked of it until `take_back`. `state` says what."""
        self.state = state
        self.changed.emit()

    def take_back(self, state: PairState) -> None:
        """It was lent in this state and is free; nothing happens where another pair was loaded meanwhile."""
        if self.state is state:
            self._settle(PairState.READY)

    def cancel(self) -> None:
        """End a load or a measurement under way.

        Where only a draft was to come, the model is loaded again without it.
        """
        if self.state is PairState.MEASURING:
            self._engine.stop(self._job)
        if self.state is not PairState.LOADING:
            return
        if self._adding_draft:
            self.choose_draft("")
        else:
            self._engine.stop()

    def unload(self) -> None:
        self._engine.stop()
        self._engine.unload()
        self._settle(PairState.NONE)

    def survived(self) -> None:
        """A run came to its end: earlier deaths no longer count."""
        self._deaths = 0

    def died(self, error: AppError) -> None:
        """The engine died: start it again with the same pair, unless it has done so too often."""
        spec = self._wanted or self._loaded_spec
        self._deaths += 1
        self.loaded = None
        if spec is None:
            self._settle(PairState.NONE)
            self.noticed.emit(error_notice(error, topic=TOPIC))
        elif self._deaths < MAX_DEATHS:
            self.noticed.emit(
                Notice(Level.WARNING, error.message, tr("The engine is starting again."), topic=TOPIC)
            )
            self._load(replace(spec, draft=self._draft_for(spec)), self._new_draft)
        else:
            self._wanted = spec
            self.state = PairState.DOWN
            remedies = [Remedy.RESTART_ENGINE]
            if self._on_gpu and not self._on_cpu:
                remedies.append(Remedy.RESTART_ON_CPU)
            hint = tr("It has stopped {0} times in a row, so it waits for you.").format(self._deaths)
            self.noticed.emit(Notice(Level.ERROR, error.message, hint, tuple(remedies), TOPIC))
            self.changed.emit()

    def on_event(self, job: int, event: EngineEvent) -> bool:
        """Take an event of a load or a measurement; False where it belongs to something else."""
        if isinstance(event, Levels):
            self.levels = event
            self.changed.emit()
            return True
        if isinstance(event, LoadProgress | PairLoaded):  # of an overtaken load, too: what was loaded is gone
            self._forget()
        if job != self._job:
            return False
        if self.state is PairState.MEASURING:
            self._on_measuring(event)
            return True
        match event:
            case LoadProgress():
                self.progressed.emit(event)
            case PairLoaded():
                self._accept(event)
            case JobRefused(error):
                self.noticed.emit(error_notice(error, Remedy.CHOOSE_MODEL, topic=TOPIC))
                self._settle(PairState.READY if self.loaded else PairState.NONE)
            case JobFailed(EngineDiedError() as error):
                self._job = None
                self.died(error)
            case JobFailed(error):
                self.noticed.emit(error_notice(error, Remedy.CHOOSE_MODEL, topic=TOPIC))
                self._settle(PairState.NONE)
            case JobCancelled(note):  # where no progress came, the engine never saw the load
                if note:
                    text = tr("Loading was cancelled.")
                    self.noticed.emit(Notice(Level.INFO, text, note, topic=TOPIC, seconds=12))
                self._settle(PairState.READY if self.loaded else PairState.NONE)
            case JobCrashed():
                self.noticed.emit(_bug_notice(tr("Loading failed because of a fault in Slipstream.")))
                self._settle(PairState.NONE)
        return True

    def _on_measuring(self, event: EngineEvent) -> None:
        """Take an event of the measurement under way: however it ends, the pair stays loaded, unless it died."""
        match event:
            case TuneProgress(fraction):
                self.progressed.emit(LoadProgress("costs", fraction))
                return
            case TuneReport():
                self.noticed.emit(measured_notice(event))
                return
            case JobFailed(EngineDiedError() as error):
                self._job = None
                self.died(error)
                return
            case JobFailed(error):
                self.noticed.emit(error_notice(error, topic=TOPIC))
            case JobCrashed():
                self.noticed.emit(_bug_notice(tr("Measuring failed because of a fault in Slipstream.")))
        self._settle(PairState.READY)

    def _draft_for(self, spec: PairSpec) -> Path | None:
        """The draft to load with a pair that is loaded again: one that is not chosen any more stays away."""
        return spec.draft if self._new_draft is not None else draft_file(self._preferences.settings.draft)

    def _load(self, spec: PairSpec, new_draft: str | None = None) -> None:
        spec = self._placed(spec)
        self._engine.stop()
        self._new_draft, self._adding_draft = new_draft, False
        self._wanted = spec
        self.state = PairState.LOADING
        self._job = self._engine.load(spec)
        self.changed.emit()

    def _placed(self, spec: PairSpec) -> PairSpec:
        """The same on the processor alone, where a person asked for that."""
        return replace(spec, gpu_layers=0, draft_gpu_layers=0) if self._on_cpu else spec

    def _accept(self, loaded: PairLoaded) -> None:
        spec, self._loaded_spec, self._wanted = self._wanted, self._wanted, None
        self.loaded = loaded
        self._on_gpu = any(model.gpu_layers > 0 for model in (loaded.target, loaded.draft) if model)
        self.state = PairState.READY
        if spec is not None:
            used = [str(spec.target)] + ([str(spec.draft)] if loaded.draft and spec.draft else [])
            recent = used + [path for path in self._preferences.settings.recent_models if path not in used]
            chosen = {"target": str(spec.target), "recent_models": tuple(recent[:MAX_RECENT])}
            if self._new_draft is not None:
                chosen["draft"] = self._new_draft
                self._new_draft = None
            self._preferences.update(**chosen)
        self._tell_loaded(loaded)
        self.changed.emit()

    def _tell_loaded(self, loaded: PairLoaded) -> None:
        if self._deaths:
            text = tr("The engine is running again.")
            self.noticed.emit(Notice(Level.INFO, text, topic=TOPIC, seconds=6))
        else:
            self.resolved.emit(TOPIC)
        if loaded.draft_problem:
            text = tr("The draft model is not used: {0}").format(told(loaded.draft_problem))
            hint = tr("Answers are written without it. Choose another draft, or n-gram lookup.")
            self.noticed.emit(Notice(Level.WARNING, text, hint, topic="draft"))
        else:
            self.resolved.emit("draft")
        if loaded.template_problem:
            text = tr("The model's own chat template is not used: {0}").format(told(loaded.template_problem))
            hint = tr("A plain format takes its place; answers may be worse.")
            self.noticed.emit(Notice(Level.WARNING, text, hint, topic="template"))
        else:
            self.resolved.emit("template")

    def _forget(self) -> None:
        """Nothing is loaded any more, as far as is known."""
        self.loaded = self._loaded_spec = None

    def _settle(self, state: PairState) -> None:
        self._job = self._wanted = self._new_draft = None
        if state is PairState.NONE:
            self._forget()
        self.state = state
        self.changed.emit()
