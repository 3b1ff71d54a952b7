"""What the shown conversation's answers are written with, and the presets there are.

Puts settings, preset and the conversation's own values together; keeps the latter with the conversation. Knows
nothing of turns or widgets.
"""

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from slipstream.bridge.pair import Pair
from slipstream.bridge.preferences import SAVE_DELAY_MS, Preferences
from slipstream.bridge.store_messages import KeepParameters
from slipstream.bridge.store_thread import StoreThread
from slipstream.core.errors import AppError
from slipstream.core.presets import (
    NAME_LENGTH,
    PARAMETERS,
    OwnParameters,
    Preset,
    PresetsFile,
    Value,
    effective,
    suiting,
)
from slipstream.core.settings import Settings


def tr(text: str) -> str:
    return QCoreApplication.translate("Parameters", text)


class Parameters(QObject):
    """Signals: `changed()`, of the values in use or of the presets; `failed(AppError)`, a preset was not kept."""

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        store: StoreThread,
        pair: Pair,
        preferences: Preferences,
        presets: PresetsFile,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._pair = pair
        self._preferences = preferences
        self._presets = presets
        self._conversation: int | None = None
        self.own = OwnParameters()  # of the shown conversation
        self._unsaved = False
        self._timer = QTimer(self)  # a system prompt is typed key by key
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_DELAY_MS)
        self._timer.timeout.connect(self.flush)
        pair.changed.connect(self._on_changed)
        preferences.changed.connect(self._on_settings)

    @property
    def settings(self) -> Settings:
        """The settings the next answer is written with."""
        return effective(self._preferences.settings, self.own, self._suits, self._presets.all)

    @property
    def presets(self) -> dict[str, Preset]:
        return self._presets.all

    @property
    def edited(self) -> frozenset[str]:
        """The presets that are a person's own, or built-in ones that were changed."""
        return frozenset(self._presets.own)

    @property
    def for_new(self) -> str:
        """The preset that was chosen for new conversations; "" for the one that suits the model."""
        return self._preferences.settings.preset

    @property
    def usual(self) -> str:
        """The preset of a conversation that was given none."""
        return self.for_new if self.for_new in self.presets else self._suits.name

    @property
    def preset(self) -> str:
        """The preset of the shown conversation."""
        return self.own.preset if self.own.preset in self.presets else self.usual

    @property
    def _suits(self) -> Preset:
        suits = suiting(self._pair.loaded)
        return self.presets.get(suits.name, suits)

    def show(self, conversation: int | None, own: OwnParameters) -> None:
        """Another conversation is shown; None is one that has no message yet."""
        self.flush()
        self._conversation = conversation
        self.own = own
        self.changed.emit()

    def adopt(self, conversation: int, own: OwnParameters, *, shown: bool) -> None:
        """A conversation got its first message; `own` is what it was asked with."""
        if own != OwnParameters():
            self._store.ask(KeepParameters(conversation, own))
        if shown:
            self._conversation = conversation
            self._unsaved = self.own != own
            self.flush()

    @Slot()
    def flush(self) -> None:
        """Save what waits to be saved."""
        self._timer.stop()
        if self._unsaved and self._conversation is not None:
            self._unsaved = False
            self._store.ask(KeepParameters(self._conversation, self.own))

    def choose(self, preset: str) -> None:
        """Give the shown conversation this preset, "" for the usual one; its single values are dropped."""
        self._keep(OwnParameters(preset))

    def set(self, name: str, value: Value) -> None:
        """Give the shown conversation a value of its own; the preset's own value needs none."""
        if name not in PARAMETERS:
            raise ValueError(f"no parameter of a conversation: {name}")
        values = {other: kept for other, kept in self.own.values.items() if other != name}
        without = effective(
            self._preferences.settings, OwnParameters(self.own.preset, values), self._suits, self.presets
        )
        if getattr(without, name) != value:
            values[name] = value
        self._keep(OwnParameters(self.own.preset, values))

    def save_preset(self, name: str) -> None:
        """Make a preset of the values in use, in place of one of that name, and take it."""
        name = " ".join(name.split())[:NAME_LENGTH]
        if not name:
            return
        now = self.settings
        values: dict[str, Value] = {parameter: getattr(now, parameter) for parameter in PARAMETERS}
        try:
            self._presets.keep(Preset(name, values))
        except OSError as error:
            self.failed.emit(_not_kept(error))
            return
        self._keep(OwnParameters(name))

    def remove_preset(self, name: str) -> None:
        """Remove a person's preset; a built-in one is as it was again."""
        try:
            self._presets.remove(name)
        except OSError as error:
            self.failed.emit(_not_kept(error))
            return
        self.changed.emit()

    def use_for_new(self, preset: str) -> None:
        """The preset new conversations begin with; "" for the one that suits the model."""
        self._preferences.update(preset=preset)

    def _keep(self, own: OwnParameters) -> None:
        if own == self.own:
            return
        self.own = own
        if self._conversation is not None:
            self._unsaved = True
            self._timer.start()
        self.changed.emit()

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()

    @Slot(object)
    def _on_settings(self, _settings: Settings) -> None:
        self.changed.emit()


def _not_kept(error: OSError) -> AppError:
    return AppError(
        tr("The preset could not be saved: {0}").format(error.strerror or error),
        tr("The conversation keeps its values."),
    )
