"""Finding by a few letters."""

import pytest

from slipstream.ui.window.command_list import Command, find
from slipstream.ui.window.matching import fold, match


def commands(*titles: str, section: str = "View") -> list[Command]:
    return [Command(title, section, lambda: None) for title in titles]


def best(typed: str, *titles: str) -> list[str]:
    return [found.command.title for found in find(typed, commands(*titles))]


@pytest.mark.parametrize(
    ("typed", "text", "letters"),
    [
        ("new", "New conversation", {0, 1, 2}),
        ("conv", "New conversation", {4, 5, 6, 7}),
        ("vers", "New conversation", {7, 8, 9, 10}),
        ("nc", "New conversation", {0, 4}),
        ("con new", "New conversation", {0, 1, 2, 4, 5, 6}),
        ("grosse", "Größe", None),  # ß is a letter of its own
        ("große", "Große", {0, 1, 2, 3, 4}),
        ("ubliche", "Übliche Größe", {0, 1, 2, 3, 4, 5, 6}),
        ("новый", "Новый чат", {0, 1, 2, 3, 4}),
        ("zz", "New conversation", None),
        ("wen", "New conversation", None),
    ],
)
def test_which_letters_are_met(typed, text, letters):
    found = match(typed, fold(text))
    assert (found.letters if found else None) == letters


def test_all_words_must_be_there():
    assert best("open draft", "Open model", "Open draft model") == ["Open draft model"]


def test_the_start_of_a_word_beats_its_middle_and_scattered_letters():
    titles = ("Unload the model", "Show drafted tokens", "Load Qwen", "Live or dead")
    assert best("load", *titles) == ["Load Qwen", "Unload the model", "Live or dead"]
    assert best("st", "Show drafted tokens", "Stop") == ["Stop", "Show drafted tokens"]


def test_what_holds_little_else_comes_first_and_equals_keep_their_order():
    assert best("text", "Larger text for all", "Larger text") == ["Larger text", "Larger text for all"]
    assert best("a", "a 1", "a 2", "a 3") == ["a 1", "a 2", "a 3"]


def test_a_section_is_found_too_but_counts_less():
    menu = [*commands("Zoom", section="View"), *commands("View the log", section="Help")]
    assert [found.command.title for found in find("view", menu)] == ["View the log", "Zoom"]


def test_without_a_word_all_stay_as_they_are():
    assert best("  ", "b", "a") == ["b", "a"]


def test_what_cannot_be_done_now_comes_after_what_can():
    off = Command("Stop", "Answer", lambda: None, reason="nothing is being written", enabled=False)
    found = find("sto", [off, *commands("Restore")])
    assert [row.command.title for row in found] == ["Stop", "Restore"]  # a far better fit still wins
    found = find("st", [off, *commands("Start again")])
    assert [row.command.title for row in found] == ["Start again", "Stop"]


def test_ten_thousand_titles_are_searched_at_once():
    many = commands(*(f"Go to conversation {i} about the weather" for i in range(10_000)), "Go to Zürich")
    assert find("zuri", many)[0].command.title == "Go to Zürich"
