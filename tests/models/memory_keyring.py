"""A keyring as the keyring library wants one, that keeps its passwords in memory; and ways in which one fails."""

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from slipstream.models import hub_token


class MemoryKeyring(KeyringBackend):
    priority = 5  # type: ignore[assignment]  # a class property in the base
    name = "Test keyring"  # type: ignore[assignment]  # likewise

    def __init__(self) -> None:
        super().__init__()
        self.passwords: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._unlocked()
        return self.passwords.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._unlocked()
        self.passwords[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._unlocked()
        if self.passwords.pop((service, username), None) is None:
            raise PasswordDeleteError("there is none")

    def _unlocked(self) -> None:
        if self.locked:
            raise KeyringLocked("the person said no")


def use_keyring(monkeypatch: pytest.MonkeyPatch, backend: KeyringBackend) -> None:
    """Until the end of the test; nothing is remembered of another one."""
    before = keyring.get_keyring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", before)  # so that it comes back
    keyring.set_keyring(backend)
    hub_token._from_keyring.cache_clear()
