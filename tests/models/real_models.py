"""Real model files, where this machine has them: named by environment variables, or fetched by the set-up."""

import os
from pathlib import Path

import pytest

from slipstream.core.paths import DEMO_MODEL, default_paths, demo_model

QWEN = ("Qwen2.5-Coder-0.5B-Instruct.Q4_K_M.gguf", "Qwen2.5-Coder-1.5B-Instruct.Q4_K_M.gguf")


def model_file(name: str) -> Path:
    """A file of the models folder; skips the test where there is none."""
    folder = Path(os.environ.get("SLIPSTREAM_MODELS") or Path.home() / ".cache" / "slipstream-test-models")
    path = folder.expanduser() / name
    if path.is_file():
        return path
    demo = demo_model(default_paths()) if name == DEMO_MODEL else None
    if demo is None:
        pytest.skip(f"{name} is not in the models folder ($SLIPSTREAM_MODELS)")
    return demo


def r1_vocabulary() -> Path:
    """The tokenizer of R1-Distill-Qwen-7B, without weights; skips the test where it is not given."""
    path = os.environ.get("SLIPSTREAM_R1_VOCAB")
    if not path:
        pytest.skip("$SLIPSTREAM_R1_VOCAB names no file with the vocabulary of R1-Distill-Qwen-7B")
    return Path(path)
