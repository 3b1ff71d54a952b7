"""Formulas in the conversation: drawn in place, on the baseline, and LaTeX again when they are copied."""

import os
import signal
import statistics
import time
from collections.abc import Iterator

import pytest
from chat_hands import formulas_at_work, open_view
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QPainter,
    QTextBlock,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from slipstream.bridge.formula_thread import FormulaThread
from slipstream.core.chat import Role
from slipstream.core.events import Origin, TextPiece
from slipstream.core.formulas import Formula
from slipstream.core.metrics import Phase
from slipstream.formulas.process import FormulaProcess
from slipstream.ui.chat.documents import OBJECT, SealedDocument
from slipstream.ui.chat.formula_text import formula_px, from_source, to_source
from slipstream.ui.chat.formularow import FormulaRow
from slipstream.ui.chat.formulas import Formulas
from slipstream.ui.chat.leafrows import LeafRow
from slipstream.ui.chat.look import make_look
from slipstream.ui.chat.messages import ShownMessage
from slipstream.ui.chat.pictures import Pictures
from slipstream.ui.chat.rows import DocumentRow
from slipstream.ui.chat.selection import Place
from slipstream.ui.chat.tablerow import TableRow
from slipstream.ui.chat.view import ChatView
from slipstream.ui.theme import DARK, LIGHT, ThemeManager

WAIT_MS = 30_000

INLINE = r"So \( x^2 + \frac{1}{2} \) and $y_1$ hold."
DISPLAYED = r"\[ \boxed{x = \frac{-b}{2a}} \]"


@pytest.fixture(scope="module")
def thread(qapp: QApplication) -> Iterator[FormulaThread]:
    with formulas_at_work() as thread:
        yield thread


@pytest.fixture
def view(qtbot: QtBot, themes: ThemeManager, thread: FormulaThread) -> ChatView:
    with open_view(qtbot, themes, formulas=thread) as view:
        return view


def answer(text: str, number: int = 0, thinking: str = "") -> ShownMessage:
    return ShownMessage(f"a{number}", Role.ASSISTANT, text, thinking)


def rows(view: ChatView) -> list[DocumentRow]:
    return [row for turn in view.canvas.turns for row in turn.rows if isinstance(row, DocumentRow)]


def drawn(qtbot: QtBot, view: ChatView) -> list[DocumentRow]:
    """Wait until every formula in or near sight is answered."""
    QApplication.processEvents()
    qtbot.waitUntil(
        lambda: not any(row.waiting and row.ready for row in rows(view)) and all(r.ready for r in near(view)),
        timeout=WAIT_MS,
    )
    return rows(view)


def near(view: ChatView) -> list[DocumentRow]:
    top = view.canvas.top
    bottom = top + view.canvas.viewport().height()
    return [
        row
        for turn in view.canvas.turns
        for row in turn.rows
        if isinstance(row, DocumentRow) and top <= turn.y + row.y <= bottom
    ]


def shown(view: ChatView) -> str:
    view.canvas.select_all()
    text = view.canvas.selection.text(view.canvas.turns)
    view.canvas.selection.clear()
    return text


def document(row: DocumentRow) -> SealedDocument:
    document = row.ensure()
    assert isinstance(document, SealedDocument)
    return document


def stream(view: ChatView, text: str, phase: Phase = Phase.ANSWER) -> None:
    view.pacing.cost_ms = 0.0
    view.append([TextPiece(text, phase, Origin.PLAIN, 0)])


def picture(row: DocumentRow, ratio: float = 1.0, selection: tuple[int, int] | None = None) -> QImage:
    """The row as it is painted, on white."""
    image = QImage(round(row.width * ratio), round(row.height * ratio), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    row.paint(painter, QRect(0, 0, row.width, row.height).toRectF(), selection)
    painter.end()
    return image


def ink(image: QImage, left: float, right: float, ratio: float) -> QRect:
    """What is painted between two columns (px), in device pixels."""
    box = QRect()
    for x in range(max(0, round(left * ratio)), min(image.width(), round(right * ratio))):
        for y in range(image.height()):
            if image.pixelColor(x, y).lightness() < 140:
                box |= QRect(x, y, 1, 1)
    return box


def column(row: DocumentRow, position: int) -> float:
    """Where in the row a character begins, px."""
    block = row.ensure().findBlock(position)
    line = block.layout().lineForTextPosition(position - block.position())
    return row.origin().x() + line.cursorToX(position - block.position())[0]


# In place


def test_formulas_stand_where_their_source_stood(qtbot: QtBot, view: ChatView) -> None:
    text = f"{INLINE}\n\n{DISPLAYED}\n\nEnd."
    view.set_messages([answer(text)])
    first = rows(view)[0]
    assert r"\( x^2" in first.ensure().toPlainText()
    assert shown(view) == text
    inline, displayed, _ = drawn(qtbot, view)[:3]
    assert inline.ensure().toPlainText() == f"So {OBJECT} and {OBJECT} hold."
    assert displayed.ensure().toPlainText() == OBJECT
    assert isinstance(displayed, FormulaRow)
    assert shown(view) == text
    for row in (inline, displayed):
        assert ink(picture(row), 0, row.width, 1).isValid()


def test_without_anyone_to_draw_them_they_stay_source(view: ChatView, themes: ThemeManager) -> None:
    alone = ChatView(themes)
    alone.resize(900, 600)
    alone.set_messages([answer(f"{INLINE}\n\n{DISPLAYED}")])
    assert shown(alone) == f"{INLINE}\n\n{DISPLAYED}"
    assert not any(row.waiting for row in rows(alone))
    alone.deleteLater()


def test_only_closed_formulas_are_drawn_while_an_answer_grows(qtbot: QtBot, view: ChatView) -> None:
    view.begin_answer("a0")
    stream(view, r"So \( x^2")
    assert rows(view)[0].ensure().toPlainText() == "So \\( x^2"
    assert not rows(view)[0].waiting
    stream(view, r" \) holds")
    assert drawn(qtbot, view)[0].ensure().toPlainText() == f"So {OBJECT} holds"
    stream(view, " and\n\n\\[ x")
    assert isinstance(rows(view)[1], FormulaRow)
    assert rows(view)[1].ensure().toPlainText() == "\\[ x"
    stream(view, " = 1 \\]\n")
    assert isinstance(drawn(qtbot, view)[1], FormulaRow)
    assert rows(view)[1].ensure().toPlainText() == OBJECT
    view.finish_answer()
    assert shown(view) == "So \\( x^2 \\) holds and\n\n\\[ x = 1 \\]"


def test_the_same_formula_is_asked_for_once(qtbot: QtBot, view: ChatView, thread: FormulaThread) -> None:
    asked: list[Formula] = []
    thread._asked.connect(asked.extend)
    view.set_messages([answer(r"\(q_7\) and \(q_7\)" + "\n\n" + r"\(q_7\)")])
    drawn(qtbot, view)
    view.set_messages([answer(r"\(q_7\)", 1)])
    assert rows(view)[0].ensure().toPlainText() == OBJECT
    thread._asked.disconnect(asked.extend)
    assert asked == [Formula("q_7")]


def test_tables_hold_formulas(qtbot: QtBot, view: ChatView) -> None:
    text = "| n | value |\n|---|---|\n| 1 | \\(x^2\\) |\n| 2 | $\\frac{1}{2}$ |\n"
    view.set_messages([answer(text)])
    table = drawn(qtbot, view)[0]
    assert isinstance(table, TableRow)
    assert table.ensure().toPlainText().count(OBJECT) == 2
    assert shown(view) == "n\tvalue\n1\t\\(x^2\\)\n2\t$\\frac{1}{2}$"


def test_formulas_in_thoughts_that_were_folded_meanwhile(qtbot: QtBot, view: ChatView) -> None:
    view.set_messages([answer("Done.", thinking=r"Let \( k_{17} \) be.")])
    view._on_thinking_toggled("a0")
    QApplication.processEvents()
    view._on_thinking_toggled("a0")
    assert view._formulas is not None
    formula = Formula("k_{17}")
    qtbot.waitUntil(lambda: view._formulas.answer(formula) is not None, timeout=WAIT_MS)
    view._on_thinking_toggled("a0")
    assert rows(view)[0].ensure().toPlainText() == f"Let {OBJECT} be."


# How they look


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize(
    "tex",
    [
        r"\mathrm{I}",
        r"\mathrm{I}_{\frac{1}{2}}",
        r"\mathrm{I}^{\frac{1}{2}}",
        r"\mathrm{I}\;\frac{x}{\sqrt{y}}",
    ],
)
def test_formulas_stand_on_the_baseline(qtbot: QtBot, view: ChatView, tex: str, ratio: float) -> None:
    view.set_messages([answer(rf"H \({tex}\) H")])
    row = drawn(qtbot, view)[0]
    image = picture(row, ratio)
    letter = ink(image, 0, column(row, 1), ratio)
    formula = ink(image, column(row, 2), column(row, 2) + row.look.body.pixelSize() * 0.38, ratio)
    after = ink(image, column(row, 4), row.width, ratio)
    assert abs(letter.bottom() - formula.bottom()) <= max(1, ratio / 2)
    assert abs(letter.bottom() - after.bottom()) <= 1
    assert formula.height() == pytest.approx(letter.height(), rel=0.25)


@pytest.mark.parametrize("tex", ["x", "x^2", "y_1", r"\alpha + \beta", "f(x)", r"\sqrt{2}"])
def test_small_formulas_leave_the_lines_as_they_are(qtbot: QtBot, view: ChatView, tex: str) -> None:
    view.set_messages([answer("word " * 40), answer("word " * 20 + rf"\({tex}\) " + "word " * 19, 1)])
    plain, with_formula = (row for row in drawn(qtbot, view) if isinstance(row, LeafRow))
    assert (
        plain.ensure().firstBlock().layout().lineCount()
        == with_formula.ensure().firstBlock().layout().lineCount()
    )
    assert abs(plain.height - with_formula.height) <= 2


def test_cells_of_formulas_stand_beside_cells_of_words(qtbot: QtBot, view: ChatView) -> None:
    view.set_messages([answer("| a | b |\n|---|---|\n| H | \\(\\mathrm{I}\\) |\n")])
    table = drawn(qtbot, view)[0].ensure()
    blocks = [block for block in blocks_of(table) if block.text() in ("H", OBJECT)]
    tops = [table.documentLayout().blockBoundingRect(block).top() for block in blocks]
    lines = [block.layout().lineAt(0) for block in blocks]
    baselines = [top + line.y() + line.ascent() for top, line in zip(tops, lines, strict=True)]
    assert len(baselines) == 2
    assert abs(baselines[0] - baselines[1]) < 0.6


def blocks_of(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.firstBlock()
    while block.isValid():
        yield block
        block = block.next()


def test_nothing_is_cut_and_lines_do_not_meet(qtbot: QtBot, view: ChatView) -> None:
    """High and deep formulas push the lines apart by what they need."""
    tex = r"\frac{\frac{a}{b}}{\frac{c}{d}}"
    view.set_messages([answer("word " * 30 + rf"\({tex}\) " + "word " * 30)])
    row = drawn(qtbot, view)[0]
    layout = row.ensure().firstBlock().layout()
    drawing = document(row).drawings[0]
    px = formula_px(row.look.body)
    number = layout.lineForTextPosition(150).lineNumber()
    line, below = layout.lineAt(number), layout.lineAt(number + 1)
    assert line.ascent() >= (drawing.height - drawing.depth) * px - 1
    baseline = line.y() + line.ascent()
    assert (
        below.y() + below.ascent() - QFontMetricsF(row.look.body).ascent()
        >= baseline + drawing.depth * px - 1
    )


def test_formulas_wrap_like_words(qtbot: QtBot, view: ChatView) -> None:
    view.set_messages([answer(" ".join(rf"\(x_{{{i}}} = {i}\)," for i in range(60)))])
    row = drawn(qtbot, view)[0]
    layout = row.ensure().firstBlock().layout()
    assert layout.lineCount() > 3
    widths = [layout.lineAt(i).naturalTextWidth() for i in range(layout.lineCount())]
    assert max(widths) <= row.width
    assert min(widths[:-1]) > row.width * 0.8
    starts = [layout.lineAt(i).textStart() for i in range(1, layout.lineCount())]
    text = row.ensure().toPlainText()
    assert [text[start] for start in starts] == [OBJECT] * len(starts), "a comma began a line"


def test_one_wider_than_the_column_is_shrunk_to_it(qtbot: QtBot, view: ChatView) -> None:
    long = " + ".join(f"x_{{{i}}}" for i in range(40))
    view.set_messages([answer(rf"So \({long}\) holds.")])
    row = drawn(qtbot, view)[0]
    layout = row.ensure().firstBlock().layout()
    assert max(layout.lineAt(i).naturalTextWidth() for i in range(layout.lineCount())) <= row.width + 1


def test_displayed_formulas_stand_in_the_middle(qtbot: QtBot, view: ChatView) -> None:
    view.set_messages([answer(DISPLAYED)])
    row = drawn(qtbot, view)[0]
    box = ink(picture(row), 0, row.width, 1)
    assert abs(box.center().x() - row.width / 2) <= 2
    assert box.top() >= 2
    assert box.bottom() <= row.height - 2


def test_the_number_stands_at_the_edge(qtbot: QtBot, view: ChatView) -> None:
    view.set_messages([answer(r"\[ a = b \tag{12} \]")])
    row = drawn(qtbot, view)[0]
    image = picture(row)
    box = ink(image, 0, row.width, 1)
    assert row.width - 4 <= box.right() < row.width
    middle = ink(image, row.width * 0.3, row.width * 0.7, 1)
    assert abs(middle.center().x() - row.width / 2) <= 2
    assert shown(view) == r"\[ a = b \tag{12} \]"


def test_too_wide_a_formula_is_scrolled(qtbot: QtBot, view: ChatView) -> None:
    view.resize(420, 600)
    long = " + ".join(f"x_{{{i}}}" for i in range(18))
    view.set_messages([answer(rf"\[ {long} \tag{{1}} \]")])
    row = drawn(qtbot, view)[0]
    assert isinstance(row, FormulaRow)
    assert row._overflow() > 100
    before = picture(row)
    assert row.scroll_sideways(10_000)
    assert row.sideways == row._overflow()
    assert picture(row) != before
    assert ink(picture(row), row.width - 12, row.width, 1).isValid(), "the number is at the end"
    view.resize(1400, 600)
    drawn(qtbot, view)
    assert row.sideways == 0


def test_a_little_too_wide_a_formula_is_shrunk(qtbot: QtBot, view: ChatView) -> None:
    view.set_messages([answer(DISPLAYED)])
    row = drawn(qtbot, view)[0]
    assert isinstance(row, FormulaRow)
    natural = document(row).drawings[0].width * formula_px(row.look.body)
    row.lay_out(round(natural * 0.85))
    assert row._overflow() == 0
    box = ink(picture(row), 0, row.width, 1)
    assert row.width * 0.9 < box.width() <= row.width
    row.lay_out(round(natural * 0.5))
    assert row._overflow() > 0


def test_what_cannot_be_drawn_is_source_with_a_reason(qtbot: QtBot, view: ChatView) -> None:
    view.set_messages([answer("So \\(\\nosuch{x}\\) here.\n\n\\[ \\frac{1 \\]")])
    inline, displayed = (row for row in drawn(qtbot, view) if isinstance(row, LeafRow))
    for row, start in ((inline, 4), (displayed, 1)):
        cursor = QTextCursor(row.ensure())
        cursor.setPosition(start + 1)
        form = cursor.charFormat()
        assert form.foreground().color().name() == LIGHT.muted
        assert form.font().family() == row.look.mono.family()
        assert form.toolTip() == "Shown as LaTeX: something in it is not understood"
    inside = QPointF(column(inline, 5) + 2, 10)
    assert inline.tip_at(inside).startswith("Shown as LaTeX")
    assert inline.tip_at(QPointF(2, 10)) == ""
    assert shown(view) == "So \\(\\nosuch{x}\\) here.\n\n\\[ \\frac{1 \\]"


def test_a_new_theme_draws_them_anew_without_asking(
    qtbot: QtBot, view: ChatView, themes: ThemeManager, thread: FormulaThread
) -> None:
    view.set_messages([answer(f"{DISPLAYED}")])
    drawn(qtbot, view)
    view.grab()
    asked: list[Formula] = []
    thread._asked.connect(asked.extend)
    themes.set_mode("dark")
    row = rows(view)[0]
    assert row.ensure().toPlainText() == OBJECT
    image = view.canvas.viewport().grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert DARK.text in colours
    assert LIGHT.text not in colours
    thread._asked.disconnect(asked.extend)
    assert asked == []


def test_zoom_and_dense_screens_scale_them(qtbot: QtBot, view: ChatView, themes: ThemeManager) -> None:
    view.set_messages([answer(DISPLAYED)])
    row = drawn(qtbot, view)[0]
    small = ink(picture(row), 0, row.width, 1)
    dense = ink(picture(row, 2.0), 0, row.width, 2)
    assert dense.width() == pytest.approx(2 * small.width(), rel=0.05)
    view.canvas.set_look(make_look(themes.theme, 2.0, view._formulas))
    large = ink(picture(row), 0, row.width, 1)
    assert large.width() == pytest.approx(2 * small.width(), rel=0.05)


def test_formulas_in_headings_are_as_large_as_those(qtbot: QtBot, view: ChatView) -> None:
    view.set_messages([answer(r"# About \(\mathrm{I}\)" + "\n\n" + r"About \(\mathrm{I}\)")])
    heading, text = (ink(picture(row), column(row, 6), row.width, 1) for row in drawn(qtbot, view)[:2])
    assert heading.height() > 1.2 * text.height()


def test_pictures_are_kept_within_bounds() -> None:
    process = FormulaProcess()
    drawing = process.draw(Formula("x"))
    process.close()
    process.reap()
    pictures = Pictures(most_bytes=20_000)
    for size in range(10, 60):
        pictures.get(drawing, float(size), "#000000", 1.0)
    assert 0 < len(pictures) < 20
    kept = pictures.get(drawing, 59.0, "#000000", 1.0)
    assert pictures.get(drawing, 59.0, "#000000", 1.0) is kept
    huge = pictures.get(drawing, 20_000.0, "#000000", 3.0)
    assert huge.image.width() * huge.image.height() < 10_000_000


def test_drawings_are_kept_within_bounds(qtbot: QtBot, thread: FormulaThread) -> None:
    formulas = Formulas(thread, most_bytes=20_000)
    wanted = [Formula(f"z_{{{i}}}") for i in range(40)]
    for formula in wanted:
        assert formulas.answer(formula) is None
        qtbot.waitUntil(lambda formula=formula: formulas.answer(formula) is not None, timeout=WAIT_MS)
    assert 0 < len(formulas._answers) < 20
    assert formulas.answer(wanted[0]) is None, "it is asked for again"
    qtbot.waitUntil(lambda: formulas.answer(wanted[0]) is not None, timeout=WAIT_MS)
    formulas.deleteLater()


# Copying and selecting


def test_copying_gives_latex_with_its_delimiters(qtbot: QtBot, view: ChatView) -> None:
    view.set_messages([answer(f"- {INLINE}\n- $$x$$ 🙂 \\(z\\)\n\n{DISPLAYED}\n\nEnd")])
    first, second = drawn(qtbot, view)[:2]
    assert shown(view) == f"• {INLINE}\n• $$x$$ 🙂 \\(z\\)\n\n{DISPLAYED}\n\nEnd"
    assert first.text((3, 4)) == r"\( x^2 + \frac{1}{2} \)"
    assert first.text((4, 9)) == " and "
    assert second.text((2, 6)) == "🙂 \\(z\\)"


def test_dragging_over_a_formula_selects_it(qtbot: QtBot, view: ChatView) -> None:
    view.set_messages([answer(INLINE)])
    row = drawn(qtbot, view)[0]
    port = view.canvas.viewport()
    left, _ = view.canvas.column()
    middle = view.canvas.turns[0].y + row.y + row.height / 2 - view.canvas.top

    def at(position: int) -> QPoint:
        return QPoint(round(left + row.x + column(row, position)), round(middle))

    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=at(3))
    QTest.mouseMove(port, at(4))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=at(4))
    before = picture(row)
    QTest.keyClick(view.canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == r"\( x^2 + \frac{1}{2} \)"
    selected = picture(row, selection=(3, 4))
    edge = round(column(row, 3)), row.height // 2
    assert selected.pixelColor(*edge) != before.pixelColor(*edge), "the selection shows"
    words = picture(row, selection=(0, 3)).pixelColor(1, row.height // 2 + 7)
    assert selected.pixelColor(edge[0] + 1, row.height // 2 + 7).name() == words.name(), "in one shade"


def test_the_menu_copies_a_formula(qtbot: QtBot, view: ChatView) -> None:
    view.set_messages([answer(INLINE)])
    row = drawn(qtbot, view)[0]
    left, _ = view.canvas.column()
    middle = view.canvas.turns[0].y + row.y + row.height / 2 - view.canvas.top

    def entries(x: float) -> dict[str, object]:
        menu = view.canvas.make_menu(QPointF(left + row.x + x, middle))
        actions = {action.text(): action for action in menu.actions()}
        menu.close()
        return actions

    for x in (column(row, 3) + 3, column(row, 4) - 3):
        found = entries(x)
        found["Copy formula as LaTeX"].trigger()
        assert QGuiApplication.clipboard().text() == r"\( x^2 + \frac{1}{2} \)"
        QGuiApplication.clipboard().clear()
    assert "Copy formula as LaTeX" not in entries(column(row, 1))


def test_what_is_selected_stays_selected_when_drawings_come(qtbot: QtBot, view: ChatView) -> None:
    view.set_messages([answer(r"One \( u_1 \) two \( u_2 \) three")])
    row = rows(view)[0]
    source = row.ensure().toPlainText()
    start, end = source.index("two"), source.index("three")
    view.canvas.selection.anchor, view.canvas.selection.focus = Place(0, 0, end), Place(0, 0, start)
    wanted = view.canvas.selection.text(view.canvas.turns)
    drawn(qtbot, view)
    assert OBJECT in row.ensure().toPlainText()
    assert view.canvas.selection.text(view.canvas.turns) == wanted == r"two \( u_2 \) "


def test_positions_count_formulas_as_their_source(qtbot: QtBot, view: ChatView) -> None:
    view.set_messages([answer(r"A \(v\) 🙂 \(w\) B")])
    text = document(drawn(qtbot, view)[0])
    source = r"A \(v\) 🙂 \(w\) B"
    assert to_source(text, 2) == 2
    assert to_source(text, 3) == 7
    assert to_source(text, text.characterCount() - 1) == len(source) + 1  # an emoji counts twice
    for position in range(text.characterCount()):
        assert from_source(text, to_source(text, position)) == position
    assert from_source(text, 4) == 3


def test_literal_object_marks_do_no_harm(qtbot: QtBot, view: ChatView) -> None:
    view.set_messages([answer(f"A{OBJECT}B &#xFFFC; \\(x\\) {OBJECT}")])
    drawn(qtbot, view)
    assert shown(view) == "A\ufffdB \ufffd \\(x\\) \ufffd"


# While reading


def test_what_is_read_does_not_move_when_formulas_come(qtbot: QtBot, view: ChatView) -> None:
    paragraphs = [
        rf"Paragraph {i} with \( \frac{{a_{{{i}}}}}{{\sqrt{{{i}}}}} \)."
        + f"\n\n\\[ \\sum_{{k=1}}^{{{i}}} k \\]"
        for i in range(120)
    ]
    view.set_messages([answer("\n\n".join(paragraphs))])
    bar = view.canvas.verticalScrollBar()
    for place in (bar.maximum() // 2, bar.maximum() // 4):
        bar.setValue(place)
        anchor = view.canvas.edge()
        assert anchor is not None
        turn, row, below = anchor
        assert row is not None
        drawn(qtbot, view)
        after = view.canvas.edge()
        assert after is not None
        assert after[1] is row or below > 0
        assert turn.y + row.y + below - view.canvas.top == 0


def test_the_end_stays_in_sight_when_formulas_come(qtbot: QtBot, view: ChatView) -> None:
    view.set_messages([answer("\n\n".join(rf"\[ \int_0^{{{i}}} x^{{{i}}} dx \]" for i in range(60)))])
    drawn(qtbot, view)
    bar = view.canvas.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0


def test_what_is_not_painted_again_was_right_already(qtbot: QtBot, view: ChatView) -> None:
    view.canvas._caret.beat.setInterval(1_000_000)
    view.begin_answer("a0")
    for i in range(12):
        stream(view, rf"Let \( w_{{{i}}}^2 = \frac{{1}}{{{i + 2}}} \) be." + f"\n\n\\[ w_{{{i}}} \\]\n\n")
        drawn(qtbot, view)
        QApplication.processEvents()
        on_screen = view.screen().grabWindow(view.winId()).toImage()
        assert on_screen == view.grab().toImage().convertToFormat(on_screen.format()), i
    view.finish_answer()


def test_a_child_that_is_killed_costs_a_formula_at_most(
    qtbot: QtBot, view: ChatView, thread: FormulaThread
) -> None:
    view.resize(900, 1000)  # all of it in sight
    view.set_messages([answer("\n\n".join(rf"\( m_{{{i}}} \)" for i in range(20)))])
    QApplication.processEvents()
    pid = thread.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    drawn(qtbot, view)
    lost = sum(OBJECT not in row.ensure().toPlainText() for row in rows(view) if isinstance(row, LeafRow))
    assert lost <= 1
    assert thread.pid not in (None, pid)


def test_an_arrival_takes_the_window_a_moment_only(
    qtbot: QtBot, themes: ThemeManager, thread: FormulaThread
) -> None:
    """The window's own time for each batch of drawings that comes, laying out and painting included."""
    begun: list[float] = []
    times: list[float] = []
    thread.drawn.connect(lambda _batch: begun.append(time.thread_time()))
    widget = ChatView(themes, formulas=thread)
    thread.drawn.connect(lambda _batch: times.append((time.thread_time() - begun[-1]) * 1000))
    qtbot.addWidget(widget)
    widget.resize(1000, 800)
    widget.show()
    text = "\n\n".join(
        rf"Paragraph {i}: since \( a_{{{i}}} = \frac{{{i}}}{{2}} \) and \( b_{{{i}}} < \sqrt{{{i}}} \), "
        + "some words follow. " * 12
        + f"\n\n\\[ \\sum_{{k={i}}}^n k^2 \\]"
        for i in range(150)
    )
    assert len(text) > 40_000
    widget.set_messages([answer(text)])
    bar = widget.canvas.verticalScrollBar()
    for part in range(4, 0, -1):
        bar.setValue(bar.maximum() * part // 4)
        drawn(qtbot, widget)
        QApplication.processEvents()
    assert len(times) >= 4
    assert statistics.median(times) < 8
    assert max(times) < 50
