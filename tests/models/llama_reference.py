"""What llama.cpp itself makes of a file's header: the oracle for ours. Loads no tensors (`vocab_only`)."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import llama_cpp

from slipstream.core.vocabulary import Vocabulary

TYPES = ("none", "spm", "bpe", "wpm", "ugm", "rwkv", "plamo2", "test")


@llama_cpp.llama_log_callback
def _quiet(level, text, data):
    pass


@contextmanager
def loaded(path: Path) -> Iterator[llama_cpp.llama_model_p]:
    """The model, without its tensors. Quietly; the log goes where it went before in the end."""
    log, log_data = llama_cpp.llama_log_callback(), ctypes.c_void_p()
    llama_cpp.llama_log_get(ctypes.byref(log), ctypes.byref(log_data))
    llama_cpp.llama_log_set(_quiet, None)
    parameters = llama_cpp.llama_model_default_params()
    parameters.vocab_only = True
    model = llama_cpp.llama_model_load_from_file(str(path).encode(), parameters)
    assert model, f"llama.cpp refuses {path.name}"
    try:
        yield model
    finally:
        llama_cpp.llama_model_free(model)
        llama_cpp.llama_log_set(log, log_data)


def vocabulary(model: llama_cpp.llama_model_p) -> Vocabulary:
    own = llama_cpp.llama_model_get_vocab(model)
    bos, eos = llama_cpp.llama_vocab_bos(own), llama_cpp.llama_vocab_eos(own)
    return Vocabulary(
        TYPES[llama_cpp.llama_vocab_type(own)],
        bos if bos >= 0 else None,
        eos if eos >= 0 else None,
        llama_cpp.llama_vocab_get_add_bos(own),
        llama_cpp.llama_vocab_get_add_eos(own),
        [llama_cpp.llama_vocab_get_text(own, i) for i in range(llama_cpp.llama_vocab_n_tokens(own))],
    )


def metadata(model: llama_cpp.llama_model_p) -> dict[str, str]:
    """All single values, as llama.cpp prints them."""
    found = {}
    buffer = ctypes.create_string_buffer(2**20)
    for i in range(llama_cpp.llama_model_meta_count(model)):
        llama_cpp.llama_model_meta_key_by_index(model, i, buffer, len(buffer))
        key = buffer.value.decode()
        llama_cpp.llama_model_meta_val_str_by_index(model, i, buffer, len(buffer))
        found[key] = buffer.value.decode("utf-8", "replace")
    return found


def pieces(model: llama_cpp.llama_model_p) -> list[bytes]:
    """What each token is written as, control tokens included."""
    own = llama_cpp.llama_model_get_vocab(model)
    buffer = ctypes.create_string_buffer(1024)
    found = []
    for token in range(llama_cpp.llama_vocab_n_tokens(own)):
        length = llama_cpp.llama_token_to_piece(own, token, buffer, len(buffer), 0, True)
        assert length >= 0, token
        found.append(buffer.raw[:length])
    return found
