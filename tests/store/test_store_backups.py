"""Copies: when they are made, which are kept, and that none is kept unchecked."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from slipstream.store import Store
from slipstream.store.backups import Backup, problem_of, superfluous
from slipstream.store.migrations import SCHEMA

NOON = datetime(2026, 7, 28, 12, tzinfo=UTC)  # a Tuesday


def names(path: Path) -> list[str]:
    return sorted(found.name for found in (path.parent / "backups").iterdir())


def open_and_close(path: Path, at: datetime, text: str = "") -> None:
    with Store.open(path, now=lambda: at) as store:
        assert store.notices == ()
        if text:
            store.add_user_message(store.create_conversation().id, text)


def test_one_copy_a_day(path: Path) -> None:
    open_and_close(path, NOON, "first")
    open_and_close(path, NOON + timedelta(hours=23, minutes=59))
    assert names(path) == [f"000001-v{SCHEMA}-20260728T120000Z.sqlite3"]
    open_and_close(path, NOON + timedelta(days=1))
    assert names(path) == [
        f"000001-v{SCHEMA}-20260728T120000Z.sqlite3",
        f"000002-v{SCHEMA}-20260729T120000Z.sqlite3",
    ]


def test_a_copy_holds_what_was_there_when_it_was_made(path: Path) -> None:
    open_and_close(path, NOON, "kept")
    open_and_close(path, NOON + timedelta(days=1))
    copy = path.parent / "backups" / names(path)[1]
    assert problem_of(copy, SCHEMA) == ""
    connection = sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True)
    assert connection.execute("SELECT content FROM message").fetchall() == [("kept",)]
    connection.close()
    assert len(names(path)) == 2  # checking and reading leave no file beside it


def test_the_owner_may_make_it_later(path: Path) -> None:
    with Store.open(path, now=lambda: NOON, back_up=False) as store:
        assert not (path.parent / "backups").exists()
        assert store.back_up_if_due()
        assert not store.back_up_if_due()
    assert len(names(path)) == 1


def test_a_clock_that_went_back_makes_a_copy_too(path: Path) -> None:
    open_and_close(path, NOON)
    open_and_close(path, NOON - timedelta(days=400))
    assert names(path) == [
        f"000001-v{SCHEMA}-20260728T120000Z.sqlite3",
        f"000002-v{SCHEMA}-20250623T120000Z.sqlite3",
    ]


def test_half_a_copy_is_swept_away_and_never_counts(path: Path) -> None:
    open_and_close(path, NOON)
    left = path.parent / "backups" / f"000002-v{SCHEMA}-20260729T120000Z.partial"
    left.write_bytes(b"half")
    open_and_close(path, NOON + timedelta(days=2))
    assert not left.exists()
    assert len(names(path)) == 2


def test_foreign_files_in_the_folder_are_left_alone(path: Path) -> None:
    open_and_close(path, NOON)
    foreign = path.parent / "backups" / "my own copy.sqlite3"
    foreign.write_bytes(b"mine")
    for day in range(1, 12):
        open_and_close(path, NOON + timedelta(days=day))
    assert foreign.read_bytes() == b"mine"


def series(*made: datetime, schemas: tuple[int, ...] = ()) -> list[Backup]:
    numbers = range(1, len(made) + 1)
    versions = schemas or (1,) * len(made)
    return [
        Backup(Path(f"{number}"), number, schema, at)
        for number, schema, at in zip(numbers, versions, made, strict=True)
    ]


def kept(backups: list[Backup]) -> list[int]:
    gone = superfluous(backups)
    return [backup.number for backup in backups if backup not in gone]


def test_the_newest_three_are_kept() -> None:
    hours = [NOON + timedelta(hours=n) for n in range(6)]
    assert kept(series(*hours)) == [4, 5, 6]


def test_daily_copies_thin_to_weeks_and_months() -> None:
    """Day 1 is 1 April; day 119 is NOON. Weeks end on Sundays: 26, 19 and 12 July are days 117, 110 and 103."""
    days = [NOON - timedelta(days=n) for n in range(118, -1, -1)]
    # The newest three; the last of the three weeks before this one; the last days of June and May (91 and 61).
    assert kept(series(*days)) == [61, 91, 103, 110, 117, 118, 119]


def test_the_last_copy_of_the_schema_before_is_kept() -> None:
    hours = [NOON + timedelta(minutes=n) for n in range(7)]
    assert kept(series(*hours, schemas=(1, 1, 2, 2, 2, 2, 2))) == [2, 5, 6, 7]


def test_thinning_follows_the_numbers_when_the_clock_goes_back() -> None:
    times = [NOON, NOON - timedelta(days=1), NOON - timedelta(days=2), NOON - timedelta(days=1), NOON]
    assert {3, 4, 5} <= set(kept(series(*times)))


def test_a_year_of_days_keeps_a_handful(path: Path) -> None:
    open_and_close(path, NOON - timedelta(days=366))
    folder = path.parent / "backups"
    for number in range(365):
        at = NOON - timedelta(days=365 - number)
        (folder / f"{number + 2:06d}-v{SCHEMA}-{at:%Y%m%dT%H%M%SZ}.sqlite3").write_bytes(b"")
    open_and_close(path, NOON)
    assert len(names(path)) <= 10


def test_an_empty_file_is_no_sound_copy(tmp_path: Path) -> None:
    empty = tmp_path / f"000001-v{SCHEMA}-20260728T120000Z.sqlite3"
    empty.write_bytes(b"")
    assert "schema 0" in problem_of(empty, 1)


def test_a_copy_of_no_time_is_none(path: Path) -> None:
    """Digits that are no date, a folder of a copy's name: the store opens, and copies go on."""
    open_and_close(path, NOON)
    folder = path.parent / "backups"
    (folder / f"000007-v{SCHEMA}-20269999T256199Z.sqlite3").write_bytes(b"mine")
    (folder / "000008-v0-20250101T000000Z.sqlite3").mkdir()
    open_and_close(path, NOON + timedelta(days=2))
    path.write_bytes(b"garbage" * 1000)
    with Store.open(path, now=lambda: NOON + timedelta(days=3)) as store:
        assert "was restored" in store.notices[0]
    assert (folder / f"000007-v{SCHEMA}-20269999T256199Z.sqlite3").read_bytes() == b"mine"
