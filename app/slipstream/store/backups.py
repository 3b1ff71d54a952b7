"""Copies of the database: made beside it, checked before they count, thinned by age, restored after damage.

A copy is named by a number that grows, the schema it holds and the time it was made, e.g.
`000012-v1-20260728T101500Z.sqlite3`. The number orders them; the clock only says how old they are.
"""

import logging
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from slipstream.core.errors import StoreError
from slipstream.store import indexes, migrations
from slipstream.store.database import DamagedError, Database, explaining

log = logging.getLogger(__name__)

EVERY = timedelta(days=1)
KEEP_NEWEST, KEEP_WEEKS, KEEP_MONTHS = 3, 4, 3
STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(?P<number>\d{6,})-v(?P<schema>\d+)-(?P<stamp>\d{8}T\d{6}Z)\.sqlite3")


@dataclass(frozen=True, slots=True)
class Backup:
    path: Path
    number: int
    schema: int
    made: datetime


def superfluous(backups: Sequence[Backup]) -> list[Backup]:
    """Which of these (oldest first) need not be kept.

    Kept are the newest three, the newest of each of the last four weeks and three months that have one, and the
    newest of the schema before the newest one's.
    """
    newest_first = sorted(backups, key=lambda backup: backup.number, reverse=True)
    kept = newest_first[:KEEP_NEWEST]
    kept += _newest_of_each(newest_first, lambda backup: backup.made.isocalendar()[:2], KEEP_WEEKS)
    kept += _newest_of_each(newest_first, lambda backup: (backup.made.year, backup.made.month), KEEP_MONTHS)
    kept += _newest_of_each(newest_first, lambda backup: backup.schema, 2)
    return [backup for backup in backups if backup not in kept]


def _newest_of_each(
    newest_first: Sequence[Backup], group: Callable[[Backup], Hashable], groups: int
) -> list[Backup]:
    firsts: dict[Hashable, Backup] = {}
    for backup in newest_first:
        firsts.setdefault(group(backup), backup)
    return list(firsts.values())[:groups]


class Backups:
    """The copies in one folder."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self.folder = folder
        self._now = now

    def all(self) -> list[Backup]:
        """Every copy, oldest first."""
        found = []
        for path in self.folder.glob("*.sqlite3"):
            made = None
            if match := _NAME.fullmatch(path.name):
                made = _time(match["stamp"])
            if match and made:
                found.append(Backup(path, int(match["number"]), int(match["schema"]), made))
        return sorted(found, key=lambda backup: backup.number)

    def due(self) -> bool:
        """Whether the newest copy is older than a day, or from a future that the clock has left."""
        copies = self.all()
        return not copies or not timedelta(0) <= self._now() - copies[-1].made < EVERY

    def make(self, database: Database) -> Backup:
        """Copy the database as it stands, then drop what is superfluous.

        Raises StoreError: DamagedError where the copy turns out damaged (the older ones are kept then).
        """
        copies = self.all()
        number = copies[-1].number + 1 if copies else 1
        schema = database.schema()
        path = self.folder / f"{number:06d}-v{schema}-{self._now().strftime(STAMP)}.sqlite3"
        partial = path.with_suffix(".partial")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._drop_partials()
            if shutil.disk_usage(self.folder).free < 2 * database.path.stat().st_size:
                raise StoreError("The disk is too full for a copy of the conversations", "Free some space")
            _copy(database, partial)
            if problem := problem_of(partial, schema):
                raise DamagedError(f"The conversations are damaged: {problem}", "Start Slipstream again")
            flush(partial)
            partial.replace(path)
            flush(self.folder)
            for backup in superfluous(self.all()):
                backup.path.unlink()
        except OSError as error:
            raise StoreError(f"The conversations could not be copied: {error.strerror}") from error
        finally:
            self._drop_partials()
        return Backup(path, number, schema, self._now())

    def _drop_partials(self) -> None:
        for left in self.folder.glob("*.partial"):
            left.unlink(missing_ok=True)

    def newest_sound(self) -> Backup | None:
        """The newest copy that passes its check and that this version can read."""
        for backup in reversed(self.all()):
            if backup.schema <= migrations.SCHEMA:
                problem = problem_of(backup.path, backup.schema)
                if not problem:
                    return backup
                log.warning("backup %s is damaged: %s", backup.path, problem)
        return None


def _time(stamp: str) -> datetime | None:
    """None for digits that are no time: a file somebody named so is none of ours."""
    try:
        return datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def _copy(database: Database, path: Path) -> None:
    with explaining(path):
        copy = sqlite3.connect(path, isolation_level=None)
        try:
            copy.execute("PRAGMA journal_mode = OFF")  # a half-made copy is thrown away
            copy.execute("PRAGMA synchronous = OFF")  # flushed once, before it gets its name
            database.connection.backup(copy)
        finally:
            copy.close()


def problem_of(path: Path, schema: int) -> str:
    """What is wrong with a copy that nobody has open; "" where it is sound. Leaves no file beside it.

    It must hold the schema it is said to hold: to SQLite an empty file is a sound database.
    """
    try:
        copy = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            problem = indexes.serious(str(row[0]) for row in copy.execute("PRAGMA quick_check(20)"))
            found = migrations.schema_of(copy)
        finally:
            copy.close()
    except sqlite3.DatabaseError as error:
        return str(error)
    if problem:
        return problem
    return "" if found == schema else f"schema {found} in place of {schema}"


def flush(path: Path) -> None:
    """Make a file's content, or a folder's names, outlive a power cut (a folder's: not on Windows)."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
