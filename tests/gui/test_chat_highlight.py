"""Code is coloured line by line, with what is open between the lines remembered."""

import pytest
from pygments.lexers import get_lexer_by_name

from slipstream.ui.chat.highlight import LineHighlighter, _colour, find_lexer, language_name

PYTHON = '''\
import os

def f(x: int) -> str:
    """Docs
    over two lines."""
    return f"{x!r} {os.sep}"  # comment

class A(Exception):
    x = 0x10 if True else None
'''


def colours(language: str, text: str) -> list[list[tuple[str, str | None]]]:
    highlighter = LineHighlighter(language)
    return [highlighter.line(line) for line in text.split("\n")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("python", PYTHON),
        ("rust", 'fn main() {\n    let s = "x";\n    println!("{}", s); // end\n}\n'),
        ("bash", 'for i in 1 2; do\n  echo "$i"\ndone\n'),
        ("diff", "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n"),
    ],
)
def test_lines_get_the_colours_the_whole_text_gets(language: str, text: str) -> None:
    whole = get_lexer_by_name(language, stripnl=False, ensurenl=False).get_tokens_unprocessed(text)
    expected = [(char, _colour(kind)) for _, kind, value in whole for char in value if char != "\n"]
    found = [(c, colour) for line in colours(language, text) for run, colour in line for c in run]
    blank = [(c, None) if c.isspace() else (c, colour) for c, colour in found]
    assert blank == [(c, None) if c.isspace() else (c, colour) for c, colour in expected]


def test_a_comment_over_lines_stays_one() -> None:
    lines = colours("c", "int x; /* one\n two\n three */ int y;")
    assert lines[0][-1] == ("/* one", "comment")
    assert lines[1] == [(" two", "comment")]
    assert lines[2][0] == (" three */", "comment")
    assert ("int", "type") in [(run.strip(), colour) for run, colour in lines[2][1:]]


def test_unknown_languages_and_very_long_lines_stay_plain() -> None:
    assert colours("no-such-language", "def f():") == [[("def f():", None)]]
    assert colours("python", "x" * 5000) == [[("x" * 5000, None)]]
    assert find_lexer("") is None


def test_no_character_is_lost() -> None:
    for language in ("python", "json", "html", "yaml", "js", "sql", "console", "make"):
        for line in PYTHON.split("\n"):
            assert "".join(run for run, _ in LineHighlighter(language).line(line)) == line


def test_names_of_languages() -> None:
    assert language_name("py") == "Python"
    assert language_name("rust") == "Rust"
    assert language_name("") == ""
    assert language_name("<b>x</b>") == ""
