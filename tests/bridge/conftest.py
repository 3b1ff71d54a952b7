"""A session at work, for the tests of what is behind the window."""

import pytest
from desk import open_desk


@pytest.fixture
def desk(qtbot, tmp_path):
    """Started, its model loaded."""
    with open_desk(qtbot, tmp_path) as desk:
        desk.start()
        yield desk
