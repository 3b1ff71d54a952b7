"""A token is kept in the keyring, or in the hub library's file; it is sent to its own hub alone, and told nowhere."""

import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hub_models import FILE, REPO, model
from hub_server import HubServer, Mode, Repo, hub_server
from keyring.backends.null import Keyring as NoKeyring
from memory_keyring import MemoryKeyring, use_keyring

from slipstream.core.errors import AppError, HubAccessError, UsageError
from slipstream.models import hub_token
from slipstream.models.hub import Hub
from slipstream.models.hub_data import SearchQuery
from slipstream.models.hub_token import (
    SERVICE,
    Kept,
    forget_token,
    keep_token,
    token_file,
    token_for,
    token_place,
)

TOKEN = "hf_CanaryTokenThatMustNotBeSeen42"
OTHER = "hf_AnotherCanary77"
HUB = "https://huggingface.co"


@pytest.fixture(autouse=True)
def _clean(clean_hub: None) -> Iterator[None]:
    hub_token._from_keyring.cache_clear()
    yield
    hub_token._from_keyring.cache_clear()


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    ring = MemoryKeyring()
    use_keyring(monkeypatch, ring)
    return ring


@pytest.fixture
def no_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    use_keyring(monkeypatch, NoKeyring())


@pytest.fixture
def server() -> Iterator[HubServer]:
    with hub_server(Repo(REPO, {FILE: model()})) as server:
        yield server


def sent(server: HubServer) -> list[str | None]:
    """What each request said about who asks, as the hub itself got it."""
    return [asked.headers.get("authorization") for asked in server.requests if asked.host == "hub"]


def test_it_is_kept_in_the_keyring(ring: MemoryKeyring) -> None:
    assert token_place().kept is Kept.NOWHERE
    assert token_place().keyring == "Test keyring"
    assert keep_token(f"  {TOKEN}\n") is Kept.KEYRING
    assert ring.passwords == {(SERVICE, HUB): TOKEN}
    assert token_place().kept is Kept.KEYRING
    assert token_for(None) == TOKEN
    assert not token_file().exists()


def test_without_a_keyring_it_is_kept_in_the_hub_librarys_file(no_ring: None) -> None:
    from huggingface_hub import constants, get_token  # noqa: PLC0415  # a second to import

    assert token_place().keyring == ""
    assert keep_token(TOKEN) is Kept.FILE
    assert token_file() == Path(constants.HF_TOKEN_PATH)
    assert stat.S_IMODE(token_file().stat().st_mode) == 0o600
    assert get_token() == TOKEN  # the library finds it
    assert token_place().kept is Kept.FILE
    assert token_for(None) is None
    assert list(token_file().parent.iterdir()) == [token_file()]


def test_a_keyring_that_is_locked_is_as_none(ring: MemoryKeyring) -> None:
    ring.locked = True
    assert token_for(None) is None
    assert keep_token(TOKEN) is Kept.FILE


def test_the_variable_goes_before_any_other(ring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_token(TOKEN)
    monkeypatch.setenv("HF_TOKEN", OTHER)
    assert token_place().kept is Kept.VARIABLE
    assert token_for(None) is None  # the library takes the variable's


def test_a_token_of_one_hub_is_not_sent_to_another(ring: MemoryKeyring, server: HubServer) -> None:
    keep_token(TOKEN)
    Hub(server.endpoint).search(SearchQuery())
    assert sent(server) == [None]
    keep_token(OTHER, server.endpoint)
    Hub(server.endpoint).search(SearchQuery())
    assert sent(server) == [None, f"Bearer {OTHER}"]


def test_requests_for_files_carry_it_to_the_hub_and_not_further(
    ring: MemoryKeyring, server: HubServer
) -> None:
    keep_token(TOKEN, server.endpoint)
    hub = Hub(server.endpoint)
    commit = hub.repository(REPO).commit
    with hub.open_file(REPO, commit, FILE) as answer:
        next(answer.pieces())
    assert sent(server) == [f"Bearer {TOKEN}"] * 2
    assert [asked.headers.get("authorization") for asked in server.requests if asked.host == "cdn"] == [None]


def test_it_is_forgotten_everywhere(ring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_token(TOKEN)
    forget_token()
    assert ring.passwords == {}
    assert token_place().kept is Kept.NOWHERE
    use_keyring(monkeypatch, NoKeyring())
    keep_token(TOKEN)
    forget_token()
    assert not token_file().exists()
    forget_token()  # nothing is there: nothing happens


def test_a_keyring_that_does_not_let_go_is_said_without_the_token(ring: MemoryKeyring) -> None:
    keep_token(TOKEN)
    assert token_for(None) == TOKEN
    ring.locked = True
    with pytest.raises(AppError, match="KeyringLocked") as raised:
        forget_token()
    assert TOKEN not in raised.value.one_line()


@pytest.mark.parametrize("text", ["", "  ", "hf_a b", "hf_ä", "hf_\x00", "x" * 1001, "a\nb"])
def test_what_is_no_token_is_not_kept(ring: MemoryKeyring, text: str) -> None:
    with pytest.raises(UsageError):
        keep_token(text)
    assert ring.passwords == {}


def test_a_file_that_cannot_be_written_is_said(
    no_ring: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a file").write_text("x")
    monkeypatch.setenv("HF_TOKEN_PATH", str(tmp_path / "a file" / "token"))
    with pytest.raises(AppError, match="could not be kept") as raised:
        keep_token(TOKEN)
    assert "HF_TOKEN" in raised.value.hint
    assert TOKEN not in raised.value.one_line()


def test_whose_it_is(ring: MemoryKeyring, server: HubServer) -> None:
    server.mode = Mode(api_body=b'{"type": "user", "name": "ada"}')
    hub = Hub(server.endpoint)
    assert hub.account(TOKEN) == "ada"
    with pytest.raises(HubAccessError, match="no token yet"):
        hub.account()
    keep_token(OTHER, server.endpoint)
    assert hub.account() == "ada"
    assert sent(server) == [f"Bearer {TOKEN}", f"Bearer {OTHER}"]
    assert server.requests[0].path == "/api/whoami-v2"


@pytest.mark.parametrize(
    "message", ["Invalid credentials in Authorization header", "Invalid username or password."]
)
def test_one_that_the_hub_refuses_is_said_and_shown_nowhere(
    ring: MemoryKeyring, server: HubServer, message: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.mode = Mode(status=401, error_message=message)
    keep_token(TOKEN, server.endpoint)
    hub = Hub(server.endpoint)
    with pytest.raises(HubAccessError, match="refuses this token") as raised:
        hub.account()
    assert server.endpoint in raised.value.hint
    with pytest.raises(HubAccessError):
        hub.search(SearchQuery())
    chain: BaseException | None = raised.value
    while chain is not None:
        assert TOKEN not in f"{chain!r} {chain}"
        chain = chain.__cause__ or chain.__context__
    assert TOKEN not in caplog.text
