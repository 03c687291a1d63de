"""Whether the case can be accepted now: why not, what the 一次性告知 would say, or until when it is promised."""

from collections.abc import Iterator

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from client.desk.completeness import material_words
from client.desk.sheet import CaseSheet, SlotState
from client.rules.case import Act
from client.text import clauses, tr
from ui.clerk.intake.letters import LetterLines
from ui.seat import Seat
from ui.theme.style import set_look
from ui.widgets.panel import words

TOLD = 3  # shortcomings told one by one; the rest is a count


class Verdict(QWidget):
    """A banner, beneath it the box of the 一次性告知 where the law asks for one, and what no paper bears of names."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._banner, self._verdict = _box()
        self._notice, self._told = _box()
        self._letters = LetterLines(seat)
        set_look(self._notice, "box")
        set_look(self._told, "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._banner)
        column.addWidget(self._notice)
        column.addWidget(self._letters)
        self.show_case(None, scanning=0)

    def show_case(self, case: CaseSheet | None, *, scanning: int) -> None:
        """`scanning`: how many of its materials a scan is under way for."""
        sentence, tone = ("", "") if case is None else _verdict(case, scanning)
        self._banner.setVisible(bool(sentence))
        set_look(self._banner, f"notice-{tone}")
        set_look(self._verdict, tone)
        self._verdict.setText(sentence)
        self._banner.setAccessibleName(sentence)
        told = "" if case is None else self._notice_words(case)
        self._notice.setVisible(bool(told))
        self._told.setText(told)
        self._notice.setAccessibleName(told)
        self._letters.say(() if case is None else case.letters_told)

    def _notice_words(self, case: CaseSheet) -> str:
        wanting = any(slot.wanting for slot in case.slots)
        if not (wanting and case.asks_correction and Act.ASK_CORRECTION in case.acts):
            return ""
        key = self._seat.keys["ask_correction"]
        said = [tr("一次性告知由缺项自动生成，内容完整。现在出具补正告知书 {key}").format(key=key)]
        if case.materials_by_clerk:
            said.append(tr("，材料退还申请人或留窗由您选择"))
        if case.notice_due is not None:
            said.append(tr("；收件后告知截止 {day}").format(day=case.notice_due))
            if self._seat.house.counter.regimes[case.item.intake_regime].deems_acceptance:
                said.append(tr("，逾期视为受理"))
        return "".join(said) + tr("。", "end")


def _verdict(case: CaseSheet, scanning: int) -> tuple[str, str]:
    """The sentence, and the tone it is said in."""
    if not case.editable:
        return "", ""
    reasons = list(_reasons(case, scanning))
    if reasons:
        more = tr("（共 {count} 处）").format(count=len(case.shortcomings)) if len(reasons) > TOLD else ""
        what = clauses(reasons[:TOLD])
        if Act.ACCEPT in case.acts:
            return tr("◐ 暂不能受理：{what}{more}").format(what=what, more=more), "warn"
        return tr("◐ 还差：{what}{more}").format(what=what, more=more), "warn"
    if Act.ACCEPT not in case.acts:
        return tr("✓ 材料已齐，可以收件"), "good"
    deferred = any(slot.state is SlotState.DEFERRED for slot in case.slots)
    said = tr("✓ 可以容缺受理") if deferred else tr("✓ 可以受理")
    if case.promised is not None:
        said += tr("，承诺办结 {day}").format(day=case.promised.date)
        said += tr("（按已公布的节假日预计）") if case.promised.forecast else ""
    return said, "good"


def _reasons(case: CaseSheet, scanning: int) -> Iterator[str]:
    """What stands in the way. Materials are counted: the list above names them."""
    if scanning:
        yield tr("{count} 项材料正在扫描").format(count=scanning)
    wanting = [slot.state for slot in case.slots if slot.wanting]
    defective = wanting.count(SlotState.DEFECTIVE)
    if len(wanting) > defective:
        yield tr("缺材料 {count} 项").format(count=len(wanting) - defective)
    if defective:
        yield tr("不符合要求的材料 {count} 项").format(count=defective)
    materials = {material_words(s.material, s.wanting) for s in case.slots}
    yield from (said for said in case.shortcomings if said not in materials)


def _box() -> tuple[QFrame, QLabel]:
    box, said = QFrame(), words("", "", wrap=True)
    row = QHBoxLayout(box)
    row.setContentsMargins(12, 8, 12, 8)
    row.addWidget(said)
    return box, said
