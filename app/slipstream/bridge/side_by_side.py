"""A comparison under way: one prompt, answered in several ways by turns, for whoever shows it.

It lends the engine from the pair while it runs, and holds what each side writes and the passes that were made: asking
again makes one pass more, until the intervals are narrow enough. What it holds is kept as it comes (`side_keeping`),
and one that was kept can be shown again in its place. Knows no widgets.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import monotonic

from PySide6.QtCore import QCoreApplication, QObject, Signal

from slipstream import __version__
from slipstream.bridge.chat import Chat
from slipstream.bridge.engine_messages import (
    DraftsProgress,
    EngineEvent,
    JobCancelled,
    JobCrashed,
    JobDone,
    JobFailed,
)
from slipstream.bridge.engine_thread import EngineThread
from slipstream.bridge.pair import Pair, PairState
from slipstream.bridge.parameters import Parameters
from slipstream.bridge.prompt import request_for, why_not_asked, with_turns
from slipstream.bridge.side import Side
from slipstream.bridge.side_keeping import Comparisons
from slipstream.core.chat import ChatMessage, GenerateRequest, Role
from slipstream.core.compared import KeptComparison, Stage, switch_share
from slipstream.core.comparing import FEWEST
from slipstream.core.errors import AppError, EngineDiedError
from slipstream.core.events import (
    LoadProgress,
    ModelInfo,
    PairLoaded,
    PrefillProgress,
    RunFinished,
    StepDone,
    TextPiece,
)
from slipstream.core.measurements import this_machine
from slipstream.core.metrics import StopReason
from slipstream.core.side_by_side import (
    SEGMENT,
    Parting,
    Segment,
    SideBySide,
    SideEvent,
    SideSpec,
    Speedups,
    first_difference,
    speedups,
)


def tr(text: str) -> str:
    return QCoreApplication.translate("SideBySide", text)


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is to be answered: the text a person knows it by, and the whole of it."""

    text: str
    request: GenerateRequest
    conversation: int | None = None  # where it stands, or would
    message: int | None = None


class SideBySides(QObject):
    """Signals: `changed()`, of stage or progress; `begun()`, a pass begins, the sides are empty; `shown()`, another
    comparison is shown; `measured()`, a segment is over, or all; `written(side, tuple[TextPiece])`.
    """

    changed = Signal()
    begun = Signal()
    shown = Signal()
    measured = Signal()
    written = Signal(int, object)

    def __init__(
        self,
        engine: EngineThread,
        pair: Pair,
        chat: Chat,
        parameters: Parameters,
        kept: Comparisons,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self.kept = kept
        self._pair = pair
        self._chat = chat
        self._parameters = parameters
        self._job: int | None = None
        self._loaded: PairLoaded | None = None  # what was compared on
        self._pairs_before: int | None = None  # of segments, before a pass that others may follow
        self._is_of_here = True  # by this version on this machine
        self._fresh: dict[int, list[TextPiece]] = {}
        self._began = 0.0
        self.stage = Stage.EMPTY
        self.prompt: Prompt | None = None
        self.sides: list[Side] = []
        self.partings: dict[int, Parting] = {}
        self.error: AppError | None = None
        self.note = ""  # what happened to a draft
        self.prefill: PrefillProgress | None = None  # while a prompt is read
        self.loading: LoadProgress | None = None  # while other drafts are loaded or measured

    @property
    def running(self) -> bool:
        return self.stage is Stage.RUNNING

    @property
    def why_not(self) -> str:
        """Why nothing can be compared now; "" when it can."""
        return why_not_asked(self._pair.state, busy=self._chat.busy)

    @property
    def can_go_on(self) -> bool:
        """Whether another pass can be added to what was measured."""
        ended = self.stage in (Stage.DONE, Stage.STOPPED, Stage.CUT_OFF)
        return ended and not self.why_not and self._is_same(self._pair.loaded)

    @property
    def loaded(self) -> PairLoaded | None:
        """What is compared on, or would be."""
        return self._loaded if self.sides else self._pair.loaded

    def prompt_of(self, text: str) -> Prompt:
        """What would be asked by sending this text now."""
        request = with_turns(self._request(), self._chat.in_prompt)
        request = replace(request, messages=(*request.messages, ChatMessage(Role.USER, text)))
        return Prompt(text, request, self._chat.current)

    def prompt_at(self, message: int) -> Prompt | None:
        """What an answer, or a message of a person's, is or would be the answer to. None where nothing is."""
        place = self._chat.place(message)
        if place is None:
            return None
        turns = self._chat.turns[: place + (self._chat.turns[place].role is Role.USER)]
        if not turns or turns[-1].role is not Role.USER:
            return None
        seen = turns[min(self._chat.left_out, len(turns) - 1) :]
        return Prompt(turns[-1].content, with_turns(self._request(), seen), self._chat.current, turns[-1].id)

    def begin(self, prompt: Prompt, sides: Sequence[SideSpec], max_tokens: int) -> None:
        """Compare anew, where that can be done now. The first side is what the others are compared with."""
        if self.why_not:
            return
        now = self._request()  # the prompt may have been shown for a while
        request = replace(
            prompt.request,
            sampling=now.sampling,
            thinking_budget=now.thinking_budget,
            max_tokens=max_tokens,
        )
        self.prompt = replace(prompt, request=request)
        self.sides = [Side(side) for side in sides]
        self._pairs_before = None
        self._loaded, self._is_of_here = self._pair.loaded, True
        assert self._loaded is not None  # or it could not be compared
        self.kept.go_on_with(
            KeptComparison.begin(
                prompt.text, request, self._loaded, "", sides, prompt.conversation, prompt.message
            )
        )
        self._pass()

    def again(self) -> None:
        """Write it all once more, and of short answers as often as an interval needs; count all."""
        if self.can_go_on:
            self._pairs_before = self._pairs
            self._pass()

    def show(self, kept: KeptComparison) -> None:
        """Show one that was kept; nothing happens while another one runs."""
        if self.running:
            return
        self.prompt = Prompt(kept.prompt, kept.request, kept.conversation, kept.message)
        self.sides = [Side.of(side) for side in kept.sides]
        is_of_here = (kept.machine, kept.version) == (this_machine(), __version__)
        self._loaded, self._is_of_here = kept.pair, is_of_here
        self.partings = {parting.side: parting for parting in kept.partings}
        self.error = AppError(kept.error, kept.hint) if kept.error else None
        self.stage, self.note, self.prefill, self.loading = kept.stage, kept.note, None, None
        self.kept.go_on_with(kept)
        self.shown.emit()
        self.changed.emit()

    def clear(self) -> None:
        """Show none; nothing happens while one runs."""
        if self.running:
            return
        self.stage, self.prompt, self.sides, self._loaded = Stage.EMPTY, None, [], None
        self.partings, self.error, self.note = {}, None, ""
        self.kept.go_on_with(None)
        self.shown.emit()
        self.changed.emit()

    def stop(self) -> None:
        """End it; what was measured stays."""
        if self._job is not None:
            self._engine.stop(self._job)

    def speedups(self) -> list[Speedups]:
        """Of each side but the first, against that."""
        return [speedups(self.sides[0].passes, side.passes) for side in self.sides[1:]]

    def differences(self) -> list[int | None]:
        """Of each side but the first, at which token the last texts part."""
        return [first_difference(self.sides[0].tokens, side.tokens) for side in self.sides[1:]]

    @property
    def fraction(self) -> float:
        """How much of the pass is written, 0…1; an answer may end sooner."""
        if self.prompt is None or not self.sides:
            return 0.0
        most = self.prompt.request.max_tokens
        return sum(1.0 if side.stats else len(side.tokens) / most for side in self.sides) / len(self.sides)

    @property
    def seconds_left(self) -> float | None:
        """At most; None while there is no telling."""
        fraction = self.fraction
        return (monotonic() - self._began) * (1 - fraction) / fraction if fraction > 0 else None

    @property
    def switch_share(self) -> float:
        """Of the time of the segments and what is between them, what putting caches back took."""
        return switch_share([segment for side in self.sides for segment in side.segments])

    def on_event(self, job: int, event: EngineEvent) -> bool:
        """Take an event of the comparison under way; False where it belongs to something else."""
        if job != self._job:
            return False
        match event:
            case DraftsProgress(progress):
                self.loading = progress
                self.changed.emit()
            case SideEvent(side, told):
                self._on_side(side, self.sides[side], told)
            case Parting():
                self.partings[event.side] = event
            case JobDone():
                self._end(self._outcome())
            case JobCancelled():
                self._end(Stage.STOPPED)
            case JobFailed(error):
                self._end(Stage.FAILED, error)
            case JobCrashed():
                text = tr("The comparison ended because of a fault in Slipstream.")
                self._end(Stage.FAILED, AppError(text, tr("The log says what happened.")))
            case _:
                return False
        return True

    def deliver(self) -> None:
        """Show what came since the last time."""
        fresh, self._fresh = self._fresh, {}
        for side, pieces in fresh.items():
            self.written.emit(side, tuple(pieces))
        if fresh and self.running:
            self.changed.emit()

    def _request(self) -> GenerateRequest:
        return request_for(self._parameters.settings, self._pair.loaded)

    @property
    def _pairs(self) -> int:
        """Of segments that can be compared, on the side that has fewest."""
        return min((each.decode.n for each in self.speedups()), default=0)

    def _go_on(self) -> None:
        """Write it once more, where it was asked for and the last time brought something, and not yet enough."""
        before, self._pairs_before = self._pairs_before, None
        if before is not None and before < self._pairs < FEWEST and self.can_go_on:
            self.again()

    def _is_same(self, loaded: PairLoaded | None) -> bool:
        """Whether this is what was compared on, wherever its layers lie now."""
        if loaded is None or self._loaded is None:
            return False
        return self._is_of_here and replace(loaded, placement=None) == replace(self._loaded, placement=None)

    def _pass(self) -> None:
        assert self.prompt is not None
        for side in self.sides:
            side.begin_pass()
        self.partings, self.error, self.note, self.prefill, self.loading = {}, None, "", None, None
        self._fresh.clear()
        self._began = monotonic()
        seed = secrets.randbits(32)  # one for all sides, another one in each pass
        request = replace(self.prompt.request, seed=seed)
        asked = SideBySide(request, tuple(side.spec for side in self.sides), SEGMENT)
        self.stage = Stage.RUNNING
        spec = self._pair.spec
        assert spec is not None  # as what the pair was loaded
        self._job = self._engine.compare(asked, spec)
        self.kept.begin_pass(seed)
        self._pair.lend(PairState.COMPARING)
        self.begun.emit()
        self.changed.emit()

    def _on_side(self, number: int, side: Side, event: object) -> None:
        match event:
            case ModelInfo():
                side.draft = event
            case PrefillProgress():
                if self.loading is not None:
                    self._began = monotonic()
                self.prefill, self.loading = event, None
                self.changed.emit()
            case StepDone():
                self.prefill = None
                side.add_step(event)
                self._fresh.setdefault(number, []).extend(event.pieces)
            case Segment():
                self.kept.add(number, len(side.passes), side.add_segment(event), self.sides)
                self.measured.emit()
            case RunFinished():
                side.finish(event)
                self._fresh.setdefault(number, []).extend(event.pieces)

    def _outcome(self) -> Stage:
        """How it ended, where the engine came to its end."""
        stats = [side.stats for side in self.sides if side.stats is not None]
        self.note = next((each.notes[-1] for each in stats if each.notes), "")
        if self.note:
            return Stage.DRAFT_FAILED
        stopped = any(each.stop_reason is StopReason.STOPPED for each in stats)
        return Stage.STOPPED if stopped else Stage.DONE

    def _end(self, stage: Stage, error: AppError | None = None) -> None:
        self._job = None
        self.deliver()
        self.stage, self.error, self.prefill, self.loading = stage, error, None, None
        self.kept.end(stage, self.sides, tuple(self.partings.values()), self.note, error)
        if isinstance(error, EngineDiedError):
            self._pair.died(error)
        else:
            self._pair.take_back(PairState.COMPARING)
        self.measured.emit()
        self.changed.emit()
        if stage is Stage.DONE:
            self._go_on()
