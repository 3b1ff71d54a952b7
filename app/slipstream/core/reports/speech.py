"""How a report writes figures and words: in whose language, with which decimal mark.

Files for other programs (CSV, JSON) never use it. What is not known is a dash, never a zero.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from slipstream.core.amounts import size_text

Translate = Callable[[str, str], str]  # context, English text

NA = "–"
_NBSP = "\N{NO-BREAK SPACE}"


def untranslated(_context: str, text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Speech:
    """Texts are looked up as `translate("Report", text)`."""

    translate: Translate = untranslated
    point: str = "."  # between a number and its fraction
    language: str = "en"  # as HTML names it

    def number(self, value: float, decimals: int = 0) -> str:
        """With its thousands apart."""
        text = f"{value:,.{decimals}f}".replace(",", "\N{NARROW NO-BREAK SPACE}")
        return text.replace(".", self.point)

    def rate(self, tokens_per_second: float | None) -> str:
        """Tokens a second, one decimal."""
        return NA if tokens_per_second is None else self.number(tokens_per_second, 1)

    def length(self, tau: float | None) -> str:
        """An acceptance length, two decimals."""
        return NA if tau is None else self.number(tau, 2)

    def factor(self, speedup: float | None) -> str:
        return NA if speedup is None else f"{self.number(speedup, 2)}×"

    def percent(self, share: float | None, decimals: int = 0) -> str:
        """A share of 1 as a percentage."""
        return NA if share is None else f"{self.number(share * 100, decimals)}{_NBSP}%"

    def duration(self, ms: float | None) -> str:
        """Milliseconds with the unit that keeps three figures."""
        if ms is None:
            return NA
        if ms < 999.5:
            return f"{self.number(ms, 1 if ms < 9.95 else 0)}{_NBSP}ms"
        return f"{self.number(ms / 1000, 2 if ms < 59_995 else 0)}{_NBSP}s"

    def size(self, size: int) -> str:
        """Bytes in decimal units."""
        return size_text(size, self.point).replace(" ", _NBSP)

    def moment(self, time: datetime) -> str:
        return time.strftime("%Y-%m-%d %H:%M UTC")


ENGLISH = Speech()
