"""The bar on top: which model, who drafts, whether to draft, how far, and whether to show it.

Shows the settings and asks for changes by signals; it changes nothing by itself.
"""

from pathlib import Path

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from slipstream.bridge.pair import NGRAM
from slipstream.bridge.tips import plain_tip
from slipstream.core.paths import is_file
from slipstream.core.settings import Settings
from slipstream.core.text import printable
from slipstream.ui.theme import SPACE, ThemeManager
from slipstream.ui.window.labels import as_label
from slipstream.ui.window.picker import Picker
from slipstream.ui.window.switch import Switch

MAX_DRAFT = 16
BUTTON, ICON = 34, 18  # px


class ModelBar(QWidget):
    """Signals: `target_chosen(Path)`; `draft_chosen(str)` as in `Settings.draft`; `target_file_wanted()`,
    `draft_file_wanted()` for a file dialog; `models_wanted()`, `drafts_wanted()` for the
    Models window; `speculate_toggled(bool)`; `draft_max_chosen(int)`, 0 automatic.
    """

    target_chosen = Signal(object)
    draft_chosen = Signal(str)
    target_file_wanted = Signal()
    draft_file_wanted = Signal()
    models_wanted = Signal()
    drafts_wanted = Signal()
    speculate_toggled = Signal(bool)
    draft_max_chosen = Signal(int)

    def __init__(self, themes: ThemeManager, demo: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._demo = demo
        self._settings = Settings()
        self._target: Path | None = None
        self.setObjectName("modelBar")
        self.left = QHBoxLayout()  # for the window's own buttons
        self.right = QHBoxLayout()
        self.target = Picker(themes, self.tr("Model"), "model")
        self.target.set_preferred_width(300)
        self.target.menu().aboutToShow.connect(self._on_target_menu)
        self.draft = Picker(themes, self.tr("Draft"), "draft")
        self.draft.set_preferred_width(260)
        self.draft.menu().aboutToShow.connect(self._on_draft_menu)
        self.speculate = Switch(themes, self.tr("Speculate"))
        self.speculate.clicked.connect(self.speculate_toggled)
        self.length = Picker(themes, self.tr("Draft length"))
        self.length.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.length.menu().aboutToShow.connect(self._on_length_menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        row.setSpacing(SPACE)
        row.addLayout(self.left)
        row.addWidget(self.target)
        row.addWidget(self.draft)
        row.addSpacing(SPACE // 2)
        row.addWidget(self.speculate)
        row.addWidget(self.length)
        row.addStretch(1)
        row.addLayout(self.right)
        self.show_settings(self._settings)
        self.show_target(None)

    def add_button(self, action: QAction, left: bool = False) -> QToolButton:
        """A button of the window beside the pickers."""
        button = QToolButton()
        button.setDefaultAction(action)
        button.setAutoRaise(True)
        side, inside = self._themes.px(BUTTON), self._themes.px(ICON)
        button.setFixedSize(side, side)
        button.setIconSize(QSize(inside, inside))
        (self.left if left else self.right).addWidget(button)
        return button

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        self.speculate.setChecked(settings.speculate)
        self.speculate.setToolTip(
            self.tr("Speculative decoding is on for the next answer (Ctrl+D)")
            if settings.speculate
            else self.tr("Speculative decoding is off for the next answer (Ctrl+D)")
        )
        self.length.set_value(
            self._length_text(settings.draft_max),
            self.tr("How many tokens the draft writes ahead in a step; acts on the next answer"),
        )
        self.length.setEnabled(settings.speculate)
        self.show_draft(settings.draft)

    def show_draft(self, choice: str) -> None:
        """Who drafts, as in `Settings.draft`, also before that is settled."""
        if choice == NGRAM:
            self.draft.set_value(
                self.tr("n-gram lookup"), self.tr("Drafts by repeating what the conversation already holds")
            )
        elif choice:
            self.draft.set_value(printable(Path(choice).stem), choice)
        else:
            self.draft.set_value(self.tr("None"), self.tr("Nobody drafts; choose who should"))

    def show_target(self, path: Path | None) -> None:
        """The model that is loaded or being loaded."""
        self._target = path
        name = printable(path.stem) if path else self.tr("Choose a model")
        self.target.set_value(name, str(path or ""))

    @Slot()
    def _on_target_menu(self) -> None:
        menu = self.target.menu()
        menu.clear()
        files = [Path(name) for name in self._settings.recent_models if Path(name) != self._demo]
        for path in files:
            self._add_file(self.target, path, path == self._target).triggered.connect(self._on_target)
        if self._demo is not None:
            action = self._add_file(self.target, self._demo, self._demo == self._target)
            action.setText(self.tr("Demo model: {0}").format(as_label(self._demo.stem)))
            action.triggered.connect(self._on_target)
        if files or self._demo is not None:
            menu.addSeparator()
        menu.addAction(self.tr("Choose a file…")).triggered.connect(self.target_file_wanted)
        menu.addAction(self.tr("Find a model…")).triggered.connect(self.models_wanted)

    @Slot()
    def _on_draft_menu(self) -> None:
        menu = self.draft.menu()
        menu.clear()
        group = QActionGroup(menu)
        named = [(self.tr("None"), ""), (self.tr("n-gram lookup"), NGRAM)]
        for text, choice in named:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(self._settings.draft == choice)
            action.setData(choice)
            action.triggered.connect(self._on_draft)
            group.addAction(action)
        menu.addSeparator()
        for name in self._settings.recent_models:
            if Path(name) == self._target:
                continue
            action = self._add_file(self.draft, Path(name), name == self._settings.draft)
            action.triggered.connect(self._on_draft)
        menu.addAction(self.tr("Choose a file…")).triggered.connect(self.draft_file_wanted)
        menu.addAction(self.tr("Find a draft…")).triggered.connect(self.drafts_wanted)

    @Slot()
    def _on_length_menu(self) -> None:
        menu = self.length.menu()
        menu.clear()
        for length in range(MAX_DRAFT + 1):
            action = menu.addAction(self._length_text(length))
            action.setCheckable(True)
            action.setChecked(length == self._settings.draft_max)
            action.setData(length)
            action.triggered.connect(self._on_length)

    def _length_text(self, length: int) -> str:
        if length == 0:
            return self.tr("Automatic")
        return self.tr("1 token") if length == 1 else self.tr("{0} tokens").format(length)

    def _add_file(self, picker: Picker, path: Path, checked: bool) -> QAction:
        action = picker.menu().addAction(as_label(path.stem))
        action.setCheckable(True)
        action.setChecked(checked)
        action.setData(str(path))
        action.setToolTip(plain_tip(str(path)))
        action.setEnabled(is_file(path))
        return action

    @Slot()
    def _on_target(self) -> None:
        self.target_chosen.emit(Path(self.sender().data()))

    @Slot()
    def _on_draft(self) -> None:
        self.draft_chosen.emit(self.sender().data())

    @Slot()
    def _on_length(self) -> None:
        self.draft_max_chosen.emit(self.sender().data())
