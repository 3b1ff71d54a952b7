"""Long texts kept beside the field: one chip each, opened by a click, taken out by its cross.

What was taken out last can be put back until something else is written over it.
"""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from slipstream.ui.icons import icon
from slipstream.ui.theme import SPACE, Theme, ThemeManager

CROSS = 14  # px


class PastedDialog(QDialog):
    """Reads and edits one long text. Signal: `kept(text)`."""

    kept = Signal(str)

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Long text"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(720, 520)
        self.field = QPlainTextEdit()
        self.field.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.field.setTabChangesFocus(True)
        self.field.setAccessibleName(self.tr("Long text"))
        self.field.setPlainText(text)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Save | kinds.Cancel)
        self.buttons.button(kinds.Save).setText(self.tr("Keep"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.accepted.connect(self._on_accepted)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 2, SPACE * 2, SPACE * 2, SPACE * 2)
        column.setSpacing(SPACE)
        column.addWidget(self.field, 1)
        column.addWidget(self.buttons)

    @Slot()
    def _on_accepted(self) -> None:
        self.kept.emit(self.field.toPlainText())


class PastedTexts(QWidget):
    """Signal: `changed()`, after any change of `texts`."""

    changed = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._taken_out: tuple[int, str] | None = None
        self.texts: list[str] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        themes.changed.connect(self._on_theme)
        self._show()

    def set_texts(self, texts: list[str]) -> None:
        """Replace them all; nothing can be put back after."""
        self._taken_out = None
        self.texts = list(texts)
        self._changed()

    def add(self, text: str) -> None:
        self.texts.append(text)
        self._changed()

    def _changed(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, text in enumerate(self.texts):
            self._row.addWidget(self._chip(number, text))
        if self._taken_out is not None:
            undo = self._button(self.tr("Undo"), self.tr("Put back the long text that was taken out"))
            undo.clicked.connect(self._on_undo)
            self._row.addWidget(undo)
        self._row.addStretch()
        self.setVisible(bool(self.texts) or self._taken_out is not None)

    def _chip(self, number: int, text: str) -> QWidget:
        chip = QWidget()
        row = QHBoxLayout(chip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        words = self.tr("Long text, {n} characters").format(n=f"{len(text):,}")
        opens = self._button(words, self.tr("Read and edit it"))
        opens.clicked.connect(partial(self._open, number))
        cross = self._button("", self.tr("Take the text out"))
        cross.setIconSize(QSize(CROSS, CROSS))
        cross.setIcon(icon("close", self._themes.theme.muted, CROSS))
        cross.setAccessibleName(self.tr("Take the text out"))
        cross.clicked.connect(partial(self._take_out, number))
        row.addWidget(opens)
        row.addWidget(cross)
        return chip

    def _button(self, words: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("kind", "bordered")
        button.setText(words)
        button.setToolTip(tip)
        return button

    def _open(self, number: int) -> None:
        dialog = PastedDialog(self.texts[number], self)
        dialog.kept.connect(partial(self._keep, number, self.texts[number]))
        dialog.open()

    def _keep(self, number: int, before: str, text: str) -> None:
        """What was edited takes the place of what was opened, where that is there still."""
        if self.texts[number : number + 1] != [before]:
            self.texts.append(text)
        elif text.strip():
            self.texts[number] = text
        else:
            del self.texts[number]
        self._changed()

    def _take_out(self, number: int) -> None:
        self._taken_out = (number, self.texts.pop(number))
        self._changed()

    @Slot()
    def _on_undo(self) -> None:
        if self._taken_out is not None:
            number, text = self._taken_out
            self._taken_out = None
            self.texts.insert(number, text)
            self._changed()

    @Slot(object)
    def _on_theme(self, _theme: Theme) -> None:
        self._show()
