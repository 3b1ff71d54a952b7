"""The Models window over a real session, with models on this machine and an imitated hub."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hub_server import HubServer, Repo, hub_server
from model_shelf import catalog, fill, parts, repos
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from window_desk import WindowDesk, open_window

from slipstream.bridge.pair import PairState
from slipstream.models.catalog import Catalog
from slipstream.ui.models.list_rows import ITEM_ROLE
from slipstream.ui.models.window import ModelsWindow, Page
from slipstream.ui.theme import ThemeManager


class ModelsHands:
    """The window, and the hands of the person before it."""

    def __init__(self, desk: WindowDesk, server: HubServer, places: dict[str, Path]) -> None:
        self.desk, self.server, self.places = desk, server, places
        self.session = desk.session
        self.wait = desk.wait

    @property
    def window(self) -> ModelsWindow:
        window = self.desk.window.models.window
        assert window is not None
        return window

    def open(self, page: Page | None = None) -> None:
        """By its action, and wait until the models on this machine are listed."""
        self.desk.window.acts.models.trigger()
        self.opened()
        library = self.session.models.library
        self.wait(lambda: library.was_read and not library.reading)
        if page is not None:
            self.window.tabs.setCurrentIndex(page)

    def opened(self) -> None:
        """Wait until the window is there: what it is made of is imported on a thread."""
        self.wait(lambda: self.desk.window.models.window is not None)

    def click(self, button: QPushButton) -> None:
        self.wait(button.isVisible)  # what was just made is shown with the next event
        assert button.isEnabled(), "nobody could click it"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    @property
    def lines(self) -> list[str]:
        """The list of models as it reads."""
        rows = self.window.library.list.rows
        return [rows.index(i).data() for i in range(rows.rowCount())]

    def choose(self, name: str) -> None:
        """A click on a model of the list; waits until it is judged."""
        view = self.window.library.list.list
        index = self.window.library.list.rows.index(self.lines.index(name))
        view.scrollTo(index)
        place = view.visualRect(index).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, place.y()))
        self.judged()

    def judged(self) -> None:
        """Wait until the drafts of the model that is shown are judged."""
        drafts = self.window.library.details.drafts
        self.wait(lambda: bool(drafts.local or drafts.unfit) or "N-gram" in drafts.note.text())

    def search(self, text: str) -> None:
        """Type it and press Enter; wait for what is found."""
        field = self.window.hub.filters.field
        field.setFocus()
        field.clear()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        self.wait(lambda: not self.session.models.browser.searching)

    def open_repository(self, name: str) -> None:
        """A click on what was found; wait until the first header is judged."""
        view, rows, browser = self.window.hub.list, self.window.hub.rows, self.session.models.browser
        titles = [rows.index(i).data() for i in range(rows.rowCount())]
        index = rows.index(titles.index(name))
        place = view.visualRect(index).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert browser.repo == index.data(ITEM_ROLE).repo
        self.wait(
            lambda: bool(browser.verdicts) or bool(browser.read_errors) or browser.open_error is not None
        )

    def choose_variant(self, quantization: str) -> None:
        """A click on a file of the repository; wait until its own header is judged."""
        panel, browser = self.window.hub.panel, self.session.models.browser
        variants = [panel.rows.index(i).data(ITEM_ROLE) for i in range(panel.rows.rowCount())]
        number = next(i for i, variant in enumerate(variants) if variant.quantization == quantization)
        panel.list.scrollTo(panel.rows.index(number))
        place = panel.list.visualRect(panel.rows.index(number)).center()
        QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
        name = variants[number].name
        self.wait(lambda: name in browser.verdicts and browser.verdicts[name].exact)

    def ready(self) -> None:
        self.wait(lambda: self.session.pair.state is PairState.READY)


@contextmanager
def open_models(
    qtbot,
    root: Path,
    themes: ThemeManager,
    *names: str,
    known: Catalog | None = None,
    hub: tuple[Repo, ...] | None = None,
    start: bool = True,
) -> Iterator[ModelsHands]:
    """`names` of `model_shelf` lie in a folder that the person added; the hub has them all, unless told otherwise."""
    with hub_server(*(repos() if hub is None else hub)) as server:
        home = root / "home"

        def made():
            return parts(desk.desk.paths, server.endpoint, home, known or catalog())

        with open_window(qtbot, root / "session", themes, start=start, models=made) as desk:
            places = fill(root / "mine", *names) if names else {}
            if names:
                desk.session.preferences.update(model_folders=(str(root / "mine"),))
            yield ModelsHands(desk, server, places)
