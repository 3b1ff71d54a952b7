"""One control for each kind of setting: a choice, a switch, a number, a text."""

from dataclasses import Field
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QDoubleSpinBox,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from slipstream.core.paths import resources_dir
from slipstream.ui.numbers import decimal
from slipstream.ui.theme import SPACE, ThemeManager
from slipstream.ui.window.switch import Switch

NUMBER_WIDTH = 120  # px
TEXT_HEIGHT = 72
WORD = 16  # characters; a caption longer than this has a line of its own


class SettingControl(QObject):
    """What the dialog handles. Signal: `changed(name, value)`, by a person or by `set_value`."""

    changed = Signal(str, object)

    def __init__(self, name: str, widget: QWidget) -> None:
        super().__init__()
        self._name = name
        self.widget = widget
        widget.setObjectName(name)

    def value(self) -> Any:
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        raise NotImplementedError

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit(self._name, self.value())


class Choice(SettingControl):
    """A few choices: words side by side, long captions one below the other."""

    def __init__(self, spec: Field[Any], value: str) -> None:
        row = QWidget()
        super().__init__(spec.name, row)
        captions: dict[str, str] = spec.metadata.get("captions", {})
        tall = any(len(caption) > WORD for caption in captions.values())
        layout = QVBoxLayout(row) if tall else QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE // 2)
        self._group = QButtonGroup(row)
        for choice in spec.metadata["choices"]:
            caption = captions.get(choice, choice.capitalize())
            button = QPushButton(QCoreApplication.translate("Settings", caption))
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("choice", choice)
            button.setAccessibleDescription(QCoreApplication.translate("Settings", spec.metadata["label"]))
            layout.addWidget(button)
            self._group.addButton(button)
        if not tall:
            layout.addStretch(1)
        row.setFocusProxy(self._group.buttons()[0])
        self.set_value(value)
        self._group.buttonClicked.connect(self._on_changed)

    def value(self) -> Any:
        return self._group.checkedButton().property("choice")

    def set_value(self, value: Any) -> None:
        for button in self._group.buttons():
            button.setChecked(button.property("choice") == value)


class OnOff(SettingControl):
    def __init__(self, spec: Field[Any], value: bool, themes: ThemeManager) -> None:
        self._switch = Switch(themes)
        super().__init__(spec.name, self._switch)
        self._switch.setAccessibleName(QCoreApplication.translate("Settings", spec.metadata["label"]))
        self._switch.setChecked(value)
        self._switch.toggled.connect(self._on_changed)

    def value(self) -> Any:
        return self._switch.isChecked()

    def set_value(self, value: Any) -> None:
        self._switch.setChecked(value)


class Number(SettingControl):
    """A whole or a decimal number; the arrow keys and the wheel change it by a step."""

    def __init__(self, spec: Field[Any], value: float, themes: ThemeManager) -> None:
        is_decimal = isinstance(spec.default, float)
        self._box: QDoubleSpinBox | QSpinBox = QDoubleSpinBox() if is_decimal else QSpinBox()
        super().__init__(spec.name, self._box)
        limits = spec.metadata
        self._box.setRange(limits["minimum"], limits["maximum"])
        self._box.setSingleStep(limits.get("step", 1))
        self._box.setSuffix(limits.get("suffix", ""))
        self._box.setKeyboardTracking(False)
        self._box.setStyleSheet(_arrows(type(self._box).__name__, themes.px(15)))
        self._box.setFixedWidth(themes.px(NUMBER_WIDTH))
        self._box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel scrolls past it
        least = limits["minimum"]
        if "lowest" in limits:
            self._box.setSpecialValueText(QCoreApplication.translate("Settings", limits["lowest"]))
            least += 1
        self._box.setToolTip(decimal(f"{least} … {limits['maximum']}"))
        self._box.lineEdit().setTextMargins(SPACE, 0, 0, 0)
        self._box.setValue(value)
        self._box.valueChanged.connect(self._on_changed)

    def value(self) -> Any:
        if isinstance(self._box, QDoubleSpinBox):
            return round(self._box.value(), self._box.decimals())
        return self._box.value()

    def set_value(self, value: Any) -> None:
        self._box.setValue(value)


class Text(SettingControl):
    def __init__(self, spec: Field[Any], value: str, themes: ThemeManager) -> None:
        self._field = QPlainTextEdit(value)
        super().__init__(spec.name, self._field)
        self._field.setFixedHeight(themes.px(TEXT_HEIGHT))
        self._field.setTabChangesFocus(True)
        self._field.textChanged.connect(self._on_changed)

    def value(self) -> Any:
        return self._field.toPlainText()

    def set_value(self, value: Any) -> None:
        if value != self._field.toPlainText():
            self._field.setPlainText(value)


def _arrows(kind: str, height: int) -> str:
    """The buttons of a number's field, `height` px each; drawn in a grey that shows on light and dark."""
    icons = resources_dir() / "icons" / "ui"
    return f"""
        {kind}::up-button, {kind}::down-button {{
            subcontrol-origin: border; width: 20px; height: {height}px; border: none; background: transparent;
        }}
        {kind}::up-button {{ subcontrol-position: top right; margin: 2px 2px 0 0; }}
        {kind}::down-button {{ subcontrol-position: bottom right; margin: 0 2px 2px 0; }}
        {kind}::up-arrow {{ image: url("{(icons / "spin-up.svg").as_posix()}"); width: 12px; height: 12px; }}
        {kind}::down-arrow {{ image: url("{(icons / "spin-down.svg").as_posix()}"); width: 12px; height: 12px; }}
        QLineEdit {{ padding: 0; border: none; min-height: 0; background: transparent; }}
    """


def make_control(spec: Field[Any], value: Any, themes: ThemeManager) -> SettingControl:
    """The control for a field of `core.settings`, showing `value`."""
    if "choices" in spec.metadata:
        return Choice(spec, value)
    if isinstance(spec.default, bool):
        return OnOff(spec, value, themes)
    if isinstance(spec.default, int | float):
        return Number(spec, value, themes)
    return Text(spec, value, themes)
