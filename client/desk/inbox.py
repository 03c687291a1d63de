"""The changes feed, applied: states come back up from the platform; a window's own facts never change by it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from sqlalchemy import Connection

from client.desk import leasing, packs
from client.desk.acceptance import accepted
from client.desk.counter import PLATFORM, Counter
from client.errors import CaseError, StoreError
from client.ports.conflicts import FieldDifference
from client.ports.numbers import Block
from client.ports.platform import Change, ChangeKind, ChangePage, EventAnswer, Verdict
from client.rules.case import Act, Actor, State, move
from client.rules.numbering import PaperNumber, number_in
from client.rules.packs import Pack
from client.store import agreement, audit, before, feed, outbox
from client.store.cases import CaseRecord

# Which act of the department leads to the state the platform names.
_ACT_TO: Mapping[State, tuple[Act, ...]] = MappingProxyType(
    {
        State.ACCEPTED: (Act.ACCEPT, Act.RESUME),
        State.DEEMED_ACCEPTED: (Act.DEEM_ACCEPTED, Act.RESUME),
        State.NOT_ACCEPTED: (Act.NOT_ACCEPT,),
        State.AWAITING_CORRECTION: (Act.ASK_CORRECTION,),
        State.REVIEW: (Act.BEGIN_REVIEW, Act.END_SPECIAL, Act.RESUME),
        State.SPECIAL_PROCEDURE: (Act.BEGIN_SPECIAL,),
        State.SUSPENDED: (Act.SUSPEND,),
        State.DECIDED: (Act.DECIDE,),
        State.FINISHED: (Act.FINISH,),
        State.AWAITING_COLLECTION: (Act.AWAIT_COLLECTION,),
        State.DELIVERED: (Act.DELIVER,),
        State.ARCHIVED: (Act.ARCHIVE,),
        State.WITHDRAWN: (Act.WITHDRAW,),
        State.TERMINATED: (Act.TERMINATE,),
    }
)
_BY_CALENDAR = frozenset({Act.DEEM_ACCEPTED})


class StoredInbox:
    """The desk's side of `client.ports.outbox.Inbox`."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def cursor(self) -> str:
        with self._counter.memory.read() as connection:
            return feed.cursor(connection)

    def cut_above(self) -> datetime | None:
        """Since when the hall's node does not reach the platform; None: it does, or there is none between."""
        with self._counter.memory.read() as connection:
            return feed.cut_above(connection)

    def apply(self, page: ChangePage) -> int:
        read = [self._read(change) for change in page.changes]
        with self._counter.memory.begin() as connection:
            if page.restarted:  # another platform, or none with a hall's node between: it says so anew
                feed.keep_cut_above(connection, None)
            both = zip(page.changes, read, strict=True)
            taken = [change.kind for change, pack in both if self._take(connection, change, pack)]
            feed.keep_cursor(connection, page.cursor)
        if ChangeKind.PACK in taken:
            packs.renew(self._counter)
        return len(taken)

    def _read(self, change: Change) -> Pack | StoreError | None:
        return packs.read_sent(self._counter, change.data.get("jws")) if change.kind == ChangeKind.PACK else None

    def _take(self, connection: Connection, change: Change, pack: Pack | StoreError | None) -> bool:
        """Whether the change took effect; what cannot is audited, never forced. A replay changes nothing."""
        if pack is not None:
            return packs.take_sent(self._counter, connection, change.subject, pack)
        handlers: Mapping[str, Callable[[Connection, Change], bool]] = {
            ChangeKind.EVENT_REFUSED: self._refused,
            ChangeKind.NUMBER_BLOCK: self._granted,
            ChangeKind.HALL_UPSTREAM: self._upstream,
        }
        return handlers.get(change.kind, self._moved)(connection, change)

    def _granted(self, connection: Connection, change: Change) -> bool:
        """A block of numbers for this window, or for another one."""
        try:
            told = _Granted.model_validate(change.data)
            PaperNumber.parse(number_in(told.series, told.first))
        except (ValidationError, CaseError):
            self._note(connection, change, "unknown")
            return False
        if told.window != self._counter.settings.source_uri:
            return False
        return leasing.granted(self._counter, connection, Block(told.key, told.series, told.first, told.last))

    def _upstream(self, connection: Connection, change: Change) -> bool:
        now = self._counter.clock()  # the node's clock may be ahead
        since = min(change.time.astimezone(now.tzinfo), now)
        feed.keep_cut_above(connection, since if change.data.get("reached") is False else None)
        return True

    def _moved(self, connection: Connection, change: Change) -> bool:
        told = _told(change)
        if told is None:
            self._note(connection, change, "unknown")
            return False
        record = self._counter.memory.cases.find(connection, change.subject)
        if record is None:
            before.hear(connection, change.subject, told.state)
            return False
        if record.number_above != change.subject or outbox.number_is_anothers(connection, record.case_id):
            self._note(connection, change, "anothers")  # two machines gave that number: it is the other one's case
            return False
        if record.state is told.state:
            self._heard(connection, record, told)
            return False
        after = self._after(connection, record, told, change)
        if after is None:
            self._note(connection, change, "unlawful")
            return False
        self._counter.memory.cases.save(connection, after)
        self._heard(connection, record, told)
        self._note(connection, change, "done")
        return True

    def _heard(self, connection: Connection, record: CaseRecord, told: "_Told") -> None:
        """The platform's word on the case is agreed upon. What could not be taken stays a difference, to be found."""
        with agreement.followed(connection, [record.case_id]):
            self._counter.memory.cases.change(connection, record.case_id, told=told.state)

    def _refused(self, connection: Connection, change: Change) -> bool:
        """An event that was answered for, and came no further: refused after all, with the reason."""
        answer = _refusal(change)
        if answer is None:
            self._note(connection, change, "unknown")
            return False
        if not outbox.refuse_after_all(connection, answer):
            return False  # of another window, or told before
        self._note(connection, change, "refused")
        return True

    def _after(self, connection: Connection, record: CaseRecord, told: "_Told", change: Change) -> CaseRecord | None:
        # The department answers for 容缺 materials handed in to it; what it decided is not ours to undo.
        standing = replace(self._counter.standing(record), open_deferrals=0)
        for act in _ACT_TO.get(told.state, ()):
            actor = Actor.CALENDAR if act in _BY_CALENDAR else Actor.DEPARTMENT
            try:
                moved = move(standing, act, actor, ground=told.ground)
            except CaseError:
                continue
            if moved.state is told.state:
                if act in {Act.ACCEPT, Act.DEEM_ACCEPTED}:
                    record = self._accepted(connection, record, told, change)
                return replace(
                    record,
                    state=told.state,
                    corrections=moved.corrections,
                    held_from=moved.held_from,
                    clock_due=None,
                    accepted_on=told.accepted_on or record.accepted_on,
                    promised_date=told.promised_date or record.promised_date,
                    ground=told.ground or record.ground,
                )
        return None

    def _accepted(self, connection: Connection, record: CaseRecord, told: "_Told", change: Change) -> CaseRecord:
        """Accepted by the department: on the day it says, that of the correction, or that of its act."""
        counter = self._counter
        on = told.accepted_on or record.corrected_on or change.time.astimezone(counter.clock().tzinfo).date()
        return accepted(counter, connection, record, told.state, on)[0]

    def _note(self, connection: Connection, change: Change, outcome: str) -> None:
        detail = {"state": str(change.data.get("state"))}
        audit.add(connection, self._counter.clock(), PLATFORM, change.kind, change.subject, outcome, detail)


class _Told(BaseModel):
    """What a change of a case's state says; a platform may say more."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    state: State
    ground: str | None = None
    accepted_on: date | None = None
    promised_date: date | None = None


class _Granted(BaseModel):
    """What a change says of a block that was granted; `window` is a URI without an epoch."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    window: str
    key: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    series: str
    first: int = Field(ge=1)
    last: int = Field(lt=1 << 62)

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.last < self.first:
            raise ValueError("a block ends before it begins")
        return self


class _Difference(BaseModel):
    """As the wire says it: what was sent, and what is held there."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    field: str
    sent: str
    held: str


class _Refused(BaseModel):
    """What a change says of an event that came no further."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    event_id: str
    code: str | None = None
    reason: str | None = None
    differences: tuple[_Difference, ...] = ()


def _refusal(change: Change) -> EventAnswer | None:
    """The platform's late word on an event, as if it had been the first; None for what is not understood."""
    try:
        told = _Refused.model_validate(change.data)
    except ValidationError:
        return None
    differences = tuple(FieldDifference(each.field, each.sent, each.held) for each in told.differences)
    return EventAnswer(
        told.event_id, Verdict.REFUSED, code=told.code, reason=told.reason or "", differences=differences
    )


def _told(change: Change) -> _Told | None:
    """None for another kind of change, and for one that is not understood: the feed goes on without it."""
    if change.kind != ChangeKind.CASE_STATE:
        return None
    try:
        return _Told.model_validate(change.data)
    except ValidationError:
        return None
