"""What is being downloaded, what waits, what came: a card for each, the queue above what is done."""

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from slipstream.bridge.downloads import DownloadRow, DownloadState
from slipstream.bridge.pair import draft_file
from slipstream.bridge.session import Session
from slipstream.ui.models.download_card import DownloadCard
from slipstream.ui.models.state_panel import StatePanel
from slipstream.ui.theme import SPACE, ThemeManager

WIDTH = 860  # px


class DownloadsPage(QWidget):
    """Signal `hub_wanted()`."""

    hub_wanted = Signal()

    def __init__(self, session: Session, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._desk = session.models
        self._downloads = session.models.downloads
        self.cards: dict[int, DownloadCard] = {}  # by the download's id
        self.state = StatePanel(themes)
        text = self.tr(
            "What you download from the hub stands here. It goes on after a cut, a crash or a restart, and its "
            "checksum is compared at the end."
        )
        self.state.say(self.tr("No downloads"), text, "folder", self.tr("Search the hub"))
        self.state.acted.connect(self.hub_wanted)
        box = QWidget()
        box.setMaximumWidth(themes.px(WIDTH))
        self._column = QVBoxLayout(box)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE * 3 // 2)
        self._column.addStretch(1)
        page = QWidget()
        across = QHBoxLayout(page)
        across.setContentsMargins(SPACE * 3, SPACE * 3, SPACE * 3, SPACE * 3)
        across.addStretch(1)
        across.addWidget(box, 1000)
        across.addStretch(1)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        self._pages = QStackedWidget()
        self._pages.addWidget(area)
        self._pages.addWidget(self.state)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self._downloads.changed.connect(self._on_changed)
        session.pair.changed.connect(self._on_changed)
        session.preferences.changed.connect(self._on_changed)
        self._on_changed()

    def _make(self, id: int) -> DownloadCard:
        row = self._downloads.row(id)
        assert row is not None
        card = DownloadCard(row)
        card.pause_wanted.connect(self._downloads.pause)
        card.resume_wanted.connect(self._downloads.resume)
        card.remove_wanted.connect(self._downloads.cancel)
        card.use_wanted.connect(self._on_use)
        card.draft_wanted.connect(self._on_draft)
        card.folder_wanted.connect(self._on_folder)
        self._column.insertWidget(self._column.count() - 1, card)
        return card

    def _purpose(self, id: int) -> str:
        purpose = self._desk.purpose(id)
        if purpose is None:
            return ""
        if purpose.target is None:
            return self.tr("then it is loaded")
        return self.tr("then it drafts for {0}").format(purpose.target.name)

    @Slot()
    def _on_changed(self) -> None:
        rows = self._downloads.rows
        known = {row.id for row in rows}
        for id in [id for id in self.cards if id not in known]:
            card = self.cards.pop(id)
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        target = self._session.pair.target
        draft = draft_file(self._session.settings.draft)
        for row in rows:
            if row.id not in self.cards:
                self.cards[row.id] = self._make(row.id)
            card = self.cards[row.id]
            card.show_row(row, self._purpose(row.id))
            if row.state is DownloadState.DONE:
                card.show_use(
                    is_target=row.place == target,
                    is_draft=row.place == draft and target is not None,
                    can_draft=target is not None,
                )
        self._order(rows)
        self._pages.setCurrentIndex(0 if rows else 1)

    def _order(self, rows: tuple[DownloadRow, ...]) -> None:
        """What is still to come stands above what came, of which the last is the first."""
        done = [row for row in rows if row.state is DownloadState.DONE]
        coming = [row for row in rows if row.state is not DownloadState.DONE]
        for place, row in enumerate((*coming, *reversed(done))):
            card = self.cards[row.id]
            if self._column.indexOf(card) != place:
                self._column.insertWidget(place, card)

    @Slot(int)
    def _on_use(self, id: int) -> None:
        row = self._downloads.row(id)
        if row is not None and row.place is not None:
            self._session.choose_target(row.place)

    @Slot(int)
    def _on_draft(self, id: int) -> None:
        row = self._downloads.row(id)
        if row is not None and row.place is not None:
            self._session.choose_draft(str(row.place))

    @Slot(int)
    def _on_folder(self, id: int) -> None:
        row = self._downloads.row(id)
        if row is not None and row.place is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(row.place.parent)))
