"""The sheets on the counter: which papers are to be printed, which did not come out, and what is done about each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from client.desk.counter import Counter
from client.desk.paperwork import NO_PAPER
from client.desk.staff import Staff
from client.errors import CaseError, Fault
from client.ports.papers import PAPER_WORDS, PaperKind
from client.ports.printer import PRINT_WORDS, PrintState
from client.retold import retold
from client.rules.rights import Right
from client.store import audit, papers, prints
from client.store.papers import PaperState
from client.store.prints import SETTLED, PrintRecord, UnprintedRecord
from client.text import marked, tr

__all__ = ["NOT_PRINTED", "PrintState", "Prints", "Unprinted", "print_words"]

NOT_PRINTED = tr("未打印")
DID_NOT_COME_OUT = marked("经查看没有打出")

NOT_FAILED = Fault(
    "PAPER-221",
    tr("这一份没有停在“没有打出”"),
    tr("正在打印的请稍候；已经打出、需要再打的，请用补打（文书上注明次数）"),
)
NOT_IN_DOUBT = Fault("PAPER-222", tr("这一份的打印结果并不存疑"), tr("请刷新后再看；需要再打的，请用补打"))


@dataclass(frozen=True, slots=True)
class Unprinted:
    """A paper whose newest print is not out. `state` None: nobody asked for it yet."""

    paper_id: int
    reprint_no: int
    case_id: int
    case_number: str
    kind: PaperKind
    words: str
    paper_number: str | None
    issued_at: datetime
    rendered: bool
    state: PrintState | None
    state_words: str
    reason: str


class Prints:
    """Use cases of printing; each is one transaction with its audit entry."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def ask(self, paper_ids: Sequence[int], by: Staff, *, sealed_first: bool = False) -> int:
        """Print each of these papers for the first time, as soon as its page is there; returns how many are new.

        Harmless when repeated: the first print is never made twice. `sealed_first`: but those that want a seal.
        """
        self._counter.permit(by, Right.INTAKE, "print")
        now = self._counter.clock()
        with self._counter.memory.begin() as connection:
            wanted = [each for each in paper_ids if not (sealed_first and papers.wants_seal(connection, each))]
            asked = [paper_id for paper_id in wanted if prints.ask(connection, paper_id, 0, now)]
            for paper_id in asked:
                self._note(connection, by, "print", paper_id, 0)
        return len(asked)

    def again(self, paper_id: int, reprint_no: int, by: Staff) -> None:
        """Send a print that failed or was cancelled once more: the same sheet, which nobody has. Raises CaseError."""
        self._counter.permit(by, Right.INTAKE, "print")
        with self._counter.memory.begin() as connection:
            if self._print(connection, paper_id, reprint_no).state not in SETTLED:
                raise CaseError(NOT_FAILED)
            prints.ask_again(connection, paper_id, reprint_no, self._counter.clock())
            self._note(connection, by, "print_again", paper_id, reprint_no)

    def came_out(self, paper_id: int, reprint_no: int, by: Staff) -> None:
        """A person looked: the sheet in doubt is there. Raises CaseError."""
        self._counter.permit(by, Right.INTAKE, "print")
        with self._counter.memory.begin() as connection:
            self._require_doubt(connection, paper_id, reprint_no)
            prints.settle(connection, paper_id, reprint_no, PrintState.DONE, self._counter.clock())
            self._note(connection, by, "print_came_out", paper_id, reprint_no)

    def did_not_come_out(self, paper_id: int, reprint_no: int, by: Staff) -> int:
        """A person looked: it is not there. A 补打 with the same number is printed; returns its count.

        It bears the mark, for the sheet may yet be found: two alike must never be in the world. Raises CaseError.
        """
        self._counter.permit(by, Right.REPRINT, f"paper:{paper_id}")
        now = self._counter.clock()
        with self._counter.memory.begin() as connection:
            self._require_doubt(connection, paper_id, reprint_no)
            prints.settle(connection, paper_id, reprint_no, PrintState.FAILED, now, DID_NOT_COME_OUT)
            count = papers.ask_reprint(connection, paper_id, DID_NOT_COME_OUT, now)
            prints.ask(connection, paper_id, count, now)
            self._note(connection, by, "print_lost", paper_id, reprint_no)
        return count

    def waiting(self, limit: int = 200) -> tuple[Unprinted, ...]:
        """The print-later list, oldest first: papers in force whose newest print is not out."""
        zone = self._counter.clock().tzinfo
        with self._counter.memory.read() as connection:
            found = prints.unprinted(connection, limit)
        return tuple(_unprinted(record, record.issued_at.astimezone(zone)) for record in found)

    def _require_doubt(self, connection: Connection, paper_id: int, reprint_no: int) -> None:
        if self._print(connection, paper_id, reprint_no).state is not PrintState.UNKNOWN:
            raise CaseError(NOT_IN_DOUBT)

    def _print(self, connection: Connection, paper_id: int, reprint_no: int) -> PrintRecord:
        paper = papers.get(connection, paper_id)
        found = prints.get(connection, paper_id, reprint_no)
        if paper is None or paper.state is PaperState.VOIDED or found is None:
            raise CaseError(NO_PAPER)
        return found

    def _note(self, connection: Connection, by: Staff, act: str, paper_id: int, reprint_no: int) -> None:
        detail = {"reprint_no": reprint_no}
        audit.add(connection, self._counter.clock(), by.staff_no, act, f"paper:{paper_id}", "done", detail)


def print_words(state: PrintState | None) -> str:
    """The word for where a print stands."""
    return NOT_PRINTED if state is None else PRINT_WORDS[state]


def _unprinted(record: UnprintedRecord, issued_at: datetime) -> Unprinted:
    newest = record.print
    return Unprinted(
        paper_id=newest.paper_id,
        reprint_no=newest.reprint_no,
        case_id=record.case_id,
        case_number=record.case_number,
        kind=record.kind,
        words=PAPER_WORDS[record.kind],
        paper_number=record.paper_number,
        issued_at=issued_at,
        rendered=newest.rendered,
        state=newest.state,
        state_words=print_words(newest.state),
        reason=retold(newest.reason),
    )
