"""Whether a paper is genuine, in the place of its page: the chosen one, or one whose QR code or file is brought."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal

from client.desk.paper_finding import PaperFound
from client.desk.paperwork import Paperwork
from client.ports.statements import CODE_BEGINS
from client.text import tr
from ui.clerk.seals.asked import Asked, asked_of_code, asked_of_content, asked_of_file, path_in
from ui.clerk.seals.verdict_view import VerdictView
from ui.seat import Seat
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel


class Proof(Panel):
    """The verdict beside what this window's own records say; asked without a network, away from here."""

    leave = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__(tr("核验结果"))
        self._seat = seat
        self.verdict = VerdictView()
        self.header.addStretch(1)
        self.header.addWidget(KeyButton(tr("返回"), seat.keys["dismiss"], self.leave.emit, look="quiet", heard=False))
        self.body.addWidget(self.verdict, 1)

    def prove_paper(self, paper: PaperFound) -> None:
        house = self._seat.house

        def ask() -> Asked:
            content = Paperwork(house.counter).page(paper.paper_id, paper.reprints)
            return asked_of_content(content, paper.name, house.counter, house.seals)

        self._ask(ask, lambda _found: None)

    def prove(self, what: str, known: Callable[[str, int | None], object]) -> None:
        """The text of a QR code, or the name of a file.

        `known` hears under which number the paper is looked for, and its id where it is one of this window.
        """
        house = self._seat.house
        asked = partial(asked_of_code, what) if what.startswith(CODE_BEGINS) else partial(asked_of_file, path_in(what))

        def found(judged: Asked) -> None:
            if judged.paper is not None:
                statement = judged.paper.statement
                known(statement.paper_number or statement.case_number, judged.paper_id)

        self._ask(partial(asked, house.counter, house.seals), found)

    def _ask(self, ask: Callable[[], Asked], then: Callable[[Asked], object]) -> None:
        self.verdict.wait()
        seat = self._seat

        def judged(found: Asked) -> None:
            self.verdict.show_found(found, seat.house.counter.clock().tzinfo)
            then(found)

        seat.tasks.run(seat.lanes.files, ask, judged, self.verdict.refuse, owner=self, words=tr("正在核验"))
