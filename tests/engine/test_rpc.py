"""Offload without a GPU: llama.cpp's RPC device is a device like any other.

The heavy tests need a build with it (docs/offload.md); they skip where there is none. The engine runs in its own
process, as in the window: a server that has gone ends that process, not this one.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from rpc_server import Served, rpc_registry, rpc_server
from runs import ask, run

from slipstream.core.chat import Drafting, PairSpec
from slipstream.core.errors import EngineDiedError, LoadError
from slipstream.core.events import LoadProgress
from slipstream.core.memory_use import DeviceUse, layers_without_output
from slipstream.engine.process import ProcessEngine
from slipstream.engine.rpc import VARIABLE, connect, servers

QUESTION = ask("Tell me a short story about a fox.", Drafting.MODEL)


def test_servers_are_named_as_llama_cpp_names_them() -> None:
    assert VARIABLE == "LLAMA_ARG_RPC"
    assert servers({}) == servers({VARIABLE: " , "}) == ()
    assert servers({VARIABLE: "a:1, 10.0.0.2:50052,a:1"}) == ("a:1", "10.0.0.2:50052")


@pytest.mark.parametrize("name", ["localhost", ":50052", "host:port", "host:0", "host:70000"])
def test_what_is_no_server_is_said(name: str) -> None:
    with pytest.raises(LoadError, match="which is no server"):
        connect((name,))


def test_a_server_that_does_not_answer_is_an_error_not_an_abort() -> None:
    with socket.socket() as bound:  # bound and not listening: nobody else can
        bound.bind(("127.0.0.1", 0))
        endpoint = f"127.0.0.1:{bound.getsockname()[1]}"
        with pytest.raises(LoadError, match=f"RPC server {endpoint} cannot be reached") as raised:
            connect((endpoint,))
    assert VARIABLE in raised.value.hint


def test_a_build_without_it_says_how_to_get_it() -> None:
    if rpc_registry():
        pytest.skip("this build has the RPC backend")
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        with pytest.raises(LoadError, match="cannot use other machines") as raised:
            connect((f"127.0.0.1:{listening.getsockname()[1]}",))
    assert "GGML_RPC" in raised.value.hint


@pytest.fixture
def needs_rpc() -> None:
    if not rpc_registry():
        pytest.skip("this build of llama.cpp has no RPC backend (CMAKE_ARGS=-DGGML_RPC=ON)")


@contextmanager
def engine_with(folder: Path, monkeypatch: pytest.MonkeyPatch, *known: Served) -> Iterator[ProcessEngine]:
    """An engine whose process knows these servers."""
    monkeypatch.setenv(VARIABLE, ",".join(server.endpoint for server in known))
    engine = ProcessEngine(folder)
    try:
        yield engine
    finally:
        engine.close()


def layers(uses: tuple[DeviceUse, ...]) -> dict[str, int]:
    return layers_without_output(uses)


heavy = [pytest.mark.heavy, pytest.mark.weights, pytest.mark.usefixtures("needs_rpc")]


class TestServed:
    pytestmark = heavy

    def test_both_models_are_offloaded_and_write_what_the_processor_writes(
        self, demo_target: Path, low_bit_draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        spec = PairSpec(demo_target, low_bit_draft, ctx_size=512)
        with engine_with(tmp_path, monkeypatch) as here:
            loaded = here.load(spec, lambda _event: None)
            assert loaded.placement is not None
            assert layers(loaded.placement.target) == layers(loaded.placement.draft) == {"CPU": 30}
            expected = run(here, QUESTION).stats
        with rpc_server() as server, engine_with(tmp_path, monkeypatch, server) as there:
            stages: list[LoadProgress] = []
            loaded = there.load(spec, stages.append)
            assert loaded.draft is not None
            assert loaded.target.gpu_layers == loaded.draft.gpu_layers == 31
            assert loaded.target.devices == loaded.draft.devices == (f"RPC0 ({server.endpoint})",)
            placement = loaded.placement
            assert placement is not None
            assert layers(placement.target) == layers(placement.draft) == {"RPC0": 30}
            for uses in (placement.target, placement.draft):
                on_device = uses[-1]
                assert on_device.device == "RPC0"
                assert on_device.cache == 512 * 30 * 3 * 2 * 64 * 2
                assert on_device.weights > 0
                assert on_device.compute > 0
                assert all(use.cache == 0 for use in uses[:-1])
            (device,) = placement.devices
            assert (device.name, device.description) == ("RPC0", server.endpoint)
            assert device.total > 0
            assert stages[0].stage == "servers"
            of_models = [event.stage for event in stages[1:]]
            assert of_models == sorted(of_models)  # draft, target
            drafted = run(there, QUESTION).stats
        assert drafted.tokens == expected.tokens
        assert drafted.metrics.accepted > 0

    @pytest.mark.parametrize("count", [0, 1, 11])
    def test_so_many_layers_as_are_asked_for(
        self, count: int, demo_target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with rpc_server() as server, engine_with(tmp_path, monkeypatch, server) as engine:
            spec = PairSpec(demo_target, gpu_layers=count, ctx_size=512)
            loaded = engine.load(spec, lambda _event: None)
            assert loaded.target.gpu_layers == count
            assert loaded.placement is not None
            counted = {use.device: use.layers for use in loaded.placement.target if use.layers}
            assert counted == ({"CPU": 31 - count, "RPC0": count} if count else {"CPU": 31})
            assert run(engine, ask("Name a fruit.")).stats.tokens

    def test_two_servers_with_the_models_on_one_each(
        self, demo_target: Path, low_bit_draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with (
            rpc_server() as first,
            rpc_server() as second,
            engine_with(tmp_path, monkeypatch, first, second) as engine,
        ):
            spec = PairSpec(
                *(demo_target, low_bit_draft), devices=("RPC0",), draft_devices=("RPC1",), ctx_size=512
            )
            loaded = engine.load(spec, lambda _event: None)
            assert loaded.placement is not None
            assert layers(loaded.placement.target) == {"RPC0": 30}
            assert layers(loaded.placement.draft) == {"RPC1": 30}
            both = PairSpec(demo_target, gpu_layers=31, ctx_size=512)
            loaded = engine.load(both, lambda _event: None)
            assert loaded.placement is not None
            assert set(layers(loaded.placement.target)) == {"RPC0", "RPC1"}
            assert len(loaded.target.devices) == 2

    def test_without_a_device_everything_is_here(
        self, demo_target: Path, low_bit_draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with rpc_server() as server, engine_with(tmp_path, monkeypatch, server) as engine:
            spec = PairSpec(demo_target, low_bit_draft, devices=(), ctx_size=512)
            loaded = engine.load(spec, lambda _event: None)
            assert loaded.placement is not None
            assert layers(loaded.placement.target) == {"CPU": 30}
            assert layers(loaded.placement.draft) == {"RPC0": 30}
            with pytest.raises(LoadError, match="There is no device CUDA7"):
                engine.load(PairSpec(demo_target, devices=("CUDA7",), ctx_size=512), lambda _event: None)

    def test_a_load_that_waits_for_a_busy_server_can_be_cancelled(
        self, demo_target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        spec = PairSpec(demo_target, ctx_size=512)
        with (
            rpc_server() as server,
            engine_with(tmp_path / "first", monkeypatch, server) as first,
            engine_with(tmp_path / "second", monkeypatch, server) as second,
        ):
            first.load(spec, lambda _event: None)
            run(first, ask("Name a fruit."))  # it serves one at a time
            timer = threading.Timer(3, second.stop.set)
            timer.start()
            with pytest.raises(LoadError, match="cancelled"):
                second.load(spec, lambda _event: None)
            timer.join()
            assert second.pid is None
            assert run(first, ask("Name another fruit.")).stats.tokens  # nothing of the other was harmed
            first.unload()
            assert second.load(spec, lambda _event: None).target.gpu_layers == 31

    def test_a_server_that_goes_away_ends_the_engine_alone(
        self, demo_target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with rpc_server() as server, engine_with(tmp_path, monkeypatch, server) as engine:
            engine.load(PairSpec(demo_target, ctx_size=512), lambda _event: None)
            run(engine, ask("Name a fruit."))
            server.kill()
            with pytest.raises(EngineDiedError):
                run(engine, ask("Name another fruit."))
            with pytest.raises(LoadError, match="cannot be reached"):
                engine.load(PairSpec(demo_target, ctx_size=512), lambda _event: None)
