"""作废并重出: a paper that has not left the window is voided and issued anew, by two people and with a reason."""

from collections.abc import Callable

from client.desk.paperwork import NEVER_LEFT, Paperwork
from client.desk.sheet import PaperLine
from client.desk.staff import Staff
from client.errors import DeskError
from client.text import tr
from ui.clerk.intake.work import CaseWork
from ui.clerk.second import Seconded, SecondPerson
from ui.seat import Seat


def may_void(paper: PaperLine) -> bool:
    return paper.state in NEVER_LEFT


class Voiding:
    """`ask` has the fields of a second person shown; `voided` hears that it is done."""

    def __init__(self, seat: Seat, work: CaseWork, second: SecondPerson, voided: Callable[[str], object]) -> None:
        self._seat, self._work, self._second, self._voided = seat, work, second, voided

    def ask(self, paper: PaperLine) -> None:
        title = tr("作废《{paper}》{number}并以新编号重出，须双人复核").format(
            paper=paper.words, number=paper.number or ""
        )
        self._second.ask(title, tr("作废", "key"), lambda given: self._void(paper, given))

    def refused(self, error: DeskError) -> None:
        """It may be tried again."""
        self._seat.notices.error(error)
        self._second.refused()

    def _void(self, paper: PaperLine, given: Seconded) -> None:
        counter, roster = self._seat.house.counter, self._seat.house.roster

        def act(_case_id: int, by: Staff) -> int:
            second = roster.sign_in(given.staff_no, given.pin)
            return Paperwork(counter).replace(paper.paper_id, by, second, given.reason)

        told = tr("文书已作废，新的一份正在生成")
        self._work.write(act, lambda _new: self._voided(told), self.refused)
