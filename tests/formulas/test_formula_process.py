"""Formulas drawn by a child process that may hang, die, or never come up."""

import errno
import multiprocessing
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from formula_children import (
    DIE,
    HANG,
    draw_in_a_child,
    hang_or_die_when_told,
    never_start,
    take_memory,
    try_to_open_a_file,
)
from real_world import sources

from slipstream.core.formulas import INK, Drawing, Formula, Refusal
from slipstream.formulas.colours import shade
from slipstream.formulas.process import FormulaProcess

DRAWN = 190  # of the 200; the rest is malformed, or beyond what can be drawn


@pytest.fixture(scope="module")
def process() -> Iterator[FormulaProcess]:
    process = FormulaProcess(limit_s=20.0)  # a shared machine may be slow
    yield process
    process.close()
    process.reap()


@pytest.fixture
def stand_in() -> Iterator[FormulaProcess]:
    process = FormulaProcess(hang_or_die_when_told, limit_s=0.3)
    yield process
    process.close()
    process.reap()


def drawn(process: FormulaProcess, tex: str, *, display: bool = False) -> Drawing:
    answer = process.draw(Formula(tex, display))
    assert isinstance(answer, Drawing), f"{tex}: {answer}"
    return answer


def test_real_formulas_are_drawn(process: FormulaProcess) -> None:
    """200 of them; none is fatal, and those that stay source are those of which it is known."""
    answers = {source: process.draw(Formula.read(source)) for source in sources()}
    assert len(answers) == 200
    refused = {source: answer for source, answer in answers.items() if isinstance(answer, Refusal)}
    listed = "\n".join(f"{answer}: {source}" for source, answer in refused.items())
    assert Refusal.DIED not in refused.values(), listed
    assert Refusal.TOO_SLOW not in refused.values(), listed
    assert len(answers) - len(refused) == DRAWN, listed
    malformed = sources()[-13:]
    assert set(refused) <= set(malformed), listed


@pytest.mark.parametrize(
    "tex",
    [
        "",
        "{" * 200 + "x" + "}" * 200,
        "x" * 100_000,
        "^" * 300,
        r"\frac" * 300,
        r"\sqrt" * 900,
        "\ud800",
        "\0",
        r"\def\a{\a}\a",
        r"\rule{99999em}{99999em}",
        r"\hspace{99999em}",
        r"\begin{matrix}" + "&" * 3000 + r"\end{matrix}",
        "é\u0301漢字🙂",
    ],
    ids=range(13),
)
def test_rude_formulas_are_answered(process: FormulaProcess, tex: str) -> None:
    assert isinstance(process.draw(Formula(tex)), Drawing | Refusal)
    drawn(process, "x")


def test_lengths_are_in_em_from_the_baseline(process: FormulaProcess) -> None:
    letter, deep, fraction = (drawn(process, tex) for tex in ("x", "y", r"\frac{a}{b}"))
    assert 0.3 < letter.height < 0.6
    assert letter.depth < 0.05
    assert 0.15 < deep.depth < 0.35
    assert 0.2 < fraction.depth < fraction.height < 2
    assert drawn(process, "xx").width == pytest.approx(2 * letter.width, rel=0.15)


def test_displayed_formulas_are_set_larger(process: FormulaProcess) -> None:
    tex = r"\sum_{i=1}^{n} \frac{1}{i}"
    assert drawn(process, tex, display=True).height > 1.3 * drawn(process, tex).height


def test_a_number_is_a_drawing_of_its_own(process: FormulaProcess) -> None:
    drawing = drawn(process, r"a = b \tag{7}", display=True)
    assert drawing.tag is not None
    assert drawing.width == pytest.approx(drawn(process, "a = b", display=True).width)


def test_a_drawing_is_shapes_in_the_colour_of_the_text(process: FormulaProcess) -> None:
    drawing = drawn(process, r"\boxed{\color{red}{x} + \frac{y}{2}}")
    svg = ET.fromstring(drawing.svg)
    assert {part.tag.rpartition("}")[2] for part in svg.iter()} <= {"svg", "g", "path", "rect"}
    colours = {part.get("fill") for part in svg.iter()} | {part.get("stroke") for part in svg.iter()}
    assert colours <= {None, "none", INK, shade("red")}
    assert {INK, shade("red")} <= colours


def test_what_is_not_understood_is_not_drawn_wrongly(process: FormulaProcess) -> None:
    assert process.draw(Formula(r"\nosuchcommand{x}")) is Refusal.NOT_UNDERSTOOD
    assert process.draw(Formula(r"\text{漢}")) is Refusal.NO_GLYPH
    drawn(process, r"\backslash \setminus \{ \}")


def test_markup_in_words_stays_words(process: FormulaProcess) -> None:
    plain = drawn(process, r"\text{ab}")
    tagged = drawn(process, r'\text{<mi href="file:///etc/passwd">ab</mi>}')
    assert tagged.width > 4 * plain.width


# Faults


def test_one_that_hangs_stays_source_and_the_next_is_drawn(stand_in: FormulaProcess) -> None:
    drawn(stand_in, "x")
    first = stand_in.pid
    began = time.monotonic()
    assert stand_in.draw(Formula(HANG)) is Refusal.TOO_SLOW
    assert time.monotonic() - began < 5
    drawn(stand_in, "x")
    assert stand_in.pid not in (None, first)


def test_one_that_kills_the_child_stays_source_and_the_next_is_drawn(stand_in: FormulaProcess) -> None:
    assert stand_in.draw(Formula(DIE)) is Refusal.DIED
    drawn(stand_in, "x")


def test_a_child_killed_while_idle_is_replaced(stand_in: FormulaProcess) -> None:
    drawn(stand_in, "x")
    pid = stand_in.pid
    assert pid is not None
    kill_and_wait(pid)
    assert stand_in.draw(Formula("y")) in (Refusal.DIED, Drawing(b"<svg/>", 1.0, 1.0, 0.0))
    drawn(stand_in, "x")


def kill_and_wait(pid: int) -> None:
    import os  # noqa: PLC0415
    import signal  # noqa: PLC0415

    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not still_there(pid))


def still_there(pid: int) -> bool:
    """Whether a process runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(condition: object, seconds: float = 20) -> None:
    """Poll for what another process does; there is nothing to wait on."""
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not happen"
        threading.Event().wait(0.02)


def test_a_child_that_never_starts_is_given_up() -> None:
    process = FormulaProcess(never_start)
    answers = [process.draw(Formula(str(i))) for i in range(5)]
    assert set(answers) == {Refusal.UNAVAILABLE}
    assert process.pid is None
    process.reap()


def test_closing_ends_a_formula_under_way() -> None:
    process = FormulaProcess(hang_or_die_when_told, limit_s=60.0)
    drawn(process, "x")
    answers: list[object] = []
    thread = threading.Thread(target=lambda: answers.append(process.draw(Formula(HANG))))
    thread.start()
    process.close()
    thread.join(timeout=10)
    assert not thread.is_alive()
    assert answers[0] in (Refusal.DIED, Refusal.UNAVAILABLE)
    assert process.draw(Formula("x")) is Refusal.UNAVAILABLE
    process.reap()


def test_what_is_refused_starts_no_child() -> None:
    process = FormulaProcess(never_start)
    assert process.draw(Formula("x" * 100_000)) is Refusal.TOO_LONG
    assert process.draw(Formula("")) is Refusal.EMPTY
    assert process.pid is None


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such limits")
def test_the_child_can_open_no_file() -> None:
    process = FormulaProcess(try_to_open_a_file)
    assert process.draw(Formula("/etc/passwd")) == str(errno.EMFILE)
    process.close()
    process.reap()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such limits")
def test_the_child_gets_little_memory() -> None:
    process = FormulaProcess(take_memory)
    assert process.draw(Formula("1000")) == "took 1000"
    assert process.draw(Formula(str(1 << 30))) == "no memory"
    process.close()
    process.reap()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_child_ends_with_its_parent() -> None:
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    parent = spawn.Process(target=draw_in_a_child, args=(theirs,))
    parent.start()
    theirs.close()
    assert ours.poll(30)
    child = ours.recv()
    assert still_there(child)
    parent.kill()
    parent.join()
    wait_until(lambda: not still_there(child))
    ours.close()


def test_ziamath_is_imported_by_the_child_only() -> None:
    """Its 0.7 s are no part of the window's start."""
    code = (
        "import sys, slipstream.build, slipstream.ui.app\n"
        "print([name for name in sys.modules if name.startswith(('ziamath', 'ziafont', 'latex2mathml'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
