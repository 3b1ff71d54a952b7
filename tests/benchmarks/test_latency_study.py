"""The gaps of the latency study, worked by hand."""

from dataclasses import replace

import pytest
from latency import by_setting, latency, records
from latency_study import print_table
from plan import AUTO, OFF
from rows import Answer, Key, Row, Step

PLAIN = Answer(
    tokens=tuple(range(6)),
    first_chunk=1,
    ttft_ms=100.0,
    total_ms=840.0,
    prefill_ms=80.0,
    steps=(
        Step("none", 0, 0, 1, 0.0, 20.0, 0.0),  # its time is the prefill's
        *(Step("none", 0, 0, 1, 0.0, ms, 1.0) for ms in (99.0, 101.0, 97.0, 99.0)),
        Step("none", 0, 0, 1, 0.0, 339.0, 1.0),  # a stall: above 3 × 100
    ),
)
DRAFTING = replace(
    PLAIN,
    total_ms=500.0,
    drafted=8,
    accepted=3,
    steps=(
        PLAIN.steps[0],
        Step("model", 4, 3, 4, 50.0, 148.0, 2.0),
        Step("model", 4, 0, 1, 50.0, 149.0, 1.0),
    ),
)
KEY = Key("t.gguf", "d.gguf", "code/1", "code", 0.0, 128, OFF)


def test_an_answers_steps_hold_its_gaps() -> None:
    assert [step.t_ms for step in records(PLAIN)] == [100, 200, 302, 400, 500, 840]


def test_gaps_are_pooled_and_stalls_counted_within_each_answer() -> None:
    one = latency([PLAIN])
    assert one.gaps == (98, 100, 100, 102, 340)
    assert (one.at(50), one.at(100), one.stalls, one.chunk) == (100, 340, 1, 1)
    assert one.stalls_per_hundred == pytest.approx(20)
    assert one.rate == pytest.approx(5 / 0.74)
    both = latency([PLAIN, PLAIN])
    assert (len(both.gaps), both.stalls, both.prompts) == (10, 2, 2)


def test_chunks_of_several_tokens() -> None:
    drafting = latency([DRAFTING])
    assert drafting.gaps == (200, 200)
    assert drafting.chunk == pytest.approx(2.5)
    assert drafting.jitter == pytest.approx(1)


def test_steps_that_do_not_make_up_the_time_are_refused() -> None:
    with pytest.raises(ValueError, match="of 1740"):
        latency([replace(PLAIN, total_ms=1840.0)])


def test_a_table_has_a_line_a_setting_and_leaves_others_out(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        Row(KEY, PLAIN),
        Row(replace(KEY, setting=AUTO), DRAFTING),
        Row(replace(KEY, setting="peer 3"), replace(PLAIN, steps=())),
        Row(replace(KEY, temperature=0.6, setting=AUTO), PLAIN),
    ]
    print_table("code", 0.0, by_setting(rows, "code", 0.0))
    lines = capsys.readouterr().out.strip().splitlines()
    assert lines[0] == "### code, temperature 0"
    assert [line.split("|")[1].strip() for line in lines[4:]] == ["not drafting", "automatic"]
    assert lines[5].split("|")[7:9] == [" 200 ", " 200 "]
    assert lines[5].split("|")[11:13] == [" 2.00 ", " 2.00 "]
