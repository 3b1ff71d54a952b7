"""The copied tables against the llama.cpp that is installed."""

import ctypes
from pathlib import Path

import llama_cpp
import pytest

from slipstream.models.ggml_types import FILE_TYPES, TENSOR_TYPES, tensor_type_name


@pytest.fixture
def ggml():
    folder = Path(llama_cpp.__file__).parent / "lib"
    found = [
        path
        for name in ("libggml-base.so", "libggml-base.dylib", "ggml-base.dll")
        for path in folder.glob(name)
    ]
    if not found:
        pytest.skip(f"no ggml library in {folder}")
    library = ctypes.CDLL(str(found[0]))
    library.ggml_type_size.restype = ctypes.c_size_t
    library.ggml_blck_size.restype = ctypes.c_int64
    library.ggml_type_name.restype = ctypes.c_char_p
    return library


def test_tensor_types_are_ggmls(ggml):
    ids = [i for i in range(llama_cpp.GGML_TYPE_COUNT) if ggml.ggml_blck_size(i)]
    assert ids == sorted(TENSOR_TYPES)
    for i, known in TENSOR_TYPES.items():
        told = (ggml.ggml_type_name(i).decode().upper(), ggml.ggml_blck_size(i), ggml.ggml_type_size(i))
        assert (known.name.upper(), known.block, known.size) == told


def test_a_type_that_is_not_in_the_table_is_a_number():
    assert tensor_type_name(llama_cpp.GGML_TYPE_COUNT) == f"type {llama_cpp.GGML_TYPE_COUNT}"


def test_file_types_are_llama_cpps():
    told = {
        value: name.removeprefix("LLAMA_FTYPE_").removeprefix("MOSTLY_").removeprefix("ALL_")
        for name, value in vars(llama_cpp).items()
        if name.startswith("LLAMA_FTYPE_") and name != "LLAMA_FTYPE_GUESSED"
    }
    assert told == FILE_TYPES
