"""Which models on this machine could draft for the one that is loaded: asked of the library when it is first wanted.

The library's verdict decides, by vocabulary and memory, as it does in the Models window. Knows no widgets.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from slipstream.bridge.pair import Pair

if TYPE_CHECKING:
    from slipstream.bridge.model_desk import ModelDesk
    from slipstream.bridge.model_library import ModelLibrary
    from slipstream.bridge.model_messages import DraftsJudged
    from slipstream.models.pairing import PairVerdict


@dataclass(frozen=True)
class LocalDraft:
    """A model that can draft for the one that is loaded, and what the library makes of it."""

    path: str
    name: str
    verdict: "PairVerdict"


class SideDrafts(QObject):
    """Signal: `changed()`, of `drafts`. `look` asks for them; they follow the model that is loaded."""

    changed = Signal()

    def __init__(self, models: "Callable[[], ModelDesk]", pair: Pair, parent: QObject | None = None) -> None:
        """`models` makes the library, when it is first wanted."""
        super().__init__(parent)
        self._models = models
        self._pair = pair
        self._library: ModelLibrary | None = None
        self._target: Path | None = None  # that they are for
        self._found: tuple[LocalDraft, ...] = ()
        pair.changed.connect(self._on_pair)

    @property
    def drafts(self) -> tuple[LocalDraft, ...]:
        """The best first; without the one that is loaded."""
        loaded = self._pair.loaded
        if loaded is None or self._pair.target != self._target:
            return ()
        own = loaded.draft.path if loaded.draft else ""
        return tuple(draft for draft in self._found if draft.path != own)

    @Slot()
    def look(self) -> None:
        """Ask for the drafts of the model that is loaded, where that was not done for it; `changed` may follow."""
        target = self._pair.target
        if self._pair.loaded is None or target is None or target == self._target:
            return
        if self._library is None:
            self._library = self._models().library
            self._library.changed.connect(self._on_library)
            self._library.judged.connect(self._on_judged)
        self._target, self._found = target, ()
        if self._library.was_read and self._library.contents.model(target) is not None:
            self._library.judge(target)
        elif not self._library.reading:
            self._library.refresh()

    @Slot()
    def _on_pair(self) -> None:
        """Another model was loaded: look again, where somebody has looked before."""
        if self._library is not None:
            self.look()

    @Slot()
    def _on_library(self) -> None:
        """Models were read, or have come and gone."""
        library, target = self._library, self._target
        if library is not None and target is not None and library.was_read and not library.reading:
            library.judge(target)

    @Slot(object)
    def _on_judged(self, judged: "DraftsJudged") -> None:
        from slipstream.models.pairing import ReasonKind  # noqa: PLC0415  (loaded with the library)

        if judged.target != self._target:
            return
        found = []
        for verdict in judged.verdicts:
            path, itself = verdict.draft.path, any(d.kind is ReasonKind.SAME_FILE for d in verdict.doubts)
            if verdict.fits and path is not None and not itself:
                found.append(LocalDraft(str(path), verdict.draft.name.removesuffix(".gguf"), verdict))
        self._found = tuple(found)
        self.changed.emit()
