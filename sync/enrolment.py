"""Enrols the window at its platform: credentials for a one-time token, and a new epoch.

What has no answer yet is asked for under its old source before the epoch changes: what the platform has stays as it
is, and the rest goes up under the new source. So nothing is lost and nothing comes twice.
"""

from contextlib import closing
from dataclasses import dataclass

from client.ports.wires import Wires
from sync.platform import HttpPlatform, platform_at


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The new source; how many unsent events the platform had already, and how many go up under it."""

    source: str
    known: int
    moved: int


def enrol(wires: Wires, url: str, token: str) -> None:
    """Exchange a one-time token for credentials and keep them. Raises PlatformError; a token that is used is used."""
    with closing(HttpPlatform(url, clock=wires.clock)) as door:
        wires.identity.keep(door.enrol(token, wires.identity.window))


def begin_epoch(wires: Wires, url: str, token: str | None) -> Enrolled:
    """Speak as a new source from here on; may be repeated. Raises PlatformError, and then nothing has changed.

    The platform is asked even where nothing is unsent: a window it lets in no more is not called enrolled.
    """
    unsent = wires.identity.unsent()
    with closing(platform_at(url, wires, token)) as platform:
        platform.changes(wires.inbox.cursor())
        answers = [platform.settle(event.source, event.event_id) for event in unsent]
    known = [answer for answer in answers if answer is not None]
    return Enrolled(wires.identity.begin_epoch(known), len(known), len(unsent) - len(known))
