"""What a model writes, on a terminal: nothing of it is obeyed."""

import os
import subprocess
import sys

import pytest

from slipstream.core.text import without_controls

EVIL = "a\x1b[2J\x1b]0;title\x07b\x9b31m\x00c\x7f\r\b d\n\te"


def test_controls_are_shown_as_signs_and_lines_stay() -> None:
    clean = without_controls(EVIL)
    assert clean.replace("\ufffd", "") == "a[2J]0;titleb31mc d\n\te"
    assert without_controls("größer 🙂 ‎עברית\n") == "größer 🙂 ‎עברית\n"


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal")
@pytest.mark.parametrize("terminal", [True, False])
def test_only_a_terminal_is_spared_them(terminal: bool) -> None:
    """A pipe gets the text as it was written."""
    code = f"from slipstream.cli.generate import shown; print(shown({EVIL!r}), end='')"
    environ = os.environ | {"PYTHONIOENCODING": "utf-8"}
    if not terminal:
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environ)
        assert done.stdout.decode() == EVIL
        return
    ours, theirs = os.openpty()
    with subprocess.Popen([sys.executable, "-c", code], stdout=theirs, env=environ) as process:
        os.close(theirs)
        said = b""
        try:
            while part := os.read(ours, 4096):
                said += part
        except OSError:  # Linux says so at the end
            pass
    os.close(ours)
    assert process.returncode == 0
    assert not set(said) & {0x1B, 0x07, 0x08, 0x00}
    assert "\ufffd[2J" in said.decode()
