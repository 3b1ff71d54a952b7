"""The main window: the model bar on top, conversations left, chat in the middle, live figures right.

Puts the parts together and shows what the session says; what a person asks for is in `commands.py`.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QMainWindow, QMenu, QSplitter, QToolButton, QVBoxLayout, QWidget

from slipstream.bridge.finder import Results
from slipstream.bridge.memory_state import MemoryState
from slipstream.bridge.pair import LENT, PairState
from slipstream.bridge.session import Session
from slipstream.bridge.status import Status
from slipstream.core.chat import GenerateRequest, Role
from slipstream.core.paths import AppPaths
from slipstream.core.searching import Lead
from slipstream.core.settings import Settings
from slipstream.ui.bench.opener import BenchmarkOpener
from slipstream.ui.dashboard.panel import DashboardPanel
from slipstream.ui.focus import order_focus
from slipstream.ui.help.opening import Explanation
from slipstream.ui.icons import icon
from slipstream.ui.models.opener import ModelsOpener
from slipstream.ui.theme import Theme, ThemeManager
from slipstream.ui.window.actions import allow, fill_menus, make_actions
from slipstream.ui.window.chat_pane import ChatPane
from slipstream.ui.window.commands import Commands
from slipstream.ui.window.comparing import Comparing
from slipstream.ui.window.drop import DropSheet, dropped_files, first_parts, other_files
from slipstream.ui.window.keyboard import Keyboard
from slipstream.ui.window.live_figures import LiveFigures
from slipstream.ui.window.memory import WindowMemory
from slipstream.ui.window.model_bar import BUTTON, ICON, ModelBar
from slipstream.ui.window.reopen import Reopen
from slipstream.ui.window.report_dialogs import ReportDialogs
from slipstream.ui.window.sidebar import Sidebar
from slipstream.ui.window.status_line import StatusLine
from slipstream.ui.window.token_links import TokenLinks
from slipstream.ui.window.transfer_dialogs import TransferDialogs


class MainWindow(QMainWindow):
    """Signal: `painted()`, once, when the window has shown itself for the first time."""

    painted = Signal()

    def __init__(self, session: Session, themes: ThemeManager, paths: AppPaths) -> None:
        super().__init__()
        self._session = session
        self._themes = themes
        self._was_painted = False
        self.setWindowTitle("Slipstream")
        self.setAcceptDrops(True)
        self.acts = make_actions(self)
        self.bar = ModelBar(themes, session.demo)
        self.sidebar = Sidebar(themes, session)
        self.pane = ChatPane(session, themes)
        self.dashboard = DashboardPanel(themes)
        self.status_line = StatusLine(themes)
        self._lay_out()
        self._drop_sheet = DropSheet(themes, self)
        self.commands = Commands(session, themes, paths, self)
        self.commands.connect_actions(self.acts)
        self.transfers = TransferDialogs(session, self)
        self.reports = ReportDialogs(session, themes, self)
        self.models = ModelsOpener(session, themes, paths.config / "window.ini", self)
        self.comparing = Comparing(session, themes, self.pane, self)
        self.comparing.export_wanted.connect(self.reports.on_export_comparison)
        self.benchmarks = BenchmarkOpener(session, themes, self)
        self.acts.benchmarks.triggered.connect(self.benchmarks.open)
        self.benchmarks.export_wanted.connect(self.reports.on_export_benchmark)
        self.benchmarks.remedy_chosen.connect(self.commands.on_remedy)
        self._memory_state = MemoryState(session.pair, self)
        self._figures = LiveFigures(session, self.dashboard, self._memory_state, self)
        TokenLinks(session, self.pane, self.dashboard, self.status_line, self.acts, self)
        self.explanation = Explanation(session, themes, self.dashboard, self)
        self._memory_state.changed.connect(self.status_line.memory.set_bars)
        self.status_line.memory.about_to_tell.connect(self._memory_state.refresh)
        self._memory = WindowMemory(paths.config / "window.ini")
        self._connect()
        themes.changed.connect(self._on_theme)
        self._on_theme(themes.theme)
        self._on_settings(session.settings)
        self._on_pair()
        self._on_status(session.status)
        acts, scale = self.acts, themes.text_scale
        self._memory.restore(self, self.splitter, acts.sidebar, acts.dashboard, scale)
        session.groups.fold_folders(self._memory.folded)
        self.pane.composer.set_text(self._memory.unsent)
        self.keyboard = Keyboard(self, session, themes)
        Reopen(session, self._memory.conversation, self._is_untouched, self)
        self.pane.focus()

    def _lay_out(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        for i, part in enumerate((self.sidebar, self.pane, self.dashboard)):
            self.splitter.addWidget(part)
            self.splitter.setStretchFactor(i, int(part is self.pane))
            self.splitter.setCollapsible(i, False)
        central = QWidget()
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(_line())
        column.addWidget(self.splitter, 1)
        column.addWidget(_line())
        column.addWidget(self.status_line)
        self.setCentralWidget(central)
        self.bar.add_button(self.acts.sidebar, left=True)
        for action in (self.acts.show_tokens, self.acts.dashboard, self.acts.settings):
            self.bar.add_button(action)
        self._menu_button = QToolButton()
        self._menu_button.setVisible(sys.platform != "darwin")
        if sys.platform == "darwin":
            fill_menus(self.acts, self.menuBar().addMenu)
            return
        self._menu = QMenu(self)
        fill_menus(self.acts, self._menu.addMenu)
        self._menu_button.setMenu(self._menu)
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        side, inside = self._themes.px(BUTTON), self._themes.px(ICON)
        self._menu_button.setFixedSize(side, side)
        self._menu_button.setIconSize(QSize(inside, inside))
        self._menu_button.setToolTip(self.tr("Menu"))
        self._menu_button.setAccessibleName(self.tr("Menu"))
        self.bar.right.addWidget(self._menu_button)

    def _connect(self) -> None:
        session, commands = self._session, self.commands
        session.status_changed.connect(self._on_status)
        session.load_progressed.connect(self.status_line.set_progress)
        session.preferences.changed.connect(self._on_settings)
        session.pair.changed.connect(self._on_pair)
        session.conversations.modelReset.connect(self._on_title)
        session.chat.busy_changed.connect(self._on_busy)
        session.chat.run_begun.connect(self._on_run_begun)
        session.chat.opened.connect(self._on_branch)
        session.chat.current_changed.connect(self._on_current)
        session.finder.reached.connect(self._on_reached)
        session.finder.found.connect(self._on_found)
        self.status_line.cancel_requested.connect(session.pair.cancel)
        self.sidebar.conversation_chosen.connect(commands.on_conversation)
        self.sidebar.new_wanted.connect(commands.on_new)
        self.sidebar.hit_chosen.connect(commands.on_hit)
        self.sidebar.export_wanted.connect(self.transfers.on_export_of)
        self.sidebar.left.connect(self.pane.focus)
        self.acts.search.triggered.connect(commands.on_search)
        self.acts.compare.triggered.connect(self.comparing.on_compare)
        self.bar.target_chosen.connect(session.choose_target)
        self.bar.draft_chosen.connect(session.choose_draft)
        self.bar.target_file_wanted.connect(commands.on_open_model)
        self.bar.draft_file_wanted.connect(commands.on_open_draft)
        self.bar.speculate_toggled.connect(commands.on_speculate)
        self.bar.draft_max_chosen.connect(commands.on_draft_max)
        self.pane.file_wanted.connect(commands.on_open_model)
        for wanted in (self.acts.models.triggered, self.bar.models_wanted, self.pane.models_wanted):
            wanted.connect(self.models.open)
        self.bar.drafts_wanted.connect(self.models.open_drafts)
        self.models.file_wanted.connect(commands.on_open_model)
        self.models.remedy_chosen.connect(commands.on_remedy)
        foot = self.pane.composer.foot
        foot.attach_wanted.connect(commands.on_attach)
        foot.parameters_wanted.connect(commands.on_parameters)
        foot.context_wanted.connect(commands.on_context)
        self.pane.copied.connect(self.status_line.flash)
        self.dashboard.told.connect(self.status_line.flash)
        self.pane.banners.remedy_chosen.connect(commands.on_remedy)
        self.pane.view.link_opened.connect(self._on_link_opened)
        self.acts.sidebar.toggled.connect(self.sidebar.setVisible)
        self.acts.dashboard.toggled.connect(self.dashboard.setVisible)
        self.acts.freeze.toggled.connect(self.dashboard.set_frozen)
        self.dashboard.head.frozen.connect(self.acts.freeze.setChecked)
        self.acts.explain.triggered.connect(self.explanation.open)
        self.dashboard.explain_wanted.connect(self.explanation.open)

    def menu_actions(self) -> list[QAction]:
        """The menus, wherever this platform has them."""
        return (self.menuBar() if sys.platform == "darwin" else self._menu).actions()

    def _is_untouched(self) -> bool:
        """Whether nothing was typed since the start."""
        return self.pane.composer.text() == self._memory.unsent

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes in reading order, whatever has come or gone since."""
        order_focus(self)
        return super().focusNextPrevChild(forward)

    def raise_up(self) -> None:
        """Come to the front, out of the task bar if need be."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Gone from the screen at once; what is under way is stopped and kept by `Session.close`."""
        self.models.close()
        self._memory.save(self, self.splitter, self.acts.sidebar, self.acts.dashboard)
        self._memory.keep_folded(self._session.groups.folded_folders)
        chat = self._session.chat
        chat.keep_unsent(self.pane.composer.text())
        self._memory.keep_unsent(chat.unsent_new)
        self._memory.keep_conversation(chat.current)
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()
            self._show_drop(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()
        self._show_drop(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop_sheet.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop_sheet.hide()
        event.acceptProposedAction()
        files = dropped_files(event.mimeData())
        texts = other_files(files)
        if texts:
            self.pane.attach(texts)
        if models := [file for file in files if file not in texts]:
            self.commands.take_files(models, self._is_draft(event))

    def _show_drop(self, event: QDropEvent) -> None:
        if len(other_files(dropped_files(event.mimeData()))) == len(dropped_files(event.mimeData())):
            self._drop_sheet.show_attaching()
            return
        several = len(first_parts(dropped_files(event.mimeData()))) > 1
        self._drop_sheet.show_for(several, self._is_draft(event))

    def _is_draft(self, event: QDropEvent) -> bool:
        """Whether what is dragged is meant as the draft: it is over the draft's half, or Shift is held."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        return shift or self._drop_sheet.is_draft_side(event.position().x())

    @Slot(object)
    def _on_status(self, status: Status) -> None:
        self.status_line.set_status(status)

    @Slot(object)
    def _on_settings(self, settings: Settings) -> None:
        self._themes.set_mode(settings.theme)
        self.bar.show_settings(settings)
        self.acts.speculate.setChecked(settings.speculate)
        self.acts.show_tokens.setChecked(settings.show_tokens)

    @Slot()
    def _on_pair(self) -> None:
        pair = self._session.pair
        target: Path | None = pair.target
        self.bar.show_target(target)
        self.bar.show_draft(pair.draft_choice)
        self._show_what_can_be_done()

    @Slot(bool)
    def _on_busy(self, _busy: bool) -> None:
        self._show_what_can_be_done()
        self.sidebar.show_answering(self._session.chat.answering)

    @Slot()
    def _on_branch(self) -> None:
        self._show_what_can_be_done()

    def _show_what_can_be_done(self) -> None:
        session, acts = self._session, self.acts
        busy, state = session.chat.busy, session.pair.state
        allow(acts.stop, "" if session.can_stop else self.tr("nothing is being written"))
        loaded = state is PairState.READY or state in LENT
        allow(acts.unload, "" if loaded else self.tr("no model is loaded"))
        answered = any(turn.role is Role.ASSISTANT for turn in session.chat.turns)
        why = self.tr("an answer is being written") if busy else self.tr("there is no answer yet")
        allow(acts.regenerate, why if busy or not answered else "")
        why = self.tr("only an answer that was cut off can go on")
        allow(acts.continue_answer, "" if session.edits.can_continue else why)
        allow(acts.answer_now, "" if busy else self.tr("nothing is being written"))
        reason = session.why_not_measured
        acts.measure.setEnabled(not reason)
        acts.measure.setToolTip(reason or self.tr("What drafting costs with this pair, on this machine"))

    @Slot(object)
    def _on_run_begun(self, _request: GenerateRequest) -> None:
        self.sidebar.show_answering(self._session.chat.answering)

    @Slot(object)
    def _on_current(self, conversation: int | None) -> None:
        self.sidebar.show_current(conversation)
        self._on_title()

    @Slot()
    def _on_title(self) -> None:
        current = self._session.chat.current
        title = self._session.conversations.title(current) if current is not None else ""
        self.setWindowTitle(f"{title} — Slipstream" if title else "Slipstream")

    @Slot(object, object)
    def _on_reached(self, message: int, lead: Lead | None) -> None:
        self.pane.view.show_message(str(message), lead)

    @Slot(object)
    def _on_found(self, results: Results) -> None:
        if not results.query:
            self.pane.view.finding.leave()

    @Slot(str)
    def _on_link_opened(self, address: str) -> None:
        self.status_line.flash(self.tr("Opened {0}").format(address))

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        acts = self.acts
        icons = {
            acts.sidebar: "sidebar",
            acts.show_tokens: "tokens",
            acts.dashboard: "chart",
            acts.settings: "gear",
        }
        for action, name in icons.items():
            action.setIcon(icon(name, theme.text, self._themes.px(ICON)))
        self._menu_button.setIcon(icon("menu", theme.text, self._themes.px(ICON)))


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("kind", "line")
    line.setFixedHeight(1)
    return line
