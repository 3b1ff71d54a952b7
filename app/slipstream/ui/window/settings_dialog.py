"""The settings, as `core.settings` describes them: each field makes its own control; changes act at once."""

from dataclasses import Field
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from slipstream.bridge.hub_token import HubToken
from slipstream.bridge.loading import automatic_notes
from slipstream.core.events import PairLoaded
from slipstream.core.presets import PARAMETERS
from slipstream.core.settings import Settings, setting_fields
from slipstream.ui.scrolled import scrolled
from slipstream.ui.theme import SPACE, ThemeManager
from slipstream.ui.window.loading_controls import special_control
from slipstream.ui.window.setting_controls import SettingControl, make_control
from slipstream.ui.window.token_row import TokenRow

SECTIONS = {
    "Appearance": ("theme", "zoom", "language"),
    "Model": ("ctx_size", "threads"),
    "Speculation": ("speculate", "draft_max", "accept", "show_tokens"),
    "Loading": (
        *("gpu_layers", "devices", "draft_gpu_layers", "draft_devices"),
        *("flash_attn", "cache_type_k", "cache_type_v"),
    ),
    "Models on this machine": ("model_folders",),
}
MORE = "More"  # where a field goes that no section names
SIZE, SMALLEST = (660, 600), (440, 320)  # px


def tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)


def shown_fields() -> list[Field[Any]]:
    """The fields a person sets here: parameters belong to conversations, those without a help text to the window."""
    return [spec for spec in setting_fields() if spec.metadata.get("help") and spec.name not in PARAMETERS]


def by_section() -> dict[str, list[Field[Any]]]:
    """The shown fields under their section, empty sections left out."""
    sections: dict[str, list[Field[Any]]] = {name: [] for name in (*SECTIONS, MORE)}
    for spec in shown_fields():
        sections[next((name for name, own in SECTIONS.items() if spec.name in own), MORE)].append(spec)
    return {name: own for name, own in sections.items() if own}


class SettingsDialog(QDialog):
    """Signal: `changed(dict)`, name → new value, at every change."""

    changed = Signal(object)

    def __init__(
        self,
        settings: Settings,
        themes: ThemeManager,
        parent: QWidget | None = None,
        loaded: PairLoaded | None = None,
        token: HubToken | None = None,
    ) -> None:
        """`loaded` says what automatic values came to; `token` is left out where there is none to be set."""
        super().__init__(parent)
        self._themes = themes
        self._notes = automatic_notes(loaded)
        self._devices = loaded.placement.devices if loaded and loaded.placement else ()
        self._before: dict[str, Any] | None = None  # the values that defaults took the place of
        self.setWindowTitle(self.tr("Settings"))
        self.setMinimumSize(*SMALLEST)
        room = self.screen().availableSize()
        self.resize(min(themes.px(SIZE[0]), room.width()), min(themes.px(SIZE[1]), room.height()))
        self.controls: dict[str, SettingControl] = {}
        self._labels: list[QLabel] = []
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 3, SPACE * 2)
        column.setSpacing(SPACE)
        for name, own in by_section().items():
            title = QLabel(tr(name))
            title.setProperty("kind", "heading")
            column.addWidget(title)
            column.addLayout(self._section(own, settings))
            column.addSpacing(SPACE)
        if token is not None:
            self._add_token(column, token)
        widest = max(label.sizeHint().width() for label in self._labels)
        for label in self._labels:  # the fields of all sections stand in one column, where there is room
            label.setMinimumWidth(max(min(widest, self.width() // 3), themes.px(150)))
        column.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.restore = buttons.addButton(self.tr("Restore defaults"), QDialogButtonBox.ButtonRole.ResetRole)
        self.restore.clicked.connect(self._on_restore)
        buttons.rejected.connect(self.reject)
        foot = QVBoxLayout()
        foot.setContentsMargins(SPACE * 3, SPACE, SPACE * 3, SPACE * 2)
        foot.addWidget(buttons)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(page), 1)
        outer.addLayout(foot)

    def _section(self, own: list[Field[Any]], settings: Settings) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE * 3)
        form.setVerticalSpacing(SPACE)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)  # large text in a small window
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for spec in own:
            value = getattr(settings, spec.name)
            control = special_control(spec, value, self._devices) or make_control(spec, value, self._themes)
            control.widget.setAccessibleDescription(tr(spec.metadata["help"]))
            control.changed.connect(self._on_changed)
            control.setParent(self)
            self.controls[spec.name] = control
            help_text = QLabel(tr(spec.metadata["help"]))
            help_text.setProperty("kind", "small")
            help_text.setWordWrap(True)
            cell = QVBoxLayout()
            cell.setSpacing(2)
            cell.addWidget(control.widget)
            cell.addWidget(help_text)
            if spec.name in self._notes:
                cell.addWidget(_note(self._notes[spec.name]))
            label = QLabel(tr(spec.metadata["label"]))
            self._labels.append(label)
            label.setBuddy(control.widget)
            form.addRow(label, cell)
        return form

    def _add_token(self, column: QVBoxLayout, token: HubToken) -> None:
        """The token is no setting: it is never in the settings file."""
        title = QLabel(self.tr("Model hub"))
        title.setProperty("kind", "heading")
        self.token = TokenRow(token)
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE * 3)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        label = QLabel(self.tr("Token"))
        self._labels.append(label)
        label.setBuddy(self.token)
        form.addRow(label, self.token)
        column.addWidget(title)
        column.addLayout(form)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter confirms a value; it does not close the dialog."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    @Slot(str, object)
    def _on_changed(self, name: str, value: object) -> None:
        self.changed.emit({name: value})

    @Slot()
    def _on_restore(self) -> None:
        """All defaults; or, when they were just restored, what was before, but for what was changed since."""
        defaults = {spec.name: spec.default for spec in shown_fields() if not spec.metadata.get("kept")}
        now = {name: self.controls[name].value() for name in defaults}
        if self._before is None:
            values, self._before = defaults, now
            self.restore.setText(self.tr("Undo restore"))
        else:
            values = {name: value for name, value in self._before.items() if now[name] == defaults[name]}
            self._before = None
            self.restore.setText(self.tr("Restore defaults"))
        for name, value in values.items():
            self.controls[name].set_value(value)
        self.changed.emit(values)


def _note(text: str) -> QLabel:
    """What an automatic value came to."""
    label = QLabel(text)
    label.setProperty("kind", "small")
    label.setWordWrap(True)
    return label
