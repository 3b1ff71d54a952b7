"""Folders, pins, deleted conversations, search, export and import: from a wish to the store and back."""

import json
import os
from pathlib import Path

import pytest
from desk import open_desk

from slipstream.bridge import store_jobs
from slipstream.bridge.groups import DELETED
from slipstream.bridge.notices import Level
from slipstream.core.transfer import Form
from slipstream.store.store import Store


def titles(desk) -> list[str]:
    return [row.title for row in desk.session.conversations.rows]


def lines(desk) -> list[str]:
    groups = desk.session.groups
    return [groups.index(i).data() for i in range(groups.rowCount())]


def errors(desk) -> list[str]:
    return [notice.message for notice in desk.notices if notice.level is Level.ERROR]


def talk(desk, *questions: str) -> list[int]:
    """A conversation for each question; their ids."""
    made = []
    for question in questions:
        desk.session.chat.new()
        desk.send(question)
        made.append(desk.session.chat.current)
    desk.wait(lambda: len(titles(desk)) >= len(questions) and questions[-1] == titles(desk)[0])
    return made


def test_pins_folders_and_their_names(desk):
    one, two, three = talk(desk, "One?", "Two?", "Three?")
    conversations = desk.session.conversations
    conversations.pin(one, True)
    conversations.move(two, "  Some   work ")
    desk.wait(lambda: lines(desk) == ["Pinned", "One?", "Some work", "Two?", "Today", "Three?"])
    assert conversations.folders == ["Some work"]
    conversations.rename_folder("Some work", "Play")
    conversations.move(three, "Play")
    desk.wait(lambda: lines(desk) == ["Pinned", "One?", "Play", "Three?", "Two?"])
    conversations.rename_folder("Play", "")
    conversations.pin(one, False)
    desk.wait(lambda: lines(desk) == ["Today", "Three?", "Two?", "One?"])


def test_a_deleted_conversation_stands_at_the_end_until_it_is_restored(desk):
    one, _ = talk(desk, "One?", "Two?")
    desk.session.conversations.remove(one)
    assert "30 days" in desk.notices[-1].hint
    desk.wait(lambda: lines(desk) == ["Today", "Two?", "Recently deleted"])
    desk.session.groups.toggle(DELETED)
    assert lines(desk) == ["Today", "Two?", "Recently deleted", "One?"]
    desk.session.conversations.restore(one)
    desk.wait(lambda: lines(desk) == ["Today", "Two?", "One?"])


def test_the_title_gets_better_when_the_first_answer_is_finished(desk):
    desk.engine.words = ["#", "A", "loop", "in", "Python"]
    desk.send("```py\nfor i in x: print(i)\n```")
    desk.wait(lambda: titles(desk) == ["A loop in Python"])


def test_what_was_deleted_long_ago_is_purged_when_idle(qtbot, tmp_path, monkeypatch):
    with open_desk(qtbot, tmp_path) as desk:
        desk.start()
        one, two = talk(desk, "One?", "Two?")
        desk.session.conversations.remove(one)
        desk.session.conversations.remove(two)
    with Store.open(tmp_path / "data" / "slipstream.sqlite3") as store:
        store._db.run("UPDATE conversation SET deleted_at = '2020-01-01T00:00:00+00:00' WHERE id = ?", one)
    monkeypatch.setattr(store_jobs, "IDLE_MS", 1)
    with open_desk(qtbot, tmp_path) as desk:
        desk.start()
        left = lambda: [row.id for row in desk.session.conversations.deleted]  # noqa: E731
        desk.session.conversations.refresh()
        desk.wait(lambda: left() == [two] or desk.session.conversations.refresh())


# Search


def found(desk):
    return desk.session.finder.results


def search(desk, text: str) -> None:
    desk.session.finder.search(text)
    desk.wait(lambda: not found(desk).is_pending)


def test_titles_are_found_at_once_and_texts_soon(desk):
    desk.engine.words = ["Only", "whales", "know"]
    one, two = talk(desk, "Whale songs?", "Tides?")
    finder = desk.session.finder
    finder.search("whal")
    assert [row.id for row in found(desk).titles] == [one]
    assert found(desk).is_pending
    desk.wait(lambda: not found(desk).is_pending)
    assert [hit.conversation for hit in found(desk).hits] == [two, one, one]
    finder.search("")
    assert not found(desk).query
    assert found(desk).hits == ()


def test_only_the_last_of_many_letters_is_waited_for(desk):
    talk(desk, "Whale songs?")
    seen = []
    desk.session.finder.found.connect(seen.append)
    for text in ("w", "wh", "wha", "whal", "whales"):
        desk.session.finder.search(text)
    desk.wait(lambda: not found(desk).is_pending)
    assert found(desk).query.words[0].tokens == ("whales",)
    assert found(desk).titles == found(desk).hits == ()
    assert seen[-1] is found(desk)


def test_what_is_found_follows_the_list(desk):
    (one,) = talk(desk, "Whale songs?")
    search(desk, "whale")
    assert len(found(desk).hits) == 1
    desk.session.conversations.remove(one)
    assert found(desk).titles == found(desk).hits == ()
    desk.session.conversations.restore(one)
    desk.wait(lambda: len(found(desk).hits) == 1)
    desk.session.conversations.rename(one, "Songs")
    desk.wait(lambda: found(desk).titles == () and not found(desk).is_pending)


@pytest.mark.parametrize("text", ["\0", '"*', "'", "x" * 1_000_000, "\ud800", '"' * 100_000, "a AND (", "🙂"])
def test_whatever_is_typed_is_answered(desk, text):
    talk(desk, "Whale songs?")
    search(desk, text)
    assert not errors(desk)
    search(desk, "whale")
    assert len(found(desk).hits) == 1


def test_a_hit_is_reached_on_its_branch(desk, qtbot):
    desk.engine.words = ["First", "answer"]
    (one,) = talk(desk, "Why?")
    first = desk.session.chat.turns[-1].id
    desk.engine.words = ["Second", "answer"]
    desk.session.chat.regenerate(first)
    desk.idle()
    second = desk.session.chat.turns[-1].id
    finder, chat = desk.session.finder, desk.session.chat
    with qtbot.waitSignal(finder.reached) as reached:  # on the branch in sight: at once
        finder.open(one, second)
    assert reached.args == [second, None]
    chat.new()
    with qtbot.waitSignal(finder.reached) as reached:
        finder.open(one, first)
    assert reached.args == [first, None]
    assert [turn.id for turn in chat.turns][-1] == first
    chat.new()
    with qtbot.waitSignal(chat.opened):
        finder.open(one, None)
    assert chat.current == one


def test_a_hit_on_another_branch_of_what_is_being_answered_is_explained(desk):
    (one,) = talk(desk, "Why?")
    first = desk.session.chat.turns[-1].id
    desk.engine.gated = True
    desk.session.chat.regenerate(first)
    desk.steps(1)
    desk.session.finder.open(one, first)
    desk.wait(lambda: any("another branch" in notice.message for notice in desk.notices))
    desk.engine.allow(1000)
    desk.idle()


# Export and import


def wait_for_notice(desk, words: str):
    desk.wait(lambda: any(words in notice.message for notice in desk.notices))
    return next(notice for notice in desk.notices if words in notice.message)


def test_all_conversations_go_out_and_come_in(desk, qtbot, tmp_path):
    desk.engine.thinking = ["Let", "me", "see"]
    talk(desk, "One?", "Two?")
    path = tmp_path / "out" / "all.json"
    desk.session.transfers.export(path, Form.JSON, None)
    wait_for_notice(desk, "2 conversations were written")
    with open_desk(qtbot, tmp_path / "second") as other:
        other.start()
        other.session.transfers.import_file(path)
        wait_for_notice(other, "2 conversations were imported")
        other.wait(lambda: titles(other) == ["Two?", "One?"])
        other.session.chat.open(other.session.conversations.rows[0].id)
        other.wait(lambda: len(other.session.chat.turns) == 2)
        theirs, ours = other.session.chat.turns[-1], desk.session.chat.turns[-1]
        assert (theirs.content, theirs.thinking, theirs.pieces) == (ours.content, ours.thinking, ours.pieces)
        assert theirs.stats.metrics == ours.stats.metrics


def test_one_conversation_is_written_and_shown_once_it_is_read(desk, tmp_path):
    one, _ = talk(desk, "One?", "Two?")
    for form in Form:
        desk.session.transfers.export(tmp_path / f"one{form.suffix}", form, one)
        desk.wait(lambda: desk.session.transfers.under_way is None)
        assert "was written to" in desk.notices[-1].message
    assert "## You\n\nOne?" in (tmp_path / "one.md").read_text("utf-8")
    desk.session.transfers.import_file(tmp_path / "one.json")  # ShareGPT's, written last
    desk.wait(lambda: titles(desk) == ["One?", "Two?", "One?"])
    desk.wait(lambda: desk.session.chat.turns[0].content == "One?" and desk.session.chat.current != one)
    desk.send("And on?")  # it goes on like any other
    assert [m.content for m in desk.engine.requests[-1].messages][::2] == ["One?", "And on?"]


def test_a_system_prompt_that_was_imported_takes_the_place_of_the_settings(desk, tmp_path):
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"messages": [{"role": "system", "content": "Be brief"}]}))
    desk.session.preferences.update(system_prompt="Be long")
    desk.session.transfers.import_file(path)
    desk.wait(lambda: desk.session.chat.current is not None)
    desk.send("Why?")
    assert [m.content for m in desk.engine.requests[-1].messages] == ["Be brief", "Why?"]


def test_a_file_that_is_wrong_changes_nothing(desk, tmp_path):
    talk(desk, "One?")
    path = tmp_path / "bad.json"
    good = {"conversations": [{"from": "human", "value": "x"}]}
    path.write_text(json.dumps([good] * 50 + [{"conversations": [{"from": "tool", "value": "x"}]}]))
    desk.session.transfers.import_file(path)
    notice = wait_for_notice(desk, "conversation 51, turn 1")
    assert (notice.level, notice.hint) == (Level.ERROR, "Nothing was imported")
    assert desk.session.transfers.under_way is None
    desk.session.conversations.refresh()
    desk.send("Still here?")
    assert titles(desk)[-1] == "One?"
    assert len(titles(desk)) == 1


def test_a_place_that_cannot_be_written_is_said(desk, tmp_path):
    talk(desk, "One?")
    desk.session.transfers.export(tmp_path, Form.JSON, None)  # a folder is in the way
    notice = wait_for_notice(desk, "could not be written")
    assert notice.level is Level.ERROR
    assert not [name for name in os.listdir(tmp_path.parent) if name.startswith(f".{tmp_path.name}")]


def long_file(path: Path, conversations: int = 3000) -> Path:
    turns = [{"from": who, "value": f"needle {n} " * 20} for n in range(3) for who in ("human", "gpt")]
    path.write_text(json.dumps([{"conversations": turns}] * conversations))
    return path


def test_a_long_import_can_be_left_and_leaves_nothing(desk, tmp_path):
    transfers, fractions = desk.session.transfers, []
    transfers.progressed.connect(fractions.append)
    transfers.import_file(long_file(tmp_path / "long.json"))
    desk.wait(lambda: any(fraction and fraction > 0.5 for fraction in fractions))  # it is being stored
    transfers.cancel()
    desk.wait(lambda: fractions[-1] is None)
    told = [fraction for fraction in fractions if fraction is not None]
    assert told == sorted(told)
    assert transfers.under_way is None
    search(desk, "needle")
    assert found(desk).hits == ()
    assert not errors(desk)


def test_an_answer_is_saved_while_a_long_import_goes_on(desk, tmp_path):
    """The store's thread answers between two slices."""
    desk.engine.gated = True
    desk.session.chat.send("Go")
    desk.steps(1)
    fractions = []
    desk.session.transfers.progressed.connect(fractions.append)
    desk.session.transfers.import_file(long_file(tmp_path / "long.json", 8000))
    desk.wait(lambda: bool(fractions))
    desk.engine.allow(1000)
    desk.idle()
    assert fractions[-1] is not None  # it still goes on
    desk.session.chat.open(desk.session.chat.current)
    with desk.qtbot.waitSignal(desk.session.chat.opened):
        pass
    assert desk.session.chat.turns[-1].content == " ".join(desk.engine.words) + " "
    assert fractions[-1] is not None
    desk.session.transfers.cancel()
    desk.wait(lambda: fractions[-1] is None)


def test_a_second_one_is_refused_while_one_goes_on(desk, tmp_path):
    transfers = desk.session.transfers
    path = long_file(tmp_path / "long.json")
    transfers.import_file(path)
    transfers.export(tmp_path / "all.json", Form.JSON, None)
    wait_for_notice(desk, "Another export or import is under way")
    assert transfers.under_way is not None
    transfers.cancel()
    desk.wait(lambda: transfers.under_way is None)


def test_closing_leaves_an_import_under_way(qtbot, tmp_path):
    with open_desk(qtbot, tmp_path) as desk:
        desk.start()
        fractions = []
        desk.session.transfers.progressed.connect(fractions.append)
        desk.session.transfers.import_file(long_file(tmp_path / "long.json"))
        desk.wait(lambda: any(fraction and fraction > 0.5 for fraction in fractions))
    with Store.open(tmp_path / "data" / "slipstream.sqlite3") as store:
        assert store.list_conversations() == ()
        assert store.search("needle").hits == ()
