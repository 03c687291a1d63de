"""Seal keys that come and go: who they are is asked on their own lane, and the window locks where the hall wants it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from client.errors import DeskError
from client.lanes import Lane
from client.ports.keys import KeyOnHand, SealKeys
from ui.seat import Bell, Hands, Lanes
from ui.shell import Shell
from ui.tasks import Tasks

if TYPE_CHECKING:  # the desk loads behind the first paint
    from client.house import House

BEAT = 500  # milliseconds


def watch_keys(house: "House", hands: Hands, lanes: Lanes, tasks: Tasks, bell: Bell, shell: Shell) -> None:
    """Watch over the keys of a window that has some, for as long as it is open.

    Whoever sits down, or plugs one in, is told of a certificate that ends soon.
    """
    if hands.keys is None:
        return
    watch = KeyWatch(hands.keys, lanes.key, tasks, bell, locks=lambda: house.counter.settings.lock_with_key)

    def remind() -> None:
        from client.desk.key_words import ends_soon  # noqa: PLC0415 - the desk loads behind the first paint

        ending = ends_soon(watch.plugged, house.counter.clock())
        if ending is not None and shell.page is not None:
            shell.notices.warn(*ending)

    bell.keys_changed.connect(remind)
    shell.seated.connect(remind)


class KeyWatch(QObject):
    """Looks at what is plugged in, which asks no key for anything. `locks`: whoever pulls a key out has left."""

    def __init__(self, keys: SealKeys, lane: Lane, tasks: Tasks, bell: Bell, *, locks: Callable[[], bool]) -> None:
        super().__init__(bell)
        self._keys, self._lane, self._tasks, self._bell, self._locks = keys, lane, tasks, bell, locks
        self._here: frozenset[str] = frozenset()
        self.plugged: Sequence[KeyOnHand] = ()  # as they were asked last
        self._timer = QTimer(self, interval=BEAT)
        self._timer.timeout.connect(self.look)
        bell.closing.connect(self._timer.stop)
        self._timer.start()

    def look(self) -> None:
        """Once, now."""
        here, before = self._keys.present(), self._here
        if here == before:
            return
        self._here = here
        if before - here and self._locks():
            self._bell.lock.emit()
        self.plugged = ()
        self._tasks.run(self._lane, self._keys.plugged, self._told, self._not_told, owner=self)

    def _told(self, plugged: Sequence[KeyOnHand]) -> None:
        self.plugged = plugged
        self._bell.keys_changed.emit()

    def _not_told(self, _error: DeskError) -> None:
        """The lamp says what is wrong, and the page of seals when a paper is to be sealed."""
        self._bell.keys_changed.emit()
