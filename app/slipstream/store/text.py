"""Text on its way into the store."""

from slipstream.core.text import clean_text

__all__ = ["clean_path", "clean_text", "unsent_again"]


def clean_path(path: str | None) -> str | None:
    return None if path is None else clean_text(path)


def unsent_again(text: str, typed_since: str) -> str:
    """What is unsent once `text` could not be sent."""
    return f"{text}\n\n{typed_since}" if typed_since else text
