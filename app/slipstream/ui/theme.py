"""Colours, type and spacing of the window: two palettes, and who follows which.

Widgets take a `Theme` and repaint when `ThemeManager.changed` comes; no colour is written anywhere else.
All text colours reach a contrast of 4.5 : 1 on the surfaces they are used on.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """One palette; values are `#rrggbb`."""

    name: str  # "light" | "dark"
    window: str  # behind everything
    surface: str  # panels, sidebar
    raised: str  # composer, cards, menus
    hover: str
    border: str
    text: str
    muted: str  # secondary text
    accent: str  # the one brand colour: drafting, primary button
    on_accent: str
    user_bubble: str
    code_background: str
    good: str
    warning: str
    bad: str
    drafted: str  # tint behind accepted draft tokens
    plots: tuple[str, str, str, str]  # series colours, told apart by more than hue in the plots

    @property
    def is_dark(self) -> bool:
        return self.name == "dark"


LIGHT = Theme(
    name="light",
    window="#fbfbfa",
    surface="#f4f4f2",
    raised="#ffffff",
    hover="#ebebe8",
    border="#dededa",
    text="#1d1e20",
    muted="#62656b",
    accent="#0b6e75",
    on_accent="#ffffff",
    user_bubble="#e8f1f1",
    code_background="#f2f2ef",
    good="#1a7f4b",
    warning="#8f5a00",
    bad="#b42a2a",
    drafted="#cdebe6",
    plots=("#0b6e75", "#b0541a", "#5b55b8", "#62656b"),
)

DARK = Theme(
    name="dark",
    window="#17191c",
    surface="#1d2023",
    raised="#24282c",
    hover="#2c3136",
    border="#33383e",
    text="#e8e9ea",
    muted="#a0a6ad",
    accent="#4fc3c0",
    on_accent="#06211f",
    user_bubble="#203435",
    code_background="#202428",
    good="#5ecb92",
    warning="#e3b25b",
    bad="#f28b82",
    drafted="#1f4b49",
    plots=("#4fc3c0", "#f0a36b", "#a9a4f5", "#a0a6ad"),
)

SPACE = 8  # px; margins and gaps are multiples of half of it
RADIUS = 8
