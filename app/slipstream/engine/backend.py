"""llama.cpp as a library in this process: initialised once, its log caught, its devices and threads named.

Knows nothing of models. Importing it loads the shared library, so only the engine's own process does.
"""

import ctypes
import logging
import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

os.environ.setdefault("GGML_NO_BACKTRACE", "1")  # an abort would wait for gdb; its own message is enough

import llama_cpp
import llama_cpp._ggml as ggml_module

log = logging.getLogger(__name__)

_LOG_LEVELS = {1: logging.DEBUG, 2: logging.DEBUG, 3: logging.WARNING, 4: logging.ERROR}
_CONTINUED = 5  # ggml: this text goes on where the last message ended
_recent: deque[str] = deque(maxlen=20_000)  # a large model logs a line for each of its tensors
_GPU, _INTEGRATED_GPU = 1, 2  # ggml_backend_dev_type; a remote device is a GPU


@llama_cpp.llama_log_callback  # type: ignore[untyped-decorator]  # ctypes; kept alive by this module
def _on_log(level: int, text: bytes, _user_data: int) -> None:
    line = text.decode("utf-8", "replace").rstrip("\n")
    if level == _CONTINUED or not line.strip():
        return
    _recent.append(line)
    log.log(_LOG_LEVELS.get(level, logging.DEBUG), "llama.cpp: %s", line)


@cache
def initialise() -> None:
    """Start llama.cpp's backends and catch its log. Does so once however often it is called."""
    llama_cpp.llama_log_set(_on_log, None)
    llama_cpp.llama_backend_init()


_abort_callbacks: list[object] = []  # ggml keeps their address only


def tell_aborts(tell: Callable[[str], None]) -> None:
    """Have `tell` called with what ggml says when it ends this process, instead of that on stderr.

    What `tell` does must not need the engine: the process aborts as soon as it returns. In the window the engine
    has a process of its own, and its last words are in a file.
    """
    initialise()
    kind = ctypes.CFUNCTYPE(None, ctypes.c_char_p)
    callback = kind(lambda words: tell((words or b"").decode("utf-8", "replace")))
    for library in (
        base_library(),
        ggml_library(),
    ):  # the binding loads two copies of the former: this finds both
        with suppress(AttributeError):  # an older ggml has no such wish
            setter = library.ggml_set_abort_callback
            setter.argtypes, setter.restype = [kind], ctypes.c_void_p
            setter(callback)
    _abort_callbacks.append(callback)


@contextmanager
def captured_log() -> Iterator[list[str]]:
    """The lines llama.cpp logs inside the block; the list is filled when the block ends."""
    lines: list[str] = []
    _recent.clear()
    try:
        yield lines
    finally:
        lines.extend(_recent)


@dataclass(frozen=True, slots=True)
class Device:
    """A ggml device; memory in bytes as it was when asked."""

    name: str  # "CPU", "CUDA0", "RPC0"
    description: str  # a remote device's is its server
    kind: int  # ggml_backend_dev_type
    free: int
    total: int
    handle: int = 0  # ggml_backend_dev_t
    buffer: str = ""  # what its buffers are called in the log, which need not be its name

    @property
    def is_remote(self) -> bool:
        """Whether it is on another machine, or reached as if it were."""
        return self.name.startswith("RPC")


def devices() -> tuple[Device, ...]:
    """All devices of this build, in ggml's order."""
    initialise()
    base = base_library()
    found = []
    ggml = ggml_library()
    ggml.ggml_backend_dev_count.restype = ctypes.c_size_t
    ggml.ggml_backend_dev_get.restype = ctypes.c_void_p
    ggml.ggml_backend_dev_get.argtypes = [ctypes.c_size_t]
    for i in range(ggml.ggml_backend_dev_count()):
        handle = ggml.ggml_backend_dev_get(i)
        free, total = ctypes.c_size_t(), ctypes.c_size_t()
        base.ggml_backend_dev_memory(handle, ctypes.byref(free), ctypes.byref(total))
        found.append(
            Device(
                kind=base.ggml_backend_dev_type(handle),
                name=base.ggml_backend_dev_name(handle).decode(),
                description=base.ggml_backend_dev_description(handle).decode(),
                free=free.value,
                total=total.value,
                handle=handle,
                buffer=base.ggml_backend_buft_name(base.ggml_backend_dev_buffer_type(handle)).decode(),
            )
        )
    return tuple(found)


@cache
def base_library() -> ctypes.CDLL:
    """libggml-base, where the functions about one device live."""
    base: ctypes.CDLL = ggml_module.ctypes_ext.load_shared_library("ggml-base", ggml_module.libggml_base_path)
    for name, restype in (
        ("ggml_backend_dev_name", ctypes.c_char_p),
        ("ggml_backend_dev_description", ctypes.c_char_p),
        ("ggml_backend_dev_type", ctypes.c_int),
        ("ggml_backend_dev_buffer_type", ctypes.c_void_p),
        ("ggml_backend_buft_name", ctypes.c_char_p),
    ):
        function = getattr(base, name)
        function.argtypes, function.restype = [ctypes.c_void_p], restype
    memory = base.ggml_backend_dev_memory
    memory.argtypes = [ctypes.c_void_p, ctypes.POINTER(ctypes.c_size_t), ctypes.POINTER(ctypes.c_size_t)]
    memory.restype = None
    return base


def ggml_library() -> ctypes.CDLL:
    """libggml, where devices are found and registered."""
    library: ctypes.CDLL = ggml_module.libggml
    return library


def offload_devices() -> tuple[Device, ...]:
    """Where layers go by default: every GPU; integrated ones only where there is no other, as in llama.cpp.

    Those of other machines come last: a network is slower than any bus.
    """
    found = devices()
    gpus = [device for device in found if device.kind == _GPU]
    remote = [device for device in gpus if device.is_remote]
    local = [device for device in gpus if not device.is_remote]
    local = local or [device for device in found if device.kind == _INTEGRATED_GPU]
    return (*local, *remote)


def can_offload() -> bool:
    """Whether this build of llama.cpp has a device to offload to."""
    return bool(llama_cpp.llama_supports_gpu_offload()) and bool(offload_devices())


def system_info() -> str:
    """llama.cpp's own line about the processor features and backends it uses."""
    initialise()
    text: bytes = llama_cpp.llama_print_system_info()
    return text.decode()


@cache
def physical_cores() -> int:
    """Processor cores this process may use, hyper-threads counted once; at least 1."""
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    cores = set()
    for cpu in allowed:
        siblings = Path(f"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list")
        try:
            cores.add(siblings.read_text().strip())
        except OSError:
            cores.add(str(cpu))
    return max(1, len(cores))
