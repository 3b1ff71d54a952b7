"""With what a benchmark was measured, and on what: everything that must be the same for a figure to be repeated.

Two measurements with equal digests are of the same thing, and one may go on where the other was stopped.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

from slipstream import __version__
from slipstream.core.chat import ChatMessage, Drafting, GenerateRequest, PairSpec, Role, Sampling, Speculation
from slipstream.core.events import ModelInfo, PairLoaded
from slipstream.core.measurements import this_machine
from slipstream.core.transfer.codec import encoded

SEED = 1  # where none is asked for: measurements are to be gone on with


@dataclass(frozen=True, slots=True)
class BenchModel:
    name: str  # of the file
    sha256: str  # of the file; of all parts in their order, where it is split
    description: str  # e.g. "qwen2 1.5B Q4_K - Medium"
    size: int  # bytes of its tensors
    layers: int
    gpu_layers: int
    devices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BenchSetup:
    target: BenchModel
    draft: BenchModel | None  # None where lookups alone draft
    speculation: Speculation  # how it is drafted; the other half of each pair drafts nothing
    sampling: Sampling
    max_tokens: int
    thinking_budget: int | None
    stop: tuple[str, ...]
    system: str
    raw: bool
    seed: int
    context: int  # tokens
    threads: int
    flash_attn: str
    cache_type_k: str
    cache_type_v: str
    machine: str
    system_info: str  # llama.cpp's
    build: str  # of llama.cpp
    version: str  # of Slipstream

    @property
    def digest(self) -> str:
        """SHA-256, hexadecimal."""
        return hashlib.sha256(json.dumps(encoded(self), sort_keys=True).encode()).hexdigest()

    @property
    def pair(self) -> str:
        """Both models by name, e.g. "Qwen-1.5B with the draft Qwen-0.5B"."""
        target = Path(self.target.name).stem
        return f"{target} with {'n-gram lookup' if self.draft is None else f'the draft {Path(self.draft.name).stem}'}"

    @property
    def pair_key(self) -> tuple[str, str, str]:
        """What history is kept by: both files, by what is in them, and the machine."""
        draft = self.draft.sha256 if self.draft else str(self.speculation.drafting)
        return self.target.sha256, draft, self.machine

    @property
    def greedy(self) -> bool:
        return self.sampling.greedy

    def request(self) -> GenerateRequest:
        """What is asked with each prompt; the prompt is put into it later."""
        return GenerateRequest(
            messages=(ChatMessage(Role.SYSTEM, self.system),) if self.system else (),
            raw="" if self.raw else None,
            sampling=self.sampling,
            speculation=self.speculation,
            max_tokens=self.max_tokens,
            seed=self.seed,
            stop=self.stop,
            thinking_budget=self.thinking_budget,
        )


def make_setup(
    spec: PairSpec,
    loaded: PairLoaded,
    request: GenerateRequest,
    hash_model: Callable[[Path], str],
    build: str,
) -> BenchSetup:
    """Of a loaded pair and the request that is made of each prompt. Hashing may raise OSError."""

    def model(path: Path, info: ModelInfo) -> BenchModel:
        return BenchModel(
            name=path.name,
            sha256=hash_model(path),
            description=info.description,
            size=info.size_bytes,
            layers=info.n_layers,
            gpu_layers=info.gpu_layers,
            devices=info.devices,
        )

    drafts = request.speculation.drafting is Drafting.MODEL and spec.draft is not None
    return BenchSetup(
        target=model(spec.target, loaded.target),
        draft=model(spec.draft, loaded.draft) if drafts and spec.draft and loaded.draft else None,
        speculation=request.speculation,
        sampling=request.sampling,
        max_tokens=request.max_tokens,
        thinking_budget=request.thinking_budget,
        stop=request.stop,
        system=next((turn.content for turn in request.messages if turn.role is Role.SYSTEM), ""),
        raw=request.raw is not None,
        seed=SEED if request.seed is None else request.seed,
        context=loaded.n_ctx,
        threads=loaded.threads,
        flash_attn=spec.flash_attn,
        cache_type_k=spec.cache_type_k,
        cache_type_v=spec.cache_type_v,
        machine=this_machine(),
        system_info=loaded.system_info,
        build=build,
        version=__version__,
    )


def differences(one: BenchSetup, other: BenchSetup) -> list[str]:
    """Names of what is not the same."""
    return [
        field.name.replace("_", " ")
        for field in fields(BenchSetup)
        if getattr(one, field.name) != getattr(other, field.name)
    ]
