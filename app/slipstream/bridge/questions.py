"""Questions from the window, answered one after the other on a thread of their own, dropped when no longer wanted.

A newer question takes the place of an older one of its kind, as where a person goes on typing or clicking. Knows
neither what is asked nor widgets.
"""

import logging
import threading
from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from slipstream.core.errors import AppError
from slipstream.models.patience import StoppedError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to question `number`; an AppError says why there is none."""

    number: int
    question: object
    result: object


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A question on its way. `dropped` is set when nobody wants to know any more."""

    number: int
    question: object
    dropped: threading.Event = field(default_factory=threading.Event)


class Answerer(Protocol):
    """Who knows the answers; called on the questions' thread."""

    def answer(self, question: object, dropped: threading.Event) -> object:
        """Raises AppError; StoppedError where it noticed that the question was dropped."""

    def fault(self) -> AppError:
        """What is told where a bug kept a question from being answered."""


class QuestionWorker(QObject):
    """Lives on the other thread. Signal `answered(Answer)`."""

    answered = Signal(object)

    def __init__(self, answerer: Answerer) -> None:
        super().__init__()
        self._answerer = answerer

    @Slot(object)
    def on_asked(self, asked: Asked) -> None:
        """Answer, unless nobody wants to know any more. A bug goes on to the exception hook, and the log."""
        if asked.dropped.is_set():
            return
        result: object = self._answerer.fault()
        try:
            result = self._answerer.answer(asked.question, asked.dropped)
        except StoppedError:
            return
        except AppError as error:
            log.info("%s: %s", type(asked.question).__name__, error.one_line())
            result = error
        finally:
            if not asked.dropped.is_set():
                self.answered.emit(Answer(asked.number, asked.question, result))

    @Slot()
    def on_close(self) -> None:
        """End the thread."""
        self.thread().quit()


class Questions(QObject):
    """What the window's thread holds. Signal `answered(Answer)`, one for each question that is not dropped."""

    answered = Signal(object)
    _asked = Signal(object)
    _close = Signal()

    def __init__(self, name: str, answerer: Answerer, parent: QObject | None = None) -> None:
        """`name` is the thread's, for those who look at a process."""
        super().__init__(parent)
        self._open: list[Asked] = []
        self._last_number = 0
        self._thread = QThread(self)
        self._thread.setObjectName(name)
        self._worker = QuestionWorker(answerer)
        self._worker.moveToThread(self._thread)
        queued = Qt.ConnectionType.QueuedConnection
        self._asked.connect(self._worker.on_asked, queued)
        self._close.connect(self._worker.on_close, queued)
        self._worker.answered.connect(self._on_answered, queued)
        self._thread.start()

    def ask(self, question: object) -> int:
        """Ask in place of an earlier question of this kind; returns the question's number."""
        self.drop(type(question))
        self._last_number += 1
        asked = Asked(self._last_number, question)
        self._open.append(asked)
        self._asked.emit(asked)
        return asked.number

    def drop(self, kind: type[object]) -> None:
        """Take back what was asked of this kind: there will be no answer."""
        for asked in self._open:
            if isinstance(asked.question, kind):
                asked.dropped.set()
        self._open = [asked for asked in self._open if not asked.dropped.is_set()]

    def is_open(self, kind: type[object]) -> bool:
        """Whether a question of this kind waits for its answer."""
        return any(isinstance(asked.question, kind) for asked in self._open)

    def close(self, timeout_ms: int = 5000) -> bool:
        """Drop everything, and end the thread. False where it did not end in time."""
        for asked in self._open:
            asked.dropped.set()
        self._open = []
        self._close.emit()
        return self._thread.wait(timeout_ms)

    @Slot(object)
    def _on_answered(self, answer: Answer) -> None:
        """Pass it on, unless it was taken back while it was on its way."""
        if any(asked.number == answer.number for asked in self._open):
            self._open = [asked for asked in self._open if asked.number != answer.number]
            self.answered.emit(answer)
