"""One window per data folder, told from outside: real sockets, real processes."""

import os
import subprocess
import sys

from PySide6.QtNetwork import QLocalServer

from slipstream.ui.instance import FirstInstance, raise_first, server_name

ASK = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from slipstream.ui.instance import raise_first
app = QCoreApplication([])
print(raise_first(Path(sys.argv[1])))
"""
HOLD_AND_DIE = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from slipstream.ui.instance import FirstInstance
app = QCoreApplication([])
first = FirstInstance(Path(sys.argv[1]))
os.kill(os.getpid(), 9)
"""


def python(code: str, folder) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE, text=True)


def test_a_second_start_raises_the_first(qtbot, tmp_path):
    first = FirstInstance(tmp_path)
    with qtbot.waitSignal(first.raise_wanted, timeout=20_000):
        second = python(ASK, tmp_path)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.communicate()[0].strip() == "True"
    first.close()


def test_another_data_folder_is_another_instance(qtbot, tmp_path):
    first = FirstInstance(tmp_path / "one")
    assert not raise_first(tmp_path / "two")
    first.close()


def test_a_socket_left_by_a_killed_process_is_taken_over(qtbot, tmp_path):
    dead = python(HOLD_AND_DIE, tmp_path)
    dead.communicate()
    assert not raise_first(tmp_path)
    first = FirstInstance(tmp_path)
    with qtbot.waitSignal(first.raise_wanted, timeout=20_000):
        second = python(ASK, tmp_path)
    second.communicate()
    first.close()


def test_a_stranger_on_the_socket_is_not_taken_for_slipstream(qtbot, tmp_path):
    stranger = QLocalServer()
    QLocalServer.removeServer(server_name(tmp_path))
    assert stranger.listen(server_name(tmp_path))
    assert not raise_first(tmp_path)
    stranger.close()


def test_names_are_short_and_one_for_each_folder(tmp_path):
    names = {server_name(tmp_path / str(i)) for i in range(50)}
    assert len(names) == 50
    assert max(map(len, names)) < 40
    assert os.sep not in "".join(names)
