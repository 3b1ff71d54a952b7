"""Numbers as the language of the window writes them: its decimal mark, its mark between thousands."""

from PySide6.QtCore import QLocale


def decimal(text: str) -> str:
    """A number that was formatted with a point, with the right mark in its place."""
    return text.replace(".", QLocale().decimalPoint())


def grouped(number: float, decimals: int = 0) -> str:
    """A number with its thousands apart."""
    locale = QLocale()
    marks = {",": locale.groupSeparator(), ".": locale.decimalPoint()}
    return f"{number:,.{decimals}f}".translate(str.maketrans(marks))
