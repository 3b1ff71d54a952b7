"""How a figure is written, once for the whole window. What is not known is a dash, never a zero.

Knows the units, not what the figures mean: they come from `core.metrics`.
"""

from slipstream.core.comparing import Comparison
from slipstream.ui.numbers import decimal

NA = "–"
_NBSP = "\N{NO-BREAK SPACE}"


def rate(tokens_per_second: float | None) -> str:
    """Tokens a second, one decimal."""
    return NA if tokens_per_second is None else decimal(f"{tokens_per_second:.1f}")


def length(tau: float | None) -> str:
    """An acceptance length, two decimals."""
    return NA if tau is None else decimal(f"{tau:.2f}")


def factor(speedup: float | None) -> str:
    """A speed-up, two decimals: one would show 0.96 and 1.04 as the same."""
    return NA if speedup is None else decimal(f"{speedup:.2f}×")


def percent(share: float | None, decimals: int = 0) -> str:
    """A share of 1 as a percentage."""
    return NA if share is None else decimal(f"{share * 100:.{decimals}f}{_NBSP}%")


def duration(ms: float | None) -> str:
    """Milliseconds with the unit that keeps three figures."""
    if ms is None:
        return NA
    if ms < 9.95:
        return decimal(f"{ms:.1f}{_NBSP}ms")
    if ms < 999.5:
        return f"{ms:.0f}{_NBSP}ms"
    return decimal(f"{ms / 1000:.2f}{_NBSP}s") if ms < 59_995 else f"{ms / 1000:.0f}{_NBSP}s"


def gained(comparison: Comparison) -> str:
    """How many times as fast, with its interval where there is one: "1.62× (1.55–1.70)"."""
    return decimal(comparison.figures) or NA
