"""Which GPU backend llama.cpp is built for, and why.

A backend is taken by itself only when a GPU answers *and* the tools to build for it are here: nvcc alone is no
GPU, and a driver alone compiles nothing. A backend that a person named stays until they name another
(`BACKEND=auto` decides afresh). Looking is slow on some machines (a sleeping GPU wakes up), so a decision is kept
as long as the evidence around it, which costs nothing to see, stays the same.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from steps.console import SetupError
from steps.gpus import cuda_compiler, look_for_cuda, look_for_hip, look_for_vulkan, rocm_agent
from steps.machine import ROOT, answer

BACKENDS = ("cpu", "cuda", "vulkan", "metal", "hip")
NAMES = {"cpu": "CPU", "cuda": "CUDA", "vulkan": "Vulkan", "metal": "Metal", "hip": "HIP"}
INCLUDED = ROOT / "packaging" / "llama.cmake"

# What a build for this machine's processor (GGML_NATIVE) may use; the kernel's other flags do not matter.
INSTRUCTIONS = re.compile(
    r"\b(?:sse\w*|ssse3|avx\w*|fma|f16c|bmi[12]|abm|adx|movbe|popcnt|amx\w*|gfni|vaes|vpclmulqdq"
    r"|asimd\w*|sve\w*|sme(?!p)\w*|i8mm|bf16|fphp|lse|rv64\w*|zve\w*|vsx|lasx|lsx)\b"
)


@dataclass(frozen=True)
class Choice:
    """A decision: what to build for, why, whether a person asked for it, and what was to be seen then."""

    backend: str  # one of BACKENDS
    reason: str
    asked: bool
    evidence: tuple[str, ...]

    @property
    def name(self) -> str:
        return NAMES[self.backend]


def choose(requested: str, earlier: Choice | None) -> Choice:
    """The backend to build for. `requested`: what stands in BACKEND, or "". Raises SetupError on another word."""
    requested = requested.strip().lower()
    seen = evidence()
    if requested in BACKENDS:
        if (requested == "metal") != (sys.platform == "darwin") and requested != "cpu":
            raise SetupError(
                f"BACKEND={requested} cannot be built on this system",
                "On a Mac it is metal or cpu; elsewhere cpu, cuda, vulkan or hip.",
            )
        return Choice(requested, f"asked for with BACKEND={requested}", True, seen)
    if requested not in ("", "auto"):
        raise SetupError(f"BACKEND={requested} is not known", f"Known are auto, {', '.join(BACKENDS)}.")
    if earlier is not None and not requested and earlier.asked:
        return earlier
    if earlier is not None and not requested and earlier.evidence == seen:
        return earlier
    backend, reason = detect()
    return Choice(backend, reason, False, seen)


def restore(stored: object) -> Choice | None:
    """A choice as the stamp kept it (see `store`); None for anything else."""
    if not isinstance(stored, dict) or stored.get("backend") not in BACKENDS:
        return None
    return Choice(
        stored["backend"], str(stored["reason"]), bool(stored["asked"]), tuple(map(str, stored["evidence"]))
    )


def store(choice: Choice) -> dict[str, object]:
    return {
        "backend": choice.backend,
        "reason": choice.reason,
        "asked": choice.asked,
        "evidence": list(choice.evidence),
    }


def evidence() -> tuple[str, ...]:
    """What can be seen without waking anything: tools on PATH, device files."""
    tools = ("nvidia-smi", "nvcc", "rocminfo", "hipcc", "vulkaninfo", "glslc")
    devices = ("/dev/nvidia0", "/dev/nvidiactl", "/dev/kfd", "/dev/dri/renderD128", "/dev/dxg")
    return (
        *(tool for tool in tools if shutil.which(tool)),
        *(device for device in devices if os.path.exists(device)),
        *(str(path) for path in [cuda_compiler()] if path),
    )


def detect() -> tuple[str, str]:
    """(backend, reason) for this machine, without being asked for one."""
    if sys.platform == "darwin":
        return "metal", "macOS"  # llama-cpp-python builds Metal on every Mac
    findings = {"cuda": look_for_cuda(), "hip": look_for_hip(), "vulkan": look_for_vulkan()}
    for backend, finding in findings.items():
        if finding.gpu and finding.tools:
            return backend, finding.gpu
    silent = [finding.words for finding in findings.values() if finding.words]
    return "cpu", "; ".join(silent) or "no GPU answers"


def definitions(choice: Choice) -> tuple[list[str], dict[str, str]]:
    """CMake definitions of a build for `choice`, and environment variables that it needs besides."""
    backend = choice.backend
    settings = ["LLAVA_BUILD=OFF", f"SLIPSTREAM_BACKEND={backend}"]
    settings += {"cuda": ["GGML_CUDA=ON"], "vulkan": ["GGML_VULKAN=ON"], "hip": ["GGML_HIP=ON"]}.get(
        backend, []
    )
    extra: dict[str, str] = {}
    if backend == "cuda" and (compiler := cuda_compiler()) and not shutil.which("nvcc"):
        settings.append(f"CMAKE_CUDA_COMPILER={compiler}")
    if backend == "hip":
        if agent := rocm_agent():
            settings.append(f"GPU_TARGETS={agent}")
        folder, clang = answer(["hipconfig", "-R"]), answer(["hipconfig", "-l"])
        if folder and clang:
            extra = {"HIP_PATH": folder, "HIPCXX": f"{clang}/clang"}
    return settings, extra


def processor() -> str:
    """The machine's architecture and instruction sets: a build for one processor can crash on another."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as stream:
            lines: Sequence[str] = stream.read().splitlines()
    except OSError:
        lines = ()
    flags = next((line for line in lines if line.lower().startswith(("flags", "features", "isa"))), "")
    return " ".join([platform.machine(), *sorted(set(INSTRUCTIONS.findall(flags.lower())))])
