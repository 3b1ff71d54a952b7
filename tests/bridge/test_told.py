"""What the lower parts say is known here, so that it can be translated."""

import ast
import re
from pathlib import Path

import pytest

from slipstream.bridge.told import SENTENCES, _patterns, told

APP = Path(__file__).parents[2] / "app" / "slipstream"
PARTS = ("core", "engine", "models", "store")
RAISED = re.compile(r"^(\w*Error|damaged)$")
OWN = {
    "ValueError",
    "TypeError",
    "KeyError",
    "RuntimeError",
    "OSError",
    "FileNotFoundError",
    "FileExistsError",
    "NotImplementedError",
}


def said(node: ast.expr) -> str | None:
    """A literal text, with a figure in each hole of an f-string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "47" for part in node.values)
    return None


def sentences() -> list[tuple[str, str]]:
    """(place, text) of every message and hint that is written where an expected error is made."""
    found = []
    for part in PARTS:
        for path in sorted((APP / part).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
                if not RAISED.match(name) or name in OWN or name.startswith("_"):
                    continue
                for argument in node.args[:2]:
                    text = said(argument)
                    if text and re.search("[a-z]{4}", text):  # not only the holes
                        told_as = f"file: damaged GGUF file: {text}" if name == "damaged" else text
                        found.append((f"{path.name}:{node.lineno}", told_as))
    return found


@pytest.mark.parametrize(("place", "text"), sentences())
def test_every_message_of_an_expected_error_can_be_translated(place, text):
    assert any(
        pattern.fullmatch(text)
        for pattern, sentence in _patterns()
        if sentence not in ("{0} ({1})", "{0}; {1}", "{0}. {1}")
    )


def test_without_a_translation_sentences_stay_as_they_are():
    for sentence in SENTENCES:
        text = sentence.format("a", "b", "c", "d")
        assert told(text) == text


def test_the_sentence_that_says_most_is_taken():
    text = "m.gguf: truncated: 12 bytes, the end of its header is missing"
    found = next(sentence for pattern, sentence in _patterns() if pattern.fullmatch(text))
    assert found == "{0}: truncated: {1} bytes, the end of its header is missing"
