"""What systems and tools say about memory, read from their own words."""

from pathlib import Path

import pytest

from slipstream.models.machine_memory import (
    GpuMemory,
    amd_gpus,
    cgroup_limited,
    nvidia_gpus,
    processor_words,
    read_meminfo,
    read_vm_stat,
    this_machine,
)

GiB = 1 << 30


def test_linux():
    text = "MemTotal:       24600000 kB\nMemFree:  100 kB\nMemAvailable:   20000000 kB\nHugePages_Total:       0\n"
    assert read_meminfo(text) == (20_000_000 * 1024, 24_600_000 * 1024)
    assert read_meminfo("MemTotal: 8 kB\nMemFree: 2 kB\n") == (2048, 8192)
    assert read_meminfo("nothing to see\n: :\nMemTotal: many kB\n") == (0, 0)


def test_a_container_may_have_less():
    stat = "anon 5\ninactive_file 300\nodd line here\n"
    assert cgroup_limited(1000, 2000, 800, 700, stat) == (400, 800)
    assert cgroup_limited(100, 2000, 800, 700, "") == (100, 800)
    assert cgroup_limited(1000, 2000, 800, 900, "inactive_file x\n") == (0, 800)
    assert cgroup_limited(0, 0, 800, 700, "") == (100, 800)


def test_macos():
    text = (
        "Mach Virtual Memory Statistics: (page size of 16384 bytes)\n"
        "Pages free:                               1000.\nPages active:  9999.\n"
        "Pages inactive:                            500.\nPages speculative:   10.\nPages purgeable: 5.\n"
    )
    assert read_vm_stat(text) == 1515 * 16384
    assert read_vm_stat("") == 0


def test_nvidia():
    text = "NVIDIA H200, 142000, 143771\nRTX 4090, with a comma, 100, 24564\n[N/A], [N/A], [N/A]\nfailed\n"
    assert nvidia_gpus(text) == (
        GpuMemory("NVIDIA H200", 142_000 << 20, 143_771 << 20),
        GpuMemory("RTX 4090, with a comma", 100 << 20, 24_564 << 20),
    )
    assert nvidia_gpus("") == ()


def test_amd(tmp_path: Path):
    for card, total, used in (("card1", str(16 * GiB), str(GiB)), ("card2", "nonsense", "0")):
        folder = tmp_path / card / "device"
        folder.mkdir(parents=True)
        (folder / "mem_info_vram_total").write_text(total)
        (folder / "mem_info_vram_used").write_text(used)
    assert amd_gpus(tmp_path) == (GpuMemory("AMD card1", 15 * GiB, 16 * GiB),)
    assert amd_gpus(tmp_path / "none") == ()


@pytest.mark.skipif(not Path("/proc/meminfo").exists(), reason="Linux tells it there")
def test_this_machine():
    found = this_machine(gpus=False)
    assert 0 < found.free <= found.total < 100_000 * GiB
    assert found.gpus == ()


def test_the_processor_says_what_it_can():
    assert all(word.isprintable() for word in processor_words())
