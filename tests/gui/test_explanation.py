"""The explanation: right for what was measured, the same in the documentation, readable in the real window."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from dashboard_runs import run_steps
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from window_desk import open_window

from slipstream.core.history import Levels
from slipstream.core.metrics import Metrics, measure
from slipstream.core.paths import resources_dir
from slipstream.ui.help.drawings import DRAWINGS
from slipstream.ui.help.page import DrawingRow
from slipstream.ui.help.text import DOCS, Drawing, Facts, blocks, explanation, facts, filled, for_docs

NBSP = "\N{NO-BREAK SPACE}"
ROOT = Path(__file__).parents[2]
LANGUAGES = ["en", "de"]


def drafted() -> Metrics:
    return measure(run_steps(200))


def text_of(known: Facts, language: str = "en") -> str:
    return filled(explanation(language), known)


# Figures


def test_a_run_with_drafting_is_set_beside_the_level_without() -> None:
    m = drafted()
    rate, p50 = m.tokens_per_second, m.icl.p50
    level = rate / 1.5
    known = facts(m, Levels(level, 1.2))
    assert known.true == {"drafted", "level", "pays"}
    text = text_of(known)
    assert f"**{m.emitted} tokens in {m.steps} steps**, at **{rate:.1f} tokens/s**" in text
    assert f"Of {m.drafted} drafted tokens {m.accepted} were kept" in text
    assert "(1.50 times as fast)" in text
    assert f"({p50 * level / 1000:.2f} times as long)" in text
    assert f"Break-even is at **τ = 1.20**, your τ was {m.acceptance_length:.2f}: **drafting paid**" in text
    assert "Nothing was measured" not in text


@pytest.mark.parametrize(
    ("levels", "true"),
    [
        (Levels(), {"drafted", "no_level"}),
        (Levels(10.0, None), {"drafted", "level"}),
        (Levels(None, 9.0), {"drafted", "no_level", "loses"}),
    ],
)
def test_what_is_not_known_is_not_claimed(levels: Levels, true: set[str]) -> None:
    assert facts(drafted(), levels).true == true


def test_a_run_without_drafting_and_no_run_say_so() -> None:
    plain = measure(run_steps(50, drafting=False))
    assert facts(plain, Levels(10.0, 1.5)).true == {"plain"}
    assert "**without drafting**" in text_of(facts(plain, Levels()))
    for nothing in (None, measure([]), measure(run_steps(1))):
        assert facts(nothing, Levels(10.0, 1.5)).true == {"nothing"}
    assert "Nothing was measured yet." in text_of(Facts())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "known",
    [
        Facts(),
        DOCS,
        facts(drafted(), Levels(10.0, 1.5)),
        facts(drafted(), Levels(None, 9.0)),
        facts(measure(run_steps(50, drafting=False)), Levels()),
    ],
)
def test_no_place_is_left_unfilled(language: str, known: Facts) -> None:
    text = text_of(known, language)
    assert not re.search(r"[{}]|<!--", text)
    assert all(line == line.rstrip() for line in text.splitlines())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_says_the_same(language: str) -> None:
    source, english = explanation(language), explanation("en")
    for pattern in (r"<!-- .* -->", r"\{\w+\}", r"\(explanation/[\w-]+\)", r"^#+ "):
        found, wanted = (sorted(re.findall(pattern, text, re.MULTILINE)) for text in (source, english))
        assert found == wanted
    if language != "en":
        assert (resources_dir() / f"explanation.{language}.md").is_file()
        assert source != english


def test_an_unknown_language_reads_english() -> None:
    assert explanation("xx") == explanation("en")


def test_the_three_claims_are_corrected() -> None:
    text = re.sub(r"\s+", " ", explanation("en"))
    assert "Only verification is parallel." in text
    assert "that same pass yields the replacement" in text
    assert "probabilistic agreement" in text


# The page


def test_paragraphs_are_joined_and_drawings_found() -> None:
    found = list(blocks("# A\n\none\ntwo\n- x\n  y\n- z\n\n![words](explanation/gaps)\n\nend\n"))
    assert [block for block in found if isinstance(block, Drawing)] == [Drawing("gaps", "words")]
    assert found[0] == "# A\n\none two\n- x y\n- z\n"
    names = {block.name for block in blocks(explanation("en")) if isinstance(block, Drawing)}
    assert names == set(DRAWINGS)


def test_the_documentation_is_the_same_text() -> None:
    wanted = for_docs(explanation("en"))
    assert (ROOT / "docs" / "explanation.md").read_text("utf-8") == wanted, (
        "run tests/gui/explanation_docs.py"
    )
    for name in DRAWINGS:
        assert f"(images/explanation-{name}.png)" in wanted
        assert (ROOT / "docs" / "images" / f"explanation-{name}.png").is_file()


@pytest.fixture
def desk(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        yield desk


def shown(desk) -> str:
    return desk.window.explanation.dialog.canvas.accessibleDescription()


def test_it_opens_from_the_menu_and_from_the_figures_and_takes_up_new_ones(desk):
    window = desk.window
    window.acts.explain.trigger()
    dialog = window.explanation.dialog
    assert dialog.isVisible()
    assert "Nothing was measured yet." in shown(desk)
    assert dialog.canvas.top == 0
    rows = [row for row in dialog.canvas.turns[0].rows if isinstance(row, DrawingRow)]
    assert [row.drawing.name for row in rows] == list(DRAWINGS)
    desk.session.preferences.update(draft="ngram", draft_max=0)
    desk.say("Go")
    desk.wait(lambda: "Your last measured answer with drafting" in shown(desk))
    m = desk.session.chat.turns[-1].stats.metrics
    assert f"**{m.emitted} tokens in {m.steps} steps**" in shown(desk)
    dialog.close()
    window.dashboard.head.explain.click()
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_place_is_kept_when_new_figures_come(desk):
    desk.window.acts.explain.trigger()
    dialog = desk.window.explanation.dialog
    bar = dialog.canvas.verticalScrollBar()
    assert bar.maximum() > 300
    bar.setValue(250)
    dialog.show_facts(replace(Facts()))
    assert bar.value() == 250


def test_it_can_be_selected_and_follows_the_theme(desk, themes):
    desk.window.acts.explain.trigger()
    canvas = desk.window.explanation.dialog.canvas
    canvas.select_all()
    text = canvas.selection.text(canvas.turns)
    assert "What speculation does to latency" in text
    assert "Only verification is parallel." in text
    themes.set_mode("dark")
    assert canvas.look.theme is themes.theme
    menu = canvas.make_menu(canvas.rect().center().toPointF())
    assert [action.text() for action in menu.actions()] == ["Copy", "Select all"]
    menu.deleteLater()


def test_it_speaks_the_language_of_the_window(desk):
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    try:
        desk.window.acts.explain.trigger()
        assert "Was Spekulation" in shown(desk)
    finally:
        QLocale.setDefault(before)
