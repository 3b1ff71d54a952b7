"""Answers on their way into the store: what cannot be written now waits here, in its order, and is tried again.

A full disk must not cost an answer, and later steps must not overtake earlier ones. Used on the store's thread;
knows nothing of threads and timers.
"""

import logging
from collections.abc import Iterator
from dataclasses import replace

from slipstream.bridge.answer import why_not_whole
from slipstream.bridge.store_messages import (
    AnswersKept,
    FinishAnswer,
    SaveAnswer,
    StoreFailed,
    TakeBackTurn,
    Turn,
    Write,
)
from slipstream.core.errors import AppError
from slipstream.core.events import TextPiece
from slipstream.core.metrics import Phase
from slipstream.store.records import Run
from slipstream.store.store import Store

log = logging.getLogger(__name__)


class LateWrites:
    """The writes that wait."""

    def __init__(self) -> None:
        self._waiting: list[Write] = []
        self._told: set[int] = set()

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def add(self, write: Write) -> None:
        self._waiting.append(write)

    def write(self, store: Store) -> Iterator[StoreFailed | AnswersKept]:
        """Try all that waits, and give out what is to be told: the first failure of each run, and the end of it.

        What meets a bug is dropped, and the bug raised.
        """
        stuck: set[int] = set()
        for write in tuple(self._waiting):
            if write.run in stuck:
                continue
            try:
                _write(store, write)
            except AppError as error:
                log.error("%s: %s", type(write).__name__, error.one_line())
                stuck.add(write.run)
                if write.run not in self._told:
                    self._told.add(write.run)
                    yield StoreFailed(write, error)
            except BaseException:
                self._waiting.remove(write)
                raise
            else:
                self._waiting.remove(write)
        if self._told and not self._waiting:
            self._told.clear()
            yield AnswersKept()

    def waits(self, run: int) -> bool:
        """Whether something of this run waits."""
        return any(write.run == run for write in self._waiting)

    def whole(self, turn: Turn, run: Run) -> Turn:
        """A stored answer with what of it still waits."""
        for write in self._waiting:
            if write.run != run.id or isinstance(write, TakeBackTurn):
                continue
            pieces = _pieces(write)
            turn = replace(
                turn,
                content=turn.content + "".join(p.text for p in pieces if p.phase is Phase.ANSWER),
                thinking=turn.thinking + "".join(p.text for p in pieces if p.phase is Phase.THINK),
                pieces=turn.pieces + pieces,
            )
            if isinstance(write, FinishAnswer):
                turn = _finished(turn, write, run)
        return turn


def _write(store: Store, write: Write) -> None:
    match write:
        case SaveAnswer(run, steps):
            store.append_steps(run, steps)
        case FinishAnswer(run, steps, None, interrupted):
            store.interrupt_answer(run, interrupted, steps)
        case FinishAnswer(run, steps, finished):
            assert finished is not None  # the case above
            store.finish_answer(run, finished, steps)
        case TakeBackTurn(run):
            store.take_back_turn(run)


def _pieces(write: SaveAnswer | FinishAnswer) -> tuple[TextPiece, ...]:
    pieces = tuple(piece for step in write.steps for piece in step.pieces)
    if isinstance(write, FinishAnswer) and write.finished is not None:
        pieces += write.finished.pieces
    return pieces


def _finished(turn: Turn, write: FinishAnswer, run: Run) -> Turn:
    if write.finished is None:
        return replace(turn, interrupted=write.interrupted or why_not_whole(None))
    stats = write.finished.stats
    interrupted = why_not_whole(stats.stop_reason)
    return replace(
        turn,
        content=turn.content[: run.content_from] + stats.answer,
        thinking=turn.thinking[: run.thinking_from] + stats.thinking,
        stats=stats,
        interrupted=interrupted,
    )
