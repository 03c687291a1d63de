"""Feels whether the platform is there, once a second and at no cost, and says how the link stands in one value.

A pass of the loop may be minutes away when the network goes or comes back. So one idle connection is held: the other
end's death closes it. A connection says only that somebody answers the telephone; whether the platform takes what we
send, the passes alone say.
"""

import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from threading import Lock
from types import MappingProxyType
from urllib.parse import urlsplit

from client.errors import PlatformError, StoreError
from client.ports.clock import Clock
from client.ports.link import LinkState, Progress, Trouble
from client.ports.platform import DrainReport
from client.ports.readiness import Condition, Readiness
from client.text import tr
from sync.faults import UNREACHABLE
from sync.sockets import ask_in_silence
from sync.trouble import trouble_of, way_trouble

PATIENCE = 0.8  # seconds for a connection; a look takes no longer
_PORTS = {"http": 80, "https": 443}

ALONE = tr("单机工作")
ALONE_ADVICE = tr("没有设置平台地址，办件只保存在本机；需要联网时请系统管理员在“设置”中填写平台地址")
CONNECTING = tr("正在连接")
NOT_TAKEN = tr("暂不能上传")
LAMP_WORDS: Mapping[Trouble | None, str] = MappingProxyType(
    {
        None: NOT_TAKEN,
        Trouble.CABLE: tr("网线未通"),
        Trouble.NETWORK: tr("断网"),
        Trouble.PLATFORM: tr("无应答"),
        Trouble.SIGN_IN: tr("不认可本窗口"),
        Trouble.THIS_MACHINE: tr("本机故障，暂不能上传"),
    }
)
"""Behind the lamp's own name, which is 平台."""


class Link:
    """The link to the platform at `hub_url`; None: the window works alone. `came_back` is called once at each return.

    `look` belongs to one thread; everything else is harmless on any.
    """

    def __init__(self, hub_url: str | None, clock: Clock, came_back: Callable[[], object]) -> None:
        parts = urlsplit(hub_url or "")
        self._host = parts.hostname or ""
        self._place = (self._host, parts.port or _PORTS.get(parts.scheme, 0)) if hub_url else None
        self._clock = clock
        self._came_back = came_back
        self._held: socket.socket | None = None
        self._known: tuple[str, int] | None = None  # where the last connection led: names may take long to look up
        self._reached = False  # ever: where only a proxy leads out, our own connection proves nothing
        self._gone = False  # at the last look
        self._lock = Lock()
        self._up: bool | None = None
        self._since: datetime | None = None
        self._error: str | None = None
        self._trouble: Trouble | None = None
        self._progress = Progress()

    def state(self) -> LinkState:
        """How the link stands now."""
        with self._lock:
            at = self._progress
            return LinkState(
                up=self._up,
                since=self._since,
                error=self._error,
                sending=at.total > 0,
                sent=at.sent,
                total=at.total,
                files=at.files,
                files_total=at.files_total,
                trouble=self._trouble,
            )

    def heard(self, report: DrainReport) -> None:
        """A pass of the loop is over: what it met is how the link stands."""
        self._set(up=report.outage is None, error=report.outage, trouble=report.trouble)

    def broken(self, error: StoreError) -> None:
        """A pass ended because this machine's own memory failed: nothing goes up, whatever the network does."""
        self._set(up=False, error=str(error), trouble=trouble_of(error))

    def told(self, progress: Progress) -> None:
        """How far the pass under way is."""
        with self._lock:
            self._progress = progress

    def look(self) -> Readiness:
        """Feel for the other end, at most 0.8 seconds, and say how the link stands, for the device strip."""
        if self._place is None:
            return Readiness(Condition.UNSET, ALONE, ALONE_ADVICE)
        if not self._is_held():
            self._reconnect(self._place)
        state = self.state()
        if state.up is None:
            return Readiness(Condition.ATTENTION, CONNECTING)
        if state.up:
            return Readiness(Condition.READY, "")
        if self._held is None:
            return Readiness(Condition.ATTENTION, LAMP_WORDS[state.trouble or Trouble.NETWORK], UNREACHABLE.advice)
        return Readiness(Condition.ATTENTION, LAMP_WORDS[state.trouble], state.error or "")

    def close(self) -> None:
        """Let go of the connection; nobody looks any more."""
        self._drop()

    def _is_held(self) -> bool:
        """Whether the connection stands. What the other end may have said unasked is thrown away."""
        if self._held is None:
            return False
        with suppress(OSError):  # reset, no way there any more, or silent for too long
            try:
                while self._held.recv(4096):
                    pass
            except BlockingIOError:
                return True
        self._drop()
        return False

    def _reconnect(self, place: tuple[str, int]) -> None:
        try:
            connection = socket.create_connection(self._known or place, timeout=PATIENCE)
        except OSError as error:
            self._known = None
            self._gone = True
            if self._reached or self.state().up is None:
                why = str(PlatformError(UNREACHABLE, host=self._host))
                self._set(up=False, error=why, trouble=way_trouble(error))
            return
        self._known = connection.getpeername()[:2]
        self._held = connection
        self._reached = True
        connection.setblocking(False)
        ask_in_silence(connection, idle=1, interval=1, count=1)
        came_back, self._gone = self._gone and self.state().up is False, False
        if came_back:
            self._set(up=True)
            self._came_back()

    def _drop(self) -> None:
        if self._held is not None:
            self._held.close()
            self._held = None

    def _set(self, *, up: bool, error: str | None = None, trouble: Trouble | None = None) -> None:
        with self._lock:
            if self._up is not up:
                self._up, self._since = up, self._clock()
            self._error, self._trouble = error, trouble
