"""The size of the text in conversations, in steps as browsers have them: by keys, by menu, by the wheel with Ctrl.

It is a setting; whoever shows text follows the settings.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QWidget

from slipstream.bridge.preferences import Preferences
from slipstream.core.settings import Settings

STEPS = (70, 80, 90, 100, 110, 125, 150, 175, 200, 225, 250)  # percent
NOTCH = 120  # what a wheel tells of one click, in eighths of a degree


class Zoom(QObject):
    """Signal: `told(str)`, the size after a person changed it here."""

    told = Signal(str)

    def __init__(self, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._turned = 0

    def listen_to(self, *widgets: QWidget) -> None:
        """Let the wheel with Ctrl change the size over these."""
        for widget in widgets:
            widget.installEventFilter(self)

    @Slot()
    def on_in(self) -> None:
        now = self._preferences.settings.zoom
        self._set(next((step for step in STEPS if step > now), STEPS[-1]))

    @Slot()
    def on_out(self) -> None:
        now = self._preferences.settings.zoom
        self._set(next((step for step in reversed(STEPS) if step < now), STEPS[0]))

    @Slot()
    def on_reset(self) -> None:
        self._set(Settings().zoom)

    def _set(self, percent: int) -> None:
        self._preferences.update(zoom=percent)
        self.told.emit(self.tr("Text size {0} %").format(percent))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Wheel or not isinstance(event, QWheelEvent):
            return False
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        self._turned += event.angleDelta().y()
        while abs(self._turned) >= NOTCH:  # a touchpad tells many small turns
            inward = self._turned > 0
            self._turned -= NOTCH if inward else -NOTCH
            if inward:
                self.on_in()
            else:
                self.on_out()
        event.accept()
        return True
