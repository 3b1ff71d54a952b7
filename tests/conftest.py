"""Real weights for every kind of test: the demo model, and a low-bit copy of it as its draft."""

import gc
import os
from pathlib import Path

import pytest

from slipstream.core.paths import DEMO_MODEL, default_paths, demo_model

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before any Qt import
os.environ.setdefault(
    "HF_HUB_DISABLE_TELEMETRY", "1"
)  # before any import of huggingface_hub, as in models.hub
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")  # nobody's own

_FTYPE_Q2_K = 10  # llama_ftype


def pytest_collection_finish() -> None:
    """Leave pytest's thousands of tests out of every later collection of garbage: 0.2 s each, hundreds of times."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def demo_target() -> Path:
    """SmolLM2-135M-Instruct; the set-up fetches it."""
    path = demo_model(default_paths())
    if path is None:
        pytest.skip(f"{DEMO_MODEL} is not here; `make test` fetches it")
    return path


@pytest.fixture(scope="session")
def low_bit_draft(demo_target: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo model requantized to Q2_K: same vocabulary, often of the same mind, no faster."""
    import llama_cpp  # noqa: PLC0415  # a second to import; not for the tests without weights

    from slipstream.engine import backend  # noqa: PLC0415

    backend.initialise()
    path = tmp_path_factory.mktemp("models") / "SmolLM2-135M-Instruct.Q2_K.gguf"
    params = llama_cpp.llama_model_quantize_default_params()
    params.ftype, params.allow_requantize = _FTYPE_Q2_K, True
    assert llama_cpp.llama_model_quantize(str(demo_target).encode(), str(path).encode(), params) == 0
    return path


@pytest.fixture
def clean_hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No token, proxy, mirror or cache of this machine; child processes inherit that."""
    from huggingface_hub import constants  # noqa: PLC0415  # a second to import

    names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
    own = (
        "HF_TOKEN",
        "HUGGING_FACE_HUB_TOKEN",
        "HF_ENDPOINT",
        "HF_HUB_OFFLINE",
        "HF_HUB_CACHE",
        "HF_TOKEN_PATH",
    )
    for name in (*names, *map(str.lower, names), *own):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hugging-face"))
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path / "hugging-face" / "token"))
