"""One process at a time, and a lock that dies with its holder."""

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from slipstream.core.errors import StoreError, StoreInUseError
from slipstream.store import Store
from slipstream.store.lock import FILE_NAME, FolderLock

HOLDER = """
import sys
from pathlib import Path
from slipstream.store import Store
store = Store.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
store.close()
"""


def hold(path: Path) -> "subprocess.Popen[str]":
    """Another process that has the store open until its input ends."""
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "open\n"
    return child


def test_a_second_process_is_refused_until_the_first_closes(path: Path) -> None:
    with hold(path) as child:
        with pytest.raises(StoreInUseError) as caught:
            Store.open(path)
        assert caught.value.hint
        assert child.stdin is not None
        child.stdin.close()
        assert child.wait(10) == 0
    Store.open(path).close()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_holder_leaves_a_lock_that_opens(path: Path) -> None:
    with hold(path) as child:
        child.kill()
        assert child.wait(10) == -signal.SIGKILL
    assert (path.parent / FILE_NAME).read_text() == f"{child.pid}\n"
    with Store.open(path) as store:
        assert store.notices == ()  # nothing was lost, so there is nothing to tell


def test_one_process_cannot_open_it_twice_either(store: Store, path: Path) -> None:
    with pytest.raises(StoreInUseError):
        Store.open(path)
    store.create_conversation()  # and the first is none the worse


def test_no_other_program_can_use_the_file_meanwhile(store: Store, path: Path) -> None:
    """SQLite 3.7–3.51.2 can lose a log that two connections write."""
    other = sqlite3.connect(path, timeout=0)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("SELECT count(*) FROM message").fetchone()
    other.close()


def test_the_lock_says_whether_it_was_left_open(tmp_path: Path) -> None:
    first = FolderLock(tmp_path)
    assert not first.left_open
    first.mark_open()
    first.release()
    second = FolderLock(tmp_path)
    assert second.left_open
    second.mark_closed()
    second.release()
    second.release()
    third = FolderLock(tmp_path)
    assert not third.left_open
    third.release()


def test_a_failed_opening_gives_the_folder_back(path: Path) -> None:
    path.mkdir(parents=True)  # a folder where the file should be
    with pytest.raises(StoreError):
        Store.open(path)
    path.rmdir()
    Store.open(path).close()


def test_a_folder_that_cannot_be_made_is_an_expected_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be used"):
        Store.open(tmp_path / "file" / "data" / "slipstream.sqlite3")


def test_closing_twice_is_harmless(path: Path) -> None:
    store = Store.open(path)
    store.close()
    store.close()
    assert sorted(found.name for found in path.parent.iterdir()) == ["backups", FILE_NAME, path.name]
