"""Text out of a model file, made fit to show: a name may hold escape sequences, or be megabytes long."""

SHOWN = 200  # characters


def printable(text: str, limit: int = SHOWN) -> str:
    """The text on one line, without control characters, cut to `limit` characters."""
    cut = text[: limit + 1]
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in cut)
    return clean[: limit - 1] + "…" if len(clean) > limit else clean
