"""Text from tokens: whole characters, stop strings and thinking tags across token borders."""

import random

import pytest

from slipstream.core.events import Origin, TextPiece
from slipstream.core.metrics import Phase
from slipstream.engine.text import TextStream


def play(stream: TextStream, chunks: list[bytes]) -> tuple[list[TextPiece], int | None]:
    """All pieces, and the index of the chunk that completed a stop string."""
    pieces: list[TextPiece] = []
    for i, chunk in enumerate(chunks):
        new, stopped = stream.push(chunk, Origin.PLAIN, i)
        pieces += new
        if stopped:
            return pieces, i
    return pieces + stream.finish(), None


def joined(pieces: list[TextPiece], phase: Phase) -> str:
    return "".join(piece.text for piece in pieces if piece.phase is phase)


def test_a_character_split_over_tokens_appears_whole() -> None:
    data = "a🙂b".encode()
    stream = TextStream()
    pieces, _ = play(stream, [data[i : i + 1] for i in range(len(data))])
    assert [piece.text for piece in pieces] == ["a", "🙂", "b"]
    assert [piece.token for piece in pieces] == [0, 4, 5]


def test_bytes_that_are_no_character_become_a_replacement() -> None:
    pieces, _ = play(TextStream(), [b"x\xff", b"y", b"\xf0\x9f"])
    assert "".join(piece.text for piece in pieces) == "x\ufffdy\ufffd"


def test_a_stop_string_across_tokens_is_cut_and_nothing_of_it_shown() -> None:
    stream = TextStream(["</end>"])
    pieces, stopped = play(stream, [b"one <", b"/en", b"d> two"])
    assert stopped == 2
    assert "".join(piece.text for piece in pieces) == "one "
    assert stream.text == "one "


@pytest.mark.parametrize("chunks", [[b"hm</think>", b"\nyes"], [b"hm</thi", b"nk>", b"\n", b"yes"]])
def test_a_stop_string_may_contain_a_thinking_tag(chunks: list[bytes]) -> None:
    stream = TextStream(["</think>\n"], opens_thinking=True)
    _, stopped = play(stream, chunks)
    assert stopped is not None
    assert stream.text == "hm"
    kept = TextStream(["</think>\n"], opens_thinking=True)
    play(kept, [b"hm</think>", b" yes"])
    assert (kept.thinking, kept.answer) == ("hm", "yes")


def test_what_looked_like_a_stop_string_comes_out_when_it_is_none() -> None:
    pieces, stopped = play(TextStream(["abc"]), [b"ab", b"ab", b"d"])
    assert stopped is None
    assert "".join(piece.text for piece in pieces) == "ababd"


def test_the_earliest_of_several_stop_strings_wins() -> None:
    stream = TextStream(["world", "lo w"])
    _, stopped = play(stream, [b"hello world"])
    assert stopped == 0
    assert stream.text == "hel"


def test_held_back_text_is_let_out_at_the_end() -> None:
    pieces, _ = play(TextStream(["END"]), [b"the EN"])
    assert "".join(piece.text for piece in pieces) == "the EN"


@pytest.mark.parametrize(
    ("text", "opens", "thinking", "answer"),
    [
        ("I ponder.\n</think>\n\nYes.", True, "I ponder.", "Yes."),
        ("<think>\nI ponder.\n</think>\n\nYes.", False, "I ponder.", "Yes."),
        ("  <think>a</think>b", False, "a", "b"),
        ("No tags here, a < b and </b>", False, "", "No tags here, a < b and </b>"),
        ("The tag <think> in the middle is text", False, "", "The tag <think> in the middle is text"),
        ("Thinking that never ends </thin", True, "Thinking that never ends </thin", ""),
        ("<thinking>", False, "", "<thinking>"),
        ("<think></think>x</think>", False, "", "x</think>"),
    ],
)
def test_thinking_is_split_off_however_the_tokens_fall(
    text: str, opens: bool, thinking: str, answer: str
) -> None:
    data = text.encode()
    rng = random.Random(text)
    for _ in range(50):
        cuts = sorted(rng.sample(range(len(data) + 1), rng.randint(0, min(8, len(data)))))
        chunks = [data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True)]
        stream = TextStream(opens_thinking=opens)
        pieces, _ = play(stream, chunks)
        assert (stream.thinking, stream.answer) == (thinking, answer)
        assert stream.text == text
        assert joined(pieces, Phase.THINK).rstrip() == thinking
        assert joined(pieces, Phase.ANSWER) == answer


def test_pieces_keep_their_token_and_origin() -> None:
    stream = TextStream(["zz"])
    stream.push(b"az", Origin.ACCEPTED, 0)
    pieces, _ = stream.push(b"b", Origin.BONUS, 1)
    assert pieces == [
        TextPiece("z", Phase.ANSWER, Origin.ACCEPTED, 0),
        TextPiece("b", Phase.ANSWER, Origin.BONUS, 1),
    ]


def test_new_text_gives_each_part_once_with_its_tags() -> None:
    stream = TextStream(opens_thinking=True)
    stream.push(b"hm</think>\n\nyes", Origin.PLAIN, 0)
    assert stream.new_text() == "hm</think>\n\nyes"
    assert stream.new_text() == ""


@pytest.mark.parametrize(
    ("written", "coming", "thinking"),
    [
        ([b"hm"], [b" so", b" what"], 2),
        ([b"hm"], [], 0),
        ([b"hm"], [b" so", b"</think>", b" yes"], 1),  # the tag as one token
        ([b"hm"], [b" so", b".</", b"think", b">", b" yes"], 1),  # as several
        ([b"hm <"], [b" 4", b" so"], 2),  # it was no tag
        ([b"hm"], [b" a", b" <", b" b"], 1),  # it turns out to be none in this very draft: exact all the same
        ([b"hm </thi"], [b"nk>", b" yes"], 0),
        ([b"hm </thi"], [b"s", b" one"], 2),
        ([b"hm</think>"], [b"yes"], 0),  # it is over
        (["größer 🙂".encode()[:-2]], [b"\x99\x82", b" so", b"</think>"], 2),
    ],
)
def test_how_much_of_a_draft_is_surely_thinking(
    written: list[bytes], coming: list[bytes], thinking: int
) -> None:
    stream = TextStream(opens_thinking=True)
    for i, piece in enumerate(written):
        stream.push(piece, Origin.PLAIN, i)
    assert stream.surely_thinking(coming) == thinking


def test_a_tag_that_may_be_a_stop_string_is_not_surely_thinking() -> None:
    stream = TextStream(["</think>\n"], opens_thinking=True)
    stream.push(b"hm</think>", Origin.PLAIN, 0)  # held back: the stop string may still be completed
    assert stream.phase is Phase.THINK
    assert stream.surely_thinking([b"yes"]) == 0


def test_before_the_opening_tag_nothing_is_thinking() -> None:
    stream = TextStream()
    assert stream.surely_thinking([b"<think>", b"hm"]) == 0
    stream.push(b"<think>", Origin.PLAIN, 0)
    assert stream.surely_thinking([b"hm", b" so"]) == 2
