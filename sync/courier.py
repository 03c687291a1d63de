"""The loop and its link as one: who sends, as whoever sits at the window knows it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from client.ports.agreement import Comparison, OwnBooks
from client.ports.clock import Clock
from client.ports.id_card import IdentityDocument
from client.ports.link import LinkState
from client.ports.outbox import Inbox, Outbox
from client.ports.platform import DrainReport
from client.ports.readiness import Condition, Readiness
from client.ports.wires import Wires
from client.rules.agreement import Held
from client.text import tr
from sync.blocks import keep_supplied
from sync.comparing import Comparing
from sync.link import Link
from sync.listener import Listener
from sync.loop import IDLE, IDLE_LISTENING, Loop
from sync.platform import HttpPlatform, platform_at

CUT_ABOVE = tr("大厅节点连不上平台")
CUT_ABOVE_ADVICE = tr("办件已存在大厅节点，线路恢复后自动上传，窗口照常受理；持续较久请联系大厅管理员")


class Courier:
    """Sends through `platform` at `hub_url` from `start` to `stop`; `heard` is told each report besides the link.

    After the first pass that goes through, and whenever the platform may have been away, `books` are compared with the
    platform's. `supply` is called after each such pass, for what else there is to settle with it. `listening` is the
    platform once more, to wait at its feed: without, the feed is read every ten seconds.
    """

    def __init__(
        self,
        outbox: Outbox,
        inbox: Inbox,
        platform: HttpPlatform,
        clock: Clock,
        hub_url: str,
        heard: Callable[[DrainReport], object],
        books: OwnBooks,
        supply: Callable[[], object] = lambda: None,
        compared: Callable[[timedelta], object] = lambda _drift: None,
        listening: HttpPlatform | None = None,
        cut_above: Callable[[], datetime | None] = lambda: None,
        given: Callable[[Sequence[Held]], object] = lambda _before: None,
    ) -> None:
        self._ask_above = cut_above
        self._cut_above: datetime | None = None
        self._platform = platform
        self._comparing = Comparing(outbox, books, platform, clock, given)
        self._heard = heard
        self._supply = supply
        self._compared = compared
        self._link = Link(hub_url, clock, self.link_up)
        self._loop = Loop(
            outbox,
            inbox,
            platform,
            clock,
            heard=self._hear,
            told=self._link.told,
            broken=self._link.broken,
            ahead=self._comparing.ahead,
            idle=IDLE if listening is None else IDLE_LISTENING,
        )
        self._listener = None if listening is None else Listener(inbox, listening, self._loop.wake, self._loop.lapse)

    def start(self) -> None:
        self._loop.start()
        if self._listener is not None:
            self._listener.start()

    def wake(self) -> None:
        """There is new work to send."""
        self._loop.wake()

    def link_up(self) -> None:
        """A person wants it sent now."""
        self._loop.link_up()

    def pause(self) -> None:
        """End the pass after the request or file it is in; go on when a person wants it, or in ten minutes."""
        self._loop.pause()

    def state(self) -> LinkState:
        """How the link stands; harmless on any thread."""
        return replace(
            self._link.state(), paused=self._loop.paused, drift=self._platform.drift, cut_above=self._cut_above
        )

    def compare(self) -> None:
        """A person wants window and platform compared: after the next pass that goes through, which begins now."""
        self._comparing.owe()
        self._loop.link_up()

    @property
    def comparison(self) -> Comparison | None:
        """What the last comparison found; None while one is owed, and harmless on any thread."""
        return self._comparing.comparison

    def shown(self, code: str) -> IdentityDocument:
        """The document behind a code that a citizen shows, asked at once. Any thread; raises PlatformError."""
        return self._platform.shown(code)

    def look(self) -> Readiness:
        """For the lamp in the strip, at most 0.8 seconds; always on the same thread."""
        found = self._link.look()
        if self._cut_above is not None and found.condition is Condition.READY:
            return Readiness(Condition.ATTENTION, CUT_ABOVE, CUT_ABOVE_ADVICE)
        return found

    def stop(self) -> bool:
        """End sending, listening and looking; True when all ended in time."""
        ended = [self._loop.stop()]
        if self._listener is not None:
            ended.append(self._listener.stop())
        self._link.close()
        return all(ended)

    def _hear(self, report: DrainReport) -> None:
        self._link.heard(report)
        if report.outage is None:
            self._cut_above = self._ask_above()
            if self._comparing.make():
                self._loop.wake()
        self._heard(report)
        if self._listener is not None:
            self._listener.heard(report)
        if report.outage is None:
            if self._platform.drift is not None:
                self._compared(self._platform.drift)
            self._supply()


@contextmanager
def sending(wires: Wires, url: str, token: str | None, heard: Callable[[DrainReport], object]) -> Iterator[Courier]:
    """A courier at work, as long as this is open. Raises PlatformError for an address nothing may be sent to."""
    platform = platform_at(url, wires, token)
    supply = partial(keep_supplied, wires.numbers, platform)
    courier = Courier(
        wires.outbox,
        wires.inbox,
        platform,
        wires.clock,
        url,
        heard,
        wires.books,
        supply,
        wires.compared,
        listening=platform_at(url, wires, token),
        cut_above=wires.cut_above,
        given=wires.given,
    )
    courier.start()
    try:
        yield courier
    finally:
        courier.stop()
        platform.close()
