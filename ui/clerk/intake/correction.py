"""F10: one notice of everything that is missing or wrong, seen as it will read before it is issued."""

from collections.abc import Mapping

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout

from client.desk.intake import Intake
from client.desk.sheet import CaseSheet, PaperKind
from client.rules import deadlines
from client.rules.case import State
from client.rules.deadlines import DueDate
from client.rules.regimes import Regime, paper_title
from client.text import tr
from ui.clerk.intake.aside import BACK_TO_MATERIALS, Aside, Radio, chain
from ui.clerk.intake.deeds import Deed
from ui.clerk.intake.letters import LetterLines
from ui.clerk.intake.problems import Problems
from ui.seat import Seat
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel, words


class CorrectionPanel(Aside):
    """`show_case` fills it; `give` issues the notice."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, tr("一次性告知补正"), BACK_TO_MATERIALS)
        self._sheet: CaseSheet | None = None
        self.problems = Problems()
        self._returned = Radio(tr("材料退还申请人"))
        self._kept = Radio(tr("材料留窗"))
        self._where = QButtonGroup(self)
        self._whither = words("", "small", wrap=True)
        self._preview = words("", "", wrap=True)
        self.letters = LetterLines(seat)
        self._issue = KeyButton(tr("出具补正告知书"), seat.keys["ask_correction"], self.give, look="main", heard=False)
        self._lay_out()
        self.problems.changed.connect(self._tell)
        self._where.buttonToggled.connect(lambda *_: self._tell())

    def show_case(self, sheet: CaseSheet) -> None:
        self._sheet = sheet
        self.problems.show_case(sheet)
        keeps = sheet.materials_by_clerk and sheet.state is not State.DRAFT
        (self._kept if keeps else self._returned).setChecked(True)
        self._kept.setVisible(sheet.materials_by_clerk)
        wanting = sum(bool(slot.wanting) for slot in sheet.slots)
        fields = self.problems.fields
        chain(*fields[:wanting], self._returned, self._kept, self._issue, *fields[wanting:])
        self._tell()

    def begin(self) -> None:
        for first in self.problems.fields[:1]:
            first.setFocus()

    def give(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        problems, keeps = self.problems.said(), self._kept.isChecked()
        intake = Intake(self.seat.house.counter)
        self.given.emit(
            Deed(
                "correction_asked",
                tr("正在出具补正告知书"),
                lambda case_id, by: intake.ask_correction(case_id, by, problems, keep_materials=keeps),
            )
        )

    def typed(self) -> Mapping[str, object]:
        return {"problems": self.problems.typed(), "keeps": self._kept.isChecked()}

    def take(self, typed: Mapping[str, object]) -> None:
        self.problems.take(typed.get("problems"))
        if typed.get("keeps") is True:
            self._kept.setChecked(True)

    @property
    def preview(self) -> str:
        """What the notice will say."""
        return self._preview.text()

    def _lay_out(self) -> None:
        choice = QHBoxLayout()
        choice.setSpacing(16)
        for button in (self._returned, self._kept):
            self._where.addButton(button)
            choice.addWidget(button)
        choice.addStretch(1)
        box = Panel()
        box.setProperty("look", "box")
        box.body.addWidget(words(tr("告知书将载明"), "title"))
        box.body.addWidget(self._preview)
        self.rows.addWidget(words(tr("法律只许告知一次：下列内容须完整，逐项写明问题"), "small", wrap=True))
        self.rows.addWidget(self.problems)
        self.rows.addLayout(choice)
        self.rows.addWidget(self._whither)
        self.rows.addWidget(box)
        self.rows.addWidget(self.letters)
        self.rows.addWidget(self.problems.others)
        self.rows.addStretch(1)
        self.foot.addStretch(1)
        self.foot.addWidget(self._issue)

    def _tell(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        self._whither.setText(self._where_words(sheet))
        lines = [f"{place}. {problem.words}" for place, problem in enumerate(self.problems.lines(), 1)]
        title = paper_title(sheet.item, self._regime(sheet), PaperKind.CORRECTION_NOTICE)
        rest = [self._due_words(sheet), sheet.item.lapse_text]
        nothing = [tr("还没有写明任何问题：材料已齐全的，请按 Esc 返回后受理")]
        self._preview.setText("\n".join([title, *(lines or nothing), *filter(None, rest)]))
        self._preview.setAccessibleName(self._preview.text())
        self.letters.ask({problem.material.name: problem.problem for problem in self.problems.lines()})

    def _where_words(self, sheet: CaseSheet) -> str:
        if not sheet.materials_by_clerk:
            return tr("按本事项的受理规则，材料退还申请人")
        if not self._kept.isChecked():
            return tr("原件全部退还，请当面清点")
        slip = tr("，同时出具申请材料接收凭证") if sheet.state is State.DRAFT else ""
        return tr("材料留在本窗口") + slip

    def _due_words(self, sheet: CaseSheet) -> str:
        days = sheet.item.correction_days
        if not days:
            return ""
        counter = self.seat.house.counter
        return due_words(deadlines.correction_due(counter.today(), days, counter.calendar), days)

    def _regime(self, sheet: CaseSheet) -> Regime:
        return self.seat.house.counter.regimes[sheet.item.intake_regime]


def due_words(due: DueDate, days: int) -> str:
    """The last day to correct, and how it is reckoned."""
    forecast = tr("（预计，以放假安排为准）") if due.forecast else ""
    return tr("请于 {day} 前补正（{days} 个工作日）").format(day=due.date, days=days) + forecast
