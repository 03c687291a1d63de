"""What can be done about the papers on the counter, each by its key, and only while there is reason for it."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtWidgets import QWidget

from client.desk.counter import Counter
from client.desk.paperwork import Paperwork
from client.desk.prints import Prints
from client.desk.sheet import CaseSheet, PaperKind, PaperLine, PaperState, PrintState
from client.desk.staff import Staff
from client.rules.items import IntakeRegime
from client.text import chinese, tr
from ui.clerk.intake.ask import Ask
from ui.clerk.intake.paper_rows import PaperRows
from ui.clerk.intake.work import CaseWork
from ui.seat import Seat
from ui.widgets.flow import Flow
from ui.widgets.keys import KeyButton

SEALS: Mapping[IntakeRegime, str] = MappingProxyType(
    {
        IntakeRegime.LICENSING_LAW: chinese("行政许可专用章"),
        IntakeRegime.REAL_ESTATE: chinese("不动产登记专用章"),
        IntakeRegime.BUSINESS_REGISTRATION: chinese("登记专用章"),
        IntakeRegime.PUBLIC_SERVICE: chinese("业务专用章"),
    }
)
USUAL_REASONS = (
    chinese("申请人要求补打"),
    chinese("申请人遗失"),
    chinese("打印不清或缺损"),
    chinese("纸张污损"),
    chinese("归档留存"),
    chinese("送达用"),
)
_LOST = frozenset({PrintState.FAILED, PrintState.CANCELLED})


def wants_seal(paper: PaperLine) -> bool:
    return paper.state is PaperState.AWAITING_SEAL


def is_lost(paper: PaperLine) -> bool:
    """Known not to be out, or never asked for."""
    return paper.print_state in _LOST or (paper.print_state is None and not paper.reprints and _in_force(paper))


def is_in_doubt(paper: PaperLine) -> bool:
    return paper.print_state is PrintState.UNKNOWN


def is_out(paper: PaperLine) -> bool:
    return paper.print_state is PrintState.DONE and _in_force(paper)


def is_unsealed_notice(paper: PaperLine) -> bool:
    return paper.kind in {PaperKind.ACCEPTANCE_NOTICE, PaperKind.DEFERRAL_NOTICE} and wants_seal(paper)


def _print_word(lost: PaperLine | None) -> str:
    """One that a key was to seal first comes out for the wet seal."""
    if lost is None or lost.print_state is not None:
        return tr("再打")
    return tr("打印后盖章") if wants_seal(lost) else tr("打印")


def _in_force(paper: PaperLine) -> bool:
    return paper.state is not PaperState.VOIDED


class PaperVerbs(QWidget):
    """`offer` shows those that have something to be done to."""

    def __init__(self, seat: Seat, work: CaseWork, rows: PaperRows, ask: Ask) -> None:
        super().__init__()
        self._seat = seat
        self._work = work
        self._rows = rows
        self._ask = ask
        self._sheet: CaseSheet | None = None
        flow = self._flow = Flow()
        self.setLayout(flow)
        self.buttons: dict[str, KeyButton] = {}
        verbs: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("seal_by_key", tr("用印"), self._seal_by_key),
            ("seal", tr("用印登记"), self._seal),
            ("print_again", tr("再打"), self._again),
            ("came_out", tr("打出来了"), partial(self._settle, came_out=True)),
            ("not_out", tr("没有打出，补打"), partial(self._settle, came_out=False)),
            ("issue_slip", tr("先出接收凭证"), self._slip),
            ("reprint", tr("补打"), self._reprint),
        )
        for act, text, do in verbs:
            button = self.buttons[act] = KeyButton(text, seat.keys[act], do, look="verb")
            flow.add(button)

    def add(self, button: KeyButton) -> None:
        """A verb of whoever else stands here, after these."""
        self._flow.add(button)

    def offer(self, sheet: CaseSheet) -> None:
        self._sheet = sheet
        meant = self._rows.meant
        lost = meant(is_lost)
        shown = {
            "seal_by_key": meant(wants_seal) if self._seat.hands.keys is not None else None,
            "seal": meant(wants_seal),
            "print_again": lost,
            "came_out": meant(is_in_doubt),
            "not_out": meant(is_in_doubt),
            "issue_slip": None if self._has_slip() else meant(is_unsealed_notice),
            "reprint": meant(is_out),
        }
        self.buttons["print_again"].say(_print_word(lost))
        for act, paper in shown.items():
            self.buttons[act].setVisible(paper is not None)

    def _has_slip(self) -> bool:
        papers = self._sheet.papers if self._sheet is not None else ()
        return any(paper.kind is PaperKind.RECEIVING_SLIP for paper in papers)

    def _seal_by_key(self) -> None:
        if (paper := self._rows.meant(wants_seal)) is not None:
            self._seat.bell.go.emit("seals", {"part": 0, "paper": paper.paper_id, "pin": True})

    def _seal(self) -> None:
        paper, sheet = self._rows.meant(wants_seal), self._sheet
        if paper is not None and sheet is not None:
            name = tr("《{paper}》已加盖").format(paper=paper.words)
            self._ask.ask(name, tr("登记"), [SEALS[sheet.item.intake_regime]], partial(self._sealed, paper))

    def _sealed(self, paper: PaperLine, seal: str) -> None:
        if seal:
            work = Paperwork(self._counter)
            self._do(lambda _case, by: work.apply_wet_seal(paper.paper_id, by, seal), "sealed", paper)

    def _reprint(self) -> None:
        if (paper := self._rows.meant(is_out)) is not None:
            name = tr("补打《{paper}》的原因").format(paper=paper.words)
            self._ask.ask(name, tr("补打"), USUAL_REASONS, partial(self._reprinted, paper))

    def _reprinted(self, paper: PaperLine, reason: str) -> None:
        work = Paperwork(self._counter)
        self._do(lambda _case, by: work.reprint(paper.paper_id, by, reason, to_printer=True), "reprinted", paper)

    def _again(self) -> None:
        paper, prints = self._rows.meant(is_lost), Prints(self._counter)
        if paper is None:
            return
        if paper.print_state is None:
            self._do(lambda _case, by: prints.ask([paper.paper_id], by), "print_asked", paper)
        else:
            self._do(lambda _case, by: prints.again(paper.paper_id, paper.reprints, by), "print_asked", paper)

    def _settle(self, *, came_out: bool) -> None:
        paper, prints = self._rows.meant(is_in_doubt), Prints(self._counter)
        if paper is None:
            return
        settle = prints.came_out if came_out else prints.did_not_come_out
        self._do(lambda _case, by: settle(paper.paper_id, paper.reprints, by), "print_settled", paper)

    def _slip(self) -> None:
        counter = self._counter

        def issue(case_id: int, by: Staff) -> int:
            slip = Paperwork(counter).issue_slip(case_id, by)
            return Prints(counter).ask([slip], by)

        if (paper := self._rows.meant(is_unsealed_notice)) is not None:
            self._do(issue, "slip_issued", paper)

    def _do(self, act: Callable[[int, Staff], object], event: str, paper: PaperLine) -> None:
        def done(_result: object) -> None:
            self._seat.bell.papers_asked.emit()
            self._seat.narrator.tell(event, paper=paper.paper_id)

        self._work.write(act, done)

    @property
    def _counter(self) -> Counter:
        return self._seat.house.counter
