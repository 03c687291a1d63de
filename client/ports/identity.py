"""Who the window is for the platform: its credentials, and its epoch, which an enrolment makes anew."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from client.ports.platform import EventAnswer


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a platform gave this window at its enrolment; for that platform alone."""

    hub_url: str
    client_id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Unsent:
    """An event of which no answer is known, under the source it was made."""

    source: str
    event_id: str


class Identity(Protocol):
    """The desk's side of an enrolment. Every call is committed when it returns."""

    @property
    def window(self) -> str:
        """The window's URI, without its epoch."""
        ...

    def credentials(self) -> Credentials | None:
        """What was kept last; None before the first enrolment."""
        ...

    def keep(self, credentials: Credentials) -> None:
        """Keep what a platform gave."""
        ...

    def unsent(self) -> Sequence[Unsent]:
        """Everything that is not acknowledged."""
        ...

    def begin_epoch(self, known: Sequence[EventAnswer]) -> str:
        """Speak as a new source from here on; returns it. What was not acknowledged goes up under it, too.

        `known` are the answers to those events which the platform has under their old source.
        """
        ...
