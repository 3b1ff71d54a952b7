"""What the lower parts say is known here, so that it can be translated."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

from slipstream.bridge.told import _patterns, all_sentences, told
from slipstream.core.paths import resources_dir
from slipstream.core.vocabulary import Vocabulary, compare_vocabularies
from slipstream.models.catalog import load_catalog

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


GENERIC = ("{0} ({1})", "{0}; {1}", "{0}. {1}")  # they say nothing themselves


def is_known(text: str) -> bool:
    return any(pattern.fullmatch(text) for pattern, sentence in _patterns() if sentence not in GENERIC)


def texts_in(path: str, *names: str) -> list[tuple[str, str]]:
    """(place, text) of all that is said in these functions, or in tables of these names."""
    found = []
    for node in ast.parse((APP / path).read_text("utf-8")).body:
        is_table = isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in names
        if not is_table and getattr(node, "name", "") not in names:
            continue
        docs = {id(part.value) for part in ast.walk(node) if isinstance(part, ast.Expr)}
        inner = {
            id(piece) for part in ast.walk(node) if isinstance(part, ast.JoinedStr) for piece in part.values
        }
        keys = {id(key) for part in ast.walk(node) if isinstance(part, ast.Dict) for key in part.keys}
        for part in ast.walk(node):
            text = said(part) if isinstance(part, ast.expr) else None
            if text and re.search("[a-z]{4}", text) and " " in text and id(part) not in docs | inner | keys:
                found.append((f"{path}:{part.lineno}", text))
    return found


ONE = Vocabulary("bpe", 1, 2, add_bos=True, add_eos=True, texts=[str(i) for i in range(300)])
OTHER = Vocabulary("spm", 1, 2, add_bos=False, add_eos=False, texts=["other"] * 100)
NEAR = replace(ONE, texts=[*ONE.texts[:-1], "another"])


def reasons() -> list[tuple[str, str]]:
    """Why a file cannot be used, or a pair does not go together, and what the bundled list of pairs says."""
    catalog = load_catalog(resources_dir())
    return [
        *texts_in("models/abort_guards.py", "_layers", "_experts", "_tokens"),
        *texts_in("models/architectures.py", "_NO_CHAT", "_NO_MODEL"),
        *texts_in("models/card.py", "_problem"),
        *texts_in("models/inspect.py", "_notes"),
        *texts_in("models/library.py", "Library", "_read_headers", "_stamps"),
        *texts_in("models/walk.py", "Walk"),
        *texts_in("models/not_gguf.py", "why_not_gguf", "OTHER_MODELS", "LOOK_FOR_GGUF"),
        *texts_in("models/ollama.py", "ollama_models"),
        *texts_in("models/removal.py", "remove"),
        *texts_in("models/hub_refusals.py", "CHECK_NETWORK", "LOG_IN"),
        *(("vocabulary", reason) for reason in compare_vocabularies(ONE, OTHER).reasons),
        *(("vocabulary", reason) for reason in compare_vocabularies(ONE, NEAR).reasons),
        *((pair.draft, pair.note) for pair in catalog.pairs),
        *((source.id, source.title) for source in catalog.sources),
    ]


@pytest.mark.parametrize(("place", "text"), reasons())
def test_every_reason_against_a_file_or_a_pair_can_be_translated(place, text):
    assert is_known(text)


def test_what_stands_in_a_hole_is_translated_too():
    text = "beginning-of-text token differs: target 151646 (added), draft not added"
    asked = [pattern.fullmatch(text) for pattern, _ in _patterns() if pattern.fullmatch(text)]
    assert asked[0].groups() == ("151646 (added)", "not added")
    assert all(map(is_known, asked[0].groups()))


@pytest.mark.parametrize(("place", "text"), sentences())
def test_every_message_of_an_expected_error_can_be_translated(place, text):
    assert is_known(text)


def test_without_a_translation_sentences_stay_as_they_are():
    for sentence in all_sentences():
        text = sentence.format("a", "b", "c", "d")
        assert told(text) == text


def test_the_sentence_that_says_most_is_taken():
    text = "m.gguf: truncated: 12 bytes, the end of its header is missing"
    found = next(sentence for pattern, sentence in _patterns() if pattern.fullmatch(text))
    assert found == "{0}: truncated: {1} bytes, the end of its header is missing"
