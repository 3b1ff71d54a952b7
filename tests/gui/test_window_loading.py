"""How models are loaded, through the real window: settings, memory, folders, the token, a load cancelled."""

import pytest
from desk import model_file
from hub_server import Mode, hub_server
from huggingface_hub import close_session
from memory_keyring import MemoryKeyring, use_keyring
from PySide6.QtCore import Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolTip
from scripted_engine import ScriptedEngine
from window_desk import open_window

from slipstream.bridge.hub_token import HubToken
from slipstream.bridge.memory_state import Owner
from slipstream.bridge.notices import Remedy
from slipstream.bridge.pair import PairState
from slipstream.core.memory_use import DeviceMemory, DeviceUse, Placement
from slipstream.core.settings import load_settings
from slipstream.models import hub_token
from slipstream.models.hub import Hub
from slipstream.ui.window.settings_dialog import SettingsDialog
from slipstream.ui.window.token_row import TokenRow

GB = 10**9
TOKEN = "hf_CanaryTokenThatMustNotBeSeen42"
PLACEMENT = Placement(
    target=(
        DeviceUse("CPU", 4, weights=2 * GB, cache=GB // 2, compute=GB // 10, mapped=2 * GB),
        DeviceUse("CUDA0", 25, weights=4 * GB, cache=GB, compute=GB // 2),
    ),
    draft=(DeviceUse("CUDA0", 25, weights=GB, cache=GB // 4, compute=GB // 4),),
    devices=(
        DeviceMemory("CUDA0", "NVIDIA H200", free=2 * GB, total=10 * GB),
        DeviceMemory("CUDA1", "NVIDIA H200", free=9 * GB, total=10 * GB),
    ),
)


@pytest.fixture
def desk(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes, ScriptedEngine(placement=PLACEMENT)) as desk:
        yield desk


def open_settings(desk) -> SettingsDialog:
    desk.window.acts.settings.trigger()
    dialog = desk.window.commands.dialog
    assert isinstance(dialog, SettingsDialog)
    return dialog


def ready(desk):
    desk.wait(lambda: desk.session.pair.state is PairState.READY)


def notes(dialog):
    return [label.text() for label in dialog.findChildren(QLabel) if label.text().startswith("Now:")]


def test_every_way_to_load_is_set_in_the_settings_and_reaches_the_engine(desk):
    dialog = open_settings(desk)
    controls = dialog.controls
    controls["gpu_layers"].widget.setValue(20)
    controls["draft_gpu_layers"].widget.setValue(0)
    controls["cache_type_k"].widget.setCurrentIndex(controls["cache_type_k"].widget.findData("q8_0"))
    controls["cache_type_v"].set_value("q4_0")
    controls["flash_attn"].set_value("on")
    controls["flash_attn"].changed.emit("flash_attn", "on")
    controls["devices"].set_value("CUDA0")
    controls["draft_devices"].set_value("none")
    dialog.reject()
    assert any("loaded again" in text for text in desk.banners)
    desk.press(Remedy.RELOAD)
    ready(desk)
    spec = desk.engine.specs[-1]
    assert (spec.gpu_layers, spec.draft_gpu_layers, spec.flash_attn) == (20, 0, "on")
    assert (spec.cache_type_k, spec.cache_type_v) == ("q8_0", "q4_0")
    assert (spec.devices, spec.draft_devices) == (("CUDA0",), ())
    assert desk.banners == []


def test_automatic_values_say_what_they_came_to(desk):
    dialog = open_settings(desk)
    assert "Now: 24 of 28 layers on CUDA0" in notes(dialog)
    assert "Now: 4096 tokens" in notes(dialog)
    assert dialog.controls["gpu_layers"].widget.text() == "Automatic"
    dialog.reject()


def test_devices_are_those_of_the_engine(desk):
    dialog = open_settings(desk)
    control = dialog.controls["devices"]
    button = control.widget
    assert button.accessibleName() == "Devices: Automatic"

    def entries():
        button.menu().aboutToShow.emit()
        return {action.text(): action for action in button.menu().actions() if action.text()}

    assert list(entries()) == [
        "Automatic",
        "The processor alone",
        "CUDA0 (NVIDIA H200), 2.0 GB free",
        "CUDA1 (NVIDIA H200), 9.0 GB free",
    ]
    entries()["CUDA1 (NVIDIA H200), 9.0 GB free"].trigger()
    entries()["CUDA0 (NVIDIA H200), 2.0 GB free"].trigger()
    assert desk.session.settings.devices == "CUDA1,CUDA0"
    entries()["CUDA1 (NVIDIA H200), 9.0 GB free"].trigger()
    assert desk.session.settings.devices == "CUDA0"
    assert entries()["CUDA0 (NVIDIA H200), 2.0 GB free"].isChecked()
    entries()["CUDA0 (NVIDIA H200), 2.0 GB free"].trigger()
    assert desk.session.settings.devices == ""
    entries()["The processor alone"].trigger()
    assert desk.session.settings.devices == "none"
    dialog.reject()
    desk.session.preferences.update(devices="CUDA7")
    dialog = open_settings(desk)
    dialog.controls["devices"].widget.menu().aboutToShow.emit()
    texts = [action.text() for action in dialog.controls["devices"].widget.menu().actions()]
    assert texts[-1] == "CUDA7 (not there)"
    dialog.reject()


def test_folders_are_added_and_removed(desk, tmp_path):
    dialog = open_settings(desk)
    folders = dialog.controls["model_folders"]
    assert not folders.list.isVisible()
    for name in ("one", "two", "two"):
        (tmp_path / name).mkdir(exist_ok=True)
        QTest.mouseClick(folders.add, Qt.MouseButton.LeftButton)
        folders.dialog.fileSelected.emit(str(tmp_path / name))
        folders.dialog.close()
    assert desk.session.settings.model_folders == (str(tmp_path / "one"), str(tmp_path / "two"))
    assert folders.list.isVisible()
    assert not folders.remove.isEnabled()
    folders.list.setCurrentRow(0)
    QTest.mouseClick(folders.remove, Qt.MouseButton.LeftButton)
    assert desk.session.settings.model_folders == (str(tmp_path / "two"),)
    dialog.restore.click()  # what a person added is no default to go back to
    assert desk.session.settings.model_folders == (str(tmp_path / "two"),)
    dialog.reject()
    desk.session.preferences.save()
    assert load_settings(desk.desk.paths.settings_file)[0].model_folders == (str(tmp_path / "two"),)


def test_memory_is_shown_while_something_is_loaded(desk):
    bars = desk.window.status_line.memory
    assert bars.isVisible()
    words = bars.words
    assert words.startswith("RAM: ")
    assert "CUDA0 (NVIDIA H200): 2.0 GB of 10.0 GB free" in words
    assert "Draft: layers: 24, weights 1.0 GB, cache 250 MB, buffers 250 MB" in words
    assert bars.accessibleDescription() == words
    desk.window.acts.unload.trigger()
    desk.wait(lambda: not bars.isVisible())


@pytest.mark.qt_log_ignore(r"does not support raise\(\)")  # offscreen, for any tooltip
def test_figures_of_memory_come_by_mouse_key_and_click(desk):
    bars = desk.window.status_line.memory
    place = bars.rect().center()
    QApplication.sendEvent(bars, QHelpEvent(QHelpEvent.Type.ToolTip, place, bars.mapToGlobal(place)))
    assert QToolTip.text() == bars.words
    QToolTip.hideText()
    desk.wait(lambda: not QToolTip.isVisible())
    bars.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(bars, Qt.Key.Key_Space)
    desk.wait(QToolTip.isVisible)
    assert QToolTip.text() == bars.words
    QToolTip.hideText()
    desk.wait(lambda: not QToolTip.isVisible())


def test_bars_are_as_full_as_the_memory_is(desk, themes):
    """Colours along the track of CUDA0: the model's, the draft's, others', then what is free."""
    bars = desk.window.status_line.memory
    image = bars.grab().toImage()
    scale = image.width() / bars.width()
    gpu = bars.track(1)
    middle = int(gpu.center().y() * scale)

    def colour(share: float) -> str:
        x = gpu.left() + gpu.width() * share
        return image.pixelColor(int(x * scale), middle).name()

    theme = themes.theme
    assert colour(0.2) == theme.plots[0]  # weights of the model: 4 of 10 GB
    assert colour(0.62) == theme.plots[1]  # weights of the draft, after the model's 5.5
    assert colour(0.95) == theme.border  # the 2 GB that are free
    bar = desk.window._memory_state.bars[1]
    assert bar.of(Owner.OTHERS) == GB


def test_a_load_of_a_pair_shows_both_and_can_be_cancelled(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes, ScriptedEngine(gated=True), start=False) as desk:
        desk.session.start(load=False)
        line = desk.window.status_line
        desk.session.choose_pair(desk.desk.model, model_file(tmp_path, "Draft.gguf"))
        desk.wait(line.cancel.isVisible)
        desk.engine.allow(1)
        desk.wait(lambda: len(desk.engine.specs) == 1)
        assert desk.window.bar.draft.value() == "Draft"
        before = desk.session.settings.draft
        QTest.mouseClick(line.cancel, Qt.MouseButton.LeftButton)
        desk.wait(lambda: desk.session.pair.state is PairState.NONE)
        assert desk.session.settings.draft == before
        assert desk.window.bar.draft.value() == {"": "None", "ngram": "n-gram lookup"}[before]
        assert not line.bar.isVisible()
        assert line.status().sentence == "No model is loaded."


@pytest.fixture
def ring(monkeypatch, clean_hub):
    ring = MemoryKeyring()
    use_keyring(monkeypatch, ring)
    yield ring
    hub_token._from_keyring.cache_clear()


@pytest.fixture
def row(qtbot, ring):
    with hub_server() as server:
        token = HubToken(Hub(server.endpoint))
        row = TokenRow(token)
        qtbot.addWidget(row)
        row.server = server
        row.show()
        qtbot.waitUntil(lambda: not token.busy)
        yield row
        assert token.close()
        token.deleteLater()
        close_session()  # the connection to the server, kept open for a next request


def test_a_token_is_typed_kept_tested_and_forgotten(qtbot, row, ring):
    assert "It will be kept in the system's keyring (Test keyring)" in row.where.text()
    assert [button.isEnabled() for button in (row.keep, row.test, row.forget)] == [False] * 3
    assert row.field.echoMode() is row.field.EchoMode.Password
    QTest.keyClicks(row.field, TOKEN)
    assert row.keep.isEnabled()
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "is kept in the system's keyring" in row.where.text())
    assert row.field.text() == ""
    assert TOKEN in ring.passwords.values()
    row.server.mode = Mode(api_body=b'{"name": "ada"}')
    QTest.mouseClick(row.test, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "the token of ada" in row.outcome.text())
    row.server.mode = Mode(status=401, error_message="Invalid credentials in Authorization header")
    QTest.mouseClick(row.test, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "refuses this token" in row.outcome.text())
    QTest.mouseClick(row.forget, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "No token yet" in row.where.text())
    assert ring.passwords == {}
    shown = " ".join(label.text() for label in row.findChildren(QLabel))
    assert TOKEN not in shown


def test_without_a_keyring_it_is_said_where_it_will_be(qtbot, row, ring, monkeypatch):
    monkeypatch.setattr(MemoryKeyring, "priority", 0)
    row._token.look()
    qtbot.waitUntil(lambda: "No keyring works here" in row.where.text())
    assert str(hub_token.token_file()) in row.where.text()


def test_the_settings_have_the_token_and_never_save_it(desk, ring):
    dialog = open_settings(desk)
    desk.wait(lambda: "No token yet" in dialog.token.where.text())
    QTest.keyClicks(dialog.token.field, TOKEN)
    QTest.mouseClick(dialog.token.keep, Qt.MouseButton.LeftButton)
    desk.wait(lambda: "is kept" in dialog.token.where.text())
    dialog.reject()
    desk.session.preferences.update(theme="dark")
    desk.session.preferences.save()
    assert TOKEN not in desk.desk.paths.settings_file.read_text()
