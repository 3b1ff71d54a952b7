"""Looking for GPUs that answer, and for the tools to build for them. One function for each interface."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from steps.machine import answer

# llama.cpp's own minimum is not written down: Debian 12's 1.3.239 does not compile, Ubuntu 24.04's 1.3.275 is what
# its documentation builds with. One that passes and still fails to build costs time only: the CPU is next.
VULKAN_HEADERS = (1, 3, 275)


@dataclass(frozen=True)
class Finding:
    """What a look at one GPU interface brought: a GPU that answers, tools to build with, and words for both."""

    gpu: str  # its name; "" if none answers
    tools: bool
    words: str  # what is missing, for the reason


def look_for_cuda() -> Finding:
    listed = answer(["nvidia-smi", "-L"]) or ""
    gpu = re.search(r"^GPU \d+: (.+?)(?: \(UUID.*)?$", listed, re.MULTILINE)
    compiler = cuda_compiler()
    tools = compiler is not None and answer([compiler, "--version"]) is not None
    if gpu is None:
        return Finding("", tools, "nvcc is here, but no NVIDIA GPU answers" if tools else "")
    return Finding(gpu[1], tools, "" if tools else f"{gpu[1]} answers, but there is no nvcc to build for it")


def cuda_compiler() -> Path | None:
    homes = [os.environ.get(name) for name in ("CUDA_HOME", "CUDA_PATH")]
    places = [Path(home) / "bin" / "nvcc" for home in [*homes, "/usr/local/cuda", "/opt/cuda"] if home]
    named = os.environ.get("CUDACXX") or shutil.which("nvcc")
    return next((path for path in [*([Path(named)] if named else []), *places] if path.is_file()), None)


def look_for_hip() -> Finding:
    gpu = rocm_agent()
    tools = answer(["hipconfig", "--version"]) is not None
    if not gpu:
        return Finding("", tools, "ROCm is here, but no AMD GPU answers" if tools else "")
    return Finding(
        f"AMD {gpu}", tools, "" if tools else f"AMD {gpu} answers, but there is no ROCm to build for it"
    )


def rocm_agent() -> str:
    """The first AMD GPU's architecture, such as gfx1100; "" without one."""
    found = re.search(r"^\s*Name:\s+(gfx[0-9a-f]+)\s*$", answer(["rocminfo"]) or "", re.MULTILINE)
    return found[1] if found else ""


def look_for_vulkan() -> Finding:
    summary = answer(["vulkaninfo", "--summary"]) or ""
    gpu = vulkan_gpu(summary)
    lacking = [
        name
        for name, there in (
            ("glslc", answer(["glslc", "--version"]) is not None),
            (f"Vulkan headers {'.'.join(map(str, VULKAN_HEADERS))}", _vulkan_headers() >= VULKAN_HEADERS),
            ("SPIRV-Headers", _spirv_headers()),
        )
        if not there
    ]
    if not gpu:
        return Finding("", not lacking, "")
    words = (
        f"{gpu} answers to Vulkan, but to build for it {', '.join(lacking)} are missing" if lacking else ""
    )
    return Finding(gpu, not lacking, words)


def vulkan_gpu(summary: str) -> str:
    """The first device of `vulkaninfo --summary` that is no software renderer; "" without one."""
    kinds = re.findall(r"deviceType\s*=\s*(\w+)", summary)
    names = re.findall(r"deviceName\s*=\s*(.+)", summary)
    for kind, name in zip(kinds, names):
        if kind in ("PHYSICAL_DEVICE_TYPE_DISCRETE_GPU", "PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU"):
            return str(name).strip()
    return ""


def _include_folders() -> list[Path]:
    sdk = os.environ.get("VULKAN_SDK")
    folders = [Path("/usr/include"), Path("/usr/local/include")]
    return [Path(sdk) / "include", *folders] if sdk else folders


def _vulkan_headers() -> tuple[int, ...]:
    for folder in _include_folders():
        header = folder / "vulkan" / "vulkan_core.h"
        if header.is_file():
            text = header.read_text("utf-8", "replace")
            patch = re.search(r"#define VK_HEADER_VERSION (\d+)", text)
            whole = re.search(r"VK_MAKE_API_VERSION\(0, (\d+), (\d+), VK_HEADER_VERSION\)", text)
            if patch and whole:
                return int(whole[1]), int(whole[2]), int(patch[1])
    return (0,)


def _spirv_headers() -> bool:
    return any((folder / "spirv" / "unified1" / "spirv.hpp").is_file() for folder in _include_folders())
