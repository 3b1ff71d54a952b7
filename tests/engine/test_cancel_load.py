"""A load that is cancelled leaves neither model behind, whichever was being loaded; and the next load works."""

import sys
from pathlib import Path

import pytest

from slipstream.core.chat import PairSpec
from slipstream.core.errors import LoadError
from slipstream.core.events import LoadProgress
from slipstream.engine.process import ProcessEngine
from slipstream.engine.session import LocalEngine

pytestmark = pytest.mark.weights


def mapped(*files: Path) -> int:
    """In how many places this process has these files in its memory (other tests' engines among them)."""
    maps = Path("/proc/self/maps").read_text()
    return sum(maps.count(str(file)) for file in files)


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what is mapped")
@pytest.mark.parametrize("stage", ["draft", "target"])
def test_nothing_stays_in_memory(stage: str, demo_target: Path, low_bit_draft: Path) -> None:
    before = mapped(demo_target, low_bit_draft)
    engine = LocalEngine()
    seen: list[LoadProgress] = []

    def cancel(event: LoadProgress) -> None:
        seen.append(event)
        if event.stage == stage:
            engine.stop.set()

    spec = PairSpec(demo_target, low_bit_draft, ctx_size=512)
    with pytest.raises(LoadError, match="cancelled"):
        engine.load(spec, cancel)
    assert seen[-1].stage == stage
    assert [event.stage for event in seen] == sorted(
        event.stage for event in seen
    )  # the draft is loaded first
    assert mapped(demo_target, low_bit_draft) == before
    loaded = engine.load(spec, lambda _event: None)
    assert loaded.draft is not None
    assert mapped(demo_target, low_bit_draft) > before
    engine.close()
    assert mapped(demo_target, low_bit_draft) == before


def test_in_a_process_of_its_own(demo_target: Path, low_bit_draft: Path, tmp_path: Path) -> None:
    engine = ProcessEngine(tmp_path)

    def cancel(event: LoadProgress) -> None:
        if event.stage == "target":
            engine.stop.set()

    spec = PairSpec(demo_target, low_bit_draft, ctx_size=512, measure=True)
    try:
        with pytest.raises(LoadError, match="cancelled"):
            engine.load(spec, cancel)
        assert engine.measurements() is None
        assert engine.load(PairSpec(demo_target, ctx_size=512), lambda _event: None).draft is None
    finally:
        engine.close()
