"""Export and import: asks for the file, and shows what takes long with a way to leave it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QProgressDialog

from slipstream.bridge.library_messages import ImportConversations
from slipstream.bridge.report_messages import ExportReport
from slipstream.bridge.session import Session
from slipstream.core.transfer import Form, file_name

if TYPE_CHECKING:
    from slipstream.ui.window.main_window import MainWindow


DIALOG_WIDTH = 340  # px


def documents() -> str:
    """Where a person keeps files."""
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


class TransferDialogs(QObject):
    """Dialogs are non-blocking; `dialog` is the one that asks for a file, `progress` the one that waits."""

    def __init__(self, session: Session, window: "MainWindow") -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._conversation: int | None = None  # what the open dialog is to export; None: all
        self.dialog: QFileDialog | None = None
        self.progress: QProgressDialog | None = None
        session.transfers.progressed.connect(self._on_progressed)
        session.chat.current_changed.connect(self._on_current)
        actions = window.acts
        actions.import_file.triggered.connect(self.on_import)
        actions.export.triggered.connect(self.on_export)
        actions.export_all.triggered.connect(self.on_export_all)
        self._on_current(session.chat.current)

    @Slot()
    def on_import(self) -> None:
        filters = self.tr("Conversations (*.json *.jsonl);;All files (*)")
        dialog = QFileDialog(self._window, self.tr("Import conversations"), documents(), filters)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._on_import_file)
        self._show(dialog)

    @Slot()
    def on_export(self) -> None:
        """The conversation that is shown."""
        if self._session.chat.current is not None:
            self.on_export_of(self._session.chat.current)

    @Slot(object)
    def on_export_of(self, conversation: int) -> None:
        title = self._session.conversations.title(conversation)
        self._ask_where(self.tr("Export conversation"), title, conversation)

    @Slot()
    def on_export_all(self) -> None:
        self._ask_where(self.tr("Export all conversations"), self.tr("Slipstream conversations"), None)

    def _ask_where(self, caption: str, name: str, conversation: int | None) -> None:
        dialog = QFileDialog(self._window, caption, documents())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(list(self._filters()))
        dialog.setDefaultSuffix(Form.JSON.suffix)
        dialog.selectFile(file_name(name, Form.JSON))
        dialog.filterSelected.connect(self._on_filter)
        dialog.fileSelected.connect(self._on_export_file)
        self._conversation = conversation
        self._show(dialog)

    def _filters(self) -> dict[str, Form]:
        return {
            self.tr("Slipstream, everything, can be imported again (*.json)"): Form.JSON,
            self.tr("Markdown, for reading (*.md)"): Form.MARKDOWN,
            self.tr("ShareGPT, for other programs (*.json)"): Form.SHAREGPT,
        }

    def _show(self, dialog: QFileDialog) -> None:
        if self.dialog is not None:
            self.dialog.close()
        self.dialog = dialog
        dialog.finished.connect(self._on_dialog_closed)
        dialog.open()

    @Slot(object)
    def _on_current(self, conversation: int | None) -> None:
        self._window.acts.export.setEnabled(conversation is not None)

    @Slot(str)
    def _on_filter(self, name: str) -> None:
        """Another form: the name that is offered gets its ending."""
        dialog, form = self.dialog, self._filters().get(name)
        if dialog is None or form is None:
            return
        dialog.setDefaultSuffix(form.suffix)
        chosen = dialog.selectedFiles()
        if chosen:
            dialog.selectFile(Path(chosen[0]).stem + form.suffix)

    @Slot(str)
    def _on_import_file(self, name: str) -> None:
        self._session.transfers.import_file(Path(name))

    @Slot(str)
    def _on_export_file(self, name: str) -> None:
        dialog = self.dialog
        form = self._filters().get(dialog.selectedNameFilter()) if dialog is not None else None
        self._session.transfers.export(Path(name), form or Form.JSON, self._conversation)

    @Slot(object)
    def _on_progressed(self, fraction: float | None) -> None:
        """Shown only once the store's thread has found it long enough to tell of it."""
        if fraction is None:
            self._close_progress()
            return
        if self.progress is None:
            self.progress = self._make_progress()
        self.progress.setValue(round(100 * fraction))

    def _make_progress(self) -> QProgressDialog:
        words = {
            ImportConversations: self.tr("Importing conversations…"),
            ExportReport: self.tr("Exporting statistics…"),
        }.get(type(self._session.transfers.under_way), self.tr("Exporting conversations…"))
        made = QProgressDialog(words, self.tr("Cancel"), 0, 100, self._window)
        made.setWindowTitle("Slipstream")
        made.setWindowModality(Qt.WindowModality.NonModal)
        made.setMinimumDuration(0)
        made.setMinimumWidth(DIALOG_WIDTH)
        made.setAutoClose(False)
        made.setAutoReset(False)
        made.canceled.connect(self._session.transfers.cancel)
        made.show()
        return made

    def _close_progress(self) -> None:
        if self.progress is not None:
            self.progress.canceled.disconnect(self._session.transfers.cancel)  # closing counts as cancelling
            self.progress.close()
            self.progress.deleteLater()
            self.progress = None

    @Slot()
    def _on_dialog_closed(self) -> None:
        dialog = self.sender()
        if dialog is self.dialog:
            self.dialog = None
        dialog.deleteLater()
