"""What token ids read as, from the vocabulary in a model's file: no model is loaded for it.

Covers the two families nearly all chat models are of: byte-level BPE ("gpt2"), whose texts stand for bytes, and
SentencePiece ("llama"), whose texts have "▁" for a space and "<0x0A>" for a byte. Of others the text is given as
the file has it.
"""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from slipstream.core.errors import ModelFileError
from slipstream.models.gguf import read_header
from slipstream.models.gguf_header import GgufHeader, StringArray
from slipstream.models.sources import open_file

SPACE = "\u2581"
_CONTROL, _USER_DEFINED, _BYTE = 3, 4, 6  # llama.cpp's token types
_LITERAL = (_CONTROL, _USER_DEFINED)  # texts that stand for themselves in any family


class TokenTexts:
    """Reads texts by id; remembers the file looked at last. Used on one thread."""

    def __init__(self) -> None:
        self._key: tuple[str, int, int] | None = None
        self._vocabulary: _Vocabulary | None = None

    def read(self, path: Path, size: int, ids: Iterable[int]) -> dict[int, str]:
        """Texts of these ids. Empty where the file is gone, no model, or not one with `size` tokens.

        Bytes that are no whole character read as escapes: "\\xe2\\x82".
        """
        vocabulary = self._find(path)
        if vocabulary is None or len(vocabulary.texts) != size:
            return {}
        return {token: vocabulary.read(token) for token in ids if 0 <= token < size}

    def _find(self, path: Path) -> "_Vocabulary | None":
        try:
            told = path.stat()
        except (OSError, ValueError):
            return None
        key = (str(path), told.st_mtime_ns, told.st_size)
        if key != self._key:
            self._key, self._vocabulary = key, _load(path)
        return self._vocabulary


class _Vocabulary:
    def __init__(self, texts: StringArray, types: tuple[int, ...], family: str) -> None:
        self.texts = texts
        self._types = types
        self._decode = _DECODERS.get(family, _as_it_is)

    def read(self, token: int) -> str:
        kind = self._types[token] if token < len(self._types) else 0
        text = self.texts[token]
        return text if kind in _LITERAL else self._decode(text, kind)


def _load(path: Path) -> _Vocabulary | None:
    """The vocabulary of a model file; None where it has none that can be read."""
    try:
        with open_file(path) as source:
            header = read_header(source, path.name)
        texts = header.strings("tokenizer.ggml.tokens")
        family = header.text("tokenizer.ggml.model")
        types = _types(header)
    except (ModelFileError, OSError):
        return None
    return _Vocabulary(texts, types, family) if texts is not None and family is not None else None


def _types(header: GgufHeader) -> tuple[int, ...]:
    return header.integers("tokenizer.ggml.token_type") or ()


def _byte_level(text: str, _kind: int) -> str:
    values = _byte_values()
    if not all(char in values for char in text):
        return text  # an added token, as it is
    return bytes(values[char] for char in text).decode("utf-8", "backslashreplace")


def _sentence_piece(text: str, kind: int) -> str:
    if kind == _BYTE and len(text) == 6 and text.startswith("<0x"):
        return bytes.fromhex(text[3:5]).decode("utf-8", "backslashreplace")
    return text.replace(SPACE, " ")


def _as_it_is(text: str, _kind: int) -> str:
    return text


_DECODERS: dict[str, Callable[[str, int], str]] = {"gpt2": _byte_level, "llama": _sentence_piece}


@cache
def _byte_values() -> dict[str, int]:
    """The byte each character of a byte-level vocabulary stands for.

    Bytes that print are written as the Latin-1 character of their number, the others in their order from U+0100
    on (as GPT-2's tokenizer does it).
    """
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    values = {chr(byte): byte for byte in plain}
    others = (byte for byte in range(256) if byte not in set(plain))
    values.update((chr(0x100 + i), byte) for i, byte in enumerate(others))
    return values
