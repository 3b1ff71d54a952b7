"""Writing conversations and reports to files, and reading conversations from one, as generators: each step is short.

A step yields how much is done, 0…1; the end returns the reply. Closing the generator leaves nothing behind: no file,
and no conversation that anybody sees. Runs on the store's thread.
"""

from collections.abc import Generator
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from slipstream.bridge.library_messages import (
    ExportConversations,
    Exported,
    ImportConversations,
    Imported,
    Transfer,
)
from slipstream.bridge.report_messages import ExportReport, ReportExported
from slipstream.core.errors import TransferError
from slipstream.core.files import replacing
from slipstream.core.text import clean_text
from slipstream.core.transfer import Reading, SavedConversation, SavedMessage, writer_for
from slipstream.store.store import Store

AT_ONCE = 16  # messages stored in one transaction

Job = Generator[float, None, Exported | ReportExported | Imported]


def tr(text: str) -> str:
    return QCoreApplication.translate("Transfers", text)


def job_for(store: Store, request: Transfer) -> Job:
    """The steps raise AppError."""
    match request:
        case ExportConversations():
            return _export(store, request)
        case ExportReport():
            return _report(store, request)
    return _import(store, request)


def _export(store: Store, request: ExportConversations) -> Job:
    several = request.conversation is None
    ids = store.saved_ids() if request.conversation is None else [request.conversation]
    try:
        with replacing(request.path) as file:
            writer = writer_for(request.form, file, datetime.now(UTC), request.words, several=several)
            writer.begin()
            for number, conversation in enumerate(ids):
                saved = store.saved(conversation)
                writer.conversation(saved)
                for message in store.saved_messages(conversation, whole_tree=request.form.whole_tree):
                    writer.message(message)
                    yield number / len(ids)
                writer.end_conversation()
            writer.end()
    except OSError as error:
        text = tr("{0} could not be written: {1}").format(
            clean_text(request.path.name), error.strerror or error
        )
        raise TransferError(text, tr("Choose another folder, or free some space.")) from error
    return Exported(request.path, len(ids))


def _report(store: Store, request: ExportReport) -> Job:
    written = yield from request.report.write(store, datetime.now(UTC))
    return ReportExported(written, request.report.form)


def _import(store: Store, request: ImportConversations) -> Job:
    """Twice through the file: what is wrong with it is found before anything is stored."""
    now = datetime.now(UTC)
    reading = Reading(request.path, now)
    for _ in reading:
        yield reading.fraction / 2
    incoming = store.incoming()
    reading = Reading(request.path, now)
    items: list[SavedMessage | SavedConversation] = []
    for item in reading:
        items.append(item)
        if len(items) == AT_ONCE:
            incoming.take(items)
            items = []
            yield (1 + reading.fraction) / 2
    incoming.take(items)
    return Imported(incoming.reveal())
