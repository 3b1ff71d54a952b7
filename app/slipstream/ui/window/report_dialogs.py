"""Exporting statistics from the window: what, where to, and off it goes to the store's thread."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

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

TITLE_LENGTH = 48  # characters of a title in the list of choices


class ReportDialogs(QObject):
    """Dialogs are non-blocking; `dialog` is the one that is open. Progress is `TransferDialogs`'."""

    def __init__(self, session: Session, themes: ThemeManager, window: "MainWindow") -> None:
        super().__init__(window)
        self._session = session
        self._themes = themes
        self._window = window
        self._scope = Scope(ScopeKind.ALL)
        self._form = ReportForm.PAGE
        self._benchmark = ""  # what the one is called that is offered
        self._comparison = ""  # what the one to be exported is called
        self._parent: QWidget = window  # of the dialogs
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

    @Slot(int, str, object)
    def on_export_benchmark(self, number: int, name: str, window: QWidget) -> None:
        """A saved benchmark of this name, asked for in `window`; or all of them."""
        self._benchmark = name
        one = self.tr("This benchmark: {0}").format(_short(name)), Scope(ScopeKind.BENCHMARK, number)
        self._ask([one, *self._scopes_of_all()], window)

    @Slot(int, str)
    def on_export_comparison(self, number: int, name: str) -> None:
        """With its prompt, by which it is called, and its texts."""
        self._comparison = name
        form = self._form if self._form in FORMS_OF_COMPARISONS else ReportForm.PAGE
        scope = (self.tr("This comparison"), Scope(ScopeKind.COMPARISON, number))
        self._ask([scope], self._window.comparing.dialog, form)

    def _usual_scopes(self) -> list[tuple[str, Scope]]:
        current = self._session.chat.current
        if current is None:
            return self._scopes_of_all()[::-1]
        title = _short(self._session.conversations.title(current))
        words = self.tr("This conversation: {0}").format(title) if title else self.tr("This conversation")
        return [(words, Scope(ScopeKind.CONVERSATION, current)), *self._scopes_of_all()[::-1]]

    def _scopes_of_all(self) -> list[tuple[str, Scope]]:
        return [
            (self.tr("All benchmarks"), Scope(ScopeKind.BENCHMARK)),
            (self.tr("Everything that was measured"), Scope(ScopeKind.ALL)),
        ]

    def _ask(
        self,
        scopes: list[tuple[str, Scope]],
        parent: QWidget | None = None,
        form: ReportForm | None = None,
    ) -> None:
        self._parent = parent or self._window
        dialog = ReportDialog(scopes, form or self._form, self._parent)
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
        if scope.kind is ScopeKind.BENCHMARK:
            return self.tr("Slipstream benchmarks") if scope.id is None else self._benchmark
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
        dialog = QFileDialog(self._parent, caption, documents())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(form.suffix)
        dialog.selectFile(report_name(title, form))
        dialog.fileSelected.connect(self._on_place)
        self._show(dialog)

    @Slot(str)
    def _on_place(self, name: str) -> None:
        about = self._title(self._scope) if self._scope.kind is ScopeKind.CONVERSATION else ""
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
    """A title on one line of the list of choices."""
    title = " ".join(title.split())
    return title if len(title) <= TITLE_LENGTH else title[: TITLE_LENGTH - 1].rstrip() + "…"
