"""The loop and its link as one: who sends, as whoever sits at the window knows it."""

from collections.abc import Callable
from dataclasses import replace

from client.ports.clock import Clock
from client.ports.link import LinkState
from client.ports.outbox import Inbox, Outbox
from client.ports.platform import DrainReport, Platform
from client.ports.readiness import Readiness
from sync.link import Link
from sync.loop import Loop


class Courier:
    """Sends through `platform` at `hub_url` from `start` to `stop`; `heard` is told each report besides the link."""

    def __init__(
        self,
        outbox: Outbox,
        inbox: Inbox,
        platform: Platform,
        clock: Clock,
        hub_url: str,
        heard: Callable[[DrainReport], object],
    ) -> None:
        self._heard = heard
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
