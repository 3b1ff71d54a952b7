"""Under which name a loaded pair's measurements are kept. Free of llama.cpp, for the parent process too."""

from collections.abc import Callable

from slipstream.core.chat import PairSpec
from slipstream.core.costs import PairRecord, model_key
from slipstream.core.events import PairLoaded

RecordFor = Callable[[PairSpec, PairLoaded], PairRecord]


def record_key(spec: PairSpec, loaded: PairLoaded) -> tuple[str, str, str]:
    """(target, draft, backend) of a loaded pair."""
    draft = model_key(spec.draft) if spec.draft and loaded.draft else ""
    return model_key(spec.target), draft, "+".join(loaded.target.devices)


def fresh_record(spec: PairSpec, loaded: PairLoaded) -> PairRecord:
    """A pair record that remembers nothing from before."""
    return PairRecord(*record_key(spec, loaded))
