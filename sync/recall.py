"""A platform restored from an old copy has forgotten what it acknowledged: what it lacks is found, and waits again.

A copy holds what came before it, so the walk goes from the newest event back and ends where a whole page is known.
"""

from collections.abc import Callable
from functools import partial

from client.ports.outbox import Outbox, Taken
from client.ports.platform import EventAnswer, Platform
from client.text import marked
from sync.faults import Unsure
from sync.senders import Senders
from sync.tally import Tally

PAGE = 200  # events; more than ever overtook one another on their way
OVERTAKEN = 20  # the same in a pass or two

FORGOTTEN = marked("平台恢复了较早的备份，缺少本件，自动重新上传")


class Recall:
    """Asks after acknowledged events. Nothing may be sent before it is through: the newest tell whether to ask on."""

    def __init__(
        self, outbox: Outbox, platform: Platform, senders: Senders, tally: Tally, stopping: Callable[[], bool]
    ) -> None:
        self._outbox = outbox
        self._platform = platform
        self._senders = senders
        self._tally = tally
        self._stopping = stopping
        self._heard = False  # whether any question of this walk had an answer

    def recall(self, *, sure: bool, recent: int = 0) -> bool:
        """Let what the platform lacks wait again. Unless it is `sure` to have been restored, the newest is asked first.

        And with it the `recent` ones: what was taken since it may have been away, for of those it may know the last and
        not the first.

        An event whose question had no answer waits too, as soon as any other had one: to send it again does no harm,
        and what is sent behind it would end the next walk before it. Where none had, somebody else answers in the
        platform's place (a login page), or nobody: what it has acknowledged is not doubted for that. Returns whether
        it is through, and was not told to stop. Raises PlatformError as questions do; what was found until then waits.
        """
        before: int | None = None
        # What it took in this very pass, or since it may have been away, says nothing of before.
        size = PAGE + self._tally.sent if sure else 1 + (recent and recent + OVERTAKEN)
        unheard: dict[str, Unsure] = {}
        self._heard = False
        while not self._stopping():
            page = self._outbox.taken(before, size)
            forgotten: list[str] = []
            lost = len(unheard)
            try:
                for event in page:
                    question = partial(self._platform.settle, event.source, event.event_id)
                    self._senders.ask(question, partial(self._told, event, forgotten, unheard))
                self._senders.hear_all()
            finally:
                self._outbox.reopen(forgotten, FORGOTTEN)
                self._tally.forgotten += len(forgotten)
                lost = len(unheard) - lost
                if self._heard or not page:
                    self._wait_again(unheard)
            if not forgotten and not lost:
                return True
            before, size = page[-1].sequence, PAGE
        return False

    def _wait_again(self, unheard: dict[str, Unsure]) -> None:
        for event_id, error in unheard.items():
            self._outbox.reopen([event_id], str(error))
        unheard.clear()

    def _told(
        self,
        event: Taken,
        forgotten: list[str],
        unheard: dict[str, Unsure],
        answer: Callable[[], EventAnswer | None],
    ) -> None:
        try:
            known = answer() is not None
        except Unsure as error:
            unheard[event.event_id] = error
            self._tally.lost(error)
            return
        self._heard = True
        self._tally.heard()
        if not known:
            forgotten.append(event.event_id)
