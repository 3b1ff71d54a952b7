"""The schema's steps: each whole or not at all, and never without a way back."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from store_samples import ANSWER, TAIL, make_finished, make_step

from slipstream.core.metrics import Phase
from slipstream.store import RunState, Store, migrations

SCHEMA = migrations.SCHEMA  # before a test adds to it
DATA = Path(__file__).parent / "data"


def add_colour(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE conversation ADD COLUMN colour TEXT")


def fail_half_way(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE conversation ADD COLUMN shape TEXT")
    raise RuntimeError("half-way")


@pytest.fixture
def old(path: Path) -> Path:
    """A store of today's schema with one message and no backup."""
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
    assert version == SCHEMA + 1
    assert "colour" in names
    assert backups(old) == [f"v{SCHEMA}"]


def test_a_failed_migration_changes_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as later:
        future(later, add_colour, fail_half_way)
        with pytest.raises(RuntimeError, match="half-way"):
            Store.open(old)
        version, names = columns(old)
        assert version == SCHEMA + 1  # the one before it stands
        assert "colour" in names
        assert "shape" not in names
    assert backups(old) == [f"v{SCHEMA}"]


def test_without_a_copy_there_is_no_migration(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (old.parent / "backups").write_text("a file in the folder's place")
    future(monkeypatch, add_colour)
    with pytest.raises(Exception, match="could not be copied"):
        Store.open(old)
    assert columns(old)[0] == SCHEMA


@pytest.fixture
def first(path: Path) -> Path:
    """A store as the version of schema 1 wrote it: a finished answer, and one that was cut short."""
    path.parent.mkdir(parents=True)
    connection = sqlite3.connect(path)
    connection.executescript((DATA / "schema_1.sql").read_text("utf-8"))
    connection.close()
    return path


def test_runs_of_the_first_schema_come_back_as_lossless(first: Path) -> None:
    assert columns(first)[0] == 1
    with Store.open(first, back_up=False) as store:
        assert store.notices == ()
        finished, cut = store.run(1), store.run(2)
        assert finished.stats == make_finished().stats
        assert finished.stats is not None
        assert (finished.stats.metrics.refused, finished.stats.metrics.changes_output) == (0, False)
        last = replace(ANSWER[-1], pieces=ANSWER[-1].pieces + TAIL)
        assert store.run_steps(1) == (*ANSWER[:-1], last)
        assert (cut.state, cut.stats, cut.interruption) == (RunState.INTERRUPTED, None, "the engine died")
        assert store.run_steps(2) == ANSWER[:2]
    assert columns(first)[0] == SCHEMA
    assert backups(first) == ["v1"]


def test_an_old_store_takes_steps_of_a_lossy_rule(first: Path) -> None:
    plain = make_step(1, "So", " it", " is", phase=Phase.THINK, drafted=2)
    lossy = replace(plain, record=replace(plain.record, rule="typical", refused=0.1 + 0.2))
    with Store.open(first, back_up=False) as store:
        old = store.run(2)
        answer = store.begin_answer(1, old.request, old.pair, old.build)
        assert answer.run is not None
        store.append_steps(answer.run.id, (lossy,))
        store.finish_answer(answer.run.id, make_finished((lossy,)))
    with Store.open(first, back_up=False) as store:
        assert store.run_steps(answer.run.id) == (replace(lossy, pieces=lossy.pieces + TAIL),)
        stats = store.run(answer.run.id).stats
        assert stats is not None
        assert (stats.metrics.refused, stats.metrics.changes_output) == (0.1 + 0.2, True)
        assert stats.phases[Phase.THINK].refused_share == (0.1 + 0.2) / 2


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
