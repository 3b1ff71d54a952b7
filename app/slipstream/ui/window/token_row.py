"""The token for gated repositories: where it is kept, a field for another one, and whether the hub takes it.

What is typed leaves the field as soon as it is kept, and is shown nowhere.
"""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from slipstream.bridge.hub_token import HubToken, TokenTold
from slipstream.models.hub_token import Kept, TokenPlace
from slipstream.ui.theme import SPACE


class TokenRow(QWidget):
    """Asks where the token is as soon as it is made."""

    def __init__(self, token: HubToken, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = token
        self._place: TokenPlace | None = None
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(self.tr("Token"))
        self.field.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.keep = QPushButton(self.tr("Keep"))
        self.test = QPushButton(self.tr("Test"))
        self.forget = QPushButton(self.tr("Forget"))
        line = QHBoxLayout()
        line.setSpacing(SPACE)
        line.addWidget(self.field, 1)
        for button in (self.keep, self.test, self.forget):
            button.setAutoDefault(False)
            line.addWidget(button)
        self.where = QLabel()
        self.outcome = QLabel()
        self.outcome.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        for label in (self.where, self.outcome):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setProperty("kind", "small")
            column.addWidget(label)
        self.setFocusProxy(self.field)
        self.field.textChanged.connect(self._show_what_can_be_done)
        self.field.returnPressed.connect(self._on_keep)
        self.keep.clicked.connect(self._on_keep)
        self.test.clicked.connect(self._on_test)
        self.forget.clicked.connect(self._on_forget)
        token.told.connect(self._on_told)
        token.busy_changed.connect(self._on_busy)
        self.where.setText(self.tr("Looking for a token…"))
        self._show_what_can_be_done()
        token.look()

    @Slot()
    def _show_what_can_be_done(self) -> None:
        typed, kept = bool(self.field.text().strip()), self._place.kept if self._place else Kept.NOWHERE
        free = not self._token.busy
        self.keep.setEnabled(typed and free)
        self.test.setEnabled((typed or kept is not Kept.NOWHERE) and free)
        self.forget.setEnabled(kept in (Kept.KEYRING, Kept.FILE) and free)

    @Slot()
    def _on_keep(self) -> None:
        if self.keep.isEnabled():
            self._token.keep(self.field.text())
            self.field.clear()

    @Slot()
    def _on_test(self) -> None:
        self._say(self.tr("Asking the hub…"), "small")
        self._token.test(self.field.text())

    @Slot()
    def _on_forget(self) -> None:
        self._token.forget()

    @Slot(object)
    def _on_told(self, told: TokenTold) -> None:
        if told.place is not None:
            self._place = told.place
            self.where.setText(self._words(told.place))
            self.field.setPlaceholderText(
                self.tr("hf_…")
                if told.place.kept is Kept.NOWHERE
                else self.tr("Another token takes its place")
            )
        if told.error is not None:
            self._say(f"{told.error.message}. {told.error.hint}".rstrip(". ") + ".", "warning-small")
        elif told.account:
            self._say(self.tr("The hub takes it: it is the token of {0}.").format(told.account), "small")
        else:
            self.outcome.hide()
        self._show_what_can_be_done()

    @Slot(bool)
    def _on_busy(self, _busy: bool) -> None:
        self._show_what_can_be_done()

    def _say(self, text: str, kind: str) -> None:
        self.outcome.setProperty("kind", kind)
        self.outcome.style().unpolish(self.outcome)
        self.outcome.style().polish(self.outcome)
        self.outcome.setText(text)
        self.outcome.show()

    def _words(self, place: TokenPlace) -> str:
        """Where it is, or would be."""
        match place.kept:
            case Kept.VARIABLE:
                return self.tr("The variable HF_TOKEN holds a token; it goes before any other.")
            case Kept.KEYRING:
                return self.tr("A token is kept in the system's keyring ({0}).").format(place.keyring)
            case Kept.FILE:
                return self.tr(
                    "A token is kept in the hub library's own file, which other programs use too: {0}"
                ).format(place.file)
        if place.keyring:
            return self.tr("No token yet. It will be kept in the system's keyring ({0}).").format(
                place.keyring
            )
        return self.tr(
            "No token yet. No keyring works here, so it will be kept in the hub library's own file, "
            "readable by you alone: {0}"
        ).format(place.file)
