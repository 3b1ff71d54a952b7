"""How much memory this machine has, and how much of it is free, asked without loading llama.cpp or a GPU's library.

What cannot be asked is 0, never guessed. Which GPUs a build of llama.cpp can really use is the engine's to say.
"""

import ctypes
import platform
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SECONDS = 3.0  # for a tool to answer
UNIFIED_SHARE = 0.75  # of a Mac's memory, what Metal gives to one program


@dataclass(frozen=True, slots=True)
class GpuMemory:
    """Bytes."""

    name: str
    free: int
    total: int


@dataclass(frozen=True, slots=True)
class MachineMemory:
    """Bytes; 0 is not known. `unified`: the GPU's memory is part of the computer's own."""

    free: int
    total: int
    gpus: tuple[GpuMemory, ...] = ()
    unified: bool = False

    @property
    def gpu_free(self) -> int:
        return sum(gpu.free for gpu in self.gpus)


def this_machine(*, gpus: bool = True) -> MachineMemory:
    """The machine as it is now. Without `gpus` none is looked for: a build for the CPU cannot use them."""
    free, total = _own_limit(*_limited(*_host()))
    if not gpus:
        return MachineMemory(free, total)
    if sys.platform == "darwin" and platform.machine() == "arm64":
        share = round(total * UNIFIED_SHARE)
        return MachineMemory(free, total, (GpuMemory("Apple GPU", min(free, share), share),), unified=True)
    return MachineMemory(free, total, (*nvidia_gpus(_answer(_NVIDIA)), *amd_gpus(Path("/sys/class/drm"))))


def _host() -> tuple[int, int]:
    """(free, total) of the whole computer. Free is what can be had without swapping."""
    if sys.platform == "win32":
        return _windows()
    if sys.platform == "darwin":
        return _mac()
    try:
        return read_meminfo(Path("/proc/meminfo").read_text("ascii", "replace"))
    except OSError:
        return 0, 0


def read_meminfo(text: str) -> tuple[int, int]:
    """(free, total) from Linux's /proc/meminfo."""
    found = {}
    for line in text.splitlines():
        key, _, value = line.partition(":")
        number = value.split()[:1]
        if number and number[0].isdecimal():
            found[key] = int(number[0]) * 1024
    return found.get("MemAvailable", found.get("MemFree", 0)), found.get("MemTotal", 0)


def _limited(free: int, total: int) -> tuple[int, int]:
    """Less, where a container or a session may use less."""
    folder = Path("/sys/fs/cgroup")
    try:
        limit = (folder / "memory.max").read_text("ascii").strip()
        used = (folder / "memory.current").read_text("ascii").strip()
        stat = (folder / "memory.stat").read_text("ascii")
    except (OSError, ValueError):
        return free, total
    if not limit.isdecimal() or not used.isdecimal():
        return free, total
    return cgroup_limited(free, total, int(limit), int(used), stat)


def _own_limit(free: int, total: int) -> tuple[int, int]:
    """Less, where this process may only grow so far; what it starts may grow no further."""
    try:
        import resource  # noqa: PLC0415  # not on Windows

        limit = resource.getrlimit(resource.RLIMIT_AS)[0]
        if limit == resource.RLIM_INFINITY:
            return free, total
        used = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    except (ImportError, OSError, ValueError):
        return free, total
    left = max(limit - used, 1)
    return min(free, left) if free else left, min(total, limit) if total else limit


def cgroup_limited(free: int, total: int, limit: int, used: int, stat: str) -> tuple[int, int]:
    """(free, total) under a control group's limit; files it has read can be dropped, so they count as free."""
    files = dict(line.split() for line in stat.splitlines() if len(line.split()) == 2)
    dropped = files.get("inactive_file", "0")
    left = max(limit - used + (int(dropped) if dropped.isdecimal() else 0), 0)
    return min(free, left) if free else left, min(total, limit) if total else limit


def _mac() -> tuple[int, int]:
    total = _answer(("sysctl", "-n", "hw.memsize")).strip()
    return read_vm_stat(_answer(("vm_stat",))), int(total) if total.isdecimal() else 0


def read_vm_stat(text: str) -> int:
    """Free bytes from macOS's vm_stat: pages that are free, inactive or may be dropped."""
    page = next((int(word) for word in text.partition("page size of")[2].split()[:1] if word.isdecimal()), 0)
    pages = 0
    for line in text.splitlines():
        what, _, count = line.partition(":")
        number = count.strip().rstrip(".")
        if (
            what in ("Pages free", "Pages inactive", "Pages speculative", "Pages purgeable")
            and number.isdecimal()
        ):
            pages += int(number)
    return pages * page


class _MemoryStatus(ctypes.Structure):
    """Windows' MEMORYSTATUSEX."""

    _fields_ = (
        ("length", ctypes.c_ulong),
        ("load", ctypes.c_ulong),
        *((name, ctypes.c_ulonglong) for name in ("total", "free", "a", "b", "c", "d", "e")),
    )


def _windows() -> tuple[int, int]:
    status = _MemoryStatus()
    status.length = ctypes.sizeof(status)
    if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):  # type: ignore[attr-defined]  # Windows
        return 0, 0
    return int(status.free), int(status.total)


_NVIDIA = ("nvidia-smi", "--query-gpu=name,memory.free,memory.total", "--format=csv,noheader,nounits")


def nvidia_gpus(text: str) -> tuple[GpuMemory, ...]:
    """From nvidia-smi's answer, one line a GPU, in MiB."""
    found = []
    for line in text.splitlines():
        name, *numbers = (part.strip() for part in line.rsplit(",", 2))
        if len(numbers) == 2 and all(number.isdecimal() for number in numbers):
            found.append(GpuMemory(name, int(numbers[0]) << 20, int(numbers[1]) << 20))
    return tuple(found)


def amd_gpus(folder: Path) -> tuple[GpuMemory, ...]:
    """From what Linux's amdgpu driver tells in `/sys/class/drm`."""
    found = []
    for total in sorted(folder.glob("card*/device/mem_info_vram_total")):
        try:
            size = int(total.read_text("ascii"))
            used = int(total.with_name("mem_info_vram_used").read_text("ascii"))
        except (OSError, ValueError):
            continue
        found.append(GpuMemory(f"AMD {total.parent.parent.name}", max(size - used, 0), size))
    return tuple(found)


def _answer(command: tuple[str, ...]) -> str:
    """What a tool prints; "" where it is missing, fails or does not answer."""
    try:
        ran = subprocess.run(
            command, capture_output=True, check=False, timeout=SECONDS, text=True, errors="replace"
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return ran.stdout if ran.returncode == 0 else ""


def processor_words() -> frozenset[str]:
    """What the processor can do, in the words of the system: "avx2", "avx512f", "asimddp", …

    Empty where that cannot be asked.
    """
    if sys.platform == "darwin":
        return frozenset(("asimddp",)) if platform.machine() == "arm64" else frozenset(("avx2",))
    if sys.platform == "win32":
        return frozenset(("avx2",)) if platform.machine().upper() in ("AMD64", "X86_64") else frozenset()
    words: set[str] = set()
    try:
        for line in Path("/proc/cpuinfo").read_text("ascii", "replace").splitlines():
            if line.startswith(("flags", "Features")):
                words |= set(line.partition(":")[2].split())
                break
    except OSError:
        pass
    return frozenset(words)
