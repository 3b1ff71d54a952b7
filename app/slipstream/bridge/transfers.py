"""Exports and imports as the window sees them: begin one, follow it, be told how it ended."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from slipstream.bridge.chat import Chat
from slipstream.bridge.conversations import Conversations
from slipstream.bridge.library_messages import (
    CancelTransfer,
    ExportConversations,
    Exported,
    ImportConversations,
    Imported,
    Transfer,
    TransferCancelled,
    TransferProgressed,
)
from slipstream.bridge.notices import Level, Notice, error_notice
from slipstream.bridge.report_messages import ExportReport, ReportExported
from slipstream.bridge.reports import written_notice
from slipstream.bridge.store_messages import Reply, StoreFailed
from slipstream.bridge.store_thread import StoreThread
from slipstream.core.text import clean_text
from slipstream.core.transfer import Form, Words

TOPIC = "transfer"
TOLD_SECONDS = 12


def tr(text: str) -> str:
    return QCoreApplication.translate("Transfers", text)


class Transfers(QObject):
    """Signals: `progressed(fraction | None)`, None once it is over; `noticed(Notice)`."""

    progressed = Signal(object)
    noticed = Signal(object)

    def __init__(
        self, store: StoreThread, conversations: Conversations, chat: Chat, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._conversations = conversations
        self._chat = chat
        self.under_way: Transfer | None = None
        self.written: Path | None = None  # the report that was written last

    def export(self, path: Path, form: Form, conversation: int | None) -> None:
        """Write one conversation, or all (None), in place of whatever is at `path`."""
        words = Words(
            untitled=tr("Untitled"),
            you=tr("You"),
            system=tr("System prompt"),
            assistant=tr("Assistant"),
            thinking=tr("Thinking"),
            interrupted=tr("This answer was cut off."),
        )
        self._begin(ExportConversations(path, form, conversation, words))

    def export_report(self, request: ExportReport) -> None:
        """Write a report of what was measured, up to the last step of the answer under way."""
        self._chat.save_now()
        self._begin(request)

    def import_file(self, path: Path) -> None:
        """Add the conversations of a file to the list; all of them or none."""
        self._begin(ImportConversations(path))

    def cancel(self) -> None:
        """Leave what is under way; nothing of it stays."""
        self._store.ask(CancelTransfer())

    def on_reply(self, reply: Reply) -> bool:
        """Take a reply of the store; False where it belongs to something else."""
        match reply:
            case TransferProgressed(fraction):
                self.progressed.emit(fraction)
            case Exported(path, conversations):
                self._end()
                where = clean_text(str(path))  # a name need not be text
                one = tr("The conversation was written to {0}.").format(where)
                several = tr("{0} conversations were written to {1}.").format(conversations, where)
                self._tell(one if conversations == 1 else several)
            case ReportExported(written):
                self._end()
                self.written = written.path
                self.noticed.emit(written_notice(reply, TOPIC))
            case Imported(conversations):
                self._end()
                self._conversations.refresh()
                self._welcome(conversations)
            case TransferCancelled():
                self._end()
            case StoreFailed(
                ExportConversations() | ImportConversations() | ExportReport() as request, error
            ):
                if request == self.under_way:
                    self._end()
                self.noticed.emit(error_notice(error, topic=TOPIC))
            case StoreFailed(CancelTransfer()):
                pass
            case _:
                return False
        return True

    def _begin(self, request: Transfer) -> None:
        if self.under_way is None:
            self.under_way = request
        self._store.ask(request)  # a second one is refused there, in words

    def _end(self) -> None:
        self.under_way = None
        self.progressed.emit(None)

    def _welcome(self, conversations: tuple[int, ...]) -> None:
        """What came in may have old dates, far down in the list: say so, or show it."""
        if len(conversations) == 1:
            self._tell(tr("One conversation was imported."))
            if not self._chat.busy:
                self._chat.open(conversations[0])
        elif conversations:
            hint = tr("They stand in the list by the day they were last written.")
            self._tell(tr("{0} conversations were imported.").format(len(conversations)), hint)
        else:
            self._tell(tr("There is no conversation in this file."))

    def _tell(self, text: str, hint: str = "") -> None:
        self.noticed.emit(Notice(Level.INFO, text, hint, topic=TOPIC, seconds=TOLD_SECONDS))
