"""The schema's steps: each whole or not at all, and never without a way back."""

import sqlite3
from pathlib import Path

import pytest

from slipstream.store import Store, migrations


def add_colour(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE conversation ADD COLUMN colour TEXT")


def fail_half_way(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE conversation ADD COLUMN shape TEXT")
    raise RuntimeError("half-way")


@pytest.fixture
def old(path: Path) -> Path:
    """A store of schema 1 with one message and no backup."""
    with Store.open(path, back_up=False) as store:
        store.add_user_message(store.create_conversation().id, "kept")
    return path


def future(monkeypatch: pytest.MonkeyPatch, *more: object) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, *more))
    monkeypatch.setattr(migrations, "SCHEMA", len(migrations.MIGRATIONS))


def backups(path: Path) -> list[str]:
    return sorted(found.name.split("-")[1] for found in (path.parent / "backups").glob("*.sqlite3"))


def columns(path: Path) -> tuple[int, set[str]]:
    connection = sqlite3.connect(path)
    names = {row[1] for row in connection.execute("PRAGMA table_info(conversation)")}
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.close()
    return version, names


def test_an_older_store_is_copied_then_migrated(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    future(monkeypatch, add_colour)
    with Store.open(old, back_up=False) as store:
        assert store.load_branch(1)[0].content == "kept"
        assert store.notices == ()
    version, names = columns(old)
    assert version == 2
    assert "colour" in names
    assert backups(old) == ["v1"]


def test_a_failed_migration_changes_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as later:
        future(later, add_colour, fail_half_way)
        with pytest.raises(RuntimeError, match="half-way"):
            Store.open(old)
        version, names = columns(old)
        assert version == 2  # the one before it stands
        assert "colour" in names
        assert "shape" not in names
    assert backups(old) == ["v1"]


def test_without_a_copy_there_is_no_migration(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (old.parent / "backups").write_text("a file in the folder's place")
    future(monkeypatch, add_colour)
    with pytest.raises(Exception, match="could not be copied"):
        Store.open(old)
    assert columns(old)[0] == 1


def test_a_new_store_needs_no_copy(path: Path) -> None:
    Store.open(path, back_up=False).close()
    assert not (path.parent / "backups").exists()


def test_the_schema_refuses_what_would_break_a_tree(old: Path) -> None:
    connection = sqlite3.connect(old, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(
        "INSERT INTO conversation (title, activity, created_at, updated_at) VALUES ('b', 9, '', '')"
    )
    insert = "INSERT INTO message (conversation_id, parent_id, role, content, state, created_at) VALUES "
    for values in (
        "(2, 1, 'user', 'x', 'complete', '')",  # a parent in another conversation
        "(9, NULL, 'user', 'x', 'complete', '')",  # no such conversation
        "(1, 1, 'robot', 'x', 'complete', '')",
        "(1, 1, 'user', 'x', 'asleep', '')",
        "(1, 1, 'user', x'00', 'complete', '')",  # bytes for text
    ):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(insert + values)
    connection.execute(insert + "(1, 1, 'user', 'x', 'complete', '')")
    connection.execute("DELETE FROM conversation WHERE id = 1")  # takes its messages with it
    assert connection.execute("SELECT count(*) FROM message").fetchone() == (0,)
    connection.close()
