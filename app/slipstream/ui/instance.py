"""One window per data folder: a second start asks the first to come to the front.

A local socket named after the folder. It says who answers; the store's own lock says who may write, so a
socket left behind by a kill does no harm and is removed.
"""

import hashlib
import logging
import os
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)
RAISE = b"raise\n"
DONE = b"raised\n"
WAIT_MS = 1500


def server_name(data: Path) -> str:
    """The socket's name for a data folder, short enough for every system."""
    real = os.path.realpath(data)  # of a link that leads round in a circle, the link
    return "slipstream-" + hashlib.sha256(os.fsencode(real)).hexdigest()[:16]


def raise_first(data: Path) -> bool:
    """Ask the window that has this data folder to come up; whether one answered."""
    socket = QLocalSocket()
    socket.connectToServer(server_name(data))
    if not socket.waitForConnected(WAIT_MS):
        return False
    socket.write(RAISE)
    answered = socket.waitForReadyRead(WAIT_MS) and bytes(socket.readAll().data()) == DONE
    socket.disconnectFromServer()
    return answered


class FirstInstance(QObject):
    """Listens for later starts. Signal: `raise_wanted()`."""

    raise_wanted = Signal()

    def __init__(self, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        name = server_name(data)
        if not self._server.listen(name):
            QLocalServer.removeServer(name)  # left by one that was killed: nobody answered on it
            if not self._server.listen(name):
                log.warning("no socket for later starts: %s", self._server.errorString())

    def close(self) -> None:
        self._server.close()

    @Slot()
    def _on_connection(self) -> None:
        while socket := self._server.nextPendingConnection():
            socket.readyRead.connect(self._on_words)
            socket.disconnected.connect(socket.deleteLater)

    @Slot()
    def _on_words(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket) and bytes(socket.readAll().data()) == RAISE:
            self.raise_wanted.emit()
            socket.write(DONE)
            socket.flush()
