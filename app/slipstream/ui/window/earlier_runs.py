"""Earlier answers in the live figures: their steps are read again and shown as they were recorded."""

from PySide6.QtCore import QObject, Slot

from slipstream.bridge.notices import Level, Notice
from slipstream.bridge.session import Session
from slipstream.bridge.status import pace_words
from slipstream.bridge.store_messages import StepsRead
from slipstream.core.events import PairLoaded
from slipstream.core.history import Levels
from slipstream.core.step_book import RunSteps
from slipstream.ui.dashboard.panel import DashboardPanel
from slipstream.ui.dashboard.recording import Recording


class EarlierRuns(QObject):
    """Of an answer that was gone on with, the run that wrote the token asked for is shown; without one, the last."""

    def __init__(self, session: Session, dashboard: DashboardPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._dashboard = dashboard
        self._wanted: tuple[int, int | None] | None = None  # an answer, and a token of it
        session.steps.read.connect(self._on_read)
        session.steps.failed.connect(self._on_failed)

    def show(self, answer: int, token: int | None = None) -> None:
        """Show the run of an answer, and mark the step that wrote a token."""
        dashboard = self._dashboard
        live = dashboard.live
        if live is not None and live.answer == answer and (token is None or live.has(answer, token)):
            if dashboard.shown is not live:
                dashboard.set_frozen(False)
                dashboard.show_latest()
        elif not self._is_shown(answer, token):
            self._wanted = answer, token
            self._session.steps.ask(answer, 0)
            return
        if token is not None and not dashboard.mark_token(token):
            dashboard.set_frozen(False)  # it was written since
            dashboard.mark_token(token)

    def _is_shown(self, answer: int, token: int | None) -> bool:
        shown = self._dashboard.shown
        return shown.has(answer, token) if token is not None else shown.answer == answer

    @Slot(object)
    def _on_read(self, read: StepsRead) -> None:
        if self._wanted is None or read.answer != self._wanted[0] or read.known:
            return
        (answer, token), self._wanted = self._wanted, None
        recording = self._recording(answer, read.runs, token)
        if recording is None:
            text = self.tr("No steps are recorded of this answer.")
            hint = self.tr("A person wrote or changed it, or it is from before steps were kept.")
            self._session.noticed.emit(Notice(Level.INFO, text, hint, topic="figures", seconds=8))
            return
        self._dashboard.show_earlier(recording)
        if token is not None:
            self._dashboard.mark_token(token)

    @Slot(object)
    def _on_failed(self, answer: int) -> None:
        if self._wanted is not None and self._wanted[0] == answer:
            self._wanted = None
            text = self.tr("The steps of this answer could not be read.")
            self._session.noticed.emit(Notice(Level.WARNING, text, topic="figures", seconds=8))

    def _recording(self, answer: int, runs: tuple[RunSteps, ...], token: int | None) -> Recording | None:
        """The run of an answer that wrote a token, or its last one; None where nothing is recorded."""
        before = 0
        chosen: tuple[RunSteps, int] | None = None
        for run in runs:
            if not run.steps:
                continue
            if token is None or before <= token:
                chosen = run, before
            before += sum(len(step.record.emitted) for step in run.steps)
        if chosen is None:
            return None
        run, before = chosen
        records = [step.record for step in run.steps]
        recording = Recording(
            drafting=any(record.limit for record in records),
            levels=self._levels(run.pair),
            answer=answer,
            tokens_before=before,
            earlier=True,
            reason=self._reason(answer) if run is runs[-1] else "",
            over=True,
        )
        recording.add(records)
        return recording

    def _levels(self, pair: PairLoaded | None) -> Levels:
        """What this pair was measured to do, where it is the one that is loaded; else nothing is known."""
        loaded = self._session.pair.loaded
        if pair is None or loaded is None or _files(pair) != _files(loaded):
            return Levels()
        levels = self._session.pair.levels
        return Levels(levels.plain_tokens_per_second, levels.break_even_tau)

    def _reason(self, answer: int) -> str:
        """The last word of the automatic pace, where it had one."""
        turn = next((turn for turn in self._session.chat.turns if turn.id == answer), None)
        pace = turn.stats.pace if turn is not None and turn.stats is not None else None
        return pace_words(pace) if pace is not None else ""


def _files(pair: PairLoaded) -> tuple[object, ...]:
    """What must be the same for speeds to be comparable: files, layers on a GPU, threads."""
    models = [(model.path, model.gpu_layers) for model in (pair.target, pair.draft) if model is not None]
    return (*models, pair.threads)
