"""The loop and its link as one: who sends, as whoever sits at the window knows it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from client.ports.clock import Clock
from client.ports.link import LinkState
from client.ports.outbox import Inbox, Outbox
from client.ports.platform import DrainReport, Platform
from client.ports.readiness import Readiness
from client.ports.wires import Wires
from sync.blocks import keep_supplied
from sync.link import Link
from sync.loop import Loop
from sync.platform import platform_at


class Courier:
    """Sends through `platform` at `hub_url` from `start` to `stop`; `heard` is told each report besides the link.

    `supply` is called after each pass that went through, for what else there is to settle with the platform.
    """

    def __init__(
        self,
        outbox: Outbox,
        inbox: Inbox,
        platform: Platform,
        clock: Clock,
        hub_url: str,
        heard: Callable[[DrainReport], object],
        supply: Callable[[], object] = lambda: None,
    ) -> None:
        self._heard = heard
        self._supply = supply
        self._link = Link(hub_url, clock, self.link_up)
        self._loop = Loop(outbox, inbox, platform, clock, heard=self._hear, told=self._link.told)

    def start(self) -> None:
        self._loop.start()

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
        return replace(self._link.state(), paused=self._loop.paused)

    def look(self) -> Readiness:
        """For the lamp in the strip, at most 0.8 seconds; always on the same thread."""
        return self._link.look()

    def stop(self) -> bool:
        """End sending and looking; True when the loop ended in time."""
        ended = self._loop.stop()
        self._link.close()
        return ended

    def _hear(self, report: DrainReport) -> None:
        self._link.heard(report)
        self._heard(report)
        if report.outage is None:
            self._supply()


@contextmanager
def sending(wires: Wires, url: str, token: str | None, heard: Callable[[DrainReport], object]) -> Iterator[Courier]:
    """A courier at work, as long as this is open. Raises PlatformError for an address nothing may be sent to."""
    platform = platform_at(url, wires, token)
    supply = partial(keep_supplied, wires.books, platform)
    courier = Courier(wires.outbox, wires.inbox, platform, wires.clock, url, heard, supply)
    courier.start()
    try:
        yield courier
    finally:
        courier.stop()
        platform.close()
