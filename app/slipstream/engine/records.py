"""Under which name a loaded pair's measurements are kept. Free of llama.cpp, for the parent process too."""

from slipstream.core.chat import PairSpec
from slipstream.core.events import PairLoaded
from slipstream.core.measurements import model_key


def record_key(spec: PairSpec, loaded: PairLoaded) -> tuple[str, str, str]:
    """(target, draft, backend) of a loaded pair; costs on another number of threads are other costs."""
    draft = model_key(spec.draft) if spec.draft and loaded.draft else ""
    return model_key(spec.target), draft, f"{'+'.join(loaded.target.devices)} x{loaded.threads}"
