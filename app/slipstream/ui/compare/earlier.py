"""Earlier comparisons, the newest first: opened by a click, removed after a question."""

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from slipstream.bridge.side_keeping import Comparisons
from slipstream.bridge.side_words import side_name
from slipstream.core.compared import Stage
from slipstream.store.comparisons import ComparisonLine
from slipstream.ui.theme import SPACE

WIDTH = 232  # px
PROMPT = 80  # characters of a prompt in a line
_LIST = """
    QListWidget { border: none; background: transparent; }
    QListWidget::item { padding: 8px 10px; border-radius: 6px; color: palette(text); }
    QListWidget::item:hover { background: palette(light); }
    QListWidget::item:selected { background: palette(light); color: palette(text); }
"""


class EarlierList(QWidget):
    """Signals: `wanted(id)`, to be shown; `removal_wanted(id)`."""

    wanted = Signal(int)
    removal_wanted = Signal(int)

    def __init__(self, kept: Comparisons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = kept
        self._lines: tuple[ComparisonLine, ...] = ()
        title = QLabel(self.tr("Earlier comparisons"))
        title.setProperty("kind", "heading")
        self.list = _List()
        self.list.setAccessibleName(title.text())
        self.list.remove_wanted.connect(self._on_remove)
        self.list.itemClicked.connect(self._on_item)
        self.list.itemActivated.connect(self._on_item)
        self.list.currentItemChanged.connect(self._on_current)
        self.empty = QLabel(self.tr("What you compare is kept here."))
        self.empty.setProperty("kind", "muted")
        self.empty.setWordWrap(True)
        self.remove = QPushButton(self.tr("Remove…"))
        self.remove.setAutoDefault(False)
        self.remove.clicked.connect(self._on_remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(SPACE)
        column.addWidget(title)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFixedWidth(WIDTH)
        kept.listed.connect(self._on_listed)
        self._on_listed()

    @property
    def chosen(self) -> ComparisonLine | None:
        item = self.list.currentItem()
        number = item.data(Qt.ItemDataRole.UserRole) if item else None
        return next((line for line in self._lines if line.id == number), None)

    def set_running(self, running: bool) -> None:
        """None is shown in the place of one that runs."""
        self.list.setEnabled(not running)
        self._show_state()

    @Slot()
    def _on_listed(self) -> None:
        """The one that is shown is the current one."""
        self._lines = self._kept.lines
        self.list.blockSignals(True)
        self.list.clear()
        for line in self._lines:
            item = QListWidgetItem(self._text(line))
            item.setData(Qt.ItemDataRole.UserRole, line.id)
            item.setToolTip(line.prompt if len(line.prompt) < 2000 else f"{line.prompt[:2000]}…")
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.show_current()
        self.list.setVisible(bool(self._lines))
        self.empty.setVisible(not self._lines)
        self._show_state()

    @Slot()
    def show_current(self) -> None:
        """Mark the one that is shown."""
        ids = [line.id for line in self._lines]
        self.list.blockSignals(True)
        self.list.setCurrentRow(ids.index(self._kept.id) if self._kept.id in ids else -1)
        self.list.blockSignals(False)
        self._show_state()

    def _show_state(self) -> None:
        self.remove.setVisible(bool(self._lines))
        self.remove.setEnabled(self.list.isEnabled() and self.chosen is not None)

    def _text(self, line: ComparisonLine) -> str:
        """What was asked; which ways; when, and whether it is whole."""
        prompt = " ".join(line.prompt.split())
        if len(prompt) > PROMPT:
            prompt = prompt[: PROMPT - 1].rstrip() + "…"
        ways = ", ".join(side_name(side) for side in line.sides[1:])
        when = QLocale().toString(line.created.astimezone(), QLocale.FormatType.ShortFormat)
        state = {
            Stage.RUNNING: self.tr("running"),
            Stage.STOPPED: self.tr("stopped"),
            Stage.CUT_OFF: self.tr("cut off"),
            Stage.FAILED: self.tr("failed"),
            Stage.DRAFT_FAILED: self.tr("failed"),
        }.get(line.stage, "")
        return f"{prompt}\n{ways}\n{' · '.join(filter(None, (when, state)))}"

    @Slot(QListWidgetItem)
    def _on_item(self, item: QListWidgetItem) -> None:
        number = item.data(Qt.ItemDataRole.UserRole)
        if number != self._kept.id:
            self.wanted.emit(number)

    @Slot()
    def _on_current(self) -> None:
        self._show_state()

    @Slot()
    def _on_remove(self) -> None:
        chosen = self.chosen
        if chosen is None or not self.remove.isEnabled():
            return
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Remove the comparison"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("Remove this comparison with its texts and figures?"))
        box.setInformativeText(self.tr("This cannot be undone."))
        remove = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        remove.clicked.connect(self._on_removal_wanted)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    @Slot()
    def _on_removal_wanted(self) -> None:
        if self.chosen is not None:
            self.removal_wanted.emit(self.chosen.id)


class _List(QListWidget):
    """Signal: `remove_wanted()`, Delete was pressed."""

    remove_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setWordWrap(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet(_LIST)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
            return
        super().keyPressEvent(event)
