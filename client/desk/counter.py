"""What every use case at the counter stands on: the memory, the rules in force, the hall's settings and the time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from client.catalogue import Catalogue
from client.config import Settings
from client.desk.in_force import InForce
from client.desk.staff import Staff, permit
from client.errors import CaseError, Fault
from client.ports.clock import Clock
from client.ports.glyphs import Lettering
from client.ports.pages import PageHand
from client.rules.case import STATE_WORDS, Standing, State
from client.rules.deadlines import WorkCalendar
from client.rules.items import IntakeRegime, Item
from client.rules.names import FoldingTable
from client.rules.regimes import Regime
from client.rules.rights import Right
from client.store.agreement import StoredBooks
from client.store.cases import CaseLine, CaseRecord
from client.store.memory import Memory
from client.text import tr

PLATFORM = "platform"
"""Who acts, in the audit, where nobody at the window does."""

WINDOW = "window"
"""Who acts where the program does by itself what a policy asks for."""

NO_CASE = Fault("CASE-201", tr("没有找到办件 {case}"), tr("请核对办件编号（共 23 位数字）；也可以在“办件”页按姓名查找"))

REASON_OWED = Fault("CASE-214", tr("请写明原因"), tr("该操作须记录原因，请补充后再试"))


@dataclass(frozen=True)
class Counter:
    """One window, opened."""

    memory: Memory
    in_force: InForce
    regimes: Mapping[IntakeRegime, Regime]
    clock: Clock
    pages: PageHand
    lettering: Lettering
    folding: FoldingTable = field(default_factory=dict)  # private-use characters of old systems, for names

    @property
    def catalogue(self) -> Catalogue:
        return self.in_force.catalogue

    @property
    def calendar(self) -> WorkCalendar:
        return self.in_force.calendar

    @property
    def settings(self) -> Settings:
        return self.in_force.settings

    @property
    def books(self) -> StoredBooks:
        """This window's side of the comparison with the platform."""
        own = f"{self.settings.region}-{self.settings.hall_code}-{self.settings.window_no}-"
        return StoredBooks(self.memory.database, own, self.memory.source)

    def today(self) -> date:
        return self.clock().date()

    def permit(self, by: Staff, right: Right, subject: str, second: Staff | None = None) -> None:
        """Raise RightsError unless the act is theirs; the denial is audited."""
        permit(self.memory, self.clock, by, right, subject, second)

    def case(self, connection: Connection, case_id: int) -> CaseRecord:
        """The case of that id. Raises CaseError when there is none."""
        record = self.memory.cases.get(connection, case_id)
        if record is None:
            raise CaseError(NO_CASE, case=case_id)
        return record

    def numbered_case(self, number: str) -> CaseRecord:
        """The case of that 办件编号. Raises CaseError when there is none."""
        with self.memory.read() as connection:
            return self.case_of(connection, number)

    def case_of(self, connection: Connection, number: str) -> CaseRecord:
        """The same, in a connection that is open."""
        record = self.memory.cases.find(connection, number)
        if record is None:
            raise CaseError(NO_CASE, case=number)
        return record

    def fresh_standing(self, item: Item) -> Standing:
        """How a draft of `item` would stand, before there is one."""
        return Standing(
            state=State.DRAFT,
            regime=self.regimes[item.intake_regime],
            acceptance_mode=item.acceptance_mode,
            case_class=item.case_class,
            extendable=item.statutory_extension is not None,
        )

    def regime(self, record: CaseRecord) -> Regime:
        return self.regimes[record.item.intake_regime]

    def standing(self, record: CaseRecord) -> Standing:
        """All that decides what may happen next to this case."""
        return Standing(
            state=record.state,
            regime=self.regime(record),
            acceptance_mode=record.item.acceptance_mode,
            case_class=record.item.case_class,
            extendable=record.item.statutory_extension is not None,
            corrections=record.corrections,
            extended=record.extended,
            open_deferrals=sum(slot.state == "deferred" for slot in record.slots.values()),
            held_from=record.held_from,
        )

    def state_words(self, case: CaseRecord | CaseLine) -> str:
        """The word for where a case stands: 不受理 and 不予受理 are one state with two grounds."""
        if case.state is State.NOT_ACCEPTED and case.ground:
            return self.regimes[case.item.intake_regime].ground(case.ground).outcome.words
        return STATE_WORDS[case.state]


def require_reason(reason: str) -> None:
    """Raise CaseError unless something is said."""
    if not reason.strip():
        raise CaseError(REASON_OWED)


def case_name(record: CaseRecord) -> str:
    """How errors and the audit call a case: its number, or the draft's own."""
    return record.number or f"draft:{record.case_id}"
