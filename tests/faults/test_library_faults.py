"""FAULTS.md, the library's rows: a large history, a rude search, files that are damaged, a disk that fills up."""

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from slipstream.core.chat import Role
from slipstream.core.errors import StoreError, TransferError
from slipstream.core.transfer import Reading, SavedConversation, SavedMessage
from slipstream.store import Store

NOW = datetime(2026, 7, 28, 12, tzinfo=UTC)
MEGABYTE = "needle " + "filler and more of it " * 47_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "slipstream.sqlite3"


def test_a_message_of_a_megabyte_is_kept_searched_and_opened(path: Path) -> None:
    with Store.open(path) as store:
        made = store.create_conversation()
        store.add_user_message(made.id, MEGABYTE)
        store.add_user_message(made.id, "x" * 1_000_000 + " needle")
        for query in ("needle", "fi", '"of it filler"', "x" * 60, "and more"):
            started = time.monotonic()
            found = store.search(query)
            assert time.monotonic() - started < 2  # milliseconds; a bound that only a growing cost breaks
            assert found.hits, query
            assert all(len("".join(part.text for part in hit.snippet)) < 400 for hit in found.hits)
        assert len(store.load_branch(made.id)[0].content) == len(MEGABYTE)
        assert len(store.conversation(made.id).title) <= 60


@pytest.mark.heavy
def test_a_hundred_thousand_messages_are_searched_and_opened_at_once(path: Path) -> None:
    """Figures are in the benchmarks; here bounds that only a scan breaks."""
    with Store.open(path, back_up=False) as store:
        with store._db.write(durable=False) as db:
            for home in range(1, 1001):
                db.run(
                    """INSERT INTO conversation (id, title, activity, created_at, updated_at, current_leaf)
                       VALUES (?, 'talk', ?, '2026-07-28T00:00:00+00:00', '2026-07-28T00:00:00+00:00', NULL)""",
                    *(home, home),
                )
                for place in range(100):
                    number = (home - 1) * 100 + place + 1
                    db.run(
                        """INSERT INTO message (id, conversation_id, parent_id, role, content, state, created_at)
                           VALUES (?, ?, ?, 'user', ?, 'complete', '2026-07-28T00:00:00+00:00')""",
                        *(
                            number,
                            home,
                            number - 1 if place else None,
                            f"common words here, number n{number}",
                        ),
                    )
            db.run("UPDATE conversation SET current_leaf = id * 100")
        for query in ("common", "co", "n77777", "common words n5", "missing"):
            started = time.monotonic()
            store.search(query)
            assert time.monotonic() - started < 0.5, query
        started = time.monotonic()
        assert len(store.load_branch(500)) == 100
        assert time.monotonic() - started < 0.5


@pytest.mark.parametrize(
    "kind", ["html", "zeroes", "random", "cut", "utf-16 without its mark", "a database", "endless list"]
)
def test_a_file_that_is_no_history_is_refused_quickly(tmp_path: Path, path: Path, kind: str) -> None:
    good = json.dumps([{"conversations": [{"from": "human", "value": "x" * 1000}]}] * 500)
    data = {
        "html": b"<!DOCTYPE html><title>404</title>" * 1000,
        "zeroes": bytes(1_000_000),
        "random": os.urandom(1_000_000),
        "cut": good[:-1000].encode(),
        "utf-16 without its mark": good.encode("utf-16-le"),
        "a database": b"SQLite format 3\0" + bytes(4096),
        "endless list": b"[" * 5_000_000,
    }[kind]
    file = tmp_path / "file.json"
    file.write_bytes(data)
    started = time.monotonic()
    with pytest.raises(TransferError, match="cannot be imported"):
        for _ in Reading(file, NOW):
            pass
    assert time.monotonic() - started < 5


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of POSIX")
def test_a_pipe_or_a_device_is_no_history(tmp_path: Path) -> None:
    """Opening a pipe would wait for its writer, with all that the store has to do behind it."""
    pipe, device = tmp_path / "pipe.json", tmp_path / "device.json"
    os.mkfifo(pipe)
    device.symlink_to("/dev/zero")
    for path in (pipe, device):
        with pytest.raises(TransferError, match=rf"{path.name} cannot be imported: it is not a regular file"):
            list(Reading(path, NOW))


@pytest.mark.heavy
@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted otherwise there")
def test_a_huge_file_takes_little_memory(tmp_path: Path) -> None:
    """200 MB of turns, read in a process that may have 400 MB in all."""
    file = tmp_path / "huge.jsonl"
    line = json.dumps({"conversations": [{"from": "human", "value": "word " * 4000}] * 10}) + "\n"
    with file.open("w") as out:
        for _ in range(1000):
            out.write(line)
    script = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from slipstream.core.transfer import Reading
count = sum(1 for _ in Reading(Path(sys.argv[1]), datetime.now(UTC)))
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(file)], capture_output=True, text=True, check=True
    )
    count, megabytes = map(int, done.stdout.split())
    assert count == 11_000
    assert megabytes < 400


def test_a_full_disk_ends_an_import_and_nothing_of_it_is_seen(path: Path) -> None:
    item = SavedMessage(1, None, Role.USER, "needle " * 2000, NOW)
    with Store.open(path) as store:
        kept = store.add_user_message(store.create_conversation("kept").id, "kept")
        incoming = store.incoming()
        pages = store._db.rows("PRAGMA page_count")[0][0]
        store._db.run(f"PRAGMA max_page_count = {pages + 40}")  # as if the disk had no more
        with pytest.raises(StoreError, match="The disk is full"):
            for _ in range(100):
                incoming.take([item, SavedConversation("x", NOW, NOW)])
        store._db.run("PRAGMA max_page_count = 1000000000")
        assert [home.title for home in store.list_conversations()] == ["kept"]
        assert [hit.message for hit in store.search("kept").hits if hit.message] == [kept.id]
        assert store.search("needle").hits == ()
        while store.purge_some():
            pass
        assert len(store._db.rows("SELECT id FROM message")) == 1
