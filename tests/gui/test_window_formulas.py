"""Formulas in the real window: drawn when an answer has some, and no process is left behind."""

from pathlib import Path

from scripted_engine import ScriptedEngine
from window_desk import open_window

from slipstream.ui.chat.documents import OBJECT
from slipstream.ui.chat.formularow import FormulaRow


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_an_answer_without_formulas_starts_no_process(qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        desk.say("Hello")
        assert desk.session.formulas.pid is None


def test_formulas_are_drawn_and_the_process_ends_with_the_window(qtbot, tmp_path, themes):
    engine = ScriptedEngine(words=["So", "\\[", "\\boxed{42}", "\\]"])
    with open_window(qtbot, tmp_path, themes, engine) as desk:
        desk.say("What is it?")
        turn = desk.window.pane.view.canvas.turns[-1]

        def drawn():
            rows = [row for row in turn.rows if not row.waiting]
            return any(OBJECT in row.ensure().toPlainText() for row in rows if hasattr(row, "ensure"))

        qtbot.waitUntil(drawn, timeout=30_000)
        assert desk.desk.answers == ["So \\[ \\boxed{42} \\] "]
        pid = desk.session.formulas.pid
        assert pid is not None
        assert running(pid)
    assert not running(pid)


def test_a_displayed_formula_of_several_lines(qtbot, tmp_path, themes):
    words = [
        "So\n\n\\[\n",
        "\\begin{aligned}\n",
        "a &= b \\\\\n",
        "&= c\n",
        "\\end{aligned}\n",
        "\\]\n\n",
        "Done.",
    ]
    with open_window(qtbot, tmp_path, themes, ScriptedEngine(words=words)) as desk:
        desk.say("What is it?")
        turn = desk.window.pane.view.canvas.turns[-1]
        qtbot.waitUntil(
            lambda: any(
                isinstance(row, FormulaRow) and row.document and not row.waiting for row in turn.rows
            ),
            timeout=30_000,
        )
        (row,) = (row for row in turn.rows if isinstance(row, FormulaRow))
        assert row.ensure().toPlainText() == OBJECT
