"""Files of a repository as models: parts of a split model are one, each with its quantization and its role.

All of it from names, as people give them; what a file really is, its header tells (`remote_header`).
"""

import re
from collections.abc import Iterable

from slipstream.models.hub_data import HubFile, Role, Variant
from slipstream.models.split_files import MAX_PARTS, parse_split_name

ENDING = ".gguf"
# Q4_K_M, IQ2_XXS, Q8_0, Q4_0_4_8, TQ1_0, MXFP4_MOE, BF16, fp16, UD-Q4_K_XL
_QUANTIZATION = re.compile(
    r"(?<![A-Za-z0-9])(?:UD-)?"
    r"(?:I?Q[1-8]_(?:K(?:_(?:XXS|XS|S|M|L|XL|XXL))?|[01](?:_[48]){0,2}|NL(?:_XL)?|XXS|XS|S|M|XL)"
    r"|TQ[12]_0|[MN][XV]FP4(?:_MOE)?|BF16|FP?16|FP?32)(?![A-Za-z0-9])",
    re.IGNORECASE | re.ASCII,
)
_CALIBRATION = re.compile(r"(?<![a-z])imatrix(?![a-z])", re.IGNORECASE)
_PROJECTOR = re.compile(r"(?<![a-z])mmproj(?![a-z])", re.IGNORECASE)


def is_gguf(path: str) -> bool:
    return path.lower().endswith(ENDING)


def quantization_of(path: str) -> str | None:
    """What a file's name, or else its folders', says it is quantized to, in llama.cpp's spelling."""
    for name in reversed(path.split("/")):
        found: list[str] = _QUANTIZATION.findall(name)
        if found:
            return found[-1].upper().replace("FP16", "F16").replace("FP32", "F32")
    return None


def role_of(path: str) -> Role:
    name = path.rpartition("/")[2]
    if _PROJECTOR.search(name):
        return Role.PROJECTOR
    return Role.CALIBRATION if _CALIBRATION.search(name) else Role.MODEL


def variants_of(files: Iterable[HubFile]) -> tuple[Variant, ...]:
    """The models that these GGUF files are, the smallest first."""
    single: list[Variant] = []
    split: dict[tuple[str, int], dict[int, HubFile]] = {}
    for file in files:
        part = parse_split_name(file.path)
        if part is not None and part.count <= MAX_PARTS:
            split.setdefault((part.prefix, part.count), {})[part.number] = file
        else:
            single.append(_variant(file.path[: -len(ENDING)], (file,)))
    for (prefix, count), parts in split.items():
        in_order = tuple(parts[number] for number in sorted(parts))
        single.append(_variant(prefix, in_order, count - len(parts)))
    return tuple(
        sorted(single, key=lambda variant: (variant.role is not Role.MODEL, variant.size, variant.name))
    )


def find_variant(variants: Iterable[Variant], wanted: str) -> Variant | None:
    """The variant that is meant by the path of one of its files, by its name, or by its quantization alone.

    A quantization that several models of the repository have is nobody's name.
    """
    known = tuple(variants)
    for variant in known:
        if wanted == variant.name or any(wanted == file.path for file in variant.files):
            return variant
    label = wanted.upper()
    same = [v for v in known if v.role is Role.MODEL and v.quantization == label]
    return same[0] if len(same) == 1 else None


def _variant(name: str, files: tuple[HubFile, ...], missing: int = 0) -> Variant:
    path = files[0].path
    return Variant(name, quantization_of(path), role_of(path), files, missing)
