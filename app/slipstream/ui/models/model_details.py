"""One model on this machine: what it is, what it takes, what can be done with it, and who drafts for it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from slipstream.bridge.library_rows import place_title
from slipstream.bridge.model_messages import DraftsJudged, LibraryContents
from slipstream.bridge.told import told
from slipstream.models.library import LibraryModel
from slipstream.models.untrusted import printable
from slipstream.ui.flow import FlowLayout
from slipstream.ui.models.badge import Badge
from slipstream.ui.models.context_field import ContextField
from slipstream.ui.models.draft_list import DraftList
from slipstream.ui.models.facts import Facts, rows_of
from slipstream.ui.models.fit_view import FitView
from slipstream.ui.models.words import GOOD, joined
from slipstream.ui.theme import SPACE, ThemeManager
from slipstream.ui.window.labels import ElidedLabel

MOST_NAMED = 6  # models it can draft for


class ModelDetails(QScrollArea):
    """Signals: `target_wanted()`, `draft_wanted()`, `folder_wanted()`, `trash_wanted()`.

    `context` and `drafts` have signals of their own.
    """

    target_wanted = Signal()
    draft_wanted = Signal()
    folder_wanted = Signal()
    trash_wanted = Signal()

    def __init__(self, themes: ThemeManager, context: int, parent: QWidget | None = None) -> None:
        """`context` in tokens, to begin with."""
        super().__init__(parent)
        self.model: LibraryModel | None = None
        self._draft_in_use: Path | None = None
        self._is_loaded = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.title = QLabel()
        self.title.setProperty("kind", "title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.title.setMinimumWidth(1)  # a name that cannot be broken makes nothing else wider
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.state = Badge()
        self.place = ElidedLabel()
        self.place.setProperty("kind", "small")
        self.problem = QLabel()
        self.problem.setProperty("kind", "bad")
        self.problem.setWordWrap(True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.use = QPushButton(self.tr("Use as model"))
        self.use.setProperty("kind", "primary")
        self.use_as_draft = QPushButton(self.tr("Use as draft"))
        self.folder = QPushButton(self.tr("Show in folder"))
        self.trash = QPushButton(self.tr("Move to trash…"))
        self.trash.setProperty("kind", "danger")
        self.use.clicked.connect(self.target_wanted)
        self.use_as_draft.clicked.connect(self.draft_wanted)
        self.folder.clicked.connect(self.folder_wanted)
        self.trash.clicked.connect(self.trash_wanted)
        self.facts = Facts()
        self.fit = FitView(themes)
        self.targets = QLabel()
        self.targets.setProperty("kind", "muted")
        self.targets.setWordWrap(True)
        self.targets.setTextFormat(Qt.TextFormat.PlainText)
        self.drafts = DraftList(themes)
        self.context = ContextField(themes, context)
        self._lay_out()

    def _lay_out(self) -> None:
        page = QWidget()
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self.title, 1)
        head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        buttons = QWidget()
        flow = FlowLayout(buttons, SPACE)
        for button in (self.use, self.use_as_draft, self.folder, self.trash):
            flow.addWidget(button)
        memory = QLabel(self.tr("Memory"))
        memory.setProperty("kind", "heading")
        asked = QLabel(self.tr("with a context of"))
        asked.setProperty("kind", "muted")
        asked.setBuddy(self.context)
        ask = QHBoxLayout()
        ask.setSpacing(SPACE)
        ask.addWidget(memory)
        ask.addStretch(1)
        ask.addWidget(asked)
        ask.addWidget(self.context)
        self._usable = QWidget()
        usable = QVBoxLayout(self._usable)
        usable.setContentsMargins(0, 0, 0, 0)
        usable.setSpacing(SPACE)
        usable.addLayout(ask)
        usable.addWidget(self.fit)
        usable.addSpacing(SPACE)
        usable.addWidget(self.drafts)
        column = QVBoxLayout(page)
        column.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 3, SPACE * 3)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addWidget(self.place)
        column.addWidget(self.problem)
        column.addSpacing(SPACE // 2)
        column.addWidget(buttons)
        column.addSpacing(SPACE)
        column.addWidget(self.facts)
        column.addWidget(self.targets)
        column.addSpacing(SPACE)
        column.addWidget(self._usable)
        column.addStretch(1)
        self.setWidget(page)

    def show_model(self, model: LibraryModel, contents: LibraryContents) -> None:
        """Another model, or the same after the library was read again; the verdicts follow."""
        is_other = self.model is None or self.model.path != model.path
        self.model = model
        self.title.setText(printable(model.name))
        self.place.setText(joined(place_title(model.place), model.repository or "", str(model.path.parent)))
        self.problem.setText(self.tr("This file cannot be used: {0}.").format(told(model.problem or "")))
        self.problem.setVisible(not model.usable)
        self.facts.show_rows(rows_of(model.card.summary) if model.card else [])
        self._usable.setVisible(model.usable)
        self.use.setVisible(model.usable)
        self.use_as_draft.setVisible(model.usable)
        self.trash.setVisible(model.path in contents.own)
        self._show_targets(contents)
        if is_other:
            self.fit.wait()
            self.drafts.wait()
            self.verticalScrollBar().setValue(0)

    def show_use(self, target: Path | None, draft: Path | None, *, can_draft: bool) -> None:
        """What is loaded, or being loaded, now; `can_draft`: there is a model that this one could draft for."""
        path = self.model.path if self.model else None
        is_target, is_draft = path is not None and path == target, path is not None and path == draft
        words = self.tr("in use as model") if is_target else self.tr("in use as draft") if is_draft else ""
        self.state.say(words, GOOD)
        self._draft_in_use = draft if is_target else None
        self._is_loaded = is_target
        self.use.setEnabled(not is_target)
        self.use_as_draft.setEnabled(can_draft and not is_target and not is_draft)
        self.use_as_draft.setToolTip(
            "" if can_draft else self.tr("Load a model first; then this one can draft for it")
        )
        self.trash.setEnabled(not is_target and not is_draft)
        in_use = self.tr("It is loaded; unload it first")
        self.trash.setToolTip(in_use if is_target or is_draft else "")

    def show_judged(self, judged: DraftsJudged) -> None:
        """The verdicts, where they are this model's."""
        if self.model is not None and judged.target == self.model.path:
            self.fit.show_fit(judged.alone)
            self.drafts.show_judged(judged, self._draft_in_use, is_loaded=self._is_loaded)

    def _show_targets(self, contents: LibraryContents) -> None:
        targets = contents.targets_of(self.model.path) if self.model else ()
        named = [model.name for path in targets if (model := contents.model(path)) is not None]
        more = self.tr(" and {0} more").format(len(named) - MOST_NAMED) if len(named) > MOST_NAMED else ""
        text = self.tr("It can draft for {0}{1}.").format(", ".join(named[:MOST_NAMED]), more)
        self.targets.setText(text)
        self.targets.setVisible(bool(named))
