"""The frame of the window: list, settings, shortcuts, geometry, restart."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from window_desk import open_window

from slipstream.bridge.notices import Remedy
from slipstream.core.settings import Settings
from slipstream.ui.window.settings_dialog import SECTIONS, SettingsDialog, by_section, shown_fields

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        yield desk


def rows(desk):
    model = desk.session.conversations
    return [model.index(i).data() for i in range(model.rowCount())]


def test_conversations_are_listed_newest_first_and_opened_by_a_click(desk, qtbot):
    desk.say("First question")
    desk.key(Qt.Key.Key_N, CONTROL)
    assert desk.session.chat.turns == []
    desk.say("Second question")
    desk.wait(lambda: rows(desk) == ["Second question", "First question"])
    sidebar = desk.window.sidebar
    sidebar.list.clicked.emit(desk.session.conversations.index(1))
    desk.wait(lambda: desk.shown.startswith("user: First question"))
    assert sidebar.list.currentIndex().data() == "First question"


def test_a_conversation_moved_out_of_the_list_comes_back_by_undo(desk):
    desk.say("Keep me")
    desk.wait(lambda: rows(desk) == ["Keep me"])
    desk.window.sidebar.remove.trigger()
    assert rows(desk) == []
    assert desk.session.chat.turns == []
    desk.press(Remedy.UNDO_REMOVE)
    desk.wait(lambda: rows(desk) == ["Keep me"])
    desk.wait(lambda: len(desk.session.chat.turns) == 2)


def test_a_conversation_is_renamed_in_place(desk, qtbot):
    desk.say("Old name")
    desk.wait(lambda: rows(desk) == ["Old name"])
    desk.window.sidebar.rename.trigger()
    editor = desk.window.sidebar.list.findChild(QLineEdit)
    editor.setText("New name")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    desk.wait(lambda: rows(desk) == ["New name"])
    desk.wait(lambda: desk.window.windowTitle() == "New name — Slipstream")


def test_a_restart_keeps_conversations_geometry_and_what_was_typed(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.say("Remember this")
        desk.type("half a thought")
        desk.window.resize(1010, 640)
        desk.window.acts.dashboard.trigger()
    with open_window(qtbot, tmp_path, themes, start=False) as desk:
        assert desk.session.settings.target == str(desk.desk.model)
        desk.session.start()
        desk.wait(lambda: rows(desk) == ["Remember this"])
        assert not desk.window.dashboard.isVisible()
        desk.window.sidebar.list.clicked.emit(desk.session.conversations.index(0))
        desk.wait(lambda: len(desk.session.chat.turns) == 2)
        assert desk.field.toPlainText() == "half a thought"
        desk.wait(lambda: desk.session.pair.loaded is not None)


def test_what_was_typed_in_a_new_conversation_survives_a_restart(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.type("not sent yet")
    with open_window(qtbot, tmp_path, themes) as desk:
        assert desk.field.toPlainText() == "not sent yet"
        desk.key(Qt.Key.Key_Return)
        desk.desk.idle()
        assert desk.desk.answers
    with open_window(qtbot, tmp_path, themes) as desk:
        assert desk.field.toPlainText() == ""


def test_what_was_typed_in_a_new_conversation_survives_though_another_is_shown_at_the_end(
    qtbot, tmp_path, themes
):
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.say("An older one")
        desk.wait(lambda: rows(desk) == ["An older one"])
        desk.key(Qt.Key.Key_N, CONTROL)
        desk.type("not sent yet")
        desk.window.sidebar.list.clicked.emit(desk.session.conversations.index(0))
        desk.wait(lambda: len(desk.session.chat.turns) == 2)
        assert desk.field.toPlainText() == ""
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.wait(lambda: len(desk.session.chat.turns) == 2)  # the other is shown again
        assert desk.field.toPlainText() == ""
        desk.key(Qt.Key.Key_N, CONTROL)
        assert desk.field.toPlainText() == "not sent yet"


def test_the_settings_dialog_builds_itself_and_acts_at_once(desk):
    desk.key(Qt.Key.Key_Comma, CONTROL)
    dialog = desk.window.commands.dialog
    assert isinstance(dialog, SettingsDialog)
    assert set(dialog.controls) == {spec.name for spec in shown_fields()}
    controls = dialog.controls
    controls["draft_max"].widget.setValue(7)
    dark = next(b for b in controls["theme"].widget.findChildren(QPushButton) if b.text() == "Dark")
    dark.click()
    controls["ctx_size"].widget.setValue(8192)
    controls["speculate"].widget.click()
    lossy = [
        b for b in controls["accept"].widget.findChildren(QPushButton) if "changes the output" in b.text()
    ]
    assert [button.text().split(":")[0] for button in lossy] == ["Relaxed", "Typical"]
    lossy[1].click()
    settings = desk.session.settings
    assert settings.accept == "typical"
    assert (settings.draft_max, settings.theme, settings.speculate) == (7, "dark", False)
    assert not desk.window.bar.speculate.isChecked()
    dialog.reject()
    assert any("loaded again" in text for text in desk.banners)
    desk.press(Remedy.RELOAD)
    desk.wait(lambda: desk.engine.specs[-1].ctx_size == 8192)


def test_a_reload_by_any_way_takes_the_offer_to_reload_away(desk):
    desk.window.acts.settings.trigger()
    desk.window.commands.dialog.controls["ctx_size"].widget.setValue(8192)
    desk.window.commands.dialog.reject()
    assert any("loaded again" in text for text in desk.banners)
    desk.session.choose_target(desk.desk.model)
    desk.wait(lambda: desk.session.pair.loaded is not None and desk.session.pair.loaded.n_ctx == 8192)
    assert desk.banners == []


def test_defaults_can_be_restored(desk):
    desk.session.preferences.update(draft_max=9, show_tokens=True, theme="dark")
    desk.window.acts.settings.trigger()
    desk.window.commands.dialog.restore.click()
    settings = desk.session.settings
    default = Settings()
    assert (settings.draft_max, settings.show_tokens, settings.theme) == (
        default.draft_max,
        default.show_tokens,
        default.theme,
    )
    assert settings.target == str(desk.desk.model)  # what is chosen elsewhere stays
    desk.window.commands.dialog.reject()


def test_restored_defaults_can_be_undone_but_for_what_was_changed_since(desk):
    desk.session.preferences.update(ctx_size=8192, draft_max=9, threads=7)
    desk.window.acts.settings.trigger()
    dialog = desk.window.commands.dialog
    dialog.restore.click()
    assert desk.session.settings.ctx_size == Settings().ctx_size
    dialog.controls["threads"].widget.setValue(20)
    dialog.restore.click()
    settings = desk.session.settings
    assert (settings.ctx_size, settings.draft_max, settings.threads) == (8192, 9, 20)
    dialog.restore.click()
    assert desk.session.settings.ctx_size == Settings().ctx_size
    dialog.reject()


def test_the_theme_follows_the_setting(desk, themes):
    desk.session.preferences.update(theme="dark")
    assert themes.theme.is_dark
    desk.session.preferences.update(theme="light")
    assert not themes.theme.is_dark


def test_shortcuts_toggle_the_sides_and_the_tokens(desk):
    window = desk.window
    before = window.sidebar.isVisible()
    desk.key(Qt.Key.Key_B, CONTROL)
    assert window.sidebar.isVisible() is not before
    desk.key(Qt.Key.Key_J, CONTROL)
    assert not window.dashboard.isVisible()
    desk.key(Qt.Key.Key_T, CONTROL)
    assert desk.session.settings.show_tokens


def test_every_action_with_a_shortcut_says_so(desk):
    for action in desk.window.actions():
        if not action.shortcut().isEmpty():
            assert action.shortcut().toString() in action.toolTip(), action.text()


def test_closing_while_answering_is_quick_and_keeps_the_answer(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.engine.gated = True
        desk.type("Go")
        desk.key(Qt.Key.Key_Return)
        desk.desk.steps(3)
    assert desk.engine.closed
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.wait(lambda: rows(desk) == ["Go"])
        desk.window.sidebar.list.clicked.emit(desk.session.conversations.index(0))
        desk.wait(lambda: len(desk.session.chat.turns) == 2)
        assert desk.session.chat.turns[1].content.startswith(" ".join(desk.engine.words[:3]))


def test_each_section_of_the_settings_names_real_fields():
    known = {spec.name for spec in shown_fields()}
    assert {name for own in SECTIONS.values() for name in own} <= known
    assert sorted(spec.name for own in by_section().values() for spec in own) == sorted(known)


def test_the_pair_is_measured_from_the_menu_and_escape_ends_it(desk, qtbot):
    acts, line = desk.window.acts, desk.window.status_line
    assert acts.measure.isEnabled()
    desk.engine.gated = True
    acts.measure.trigger()
    desk.wait(lambda: line.status().sentence == "Measuring what this pair costs… 0 %")
    assert line.bar.isVisible()
    assert not acts.measure.isEnabled()
    assert acts.measure.toolTip() == "The pair is being measured."
    assert acts.stop.isEnabled()
    desk.key(Qt.Key.Key_Escape)
    desk.wait(acts.measure.isEnabled)
    assert not line.bar.isVisible()
    assert not acts.stop.isEnabled()
    assert desk.banners == []
    acts.measure.trigger()
    desk.engine.allow(100)
    desk.wait(lambda: bool(desk.banners))
    assert desk.banners[0].startswith("Measured: at best")
    desk.wait(acts.measure.isEnabled)
    desk.window.acts.unload.trigger()
    desk.wait(lambda: not acts.measure.isEnabled())
    assert acts.measure.toolTip() == "No model is loaded."
