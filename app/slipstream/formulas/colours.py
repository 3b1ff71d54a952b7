r"""Colours of formulas: those that `\color` names, in shades that can be read on light and on dark.

A drawing serves both themes. Pure red or blue, meant for white paper, would not be seen on a dark window, nor black.
"""

import re
import xml.etree.ElementTree as ET

from slipstream.core.formulas import INK

# At least 3 : 1 on both windows.
_SHADES = {
    "red": "#d9483b",
    "darkred": "#c0504a",
    "maroon": "#c0504a",
    "blue": "#3f7fdc",
    "darkblue": "#4b78c8",
    "navy": "#4b78c8",
    "green": "#2f9457",
    "darkgreen": "#2f9457",
    "forestgreen": "#2f9457",
    "lime": "#4c9a2a",
    "olive": "#85852a",
    "orange": "#cf7318",
    "purple": "#9b63cf",
    "violet": "#9b63cf",
    "teal": "#1f9494",
    "cyan": "#1593aa",
    "aqua": "#1593aa",
    "magenta": "#cc4fae",
    "fuchsia": "#cc4fae",
    "pink": "#d4668f",
    "brown": "#a5714a",
    "yellow": "#a8870c",
    "gold": "#a8870c",
    "gray": "#808080",
    "grey": "#808080",
    "darkgray": "#808080",
    "lightgray": "#808080",
}
_CODE = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def settle(svg: ET.Element) -> None:
    """Only colours that can be read, or the text's own, in `fill` and `stroke`."""
    for part in svg.iter():
        for name in ("fill", "stroke"):
            if name in part.attrib:
                part.set(name, shade(part.attrib[name]))


def shade(colour: str) -> str:
    """What is drawn for a colour of LaTeX; the text's own where it is unknown, black or white."""
    plain = colour.strip().lower()
    if plain in ("none", INK) or (
        _CODE.fullmatch(plain) and plain not in ("#000", "#fff", "#000000", "#ffffff")
    ):
        return plain
    return _SHADES.get(plain, INK)
