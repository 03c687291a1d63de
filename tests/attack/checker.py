"""The judge: holds what a killed window left on the disk against what it had promised, and against itself.

Each rule yields sentences, one for each thing that is wrong; nothing said is nothing wrong.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Row, select

from client.errors import StoreError
from client.rules.case import State
from client.store import audit, tables
from client.store.engine import Database, open_database
from client.store.keys import Purpose, StoreKey
from client.store.outbox import OutboxState
from client.store.profile import Profile
from client.store.sealed import SealedFiles
from sync.hub.cases import list_cases
from tests.attack.ledger import Ledger
from tests.attack.telling import digest_of

ACT_OF_EVENT = {"case.received": "receive", "case.accepted": "accept"}
ACT_OF_PAPER = {"receiving_slip": "receive", "acceptance_notice": "accept"}


@dataclass(frozen=True)
class Found:
    """A profile as it lies on the disk, whole, at one moment."""

    connection: Connection
    files: SealedFiles

    @cached_property
    def cases(self) -> Mapping[int, Row[Any]]:
        return {row.id: row for row in self.connection.execute(select(tables.cases))}

    @cached_property
    def papers(self) -> list[Row[Any]]:
        return list(self.connection.execute(select(tables.papers)))

    @cached_property
    def numbers(self) -> list[Row[Any]]:
        return list(self.connection.execute(select(tables.numbers)))

    @cached_property
    def events(self) -> list[Row[Any]]:
        return list(self.connection.execute(select(tables.outbox)))

    def sealed(self, name: str | None) -> str | None:
        """SHA-256 of what lies in a sealed file; None where nothing good does."""
        try:
            return hashlib.sha256(self.files.get(name or "")).hexdigest()
        except (StoreError, ValueError):
            return None


def violations(profile: Profile, key: StoreKey, ledger: Ledger) -> list[str]:
    """Every promise broken and everything half done in `profile`; nothing may be writing to it."""
    with opened(profile, key) as database, database.read() as connection:
        found = Found(connection, SealedFiles(profile.files, key))
        rules = (_promised_acts, _promised_pages, _promised_answers, _promised_papers)
        broken = [sentence for rule in rules for sentence in rule(found, ledger)]
        return broken + [
            sentence for rule in (_acts_whole, _numbers, _papers_whole, _chain) for sentence in rule(found)
        ]


@contextmanager
def opened(profile: Profile, key: StoreKey) -> Iterator[Database]:
    database = open_database(profile.database, key.subkey(Purpose.DATABASE), writing=False)
    try:
        yield database
    finally:
        database.close()


def _promised_acts(found: Found, ledger: Ledger) -> Iterator[str]:
    for promised, states in (
        (ledger.accepted, {State.ACCEPTED}),
        (ledger.received, {State.RECEIVED, State.ACCEPTED, State.DEEMED_ACCEPTED}),  # by silence, if its clock ran out
    ):
        for case_id, number in promised.items():
            row = found.cases.get(case_id)
            if row is None or row.state not in states or row.number != number:
                yield f"lost: case {case_id} was promised {number}, found {row and (row.number, row.state)}"


def _promised_pages(found: Found, ledger: Ledger) -> Iterator[str]:
    rows = {row.id: row for row in found.connection.execute(select(tables.pages))}
    for page_id, (case_id, sha256) in ledger.pages.items():
        row = rows.get(page_id)
        if row is None or row.sha256 != sha256:
            yield f"lost: page {page_id} of case {case_id}"
    for row in rows.values():
        if found.sealed(row.sealed_name) != row.sha256:
            yield f"page {row.id} has a row and no good file"


def _promised_answers(found: Found, ledger: Ledger) -> Iterator[str]:
    forms = {row.case_id: json.loads(row.answers) for row in found.connection.execute(select(tables.forms))}
    for case_id, allowed in ledger.answers.items():
        if digest_of(forms.get(case_id, {})) not in allowed:
            yield f"lost: the answers of case {case_id}"


def _promised_papers(found: Found, ledger: Ledger) -> Iterator[str]:
    by_case = defaultdict(set)
    for paper in found.papers:
        by_case[found.cases[paper.case_id].number].add(paper.number)
    for number, papers in ledger.papers.items():
        lost = {paper for paper in papers if "〔" in paper} - by_case[number]
        if lost:
            yield f"lost: papers {sorted(lost)} of case {number}"
    prints = {(row.paper_id, row.reprint_no): row for row in found.connection.execute(select(tables.spool))}
    for key in ledger.rendered:
        if key not in prints or prints[key].state != "rendered":
            yield f"lost: the page of paper {key}"


def _acts_whole(found: Found) -> Iterator[str]:
    """An act is there with case, paper, event and audit entry, or with none of them."""
    entries = found.connection.execute(select(tables.audit).where(tables.audit.c.act.in_(["receive", "accept"])))
    seen = {
        "audit": Counter((row.subject, row.act) for row in entries),
        "outbox": Counter((e.subject, ACT_OF_EVENT[e.type]) for e in found.events if e.type in ACT_OF_EVENT),
        "papers": Counter((found.cases[p.case_id].number, ACT_OF_PAPER[p.kind]) for p in found.papers),
        "cases": Counter(
            (row.number, act)
            for row in found.cases.values()
            for act, states in (("accept", {State.ACCEPTED}), ("receive", {State.RECEIVED}))
            if row.state in states
        ),
    }
    for act in set().union(*seen.values()):
        counts = {place: count[act] for place, count in seen.items()}
        if act[1] == "receive":
            del counts["cases"]  # it may have been accepted since
        if set(counts.values()) != {1}:
            yield f"half an act: {act} {counts}"
    for row in found.cases.values():
        if (row.number is None) != (row.state == State.DRAFT):
            yield f"half a case: {row.id} is {row.state} with number {row.number}"


def _numbers(found: Found) -> Iterator[str]:
    """Each serial of a series once, without a gap, and each number with exactly one owner."""
    series = defaultdict(list)
    for row in found.numbers:
        series[row.series].append(row.serial)
    for name, serials in series.items():
        if sorted(serials) != list(range(1, len(serials) + 1)):
            yield f"gap in {name}: {sorted(serials)}"
    given = Counter(row.number for row in found.numbers)
    owned = Counter([row.number for row in found.cases.values() if row.number])
    owned.update(paper.number for paper in found.papers if paper.number)
    for number in given | owned:
        if (given[number], owned[number]) != (1, 1):
            yield f"number {number}: given {given[number]} times, owned {owned[number]} times"


def _papers_whole(found: Found) -> Iterator[str]:
    """A paper that is rendered has its page and was announced once; one that is not was not announced."""
    announced = Counter((e.subject, tuple(_files(e))) for e in found.events if e.type == "paper.issued")
    for paper in found.papers:
        number = found.cases[paper.case_id].number
        if paper.state == "unrendered":
            if paper.sealed_name is not None:
                yield f"paper {paper.id} has a page it knows nothing of"
        elif found.sealed(paper.sealed_name) != paper.sha256:
            yield f"paper {paper.id} is {paper.state} and its page is not there"
        elif announced[(number, (paper.sha256,))] != 1:
            yield f"paper {paper.id} was announced {announced[(number, (paper.sha256,))]} times"
    rendered = sum(paper.state != "unrendered" for paper in found.papers)
    if announced.total() != rendered:
        yield f"{announced.total()} papers announced, {rendered} rendered"


def _files(event: Row[Any]) -> list[str]:
    files: list[str] = json.loads(event.files)
    return files


def _chain(found: Found) -> Iterator[str]:
    broken = audit.verify(found.connection)
    if broken is not None:
        yield f"the audit chain breaks at entry {broken}"


def at_the_platform(profile: Profile, key: StoreKey, hub_store: str, own: str = "") -> list[str]:
    """Every case and file at the hub exactly once, and nothing else; for a window that has sent all it had.

    `own` is how the numbers of its cases begin, where other windows share the hub.
    """
    with opened(profile, key) as database, database.read() as connection:
        found = Found(connection, SealedFiles(profile.files, key))
        made = Counter(event.subject for event in found.events)
        states = {row.number: row.state for row in found.cases.values() if row.number}
        files = defaultdict(set)
        for event in found.events:
            files[event.subject].update(_files(event))
        waiting = Counter(event.state for event in found.events if event.state != OutboxState.STORED)
    there = [case for case in list_cases(hub_store) if case["number"].startswith(own)]
    wrong = [
        f"at the platform {count} times: {n}" for n, count in Counter(c["number"] for c in there).items() if count > 1
    ]
    wrong += [f"stuck: {count} events are {state}" for state, count in waiting.items()]
    wrong += [f"only on one side: {number}" for number in sorted(states.keys() ^ {case["number"] for case in there})]
    for case in there:
        number = case["number"]
        mine = (states.get(number), made[number], files[number])
        theirs = (case["state"], case["events"], {file["sha256"] for file in case["files"]})
        if mine != theirs:
            wrong.append(
                f"case {number}: window {mine[:2]}, platform {theirs[:2]}, files alike: {mine[2] == theirs[2]}"
            )
    return wrong
