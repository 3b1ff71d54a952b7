"""Full-text search: what is found, what is not, and that the index follows the texts."""

import random
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from store_samples import ANSWER, BUILD, PAIR, REQUEST, TAIL, make_finished

from slipstream.core.chat import Role
from slipstream.core.events import RunFinished
from slipstream.core.searching import fold
from slipstream.store import Store, search
from slipstream.store.database import DamagedIndexError
from slipstream.store.search import Found, Hit


def say(store: Store, *texts: str, conversation: int | None = None) -> list[int]:
    """Turns of a person in one conversation; their ids."""
    home = store.create_conversation("Talk").id if conversation is None else conversation
    return [store.add_user_message(home, text).id for text in texts]


def reply(store: Store, parent: int, answer: str, thinking: str = "") -> int:
    begun = store.begin_answer(parent, REQUEST, PAIR, BUILD)
    assert begun.run is not None
    stats = replace(make_finished().stats, answer=answer, thinking=thinking)
    store.finish_answer(begun.run.id, RunFinished(stats, ()), ANSWER)
    return begun.id


def messages(found: Found) -> list[int]:
    return [hit.message for hit in found.hits if hit.message is not None]


def titles(found: Found) -> list[str]:
    return [hit.title for hit in found.hits if hit.message is None]


def marked(hit: Hit) -> list[str]:
    return [part.text for part in hit.snippet if part.is_hit]


def words(store: Store) -> list[tuple[object, ...]]:
    """All that the index holds: each word of each row, and where it stands."""
    store._db.run(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab (main, word_index, instance)"
    )
    return [tuple(row) for row in store._db.rows("SELECT * FROM temp.words ORDER BY doc, col, offset, term")]


def indexed(store: Store) -> None:
    """The index holds exactly what one made anew would hold."""
    store._db.run("INSERT INTO word_index (word_index) VALUES ('integrity-check')")
    held = words(store)
    assert held
    assert store._db.rows("SELECT * FROM stale_words") == []
    store._db.mend_index()
    assert words(store) == held


def test_questions_answers_thinking_and_titles_are_found(store: Store) -> None:
    (asked,) = say(store, "Why is the Sky blue?")
    answered = reply(store, asked, "Because of **Rayleigh** scattering.", "Let me recall physics.")
    assert messages(store.search("sky")) == [asked]
    (hit,) = store.search("rayleigh").hits
    assert (hit.message, hit.role, hit.in_thinking, marked(hit)) == (
        answered,
        Role.ASSISTANT,
        False,
        ["Rayleigh"],
    )
    (hit,) = store.search("physics").hits
    assert (hit.message, hit.in_thinking, marked(hit)) == (answered, True, ["physics"])
    (hit,) = store.search("talk").hits
    assert (hit.message, hit.title, marked(hit)) == (None, "Talk", ["Talk"])
    assert hit.conversation == store.load_branch(hit.conversation)[0].conversation_id


def test_the_beginning_of_a_word_is_enough_and_accents_do_not_matter(store: Store) -> None:
    (asked,) = say(store, "Größe und Übermut, l'élève naïf")
    for text in ("grö", "GROSS", "ubermut", "ÜBER", "eleve", "naif gro", "élève"):
        expected = [] if text == "GROSS" else [asked]
        assert messages(store.search(text)) == expected, text


def test_all_words_must_be_there_and_quoted_ones_as_they_stand(store: Store) -> None:
    one, other = say(store, "a draft model runs ahead", "a model needs no draft")
    assert messages(store.search("draft model")) == [other, one]
    assert messages(store.search('"draft model"')) == [one]
    assert messages(store.search("draft missing")) == []


def test_words_may_be_in_the_answer_and_in_the_thinking(store: Store) -> None:
    (asked,) = say(store, "?")
    answered = reply(store, asked, "alpha", "beta")
    assert messages(store.search("beta alpha")) == [answered]


def test_the_newest_come_first_and_one_conversation_does_not_fill_the_list(store: Store) -> None:
    first = say(store, *(f"needle {n}" for n in range(10)))
    second = say(store, "needle again")
    found = store.search("needle")
    assert messages(found) == second + first[::-1][: search.MOST_OF_ONE]
    assert found.more
    assert not store.search("again").more


def test_many_hits_are_cut_and_said_to_be(store: Store) -> None:
    for _ in range(search.MOST_MESSAGES + 3):
        say(store, "needle")
    found = store.search("needle")
    assert (len(messages(found)), found.more) == (search.MOST_MESSAGES, True)


def test_deleted_conversations_are_left_out_and_come_back(store: Store) -> None:
    (asked,) = say(store, "needle")
    home = store.load_branch(1)[0].conversation_id
    store.delete_conversation(home)
    assert store.search("needle").hits == store.search("talk").hits == ()
    store.restore_conversation(home)
    assert messages(store.search("needle")) == [asked]
    assert titles(store.search("talk")) == ["Talk"]


def test_an_answer_is_found_once_it_is_finished_or_cut_short(path: Path) -> None:
    with Store.open(path) as store:
        (asked,) = say(store, "?")
        begun = store.begin_answer(asked, REQUEST, PAIR, BUILD)
        assert begun.run is not None
        store.append_steps(begun.run.id, ANSWER)
        assert messages(store.search("It is")) == []
        store.finish_answer(begun.run.id, make_finished(ANSWER, TAIL))
        assert messages(store.search("It is")) == [begun.id]
        other = store.begin_answer(asked, REQUEST, PAIR, BUILD)
        assert other.run is not None
        store.append_steps(other.run.id, ANSWER)
        store.interrupt_answer(other.run.id, "stopped")
        assert messages(store.search("see")) == [other.id, begun.id]
        left = store.begin_answer(asked, REQUEST, PAIR, BUILD)
        assert left.run is not None
        store.append_steps(left.run.id, ANSWER)
    with Store.open(path) as store:  # as after a crash: it was never closed
        assert messages(store.search("see")) == [left.id, other.id, begun.id]
        indexed(store)


def test_saving_an_answer_under_way_does_not_touch_the_index(store: Store) -> None:
    (asked,) = say(store, "?")
    begun = store.begin_answer(asked, REQUEST, PAIR, BUILD)
    assert begun.run is not None
    before = store._db.rows("SELECT id, block FROM word_index_data ORDER BY id")
    store.append_steps(begun.run.id, ANSWER)
    assert store._db.rows("SELECT id, block FROM word_index_data ORDER BY id") == before


def test_renamed_removed_and_taken_back_texts_leave_the_index(store: Store) -> None:
    asked = say(store, "before")
    home = store.load_branch(1)[0].conversation_id
    store.rename_conversation(home, "Renamed")
    assert titles(store.search("talk")) == []
    assert titles(store.search("renamed")) == ["Renamed"]
    user, begun = store.begin_turn(home, "refused", REQUEST, PAIR, BUILD)
    assert begun.run is not None
    assert messages(store.search("refused")) == [user.id]
    store.take_back_turn(begun.run.id)
    assert messages(store.search("refused")) == []
    with store._db.write(durable=False) as db:
        db.run("UPDATE message SET content = 'meanwhile' WHERE id = ?", asked[0])
        db.run("UPDATE message SET content = 'after' WHERE id = ?", asked[0])
        gone = db.run(
            """INSERT INTO message (conversation_id, parent_id, role, content, state, created_at)
               SELECT conversation_id, id, role, 'gone', state, created_at FROM message WHERE id = ?""",
            asked[0],
        )
        db.run("DELETE FROM message WHERE id = ?", gone.lastrowid)
    assert messages(store.search("before")) == []
    assert messages(store.search("after")) == asked
    indexed(store)


def test_a_system_prompt_is_not_shown_so_it_is_not_found(store: Store) -> None:
    made = store.create_conversation("x")
    store._db.run(
        """INSERT INTO message (conversation_id, role, content, state, created_at)
           VALUES (?, 'system', 'needle', 'complete', '2026-07-28T00:00:00+00:00')""",
        made.id,
    )
    assert store.search("needle").hits == ()


def test_words_of_scripts_without_spaces_are_found_anywhere(store: Store) -> None:
    chinese, japanese, thai, mixed = say(
        store, "推测解码可以加速生成", "スリップストリームとは何ですか", "การถอดรหัสเก็งกำไร", "用GPU推测解码"
    )
    (hit,) = store.search("加速").hits
    assert (hit.message, marked(hit)) == (chinese, ["加速"])
    assert messages(store.search("ストリーム")) == [japanese]
    assert messages(store.search("ถอดรหัส")) == [thai]
    assert messages(store.search("gpu 推测")) == [mixed]
    assert messages(store.search("解码")) == [mixed, chinese]
    store.rename_conversation(1, "关于解码")
    assert titles(store.search("解码")) == ["关于解码"]
    (asked,) = say(store, "?")
    answered = reply(store, asked, "无", "在思考解码")
    assert messages(store.search("思考")) == [answered]
    voiced, _ = say(store, "がいこく", "かいこく")
    assert messages(store.search("がい")) == [voiced]


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\0", "a\0b", '"', '""', '"*', '*', '"a', 'a"', '" "', "'", "a'b", "--", "a:b", "content:needle",
        "-needle", "^needle", "needle*", "(needle", "needle)", "{content} : needle", "NEAR(needle 1)", "needle OR",
        "AND", "NOT needle", "a AND (", "%", "_", "\\", "x" * 1_000_000, '"' * 1_000_000, "needle " * 200_000,
        "\ud800", "🙂", "é\u0301\u0301", "\u202eneedle", "١٢٣", "½", "ǆ", "\U0001f9ff", "ᾳ", "ﬁ", "Ⅷ",
    ],
)  # fmt: skip
def test_whatever_is_typed_is_a_search_and_nothing_else(store: Store, text: str) -> None:
    (asked,) = say(store, "the needle is here")
    assert set(messages(store.search(text))) <= {asked}
    assert messages(store.search("needle")) == [asked]


@pytest.mark.parametrize(
    "text",
    [
        'needle"',
        '"needle',
        "needle*",
        "-needle",
        "^needle",
        "(needle",
        "* needle ?",
        "needle " * 200_000,
        "NEEDLE,",
    ],
)
def test_signs_around_a_word_do_no_harm(store: Store, text: str) -> None:
    (asked,) = say(store, "the needle is here")
    assert messages(store.search(text)) == [asked]


def test_random_texts_against_a_plain_scan(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the scan finds the index finds, and nothing else."""
    rng = random.Random(11)
    syllables = ["ba", "be", "bi", "Bo", "é", "ä", "x9", "ñ", "C", "7"]
    seams = [" ", " ", " ", ", ", "-", "_", ".\n", " (", "/", "'", "  "]

    def text(words: int) -> str:
        parts = []
        for _ in range(rng.randrange(words + 1)):
            parts.append("".join(rng.choice(syllables) for _ in range(rng.randrange(1, 4))))
            parts.append(rng.choice(seams))
        return "".join(parts)

    texts: dict[int, tuple[str, bool]] = {}  # and whether it is in a deleted conversation
    for _ in range(40):
        home = store.create_conversation(text(3) or "x").id
        deleted = rng.random() < 0.2
        for _ in range(rng.randrange(6)):
            content = text(12) or "?"
            (made,) = say(store, content, conversation=home)
            texts[made] = content, deleted
            if rng.random() < 0.3:
                answer, thinking = text(12), text(12)
                texts[reply(store, made, answer, thinking)] = f"{answer}\n{thinking}", deleted
        if deleted:
            store.delete_conversation(home)

    def scan(asked: str) -> set[int]:
        wanted = [fold(word) for word in asked.split()]
        found = set()
        for message, (content, deleted) in texts.items():
            words = "".join(char if char.isalnum() else " " for char in fold(content)).split()
            if not deleted and all(
                any(word.startswith(part) if len(part) > 1 else word == part for word in words)
                for part in wanted
            ):
                found.add(message)
        return found

    monkeypatch.setattr(search, "MOST_OF_ONE", 10_000)
    monkeypatch.setattr(search, "MOST_MESSAGES", 10_000)
    some = 0
    for _ in range(400):
        asked = " ".join(
            "".join(rng.choice(syllables) for _ in range(rng.randrange(1, 3)))
            for _ in range(rng.randrange(1, 3))
        )
        found = messages(store.search(asked))
        assert set(found) == scan(asked), asked
        assert found == sorted(found, reverse=True)
        some += bool(found)
    assert some > 50
    indexed(store)


def test_the_newest_are_taken_straight_from_the_index(store: Store) -> None:
    """No sorting: that would cost a step for each message that has the word."""
    plan = [
        str(row[3])
        for row in store._db.rows(
            """EXPLAIN QUERY PLAN SELECT message.id, conversation_id
               FROM word_index CROSS JOIN message ON message.id = word_index.rowid
               CROSS JOIN conversation ON conversation.id = conversation_id
               WHERE word_index MATCH 'needle' AND word_index.rowid > 0 AND deleted_at IS NULL
               AND role <> 'system' ORDER BY word_index.rowid DESC LIMIT 5"""
        )
    ]
    assert plan[0].startswith("SCAN word_index VIRTUAL TABLE INDEX")
    assert not any("TEMP B-TREE" in step for step in plan)


def break_index(store: Store) -> None:
    """Rubbish in place of words, in rows that SQLite itself finds in order."""
    store._db.run("UPDATE word_index_data SET block = x'00ff00ff00ff00ff' WHERE id > 10")
    store._db.run("UPDATE word_index_data SET block = x'ffffffffffffffffffff' WHERE id = 10")


def test_a_damaged_index_is_made_anew_by_the_search_that_meets_it(path: Path) -> None:
    with Store.open(path) as store:
        (asked,) = say(store, "needle")
        break_index(store)
    with Store.open(path) as store:
        assert store.notices == ()
        assert messages(store.search("needle")) == [asked]
        indexed(store)


def test_a_damaged_index_costs_no_message(path: Path) -> None:
    with Store.open(path) as store:
        say(store, "needle")
        break_index(store)
    with Store.open(path) as store:
        for number in range(3):  # the first may fail; what is kept is tried again
            try:
                say(store, f"more {number}", conversation=1)
            except DamagedIndexError:
                say(store, f"more {number}", conversation=1)
        assert [message.content for message in store.load_branch(1)] == [
            "needle",
            "more 0",
            "more 1",
            "more 2",
        ]
        assert len(messages(store.search("more"))) == 3
        assert not store._db.damaged
        indexed(store)


def test_an_older_store_can_be_searched_after_its_migration(path: Path) -> None:
    path.parent.mkdir(parents=True)
    connection = sqlite3.connect(path)
    connection.executescript((Path(__file__).parent / "data" / "schema_1.sql").read_text("utf-8"))
    connection.close()
    with Store.open(path, back_up=False) as store:
        conversation = store.list_conversations()[0]
        assert conversation.folder == ""
        branch = store.load_branch(conversation.id)
        for message in branch:
            word = (message.content or message.thinking).split()[0].strip("?.,!*")
            assert message.id in messages(store.search(word)), word
        assert titles(store.search(conversation.title))
        indexed(store)


def test_a_title_of_before_is_kept_when_its_conversation_goes_on(path: Path) -> None:
    path.parent.mkdir(parents=True)
    connection = sqlite3.connect(path)
    connection.executescript((Path(__file__).parent / "data" / "schema_1.sql").read_text("utf-8"))
    connection.execute("UPDATE conversation SET title = 'please keep   me.'")
    connection.commit()
    connection.close()
    with Store.open(path, back_up=False) as store:
        home = store.list_conversations()[0].id
        (asked,) = say(store, "more", conversation=home)
        reply(store, asked, "yes")
        assert store.conversation(home).title == "please keep   me."


def test_hits_tell_when_it_was(path: Path) -> None:
    noon = datetime(2026, 7, 28, 12, tzinfo=UTC)
    with Store.open(path, now=lambda: noon) as store:
        made = store.create_conversation("needle")
        store.add_user_message(made.id, "needle")
        title, message = store.search("needle").hits
        assert title.updated == message.updated == noon


def test_a_removed_message_is_not_found_until_it_is_brought_back(store: Store) -> None:
    asked = say(store, "a narwhal")
    store.remove_message(asked[0])
    assert messages(store.search("narwhal")) == []
    assert store.saved_ids()
    home = store.saved_ids()[0]
    assert list(store.saved_messages(home, whole_tree=True)) == []
    store.restore_message(asked[0])
    assert messages(store.search("narwhal")) == [asked[0]]
    assert next(iter(store.saved_messages(home, whole_tree=True))).id == asked[0]
