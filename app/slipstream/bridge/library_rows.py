"""The models on this machine as the lines of a list: place by place, by name, those that match what is typed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Slot,
)

from slipstream.bridge.model_library import ModelLibrary
from slipstream.bridge.tips import plain_tip
from slipstream.bridge.told import told
from slipstream.models.library import LibraryModel
from slipstream.models.places import PlaceKind

LINE_ROLE = Qt.ItemDataRole.UserRole  # the whole LibraryLine

Index = QModelIndex | QPersistentModelIndex


def tr(text: str) -> str:
    return QCoreApplication.translate("LibraryRows", text)


@dataclass(frozen=True, slots=True)
class LibraryLine:
    """A model, or the heading of those that lie in one place."""

    heading: str
    count: int = 0
    model: LibraryModel | None = None
    drafts: int = 0  # models here that could draft for it
    targets: int = 0  # models here that it could draft for


def place_title(kind: PlaceKind) -> str:
    """Where a model lies, for people."""
    titles = {
        PlaceKind.OWN: tr("Downloaded by Slipstream"),
        PlaceKind.ADDED: tr("Your own folders and files"),
        PlaceKind.HUGGING_FACE: tr("Hugging Face cache"),
        PlaceKind.LM_STUDIO: tr("LM Studio"),
        PlaceKind.OLLAMA: tr("Ollama"),
        PlaceKind.LLAMA_CPP: tr("llama.cpp's cache"),
    }
    return titles[kind]


class LibraryRows(QAbstractListModel):
    """Follows the library; reset only where lines have changed."""

    def __init__(self, library: ModelLibrary, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._words: tuple[str, ...] = ()
        self._lines: list[LibraryLine] = []
        library.changed.connect(self._on_changed)
        self._on_changed()

    def set_filter(self, text: str) -> None:
        """Show the models in whose name, kind or place all these words occur."""
        self._words = tuple(text.casefold().split())
        self._on_changed()

    def index_of(self, path: Path | None) -> QModelIndex:
        """The line of a model; no valid index where it is not shown."""
        for number, line in enumerate(self._lines):
            if line.model is not None and line.model.path == path:
                return self.index(number)
        return QModelIndex()

    def first(self) -> QModelIndex:
        """The first model's line."""
        return self.index(1) if self._lines else QModelIndex()

    def line(self, index: Index) -> LibraryLine | None:
        return self._lines[index.row()] if index.isValid() else None

    @property
    def shown(self) -> int:
        """Models that match."""
        return sum(line.model is not None for line in self._lines)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index)
        if line is None:
            return None
        model = line.model
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return model.name if model else line.heading
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(str(model.path)) if model else None
            case Qt.ItemDataRole.AccessibleTextRole:
                return (
                    ", ".join(filter(None, (model.name, told(model.problem or ""))))
                    if model
                    else line.heading
                )
            case _ if role == LINE_ROLE:
                return line
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.line(index)
        if line is None or line.model is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    @Slot()
    def _on_changed(self) -> None:
        lines = self._made()
        if lines != self._lines:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()

    def _made(self) -> list[LibraryLine]:
        contents = self._library.contents
        targets: dict[Path, int] = {}
        for drafts in contents.drafts.values():
            for path in drafts:
                targets[path] = targets.get(path, 0) + 1
        lines: list[LibraryLine] = []
        for kind in PlaceKind:
            here = [model for model in contents.models if model.place is kind and self._matches(model)]
            if not here:
                continue
            title = place_title(kind)
            lines.append(LibraryLine(title, len(here)))
            for model in sorted(here, key=lambda model: (not model.usable, model.name.casefold())):
                drafts_here = len(contents.drafts.get(model.path, ()))
                lines.append(LibraryLine(title, 0, model, drafts_here, targets.get(model.path, 0)))
        return lines

    def _matches(self, model: LibraryModel) -> bool:
        summary = model.card.summary if model.card else None
        told = (summary.architecture, summary.name, summary.quantization, summary.license) if summary else ()
        text = " ".join(filter(None, (model.name, model.repository, str(model.path), *told))).casefold()
        return all(word in text for word in self._words)
