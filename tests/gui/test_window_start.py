"""The whole process, started as a person starts it: quick to show, clean to end, alone on its folder."""

import os
import signal
import subprocess
import sys

import pytest

RUN = """
import sys
from PySide6.QtCore import QTimer
from slipstream.build import open_window
from slipstream.core.paths import default_paths
import slipstream.ui.app as app

shown = app.WindowStart._on_shown
def then(self):
    shown(self)
    print("modules", sorted({name.partition(".")[0] for name in sys.modules}), flush=True)
    if "stay" not in sys.argv:
        QTimer.singleShot(100, self._window.close)
app.WindowStart._on_shown = then
sys.exit(open_window(default_paths(), []))
"""


NO_FOLDER = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from slipstream.__main__ import main
import slipstream.ui.app as app

make = app.make_application
def made(argv):
    application = make(argv)
    def look():
        box = application.activeModalWidget()
        assert isinstance(box, QMessageBox)
        print(box.text(), "|", box.informativeText(), flush=True)
        box.accept()
    QTimer.singleShot(200, application, look)
    return application
app.make_application = made
sys.exit(main([]))
"""


def test_without_a_usable_folder_one_dialog_says_so(tmp_path):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("no folder")
    environment = os.environ | {"SLIPSTREAM_HOME": str(in_the_way / "home"), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", NO_FOLDER],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert str(in_the_way) in done.stdout
    assert "SLIPSTREAM_HOME" in done.stdout
    assert "a bug" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith("slipstream: Slipstream cannot make its folder")


@pytest.fixture
def start(tmp_path):
    """Start the window's process on one home; killed at the end if it still runs."""
    environment = os.environ | {
        "SLIPSTREAM_HOME": str(tmp_path),
        "QT_QPA_PLATFORM": "offscreen",
        "SLIPSTREAM_TRACE_START": "1",
    }
    environment.pop("SLIPSTREAM_MODELS", None)
    processes = []

    def begin(*words: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, *words],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        return process

    yield begin
    for process in processes:
        if process.poll() is None:
            process.kill()
        process.communicate()


def test_it_shows_itself_before_anything_heavy_is_imported_and_ends_cleanly(start):
    process = start()
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "window visible after " in err
    assert "Traceback" not in err
    modules = out.splitlines()[0]
    for heavy in ("llama_cpp", "pyqtgraph", "huggingface_hub", "numpy"):
        assert f"'{heavy}'" not in modules


@pytest.mark.skipif(os.name != "posix", reason="POSIX signals")
def test_ctrl_c_closes_the_window_as_a_person_would(start):
    process = start("stay")
    assert process.stdout.readline().startswith("modules")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert "Traceback" not in err


def test_a_second_start_ends_at_once_and_a_killed_first_leaves_nothing_in_the_way(start):
    first = start("stay")
    assert first.stdout.readline().startswith("modules")
    second = start()
    out, err = second.communicate(timeout=60)
    assert (second.returncode, out) == (0, ""), err
    first.send_signal(signal.SIGKILL)
    first.wait(timeout=20)
    third = start()
    out, err = third.communicate(timeout=60)
    assert third.returncode == 0, err
    assert out.startswith("modules")


@pytest.mark.skipif(sys.platform != "linux", reason="where a display may be missing")
@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({}, "There is no display to open a window on"),
        ({"QT_QPA_PLATFORM": "nonsense"}, "The window cannot be opened: "),
        ({"DISPLAY": ":4242", "QT_QPA_PLATFORM": "xcb"}, "The window cannot be opened: "),
    ],
)
def test_without_a_display_one_line_says_so(tmp_path, environ, words):
    """Qt itself would end the process by a signal."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    clean = {name: value for name, value in os.environ.items() if name not in names}
    done = subprocess.run(
        [sys.executable, "-m", "slipstream"],
        env=clean | {"SLIPSTREAM_HOME": str(tmp_path)} | environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"slipstream: {words}")
    assert "slipstream demo" in line


@pytest.mark.skipif(os.name != "posix", reason="links of POSIX")
def test_a_home_that_is_a_link_to_itself_is_told(tmp_path):
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    done = subprocess.run(
        [sys.executable, "-c", NO_FOLDER],
        env=os.environ | {"SLIPSTREAM_HOME": str(loop), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert str(loop) in done.stdout
    assert "a bug" not in done.stderr
