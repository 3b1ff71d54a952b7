"""Names that every file system takes, made from what people call things."""

import re

NAME_BYTES = 120  # in UTF-8: file systems count bytes, and a file is written under a longer name first
_RESERVED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\ud800-\udfff]+')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)  # names of Windows' devices


def safe_name(title: str, otherwise: str) -> str:
    """Without slashes, controls and a dot at either end; `otherwise` is said where nothing safe is left."""
    name = " ".join(_RESERVED.sub(" ", title).split())
    name = name.encode()[:NAME_BYTES].decode("utf-8", "ignore").strip(" .")
    if not name or _DEVICE.fullmatch(name):
        name = f"{otherwise} {name}".strip()
    return name
