"""The conversation as one widget: what the rest of the window talks to.

It keeps no messages of its own beyond what is on screen, and knows nothing of engines or storage.
"""

import logging
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from slipstream.bridge.formula_thread import FormulaThread
from slipstream.core.chat import Role
from slipstream.core.events import TextPiece
from slipstream.core.searching import Lead
from slipstream.core.step_book import RunSteps, pieces_of
from slipstream.ui.chat.controls import ChatActions
from slipstream.ui.chat.copier import Copier
from slipstream.ui.chat.editing import Editable
from slipstream.ui.chat.empty import EmptyState
from slipstream.ui.chat.finding import Finding
from slipstream.ui.chat.formulas import Formulas
from slipstream.ui.chat.jump import JumpButton
from slipstream.ui.chat.links import ask_to_open
from slipstream.ui.chat.look import Look, make_look
from slipstream.ui.chat.messages import ShownMessage, StripText, ThoughtFigures
from slipstream.ui.chat.pacing import Pacing
from slipstream.ui.chat.reaching import Reach
from slipstream.ui.chat.reading import ReadingCanvas
from slipstream.ui.chat.reading_place import go_to, reading_place
from slipstream.ui.chat.spoken import SpokenTurns
from slipstream.ui.chat.tokeninspector import TokenInspector
from slipstream.ui.chat.turn import Turn
from slipstream.ui.chat.turn_editing import TurnEditing
from slipstream.ui.chat.turns import AnswerTurn
from slipstream.ui.chat.unfold import Unfolding
from slipstream.ui.chat.user_turn import UserTurn
from slipstream.ui.theme import Theme, ThemeManager

log = logging.getLogger(__name__)


class ChatView(QWidget):
    """Shows turns and streams the last one.

    Signals: `regenerate_requested(message_id)`; `version_chosen(message_id)`; `copy_done(what)`, a line
    that says what is on the clipboard now; `link_opened(url)`; `example_chosen(prompt)` from the empty state;
    `edit_submitted(message_id, text)`, `continue_requested(message_id)`, `remove_requested(message_id)`;
    `figures_requested(message_id)`, all there are; `compare_requested(message_id)`; `answer_now_requested()`, in
    place of more thinking; `steps_wanted(message_id, known)`, the steps of an answer from number `known` on, for
    `put_steps`.
    """

    regenerate_requested = Signal(str)
    version_chosen = Signal(str)
    copy_done = Signal(str)
    link_opened = Signal(str)
    example_chosen = Signal(str)
    edit_submitted = Signal(str, str)
    continue_requested = Signal(str)
    remove_requested = Signal(str)
    answer_now_requested = Signal()
    figures_requested = Signal(str)
    compare_requested = Signal(str)
    steps_wanted = Signal(str, int)

    def __init__(
        self, themes: ThemeManager, parent: QWidget | None = None, formulas: FormulaThread | None = None
    ) -> None:
        """Without `formulas` LaTeX is shown as it was written."""
        super().__init__(parent)
        self._themes = themes
        self._formulas = Formulas(formulas, self) if formulas is not None else None
        self._show_tokens = False
        self._zoom = 1.0
        self._answer: AnswerTurn | None = None  # the one that streams
        self._last: Turn | None = None  # the last turn, which knows that it is
        self.pacing = Pacing(self._show_pieces, self)
        actions = self._make_actions()
        self.canvas = ReadingCanvas(self._look(), actions, self)
        self._unfolding = Unfolding(self.canvas)
        if self._formulas is not None:
            self._formulas.arrived.connect(self.canvas.show_arrived)
        self.copier = Copier(self.canvas)
        self.copier.done.connect(self.copy_done)
        actions.copy_text.connect(self.copier.copy_text)
        actions.copy_message.connect(self.copier.copy_message)
        self.canvas.link_clicked.connect(self._on_link)
        self.canvas.turn_built.connect(self._on_turn_built)
        self.canvas.pinned_changed.connect(self._place_jump)
        SpokenTurns(self.canvas)
        self.canvas.verticalScrollBar().valueChanged.connect(self._on_moved)
        self._editing = TurnEditing(self.canvas, actions, self)
        self._editing.submitted.connect(self.edit_submitted)
        self._reach = Reach(self.canvas)
        self.inspector = TokenInspector(self.canvas, self)
        self.inspector.steps_wanted.connect(self.steps_wanted)
        self._empty = EmptyState(themes, self)
        self._empty.example_chosen.connect(self.example_chosen)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.canvas)
        self.finding = Finding(themes, self.canvas, self)
        self._jump = JumpButton(themes, self.canvas, self)
        self._on_theme(themes.theme)
        themes.changed.connect(self._on_theme)

    def _make_actions(self) -> ChatActions:
        """Those that are for whoever shows this view."""
        actions = ChatActions(self)
        actions.regenerate.connect(self.regenerate_requested)
        actions.version_chosen.connect(self.version_chosen)
        actions.thinking_toggled.connect(self._on_thinking_toggled)
        actions.fold_toggled.connect(self._on_fold_toggled)
        actions.answer_now.connect(self._on_answer_now)
        actions.continue_answer.connect(self.continue_requested)
        actions.remove.connect(self.remove_requested)
        actions.figures.connect(self.figures_requested)
        actions.compare.connect(self.compare_requested)
        return actions

    # The conversation

    def set_messages(self, messages: Sequence[ShownMessage]) -> None:
        """Show this whole conversation (on open, on a change of branch), scrolled to its end."""
        self.finding.leave()
        self._forget_answer()
        self.inspector.forget()
        self._editing.leave()
        turns = [self._make_turn(message) for message in messages if message.role is not Role.SYSTEM]
        self._editing.come_back(turns)
        self.canvas.set_turns(turns)
        self._show_page()

    def add_message(self, message: ShownMessage) -> None:
        """Add one finished turn and scroll to it."""
        self.canvas.add_turn(self._make_turn(message))
        self._show_page()

    def begin_answer(self, message_id: str) -> None:
        """Add an answer that will stream."""
        if self._answer is not None:
            self.finish_answer()
        message = ShownMessage(message_id, Role.ASSISTANT, "")
        self._answer = AnswerTurn(self.canvas.look, message, streaming=True, show_tokens=self._show_tokens)
        self.canvas.add_turn(self._answer)
        self._show_page()

    def continue_answer(self, message: ShownMessage) -> None:
        """An answer that is shown goes on; `message` is what there is of it."""
        turn = self._turn(message.id)
        if not isinstance(turn, AnswerTurn):
            return
        self._forget_answer()
        self._answer = turn
        turn.resume(message)
        self.canvas.selection.clear()
        self.canvas.turn_changed(turn)
        self.canvas.go_to_end()

    def set_thought(self, figures: ThoughtFigures) -> None:
        """What the thinking of the streaming answer came to so far, by the run's own clock."""
        if self._answer is not None:
            self._answer.set_thought(figures)

    def set_closing(self) -> None:
        """The thinking of the streaming answer is about to be ended: it need not be asked for again."""
        if self._answer is not None:
            self._answer.set_closing()
            self.canvas.turn_changed(self._answer)

    def begin_edit(self, message_id: str) -> None:
        """Edit this turn in its place."""
        self._editing.begin(message_id)

    def refuse_edit(self, message_id: str) -> None:
        """What was written there is not taken: the field stays, and what is in it counts as unfinished."""
        self._editing.refuse(message_id)

    def append(self, pieces: Sequence[TextPiece]) -> None:
        """More of the streaming answer; to be called at most 30 times a second.

        Where an update was dear, the next ones wait and are shown together.
        """
        if self._answer is None:
            log.warning("text without an answer to put it in")
            return
        self.pacing.add(pieces)

    def set_progress(self, text: str) -> None:
        """What goes on while nothing streams yet, e.g. "Reading the prompt… 340 / 512 tokens"; "" clears."""
        if self._answer is not None:
            self._answer.set_progress(text)
            self.canvas.turn_changed(self._answer)

    def finish_answer(
        self,
        strip: StripText | None = None,
        interrupted: str | None = None,
        versions: tuple[str, ...] = (),
    ) -> None:
        """The streaming answer is over; `interrupted` says why it is not whole, `versions` are all at its place."""
        if self._answer is None:
            return
        self.pacing.flush()
        answer, self._answer = self._answer, None
        answer.finish(strip, interrupted, versions)
        self.canvas.turn_changed(answer)
        if QAccessible.isActive():
            words = interrupted or self.tr("The answer is complete")
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.canvas, words))
        self.canvas.setAccessibleDescription(answer.copy_text())

    def remove_message(self, message_id: str) -> None:
        """Take one turn out; unknown ids are ignored."""
        turn = self._turn(message_id)
        if turn is None:
            return
        if self._answer is not None and self._answer.id == message_id:
            self._forget_answer()
        self.canvas.remove_turn(turn)
        self._show_page()

    def show_message(self, message_id: str, lead: Lead | None = None) -> None:
        """Lead the reader to a message, marked for a moment, and to this place in it; unknown ids are ignored."""
        turn = self._turn(message_id)
        if turn is not None:
            self._reach.lead_to(turn)
            if lead is not None:
                self.finding.lead_to(turn, lead)

    def set_show_tokens(self, on: bool) -> None:
        """Show answers token by token, as plain text with drafted tokens marked."""
        if on == self._show_tokens:
            return
        self._show_tokens = on
        place = reading_place(self.canvas) if not self.canvas.pinned else None
        for turn in self.canvas.turns:
            if isinstance(turn, AnswerTurn):
                turn.show_tokens(on)
        self.inspector.set_on(on)
        self.canvas.selection.clear()
        self.canvas.refresh()
        if place is not None:
            go_to(self.canvas, place)
        self.canvas.content_changed.emit(None)
        for turn in self.canvas.turns:
            if turn.built:
                self._on_turn_built(turn)

    def put_steps(self, message_id: str, known: int, runs: Sequence[RunSteps]) -> None:
        """Steps of an answer, from number `known` on, that were asked for by `steps_wanted`."""
        turn = self._turn(message_id)
        if isinstance(turn, AnswerTurn) and turn.lacks_tokens and not known:
            place = reading_place(self.canvas) if not self.canvas.pinned else None
            turn.set_pieces(pieces_of(runs))
            self.canvas.selection.clear()
            self.canvas.turn_changed(turn)
            if place is not None:
                go_to(self.canvas, place)
        self.inspector.put(message_id, known, runs)

    def fail_steps(self, message_id: str) -> None:
        """They cannot be read."""
        self.inspector.fail(message_id)

    def set_zoom(self, zoom: float) -> None:
        """Write in letters `zoom` times as large as usual; what is being read stays in sight."""
        if zoom != self._zoom:
            self._zoom = zoom
            self._unfolding.end()
            self.canvas.set_look(self._look())

    # Inside

    def _look(self) -> Look:
        return make_look(self._themes.theme, self._zoom * self._themes.text_scale, self._formulas)

    def _make_turn(self, message: ShownMessage) -> Turn:
        if message.role is Role.USER:
            return UserTurn(self.canvas.look, message)
        return AnswerTurn(self.canvas.look, message, show_tokens=self._show_tokens)

    def _turn(self, message_id: str) -> Turn | None:
        return next((turn for turn in reversed(self.canvas.turns) if turn.id == message_id), None)

    def _forget_answer(self) -> None:
        self._answer = None
        self.pacing.forget()

    def _show_page(self) -> None:
        self._mark_last()
        self._unfolding.end()
        self._stack.setCurrentWidget(self.canvas if self.canvas.turns else self._empty)
        self._place_jump()

    def _show_pieces(self, pieces: Sequence[TextPiece]) -> None:
        answer = self._answer
        if answer is None:
            return
        rows = len(answer.rows)
        first = answer.append(pieces)
        if first < rows or rows != len(answer.rows):
            self.canvas.turn_changed(answer, first)
        else:  # nobody sees it: it is folded away
            self.canvas.content_changed.emit(answer)

    @Slot(object)
    def _on_theme(self, _theme: Theme) -> None:
        self._unfolding.end()
        self.canvas.set_look(self._look())

    @Slot(object)
    def _on_turn_built(self, turn: Turn) -> None:
        """An old answer comes without its tokens; they are read once they are to be seen."""
        if isinstance(turn, AnswerTurn) and turn.lacks_tokens:
            self.inspector.ask(turn.id)

    @Slot(str)
    def _on_thinking_toggled(self, message_id: str) -> None:
        turn = self._turn(message_id)
        if isinstance(turn, AnswerTurn):
            with self._unfolding.of(turn):
                self._change_in_place(turn, turn.toggle_thinking)

    @Slot()
    def _on_moved(self) -> None:
        self._unfolding.end()

    @Slot(str)
    def _on_answer_now(self, _message_id: str) -> None:
        self.answer_now_requested.emit()

    def _mark_last(self) -> None:
        """The last turn offers what would go on from it."""
        last = self.canvas.turns[-1] if self.canvas.turns else None
        if last is self._last:
            return
        before, self._last = self._last, last
        for turn in (before, last):
            if isinstance(turn, Editable) and turn in self.canvas.turns:
                turn.set_last(turn is last)
                self.canvas.turn_changed(turn)

    @Slot(str)
    def _on_fold_toggled(self, message_id: str) -> None:
        turn = self._turn(message_id)
        if isinstance(turn, UserTurn):
            self._change_in_place(turn, turn.toggle)

    def _change_in_place(self, turn: Turn, change: Callable[[], None]) -> None:
        """Rows come or go where the reader looks: what is above stays where it is."""
        was_pinned = self.canvas.pinned
        self.canvas.hold_place()
        self.canvas.selection.clear()
        change()
        self.canvas.turn_changed(turn)
        self.canvas.viewport().update()
        if was_pinned or turn is self._answer:
            self.canvas.check_end()

    @Slot(str)
    def _on_link(self, address: str) -> None:
        ask_to_open(self, address, self.link_opened.emit)

    @Slot()
    def _place_jump(self) -> None:
        self._jump.place(wanted=self._stack.currentWidget() is self.canvas)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._unfolding.end()
        self._place_jump()
        self.finding.bar.stand_in(self.width())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = (QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange)
        if event.type() in kinds and hasattr(self, "canvas"):
            self.canvas.set_look(self._look())
