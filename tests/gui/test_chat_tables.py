"""Long tables: shown in parts that look like one, cheap to grow, wide enough, in either direction."""

import itertools
import random
from collections.abc import Iterator

import pytest
from chat_hands import answer, open_view, piece, rows, stream
from pytestqt.qtbot import QtBot

from slipstream.ui.chat.columns import Columns
from slipstream.ui.chat.leaves import TABLE_ROWS, Gap, Kind, Leaf
from slipstream.ui.chat.markdown import MarkdownStream, read_markdown
from slipstream.ui.chat.tablerow import TableRow
from slipstream.ui.chat.view import ChatView
from slipstream.ui.theme import DARK, ThemeManager


@pytest.fixture
def view(qtbot: QtBot, themes: ThemeManager) -> Iterator[ChatView]:
    with open_view(qtbot, themes) as view:
        yield view


def table(count: int, pipes: bool = True) -> str:
    lines = ["a | b", "--|:-:", *(f"row {i} | `x{i}`" for i in range(count))]
    return "\n".join(f"| {line} |" if pipes else line for line in lines) + "\n"


def tables(view: ChatView) -> list[TableRow]:
    return [row for row in rows(view, TableRow) if isinstance(row, TableRow)]


@pytest.mark.parametrize("count", [0, 1, TABLE_ROWS, TABLE_ROWS + 1, 3 * TABLE_ROWS, 50])
def test_a_table_is_cut_into_parts_of_equal_size(count: int) -> None:
    leaves = read_markdown("Text\n\n" + table(count) + "\nMore")
    parts = leaves[1:-1]
    assert [leaf.part for leaf in parts] == list(range(max(1, -(-count // TABLE_ROWS))))
    assert [leaf.gap for leaf in parts[1:]] == [Gap.JOINED] * (len(parts) - 1)
    cells = [cells for leaf in parts for cells in leaf.cells]
    assert cells == [("a", "b"), *((f"row {i}", f"`x{i}`") for i in range(count))]
    assert {leaf.aligns for leaf in parts} == {("", "center")}


@pytest.mark.parametrize("pipes", [True, False])
@pytest.mark.parametrize(
    "after", ["", "\n\nText after", "\n- a list", "\n> quote", "\n$$x$$\n\ny", "\n```\ncode"]
)
@pytest.mark.parametrize("seed", range(2))
def test_parts_do_not_depend_on_how_the_text_was_cut(pipes: bool, after: str, seed: int) -> None:
    for count in (TABLE_ROWS, TABLE_ROWS + 1, 2 * TABLE_ROWS + 3):
        text = "Before\n\n" + table(count, pipes).rstrip("\n") + after
        rng = random.Random(seed)
        growing = MarkdownStream()
        position, before = 0, list[Leaf]()
        while position < len(text):
            size = rng.choice([1, 2, 7, 40, 200]) if seed else 1
            first = growing.feed(text[position : position + size])
            assert before[:first] == growing.leaves[:first]
            before = list(growing.leaves)
            position += size
        growing.finish()
        assert growing.leaves == read_markdown(text), count


def test_only_the_last_rows_of_a_growing_table_are_kept_as_source() -> None:
    growing = MarkdownStream()
    longest = 0
    for i in range(400):
        growing.feed(f"| row {i} | x |\n" if i > 1 else ("| a | b |\n" if i == 0 else "|---|---|\n"))
        longest = max(longest, len(growing._tail))
    assert longest < 20 * len("| row 999 | x |\n") + 40
    assert sum(len(leaf.cells) for leaf in growing.leaves) == 399


def test_tables_in_lists_and_quotes_have_parts_too() -> None:
    text = "> " + table(40).replace("\n", "\n> ")
    leaves = read_markdown(text)
    assert [(leaf.kind, leaf.frames, leaf.part) for leaf in leaves] == [
        (Kind.TABLE, "q", i) for i in range(-(-40 // TABLE_ROWS))
    ]


def test_parts_share_the_widths_of_their_columns(view: ChatView) -> None:
    text = table(40) + "| a much longer cell than all of those before | z |\n"
    view.resize(900, 3000)
    view.set_messages([answer(text)])
    parts = tables(view)
    assert len(parts) == -(-41 // TABLE_ROWS)
    assert len({part._applied for part in parts}) == 1
    assert parts[0]._applied[0] > 200
    for above, below in itertools.pairwise(parts):
        assert below.y == above.y + above.height


def test_a_cell_that_is_wider_than_all_before_widens_all_parts(view: ChatView) -> None:
    view.resize(900, 3000)
    view.begin_answer("a0")
    stream(view, piece(table(40)))
    before = {part._applied for part in tables(view)}
    stream(view, piece("| a much longer cell than all of those before | z |\n"))
    after = {part._applied for part in tables(view)}
    assert len(before) == len(after) == 1
    assert after.pop()[0] > before.pop()[0]
    view.finish_answer()


def test_a_growing_table_writes_only_what_is_new(view: ChatView) -> None:
    view.begin_answer("a0")
    stream(view, piece("| a | b |\n|---|---|\n"))
    for i in range(200):
        stream(view, piece(f"| some {i % 10} words | other words |\n"))
    parts = tables(view)
    assert len(parts) == -(-200 // TABLE_ROWS)
    assert max(part.builds for part in parts) <= 3
    view.finish_answer()


class Part:
    ready = True


def test_parts_are_laid_out_again_only_where_widths_change() -> None:
    columns, part, other = Columns(), Part(), Part()
    columns.put(part, [(50, 20)])
    columns.put(other, [(40, 20)])
    part.ready = other.ready = True
    columns.put(other, [(50, 10)])
    assert part.ready
    columns.put(other, [(51, 10)])
    assert not part.ready
    part.ready = True
    columns.put(other, [(10, 10)])
    assert not part.ready
    assert columns.widths(100, (0,)) == (50,)


def test_a_table_that_does_not_fit_is_shared_out_fairly() -> None:
    columns, part, other = Columns(), Part(), Part()
    columns.put(part, [(50, 20), (600, 80), (10, 10)])
    columns.put(other, [(40, 20), (60, 10), (300, 60)])
    pads = (8, 16, 16)
    assert columns.widths(2000, pads) == (58, 616, 316)
    narrow = columns.widths(500, pads)
    assert sum(narrow) <= 500
    assert sum(narrow) > 490
    assert narrow[0] >= 28
    assert narrow[1] > narrow[2] > 76
    squeezed = columns.widths(100, pads)
    assert sum(squeezed) <= 100
    assert all(width > 0 for width in squeezed)


def test_a_wide_table_stays_inside_the_column(view: ChatView) -> None:
    cells = " | ".join("some longer words in a cell" for _ in range(6))
    text = f"| {cells} |\n|{'---|' * 6}\n" + f"| {cells} |\n" * 20
    for width in (900, 420):
        view.resize(width, 700)
        view.set_messages([answer(text)])
        for part in tables(view):
            if part.ready:
                assert part.ensure().size().width() <= part.width + 1


def test_another_theme_measures_anew_and_looks_the_same(view: ChatView, themes: ThemeManager) -> None:
    view.resize(900, 3000)
    view.set_messages([answer(table(40))])
    before = [part._applied for part in tables(view)]
    themes.set_mode("dark")
    assert [part._applied for part in tables(view)] == before
    assert tables(view)[0].look.theme is DARK


def test_plain_text_of_a_table_is_what_is_shown(view: ChatView) -> None:
    view.set_messages([answer("| **a** | b |\n|---|---|\n| `c` | [d](https://x.org) |")])
    (part,) = tables(view)
    assert part.text((0, part.length)) == "a\tb\nc\td"
    start = part.searchable().index("b")
    assert part.text((start, part.searchable().index("c") + 1)) == "b\nc"


def test_a_right_to_left_table_begins_on_the_right(view: ChatView) -> None:
    view.set_messages([answer("| שם | ערך |\n|---|---|\n| אחד | 1 |\n| שניים | 2 |")])
    (part,) = tables(view)
    assert part.rtl
    words = part.searchable()
    name, value = (part.rects((words.index(w), words.index(w) + 1))[0] for w in ("שם", "ערך"))
    number = part.rects((words.index("1"), words.index("1") + 1))[0]
    assert name.left() > value.right()
    assert part.width - name.right() < 4
    assert abs(number.right() - value.right()) < 4
    assert part.text((0, part.length)) == "שם\tערך\nאחד\t1\nשניים\t2"
