"""A window in an outage of many days: its clock runs as fast as it can, its loop is the real one, pass by pass."""

import os
import random
import signal
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import insert

from client.desk.inbox import StoredInbox
from client.ports.platform import DrainReport
from client.rules.numbering import CaseNumber
from client.store import outbox, tables
from client.store.memory import Memory
from client.store.sealed import SealedFile
from client.store.times import stamp
from sync.loop import Loop
from sync.platform import HttpPlatform
from sync.schedule import Uniform
from tests.attack.clerk import DemoClerk
from tests.attack.lives import Life, forget_peak, pages, readers, resident
from tests.attack.orders import GO
from tests.desk.counter import MovableClock
from tests.sync.sample import Window

PAGE = 64  # bytes of each queued file
HASTE = 8  # how much sooner the impatient window knocks


def outlast(life: Life) -> None:
    """Queue events and files, knock at a platform that is away for `days`, take a case a day; drain when told to go."""
    order, luck = life.order, random.Random(life.order.seed)
    clock = MovableClock(life.counter.clock())
    house = replace(life.house, counter=replace(life.counter, clock=clock))
    counter, reports = house.counter, list[DrainReport]()
    with readers(life) as cards, closing(HttpPlatform(order.hub, clock=clock)) as platform:
        clerk = DemoClerk(house, cards, pages(), lambda: None)
        first = clerk.take_next().number
        queue(counter.memory, first, order.events, order.files, clock())
        loop = Loop(
            counter.memory.outbox(),
            StoredInbox(counter),
            platform,
            clock,
            heard=reports.append,
            uniform=_hasty(luck.uniform) if order.impatient else luck.uniform,
        )
        life.tell("ready")
        pauses = _outage(loop, clock, clerk, timedelta(days=order.days))
        life.tell("outlasted", pauses=pauses, sent=sum(report.sent for report in reports))
        signal.sigwait({GO})
        forget_peak()
        before = resident()
        loop.step()
        last = reports[-1]
        left = {"waiting": last.waiting, "unknown": last.unknown, "refused": last.refused}
        memory = {"before": before, "after": resident(), "peak": resident("VmHWM")}
        life.tell("drained", sent=last.sent, files=last.files, left=left, memory=memory)


def _outage(loop: Loop, clock: MovableClock, clerk: DemoClerk, length: timedelta) -> list[float]:
    """Make every pass of it; the seconds between them. Each day a case is taken all the same."""
    until, tomorrow = clock() + length, clock() + timedelta(days=1)
    pauses: list[float] = []
    while clock() < until:
        pause = loop.step()
        pauses.append(round(pause, 2))
        clock.move(seconds=pause)
        if clock() >= tomorrow:
            clerk.take_next()
            tomorrow += timedelta(days=1)
    return pauses


def _hasty(uniform: Uniform) -> Uniform:
    return lambda low, high: uniform(low, high) / HASTE


def queue(memory: Memory, like: str, events: int, files: int, now: datetime) -> None:
    """So many accepted cases of the window that took the case `like`, with so many files among them.

    Rows and sealed files as the desk writes them, in one transaction: a case by hand would take ten.
    """
    window, day = Window(memory.source), (now - timedelta(days=1)).date()
    region, hall, number, *_ = like.split("-")
    share = files // events
    contents = [[os.urandom(PAGE) for _ in range(share)] for _ in range(events)]
    sealed = [[memory.files.put(content) for content in its] for its in contents]
    ids = range(1_000, 1_000 + events)
    numbers = [str(CaseNumber(region, hall, number, day, serial)) for serial in range(1, events + 1)]
    with memory.begin() as connection:
        case = {"state": "accepted", "item_id": 1, "opened_by": "0207", "opened_at": stamp(now)}
        rows = [{**case, "id": i, "key": f"queued-{i}", "number": n} for i, n in zip(ids, numbers, strict=True)]
        connection.execute(insert(tables.cases), rows)
        slot = {"key": "form", "state": "complete", "copies_original": 1, "copies_photocopy": 0}
        connection.execute(insert(tables.slots), [{**slot, "id": i, "case_id": i} for i in ids])
        page = {"name": "页.jpg", "media_type": "image/jpeg", "sheets": 1, "attached_at": stamp(now)}
        connection.execute(insert(tables.pages), _page_rows(page, ids, sealed))
        for case_id, its, case_number in zip(ids, contents, numbers, strict=True):
            event = window.event(case_number, files=its)
            outbox.put(
                connection,
                source=memory.source,
                case_id=case_id,
                subject=event.subject,
                event_type=event.type,
                time=now,
                data=event.data,
                files=event.files,
            )


def _page_rows(
    page: Mapping[str, object], slots: Sequence[int], sealed: Sequence[Sequence[SealedFile]]
) -> list[dict[str, object]]:
    return [
        {**page, "slot_id": slot, "ordinal": place, "sealed_name": file.name, "sha256": file.sha256, "size": file.size}
        for slot, its in zip(slots, sealed, strict=True)
        for place, file in enumerate(its, 1)
    ]
