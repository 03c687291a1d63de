"""What the hub makes of each event of a batch: pure, so that the law of the wire can be read in one place.

Order is kept per case: after an event that is not taken, the later ones of its case are told to try again.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from secrets import token_hex

from pydantic_core import to_json

from client.ports.conflicts import Decision, FieldDifference
from client.ports.platform import Verdict
from client.rules.agreement import window_of_number
from client.rules.case import MOVES, Act, State
from client.text import marked
from sync.hub.problems import Kind, problem
from sync.protocol import CloudEvent, Result

_CASE_EVENT = re.compile(r"case\.[a-z_]+")
_CASE_KEY = re.compile(r"[!-~]{1,64}")
_PAPER_EVENT = re.compile(r"paper\.[a-z_]+")
_STATES = frozenset(State) - {State.DRAFT}  # a draft has no number and stays at the window
_ONE_WITHDRAWN = frozenset({Decision.ONLINE_WITHDRAWN, Decision.WINDOW_WITHDRAWN})
_RETRIED = frozenset({Kind.FILES_MISSING, Kind.EARLIER_EVENT})

Key = tuple[str, str]
"""Source and id of an event."""


@dataclass(frozen=True, slots=True)
class First:
    """What was answered first to an event: digest of its payload, and 平台回执号."""

    digest: str
    ack: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """Where a case stands. `last_sequence` counts only among events of `last_source`.

    `case_key` says which case has the number: a window set up twice, or restored, may give a number again.
    """

    number: str
    case_key: str | None
    source: str
    state: str
    last_source: str
    last_sequence: int
    payload_event: str
    told: str | None  # what the feed said last of where it stands


@dataclass(frozen=True, slots=True)
class Taken:
    """An event that takes effect, with what will be stored of it."""

    event: CloudEvent
    data: bytes
    digest: str
    ack: str


@dataclass(frozen=True, slots=True)
class OnlineRow:
    """An application that came in online and stands."""

    number: str
    received_at: str


@dataclass(slots=True)
class Ledger:
    """What the hub knew before the batch, and what the batch adds to it."""

    known: dict[Key, First]
    files: frozenset[str]
    cases: dict[str, CaseRow]
    numbers: dict[str, str]  # the number of each case key
    day: str  # yyyymmdd, the head of the receipt numbers
    revisions: Mapping[str, int] = field(default_factory=dict)  # version in force by code of the handling item
    online: dict[tuple[str, str], OnlineRow] = field(default_factory=dict)  # by item and applicant's identifier
    withdrawn: dict[str, str] = field(default_factory=dict)  # number online → the event that said so
    sources: dict[str, str] | None = None  # by id of an event, where what is passed on is told apart by ids alone
    taken: list[Taken] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)
    blocked: set[str] = field(default_factory=set)
    renumbered: dict[str, str] = field(default_factory=dict)  # cases that were here under their printed number

    def judge(self, events: Sequence[CloudEvent]) -> list[Result]:
        """One result an event, in the order given; judged in the windows' own order."""
        order = sorted(range(len(events)), key=lambda at: events[at].sequence)
        results = {at: self._judge(events[at]) for at in order}
        return [results[at] for at in range(len(events))]

    def _judge(self, event: CloudEvent) -> Result:
        data = to_json(event.data)
        digest = payload_digest(event, data)
        first = self.known.get((event.source, event.id))
        if first is not None and first.digest == digest:
            kind = self._strayed(event)
            if kind is None:
                return Result(source=event.source, id=event.id, verdict=Verdict.DUPLICATE, ack=first.ack)
        else:
            kind = Kind.OTHER_PAYLOAD if first or self._is_anothers(event) else self._objection(event)
        if kind is not None:
            self.blocked.add(event.subject)
            verdict = Verdict.RETRY if kind in _RETRIED else Verdict.REFUSED
            document = problem(kind, differences=self._differences(kind, event))
            return Result(source=event.source, id=event.id, verdict=verdict, problem=document)
        return self._take(Taken(event, data, digest, self.day + token_hex(6).upper()))

    def _strayed(self, event: CloudEvent) -> Kind | None:
        """Why an event that was taken may not come under this subject: it is neither number of its case.

        Where a person has decided on a second number since, the case moves there, from wherever it stands.
        """
        key = key_of(event)
        stood = self.numbers.get(key or "")
        printed = str(event.data.get("case_number", event.subject))
        if event.subject in {printed, stood}:
            return None
        if not self._has_second_number(event, key, printed):
            return Kind.OTHER_PAYLOAD
        if event.subject in self.cases:
            return Kind.NUMBER_TAKEN
        if key is not None and stood is not None:
            self.renumbered[stood] = event.subject
            self.cases[event.subject] = replace(self.cases.pop(stood), number=event.subject)
            self.numbers[key] = event.subject
        return None

    def _is_anothers(self, event: CloudEvent) -> bool:
        """Whether another source used this id; ids are UUIDs, so only a broken window does."""
        return self.sources is not None and self.sources.setdefault(event.id, event.source) != event.source

    def _objection(self, event: CloudEvent) -> Kind | None:
        if event.subject in self.blocked:
            return Kind.EARLIER_EVENT
        case = self.cases.get(event.subject)
        objection = self._confusion(event, case) or _misfit(event, case)
        if objection is None and case is None:
            objection = self._elsewhere(event)
        if objection is None and case and case.last_source == event.source:
            objection = Kind.OUT_OF_ORDER if event.place <= case.last_sequence else None
        if objection is None and not self.files.issuperset(event.digests):
            objection = None if Decision.WITHOUT_FILE in event.decided else Kind.FILES_MISSING
        return objection

    def _confusion(self, event: CloudEvent, case: CaseRow | None) -> Kind | None:
        """Why number and key of an event are not those of one case."""
        key = key_of(event)
        printed = event.data.get("case_number", event.subject)
        if printed != event.subject and not self._has_second_number(event, key, str(printed)):
            return Kind.OTHER_CASE
        if key is None:
            return Kind.INVALID_EVENT if event.data.get("case_key") else None
        if case and case.case_key not in {None, key}:
            return Kind.NUMBER_TAKEN
        return Kind.KEY_TAKEN if self.numbers.get(key, event.subject) != event.subject else None

    def _has_second_number(self, event: CloudEvent, key: str | None, printed: str) -> bool:
        """Whether the subject is a second number of the case: it stands under it, or a person decided so just now.

        A second number is of the window that printed the first one, whose numbers nobody else makes.
        """
        stands = key is not None and self.numbers.get(key) == event.subject
        of_the_window = window_of_number(event.subject) == window_of_number(printed)
        return stands or (Decision.SECOND_NUMBER in event.decided and of_the_window)

    def _elsewhere(self, event: CloudEvent) -> Kind | None:
        """Why a new case is at odds with what the platform knows from elsewhere, unless people decided about it."""
        code, version, identifier = _application(event)
        if version < self.revisions.get(code, version) and Decision.KEEP_VERSION not in event.decided:
            return Kind.ITEM_REVISED
        stands = (code, identifier) in self.online
        return Kind.ALREADY_ONLINE if stands and not event.decided & _ONE_WITHDRAWN else None

    def _online(self, event: CloudEvent) -> OnlineRow | None:
        code, _, identifier = _application(event)
        return self.online.get((code, identifier))

    def _differences(self, kind: Kind, event: CloudEvent) -> list[FieldDifference]:
        """In what the platform's side is another one; fields are named for people."""
        case, (code, version, _) = self.cases.get(event.subject), _application(event)
        match kind:
            case Kind.ITEM_REVISED:
                return [FieldDifference(marked("事项版本"), str(version), str(self.revisions[code]))]
            case Kind.ALREADY_ONLINE if online := self._online(event):
                return [
                    FieldDifference(marked("申请编号"), event.subject, online.number),
                    FieldDifference(marked("收件时间"), str(event.data.get("received_at") or ""), online.received_at),
                ]
            case Kind.WITHDREW if case:
                return [FieldDifference(marked("办件状态"), str(event.data.get("state")), case.state)]
            case Kind.NUMBER_TAKEN if case:
                return [
                    FieldDifference(marked("办件标识"), key_of(event) or "", case.case_key or ""),
                    FieldDifference(marked("来源窗口"), event.source, case.source),
                ]
            case Kind.KEY_TAKEN:
                return [FieldDifference(marked("办件编号"), event.subject, self.numbers[key_of(event) or ""])]
            case _:
                return []

    def _take(self, taken: Taken) -> Result:
        event = taken.event
        before = self.cases.get(event.subject)
        moved = event.type.startswith("case.") and not (before and _is_for_the_record(event, before))
        if before is None and Decision.ONLINE_WITHDRAWN in event.decided and (online := self._online(event)):
            self.withdrawn[online.number] = event.id
            del self.online[_application(event)[::2]]
        after = CaseRow(
            number=event.subject,
            case_key=(before and before.case_key) or key_of(event),
            source=before.source if before else event.source,
            state=str(event.data["state"]) if moved or before is None else before.state,
            last_source=event.source,
            last_sequence=event.place,
            payload_event=event.id if moved or before is None else before.payload_event,
            told=before.told if before else None,
        )
        self.cases[event.subject] = after
        if after.case_key:
            self.numbers[after.case_key] = after.number
        self.touched.add(event.subject)
        self.known[event.source, event.id] = First(taken.digest, taken.ack)
        self.taken.append(taken)
        return Result(source=event.source, id=event.id, verdict=Verdict.ACCEPTED, ack=taken.ack)


def payload_digest(event: CloudEvent, data: bytes) -> str:
    """SHA-256 over everything an event says; `data` without the blanks it came with, its keys in their order.

    Its case is told by the number that is printed: a second one may be another one next time.
    """
    printed = str(event.data.get("case_number", event.subject))
    head = "\n".join((event.type, printed, event.sequence, event.told_at, event.files or "", ""))
    said = hashlib.sha256(head.encode())
    said.update(data)
    return said.hexdigest()


def key_of(event: CloudEvent) -> str | None:
    """UUID of the case an event is about; None in events that do not say it."""
    key = event.data.get("case_key")
    return key if isinstance(key, str) and _CASE_KEY.fullmatch(key) else None


def _misfit(event: CloudEvent, case: CaseRow | None) -> Kind | None:
    """Why an event does not fit its case, by the words it uses."""
    if _PAPER_EVENT.fullmatch(event.type):
        return None if case else Kind.UNKNOWN_CASE
    if not _CASE_EVENT.fullmatch(event.type):
        return Kind.UNKNOWN_TYPE
    state = event.data.get("state")
    if not isinstance(state, str) or state not in _STATES:
        return Kind.UNKNOWN_STATE
    announced = event.type == f"case.{state}"
    if may_become(case.state if case else State.DRAFT, state, announced=announced):
        return None
    if case and case.told == case.state == State.WITHDRAWN:
        return None if _is_for_the_record(event, case) else Kind.WITHDREW
    return Kind.NOT_LAWFUL


def _is_for_the_record(event: CloudEvent, case: CaseRow) -> bool:
    """Whether an event of a case the applicant withdrew at the platform is kept there and moves nothing."""
    return case.told == case.state == State.WITHDRAWN and Decision.FOR_THE_RECORD in event.decided


def _application(event: CloudEvent) -> tuple[str, int, str]:
    """Code and version of the handling item, and the applicant's identifier, as far as an event says them."""
    item, applicant = event.data.get("item"), event.data.get("applicant")
    code = item.get("task_handle_item") if isinstance(item, dict) else None
    version = item.get("version") if isinstance(item, dict) else None
    identifier = applicant.get("identifier") if isinstance(applicant, dict) else None
    return str(code or ""), version if isinstance(version, int) else 0, str(identifier or "")


def applications_of(events: Iterable[CloudEvent]) -> tuple[set[str], set[str]]:
    """The codes of the items, and the identifiers of the applicants, that these events name."""
    named = [_application(event) for event in events]
    return {code for code, _, _ in named if code}, {identifier for _, _, identifier in named if identifier}


def may_become(before: str, after: str, *, announced: bool) -> bool:
    """Whether a case may come from one state to another, in one act or several (`client.rules.case.MOVES`).

    `announced`: the event is the very act that leads to `after` (case.accepted), so it cannot happen twice; an
    act of another name may leave a case where it is (case.extended).
    """
    if before == after:
        return not announced
    return State(after) in _reachable(State(before))


def may_act(before: str, after: str) -> bool:
    """Whether one act leads there: only so does a window follow; else it would differ from the hub for good."""
    return after in set(_next({State(before)}))


@cache
def _reachable(start: State) -> frozenset[State]:
    found: set[State] = set()
    edge = {start}
    while edge:
        edge = set(_next(edge)) - found
        found |= edge
    return frozenset(found)


def _next(states: Iterable[State]) -> Iterable[State]:
    for act, move in MOVES.items():
        for state in move.before.intersection(states):
            if move.to is not None:
                yield move.to
            elif act in {Act.RESUME, Act.END_SPECIAL}:
                yield from _back(state)


def _back(state: State) -> Iterable[State]:
    """Where a held case may go back to: any state it can be held from."""
    return (before for move in MOVES.values() if move.to is state for before in move.before)


def digests_of(events: Iterable[CloudEvent]) -> frozenset[str]:
    return frozenset(digest for event in events for digest in event.digests)


def by_source(events: Iterable[CloudEvent]) -> Mapping[str, list[str]]:
    """Ids of the events of each source."""
    ids: dict[str, list[str]] = {}
    for event in events:
        ids.setdefault(event.source, []).append(event.id)
    return ids
