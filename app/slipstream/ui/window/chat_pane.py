"""The middle of the window: banners, the conversation (or the welcome), and the field to write in.

Translates between what the chat says (turns, events) and what the widgets show.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from slipstream.bridge.answer import AnswerEnd, LiveAnswer
from slipstream.bridge.attachments import read_attachment
from slipstream.bridge.counting import ContextUse
from slipstream.bridge.notices import error_notice
from slipstream.bridge.pair import PairState
from slipstream.bridge.session import Session
from slipstream.bridge.store_messages import StepsRead, Turn
from slipstream.bridge.told import told
from slipstream.core.chat import GenerateRequest, Role
from slipstream.core.errors import AppError
from slipstream.core.events import PrefillProgress, StepDone, TextPiece
from slipstream.core.metrics import Phase, RunMeter
from slipstream.core.settings import Settings
from slipstream.ui.chat.composer import Composer
from slipstream.ui.chat.messages import ShownMessage
from slipstream.ui.chat.tokenplaces import TokenPlaces
from slipstream.ui.chat.view import ChatView
from slipstream.ui.theme import SPACE, ThemeManager
from slipstream.ui.window.banner import BannerStack
from slipstream.ui.window.drop import FilesPassThrough
from slipstream.ui.window.parameters_panel import summary
from slipstream.ui.window.turn_words import thought, thought_so_far, turn_strip
from slipstream.ui.window.welcome import Welcome

PAGE = 80  # px that banners and a long message leave of the conversation at least; the pages scroll


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
        strip=turn_strip(turn),
        interrupted=told(turn.interrupted) if turn.interrupted else None,
        versions=versions(turn),
        thought=thought(turn.stats),
    )


class ChatPane(QWidget):
    """Signals: `file_wanted()`, a model is to be chosen; `copied(str)`, what is on the clipboard now."""

    file_wanted = Signal()
    models_wanted = Signal()
    copied = Signal(str)

    def __init__(self, session: Session, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._meter = RunMeter()  # of the run under way, for where it is cut off
        self._thinking = RunMeter()  # of its thinking
        self.banners = BannerStack(themes)
        self.view = ChatView(themes, formulas=session.formulas)
        self.places = TokenPlaces(self.view)
        self.composer = Composer(themes)
        self.welcome = Welcome(session.demo)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.welcome)
        self.pages.setMinimumHeight(PAGE)
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
        self._on_parameters()

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
        chat.answer_continued.connect(self._on_answer_continued)
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
        self.composer.escaped.connect(self.view.finding.leave)
        self.composer.typed.connect(session.context.typed)
        self.composer.pasted.changed.connect(self._on_attached)
        session.context.changed.connect(self._on_context)
        session.parameters.changed.connect(self._on_parameters)
        self.view.regenerate_requested.connect(self._on_regenerate)
        self.view.version_chosen.connect(self._on_version)
        self.view.edit_submitted.connect(self._on_edit)
        self.view.continue_requested.connect(self._on_continue)
        self.view.remove_requested.connect(self._on_remove)
        self.view.answer_now_requested.connect(self.answer_now)
        self.view.steps_wanted.connect(self._on_steps_wanted)
        self.places.steps_wanted.connect(self._on_steps_wanted)
        session.steps.read.connect(self._on_steps_read)
        session.steps.failed.connect(self._on_steps_failed)
        self.view.copy_done.connect(self.copied)
        self.view.example_chosen.connect(self._on_example)
        self.welcome.demo_chosen.connect(session.load_demo)
        self.welcome.file_wanted.connect(self.file_wanted)
        self.welcome.models_wanted.connect(self.models_wanted)
        self._on_settings(session.settings)

    def attach(self, files: Sequence[Path]) -> None:
        """Attach text files to the message that is being written."""
        for file in files:
            try:
                self.composer.attach(read_attachment(file))
            except AppError as error:
                self._session.noticed.emit(error_notice(error, topic=f"attach {file.name}"))
        self.focus()

    @Slot()
    def _on_attached(self) -> None:
        """Have the tokens of what was attached counted."""
        pasted = self.composer.pasted
        for text in pasted.uncounted():
            self._session.counter.ask(GenerateRequest(raw=text), partial(pasted.set_tokens, text))

    @Slot(object)
    def _on_context(self, use: ContextUse | None) -> None:
        self.composer.foot.gauge.show_use(use)

    @Slot()
    def _on_parameters(self) -> None:
        self.composer.foot.show_parameters(summary(self._session.parameters))

    @Slot()
    def _show_state(self) -> None:
        """Welcome or conversation, and why nothing can be sent, if so."""
        state = self._session.pair.state
        reason = {
            PairState.NONE: self.tr("Choose a model first"),
            PairState.LOADING: self.tr("The model is loading…"),
            PairState.READY: "",
            PairState.MEASURING: self.tr("The pair is being measured…"),
            PairState.COMPARING: self.tr("Ways to draft are being compared…"),
            PairState.BENCHMARKING: self.tr("A benchmark is running…"),
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
            self._show_thought()
        self.composer.set_text(unsent)
        self._show_state()
        self.focus()

    @Slot(object)
    def _on_turn_added(self, turn: Turn) -> None:
        self.view.add_message(shown(turn))
        self.pages.setCurrentWidget(self.view)
        self.focus()  # it may have been written in another field

    @Slot(object)
    def _on_turn_removed(self, turn: int) -> None:
        self.view.remove_message(str(turn))

    @Slot(object)
    def _on_answer_begun(self, answer: int) -> None:
        self._forget_run()
        self.view.begin_answer(str(answer))
        self.view.set_progress(self.tr("Reading the prompt…"))

    @Slot(object)
    def _on_answer_continued(self, live: LiveAnswer) -> None:
        self._forget_run()
        self.view.continue_answer(
            ShownMessage(str(live.answer), Role.ASSISTANT, live.content, live.thinking, tuple(live.pieces))
        )
        self.view.set_progress(self.tr("Reading the prompt…"))
        self.focus()  # the button it was asked with is gone

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
        turn = self._session.chat.turns[-1]
        if figures := thought(end.stats):
            self.view.set_thought(figures)
        why = told(end.interrupted) if end.interrupted else None
        self.view.finish_answer(turn_strip(turn, self._meter), why, versions(turn))

    @Slot(object)
    def _on_run_begun(self, _request: GenerateRequest) -> None:
        self._forget_run()

    @Slot(object)
    def _on_stepped(self, steps: tuple[StepDone, ...]) -> None:
        thought_before = self._thinking.steps
        for step in steps:
            self._meter.add(step.record)
            if step.record.phase is Phase.THINK:
                self._thinking.add(step.record)
        if self._thinking.steps > thought_before:
            self._show_thought()

    def _forget_run(self) -> None:
        self._meter, self._thinking = RunMeter(), RunMeter()

    def _show_thought(self) -> None:
        """What the thinking under way came to so far, where its conversation is shown."""
        chat = self._session.chat
        if self._thinking.steps and chat.answering == chat.current:
            self.view.set_thought(thought_so_far(self._thinking.metrics()))

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

    @Slot()
    def answer_now(self) -> None:
        """End the thinking under way."""
        self._session.chat.close_thinking()
        self.view.set_closing()

    @Slot(str, str)
    def _on_edit(self, message: str, text: str) -> None:
        if not self._session.edits.edit(int(message), text):
            self.view.refuse_edit(message)

    @Slot(str)
    def _on_continue(self, _message: str) -> None:
        self._session.edits.continue_answer()

    @Slot(str)
    def _on_remove(self, message: str) -> None:
        self._session.edits.remove(int(message))

    @Slot(str, int)
    def _on_steps_wanted(self, message: str, known: int) -> None:
        self._session.steps.ask(int(message), known)

    @Slot(object)
    def _on_steps_read(self, read: StepsRead) -> None:
        self.view.put_steps(str(read.answer), read.known, read.runs)
        self.places.put(str(read.answer), read.known, read.runs)

    @Slot(object)
    def _on_steps_failed(self, answer: int) -> None:
        self.view.fail_steps(str(answer))

    @Slot(str)
    def _on_example(self, prompt: str) -> None:
        self.composer.set_text(prompt)
        self.focus()

    @Slot(object)
    def _on_settings(self, settings: Settings) -> None:
        self.view.set_show_tokens(settings.show_tokens)
        self.view.set_zoom(settings.zoom / 100)
        self.composer.set_zoom(settings.zoom / 100)
