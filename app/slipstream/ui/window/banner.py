"""Banners above the conversation: what went wrong or was done, and a button that helps. Never modal."""

from PySide6.QtCore import QSize, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from slipstream.bridge.notices import Level, Notice, Remedy
from slipstream.bridge.told import told
from slipstream.ui.icons import icon, pixmap
from slipstream.ui.theme import SPACE, Theme, ThemeManager

MAX_SHOWN = 3
STRIPE = 3  # px, the level's colour at the leading edge


class Banner(QFrame):
    """One notice. Signals: `remedy_chosen(Remedy, Notice)`; `dismissed()`."""

    remedy_chosen = Signal(object, object)
    dismissed = Signal()

    def __init__(self, themes: ThemeManager, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = notice
        self._themes = themes
        self.setProperty("kind", "card")
        self._icon = QLabel()
        self._message = QLabel(told(notice.message))
        self._hint = QLabel(told(notice.hint))
        self._hint.setProperty("kind", "muted")
        self._hint.setVisible(bool(notice.hint))
        for label in (self._message, self._hint):
            label.setTextFormat(label.textFormat().PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(label.textInteractionFlags().TextSelectableByMouse)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._message)
        words.addWidget(self._hint)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(SPACE)
        self.buttons: dict[Remedy, QPushButton] = {}
        for remedy in notice.remedies:
            button = QPushButton(self._remedy_text(remedy))
            button.setProperty("remedy", remedy.value)
            button.clicked.connect(self._on_remedy)
            self._buttons.addWidget(button)
            self.buttons[remedy] = button
        self.close_button = QToolButton()
        self.close_button.setToolTip(self.tr("Dismiss"))
        self.close_button.setAccessibleName(self.tr("Dismiss"))
        self.close_button.clicked.connect(self.dismissed)
        row = QHBoxLayout(self)
        beside = SPACE + STRIPE + 4  # room for the stripe
        rtl = self.isRightToLeft()
        row.setContentsMargins(SPACE if rtl else beside, SPACE, beside if rtl else SPACE, SPACE)
        row.setSpacing(SPACE + 4)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        if len(self.buttons) > 1:  # below the words: beside them they would crush each other
            self._buttons.addStretch(1)
            words.addSpacing(SPACE // 2)
            words.addLayout(self._buttons)
        else:
            row.addLayout(self._buttons)
        row.addWidget(self.close_button)
        if notice.seconds:
            timer = QTimer(self)
            timer.setSingleShot(True)
            timer.timeout.connect(self.dismissed)
            timer.start(notice.seconds * 1000)
        themes.changed.connect(self._on_theme)
        self._on_theme(themes.theme)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(0, 0, 0, 0))
        painter.setBrush(QColor(self._color(self._themes.theme)))
        x = self.width() - 5 - STRIPE if self.isRightToLeft() else 5
        painter.drawRoundedRect(x, 8, STRIPE, self.height() - 16, 1.5, 1.5)

    def _color(self, theme: Theme) -> str:
        return {Level.INFO: theme.accent, Level.WARNING: theme.warning, Level.ERROR: theme.bad}[
            self.notice.level
        ]

    def _remedy_text(self, remedy: Remedy) -> str:
        return {
            Remedy.CHOOSE_MODEL: self.tr("Choose another file…"),
            Remedy.RESTART_ENGINE: self.tr("Restart engine"),
            Remedy.RESTART_ON_CPU: self.tr("Restart on CPU"),
            Remedy.RELOAD: self.tr("Load again"),
            Remedy.NEW_CONVERSATION: self.tr("New conversation"),
            Remedy.LEAVE_OUT_OLDEST: self.tr("Leave out the oldest turns"),
            Remedy.OPEN_LOGS: self.tr("Open log folder"),
            Remedy.OPEN_FILE: self.tr("Open"),
            Remedy.UNDO_REMOVE: self.tr("Undo"),
            Remedy.LEAVE_OUT_AND_CONTINUE: self.tr("Leave out the oldest turns"),
            Remedy.UNDO_REMOVE_MESSAGE: self.tr("Undo"),
        }[remedy]

    @Slot()
    def _on_remedy(self) -> None:
        self.remedy_chosen.emit(Remedy(self.sender().property("remedy")), self.notice)
        self.dismissed.emit()

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self._icon.setPixmap(
            pixmap(self.notice.level.value, self._color(theme), self._themes.px(20), self.devicePixelRatioF())
        )
        side = self._themes.px(16)
        self.close_button.setIconSize(QSize(side, side))
        self.close_button.setIcon(icon("close", theme.muted, side))
        self.update()


class BannerStack(QWidget):
    """The newest notices, one below another. Signal: `remedy_chosen(Remedy, Notice)`."""

    remedy_chosen = Signal(object, object)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SPACE * 2, SPACE, SPACE * 2, 0)
        self._column.setSpacing(SPACE)
        self.banners: list[Banner] = []
        self.hide()

    @Slot(object)
    def show_notice(self, notice: Notice) -> None:
        """Show a notice in place of the one of its topic; the oldest gives way when there are too many."""
        if notice.topic:
            self.clear_topic(notice.topic)
        elif any(banner.notice == notice for banner in self.banners):
            return
        banner = Banner(self._themes, notice)
        banner.remedy_chosen.connect(self.remedy_chosen)
        banner.dismissed.connect(self._on_dismissed)
        self.banners.append(banner)
        self._column.addWidget(banner)
        self._announce(notice)
        while len(self.banners) > MAX_SHOWN:
            self._drop(self.banners[0])
        self.show()

    def _announce(self, notice: Notice) -> None:
        """Have it read out, errors at once: nothing else leads a screen reader here."""
        if not QAccessible.isActive():
            return
        words = QAccessibleAnnouncementEvent(self, f"{told(notice.message)} {told(notice.hint)}".strip())
        urgent = notice.level is Level.ERROR
        kinds = QAccessible.AnnouncementPoliteness
        words.setPoliteness(kinds.Assertive if urgent else kinds.Polite)
        QAccessible.updateAccessibility(words)

    @Slot(str)
    def clear_topic(self, topic: str) -> None:
        """The notice of this topic no longer holds."""
        for banner in [banner for banner in self.banners if banner.notice.topic == topic]:
            self._drop(banner)

    def _drop(self, banner: Banner) -> None:
        if banner not in self.banners:
            return
        self.banners.remove(banner)
        self._column.removeWidget(banner)
        banner.hide()
        banner.deleteLater()
        self.setVisible(bool(self.banners))

    @Slot()
    def _on_dismissed(self) -> None:
        banner = self.sender()
        if isinstance(banner, Banner):
            self._drop(banner)
