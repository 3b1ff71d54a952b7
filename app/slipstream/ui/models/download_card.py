"""One download: how far it is, what holds it up, and what can be done with it, now and when it is whole."""

from PySide6.QtCore import Qt, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from slipstream.bridge.amounts import size_text
from slipstream.bridge.downloads import RESUMABLE, DownloadRow, DownloadState, state_text
from slipstream.bridge.told import told
from slipstream.core.amounts import time_text
from slipstream.models.download_progress import Stage
from slipstream.ui.models.badge import Badge
from slipstream.ui.models.words import BAD, GOOD, PLAIN, WARNING, joined
from slipstream.ui.theme import SPACE
from slipstream.ui.window.labels import ElidedLabel

STEPS = 1000  # of the progress bar


class DownloadCard(QFrame):
    """Signals, each with the download's id: `pause_wanted`, `resume_wanted`, `remove_wanted`, `use_wanted`,
    `draft_wanted`, `folder_wanted`.
    """

    pause_wanted = Signal(int)
    resume_wanted = Signal(int)
    remove_wanted = Signal(int)
    use_wanted = Signal(int)
    draft_wanted = Signal(int)
    folder_wanted = Signal(int)

    def __init__(self, row: DownloadRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self._wanted: dict[QPushButton, SignalInstance] = {}
        self.setProperty("kind", "card")
        self.name = ElidedLabel()
        self.name.setProperty("kind", "heading")
        self.state = Badge()
        self.repo = ElidedLabel()
        self.repo.setProperty("kind", "small")
        self.bar = QProgressBar()
        self.bar.setRange(0, STEPS)
        self.figures = QLabel()
        self.figures.setProperty("kind", "small")
        self.trouble = QLabel()
        self.trouble.setProperty("kind", "warning-small")
        for label in (self.figures, self.trouble):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.pause = self._button(self.tr("Pause"), self.pause_wanted)
        self.resume = self._button(self.tr("Resume"), self.resume_wanted)
        self.use = self._button(self.tr("Load"), self.use_wanted)
        self.draft = self._button(self.tr("Use as draft"), self.draft_wanted)
        self.folder = self._button(self.tr("Show in folder"), self.folder_wanted)
        self.remove = self._button(self.tr("Cancel"), self.remove_wanted)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self.name, 1)
        head.addWidget(self.state)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self.figures, 1)
        for button in (self.use, self.draft, self.folder, self.resume, self.pause, self.remove):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 2, SPACE * 3 // 2, SPACE * 2, SPACE * 3 // 2)
        column.setSpacing(SPACE * 3 // 4)
        column.addLayout(head)
        column.addWidget(self.repo)
        column.addWidget(self.bar)
        column.addWidget(self.trouble)
        column.addLayout(buttons)

    def _button(self, text: str, wanted: SignalInstance) -> QPushButton:
        button = QPushButton(text)
        button.clicked.connect(self._on_clicked)
        self._wanted[button] = wanted
        return button

    def show_row(self, row: DownloadRow, purpose: str) -> None:
        """How it stands now; `purpose` says what becomes of it."""
        self.row = row
        state = row.state
        is_done = state is DownloadState.DONE
        self.name.setText(row.download.name)
        self.repo.setText(
            joined(row.download.repo, row.download.quantization or "", row.download.license or "")
        )
        levels = {DownloadState.DONE: GOOD, DownloadState.FAILED: BAD, DownloadState.PAUSED: WARNING}
        self.state.say(state_text(state), levels.get(state, PLAIN))
        size = row.download.size
        self.bar.setValue(round(STEPS * row.done / size) if size else STEPS)
        self.bar.setVisible(not is_done)
        self.bar.setAccessibleName(self.tr("Progress of {0}").format(row.download.name))
        self.figures.setText(joined(self._figures(row), "" if is_done else purpose))
        trouble = self._trouble(row)
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        self.pause.setVisible(state in (DownloadState.WAITING, DownloadState.RUNNING))
        self.resume.setVisible(state in RESUMABLE)
        self.resume.setText(self.tr("Try again") if state is DownloadState.FAILED else self.tr("Resume"))
        for button in (self.use, self.draft, self.folder):
            button.setVisible(is_done)
        self.remove.setText(self.tr("Remove from the list") if is_done else self.tr("Cancel"))
        self.remove.setToolTip("" if is_done else self.tr("Deletes what has come of it"))
        for button in self._wanted:
            button.setAccessibleName(f"{button.text()}: {row.download.name}")

    def show_use(self, *, is_target: bool, is_draft: bool, can_draft: bool) -> None:
        """What is loaded now; `can_draft`: there is a model to draft for."""
        self.use.setEnabled(not is_target)
        self.draft.setEnabled(can_draft and not is_target and not is_draft)

    def _figures(self, row: DownloadRow) -> str:
        size = size_text(row.download.size)
        if row.state is DownloadState.DONE:
            return self.tr("{0}, checksum right").format(size)
        told = self.tr("{0} of {1}").format(size_text(row.done), size)
        share = f"{row.done / row.download.size:.0%}" if row.download.size else ""
        progress = row.progress
        if progress is None:
            return joined(told, share)
        if progress.stage is Stage.CHECKING:
            return joined(told, share, self.tr("checking what is here"))
        speed = self.tr("{0}/s").format(size_text(progress.speed)) if progress.speed else ""
        left = progress.seconds_left
        wait = self.tr("{0} left").format(time_text(left)) if left is not None and progress.speed else ""
        return joined(told, share, speed, wait)

    def _trouble(self, row: DownloadRow) -> str:
        if row.error is not None:
            return joined(told(row.error.message), told(row.error.hint))
        progress = row.progress
        if progress is None or progress.trouble is None:
            return ""
        again = self.tr("next try in {0}").format(time_text(progress.retry_in or 0))
        return joined(told(progress.trouble.message), again)

    @Slot()
    def _on_clicked(self) -> None:
        wanted = self._wanted.get(self.sender())
        if wanted is not None:
            wanted.emit(self.row.id)
