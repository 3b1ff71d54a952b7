"""Records become columns and come back equal; text is cleaned on its way in."""

import json
import random
import sqlite3
import struct
from dataclasses import replace

import pytest
from store_samples import ANSWER, LONE, PAIR, REQUEST, make_finished, make_step

from slipstream.core.chat import AcceptRule, Drafting, GenerateRequest, Speculation
from slipstream.core.events import Origin, TextPiece
from slipstream.core.metrics import IclSummary, Metrics, Phase, PositionCount, StopReason
from slipstream.store import packing
from slipstream.store.text import clean_text


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
    lossy = make_step(5, " or", " so", drafted=1)
    steps = (*ANSWER, replace(lossy, record=replace(lossy.record, rule="relaxed", refused=0.7)))
    for step in steps:
        database.execute(packing.STEP_INSERT, packing.step_to_row(1, step))
    rows = database.execute("SELECT * FROM step ORDER BY number").fetchall()
    database.close()
    assert tuple(packing.step_from_row(row) for row in rows) == steps


@pytest.mark.parametrize(
    "request_",
    [REQUEST, GenerateRequest(), GenerateRequest(speculation=Speculation(accept=AcceptRule.RELAXED))],
)
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


def other_version(data: object, drop: set[str]) -> object:
    """The same data as a version wrote it that knows one more field of everything, and does not know `drop`."""
    if isinstance(data, list):
        return [other_version(item, drop) for item in data]
    if isinstance(data, dict):
        kept = {key: other_version(value, drop) for key, value in data.items() if key not in drop}
        return {**kept, "new": 1}
    return data


def test_requests_of_another_version_are_read() -> None:
    data = other_version(json.loads(packing.request_to_json(REQUEST)), {"min_p", "stop", "lookup"})
    assert isinstance(data, dict)
    data["speculation"] |= {"drafting": "medusa", "accept": "generous"}
    read = packing.request_from_json(json.dumps(data), 7)
    assert (read.sampling, read.max_tokens, read.stop) == (REQUEST.sampling, REQUEST.max_tokens, ())
    assert (read.speculation.drafting, read.speculation.accept) == (Drafting.NONE, AcceptRule.LOSSLESS)
    assert read.speculation.draft_max == 4
    assert packing.request_from_json("{}", None) == GenerateRequest()


def test_pairs_of_another_version_are_read() -> None:
    data = other_version(json.loads(packing.pair_to_json(PAIR)), {"threads", "n_ctx_train"})
    read = packing.pair_from_json(json.dumps(data))
    assert (read.target.path, read.target.devices) == (PAIR.target.path, PAIR.target.devices)
    assert (read.threads, read.target.n_ctx_train) == (0, 0)
    assert read.draft is not None
    assert PAIR.draft is not None
    assert read.draft.name == PAIR.draft.name


def test_metrics_of_another_version_are_read() -> None:
    stats = make_finished().stats
    data = json.loads(packing.metrics_to_json(stats.metrics, stats.phases))
    data = other_version(data, {"tpot_ms", "stalls", "reached"})
    assert isinstance(data, dict)
    del data["new"]
    data["phases"] = {phase: data["phases"][phase] for phase in ("think", "answer")} | {"plan": data["all"]}
    whole, phases = packing.metrics_from_json(json.dumps(data))
    assert (whole.emitted, whole.tpot_ms, set(phases)) == (stats.metrics.emitted, None, set(Phase))
    assert isinstance(whole, Metrics)
    assert isinstance(whole.icl, IclSummary)
    first = stats.metrics.positions[0]
    assert whole.positions[0] == PositionCount(first.drafted, 0, first.accepted)


def test_values_that_are_not_known_fall_back() -> None:
    assert packing.pieces_from_json('[["a","plan","tree",3]]') == (
        TextPiece("a", Phase.ANSWER, Origin.PLAIN, 3),
    )
    assert packing.known(StopReason, "bored", None) is None
    assert packing.known(StopReason, None, StopReason.END_OF_TURN) is StopReason.END_OF_TURN
    assert packing.known(StopReason, "stopped", None) is StopReason.STOPPED


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
