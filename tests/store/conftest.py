"""A store in a folder of its own, closed at the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from slipstream.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "slipstream.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as opened:
        yield opened
