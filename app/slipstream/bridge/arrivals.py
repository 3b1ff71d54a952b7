"""What was downloaded to be used is used as soon as it is whole; but nothing under way is cut off for it.

A download may end hours after it was asked for, in the middle of an answer or a benchmark: then the model waits for
that to end, and a notice says so. The newest one counts. Lives on the window's thread; knows no widgets.
"""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from slipstream.bridge.chat import Chat
from slipstream.bridge.notices import Level, Notice
from slipstream.bridge.pair import LENT, Pair

TOPIC = "drafts"


def tr(text: str) -> str:
    return QCoreApplication.translate("Arrivals", text)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A model, or a draft for `target`, that is here and to be loaded."""

    place: Path
    target: Path | None = None


class Arrivals(QObject):
    """Signals: `target_wanted(Path)` and `pair_wanted(target, draft)`, when they can be loaded; `noticed(Notice)`;
    `resolved(topic)`.
    """

    target_wanted = Signal(object)
    pair_wanted = Signal(object, object)
    noticed = Signal(object)
    resolved = Signal(str)

    def __init__(self, chat: Chat, pair: Pair, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chat = chat
        self._pair = pair
        self._waiting: Arrived | None = None
        chat.busy_changed.connect(self._on_busy)
        pair.changed.connect(self._on_pair)

    @Slot(object)
    def on_target(self, place: Path) -> None:
        self._take(Arrived(place))

    @Slot(object, object)
    def on_draft(self, target: Path, draft: Path) -> None:
        self._take(Arrived(draft, target))

    @property
    def _is_busy(self) -> bool:
        return self._chat.busy or self._pair.state in LENT

    def _take(self, arrived: Arrived) -> None:
        self._waiting = arrived
        if self._is_busy:
            text = tr("{0} is downloaded. It is loaded when what is under way now has ended.")
            self.noticed.emit(Notice(Level.INFO, text.format(arrived.place.name), topic=TOPIC))
        else:
            self._use()

    def _use(self) -> None:
        arrived, self._waiting = self._waiting, None
        if arrived is None:
            return
        if arrived.target is None:
            self.target_wanted.emit(arrived.place)
        else:
            self.pair_wanted.emit(arrived.target, arrived.place)

    def _go_on(self) -> None:
        if self._waiting is not None and not self._is_busy:
            self.resolved.emit(TOPIC)
            self._use()

    @Slot(bool)
    def _on_busy(self, _busy: bool) -> None:
        self._go_on()

    @Slot()
    def _on_pair(self) -> None:
        self._go_on()
