"""Tooltips say what is written, and nothing more: Qt takes text with a tag in it for a page of its own.

The name of a file, or a conversation's title, could so draw pictures, and have files read. Knows no widgets.
"""

import html

_MARKS = ("<", "&lt;")  # by these Qt guesses


def plain_tip(text: str) -> str:
    """This text as a tooltip that shows it letter by letter."""
    if not any(mark in text for mark in _MARKS):
        return text
    return f"<p style='white-space: pre'>{html.escape(text, quote=False)}</p>"  # lines as they are, as in plain ones
