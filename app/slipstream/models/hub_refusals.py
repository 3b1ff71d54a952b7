"""What a hub's refusal means to a person: from status, headers and the start of the body to a HubError.

Follows what huggingface.co sends: `X-Error-Code` names the reason, 401 is also the answer for what does not exist.
"""

import json
import re
from collections.abc import Mapping

from slipstream.core.errors import (
    HubAccessError,
    HubBusyError,
    HubError,
    HubNotFoundError,
    HubUnreachableError,
)
from slipstream.models.untrusted import printable

CHECK_NETWORK = (
    "Check the connection, the proxy settings and HF_ENDPOINT; models on this machine work without it"
)
LOG_IN = "put a token into the settings, log in with `hf auth login`, or set HF_TOKEN"
_REPO = re.compile(r"(?:/api/models/(?P<listed>.+?)(?:/revision/.*)?|/(?P<file>.+?)/resolve/.*)\Z", re.DOTALL)
_BAD_TOKEN = "Invalid credentials in Authorization header"
_ERROR_NUMBER = re.compile(r"\A\[Errno -?\d+\] ")  # of the system's: its words are enough
_RESET = re.compile(r";\s*t=(\d{1,9})")  # of a RateLimit header: seconds until there are requests left again


class RangeRefusedError(HubError):
    """The hub's file does not reach to where it should go on: it is not the file that was begun."""


def unreachable(host: str, reason: str) -> HubUnreachableError:
    plain = _ERROR_NUMBER.sub("", reason)
    return HubUnreachableError(f"{printable(host)} cannot be reached: {printable(plain)}", CHECK_NETWORK)


def no_answer(host: str) -> HubUnreachableError:
    return HubUnreachableError(f"{printable(host)} does not answer", CHECK_NETWORK)


def web_page(host: str) -> HubError:
    return HubError(
        f"{host} answers with a web page instead of data",
        "Perhaps this network wants you to log in first: open any page in a browser. Check HF_ENDPOINT, too",
    )


def refusal(status: int, headers: Mapping[str, str], body: bytes, origin: str, path: str) -> HubError:
    """The error for an answer; `origin` and `path` are the request's, e.g. "https://host" and "/a/b"."""
    code = headers.get("x-error-code", "")
    told = printable(headers.get("x-error-message") or _told(body))
    match = _REPO.search(path)
    repo = printable(match["listed"] or match["file"]) if match else "The list of models"
    if status in (401, 403):
        return _no_access(status, code, told, repo, origin)
    if status == 404:
        what = {"EntryNotFound": "no such file in it", "RevisionNotFound": "no such version of it"}
        return HubNotFoundError(
            f"{repo}: {what.get(code, 'no such repository on the hub')}", "Check the name"
        )
    if status == 416:
        return RangeRefusedError(f"{repo}: the file on the hub is shorter than it was", "Download it again")
    if status == 429:
        return _too_many(headers)
    if status == 408 or status >= 500:
        busy = HubBusyError(f"The hub has trouble at the moment (status {status})", "Try again later")
        busy.retry_after = _seconds(headers)
        return busy
    return HubError(
        f"The hub refuses: status {status}{f', {told}' if told else ''}", "Check the name and HF_ENDPOINT"
    )


def _no_access(status: int, code: str, told: str, repo: str, origin: str) -> HubAccessError:
    if told == _BAD_TOKEN:
        return HubAccessError(
            "The hub refuses your token", f"Make a new one on {origin}/settings/tokens, then {LOG_IN}"
        )
    if code == "GatedRepo":
        return HubAccessError(
            f"{repo} is gated: its terms must be accepted first",
            f"Accept them on {origin}/{repo}, then {LOG_IN}",
        )
    if status == 401:
        return HubAccessError(
            f"{repo}: no such repository, or a private one", f"Check the name; for a private one {LOG_IN}"
        )
    return HubAccessError(
        f"{repo}: the hub refuses access{f': {told}' if told else ''}", "Your token may lack the permission"
    )


def _too_many(headers: Mapping[str, str]) -> HubBusyError:
    seconds = _seconds(headers)
    wait = "later" if seconds is None else f"in {seconds:.0f} s"
    busy = HubBusyError(
        "Too many requests to the hub", f"Try again {wait}; who is logged in may ask more often"
    )
    busy.retry_after = seconds
    return busy


def _seconds(headers: Mapping[str, str]) -> float | None:
    """How long to wait, where the hub says it."""
    reset = _RESET.search(headers.get("ratelimit", ""))
    after = headers.get("retry-after", "").strip()
    if reset:
        return float(reset[1])
    return float(after) if after.isascii() and after.isdigit() and len(after) < 10 else None


def _told(body: bytes) -> str:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    error = told.get("error") if isinstance(told, dict) else None
    return error if isinstance(error, str) else ""
