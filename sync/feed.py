"""What came down: the first page is asked for while the last answers to what went up are on their way."""

from collections.abc import Callable
from functools import partial

from client.ports.outbox import Inbox
from client.ports.platform import ChangePage, Platform
from sync.senders import Senders


class Feed:
    """The changes of one pass, applied page by page."""

    def __init__(self, inbox: Inbox, platform: Platform, senders: Senders) -> None:
        self._inbox = inbox
        self._platform = platform
        self._senders = senders
        self._asked = False
        self._answer: Callable[[], ChangePage] | None = None

    def ask(self) -> None:
        """Ask for the first page, once; what comes of it is heard by `take`."""
        if not self._asked:
            self._asked = True
            self._senders.ask(partial(self._platform.changes, self._inbox.cursor()), self._heard)

    def take(self, anew: Callable[[], bool]) -> bool:
        """Apply all there is; returns whether the platform began its feed anew. Raises PlatformError.

        `anew` is called then, before the new cursor is kept: unless it is through, the next pass hears of it again.
        """
        restarted, more = False, True
        while more:
            cursor = self._inbox.cursor()
            page = self._answer() if self._answer else self._platform.changes(cursor)
            self._answer = None
            if page.restarted and not anew():
                break
            if page.cursor != cursor:
                self._inbox.apply(page)
            restarted = restarted or page.restarted
            more = page.more and page.cursor != cursor
        return restarted

    def _heard(self, answer: Callable[[], ChangePage]) -> None:
        self._answer = answer  # an error too: it ends the pass when what went up is through
