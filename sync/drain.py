"""One pass of the outbox: ask what became of the unknown, send what is due, take what came down.

Nothing is ever dropped, and nothing spans two cases: what goes wrong with one event delays or sets aside its
own case, what goes wrong with the platform ends the pass with every event waiting or unknown. Several requests are
under way at once, never two about one case: an event that is being sent holds back the later ones of its case.
"""

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from random import SystemRandom

from client.errors import DeskError, FileLost, PlatformError
from client.ports.clock import Clock
from client.ports.conflicts import Conflict, Decision
from client.ports.link import Progress
from client.ports.outbox import Counts, Inbox, Outbox, Try
from client.ports.platform import DrainReport, Event, EventAnswer, Platform, Verdict
from sync.faults import Busy, Refused, Unsure, WrongDigest
from sync.feed import Feed
from sync.materials import Materials
from sync.pace import BATCH_EVENTS, Pace
from sync.recall import Recall
from sync.schedule import Uniform, backoff
from sync.senders import Senders
from sync.tally import Tally, Told
from sync.trouble import trouble_of

BATCH_BYTES = 4 << 20

_SETTLED = frozenset({Verdict.ACCEPTED, Verdict.DUPLICATE, Verdict.REFUSED})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a pass did; `outage` is why it ended early, None when it went through.

    `doubt`: whether the platform still knows what it took is to be asked next: it was not asked to the end, or may have
    been away in this very pass, which lost an answer. `recent`: how many events it took since it may have been.
    """

    report: DrainReport
    outage: PlatformError | None
    doubt: bool = False
    recent: int = 0


@dataclass(frozen=True, slots=True)
class _Reply:
    """The answers to a request, and how many seconds they took."""

    answers: Sequence[EventAnswer]
    seconds: float


def never() -> bool:
    return False


def untold(_progress: Progress) -> None:
    """Nobody wants to hear how far the pass is."""


def nothing() -> int:
    """Nobody knows of anything that was overlooked."""
    return 0


def drain(
    outbox: Outbox,
    inbox: Inbox,
    platform: Platform,
    clock: Clock,
    *,
    uniform: Uniform | None = None,
    doubt: bool = False,
) -> DrainReport:
    """Make one pass and report it. Raises StoreError when the local memory fails; the platform's failures are told."""
    return one_pass(outbox, inbox, platform, clock(), uniform=uniform or SystemRandom().uniform, doubt=doubt).report


def one_pass(
    outbox: Outbox,
    inbox: Inbox,
    platform: Platform,
    now: datetime,
    *,
    uniform: Uniform,
    pace: Pace | None = None,
    doubt: bool = False,
    recent: int = 0,
    stopping: Callable[[], bool] = never,
    told: Told = untold,
    ahead: Callable[[], int] = nothing,
) -> Outcome:
    """Make one pass at `now` (one instant for the whole pass, so that what it delays it does not meet again).

    `pace` is what earlier passes learned of the line. `doubt`: the platform was away, so it is asked whether it still
    knows what it took last, and the `recent` ones of the outcome before. `stopping` ends it after the requests or the
    files that are under way, with the rest waiting as before. `told` hears how far it is, after each answer and file.
    `ahead` is called behind that asking, before anything goes up: it lets wait again what was overlooked (how many).
    """
    tally = Tally(outbox.counts(), told)
    outage = None
    with Senders() as senders:
        feed = Feed(inbox, platform, senders)
        work = _Pass(outbox, platform, now, uniform, pace or Pace(), senders, tally, stopping, feed)
        memory = Recall(outbox, platform, senders, tally, stopping)
        try:
            work.settle()
            lost, asked = tally.unsure, doubt
            doubt = doubt and not memory.recall(sure=False, recent=recent)
            tally.unsure = lost
            if asked and not doubt:
                tally.forgotten += ahead()
            if not doubt:  # told to stop in the asking, and perhaps no more by now: nothing may go before its end
                work.send_due()
                if feed.take(partial(memory.recall, sure=True)):
                    tally.forgotten += ahead()
                    work.send_due()
        except PlatformError as error:
            outage = error
            senders.hear_out()
    report = _report(tally, outbox.counts(), outage)
    again = doubt or tally.unsure or outage is not None
    return Outcome(report, outage, again, (recent if doubt else 0) + tally.sent if again else 0)


def _report(tally: Tally, counts: Counts, outage: PlatformError | None) -> DrainReport:
    first = tally.error or outage
    return DrainReport(
        sent=tally.sent,
        refused=tally.refused,
        waiting=counts.waiting,
        unknown=counts.unknown,
        files=tally.files,
        forgotten=tally.forgotten,
        error=str(first) if first else None,
        outage=str(outage) if outage else None,
        trouble=trouble_of(outage) if outage else None,
    )


class _Pass:
    """The sending half of a pass."""

    def __init__(
        self,
        outbox: Outbox,
        platform: Platform,
        now: datetime,
        uniform: Uniform,
        pace: Pace,
        senders: Senders,
        tally: Tally,
        stopping: Callable[[], bool],
        feed: Feed,
    ) -> None:
        self._outbox = outbox
        self._platform = platform
        self._feed = feed
        self._now = now
        self._uniform = uniform
        self._pace = pace
        self._senders = senders
        self._tally = tally
        self._stopping = stopping
        self._materials = Materials(outbox, platform, senders, tally, stopping)
        self._begun = time.monotonic()
        self._halves: deque[Sequence[Event]] = deque()  # of requests that were refused whole; marked already
        pace.begin()

    def settle(self) -> None:
        """Ask for each event whose answer was lost; one the platform never saw waits again."""
        answers: list[EventAnswer] = []
        unseen: list[str] = []
        asked = time.monotonic()
        try:
            for event in self._outbox.unknown():
                if self._stopping():
                    break
                question = partial(self._platform.settle, event.source, event.event_id)
                self._senders.ask(question, partial(self._told, event, answers, unseen))
            self._senders.hear_all()
        except PlatformError as error:
            self._senders.hear_out()
            self._put_off(self._outbox.due(self._now, BATCH_EVENTS), error, self._tried(asked))
            raise
        finally:
            together = replace(self._tried(asked), seconds=None)  # many questions, one time: of each it is not known
            self._settled(answers, together)
            self._wait_again(unseen, together)

    def _told(
        self, event: Event, answers: list[EventAnswer], unseen: list[str], answer: Callable[[], EventAnswer | None]
    ) -> None:
        try:
            became = answer()
        except Unsure as error:
            self._tally.lost(error)
            return
        self._tally.heard()
        if became is None or became.verdict is Verdict.RETRY:
            unseen.append(event.event_id)
        else:
            answers.append(became)

    def send_due(self) -> None:
        try:
            while (batch := self._next_batch()) or self._senders.busy:
                if batch:
                    self._send(batch)
                else:
                    self._feed.ask()
                    self._senders.hear()  # what it settles may let later events of its cases go
        except PlatformError:
            self._senders.hear_out()
            raise
        finally:
            for half in self._halves:  # certainly not taken: the request they were in was refused
                self._delay_until_now(half, str(self._tally.error or ""), None)

    def _next_batch(self) -> Sequence[Event]:
        """Events that may go now, their files at the platform; none when all wait for what is under way, or fail."""
        ready: Sequence[Event] = []
        while not ready:
            self._senders.make_room()  # before anything is marked: a mark means that it may have been sent
            if self._stopping():
                break
            if self._halves:
                return self._halves.popleft()
            due = self._outbox.due(self._now, self._pace.largest)
            if not due:
                break
            attempts = self._outbox.attempts([event.event_id for event in due])
            ready = self._ready(_of_size(due[: self._pace.take(attempts)]))
        return ready

    def _ready(self, batch: Sequence[Event]) -> Sequence[Event]:
        asked = time.monotonic()
        try:
            return self._with_files(batch, asked)
        except PlatformError as error:
            self._put_off(batch, error, self._tried(asked))
            raise

    def _with_files(self, batch: Sequence[Event], asked: float) -> Sequence[Event]:
        """Those of the batch, or of its first part, whose files the platform holds, after uploading what it lacked."""
        self._materials.look(batch, self._now)
        batch = self._materials.portion(batch)
        failed = self._materials.bring(batch)
        if self._stopping():
            return []
        ready: list[Event] = []
        held: set[str] = set()
        for event in batch:
            error = next((failed[digest] for digest in event.files if digest in failed), None)
            if event.subject in held:
                continue
            if error is None or Decision.WITHOUT_FILE in event.decisions:
                ready.append(event)
            else:
                held.add(event.subject)
                self._not_with(event, error, self._tried(asked))
        return ready

    def _not_with(self, event: Event, error: DeskError, tried: Try) -> None:
        """Without one of its files an event waits, unless no later try brings that file: then people decide."""
        match error:
            case WrongDigest():
                code = Conflict.WRONG_DIGEST
            case FileLost():
                code = Conflict.FILE_LOST
            case _:
                self._delay([event.event_id], str(error), tried)
                return
        self._settled([EventAnswer(event.event_id, Verdict.REFUSED, code=code, reason=error.kept_title)], tried)

    def _send(self, events: Sequence[Event]) -> None:
        going = set(self._outbox.sending([event.event_id for event in events]))
        events = [event for event in events if event.event_id in going]
        if events:
            heard = partial(self._heard, events, time.monotonic())
            self._senders.ask(partial(_timed, self._platform, events), heard)

    def _heard(self, events: Sequence[Event], asked: float, reply: Callable[[], _Reply]) -> None:
        try:
            told = reply()
        except Refused as error:
            self._tally.heard()
            self._narrow(events, error, self._tried(asked))
        except Unsure as error:
            self._outbox.unsettled([event.event_id for event in events], str(error), self._tried(asked))
            self._pace.lost(len(events))
            self._tally.lost(error)
        except PlatformError as error:
            self._put_off(events, error, self._tried(asked))
            raise
        else:
            self._tally.heard()
            self._pace.answered(len(events), told.seconds)
            self._answered(events, told.answers, replace(self._tried(asked), seconds=told.seconds))

    def _tried(self, asked: float) -> Try:
        """A request that was made at `asked` of the monotonic clock and is over now."""
        now = time.monotonic()
        return Try(self._now + timedelta(seconds=asked - self._begun), now - asked)

    def _narrow(self, events: Sequence[Event], error: Refused, tried: Try) -> None:
        """The whole request was refused: halve it, case by case, until the event that is meant stands alone."""
        cases = list(dict.fromkeys(event.subject for event in events))
        if len(events) == 1:
            verdict = EventAnswer(events[0].event_id, Verdict.REFUSED, code=error.problem, reason=error.reason)
            self._settled([verdict], tried)
        elif len(cases) == 1:
            self._halves.append(events[:1])
            self._delay_until_now(events[1:], str(error), tried)
        else:
            first = set(cases[: len(cases) // 2])
            self._halves.append([event for event in events if event.subject in first])
            self._halves.append([event for event in events if event.subject not in first])

    def _answered(self, events: Sequence[Event], answers: Sequence[EventAnswer], tried: Try) -> None:
        by_id = {answer.event_id: answer for answer in answers}
        known = [by_id[event.event_id] for event in events if event.event_id in by_id]
        again = [answer for answer in known if answer.verdict not in _SETTLED]
        self._settled([answer for answer in known if answer.verdict in _SETTLED], tried)
        self._outbox.unsettled([event.event_id for event in events if event.event_id not in by_id], tried=tried)
        if again:
            self._delay([answer.event_id for answer in again], again[0].reason or again[0].verdict, tried)

    def _settled(self, answers: Sequence[EventAnswer], tried: Try) -> None:
        if answers:
            self._outbox.answered(answers, self._now, tried)
        self._tally.settled(answers)

    def _put_off(self, events: Sequence[Event], outage: PlatformError, tried: Try) -> None:
        """Note on the events why they did not go: due again at once, unless the platform asks for time."""
        pause = outage.retry_after if isinstance(outage, Busy) else None
        until = self._now + timedelta(seconds=pause or 0)
        self._outbox.delay([event.event_id for event in events], until, str(outage), tried)

    def _delay_until_now(self, events: Sequence[Event], error: str, tried: Try | None) -> None:
        self._outbox.delay([event.event_id for event in events], self._now, error, tried)

    def _delay(self, event_ids: Sequence[str], error: str, tried: Try) -> None:
        pause = backoff(self._outbox.attempts(event_ids), self._uniform)
        self._outbox.delay(event_ids, self._now + timedelta(seconds=pause), error, tried)

    def _wait_again(self, event_ids: Sequence[str], tried: Try) -> None:
        """Never seen by the platform: at once after the first loss, later with a pause, so that no event spins."""
        if not event_ids:
            return
        error = str(self._tally.error or "")
        if self._outbox.attempts(event_ids):
            self._delay(event_ids, error, tried)
        else:
            self._outbox.delay(event_ids, self._now, error, tried)


def _timed(platform: Platform, events: Sequence[Event]) -> _Reply:
    began = time.monotonic()
    answers = platform.send(events)
    return _Reply(answers, time.monotonic() - began)


def _of_size(events: Sequence[Event]) -> Sequence[Event]:
    """The first of these events that one request may carry; a giant goes alone."""
    size = 0
    for at, event in enumerate(events):
        size += len(event.data)
        if at and size > BATCH_BYTES:
            return events[:at]
    return events
