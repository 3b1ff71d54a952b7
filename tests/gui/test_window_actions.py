"""Every action of the window, and every entry of the menus behind its pickers, can be chosen and is no bug.

(pytest-qt fails a test on an exception in the event loop.)
"""

import pytest
from models_desk import ModelsHands, open_models
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QMenu


@pytest.fixture(autouse=True)
def _no_models_of_this_machine(clean_hub: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLIPSTREAM_MODELS", "OLLAMA_MODELS", "LLAMA_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def hands(qtbot, tmp_path, themes):
    with open_models(qtbot, tmp_path, themes, "Big") as hands:
        hands.desk.say("A question")
        hands.desk.say("And another one")
        yield hands


def entries(menu: QMenu) -> dict[str, QAction]:
    """A picker's menu as it would open now."""
    menu.aboutToShow.emit()
    return {action.text(): action for action in menu.actions() if action.text()}


def choose(hands: ModelsHands, action: QAction) -> None:
    """Choose it, wait until nothing is under way, and close what it opened."""
    action.trigger()
    QApplication.processEvents()
    hands.desk.desk.idle()
    hands.ready()
    for widget in QApplication.topLevelWidgets():
        if widget.isVisible() and isinstance(widget, QDialog | QMenu):
            widget.close()
    QApplication.processEvents()


def test_every_action_can_be_taken(hands):
    window = hands.desk.window
    not_here = (window.acts.quit, window.acts.open_logs, window.acts.unload)
    taken = 0
    for action in window.actions():
        if action.isEnabled() and action not in not_here:
            choose(hands, action)
            taken += 1
    assert taken > 30


@pytest.mark.parametrize("picker", ["target", "draft", "length"])
def test_every_entry_of_a_picker_can_be_chosen(hands, picker):
    menu = getattr(hands.desk.window.bar, picker).menu()
    for text in entries(menu):
        action = entries(menu)[text]
        if action.isEnabled():
            choose(hands, action)
    assert hands.desk.banners == []
