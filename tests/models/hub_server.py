"""A local imitation of the hub, which the real client library talks to over 127.0.0.1.

Speaks as huggingface.co does: lists and infos as JSON, files behind a redirect to another host (here: another
port), with the hub's own headers. `mode` says what goes wrong; `requests` and `sent` say what was asked, and how
much went out.
"""

import gzip
import hashlib
import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

PIECE = 2**14  # bytes sent at once
COMMIT = "a" * 40
_RANGE = re.compile(r"bytes=(\d+)-(\d*)")
_RESOLVE = re.compile(r"/(?P<repo>[^/]+/[^/]+)/resolve/(?P<commit>[^/]+)/(?P<path>.+)")


def git_oid(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


@dataclass
class Repo:
    """A repository with its files; `lfs` says whether they are kept as large files, with a SHA-256."""

    id: str
    files: dict[str, bytes]
    commit: str = COMMIT
    lfs: bool = True
    fields: dict[str, Any] = field(default_factory=dict)  # more of the API's answer, or other than usual

    def info(self, blobs: bool) -> dict[str, Any]:
        siblings = [
            self._sibling(path, data) if blobs else {"rfilename": path} for path, data in self.files.items()
        ]
        return {
            "id": self.id,
            "modelId": self.id,
            "sha": self.commit,
            "private": False,
            "gated": False,
            "downloads": 1000,
            "likes": 10,
            "lastModified": "2026-05-04T03:02:01.000Z",
            "tags": ["gguf", "license:apache-2.0", "base_model:acme/base", "base_model:quantized:acme/base"],
            "gguf": {"total": 1_500_000_000, "architecture": "llama", "context_length": 4096},
            "siblings": siblings,
            **self.fields,
        }

    def _sibling(self, path: str, data: bytes) -> dict[str, Any]:
        sibling: dict[str, Any] = {"rfilename": path, "size": len(data), "blobId": git_oid(data)}
        if self.lfs:
            digest = hashlib.sha256(data).hexdigest()
            sibling["lfs"] = {"size": len(data), "sha256": digest, "pointerSize": 134}
        return sibling


@dataclass
class Mode:
    """What goes wrong. Of the API and of files alike: `status`, `html`, `delay`. Of files only: the rest."""

    status: int = 0  # refuse with this status
    error_code: str = ""  # X-Error-Code of a refusal
    error_message: str = ""
    headers: dict[str, str] = field(default_factory=dict)  # more headers of a refusal
    refusals: int = -1  # this many times; -1: always
    html: bool = False
    api_body: bytes | None = None  # what the API answers instead, or the body of a refusal
    api_only: bool = False  # the above is for the API only
    files_only: bool = False  # the above is for files only
    redirect: bool = True  # files lie on another host
    cut_every: int = 0  # close the connection after so many bytes of a file
    stall_after: int = 0  # send so many bytes of a file, then nothing
    stalls: int = -1  # this many times; -1: always
    ignore_range: bool = False
    corrupt_at: int = -1  # the byte that is flipped
    tag: str | None = None  # instead of the hub's own
    compress: bool = False
    rate: int = 0  # bytes a second
    silent: bool = False  # accept the connection, and never answer


@dataclass(frozen=True)
class Asked:
    method: str
    host: str  # "hub" or "cdn"
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]


class HubServer:
    """Two servers on free ports: the hub and where it keeps its files."""

    def __init__(self, *repos: Repo) -> None:
        self.repos = {repo.id: repo for repo in repos}
        self.mode = Mode()
        self.requests: list[Asked] = []
        self.sent = 0  # bytes of files
        self.closing = threading.Event()
        self.connections: set[socket.socket] = set()
        self._news = threading.Condition()
        self._servers = [_server(self, name) for name in ("hub", "cdn")]

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self._servers[0].server_port}"

    @property
    def cdn(self) -> str:
        return f"http://127.0.0.1:{self._servers[1].server_port}"

    def count(self, sent: int) -> None:
        with self._news:
            self.sent += sent
            self._news.notify_all()

    def note(self, asked: Asked) -> None:
        with self._news:
            self.requests.append(asked)
            self._news.notify_all()

    def wait(self, condition: Callable[[], bool], seconds: float = 30) -> None:
        """Until something that is asked or sent makes it true."""
        with self._news:
            assert self._news.wait_for(condition, seconds), "the hub was not asked in time"

    def of_files(self) -> list[Asked]:
        """The requests that were answered with bytes of files, or should have been."""
        return [asked for asked in self.requests if asked.host == "cdn" or "/resolve/" in asked.path]

    def close(self) -> None:
        self.closing.set()
        for server in self._servers:
            server.shutdown()
            server.server_close()
        for connection in tuple(self.connections):  # clients keep them open for the next request
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def hub_server(*repos: Repo) -> Iterator[HubServer]:
    server = HubServer(*repos)
    try:
        yield server
    finally:
        server.close()


@contextmanager
def dead_endpoint() -> Iterator[str]:
    """An address where nobody listens: bound, so that nobody else can."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves is none."""


def _server(hub: HubServer, name: str) -> ThreadingHTTPServer:
    handler = type("Handler", (_Handler,), {"hub": hub, "name": name})
    server = _Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), name=f"{name} server", daemon=True).start()
    return server


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: HubServer
    name: str

    def setup(self) -> None:
        super().setup()
        # Little on the way: what was sent is what was fetched.
        self.request.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**16)
        self.hub.connections.add(self.request)

    def finish(self) -> None:
        self.hub.connections.discard(self.request)
        super().finish()

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        path = unquote(url.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.hub.note(Asked(self.command, self.name, path, parse_qs(url.query), headers))
        mode = self.hub.mode
        is_api = path.startswith("/api/")
        applies = not (mode.files_only and is_api) and not (mode.api_only and not is_api)
        if applies and mode.silent:
            self.hub.closing.wait(60)
            self.close_connection = True
            return
        if applies and mode.status and mode.refusals != 0:
            mode.refusals -= 1
            self._refuse(mode)
        elif applies and mode.html:
            self._send(
                200, b"<!doctype html><title>Log in</title>", {"Content-Type": "text/html; charset=utf-8"}
            )
        elif is_api:
            self._api(path, parse_qs(url.query), mode)
        elif self.name == "cdn":
            self._file(path.removeprefix("/"), mode)
        elif match := _RESOLVE.fullmatch(path):
            self._resolve(match["repo"], match["commit"], match["path"], mode)
        else:
            self._missing("")

    def do_HEAD(self) -> None:
        self.do_GET()

    def _refuse(self, mode: Mode) -> None:
        headers = {"X-Error-Code": mode.error_code, "X-Error-Message": mode.error_message, **mode.headers}
        body = mode.api_body or json.dumps({"error": mode.error_message or "no"}).encode()
        self._send(mode.status, body, {name: value for name, value in headers.items() if value})

    def _missing(self, code: str) -> None:
        self._send(404, b'{"error":"Not found"}', {"X-Error-Code": code} if code else {})

    def _api(self, path: str, query: dict[str, list[str]], mode: Mode) -> None:
        if mode.api_body is not None:
            self._send(200, mode.api_body, {"Content-Type": "application/json"})
            return
        if path == "/api/models":
            answer: Any = self._list(query)
        else:
            id = "/".join(path.split("/")[3:5])
            repo = self.hub.repos.get(id)
            if repo is None:
                self._refuse(
                    Mode(status=401, error_code="RepoNotFound", error_message="Invalid username or password.")
                )
                return
            answer = repo.info("blobs" in query)
        body = json.dumps(answer).encode()
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body, headers["Content-Encoding"] = gzip.compress(body), "gzip"
        self._send(200, body, headers)

    def _list(self, query: dict[str, list[str]]) -> list[dict[str, Any]]:
        words = query.get("search", [""])[0].lower()
        infos = [repo.info(False) for repo in self.hub.repos.values() if words in repo.id.lower()]
        key = query.get("sort", ["downloads"])[0]
        infos.sort(
            key=lambda info: (isinstance(info[key], int | str), str(info[key]).zfill(12)), reverse=True
        )
        return infos[: int(query.get("limit", ["1000"])[0])]

    def _resolve(self, id: str, commit: str, path: str, mode: Mode) -> None:
        repo = self.hub.repos.get(id)
        if repo is None or path not in repo.files or commit not in (repo.commit, "main"):
            self._missing("EntryNotFound" if repo else "RepoNotFound")
            return
        data = repo.files[path]
        tag = hashlib.sha256(data).hexdigest() if repo.lfs else git_oid(data)
        headers = {"X-Repo-Commit": repo.commit, "ETag": f'"{mode.tag or tag}"'}
        if mode.redirect:
            headers["Location"] = f"{self.hub.cdn}/{id}/{path}"
            if mode.tag is None:
                headers |= {"X-Linked-Etag": f'"{tag}"', "X-Linked-Size": str(len(data))}
            self._send(302, b"Found. Redirecting", headers)
        else:
            self._file(f"{id}/{path}", mode, headers)

    def _file(self, place: str, mode: Mode, headers: dict[str, str] | None = None) -> None:
        owner, name, path = place.split("/", 2)
        data = self.hub.repos[f"{owner}/{name}"].files[path]
        if mode.corrupt_at >= 0:
            at = mode.corrupt_at
            data = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        headers = headers or {"ETag": f'"{mode.tag or hashlib.md5(data).hexdigest()}"'}
        match = _RANGE.fullmatch(self.headers.get("Range", ""))
        begin, end, status = 0, len(data), 200
        if match and not mode.ignore_range:
            begin, status = int(match[1]), 206
            end = min(int(match[2]) + 1, end) if match[2] else end
            if begin >= len(data):
                self._send(416, b"", {"Content-Range": f"bytes */{len(data)}"})
                return
            headers["Content-Range"] = f"bytes {begin}-{end - 1}/{len(data)}"
        if mode.compress:
            self._send(200, gzip.compress(data), {"Content-Encoding": "gzip"})
            return
        self.send_response(status)
        for header, value in {"Content-Length": str(end - begin), **headers}.items():
            self.send_header(header, value)
        self.end_headers()
        self._pieces(memoryview(data)[begin:end], mode)

    def _pieces(self, body: memoryview, mode: Mode) -> None:
        stall = mode.stall_after if mode.stalls else 0
        if stall and stall < len(body):
            mode.stalls -= 1
        last = min(limit for limit in (mode.cut_every, stall, len(body)) if limit)
        sent, begin = 0, time.monotonic()
        while sent < last and not self.hub.closing.is_set():
            piece = body[sent : min(sent + PIECE, last)]
            self.wfile.write(piece)
            sent += len(piece)
            self.hub.count(len(piece))
            if mode.rate and (ahead := sent / mode.rate - (time.monotonic() - begin)) > 0:
                time.sleep(ahead)
        if stall and last == stall:
            self.hub.closing.wait(60)
        if sent < len(body):
            self.close_connection = True

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
