"""The one connection: how it is set up, how it commits, and what SQLite's errors mean to a person.

Write-ahead log in exclusive mode (no other connection, so no shared-memory file and none of SQLite's races between
connections). A commit that is `durable` is on the disk when it returns; others survive a kill of the process,
and may be lost with the power. Knows nothing of conversations.
"""

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from slipstream.core.errors import StoreError
from slipstream.store import indexes, migrations

log = logging.getLogger(__name__)

BUSY_SECONDS = 2.0  # how long to wait for a foreign program that looks at the file
WAL_LIMIT = 16 << 20  # bytes the log is cut back to after a large transaction

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_EXPLAINED = {
    sqlite3.SQLITE_FULL: ("The disk is full", "Free some space; nothing is lost while Slipstream stays open"),
    sqlite3.SQLITE_IOERR: ("The disk could not be read or written", "Check the disk and its free space"),
    sqlite3.SQLITE_READONLY: ("The conversations cannot be written", "Check that you may write to {folder}"),
    sqlite3.SQLITE_PERM: ("The conversations cannot be written", "Check that you may write to {folder}"),
    sqlite3.SQLITE_CANTOPEN: ("The conversations cannot be opened", "Check that you may write to {folder}"),
    sqlite3.SQLITE_BUSY: ("Another program has the conversations open", "Close it, then try again"),
    sqlite3.SQLITE_LOCKED: ("Another program has the conversations open", "Close it, then try again"),
    sqlite3.SQLITE_NOMEM: ("There is not enough memory", "Close other programs, then try again"),
    sqlite3.SQLITE_TOOBIG: ("The text is too long to be kept", "Keep it below a gigabyte"),
}


class DamagedError(StoreError):
    """The file is damaged. At the next start it is set aside and the last good copy is used."""


class DamagedIndexError(StoreError):
    """An index of words is damaged, and nothing else. It is made anew before the next write."""


def explained(error: sqlite3.Error, path: Path) -> StoreError | None:
    """The expected error behind one of SQLite's; None for what is a bug."""
    if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_CORRUPT_VTAB:
        return DamagedIndexError("The search index is damaged", "Try again: it is being made anew")
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _DAMAGE:
        return DamagedError(
            f"The conversations in {path.name} are damaged",
            "Start Slipstream again: it keeps the file and goes back to the last good copy",
        )
    if code not in _EXPLAINED:
        return None
    message, hint = _EXPLAINED[code]
    return StoreError(message, hint.format(folder=path.parent))


@contextmanager
def explaining(path: Path) -> Iterator[None]:
    """Raise StoreError in place of the SQLite errors that can be expected."""
    try:
        yield
    except sqlite3.Error as error:
        if (found := explained(error, path)) is None:
            raise
        log.warning("%s: %s (%s)", path, error, getattr(error, "sqlite_errorname", "?"))
        raise found from error


class Database:
    """An open file. Raises StoreError, and DamagedError where the file is no sound database."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.damaged = False  # damage was met while it was used
        self._index_damaged = False
        with explaining(path):
            self.connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            try:
                self.connection.row_factory = sqlite3.Row
                for pragma in (
                    "locking_mode = EXCLUSIVE",
                    "journal_mode = WAL",
                    f"journal_size_limit = {WAL_LIMIT}",
                    "foreign_keys = ON",
                    "trusted_schema = OFF",  # the file may come from anywhere
                    "cell_size_check = ON",
                ):
                    self.connection.execute(f"PRAGMA {pragma}")
            except BaseException:
                self.abandon()
                raise

    @contextmanager
    def _using(self) -> Iterator[None]:
        try:
            with explaining(self.path):
                yield
        except DamagedError:
            self.damaged = True
            raise
        except DamagedIndexError:
            self._index_damaged = True
            raise

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        with self._using():
            return self.connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values: object) -> sqlite3.Row | None:
        found = self.rows(sql, *values)
        return found[0] if found else None

    @contextmanager
    def write(self, *, durable: bool) -> Iterator["Database"]:
        """One transaction: all of it is committed, or nothing of it."""
        if self._index_damaged:
            self.mend_index()
        with self._using():
            self.connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self
                indexes.catch_up(self.connection)
                self.connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise

    def mend_index(self) -> None:
        """Make the indexes of words anew."""
        log.warning("%s: the search index is damaged; it is made anew", self.path)
        self._index_damaged = False
        with self.write(durable=True):
            indexes.rebuild(self.connection)

    def _roll_back(self) -> None:
        try:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
        except sqlite3.Error as error:  # the first error is the one to tell
            log.warning("%s: could not roll back: %s", self.path, error)

    def run(self, sql: str, *values: object) -> sqlite3.Cursor:
        """A statement inside `write`."""
        return self.connection.execute(sql, values)

    def run_many(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """A statement inside `write`, once a row."""
        self.connection.executemany(sql, rows)

    def check(self, *, thorough: bool) -> str:
        """What is wrong with the file: one line, or "" where it is sound.

        A quick check reads every page and every row's types, 0.2 s per 100 MB; a thorough one compares the indexes
        with the tables and looks for rows whose parents are gone too.
        """
        try:
            what = "integrity_check" if thorough else "quick_check"
            told = [str(row[0]) for row in self.connection.execute(f"PRAGMA {what}(20)")]
            if problem := indexes.serious(told):
                return problem
            self._index_damaged = told != ["ok"]
            if thorough and (orphan := self.connection.execute("PRAGMA foreign_key_check").fetchone()):
                return f"a row of {orphan[0]} has lost its {orphan[2]}"
        except sqlite3.DatabaseError as error:
            found = explained(error, self.path)
            if found is not None and not isinstance(found, DamagedError):
                raise found from error
            return str(error)
        return ""

    def schema(self) -> int:
        with self._using():
            return migrations.schema_of(self.connection)

    def migrate(self) -> None:
        """Bring the file up to this version's schema."""
        with self._using():
            self.connection.execute("PRAGMA synchronous = FULL")
            migrations.migrate(self.connection)

    def settle(self) -> None:
        """Bring the log's content into the file itself, so that it is whole without the log."""
        with self._using():
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def start_log(self) -> None:
        """Write something, so that there is a log: from here on its absence is a sign of loss."""
        with self.write(durable=True):
            self.run(f"PRAGMA user_version = {migrations.SCHEMA}")

    def close(self) -> None:
        """Close; the log is brought into the file and removed."""
        with explaining(self.path):
            self.connection.close()

    def abandon(self) -> None:
        """Close and leave file and log as they are, for a file that is not to be touched."""
        try:
            self.connection.setconfig(sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, True)
        finally:
            self.connection.close()
