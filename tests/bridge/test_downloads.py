"""The queue of downloads behind the window: real thread, real files, an imitated hub."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hub_models import FILE, MB, PARTS, QUICK, REPO, model, split_model
from hub_server import HubServer, Mode, Repo, hub_server
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from slipstream.bridge.download_thread import DownloadParts
from slipstream.bridge.downloads import ROW_ROLE, DownloadRow, Downloads, DownloadState
from slipstream.bridge.notices import Notice
from slipstream.models.download_purpose import Purpose
from slipstream.models.download_record import ModelDownload, recorded
from slipstream.models.hub import Hub
from slipstream.models.hub_files import find_variant

pytestmark = pytest.mark.usefixtures("clean_hub")
WAIT_MS = 15_000
SLOW = 2 * MB  # bytes a second: two and a half seconds a model
OTHER = "Other-Q4_0.gguf"


class Queue:
    """Downloads of one session, and what they told."""

    def __init__(self, qtbot: QtBot, server: HubServer, root: Path) -> None:
        self.qtbot, self.server, self.root = qtbot, server, root
        self.hub = Hub(server.endpoint)
        self.downloads = Downloads(DownloadParts(self.hub, root, lambda: None, replace(QUICK, tries=2)))
        self.tester = QAbstractItemModelTester(
            self.downloads, QAbstractItemModelTester.FailureReportingMode.Warning
        )
        self._open = True
        self.finished: list[DownloadRow] = []
        self.notices: list[Notice] = []
        self.downloads.finished.connect(self.finished.append)
        self.downloads.noticed.connect(self.notices.append)

    def model(self, name: str = FILE) -> ModelDownload:
        repository = self.hub.repository(REPO)
        variant = find_variant(repository.variants, name)
        assert variant is not None
        return ModelDownload.of(repository, variant)

    def state(self, id: int) -> DownloadState | None:
        row = self.downloads.row(id)
        return row.state if row else None

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=WAIT_MS)

    def wait_for(self, id: int, state: DownloadState) -> None:
        self.wait(lambda: self.state(id) is state)

    def wait_for_bytes(self, id: int) -> None:
        """Until it is under way, and has something to lose."""
        self.wait(lambda: (row := self.downloads.row(id)) is not None and row.done > 0)

    def close(self) -> None:
        """End the session; may be called twice."""
        if self._open:
            self._open = False
            assert self.downloads.close(), "the thread did not end"
            self.downloads.deleteLater()

    @property
    def resumed_at(self) -> int:
        """Where the last answer was asked to begin."""
        return int(self.server.of_files()[-1].headers["range"].removeprefix("bytes=").removesuffix("-"))


@pytest.fixture
def server() -> Iterator[HubServer]:
    files = {FILE: model(), OTHER: model(MB, seed=2), **split_model()}
    with hub_server(Repo(REPO, files)) as server:
        yield server


@pytest.fixture
def session(qtbot: QtBot, server: HubServer, tmp_path: Path) -> Iterator[Callable[[], Queue]]:
    """Begins a session on the same folder as the one before."""
    sessions: list[Queue] = []

    def begin() -> Queue:
        sessions.append(Queue(qtbot, server, tmp_path / "models"))
        return sessions[-1]

    yield begin
    for queue in sessions:
        queue.close()


@pytest.fixture
def queue(session: Callable[[], Queue]) -> Queue:
    return session()


def test_a_download_runs_to_its_end(queue: Queue) -> None:
    queue.server.mode = Mode(rate=4 * MB)
    seen: list[DownloadRow] = []
    queue.downloads.dataChanged.connect(lambda index: seen.append(index.data(ROW_ROLE)))
    id = queue.downloads.add(queue.model())
    queue.wait_for(id, DownloadState.DONE)
    (row,) = queue.finished
    assert row.place == queue.root / REPO / FILE
    assert row.place.read_bytes() == model()
    assert row.done == row.download.size
    running = [row.progress for row in seen if row.progress]
    assert any(progress.speed for progress in running)
    assert len(running) <= 10 * 2 + 5  # at most ten times a second, for little more than a second
    assert queue.notices == []


def test_one_runs_at_a_time_in_their_order(queue: Queue) -> None:
    queue.server.mode = Mode(rate=SLOW)
    first, second = queue.downloads.add(queue.model()), queue.downloads.add(queue.model(OTHER))
    assert queue.state(second) is DownloadState.WAITING
    queue.wait_for_bytes(first)
    assert queue.state(second) is DownloadState.WAITING
    queue.server.mode = Mode()
    queue.wait_for(second, DownloadState.DONE)
    assert [row.id for row in queue.finished] == [first, second]


def test_pausing_lets_the_next_one_run_and_keeps_what_came(queue: Queue) -> None:
    queue.server.mode = Mode(rate=SLOW)
    first, second = queue.downloads.add(queue.model()), queue.downloads.add(queue.model(OTHER))
    queue.wait_for_bytes(first)
    queue.downloads.pause(first)
    assert queue.state(first) is DownloadState.PAUSED
    queue.wait_for(second, DownloadState.DONE)
    kept = (queue.root / REPO / (FILE + ".part")).stat().st_size
    assert kept > 0
    queue.server.mode = Mode()
    queue.downloads.resume(first)
    queue.wait_for(first, DownloadState.DONE)
    assert queue.resumed_at == kept


def test_paused_and_resumed_at_once(queue: Queue) -> None:
    queue.server.mode = Mode(rate=SLOW)
    id = queue.downloads.add(queue.model())
    queue.wait_for_bytes(id)
    queue.downloads.pause(id)
    queue.downloads.resume(id)
    assert queue.state(id) is DownloadState.WAITING
    queue.wait_for(id, DownloadState.RUNNING)
    queue.server.mode = Mode()
    queue.downloads.pause(id)
    queue.downloads.resume(id)
    queue.wait_for(id, DownloadState.DONE)
    assert (queue.root / REPO / FILE).read_bytes() == model()


def test_one_that_waits_may_be_paused_and_cancelled(queue: Queue) -> None:
    queue.server.mode = Mode(rate=SLOW)
    first, second = queue.downloads.add(queue.model()), queue.downloads.add(queue.model(OTHER))
    queue.downloads.pause(second)
    queue.server.mode = Mode()
    queue.wait_for(first, DownloadState.DONE)
    assert queue.state(second) is DownloadState.PAUSED
    queue.downloads.cancel(second)
    assert queue.state(second) is None
    assert queue.downloads.rowCount() == 1


@pytest.mark.parametrize("paused", [False, True])
def test_cancelling_deletes_what_came(queue: Queue, paused: bool) -> None:
    queue.server.mode = Mode(rate=SLOW)
    id = queue.downloads.add(queue.model())
    queue.wait_for_bytes(id)
    if paused:
        queue.downloads.pause(id)
    queue.downloads.cancel(id)
    assert queue.downloads.rowCount() == 0
    queue.wait(lambda: not list(queue.root.rglob("*")))
    assert queue.notices == []


def test_a_finished_one_is_only_taken_out_of_the_list(queue: Queue) -> None:
    id = queue.downloads.add(queue.model())
    queue.wait_for(id, DownloadState.DONE)
    queue.downloads.cancel(id)
    assert queue.downloads.rowCount() == 0
    assert (queue.root / REPO / FILE).is_file()


def test_what_fails_says_why_and_can_be_resumed(queue: Queue) -> None:
    download = queue.model()
    queue.server.mode = Mode(status=503, files_only=True)
    id = queue.downloads.add(download)
    queue.wait_for(id, DownloadState.FAILED)
    row = queue.downloads.row(id)
    assert row is not None
    assert row.error is not None
    assert "trouble" in row.error.message
    (notice,) = queue.notices
    assert notice.message == f"{FILE} was not downloaded: {row.error.message}"
    gone: list[str] = []
    queue.downloads.resolved.connect(gone.append)
    queue.server.mode = Mode()
    queue.downloads.resume(id)
    queue.wait_for(id, DownloadState.DONE)
    assert queue.downloads.rows[0].error is None
    assert gone == [notice.topic]


def test_a_failure_lets_the_next_one_run(queue: Queue) -> None:
    bad, good = queue.model(), queue.model(OTHER)
    evil = replace(bad, files=(replace(bad.files[0], path="../../evil.gguf"),))
    first, second = queue.downloads.add(evil), queue.downloads.add(good)
    queue.wait_for(second, DownloadState.DONE)
    assert queue.state(first) is DownloadState.FAILED


def test_the_same_model_is_queued_once(queue: Queue) -> None:
    queue.server.mode = Mode(rate=SLOW)
    id = queue.downloads.add(queue.model())
    assert queue.downloads.add(queue.model()) == id
    queue.downloads.pause(id)
    assert queue.downloads.add(queue.model()) == id
    assert queue.state(id) in (DownloadState.WAITING, DownloadState.RUNNING)
    queue.server.mode = Mode()
    queue.wait_for(id, DownloadState.DONE)
    assert queue.downloads.rowCount() == 1


def test_what_an_earlier_session_began_is_listed_and_goes_on(session: Callable[[], Queue]) -> None:
    before = session()
    before.server.mode = Mode(rate=SLOW)
    id = before.downloads.add(before.model())
    before.wait_for_bytes(id)
    before.close()
    kept = (before.root / REPO / (FILE + ".part")).stat().st_size
    before.server.mode = Mode()
    after = session()
    after.downloads.start()
    after.wait(lambda: after.downloads.rowCount() == 1)
    (row,) = after.downloads.rows
    assert (row.state, row.done, row.download.name) == (DownloadState.PAUSED, kept, FILE)
    after.downloads.resume(row.id)
    after.wait_for(row.id, DownloadState.DONE)
    assert after.resumed_at == kept
    after.downloads.start()
    after.downloads.add(after.model(OTHER))
    after.wait(lambda: len(after.finished) == 2)
    assert after.downloads.rowCount() == 2  # what is whole is not listed again


def begun(queue: Queue, name: str = FILE, purpose: Purpose | None = None) -> int:
    """A slow one that has something to lose."""
    queue.server.mode = Mode(rate=SLOW)
    id = queue.downloads.add(replace(queue.model(name), purpose=purpose))
    queue.wait_for_bytes(id)
    return id


def listed(queue: Queue, count: int = 1) -> tuple[DownloadRow, ...]:
    """What a session finds of the one before."""
    queue.server.mode = Mode()
    queue.downloads.start()
    queue.wait(lambda: queue.downloads.rowCount() == count)
    return queue.downloads.rows


DRAFT = Purpose(Path("/models/Big.gguf"))


@pytest.mark.parametrize("purpose", [None, Purpose(), DRAFT])
def test_what_it_is_for_is_known_after_a_restart(
    session: Callable[[], Queue], purpose: Purpose | None
) -> None:
    before = session()
    begun(before, purpose=purpose)
    before.close()
    after = session()
    (row,) = listed(after)
    assert row.download.purpose == purpose
    after.downloads.resume(row.id)
    after.wait_for(row.id, DownloadState.DONE)
    assert after.finished[0].download.purpose == purpose


def test_what_only_waited_is_known_after_a_restart(session: Callable[[], Queue]) -> None:
    before = session()
    begun(before)
    before.downloads.add(replace(before.model(OTHER), purpose=DRAFT))
    before.close()
    after = session()
    rows = {row.download.name: row for row in listed(after, 2)}
    waited = rows[OTHER]
    assert (waited.state, waited.done, waited.download.purpose) == (DownloadState.PAUSED, 0, DRAFT)
    after.downloads.resume(waited.id)
    after.wait_for(waited.id, DownloadState.DONE)
    assert waited.download.place(after.root, waited.download.files[0]).read_bytes() == model(MB, seed=2)


@pytest.mark.parametrize("close_at_once", [False, True])
def test_another_purpose_given_on_the_way_is_the_one_that_counts(
    session: Callable[[], Queue], close_at_once: bool
) -> None:
    before = session()
    id = begun(before, purpose=Purpose())
    assert before.downloads.add(replace(before.model(), purpose=DRAFT)) == id
    if not close_at_once:
        before.wait_for(id, DownloadState.RUNNING)
        before.downloads.add(before.model())  # for nothing in particular: that changes nothing
        before.wait_for_bytes(id)
    before.close()
    after = session()
    (row,) = listed(after)
    assert row.download.purpose == DRAFT
    assert row.done > 0


def test_a_new_purpose_goes_on_where_the_download_was(queue: Queue) -> None:
    id = begun(queue)
    queue.downloads.add(replace(queue.model(), purpose=DRAFT))
    queue.server.mode = Mode()
    queue.wait_for(id, DownloadState.DONE)
    assert queue.resumed_at > 0
    assert queue.finished[0].download.purpose == DRAFT
    assert len(queue.finished) == 1


def test_what_is_cancelled_beside_another_goes_at_once(queue: Queue) -> None:
    first = begun(queue)
    queue.downloads.pause(first)
    second = begun(queue, OTHER)
    queue.downloads.cancel(first)
    part = queue.root / REPO / (FILE + ".part")
    queue.wait(lambda: not part.exists())
    assert queue.state(second) is DownloadState.RUNNING
    queue.server.mode = Mode()
    queue.wait_for(second, DownloadState.DONE)


def test_cancelled_and_wanted_again_at_once_begins_anew(queue: Queue) -> None:
    first = begun(queue)
    queue.downloads.pause(first)
    queue.downloads.cancel(first)
    queue.server.mode = Mode()
    again = queue.downloads.add(queue.model())
    queue.wait_for(again, DownloadState.DONE)
    assert (queue.root / REPO / FILE).read_bytes() == model()


def test_one_cancelled_right_before_the_end_of_the_session_does_not_come_back(
    session: Callable[[], Queue],
) -> None:
    before = session()
    before.downloads.cancel(begun(before))
    before.close()
    assert not list(before.root.rglob("*.part"))
    assert list(recorded(before.root)) == []


def test_a_resumed_one_goes_by_what_it_had_learnt(queue: Queue) -> None:
    """The file was replaced on the hub while it was downloaded: a pause does not bring the old one back."""
    download = queue.model()
    new = model(seed=9)
    queue.server.repos[REPO].files[FILE] = new
    queue.server.repos[REPO].commit = "b" * 40
    queue.server.mode = Mode(rate=SLOW)
    id = queue.downloads.add(download)
    queue.wait_for_bytes(id)
    queue.downloads.pause(id)
    other = queue.downloads.add(queue.model(OTHER))
    queue.wait_for(other, DownloadState.DONE)
    kept = (queue.root / REPO / (FILE + ".part")).stat().st_size
    queue.server.mode = Mode()
    queue.downloads.resume(id)
    queue.wait_for(id, DownloadState.DONE)
    assert queue.resumed_at == kept
    assert (queue.root / REPO / FILE).read_bytes() == new


def test_a_split_model_is_one_row(queue: Queue) -> None:
    id = queue.downloads.add(queue.model("Q8_0"))
    queue.wait_for(id, DownloadState.DONE)
    assert queue.finished[0].place == queue.root / REPO / PARTS[0]
    assert queue.finished[0].done == 3 * MB


def test_closing_ends_a_download_that_hangs(queue: Queue) -> None:
    download = queue.model()
    queue.server.mode = Mode(stall_after=MB)
    id = queue.downloads.add(download)
    queue.server.wait(lambda: queue.server.sent >= MB)
    assert queue.state(id) is DownloadState.RUNNING
    queue.close()
    (kept,) = recorded(queue.root)
    assert not kept.finished


def test_rows_for_a_view(queue: Queue) -> None:
    queue.server.mode = Mode(rate=SLOW)
    queue.downloads.add(queue.model())
    index = queue.downloads.index(0)
    assert index.data() == FILE
    assert index.data(Qt.ItemDataRole.ToolTipRole) == REPO
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == f"{FILE}, downloading"
    assert isinstance(index.data(ROW_ROLE), DownloadRow)
    assert queue.downloads.rowCount(index) == 0
