"""What stands in for the process that draws formulas, to show how the parent takes its faults.

In a module of their own: a spawned process imports the module its function is in.
"""

import os
import signal
from multiprocessing.connection import Connection

from slipstream.core.formulas import Drawing
from slipstream.formulas.process import READY, run

HANG, DIE = "hang", "die"


def hang_or_die_when_told(pipe: Connection) -> None:
    """Draws anything but the formulas of these names."""
    pipe.send(READY)
    while True:
        formula = pipe.recv()
        if formula.tex == HANG:
            signal.pause()
        if formula.tex == DIE:
            os.abort()
        pipe.send(Drawing(b"<svg/>", 1.0, 1.0, 0.0))


def never_start(pipe: Connection) -> None:
    """As where ziamath is not installed."""
    os._exit(1)


def draw_in_a_child(parent: Connection) -> None:
    """A parent of its own for the real child, to be killed: tells the child's process id."""
    from slipstream.core.formulas import Formula  # noqa: PLC0415
    from slipstream.formulas.process import FormulaProcess  # noqa: PLC0415

    process = FormulaProcess()
    process.draw(Formula("x"))
    parent.send(process.pid)
    signal.pause()


def try_to_open_a_file(pipe: Connection) -> None:
    """The real child, whose formulas are names of files it tries to open."""
    from slipstream.formulas import typeset  # noqa: PLC0415

    def draw(_self: object, formula: object) -> str:
        try:
            with open(formula.tex, "rb") as file:  # type: ignore[attr-defined]
                return f"read {len(file.read())} bytes"
        except OSError as error:
            return str(error.errno)

    typeset.Typesetter.draw = draw  # type: ignore[method-assign,assignment]
    run(pipe)


def take_memory(pipe: Connection) -> None:
    """The real child, whose formulas are numbers of bytes it takes."""
    from slipstream.formulas import typeset  # noqa: PLC0415

    def draw(_self: object, formula: object) -> str:
        size = formula.tex  # type: ignore[attr-defined]
        try:
            return f"took {len(bytearray(int(size)))}" if size.isdigit() else ""
        except MemoryError:
            return "no memory"

    typeset.Typesetter.draw = draw  # type: ignore[method-assign,assignment]
    run(pipe)
