"""Controls for what the other kinds do not fit: one of many words, devices of the engine, folders."""

from collections.abc import Sequence
from dataclasses import Field
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from slipstream.bridge.amounts import size_text
from slipstream.bridge.loading import device_names
from slipstream.bridge.tips import plain_tip
from slipstream.core.memory_use import DeviceMemory
from slipstream.core.placing import PROCESSOR
from slipstream.ui.folder_dialog import folder_dialog
from slipstream.ui.theme import SPACE
from slipstream.ui.window.setting_controls import SettingControl

MANY = 5  # choices, above which they are not buttons
WORDS_WIDTH = 220  # px
ROWS = 3  # folders in sight


def tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)


class Words(SettingControl):
    """One of many words, in a list that opens."""

    def __init__(self, spec: Field[Any], value: str) -> None:
        self._box = QComboBox()
        super().__init__(spec.name, self._box)
        self._box.setFixedWidth(WORDS_WIDTH)
        self._box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._box.setAccessibleName(tr(spec.metadata["label"]))
        captions = spec.metadata.get("captions", {})
        for choice in spec.metadata["choices"]:
            self._box.addItem(tr(captions[choice]) if choice in captions else choice, choice)
        self.set_value(value)
        self._box.currentIndexChanged.connect(self._on_changed)

    def value(self) -> Any:
        return self._box.currentData()

    def set_value(self, value: Any) -> None:
        self._box.setCurrentIndex(self._box.findData(value))


class Devices(SettingControl):
    """Automatic, the processor alone, or any of the devices that are there; a device that has gone stays named."""

    def __init__(self, spec: Field[Any], value: str, there: Sequence[DeviceMemory]) -> None:
        self._button = QToolButton()
        super().__init__(spec.name, self._button)
        self._label = tr(spec.metadata["label"])
        self._there = tuple(there)
        self._value = value
        self._button.setProperty("kind", "bordered")
        self._button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._menu = QMenu(self._button)
        self._button.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._on_menu)
        self._show()

    def value(self) -> Any:
        return self._value

    def set_value(self, value: Any) -> None:
        if value != self._value:
            self._value = value
            self._show()
            self._on_changed()

    def _show(self) -> None:
        text = {"": tr("Automatic"), PROCESSOR: tr("The processor alone")}.get(self._value, self._value)
        self._button.setText(f"{text.replace(',', ', ')}  ▾")
        self._button.setAccessibleName(f"{self._label}: {text}")

    @Slot()
    def _on_menu(self) -> None:
        self._menu.clear()
        named = device_names(self._value) or ()
        for text, value in ((tr("Automatic"), ""), (tr("The processor alone"), PROCESSOR)):
            action = self._menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(self._value == value)
            action.setData(value)
            action.triggered.connect(self._on_word)
        self._menu.addSeparator()
        known = {device.name for device in self._there}
        rows = [(device.name, _described(device)) for device in self._there]
        rows += [(name, tr("{0} (not there)").format(name)) for name in named if name not in known]
        for name, text in rows:
            action = self._menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(name in named)
            action.setData(name)
            action.triggered.connect(self._on_device)

    @Slot()
    def _on_word(self) -> None:
        self.set_value(self.sender().data())

    @Slot(bool)
    def _on_device(self, on: bool) -> None:
        """One more, or one less; the last one taken away leaves it automatic."""
        chosen = self.sender().data()
        named = [name for name in device_names(self._value) or () if name != chosen]
        self.set_value(",".join([*named, chosen] if on else named))


class Folders(SettingControl):
    """A list of folders, with buttons to add one and to remove the one that is chosen."""

    def __init__(self, spec: Field[Any], value: tuple[str, ...]) -> None:
        box = QWidget()
        super().__init__(spec.name, box)
        self._dialog: QFileDialog | None = None
        self.list = QListWidget()
        self.list.setAccessibleName(tr(spec.metadata["label"]))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setTabKeyNavigation(False)
        self.list.setSpacing(2)
        self.add = QPushButton(tr("Add a folder…"))
        self.remove = QPushButton(tr("Remove"))
        for button in (self.add, self.remove):
            button.setAutoDefault(False)
        self.remove.setEnabled(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self.add)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self.list)
        column.addLayout(buttons)
        box.setFocusProxy(self.list)
        self._fill(value)
        self.list.setFixedHeight(ROWS * (self.list.fontMetrics().height() + 8) + 6)
        self.list.itemSelectionChanged.connect(self._on_selected)
        self.add.clicked.connect(self._on_add)
        self.remove.clicked.connect(self._on_remove)

    def value(self) -> Any:
        return tuple(self.list.item(i).text() for i in range(self.list.count()))

    def set_value(self, value: Any) -> None:
        if tuple(value) != self.value():
            self._fill(value)
            self._on_changed()

    def _fill(self, value: Sequence[str]) -> None:
        self.list.clear()
        for folder in value:
            self.list.addItem(folder)
            self.list.item(self.list.count() - 1).setToolTip(plain_tip(folder))
        # Without one, where folders go is shown by the button alone.
        self.list.setVisible(bool(value))
        self.remove.setVisible(bool(value))

    @property
    def dialog(self) -> QFileDialog | None:
        """The one that is open."""
        return self._dialog

    @Slot()
    def _on_selected(self) -> None:
        self.remove.setEnabled(bool(self.list.selectedItems()))

    @Slot()
    def _on_add(self) -> None:
        dialog = folder_dialog(self.widget)
        dialog.fileSelected.connect(self._on_folder)
        dialog.finished.connect(self._on_dialog_closed)
        self._dialog = dialog
        dialog.open()

    @Slot(str)
    def _on_folder(self, folder: str) -> None:
        self.set_value(tuple(dict.fromkeys((*self.value(), folder))))

    @Slot()
    def _on_dialog_closed(self) -> None:
        self._dialog = None

    @Slot()
    def _on_remove(self) -> None:
        gone = {item.text() for item in self.list.selectedItems()}
        self.set_value(tuple(folder for folder in self.value() if folder not in gone))


def special_control(spec: Field[Any], value: Any, there: Sequence[DeviceMemory]) -> SettingControl | None:
    """The control for a field that has one of these; None for the others."""
    if spec.metadata.get("devices"):
        return Devices(spec, value, there)
    if isinstance(spec.default, tuple):
        return Folders(spec, value)
    if len(spec.metadata.get("choices", ())) > MANY:
        return Words(spec, value)
    return None


def _described(device: DeviceMemory) -> str:
    if not device.total:
        return tr("{0} ({1})").format(device.name, device.description)
    free = size_text(device.free)
    return tr("{0} ({1}), {2} free").format(device.name, device.description, free)
