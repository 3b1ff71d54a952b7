"""Exporting statistics from the window: what, where to, and off it goes to the store's thread."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QFileDialog

from slipstream.bridge.reports import report_request
from slipstream.bridge.session import Session
from slipstream.core.reports import ReportForm, Scope, ScopeKind, report_name
from slipstream.ui.chat.controls import ChatActions
from slipstream.ui.svg_png import png_of
from slipstream.ui.theme import ThemeManager
from slipstream.ui.window.report_dialog import FORMS_OF_COMPARISONS, ReportDialog
from slipstream.ui.window.transfer_dialogs import documents

if TYPE_CHECKING:
    from slipstream.ui.window.main_window import MainWindow

TITLE_LENGTH = 48  # characters of a conversation's title in the list of choices


class ReportDialogs(QObject):
    """Dialogs are non-blocking; `dialog` is the one that is open. Progress is `TransferDialogs`'."""

    def __init__(self, session: Session, themes: ThemeManager, window: "MainWindow") -> None:
        super().__init__(window)
        self._session = session
        self._themes = themes
        self._window = window
        self._scope = Scope(ScopeKind.ALL)
        self._form = ReportForm.PAGE
        self._comparison = ""  # what the one to be exported is called
        self.dialog: QDialog | None = None
        window.acts.export_statistics.triggered.connect(self.on_export)
        window.pane.view.findChild(ChatActions).export_statistics.connect(self.on_export_answer)

    @Slot()
    def on_export(self) -> None:
        """Of the conversation that is shown, or of all."""
        self._ask(self._usual_scopes())

    @Slot(str)
    def on_export_answer(self, message: str) -> None:
        answer = (self.tr("This answer"), Scope(ScopeKind.ANSWER, int(message)))
        self._ask([answer, *self._usual_scopes()])

    @Slot(int, str)
    def on_export_comparison(self, number: int, name: str) -> None:
        """With its prompt, by which it is called, and its texts."""
        self._comparison = name
        form = self._form if self._form in FORMS_OF_COMPARISONS else ReportForm.PAGE
        scope = (self.tr("This comparison"), Scope(ScopeKind.COMPARISON, number))
        dialog = ReportDialog([scope], form, self._window.comparing.dialog or self._window)
        dialog.chosen.connect(self._on_chosen)
        self._show(dialog)

    def _usual_scopes(self) -> list[tuple[str, Scope]]:
        everything = (self.tr("All conversations"), Scope(ScopeKind.ALL))
        current = self._session.chat.current
        if current is None:
            return [everything]
        title = " ".join(self._session.conversations.title(current).split())
        title = _short(title)
        words = self.tr("This conversation: {0}").format(title) if title else self.tr("This conversation")
        return [(words, Scope(ScopeKind.CONVERSATION, current)), everything]

    def _ask(self, scopes: list[tuple[str, Scope]]) -> None:
        dialog = ReportDialog(scopes, self._form, self._window)
        dialog.chosen.connect(self._on_chosen)
        self._show(dialog)

    def _show(self, dialog: QDialog) -> None:
        if self.dialog is not None:
            self.dialog.close()
        self.dialog = dialog
        dialog.finished.connect(self._on_dialog_closed)
        dialog.open()

    def _title(self, scope: Scope) -> str:
        if scope.kind is ScopeKind.COMPARISON:
            return _short(self._comparison) or self.tr("Comparison")
        current = self._session.chat.current
        if scope.kind is ScopeKind.ALL or current is None:
            return self.tr("Slipstream statistics")
        return self._session.conversations.title(current) or self.tr("Untitled")

    @Slot(object, object)
    def _on_chosen(self, scope: Scope, form: ReportForm) -> None:
        """Ask where to: for a file, or the name of a new folder."""
        self._scope, self._form = scope, form
        title = self._title(scope)
        if form.is_folder:
            title = self.tr("{0} – plots").format(title)
        caption = self.tr("Folder of the pictures") if form.is_folder else self.tr("Export statistics")
        compares = scope.kind is ScopeKind.COMPARISON
        parent = (self._window.comparing.dialog if compares else None) or self._window
        dialog = QFileDialog(parent, caption, documents())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(form.suffix)
        dialog.selectFile(report_name(title, form))
        dialog.fileSelected.connect(self._on_place)
        self._show(dialog)

    @Slot(str)
    def _on_place(self, name: str) -> None:
        names_itself = (ScopeKind.ALL, ScopeKind.ANSWER, ScopeKind.COMPARISON)
        about = "" if self._scope.kind in names_itself else self._title(self._scope)
        request = report_request(
            self._scope,
            self._form,
            Path(name),
            about=about,
            is_dark=self._themes.theme.is_dark,
            draw_png=png_of,
        )
        self._session.transfers.export_report(request)

    @Slot()
    def _on_dialog_closed(self) -> None:
        dialog = self.sender()
        if dialog is self.dialog:
            self.dialog = None
        dialog.deleteLater()


def _short(title: str) -> str:
    """As much of it as a list or a file's name needs."""
    return title if len(title) <= TITLE_LENGTH else title[: TITLE_LENGTH - 1].rstrip() + "…"
