"""What a person asks the window for: each slot is one wish, carried to the session."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu

from slipstream.bridge.notices import Level, Notice, Remedy
from slipstream.bridge.session import Session
from slipstream.core.chat import Role
from slipstream.core.paths import AppPaths
from slipstream.ui.focus import order_focus
from slipstream.ui.theme import ThemeManager
from slipstream.ui.window.actions import Actions
from slipstream.ui.window.drop import first_parts, size_of
from slipstream.ui.window.parameters_panel import ParametersPanel
from slipstream.ui.window.settings_dialog import SettingsDialog

if TYPE_CHECKING:
    from slipstream.ui.window.main_window import MainWindow


class Commands(QObject):
    """Dialogs it opens are non-blocking; `dialog` is the one that is open."""

    def __init__(self, session: Session, themes: ThemeManager, paths: AppPaths, window: "MainWindow") -> None:
        super().__init__(window)
        self._session = session
        self._themes = themes
        self._paths = paths
        self._window = window
        self.dialog: QDialog | None = None
        session.pair.changed.connect(self._on_pair)

    def connect_actions(self, actions: Actions) -> None:
        actions.new.triggered.connect(self.on_new)
        actions.open_model.triggered.connect(self.on_open_model)
        actions.open_draft.triggered.connect(self.on_open_draft)
        actions.unload.triggered.connect(self.on_unload)
        actions.measure.triggered.connect(self.on_measure)
        actions.settings.triggered.connect(self.on_settings)
        actions.open_logs.triggered.connect(self.on_open_logs)
        actions.quit.triggered.connect(self._window.close)
        actions.send.triggered.connect(self.on_send)
        actions.stop.triggered.connect(self.on_stop)
        actions.regenerate.triggered.connect(self.on_regenerate)
        actions.parameters.triggered.connect(self.on_parameters)
        actions.attach.triggered.connect(self.on_attach)
        actions.continue_answer.triggered.connect(self._session.edits.continue_answer)
        actions.answer_now.triggered.connect(self._window.pane.answer_now)
        actions.edit_last.triggered.connect(self.on_edit_last)
        self._connect_reading(actions)
        actions.speculate.triggered.connect(self.on_speculate)
        actions.show_tokens.triggered.connect(self.on_show_tokens)

    def _connect_reading(self, actions: Actions) -> None:
        view = self._window.pane.view
        actions.find.triggered.connect(view.finding.open)
        actions.find_next.triggered.connect(view.finding.next)
        actions.find_previous.triggered.connect(view.finding.previous)
        actions.copy_markdown.triggered.connect(view.copier.copy_markdown)
        actions.copy_plain.triggered.connect(view.copier.copy_plain)
        actions.copy_conversation.triggered.connect(self.on_copy_conversation)

    def take_files(self, files: Sequence[Path], as_draft: bool) -> None:
        """Files that were dropped: one is the model, or the draft; of two, the larger is the model.

        A split model counts as one, by its first file.
        """
        models = first_parts(files)
        if not models:
            return
        if len(models) == 1:
            if as_draft:
                self._session.choose_draft(str(models[0]))
            else:
                self._session.choose_target(models[0])
            return
        if len(models) > 2:
            text = self.tr("{0} model files are too many at once.").format(len(models))
            hint = self.tr("Drop one model, or two: a model and its draft.")
            self._session.noticed.emit(Notice(Level.WARNING, text, hint, topic="dropped"))
            return
        draft, target = sorted(models, key=size_of)
        self._session.choose_pair(target, draft)
        text = self.tr("{0} is the model, {1} the draft: the larger file of two is the model.")
        notice = Notice(Level.INFO, text.format(target.name, draft.name), topic="dropped", seconds=12)
        self._session.noticed.emit(notice)

    @Slot()
    def on_new(self) -> None:
        self._keep_unsent()
        self._session.chat.new()

    @Slot(object)
    def on_conversation(self, conversation: int) -> None:
        if conversation != self._session.chat.current:
            self._keep_unsent()
            self._session.chat.open(conversation)

    @Slot(object, object)
    def on_hit(self, conversation: int, message: int | None) -> None:
        """What was found in a search: show it."""
        if conversation != self._session.chat.current:
            self._keep_unsent()
        self._session.finder.open(conversation, message)

    @Slot()
    def on_search(self) -> None:
        self._window.acts.sidebar.setChecked(True)
        self._window.sidebar.focus_search()

    @Slot()
    def on_send(self) -> None:
        self._window.pane.composer.submit()

    @Slot()
    def on_stop(self) -> None:
        self._session.stop()

    @Slot()
    def on_regenerate(self) -> None:
        """Another answer to what was asked last; the first one where there is none."""
        turns = self._session.chat.turns
        if turns:
            self._session.chat.regenerate(turns[-1].id)

    @Slot()
    def on_edit_last(self) -> None:
        own = [turn for turn in self._session.chat.turns if turn.role is Role.USER]
        if own:
            self._window.pane.view.begin_edit(str(own[-1].id))

    @Slot()
    def on_copy_conversation(self) -> None:
        self._window.pane.view.copier.copy_conversation(True)

    @Slot(bool)
    def on_speculate(self, on: bool) -> None:
        self._session.preferences.update(speculate=on)

    @Slot(bool)
    def on_show_tokens(self, on: bool) -> None:
        self._session.preferences.update(show_tokens=on)

    @Slot(int)
    def on_draft_max(self, length: int) -> None:
        self._session.preferences.update(draft_max=length)

    @Slot()
    def on_unload(self) -> None:
        self._session.chat.stop()
        self._session.pair.unload()

    @Slot()
    def on_measure(self) -> None:
        self._session.measure()

    @Slot()
    def on_open_model(self) -> None:
        self._ask_file(self.tr("Choose a model"), self._on_model_file)

    @Slot()
    def on_open_draft(self) -> None:
        self._ask_file(self.tr("Choose a draft model"), self._on_draft_file)

    @Slot()
    def on_settings(self) -> None:
        session = self._session
        dialog = SettingsDialog(
            *(session.settings, self._themes, self._window), session.pair.loaded, session.token
        )
        dialog.changed.connect(self._on_setting)
        dialog.finished.connect(self._on_settings_closed)
        self._show(dialog)

    @Slot()
    def on_parameters(self) -> None:
        self._show(ParametersPanel(self._session.parameters, self._themes, self._window))

    @Slot()
    def on_attach(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Attach text files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._on_attach_files)
        self._show(dialog)

    def context_menu(self) -> QMenu:
        """What can be done about a context that fills up."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        leave_out = menu.addAction(self.tr("Leave out the oldest turns"), self._session.chat.leave_out_oldest)
        leave_out.setEnabled(len(self._session.chat.in_prompt) > 2 and not self._session.chat.busy)
        menu.addAction(self._window.acts.new)
        menu.addAction(self.tr("Set a larger context…"), self.on_settings)
        return menu

    @Slot()
    def on_context(self) -> None:
        menu = self.context_menu()
        gauge = self._window.pane.composer.foot.gauge
        menu.popup(gauge.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    @Slot(list)
    def _on_attach_files(self, names: list[str]) -> None:
        self._window.pane.attach([Path(name) for name in names])

    @Slot()
    def on_open_logs(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._paths.logs)))

    @Slot(object, object)
    def on_remedy(self, remedy: Remedy, _notice: Notice) -> None:
        """The button of a banner."""
        session = self._session
        match remedy:
            case Remedy.CHOOSE_MODEL:
                self.on_open_model()
            case Remedy.RESTART_ENGINE | Remedy.RELOAD:
                session.pair.restart()
            case Remedy.RESTART_ON_CPU:
                session.pair.restart(on_cpu=True)
            case Remedy.NEW_CONVERSATION:
                text = self._window.pane.composer.text()
                self._window.pane.composer.set_text("")  # it moves, and does not stay here too
                session.chat.new()
                self._window.pane.composer.set_text(text)
            case Remedy.LEAVE_OUT_OLDEST:
                session.chat.leave_out_oldest()
                self.on_send()
            case Remedy.LEAVE_OUT_AND_CONTINUE:
                session.chat.leave_out_oldest()
                session.edits.continue_answer()
            case Remedy.UNDO_REMOVE_MESSAGE:
                session.edits.undo_remove()
            case Remedy.OPEN_LOGS:
                self.on_open_logs()
            case Remedy.OPEN_FILE:
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(session.transfers.written)))
            case Remedy.UNDO_REMOVE:
                gone = session.conversations.undo_remove()
                if gone is not None:
                    session.chat.open(gone)

    def _ask_file(self, title: str, chosen: Any) -> None:
        target = self._session.pair.target
        folder = str(target.parent) if target else ""
        dialog = QFileDialog(self._window, title, folder, self.tr("GGUF models (*.gguf);;All files (*)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(chosen)
        self._show(dialog)

    def show_dialog(self, dialog: QDialog) -> None:
        """Open a dialog, in place of the one that is open."""
        self._show(dialog)

    def _show(self, dialog: QDialog) -> None:
        if self.dialog is not None:
            self.dialog.close()
        self.dialog = dialog
        if not isinstance(dialog, QFileDialog):  # that one is in order by itself
            order_focus(dialog)
        dialog.finished.connect(self._on_dialog_closed)
        dialog.open()

    def _keep_unsent(self) -> None:
        self._session.chat.keep_unsent(self._window.pane.composer.text())

    @Slot(str)
    def _on_model_file(self, name: str) -> None:
        self._session.choose_target(Path(name))

    @Slot(str)
    def _on_draft_file(self, name: str) -> None:
        self._session.choose_draft(name)

    @Slot(object)
    def _on_setting(self, values: dict[str, Any]) -> None:
        self._session.preferences.update(**values)

    @Slot()
    def _on_pair(self) -> None:
        if not self._session.pair.needs_reload:
            self._session.resolved.emit("reload")

    @Slot()
    def _on_settings_closed(self) -> None:
        if not self._session.pair.needs_reload:
            self._session.resolved.emit("reload")
        else:
            text = self.tr("What was changed about loading acts when the model is loaded again.")
            self._session.noticed.emit(Notice(Level.INFO, text, "", (Remedy.RELOAD,), topic="reload"))

    @Slot()
    def _on_dialog_closed(self) -> None:
        dialog = self.sender()
        if dialog is self.dialog:
            self.dialog = None
        dialog.deleteLater()
