"""The right of the page: the pages of the chosen material; once a case is decided, its papers beside it."""

from PySide6.QtWidgets import QStackedWidget

from client.desk.sheet import PaperLine
from client.text import tr
from ui.clerk.intake.aside import Aside
from ui.clerk.intake.done import DonePanel
from ui.clerk.intake.middle import DONE, ISSUING, Middle
from ui.clerk.intake.pages import PagesPanel
from ui.clerk.issuing.panel import IssuingPanel
from ui.clerk.paper_view import PaperView
from ui.seat import Seat


class RightColumn(QStackedWidget):
    """Follows what stands in the middle. The paper is drawn once its page is there, and anew when that changes."""

    def __init__(self, seat: Seat, middle: Middle, pages: PagesPanel) -> None:
        super().__init__()
        self._seat = seat
        self._middle = middle
        self.pages = pages
        self.paper: PaperView | None = None
        self.draft: PaperView | None = None  # of a paper that is to be issued
        self._drawn: object = None
        self.addWidget(pages)
        middle.made.connect(self._made)
        middle.moved.connect(self._follow)

    def _made(self, aside: Aside) -> None:
        if isinstance(aside, DonePanel):
            self.paper = PaperView(self._seat, leaves=False, narrow=True)
            self.addWidget(self.paper)
            aside.looked_at.connect(self._look_at)
        elif isinstance(aside, IssuingPanel):
            self.draft = aside.paper
            self.addWidget(aside.paper)

    def _follow(self) -> None:
        paper = {DONE: self.paper, ISSUING: self.draft}.get(self._middle.view)
        self.setCurrentWidget(self.pages if paper is None else paper)

    def _look_at(self, line: PaperLine | None) -> None:
        why = None if line is None else self._seat.hands.paperboy.why_undrawn(line.paper_id, line.reprints)
        look = None if line is None else (line.paper_id, line.state, line.reprints, line.rendered, why)
        if self.paper is None or look == self._drawn:
            return
        self._drawn = look
        if line is None:
            self.paper.say(tr("还没有文书"))
        elif line.rendered:
            self.paper.show_paper(line)
        elif why is not None:
            self.paper.say_error(why)
        else:
            self.paper.say(tr("文书正在生成"))
