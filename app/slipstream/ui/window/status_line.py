"""The window's last line: what is loaded and where, whether drafting is active, and a load under way."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from slipstream.bridge.status import Status
from slipstream.ui.icons import pixmap
from slipstream.ui.theme import SPACE, Theme, ThemeManager
from slipstream.ui.window.labels import ElidedLabel
from slipstream.ui.window.memory_bars import MemoryBars

HEIGHT = 38  # px; the same with and without a load under way
FLASH_MS = 2500
STEPS = 1000  # of the progress bar
DRAFT_WIDTH = 230  # px that the sentence about drafting keeps, where it needs them


class StatusLine(QWidget):
    """Signal: `cancel_requested()`, for the load under way."""

    cancel_requested = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = themes.theme
        self._status = Status("")
        self.setObjectName("statusLine")
        self.setProperty("kind", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.models = ElidedLabel()
        self.models.setProperty("kind", "small")
        self.draft = ElidedLabel()
        self.draft.setProperty("kind", "small")
        self._mark = QLabel()
        self.bar = QProgressBar()
        self.bar.setRange(0, STEPS)
        self.bar.setFixedWidth(180)
        self.bar.setAccessibleName(self.tr("Loading progress"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setObjectName("cancelLoad")
        self.cancel.clicked.connect(self.cancel_requested)
        self.memory = MemoryBars(themes)
        self.flashed = QLabel()
        self.flashed.hide()
        self._flash_timer = QTimer(self)
        self._flash_timer.setSingleShot(True)
        self._flash_timer.setInterval(FLASH_MS)
        self._flash_timer.timeout.connect(self.flashed.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 2, 0, SPACE * 2, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.models)
        row.addSpacing(SPACE)
        row.addWidget(self.bar)
        row.addWidget(self.cancel)
        row.addWidget(self.flashed)
        row.addStretch(1)
        row.addWidget(self._mark)
        row.addWidget(self.draft)
        row.addWidget(self.memory)
        self.models.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(themes.px(HEIGHT))
        self.set_progress(None)
        themes.changed.connect(self._on_theme)

    def status(self) -> Status:
        return self._status

    def set_status(self, status: Status) -> None:
        self._status = status
        self.models.setText(status.models)
        self.draft.setText(status.draft)
        self.draft.setVisible(bool(status.draft))
        self.draft.setMinimumWidth(min(self.draft.sizeHint().width(), DRAFT_WIDTH))
        self._paint_mark()

    @Slot(object)
    def set_progress(self, fraction: float | None) -> None:
        """A load under way, 0…1; None when there is none."""
        self.bar.setVisible(fraction is not None)
        self.cancel.setVisible(fraction is not None)
        if fraction is not None:
            self.bar.setValue(round(fraction * STEPS))

    @Slot(str)
    def flash(self, text: str) -> None:
        """Say something that is soon over, such as what was copied."""
        self.flashed.setText(text)
        self.flashed.show()
        self._flash_timer.start()

    def _paint_mark(self) -> None:
        self._mark.setVisible(bool(self._status.draft))
        name, color = ("draft", self._theme.accent) if self._status.drafting else ("info", self._theme.muted)
        self._mark.setPixmap(pixmap(name, color, 16, self.devicePixelRatioF()))

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._paint_mark()
