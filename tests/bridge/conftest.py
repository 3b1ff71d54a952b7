"""A session at work, for the tests of what is behind the window."""

import gc

import pytest
from desk import open_desk


@pytest.fixture(autouse=True)
def collect_here():
    """Cyclic garbage is collected on this thread only, as in the application: Qt's objects need that."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture
def desk(qtbot, tmp_path):
    """Started, its model loaded."""
    with open_desk(qtbot, tmp_path) as desk:
        desk.start()
        yield desk
