"""F11: what stands apart from accepting, each with its ground: not accepting, withdrawing, voiding a draft."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from client.desk.drafting import Drafting
from client.desk.intake import Intake, Outcome
from client.desk.sheet import CaseSheet, PaperKind
from client.desk.staff import Staff
from client.rules.case import Act, State
from client.rules.regimes import Ground, paper_title
from client.text import labelled, tr
from ui.clerk.intake.aside import BACK_TO_MATERIALS, Aside, Radio, Text, chain, line, named, texts
from ui.clerk.intake.deeds import Deed
from ui.clerk.intake.letters import LetterLines
from ui.clerk.intake.problems import Problems
from ui.clerk.intake.ways import unlawful
from ui.clerk.second import second_fields
from ui.seat import Seat
from ui.widgets.keys import KeyButton
from ui.widgets.panel import rule, words

WITHDRAW, VOID = "withdraw", "void"
CHOOSE = tr("请先用 ↑ ↓ 或空格选定一项")


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to end it. `ground` where it is a refusal; `says` what follows from it."""

    key: str
    words: str
    says: str
    ground: Ground | None = None


class OutcomesPanel(Aside):
    """`show_case` lists the lawful ones; `give` does the chosen one."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, tr("其他处理"), BACK_TO_MATERIALS)
        self._sheet: CaseSheet | None = None
        self._choices: dict[str, Choice] = {}
        self._buttons: dict[str, Radio] = {}
        self._group = QButtonGroup(self)
        self._says = words("", "small", wrap=True)
        self.organ = line(tr("有权机关"), hint=tr("申请人应当向其申请的行政机关"))
        self.explanation = Text(tr("具体情况"))
        self.problems = Problems()
        self.reason = line(tr("原因"))
        self._confirm = KeyButton(tr("确认"), seat.keys["other_outcomes"], self.give, look="main", heard=False)
        self.second, self.pin = second_fields(self._confirm.setFocus)
        self._parts: dict[str, QWidget] = {
            "organ": named(tr("有权机关"), self.organ),
            "problems": self.problems,
            "others": self.problems.others,
            "explanation": named(tr("具体情况"), self.explanation),
            "reason": named(tr("原因"), self.reason),
            "second": named(tr("复核人工号"), self.second),
            "pin": named(tr("复核人口令"), self.pin),
        }
        for name in ("organ", "explanation", "reason", "second", "pin"):
            getattr(self, name).setObjectName(f"outcome.{name}")
        self._none = words("", "small", wrap=True)
        self.letters = LetterLines(seat)
        self._lay_out()
        self._group.buttonToggled.connect(lambda *_: self._tell())
        for changed in (self.organ.textChanged, self.explanation.textChanged, self.problems.changed):
            changed.connect(lambda *_: self._ask_letters())

    @property
    def chosen(self) -> Choice | None:
        return next((self._choices[key] for key, button in self._buttons.items() if button.isChecked()), None)

    def choose(self, key: str) -> None:
        """Choose one of them, if it is lawful."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def show_case(self, sheet: CaseSheet) -> None:
        self._sheet = sheet
        for button in self._buttons.values():
            self._group.removeButton(button)
            button.deleteLater()
        self._choices = {choice.key: choice for choice in self._lawful(sheet)}
        self._buttons = {}
        for place, choice in enumerate(self._choices.values()):
            button = self._buttons[choice.key] = Radio(choice.words)
            button.setObjectName(f"outcome.{choice.key}")
            self._group.addButton(button)
            self.rows.insertWidget(place, button)
        self.problems.show_case(sheet)
        for field in (self.organ, self.reason, self.explanation):
            field.clear()
        for typed in (self.second, self.pin):
            typed.put("")
        fields = (self.organ, *self.problems.fields, self.explanation, self.reason, self.second, self.pin)
        chain(*self._buttons.values(), *fields, self._confirm)
        why = "" if Act.NOT_ACCEPT in sheet.acts else unlawful(self.seat.house.counter, sheet, Act.NOT_ACCEPT)
        self._none.setText(tr("不予受理：{why}").format(why=why) if why else "")
        self._none.setVisible(bool(why))
        self._tell()

    def begin(self) -> None:
        first = next(iter(self._buttons.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        self.pin.put("")  # whoever typed it walks away
        super().hideEvent(event)

    def give(self) -> None:
        choice = self.chosen
        if choice is None:
            self.seat.notices.warn(CHOOSE)
            self.begin()
            return
        if choice.ground is not None:
            self.given.emit(self._refusal(choice.ground))
        else:
            self.given.emit(self._withdrawal() if choice.key == WITHDRAW else self._voiding())

    def typed(self) -> Mapping[str, object]:
        choice = self.chosen
        return {
            "chosen": choice.key if choice else "",
            "organ": self.organ.text(),
            "explanation": self.explanation.toPlainText(),
            "reason": self.reason.text(),
            "problems": self.problems.typed(),
        }

    def take(self, typed: Mapping[str, object]) -> None:
        said = texts(typed)
        self.choose(said.get("chosen", ""))
        self.organ.setText(said.get("organ", ""))
        self.explanation.setPlainText(said.get("explanation", ""))
        self.reason.setText(said.get("reason", ""))
        self.problems.take(typed.get("problems"))

    def _lay_out(self) -> None:
        self.rows.addWidget(self._none)
        self.rows.addWidget(rule())
        self.rows.addWidget(self._says)
        for part in self._parts.values():
            self.rows.addWidget(part)
        self.rows.addWidget(self.letters)
        self.rows.addStretch(1)
        self.foot.addStretch(1)
        self.foot.addWidget(self._confirm)

    def _lawful(self, sheet: CaseSheet) -> list[Choice]:
        found = [self._ground_choice(sheet, ground) for ground in sheet.grounds if Act.NOT_ACCEPT in sheet.acts]
        if Act.WITHDRAW in sheet.acts:
            says = tr("申请人在作出决定前撤回；已出具的文书留存在册")
            found.append(Choice(WITHDRAW, tr("撤回申请（申请人的意思）"), says))
        if Act.VOID in sheet.acts:
            says = tr("草稿没有办件编号和法律效力；作废须另一位工作人员当场复核")
            found.append(Choice(VOID, tr("作废草稿（双人复核）"), says))
        return found

    def _ground_choice(self, sheet: CaseSheet, ground: Ground) -> Choice:
        regime = self.seat.house.counter.regimes[sheet.item.intake_regime]
        title = paper_title(sheet.item, regime, PaperKind.NON_ACCEPTANCE_NOTICE, ground)
        says = tr("依据{basis}，出具《{title}》，原件当场退还").format(basis=ground.basis.citation, title=title)
        return Choice(ground.key, labelled(ground.outcome.words, ground.words), says, ground)

    def _tell(self) -> None:
        """Show the fields that the chosen one asks for."""
        choice = self.chosen
        ground = choice.ground if choice else None
        asked = {
            "organ": ground is not None and ground.names_competent_organ,
            "problems": ground is not None and ground.lists_defects,
            "others": ground is not None and ground.lists_defects,
            "explanation": ground is not None,
            "reason": choice is not None and ground is None,
            "second": choice is not None and choice.key == VOID,
            "pin": choice is not None and choice.key == VOID,
        }
        for name, part in self._parts.items():
            part.setVisible(asked[name])
        self._says.setText(choice.says if choice else CHOOSE)
        self._confirm.say(_confirm_words(choice))

    def _ask_letters(self) -> None:
        typed = {problem.material.name: problem.problem for problem in self.problems.lines()}
        own = {tr("有权机关"): self.organ.text(), tr("具体情况"): self.explanation.toPlainText()}
        self.letters.ask({**own, **typed})

    def _refusal(self, ground: Ground) -> Deed:
        intake, key = Intake(self.seat.house.counter), ground.key
        explanation, organ = self.explanation.toPlainText().strip(), self.organ.text().strip()
        problems = self.problems.said() if ground.lists_defects else {}

        def refuse(case_id: int, by: Staff) -> Outcome:
            return intake.not_accept(
                case_id, by, key, explanation=explanation, competent_organ=organ or None, problems=problems
            )

        return Deed("not_accepted", tr("正在出具通知书"), refuse)

    def _withdrawal(self) -> Deed:
        intake, reason = Intake(self.seat.house.counter), self.reason.text()
        return Deed("withdrawn", tr("正在撤回"), lambda case_id, by: intake.withdraw(case_id, by, reason))

    def _voiding(self) -> Deed:
        counter, roster = self.seat.house.counter, self.seat.house.roster
        number, pin, reason = self.second.value().strip(), self.pin.taken(), self.reason.text()

        def void(case_id: int, by: Staff) -> Outcome:
            second = roster.sign_in(number, pin) if number else None
            Drafting(counter).void(case_id, by, second, reason)
            return Outcome(case_id, "", State.VOIDED)

        return Deed("voided", tr("正在作废"), void)


def _confirm_words(choice: Choice | None) -> str:
    if choice is None:
        return tr("确认")
    if choice.ground is not None:
        return tr("确认{outcome}").format(outcome=choice.ground.outcome.words)
    return tr("确认撤回") if choice.key == WITHDRAW else tr("确认作废")
