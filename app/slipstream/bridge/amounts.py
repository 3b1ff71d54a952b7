"""Sizes of data as the window's language writes them."""

from PySide6.QtCore import QCoreApplication, QLocale

from slipstream.core import amounts


def tr(text: str) -> str:
    return QCoreApplication.translate("Amounts", text)


def size_text(size: float) -> str:
    """E.g. "4.7 GB", in German "4,7 GB"."""
    return amounts.size_text(size, QLocale().decimalPoint(), tr("{0} bytes"))
