"""How sizes of data and stretches of time are said to people, once for the terminal, the window and the reports.

Sizes are in decimal units, as disks, memory shops and the hub count. English; `bridge.amounts` says them as the
window speaks. Latencies are no such amounts: they keep three figures (`ui.dashboard.figures`, `core.reports.speech`).
"""

_SIZES = (("kB", 10**3), ("MB", 10**6), ("GB", 10**9), ("TB", 10**12))
_WHOLE = 99.95  # from here on, a tenth says nothing
_NEARLY = 0.9995  # of a unit: what would be rounded to one is said as one
SECONDS = 90  # as long as a time is said in seconds; in minutes up to as many of them


def size_text(size: float, point: str = ".", few: str = "{0} bytes") -> str:
    """E.g. "4.7 GB", "117 MB", "12 bytes". `point`: the decimal mark; `few`: how less than a kilobyte is said."""
    if size < 10**3:
        return few.format(round(size))
    unit, factor = [each for each in _SIZES if size >= _NEARLY * each[1]][-1]
    value = size / factor
    number = f"{value:.0f}" if value >= _WHOLE else f"{value:.1f}"
    return f"{number.replace('.', point)} {unit}"


def time_text(seconds: float) -> str:
    """As exactly as a time that is left is known: "45 s", "12 min", "3 h 05 min"."""
    if seconds < SECONDS:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < SECONDS else f"{minutes // 60} h {minutes % 60:02d} min"
