"""The settings, as `core.settings` describes them: each field makes its own control; changes act at once."""

from dataclasses import Field
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from slipstream.core.settings import Settings, setting_fields
from slipstream.ui.theme import SPACE


def tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)


def shown_fields() -> list[Field[Any]]:
    """The fields a person sets here; those without a help text are kept by the window itself."""
    return [spec for spec in setting_fields() if spec.metadata.get("help")]


class SettingsDialog(QDialog):
    """Signal: `changed(dict)`, name → new value, at every change."""

    changed = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.setMinimumSize(560, 420)
        self.controls: dict[str, QWidget] = {}
        form = QFormLayout()
        form.setContentsMargins(SPACE * 2, SPACE * 2, SPACE * 2, SPACE * 2)
        form.setHorizontalSpacing(SPACE * 3)
        form.setVerticalSpacing(SPACE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for spec in shown_fields():
            control = self._control(spec, getattr(settings, spec.name))
            control.setObjectName(spec.name)
            control.setAccessibleDescription(tr(spec.metadata["help"]))
            self.controls[spec.name] = control
            help_text = QLabel(tr(spec.metadata["help"]))
            help_text.setProperty("kind", "small")
            help_text.setWordWrap(True)
            cell = QVBoxLayout()
            cell.setSpacing(2)
            cell.addWidget(control)
            cell.addWidget(help_text)
            cell.addSpacing(SPACE)
            label = QLabel(tr(spec.metadata["label"]))
            label.setBuddy(control)
            form.addRow(label, cell)
        page = QWidget()
        page.setLayout(form)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.restore = buttons.addButton(self.tr("Restore defaults"), QDialogButtonBox.ButtonRole.ResetRole)
        self.restore.clicked.connect(self._on_restore)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(SPACE * 2, SPACE, SPACE * 2, SPACE * 2)
        foot.addWidget(buttons)
        column.addLayout(foot)

    def _control(self, spec: Field[Any], value: Any) -> QWidget:
        limits = spec.metadata
        if "choices" in limits:
            control: QWidget = QComboBox()
            for choice in limits["choices"]:
                control.addItem(tr(choice.capitalize()), choice)
            control.setCurrentIndex(limits["choices"].index(value))
            control.currentIndexChanged.connect(self._on_changed)
        elif isinstance(value, bool):
            control = QCheckBox(tr("On"))
            control.setChecked(value)
            control.toggled.connect(self._on_changed)
        elif isinstance(value, int | float):
            control = QDoubleSpinBox() if isinstance(value, float) else QSpinBox()
            control.setRange(limits["minimum"], limits["maximum"])
            control.setSingleStep(limits.get("step", 1))
            control.setKeyboardTracking(False)
            control.setValue(value)
            control.setMaximumWidth(140)
            control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            control.valueChanged.connect(self._on_changed)
        else:
            control = QLineEdit(value)
            control.editingFinished.connect(self._on_changed)
        return control

    def _value(self, control: QWidget) -> Any:
        match control:
            case QComboBox():
                return control.currentData()
            case QCheckBox():
                return control.isChecked()
            case QDoubleSpinBox():
                return round(control.value(), control.decimals())
            case QSpinBox():
                return control.value()
            case QLineEdit():
                return control.text()
        raise TypeError(control)

    @Slot()
    def _on_changed(self) -> None:
        control = self.sender()
        self.changed.emit({control.objectName(): self._value(control)})

    @Slot()
    def _on_restore(self) -> None:
        for spec in shown_fields():
            control = self.controls[spec.name]
            match control:
                case QComboBox():
                    control.setCurrentIndex(control.findData(spec.default))
                case QCheckBox():
                    control.setChecked(spec.default)
                case QDoubleSpinBox() | QSpinBox():
                    control.setValue(spec.default)
                case QLineEdit():
                    control.setText(spec.default)
        self.changed.emit({spec.name: spec.default for spec in shown_fields()})
