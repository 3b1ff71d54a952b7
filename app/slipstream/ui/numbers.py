"""Numbers as the language of the window writes them: its decimal mark, its mark between thousands."""

from PySide6.QtCore import QLocale


def decimal(text: str) -> str:
    """A number that was formatted with a point, with the right mark in its place."""
    return text.replace(".", QLocale().decimalPoint())


def grouped(number: int) -> str:
    """A count with its thousands apart."""
    return f"{number:,}".replace(",", QLocale().groupSeparator())
