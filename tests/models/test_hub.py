"""Searching the hub and listing files: the real client library against an imitation of the hub."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hub_models import FILE, MB, PARTS, REPO, model, repo, split_model
from hub_server import COMMIT, HubServer, Mode, Repo, dead_endpoint, hub_server
from huggingface_hub import close_session
from socks_server import socks_server

from slipstream.core.errors import HubAccessError, HubError, HubUnreachableError, UsageError
from slipstream.models.hub import Hub
from slipstream.models.hub_data import HubModel, SearchQuery, SortBy

pytestmark = pytest.mark.usefixtures("clean_hub")
B = 10**9


def listed(id: str, downloads: int = 5, likes: int = 1, updated: str = "2026-01-01", **gguf: object) -> Repo:
    fields = {
        "downloads": downloads,
        "likes": likes,
        "lastModified": f"{updated}T00:00:00.000Z",
        "gguf": gguf or None,
    }
    return Repo(
        id, {"m-Q4_0.gguf": b"", "m-Q8_0.gguf": b"", "mmproj-F16.gguf": b"", "a.txt": b""}, fields=fields
    )


@pytest.fixture
def server() -> Iterator[HubServer]:
    with hub_server(
        repo(**split_model()),
        listed("acme/Small-GGUF", 900, 3, "2026-03-01", architecture="qwen2", total=B // 2),
        listed("acme/Big-GGUF", 100, 70, "2026-02-01", architecture="llama", total=70 * B),
        listed("acme/Untold-GGUF", 50, 2, "2025-01-01"),
    ) as server:
        yield server


@pytest.fixture
def set_proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    """Sets a variable that the client reads when it is made."""

    def set_variable(name: str, value: str) -> None:
        monkeypatch.setenv(name, value)
        close_session()

    yield set_variable
    close_session()


def names(models: tuple[HubModel, ...]) -> list[str]:
    return [model.repo.split("/")[1].removesuffix("-GGUF") for model in models]


def test_a_row_tells_what_the_hub_tells(server: HubServer) -> None:
    found = Hub(server.endpoint).search(SearchQuery("model"))
    assert found == (
        HubModel(
            repo=REPO,
            architecture="llama",
            parameters=1_500_000_000,
            context_length=4096,
            quantizations=("Q4_K_M", "Q8_0"),
            license="apache-2.0",
            gated=False,
            private=False,
            downloads=1000,
            likes=10,
            updated=datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC),
            base_models=("acme/base",),
        ),
    )
    asked = server.requests[-1]
    assert asked.query["filter"] == ["gguf"]
    assert asked.query["search"] == ["model"]
    assert "gguf" in asked.query["expand"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (SearchQuery(), ["Model", "Small", "Big", "Untold"]),
        (SearchQuery(sort=SortBy.LIKES), ["Big", "Model", "Small", "Untold"]),
        (SearchQuery(sort=SortBy.UPDATED), ["Model", "Small", "Big", "Untold"]),
        (SearchQuery(limit=2), ["Model", "Small"]),
        (SearchQuery("  BIG "), ["Big"]),
        (SearchQuery("nothing like it"), []),
        (SearchQuery(architecture="Llama"), ["Model", "Big"]),
        (SearchQuery(least_parameters=B), ["Model", "Big"]),
        (SearchQuery(most_parameters=2 * B), ["Model", "Small"]),
        (SearchQuery(least_parameters=B, most_parameters=2 * B), ["Model"]),
        (SearchQuery(most_parameters=2 * B, limit=1), ["Model"]),
        (SearchQuery(architecture="qwen2", most_parameters=B), ["Small"]),
    ],
)
def test_filters_and_order(server: HubServer, query: SearchQuery, expected: list[str]) -> None:
    assert names(Hub(server.endpoint).search(query)) == expected


def test_files_are_grouped_with_size_checksum_and_licence(server: HubServer) -> None:
    found = Hub(server.endpoint).repository(REPO)
    assert (found.commit, found.model.license, found.refused) == (COMMIT, "apache-2.0", ())
    assert [(v.quantization, len(v.files), v.missing_parts) for v in found.variants] == [
        ("Q8_0", 3, 0),
        ("Q4_K_M", 1, 0),
    ]
    assert [file.path for file in found.variants[0].files] == list(PARTS)
    (single,) = found.variants[1].files
    assert (single.path, single.size) == (FILE, len(model()))
    assert single.checksum is not None
    assert single.checksum.algorithm == "sha256"


def test_small_files_have_gits_checksum() -> None:
    with hub_server(Repo(REPO, {FILE: model(MB)}, lfs=False)) as server:
        (found,) = Hub(server.endpoint).repository(REPO).variants
    assert found.files[0].checksum is not None
    assert found.files[0].checksum.algorithm == "git-sha1"


def test_unsafe_names_are_told_and_not_offered() -> None:
    files = {"../../evil.gguf": b"x", "C:\\evil.gguf": b"x", FILE: b"x", "\x1b[2Jevil.gguf": b"x"}
    with hub_server(Repo(REPO, files)) as server:
        found = Hub(server.endpoint).repository(REPO)
    assert [v.files[0].path for v in found.variants] == [FILE]
    assert len(found.refused) == 3
    assert all(name.isprintable() for name in found.refused)


def test_rows_of_nonsense_are_left_out_and_fields_of_nonsense_missing() -> None:
    wild = Repo(
        "a/b", {}, fields={"gguf": {"total": "many", "architecture": 7}, "downloads": "x", "likes": True}
    )
    with hub_server(Repo("../evil", {}), Repo("x\x1b[2J/y", {}), wild) as server:
        server.repos["a/b"].fields |= {"tags": [1, "license:" + "x" * 500], "lastModified": None}
        (found,) = Hub(server.endpoint).search(SearchQuery())
    assert (found.repo, found.architecture, found.parameters) == ("a/b", None, None)
    assert (found.downloads, found.likes, found.updated) == (None, None, None)
    assert found.license is not None
    assert len(found.license) <= 60


def test_the_token_is_sent_to_the_hub(server: HubServer, monkeypatch: pytest.MonkeyPatch) -> None:
    Hub(server.endpoint).search(SearchQuery())
    assert "authorization" not in server.requests[-1].headers
    monkeypatch.setenv("HF_TOKEN", "hf_of_the_environment")
    Hub(server.endpoint).search(SearchQuery())
    assert server.requests[-1].headers["authorization"] == "Bearer hf_of_the_environment"
    Hub(server.endpoint, token="hf_given").repository(REPO)
    assert server.requests[-1].headers["authorization"] == "Bearer hf_given"


def test_the_token_file_is_used(server: HubServer, tmp_path: Path) -> None:
    folder = tmp_path / "hugging-face"
    folder.mkdir()
    (folder / "token").write_text("hf_of_the_file\n")
    Hub(server.endpoint).search(SearchQuery())
    assert server.requests[-1].headers["authorization"] == "Bearer hf_of_the_file"


def test_the_token_does_not_follow_to_another_host(server: HubServer) -> None:
    hub = Hub(server.endpoint, token="hf_given")
    with hub.open_file(REPO, COMMIT, FILE) as answer:
        next(answer.pieces())
    first, second = server.of_files()
    assert (first.host, second.host) == ("hub", "cdn")
    assert "authorization" in first.headers
    assert "authorization" not in second.headers


def test_a_proxy_of_the_environment_is_used(server: HubServer, set_proxy: Callable[[str, str], None]) -> None:
    set_proxy("HTTP_PROXY", server.endpoint)
    assert names(Hub("http://hub.example").search(SearchQuery("big"))) == ["Big"]
    assert server.requests[-1].headers["host"] == "hub.example"


@pytest.mark.parametrize("variable", ["ALL_PROXY", "http_proxy"])
def test_a_socks_proxy_is_used(
    server: HubServer, set_proxy: Callable[[str, str], None], variable: str
) -> None:
    with socks_server() as proxy:
        set_proxy(variable, proxy.address)
        assert names(Hub(server.endpoint).search(SearchQuery("big"))) == ["Big"]
        close_session()
        assert proxy.connected == [("127.0.0.1", int(server.endpoint.rpartition(":")[2]))]


def test_hosts_without_proxy_are_asked_directly(
    server: HubServer, set_proxy: Callable[[str, str], None]
) -> None:
    with dead_endpoint() as nowhere:
        set_proxy("HTTP_PROXY", nowhere)
        set_proxy("NO_PROXY", "127.0.0.1")
        assert names(Hub(server.endpoint).search(SearchQuery("big"))) == ["Big"]


def test_a_dead_proxy_is_told(server: HubServer, set_proxy: Callable[[str, str], None]) -> None:
    with dead_endpoint() as nowhere:
        set_proxy("HTTP_PROXY", nowhere)
        with pytest.raises(HubUnreachableError, match="cannot be reached") as caught:
            Hub(server.endpoint).search(SearchQuery())
    assert "proxy" in caught.value.hint


def test_a_proxy_that_means_nothing_is_told(server: HubServer, set_proxy: Callable[[str, str], None]) -> None:
    set_proxy("HTTP_PROXY", "gopher://127.0.0.1:1")
    with pytest.raises(HubUnreachableError, match="network settings"):
        Hub(server.endpoint).search(SearchQuery())


def test_a_mirror_named_by_the_environment_is_asked_and_told_nothing_of_this_machine(
    server: HubServer,
) -> None:
    code = (
        "import sys; from slipstream.models.hub import Hub\n"
        "from slipstream.models.hub_data import SearchQuery\n"
        "print([m.repo for m in Hub().search(SearchQuery('big'))])"
    )
    environment = {**os.environ, "HF_ENDPOINT": server.endpoint + "/", "AI_AGENT": "someone"}
    del environment["HF_HUB_DISABLE_TELEMETRY"]
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "['acme/Big-GGUF']", done.stderr
    (asked,) = server.requests
    assert asked.headers["user-agent"].startswith("slipstream/")
    assert "agent/" not in asked.headers["user-agent"]


@pytest.mark.parametrize("name", ["", "a/b/c", "../..", "https://huggingface.co/a/b", "a b"])
def test_what_is_no_repository_is_bad_usage(name: str) -> None:
    with pytest.raises(UsageError, match="not the name of a repository"):
        Hub("http://127.0.0.1:1").repository(name)


def test_a_repository_that_is_not_there(server: HubServer) -> None:
    with pytest.raises(HubAccessError, match="acme/Nothing: no such repository, or a private one"):
        Hub(server.endpoint).repository("acme/Nothing")


@pytest.mark.parametrize(
    "body",
    [
        b"[1, 2]",
        b'["a"]',
        b'{"error": "x"}',
        b"[{}]",
        b"{",
        b"\xff\xfe",
        b'[{"id": 5}, null]',
        b"[" * 100_000,
    ],
)
def test_answers_that_make_no_sense(server: HubServer, body: bytes, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    server.mode = Mode(api_body=body)
    with pytest.raises(HubError, match="not understood"):
        Hub(server.endpoint).search(SearchQuery())
    with pytest.raises(HubError):
        Hub(server.endpoint).repository(REPO)


def test_an_answer_without_end_is_not_read_to_its_end(server: HubServer) -> None:
    server.mode = Mode(api_body=json.dumps([{"id": "a/b", "tags": ["x" * 40_000_000]}]).encode())
    with pytest.raises(HubError, match="more than 32 MB"):
        Hub(server.endpoint).search(SearchQuery())


def test_importing_takes_no_library() -> None:
    modules = "slipstream.models.hub, slipstream.models.download, slipstream.models.remote_header"
    code = f"import sys, {modules}; print([m for m in ('huggingface_hub', 'httpx2') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
