"""Where a token stands in an answer that is shown as Markdown, or token by token."""

from collections.abc import Iterator

import pytest
from chat_hands import answer, open_view, piece, rows, selected, user
from pytestqt.qtbot import QtBot

from slipstream.core.events import UNKNOWN_TOKEN, Origin, StepDone, TextPiece
from slipstream.core.metrics import Phase, StepRecord
from slipstream.core.step_book import RunSteps
from slipstream.ui.chat.tokenplaces import TokenPlaces
from slipstream.ui.chat.tokenrows import TokensRow
from slipstream.ui.chat.view import ChatView
from slipstream.ui.theme import ThemeManager

TEXTS = (
    *("# ", "Title", "\n\n", "Some", " plain", " **", "bold", "** and", " `", "code", "`", ".\n\n"),
    *(
        "1. ",
        "first",
        " point\n",
        "2. ",
        "second",
        "\n\n",
        "```python\n",
        "call",
        "(now)\n",
        "```\n\n",
        "Final",
        " line",
    ),
)
WORDS = ("Title", "Some", " plain", "bold", "code", "first", "second", "call", "Final")


def pieces_of(texts: tuple[str, ...], phase: Phase = Phase.ANSWER, start: int = 0) -> tuple[TextPiece, ...]:
    return tuple(piece(text, phase, token=start + number) for number, text in enumerate(texts))


@pytest.fixture
def view(qtbot: QtBot, themes: ThemeManager) -> Iterator[ChatView]:
    with open_view(qtbot, themes) as view:
        yield view


@pytest.mark.parametrize("word", WORDS)
def test_the_word_of_a_token_is_selected_in_markdown(view: ChatView, word: str) -> None:
    view.set_messages([user("Q"), answer("".join(TEXTS), pieces=pieces_of(TEXTS))])
    TokenPlaces(view).show("a0", TEXTS.index(word))
    assert (
        selected(view).rpartition(". ")[2].strip() == word.strip()
    )  # copying the start of a point brings its number


def test_tokens_without_letters_lead_to_what_follows(view: ChatView) -> None:
    view.set_messages([user("Q"), answer("".join(TEXTS), pieces=pieces_of(TEXTS))])
    places = TokenPlaces(view)
    places.show("a0", TEXTS.index("1. "))
    assert selected(view) == "1. first"
    places.show("a0", len(TEXTS) + 5)  # the end-of-turn token has no text
    assert view.canvas.marked is not None


def test_a_token_far_away_comes_into_sight(view: ChatView) -> None:
    words = tuple(f"word{number} " for number in range(4000))
    view.set_messages([user("Q"), answer("".join(words), pieces=pieces_of(words))])
    TokenPlaces(view).show("a0", 100)
    assert selected(view) == "word100"
    assert view.canvas.top < 2000
    assert not view.canvas.pinned


def test_what_a_person_wrote_before_the_tokens_is_counted(view: ChatView) -> None:
    own = TextPiece("My own beginning: ", Phase.ANSWER, Origin.PLAIN, UNKNOWN_TOKEN)
    pieces = (own, *pieces_of(("and", " then", " more")))
    view.set_messages([user("Q"), answer("My own beginning: and then more", pieces=pieces)])
    TokenPlaces(view).show("a0", 1)
    assert selected(view) == "then"


def test_folded_thinking_is_unfolded(view: ChatView) -> None:
    thoughts = pieces_of(("Let", " me", " think"), Phase.THINK)
    pieces = (*thoughts, *pieces_of(("Done", "."), start=3))
    view.set_messages([user("Q"), answer("Done.", thinking="Let me think", pieces=pieces)])
    TokenPlaces(view).show("a0", 2)
    assert view.canvas.turns[-1].unfolded
    assert selected(view) == "think"


def test_a_token_is_looked_at_where_tokens_are_shown(view: ChatView) -> None:
    view.set_show_tokens(True)
    view.set_messages([user("Q"), answer("".join(TEXTS), pieces=pieces_of(TEXTS))])
    TokenPlaces(view).show("a0", TEXTS.index("bold"))
    row = rows(view, TokensRow)[0]
    assert isinstance(row, TokensRow)
    assert row.piece(row.outlined).text == "bold"


def test_tokens_of_an_old_answer_are_asked_for_first(view: ChatView) -> None:
    view.set_messages([user("Q"), answer("One two three")])
    places, asked = TokenPlaces(view), []
    places.steps_wanted.connect(lambda message, known: asked.append((message, known)))
    places.show("a0", 1)
    assert asked == [("a0", 0)]
    step = StepRecord(1, "none", "token", Phase.ANSWER, 0, 0, (), 0, (1, 2, 3), (), (), 0, 1, 0, 0, 1.0)
    run = RunSteps(1, "T", None, (StepDone(step, pieces_of(("One", " two", " three"))),))
    places.put("a0", 0, [run])
    assert selected(view) == "two"
    places.put("a0", 0, [run])  # of somebody else's asking
    assert len(asked) == 1


def test_an_answer_that_is_not_shown_is_left_alone(view: ChatView) -> None:
    view.set_messages([user("Q"), answer("Text")])
    TokenPlaces(view).show("a9", 1)
    TokenPlaces(view).show("u0", 1)
    assert view.canvas.selection.is_empty
