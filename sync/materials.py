"""The files of a pass: what the platform lacks is asked in bulk and put up, several at a time, before the events go."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial

from client.errors import DeskError, StoreError
from client.ports.outbox import Outbox
from client.ports.platform import Event, Platform
from sync.faults import FileFailed, Unsure
from sync.protocol import MAX_DIGESTS
from sync.senders import Senders
from sync.tally import Tally

PORTION = 100  # files that go up before the events that name them go

Failed = dict[str, DeskError]
"""Files that did not go, with what went wrong."""


class Materials:
    """Knows of each file that was asked about in this pass whether the platform has it."""

    def __init__(
        self, outbox: Outbox, platform: Platform, senders: Senders, tally: Tally, stopping: Callable[[], bool]
    ) -> None:
        self._outbox = outbox
        self._platform = platform
        self._senders = senders
        self._tally = tally
        self._stopping = stopping
        self._asked: set[str] = set()
        self._lacking: set[str] = set()

    def look(self, events: Sequence[Event], now: datetime) -> None:
        """Know what the platform lacks of these events' files, and after its first answer of all that is due.

        So a platform that is away costs a look at these events alone, however much waits.
        """
        first = not self._asked
        self._ask(digest for event in events for digest in event.files)
        if first and self._asked:
            self._ask(self._outbox.files(now))

    def _ask(self, digests: Iterable[str]) -> None:
        new = [digest for digest in dict.fromkeys(digests) if digest not in self._asked]
        unheard = set(range(0, len(new), MAX_DIGESTS))
        for start in sorted(unheard):
            asked = new[start : start + MAX_DIGESTS]
            self._senders.ask(partial(self._platform.missing, asked), partial(self._told, start, unheard))
        while unheard:
            self._senders.hear()
        self._asked.update(new)

    def portion(self, events: Sequence[Event]) -> Sequence[Event]:
        """As many of the events, from the first, as do not make the others wait for too many files."""
        wanted: set[str] = set()
        for at, event in enumerate(events):
            wanted |= self._lacking.intersection(event.files)
            if len(wanted) > PORTION:
                return events[: max(1, at)]
        return events

    def bring(self, events: Sequence[Event]) -> Failed:
        """Put up what the platform lacks of these events' files until told to stop; returns those that did not go."""
        failed: Failed = {}
        going: set[str] = set()
        for digest in dict.fromkeys(digest for event in events for digest in event.files):
            if digest not in self._lacking:
                continue
            self._senders.make_room()
            if self._stopping():
                break
            try:
                content = self._outbox.content(digest)
            except StoreError as error:
                failed[digest] = error
                self._tally.failed(error)
                continue
            going.add(digest)
            self._senders.ask(
                partial(self._platform.upload, digest, content), partial(self._put_up, digest, going, failed)
            )
        while going:
            self._senders.hear()
        return failed

    def _told(self, start: int, unheard: set[int], answer: Callable[[], Sequence[str]]) -> None:
        lacking = answer()
        unheard.discard(start)
        self._lacking.update(lacking)
        self._tally.files_total += len(lacking)

    def _put_up(self, digest: str, going: set[str], failed: Failed, answer: Callable[[], None]) -> None:
        going.discard(digest)
        try:
            answer()
        except Unsure as error:
            failed[digest] = error
            self._tally.lost(error)
        except FileFailed as error:
            failed[digest] = error
            self._tally.failed(error)
        else:
            self._lacking.discard(digest)
            self._tally.uploaded()
