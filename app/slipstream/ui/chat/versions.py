"""The way from one version of a turn to another: ‹ 2 / 3 ›."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from slipstream.ui.chat.buttons import quiet_button, show_icon
from slipstream.ui.chat.control_rows import BUTTON, VERSIONS, VersionedRow


class VersionSwitch(QWidget):
    """Hidden where there is one version only. Signal: `chosen(message_id)`."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, before: tuple[str, str], after: tuple[str, str], place: str) -> None:
        """`before`, `after`: name and tip of the arrows; `place`: what "2 / 3" is read as: "Answer {0} of {1}"."""
        super().__init__(parent)
        self._row: VersionedRow | None = None
        self._words = place
        self._before = quiet_button(self, *before)
        self._before.clicked.connect(self._on_before)
        self._place = QLabel(self)
        self._place.setProperty("kind", "muted")
        self._place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._after = quiet_button(self, *after)
        self._after.clicked.connect(self._on_after)

    def buttons(self) -> list[QToolButton]:
        return [self._before, self._after]

    def show_versions(self, row: VersionedRow) -> None:
        self._row = row
        self.setVisible(bool(row.versions))
        if not row.versions:
            return
        look = row.look
        rtl = self.isRightToLeft()
        show_icon(self._before, "chevron-right" if rtl else "chevron-left", look)
        show_icon(self._after, "chevron-left" if rtl else "chevron-right", look)
        self._before.setEnabled(row.version_beside(-1) is not None)
        self._after.setEnabled(row.version_beside(1) is not None)
        number, count = row.versions.index(row.message_id) + 1, len(row.versions)
        self._place.setFont(look.small)
        self._place.setText(f"{number} / {count}")
        self._place.setAccessibleName(self._words.format(number, count))
        side = look.px(BUTTON)
        middle = look.px(VERSIONS) - 2 * side - look.px(6)
        first, last = (self._after, self._before) if rtl else (self._before, self._after)
        first.setGeometry(0, 0, side, side)
        self._place.setGeometry(side, 0, middle, side)
        last.setGeometry(side + middle, 0, side, side)
        self.resize(2 * side + middle, side)

    @Slot()
    def _on_before(self) -> None:
        self._choose(-1)

    @Slot()
    def _on_after(self) -> None:
        self._choose(1)

    def _choose(self, step: int) -> None:
        version = self._row.version_beside(step) if self._row is not None else None
        if version is not None:
            self.chosen.emit(version)
