"""Text from outside, made into what UTF-8 can hold, every reader of a file understands, and can be shown."""

REPLACEMENT = "\ufffd"
SHOWN = 200  # characters


def clean_text(text: str) -> str:
    """NUL and lone surrogates become U+FFFD; surrogates that form a pair become the character they mean.

    SQLite's own functions end a text at NUL, and UTF-8 has no surrogates.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\0", REPLACEMENT)


def printable(text: str, limit: int = SHOWN) -> str:
    """The text on one line, without control characters, cut to `limit` characters."""
    cut = text[: limit + 1]
    clean = "".join(c if c.isprintable() else REPLACEMENT for c in cut)
    return clean[: limit - 1] + "…" if len(clean) > limit else clean


def without_controls(text: str) -> str:
    """Without what a terminal would obey; lines and tabs stay."""
    return "".join(
        c if (c >= " " and not "\x7f" <= c <= "\x9f") or c in "\n\t" else REPLACEMENT for c in text
    )
