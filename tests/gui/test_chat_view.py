"""The conversation as a person meets it: streaming, thinking, selecting, copying, links, themes."""

import time
from collections.abc import Iterator

import pytest
from chat_hands import answer, piece, rows, stream, user
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QHelpEvent, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from slipstream.core.chat import Role
from slipstream.core.events import Origin
from slipstream.core.metrics import Phase
from slipstream.ui.chat.coderow import CodeRow
from slipstream.ui.chat.control_rows import FooterRow, LegendRow, NoticeRow, ThinkRow
from slipstream.ui.chat.documents import SealedDocument
from slipstream.ui.chat.figures import FigureStrip
from slipstream.ui.chat.inline import web_link
from slipstream.ui.chat.leafrows import LeafRow
from slipstream.ui.chat.look import make_look
from slipstream.ui.chat.messages import ShownMessage, StripText
from slipstream.ui.chat.rows import DocumentRow, Row
from slipstream.ui.chat.selection import Place
from slipstream.ui.chat.tokenrows import TokensRow
from slipstream.ui.chat.turns import AnswerTurn
from slipstream.ui.chat.view import ChatView
from slipstream.ui.theme import DARK, LIGHT, ThemeManager

STRIP = StripText((("tokens/s", "24.1", "how fast"), ("τ", "2.3", "how many a pass")))


@pytest.fixture
def view(qtbot: QtBot, themes: ThemeManager) -> Iterator[ChatView]:
    widget = ChatView(themes)
    qtbot.addWidget(widget)
    widget.resize(900, 600)
    widget.show()
    return widget


def shown(view: ChatView) -> str:
    """All text on the paper, as Select all and Copy give it."""
    view.canvas.select_all()
    return view.canvas.selection.text(view.canvas.turns)


def on_screen(view: ChatView, row: Row, point: QPointF) -> QPoint:
    turn = next(turn for turn in view.canvas.turns if row in turn.rows)
    left, _ = view.canvas.column()
    return QPoint(round(left + row.x + point.x()), round(turn.y + row.y - view.canvas.top + point.y()))


def button(view: ChatView, name: str) -> QToolButton:
    return next(b for b in view.findChildren(QToolButton) if b.accessibleName() == name and b.isVisible())


# Streaming


def test_an_answer_streams_and_ends(view: ChatView) -> None:
    view.add_message(user("Hello?"))
    view.begin_answer("a0")
    for word in ("Well,", " this", " is **bo", "ld**.\n\n", "- one\n", "- two"):
        stream(view, piece(word))
    view.finish_answer(STRIP)
    assert shown(view) == "Hello?\n\nWell, this is bold.\n\n• one\n• two"
    footer = rows(view, FooterRow)[0]
    assert isinstance(footer, FooterRow)
    assert footer.strip == STRIP
    assert view.canvas.streaming_turn() is None


def test_progress_stands_until_text_comes(view: ChatView) -> None:
    view.begin_answer("a0")
    view.set_progress("Reading the prompt… 3 / 9 tokens")
    turn = view.canvas.streaming_turn()
    assert turn is not None
    assert [row.words for row in turn.rows] == ["Reading the prompt… 3 / 9 tokens"]
    stream(view, piece("Text"))
    assert [type(row) for row in turn.rows] == [LeafRow]
    view.finish_answer()


def test_the_caret_moves_while_streaming_only(view: ChatView, qtbot: QtBot) -> None:
    view.begin_answer("a0")
    stream(view, piece("Text"))
    seen = set()

    def both() -> bool:
        seen.add(view.canvas._caret.on)
        return len(seen) == 2

    qtbot.waitUntil(both)
    view.finish_answer()
    assert not view.canvas._caret.beat.isActive()


def test_an_interrupted_answer_says_so(view: ChatView) -> None:
    view.begin_answer("a0")
    stream(view, piece("Half an ans"))
    view.finish_answer(None, "Stopped by you.")
    (notice,) = rows(view, NoticeRow)
    assert isinstance(notice, NoticeRow)
    assert notice.words == "Stopped by you."
    assert "Half an ans" in shown(view)


def test_a_second_answer_ends_the_first(view: ChatView) -> None:
    view.begin_answer("a0")
    stream(view, piece("One"))
    view.begin_answer("a1")
    stream(view, piece("Two"))
    view.finish_answer()
    assert shown(view) == "One\n\nTwo"


def test_text_without_an_answer_is_logged(view: ChatView, caplog: pytest.LogCaptureFixture) -> None:
    stream(view, piece("lost"))
    assert "without an answer" in caplog.text


def test_a_dear_update_makes_the_next_wait(view: ChatView, qtbot: QtBot) -> None:
    view.begin_answer("a0")
    stream(view, piece("one "))
    view.pacing.cost_ms, view.pacing._last_end = 50.0, time.perf_counter()
    view.append([piece("two ")])
    view.append([piece("three")])
    assert shown(view) == "one"
    qtbot.waitUntil(lambda: shown(view) == "one two three")
    view.pacing.cost_ms, view.pacing._last_end = 50.0, time.perf_counter()
    view.append([piece(" four")])
    view.finish_answer()
    assert shown(view) == "one two three four"


# Scrolling


def test_the_end_stays_in_sight_unless_the_reader_left_it(view: ChatView, qtbot: QtBot) -> None:
    view.begin_answer("a0")
    for i in range(60):
        stream(view, piece(f"Paragraph {i}.\n\n"))
    bar = view.canvas.verticalScrollBar()
    assert bar.maximum() > 500
    assert bar.value() == bar.maximum()
    assert not view._jump.isVisible()

    bar.setValue(300)
    assert view._jump.isVisible()
    top = next(row for row in rows(view) if row.y >= 300)
    before = on_screen(view, top, QPointF())
    for i in range(60):
        stream(view, piece(f"More {i}.\n\n"))
    assert on_screen(view, top, QPointF()) == before

    QTest.mouseClick(view._jump, Qt.MouseButton.LeftButton)
    assert bar.value() == bar.maximum()
    assert not view._jump.isVisible()
    stream(view, piece("The last.\n\n" * 20))
    assert bar.value() == bar.maximum()
    view.finish_answer()


def test_only_what_is_near_is_laid_out(view: ChatView) -> None:
    text = "\n\n".join(f"Paragraph {i} " + "word " * 40 for i in range(40))
    view.set_messages([m for i in range(100) for m in (user("Question?", i), answer(text, i))])
    built = [turn for turn in view.canvas.turns if turn.built]
    assert 0 < len(built) < 6
    assert view.canvas.turns[-1] in built
    ready = sum(row.ready for turn in built for row in turn.rows)
    assert ready < 40


def test_going_back_through_estimates_does_not_jump(view: ChatView) -> None:
    """Rows above that turn out higher or lower than estimated do not move what is read."""
    text = "\n\n".join(["short", "long " * 200, "```\n" + "code\n" * 20 + "```"] * 6)
    view.set_messages([m for i in range(20) for m in (user("Question?", i), answer(text, i))])
    bar = view.canvas.verticalScrollBar()
    while bar.value() > 0:
        anchor = view.canvas.edge()
        assert anchor is not None
        _, row, below = anchor
        before = bar.value()
        bar.setValue(before - 40)
        assert row is not None
        turn = anchor[0]
        moved = below - (view.canvas.top - turn.y - row.y)
        assert moved == 40 or bar.value() == 0


def test_a_resize_keeps_the_place(view: ChatView) -> None:
    text = "\n\n".join(f"Paragraph {i} " + "word " * 60 for i in range(60))
    view.set_messages([answer(text)])
    view.canvas.verticalScrollBar().setValue(1500)
    anchor = view.canvas.edge()
    assert anchor is not None
    view.resize(520, 600)
    after = view.canvas.edge()
    assert after is not None
    assert after[1] is anchor[1]


# Thinking


def test_thinking_is_folded_with_a_live_summary(view: ChatView, qtbot: QtBot) -> None:
    view.begin_answer("a0")
    stream(view, piece("Let me", Phase.THINK, token=0), piece(" think", Phase.THINK, token=1))
    (head,) = rows(view, ThinkRow)
    assert isinstance(head, ThinkRow)
    assert head.summary == "Thinking… 2 tokens"
    assert len(rows(view)) == 1
    stream(view, piece("Done.", token=2))
    assert head.summary == "Thinking: 2 tokens"
    assert shown(view) == "Done."
    fold = button(view, head.summary)
    QTest.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert shown(view) == "Let me think\n\nDone."
    assert fold.toolTip() == "Hide the thinking"
    stream(view, piece(" More.", token=3))
    assert shown(view) == "Let me think\n\nDone. More."
    QTest.keyClick(fold, Qt.Key.Key_Space)
    assert shown(view) == "Done. More."
    view.finish_answer()


def test_thinking_that_goes_on_while_it_is_open(view: ChatView) -> None:
    view.begin_answer("a0")
    stream(view, piece("One", Phase.THINK, token=0))
    view._on_thinking_toggled("a0")
    stream(view, piece(" two", Phase.THINK, token=1), piece("\n\n", Phase.ANSWER, token=2))
    stream(view, piece("\n\nThree", token=3))
    assert shown(view) == "One two\n\nThree"
    view.finish_answer()


def test_the_header_stays_under_the_pointer_when_unfolding(view: ChatView) -> None:
    thoughts = "\n\n".join(f"thought {i}" for i in range(80))
    view.set_messages([user("Q"), answer("Short answer.", thinking=thoughts)])
    head = rows(view, ThinkRow)[0]
    before = on_screen(view, head, QPointF())
    view._on_thinking_toggled("a0")
    assert on_screen(view, head, QPointF()) == before
    assert len(rows(view, LeafRow)) > 10
    view._on_thinking_toggled("a0")
    assert on_screen(view, head, QPointF()) == before


# Buttons


def test_copy_and_regenerate(view: ChatView, qtbot: QtBot) -> None:
    view.set_messages([user("Q"), answer("Some **bold** words", strip=STRIP)])
    with qtbot.waitSignal(view.copy_done):
        QTest.mouseClick(button(view, "Copy answer"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "Some **bold** words"
    with qtbot.waitSignal(view.regenerate_requested) as told:
        QTest.mouseClick(button(view, "Regenerate"), Qt.MouseButton.LeftButton)
    assert told.args == ["a0"]


def test_code_has_its_own_copy_button(view: ChatView, qtbot: QtBot) -> None:
    view.set_messages([answer("Look:\n\n```python\nx = 1\ny = 2\n```\n\nand\n\n```\nplain\n```")])
    buttons = [b for b in view.findChildren(QToolButton) if b.accessibleName() == "Copy code"]
    assert len(buttons) == 2
    first = min(buttons, key=lambda b: b.mapTo(view, QPoint()).y())
    with qtbot.waitSignal(view.copy_done) as told:
        QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert told.args == ["Code copied"]
    assert QGuiApplication.clipboard().text() == "x = 1\ny = 2"


def test_buttons_exist_for_what_is_in_sight_only(view: ChatView) -> None:
    view.set_messages([answer("```py\nx\n```\n" * 3 + "word " * 900, i) for i in range(30)])
    bar = view.canvas.verticalScrollBar()
    for value in range(bar.maximum(), 0, -400):
        bar.setValue(value)
    alive = [b for b in view.findChildren(QToolButton) if b.accessibleName() == "Copy code"]
    assert len(alive) < 20
    for row, widget in view.canvas._controls.shown():
        assert widget.isVisible()
        assert abs(widget.y() - on_screen(view, row, QPointF()).y()) <= 1


def test_tab_goes_through_the_buttons_in_order(view: ChatView, qtbot: QtBot) -> None:
    view.set_messages([answer("```py\nx\n```", thinking="hm", strip=STRIP)])
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.canvas.setFocus()
    names = []
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        names.append(QApplication.focusWidget().accessibleName())
    assert names == ["Thinking", "Copy code", "Copy answer", "Regenerate"]


def test_figures_have_tooltips_and_a_name(
    view: ChatView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view.set_messages([answer("Text", strip=STRIP)])
    strip = view.findChild(FigureStrip)
    assert strip.accessibleName() == "24.1 tokens/s, 2.3 τ"
    tips: list[str] = []
    monkeypatch.setattr("slipstream.ui.chat.figures.QToolTip.showText", lambda _p, tip, *_: tips.append(tip))
    point = QPoint(5, strip.height() // 2)
    QApplication.sendEvent(strip, QHelpEvent(QEvent.Type.ToolTip, point, strip.mapToGlobal(point)))
    assert tips == ["how fast\nClick to see the whole run."]


def test_narrow_figures_wrap(view: ChatView) -> None:
    many = StripText(tuple((f"label {i}", f"{i}.00", "") for i in range(8)))
    view.set_messages([answer("Text", strip=many)])
    wide = rows(view, FooterRow)[0].height
    view.resize(360, 600)
    assert rows(view, FooterRow)[0].height > wide


# Selecting


def test_dragging_selects_across_blocks_and_turns(view: ChatView) -> None:
    view.set_messages(
        [user("The question"), answer("# Head\n\nFirst paragraph.\n\n- item\n\n```\ncode\n```")]
    )
    first = next(row for row in rows(view, LeafRow) if "First" in row.leaf.text)
    code = rows(view, CodeRow)[0]
    start = on_screen(view, first, QPointF(2, 8))
    end = on_screen(view, code, code.origin() + QPointF(400, 8))
    port = view.canvas.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(port, end)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)
    QTest.keyClick(view.canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "First paragraph.\n\n• item\n\ncode"
    QTest.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert view.canvas.selection.is_empty


def test_double_and_triple_click(view: ChatView) -> None:
    view.set_messages([answer("some words here")])
    row = rows(view, LeafRow)[0]
    point = on_screen(view, row, QPointF(60, 8))
    port = view.canvas.viewport()
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=point)
    QTest.mouseDClick(port, Qt.MouseButton.LeftButton, pos=point)
    assert view.canvas.selection.text(view.canvas.turns) == "words"
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=point)
    assert view.canvas.selection.text(view.canvas.turns).strip() == "some words here"
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=point)


def test_a_setting_that_changes_nothing_here_keeps_the_selection(view: ChatView) -> None:
    view.set_messages([user("some words here")])
    QTest.keyClick(view.canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    view.set_show_tokens(False)
    assert not view.canvas.selection.is_empty
    view.set_show_tokens(True)
    assert view.canvas.selection.is_empty


def test_selection_is_painted(view: ChatView) -> None:
    view.set_messages([answer("some words here")])
    before = view.canvas.viewport().grab().toImage()
    view.canvas.select_all()
    assert view.canvas.viewport().grab().toImage() != before


def test_selecting_everything_reaches_what_was_never_in_sight(view: ChatView) -> None:
    view.set_messages(
        [m for i in range(50) for m in (user(f"Q{i}", i), answer(f"A{i}\n\n" + "word " * 300, i))]
    )
    text = shown(view)
    assert all(f"Q{i}\n\nA{i}\n\n" in text for i in range(50))


def test_the_menu_copies_messages(view: ChatView, qtbot: QtBot) -> None:
    view.set_messages([user("The question"), answer("The *answer*")])
    row = rows(view, LeafRow)[0]
    menu = view.canvas.make_menu(QPointF(on_screen(view, row, QPointF(5, 5))))
    entries = {a.text(): a for a in menu.actions()}
    assert not entries["Copy"].isEnabled()
    with qtbot.waitSignal(view.copy_done):
        entries["Copy message"].trigger()
    assert QGuiApplication.clipboard().text() == "The *answer*"
    menu.close()


# Links and what must not be loaded


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("https://example.org/a?b=c#d", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("\\\\host\\share", False),
        ("//host/share", False),
        ("data:text/html,x", False),
        ("https:///nohost", False),
        ("", False),
    ],
)
def test_only_web_addresses_are_links(address: str, fine: bool) -> None:
    assert bool(web_link(address)) is fine


def test_a_link_opens_only_after_a_yes(view: ChatView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(QUrl(url).toString()) or True)
    view.set_messages(
        [answer("[here](https://example.org/x) and https://example.org/y. [bad](javascript:1)")]
    )
    row = rows(view, LeafRow)[0]
    point = on_screen(view, row, QPointF(10, 10))
    assert view.canvas.link_at(QPointF(point)) == "https://example.org/x"
    for name in ("Cancel", "Open"):
        QTest.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=point)
        box = view.findChild(QMessageBox)
        assert box is not None
        assert box.informativeText() == "https://example.org/x"
        assert opened == []
        chosen = next(b for b in box.findChildren(QPushButton) if b.text().replace("&", "") == name)
        QTest.mouseClick(chosen, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: view.findChild(QMessageBox) is None)
    assert opened == ["https://example.org/x"]
    assert isinstance(row, DocumentRow)
    document = row.ensure()
    block = document.firstBlock()
    anchors = set()
    fragments = block.begin()
    while not fragments.atEnd():
        anchors.add(fragments.fragment().charFormat().anchorHref())
        fragments += 1
    assert anchors == {"", "https://example.org/x", "https://example.org/y"}


def test_a_link_is_one_as_soon_as_its_definition_has_come(view: ChatView) -> None:
    view.begin_answer("a0")
    stream(view, piece("See [here][1].\n\n| a |\n|---|\n| [x] |\n\nMore\n\n"))
    assert shown(view).startswith("See [here][1].")
    stream(view, piece("[1]: https://example.org/one\n[x]: https://exam"))
    assert shown(view).startswith("See here.")
    stream(view, piece("ple.org/two\n\nEnd"))
    view.finish_answer()
    assert shown(view) == "See here.\n\na\nx\n\nMore\n\nEnd"
    view.canvas.selection.clear()
    for row, address in zip(rows(view, LeafRow)[:2], ("one", "two"), strict=True):
        assert isinstance(row, DocumentRow)
        start = row.searchable().index("here" if address == "one" else "x")
        assert row.link_at(row.rects((start, start + 1))[0].center()) == f"https://example.org/{address}"


def test_nothing_is_ever_loaded(
    view: ChatView, themes: ThemeManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QTextDocument, "loadResource", lambda _self, _kind, url: asked.append(url.toString()))
    text = (
        "![remote](http://127.0.0.1:9/x.png) ![file](file:///etc/hosts) ![unc](//host/share/x.png)\n\n"
        '<img src="file:///etc/hosts">\n\n<style>@import url(http://127.0.0.1:9/x.css)</style>\n\n'
        "| ![in a table](file:///x.png) |\n|---|\n| y |"
    )
    view.set_messages([user(text), answer(text, thinking=text)])
    view._on_thinking_toggled("a0")
    view.grab()
    assert asked == []
    assert "[picture not loaded: remote]" in shown(view)
    sealed = SealedDocument(make_look(themes.theme))
    sealed.setHtml('<img src="file:///etc/hosts"><img src="x.png">')
    assert sealed.resource(QTextDocument.ResourceType.ImageResource.value, QUrl("file:///etc/hosts")) is None
    assert asked == []


# Show tokens


def test_tokens_are_told_apart_by_more_than_colour(view: ChatView) -> None:
    view.set_show_tokens(True)
    view.begin_answer("a0")
    for i, origin in enumerate(Origin):
        stream(view, piece(f"**{origin.value}** ", origin=origin, token=i))
    view.finish_answer(STRIP)
    assert "**plain** **accepted** **recovered** **bonus**" in shown(view)
    (row,) = rows(view, TokensRow)
    assert isinstance(row, TokensRow)
    fragments = row.ensure().firstBlock().begin()
    styles, grounds = [], []
    while not fragments.atEnd():
        form = fragments.fragment().charFormat()
        styles.append(form.underlineStyle())
        painted = form.background().style() != Qt.BrushStyle.NoBrush
        grounds.append(form.background().color().name() if painted else "")
        fragments += 1
    assert len(set(styles)) == 4
    assert grounds == ["", LIGHT.drafted, "", ""]
    assert len(rows(view, LegendRow)) == 1
    view.set_show_tokens(False)
    assert shown(view) == "plain accepted recovered bonus"
    assert not rows(view, LegendRow)
    assert not rows(view, TokensRow)


def test_answers_without_pieces_keep_their_markdown(view: ChatView) -> None:
    view.set_messages([answer("Some **bold** words")])
    view.set_show_tokens(True)
    assert shown(view) == "Some bold words"
    assert not rows(view, LegendRow)


def test_switching_while_it_streams_loses_nothing(view: ChatView) -> None:
    view.begin_answer("a0")
    for i in range(40):
        view.set_show_tokens(i % 8 < 4)
        stream(view, piece(f"w{i} ", token=i))
    view.set_show_tokens(False)
    view.finish_answer()
    assert shown(view).split() == [f"w{i}" for i in range(40)]


# Long and odd


def test_a_long_question_folds(view: ChatView) -> None:
    text = "A sentence of a person. " * 1000
    view.set_messages([user(text)])
    assert len(shown(view)) < 3000
    fold = next(b for b in view.findChildren(QToolButton) if b.text().startswith("Show all"))
    QTest.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert shown(view).replace("\n", " ").split() == text.split()


@pytest.mark.parametrize(
    "text",
    [
        "x" * 200_000,
        "word " * 40_000,
        "`" * 5000,
        "**" * 5000,
        "[" * 5000,
        "> " * 200 + "deep",
        "```\n" + "y" * 200_000,
        "\ud800 lone \udfff",
        "nul \0 here",
        "🙂" * 3000,
        "שלום " * 2000,
    ],
    ids=range(11),
)
def test_rude_text_neither_freezes_nor_fails(view: ChatView, text: str) -> None:
    began = time.perf_counter()
    view.set_messages([user(text), answer(text, thinking=text)])
    view._on_thinking_toggled("a0")
    view.grab()
    view.canvas.verticalScrollBar().setValue(0)
    view.grab()
    assert time.perf_counter() - began < 5


def test_removing_and_replacing(view: ChatView) -> None:
    view.set_messages([user("Q"), answer("A")])
    view.remove_message("a0")
    view.remove_message("no such message")
    assert shown(view) == "Q"
    view.begin_answer("a1")
    stream(view, piece("B"))
    view.remove_message("a1")
    assert shown(view) == "Q"
    view.finish_answer()
    view.set_messages([])
    assert not view.canvas.isVisible()


def test_system_messages_are_not_shown(view: ChatView) -> None:
    view.set_messages([ShownMessage("s", Role.SYSTEM, "Be kind"), user("Q")])
    assert shown(view) == "Q"


def test_the_empty_state_offers_questions(view: ChatView, qtbot: QtBot) -> None:
    cards = [b for b in view.findChildren(QPushButton) if b.isVisible()]
    assert len(cards) == 3
    assert all(card.accessibleName() for card in cards)
    with qtbot.waitSignal(view.example_chosen) as told:
        QTest.mouseClick(cards[1], Qt.MouseButton.LeftButton)
    assert "Python" in told.args[0]
    view.add_message(user("Q"))
    assert not cards[0].isVisible()


def test_a_new_theme_recolours_everything(view: ChatView, themes: ThemeManager) -> None:
    view.set_messages([user("Q"), answer("Text\n\n```py\nx = 1\n```", thinking="hm", strip=STRIP)])
    view._on_thinking_toggled("a0")
    text = shown(view)
    view.canvas.selection.clear()
    themes.set_mode("dark")
    picture = view.canvas.viewport().grab().toImage()
    found = {
        picture.pixelColor(x, y).name()
        for x in range(0, picture.width(), 2)
        for y in range(0, picture.height(), 2)
    }
    assert {DARK.window, DARK.user_bubble, DARK.code_background} <= found
    assert not {LIGHT.window, LIGHT.user_bubble, LIGHT.code_background, LIGHT.text} & found
    assert shown(view) == text


def test_right_to_left_text_stands_on_the_right(view: ChatView) -> None:
    view.set_messages([answer("- שלום עולם\n\nPlain")])
    hebrew, plain = rows(view, LeafRow)
    assert isinstance(hebrew, LeafRow)
    assert isinstance(plain, LeafRow)
    assert hebrew.rtl
    assert not plain.rtl
    width = hebrew.width
    assert hebrew.hit(QPointF(width - 30, 8)) < hebrew.length
    line = hebrew.ensure().firstBlock().layout().lineAt(0)
    assert line.naturalTextRect().right() > width * 0.9 - hebrew.indent()


def test_wide_code_scrolls_sideways(view: ChatView) -> None:
    view.set_messages([answer("```\n" + "long " * 200 + "\n```")])
    code = rows(view, CodeRow)[0]
    assert isinstance(code, CodeRow)
    bar = code._bar().center()
    port = view.canvas.viewport()
    start = on_screen(view, code, bar)
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(port, start + QPoint(50, 0))
    assert code.sideways > 100
    QTest.mouseMove(port, start + QPoint(5000, 0))
    assert code.sideways == code._overflow()
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=start + QPoint(5000, 0))
    assert view.canvas.selection.is_empty


def test_zoomed_type_keeps_everything_in_its_place(view: ChatView, themes: ThemeManager) -> None:
    view.set_messages([user("Q"), answer("Text\n\n```py\nx = 1\n```\n\n- item", strip=STRIP)])
    before = [row.height for row in rows(view, LeafRow)]
    view.canvas.set_look(make_look(themes.theme, zoom=2.0))
    after = [row.height for row in rows(view, LeafRow)]
    assert all(1.8 < b / a < 2.3 for a, b in zip(before, after, strict=True))
    for turn in view.canvas.turns:
        assert isinstance(turn.rows[0], Row)
        if isinstance(turn, AnswerTurn):
            bottoms = [row.y + row.height for row in turn.rows]
            assert all(row.y >= bottom for row, bottom in zip(turn.rows[1:], bottoms, strict=False))


def test_place_orders_as_read() -> None:
    assert Place(0, 5, 9) < Place(1, 0, 0) < Place(1, 0, 3) < Place(1, 2, 0)
