"""One window a profile: a second start brings the first to the front, over a local socket."""

from collections.abc import Callable

import structlog
from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = structlog.get_logger(__name__)

RAISE = b"raise\n"
PATIENCE = 2_000  # milliseconds


class FirstInstance(QObject):
    """Listens under the profile's `name`; `asked` is called when a second start wants this window."""

    def __init__(self, name: str, asked: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._asked = asked
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        QLocalServer.removeServer(name)  # of a window that was killed; whoever holds the profile's lock is the first
        if not self._server.listen(name):
            log.warning("no second start will find this window", reason=self._server.errorString())

    def _answer(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.write(b"raised\n")
            socket.flush()
            self._asked()


def raise_first(name: str) -> bool:
    """Bring the window that holds this profile to the front; False when none answers."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(PATIENCE):
        return False
    socket.write(RAISE)
    socket.waitForReadyRead(PATIENCE)
    answered = bool(socket.readAll().size())
    socket.disconnectFromServer()
    return answered
