"""What a person can do, with its shortcut: one list, from which come menus, buttons, palette and shortcuts sheet."""

from collections.abc import Callable
from dataclasses import dataclass, fields

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from slipstream.ui.chat.reading import COPY_MARKDOWN


def tr(text: str) -> str:
    return QCoreApplication.translate("Actions", text)


@dataclass(frozen=True)
class Actions:
    """The window's actions; the window connects them."""

    new: QAction
    models: QAction
    open_model: QAction
    open_draft: QAction
    unload: QAction
    measure: QAction
    benchmarks: QAction
    import_file: QAction
    export: QAction
    export_all: QAction
    export_statistics: QAction
    settings: QAction
    open_logs: QAction
    quit: QAction
    send: QAction
    stop: QAction
    regenerate: QAction
    parameters: QAction
    attach: QAction
    compare: QAction
    continue_answer: QAction
    answer_now: QAction
    edit_last: QAction
    find: QAction
    find_next: QAction
    find_previous: QAction
    copy_markdown: QAction
    copy_plain: QAction
    copy_conversation: QAction
    speculate: QAction
    show_tokens: QAction
    search: QAction
    sidebar: QAction
    dashboard: QAction
    zoom_in: QAction
    zoom_out: QAction
    zoom_reset: QAction
    previous_message: QAction
    next_message: QAction
    palette: QAction
    shortcuts: QAction
    freeze: QAction
    explain: QAction

    def all(self) -> list[QAction]:
        return [getattr(self, spec.name) for spec in fields(self)]


def plain(action: QAction) -> str:
    """An action's name without the marks of a menu."""
    return action.text().replace("&", "").removesuffix("…")


def keys_of(action: QAction) -> list[str]:
    """Its shortcuts as the platform writes them."""
    return [key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts()]


def own_tip(action: QAction) -> str:
    """Its name and its first shortcut."""
    keys = keys_of(action)
    return f"{plain(action)} ({keys[0]})" if keys else plain(action)


def allow(action: QAction, reason: str = "") -> None:
    """Let an action be taken, or not, for this reason; its tool tip says so."""
    action.setEnabled(not reason)
    action.setToolTip(f"{own_tip(action)}: {reason}" if reason else own_tip(action))


def why_not(action: QAction) -> str:
    """Why an action cannot be taken, as its tool tip has it; "" when it can, or when nothing is said."""
    if action.isEnabled():
        return ""
    return action.toolTip().removeprefix(own_tip(action)).removeprefix(": ")


def make_actions(owner: QWidget) -> Actions:
    """All actions, added to `owner`, so that their shortcuts work wherever the focus is."""

    def action(text: str, *keys: str, checkable: bool = False) -> QAction:
        made = QAction(text, owner)
        made.setShortcuts([QKeySequence(key) for key in keys])
        made.setCheckable(checkable)
        made.setToolTip(own_tip(made))
        owner.addAction(made)
        return made

    actions = Actions(
        new=action(tr("&New conversation"), "Ctrl+N"),
        models=action(tr("&Models, hub and downloads…"), "Ctrl+M"),
        open_model=action(tr("&Open model…"), "Ctrl+O"),
        open_draft=action(tr("Open &draft model…"), "Ctrl+Shift+O"),
        unload=action(tr("&Unload the model")),
        measure=action(tr("Measu&re this pair again (about a minute)")),
        benchmarks=action(tr("&Benchmarks and history…"), "Ctrl+Shift+K"),
        import_file=action(tr("&Import conversations…")),
        export=action(tr("&Export conversation…"), "Ctrl+Shift+S"),
        export_all=action(tr("Export &all conversations…")),
        export_statistics=action(tr("Export s&tatistics…"), "Ctrl+Shift+E"),
        settings=action(tr("&Settings…"), "Ctrl+,"),
        open_logs=action(tr("Open the &log folder")),
        quit=action(tr("&Quit"), "Ctrl+Q"),
        send=action(tr("S&end"), "Ctrl+Return", "Ctrl+Enter"),
        stop=action(tr("S&top"), "Esc"),
        regenerate=action(tr("Write &another answer"), "Ctrl+R"),
        parameters=action(tr("&Parameters of this conversation…"), "Ctrl+P"),
        attach=action(tr("Attach a text &file…"), "Ctrl+Shift+A"),
        compare=action(tr("Co&mpare ways to draft…"), "Ctrl+Shift+B"),
        continue_answer=action(tr("&Continue the answer"), "Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        answer_now=action(tr("Stop thin&king and answer"), "Ctrl+Shift+T"),
        edit_last=action(tr("Edit your &last message"), "Ctrl+E"),
        find=action(tr("&Find in the conversation…"), "Ctrl+F"),
        find_next=action(tr("Find &next"), "F3", "Ctrl+G"),
        find_previous=action(tr("Find &previous"), "Shift+F3", "Ctrl+Shift+G"),
        copy_markdown=action(tr("Copy as &Markdown"), COPY_MARKDOWN),
        copy_plain=action(tr("Copy as plain &text"), "Ctrl+Alt+C"),
        copy_conversation=action(tr("Copy the whole &conversation")),
        speculate=action(tr("Speculative &decoding"), "Ctrl+D", checkable=True),
        show_tokens=action(tr("Show dra&fted tokens"), "Ctrl+T", checkable=True),
        search=action(tr("&Search conversations"), "Ctrl+Shift+F"),
        sidebar=action(tr("&Conversations"), "Ctrl+B", checkable=True),
        dashboard=action(tr("&Live figures"), "Ctrl+J", checkable=True),
        zoom_in=action(tr("La&rger text"), "Ctrl+=", "Ctrl++"),
        zoom_out=action(tr("S&maller text"), "Ctrl+-"),
        zoom_reset=action(tr("Text at its &usual size"), "Ctrl+0"),
        previous_message=action(tr("Read the &previous message"), "Alt+Up"),
        next_message=action(tr("Read the &next message"), "Alt+Down"),
        palette=action(tr("&Find a command…"), "Ctrl+K"),
        shortcuts=action(tr("&Keyboard shortcuts"), "Ctrl+/", "F1"),
        freeze=action(tr("Free&ze the live figures"), checkable=True),
        explain=action(tr("What speculation does to &latency…"), "Ctrl+Shift+L"),
    )
    actions.settings.setMenuRole(QAction.MenuRole.PreferencesRole)
    actions.quit.setMenuRole(QAction.MenuRole.QuitRole)
    return actions


def fill_menus(actions: Actions, add_menu: Callable[[str], QMenu]) -> None:
    """The menus, in a menu bar or behind one button; `add_menu` makes one with a title."""
    model = add_menu(tr("&File"))
    model.addActions([actions.new, actions.models, actions.open_model, actions.open_draft])
    model.addActions([actions.unload, actions.measure, actions.benchmarks])
    model.setToolTipsVisible(True)  # they say why an action cannot be taken
    model.addSeparator()
    model.addActions([actions.import_file, actions.export, actions.export_all, actions.export_statistics])
    model.addSeparator()
    model.addActions([actions.settings, actions.open_logs])
    model.addSeparator()
    model.addAction(actions.quit)
    edit = add_menu(tr("&Edit"))
    edit.addActions([actions.copy_markdown, actions.copy_plain, actions.copy_conversation])
    edit.addSeparator()
    edit.addActions([actions.find, actions.find_next, actions.find_previous])
    answer = add_menu(tr("&Answer"))
    answer.setToolTipsVisible(True)
    answer.addActions([actions.send, actions.stop, actions.regenerate])
    answer.addActions([actions.continue_answer, actions.answer_now, actions.edit_last])
    answer.addSeparator()
    answer.addActions([actions.parameters, actions.attach, actions.compare])
    answer.addSeparator()
    answer.addAction(actions.speculate)
    view = add_menu(tr("&View"))
    view.addActions([actions.search, actions.show_tokens, actions.sidebar, actions.dashboard])
    view.addAction(actions.freeze)
    view.addSeparator()
    view.addActions([actions.zoom_in, actions.zoom_out, actions.zoom_reset])
    view.addSeparator()
    view.addActions([actions.previous_message, actions.next_message])
    help_menu = add_menu(tr("&Help"))
    help_menu.addActions([actions.explain, actions.palette, actions.shortcuts])
