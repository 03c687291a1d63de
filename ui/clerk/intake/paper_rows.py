"""The papers of a case, a row each: what it is, whether it may be handed out, and what became of its print."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from client.desk.sheet import PaperLine, PaperState, PrintState
from client.retold import retold
from client.text import bracketed, tr
from ui.clerk.case_words import PRINT_TONES
from ui.widgets.chips import Chip, Tone
from ui.widgets.elided import Elided

_STATE_TONES = {PaperState.READY: Tone.GOOD, PaperState.AWAITING_SEAL: Tone.WARN}
UNDERWAY = frozenset({PrintState.ASKED, PrintState.SENDING, PrintState.QUEUED, PrintState.PRINTING, PrintState.STOPPED})


def is_moving(paper: PaperLine) -> bool:
    """Whether the machines are still at it: it is looked at again."""
    return paper.state is PaperState.UNRENDERED or not paper.rendered or paper.print_state in UNDERWAY


def print_said(paper: PaperLine) -> str:
    """没有打出（缺纸）; a 补打 says which."""
    count = tr("补打第 {count} 次 ").format(count=paper.reprints) if paper.reprints else ""
    return count + paper.print_words + bracketed(retold(paper.print_reason))


class PaperRow(QFrame):
    """One paper; it takes the focus, so that a verb knows which is meant."""

    chosen = Signal(int)
    stepped = Signal(int)

    def __init__(self, paper: PaperLine) -> None:
        super().__init__()
        self.paper = paper
        self.setProperty("look", "choice")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = Elided(paper.words, "strong")
        self._number = Elided("", "small")
        self._state, self._print = Chip(), Chip()
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self._title)
        said.addWidget(self._number)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        row.setSpacing(8)
        row.addLayout(said, 1)
        for chip in (self._state, self._print):
            row.addWidget(chip, alignment=Qt.AlignmentFlag.AlignVCenter)
        self.show_paper(paper)

    def show_paper(self, paper: PaperLine) -> None:
        self.paper = paper
        number = paper.number or tr("凭办件编号查询")
        if paper.central_number:
            number += tr("（正式编号{number}）").format(number=paper.central_number)
        self._number.setText(f"{number} · {paper.issued_at:%m-%d %H:%M}")
        self._state.say(paper.state_words, _STATE_TONES.get(paper.state, Tone.PLAIN), shape=True)
        self._print.say(print_said(paper), PRINT_TONES.get(paper.print_state, Tone.BRAND), shape=True)
        self.setAccessibleName(f"{paper.words} {number} {paper.state_words} {print_said(paper)}")

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        self.chosen.emit(self.paper.paper_id)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)


class PaperRows(QWidget):
    """Up and Down go from one to the next; `chosen` when another one has the keyboard."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[int, PaperRow] = {}
        self._chosen = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    @property
    def papers(self) -> tuple[PaperLine, ...]:
        return tuple(row.paper for row in self._rows.values())

    @property
    def rows(self) -> tuple[PaperRow, ...]:
        return tuple(self._rows.values())

    def show_papers(self, papers: Sequence[PaperLine]) -> None:
        """The same rows with other words where they are the same papers, so that the focus stays."""
        if [paper.paper_id for paper in papers] != list(self._rows):
            for row in self._rows.values():
                self._column.removeWidget(row)
                row.deleteLater()
            self._rows = {paper.paper_id: self._row(paper) for paper in papers}
        for paper in papers:
            self._rows[paper.paper_id].show_paper(paper)

    def meant(self, fits: Callable[[PaperLine], bool]) -> PaperLine | None:
        """The chosen paper if it fits, else the first that does."""
        fitting = [paper for paper in self.papers if fits(paper)]
        return next((paper for paper in fitting if paper.paper_id == self._chosen), next(iter(fitting), None))

    @property
    def looked_at(self) -> PaperLine | None:
        """The chosen paper; before anybody chose one, the newest that was not voided."""
        if self._chosen in self._rows:
            return self._rows[self._chosen].paper
        in_force = [paper for paper in self.papers if paper.state is not PaperState.VOIDED]
        return next(reversed(in_force), None)

    def _row(self, paper: PaperLine) -> PaperRow:
        row = PaperRow(paper)
        row.chosen.connect(self._choose)
        row.stepped.connect(self._step)
        self._column.addWidget(row)
        return row

    def _choose(self, paper_id: int) -> None:
        if paper_id != self._chosen:
            self._chosen = paper_id
            self.chosen.emit()

    def _step(self, by: int) -> None:
        ids = list(self._rows)
        place = ids.index(self._chosen) + by
        if 0 <= place < len(ids):
            self._rows[ids[place]].setFocus(Qt.FocusReason.TabFocusReason)
