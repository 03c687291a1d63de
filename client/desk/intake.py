"""The decisions at the counter: take in, accept, ask for correction, not accept, withdraw.

Each is ONE transaction (state, number, paper record, outbox event, audit entry), on disk before anything is
printed: from there the promise stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType

from sqlalchemy import Connection

from client.desk.acceptance import acceptance_day, accepted, given_back, keep_slot
from client.desk.completeness import (
    SlotState,
    missing_materials,
    require_complete,
    require_people,
    require_situations,
    state_of,
)
from client.desk.counter import Counter, case_name, require_reason
from client.desk.drafting import material_of
from client.desk.lettering import issue
from client.desk.numbers import numbered, take_paper_number
from client.desk.staff import Staff
from client.desk.telling import tell
from client.desk.wording import PaperFrame, deferral_rules, deferred_lines, paper_facts
from client.errors import CaseError, Fault
from client.ports.papers import DefectLine, PaperKind
from client.rules import deadlines
from client.rules.case import Act, Actor, State, move
from client.rules.deadlines import DueDate
from client.rules.items import Material
from client.rules.regimes import Ground, MaterialsAfterNotice
from client.rules.rights import Right
from client.store import audit
from client.store.cases import CaseRecord
from client.store.papers import newest_number
from client.text import chinese, tr

NOTHING_WRONG = Fault(
    "CASE-211",
    tr("办件 {case} 没有需要补正的材料"),
    tr("材料已齐全，请受理；确有不符合要求的，请先在该材料上注明"),
)
EXPLANATION_OWED = Fault(
    "CASE-212", tr("办件 {case} 的不予受理须写明具体情况"), tr("请写明不予受理的具体情况（需要一次性告知的内容）")
)
COMPETENT_ORGAN_OWED = Fault(
    "CASE-213", tr("不属于本机关职权范围的，须写明有权机关"), tr("请写明申请人应当向哪个行政机关申请")
)

NO_PROBLEMS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act left behind, committed."""

    case_id: int
    number: str
    state: State
    paper_ids: tuple[int, ...] = ()


class Intake:
    """The lawful acts of the window on a gathered case."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def receive(self, case_id: int, by: Staff) -> Outcome:
        """F7 收件: the materials are taken in, the 申请材料接收凭证 is issued, the clock of the regime starts.

        Incomplete material is no obstacle: taking in is not accepting. Raises CaseError.
        """
        now = self._permitted(case_id, by)
        with self._counter.memory.begin() as connection:
            record = self._counter.case(connection, case_id)
            state = move(self._counter.standing(record), Act.RECEIVE, Actor.WINDOW).state
            require_people(case_name(record), record)
            record = self._received(connection, record, now)
            received_on = (record.received_at or now).date()
            record = replace(record, state=state, clock_due=self._notice_due(record, received_on))
            return self._conclude(connection, record, by, Act.RECEIVE, self._slip(record, now))

    def accept(self, case_id: int, by: Staff) -> Outcome:
        """F9 受理: a complete case is accepted (行政许可法 第三十二条第一款第五项 or the regime's own article).

        Raises CaseError naming every missing material and field; nothing is written then.
        """
        now = self._permitted(case_id, by)
        with self._counter.memory.begin() as connection:
            record = self._counter.case(connection, case_id)
            state = move(self._counter.standing(record), Act.ACCEPT, Actor.WINDOW).state
            require_complete(case_name(record), record)
            accepted_on = acceptance_day(record, now.date())
            record = self._received(connection, record, now)
            record, promised = accepted(self._counter, connection, record, state, accepted_on)
            kind = PaperKind.DEFERRAL_NOTICE if deferred_lines(record) else PaperKind.ACCEPTANCE_NOTICE
            frame = self._frame(connection, record, kind, Act.ACCEPT, now)
            if kind is PaperKind.DEFERRAL_NOTICE:
                frame = replace(frame, article=deferral_rules(record))
            if promised is not None and promised.forecast:
                frame = replace(frame, promised_is_forecast=True)
            return self._conclude(connection, record, by, Act.ACCEPT, frame)

    def ask_correction(self, case_id: int, by: Staff, problems: Mapping[str, str], *, keep_materials: bool) -> Outcome:
        """F10 一次性告知: one notice that lists everything missing or wrong, before acceptance, once.

        `problems` says what is wrong with a material (by key); every missing material is listed besides, whether
        named or not, for the law wants all of it told at once. `keep_materials`: they stay (then a slip is owed,
        行政许可法 第三十二条) or went back to the applicant, as they always do where the regime says so. Raises
        CaseError.
        """
        now = self._permitted(case_id, by)
        with self._counter.memory.begin() as connection:
            record = self._counter.case(connection, case_id)
            standing = move(self._counter.standing(record), Act.ASK_CORRECTION, Actor.WINDOW)
            require_people(case_name(record), record)
            require_situations(case_name(record), record)
            record = self._defective(connection, record, problems)
            defects = _defects(record, problems)
            by_clerk = self._counter.regime(record).materials_after_notice is MaterialsAfterNotice.BY_CLERK
            keeps = keep_materials and by_clerk
            owes_slip = keeps and record.state is State.DRAFT
            due = self._correction_due(record, now.date())
            record = replace(
                self._received(connection, record if keeps else given_back(self._counter, connection, record), now),
                state=standing.state,
                corrections=standing.corrections,
                clock_due=due.date if due else None,
            )
            frame = replace(
                self._frame(connection, record, PaperKind.CORRECTION_NOTICE, Act.ASK_CORRECTION, now),
                defects=defects,
                materials_kept=keeps,
                correction_due=due.date if due else None,
                correction_is_forecast=due is not None and due.forecast,
            )
            frames = (self._slip(record, now), frame) if owes_slip else (frame,)
            told = [defect.model_dump() for defect in defects]
            until = due.date.isoformat() if due else None
            return self._conclude(
                connection, record, by, Act.ASK_CORRECTION, *frames, defects=told, correction_due=until
            )

    def take_correction(self, case_id: int, by: Staff) -> Outcome:
        """Take in the correction, whole: everything the notice asked for is there. Raises CaseError."""
        now = self._permitted(case_id, by)
        with self._counter.memory.begin() as connection:
            record = self._counter.case(connection, case_id)
            state = move(self._counter.standing(record), Act.TAKE_CORRECTION, Actor.WINDOW).state
            require_complete(case_name(record), record)
            record = replace(
                record, state=state, corrected_on=now.date(), clock_due=self._notice_due(record, now.date())
            )
            notice = newest_number(connection, case_id, PaperKind.CORRECTION_NOTICE)
            slip = replace(self._slip(record, now), kind=PaperKind.CORRECTION_SLIP, refers_to=notice)
            return self._conclude(connection, record, by, Act.TAKE_CORRECTION, slip)

    def not_accept(
        self,
        case_id: int,
        by: Staff,
        ground: str,
        *,
        explanation: str = "",
        competent_organ: str | None = None,
        problems: Mapping[str, str] = NO_PROBLEMS,
    ) -> Outcome:
        """F11 不予受理 on one of the regime's grounds (its key), in writing; the originals go back. Raises CaseError.

        A ground that asks for it needs the competent organ, or all that must be completed: `problems` by material
        (as in `ask_correction`), and an explanation of the rest.
        """
        now = self._permitted(case_id, by)
        with self._counter.memory.begin() as connection:
            record = self._counter.case(connection, case_id)
            state = move(self._counter.standing(record), Act.NOT_ACCEPT, Actor.WINDOW, ground=ground).state
            require_people(case_name(record), record)
            chosen = self._counter.regime(record).ground(ground)
            if chosen.lists_defects:
                require_situations(case_name(record), record)
                record = self._defective(connection, record, problems)
            _require_reasons(record, chosen, explanation, competent_organ)
            record = self._received(connection, given_back(self._counter, connection, record), now)
            record = replace(record, state=state, ground=ground, clock_due=None)
            frame = replace(
                self._frame(connection, record, PaperKind.NON_ACCEPTANCE_NOTICE, Act.NOT_ACCEPT, now),
                ground=chosen,
                explanation=explanation,
                competent_organ=competent_organ,
                defects=_listed_defects(record, problems) if chosen.lists_defects else (),
                article=chosen.basis.citation,
            )
            return self._conclude(connection, record, by, Act.NOT_ACCEPT, frame, ground=ground, explanation=explanation)

    def withdraw(self, case_id: int, by: Staff, reason: str) -> Outcome:
        """Withdraw at the applicant's wish, before the decision; what was issued stays on the books."""
        now = self._permitted(case_id, by)
        require_reason(reason)
        with self._counter.memory.begin() as connection:
            record = self._counter.case(connection, case_id)
            state = move(self._counter.standing(record), Act.WITHDRAW, Actor.WINDOW).state
            record = replace(record, state=state, clock_due=None)
            return self._conclude(connection, record, by, Act.WITHDRAW, withdrawn_at=now.isoformat(), reason=reason)

    def _permitted(self, case_id: int, by: Staff) -> datetime:
        self._counter.permit(by, Right.INTAKE, f"case:{case_id}")
        return self._counter.clock()

    def _received(self, connection: Connection, record: CaseRecord, now: datetime) -> CaseRecord:
        """The case with its number and the time its materials came in."""
        return numbered(self._counter, connection, record, now)

    def _notice_due(self, record: CaseRecord, start: date) -> date | None:
        """Last day to decide about acceptance; watched even where silence is not 视为受理."""
        due = deadlines.notice_due(start, self._counter.regime(record).notice_clock, self._counter.calendar)
        return due.date if due else None

    def _correction_due(self, record: CaseRecord, told_on: date) -> DueDate | None:
        """Last day to correct; None where neither law nor item sets one."""
        days = record.item.correction_days
        return deadlines.correction_due(told_on, days, self._counter.calendar) if days else None

    def _defective(self, connection: Connection, record: CaseRecord, problems: Mapping[str, str]) -> CaseRecord:
        """Mark the materials something is wrong with."""
        slots = dict(record.slots)
        for key in problems:
            material_of(record.item, key)
            if key in slots and slots[key].state != SlotState.MISSING:
                wrong = replace(slots[key], state=SlotState.DEFECTIVE, supply_due=None)
                slots[key] = keep_slot(self._counter, connection, record, wrong)
        return replace(record, slots=slots)

    def _slip(self, record: CaseRecord, now: datetime) -> PaperFrame:
        article = self._counter.regime(record).articles["receive"].citation
        return PaperFrame(PaperKind.RECEIVING_SLIP, now, article=article)

    def _frame(
        self, connection: Connection, record: CaseRecord, kind: PaperKind, act: Act, now: datetime
    ) -> PaperFrame:
        number = take_paper_number(self._counter, connection, record, kind, now)
        articles = {str(key): basis for key, basis in self._counter.regime(record).articles.items()}
        return PaperFrame(kind, now, number=number, article=articles[act].citation)

    def _conclude(
        self, connection: Connection, record: CaseRecord, by: Staff, act: Act, *frames: PaperFrame, **told: object
    ) -> Outcome:
        """Write the act: case, papers, event, audit. Everything in the caller's transaction."""
        counter, memory = self._counter, self._counter.memory
        memory.cases.save(connection, record)
        regime = counter.regime(record)
        paper_ids = tuple(
            issue(counter, connection, record.case_id, paper_facts(record, frame, by, counter.settings, regime), by)
            for frame in frames
        )
        now = counter.clock()
        number = record.number or ""
        tell(counter, connection, record, by, act, more=told)
        audit.add(connection, now, by.staff_no, act, number, "done", {"papers": len(paper_ids)})
        return Outcome(record.case_id, number, record.state, paper_ids)


def _defects(record: CaseRecord, problems: Mapping[str, str]) -> tuple[DefectLine, ...]:
    lines = tuple(
        DefectLine(
            material=material.name,
            problem=problems.get(material.key) or _usual_problem(record, material),
            requirement=requirement_words(material),
        )
        for material in missing_materials(record)
    )
    if not lines:
        raise CaseError(NOTHING_WRONG, case=case_name(record))
    return lines


def _usual_problem(record: CaseRecord, material: Material) -> str:
    return chinese("不符合要求") if state_of(record, material.key) is SlotState.DEFECTIVE else chinese("未提交")


def _listed_defects(record: CaseRecord, problems: Mapping[str, str]) -> tuple[DefectLine, ...]:
    return _defects(record, problems) if missing_materials(record) else ()


def requirement_words(material: Material) -> str:
    """What a notice asks for a material: its 受理标准, or else its copies."""
    if material.requirement:
        return material.requirement
    parts = [
        chinese("{word}{count}份").format(word=word, count=count)
        for count, word in ((material.copies_original, chinese("原件")), (material.copies_photocopy, chinese("复印件")))
        if count
    ]
    return chinese("请提交") + "、".join(parts or [chinese("电子文件")])


def _require_reasons(record: CaseRecord, ground: Ground, explanation: str, competent_organ: str | None) -> None:
    if ground.names_competent_organ and not competent_organ:
        raise CaseError(COMPETENT_ORGAN_OWED)
    if ground.lists_defects and not (explanation or missing_materials(record)):
        raise CaseError(EXPLANATION_OWED, case=case_name(record))
