"""What the shown conversation's answers are written with: a preset, and each value in reach.

Changes act on the next answer, at once and without a button; they stay with the conversation.
"""

from dataclasses import Field
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from slipstream.bridge.parameters import Parameters
from slipstream.core.presets import BUILT_IN, NAME_LENGTH, PARAMETERS
from slipstream.core.settings import setting_fields
from slipstream.ui.numbers import decimal
from slipstream.ui.scrolled import scrolled
from slipstream.ui.theme import SPACE, ThemeManager
from slipstream.ui.window.setting_controls import SettingControl, make_control

WIDTH = 540  # px


def preset_title(name: str) -> str:
    """A built-in preset's name in the person's language; any other as it was given."""
    return QCoreApplication.translate("Presets", name) if name in BUILT_IN else name


def summary(parameters: Parameters) -> str:
    """The preset and the temperature, and whether something was changed beside it."""
    words = QCoreApplication.translate("Presets", "{0} · T {1}").format(
        preset_title(parameters.preset), decimal(f"{parameters.settings.temperature:g}")
    )
    return f"{words} *" if parameters.own.values else words


class ParametersPanel(QDialog):
    """Shows `Parameters` and changes them."""

    def __init__(self, parameters: Parameters, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parameters = parameters
        self.setWindowTitle(self.tr("Parameters of this conversation"))
        self.presets = QComboBox()
        self.presets.setAccessibleName(self.tr("Preset"))
        self.presets.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.presets.setMinimumContentsLength(10)
        self.presets.activated.connect(self._on_preset)
        self.save = QPushButton(self.tr("Save as preset…"))
        self.save.clicked.connect(self._on_save)
        self.remove = QPushButton()
        self.remove.clicked.connect(self._on_remove)
        self.for_new = QCheckBox(self.tr("Use this preset for new conversations"))
        self.for_new.clicked.connect(self._on_for_new)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self.presets, 1)
        head.addWidget(self.save)
        head.addWidget(self.remove)
        self.controls: dict[str, SettingControl] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE * 3)
        form.setVerticalSpacing(SPACE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for spec in (spec for spec in setting_fields() if spec.name in PARAMETERS):
            self._add_control(form, spec, themes)
        self.note = QLabel(self.tr("They act on the next answer and stay with this conversation."))
        self.note.setProperty("kind", "small")
        self.note.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.reset = buttons.addButton(self.tr("Back to the preset"), QDialogButtonBox.ButtonRole.ResetRole)
        self.reset.clicked.connect(self._on_reset)
        buttons.rejected.connect(self.reject)
        self._lay_out(head, form, buttons)
        parameters.changed.connect(self._on_changed)
        self._on_changed()
        self._fit(themes.px(WIDTH))

    def _lay_out(self, head: QHBoxLayout, form: QFormLayout, buttons: QDialogButtonBox) -> None:
        self._page = QWidget()
        column = QVBoxLayout(self._page)
        column.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 3, SPACE)
        column.setSpacing(SPACE * 3 // 2)
        column.addLayout(head)
        column.addWidget(self.for_new)
        column.addLayout(form)
        column.addWidget(self.note)
        column.addStretch(1)
        foot = self._foot = QVBoxLayout()
        foot.setContentsMargins(SPACE * 3, SPACE, SPACE * 3, SPACE * 2)
        foot.addWidget(buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scrolled(self._page), 1)
        whole.addLayout(foot)

    def _fit(self, width: int) -> None:
        """As large as what is in it, where the screen has room for that."""
        room = self.screen().availableSize()
        height = self._page.layout().totalHeightForWidth(width) + self._foot.sizeHint().height()
        self.resize(min(width, room.width()), min(height, room.height()))

    def _add_control(self, form: QFormLayout, spec: Field[Any], themes: ThemeManager) -> None:
        control = make_control(spec, getattr(self._parameters.settings, spec.name), themes)
        control.setParent(self)
        words = QCoreApplication.translate("Settings", spec.metadata["help"])
        control.widget.setAccessibleDescription(words)
        control.widget.setToolTip(words)
        control.changed.connect(self._on_value)
        label = QLabel(QCoreApplication.translate("Settings", spec.metadata["label"]))
        label.setMinimumWidth(themes.px(150))
        label.setBuddy(control.widget)
        form.addRow(label, control.widget)
        self.controls[spec.name] = control

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter confirms a value; it does not close the dialog."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    @Slot()
    def _on_changed(self) -> None:
        parameters = self._parameters
        self.presets.blockSignals(True)
        self.presets.clear()
        self.presets.addItem(self.tr("Automatic: {0}").format(preset_title(parameters.usual)), "")
        for name in parameters.presets:
            self.presets.addItem(preset_title(name), name)
        chosen = parameters.own.preset if parameters.own.preset in parameters.presets else ""
        self.presets.setCurrentIndex(self.presets.findData(chosen))
        self.presets.blockSignals(False)
        settings = parameters.settings
        for name, control in self.controls.items():
            value = getattr(settings, name)
            if control.value() != value:
                control.blockSignals(True)
                control.set_value(value)
                control.blockSignals(False)
        self.remove.setVisible(parameters.preset in parameters.edited)
        restores = parameters.preset in BUILT_IN
        self.remove.setText(self.tr("Restore preset") if restores else self.tr("Remove preset"))
        self.for_new.setChecked(parameters.preset == parameters.for_new)
        self.reset.setEnabled(bool(parameters.own.values))

    @Slot(int)
    def _on_preset(self, index: int) -> None:
        self._parameters.choose(self.presets.itemData(index))

    @Slot(str, object)
    def _on_value(self, name: str, value: Any) -> None:
        self._parameters.set(name, value)

    @Slot()
    def _on_reset(self) -> None:
        self._parameters.choose(self._parameters.own.preset)

    @Slot(bool)
    def _on_for_new(self, on: bool) -> None:
        self._parameters.use_for_new(self._parameters.preset if on else "")

    @Slot()
    def _on_remove(self) -> None:
        self._parameters.remove_preset(self._parameters.preset)

    @Slot()
    def _on_save(self) -> None:
        own = self._parameters.preset
        dialog = QInputDialog(self)
        dialog.setWindowTitle(self.tr("Save as preset"))
        dialog.setLabelText(self.tr("A name; that of a preset there is replaces it"))
        dialog.setTextValue(own)
        dialog.textValueSelected.connect(self._on_name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    @Slot(str)
    def _on_name(self, name: str) -> None:
        self._parameters.save_preset(name[:NAME_LENGTH])
