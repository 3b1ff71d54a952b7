"""The application's style: Fusion, a palette and one style sheet, all made from a `Theme`.

Widgets ask for a look by dynamic property, set before they are shown:

* QPushButton `kind`: "primary" (one per dialog), "danger"; without it a quiet bordered button.
* QToolButton `kind`: "bordered", "foot" (muted, below the composer's field); without it flat until hovered.
* QLabel `kind`: "title", "heading", "verdict", "muted", "small" (muted and smaller), "key" (a key cap), "bad",
  "warning", "warning-small", "good", "badge" (with a `level`: "good", "warning", "bad", "plain").
* QFrame or QWidget `kind`: "card" (raised, rounded, bordered), "surface" (panel, sidebar), "line".
"""

from string import Template

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from slipstream.core.paths import resources_dir
from slipstream.ui.theme import RADIUS, SPACE, Theme

UI_PIXELS = 13  # text of controls
BODY_PIXELS = 15  # text of messages


def dress(app: QApplication, theme: Theme, scale: float = 1.0) -> None:
    """Give the application this theme's style, palette, font size and style sheet; text is `scale` times as large."""
    if app.style().name() != "fusion":
        app.setStyle(QStyleFactory.create("Fusion"))
    font = app.font()
    pixels = round(UI_PIXELS * scale)
    if font.pixelSize() != pixels:
        font.setPixelSize(pixels)
        app.setFont(font)
    app.setPalette(palette(theme))
    app.setStyleSheet(style_sheet(theme, scale))


def palette(theme: Theme) -> QPalette:
    """Theme as a QPalette, for what the style sheet does not reach."""
    result = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.window,
        QPalette.ColorRole.Base: theme.raised,
        QPalette.ColorRole.AlternateBase: theme.surface,
        QPalette.ColorRole.Button: theme.raised,
        QPalette.ColorRole.ToolTipBase: theme.raised,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.muted,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.LinkVisited: theme.accent,
        QPalette.ColorRole.Accent: theme.accent,
        QPalette.ColorRole.BrightText: theme.bad,
        QPalette.ColorRole.Light: theme.hover,
        QPalette.ColorRole.Midlight: theme.border,
        QPalette.ColorRole.Mid: theme.border,
        QPalette.ColorRole.Dark: theme.border,
        QPalette.ColorRole.Shadow: theme.border,
    }
    for role, colour in roles.items():
        result.setColor(role, QColor(colour))
    disabled = (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
        QPalette.ColorRole.HighlightedText,
    )
    for role in disabled:
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.muted))
    return result


def style_sheet(theme: Theme, scale: float = 1.0) -> str:
    """The application style sheet for `theme`; text is `scale` times as large."""
    values = {name: value for name, value in vars(theme).items() if isinstance(value, str)}
    numbers = {"s": SPACE, "half": SPACE // 2, "r": RADIUS, "r_small": RADIUS - 2}
    measures = {"title": 20, "verdict": 16, "small": 12, "line": 18, "send": 17, "jump": 18}
    sizes = {name: round(value * scale) for name, value in measures.items()}
    icons = (resources_dir() / "icons" / "ui").as_posix()
    return Template(_SHEET).substitute(values, **numbers, **sizes, icons=icons)


_SHEET = """
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 4px 8px; }

QPushButton {
    background: $raised; color: $text; border: 1px solid $border; border-radius: ${r_small}px;
    padding: 5px 12px; min-height: ${line}px;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $border; }
QPushButton:focus { border-color: $accent; }
QPushButton:checked { background: $hover; border-color: $accent; }
QPushButton:disabled { color: $muted; background: $surface; }
QPushButton[kind="primary"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: 600;
}
QPushButton[kind="primary"]:hover { border-color: $text; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; padding: 4px 11px; }
QPushButton[kind="primary"]:disabled { background: $hover; color: $muted; border-color: $border; }
QPushButton[kind="danger"] { color: $bad; border-color: $bad; }
QPushButton[kind="danger"]:disabled { color: $muted; border-color: $border; }

QToolButton {
    background: transparent; color: $text; border: 1px solid transparent; border-radius: ${r_small}px;
    padding: 4px;
}
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $border; }
QToolButton:checked { background: $hover; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $muted; }
QToolButton[kind="bordered"] { background: $raised; border-color: $border; }
QToolButton[kind="bordered"]:hover { background: $hover; }
QToolButton[kind="bordered"]:focus { border-color: $accent; }
QToolButton::menu-indicator { image: none; }
QToolButton[kind="worded"] {
    background: $raised; border-color: $border; padding: 4px 2px 4px 7px;
}
QToolButton[kind="worded"]:hover { background: $hover; }
QToolButton[kind="worded"]:focus { border-color: $accent; }
QToolButton[kind="think"] { color: $muted; padding: 3px 8px 3px 2px; margin-left: -3px; }
QToolButton[kind="think"]:hover { color: $text; }
QToolButton[kind="round"] { background: $raised; border: 1px solid $border; border-radius: ${jump}px; padding: 0; }
QToolButton[kind="round"]:hover { background: $hover; }
QToolButton[kind="round"]:focus { border-color: $accent; }
QToolButton[kind="send"] { background: $accent; border: 2px solid $accent; border-radius: ${send}px; padding: 0; }
QToolButton[kind="send"]:hover, QToolButton[kind="send"]:focus { border-color: $text; }
QToolButton[kind="send"]:disabled { background: $hover; border-color: $hover; }

QPushButton[kind="example"] {
    background: $raised; border: 1px solid $border; border-radius: ${r}px; padding: 0; text-align: left;
}
QPushButton[kind="example"]:hover { background: $surface; border-color: $muted; }
QPushButton[kind="example"]:focus { border-color: $accent; }

QLabel { background: transparent; }
QLabel[kind="title"] { font-size: ${title}px; font-weight: 600; }
QLabel[kind="heading"] { font-weight: 600; }
QLabel[kind="verdict"] { font-size: ${verdict}px; font-weight: 600; }
QLabel[kind="muted"] { color: $muted; }
QLabel[kind="small"] { color: $muted; font-size: ${small}px; }
QLabel[kind="warning-small"] { color: $warning; font-size: ${small}px; }
QLabel[kind="key"] {
    background: $hover; color: $text; border: 1px solid $border; border-bottom-width: 2px; border-radius: 4px;
    padding: 1px 6px; font-size: ${small}px;
}
QLabel[kind="bad"] { color: $bad; }
QLabel[kind="warning"] { color: $warning; }
QLabel[kind="good"] { color: $good; }
QLabel[kind="badge"] {
    color: $muted; border: 1px solid $border; border-radius: 9px; padding: 1px 8px; font-size: ${small}px;
}
QLabel[kind="badge"][level="good"] { color: $good; border-color: $good; }
QLabel[kind="badge"][level="warning"] { color: $warning; border-color: $warning; }
QLabel[kind="badge"][level="bad"] { color: $bad; border-color: $bad; }

QWidget[kind="surface"] { background: $surface; }
QWidget[kind="card"] { background: $raised; border: 1px solid $border; border-radius: ${r}px; }
QFrame[kind="composer"] { background: $raised; border: 1px solid $border; border-radius: 24px; }
QFrame[kind="composer"] QPlainTextEdit { background: transparent; border: none; }
QFrame[kind="edit"] { background: $raised; border: 1px solid $accent; border-radius: 16px; }
QFrame[kind="edit"] QPlainTextEdit { background: transparent; border: none; }
QWidget[kind="line"] { background: $border; border: none; }

QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox {
    background: $raised; color: $text; border: 1px solid $border; border-radius: ${r_small}px;
    padding: 4px 8px; min-height: ${line}px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus { border-color: $accent; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {
    color: $muted; background: $surface;
}
QLineEdit[kind="bare"] { background: transparent; border: none; padding: 2px 4px; }
QComboBox:hover { background: $hover; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url("$icons/spin-down.svg"); width: 14px; height: 14px; }
QDialog QPlainTextEdit {
    background: $raised; color: $text; border: 1px solid $border; border-radius: ${r_small}px; padding: 4px;
}
QDialog QPlainTextEdit:focus { border-color: $accent; }
QDialog QPlainTextEdit[kind="bare"] { background: transparent; border-color: transparent; padding: 0; }
QDialog QPlainTextEdit[kind="bare"]:focus { border-color: $accent; }
QToolButton[kind="foot"] { color: $muted; padding: 2px 8px; }
QToolButton[kind="foot"]:hover { color: $text; }
QComboBox QAbstractItemView {
    background: $raised; border: 1px solid $border; padding: 4px; outline: none;
    selection-background-color: $hover; selection-color: $text;
}

QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }

QMenu { background: $raised; color: $text; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }

QAbstractItemView { background: $raised; color: $text; outline: none; border: 1px solid $border; }
QHeaderView::section { background: $surface; color: $muted; border: none; padding: 4px 8px; }

QScrollArea, QAbstractScrollArea { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:disabled { background: transparent; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSplitter::handle { background: $border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

QProgressBar {
    background: $hover; border: none; border-radius: 3px; max-height: 6px; min-height: 6px;
    color: transparent;
}
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QRadioButton { spacing: 8px; }
QRadioButton::indicator {
    width: 14px; height: 14px; border: 1px solid $muted; border-radius: 8px; background: $raised;
}
QRadioButton::indicator:hover { background: $hover; }
QRadioButton::indicator:focus { border-color: $accent; }
QRadioButton::indicator:checked {
    width: 6px; height: 6px; border: 5px solid $accent; border-radius: 8px; background: $on_accent;
}
QRadioButton::indicator:checked:focus { border-color: $text; }

QSlider::groove:horizontal { height: 4px; background: $border; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal {
    width: 14px; height: 14px; margin: -6px 0; border-radius: 8px;
    background: $raised; border: 1px solid $muted;
}
QSlider::handle:horizontal:focus { border: 2px solid $accent; }

QTabBar { background: transparent; }
QTabBar::tab {
    color: $muted; background: transparent; border: none; border-bottom: 2px solid transparent;
    padding: 9px 4px 8px 4px; margin: 0 10px;
}
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { background: $hover; }

QStatusBar { background: $surface; color: $muted; }
QStatusBar::item { border: none; }
"""
