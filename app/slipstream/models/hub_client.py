"""The HTTP client beneath huggingface_hub: every request goes through it, the library's and ours.

What it adds: an answer begins within seconds or never, nothing is repeated behind one's back, no answer takes more
memory than it may, a token goes to no other host, and all that goes wrong is a HubError. Proxies are the
environment's. Knows no models and no disks.

Imported when the hub is first asked, for it brings huggingface_hub, which takes a second.
"""

import logging
import re
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, partial
from types import TracebackType
from typing import Any, Self

import httpx2
from huggingface_hub import constants, get_session, set_client_factory

from slipstream.core.errors import HubError, HubUnreachableError
from slipstream.models.hub_refusals import no_answer, refusal, unreachable, web_page
from slipstream.models.patience import within

ANSWER_SECONDS = 4.0  # until an answer begins
BODY_SECONDS = 20.0  # for all of a list
MAX_BODY = 32 * 2**20  # bytes of a list
MAX_REFUSAL = 2**16  # bytes of a refusal, or of a redirect
MAX_REDIRECTS = 10
_BODY_HEADERS = ("content-encoding", "content-length", "transfer-encoding")
_SIZE = re.compile(r"\d{1,18}", re.ASCII)
_CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-\d{1,18}/(\d{1,18}|\*)", re.ASCII)


class HubClient(httpx2.Client):
    """Raises HubError where another client raises its own errors, or returns a refusal."""

    def __init__(self) -> None:
        super().__init__(timeout=ANSWER_SECONDS)

    def build_request(self, method: str, url: httpx2.URL | str, **options: Any) -> httpx2.Request:
        """As httpx2's."""
        try:
            return super().build_request(method, url, **options)
        except httpx2.InvalidURL as error:
            raise unreachable(str(url), str(error)) from error

    def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:
        """As httpx2's; redirects are always followed. With `stream=True` the request's read time-out is kept."""
        streamed = bool(options.get("stream"))
        seconds = (streamed and request.extensions.get("timeout", {}).get("read")) or ANSWER_SECONDS
        request.extensions = {**request.extensions, "timeout": httpx2.Timeout(seconds).as_dict()}
        response = self._begin(request, seconds)
        try:
            if not response.is_success:
                raise _refusal(response)
            if response.headers.get("content-type", "").lower().startswith("text/html"):
                raise web_page(response.url.host)
            return response if streamed else _whole(response)
        except httpx2.RequestError as error:
            response.close()
            raise _translated(error, response.url) from error
        except BaseException:
            response.close()
            raise

    def _begin(self, request: httpx2.Request, seconds: float) -> httpx2.Response:
        """The answer's head. A name lookup or a connection may hang: it is left behind then."""
        if constants.is_offline_mode():
            raise HubUnreachableError("The hub is not asked: HF_HUB_OFFLINE is set", "Unset it to go online")
        try:
            return within(seconds, partial(self._follow, request), late=httpx2.Response.close)
        except TimeoutError as error:
            raise no_answer(_host(request.url)) from error
        except httpx2.RequestError as error:
            raise _translated(error, request.url) from error

    def _follow(self, request: httpx2.Request) -> httpx2.Response:
        """Follow redirects; a token does not go along to another host, which httpx2 sees to."""
        history: list[httpx2.Response] = []
        while True:
            response = super().send(request, stream=True, follow_redirects=False)
            response.history = history
            if response.next_request is None:
                return response
            _start(response)
            response.close()
            if len(history) == MAX_REDIRECTS:
                raise httpx2.TooManyRedirects(f"more than {MAX_REDIRECTS} redirects", request=request)
            history.append(response)
            request = response.next_request


class Answer:
    """A file, or the rest of one, on its way; closed by leaving its `with`.

    `offset`: where it begins in the file. `total`: the file's size, `tag`: what names its content (the hash, with
    the hub itself), both None where they are not told.
    """

    def __init__(self, response: httpx2.Response) -> None:
        """Takes the response over. Raises HubError where it is no plain part of a file."""
        self._response = response
        self.tag = _tag(response)
        try:
            self.offset, self.total = _place(response)
        except HubError:
            response.close()
            raise

    def pieces(self) -> Iterator[bytes]:
        """The bytes as they come. Raises HubUnreachableError where they stop coming."""
        try:
            yield from self._response.iter_raw()
        except httpx2.RequestError as error:
            raise HubUnreachableError(
                f"The connection to {self._response.url.host} was lost",
                "Try again: it goes on where it stopped",
            ) from error

    def interrupt(self) -> None:
        """End it from another thread, which may be waiting for the next bytes."""
        stream = self._response.extensions.get("network_stream")
        connection = stream.get_extra_info("socket") if stream is not None else None
        if isinstance(connection, socket.socket):
            with suppress(OSError):  # it has ended by itself
                socket.socket.shutdown(connection, socket.SHUT_RDWR)

    def close(self) -> None:
        self._response.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_file(url: str, headers: dict[str, str], seconds: float) -> Answer:
    """Ask for a file, or with a Range header for a part of it. Raises HubError.

    `seconds`: how long may pass without a byte, the time until the first one included.
    """
    client = session()
    request = client.build_request(
        "GET", url, headers={**headers, "Accept-Encoding": "identity"}, timeout=seconds
    )
    return Answer(client.send(request, stream=True))


def session() -> httpx2.Client:
    """The client that the library uses, too. Raises HubUnreachableError for a proxy that cannot be used."""
    _install()
    return get_session()


@cache
def _install() -> None:
    """Make the library use our client, and write to our log instead of the terminal."""
    set_client_factory(_make_client)
    library = logging.getLogger("huggingface_hub")
    library.handlers.clear()
    library.propagate = True
    logging.getLogger("httpx2").setLevel(logging.WARNING)  # it would log every address, signatures included


def _make_client() -> httpx2.Client:
    try:
        return HubClient()
    except (ImportError, ValueError, OSError, httpx2.InvalidURL) as error:
        raise HubUnreachableError(
            f"The network settings of this system cannot be used: {error}",
            "Check HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and SSL_CERT_FILE",
        ) from error


def _place(response: httpx2.Response) -> tuple[int, int | None]:
    """Where it begins in the file, and the file's size."""
    headers = response.headers
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise HubError(
            f"{response.url.host} sends files compressed, so they cannot be resumed", "Check HF_ENDPOINT"
        )
    if response.status_code == 200:
        size = _SIZE.fullmatch(headers.get("content-length", ""))
        return 0, int(size[0]) if size else None
    match = _CONTENT_RANGE.fullmatch(headers.get("content-range", "").strip())
    if response.status_code != 206 or match is None:
        raise HubError(
            f"{response.url.host} answers with something that is no part of the file", "Check HF_ENDPOINT"
        )
    return int(match[1]), None if match[2] == "*" else int(match[2])


def _tag(response: httpx2.Response) -> str | None:
    """`X-Linked-Etag` is the hub's word for the content; without it, the ETag of whoever sends it."""
    for answer in (*response.history, response):
        if linked := answer.headers.get("x-linked-etag"):
            return _plain_tag(linked)
    return _plain_tag(response.headers.get("etag", ""))


def _plain_tag(tag: str) -> str | None:
    return tag.strip().removeprefix("W/").strip('"')[:200] or None


def _refusal(response: httpx2.Response) -> HubError:
    """What the answer's status says, in a person's words."""
    asked = (response.history[0] if response.history else response).request.url
    if response.url.host != asked.host and response.status_code in (401, 403):
        return HubUnreachableError(f"{response.url.host} refuses a link that the hub gave", "Try again later")
    origin = f"{asked.scheme}://{asked.netloc.decode('ascii', 'replace')}"
    return refusal(response.status_code, response.headers, _start(response), origin, asked.path)


def _start(response: httpx2.Response) -> bytes:
    """Up to so many bytes of the body, as far as they come; of a short one the connection can be used again."""
    body = bytearray()
    with suppress(httpx2.RequestError):
        for piece in response.iter_bytes():
            body += piece
            if len(body) >= MAX_REFUSAL:
                break
    return bytes(body[:MAX_REFUSAL])


def _whole(response: httpx2.Response) -> httpx2.Response:
    """The same response with its body, decoded."""
    host = response.url.host
    deadline = time.monotonic() + BODY_SECONDS
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > MAX_BODY:
            raise HubError(f"{host} answers with more than {MAX_BODY >> 20} MB", "Check HF_ENDPOINT")
        if time.monotonic() > deadline:
            raise HubUnreachableError(f"{host} sends too slowly", "Try again later, or search for less")
    headers = [(name, value) for name, value in response.headers.multi_items() if name not in _BODY_HEADERS]
    return httpx2.Response(
        response.status_code,
        headers=headers,
        content=bytes(body),
        request=response.request,
        history=response.history,
    )


def _translated(error: httpx2.RequestError, url: httpx2.URL) -> HubError:
    host = _host(url)
    if isinstance(error, httpx2.TimeoutException):
        return no_answer(host)
    return unreachable(host, str(error) or type(error).__name__)


def _host(url: httpx2.URL) -> str:
    return url.host or str(url)
