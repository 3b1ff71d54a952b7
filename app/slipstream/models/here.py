"""What of this machine a verdict depends on: its memory, what llama.cpp was built for, what was measured before.

llama.cpp itself is not loaded for it: which GPUs a build can use is told from the libraries that lie beside it.
"""

import importlib.util
from pathlib import Path

from slipstream.core.known_pairs import KnownPairs
from slipstream.core.measurements import Measurements
from slipstream.models.catalog import Catalog
from slipstream.models.machine_memory import MachineMemory, processor_words, this_machine
from slipstream.models.memory import LoadOptions, reordered_types
from slipstream.models.pairing import Surroundings

_GPU_LIBRARIES = ("cuda", "vulkan", "metal", "hip", "sycl", "musa", "rpc", "opencl")


def machine_memory() -> MachineMemory:
    """Memory as it is now; GPUs only where llama.cpp was built to use one."""
    return this_machine(gpus=built_for_gpu(_llama_cpp_folder()))


def built_for_gpu(folder: Path | None) -> bool:
    """Whether llama.cpp's folder of libraries holds a GPU backend."""
    if folder is None:
        return False
    names = [path.name for path in folder.glob("*ggml-*")]
    return any(f"ggml-{kind}" in name for name in names for kind in _GPU_LIBRARIES)


def surroundings(
    options: LoadOptions, measurements: Path, catalog: Catalog | None, known: KnownPairs | None = None
) -> Surroundings:
    """Everything a pair is judged by, as it is now. Measurements that cannot be read are left out."""
    return Surroundings(
        machine=machine_memory(),
        options=options,
        reordered=reordered_types(processor_words()),
        measurements=Measurements.load(measurements),
        catalog=catalog,
        known=known or KnownPairs(),
    )


def _llama_cpp_folder() -> Path | None:
    found = importlib.util.find_spec("llama_cpp")
    return Path(found.origin).parent / "lib" if found and found.origin else None
