"""Seeing speculation in the text: each token's card, by pointer and by keys, and the reading place kept."""

from collections.abc import Iterator

import pytest
from chat_hands import CONTROL, answer, at_character, hover, key, open_view, piece, rows, stream, user
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from slipstream.core.events import UNKNOWN_TOKEN, Origin, StepDone, TextPiece
from slipstream.core.metrics import Phase, StepRecord
from slipstream.core.step_book import RunSteps
from slipstream.ui.chat.leafrows import LeafRow
from slipstream.ui.chat.look import make_look
from slipstream.ui.chat.tokencard import CardLine, card_text, percent, visible
from slipstream.ui.chat.tokenrows import TokensRow, TokensSection
from slipstream.ui.chat.tokenwalk import TokenAt
from slipstream.ui.chat.view import ChatView
from slipstream.ui.theme import LIGHT, ThemeManager

# Paris| is| the| big| capital|.   with a draft of three, of which the last was refused
TEXTS = ("Paris", " is", " the", " big", " capital", ".")
ORIGINS = (
    *(Origin.PLAIN, Origin.ACCEPTED, Origin.ACCEPTED, Origin.RECOVERED, Origin.ACCEPTED, Origin.BONUS),
)
PIECES = tuple(
    TextPiece(text, Phase.ANSWER, origin, token)
    for token, (text, origin) in enumerate(zip(TEXTS, ORIGINS, strict=True))
)


def record(index: int, drafted: tuple[int, ...], accepted: int, emitted: tuple[int, ...]) -> StepRecord:
    return StepRecord(
        index=index,
        drafter="model" if drafted else "none",
        rule="token",
        phase=Phase.ANSWER,
        position=10 + index,
        limit=4,
        drafted=drafted,
        accepted=accepted,
        emitted=emitted,
        target_probs=tuple(0.9 - i / 5 for i in range(len(drafted))),
        draft_probs=tuple(0.8 - i / 5 for i in range(len(drafted))),
        draft_ms=3.25,
        verify_ms=20.0,
        sample_ms=0.5,
        other_ms=0.25,
        t_ms=100.0 * index,
    )


STEPS = (
    StepDone(record(1, (), 0, (1,)), PIECES[:1]),
    StepDone(record(2, (2, 3, 40, 41), 2, (2, 3, 4)), PIECES[1:4]),
    StepDone(record(3, (5,), 1, (5, 6)), PIECES[4:]),
)
RUN = RunSteps(7, "Target 7B", "Draft 1B", STEPS, {40: " small", 41: "\n"})


@pytest.fixture
def view(qtbot: QtBot, themes: ThemeManager) -> Iterator[ChatView]:
    with open_view(qtbot, themes) as view:
        yield view


@pytest.fixture
def asked(view: ChatView) -> list[tuple[str, int]]:
    """What was wanted of whoever keeps the steps."""
    wanted: list[tuple[str, int]] = []
    view.steps_wanted.connect(lambda message, known: wanted.append((message, known)))
    return wanted


def show(view: ChatView) -> TokensRow:
    view.set_show_tokens(True)
    view.set_messages([user("Q"), answer("".join(TEXTS), pieces=PIECES)])
    (row,) = rows(view, TokensRow)
    assert isinstance(row, TokensRow)
    return row


def said(view: ChatView) -> str:
    """All words of the card, as they are on the screen."""
    card = view.inspector.card
    assert not card.isHidden()
    return " | ".join(label.text() for label in card.findChildren(QLabel) if not label.isHidden())


# The card's words


def test_an_accepted_token_has_one_line_with_both_probabilities(view: ChatView) -> None:
    view.put_steps("a", 0, [RUN])
    source = view.inspector._books["a"].source(1)
    text = card_text(" is", Origin.ACCEPTED, source)
    assert text.lines == (CardLine("proposed", "·is", "80.0 %", "90.0 %"),)
    assert text.notes == (
        "Place 1 of 4, drafted by Draft 1B",
        "Step 2: 24.0 ms = 3.2 draft + 20.0 verify + 0.5 sample + 0.2 other",
    )


def test_a_recovered_token_names_the_refused_one(view: ChatView) -> None:
    view.put_steps("a", 0, [RUN])
    text = card_text(" big", Origin.RECOVERED, view.inspector._books["a"].source(3))
    assert text.lines == (
        CardLine("refused", "·small", "40.0 %", "50.0 %"),
        CardLine("taken", "·big", "–", "–"),
    )
    assert text.notes[:2] == (
        "Probabilities are recorded of proposals only.",
        "Dropped behind it: ↵",
    )
    assert "refused ·small: draft 40.0 %, model 50.0 %" in text.spoken()


def test_without_the_models_file_the_id_is_shown(view: ChatView) -> None:
    view.put_steps("a", 0, [RunSteps(7, "T", None, STEPS)])
    text = card_text(" big", Origin.RECOVERED, view.inspector._books["a"].source(3))
    assert text.lines[0].token == "token 40"


def test_a_bonus_and_a_plain_token_had_no_proposal(view: ChatView) -> None:
    view.put_steps("a", 0, [RUN])
    book = view.inspector._books["a"]
    bonus = card_text(".", Origin.BONUS, book.source(5))
    assert bonus.lines == ()
    assert bonus.notes[0] == "After a draft of 1 by Draft 1B"
    plain = card_text("Paris", Origin.PLAIN, book.source(0))
    assert [note.partition(":")[0] for note in plain.notes] == ["Step 1"]


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (None, "–"),
        (0.0, "0.0 %"),
        (0.0001, "< 0.1 %"),
        (0.5, "50.0 %"),
        (0.9999, "> 99.9 %"),
        (1.0, "100.0 %"),
    ],
)
def test_probabilities_are_not_rounded_to_certainty(probability: float | None, words: str) -> None:
    assert percent(probability) == words


def test_white_space_is_made_visible() -> None:
    assert visible(" a\n\t") == "·a↵⇥"
    assert len(visible("x" * 100)) == 24


# Pointer


def test_resting_on_a_token_shows_its_card(
    view: ChatView, qtbot: QtBot, asked: list[tuple[str, int]]
) -> None:
    row = show(view)
    hover(view, at_character(view, row, len("Paris is the b")))
    assert row.outlined == 3
    qtbot.waitUntil(lambda: not view.inspector.card.isHidden())
    assert "Looking it up…" in said(view)
    assert asked == [("a0", 0)]
    view.put_steps("a0", 0, [RUN])
    assert "·small" in said(view)
    assert "50.0 %" in said(view)
    hover(view, at_character(view, row, 1))
    assert "Written without a draft" in said(view)
    assert asked == [("a0", 0)]
    hover(view, QPoint(5, 5))
    assert view.inspector.card.isHidden()
    assert row.outlined is None


def test_the_card_stands_beside_its_token_inside_the_window(view: ChatView, qtbot: QtBot) -> None:
    row = show(view)
    view.put_steps("a0", 0, [RUN])
    card = view.inspector.card
    for size in ((900, 600), (420, 420)):
        view.resize(*size)
        point = at_character(view, row, len("Paris is the big cap"))
        hover(view, QPoint(1, 1))
        hover(view, point)
        qtbot.waitUntil(lambda: not card.isHidden())
        place = view.canvas.viewport().mapTo(view, point)
        assert view.rect().contains(card.geometry())
        assert not card.geometry().contains(place)
        assert abs(card.geometry().center().y() - place.y()) < card.height()


def test_no_card_without_the_mode(view: ChatView, asked: list[tuple[str, int]]) -> None:
    row = show(view)
    view.set_show_tokens(False)
    (leaf,) = [r for r in rows(view, LeafRow) if "Paris" in r.searchable()]
    hover(view, at_character(view, leaf, 2))
    assert view.inspector.current is None
    assert row.outlined is None
    assert asked == []


def test_scrolling_takes_the_pointers_card_away(view: ChatView, qtbot: QtBot) -> None:
    view.set_show_tokens(True)
    many = tuple(piece(f"word{i} \n", token=i) for i in range(80))
    view.set_messages([answer("".join(p.text for p in many), pieces=many)])
    row = rows(view, TokensRow)[0]
    view.canvas.verticalScrollBar().setValue(0)
    hover(view, at_character(view, row, 3))
    qtbot.waitUntil(lambda: not view.inspector.card.isHidden())
    view.canvas.verticalScrollBar().setValue(40)
    assert view.inspector.card.isHidden()


# Keys


def test_arrow_keys_walk_from_token_to_token(view: ChatView) -> None:
    row = show(view)
    view.put_steps("a0", 0, [RUN])
    spoken = []
    for _ in range(len(TEXTS)):
        key(view, Qt.Key.Key_Right)
        spoken.append(view.inspector.card.accessibleName())
    assert [line.partition(".")[0] for line in spoken] == ["Paris", "·is", "·the", "·big", "·capital", ""]
    key(view, Qt.Key.Key_Right)
    assert row.outlined == 5
    key(view, Qt.Key.Key_Left)
    assert row.outlined == 4
    key(view, Qt.Key.Key_Escape)
    assert view.inspector.card.isHidden()
    assert row.outlined is None


def test_with_control_the_keys_go_to_refused_drafts(view: ChatView) -> None:
    row = show(view)
    key(view, Qt.Key.Key_Right, CONTROL)
    assert row.outlined == 3
    key(view, Qt.Key.Key_Right, CONTROL)
    assert row.outlined == 3


def test_keys_go_on_over_rows_and_turns_and_scroll(view: ChatView) -> None:
    view.set_show_tokens(True)
    long = tuple(piece(f"w{i}\n", token=i) for i in range(1500))
    text = "".join(p.text for p in long)
    view.set_messages([m for n in range(3) for m in (user("Q", n), answer(text, n, pieces=long))])
    view.canvas.verticalScrollBar().setValue(0)
    first, second = rows(view, TokensRow)[:2]
    key(view, Qt.Key.Key_Right)
    view.inspector._go(TokenAt(view.canvas.turns[1], first, len(first) - 1))
    key(view, Qt.Key.Key_Right)
    assert view.inspector.current.row is second
    assert not view.inspector.card.isHidden()
    assert view.canvas.top > 100
    last = [row for row in view.canvas.turns[1].rows if isinstance(row, TokensRow)][-1]
    view.inspector._go(TokenAt(view.canvas.turns[1], last, len(last) - 1))
    key(view, Qt.Key.Key_Right)
    assert view.inspector.current.turn is view.canvas.turns[3]
    assert view.inspector.current.index == 0


def test_up_and_down_go_from_line_to_line(view: ChatView) -> None:
    view.set_show_tokens(True)
    lines = tuple(piece(text, token=i) for i, text in enumerate(("aa", " bb", "\n", "cc", " dd", "\n", "ee")))
    view.set_messages([answer("aa bb\ncc dd\nee", pieces=lines)])
    (row,) = rows(view, TokensRow)
    before = view.canvas.top
    key(view, Qt.Key.Key_Down)
    assert view.inspector.current is None  # it scrolls, as ever, until somebody walks
    for _ in range(2):
        key(view, Qt.Key.Key_Right)
    assert row.outlined == 1
    key(view, Qt.Key.Key_Down)
    assert row.outlined == 4
    key(view, Qt.Key.Key_Up)
    assert row.outlined == 1
    assert view.canvas.top == before


def test_escape_ends_the_walk_and_not_the_answer(view: ChatView) -> None:
    show(view)
    key(view, Qt.Key.Key_Right)
    assert not view.inspector.card.isHidden()
    key(view, Qt.Key.Key_Escape)
    assert view.inspector.card.isHidden()


# What is recorded


def test_tokens_of_an_old_answer_are_read_when_they_are_to_be_seen(
    view: ChatView, asked: list[tuple[str, int]]
) -> None:
    view.set_messages([user("Q"), answer("".join(TEXTS))])
    assert asked == []
    view.set_show_tokens(True)
    assert asked == [("a0", 0)]
    assert not rows(view, TokensRow)
    view.put_steps("a0", 0, [RUN])
    (row,) = rows(view, TokensRow)
    assert isinstance(row, TokensRow)
    assert [row.piece(i) for i in range(len(row))] == list(PIECES)


def test_tokens_that_are_not_the_answer_are_left_out(view: ChatView) -> None:
    view.set_show_tokens(True)
    view.set_messages([user("Q"), answer("Something a person wrote")])
    view.put_steps("a0", 0, [RUN])
    assert not rows(view, TokensRow)


def test_what_a_person_wrote_before_the_tokens_is_none_of_them(view: ChatView) -> None:
    view.set_show_tokens(True)
    view.set_messages([user("Q"), answer("My beginning: " + "".join(TEXTS))])
    view.put_steps("a0", 0, [RUN])
    (row,) = rows(view, TokensRow)
    assert isinstance(row, TokensRow)
    own, *told = [row.piece(i) for i in range(len(row))]
    assert own == TextPiece("My beginning: ", Phase.ANSWER, Origin.PLAIN, UNKNOWN_TOKEN)
    assert told == list(PIECES)


def test_an_answer_out_of_sight_is_asked_for_when_it_comes_into_sight(
    view: ChatView, asked: list[tuple[str, int]]
) -> None:
    view.set_messages([m for i in range(30) for m in (user("Q", i), answer("word " * 300, i))])
    view.set_show_tokens(True)
    assert ("a29", 0) in asked
    assert ("a0", 0) not in asked
    view.canvas.verticalScrollBar().setValue(0)
    assert ("a0", 0) in asked


def test_a_growing_answer_is_read_on(view: ChatView, asked: list[tuple[str, int]]) -> None:
    view.set_show_tokens(True)
    view.begin_answer("a0")
    stream(view, *PIECES[:1])
    key(view, Qt.Key.Key_Right)
    assert asked == [("a0", 0)]
    view.put_steps("a0", 0, [RunSteps(7, "T", "D", STEPS[:1])])
    assert "Step 1" in said(view)
    stream(view, *PIECES[1:])
    key(view, Qt.Key.Key_Right)
    assert asked[-1] == ("a0", 1)
    view.put_steps("a0", 1, [RunSteps(7, "T", "D", STEPS[1:])])
    assert "Step 2" in said(view)
    view.finish_answer()


def test_what_was_asked_in_vain_is_not_asked_without_end(
    view: ChatView, asked: list[tuple[str, int]]
) -> None:
    show(view)
    key(view, Qt.Key.Key_Right)
    view.put_steps("a0", 0, [])
    assert "Nothing is recorded of this token." in said(view)
    assert len(asked) == 1
    key(view, Qt.Key.Key_Right)
    assert len(asked) == 2
    view.fail_steps("a0")
    assert "could not be read" in said(view)
    assert len(asked) == 2


def test_another_conversation_forgets_the_walk(view: ChatView) -> None:
    show(view)
    key(view, Qt.Key.Key_Right)
    view.set_messages([user("Other")])
    assert view.inspector.current is None
    assert view.inspector.card.isHidden()


# Rows of tokens


def test_thousands_of_pieces_are_cut_into_rows_at_line_breaks(themes: ThemeManager) -> None:
    pieces = [piece(f"w{i}" + ("\n" if i % 40 == 39 else " "), token=i) for i in range(4000)]
    whole, grown = TokensSection(make_look(LIGHT)), TokensSection(make_look(LIGHT))
    whole.feed([piece("\n"), piece("\n\n"), *pieces])
    for start in range(0, len(pieces), 7):
        grown.feed(pieces[start : start + 7])
    texts = [row.letters() for row in whole.rows]
    assert texts == [row.letters() for row in grown.rows]
    assert "\n".join(texts) == "".join(p.text for p in pieces)[: len("\n".join(texts))]
    assert len(texts) > 10
    assert [row.text((0, row.length)) for row in whole.rows[:2]] == texts[:2]


def test_each_position_belongs_to_its_piece(view: ChatView) -> None:
    view.set_show_tokens(True)
    odd = tuple(piece(text, token=i) for i, text in enumerate(("a🙂", "b\r\n", "🙂🙂", "\ud800", "c")))
    view.set_messages([answer("text", pieces=odd)])
    (row,) = rows(view, TokensRow)
    assert isinstance(row, TokensRow)
    stretches = [row.stretch(i) for i in range(len(row))]
    assert [row.text(stretch) for stretch in stretches] == ["a🙂", "b\n", "🙂🙂", "\ufffd", "c"]
    assert [row.piece_at(start) for start, _ in stretches] == [0, 1, 2, 3, 4]
    assert stretches[-1][1] == row.length


# The reading place


LONG = "\n\n".join(
    f"## Head{i}begins here\n\n"
    + " ".join(f"Sentence{i}x{j} says **something** of `code{i}x{j}` in words." for j in range(12))
    for i in range(40)
)


def top_text(view: ChatView) -> str:
    """What is read at the window's upper edge."""
    edge = view.canvas.edge()
    assert edge is not None
    assert edge.row is not None
    start = edge.row.hit(QPoint(0, max(0, edge.below) + 4).toPointF())
    return "".join(filter(str.isalnum, edge.row.searchable()[start : start + 60]))[:20]


@pytest.mark.parametrize("share", [0.1, 0.37, 0.5, 0.83])
def test_the_switch_keeps_the_reading_place(view: ChatView, share: float) -> None:
    pieces = tuple(piece(LONG[i : i + 4], token=i // 4) for i in range(0, len(LONG), 4))
    view.set_messages([user("Q"), answer(LONG, pieces=pieces), user("More", 1)])
    bar = view.canvas.verticalScrollBar()
    bar.setValue(round(bar.maximum() * share))
    for on in (True, False):
        edge = view.canvas.edge()
        assert edge is not None
        assert edge.row is not None
        shown = "".join(filter(str.isalnum, view.canvas.turns[1].texts[Phase.ANSWER]))
        before = shown.find(top_text(view))
        view.set_show_tokens(on)
        after = shown.find(top_text(view))
        assert before >= 0
        assert abs(after - before) < 130, (before, after)  # a line or two


def test_at_the_end_the_switch_stays_at_the_end(view: ChatView) -> None:
    pieces = tuple(piece(LONG[i : i + 4], token=i // 4) for i in range(0, len(LONG), 4))
    view.set_messages([user("Q"), answer(LONG, pieces=pieces)])
    view.set_show_tokens(True)
    bar = view.canvas.verticalScrollBar()
    assert bar.value() == bar.maximum()
    QTest.keyClick(view.canvas, Qt.Key.Key_End)
    view.set_show_tokens(False)
    assert bar.value() == bar.maximum()
