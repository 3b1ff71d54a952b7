"""The Models window: three pages behind tabs, and below them what is loaded now.

A window of its own, so that a model can be found and fetched while an answer is read. It is made when it is first
opened and goes with the main window, each page when it is first seen; closing it keeps all that is under way.
"""

from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from slipstream.bridge.downloads import DownloadState
from slipstream.bridge.notices import Notice
from slipstream.bridge.session import Session
from slipstream.bridge.status import Status
from slipstream.ui.models.downloads_page import DownloadsPage
from slipstream.ui.models.hub_page import HubPage
from slipstream.ui.models.library_page import LibraryPage
from slipstream.ui.theme import SPACE, ThemeManager
from slipstream.ui.window.banner import BannerStack
from slipstream.ui.window.place import WindowPlace
from slipstream.ui.window.status_line import StatusLine

TOPICS = ("models", "downloads", "drafts", "engine", "draft")  # of notices that belong here
SIZE, LEAST = QSize(1120, 760), QSize(820, 520)  # px


class Page(IntEnum):
    """By their tabs."""

    LIBRARY = 0
    HUB = 1
    DOWNLOADS = 2


class ModelsWindow(QWidget):
    """Signal `file_wanted()`: a model is to be opened by hand."""

    file_wanted = Signal()

    def __init__(self, session: Session, themes: ThemeManager, kept: Path, parent: QWidget) -> None:
        """`kept` is the file that says where windows were."""
        super().__init__(parent, Qt.WindowType.Window)
        self._session = session
        self._desk = session.models
        self.setWindowTitle(self.tr("Models — Slipstream"))
        self._themes = themes
        self._place = WindowPlace(kept, "models")
        self.setMinimumSize((LEAST * themes.text_scale).boundedTo(self.screen().availableSize()))
        self._place.restore(self, SIZE * themes.text_scale)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(self.tr("Pages"))
        for text in (self.tr("On this machine"), self.tr("Hub"), self.tr("Downloads")):
            self.tabs.addTab(text)
        self.banners = BannerStack(themes)
        self.status = StatusLine(themes)
        self._library: LibraryPage | None = None
        self._hub: HubPage | None = None
        self._downloads: DownloadsPage | None = None
        self._pages = QStackedWidget()
        self._lay_out()
        close = QAction(self.tr("Close"), self)
        close.setShortcuts([QKeySequence(QKeySequence.StandardKey.Close), QKeySequence(Qt.Key.Key_Escape)])
        close.triggered.connect(self.close)
        self.addAction(close)
        self._connect()
        self.status.set_status(session.status)
        self._on_downloads()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(SPACE, 0, SPACE, 0)
        top.addWidget(self.tabs)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(_line())
        column.addWidget(self.banners)
        column.addWidget(self._pages, 1)
        column.addWidget(_line())
        column.addWidget(self.status)

    def _connect(self) -> None:
        session = self._session
        self.tabs.currentChanged.connect(self._on_tab)
        self.status.cancel_requested.connect(session.pair.cancel)
        session.status_changed.connect(self._on_status)
        session.load_progressed.connect(self.status.set_progress)
        session.noticed.connect(self._on_noticed)
        session.resolved.connect(self.banners.clear_topic)
        self._desk.downloads.changed.connect(self._on_downloads)

    @property
    def library(self) -> LibraryPage:
        if self._library is None:
            self._library = LibraryPage(self._session, self._themes)
            self._library.hub_wanted.connect(self._on_hub_wanted)
            self._library.file_wanted.connect(self.file_wanted)
            self._place.divide(self._library.splitter, "library")
            self._pages.addWidget(self._library)
        return self._library

    @property
    def hub(self) -> HubPage:
        if self._hub is None:
            self._hub = HubPage(self._session, self._themes)
            self._hub.panel.downloads_wanted.connect(self._on_downloads_wanted)
            self._place.divide(self._hub.splitter, "hub")
            self._pages.addWidget(self._hub)
        return self._hub

    @property
    def downloads(self) -> DownloadsPage:
        if self._downloads is None:
            self._downloads = DownloadsPage(self._session, self._themes)
            self._downloads.hub_wanted.connect(self._on_hub_wanted)
            self._pages.addWidget(self._downloads)
        return self._downloads

    def open(self, page: Page | None = None) -> None:
        """Come to the front, on this page."""
        if page is not None:
            self.tabs.setCurrentIndex(page)
        if self.isVisible():
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
            self.raise_()
            self.activateWindow()
        self._on_tab(self.tabs.currentIndex())
        self.show()  # where it was not, it comes up in front

    def showEvent(self, event: QShowEvent) -> None:
        """Files may have come or gone since it was shown last."""
        super().showEvent(event)
        self._desk.library.refresh()
        self._focus_page()

    def closeEvent(self, event: QCloseEvent) -> None:
        pages = {"library": self._library, "hub": self._hub}
        self._place.save(self, {name: page.splitter for name, page in pages.items() if page is not None})
        super().closeEvent(event)

    def _focus_page(self) -> None:
        """The keyboard goes where one begins."""
        page = Page(self.tabs.currentIndex())
        if page is Page.LIBRARY:
            self.library.list.field.setFocus()
        elif page is Page.HUB:
            self.hub.filters.field.setFocus()
        else:
            self.tabs.setFocus()

    @Slot(int)
    def _on_tab(self, index: int) -> None:
        page = Page(index)
        pages = {Page.LIBRARY: lambda: self.library, Page.HUB: lambda: self.hub}
        self._pages.setCurrentWidget(pages.get(page, lambda: self.downloads)())

    @Slot()
    def refresh(self) -> None:
        """Look at the models on this machine again, where anybody sees it."""
        if self.isVisible():
            self._desk.library.refresh()

    @Slot(object)
    def _on_status(self, status: Status) -> None:
        self.status.set_status(status)

    @Slot(object)
    def _on_noticed(self, notice: Notice) -> None:
        told_there = notice.topic == "downloads" and self.tabs.currentIndex() == Page.DOWNLOADS
        if notice.topic in TOPICS and self.isVisible() and not told_there:
            self.banners.show_notice(notice)

    @Slot()
    def _on_hub_wanted(self) -> None:
        self.tabs.setCurrentIndex(Page.HUB)
        self.hub.filters.field.setFocus()

    @Slot()
    def _on_downloads_wanted(self) -> None:
        self.tabs.setCurrentIndex(Page.DOWNLOADS)

    @Slot()
    def _on_downloads(self) -> None:
        """How many are still to come stands on the tab."""
        coming = sum(row.state is not DownloadState.DONE for row in self._desk.downloads.rows)
        text = self.tr("Downloads")
        self.tabs.setTabText(Page.DOWNLOADS, self.tr("{0} ({1})").format(text, coming) if coming else text)


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("kind", "line")
    line.setFixedHeight(1)
    return line
