"""The token from the window: its thread, its answers, and no trace of it in what is written."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from hub_server import HubServer, Mode, hub_server
from memory_keyring import MemoryKeyring, use_keyring
from pytestqt.qtbot import QtBot

from slipstream.bridge.hub_token import HubToken, TokenTold
from slipstream.models import hub_token
from slipstream.models.hub import Hub
from slipstream.models.hub_token import Kept

pytestmark = pytest.mark.usefixtures("clean_hub")
TOKEN = "hf_CanaryTokenThatMustNotBeSeen42"
WAIT_MS = 15_000


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryKeyring]:
    ring = MemoryKeyring()
    use_keyring(monkeypatch, ring)
    yield ring
    hub_token._from_keyring.cache_clear()


@pytest.fixture
def server() -> Iterator[HubServer]:
    with hub_server() as server:
        yield server


@pytest.fixture
def token(qtbot: QtBot, server: HubServer, ring: MemoryKeyring) -> Iterator[HubToken]:
    token = HubToken(Hub(server.endpoint))
    yield token
    assert token.close(), "the thread did not end"
    token.deleteLater()


def told(qtbot: QtBot, token: HubToken, wish: str, *values: str) -> TokenTold:
    with qtbot.waitSignal(token.told, timeout=WAIT_MS) as answer:
        getattr(token, wish)(*values)
        assert token.busy
    assert not token.busy
    (found,) = answer.args
    assert isinstance(found, TokenTold)
    return found


def kept(answer: TokenTold) -> Kept:
    assert answer.place is not None
    return answer.place.kept


def test_nothing_runs_before_the_first_wish(qtbot: QtBot, server: HubServer) -> None:
    token = HubToken(Hub(server.endpoint))
    assert token.close(0)
    token.deleteLater()


def test_looked_for_kept_tested_forgotten(qtbot: QtBot, token: HubToken, server: HubServer) -> None:
    assert kept(told(qtbot, token, "look")) is Kept.NOWHERE
    assert kept(told(qtbot, token, "keep", TOKEN)) is Kept.KEYRING
    server.mode = Mode(api_body=b'{"name": "ada"}')
    answer = told(qtbot, token, "test")
    assert (answer.account, answer.error) == ("ada", None)
    assert server.requests[-1].headers["authorization"] == f"Bearer {TOKEN}"
    assert kept(told(qtbot, token, "forget")) is Kept.NOWHERE


def test_what_goes_wrong_is_an_answer_without_the_token(
    qtbot: QtBot, token: HubToken, server: HubServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = told(qtbot, token, "keep", "two words")
    assert answer.error is not None
    assert kept(answer) is Kept.NOWHERE
    server.mode = Mode(status=401, error_message="Invalid credentials in Authorization header")
    answer = told(qtbot, token, "test", TOKEN)
    assert answer.error is not None
    assert "refuses" in answer.error.message
    assert TOKEN not in f"{answer}{answer.error.one_line()}{caplog.text}"


def test_a_sessions_files_never_hold_it(
    qtbot: QtBot, desk, ring: MemoryKeyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Settings, database, logs: nothing of a session's folder has the token in it."""
    told(qtbot, desk.session.token, "keep", TOKEN)
    desk.session.preferences.update(theme="dark")
    desk.send("Hello")
    desk.session.preferences.save()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.name == "settings.json" for path in files)
    for path in files:
        assert TOKEN.encode() not in path.read_bytes(), path
