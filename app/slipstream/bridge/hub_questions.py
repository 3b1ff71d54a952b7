"""Questions to the hub from the window, asked on a thread of their own, dropped when no longer wanted.

A newer question takes the place of an older one of its kind, as where a person goes on typing. Knows no widgets.
"""

import logging
import math
import threading
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QObject, Qt, QThread, Signal, Slot

from slipstream.core.errors import AppError, HubError
from slipstream.models.hub import Hub
from slipstream.models.hub_data import HubModel, Repository, SearchQuery, Variant
from slipstream.models.patience import StoppedError, within
from slipstream.models.remote_header import read_remote_model
from slipstream.models.split_files import ModelFiles

log = logging.getLogger(__name__)


def tr(text: str) -> str:
    return QCoreApplication.translate("HubQuestions", text)


@dataclass(frozen=True, slots=True)
class Search:
    """Answered by a tuple of `HubModel`."""

    query: SearchQuery


@dataclass(frozen=True, slots=True)
class ListFiles:
    """Answered by a `Repository`."""

    repo: str


@dataclass(frozen=True, slots=True)
class ReadHeader:
    """Answered by the `ModelFiles` of a model that is not downloaded."""

    repository: Repository
    variant: Variant


type Question = Search | ListFiles | ReadHeader
type Result = tuple[HubModel, ...] | Repository | ModelFiles


@dataclass(frozen=True, slots=True)
class HubAnswer:
    """The answer to question `number`; or why there is none."""

    number: int
    question: Question
    result: Result | AppError


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    number: int
    question: Question
    dropped: threading.Event = field(default_factory=threading.Event)


class HubWorker(QObject):
    """Lives on the other thread. Signal `answered(HubAnswer)`."""

    answered = Signal(object)

    def __init__(self, hub: Hub) -> None:
        super().__init__()
        self._hub = hub

    @Slot(object)
    def on_asked(self, asked: Asked) -> None:
        """Answer, unless nobody wants to know any more. A bug goes on to the exception hook, and the log."""
        result: Result | AppError = HubError(
            tr("The hub could not be asked because of a fault in Slipstream."),
            tr("The log says what happened."),
        )
        try:
            result = within(math.inf, lambda: self._answer(asked.question), stop=asked.dropped)
        except StoppedError:
            return
        except AppError as error:
            log.info("%s: %s", type(asked.question).__name__, error.one_line())
            result = error
        finally:
            if not asked.dropped.is_set():
                self.answered.emit(HubAnswer(asked.number, asked.question, result))

    def _answer(self, question: Question) -> Result:
        match question:
            case Search(query):
                return self._hub.search(query)
            case ListFiles(repo):
                return self._hub.repository(repo)
            case ReadHeader(repository, variant):
                return read_remote_model(self._hub, repository, variant)

    @Slot()
    def on_close(self) -> None:
        """End the thread."""
        self.thread().quit()


class HubQuestions(QObject):
    """What the window's thread holds. Signal `answered(HubAnswer)`, one for each question that is not dropped."""

    answered = Signal(object)
    _asked = Signal(object)
    _close = Signal()

    def __init__(self, hub: Hub, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open: list[Asked] = []
        self._last_number = 0
        self._thread = QThread(self)
        self._thread.setObjectName("hub")
        self._worker = HubWorker(hub)
        self._worker.moveToThread(self._thread)
        queued = Qt.ConnectionType.QueuedConnection
        self._asked.connect(self._worker.on_asked, queued)
        self._close.connect(self._worker.on_close, queued)
        self._worker.answered.connect(self._on_answered, queued)
        self._thread.start()

    def ask(self, question: Question) -> int:
        """Ask in place of an earlier question of this kind; returns the question's number."""
        self.drop(type(question))
        self._last_number += 1
        asked = Asked(self._last_number, question)
        self._open.append(asked)
        self._asked.emit(asked)
        return asked.number

    def drop(self, kind: type[Search] | type[ListFiles] | type[ReadHeader]) -> None:
        """Take back what was asked of this kind: there will be no answer."""
        for asked in self._open:
            if isinstance(asked.question, kind):
                asked.dropped.set()
        self._open = [asked for asked in self._open if not asked.dropped.is_set()]

    def close(self, timeout_ms: int = 5000) -> bool:
        """Drop everything, and end the thread. False where it did not end in time."""
        for asked in self._open:
            asked.dropped.set()
        self._open = []
        self._close.emit()
        return self._thread.wait(timeout_ms)

    @Slot(object)
    def _on_answered(self, answer: HubAnswer) -> None:
        """Pass it on, unless it was taken back while it was on its way."""
        if any(asked.number == answer.number for asked in self._open):
            self._open = [asked for asked in self._open if asked.number != answer.number]
            self.answered.emit(answer)
