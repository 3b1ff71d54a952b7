"""How the conversation is set: fonts, measures and colours, derived once from a theme and a zoom.

Rows are drawn from a `Look` and rebuilt when it changes; nothing here knows rows.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QGuiApplication

from slipstream.ui.theme import Theme

if TYPE_CHECKING:
    from slipstream.ui.chat.formulas import Formulas

BODY_PIXELS = 15.0
COLUMN = 760  # px at zoom 1: the widest line of text
BUBBLE_SHARE = 0.75  # of the column, for what a person wrote
MARGIN = 24  # least room left and right of the column
HEADING_SCALES = (1.45, 1.25, 1.1, 1.0, 1.0, 1.0)
LINE_HEIGHT = 1.5


@dataclass(frozen=True)
class Look:
    """Everything a row needs to draw itself; `text` is the colour of running text.

    Without `formulas` LaTeX is shown as it was written.
    """

    theme: Theme
    body: QFont
    mono: QFont
    small: QFont
    text: str
    zoom: float = 1.0
    formulas: "Formulas | None" = None
    rtl: bool = False  # the layout runs from right to left

    def px(self, value: float) -> int:
        """A measure at this zoom, in whole pixels."""
        return max(1, round(value * self.zoom))

    @property
    def line(self) -> float:
        """Least height of a line of running text, px."""
        return round(self.body.pixelSize() * LINE_HEIGHT)

    @property
    def code_line(self) -> float:
        return round(self.mono.pixelSize() * LINE_HEIGHT)

    @property
    def digit(self) -> float:
        """Width of an average character, px: for estimates."""
        return QFontMetricsF(self.body).averageCharWidth()

    def heading(self, level: int) -> QFont:
        """The font of a heading, level 1…6."""
        font = QFont(self.body)
        font.setPixelSize(round(self.body.pixelSize() * HEADING_SCALES[level - 1]))
        font.setWeight(QFont.Weight.DemiBold)
        return font

    @property
    def words(self) -> QFont:
        """The font of the buttons that have words."""
        font = QFont(self.small)
        font.setPixelSize(self.px(13))
        return font

    def quiet(self) -> "Look":
        """The same for thinking: smaller and muted."""
        body, mono = QFont(self.body), QFont(self.mono)
        body.setPixelSize(round(self.body.pixelSize() * 14 / 15))
        mono.setPixelSize(round(self.mono.pixelSize() * 14 / 15))
        return replace(self, body=body, mono=mono, text=self.theme.muted)


def make_look(theme: Theme, zoom: float = 1.0, formulas: "Formulas | None" = None) -> Look:
    """A look in the system's own fonts."""
    body = QFont(QGuiApplication.font())
    body.setPixelSize(round(BODY_PIXELS * zoom))
    mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    mono.setStyleHint(QFont.StyleHint.Monospace)
    mono.setFixedPitch(True)
    mono.setPixelSize(round(BODY_PIXELS * 0.88 * zoom))
    small = tabular(QFont(QGuiApplication.font()))
    small.setPixelSize(round(12 * zoom))
    rtl = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return Look(theme, body, mono, small, theme.text, zoom, formulas, rtl)


def tabular(font: QFont) -> QFont:
    """`font` with figures of one width, so that numbers that change do not shake."""
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
