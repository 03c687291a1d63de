"""What is wanting of the case on the table, and what of it would be lost."""

from client.desk.sheet import CaseSheet
from client.text import tr
from ui.clerk.intake.form import FormPanel
from ui.clerk.intake.item import ItemPanel
from ui.clerk.intake.middle import TABLE, Middle
from ui.clerk.intake.people import PeoplePanel
from ui.clerk.intake.ways import told
from ui.seat import Seat


def to_first(
    seat: Seat, sheet: CaseSheet, middle: Middle, people: PeoplePanel, item: ItemPanel, form: FormPanel
) -> None:
    """Give it the keyboard, and say how many there are."""
    count = len(sheet.shortcomings)
    seat.notices.warn(tr("还差 {count} 处").format(count=count), told(sheet.shortcomings))
    middle.bring(TABLE)
    wanting = next((slot.material.key for slot in sheet.slots if slot.wanting), "")
    if sheet.applicant is None or sheet.attendee is None:
        what = "people"
        people.begin()
    elif sheet.open_situations:
        what = "situations"
        item.begin()
    elif wanting:
        what = "slot"
        middle.materials.choose(wanting)
        middle.materials.list.setFocus()
    else:
        what = "form"
        form.focus_field(form.first_fault())
    seat.narrator.tell("wanting", what=what, slot=wanting, field=form.first_fault())


def unkept(people: PeoplePanel, form: FormPanel) -> tuple[str, str]:
    """What would be lost if the table were cleared now, and what may be done about it first; "" when nothing."""
    if people.pending():
        return tr("人员信息还没有保存"), tr("请先补齐，或者选好事项")
    if form.refused:
        return tr("刚输入的内容没有保存成"), tr("请稍候再试，或请系统管理员查看磁盘")
    return "", ""
