"""What a history of 100,000 messages costs. Run by `make bench`."""

import random
import statistics
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import pytest
from store_samples import BUILD, PAIR, REQUEST, make_finished, make_step

from slipstream.store import Store

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]

MESSAGES = 100_000
OF_ONE = 40  # messages of a conversation
WORDS = 120  # of a message, on average
QUERY_MS, OPEN_MS, COMMIT_MS = 50, 200, 50
CHARACTERS = [chr(0x4E00 + rank) for rank in range(2500)]
SHARES = list(accumulate(1 / (rank + 3) for rank in range(len(CHARACTERS))))
STAMP = "2026-07-28T00:00:00+00:00"


def vocabulary(rng: random.Random, size: int) -> tuple[list[str], list[float]]:
    """Words as frequent as those of a language, the n-th with a share of 1/n; and their shares added up."""
    syllables = [a + b for a in "bcdfghklmnprstvw" for b in "aeiou"]
    words = {"".join(rng.choice(syllables) for _ in range(rng.randrange(1, 5))) for _ in range(size)}
    ordered = sorted(words, key=lambda word: (len(word), word))
    return ordered, list(accumulate(1 / (rank + 1) for rank in range(len(ordered))))


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made with the triggers at work, as a person's own would have been."""
    rng = random.Random(1)
    words, shares = vocabulary(rng, 60_000)
    path = tmp_path_factory.mktemp("history") / "slipstream.sqlite3"
    started = time.perf_counter()
    with Store.open(path, back_up=False) as store:
        for start in range(0, MESSAGES, OF_ONE * 25):
            with store._db.write(durable=False) as db:
                for number in range(start, start + OF_ONE * 25):
                    home, place = number // OF_ONE + 1, number % OF_ONE
                    if not place:
                        title = " ".join(rng.choices(words, cum_weights=shares, k=5))
                        db.run(
                            """INSERT INTO conversation (id, title, activity, created_at, updated_at)
                               VALUES (?, ?, ?, ?, ?)""",
                            *(home, title, home, STAMP, STAMP),
                        )
                    text = " ".join(
                        rng.choices(words, cum_weights=shares, k=rng.randrange(WORDS // 4, WORDS * 7 // 4))
                    )
                    if number % 5000 == 2500:
                        text += " rareword"
                    if number % 3 == 0:
                        text += " " + "".join(rng.choices(CHARACTERS, cum_weights=SHARES, k=60))
                    db.run(
                        """INSERT INTO message (id, conversation_id, parent_id, role, content, state, created_at)
                           VALUES (?, ?, ?, ?, ?, 'complete', ?)""",
                        *(number + 1, home, number if place else None),
                        *("assistant" if place % 2 else "user", text, STAMP),
                    )
            store._db.run("UPDATE conversation SET current_leaf = id * ?", OF_ONE)
    print(f"\nmade in {time.perf_counter() - started:.0f} s, {path.stat().st_size >> 20} MB", end="")
    return path


@pytest.fixture(scope="module")
def full(history: Path) -> Iterator[Store]:
    with Store.open(history, back_up=False) as store:
        yield store


def median_ms(call: object, times: int = 15) -> tuple[float, float]:
    """Median and worst."""
    assert callable(call)
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        call()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken), max(taken)


def test_a_search_takes_less_than_50_ms(full: Store, capsys: pytest.CaptureFixture[str]) -> None:
    common = [row["term"] for row in frequent(full) if row["term"].isascii()]
    queries = {
        "rare word": "rareword",
        "its first letters": "rarew",
        "no such word": "zzzzz",
        "commonest word": f'"{common[0]}"',
        "two letters": common[0][:2],
        "three letters": next(word for word in common if len(word) > 3)[:3],
        "five letters": next(word for word in common if len(word) > 5)[:5],
        "three common words": " ".join(common[:3]),
        "common and rare": f"{common[0]} rareword",
        "two words that never meet": f"{common[1]} zzzzz",
        "commonest Chinese character": CHARACTERS[0],
        "two common Chinese ones": CHARACTERS[0] + CHARACTERS[1],
        "four Chinese ones": "".join(CHARACTERS[1:5]),
        "Chinese ones that never meet": "".join(CHARACTERS[2400:2404]),
        "phrase": f'"{common[0]} {common[1]}"',
    }
    slow = {}
    for name, query in queries.items():
        found = full.search(query)
        median, worst = median_ms(lambda query=query: full.search(query))
        with capsys.disabled():
            print(f"\n{name:28} {median:7.1f} ms  (worst {worst:.1f})  {len(found.hits)} hits", end="")
        if median >= QUERY_MS:
            slow[name] = median
    assert not slow


def frequent(store: Store) -> list[object]:
    store._db.run("CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, word_index, row)")
    return list(store._db.rows("SELECT term FROM temp.words ORDER BY doc DESC LIMIT 20000"))


def test_a_conversation_opens_in_less_than_200_ms(full: Store, capsys: pytest.CaptureFixture[str]) -> None:
    median, worst = median_ms(lambda: full.load_branch(1234))
    listed, _ = median_ms(full.list_conversations)
    with capsys.disabled():
        print(f"\nopen {median:.1f} ms (worst {worst:.1f}), list {listed:.1f} ms", end="")
    assert len(full.load_branch(1234)) == OF_ONE
    assert median < OPEN_MS


def test_an_answer_under_way_is_saved_as_quickly_as_ever(
    full: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """The index is written when an answer is finished, not while it is saved."""
    begun = full.begin_answer(40, REQUEST, PAIR, BUILD)
    assert begun.run is not None
    step = iter(range(1, 1000))
    median, worst = median_ms(
        lambda: full.append_steps(begun.run.id, [make_step(next(step), "word " * 40)]), 200
    )
    started = time.perf_counter()
    full.finish_answer(begun.run.id, make_finished())
    finish = (time.perf_counter() - started) * 1000
    with capsys.disabled():
        print(f"\nsave {median:.2f} ms (worst {worst:.1f}), finish {finish:.1f} ms", end="")
    assert median < COMMIT_MS
