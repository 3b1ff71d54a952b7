"""A comparison under way: one prompt, answered in several ways by turns, for whoever shows it.

It lends the engine from the pair while it runs, keeps what each side writes, and the passes that were made: asking
again makes one pass more, until the intervals are narrow enough. Knows no widgets; nothing of it is stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from time import monotonic

from PySide6.QtCore import QCoreApplication, QObject, Signal

from slipstream.bridge.chat import Chat
from slipstream.bridge.engine_messages import (
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
from slipstream.core.chat import ChatMessage, GenerateRequest, Role, Speculation
from slipstream.core.errors import AppError, EngineDiedError
from slipstream.core.events import PairLoaded, PrefillProgress, RunFinished, StepDone, TextPiece
from slipstream.core.metrics import RunMeter, RunStats, StopReason
from slipstream.core.side_by_side import (
    SEGMENT,
    Parting,
    Pass,
    Segment,
    SideBySide,
    SideEvent,
    Speedups,
    first_difference,
    speedups,
)


def tr(text: str) -> str:
    return QCoreApplication.translate("SideBySide", text)


class Stage(StrEnum):
    EMPTY = "empty"  # nothing was compared yet
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"  # by a person, before the end
    DRAFT_FAILED = "draft_failed"
    FAILED = "failed"  # the engine could not go on


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is to be answered: the text a person knows it by, and the whole of it."""

    text: str
    request: GenerateRequest


@dataclass
class Side:
    """What one side wrote, in the last pass, and what all its passes came to."""

    speculation: Speculation
    passes: list[Pass] = field(default_factory=list)
    pieces: list[TextPiece] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)  # ids
    meter: RunMeter = field(default_factory=RunMeter)
    stats: RunStats | None = None  # once it is over
    last_ms: float = 0.0  # its clock at the last step

    @property
    def segments(self) -> list[Segment]:
        """Of all passes."""
        return [segment for each in self.passes for segment in each.segments]

    @property
    def gaps(self) -> list[float]:
        """Between its chunks, inside segments, ms."""
        return [gap for segment in self.segments for gap in segment.gaps]

    @property
    def tokens_per_second(self) -> float | None:
        """Decode tokens/s over all segments."""
        ms = sum(self.gaps)
        return sum(segment.decode_tokens for segment in self.segments) / ms * 1000 if ms else None

    @property
    def total_ms(self) -> float | None:
        """Total latency of the last pass, so far, by its own clock."""
        return self.last_ms or None

    def begin_pass(self) -> None:
        self.passes.append(Pass())
        self.pieces, self.tokens, self.meter = [], [], RunMeter()
        self.stats, self.last_ms = None, 0.0


class SideBySides(QObject):
    """Signals: `changed()`, of stage or progress; `begun()`, a pass begins, the sides are empty; `measured()`, a
    segment is over, or all; `written(side, tuple[TextPiece])`.
    """

    changed = Signal()
    begun = Signal()
    measured = Signal()
    written = Signal(int, object)

    def __init__(
        self,
        engine: EngineThread,
        pair: Pair,
        chat: Chat,
        parameters: Parameters,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._pair = pair
        self._chat = chat
        self._parameters = parameters
        self._job: int | None = None
        self._loaded: PairLoaded | None = None  # what was compared on
        self._fresh: dict[int, list[TextPiece]] = {}
        self._began = 0.0
        self.stage = Stage.EMPTY
        self.prompt: Prompt | None = None
        self.sides: list[Side] = []
        self.partings: dict[int, Parting] = {}
        self.error: AppError | None = None
        self.note = ""  # what happened to a draft
        self.prefill: PrefillProgress | None = None  # while a prompt is read

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
        ended = self.stage in (Stage.DONE, Stage.STOPPED)
        return ended and not self.why_not and self._pair.loaded == self._loaded

    @property
    def loaded(self) -> PairLoaded | None:
        """What is compared on, or would be."""
        return self._loaded if self.sides else self._pair.loaded

    def prompt_of(self, text: str) -> Prompt:
        """What would be asked by sending this text now."""
        request = with_turns(self._request(), self._chat.in_prompt)
        return Prompt(text, replace(request, messages=(*request.messages, ChatMessage(Role.USER, text))))

    def prompt_at(self, message: int) -> Prompt | None:
        """What an answer, or a message of a person's, is or would be the answer to. None where nothing is."""
        place = self._chat.place(message)
        if place is None:
            return None
        turns = self._chat.turns[: place + (self._chat.turns[place].role is Role.USER)]
        if not turns or turns[-1].role is not Role.USER:
            return None
        seen = turns[min(self._chat.left_out, len(turns) - 1) :]
        return Prompt(turns[-1].content, with_turns(self._request(), seen))

    def begin(self, prompt: Prompt, sides: Sequence[Speculation], max_tokens: int) -> None:
        """Compare anew, where that can be done now. The first side is what the others are compared with."""
        if self.why_not:
            return
        now = self._request()  # the prompt may have been shown for a while
        request = replace(
            prompt.request,
            sampling=now.sampling,
            thinking_budget=now.thinking_budget,
            max_tokens=max_tokens,
            seed=None,  # one for all sides, another one in each pass
        )
        self.prompt = replace(prompt, request=request)
        self.sides = [Side(side) for side in sides]
        self._loaded = self._pair.loaded
        self._pass()

    def again(self) -> None:
        """Write it all once more, and count both."""
        if self.can_go_on:
            self._pass()

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
        segments = [segment for side in self.sides for segment in side.segments]
        switching = sum(segment.switch_ms for segment in segments)
        return switching / (switching + sum(segment.ms for segment in segments)) if segments else 0.0

    def on_event(self, job: int, event: EngineEvent) -> bool:
        """Take an event of the comparison under way; False where it belongs to something else."""
        if job != self._job:
            return False
        match event:
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

    def _pass(self) -> None:
        assert self.prompt is not None
        for side in self.sides:
            side.begin_pass()
        self.partings, self.error, self.note, self.prefill = {}, None, "", None
        self._fresh.clear()
        self._began = monotonic()
        asked = SideBySide(self.prompt.request, tuple(side.speculation for side in self.sides), SEGMENT)
        self.stage = Stage.RUNNING
        self._job = self._engine.compare(asked)
        self._pair.lend(PairState.COMPARING)
        self.begun.emit()
        self.changed.emit()

    def _on_side(self, number: int, side: Side, event: object) -> None:
        match event:
            case PrefillProgress():
                self.prefill = event
                self.changed.emit()
            case StepDone(record=record):
                self.prefill = None
                side.meter.add(record)
                side.tokens += record.emitted
                side.last_ms = record.t_ms
                self._add(number, side, event.pieces)
            case Segment():
                if not side.passes[-1].segments:
                    side.passes[-1].prefill_ms = side.last_ms - event.ms
                side.passes[-1].segments.append(event)
                self.measured.emit()
            case RunFinished(stats=stats):
                side.stats = stats
                self._add(number, side, event.pieces)

    def _add(self, number: int, side: Side, pieces: Sequence[TextPiece]) -> None:
        side.pieces += pieces
        self._fresh.setdefault(number, []).extend(pieces)

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
        self.stage, self.error, self.prefill = stage, error, None
        if isinstance(error, EngineDiedError):
            self._pair.died(error)
        else:
            self._pair.take_back(PairState.COMPARING)
        self.measured.emit()
        self.changed.emit()
