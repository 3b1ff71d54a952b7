"""The palettes are legible, and the manager follows what it is told."""

import re

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication

from slipstream.ui.chat.documents import SELECTION_TINT
from slipstream.ui.icons import icon, pixmap
from slipstream.ui.style import style_sheet
from slipstream.ui.theme import DARK, LIGHT, Theme, ThemeManager


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda t: t.name)
def test_text_reaches_four_and_a_half_to_one(theme: Theme) -> None:
    surfaces = ("window", "surface", "raised", "user_bubble", "code_background", "hover")
    pairs = [(text, ground) for text in ("text", "muted", "accent") for ground in surfaces]
    pairs += [
        (text, ground) for text in ("good", "warning", "bad") for ground in ("window", "raised", "surface")
    ]
    pairs += [("text", "drafted"), ("text", "found"), ("text", "found_now"), ("on_accent", "accent")]
    low = {
        (text, ground): round(contrast(getattr(theme, text), getattr(theme, ground)), 2)
        for text, ground in pairs
        if contrast(getattr(theme, text), getattr(theme, ground)) < 4.5
    }
    assert not low
    code = {
        name: round(contrast(colour, theme.code_background), 2)
        for name, colour in vars(theme.code).items()
        if contrast(colour, theme.code_background) < 4.5
    }
    assert not code


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda t: t.name)
def test_what_is_no_text_but_says_something_reaches_three_to_one(theme: Theme) -> None:
    """The focus ring and frame, the switch, curves, the mark of a level: WCAG 2.2, 1.4.11."""
    grounds = ("window", "surface", "raised", "hover")
    pairs = [(colour, ground) for colour in ("accent", "muted") for ground in grounds]
    pairs += [(level, "raised") for level in ("accent", "warning", "bad")]
    low = {
        (colour, ground): round(contrast(getattr(theme, colour), getattr(theme, ground)), 2)
        for colour, ground in pairs
        if contrast(getattr(theme, colour), getattr(theme, ground)) < 3
    }
    assert not low
    assert not [colour for colour in theme.plots if contrast(colour, theme.surface) < 3]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda t: t.name)
def test_selected_text_can_be_read(theme: Theme) -> None:
    for ground in ("window", "user_bubble", "code_background"):
        assert contrast(theme.text, blend(theme.accent, getattr(theme, ground), SELECTION_TINT)) >= 4.5


def blend(over: str, under: str, share: float) -> str:
    """One colour laid over another, `share` of it opaque."""
    parts = ((int(over[i : i + 2], 16), int(under[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in parts)


def test_the_systems_larger_text_makes_all_text_larger(qapp: QApplication) -> None:
    before = qapp.font()
    try:
        font = QFont(before)
        font.setPixelSize(30)
        qapp.setFont(font)
        assert ThemeManager().text_scale == 2.0
        font.setPixelSize(13)
        qapp.setFont(font)
        assert ThemeManager().text_scale == 1.0
    finally:
        qapp.setFont(before)
    sizes = [int(size) for size in re.findall(r"font-size: (\d+)px", style_sheet(LIGHT, 2.0))]
    assert sorted(set(sizes)) == [24, 32, 40]


def test_every_colour_is_six_digit_hex() -> None:
    for theme in (LIGHT, DARK):
        colours = [v for k, v in vars(theme).items() if isinstance(v, str) and k != "name"]
        colours += [*theme.plots, *vars(theme.code).values()]
        assert all(re.fullmatch(r"#[0-9a-f]{6}", c) for c in colours)


def test_the_style_sheet_names_only_the_themes_colours() -> None:
    used = set(re.findall(r"#[0-9a-f]{6}\b", style_sheet(DARK)))
    assert used <= {v for v in vars(DARK).values() if isinstance(v, str)}
    assert used - {v for v in vars(LIGHT).values() if isinstance(v, str)}


def test_a_change_is_told_after_the_application_wears_it(qapp: QApplication, themes: ThemeManager) -> None:
    seen = []
    themes.changed.connect(lambda theme: seen.append((theme, qapp.palette().window().color().name())))
    themes.set_mode("dark")
    themes.set_mode("dark")
    assert seen == [(DARK, DARK.window)]
    assert themes.theme is DARK
    themes.set_mode("light")
    assert qapp.palette().window().color() == QColor(LIGHT.window)
    with pytest.raises(ValueError, match="sepia"):
        themes.set_mode("sepia")
    assert themes.theme is LIGHT


def test_icons_take_the_colour_asked_for(qapp: QApplication) -> None:
    picture = pixmap("send", "#12ab34", 16, ratio=2.0).toImage()
    assert (picture.width(), picture.devicePixelRatio()) == (32, 2.0)
    opaque = {
        picture.pixelColor(x, y).name()
        for x in range(32)
        for y in range(32)
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert opaque == {"#12ab34"}
    assert icon("send", "#12ab34", 20).actualSize(QRect(0, 0, 20, 20).size()).width() == 20


def test_a_missing_icon_is_logged_not_fatal(qapp: QApplication, caplog: pytest.LogCaptureFixture) -> None:
    assert not icon("no-such-drawing", "#000000").isNull()
    assert "no-such-drawing" in caplog.text
