"""A loaded engine, shared by the tests that only read from it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from slipstream.core.chat import PairSpec
from slipstream.engine.session import LocalEngine


@pytest.fixture(scope="session")
def pair_engine(demo_target: Path, low_bit_draft: Path) -> Iterator[LocalEngine]:
    """The demo model with its low-bit draft, 1024 tokens of context."""
    engine = LocalEngine()
    loaded = engine.load(PairSpec(demo_target, low_bit_draft, ctx_size=1024), lambda _event: None)
    assert loaded.draft is not None
    assert loaded.draft_problem is None
    yield engine
    engine.close()
