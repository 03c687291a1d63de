"""A batch of events is taken in one transaction: the keys and their effect together.

Rows are read and written set by set, never one by one: a set of inserts is one call of SQLite's driver, and one round
trip to PostgreSQL, where it was no slower than COPY by more than a third.
"""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy import Connection, bindparam, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from client.errors import CaseError
from client.ports.platform import Verdict
from client.rules.agreement import Fact, event_sum, file_sum, head_of
from client.rules.numbering import PaperNumber
from sync.hub import agreement
from sync.hub.judging import (
    CaseRow,
    First,
    Key,
    Ledger,
    OnlineRow,
    applications_of,
    by_source,
    digests_of,
    key_of,
)
from sync.hub.limits import Limits, check, count, used_by
from sync.hub.numbers import on_papers
from sync.hub.problems import Kind, Rejection, problem
from sync.hub.store import Store, put
from sync.hub.tables import case_files, cases, events, files, hub, items, online, relayed
from sync.protocol import EVENTS, MAX_BATCH_EVENTS, CloudEvent, Result

Brought = Mapping[tuple[str, str], str]
"""The source that brought each file to a case: {(number, digest): source}."""

_NO_LIMITS = Limits()
_LOOKS = 3  # times that somebody else may be faster with the same case
_NEW_EVENT = insert(events)
_NEW_CASE = insert(cases)
_NEW_CASE_FILE = insert(case_files)
_WITHDRAWN = update(online).where(online.c.number == bindparam("of")).values(withdrawn_by=bindparam("by"))
_AGAIN = (
    update(relayed)
    .where(relayed.c.event_id == bindparam("of"), relayed.c.state == "refused")
    .values(state="waiting", next_try=None, decisions=bindparam("by"))
)
_MOVED_CASE = (
    update(cases)
    .where(cases.c.number == bindparam("of"))
    .values(
        {
            name: bindparam(name)
            for name in ("case_key", "state", "last_source", "last_sequence", "payload_event", "updated_at")
        }
    )
)


def _anybody(_sources: Iterable[str]) -> None:
    """Whoever sends may speak for every source."""


def take(
    store: Store,
    body: bytes,
    now: datetime,
    limits: Limits = _NO_LIMITS,
    own: Callable[[Iterable[str]], None] = _anybody,
) -> list[Result]:
    """Take a CloudEvents batch as it came; one result an event, in its order.

    `own` raises Rejection for sources the sender may not speak for. Raises Rejection for no batch at all, when a source
    is at its limit, and when two windows speak as one.
    """
    valid, results = _read(body)
    own({event.source for event in valid})
    answers = iter(_take_valid(store, valid, now, limits) if valid else ())
    return [next(answers) if result is None else result for result in results]


def _take_valid(store: Store, valid: Sequence[CloudEvent], now: datetime, limits: Limits) -> list[Result]:
    """Judge and write in one transaction.

    Another process may be making the same new case: then a unique key stops us, and we look again at what it made.
    """
    for _ in range(_LOOKS):
        with suppress(IntegrityError):
            return _take_once(store, valid, now, limits)
    return _take_once(store, valid, now, limits)


def _take_once(store: Store, valid: Sequence[CloudEvent], now: datetime, limits: Limits) -> list[Result]:
    with store.write() as connection:
        known_cases = _cases(connection, valid)  # first of all: what follows is judged under these locks
        relays = connection.scalar(select(hub.c.upstream)) is not None
        used = used_by(connection, {event.source for event in valid})
        check(limits, used, now)
        if _cloned(connection, valid):
            raise Rejection(Kind.CLONED)
        held = _held(connection, digests_of(valid))
        revisions, standing = _elsewhere(connection, [event for event in valid if event.subject not in known_cases])
        ledger = Ledger(
            known=_first_answers(connection, valid),
            files=frozenset(held),
            cases=dict(known_cases),
            numbers={case.case_key: case.number for case in known_cases.values() if case.case_key},
            day=f"{now:%Y%m%d}",
            revisions=revisions,
            online=standing,
            sources=_relayed(connection, valid) if relays else None,
        )
        results = ledger.judge(valid)
        if ledger.renumbered:
            agreement.renumber(connection, ledger.renumbered)
            for printed, second in ledger.renumbered.items():
                known_cases[second] = replace(known_cases.pop(printed), number=second)
        size = Counter[str]()
        for (_, digest), source in _write(connection, ledger, known_cases, now).items():
            size[source] += held[digest]
        if relays:
            _pass_on(connection, ledger, valid, results)
        on_papers(connection, _numbers_of(taken.event for taken in ledger.taken))
        for taken in ledger.taken:
            size[taken.event.source] += len(taken.data)
        count(connection, used, Counter(taken.event.source for taken in ledger.taken), size, now)
    return results


def _numbers_of(taken: Iterable[CloudEvent]) -> Iterator[PaperNumber]:
    """The 文书编号 that events tell of; what is none, a provisional one too, is passed over."""
    for event in taken:
        match event.data.get("paper"):
            case {"central_number": str(number)} | {"number": str(number)}:
                with suppress(CaseError):
                    yield PaperNumber.parse(number)
            case _:
                pass


def _read(body: bytes) -> tuple[list[CloudEvent], list[Result | None]]:
    """The valid events of a batch, and for each place its refusal, or None where the event is valid."""
    try:
        valid = EVENTS.validate_json(body)
    except ValidationError:
        return _read_singly(body)
    if len(valid) > MAX_BATCH_EVENTS:
        raise Rejection(Kind.TOO_LARGE)
    return valid, [None] * len(valid)


def _read_singly(body: bytes) -> tuple[list[CloudEvent], list[Result | None]]:
    """One event that breaks the form must not hold up the batch it came in, as long as it says who it is."""
    try:
        found = json.loads(body)
    except ValueError as error:
        raise Rejection(Kind.INVALID_BATCH) from error
    if not isinstance(found, list) or len(found) > MAX_BATCH_EVENTS:
        raise Rejection(Kind.INVALID_BATCH)
    valid: list[CloudEvent] = []
    results: list[Result | None] = []
    for one in found:
        try:
            valid.append(CloudEvent.model_validate_json(json.dumps(one)))
            results.append(None)
        except ValidationError as error:
            results.append(_refusal(one, error))
    return valid, results


def _refusal(one: object, error: ValidationError) -> Result:
    names = (one.get("source"), one.get("id")) if isinstance(one, dict) else (None, None)
    fields = sorted({".".join(map(str, found["loc"])) for found in error.errors(include_input=False)})
    match names:
        case (str(source), str(event_id)):
            refusal = problem(Kind.INVALID_EVENT, fields=fields)
            return Result(source=source, id=event_id, verdict=Verdict.REFUSED, problem=refusal)
        case _:
            raise Rejection(Kind.INVALID_BATCH, fields=fields) from error


def answer_to(store: Store, source: str, event_id: str) -> Result:
    """What was answered to an event. Raises Rejection when it never came."""
    statement = select(events.c.ack).where(events.c.source == source, events.c.event_id == event_id)
    with store.read() as connection:
        ack = connection.scalar(statement)
    if ack is None:
        raise Rejection(Kind.UNKNOWN_EVENT)
    return Result(source=source, id=event_id, verdict=Verdict.ACCEPTED, ack=ack)


def _first_answers(connection: Connection, valid: Sequence[CloudEvent]) -> dict[Key, First]:
    known: dict[Key, First] = {}
    for source, ids in by_source(valid).items():
        statement = select(events.c.event_id, events.c.digest, events.c.ack).where(
            events.c.source == source, events.c.event_id.in_(ids)
        )
        for event_id, digest, ack in connection.execute(statement):
            known[source, event_id] = First(digest, ack)
    return known


def _cloned(connection: Connection, valid: Sequence[CloudEvent]) -> bool:
    """Whether another event has the place of one of these in the order of its source.

    A window gives each place once: two that give it to different events are copies of one disk. Read under the lock
    on what their source used, so that two of them at once are seen as well.
    """
    places: dict[str, dict[int, str]] = {}
    for event in valid:
        if places.setdefault(event.source, {}).setdefault(event.place, event.id) != event.id:
            return True
    return any(_another_has_one_of(connection, source, ids) for source, ids in places.items())


def _another_has_one_of(connection: Connection, source: str, ids: Mapping[int, str]) -> bool:
    """Whether one of these places of a source was given to another event; behind the last one nobody has any."""
    last = connection.scalar(select(func.max(events.c.sequence)).where(events.c.source == source)) or 0
    given = [place for place in ids if place <= last]
    if not given:
        return False
    statement = select(events.c.sequence, events.c.event_id).where(
        events.c.source == source, events.c.sequence.in_(given)
    )
    return any(ids[row.sequence] != row.event_id for row in connection.execute(statement))


def _held(connection: Connection, digests: Collection[str]) -> dict[str, int]:
    """The files among these that the hub has, with their sizes."""
    if not digests:
        return {}
    statement = select(files.c.sha256, files.c.size).where(files.c.sha256.in_(digests))
    return {row.sha256: row.size for row in connection.execute(statement)}


def _cases(connection: Connection, valid: Sequence[CloudEvent]) -> dict[str, CaseRow]:
    """The cases these events are about, by number or by key, locked in the one order everybody locks them in."""
    columns = [cases.c[name] for name in CaseRow.__slots__]
    about = or_(
        cases.c.number.in_({event.subject for event in valid}),
        cases.c.case_key.in_({key for event in valid if (key := key_of(event))}),
    )
    statement = select(*columns).where(about).order_by(cases.c.number).with_for_update()
    return {row.number: CaseRow(*row) for row in connection.execute(statement)}


def _elsewhere(
    connection: Connection, new: Sequence[CloudEvent]
) -> tuple[dict[str, int], dict[tuple[str, str], OnlineRow]]:
    """The versions in force of these new cases' items, and what stands online of their applicants."""
    codes, identifiers = applications_of(new)
    if not codes:
        return {}, {}
    revisions = select(items.c.code, items.c.version).where(items.c.code.in_(codes))
    standing = (
        select(online.c.item, online.c.identifier, online.c.number, online.c.received_at)
        .where(online.c.identifier.in_(identifiers), online.c.item.in_(codes), online.c.withdrawn_by.is_(None))
        .order_by(online.c.number)
        .with_for_update()
    )
    found = {(row.item, row.identifier): OnlineRow(row.number, row.received_at) for row in connection.execute(standing)}
    return {row.code: row.version for row in connection.execute(revisions)}, found


def _write(connection: Connection, ledger: Ledger, known: Mapping[str, CaseRow], now: datetime) -> Brought:
    """Write what the ledger took; returns the files that cases did not have before."""
    if not ledger.taken:
        return {}
    at = now.isoformat()
    touched = [ledger.cases[number] for number in sorted(ledger.touched)]  # in the order of the locks
    if moved := [_moved(case, at) for case in touched if case.number in known]:
        connection.execute(_MOVED_CASE, moved)
    if new := [_new(case, at) for case in touched if case.number not in known]:
        put(connection, _NEW_CASE, new)
    put(connection, _NEW_EVENT, [_event(each.event, each.data, each.digest, each.ack, at) for each in ledger.taken])
    if ledger.withdrawn:
        connection.execute(_WITHDRAWN, [{"of": number, "by": by} for number, by in ledger.withdrawn.items()])
    brought = _attach(connection, ledger)
    agreement.add(
        connection,
        [
            *((case.number, agreement.case_change(known.get(case.number), case)) for case in touched),
            *(
                (event.subject, event_sum(event.subject, _fact(event)))
                for event in (taken.event for taken in ledger.taken)
            ),
            *((number, file_sum(number, digest)) for number, digest in brought),
        ],
    )
    return brought


def _relayed(connection: Connection, valid: Sequence[CloudEvent]) -> dict[str, str]:
    """Who brought the events of these ids that are noted for their way up."""
    ids = {event.id for event in valid}
    statement = select(events.c.event_id, events.c.source).join(relayed).where(relayed.c.event_id.in_(ids))
    return {row.event_id: row.source for row in connection.execute(statement)}


def _pass_on(connection: Connection, ledger: Ledger, valid: Sequence[CloudEvent], results: Sequence[Result]) -> None:
    """Note what was taken for its way up; what was refused there, and is sent again, goes up again.

    With what people decided about it meanwhile: to this hub it is no news, to the platform above it is.
    """
    known = [result.verdict is Verdict.DUPLICATE for result in results]
    if again := [{"of": event.id, "by": event.decisions} for event, old in zip(valid, known, strict=True) if old]:
        connection.execute(_AGAIN, again)
    taken = {(each.event.source, each.event.id): each.event for each in ledger.taken}
    if not taken:
        return
    new = select(events.c.id, events.c.source, events.c.event_id).where(
        events.c.event_id.in_({event_id for _, event_id in taken})
    )
    rows = [
        {
            "event": row.id,
            "event_id": row.event_id,
            "files": json.dumps(event.digests),
            "decisions": event.decisions,
            "state": "waiting",
            "attempts": 0,
        }
        for row in connection.execute(new).all()
        if (event := taken.get((row.source, row.event_id)))
    ]
    connection.execute(insert(relayed), rows)


def _attach(connection: Connection, ledger: Ledger) -> Brought:
    named = {
        (taken.event.subject, digest): taken.event.source
        for taken in ledger.taken
        for digest in taken.event.digests
        if digest in ledger.files  # all are, unless people decided that one is not waited for
    }
    if not named:
        return {}
    of_cases = select(case_files.c.number, case_files.c.sha256).where(case_files.c.number.in_(ledger.touched))
    for number, sha256 in connection.execute(of_cases):
        named.pop((number, sha256), None)
    if named:
        connection.execute(_NEW_CASE_FILE, [{"number": number, "sha256": sha256} for number, sha256 in sorted(named)])
    return named


def _fact(event: CloudEvent) -> Fact:
    return Fact(event.source, event.id, event.place)


def _moved(case: CaseRow, at: str) -> dict[str, object]:
    return {
        "of": case.number,
        "case_key": case.case_key,
        "state": case.state,
        "last_source": case.last_source,
        "last_sequence": case.last_sequence,
        "payload_event": case.payload_event,
        "updated_at": at,
    }


def _new(case: CaseRow, at: str) -> dict[str, object]:
    row = _moved(case, at)
    number = row.pop("of")
    return row | {"number": number, "source": case.source, "head": head_of(case.number)}


def _event(event: CloudEvent, data: bytes, digest: str, ack: str, at: str) -> dict[str, object]:
    return {
        "source": event.source,
        "event_id": event.id,
        "type": event.type,
        "subject": event.subject,
        "sequence": event.place,
        "time": event.told_at,
        "data": data.decode(),
        "digest": digest,
        "ack": ack,
        "taken_at": at,
        "decisions": event.decisions,
    }
