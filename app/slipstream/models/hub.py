"""The model hub: search for GGUF repositories, list what one has, open a file at any byte.

    Hub().search(SearchQuery("deepseek r1 distill"))    rows of a list
    Hub().repository("owner/name")                      its models at one commit
    Hub().open_file(…)                                  bytes of a file, from an offset

Any hub that speaks huggingface.co's language: `HF_ENDPOINT` names another one. The token is the keyring's, or
huggingface_hub's own (`hub_token`). Importing this takes no time: the library is imported with
the first request. Calls may come from any thread; each begins to answer within five seconds or raises HubError.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from slipstream import __version__
from slipstream.core.errors import HubAccessError, HubError, UsageError
from slipstream.models.hub_data import HubModel, Repository, SearchQuery, SortBy
from slipstream.models.hub_paths import is_repo
from slipstream.models.hub_reading import read_model, read_repository
from slipstream.models.hub_token import token_for
from slipstream.models.untrusted import printable

if TYPE_CHECKING:
    from huggingface_hub import HfApi

    from slipstream.models.hub_client import Answer

log = logging.getLogger(__name__)
NAME = "slipstream"
ADDRESS = "https://huggingface.co"
SEARCHED = 300  # repositories looked at for a search that filters
STALL_SECONDS = 20.0  # without a byte of a file: given up
# Read by huggingface_hub when it is imported: no word about this machine in the user agent (nor a request to
# learn which words), and plain HTTP for files, which can be resumed and checked.
_LIBRARY_SETTINGS = {"HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_XET": "1"}
_SORT = {SortBy.DOWNLOADS: "downloads", SortBy.LIKES: "likes", SortBy.UPDATED: "last_modified"}
_FIELDS = ["downloads", "gated", "gguf", "lastModified", "likes", "private", "siblings", "tags"]


class Hub:
    """One hub, as one person. `endpoint` and `token` stand before the environment's."""

    def __init__(self, endpoint: str | None = None, token: str | None = None) -> None:
        self._endpoint = endpoint.rstrip("/") if endpoint else None
        self._token = token

    @property
    def address(self) -> str:
        """Where a person finds it with a browser."""
        return self._endpoint or os.environ.get("HF_ENDPOINT", "").rstrip("/") or ADDRESS

    def search(self, query: SearchQuery) -> tuple[HubModel, ...]:
        """GGUF repositories in the order asked for, at most `query.limit`. Raises HubError.

        Architecture and size are compared here: what the hub itself filters by need not come from the GGUF
        files. So they are looked for among the first few hundred repositories that match the text.
        """
        filters = (
            query.architecture or query.least_parameters is not None or query.most_parameters is not None
        )
        with _understood():
            infos = self._api().list_models(
                filter="gguf",
                search=query.text.strip() or None,
                sort=_SORT[query.sort],  # type: ignore[arg-type]  # a str, but one of the words it takes
                limit=max(SEARCHED, query.limit) if filters else query.limit,
                expand=_FIELDS,  # type: ignore[arg-type]  # as above
            )
            models = (read_model(info) for info in infos)
            return tuple(islice((m for m in models if m is not None and _matches(m, query)), query.limit))

    def repository(self, repo: str, commit: str | None = None) -> Repository:
        """Its models, now or at a commit. Raises HubError; UsageError where `repo` is no repository's name."""
        if not is_repo(repo):
            raise UsageError(
                f"{printable(repo)!r} is not the name of a repository", 'It is written "owner/name"'
            )
        with _understood():
            return read_repository(self._api().model_info(repo, revision=commit, files_metadata=True))

    def open_file(
        self,
        repo: str,
        commit: str,
        path: str,
        offset: int = 0,
        end: int | None = None,
        seconds: float = STALL_SECONDS,
    ) -> "Answer":
        """A file from byte `offset` up to `end`, not included. Raises HubError.

        A hub may send it from its beginning instead, and to its end: the answer says where it begins.
        `seconds` may pass without a byte.
        """
        _prepare_library()
        from huggingface_hub import hf_hub_url  # noqa: PLC0415  # a second to import

        # Documented, but exported lazily.
        from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]  # noqa: PLC0415

        from slipstream.models.hub_client import open_file  # noqa: PLC0415

        url = hf_hub_url(repo, path, revision=commit, endpoint=self._endpoint)
        headers = build_hf_headers(token=self._bearer(), library_name=NAME, library_version=__version__)
        headers["Range"] = f"bytes={offset}-{'' if end is None else end - 1}"
        return open_file(url, headers, seconds)

    def account(self, token: str | None = None) -> str:
        """Who a token belongs to; without one, the token that requests are sent with. Raises HubError."""
        api = self._api()
        from huggingface_hub import get_token  # noqa: PLC0415  # a second to import

        if not (token or self._bearer() or get_token()):
            raise HubAccessError("There is no token yet", f"Make one on {self._origin}/settings/tokens")
        with _understood():
            try:
                told = api.whoami(token)
            except HubAccessError as error:
                hint = f"Make a new one on {self._origin}/settings/tokens"
                raise HubAccessError("The hub refuses this token", hint) from error
            return printable(str(told["name"]))

    @property
    def endpoint(self) -> str | None:
        """The hub that was named, if one was."""
        return self._endpoint

    @property
    def _origin(self) -> str:
        from huggingface_hub.constants import ENDPOINT  # noqa: PLC0415  # a second to import

        return self._endpoint or ENDPOINT

    def _bearer(self) -> str | None:
        """The token to send; None leaves the choice to the library."""
        return self._token or token_for(self._endpoint)

    def _api(self) -> "HfApi":
        _prepare_library()
        from huggingface_hub import HfApi  # noqa: PLC0415  # a second to import

        from slipstream.models.hub_client import session  # noqa: PLC0415

        session()
        return HfApi(
            endpoint=self._endpoint, token=self._bearer(), library_name=NAME, library_version=__version__
        )


def shared_cache() -> Path:
    """Where the library keeps what any program has downloaded with it."""
    _prepare_library()
    from huggingface_hub.constants import HF_HUB_CACHE  # noqa: PLC0415  # a second to import

    return Path(HF_HUB_CACHE)


def _prepare_library() -> None:
    for name, value in _LIBRARY_SETTINGS.items():
        os.environ.setdefault(name, value)


def _matches(model: HubModel, query: SearchQuery) -> bool:
    if query.architecture and (model.architecture or "").lower() != query.architecture.lower():
        return False
    if query.least_parameters is None and query.most_parameters is None:
        return True
    if model.parameters is None:
        return False
    most = query.most_parameters
    return (query.least_parameters or 0) <= model.parameters and (most is None or model.parameters <= most)


@contextmanager
def _understood() -> Iterator[None]:
    """The library takes answers apart without looking: what it trips over is an answer that makes no sense."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        log.warning("an answer of the hub was not understood", exc_info=True)
        raise HubError(
            "The hub's answer is not understood", "Check HF_ENDPOINT; a newer Slipstream may understand it"
        ) from error
