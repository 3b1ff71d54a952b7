"""Counts as people read them."""


def count_text(number: int) -> str:
    """E.g. "7.62 B" parameters."""
    for unit, factor in (("T", 10**12), ("B", 10**9), ("M", 10**6)):
        if number >= factor:
            return f"{number / factor:.2f} {unit}"
    return str(number)
