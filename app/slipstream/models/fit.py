"""Does a model, or a pair, fit into this machine's memory, and where: on the GPU, partly, beside it, or not at all.

The draft comes first, as it does in the engine: a draft beside the GPU ruins speculation. What is judged is free
memory as it is now; the file's own pages can be dropped by the system and read again, so they are not counted twice.
"""

from dataclasses import dataclass
from enum import StrEnum

from slipstream.models.machine_memory import MachineMemory
from slipstream.models.memory import CELLS, LoadOptions, ModelMemory, layers_that_fit, model_memory
from slipstream.models.memory_shape import MemoryShape

GPU_RESERVE = 512 << 20  # bytes of each GPU for its driver's context and for others; as the engine
HOST_RESERVE = 256 << 20  # bytes for the program itself


class Where(StrEnum):
    GPU = "gpu"  # all of it
    PARTLY = "partly"  # some layers on the GPU
    MEMORY = "memory"  # in the computer's own memory
    NO = "no"
    UNKNOWN = "unknown"  # how much memory is free cannot be asked here


@dataclass(frozen=True, slots=True)
class Sized:
    """A model whose memory is asked about: its shape, and the context it was trained for."""

    shape: MemoryShape
    trained: int | None


@dataclass(frozen=True, slots=True)
class Fit:
    """Where a model or pair goes. Bytes; `free` and `gpu_free` are what may be used, the reserves taken off."""

    where: Where
    context: int  # tokens
    target: ModelMemory
    draft: ModelMemory | None
    free: int
    gpu_free: int

    @property
    def host(self) -> int:
        return self.target.host + (self.draft.host if self.draft else 0)

    @property
    def gpu(self) -> int:
        return self.target.gpu + (self.draft.gpu if self.draft else 0)

    @property
    def total(self) -> int:
        return self.host + self.gpu

    @property
    def fits(self) -> bool:
        """Whether it can be loaded, as far as is known."""
        return self.where is not Where.NO


def fit(
    target: Sized,
    draft: Sized | None,
    options: LoadOptions,
    machine: MachineMemory,
    reordered: frozenset[int] = frozenset(),
) -> Fit:
    """Judge a model, or a pair, at a context size. `reordered` as in `model_memory`."""
    gpu_free = sum(max(0, gpu.free - GPU_RESERVE) for gpu in machine.gpus)
    free = max(0, machine.free - HOST_RESERVE)
    if machine.unified:
        gpu_free = min(gpu_free, free)
    # Both get the target's context: the engine makes them alike.
    context = options.context(target.trained)
    options = LoadOptions(context, options.flash, options.cache_type_k, options.cache_type_v)
    drafted = None
    left = gpu_free
    if draft is not None:
        drafted = _placed(draft.shape, options, left, reordered, gpus=bool(machine.gpus))
        left -= drafted.gpu
    placed = _placed(target.shape, options, left, reordered, gpus=bool(machine.gpus))
    parts = [(target.shape, placed)] + ([(draft.shape, drafted)] if draft and drafted else [])
    host = sum(memory.host for _, memory in parts)
    needed = host + sum(memory.gpu for _, memory in parts) if machine.unified else host
    if not machine.free:
        where = Where.UNKNOWN
    elif needed > free:
        where = Where.NO
    elif all(memory.gpu_layers > shape.layers for shape, memory in parts):
        where = Where.GPU
    else:
        where = Where.PARTLY if any(memory.gpu_layers for _, memory in parts) else Where.MEMORY
    return Fit(where, context, placed, drafted, free, gpu_free)


def _placed(
    shape: MemoryShape, options: LoadOptions, free: int, reordered: frozenset[int], *, gpus: bool
) -> ModelMemory:
    """As many layers on the GPU as fit into what is free there."""
    layers = layers_that_fit(shape, options, None, free)
    return model_memory(shape, options, None, layers, frozenset() if gpus else reordered)


def largest_context(
    target: Sized,
    draft: Sized | None,
    options: LoadOptions,
    machine: MachineMemory,
    reordered: frozenset[int] = frozenset(),
) -> int:
    """The largest context, at most the one asked for, with which the pair fits; 0 where none does."""

    def fits(context: int) -> bool:
        asked = LoadOptions(context, options.flash, options.cache_type_k, options.cache_type_v)
        return fit(target, draft, asked, machine, reordered).fits

    most = options.context(target.trained)
    if fits(most):
        return most
    low, high = 0, most // CELLS
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle * CELLS) else (low, middle - 1)
    return low * CELLS
