"""Questions to the hub from the window's thread, which never waits."""

import time
from collections.abc import Iterator

import pytest
from hub_models import FILE, REPO, model
from hub_server import HubServer, Mode, Repo, dead_endpoint, hub_server
from pytestqt.qtbot import QtBot

from slipstream.bridge.hub_questions import HubQuestions, ListFiles, ReadHeader, Search
from slipstream.bridge.questions import Answer
from slipstream.core.errors import HubUnreachableError
from slipstream.models.hub import Hub
from slipstream.models.hub_data import Repository, SearchQuery
from slipstream.models.split_files import ModelFiles

pytestmark = pytest.mark.usefixtures("clean_hub")
WAIT_MS = 15_000


@pytest.fixture
def server() -> Iterator[HubServer]:
    with hub_server(Repo(REPO, {FILE: model()}), Repo("acme/Other-GGUF", {})) as server:
        yield server


@pytest.fixture
def questions(qtbot: QtBot, server: HubServer) -> Iterator[HubQuestions]:
    questions = HubQuestions(Hub(server.endpoint))
    yield questions
    assert questions.close(), "the thread did not end"
    questions.deleteLater()


def answer_of(qtbot: QtBot, questions: HubQuestions, question: Search | ListFiles | ReadHeader) -> Answer:
    with qtbot.waitSignal(questions.answered, timeout=WAIT_MS) as answered:
        number = questions.ask(question)
    (answer,) = answered.args
    assert (answer.number, answer.question) == (number, question)
    return answer


def test_search_then_files_then_the_header(qtbot: QtBot, questions: HubQuestions) -> None:
    found = answer_of(qtbot, questions, Search(SearchQuery("model"))).result
    assert isinstance(found, tuple)
    listed = answer_of(qtbot, questions, ListFiles(found[0].repo)).result
    assert isinstance(listed, Repository)
    files = answer_of(qtbot, questions, ReadHeader(listed, listed.variants[0])).result
    assert isinstance(files, ModelFiles)
    assert files.header.name == "Tiny"


def test_trouble_is_an_answer(qtbot: QtBot) -> None:
    with dead_endpoint() as endpoint:
        questions = HubQuestions(Hub(endpoint))
        try:
            answer = answer_of(qtbot, questions, Search(SearchQuery()))
            assert isinstance(answer.result, HubUnreachableError)
        finally:
            assert questions.close()


def test_a_newer_question_takes_the_place_of_an_older_one(
    qtbot: QtBot, server: HubServer, questions: HubQuestions
) -> None:
    answers: list[Answer] = []
    questions.answered.connect(answers.append)
    server.mode = Mode(silent=True)
    questions.ask(Search(SearchQuery("mo")))
    server.wait(lambda: len(server.requests) == 1)
    server.mode = Mode()
    begin = time.monotonic()
    number = questions.ask(Search(SearchQuery("other")))
    qtbot.waitUntil(lambda: len(answers) == 1, timeout=WAIT_MS)
    assert time.monotonic() - begin < 3
    assert answers[0].number == number


def test_a_question_that_was_taken_back_has_no_answer(qtbot: QtBot, questions: HubQuestions) -> None:
    answers: list[Answer] = []
    questions.answered.connect(answers.append)
    questions.ask(Search(SearchQuery()))
    questions.drop(Search)
    questions.ask(ListFiles(REPO))
    qtbot.waitUntil(lambda: len(answers) == 1, timeout=WAIT_MS)
    assert isinstance(answers[0].question, ListFiles)


def test_closing_does_not_wait_for_a_hub_that_is_silent(qtbot: QtBot, server: HubServer) -> None:
    server.mode = Mode(silent=True)
    questions = HubQuestions(Hub(server.endpoint))
    questions.ask(Search(SearchQuery()))
    server.wait(lambda: len(server.requests) == 1)
    begin = time.monotonic()
    assert questions.close()
    assert time.monotonic() - begin < 2
