"""Text out of a model file, made fit to show: a name may hold escape sequences, or be megabytes long."""

from slipstream.core.text import SHOWN, printable

__all__ = ["SHOWN", "printable"]
