"""From a path to a sound, migrated database, whatever state the file is in.

A file from the future is refused untouched. A damaged one is moved aside, never deleted, and the newest sound copy
takes its place. The check is skipped only for a large file that was closed as it should be: that one is checked
with its next backup.
"""

import logging
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from slipstream.core.errors import NewerStoreError, StoreError
from slipstream.store import migrations
from slipstream.store.backups import STAMP, Backups, flush
from slipstream.store.database import DamagedError, Database

log = logging.getLogger(__name__)

MAGIC = b"SQLite format 3\0"
USER_VERSION = slice(60, 64)  # in the file's header, big-endian
CHECKED_AT_OPEN = 64 << 20  # bytes, about 0.1 s; above, the check would hold up the start


def log_of(path: Path) -> Path:
    """The write-ahead log beside a database."""
    return path.with_name(path.name + "-wal")


def open_sound(
    path: Path, backups: Backups, now: Callable[[], datetime], *, left_open: bool
) -> tuple[Database, list[str]]:
    """The database at `path` and what a person should be told. `left_open`: nobody closed it the last time.

    Raises NewerStoreError, or StoreError where there is nothing this program can do.
    """
    _refuse_newer_header(path)
    notices = []
    log_lost = left_open and path.exists() and not log_of(path).exists()
    had_content = path.exists() and path.stat().st_size > 0
    if not had_content and backups.all():
        problem = "the file is empty" if path.exists() else "the file is gone"
        notices.append(_restore(path, backups, now, problem))
    database, problem = _try_open(path, unclean=left_open or log_of(path).exists(), thorough=log_lost)
    if database is None:
        notices.append(_restore(path, backups, now, problem))
        database = Database(path)
    elif log_lost:
        notices.append(
            "Slipstream was not closed properly, and the journal of its last changes is gone. "
            "The conversations are sound, but the last messages may be missing."
        )
    try:
        _migrate(database, backups)
    except BaseException:
        database.abandon()
        raise
    return database, notices


def _refuse_newer_header(path: Path) -> None:
    """Look before SQLite does: opening a file can already change it."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(
            f"The conversations in {path} cannot be read: {error.strerror}", "Check the file's permissions"
        ) from error
    if (
        header.startswith(MAGIC)
        and int.from_bytes(header[USER_VERSION], "big", signed=True) > migrations.SCHEMA
    ):
        raise _newer(path)


def _newer(path: Path) -> NewerStoreError:
    return NewerStoreError(
        "The conversations were written by a later version of Slipstream; they are left as they are",
        f"Install the latest version, or move {path} away to start anew",
    )


def _try_open(path: Path, *, unclean: bool, thorough: bool) -> tuple[Database | None, str]:
    """The database, or None and what is wrong with it."""
    try:
        database = Database(path)
    except DamagedError as error:
        return None, str(error.__cause__)
    try:
        problem = ""
        if unclean or path.stat().st_size <= CHECKED_AT_OPEN:
            problem = database.check(thorough=thorough)
        if (
            not problem and database.schema() > migrations.SCHEMA
        ):  # known only now: the number was still in the log
            raise _newer(path)
    except BaseException:
        database.abandon()
        raise
    if problem:
        database.abandon()
        return None, problem
    return database, ""


def _migrate(database: Database, backups: Backups) -> None:
    schema = database.schema()
    if schema == migrations.SCHEMA:
        return
    if schema:
        backups.make(database)  # without a way back there is no way forward
    log.info("migrating %s from schema %d to %d", database.path, schema, migrations.SCHEMA)
    database.migrate()


def _restore(path: Path, backups: Backups, now: Callable[[], datetime], problem: str) -> str:
    """Put the newest sound copy in the file's place; the file itself is kept. What to tell a person."""
    log.error("%s is damaged: %s", path, problem)
    try:
        backup = backups.newest_sound()
        waiting = path.with_name(path.name + ".restoring")
        if backup:  # first the copy, then the move: a full disk leaves everything as it was
            shutil.copyfile(backup.path, waiting)
            flush(waiting)
        aside = _set_aside(path, now)
        if backup:
            waiting.replace(path)
            flush(path.parent)
    except OSError as error:
        raise StoreError(
            f"The conversations are damaged and could not be restored: {error.strerror}",
            "Free some space, then retry",
        ) from error
    kept = f" The damaged file is kept: {aside}." if aside else ""
    if backup:
        made = backup.made.strftime("%Y-%m-%d %H:%M UTC")
        return f"The conversations were damaged. The copy of {made} was restored.{kept}"
    return f"The conversations were damaged, and there is no copy to restore.{kept}"


def _set_aside(path: Path, now: Callable[[], datetime]) -> Path | None:
    """Move the file and its log into a folder of their own in `damaged/`; where the file went, if there was one.

    The log goes first and in any case: SQLite would play it into whatever database stands beside it. (An empty one
    is only a trace of having looked.)
    """
    if log_of(path).exists() and log_of(path).stat().st_size == 0:
        log_of(path).unlink()
    present = [file for file in (log_of(path), path) if file.exists()]
    if not present:
        return None
    stamp = now().strftime(STAMP)
    folder = path.parent / "damaged" / stamp
    count = 1
    while folder.exists():
        count += 1
        folder = folder.with_name(f"{stamp}-{count}")
    folder.mkdir(parents=True)
    for file in present:
        file.rename(folder / file.name)
    return folder / path.name if path in present else None
