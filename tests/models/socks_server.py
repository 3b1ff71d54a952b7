"""A SOCKS5 proxy for one test: without names and passwords, and notes where it was asked to connect to."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class SocksServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.connected: list[tuple[str, int]] = []

    @property
    def address(self) -> str:
        return f"socks5://127.0.0.1:{self.server_address[1]}"


class _Handler(socketserver.BaseRequestHandler):
    server: SocksServer

    def handle(self) -> None:
        asked = self.request
        self._read(self._read(2)[1])  # the ways to log in that are offered
        asked.sendall(b"\5\0")
        kind = self._read(4)[3]
        host = socket.inet_ntoa(self._read(4)) if kind == 1 else self._read(self._read(1)[0]).decode()
        (port,) = struct.unpack(">H", self._read(2))
        self.server.connected.append((host, port))
        with socket.create_connection((host, port)) as target:
            asked.sendall(b"\5\0\0\1" + bytes(6))
            back = threading.Thread(target=_copy, args=(target, asked), daemon=True)
            back.start()
            _copy(asked, target)
            back.join(5)

    def _read(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            data += self.request.recv(count - len(data)) or b"\0" * count
        return data


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


@contextmanager
def socks_server() -> Iterator[SocksServer]:
    with SocksServer() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), name="socks", daemon=True).start()
        yield server
        server.shutdown()
