"""A server of llama.cpp's RPC backend in a process of its own: a device to offload to, where there is no GPU.

python rpc_server.py       serves this computer's processor on a free port of 127.0.0.1
"""

import ctypes
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from slipstream.engine import backend

THREADS = 2


def rpc_registry() -> int | None:
    """ggml's registry of the RPC backend; None where this build has none."""
    backend.initialise()
    ggml = backend.ggml_library()
    ggml.ggml_backend_reg_by_name.restype = ctypes.c_void_p
    ggml.ggml_backend_reg_by_name.argtypes = [ctypes.c_char_p]
    registry: int | None = ggml.ggml_backend_reg_by_name(b"RPC")
    return registry


@dataclass(frozen=True)
class Served:
    endpoint: str  # host:port
    kill: Callable[[], None]


@contextmanager
def rpc_server() -> Iterator[Served]:
    """A server, once it listens."""
    command = (sys.executable, str(Path(__file__).resolve()))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            told = (line.split() for line in server.stdout)
            endpoint = next(words[-1] for words in told if words[:1] == ["endpoint"])
            while not _listens(endpoint):
                assert server.poll() is None, "the server has ended"
            yield Served(endpoint, server.kill)
        finally:
            server.kill()


def serve() -> None:
    """Serve until the process is ended."""
    registry = rpc_registry()
    assert registry, "this build of llama.cpp has no RPC backend"
    base = backend.base_library()
    base.ggml_backend_reg_get_proc_address.restype = ctypes.c_void_p
    base.ggml_backend_reg_get_proc_address.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    address = base.ggml_backend_reg_get_proc_address(registry, b"ggml_backend_rpc_start_server")
    start = ctypes.CFUNCTYPE(
        None, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_size_t, ctypes.c_void_p
    )(address)
    cpu = next(device for device in backend.devices() if device.name == "CPU")
    devices = (ctypes.c_void_p * 1)(cpu.handle)
    endpoint = f"127.0.0.1:{_free_port()}"
    print(f"endpoint {endpoint}", flush=True)
    start(endpoint.encode(), None, THREADS, 1, devices)


def _listens(endpoint: str) -> bool:
    host, port = endpoint.split(":")
    try:
        socket.create_connection((host, int(port)), 1).close()
    except ConnectionRefusedError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port: int = bound.getsockname()[1]
        return port


if __name__ == "__main__":
    serve()
