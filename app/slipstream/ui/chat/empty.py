"""What stands where no conversation is yet: a mark, a sentence, and three questions to begin with."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from slipstream.ui.icons import pixmap
from slipstream.ui.scrolled import scrolled
from slipstream.ui.theme import SPACE, Theme, ThemeManager

WIDE = 760
CARD_HEIGHT = 88
NARROW = 120  # px, least width of a card
STACK_BELOW = 560  # px; narrower, the cards stand one under the other


class ExampleCard(QPushButton):
    """A question to begin with: what kind, and its words."""

    def __init__(self, title: str, prompt: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.prompt = prompt
        self.setProperty("kind", "example")
        self.setAccessibleName(f"{title}: {prompt}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        head = QLabel(title, self)
        head.setProperty("kind", "heading")
        words = QLabel(prompt, self)
        words.setWordWrap(True)
        words.setProperty("kind", "muted")
        words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(14, 12, 14, 12)
        self._inside.setSpacing(SPACE // 2)
        self._inside.addWidget(head)
        self._inside.addWidget(words, 1)
        for label in (head, words):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return QSize(NARROW, max(CARD_HEIGHT, self._inside.totalHeightForWidth(max(NARROW, self.width()))))

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROW, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words may take more lines now."""
        super().resizeEvent(event)
        self.updateGeometry()


class EmptyState(QWidget):
    """Signal `example_chosen(prompt)`."""

    example_chosen = Signal(str)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._mark = QLabel(self)
        self._mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = QLabel(self.tr("What shall we think about?"), self)
        title.setProperty("kind", "title")
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title.setWordWrap(True)
        sentence = QLabel(
            self.tr("Answers are written on this machine; a small draft model runs ahead of the big one."),
            self,
        )
        sentence.setProperty("kind", "muted")
        sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        sentence.setWordWrap(True)
        examples = (
            (self.tr("Explain"), self.tr("Why is the sky blue, and the evening sky red?")),
            (self.tr("Write code"), self.tr("Write a Python function that finds all primes below n.")),
            (self.tr("Reason"), self.tr("A train leaves at 9:40 and takes 85 minutes. When does it arrive?")),
        )
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(SPACE * 3 // 2)
        for head, prompt in examples:
            card = ExampleCard(head, prompt, self)
            card.clicked.connect(self._on_card)
            self._cards.addWidget(card, 1)
        column = QWidget(self)
        column.setMaximumWidth(themes.px(WIDE))
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(SPACE)
        inner.addWidget(self._mark)
        inner.addWidget(title)
        inner.addWidget(sentence)
        inner.addSpacing(SPACE * 3)
        inner.addLayout(self._cards)
        page = QWidget(self)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.addStretch(2)
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.addStretch(1)
        row.addWidget(column, 1000)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(page))
        self._on_theme(themes.theme)
        themes.changed.connect(self._on_theme)

    @Slot()
    def _on_card(self) -> None:
        card = self.sender()
        if isinstance(card, ExampleCard):
            self.example_chosen.emit(card.prompt)

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self._mark.setPixmap(pixmap("draft", theme.accent, 44, self.devicePixelRatioF()))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._on_theme(self._themes.theme)
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self._themes.px(STACK_BELOW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._cards.setDirection(direction)
