"""FAULTS.md, the store's rows: damage, a missing log, the future, a full disk, half-written settings, rude text."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from slipstream.core.errors import NewerStoreError, StoreError
from slipstream.core.settings import Settings, load_settings, save_settings
from slipstream.store import Store, opening
from slipstream.store.opening import log_of

PAGE = 4096
NOON = datetime(2026, 7, 28, 12, tzinfo=UTC)
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "slipstream.sqlite3"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one conversation, in a file and in the copy of noon."""
    folder = tmp_path_factory.mktemp("template")
    with Store.open(folder / "slipstream.sqlite3", now=lambda: NOON, back_up=False) as store:
        made = store.create_conversation()
        for number in range(60):
            store.add_user_message(made.id, f"message {number} " * 30)
        store.back_up_if_due()
    return folder


@pytest.fixture
def filled(template: Path, path: Path) -> Path:
    shutil.copytree(template, path.parent)
    return path


def everything(path: Path) -> dict[str, bytes]:
    """The data folder's files, but for the lock."""
    return {
        str(found.relative_to(path.parent)): found.read_bytes()
        for found in path.parent.rglob("*")
        if found.is_file() and found.suffix != ".lock"
    }


def contents(store: Store) -> list[str]:
    return [message.content for message in store.load_branch(1)]


def set_aside(path: Path) -> list[Path]:
    return sorted(found for found in (path.parent / "damaged").rglob("*") if found.is_file())


def check_restored(path: Path, damaged: bytes) -> None:
    """The copy is in place, the damaged file is kept, the person is told, and writing goes on."""
    with Store.open(path, now=lambda: NOON + timedelta(minutes=1)) as store:
        (notice,) = store.notices
        assert "The copy of 2026-07-28 12:00 UTC was restored" in notice
        (aside,) = set_aside(path)
        assert str(aside) in notice
        assert aside.read_bytes() == damaged
        assert len(contents(store)) == 60
        store.add_user_message(1, "life goes on")
    with Store.open(path) as store:
        assert store.notices == ()
        assert contents(store)[-1] == "life goes on"


# Damage


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_page_is_found_and_the_copy_restored(filled: Path, seed: int) -> None:
    rng = random.Random(seed)
    data = bytearray(filled.read_bytes())
    page = rng.choice(pages_in_use(filled))
    data[(page - 1) * PAGE : page * PAGE] = rng.randbytes(PAGE)
    filled.write_bytes(data)
    check_restored(filled, bytes(data))


def pages_in_use(path: Path) -> list[int]:
    """The pages that hold something: the first, and every table's and index's (an empty one's too)."""
    connection = sqlite3.connect(path)
    pages = [row[0] for row in connection.execute("SELECT pageno FROM dbstat")]
    connection.close()
    return pages


@pytest.mark.parametrize("kind", ["garbage", "html", "cut", "zeroes", "empty"])
def test_a_file_that_is_no_database_is_set_aside(filled: Path, kind: str) -> None:
    whole = filled.read_bytes()
    data = {
        "garbage": random.Random(1).randbytes(50_000),
        "html": b"<!DOCTYPE html><title>404</title>" * 100,
        "cut": whole[: len(whole) // 2],
        "zeroes": bytes(len(whole)),
        "empty": b"",
    }[kind]
    filled.write_bytes(data)
    check_restored(filled, data)


def test_a_file_that_is_gone_is_restored(filled: Path) -> None:
    filled.unlink()
    with Store.open(filled) as store:
        (notice,) = store.notices
        assert "was restored" in notice
        assert len(contents(store)) == 60


def test_a_log_without_its_file_is_not_played_into_the_copy(filled: Path) -> None:
    log_of(filled).write_bytes(random.Random(1).randbytes(10_000))
    filled.unlink()
    with Store.open(filled) as store:
        assert len(contents(store)) == 60
        assert [aside.name for aside in set_aside(filled)] == [log_of(filled).name]


def test_damage_without_any_copy_starts_anew_and_keeps_the_file(filled: Path) -> None:
    shutil.rmtree(filled.parent / "backups")
    filled.write_bytes(b"garbage" * 1000)
    with Store.open(filled) as store:
        (notice,) = store.notices
        assert "there is no copy to restore" in notice
        assert set_aside(filled)[0].read_bytes() == b"garbage" * 1000
        assert store.list_conversations() == ()
        store.add_user_message(store.create_conversation().id, "anew")


def test_a_damaged_copy_is_passed_over(filled: Path) -> None:
    folder = filled.parent / "backups"
    (good,) = folder.iterdir()
    (folder / "000002-v1-20260729T120000Z.sqlite3").write_bytes(b"garbage" * 1000)
    (folder / "000003-v1-20260730T120000Z.sqlite3").write_bytes(b"")
    (folder / "000004-v9-20260731T120000Z.sqlite3").write_bytes(good.read_bytes())  # not ours to read
    data = b"garbage" * 1000
    filled.write_bytes(data)
    check_restored(filled, data)


def test_damage_met_while_working_is_an_expected_error_and_repaired_at_the_next_start(filled: Path) -> None:
    with Store.open(filled, now=lambda: NOON) as store:
        data = bytearray(filled.read_bytes())
        for page in pages_of_messages(filled.parent / "backups"):
            data[(page - 1) * PAGE : page * PAGE] = b"\xff" * PAGE
        filled.write_bytes(data)
        store._db.run("PRAGMA shrink_memory")  # what was read before is forgotten
        with pytest.raises(StoreError, match="damaged") as caught:
            contents(store)
        assert "Start Slipstream again" in caught.value.hint
    with Store.open(filled, now=lambda: NOON) as store:
        assert "was restored" in store.notices[0]
        assert len(contents(store)) == 60


def test_a_large_file_closed_properly_is_not_checked_but_damage_met_is_repaired(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "CHECKED_AT_OPEN", 0)
    data = bytearray(filled.read_bytes())
    for page in pages_of_messages(filled.parent / "backups"):
        data[(page - 1) * PAGE : page * PAGE] = b"\xff" * PAGE
    filled.write_bytes(data)
    with pytest.raises(StoreError, match="damaged"):  # by looking for answers that were cut short
        Store.open(filled, now=lambda: NOON)
    with Store.open(filled, now=lambda: NOON) as store:
        assert "was restored" in store.notices[0]
        assert len(contents(store)) == 60


def pages_of_messages(backups: Path) -> list[int]:
    (copy,) = backups.iterdir()
    connection = sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True)
    pages = [row[0] for row in connection.execute("SELECT pageno FROM dbstat WHERE name LIKE '%message%'")]
    connection.close()
    return pages


def test_a_damaged_store_is_not_copied_over_a_good_copy(filled: Path) -> None:
    (good,) = (filled.parent / "backups").iterdir()
    before = good.read_bytes()
    with Store.open(filled, now=lambda: NOON, back_up=False) as store:
        data = bytearray(filled.read_bytes())
        for page in pages_of_messages(filled.parent / "backups"):
            data[(page - 1) * PAGE : page * PAGE] = b"\xff" * PAGE
        filled.write_bytes(data)
        store._db.run("PRAGMA shrink_memory")
        store._now = store._backups._now = lambda: NOON + timedelta(days=2)
        with pytest.raises(StoreError, match="damaged"):
            store.back_up_if_due()
    assert [found.name for found in (filled.parent / "backups").iterdir()] == [good.name]
    assert good.read_bytes() == before


# The log


WRITER = """
import os, signal, sys
from pathlib import Path
from slipstream.store import Store, opening
store = Store.open(Path(sys.argv[1]))
made = store.create_conversation() if not store.list_conversations() else store.list_conversations()[0]
store.add_user_message(made.id, "the last one")
os.kill(os.getpid(), signal.SIGKILL)
"""


def write_and_die(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", WRITER, str(path)], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert log_of(path).stat().st_size > 0


@posix_only
def test_a_log_left_by_a_kill_is_played_back(filled: Path) -> None:
    write_and_die(filled)
    with Store.open(filled) as store:
        assert store.notices == ()
        assert contents(store)[-1] == "the last one"


@posix_only
def test_a_missing_log_is_told_and_the_rest_is_there(filled: Path) -> None:
    write_and_die(filled)
    log_of(filled).unlink()
    with Store.open(filled) as store:
        (notice,) = store.notices
        assert "the last messages may be missing" in notice
        assert len(contents(store)) == 60
    with Store.open(filled) as store:
        assert store.notices == ()


@posix_only
def test_a_missing_log_of_a_first_session(path: Path) -> None:
    write_and_die(path)
    log_of(path).unlink()
    with Store.open(path) as store:
        assert len(store.notices) == 1
        store.add_user_message(store.create_conversation().id, "life goes on")


def test_an_open_store_is_whole_without_its_log(path: Path, tmp_path: Path) -> None:
    """From its opening on: so a lost log costs one session's changes, never the schema or what was there before."""
    with Store.open(path):
        (tmp_path / "alone.sqlite3").write_bytes(path.read_bytes())
    alone = sqlite3.connect(tmp_path / "alone.sqlite3")
    assert alone.execute("SELECT count(*) FROM message").fetchone() == (0,)
    alone.close()


@posix_only
@pytest.mark.parametrize("damage", ["garbage", "cut", "flipped"])
def test_a_damaged_log_ends_where_it_is_damaged(filled: Path, damage: str) -> None:
    write_and_die(filled)
    log = log_of(filled)
    data = bytearray(log.read_bytes())
    if damage == "garbage":
        data = bytearray(random.Random(1).randbytes(len(data)))
    elif damage == "cut":
        del data[len(data) // 2 + 7 :]
    else:
        data[len(data) // 2] ^= 0xFF
    log.write_bytes(data)
    with Store.open(filled) as store:
        assert contents(store)[:60] == [f"message {number} " * 30 for number in range(60)]


# The future


def make_newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


def test_a_store_from_the_future_is_left_untouched(filled: Path) -> None:
    make_newer(filled)
    before = everything(filled)
    with pytest.raises(NewerStoreError, match="later version") as caught:
        Store.open(filled)
    assert caught.value.hint
    assert everything(filled) == before


NEWER_WRITER = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("PRAGMA journal_mode = WAL")
connection.execute("PRAGMA user_version = 99")
os.kill(os.getpid(), signal.SIGKILL)
"""


@posix_only
def test_a_store_whose_log_is_from_the_future_is_left_untouched(filled: Path) -> None:
    done = subprocess.run([sys.executable, "-c", NEWER_WRITER, str(filled)], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    before = everything(filled)
    assert log_of(filled).name in before
    with pytest.raises(NewerStoreError):
        Store.open(filled)
    after = everything(filled)
    for name in (filled.name, log_of(filled).name):
        assert after[name] == before[name]


# A full disk


FULL_DISK = """
import os, sys
from pathlib import Path
from slipstream.core.errors import StoreError
from slipstream.store import Store, opening

folder = Path(sys.argv[1])
path = folder / "slipstream.sqlite3"
store = Store.open(path)
made = store.create_conversation()
kept = [store.add_user_message(made.id, f"{number} " * 3000).content for number in range(20)]
filler = folder / "filler"
with filler.open("wb", buffering=0) as file:
    while os.statvfs(folder).f_bavail > 20:  # a few pages are left for some more messages
        file.write(b"x" * 4096)
try:
    while True:
        kept.append(store.add_user_message(made.id, f"{len(kept)} " * 3000).content)
except StoreError as error:
    assert error.message == "The disk is full", error
    assert "Free some space" in error.hint
with filler.open("ab", buffering=0) as file:
    try:
        while True:
            file.write(b"x" * 512)
    except OSError:
        pass
assert len(kept) > 20
def shown(store):
    return [message.content for message in store.load_branch(made.id)]
assert shown(store) == kept
try:
    store.add_user_message(made.id, "x" * 100_000)
    raise SystemExit("it fitted")
except StoreError:
    pass
store.close()
store = Store.open(path)  # reading goes on with the disk still full
assert shown(store) == kept
assert store.notices, "nothing was told"
store.close()
filler.unlink()
store = Store.open(path, back_up=False)
assert store.notices == (), store.notices
store.add_user_message(made.id, "room again")
assert shown(store) == [*kept, "room again"]
store.close()
print("done")
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 3 MB; skipped where this user may not mount one."""
    mount = tmp_path / "disk"
    mount.mkdir()
    made = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(mount)], check=False, capture_output=True
    )
    if not made or made.returncode:
        pytest.skip(
            "this user may not mount a file system (tests/store has the same with SQLite's own limit)"
        )
    yield mount
    subprocess.run(["umount", str(mount)], check=True)


def test_a_full_disk_loses_nothing(small_disk: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(small_disk)],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_an_expected_error(filled: Path) -> None:
    filled.parent.chmod(0o500)
    try:
        with pytest.raises(StoreError) as caught:
            Store.open(filled)
        assert caught.value.hint
    finally:
        filled.parent.chmod(0o700)


# Settings


SETTINGS_WRITER = """
import sys
from pathlib import Path
from slipstream.core.settings import Settings, save_settings
path = Path(sys.argv[1])
print("go", flush=True)
while True:
    for name in ("a", "b"):
        save_settings(Settings(system_prompt=name * 200_000), path)
"""


@posix_only
def test_settings_killed_while_being_saved_are_the_old_or_the_new(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save_settings(Settings(system_prompt="a" * 200_000), path)
    whole = [Settings(system_prompt=name * 200_000) for name in "ab"]
    rng = random.Random(7)
    cut_short = 0
    for _ in range(12):
        with subprocess.Popen(
            [sys.executable, "-c", SETTINGS_WRITER, str(path)], stdout=subprocess.PIPE
        ) as child:
            assert child.stdout is not None
            child.stdout.readline()
            with pytest.raises(subprocess.TimeoutExpired):  # a random moment, of no step of the writer's
                child.wait(rng.uniform(0, 0.03))
            child.kill()
        settings, notice = load_settings(path)
        assert notice is None
        assert settings in whole
        cut_short += any(left != path for left in tmp_path.iterdir())
    assert cut_short, "no kill came while a file was being written"


# Rude input


def test_a_message_of_a_megabyte(path: Path) -> None:
    text = "größer 🙂 " * 100_000
    with Store.open(path) as store:
        store.add_user_message(store.create_conversation().id, text)
    with Store.open(path) as store:
        assert contents(store) == [text]
        assert store.conversation(1).title.endswith("…")


@pytest.mark.parametrize("text", ["a\0b", "\0", "\ud800", "x\udfffy", "\ud83d\ude42 \ud83d"])
def test_text_that_utf_8_cannot_hold_is_made_sound_everywhere(path: Path, text: str) -> None:
    clean = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "\ufffd")
    with Store.open(path) as store:
        made = store.create_conversation(text, target=text, draft=text)
        store.rename_conversation(made.id, text)
        store.set_unsent(made.id, text)
        store.set_models(made.id, text, text)
        assert store.add_user_message(made.id, text).content == clean
        found = store.conversation(made.id)
    assert (found.title, found.unsent, found.target, found.draft) == (clean,) * 4
    assert "\ufffd" in clean
    with Store.open(path) as store:
        assert contents(store) == [clean]


@pytest.mark.parametrize("text", ["", "   \n\t"])
def test_empty_messages_are_kept_as_they_are(path: Path, text: str) -> None:
    with Store.open(path) as store:
        store.add_user_message(store.create_conversation().id, text)
        assert contents(store) == [text]
        assert store.conversation(1).title == ""


# The clock


def test_a_clock_that_goes_back_changes_no_order(path: Path) -> None:
    with Store.open(path, now=lambda: NOON) as store:
        made = store.create_conversation("first")
        store.add_user_message(made.id, "1")
    with Store.open(path, now=lambda: NOON - timedelta(days=1)) as store:
        store.create_conversation("second")
        store.add_user_message(made.id, "2")
        store.create_conversation("third")
        assert contents(store) == ["1", "2"]
        assert [shown.title for shown in store.list_conversations()] == ["third", "first", "second"]
        assert store.notices == ()
