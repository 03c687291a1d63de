"""One pass of the outbox: ask what became of the unknown, send what is due, take what came down.

Nothing is ever dropped, and nothing spans two cases: what goes wrong with one event delays or sets aside its
own case, what goes wrong with the platform ends the pass with every event waiting or unknown.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom

from client.errors import DeskError, PlatformError, StoreError
from client.ports.clock import Clock
from client.ports.link import Progress
from client.ports.outbox import Inbox, Outbox
from client.ports.platform import DrainReport, Event, EventAnswer, Platform, Verdict
from sync.faults import Busy, FileFailed, Refused, Unsure
from sync.schedule import Uniform, backoff

BATCH_EVENTS = 500
BATCH_BYTES = 4 << 20
LOST_IN_A_ROW = 3  # lost answers without a good one between: then it is the platform, not the event

_SETTLED = frozenset({Verdict.ACCEPTED, Verdict.DUPLICATE, Verdict.REFUSED})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a pass did; `outage` is why it ended early, None when it went through."""

    report: DrainReport
    outage: PlatformError | None


Told = Callable[[Progress], object]


def never() -> bool:
    return False


def untold(_progress: Progress) -> None:
    """Nobody wants to hear how far the pass is."""


def drain(
    outbox: Outbox,
    inbox: Inbox,
    platform: Platform,
    clock: Clock,
    *,
    uniform: Uniform | None = None,
) -> DrainReport:
    """Make one pass and report it. Raises StoreError when the local memory fails; the platform's failures are told."""
    return one_pass(outbox, inbox, platform, clock(), uniform=uniform or SystemRandom().uniform).report


def one_pass(
    outbox: Outbox,
    inbox: Inbox,
    platform: Platform,
    now: datetime,
    *,
    uniform: Uniform,
    stopping: Callable[[], bool] = never,
    told: Told = untold,
) -> Outcome:
    """Make one pass at `now` (one instant for the whole pass, so that what it delays it does not meet again).

    `stopping` ends it after the request or the file it is in, with the rest waiting as before. `told` hears how far it
    is, after each answer and each file.
    """
    work = _Pass(outbox, platform, now, uniform, stopping, told)
    outage = None
    try:
        work.settle()
        work.send_due()
        _take_changes(inbox, platform)
    except PlatformError as error:
        outage = error
    counts = outbox.counts()
    first = work.error or outage
    report = DrainReport(
        sent=work.sent,
        refused=work.refused,
        waiting=counts.waiting,
        unknown=counts.unknown,
        files=work.files,
        error=str(first) if first else None,
        outage=str(outage) if outage else None,
    )
    return Outcome(report, outage)


def _take_changes(inbox: Inbox, platform: Platform) -> None:
    more = True
    while more:
        cursor = inbox.cursor()
        page = platform.changes(cursor)
        if page.cursor != cursor:
            inbox.apply(page)
        more = page.more and page.cursor != cursor


class _Pass:
    """The sending half of a pass, and its counts."""

    def __init__(
        self,
        outbox: Outbox,
        platform: Platform,
        now: datetime,
        uniform: Uniform,
        stopping: Callable[[], bool],
        told: Told,
    ) -> None:
        self._outbox = outbox
        self._platform = platform
        self._now = now
        self._uniform = uniform
        self._stopping = stopping
        self._told = told
        self._lost_in_a_row = 0
        self.sent = 0
        self.refused = 0
        self.files = 0
        self.error: DeskError | None = None
        counts = outbox.counts()
        self._total = counts.waiting + counts.unknown
        self._files_total = 0
        self._tell()

    def settle(self) -> None:
        """Ask for each event whose answer was lost; one the platform never saw waits again."""
        answers: list[EventAnswer] = []
        unseen: list[str] = []
        try:
            for event in self._outbox.unknown():
                if self._stopping():
                    break
                try:
                    answer = self._platform.settle(event.source, event.event_id)
                except Unsure as error:
                    self._lost(error)
                    continue
                self._lost_in_a_row = 0
                if answer is None or answer.verdict is Verdict.RETRY:
                    unseen.append(event.event_id)
                else:
                    answers.append(answer)
        except PlatformError as error:
            self._put_off(self._outbox.due(self._now, BATCH_EVENTS), error)
            raise
        finally:
            self._settled(answers)
            self._wait_again(unseen)

    def send_due(self) -> None:
        while not self._stopping() and (batch := self._outbox.due(self._now, BATCH_EVENTS)):
            held: set[str] = set()
            ready = self._ready(batch)
            for piece in _pieces(ready, self._outbox.attempts([event.event_id for event in batch])):
                if self._stopping():
                    break
                self._send(piece, held)

    def _ready(self, batch: Sequence[Event]) -> list[Event]:
        try:
            return self._with_files(batch)
        except PlatformError as error:
            self._put_off(batch, error)
            raise

    def _with_files(self, batch: Sequence[Event]) -> list[Event]:
        """Those of `batch` whose files the platform holds, after uploading what it lacked."""
        named = dict.fromkeys(digest for event in batch for digest in event.files)
        failed = self._upload(self._platform.missing(list(named))) if named else {}
        ready: list[Event] = []
        held: set[str] = set()
        for event in batch:
            wanting = [failed[digest] for digest in event.files if digest in failed]
            if event.subject in held:
                continue
            if not wanting:
                ready.append(event)
                continue
            held.add(event.subject)
            error = next(filter(None, wanting), None)
            if error is not None:
                self._delay([event.event_id], str(error))
        return ready

    def _upload(self, digests: Sequence[str]) -> dict[str, DeskError | None]:
        """Put these files up; returns those that did not go, with what went wrong: nothing when we were to stop."""
        failed: dict[str, DeskError | None] = {}
        self._files_total += len(digests)
        for digest in digests:
            if self._stopping():
                failed[digest] = None
                continue
            try:
                self._platform.upload(digest, self._outbox.content(digest))
                self.files += 1
                self._lost_in_a_row = 0
                self._tell()
            except Unsure as error:
                failed[digest] = error
                self._lost(error)
            except (FileFailed, StoreError) as error:
                failed[digest] = error
                self.error = self.error or error
        return failed

    def _send(self, piece: Sequence[Event], held: set[str]) -> None:
        """Send a piece without the cases in `held`, and add those whose later events must not follow."""
        events = [event for event in piece if event.subject not in held]
        if not events:
            return
        ids = [event.event_id for event in events]
        self._outbox.sending(ids)
        try:
            answers = self._platform.send(events)
        except Refused as error:
            self._narrow(events, error, held)
        except Unsure as error:
            self._outbox.unsettled(ids)
            held.update(event.subject for event in events)
            self._lost(error)
        except PlatformError as error:
            self._put_off(events, error)
            raise
        else:
            self._lost_in_a_row = 0
            self._answered(events, answers, held)

    def _narrow(self, events: Sequence[Event], error: Refused, held: set[str]) -> None:
        """The whole request was refused: halve it until the event that is meant stands alone."""
        if len(events) == 1:
            event = events[0]
            verdict = EventAnswer(event.event_id, Verdict.REFUSED, code=error.problem, reason=error.reason)
            held.add(event.subject)
            self._settled([verdict])
            return
        self._outbox.delay([event.event_id for event in events], self._now, str(error))
        middle = len(events) // 2
        for half in (events[:middle], events[middle:]):
            self._send(half, held)

    def _answered(self, events: Sequence[Event], answers: Sequence[EventAnswer], held: set[str]) -> None:
        by_id = {answer.event_id: answer for answer in answers}
        settled: list[EventAnswer] = []
        again: list[EventAnswer] = []
        lost: list[str] = []
        for event in events:
            answer = by_id.get(event.event_id)
            if answer is None:
                lost.append(event.event_id)
            else:
                (settled if answer.verdict in _SETTLED else again).append(answer)
            if answer is None or answer.verdict in {Verdict.REFUSED, Verdict.RETRY}:
                held.add(event.subject)
        self._settled(settled)
        self._outbox.unsettled(lost)
        if again:
            self._delay([answer.event_id for answer in again], again[0].reason or again[0].verdict)

    def _settled(self, answers: Sequence[EventAnswer]) -> None:
        if answers:
            self._outbox.answered(answers, self._now)
        refused = sum(answer.verdict is Verdict.REFUSED for answer in answers)
        self.refused += refused
        self.sent += len(answers) - refused
        self._tell()

    def _tell(self) -> None:
        done = self.sent + self.refused
        self._told(Progress(done, max(self._total, done), self.files, self._files_total))

    def _put_off(self, events: Sequence[Event], outage: PlatformError) -> None:
        """Note on the events why they did not go: due again at once, unless the platform asks for time."""
        pause = outage.retry_after if isinstance(outage, Busy) else None
        until = self._now + timedelta(seconds=pause or 0)
        self._outbox.delay([event.event_id for event in events], until, str(outage))

    def _delay(self, event_ids: Sequence[str], error: str) -> None:
        pause = backoff(self._outbox.attempts(event_ids), self._uniform)
        self._outbox.delay(event_ids, self._now + timedelta(seconds=pause), error)

    def _wait_again(self, event_ids: Sequence[str]) -> None:
        """Never seen by the platform: at once after the first loss, later with a pause, so that no event spins."""
        if not event_ids:
            return
        if self._outbox.attempts(event_ids):
            self._delay(event_ids, str(self.error or ""))
        else:
            self._outbox.delay(event_ids, self._now, str(self.error or ""))

    def _lost(self, error: Unsure) -> None:
        self.error = self.error or error
        self._lost_in_a_row += 1
        if self._lost_in_a_row >= LOST_IN_A_ROW:
            raise error


def _pieces(events: Sequence[Event], attempts: int) -> Iterator[Sequence[Event]]:
    """Cut a batch into requests: by size, and beginning the smaller the oftener it failed.

    They grow again one by one: a poisoned event is soon alone, and a backlog that only outlived an outage soon gone.
    """
    most = max(1, BATCH_EVENTS >> max(0, attempts - 1))
    piece: list[Event] = []
    size = 0
    for event in events:
        if piece and (len(piece) == most or size + len(event.data) > BATCH_BYTES):
            yield piece
            piece, size = [], 0
            most *= 2
        piece.append(event)
        size += len(event.data)
    if piece:
        yield piece
