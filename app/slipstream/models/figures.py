"""Sizes and counts as people read them."""


def bytes_text(size: int) -> str:
    """E.g. "4.7 GB"; decimal units, as disks and the hub count."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} bytes"


def count_text(number: int) -> str:
    """E.g. "7.62 B" parameters."""
    for unit, factor in (("T", 10**12), ("B", 10**9), ("M", 10**6)):
        if number >= factor:
            return f"{number / factor:.2f} {unit}"
    return str(number)
