"""llama.cpp on other machines: the servers that `LLAMA_ARG_RPC` names become devices like any other.

The variable and its form (`host:port`, with commas) are llama.cpp's own. Its client aborts the process where a
server does not answer, so that is tried first. Such a connection is neither encrypted nor secured: it is for a
network of one's own.
"""

import ctypes
import logging
import os
import socket
from collections.abc import Mapping

from slipstream.core.errors import LoadError
from slipstream.engine import backend

log = logging.getLogger(__name__)
VARIABLE = "LLAMA_ARG_RPC"
ANSWER_S = 3.0
_known: set[str] = set()  # ggml keeps a server's devices until the process ends


def servers(environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The servers that are named, each once."""
    named = (part.strip() for part in environ.get(VARIABLE, "").split(","))
    return tuple(dict.fromkeys(part for part in named if part))


def connect(endpoints: tuple[str, ...]) -> None:
    """Make the devices of these servers known to llama.cpp. Raises LoadError where that cannot be done.

    A server that was connected before is only asked whether it is still there: llama.cpp connects again by itself.
    """
    for endpoint in endpoints:
        _try(endpoint)
        if endpoint not in _known:
            _register(endpoint)
            _known.add(endpoint)


def _try(endpoint: str) -> None:
    """Raises LoadError where nobody listens."""
    host, colon, port = endpoint.rpartition(":")
    if not colon or not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise LoadError(f"{VARIABLE} names {endpoint!r}, which is no server", "Write it as host:port")
    try:
        socket.create_connection((host, int(port)), ANSWER_S).close()
    except OSError as error:
        raise LoadError(
            f"The RPC server {endpoint} cannot be reached: {error.strerror or error}",
            f"Start it there, or take it out of {VARIABLE}",
        ) from error


def _register(endpoint: str) -> None:
    backend.initialise()
    base, ggml = backend.base_library(), backend.ggml_library()
    ggml.ggml_backend_reg_by_name.restype = ctypes.c_void_p
    ggml.ggml_backend_reg_by_name.argtypes = [ctypes.c_char_p]
    registry = ggml.ggml_backend_reg_by_name(b"RPC")
    if not registry:
        raise LoadError(
            f"This build of llama.cpp cannot use other machines, but {VARIABLE} names {endpoint}",
            f"Build it with -DGGML_RPC=ON, or unset {VARIABLE}",
        )
    base.ggml_backend_reg_get_proc_address.restype = ctypes.c_void_p
    base.ggml_backend_reg_get_proc_address.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    address = base.ggml_backend_reg_get_proc_address(registry, b"ggml_backend_rpc_add_server")
    add_server = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_char_p)(address)
    server = add_server(endpoint.encode())
    if not server:
        raise LoadError(f"The RPC server {endpoint} offers no device", "Start it with one")
    ggml.ggml_backend_register.restype = None
    ggml.ggml_backend_register.argtypes = [ctypes.c_void_p]
    ggml.ggml_backend_register(server)
    log.info("using the RPC server %s", endpoint)
