"""What makes the whole window usable by keyboard and ear: palette, shortcuts sheet, text size, steps by message.

Connects itself to the window's actions.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QAbstractScrollArea, QPlainTextEdit

from slipstream.bridge.session import Session
from slipstream.ui.chat.stepping import Stepper
from slipstream.ui.focus import FocusRing
from slipstream.ui.theme import ThemeManager
from slipstream.ui.window.command_list import (
    Command,
    Section,
    of_actions,
    of_conversations,
    of_models,
    sections,
)
from slipstream.ui.window.palette import Palette
from slipstream.ui.window.shortcuts_sheet import (
    ShortcutsSheet,
    joined,
    menu_keys,
    view_keys,
    widget_keys,
)
from slipstream.ui.window.zoom import Zoom

if TYPE_CHECKING:
    from slipstream.ui.window.main_window import MainWindow


class Keyboard(QObject):
    """One for a window."""

    def __init__(self, window: "MainWindow", session: Session, themes: ThemeManager) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._themes = themes
        self.palette = Palette(themes, self.commands, window)
        self.zoom = Zoom(session.preferences, self)
        self.zoom.told.connect(window.status_line.flash)
        view, composer = window.pane.view, window.pane.composer
        fields = [field.viewport() for field in composer.findChildren(QPlainTextEdit)]
        self.zoom.listen_to(view.canvas.viewport(), *fields)
        self.steps = Stepper(view.canvas, themes)
        self.ring = FocusRing(themes, window)
        areas = window.findChildren(QAbstractScrollArea)
        self.ring.serve(*(area for area in areas if not isinstance(area, QPlainTextEdit)))
        acts = window.acts
        acts.palette.triggered.connect(self.palette.open)
        acts.shortcuts.triggered.connect(self._on_shortcuts)
        acts.zoom_in.triggered.connect(self.zoom.on_in)
        acts.zoom_out.triggered.connect(self.zoom.on_out)
        acts.zoom_reset.triggered.connect(self.zoom.on_reset)
        acts.previous_message.triggered.connect(self.steps.on_previous)
        acts.next_message.triggered.connect(self.steps.on_next)

    def sections(self) -> list[Section]:
        """The menus, and whatever else the window can do."""
        return sections(self._window.menu_actions(), self._window.actions())

    def commands(self) -> list[Command]:
        """All that the palette offers now."""
        session, commands = self._session, self._window.commands
        return [
            *of_actions(self.sections(), but=self._window.acts.palette),
            *of_conversations(session.conversations, session.chat.current, commands.on_conversation),
            *of_models(session.settings.recent_models, session.pair.target, session.choose_target),
        ]

    @Slot()
    def _on_shortcuts(self) -> None:
        groups = joined([*menu_keys(self.sections()), *view_keys(), *widget_keys(self._window)])
        self._window.commands.show_dialog(ShortcutsSheet(groups, self._themes, self._window))
