"""What stands under the field: attach a file, what the answer is written with, and how full the context is.

Shows what it is told and asks by signals.
"""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from slipstream.bridge.counting import ContextUse
from slipstream.ui.icons import icon
from slipstream.ui.numbers import grouped
from slipstream.ui.theme import Theme, ThemeManager

SIDE, ICON = 26, 16  # px of a button, and of what is drawn on it
BAR = (44, 4)  # px
NEARLY = 0.8  # of the context
WITH_BAR = 420  # px; a foot that is narrower has the figures of the context alone


class ContextGauge(QToolButton):
    """Tokens used of the context, as a bar and in numbers; a click offers what can be done."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._use: ContextUse | None = None
        self._words = ""
        self._has_bar = True
        self.setAutoRaise(True)
        self.setProperty("kind", "quiet")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(themes.px(SIDE))
        self.setAccessibleName(self.tr("Context"))
        self.hide()

    def show_use(self, use: ContextUse | None) -> None:
        self._use = use
        self.setVisible(use is not None)
        if use is None:
            return
        if use.too_long_by:
            self._words = self.tr("{n} tokens too long").format(n=grouped(use.too_long_by))
        else:
            words = self.tr("about {used} / {size}") if use.is_estimate else "{used} / {size}"
            self._words = words.format(used=grouped(use.used), size=grouped(use.size))
        told = [self._told(use)]
        if use.too_long_by:
            told.append(self.tr("This is too long to be sent."))
        elif not use.is_estimate and use.room < use.answer:
            told.append(self.tr("The answer has room for {n} tokens.").format(n=grouped(use.room)))
        if use.left_out:
            told.append(self.tr("The oldest {n} messages are left out.").format(n=use.left_out))
        self.setToolTip("\n".join(told))
        self.setAccessibleName(self.tr("Context: {0}").format(self._words))
        self.setAccessibleDescription(" ".join(told))
        self._fit()
        self.update()

    def _fit(self) -> None:
        """Be as wide as the words; the window is laid out anew only where that is another width than before."""
        width = self.sizeHint().width()
        if not self.minimumWidth() == self.maximumWidth() == width:
            self.setFixedWidth(width)

    def show_bar(self, on: bool) -> None:
        """Have a bar beside the figures."""
        if on != self._has_bar:
            self._has_bar = on
            self._fit()
            self.update()

    @property
    def _bar_room(self) -> int:
        return BAR[0] + 8 if self._has_bar else 0

    def _told(self, use: ContextUse) -> str:
        """In a sentence."""
        if use.is_estimate:
            words = self.tr(
                "About {used} of the {size} tokens of the context are used. They are counted once the model is free."
            )
        else:
            words = self.tr(
                "{used} of the {size} tokens of the context are used, what you are writing included."
            )
        return words.format(used=grouped(use.used), size=grouped(use.size))

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self.font()).horizontalAdvance(self._words)
        return QSize(words + self._bar_room + 16, self._themes.px(SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        use, theme = self._use, self._themes.theme
        if use is None:
            return
        share = min(use.used / max(use.size, 1), 1.0)
        colour = theme.bad if use.too_long_by else theme.warning if share >= NEARLY else theme.muted
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        if self._has_bar:
            self._paint_bar(painter, share, theme.accent if colour == theme.muted else colour, rtl)
        painter.setPen(QColor(colour))
        room = self._bar_room
        text = self.rect().adjusted(8 + room if rtl else 8, 0, -8 if rtl else -8 - room, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing, self._words)

    def _paint_bar(self, painter: QPainter, share: float, colour: str, rtl: bool) -> None:
        """At the outer end: there it stays where it is, whatever the figures."""
        painter.setPen(Qt.PenStyle.NoPen)
        wide, high = BAR
        left = 8 if rtl else self.width() - 8 - wide
        whole = QRectF(left, (self.height() - high) / 2, wide, high)
        painter.setBrush(QColor(self._themes.theme.border))
        painter.drawRoundedRect(whole, high / 2, high / 2)
        filled = QRectF(whole)
        filled.setWidth(max(wide * share, high if share else 0))
        if rtl:
            filled.moveRight(whole.right())
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(filled, high / 2, high / 2)


class ComposerFoot(QWidget):
    """Signals: `attach_wanted()`, `parameters_wanted()`, `compare_wanted()`, `context_wanted()`."""

    attach_wanted = Signal()
    parameters_wanted = Signal()
    compare_wanted = Signal()
    context_wanted = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self.attach = self._button(self.tr("Attach a text file (Ctrl+Shift+A)"))
        self.attach.setAccessibleName(self.tr("Attach a text file"))
        self.attach.setProperty("kind", "quiet")
        self.attach.setFixedSize(themes.px(SIDE), themes.px(SIDE))
        self.attach.clicked.connect(self.attach_wanted)
        self.parameters = self._button(self.tr("What this conversation's answers are written with (Ctrl+P)"))
        self.parameters.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.parameters.setFixedHeight(themes.px(SIDE))
        self.parameters.setAccessibleName(self.tr("Parameters"))
        self.parameters.clicked.connect(self.parameters_wanted)
        self.compare = self._button(self.tr("Compare ways to draft on what you write (Ctrl+Shift+B)"))
        self.compare.setAccessibleName(self.tr("Compare ways to draft"))
        self.compare.setProperty("kind", "quiet")
        self.compare.setFixedSize(themes.px(SIDE), themes.px(SIDE))
        self.compare.clicked.connect(self.compare_wanted)
        for button in (self.attach, self.parameters, self.compare):
            button.setIconSize(QSize(themes.px(ICON), themes.px(ICON)))
        self.gauge = ContextGauge(themes, self)
        self.gauge.clicked.connect(self.context_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.attach)
        row.addWidget(self.parameters)
        row.addWidget(self.compare)
        row.addStretch(1)
        row.addWidget(self.gauge)
        themes.changed.connect(self._on_theme)
        self._on_theme(themes.theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.gauge.show_bar(self.width() >= self._themes.px(WITH_BAR))

    def show_parameters(self, words: str) -> None:
        """The preset's name, and what was changed in it."""
        self.parameters.setText(f" {words}")
        self.parameters.setAccessibleName(self.tr("Parameters: {0}").format(words))

    def _button(self, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setProperty("kind", "foot")
        button.setToolTip(tip)
        return button

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        side = self._themes.px(ICON)
        self.attach.setIcon(icon("attach", theme.muted, side))
        self.parameters.setIcon(icon("gear", theme.muted, side))
        self.compare.setIcon(icon("compare", theme.muted, side))
        self.gauge.update()
