"""Colours, type and spacing of the window: two palettes, and who follows which.

Widgets take a `Theme` and repaint when `ThemeManager.changed` comes; no colour is written anywhere else.
All text colours reach a contrast of 4.5 : 1 on the surfaces they are used on.
"""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QFontInfo, QGuiApplication
from PySide6.QtWidgets import QApplication


@dataclass(frozen=True)
class CodeColours:
    """Colours of highlighted code, all of 4.5 : 1 or better on `Theme.code_background`."""

    comment: str
    keyword: str
    name: str  # functions, classes, decorators
    type: str  # built-ins, types, constants
    string: str
    number: str
    removed: str  # in a diff
    added: str


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
    found: str  # behind what a search found
    found_now: str  # behind the one of them that the reader was led to
    plots: tuple[str, str, str, str]  # series colours, told apart by more than hue in the plots
    code: CodeColours

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
    found="#fbeebb",
    found_now="#f7c948",
    plots=("#0b6e75", "#b0541a", "#5b55b8", "#62656b"),
    code=CodeColours(
        comment="#66696f",
        keyword="#9a2d7c",
        name="#1d56b0",
        type="#7a5200",
        string="#1b6e43",
        number="#a5450d",
        removed="#b42a2a",
        added="#1a7040",
    ),
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
    found="#4a4120",
    found_now="#7a5f0c",
    plots=("#4fc3c0", "#f0a36b", "#a9a4f5", "#a0a6ad"),
    code=CodeColours(
        comment="#979da5",
        keyword="#d9a0e6",
        name="#86b7f4",
        type="#e2bf7d",
        string="#97d19c",
        number="#f0a97e",
        removed="#f28b82",
        added="#5ecb92",
    ),
)

SPACE = 8  # px; margins and gaps are multiples of half of it
RADIUS = 8
USUAL_TEXT = 15  # px: no system writes larger unless it was told to


def system_text_scale() -> float:
    """How much larger than usual the system was told to write, 1.0 or more. Needs a QGuiApplication."""
    return max(1.0, QFontInfo(QGuiApplication.font()).pixelSize() / USUAL_TEXT)


class ThemeManager(QObject):
    """Who wears which palette: follows the system unless told to stay light or dark.

    Needs a QGuiApplication. `changed` carries the new Theme, after the application's own style is in place.
    `text_scale` is what all text is enlarged by, as the system asked before it was dressed.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None, text_scale: float | None = None) -> None:
        super().__init__(parent)
        self.text_scale = system_text_scale() if text_scale is None else text_scale
        self._mode = "system"
        self._app: QApplication | None = None
        self._hints = QGuiApplication.styleHints()
        self._theme = self._wanted()
        self._hints.colorSchemeChanged.connect(self._on_system_scheme)

    @property
    def theme(self) -> Theme:
        return self._theme

    @property
    def mode(self) -> str:
        return self._mode

    def px(self, value: float) -> int:
        """A measure that goes with the text, in whole pixels."""
        return round(value * self.text_scale)

    def set_mode(self, mode: str) -> None:
        """`system`, `light` or `dark`. Raises ValueError for anything else."""
        if mode not in ("system", "light", "dark"):
            raise ValueError(f"no such theme: {mode}")
        self._mode = mode
        # Title bars and native dialogs follow the hint where the platform draws them.
        if mode == "system":
            self._hints.unsetColorScheme()
        else:
            self._hints.setColorScheme(Qt.ColorScheme.Dark if mode == "dark" else Qt.ColorScheme.Light)
        self._refresh()

    def apply(self, app: QApplication) -> None:
        """Dress the application now, and again at every change."""
        from slipstream.ui.style import dress  # noqa: PLC0415  (style.py is made from this module's types)

        self._app = app
        dress(app, self._theme, self.text_scale)

    def _wanted(self) -> Theme:
        if self._mode == "system":
            return DARK if self._hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT
        return DARK if self._mode == "dark" else LIGHT

    @Slot(Qt.ColorScheme)
    def _on_system_scheme(self, _scheme: Qt.ColorScheme) -> None:
        self._refresh()

    def _refresh(self) -> None:
        theme = self._wanted()
        if theme is self._theme:
            return
        self._theme = theme
        if self._app is not None:
            self.apply(self._app)
        self.changed.emit(theme)
