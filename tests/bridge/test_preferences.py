"""Settings that change as a whole and are saved a moment later."""

import os

import pytest

from slipstream.bridge.preferences import Preferences
from slipstream.core.settings import Settings, load_settings


def test_a_change_is_told_once_and_saved(qtbot, tmp_path):
    path = tmp_path / "settings.json"
    preferences = Preferences(Settings(), path)
    told = []
    preferences.changed.connect(told.append)
    preferences.update(temperature=0.1)
    preferences.update(temperature=0.1)
    assert [settings.temperature for settings in told] == [0.1]
    qtbot.waitUntil(path.exists)
    assert load_settings(path)[0].temperature == 0.1


def test_flush_saves_what_waits(tmp_path, qapp):
    path = tmp_path / "settings.json"
    preferences = Preferences(Settings(), path)
    preferences.flush()
    assert not path.exists()
    preferences.update(theme="dark")
    preferences.flush()
    assert load_settings(path)[0].theme == "dark"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no POSIX permissions")
def test_a_failed_save_is_told(tmp_path, qtbot):
    blocked = tmp_path / "file"
    blocked.write_text("in the way of a folder")
    preferences = Preferences(Settings(), blocked / "settings.json")
    preferences.update(theme="dark")
    with qtbot.waitSignal(preferences.failed) as failed:
        preferences.save()
    assert "could not be saved" in failed.args[0].message
