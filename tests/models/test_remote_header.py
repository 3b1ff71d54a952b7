"""Headers of files on the hub, by ranges."""

from collections.abc import Iterator

import pytest
from gguf_writer import TENSORS, model_pairs, tiny_model, vocabulary_pairs, with_tensors
from hub_models import FILE, MB, PARTS, REPO, model, split_model
from hub_server import HubServer, Mode, Repo, hub_server
from memory_source import MemorySource
from real_models import model_file

from slipstream.core.errors import HubError, HubUnreachableError, ModelFileError
from slipstream.core.paths import DEMO_MODEL
from slipstream.models.gguf import read_header
from slipstream.models.hub import Hub
from slipstream.models.hub_data import Repository, Variant
from slipstream.models.inspect import summarize
from slipstream.models.remote_header import RemoteSource, read_remote_header, read_remote_model

pytestmark = pytest.mark.usefixtures("clean_hub")


@pytest.fixture
def server() -> Iterator[HubServer]:
    with hub_server(Repo(REPO, {FILE: model(20 * MB), **split_model(3 * MB)})) as server:
        yield server


def variant(server: HubServer, path: str = FILE) -> tuple[Hub, Repository, Variant]:
    hub = Hub(server.endpoint)
    repository = hub.repository(REPO)
    return hub, repository, next(v for v in repository.variants if v.files[0].path == path)


def test_the_header_comes_without_the_file(server: HubServer) -> None:
    header = read_remote_header(*variant(server))
    assert header.name == "Tiny"
    assert header.parameter_count == 32 * 14 + 512 + 96
    assert server.sent <= MB


def test_all_parts_of_a_split_model_are_read(server: HubServer) -> None:
    files = read_remote_model(*variant(server, PARTS[0]))
    assert [part.name for part in files.parts] == list(PARTS)
    assert files.size == 9 * MB
    assert summarize(files, "x").parameters == 32 * 14 + 512 + 96


def test_a_real_header_is_the_same_from_afar() -> None:
    data = model_file(DEMO_MODEL).read_bytes()
    with hub_server(Repo(REPO, {FILE: data})) as server:
        here = read_header(MemorySource(data), FILE)
        there = read_remote_header(*variant(server))
        assert there.metadata.keys() == here.metadata.keys()
        assert there.tensors == here.tensors
        assert there.chat_template == here.chat_template
        tokens = there.strings("tokenizer.ggml.tokens")
        assert tokens is not None
        assert tokens.raw() == here.strings("tokenizer.ggml.tokens").raw()  # type: ignore[union-attr]
        assert server.sent < here.data_offset + 6 * MB < len(data) / 2
        assert len(server.of_files()) <= 4  # two ranges at most, each with its redirect


def test_a_hub_without_ranges_is_read_from_the_start(server: HubServer) -> None:
    server.mode = Mode(ignore_range=True)
    assert read_remote_header(*variant(server)).name == "Tiny"
    hub, repository, chosen = variant(server)
    data = server.repos[REPO].files[FILE]
    with RemoteSource(hub, repository, chosen.files[0]) as source:
        assert source.read(3 * MB, 10) == data[3 * MB : 3 * MB + 10]


def test_reads_in_any_order_give_the_files_bytes(server: HubServer) -> None:
    hub, repository, chosen = variant(server)
    data = server.repos[REPO].files[FILE]
    with RemoteSource(hub, repository, chosen.files[0]) as source:
        assert source.size == len(data)
        for offset in (0, 100, 5 * MB, 7, 20 * MB - 3, 20 * MB, 21 * MB):
            got = source.read(offset, 5)
            assert got == data[offset : offset + len(got)]
            assert got or offset >= len(data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<!doctype html>" + bytes(MB), "not a GGUF file: it is a web page"),
        (tiny_model()[:100], "truncated"),
        (b"GGUF" + b"\xff" * MB, "GGUF version"),
        (b"", "empty"),
    ],
)
def test_what_is_no_model_is_refused_before_it_is_downloaded(data: bytes, message: str) -> None:
    with hub_server(Repo(REPO, {FILE: data})) as server, pytest.raises(ModelFileError, match=message):
        read_remote_header(*variant(server))


def test_a_vocabulary_larger_than_a_block_takes_several_ranges() -> None:
    tokens = [f"token-{i:07d}" for i in range(300_000)]
    data = with_tensors([*model_pairs(), *vocabulary_pairs(tokens=tokens)], TENSORS)
    assert len(data) > 5 * MB
    with hub_server(Repo(REPO, {FILE: data + bytes(10 * MB)})) as server:
        header = read_remote_header(*variant(server))
        assert len(header.strings("tokenizer.ggml.tokens") or ()) == 300_000
        assert server.sent < len(data) + 5 * MB


def test_a_file_that_changed_meanwhile_is_noticed(server: HubServer) -> None:
    hub, repository, chosen = variant(server)
    server.repos[REPO].files[FILE] = model(19 * MB)
    with pytest.raises(HubError, match="not the file"):
        read_remote_header(hub, repository, chosen)


def test_a_connection_that_is_cut_is_told(server: HubServer) -> None:
    found = variant(server)
    server.mode = Mode(cut_every=1000)
    with pytest.raises(HubUnreachableError):
        read_remote_header(*found)
