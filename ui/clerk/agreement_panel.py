"""三方核对 at a glance: one green line, or what differs, each with what mends it and the key for that."""

from client.desk.reconciling import MEND_WORDS, Finding, Mend, Reconciling, Report
from client.ports.agreement import Comparison
from client.rules.rights import RIGHTS, Right
from client.text import tr
from ui.seat import Seat
from ui.widgets.chips import Chip, Tone
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel
from ui.widgets.table import Column, Table, line_of

COLUMNS: tuple[Column[Finding], ...] = (
    Column(tr("编号"), lambda finding: finding.subject, 232, tail=True, narrow=130),
    Column(tr("差异"), lambda finding: finding.words, 320, lambda _finding: Tone.BAD, narrow=230),
    Column(tr("怎么办"), lambda finding: MEND_WORDS[finding.mend], 0),
)
_LIST_LEAST, _LIST_MOST = 105, 150  # pixels: two differences, or four, so that the entries below stay in sight


class AgreementPanel(Panel):
    """`refresh` is cheap: it looks only when the sender has compared anew."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(tr("核对"))
        self._seat = seat
        self._told: Comparison | None = None
        self._looked = False
        self.line = Chip(kind="pill")
        self._ask = KeyButton(tr("核对"), seat.keys["reconcile"], self._asked, look="verb")
        self._mend = KeyButton(tr("处理所选差异"), seat.keys["mend_difference"], self._mend_chosen, look="verb")
        self.table: Table[Finding] = Table(tr("差异"), COLUMNS, seat.tokens, "")
        self.table.setMinimumHeight(_LIST_LEAST)
        self.table.setMaximumHeight(_LIST_MOST)
        self._may_mend = Right.RECONCILE in RIGHTS[seat.session.role]
        self.header.addWidget(self.line)
        self.header.addStretch(1)
        self.header.addWidget(self._mend)
        self.header.addWidget(self._ask)
        self.body.addWidget(self.table)
        self.table.chosen.connect(self._say_chosen)
        self._wait()

    def refresh(self) -> None:
        sender = self._seat.hands.sender
        comparison = sender.comparison if sender is not None else None
        if comparison is not None and comparison is not self._told:
            self._told = comparison
            self._look()
        elif sender is None and not self._looked:
            self._look()

    def _look(self) -> None:
        reconciling, comparison = Reconciling(self._seat.house.counter), self._told
        self._looked = True
        self._seat.tasks.run(
            self._seat.lanes.looks, lambda: reconciling.report(comparison, read=False), self._tell, owner=self
        )

    def _tell(self, report: Report) -> None:
        at = self._told.at if self._told is not None else None
        words = report.words if at is None else report.words + tr("（{time} 核对）").format(time=f"{at:%H:%M}")
        self.line.say(words, Tone.GOOD if report.ok else Tone.BAD, shape=True)
        self.table.show_lines([line_of(each, at, COLUMNS) for at, each in enumerate(report.findings)])
        self.table.setVisible(not report.ok)
        self._say_chosen()
        self._seat.narrator.tell("reconciled", differences=len(report.findings))

    def _wait(self) -> None:
        self.line.say(tr("连上平台后核对") if self._seat.hands.sender else tr("正在核对"), Tone.PLAIN, shape=True)
        self.table.show_lines([])
        self.table.hide()
        self._say_chosen()

    def _say_chosen(self) -> None:
        finding = self.table.row
        self._mend.setVisible(self._may_mend and finding is not None and finding.mend is not Mend.CALL_IT)

    def _asked(self) -> None:
        """A person wants it anew: after a pass, or at once where there is no platform."""
        sender = self._seat.hands.sender
        self._wait()
        if sender is None:
            self._look()
        else:
            sender.compare()

    def _mend_chosen(self) -> None:
        finding, seat = self.table.meant, self._seat
        if finding is None:
            return
        by, reconciling = seat.acting(), Reconciling(seat.house.counter)
        if by is None:
            return

        def done(_count: int) -> None:
            seat.notices.good(tr("已处理，正在重新核对"), finding.subject)
            self._asked()

        seat.tasks.run(seat.lanes.store, lambda: reconciling.mend([finding], by), done, owner=self)
