"""A person's token for the hub: kept in the system's keyring, or in the hub library's own file where there is none.

Which one is sent: the variable `HF_TOKEN`, else the keyring's, else the file's, which `hf auth login` writes, too.
A keyring's token belongs to one hub, so that another hub (`HF_ENDPOINT`) never gets it. A token is never logged, and
no error names it.
"""

import logging
import os
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from slipstream.core.errors import AppError, UsageError

log = logging.getLogger(__name__)
SERVICE = "Slipstream"  # what the keyring's own program shows
VARIABLES = ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")
MAX_LENGTH = 1000  # characters
_HUB = "https://huggingface.co"


class Kept(StrEnum):
    NOWHERE = "nowhere"
    VARIABLE = "variable"
    KEYRING = "keyring"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class TokenPlace:
    """Where the token is that will be sent; and where another would be kept."""

    kept: Kept
    keyring: str  # what the system's keyring is called; "" where none works
    file: Path  # the hub library's own


def token_for(endpoint: str | None) -> str | None:
    """The keyring's token for this hub; None where the hub library is to find one by itself."""
    return None if _variable() else _from_keyring(_hub(endpoint))


def token_place(endpoint: str | None = None) -> TokenPlace:
    """Where the token for this hub is. May wait for a keyring that asks to be unlocked."""
    if _variable():
        kept = Kept.VARIABLE
    elif _from_keyring(_hub(endpoint)):
        kept = Kept.KEYRING
    else:
        kept = Kept.FILE if _from_file() else Kept.NOWHERE
    return TokenPlace(kept, keyring_name(), token_file())


def keep_token(token: str, endpoint: str | None = None) -> Kept:
    """Keep it in the keyring, or in the hub library's file where none works; says which it was.

    Raises UsageError where it cannot be a token, AppError where it can be kept nowhere.
    """
    token = token.strip()
    if not token or len(token) > MAX_LENGTH or not token.isascii() or not token.isprintable() or " " in token:
        raise UsageError("This is no token", "Copy it whole, from the hub's settings: it begins with hf_")
    _from_keyring.cache_clear()
    if keyring_name() and _into_keyring(token, _hub(endpoint)):
        return Kept.KEYRING
    try:
        _into_file(token)
    except OSError as error:
        raise AppError(
            f"The token could not be kept in {token_file()}: {error.strerror or error}",
            "Set the variable HF_TOKEN instead",
        ) from error
    return Kept.FILE


def forget_token(endpoint: str | None = None) -> None:
    """Take it out of the keyring and of the hub library's file. Raises AppError where that cannot be done."""
    import keyring  # noqa: PLC0415
    from keyring.errors import KeyringError, PasswordDeleteError  # noqa: PLC0415

    hub = _hub(endpoint)
    in_keyring = _from_keyring(hub)
    _from_keyring.cache_clear()
    try:
        if in_keyring:
            with suppress(PasswordDeleteError):  # it has gone meanwhile
                keyring.delete_password(SERVICE, hub)
        token_file().unlink(missing_ok=True)
    except (KeyringError, OSError) as error:
        raise AppError(
            f"The token could not be removed ({type(error).__name__})",
            "Remove it in the keyring's own program",
        ) from error


def keyring_name() -> str:
    """What the system's keyring is called, e.g. "SecretService Keyring"; "" where none works."""
    import keyring  # noqa: PLC0415  # a tenth of a second

    backend = keyring.get_keyring()
    return str(backend.name) if backend.priority >= 1 else ""  # less is a stand-in, or writes plain text


def token_file() -> Path:
    """The hub library's own file of the token, found as it does: importing it takes a second."""
    if told := os.environ.get("HF_TOKEN_PATH"):
        return Path(os.path.expandvars(told)).expanduser()
    if home := os.environ.get("HF_HOME"):
        return Path(os.path.expandvars(home)).expanduser() / "token"
    cache = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(cache).expanduser() / "huggingface" / "token"


@cache
def _from_keyring(hub: str) -> str | None:
    """Asked once: a keyring that is locked would ask for its password each time."""
    import keyring  # noqa: PLC0415
    from keyring.errors import KeyringError  # noqa: PLC0415

    if not keyring_name():
        return None
    try:
        return keyring.get_password(SERVICE, hub) or None
    except KeyringError as error:
        log.warning("the keyring cannot be read (%s)", type(error).__name__)
        return None


def _into_keyring(token: str, hub: str) -> bool:
    """Whether it is there now."""
    import keyring  # noqa: PLC0415
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        keyring.set_password(SERVICE, hub, token)
    except KeyringError as error:
        log.warning("the keyring keeps nothing (%s)", type(error).__name__)
        return False
    return _from_keyring(hub) == token


def _from_file() -> bool:
    try:
        return bool(token_file().read_text("utf-8", "replace").strip())
    except OSError:
        return False


def _into_file(token: str) -> None:
    """Readable by this person alone, from its first moment on. Raises OSError."""
    path = token_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(token)
    part.replace(path)


def _variable() -> bool:
    return any(os.environ.get(name, "").strip() for name in VARIABLES)


def _hub(endpoint: str | None) -> str:
    return (endpoint or os.environ.get("HF_ENDPOINT") or _HUB).rstrip("/")
