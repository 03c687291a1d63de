"""A window for the tests: real memory, the packaged rules, the real page inspector, and a clock one can move."""

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache, partial
from importlib import resources
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher
from sqlalchemy import select

from client.catalogue import load_calendar, load_catalogue, load_folding, load_regimes
from client.config import Settings
from client.demo import DEMO_SETTINGS
from client.desk.counter import Counter
from client.desk.drafting import Drafting
from client.desk.in_force import InForce
from client.desk.intake import Intake
from client.desk.paperwork import Paperwork
from client.desk.prints import Prints
from client.desk.staff import Roster, Staff
from client.ports.papers import PaperFacts, PaperKind
from client.rules.case import State
from client.rules.identity import Applicant, Attendee, Capacity
from client.rules.items import Item, slots_needed
from client.rules.rights import Role
from client.store import papers
from client.store.cases import CaseRecord, Cases
from client.store.engine import open_database
from client.store.keys import Purpose, StoreKey
from client.store.memory import Memory, window_source
from client.store.opening import open_memory
from client.store.papers import PaperRecord
from client.store.profile import Profile
from client.store.sealed import SealedFiles
from client.store.tables import audit, metadata, outbox
from devices.pages.hand import Pages
from printing.papers.glyph_report import Report
from tests.data import resident_id
from tests.desk.drawer import is_empty, laid

ZONE = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 3, 2, 9, 30, tzinfo=ZONE)  # a Monday
PASSPHRASE = "示例口令"
PIN = "135790"
CHEAP = partial(PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
CLERK = Staff("1001", "张三", Role.CLERK)
COLLEAGUE = Staff("1002", "李四", Role.CLERK)
SUPERVISOR = Staff("2001", "李四", Role.SUPERVISOR)
ADMINISTRATOR = Staff("9001", "张三", Role.ADMINISTRATOR)

FOOD, COMPANY, CARD, HOUSE = "食品经营许可", "公司设立登记", "社会保障卡申领", "转移登记"
ITEMS = (FOOD, COMPANY, CARD, HOUSE)


class MovableClock:
    """The hall's time, which stands still until it is told to move."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)

    def set(self, month: int, day: int, hour: int = 9, minute: int = 30) -> None:
        self.now = datetime(2026, month, day, hour, minute, tzinfo=ZONE)


@dataclass(frozen=True)
class Blank:
    """A prepared empty profile to copy, with its key: making one takes a scrypt and a migration."""

    folder: Path
    key: StoreKey

    @classmethod
    def prepare(cls, folder: Path) -> "Blank":
        clock = MovableClock()
        with open_memory(
            Profile(folder), DEMO_SETTINGS.source_uri, passphrase=PASSPHRASE, program="test", now=MORNING
        ) as memory:
            with patch("client.desk.staff.PasswordHasher", CHEAP):  # a verifier says what it costs to check
                roster = Roster(memory, clock)
            first = roster.make_first_administrator(ADMINISTRATOR.staff_no, ADMINISTRATOR.name, PIN)
            for staff in (CLERK, COLLEAGUE, SUPERVISOR):
                roster.add(first, staff.staff_no, staff.name, staff.role, PIN)
            return cls(folder, memory.key)


@cache
def packaged() -> dict[str, Any]:
    """The catalogue, regimes and calendar that ship with the program, read once."""
    return {
        "catalogue": load_catalogue(),
        "regimes": load_regimes(),
        "calendar": load_calendar(),
        "folding": load_folding(),
    }


@cache
def sample(name: str = "img_exif_orientation.jpg") -> bytes:
    return (resources.files("resources") / "samples" / "pages" / name).read_bytes()


def page(serial: int = 0) -> bytes:
    """A whole picture, another one for each serial: what follows the end of a JPEG is nobody's."""
    return sample() + f"page {serial}".encode()


class Desk:
    """One opened window and the hands of its clerk; `reopen` is what a restart leaves of it."""

    def __init__(self, blank: Blank, folder: Path) -> None:
        shutil.copytree(blank.folder, folder)
        self.profile = Profile(folder)
        self.clock = MovableClock()
        self._key = blank.key
        self._blank = blank.folder
        self._settings = DEMO_SETTINGS
        self._catalogue = packaged()["catalogue"]
        self.counter = self._open()

    def _open(self) -> Counter:
        database = open_database(self.profile.database, self._key.subkey(Purpose.DATABASE))
        files = SealedFiles(self.profile.files, self._key)
        source = window_source(database, DEMO_SETTINGS.source_uri)
        memory = Memory(database, files, self._key, source, Cases(ZONE))
        found = packaged()
        return Counter(
            memory=memory,
            in_force=self._in_force(),
            regimes=found["regimes"],
            folding=found["folding"],
            clock=self.clock,
            pages=Pages(),
            lettering=Report(),
        )

    def _in_force(self) -> InForce:
        return InForce(self._catalogue, packaged()["calendar"], self._settings)

    def close(self) -> None:
        self.memory.database.close()

    def reopen(self) -> None:
        self.close()
        self.counter = self._open()

    def configure(self, **settings: object) -> None:
        """The hall decides otherwise."""
        self._settings = Settings.model_validate({**self._settings.model_dump(), **settings})
        self.counter = replace(self.counter, in_force=self._in_force())

    def vary(self, name: str, **change: object) -> Item:
        """Another version of an item comes in force."""
        old = self.item(name)
        new = Item.model_validate({**old.model_dump(), "version": old.version + 1, **change})
        self._catalogue = replace(self._catalogue, items=(*self._catalogue.items, new))
        self.counter = replace(self.counter, in_force=self._in_force())
        return new

    @property
    def memory(self) -> Memory:
        return self.counter.memory

    @property
    def drafting(self) -> Drafting:
        return Drafting(self.counter)

    @property
    def intake(self) -> Intake:
        return Intake(self.counter)

    @property
    def paperwork(self) -> Paperwork:
        return Paperwork(self.counter)

    @property
    def prints(self) -> Prints:
        return Prints(self.counter)

    @property
    def roster(self) -> Roster:
        return Roster(self.memory, self.clock)

    def item(self, name: str = FOOD) -> Item:
        return self.counter.catalogue.find(name)

    def people(self, name: str, capacity: Capacity | None = None) -> tuple[Applicant, Attendee]:
        """The example's people; with a `capacity`, whoever comes in it."""
        example = self.counter.catalogue.example(self.item(name))
        applicant = Applicant.model_validate(dict(example.applicant))
        attendee = Attendee.model_validate(dict(example.attendee))
        if capacity is Capacity.SELF:
            return applicant, Attendee(capacity=capacity, **applicant.model_dump(include=set(Attendee.model_fields)))
        if capacity is not None:
            other = {"capacity": capacity, "name": "李四", "identifier": resident_id(2)}
            attendee = attendee.model_copy(update=other)
        return applicant, attendee

    def draft(
        self,
        name: str = FOOD,
        *,
        without: Sequence[str] = (),
        capacity: Capacity | None = None,
        situations: Mapping[str, str] | None = None,
    ) -> int:
        """A draft with everything in it but the materials `without`; returns its id."""
        make = partial(self._draft, name, without, capacity, situations or {})
        as_it_was = (self.clock.now, self._settings, self._catalogue) == (
            MORNING,
            DEMO_SETTINGS,
            packaged()["catalogue"],
        )
        if not as_it_was or not is_empty(self.memory):
            return make()
        wanted = (self._blank, name, tuple(without), capacity, tuple((situations or {}).items()))
        return laid(self.memory, self.profile.files, wanted, make)

    def _draft(
        self, name: str, without: Sequence[str], capacity: Capacity | None, situations: Mapping[str, str]
    ) -> int:
        item = self.item(name)
        example = self.counter.catalogue.example(item)
        case_id = self.drafting.open(CLERK, item)
        self.drafting.set_people(case_id, CLERK, *self.people(name, capacity))
        self.drafting.choose(case_id, CLERK, {**example.situations, **situations}, example.collection)
        self.drafting.fill(case_id, CLERK, example.answers)
        for serial, material in enumerate(slots_needed(item, self.record(case_id).situations)):
            if material.key not in without:
                self.attach(case_id, material.key, serial)
        return case_id

    def attach(self, case_id: int, slot: str, serial: int = 0) -> int:
        return self.drafting.attach(case_id, CLERK, slot, f"{slot}.jpg", page(serial))

    def record(self, case_id: int) -> CaseRecord:
        with self.memory.read() as connection:
            return self.counter.case(connection, case_id)

    def state(self, case_id: int) -> State:
        return self.record(case_id).state

    def papers(self, case_id: int) -> Sequence[PaperRecord]:
        return self.paperwork.of_case(self.record(case_id))

    def facts(self, case_id: int, kind: PaperKind) -> PaperFacts:
        """What the newest paper of that kind states."""
        paper_id = [paper.paper_id for paper in self.papers(case_id) if paper.kind is kind][-1]
        with self.memory.read() as connection:
            return papers.facts(connection, paper_id)

    def render(self, draw: Callable[[int], bytes] = lambda paper_id: b"%%PDF %d" % paper_id) -> int:
        """A press that draws nothing; returns how many prints waited."""
        spool = self.memory.spool(self.clock)
        orders = spool.waiting()
        for order in orders:
            spool.rendered(order.paper_id, draw(order.paper_id), "test-1", reprint_no=order.reprint_no)
        return len(orders)

    def events(self, event_type: str = "") -> list[dict[str, Any]]:
        """The data of the events queued so far, oldest first; with a type, of that type."""
        statement = select(outbox.c.type, outbox.c.data).order_by(outbox.c.sequence)
        with self.memory.read() as connection:
            rows = connection.execute(statement).all()
        return [json.loads(row.data) for row in rows if event_type in {"", row.type}]

    def event_types(self) -> list[str]:
        with self.memory.read() as connection:
            return list(connection.scalars(select(outbox.c.type).order_by(outbox.c.sequence)))

    def audited(self, act: str) -> list[tuple[str, str, str]]:
        """Who did that, to what, with what outcome."""
        statement = select(audit.c.staff, audit.c.subject, audit.c.outcome).where(audit.c.act == act)
        with self.memory.read() as connection:
            return [(row.staff, row.subject, row.outcome) for row in connection.execute(statement.order_by(audit.c.id))]

    def everything(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of every table: what was written, and what was not."""
        with self.memory.read() as connection:
            return {
                table.name: [tuple(row) for row in connection.execute(select(table))]
                for table in metadata.sorted_tables
            }
