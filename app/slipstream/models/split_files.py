"""Models in one file or in several: `name-00001-of-00003.gguf` and its siblings, as llama.cpp splits them.

The first file holds all metadata, every file the header of its own tensors. Knows no folders: parts are
opened by name, so a repository on a hub can be read the same way.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from slipstream.core.errors import ModelFileError
from slipstream.models.gguf import read_header, require_complete
from slipstream.models.gguf_cursor import DEFAULT_LIMITS, Limits
from slipstream.models.gguf_header import GgufHeader, TensorInfo
from slipstream.models.sources import DOWNLOAD_AGAIN, ByteSource
from slipstream.models.untrusted import printable

MAX_PARTS = 1000
_SPLIT_NAME = re.compile(r"(?P<prefix>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf", re.ASCII | re.DOTALL)

Opener = Callable[[str], ByteSource]  # by file name; raises FileNotFoundError, ModelFileError


@dataclass(frozen=True, slots=True)
class SplitName:
    """A part's file name, taken apart. `number` counts from 1."""

    prefix: str
    number: int
    count: int

    def part(self, number: int) -> str:
        return f"{self.prefix}-{number:05d}-of-{self.count:05d}.gguf"

    def all(self) -> tuple[str, ...]:
        return tuple(self.part(number) for number in range(1, self.count + 1))


def parse_split_name(name: str) -> SplitName | None:
    """None where `name` is no part's file name."""
    match = _SPLIT_NAME.fullmatch(name)
    if match is None:
        return None
    split = SplitName(match["prefix"], int(match["number"]), int(match["count"]))
    return split if 1 <= split.number <= split.count else None


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model's header, with the tensors of all its files, and these files."""

    header: GgufHeader
    parts: tuple[Part, ...]
    number: int  # which part the given file is, from 1

    @property
    def size(self) -> int:
        return sum(part.size for part in self.parts)


def read_model(name: str, open_part: Opener, limits: Limits = DEFAULT_LIMITS) -> ModelFiles:
    """Read the headers of a model of which `name` is the file, or any part.

    Raises ModelFileError, also where a part is missing, truncated or not of this model, and
    FileNotFoundError where `name` itself is missing.
    """
    header, part = _read(name, open_part, limits)
    count = header.integer("split.count", "u16") or 1
    if count == 1:
        return ModelFiles(header, (part,), 1)
    split = parse_split_name(name)
    number = (header.integer("split.no", "u16") or 0) + 1
    if split is None or (split.number, split.count) != (number, count):
        raise ModelFileError(
            f"{header.file}: part {number} of {count} of a split model, but not named so",
            f"Its name must end in -{number:05d}-of-{count:05d}.gguf",
        )
    if count > MAX_PARTS:
        raise ModelFileError(f"{header.file}: damaged GGUF file: {count} parts, {MAX_PARTS} are allowed")
    return _read_parts(split, open_part, limits)


def _read(name: str, open_part: Opener, limits: Limits) -> tuple[GgufHeader, Part]:
    with open_part(name) as source:
        header = read_header(source, name, limits)
        require_complete(header, source.size)
        return header, Part(name, source.size)


def _read_parts(split: SplitName, open_part: Opener, limits: Limits) -> ModelFiles:
    first: GgufHeader | None = None
    parts: list[Part] = []
    missing: list[int] = []
    tensors: dict[str, TensorInfo] = {}
    for number, name in enumerate(split.all(), start=1):
        try:
            header, part = _read(name, open_part, limits)
        except FileNotFoundError:
            missing.append(number)
            continue
        if header.integer("split.no", "u16") != number - 1:
            raise ModelFileError(f"{header.file}: not part {number} of this model", DOWNLOAD_AGAIN)
        first = first or header
        parts.append(part)
        for tensor in header.tensors:
            if tensor.name in tensors:
                raise ModelFileError(
                    f"{header.file}: tensor {printable(tensor.name)} is in another part, too", DOWNLOAD_AGAIN
                )
            tensors[tensor.name] = replace(tensor, part=number - 1)
    if missing or first is None:
        raise _missing(split, missing)
    told = first.integer("split.tensors.count")
    if told is not None and told != len(tensors):
        raise ModelFileError(
            f"{first.file}: {told} tensors are announced, its parts have {len(tensors)}", DOWNLOAD_AGAIN
        )
    header = replace(first, tensors=tuple(tensors.values()))
    return ModelFiles(header, tuple(parts), split.number)


def _missing(split: SplitName, missing: list[int]) -> ModelFileError:
    name = printable(split.part(missing[0]))
    if len(missing) == 1:
        text = f"part {missing[0]} of {split.count} is missing: {name}"
    else:
        numbers = printable(", ".join(map(str, missing)), 60)
        text = f"parts {numbers} of {split.count} are missing, the first is {name}"
    return ModelFileError(text, "Put all parts into the same folder")
