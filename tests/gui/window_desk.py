"""The real window over a session with a scripted engine, on a folder of its own."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desk import Desk, open_desk
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from scripted_engine import ScriptedEngine

from slipstream.bridge.model_answers import ModelParts
from slipstream.bridge.notices import Remedy
from slipstream.ui.garbage import WindowThreadGarbage
from slipstream.ui.theme import ThemeManager
from slipstream.ui.window.main_window import MainWindow


class WindowDesk:
    """The window, and the hands of the person before it."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        self.desk = desk
        self.window = window
        self.engine = desk.engine
        self.session = desk.session
        self.wait = desk.wait

    @property
    def field(self) -> QPlainTextEdit:
        return self.window.pane.composer.findChild(QPlainTextEdit)

    @property
    def shown(self) -> str:
        """The conversation as it can be read, or copied."""
        return "\n".join(f"{turn.role}: {turn.content}" for turn in self.session.chat.turns)

    def type(self, text: str) -> None:
        self.field.setFocus()
        QTest.keyClicks(self.field, text)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.window.focusWidget() or self.window, key, modifier)

    def say(self, text: str) -> None:
        """Type, press Enter, and wait until the answer is over."""
        self.type(text)
        self.key(Qt.Key.Key_Return)
        self.desk.idle()

    def press(self, remedy: Remedy) -> None:
        """The button of the newest banner that has it."""
        banner = [b for b in self.window.pane.banners.banners if remedy in b.buttons][-1]
        QTest.mouseClick(banner.buttons[remedy], Qt.MouseButton.LeftButton)

    @property
    def banners(self) -> list[str]:
        return [banner.notice.message for banner in self.window.pane.banners.banners]

    def drop(
        self,
        *files: Path,
        place: QPoint | None = None,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Drag files over the window and let them go."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
        where = place or self.window.rect().center()
        rest = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, modifiers)
        enter = QDragEnterEvent(QPointF(where), *rest)
        QApplication.sendEvent(self.window, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(self.window, QDropEvent(QPointF(where), *rest))

    def menu(self, picker) -> dict[str, object]:
        """The entries of a picker's menu as it would open now."""
        picker.menu().aboutToShow.emit()
        return {action.text(): action for action in picker.menu().actions() if action.text()}


@contextmanager
def open_window(
    qtbot,
    root: Path,
    themes: ThemeManager,
    engine: ScriptedEngine | None = None,
    start: bool = True,
    models: Callable[[], ModelParts] | None = None,
) -> Iterator[WindowDesk]:
    """A shown window; its model loaded unless `start` is False. Closed as a person closes it."""
    garbage = WindowThreadGarbage()
    with open_desk(qtbot, root, engine, models) as desk:
        window = MainWindow(desk.session, themes, desk.paths)
        window.resize(1200, 760)
        try:
            with qtbot.waitExposed(window):
                window.show()
            if start:
                desk.start()
            yield WindowDesk(desk, window)
        finally:
            window.close()
            window.deleteLater()
            _wait_for_imports()
            garbage.remove()


def _wait_for_imports() -> None:
    """A thread that still imports would collect the window's garbage as soon as Python may collect by itself."""
    for thread in threading.enumerate():
        if thread.name.startswith("import-"):
            thread.join()
