"""Banners, apart from the window: what is read out."""

import pytest
from PySide6.QtGui import QAccessible
from screen_reader import ScreenReader

from slipstream.bridge.notices import Level, Notice
from slipstream.ui.window import banner
from slipstream.ui.window.banner import BannerStack

Politeness = QAccessible.AnnouncementPoliteness


@pytest.mark.parametrize(
    ("level", "politeness"),
    [
        (Level.ERROR, Politeness.Assertive),
        (Level.WARNING, Politeness.Polite),
        (Level.INFO, Politeness.Polite),
    ],
)
def test_a_banner_is_read_out_errors_at_once(qtbot, themes, monkeypatch, level, politeness):
    reader = ScreenReader()
    monkeypatch.setattr(banner, "QAccessible", reader)
    stack = BannerStack(themes)
    qtbot.addWidget(stack)
    stack.show_notice(Notice(level, "The disk is full.", "Make room."))
    assert reader.heard == [("The disk is full. Make room.", politeness)]
