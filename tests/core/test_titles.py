"""What conversations are called: what a person would expect to read in the list."""

import pytest

from slipstream.core.titles import LENGTH, title_of


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("What is six times seven?\nBe brief.", "What is six times seven?"),
        ("\n\n  What   is\tthis?  \nmore", "What is this?"),
        ("explain backpropagation", "Explain backpropagation"),
        ("Hi! Can you explain how tides work?", "Explain how tides work"),
        ("Hello,\n\nplease write a haiku about rain.", "Write a haiku about rain"),
        ("Hey there, what is a monad?", "What is a monad?"),
        ("hi can you help me to fix my router?", "Fix my router"),
        ("Hello world in Rust", "Hello world in Rust"),
        ("History of the C language", "History of the C language"),
        ("## **Plan** a trip to *Rome*", "Plan a trip to Rome"),
        ("> - [ ] check `list.append()` cost", "Check list.append() cost"),
        ("1. First do this", "First do this"),
        ("See [the docs](https://example.com/a/b) and summarise", "See the docs and summarise"),
        ("Summarise https://www.example.com/long/path?x=1 for me", "Summarise example.com for me"),
        ("Here is my code:\n```py\nprint(1)\n```\nWhy does it fail?", "Why does it fail?"),
        ("```\nraise ValueError\n```\nwhat does this mean", "What does this mean"),
        ("iPhone or Android?", "iPhone or Android?"),
        ("numpy.array vs list", "numpy.array vs list"),
        ("if a < b and c > d then what", "If a < b and c > d then what"),
        ("What does vector<int> do?", "What does vector<int> do?"),
        ("<p>Translate</p> this", "Translate this"),
        ("2 + 2 * 3 * 4 = ?", "2 + 2 * 3 * 4 = ?"),
        ("你好，推测解码是什么？", "推测解码是什么？"),
        ("Hallo! Was ist ein Windschatten?", "Was ist ein Windschatten?"),
        ("Bitte erkläre Rekursion.", "Erkläre Rekursion"),
    ],
)
def test_the_question_gives_the_title(question, title):
    made = title_of([question])
    assert (made.text, made.is_settled) == (title, True)


def test_a_long_question_is_cut_after_its_first_sentence_or_at_a_word():
    first = "Why is the sky blue? " + "I have wondered about that for many years now. " * 3
    assert title_of([first]).text == "Why is the sky blue?"
    cut = title_of(["word " * 40]).text
    assert cut.endswith("word…")
    assert LENGTH - 8 < len(cut) <= LENGTH
    assert title_of(["x" * 200]).text == "x" * (LENGTH - 1) + "…"


@pytest.mark.parametrize("greeting", ["Hi", "hello!", "Hey there :)", "你好", "Guten Tag."])
def test_a_greeting_is_a_title_only_until_something_is_said(greeting):
    first = title_of([greeting], "Hello! How can I help you today?")
    assert not first.is_settled
    assert first.text
    later = title_of([greeting, "How do tides work?"], "By the moon.")
    assert (later.text, later.is_settled) == ("How do tides work?", True)


def test_where_the_question_is_only_code_the_answer_helps():
    question = "```python\nfor i in range(3): print(i)\n```"
    before = title_of([question])
    assert (before.text, before.is_settled) == ("For i in range(3): print(i)", False)
    heading = "# A loop over three numbers\n\nIt prints 0, 1 and 2."
    assert title_of([question], heading).text == "A loop over three numbers"
    sentence = "This loop prints the numbers 0 to 2. " + "It is simple. " * 10
    assert title_of([question], sentence).text == "This loop prints the numbers 0 to 2"


@pytest.mark.parametrize("text", ["", "   \n", "\n\n"])
def test_nothing_said_is_no_title(text):
    assert title_of([text]).text == ""
    assert title_of([]).text == ""


@pytest.mark.parametrize(
    "text",
    [
        "*" * 50_000,
        "`" * 50_001,
        "_" * 50_000,
        "[" * 50_000,
        "> " * 50_000,
        "# " * 20_000,
        "<a " * 20_000,
        "a\n" * 90_000,
    ],
)
def test_rude_texts_give_a_short_title_in_no_time(text):
    assert len(title_of([text], text).text) <= LENGTH
