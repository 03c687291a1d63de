"""One window a profile: a second start brings the first to the front, over a local socket."""

from collections.abc import Callable

import structlog
from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = structlog.get_logger(__name__)

RAISE = b"raise\n"


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


class SecondInstance(QObject):
    """Asks the window that holds the profile to come to the front; `raised` is called when it says that it did.

    Nothing waits for that: until then, and where no window answers, the sign-in page says who holds the profile.
    """

    def __init__(self, name: str, raised: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._socket = QLocalSocket(self)
        self._socket.connected.connect(lambda: self._socket.write(RAISE))
        self._socket.readyRead.connect(raised)
        self._socket.connectToServer(name)
