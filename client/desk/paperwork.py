"""What happens to a paper after its act: the wet seal, the 补打, the voiding of one that never left the window."""

from collections.abc import Sequence

from sqlalchemy import Connection

from client.desk.counter import Counter, case_name, require_reason
from client.desk.lettering import issue
from client.desk.numbers import take_paper_number, void_numbers
from client.desk.staff import Staff
from client.desk.wording import PaperFrame, paper_facts
from client.errors import CaseError, Fault
from client.ports.papers import PaperFacts, PaperKind
from client.rules.rights import Right
from client.store import audit, papers, prints, seals
from client.store.cases import CaseRecord
from client.store.papers import PaperRecord, PaperState
from client.text import tr

NEVER_LEFT = frozenset({PaperState.UNRENDERED, PaperState.AWAITING_SEAL})

NO_PAPER = Fault("PAPER-201", tr("没有找到这份文书"), tr("请在办件中重新选择文书"))
NOT_RENDERED = Fault("PAPER-202", tr("文书还没有生成"), tr("请稍候再试；一直不生成时请查看设备和磁盘状态"))
NO_SEAL_OWED = Fault("PAPER-203", tr("这份文书不在待用印状态"), tr("已用印或者无须用印，请核对用印登记簿"))
IN_HAND = Fault(
    "PAPER-204",
    tr("已交付的文书不能作废"),
    tr("文书已在申请人手中：由申请人撤回申请，或者由机关依法更正、撤销并另发文书"),
)
VOIDED = Fault(
    "PAPER-347",
    tr("文书 {number} 已作废，不能补打，也不能再次作废"),
    tr("请补打代替它的文书；作废的留作备查"),
)
SLIP_ISSUED = Fault("PAPER-207", tr("办件 {case} 不能再出具接收凭证"), tr("已出具过的请补打；草稿请先收件或受理"))


class Paperwork:
    """Use cases on papers; each is one transaction."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def of_case(self, record: CaseRecord) -> Sequence[PaperRecord]:
        with self._counter.memory.read() as connection:
            return papers.of_case(connection, record.case_id)

    def page(self, paper_id: int, reprint_no: int = 0) -> bytes:
        """The PDF of a print, authenticated. Raises CaseError while it is not rendered, StoreError when damaged."""
        with self._counter.memory.read() as connection:
            name = papers.print_name(connection, paper_id, reprint_no)
        if name is None:
            raise CaseError(NOT_RENDERED)
        return self._counter.memory.files.get(name)

    def apply_wet_seal(self, paper_id: int, by: Staff, seal: str) -> None:
        """Enter a wet seal in the 用印登记簿: the paper may now be handed out (domain: no seal, no notice)."""
        self._counter.permit(by, Right.APPLY_SEAL, f"paper:{paper_id}")
        with self._counter.memory.begin() as connection:
            paper = papers.get(connection, paper_id)
            if paper is None:
                raise CaseError(NO_PAPER)
            if not seals.enter(connection, paper_id, seal, by.staff_no, self._counter.clock()):
                raise CaseError(NO_SEAL_OWED)
            self._note(connection, by, "apply_seal", paper, {"seal": seal})

    def issue_slip(self, case_id: int, by: Staff) -> int:
        """A 申请材料接收凭证 for the applicant while the notice of an accepted case waits for its seal; its id.

        Without a seal there is no notice to hand out. Raises CaseError where a slip was issued already.
        """
        counter = self._counter
        counter.permit(by, Right.INTAKE, f"case:{case_id}")
        with counter.memory.begin() as connection:
            record = counter.case(connection, case_id)
            known = papers.of_case(connection, case_id)
            if record.number is None or any(paper.kind is PaperKind.RECEIVING_SLIP for paper in known):
                raise CaseError(SLIP_ISSUED, case=case_name(record))
            regime = counter.regime(record)
            frame = PaperFrame(PaperKind.RECEIVING_SLIP, counter.clock(), article=regime.articles["receive"].citation)
            slip = issue(counter, connection, case_id, paper_facts(record, frame, by, counter.settings, regime), by)
            audit.add(connection, counter.clock(), by.staff_no, "issue_slip", case_name(record), "done", {})
        return slip

    def reprint(self, paper_id: int, by: Staff, reason: str, *, to_printer: bool = False) -> int:
        """Make a 补打 with the same number, marked with its count; returns that count. The printer gets it if told."""
        self._counter.permit(by, Right.REPRINT, f"paper:{paper_id}")
        require_reason(reason)
        with self._counter.memory.begin() as connection:
            paper = _in_force(connection, paper_id)
            count = papers.ask_reprint(connection, paper_id, reason, self._counter.clock())
            if to_printer:
                prints.ask(connection, paper_id, count, self._counter.clock())
            self._note(connection, by, "reprint", paper, {"reason": reason, "count": count})
        return count

    def replace(self, paper_id: int, by: Staff, second: Staff | None, reason: str) -> int:
        """Void a paper that has not left the window, and issue it anew under the next number; returns its id.

        Two people and a reason; the old number stays on the books as voided. A paper that may be in the
        applicant's hand is never voided. Raises CaseError, RightsError.
        """
        self._counter.permit(by, Right.VOID, f"paper:{paper_id}", second)
        require_reason(reason)
        now = self._counter.clock()
        with self._counter.memory.begin() as connection:
            paper = _in_force(connection, paper_id)
            if paper.state not in NEVER_LEFT:
                raise CaseError(IN_HAND)
            record = self._counter.case(connection, paper.case_id)
            papers.void(connection, paper_id, reason)
            void_numbers(connection, paper, reason)
            number = take_paper_number(self._counter, connection, record, paper.kind, now)
            facts = papers.facts(connection, paper_id)
            fresh = PaperFacts.model_validate({**facts.model_dump(), "paper_number": number, "issued_at": now})
            new_id = issue(self._counter, connection, paper.case_id, fresh, by)
            if paper.sealed_name:  # before it is rendered, the platform has not heard of it
                papers.announce_void(
                    connection,
                    paper,
                    case_number=record.number or "",
                    above=record.number_above or "",
                    case_key=record.key,
                    source=self._counter.memory.source,
                    at=now,
                    reason=reason,
                )
            detail = {"reason": reason, "second": second.staff_no if second else "", "by": new_id}
            self._note(connection, by, "void_paper", paper, detail)
        return new_id

    def _note(self, connection: Connection, by: Staff, act: str, paper: PaperRecord, detail: dict[str, object]) -> None:
        subject = paper.number or f"paper:{paper.paper_id}"
        audit.add(connection, self._counter.clock(), by.staff_no, act, subject, "done", detail)


def _in_force(connection: Connection, paper_id: int) -> PaperRecord:
    """Raises CaseError for no such paper, and for one that was voided."""
    paper = papers.get(connection, paper_id)
    if paper is None:
        raise CaseError(NO_PAPER)
    if paper.state is PaperState.VOIDED:
        raise CaseError(VOIDED, number=paper.number or paper.paper_id)
    return paper
