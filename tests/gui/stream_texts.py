"""Answers of 40,000 characters and more, of several kinds, for the benchmarks of the window's speed."""

import random

TOKENS, RATE = 10_000, 500  # and tokens/s
SIZE = 4  # characters a token

BLOCKS = (
    "A paragraph of prose with **bold words**, `code` and a [link](https://example.org), going on for a while "
    "so that it takes three or four lines of the column, as the paragraphs of an answer usually do. It says "
    "little, but it says it in whole sentences, and then it ends.\n\n",
    "## A heading\n\n",
    "1. First point, with some words\n2. Second point, with `code`\n   - inner point\n   "
    "- [x] done\n   - [ ] open\n\n",
    "```python\ndef f(x: int) -> int:\n    # a comment\n    return x * 2  # twice\n\n\nprint(f(21))\n```\n\n",
    "| name | value | what it is |\n|---|--:|:-:|\n" + "| one | 1 | the **first** of them |\n" * 6 + "\n",
    "> A quote of a line or so, with *emphasis*.\n\n",
    "So that \\( x_1 = \\frac{1}{2} \\) holds for all $n > 3$, and\n\n"
    "\\[ \\boxed{\\sum_{i=1}^n i = \\frac{n(n+1)}{2}} \\]\n\n",
)
LONG_TABLE = "| n | square | cube |\n|--:|--:|--:|\n" + "".join(
    f"| {i} | {i**2} | {i**3} |\n" for i in range(2000)
)
LONG_CODE = "```python\n" + "def f(x: int) -> list[int]:\n    return [x, 2 * x]  # a pair\n\n" * 700
LONG_LIST = "".join(f"{i}. Point number {i}, with **some** words and `code` in it\n" for i in range(1, 900))


def mixed() -> str:
    """Prose, headings, lists, code, tables, quotes and maths."""
    rng = random.Random(7)
    text = ""
    while len(text) < TOKENS * SIZE:
        text += rng.choices(BLOCKS, weights=(6, 1, 2, 2, 1, 1, 2))[0]
    return text


def text_of(kind: str) -> str:
    """As long as the tokens take; of any other name a mixed one."""
    return ({"table": LONG_TABLE, "code": LONG_CODE, "list": LONG_LIST}.get(kind) or mixed())[: TOKENS * SIZE]
