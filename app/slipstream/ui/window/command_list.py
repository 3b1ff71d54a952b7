"""All that can be asked for by name: the actions of the menus, conversations by title, models used before.

The palette and the shortcuts sheet are made from this. It asks the menus what there is, so whatever is added to
them is found too.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QCoreApplication, Qt
from PySide6.QtGui import QAction

from slipstream.bridge.conversations import ID_ROLE
from slipstream.ui.window.actions import keys_of, plain, why_not
from slipstream.ui.window.matching import Match, fold, match

DISABLED = 4.0  # what a command that cannot be taken now falls behind others by
OTHER_PLACE = 2.0  # what a word found in the section only counts less
KEEPS = 200  # more than anybody goes through


def tr(text: str) -> str:
    return QCoreApplication.translate("Commands", text)


@dataclass(frozen=True)
class Section:
    """A menu, and all actions in it and in its submenus."""

    title: str
    actions: tuple[QAction, ...]


@dataclass(frozen=True, eq=False)
class Command:
    """One line of the palette. `reason` says why it cannot be run; then `run` is never called."""

    title: str
    section: str
    run: Callable[[], object]
    keys: str = ""
    reason: str = ""
    enabled: bool = True
    checked: bool = False
    folded: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", fold(f"{self.title}  {self.section}"))


@dataclass(frozen=True)
class Found:
    """A command, and which letters of its title were met."""

    command: Command
    letters: frozenset[int] = frozenset()


def sections(menu_actions: Iterable[QAction], others: Iterable[QAction] = ()) -> list[Section]:
    """The menus in their order; `others` that no menu has stand at the end."""
    found: list[Section] = []
    seen: set[QAction] = set()
    for entry in menu_actions:
        if entry.menu() is not None:
            own = tuple(action for action in _leaves(entry) if action.text())
            found.append(Section(plain(entry), own))
            seen |= set(own)
    rest = tuple(action for action in others if action not in seen and action.text())
    return [*found, Section(tr("More"), rest)] if rest else found


def _leaves(entry: QAction) -> Iterator[QAction]:
    for action in entry.menu().actions():
        if action.menu() is not None:
            yield from _leaves(action)
        elif not action.isSeparator():
            yield action


def of_actions(all_sections: Sequence[Section], but: QAction | None = None) -> list[Command]:
    """One for each action, `but` left out."""
    return [
        Command(
            plain(action),
            section.title,
            action.trigger,
            next(iter(keys_of(action)), ""),
            why_not(action),
            action.isEnabled(),
            action.isCheckable() and action.isChecked(),
        )
        for section in all_sections
        for action in section.actions
        if action.isVisible() and action is not but
    ]


def of_conversations(
    model: QAbstractItemModel, shown: int | None, go: Callable[[int], object]
) -> list[Command]:
    """One for each conversation of the list but the one that is shown."""
    commands = []
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        conversation = index.data(ID_ROLE)
        if conversation is not None and conversation != shown:
            title = tr("Go to “{0}”").format(index.data(Qt.ItemDataRole.DisplayRole))
            commands.append(Command(title, tr("Conversations"), partial(go, conversation)))
    return commands


def of_models(recent: Iterable[str], loaded: Path | None, load: Callable[[Path], object]) -> list[Command]:
    """One for each model that was used before but the one that is loaded."""
    commands = []
    for path in map(Path, recent):
        if path != loaded:
            there = path.is_file()
            reason = "" if there else tr("the file is not there any more")
            title = tr("Load {0}").format(path.stem)
            commands.append(Command(title, tr("Models"), partial(load, path), "", reason, there))
    return commands


def find(typed: str, commands: Sequence[Command]) -> list[Found]:
    """What fits, best first; of two that fit alike, the one that came first. Without a word: all, as they are."""
    if not typed.strip():
        return [Found(command) for command in commands[:KEEPS]]
    fitting: list[tuple[float, Found]] = []
    for command in commands:
        found = match(typed, command.folded)
        if found is not None:
            fitting.append((_weight(command, found), Found(command, found.letters)))
    fitting.sort(key=lambda pair: -pair[0])
    return [found for _, found in fitting[:KEEPS]]


def _weight(command: Command, found: Match) -> float:
    outside = any(place >= len(command.title) for place in found.letters)
    return found.score - DISABLED * (not command.enabled) - OTHER_PLACE * outside
