"""Rows survive the file they are kept in, cut off where it may be; what they derive is worked by hand."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from rows import Answer, Key, Row, RowFile, Step

KEY = Key("t.gguf", "d.gguf", "code/1", "code", 0.6, 128, "ours auto")
ANSWER = Answer(
    tokens=(5, 6, 7, 8, 9),
    first_chunk=1,
    ttft_ms=100.0,
    total_ms=300.0,
    prefill_ms=80.0,
    draft_prefill_ms=15.0,
    drafted=4,
    accepted=2,
    outside_share=0.01,
    steps=(
        Step("none", 0, 0, 1, 0.0, 0.1, 0.2),
        Step("model", 3, 2, 3, 9.0, 80.0, 1.0),
        Step("none", 0, 0, 1, 0.0, 70.0, 1.0),
    ),
)


def test_tokens_per_second_leave_the_first_chunk_out() -> None:
    assert ANSWER.tokens_per_second == pytest.approx(20)
    assert replace(ANSWER, first_chunk=2).tokens_per_second == pytest.approx(15)
    assert replace(ANSWER, tokens=(5,)).tokens_per_second is None


def test_latency_can_be_told_for_a_shorter_answer() -> None:
    assert ANSWER.latency_ms(5) == pytest.approx(ANSWER.total_ms)
    assert ANSWER.latency_ms(3) == pytest.approx(200)
    assert ANSWER.latency_ms(1) == pytest.approx(100)


def test_lengths_leave_the_step_of_the_prefill_out() -> None:
    assert ANSWER.lengths == {0: 1, 3: 1}


def test_rows_come_back(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    rows = [
        Row(KEY, ANSWER),
        Row(replace(KEY, setting="peer 3"), replace(ANSWER, steps=(), outside_share=None)),
    ]
    file = RowFile(path)
    for row in rows:
        file.add(row)
    again = RowFile(path)
    assert list(again) == rows
    assert KEY in again
    assert replace(KEY, repeat=1) not in again
    assert again.__iter__().__next__().answer.steps[1].drafter == "model"
    assert json.loads(path.read_text("utf-8").splitlines()[0])["tokens_per_second"] == pytest.approx(20)


def test_a_run_that_was_killed_while_writing_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    whole, cut = Row(KEY, ANSWER), Row(replace(KEY, id="code/2"), ANSWER)
    path.write_text(whole.to_json() + "\n" + cut.to_json()[:200], "utf-8")
    file = RowFile(path)
    assert list(file) == [whole]
    file.add(cut)
    assert list(RowFile(path)) == [whole, cut]
