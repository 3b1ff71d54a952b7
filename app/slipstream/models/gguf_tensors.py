"""The tensors a GGUF header describes: checked as llama.cpp's reader checks them, never loaded."""

from math import prod

from slipstream.models.ggml_types import TENSOR_TYPES
from slipstream.models.gguf_cursor import Cursor
from slipstream.models.gguf_header import TensorInfo
from slipstream.models.untrusted import printable

MAX_DIMENSIONS = 4
MAX_NAME = 63  # bytes; ggml keeps 64 with the NUL
INT64_MAX = 2**63 - 1


def padded(offset: int, alignment: int) -> int:
    """The next multiple of `alignment`."""
    return -(-offset // alignment) * alignment


def read_tensors(cursor: Cursor, count: int, alignment: int) -> tuple[TensorInfo, ...]:
    """Read `count` descriptions. Raises ModelFileError where they do not lie one behind the other."""
    tensors = []
    names = set()
    expected: int | None = 0  # where the next one begins; None behind one of unknown size
    for i in range(count):
        cursor.check_time()
        tensor = _read_tensor(cursor, i)
        if tensor.name in names:
            raise cursor.damaged(f"tensor {printable(tensor.name)} is there twice")
        names.add(tensor.name)
        tensors.append(tensor)
        if tensor.offset % alignment or (expected is not None and tensor.offset != expected):
            where = f"a multiple of {alignment}" if expected is None else expected
            raise cursor.damaged(
                f"tensor {printable(tensor.name)} has offset {tensor.offset}, expected {where}"
            )
        size = tensor.size
        expected = None if size is None else tensor.offset + padded(size, alignment)
        if tensor.offset + (size or 0) > INT64_MAX:
            raise cursor.damaged(f"tensor {printable(tensor.name)} ends beyond all files")
    return tuple(tensors)


def _read_tensor(cursor: Cursor, number: int) -> TensorInfo:
    name = cursor.string(f"the name of tensor {number}", MAX_NAME)
    dimensions = cursor.unsigned("I")
    if dimensions > MAX_DIMENSIONS:
        raise cursor.damaged(f"tensor {printable(name)} has {dimensions} dimensions")
    *shape_read, type_id, offset = cursor.numbers(f"{dimensions}QIQ")
    shape = tuple(shape_read)
    tensor = TensorInfo(name, shape, type_id, offset)
    if prod(max(length, 1) for length in shape) > INT64_MAX:
        raise cursor.damaged(f"tensor {printable(name)} has too many elements: {shape}")
    layout = TENSOR_TYPES.get(tensor.type)
    row = shape[0] if shape else 1
    if layout is not None and row % layout.block:
        raise cursor.damaged(
            f"tensor {printable(name)} has rows of {row}, no multiple of {layout.block} ({layout.name})"
        )
    return tensor
