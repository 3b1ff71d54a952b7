"""Text from outside, made into what UTF-8 can hold and every reader of a file understands."""

REPLACEMENT = "\ufffd"


def clean_text(text: str) -> str:
    """NUL and lone surrogates become U+FFFD; surrogates that form a pair become the character they mean.

    SQLite's own functions end a text at NUL, and UTF-8 has no surrogates.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\0", REPLACEMENT)
