"""The window's own sheets: what they count is what the store knows, and names of persons are masked."""

from datetime import date

import pytest

from client.desk import window_sheets
from client.desk.drafting import MaterialMark
from client.errors import CaseError
from client.ports.papers import PaperKind
from client.rules.items import Substitute
from client.store import papers
from tests.desk.counter import CLERK, COLLEAGUE, FOOD, HOUSE, Desk

MAKER = window_sheets.signed(CLERK.name, CLERK.staff_no)


def accepted(desk: Desk, item: str = FOOD) -> str:
    case_id = desk.draft(item)
    desk.intake.accept(case_id, CLERK)
    return desk.record(case_id).number or ""


def test_materials_go_over_counted_to_one_organ_and_on_record(desk: Desk) -> None:
    numbers = [accepted(desk), accepted(desk)]
    slip = window_sheets.hand_over(desk.counter, CLERK, [*numbers, numbers[0].replace("-", "")])
    assert [line.case_number for line in slip.lines] == numbers
    assert slip.department == "示例市市场监督管理局 行政审批科"
    record = desk.counter.numbered_case(numbers[0])
    there = [slot for slot in record.slots.values() if slot.copies_original + slot.copies_photocopy]
    assert slip.lines[0].materials.startswith(f"{len(there)}项，共")
    assert desk.audited("hand_over") == []  # not before its slip is there
    window_sheets.record_hand_over(desk.counter, CLERK, slip)
    assert desk.audited("hand_over") == [(CLERK.staff_no, slip.batch, "done")]
    assert window_sheets.hand_over(desk.counter, CLERK, numbers, "档案室").department == "示例市市场监督管理局 档案室"


def test_what_never_was_on_paper_does_not_go_over(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=["business_licence"])
    desk.drafting.mark(case_id, CLERK, "business_licence", MaterialMark(substitute=Substitute.ELICENCE))
    desk.intake.accept(case_id, CLERK)
    (line,) = window_sheets.hand_over(desk.counter, CLERK, [desk.record(case_id).number or ""]).lines
    on_paper = [slot for slot in desk.record(case_id).slots.values() if slot.substitute is None]
    assert line.materials.startswith(f"{len(on_paper)}项")


def test_what_is_to_follow_is_told_and_persons_are_masked(desk: Desk) -> None:
    case_id = desk.draft(FOOD, without=["rules_list"])
    desk.drafting.mark(case_id, CLERK, "rules_list", MaterialMark(deferred=True))
    desk.intake.accept(case_id, CLERK)
    numbers = [desk.record(case_id).number or "", accepted(desk, HOUSE)]
    (food,) = window_sheets.hand_over(desk.counter, CLERK, numbers[:1]).lines
    (house,) = window_sheets.hand_over(desk.counter, CLERK, numbers[1:]).lines
    assert food.materials.endswith("；容缺1项")
    applicant = desk.counter.numbered_case(numbers[1]).applicant
    assert applicant is not None
    assert house.applicant == applicant.name[0] + "*" * (len(applicant.name) - 1)
    with pytest.raises(CaseError) as refused:
        window_sheets.hand_over(desk.counter, CLERK, numbers)
    assert refused.value.code == "PAPER-346"


@pytest.mark.parametrize(("numbers", "code"), [([], "PAPER-345"), (["110101"], "RULE-201")])
def test_a_hand_over_of_nothing_is_refused(desk: Desk, numbers: list[str], code: str) -> None:
    with pytest.raises(CaseError) as refused:
        window_sheets.hand_over(desk.counter, CLERK, numbers)
    assert refused.value.code == code
    assert desk.audited("hand_over") == []


def test_the_day_close_tells_what_was_made_where_the_numbers_are_and_what_is_owed(desk: Desk) -> None:
    accepted(desk)
    desk.render()
    first = desk.papers(1)[0]
    desk.paperwork.replace(first.paper_id, CLERK, COLLEAGUE, "打印模糊")
    desk.render()
    desk.paperwork.reprint(desk.papers(1)[-1].paper_id, CLERK, "申请人遗失")
    sheet = window_sheets.day_close(desk.counter, MAKER)
    told = {figure.label: figure.value for figure in sheet.figures}
    assert (told["收件"], told["受理"], told["待用印"]) == ("1", "1", "1")
    assert told["受理通知书"] == "出具2，补打1，作废1"
    series = {line.series: line for line in sheet.series}
    assert series["示市监许受〔2026〕"].voided == "1（打印模糊）"
    assert {line.what for line in sheet.owed} >= {"待用印", "待上传"}
    assert all(line.gaps == "—" for line in sheet.series)


def test_the_papers_of_yesterday_are_not_todays(desk: Desk) -> None:
    accepted(desk)
    desk.render()
    desk.clock.set(3, 3)
    assert "受理通知书" not in {each.label for each in window_sheets.day_close(desk.counter, MAKER).figures}
    with desk.memory.read() as connection:
        made = papers.made_between(connection, desk.clock().replace(day=1), desk.clock())
    assert [(each.kind, each.issued) for each in made] == [(PaperKind.ACCEPTANCE_NOTICE, 1)]


def test_a_day_that_is_over_is_closed_out_of_the_records(desk: Desk) -> None:
    accepted(desk)
    desk.render()
    desk.clock.set(3, 3)
    for _ in range(2):
        accepted(desk)
    desk.render()
    desk.clock.set(3, 4)
    desk.draft(FOOD)
    for day, count in ((date(2026, 3, 2), 1), (date(2026, 3, 3), 2)):
        sheet = window_sheets.day_close(desk.counter, MAKER, day)
        told = {figure.label: figure.value for figure in sheet.figures}
        done = {"收件": str(count), "受理": str(count), "告知补正": "0", "不予受理": "0"}
        assert told == {**done, "受理通知书": f"出具{count}"}  # what was open that evening nobody knows
        own = [each for each in sheet.series if each.series[0].isdigit()]
        assert [(each.series[-8:], each.issued) for each in own] == [(f"{day:%Y%m%d}", str(count))]
        assert {line.what for line in sheet.owed} >= {"待用印", "待上传"}
        shift = window_sheets.shift_hand_over(desk.counter, MAKER, "李四", day)
        assert {figure.label: figure.value for figure in shift.figures} == done
        assert (shift.day, shift.made_at) == (day, desk.clock())
    assert "草稿" in {figure.label for figure in window_sheets.day_close(desk.counter, MAKER).figures}


@pytest.mark.parametrize(("day", "code"), [(date(2026, 3, 5), "PAPER-352"), (date(2026, 3, 1), "PAPER-353")])
def test_no_sheet_of_a_day_without_records(desk: Desk, day: date, code: str) -> None:
    desk.clock.set(3, 4)
    for make in (
        lambda: window_sheets.day_close(desk.counter, MAKER, day),
        lambda: window_sheets.shift_hand_over(desk.counter, MAKER, "李四", day),
    ):
        with pytest.raises(CaseError) as refused:
            make()
        assert (refused.value.code, str(day) in refused.value.title) == (code, True)
    assert window_sheets.first_day(desk.counter) == date(2026, 3, 2)


def test_a_shift_is_handed_on_with_what_is_open(desk: Desk) -> None:
    accepted(desk)
    sheet = window_sheets.shift_hand_over(desk.counter, MAKER, "李四（工号0208）")
    assert sheet.made_by == "张三（工号1001）"
    assert sheet.owed
    assert desk.everything()  # nothing was written for it
    assert window_sheets.ticket(desk.counter, MAKER, "A012", "企业开办", 5).ahead == 5
