"""Pictures of the list of conversations and of what a search finds, light and dark, to be looked at.

    .venv/bin/python tests/gui/gallery_library.py FOLDER

QT_SCALE_FACTOR=2 shows them at 200 %.
"""

import os
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from gallery_waiting import until
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from slipstream.bridge.groups import DELETED, Group, Kind
from slipstream.build import compose
from slipstream.core.chat import Role
from slipstream.core.paths import AppPaths
from slipstream.core.transfer import SavedConversation, SavedMessage
from slipstream.store import Store
from slipstream.ui.theme import ThemeManager
from slipstream.ui.window.main_window import MainWindow

TALKS = (  # title, days ago, folder, pinned, question, thinking, answer
    ("How tides work", 0, "", True, "How do tides work?", "", "By the gravity of the Moon, and of the Sun."),
    ("Speculative decoding, explained to a child", 0, "", False, "Explain speculative decoding to a child", "",
     "A quick little helper guesses the next words, and the careful one checks all of them at once."),
    ("Prime factors of n in Python", 0, "", False, "Write a function", "I could decode the number digit by digit.",
     "```python\ndef factors(n): ...\n```"),
    ("Übersetzung eines sehr langen Titels, der nicht in die Spalte passt", 1, "", False, "Übersetze", "", "Gern."),
    ("Packing list for Lisbon", 1, "Travel", False, "What should I pack?", "", "Light clothes and a hat."),
    ("Trains from Porto to Lisbon", 3, "Travel", False, "Which trains run?", "", "The Alfa Pendular, hourly."),
    ("Decoder-only or encoder-decoder?", 4, "Work & study", False, "Which decodes faster?", "", "Decoder-only."),
    ("推测解码是什么？", 5, "", False, "推测解码是什么？", "", "一个小模型先猜测接下来的词。"),
    ("מהו פענוח ספקולטיבי?", 6, "", False, "מהו פענוח ספקולטיבי?", "", "מודל קטן מנחש."),
    ("Why the sky is blue", 20, "", False, "Why is the sky blue?", "", "Rayleigh scattering."),
    ("Knitting patterns", 60, "", False, "Decode this knitting pattern: k2 p2", "", "Knit two, purl two."),
    ("A letter to my landlord", 400, "", False, "Write a letter", "", "Dear Sir or Madam,"),
)  # fmt: skip


def fill(paths: AppPaths) -> None:
    """A history as of half a year's use."""
    with Store.open(paths.database) as store:
        incoming = store.incoming()
        for title, days, folder, pinned, question, thinking, answer in reversed(TALKS):
            when = datetime.now(UTC) - timedelta(days=days, minutes=7)
            incoming.take(
                [
                    SavedMessage(1, None, Role.USER, question, when),
                    SavedMessage(2, 1, Role.ASSISTANT, answer, when, thinking),
                    SavedConversation(title, when, when, folder, pinned, current=2),
                ]
            )
        made = incoming.reveal()
        store.delete_conversation(made[0])


def main(folder: Path) -> None:
    app = QApplication([])
    app.setFont(QFont("Inter"))
    folder.mkdir(parents=True, exist_ok=True)
    themes = ThemeManager()
    themes.apply(app)
    with tempfile.TemporaryDirectory() as home:
        paths = AppPaths(*(Path(home) / name for name in ("data", "config", "logs", "cache"))).create()
        fill(paths)
        session = compose(paths)
        window = MainWindow(session, themes, paths)
        window.resize(1180, 860)
        window.show()
        session.start(load=False)
        until(lambda: bool(session.conversations.rows))
        window.acts.sidebar.setChecked(True)
        window.acts.dashboard.setChecked(False)
        session.chat.open(session.conversations.rows[1].id)
        until(lambda: bool(session.chat.turns))
        session.groups.set_answering(session.conversations.rows[2].id)
        window.sidebar.show_answering(session.conversations.rows[2].id)
        for mode in ("light", "dark"):
            themes.set_mode(mode)
            take(window, folder, mode)
        window.close()
        session.close()


def take(window: MainWindow, folder: Path, mode: str) -> None:
    """Each main state of the sidebar."""
    sidebar, groups = window.sidebar, window._session.groups

    def save(name: str, whole: bool = False) -> None:
        until(lambda: False, 60)
        (window if whole else sidebar).grab().save(str(folder / f"library_{name}_{mode}.png"))

    save("list", whole=True)
    groups.toggle(DELETED)
    groups.toggle(Group(Kind.FOLDER, "Travel"))
    sidebar.list.setFocus()
    sidebar.list.setCurrentIndex(groups.index_of_heading(Group(Kind.FOLDER, "Travel")))
    save("folded")
    groups.toggle(DELETED)
    groups.toggle(Group(Kind.FOLDER, "Travel"))
    sidebar.list.setCurrentIndex(groups.index(1))
    sidebar.list.rename.trigger()
    save("renaming")
    sidebar.list.closePersistentEditor(groups.index(1))
    sidebar.list.setFocus()
    sidebar.field.setText("deco")
    until(lambda: not window._session.finder.results.is_pending)
    sidebar.results.enter()
    sidebar.results.setCurrentIndex(sidebar.results.model().index(6, 0))
    sidebar.results.activated.emit(sidebar.results.currentIndex())
    until(lambda: window.pane.view.canvas.marked is not None, 3000)
    save("found", whole=True)
    sidebar.field.setText("解码")
    until(lambda: not window._session.finder.results.is_pending)
    save("found_chinese")
    sidebar.field.setText("walrus")
    until(lambda: not window._session.finder.results.is_pending)
    save("nothing")
    sidebar.field.clear()
    menu = sidebar.list.make_menu(groups.index(1).data(Qt.ItemDataRole.UserRole + 1))
    sidebar.list.setCurrentIndex(groups.index(1))
    menu.popup(sidebar.mapToGlobal(sidebar.rect().center()))
    until(lambda: False, 60)
    menu.grab().save(str(folder / f"library_menu_{mode}.png"))
    menu.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
