"""The bar to find something in the conversation with: a field, how many hits, to the next, to the one before."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QStyle, QToolButton, QWidget

from slipstream.ui.icons import icon
from slipstream.ui.numbers import grouped
from slipstream.ui.theme import Theme, ThemeManager

WIDTH = 430  # px at the usual size of text, where there is room
EDGE = 12  # px between the bar and the edges of the conversation
SIDE = 26
ICON = 16
COUNT_WIDTH = 84
TIGHT = 360  # px; in less there is room for the field, the count and the way out only: keys do the rest


class FindField(QLineEdit):
    """Signals: `onward(bool)` on Enter, back where it is false; `left()` on Esc."""

    onward = Signal(bool)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.onward.emit(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FindBar(QFrame):
    """Signals: `wanted(text, match case)`; `next_wanted()`, `previous_wanted()`; `closed()`."""

    wanted = Signal(str, bool)
    next_wanted = Signal()
    previous_wanted = Signal()
    closed = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setProperty("kind", "card")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.field = FindField()
        self.field.setPlaceholderText(self.tr("Find in this conversation"))
        self.field.setAccessibleName(self.tr("Find in this conversation"))
        self.field.setClearButtonEnabled(False)
        self.field.setFrame(False)
        self.field.setProperty("kind", "bare")
        self.count = QLabel()
        self.count.setProperty("kind", "small")
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.count.setMinimumWidth(themes.px(COUNT_WIDTH))
        self.case = self._button(self.tr("Match case"))
        self.case.setText("Aa")
        self.case.setCheckable(True)
        hint = self.case.sizeHint()
        self.case.setFixedSize(max(self.case.width(), hint.width()), max(self.case.height(), hint.height()))
        self.back = self._button(self.tr("Previous hit (Shift+Enter)"))
        self.onward = self._button(self.tr("Next hit (Enter)"))
        self.shut = self._button(self.tr("Close (Esc)"))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 6, 5)
        row.setSpacing(2)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        row.addSpacing(6)
        for button in (self.case, self.back, self.onward, self.shut):
            row.addWidget(button)
        self._connect()
        self._on_theme(themes.theme)
        themes.changed.connect(self._on_theme)
        self.hide()

    def _button(self, tip: str) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        side, inside = self._themes.px(SIDE), self._themes.px(ICON)
        button.setFixedSize(side, side)
        button.setIconSize(QSize(inside, inside))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(tip)
        button.setAccessibleName(tip.partition(" (")[0])
        button.setProperty("kind", "quiet")
        return button

    def _connect(self) -> None:
        self.field.textChanged.connect(self._on_changed)
        self.field.onward.connect(self._on_onward)
        self.field.left.connect(self.close_bar)
        self.case.toggled.connect(self._on_changed)
        self.back.clicked.connect(self.previous_wanted)
        self.onward.clicked.connect(self.next_wanted)
        self.shut.clicked.connect(self.close_bar)

    def open_bar(self, text: str = "") -> None:
        """Show it, with this to be found; without, what was found last."""
        opened = self.isHidden()
        self.stand_in(self.parentWidget().width())
        self.show()
        self.raise_()
        if text:
            self.field.setText(text)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        if opened and self.field.text():
            self._on_changed()

    @Slot()
    def close_bar(self) -> None:
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def event(self, event: QEvent) -> bool:
        """The window's own Esc stops the answer; here it closes the bar."""
        is_key = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_key and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc on one of the buttons."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    @Slot(int, int, bool)
    def show_count(self, number: int, total: int, whole: bool) -> None:
        """Which hit of how many; `whole`: everything was read."""
        more = "" if whole else "…"
        if not self.field.text():
            words = ""
        elif total:
            words = self.tr("{n} of {total}").format(n=grouped(number), total=grouped(total) + more)
        else:
            words = self.tr("Nothing found") if whole else more
        kind = "small" if total or not whole or not words else "warning-small"
        if self.count.property("kind") != kind:
            self.count.setProperty("kind", kind)
            self.count.style().polish(self.count)
        for button in (self.back, self.onward):
            button.setEnabled(total > 0)
        if words != self.count.text():
            self.count.setText(words)
            if whole and words and QAccessible.isActive():
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, words))

    def stand_in(self, width: int) -> None:
        """Take the place over the end of the first line of a conversation this wide, px."""
        aside = EDGE + self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        own = max(120, min(self._themes.px(WIDTH), width - EDGE - aside))
        tight = own < self._themes.px(TIGHT)
        self.count.setMinimumWidth(0 if tight else self._themes.px(COUNT_WIDTH))
        for button in (self.case, self.back, self.onward):
            button.setVisible(not tight)
        self.resize(own, self.sizeHint().height())
        self.move(aside if self.isRightToLeft() else width - own - aside, EDGE)

    @Slot()
    def _on_changed(self) -> None:
        self.wanted.emit(self.field.text(), self.case.isChecked())

    @Slot(bool)
    def _on_onward(self, forward: bool) -> None:
        (self.next_wanted if forward else self.previous_wanted).emit()

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        side = self._themes.px(ICON)
        for button, name in ((self.back, "chevron-up"), (self.onward, "chevron-down"), (self.shut, "close")):
            button.setIcon(icon(name, theme.text, side, disabled=theme.border))
