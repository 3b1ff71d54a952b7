"""Asks for a context size, within the limits of the setting; tells it when a person has come to rest."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QWidget

from slipstream.core.settings import setting_fields
from slipstream.ui.theme import ThemeManager
from slipstream.ui.window.setting_controls import make_control

REST_MS = 400  # after the last step, before everything is judged anew
STEP = 1024  # tokens


class ContextField(QWidget):
    """Signal `changed(tokens)`."""

    changed = Signal(int)

    def __init__(self, themes: ThemeManager, tokens: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        spec = next(spec for spec in setting_fields() if spec.name == "ctx_size")
        self._control = make_control(spec, tokens, themes)
        box = self._control.widget
        assert isinstance(box, QSpinBox)
        self.box = box
        box.setSingleStep(STEP)
        box.setAccessibleName(self.tr("Context size"))
        self.setFocusProxy(box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(box)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._on_rest)
        box.valueChanged.connect(self._on_value)

    def value(self) -> int:
        return self.box.value()

    @Slot()
    def _on_value(self) -> None:
        self._rest.start()

    @Slot()
    def _on_rest(self) -> None:
        self.changed.emit(self.box.value())
