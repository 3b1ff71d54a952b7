"""Questions to the hub from the window: what is searched for, what a repository has, what is in a file there."""

import math
import threading
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject

from slipstream.bridge.questions import Questions
from slipstream.core.errors import AppError, HubError
from slipstream.models.hub import Hub
from slipstream.models.hub_data import HubModel, Repository, SearchQuery, Variant
from slipstream.models.patience import within
from slipstream.models.remote_header import read_remote_model
from slipstream.models.split_files import ModelFiles


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


class HubAnswerer:
    """Asks one hub."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def answer(self, question: object, dropped: threading.Event) -> object:
        assert isinstance(question, Search | ListFiles | ReadHeader)
        asked: Question = question
        return within(math.inf, lambda: self._ask(asked), stop=dropped)

    def fault(self) -> AppError:
        return HubError(
            tr("The hub could not be asked because of a fault in Slipstream."),
            tr("The log says what happened."),
        )

    def _ask(self, question: Question) -> Result:
        match question:
            case Search(query):
                return self._hub.search(query)
            case ListFiles(repo):
                return self._hub.repository(repo)
            case ReadHeader(repository, variant):
                return read_remote_model(self._hub, repository, variant)


class HubQuestions(Questions):
    """`Search`, `ListFiles`, `ReadHeader`; asked on the thread "hub"."""

    def __init__(self, hub: Hub, parent: QObject | None = None) -> None:
        super().__init__("hub", HubAnswerer(hub), parent)
