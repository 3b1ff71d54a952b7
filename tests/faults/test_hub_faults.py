"""A hub in trouble: whatever it answers, or does not, is a typed and readable error within five seconds."""

import json
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "models"))  # its helpers, when only these tests run

from hub_models import FILE, REPO, Desk, model
from hub_server import COMMIT, HubServer, Mode, Repo, dead_endpoint, hub_server

from slipstream.core.errors import (
    AppError,
    HubAccessError,
    HubBusyError,
    HubError,
    HubNotFoundError,
    HubUnreachableError,
)
from slipstream.models.hub import Hub
from slipstream.models.hub_data import SearchQuery

pytestmark = pytest.mark.usefixtures("clean_hub")
SECONDS = 5.0
BAD_TOKEN = "Invalid credentials in Authorization header"


@pytest.fixture(autouse=True)
def _imported() -> None:
    """Importing the library is not the hub's trouble."""
    Hub("http://127.0.0.1:1")._api()


@pytest.fixture
def server() -> Iterator[HubServer]:
    with hub_server(Repo(REPO, {FILE: model()})) as server:
        yield server


def search(hub: Hub) -> object:
    return hub.search(SearchQuery("model"))


def files(hub: Hub) -> object:
    return hub.repository(REPO)


def read(hub: Hub) -> object:
    with hub.open_file(REPO, COMMIT, FILE, seconds=2.0) as answer:
        return b"".join(answer.pieces())


def refused(call: Callable[[], object], kind: type[AppError]) -> AppError:
    """The error, which came in time and is fit to show."""
    begin = time.monotonic()
    with pytest.raises(kind) as caught:
        call()
    assert time.monotonic() - begin < SECONDS
    assert type(caught.value) is kind
    assert caught.value.message
    assert caught.value.hint
    assert caught.value.one_line().isprintable()
    return caught.value


EVERYTHING = pytest.mark.parametrize("ask", [search, files, read])
REFUSALS = [
    (Mode(status=401), HubAccessError, "no such repository, or a private one"),
    (Mode(status=401, error_code="GatedRepo"), HubAccessError, "is gated"),
    (Mode(status=401, error_message=BAD_TOKEN), HubAccessError, "refuses your token"),
    (Mode(status=403, error_code="GatedRepo"), HubAccessError, "is gated"),
    (Mode(status=403, error_message="Not allowed here"), HubAccessError, "refuses access: Not allowed here"),
    (Mode(status=404, error_code="RepoNotFound"), HubNotFoundError, "no such repository"),
    (Mode(status=404, error_code="EntryNotFound"), HubNotFoundError, "no such file"),
    (Mode(status=404, error_code="RevisionNotFound"), HubNotFoundError, "no such version"),
    (Mode(status=404), HubNotFoundError, "no such repository"),
    (Mode(status=429), HubBusyError, "Too many requests"),
    (Mode(status=500), HubBusyError, "trouble"),
    (Mode(status=502), HubBusyError, "trouble"),
    (Mode(status=503), HubBusyError, "trouble"),
    (Mode(status=418), HubError, "status 418"),
    (Mode(status=302), HubError, "status 302"),
    (Mode(html=True), HubError, "web page"),
]


@EVERYTHING
@pytest.mark.parametrize(("mode", "kind", "message"), REFUSALS)
def test_refusals(
    server: HubServer, ask: Callable[[Hub], object], mode: Mode, kind: type[AppError], message: str
) -> None:
    server.mode = mode
    error = refused(lambda: ask(Hub(server.endpoint)), kind)
    assert message in error.message
    assert len(server.requests) == 1  # nothing is asked again behind a person's back


def test_a_gated_model_says_where_to_accept_its_terms(server: HubServer) -> None:
    server.mode = Mode(status=403, error_code="GatedRepo")
    error = refused(lambda: files(Hub(server.endpoint)), HubAccessError)
    assert f"{server.endpoint}/{REPO}" in error.hint
    assert error.message.startswith(REPO)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "12"}, 12.0),
        ({"RateLimit": '"api";r=0;t=55'}, 55.0),
        ({"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, None),
        ({"Retry-After": "9" * 40}, None),
        ({}, None),
    ],
)
def test_how_long_to_wait_is_told(server: HubServer, headers: dict[str, str], seconds: float | None) -> None:
    server.mode = Mode(status=429, headers=headers)
    error = refused(lambda: search(Hub(server.endpoint)), HubBusyError)
    assert isinstance(error, HubBusyError)
    assert error.retry_after == seconds
    assert ("in 12 s" in error.hint) == (seconds == 12.0)


@pytest.mark.parametrize("message", ["\x1b[2Jboo", "x" * 100_000, "", "\u202eevil"])
def test_what_a_hub_says_is_made_fit_to_show(server: HubServer, message: str) -> None:
    server.mode = Mode(status=403, api_body=json.dumps({"error": message}).encode())
    error = refused(lambda: files(Hub(server.endpoint)), HubAccessError)
    assert len(error.one_line()) < 600


@EVERYTHING
def test_a_dead_port(ask: Callable[[Hub], object]) -> None:
    with dead_endpoint() as endpoint:
        error = refused(lambda: ask(Hub(endpoint)), HubUnreachableError)
    assert "127.0.0.1 cannot be reached" in error.message


@EVERYTHING
def test_a_name_that_nobody_knows(ask: Callable[[Hub], object]) -> None:
    error = refused(lambda: ask(Hub("http://no-such-hub.invalid")), HubUnreachableError)
    assert "no-such-hub.invalid" in error.message


@pytest.mark.parametrize("ask", [search, read])
def test_a_hub_that_never_answers(server: HubServer, ask: Callable[[Hub], object]) -> None:
    server.mode = Mode(silent=True)
    error = refused(lambda: ask(Hub(server.endpoint)), HubUnreachableError)
    assert "does not answer" in error.message


@contextmanager
def full_port() -> Iterator[str]:
    """A port whose queue of connections is full: a new one hangs."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        waiting = []
        for _ in range(4):
            client = socket.socket()
            client.setblocking(False)
            client.connect_ex(address)
            waiting.append(client)
        yield f"http://127.0.0.1:{address[1]}"
        for client in waiting:
            client.close()


def test_a_connection_that_hangs() -> None:
    with full_port() as endpoint:
        refused(lambda: files(Hub(endpoint)), HubUnreachableError)


@pytest.mark.parametrize(
    "endpoint", ["hf-mirror.example", "ftp://hub.example", "http://", "http://[::1", "x y"]
)
def test_an_endpoint_that_is_none(endpoint: str) -> None:
    refused(lambda: search(Hub(endpoint)), HubUnreachableError)


def test_offline_mode_is_told(server: HubServer, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants  # noqa: PLC0415

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    error = refused(lambda: search(Hub(server.endpoint)), HubUnreachableError)
    assert "HF_HUB_OFFLINE" in error.message
    assert not server.requests


def test_a_redirect_that_never_ends(server: HubServer) -> None:
    server.mode = Mode(status=302, headers={"Location": "/api/models"})
    refused(lambda: search(Hub(server.endpoint)), HubUnreachableError)
    assert len(server.requests) <= 12


def test_local_work_goes_on_while_the_hub_is_dead(tmp_path: Path) -> None:
    """What is here needs no hub: a finished download is found by its record."""
    with hub_server(Repo(REPO, {FILE: model()})) as server:
        desk = Desk(server, tmp_path)
        download = desk.wanted()
        desk.run(download)
    assert desk.run(download).files[0].is_file()
