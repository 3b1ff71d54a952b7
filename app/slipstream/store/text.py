"""Text on its way into the store: only what UTF-8 can hold and every reader of the file understands."""

REPLACEMENT = "\ufffd"
TITLE_LENGTH = 80  # characters


def clean_text(text: str) -> str:
    """NUL and lone surrogates become U+FFFD; surrogates that form a pair become the character they mean.

    SQLite's own functions end a text at NUL, and UTF-8 has no surrogates.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\0", REPLACEMENT)


def clean_path(path: str | None) -> str | None:
    return None if path is None else clean_text(path)


def unsent_again(text: str, typed_since: str) -> str:
    """What is unsent once `text` could not be sent."""
    return f"{text}\n\n{typed_since}" if typed_since else text


def title_from(text: str) -> str:
    """A conversation's first title: the first line that says something, cut at a word."""
    line = next((" ".join(line.split()) for line in text.splitlines() if line.strip()), "")
    if len(line) <= TITLE_LENGTH:
        return line
    cut = line[:TITLE_LENGTH]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > TITLE_LENGTH // 2 else cut[:-1]) + "…"
