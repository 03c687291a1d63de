"""Each of the four papers of intake says what the law wants said, and nothing a window may not say."""

import re
from datetime import date

import pytest

from client.ports.papers import DefectLine, MaterialLine, PaperKind
from printing.faults import PaperError
from printing.press import A4Press
from tests.printing.facts import DEFECTS, ORGAN, order
from tests.printing.reading import text_of

NOTICES = [PaperKind.ACCEPTANCE_NOTICE, PaperKind.CORRECTION_NOTICE, PaperKind.NON_ACCEPTANCE_NOTICE]
ALL = [PaperKind.RECEIVING_SLIP, *NOTICES]


@pytest.mark.parametrize("kind", ALL)
def test_the_same_order_gives_the_same_bytes(kind: PaperKind) -> None:
    assert A4Press().render(order(kind)) == A4Press().render(order(kind))


@pytest.mark.parametrize("kind", ALL)
def test_every_paper_names_organ_applicant_item_numbers_and_two_phones(kind: PaperKind) -> None:
    sheet = order(kind)
    text = text_of(sheet)
    assert text.count("示例市市场监督管理局") >= 2  # head and signature
    assert sheet.facts.title in text
    assert "示例餐饮有限公司（统一社会信用代码91110101MA01A2B32B；委托代理人：李四）：" in text
    assert "食品经营许可（新办）" in text
    assert "办件编号110101-01-07-20261123-0043-6" in text
    assert "11010101072026112300436" in text
    assert "11110101000000123B400013112400Y" in text
    assert "查询码7K4P-2M9X" in text
    assert "张三（工号0207）　联系电话：0000-0000001" in text
    assert "咨询电话：0000-0000002　监督投诉：0000-0000003" in text
    assert "一式两份" in text
    assert "第1页共1页" in text


@pytest.mark.parametrize("kind", ALL)
def test_no_paper_speaks_of_electronic_signatures_or_of_a_seal_already_set(kind: PaperKind) -> None:
    """But for the words that say that its code has none."""
    counts = "以签字为准" if kind is PaperKind.RECEIVING_SLIP else "以印章为准"  # a slip bears no seal
    before, said, after = text_of(order(kind)).partition(f"二维码未经密钥签名，{counts}")
    assert said
    text = before + after
    assert not re.search("签章|盖章|签名|印章|扫码验真", text)


@pytest.mark.parametrize("kind", ALL)
def test_chinese_text_has_no_half_width_marks(kind: PaperKind) -> None:
    text = text_of(order(kind))
    assert not re.search(r"[\u4e00-\u9fff][,;:()!?]|[,;:()!?][\u4e00-\u9fff]", text)


@pytest.mark.parametrize("kind", NOTICES)
def test_a_notice_carries_its_paper_number_and_the_act_with_its_article(kind: PaperKind) -> None:
    sheet = order(kind)
    text = text_of(sheet)
    assert sheet.facts.paper_number is not None
    assert sheet.facts.paper_number in text
    assert "依据《中华人民共和国行政许可法》第三十二条第一款第（" in text
    assert "申请人签收" in text


@pytest.mark.parametrize("kind", NOTICES)
def test_a_notice_without_its_paper_number_is_not_rendered(kind: PaperKind) -> None:
    with pytest.raises(PaperError, match="PAPER-101") as caught:
        A4Press().render(order(kind, paper_number=None))
    assert "文书编号" in caught.value.title


def test_the_first_print_carries_no_mark_and_a_reprint_its_count() -> None:
    assert "补打" not in text_of(order())
    assert "补打（第3次）" in text_of(order(reprint_no=3))


def test_a_receiving_slip_is_no_acceptance_is_timed_to_the_minute_and_signed_by_both() -> None:
    text = text_of(order(PaperKind.RECEIVING_SLIP))
    assert "收件不等于受理" in text
    assert "2026年11月23日10时05分" in text
    assert "申请人（经办人）签字" in text
    assert "收件人签字" in text
    assert "予以受理" not in text
    assert "收件人：张三" in text
    assert "示例市政务服务大厅07号窗口" in text


def test_a_receiving_slip_says_so_itself_where_the_regime_does_not() -> None:
    text = text_of(order(PaperKind.RECEIVING_SLIP, notes=("未当场书面告知不予受理的，视为受理",)))
    assert text.count("收件不等于受理") == 1
    assert "未当场书面告知不予受理的，视为受理。" in text


def test_an_acceptance_notice_promises_a_date_and_names_the_times_not_counted() -> None:
    text = text_of(order())
    assert "申请材料齐全、符合法定形式。依据" in text
    assert "本机关决定予以受理，并承诺于2026年11月30日前办结（依法需要听证、检验、检测" in text
    assert "法定10个／承诺5个工作日" in text
    assert "领取方式窗口领取" in text
    assert "受理日期2026年11月23日" in text
    assert "与食品经营相适应的主要设备设施、经营布局、操作流程等文件" in text
    assert "身份证已退还" in text
    assert "预计" not in text


def test_an_acceptance_with_deferred_materials_does_not_call_them_complete() -> None:
    notes = (
        "经审查，除容缺待补的材料外，其余申请材料符合法定形式，按照示例规定容缺受理。",
        "容缺待补的材料应当于期限前补齐",
    )
    text = text_of(order(notes=notes))
    assert "齐全" not in text
    assert "经审查，除容缺待补的材料外，其余申请材料符合法定形式，按照示例规定容缺受理。依据" in text
    assert "容缺待补的材料应当于期限前补齐。" in text


def test_an_acceptance_without_findings_still_finds_competence() -> None:
    text = text_of(order(notes=("登记事项记载前可以撤回",)))
    assert "经审查，申请事项属于本机关职权范围。依据" in text
    assert "登记事项记载前可以撤回。" in text


def test_a_date_beyond_the_known_calendar_is_a_forecast() -> None:
    assert "2027年1月8日前办结（预计日期" in text_of(order(promised_date=date(2027, 1, 8), promised_is_forecast=True))
    correction = order(PaperKind.CORRECTION_NOTICE, correction_due_is_forecast=True)
    assert "前按上表补正（预计日期" in text_of(correction)


@pytest.mark.parametrize(
    ("named", "printed"),
    [
        ("依法公告的时间", "（依法公告的时间不计入，另行书面告知）"),
        ("鉴定时间不计入办理期限", "（鉴定时间不计入办理期限）"),
        ("检验、检测", "（依法需要检验、检测的，所需时间不计入，另行书面告知）"),
    ],
)
def test_the_times_not_counted_make_a_sentence_however_they_are_named(named: str, printed: str) -> None:
    assert printed in text_of(order(excluded_time=named))


def test_a_case_done_at_once_promises_no_date() -> None:
    text = text_of(order(promised_date=None, excluded_time=None, limit_text=None, accepted_on=None, notes=()))
    assert "决定予以受理。" in text
    assert "承诺" not in text


def test_a_correction_notice_lists_all_at_once_with_date_and_consequence() -> None:
    text = text_of(order(PaperKind.CORRECTION_NOTICE))
    assert "一次性告知" in text
    for heading in ("序号", "材料", "存在的问题", "补正要求"):
        assert heading in text
    for defect in DEFECTS:
        assert defect.problem in text
    assert "请于2026年12月7日前按上表补正。逾期未补正的，视为放弃申请" in text
    assert "由本机关留存" in text
    assert "请拨打咨询电话0000-0000002" in text


def test_a_correction_notice_tells_where_the_materials_are() -> None:
    assert "已当场退还" in text_of(order(PaperKind.CORRECTION_NOTICE, materials_kept=False))
    silent = text_of(order(PaperKind.CORRECTION_NOTICE, materials_kept=None, correction_due=None, lapse_text=None))
    assert "留存" not in silent
    assert "请按上表补正。" in silent


def test_a_correction_notice_without_anything_to_correct_is_not_rendered() -> None:
    with pytest.raises(PaperError, match="补正内容"):
        A4Press().render(order(PaperKind.CORRECTION_NOTICE, defects=()))


def test_a_refusal_names_ground_competent_organ_review_and_court() -> None:
    text = text_of(order(PaperKind.NON_ACCEPTANCE_NOTICE))
    assert "经审查，所申请的经营场所位于示例县，申请事项依法不属于本机关职权范围。" in text
    assert "本机关决定不予受理。" in text
    assert "请向示例县市场监督管理局提出申请。" in text
    assert "自收到本通知书之日起60日内向示例市人民政府申请行政复议" in text
    assert "自收到本通知书之日起6个月内依法向示例市示例区人民法院提起行政诉讼" in text


def test_what_needs_no_licence_is_not_called_a_refusal() -> None:
    sheet = order(PaperKind.NON_ACCEPTANCE_NOTICE, title="行政许可申请不受理告知书", competent_organ=None)
    text = text_of(sheet)
    assert "决定不受理" in text
    assert "不予受理" not in text.replace("示市监许不受", "")
    assert "自收到本告知书之日起60日内" in text


def test_a_refusal_may_list_what_to_complete_and_needs_a_ground() -> None:
    text = text_of(order(PaperKind.NON_ACCEPTANCE_NOTICE, defects=DEFECTS, title="不予受理的决定"))
    assert "重新出具载明委托事项" in text
    assert "自收到本通知书之日起" in text
    with pytest.raises(PaperError, match="不予受理理由"):
        A4Press().render(order(PaperKind.NON_ACCEPTANCE_NOTICE, ground=None))


def test_a_back_entry_names_the_sheet_of_the_paper_pad() -> None:
    assert "先受理、后补录，纸质文书编号：A-17。" in text_of(order(late_entry_pad_number="A-17"))


def test_who_comes_in_person_is_addressed_alone() -> None:
    sheet = order(applicant_name="张三", applicant_identifier="居民身份证1101011900******4X", attendee=None)
    assert "张三（居民身份证1101011900******4X）：" in text_of(sheet)


def test_a_paper_that_does_not_know_its_applicant_speaks_to_both() -> None:
    assert "你（单位）于" in text_of(order(addressed_as="你（单位）"))


def test_an_unencodable_number_is_a_sentence_not_a_crash() -> None:
    with pytest.raises(PaperError, match="PAPER-102") as caught:
        A4Press().render(order(case_number="办件"))
    assert "a4-2026.4" in caught.value.title


@pytest.mark.parametrize("count", [1, 12, 40, 90])
def test_long_tables_flow_over_pages_and_every_page_knows_its_place(count: int) -> None:
    lines = [
        MaterialLine(name=f"第{n}份材料", form="原件", copies="1", pages="2", original="留存") for n in range(count)
    ]
    text = text_of(order(materials=lines))
    pages = int(re.findall(r"共(\d+)页", text)[0])
    assert re.findall(r"第(\d+)页共", text) == [str(page) for page in range(1, pages + 1)]
    assert all(f"第{n}份材料" in text for n in range(count))
    assert ("骑缝章" in text) == (pages > 1)
    assert text.count("行政许可申请受理通知书（续）") == pages - 1
    assert text.count("咨询电话") == pages


def test_a_row_longer_than_a_page_is_divided_and_nothing_is_lost() -> None:
    line = DefectLine(material="表", problem="填，" * 1200, requirement="补")
    text = text_of(order(PaperKind.CORRECTION_NOTICE, defects=[line]))
    assert text.count("填") == 1200
    assert text.count("存在的问题") == int(re.findall(r"共(\d+)页", text)[0]) - 1  # the table ends before the last page


def test_long_names_of_organs_and_titles_stay_on_the_page() -> None:
    organ = order().facts.organ.model_copy(update={"name": "示例市示例经济技术开发区" * 3 + "行政审批服务局"})
    text = text_of(order(organ=organ, title="建设工程消防设计审查验收备案" * 3 + "受理通知书"))
    assert text.count(organ.name) == 2


def test_a_day_that_no_code_bears_keeps_one_paper_back_and_stops_nothing() -> None:
    with pytest.raises(PaperError, match="PAPER-102"):
        A4Press().render(order(promised_date=date(9999, 12, 31)))


def test_long_phones_stand_in_two_lines_and_not_in_letters_nobody_reads() -> None:
    long = ORGAN.model_copy(
        update={"advice_phone": "0000-0000002转80012、0000-0000003", "supervision_phone": "0000-0000004转80013"}
    )
    (sheet,) = A4Press().sheets(order(organ=long))
    assert not sheet.squeezed
    text = text_of(order(organ=long))
    assert "咨询电话：0000-0000002转80012、0000-0000003监督投诉：0000-0000004转80013一式两份" in text
