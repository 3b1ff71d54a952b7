"""Growing Markdown: the right leaves, however the text was cut, and nothing finished is touched again."""

import random
import re

import pytest

from slipstream.ui.chat.leaves import LONG, SOFT, Gap, Kind, Leaf, soft_chunks
from slipstream.ui.chat.markdown import MarkdownStream, read_markdown

SAMPLE = (
    r"""# Title

Intro with **bold** and `code`, see [link](http://x.y) \( a_1 + b_2 \) and more.
Second line.

1. First
   - nested a
   - nested b

   ```python
   x = 1

   y = 2
   ```
1. Second
1. Third

| a | b |
|---|:-:|
| 1 | 2 |
| 3 | 4 |

> quote
> more
> - [x] task

```python
def f(x):
    return x
```
Text after
- a
- [ ] task b

  paragraph in b

\[
x
= 3
\]

Heading
---

    indented

~~~
``` not a close
~~~
$$ x^2 $$

***
"""
    + "A very long sentence stands here. " * 300
    + "\n\nFinal `open"
)


def stream(text: str, sizes: "random.Random | int") -> MarkdownStream:
    """Feed `text` in pieces; leaves that were told final must stay as they were."""
    result = MarkdownStream()
    before: list[Leaf] = []
    position = 0
    while position < len(text):
        size = sizes if isinstance(sizes, int) else sizes.choice([1, 1, 2, 3, 7, 20, 80, 300])
        first = result.feed(text[position : position + size])
        assert before[:first] == result.leaves[:first]
        before = list(result.leaves)
        position += size
    first = result.finish()
    assert before[:first] == result.leaves[:first]
    return result


@pytest.mark.parametrize("seed", range(12))
def test_leaves_do_not_depend_on_how_the_text_was_cut(seed: int) -> None:
    whole = read_markdown(SAMPLE)
    assert stream(SAMPLE, random.Random(seed) if seed else 1).leaves == whole


def kinds(text: str) -> list[tuple[Kind, str]]:
    return [(leaf.kind, leaf.text) for leaf in read_markdown(text)]


def test_lists_are_flattened_with_their_markers() -> None:
    leaves = read_markdown("3. three\n4. four\n   - inner\n     more\n\n     second\n5. > quoted\n6.\n")
    assert [(leaf.marker, leaf.frames, leaf.text) for leaf in leaves] == [
        ("3.", "l", "three"),
        ("4.", "l", "four"),
        ("•", "ll", "inner\nmore"),
        ("", "ll", "second"),
        ("5.", "l", ""),
        ("", "lq", "quoted"),
        ("6.", "l", ""),
    ]
    assert [leaf.gap for leaf in leaves[:4]] == [Gap.TIGHT if i in (1, 2) else Gap.NORMAL for i in range(4)]


def test_numbers_go_on_when_a_model_writes_one_everywhere() -> None:
    text = "".join(f"1. item\n\n   text of {i}\n\n" for i in range(5))
    assert [leaf.marker for leaf in stream(text, 3).leaves if leaf.marker] == ["1.", "2.", "3.", "4.", "5."]
    again = "1. a\n1. b\n\nbreak\n\n1. c\n"
    assert [leaf.marker for leaf in stream(again, 2).leaves if leaf.marker] == ["1.", "2.", "1."]


def test_tasks_and_tables() -> None:
    tasks = read_markdown("- [x] done\n- [ ] open\n- [link](http://x.y)\n")
    assert [leaf.marker for leaf in tasks] == ["☑", "☐", "•"]
    (table,) = read_markdown("| a | b |\n|:--|--:|\n| 1 | `x` |\n")
    assert table.cells == (("a", "b"), ("1", "`x`"))
    assert table.aligns == ("left", "right")


def test_maths_is_kept_as_it_was_written() -> None:
    assert kinds("\\[\nx\n- 3 = y_1 * z_1 *\n\\]\n") == [(Kind.MATH, "\\[\nx\n- 3 = y_1 * z_1 *\n\\]")]
    assert kinds("$$ x $$") == [(Kind.MATH, "$$ x $$")]
    assert kinds("so $$ x $$ inside") == [(Kind.TEXT, "so $$ x $$ inside")]
    assert kinds("\\[ never closed\n\nnext") == [(Kind.TEXT, "\\[ never closed"), (Kind.TEXT, "next")]


def test_html_is_text() -> None:
    text = '<script>alert(1)</script>\n\n<img src="file:///etc/passwd">'
    assert kinds(text) == [
        (Kind.TEXT, "<script>alert(1)</script>"),
        (Kind.TEXT, '<img src="file:///etc/passwd">'),
    ]


@pytest.mark.parametrize(
    "undecided", ["-", "---", "1", "12.", "```pyth", "|", "| a | b", "##", "- [", "**", "$$"]
)
def test_what_may_become_something_else_is_held_back(undecided: str) -> None:
    growing = MarkdownStream()
    growing.feed("Text before\n" + undecided)
    assert [leaf.text for leaf in growing.leaves] == ["Text before"]
    growing.finish()
    shown = " ".join(
        leaf.text + leaf.marker + leaf.language + "".join(map("".join, leaf.cells)) for leaf in growing.leaves
    )
    if undecided not in ("---", "-", "##", "12."):  # these do mean something when nothing follows
        assert re.sub(r"\W", "", undecided) in re.sub(r"[^\w]", "", shown)


def test_a_table_shows_only_once_it_is_one() -> None:
    growing = MarkdownStream()
    seen = set()
    for char in "Look:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n":
        growing.feed(char)
        seen |= {leaf.kind for leaf in growing.leaves[1:]}
    assert seen == {Kind.TABLE}


def test_an_open_fence_is_not_parsed_again() -> None:
    growing = MarkdownStream()
    growing.feed("before\n\n```py\n")
    for i in range(200):
        first = growing.feed(f"x = {i}\n")
        assert first == 1
    assert growing.leaves[1].text.count("\n") == 199
    assert growing._tail == ""
    growing.feed("```\nafter")
    assert [leaf.kind for leaf in growing.leaves] == [Kind.TEXT, Kind.CODE, Kind.TEXT]


def test_only_the_last_open_block_is_kept_as_source() -> None:
    growing = MarkdownStream()
    longest = 0
    for word in SAMPLE.split(" "):
        growing.feed(word + " ")
        longest = max(longest, len(growing._tail))
    assert longest < LONG + 100
    items = MarkdownStream()
    for i in range(300):
        items.feed(f"- item {i}\n")
    assert len(items._tail) < 30


def test_long_paragraphs_are_cut_where_a_sentence_ends() -> None:
    text = "One sentence **with bold** in it. " * 200
    chunks = soft_chunks(text.strip())
    assert all(len(chunk) <= SOFT for chunk in chunks[:-1])
    assert all(chunk.endswith(".") for chunk in chunks)
    assert " ".join(chunks) == text.strip()
    assert "".join(soft_chunks("x" * 200_000)) == "x" * 200_000
    leaves = read_markdown("y" * 10_000)
    assert [leaf.gap for leaf in leaves][1:] == [Gap.JOINED] * (len(leaves) - 1)


@pytest.mark.parametrize(
    "text", ["", "\n\n", "\0", "\r\n\r\n", "- " * 400, "> " * 400 + "x", "[" * 3000, "|" * 3000]
)
def test_odd_texts_are_read(text: str) -> None:
    assert stream(text, 7).leaves == read_markdown(text)


def test_line_ends_of_other_systems() -> None:
    assert read_markdown("a\r\n\r\nb\rc") == read_markdown("a\n\nb\nc")


@pytest.mark.parametrize("opener", ["\\[", "$$"])
def test_a_formula_that_is_being_written_is_one_already(opener: str) -> None:
    growing = MarkdownStream()
    growing.feed(f"So\n\n{opener}\na_1 *")
    assert [leaf.kind for leaf in growing.leaves] == [Kind.TEXT, Kind.MATH]
    assert growing.leaves[1].text == f"{opener}\na_1 *"
    growing.feed("\n\nnext")
    assert [leaf.kind for leaf in growing.leaves] == [Kind.TEXT] * 3
    growing.finish()
    assert growing.leaves == read_markdown(f"So\n\n{opener}\na_1 *\n\nnext")


@pytest.mark.parametrize(
    "text",
    [
        "text\n\\[ a\n\nb",
        "text\n\\[ a\nb\n\n\\]",
        "- item\n\n  \\[ a\n- b",
        "> \\[ a\n\nb",
        "\\[ a\n---\nb",
        "$$ a\n| b |\n|---|\n\n$$",
        "\\[\na\n\\]\n\\[\nb",
    ],
)
def test_open_formulas_leave_the_leaves_independent_of_cuts(text: str) -> None:
    whole = read_markdown(text)
    for size in (1, 2, 3, 5, 100):
        assert stream(text, size).leaves == whole


def test_definitions_of_links_count_once_they_are_whole_and_the_first_of_a_name_counts() -> None:
    growing = MarkdownStream()
    seen = []
    for (
        char
    ) in "See [one] and [two][2].\n\n[one]: https://one.org/path\n[2]: https://two.org\n\n[one]: /no\n\nEnd":
        growing.feed(char)
        seen.append({label: found["href"] for label, found in growing.references.items()})
    growing.finish()
    both = {"ONE": "https://one.org/path", "2": "https://two.org"}
    assert [each for i, each in enumerate(seen) if i == 0 or each != seen[i - 1]] == [
        {},
        {"ONE": "https://one.org/path"},
        both,
    ]
    assert {label: found["href"] for label, found in growing.references.items()} == both
    assert [leaf.text for leaf in growing.leaves] == ["See [one] and [two][2].", "End"]
