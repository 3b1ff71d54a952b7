"""A listener in the place of the system's: an offscreen screen has nobody who listens."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

Politeness = QAccessible.AnnouncementPoliteness


class ScreenReader:
    """Stands for `QAccessible` in a module; hears what is announced there."""

    AnnouncementPoliteness = Politeness

    def __init__(self) -> None:
        self.heard: list[tuple[str, Politeness]] = []

    def isActive(self) -> bool:
        return True

    def updateAccessibility(self, event: QAccessibleAnnouncementEvent) -> None:
        self.heard.append((event.message(), event.politeness()))
