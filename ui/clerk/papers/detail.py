"""The chosen paper under its page: where it stands, and what can be done about it, each by its key."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from client.desk import paper_saving
from client.desk.paper_finding import PaperFound
from client.desk.sheet import CaseSheet, PaperLine
from client.text import apart, tr
from ui.clerk.intake.ask import Ask
from ui.clerk.intake.paper_rows import PaperRows
from ui.clerk.intake.paper_verbs import PaperVerbs
from ui.clerk.intake.work import CaseWork
from ui.clerk.second import SecondPerson
from ui.clerk.voiding import Voiding, may_void
from ui.seat import Seat
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, words


class PaperDetail(Panel):
    """`prove` asks whether it is genuine; `let_go` when the keyboard may go back to the list."""

    prove = Signal()
    let_go = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__(tr("所选文书"))
        self.title.hide()
        self._seat = seat
        self._found: PaperFound | None = None
        self.work = CaseWork(seat, self)
        self.papers = PaperRows()  # which paper the verbs mean; nobody sees it twice
        self.more = words("", "small", wrap=True, selectable=True)
        self.ask = Ask()
        self.second = SecondPerson(seat)
        self.verbs = PaperVerbs(seat, self.work, self.papers, self.ask)
        self._voiding = Voiding(seat, self.work, self.second, self._voided)
        keys = seat.keys
        self._void = KeyButton(tr("作废并重出"), keys["void"], self._ask_void, look="verb")
        self._case = KeyButton(tr("打开办件"), keys["open_case"], self._open_case, look="verb")
        self._save = KeyButton(tr("另存 PDF"), keys["save_paper"], self._ask_path, look="verb")
        self._prove = KeyButton(tr("核验"), keys["prove_paper"], self.prove.emit, look="verb")
        for button in (self._void, self._prove, self._save, self._case):
            self.verbs.add(button)
        for widget in (self.more, self.ask, self.second, self.verbs):
            self.body.addWidget(widget)
        self.work.changed.connect(self._see)
        self.ask.ended.connect(self.let_go)
        self.second.ended.connect(partial(self.verbs.setVisible, True))
        self.show_paper(None)

    def show_paper(self, found: PaperFound | None) -> None:
        """Another paper is chosen: its words at once, what can be done when its case is read."""
        is_same = found is not None and self._found is not None and found.paper_id == self._found.paper_id
        moved = found != self._found
        self._found = found
        self.more.setText("" if found is None else told(found))
        self.setVisible(found is not None)
        if not is_same:
            self.close_forms()
            self.verbs.hide()
            self.papers.show_papers([])
        if found is None:
            self.work.put_away()
        elif not is_same or moved:
            self.work.load(found.case_id)

    @property
    def asks(self) -> bool:
        """Whether something is asked for here."""
        return not (self.ask.isHidden() and self.second.isHidden())

    def close_forms(self) -> None:
        self.ask.hide()
        self.second.hide()

    def _see(self, sheet: CaseSheet | None) -> None:
        found = self._found
        lines = [] if sheet is None or found is None else [p for p in sheet.papers if p.paper_id == found.paper_id]
        if sheet is None or not lines:
            return
        self.papers.show_papers(lines)
        self.verbs.offer(sheet)
        self._void.setVisible(may_void(lines[0]))
        for button in (self._save, self._prove):
            button.setVisible(lines[0].rendered)
        self.verbs.show()

    @property
    def _line(self) -> PaperLine | None:
        return next(iter(self.papers.papers), None)

    def _ask_void(self) -> None:
        if (paper := self._line) is not None:
            self.ask.hide()
            self.verbs.hide()  # the fields need their room
            self._voiding.ask(paper)

    def _voided(self, said: str) -> None:
        self.second.hide()
        self._seat.notices.good(said)
        self._seat.bell.papers_asked.emit()
        self.let_go.emit()

    def _open_case(self) -> None:
        if self._found is not None:
            self._seat.bell.go.emit("intake", {"case_id": self._found.case_id})

    def _ask_path(self) -> None:
        found = self._found
        if found is not None:
            self.second.hide()
            usual = str(paper_saving.usual_path(found, Path.home()))
            self.ask.ask(tr("保存到"), tr("保存"), [usual], lambda path: self._save_to(found, path))

    def _save_to(self, found: PaperFound, path: str) -> None:
        seat, counter, by, target = self._seat, self._seat.house.counter, self._seat.acting(), Path(path.strip('"'))
        if by is None or not path:
            return

        def saved(target: Path) -> None:
            seat.notices.good(tr("已另存文书，内有个人信息，请妥善保管"), str(target))
            seat.narrator.tell("paper_saved", paper=found.paper_id)

        def noted(_none: None) -> None:
            words = tr("正在另存文书")
            work = partial(paper_saving.write, counter, found.paper_id, target)
            seat.tasks.run(seat.lanes.files, work, saved, owner=self, words=words)

        note = partial(paper_saving.note, counter, found.paper_id, by, target)
        seat.tasks.run(seat.lanes.store, note, noted, owner=self)


def told(found: PaperFound) -> str:
    """What the list has no room for."""
    central = tr("正式编号{number}").format(number=found.central_number) if found.central_number else ""
    void = tr("作废原因：{reason}").format(reason=found.void_reason) if found.void_reason else ""
    parts = (found.case_number, found.applicant_name, central, found.print_said if found.print_reason else "", void)
    return apart(filter(None, parts))
