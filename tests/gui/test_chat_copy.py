"""Copying as Markdown and as plain text: what is selected, a message, all of it."""

from collections.abc import Iterator

import pytest
from chat_hands import answer, clipboard, on_screen, open_view, piece, rows, select, user
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from slipstream.ui.chat.copying import selection_markdown, turn_text
from slipstream.ui.chat.leafrows import LeafRow
from slipstream.ui.chat.leaves import TABLE_ROWS
from slipstream.ui.chat.markdown import read_markdown
from slipstream.ui.chat.tablerow import TableRow
from slipstream.ui.chat.view import ChatView
from slipstream.ui.theme import ThemeManager

TEXT = r"""# A head

Some **bold** text, a [link](https://example.org/x) and `code`.
Second line.

1. first
   - inner
   - [x] done

   more of the first
2. second

> quoted
> on

```python
x = 1

y = "```"
```

| a | b |
|:--|--:|
| 1 \| 2 | `c` |

---

\[ x = 1 \]

The end *is* near."""


@pytest.fixture
def view(qtbot: QtBot, themes: ThemeManager) -> Iterator[ChatView]:
    with open_view(qtbot, themes) as view:
        yield view


def markdown(view: ChatView) -> str:
    return selection_markdown(view.canvas.selection, view.canvas.turns)


def whole(view: ChatView) -> str:
    view.canvas.select_all()
    return markdown(view)


def test_everything_comes_out_as_the_same_markdown(view: ChatView) -> None:
    view.set_messages([answer(TEXT)])
    copied = whole(view)
    assert read_markdown(copied) == read_markdown(TEXT)
    assert copied.startswith("# A head\n\nSome **bold** text, a [link](https://example.org/x) and `code`.\n")
    assert (
        "1. first\n   - inner\n   - [x] done\n\n   more of the first\n2. second\n\n> quoted\n> on\n" in copied
    )
    assert '````python\nx = 1\n\ny = "```"\n````' in copied
    assert "| a | b |\n| :-- | --: |\n| 1 \\| 2 | `c` |\n\n---\n\n" in copied


@pytest.mark.parametrize(
    "text",
    [
        "- a\n- b\n\n  c\n- d",
        "- a\n  - b\n    1. c\n\n       d\n  - e\n- f",
        "> a\n>\n> > b\n>\n> c",
        "> - a\n>   b\n> - c",
        "- > a\n  > b\n- c",
        "10. a\n11. b\n    - c",
        "- [ ] a\n- [x] b\n  - [ ] c",
        "- ```\n  code\n  ```\n- | a |\n  |---|\n  | b |",
        "Head\n===\n\ntext",
        "~~~\n```\n~~~",
        "a\n\n***\n\nb",
        "1. a\n\n   b\n\n1. c",
    ],
)
def test_lists_and_quotes_keep_their_shape(view: ChatView, text: str) -> None:
    view.set_messages([answer(text)])
    assert read_markdown(whole(view)) == read_markdown(text)


@pytest.mark.parametrize("rows_of_it", [3, TABLE_ROWS, TABLE_ROWS + 1, 40])
def test_a_long_table_is_one_table(view: ChatView, rows_of_it: int) -> None:
    text = "| a | b |\n|---|:-:|\n" + "".join(f"| {i} | x{i} |\n" for i in range(rows_of_it))
    view.set_messages([answer(text)])
    assert read_markdown(whole(view)) == read_markdown(text)


def test_part_of_a_long_table_gets_its_head(view: ChatView) -> None:
    text = "| a | b |\n|---|:-:|\n" + "".join(f"| {i} | x{i} |\n" for i in range(40))
    view.set_messages([answer(text)])
    second = rows(view, TableRow)[1]
    select(view, (0, 1, 0), (0, 1, second.length))
    lines = markdown(view).splitlines()
    assert lines[:3] == ["| a | b |", "| --- | :-: |", f"| {TABLE_ROWS} | x{TABLE_ROWS} |"]
    assert len(lines) == 2 + TABLE_ROWS


@pytest.mark.parametrize(
    ("text", "stretch", "wanted"),
    [
        ("one **bold words** two", (2, 8), "e **bold**"),
        ("one **bold** two", (4, 8), "**bold**"),
        ("one *it* and `co de` x", (4, 15), "*it* and `co d`"),
        ("a ~~gone~~ b", (0, 6), "a ~~gone~~"),
        ("see [the link](https://x.org/) now", (4, 7), "[the](https://x.org/)"),
        ("see https://x.org/ now", (0, 18), "see https://x.org/"),
        (r"2 \* 3 and 4 \* 5", (0, 10), r"2 * 3 and "),
        (r"so \*not\* this", (3, 8), r"\*not\*"),
        ("## A **head** here", (2, 6), "head"),
        ("tick `` a`b `` end", (0, 8), "tick `` a`b ``"),
        ("line one\nline two", (5, 13), "one\nline"),
    ],
)
def test_a_part_of_a_row_keeps_its_emphasis(
    view: ChatView, text: str, stretch: tuple[int, int], wanted: str
) -> None:
    view.set_messages([answer(text)])
    select(view, (0, 0, stretch[0]), (0, 0, stretch[1]))
    assert markdown(view) == wanted


def test_a_selection_that_begins_in_the_middle(view: ChatView) -> None:
    view.set_messages(
        [user("The question"), answer("intro\n\n1. first item\n   - inner\n2. second\n\n```\ncode\n```")]
    )
    select(view, (0, 0, 4), (1, 4, 2))
    assert markdown(view) == "question\n\nintro\n\n1. first item\n   - inner\n2. second\n\n```\nco\n```"
    select(view, (1, 1, 6), (1, 3, 3))
    assert markdown(view) == "item\n   - inner\n2. sec"
    select(view, (1, 4, 1), (1, 4, 3))
    assert markdown(view) == "od"


def test_tokens_are_copied_as_they_were_written(view: ChatView) -> None:
    pieces = (piece("so **b", token=0), piece("old**", token=1))
    view.set_show_tokens(True)
    view.set_messages([answer("so **bold**", pieces=pieces)])
    assert whole(view) == "so **bold**"


def test_plain_text_has_no_marks(view: ChatView) -> None:
    view.set_messages([user("The *question*"), answer(TEXT, thinking="hm")])
    plain = turn_text(view.canvas.turns[1])
    assert plain.startswith(
        "A head\n\nSome bold text, a link and code.\nSecond line.\n\n1. first\n• inner\n☑ done"
    )
    assert "a\tb\n1 | 2\tc" in plain
    assert "**" not in plain
    assert turn_text(view.canvas.turns[0]) == "The *question*"


def test_the_menu_copies_in_both_ways(view: ChatView) -> None:
    view.set_messages([user("The question"), answer("The *answer*", thinking="hm")])
    row = rows(view, LeafRow)[0]

    def choose(name: str) -> str:
        menu = view.canvas.make_menu(QPointF(on_screen(view, row, QPointF(5, 5))))
        next(action for action in menu.actions() if action.text() == name).trigger()
        menu.close()
        return clipboard()

    assert choose("Copy message") == "The *answer*"
    assert choose("Copy message as plain text") == "The answer"
    assert choose("Copy conversation") == "## You\n\nThe question\n\n## Answer\n\nThe *answer*\n"
    assert choose("Copy conversation as plain text") == "You:\nThe question\n\nAnswer:\nThe answer\n"
    select(view, (1, 1, 4), (1, 1, 10))
    assert choose("Copy as Markdown") == "*answer*"
    assert choose("Copy") == "answer"


def test_without_a_selection_the_shortcuts_take_the_last_message(view: ChatView) -> None:
    told = []
    view.copy_done.connect(told.append)
    view.copier.copy_markdown()
    assert told == []
    view.set_messages([user("Q"), answer("An *answer*")])
    view.copier.copy_markdown()
    assert clipboard() == "An *answer*"
    view.copier.copy_plain()
    assert clipboard() == "An answer"
    select(view, (0, 0, 0), (0, 0, 1))
    view.copier.copy_plain()
    assert clipboard() == "Q"
    view.copier.copy_markdown()
    assert told == ["Answer copied", "Answer copied", "Copied", "Copied as Markdown"]
