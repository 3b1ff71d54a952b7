"""Records become columns and come back equal; text is cleaned on its way in."""

import random
import sqlite3
import struct

import pytest
from store_samples import ANSWER, LONE, PAIR, REQUEST, make_finished

from slipstream.core.chat import GenerateRequest
from slipstream.core.events import Origin, TextPiece
from slipstream.core.metrics import Phase
from slipstream.store import packing
from slipstream.store.text import TITLE_LENGTH, clean_text, title_from


def test_tokens_come_back() -> None:
    for tokens in ((), (0,), (151_935, 7, 2**31 - 1, -1)):
        assert packing.unpack_tokens(packing.pack_tokens(tokens)) == tokens


def test_packed_numbers_read_the_same_on_every_machine() -> None:
    assert packing.pack_tokens((1, 256)) == b"\x01\0\0\0\0\x01\0\0"
    assert packing.pack_probs((1.0,)) == struct.pack("<d", 1.0)


def test_a_token_that_is_no_id_is_a_bug() -> None:
    with pytest.raises(struct.error):
        packing.pack_tokens((2**31,))


def test_probabilities_are_not_rounded() -> None:
    rng = random.Random(1)
    probs = (*(rng.random() for _ in range(50)), None, 0.0, 1.0, 5e-324)
    assert packing.unpack_probs(packing.pack_probs(probs)) == probs


def test_steps_come_back() -> None:
    database = sqlite3.connect(":memory:")
    database.row_factory = sqlite3.Row
    database.execute(f"CREATE TABLE step ({packing.STEP_COLUMNS})")
    for step in ANSWER:
        database.execute(packing.STEP_INSERT, packing.step_to_row(1, step))
    rows = database.execute("SELECT * FROM step ORDER BY number").fetchall()
    database.close()
    assert tuple(packing.step_from_row(row) for row in rows) == ANSWER


@pytest.mark.parametrize("request_", [REQUEST, GenerateRequest()])
def test_requests_come_back(request_: GenerateRequest) -> None:
    assert packing.request_from_json(packing.request_to_json(request_), request_.seed) == request_


@pytest.mark.parametrize("pair", [PAIR, LONE])
def test_pairs_come_back(pair: object) -> None:
    assert pair in (PAIR, LONE)
    assert packing.pair_from_json(packing.pair_to_json(PAIR)) == PAIR
    assert packing.pair_from_json(packing.pair_to_json(LONE)) == LONE


def test_metrics_come_back() -> None:
    stats = make_finished().stats
    text = packing.metrics_to_json(stats.metrics, stats.phases)
    assert packing.metrics_from_json(text) == (stats.metrics, stats.phases)


def test_pieces_are_cleaned_and_readable() -> None:
    text = packing.pieces_to_json([TextPiece("a\0ß", Phase.THINK, Origin.BONUS, 3)])
    assert text == '[["a\ufffdß","think","bonus",3]]'
    assert packing.pieces_from_json(text) == (TextPiece("a\ufffdß", Phase.THINK, Origin.BONUS, 3),)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("plain größer 🙂", "plain größer 🙂"),
        ("", ""),
        ("a\0b\0", "a\ufffdb\ufffd"),
        ("\ud800", "\ufffd"),
        ("a\ud83db", "a\ufffdb"),
        ("\udc4da", "\ufffda"),
        ("\ud83d\udc4d", "👍"),  # a pair of surrogates, as UTF-16 programs hand them over
        ("\udc4d\ud83d", "\ufffd\ufffd"),
        ("\ud83d\ud83d\udc4d\0", "\ufffd👍\ufffd"),
        ("\ufeffbom stays", "\ufeffbom stays"),
    ],
)
def test_text_is_cleaned(text: str, clean: str) -> None:
    assert clean_text(text) == clean
    clean_text(text).encode()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Hello", "Hello"),
        ("\n\n  What   is\tthis?  \nmore", "What is this?"),
        ("   \n", ""),
        ("", ""),
        ("word " * 40, "word word word word word word word word word word word word word word word word…"),
        ("x" * 200, "x" * (TITLE_LENGTH - 1) + "…"),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert title_from(text) == title
    assert len(title) <= TITLE_LENGTH + 1
