"""What stands where there is nothing to list: why, and what to do next. Also while something is on its way."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from slipstream.bridge.told import told
from slipstream.core.errors import AppError
from slipstream.ui.icons import pixmap
from slipstream.ui.theme import SPACE, Theme, ThemeManager

WIDTH = 380
ICON = 32  # px


class StatePanel(QWidget):
    """Signals: `acted()`, `acted_second()`, of the two buttons it may have."""

    acted = Signal()
    acted_second = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._icon_name = "info"
        self._icon = QLabel()
        self.title = QLabel()
        self.title.setProperty("kind", "heading")
        self.text = QLabel()
        self.text.setProperty("kind", "muted")
        for label in (self._icon, self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.text.setWordWrap(True)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setFixedWidth(themes.px(120))
        self.busy.setAccessibleName(self.tr("On its way"))
        self.button = QPushButton()
        self.button.clicked.connect(self.acted)
        self.second = QPushButton()
        self.second.clicked.connect(self.acted_second)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch(1)
        buttons.addWidget(self.button)
        buttons.addWidget(self.second)
        buttons.addStretch(1)
        box = QWidget()
        box.setMaximumWidth(themes.px(WIDTH))
        column = QVBoxLayout(box)
        column.setSpacing(SPACE)
        column.addWidget(self._icon)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addWidget(self.busy, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(SPACE // 2)
        column.addLayout(buttons)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(box, 1000)
        across.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(across)
        outer.addStretch(3)
        themes.changed.connect(self._on_theme)
        self.say("", "")

    def say(
        self,
        title: str,
        text: str,
        icon: str = "info",
        button: str = "",
        second: str = "",
        *,
        primary: bool = False,
    ) -> None:
        """A state that stays until something is done; `primary` makes the button the main one."""
        self._show(title, text, icon, is_busy=False)
        for widget, words, kind in (
            (self.button, button, "primary" if primary else None),
            (self.second, second, None),
        ):
            widget.setText(words)
            widget.setVisible(bool(words))
            if widget.property("kind") != kind:
                widget.setProperty("kind", kind)
                widget.style().unpolish(widget)
                widget.style().polish(widget)

    def wait(self, title: str, text: str = "") -> None:
        """Something is on its way."""
        self._show(title, text, "", is_busy=True)
        self.button.hide()
        self.second.hide()

    def fail(self, error: AppError, button: str = "") -> None:
        """What went wrong, and what to do about it."""
        self.say(told(error.message), told(error.hint), "error", button)

    def _show(self, title: str, text: str, icon: str, *, is_busy: bool) -> None:
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.busy.setVisible(is_busy)
        self._icon_name = icon
        self._on_theme(self._themes.theme)

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self._icon.setVisible(bool(self._icon_name))
        if self._icon_name:
            colour = theme.bad if self._icon_name == "error" else theme.muted
            self._icon.setPixmap(
                pixmap(self._icon_name, colour, self._themes.px(ICON), self.devicePixelRatioF())
            )
