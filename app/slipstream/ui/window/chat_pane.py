"""The middle of the window: banners, the conversation (or the welcome), and the field to write in.

Translates between what the chat says (turns, events) and what the widgets show.
"""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from slipstream.bridge.answer import AnswerEnd, LiveAnswer
from slipstream.bridge.pair import PairState
from slipstream.bridge.session import Session
from slipstream.bridge.store_messages import Turn
from slipstream.core.chat import GenerateRequest
from slipstream.core.events import PrefillProgress, StepDone, TextPiece
from slipstream.core.metrics import RunMeter, RunStats
from slipstream.core.settings import Settings
from slipstream.ui.chat.composer import Composer
from slipstream.ui.chat.messages import ShownMessage, StripText
from slipstream.ui.chat.view import ChatView
from slipstream.ui.dashboard.strip import seen_items, strip_items
from slipstream.ui.theme import SPACE, ThemeManager
from slipstream.ui.window.banner import BannerStack
from slipstream.ui.window.drop import FilesPassThrough
from slipstream.ui.window.welcome import Welcome


def strip_text(stats: RunStats | None) -> StripText | None:
    return StripText(strip_items(stats)) if stats is not None else None


def versions(turn: Turn) -> tuple[str, ...]:
    return tuple(str(sibling) for sibling in turn.siblings)


def shown(turn: Turn) -> ShownMessage:
    """A turn as the chat view takes it."""
    return ShownMessage(
        id=str(turn.id),
        role=turn.role,
        content=turn.content,
        thinking=turn.thinking,
        pieces=turn.pieces,
        strip=strip_text(turn.stats),
        interrupted=turn.interrupted,
        versions=versions(turn),
    )


class ChatPane(QWidget):
    """Signals: `file_wanted()`, a model is to be chosen; `copied(str)`, what is on the clipboard now."""

    file_wanted = Signal()
    copied = Signal(str)

    def __init__(self, session: Session, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._meter = RunMeter()  # of the run under way, for where it is cut off
        self.banners = BannerStack(themes)
        self.view = ChatView(themes)
        self.composer = Composer(themes)
        self.welcome = Welcome(session.demo)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.welcome)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SPACE)
        column.setSpacing(0)
        column.addWidget(self.banners)
        column.addWidget(self.pages, 1)
        column.addWidget(self.composer)
        self.setMinimumWidth(400)
        self._pass_through = FilesPassThrough(self)
        for field in [self.composer, *self.composer.findChildren(QWidget)]:
            field.installEventFilter(self._pass_through)
        self._connect()
        self._show_state()

    @Slot()
    def focus(self) -> None:
        """Put the cursor where one writes."""
        self.composer.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        session, chat = self._session, self._session.chat
        chat.leaving.connect(self._on_leaving)
        chat.opened.connect(self._on_opened)
        chat.turn_added.connect(self._on_turn_added)
        chat.turn_removed.connect(self._on_turn_removed)
        chat.answer_begun.connect(self._on_answer_begun)
        chat.prefilled.connect(self._on_prefilled)
        chat.written.connect(self._on_written)
        chat.answer_ended.connect(self._on_answer_ended)
        chat.run_begun.connect(self._on_run_begun)
        chat.stepped.connect(self._on_stepped)
        chat.text_returned.connect(self._on_text_returned)
        chat.busy_changed.connect(self.composer.set_busy)
        session.noticed.connect(self.banners.show_notice)
        session.resolved.connect(self.banners.clear_topic)
        session.pair.changed.connect(self._show_state)
        session.preferences.changed.connect(self._on_settings)
        self.banners.remedy_chosen.connect(self.focus)
        self.composer.submitted.connect(chat.send)
        self.composer.stop_requested.connect(chat.stop)
        self.view.regenerate_requested.connect(self._on_regenerate)
        self.view.version_chosen.connect(self._on_version)
        self.view.copy_done.connect(self.copied)
        self.view.example_chosen.connect(self._on_example)
        self.welcome.demo_chosen.connect(session.load_demo)
        self.welcome.file_wanted.connect(self.file_wanted)
        self.view.set_show_tokens(session.settings.show_tokens)

    @Slot()
    def _show_state(self) -> None:
        """Welcome or conversation, and why nothing can be sent, if so."""
        state = self._session.pair.state
        reason = {
            PairState.NONE: self.tr("Choose a model first"),
            PairState.LOADING: self.tr("The model is loading…"),
            PairState.READY: "",
            PairState.MEASURING: self.tr("The pair is being measured…"),
            PairState.DOWN: self.tr("The engine is stopped; restart it above"),
        }[state]
        self.composer.set_enabled_reason(reason)
        empty = state is PairState.NONE and not self._session.chat.turns
        self.pages.setCurrentWidget(self.welcome if empty else self.view)

    @Slot()
    def _on_leaving(self) -> None:
        self._session.chat.keep_unsent(self.composer.text())

    @Slot(object, object, str)
    def _on_opened(self, turns: tuple[Turn, ...], live: LiveAnswer | None, unsent: str) -> None:
        self.view.set_messages([shown(turn) for turn in turns])
        if live is not None:
            self.view.begin_answer(str(live.answer))
            self.view.append(live.pieces)
        self.composer.set_text(unsent)
        self._show_state()
        self.focus()

    @Slot(object)
    def _on_turn_added(self, turn: Turn) -> None:
        self.view.add_message(shown(turn))
        self.pages.setCurrentWidget(self.view)

    @Slot(object)
    def _on_turn_removed(self, turn: int) -> None:
        self.view.remove_message(str(turn))

    @Slot(object)
    def _on_answer_begun(self, answer: int) -> None:
        self.view.begin_answer(str(answer))
        self.view.set_progress(self.tr("Reading the prompt…"))

    @Slot(object)
    def _on_prefilled(self, progress: PrefillProgress) -> None:
        text = (
            self.tr("The draft reads the prompt… {done} / {total} tokens")
            if progress.model == "draft"
            else self.tr("Reading the prompt… {done} / {total} tokens")
        )
        self.view.set_progress(text.format(done=progress.done, total=progress.total))

    @Slot(object)
    def _on_written(self, pieces: tuple[TextPiece, ...]) -> None:
        self.view.append(pieces)

    @Slot(object)
    def _on_answer_ended(self, end: AnswerEnd) -> None:
        own = versions(self._session.chat.turns[-1])
        strip = strip_text(end.stats)
        if strip is None and self._meter.steps:
            strip = StripText(seen_items(self._meter.metrics()))
        self.view.finish_answer(strip, end.interrupted, own)

    @Slot(object)
    def _on_run_begun(self, _request: GenerateRequest) -> None:
        self._meter = RunMeter()

    @Slot(object)
    def _on_stepped(self, steps: tuple[StepDone, ...]) -> None:
        for step in steps:
            self._meter.add(step.record)

    @Slot(str)
    def _on_text_returned(self, text: str) -> None:
        """A prompt that could not be sent: nothing a person wrote is lost."""
        written_since = self.composer.text()
        if written_since == text:  # it never left the field
            return
        self.composer.set_text(f"{text}\n{written_since}" if written_since.strip() else text)
        self.focus()

    @Slot(str)
    def _on_regenerate(self, message: str) -> None:
        self._session.chat.regenerate(int(message))

    @Slot(str)
    def _on_version(self, message: str) -> None:
        self._session.chat.show_version(int(message))

    @Slot(str)
    def _on_example(self, prompt: str) -> None:
        self.composer.set_text(prompt)
        self.focus()

    @Slot(object)
    def _on_settings(self, settings: Settings) -> None:
        self.view.set_show_tokens(settings.show_tokens)
