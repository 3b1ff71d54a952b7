"""The window of benchmarks: three pages, and the notices of what went wrong. It does not stand in the chat's way."""

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from slipstream.bridge import benchmarks, transfers
from slipstream.bridge.notices import Notice
from slipstream.bridge.session import Session
from slipstream.ui.bench.history_page import HistoryPage
from slipstream.ui.bench.measure_page import MeasurePage
from slipstream.ui.bench.saved_page import SavedPage
from slipstream.ui.theme import SPACE, ThemeManager
from slipstream.ui.window.banner import BannerStack

TOPICS = frozenset({benchmarks.TOPIC, transfers.TOPIC})


class BenchmarkWindow(QDialog):
    """`show_page` chooses: 0 measure, 1 saved, 2 history."""

    def __init__(self, session: Session, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Benchmarks"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.resize(1290, 760)
        self.setMinimumSize(640, 420)
        self.measure = MeasurePage(session, themes)
        self.saved = SavedPage(session, themes)
        self.history = HistoryPage(session, themes)
        self.banners = BannerStack(themes)
        self.pages = QStackedWidget()
        self._buttons = QButtonGroup(self)
        head = QHBoxLayout()
        head.setContentsMargins(SPACE * 3, SPACE * 3 // 2, SPACE * 3, SPACE * 3 // 2)
        head.setSpacing(SPACE // 2)
        pages = (
            (self.tr("Measure"), self.measure),
            (self.tr("Saved"), self.saved),
            (self.tr("History"), self.history),
        )
        for number, (name, page) in enumerate(pages):
            button = QPushButton(name)
            button.setCheckable(True)
            button.setAutoDefault(False)
            self._buttons.addButton(button, number)
            head.addWidget(button)
            self.pages.addWidget(page)
        head.addStretch(1)
        line = QFrame()
        line.setProperty("kind", "line")
        line.setFixedHeight(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(line)
        column.addWidget(self.banners)
        column.addWidget(self.pages, 1)
        self._buttons.idClicked.connect(self.show_page)
        self.saved.going_on.connect(self._on_going_on)
        session.store_ready.connect(self._on_store_ready)
        session.noticed.connect(self._on_noticed)
        session.resolved.connect(self.banners.clear_topic)
        session.benchmarks.changed.connect(self._on_changed)
        self._running = session.benchmarks.running
        self._session = session
        self.show_page(0)

    @Slot(int)
    def show_page(self, number: int) -> None:
        button = self._buttons.button(number)
        button.setChecked(True)
        if self.focusWidget() in self._buttons.buttons():
            button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.pages.setCurrentIndex(number)
        self._refresh()

    def button(self, number: int) -> QPushButton:
        """What leads to a page."""
        found = self._buttons.button(number)
        assert isinstance(found, QPushButton)
        return found

    def changeEvent(self, event: QEvent) -> None:
        """Back in front: answers may have been written meanwhile."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self._refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter confirms a value; it begins nothing."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _refresh(self) -> None:
        page = self.pages.currentWidget()
        if isinstance(page, SavedPage | HistoryPage):
            page.refresh()

    @Slot(object)
    def _on_noticed(self, notice: Notice) -> None:
        """What is told of benchmarks and their exports is told where they are looked at, too."""
        if notice.topic in TOPICS and self.isVisible():
            self.banners.show_notice(notice)

    @Slot()
    def _on_store_ready(self) -> None:
        self._refresh()

    @Slot()
    def _on_going_on(self) -> None:
        self.show_page(0)

    @Slot()
    def _on_changed(self) -> None:
        """A benchmark is over: what is saved and known has changed."""
        running, self._running = self._running, self._session.benchmarks.running
        if running and not self._running:
            self._refresh()
