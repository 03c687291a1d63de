"""A sample of each kind of paper, to try words and looks on: an invented town, invented people, marked test numbers."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

from client.ports.papers import (
    DefectLine,
    DeferredLine,
    DeliveredLine,
    MaterialLine,
    OrganFacts,
    OtherCaseLine,
    PaperFacts,
    PaperKind,
)

CHINA = timezone(timedelta(hours=8))
ORGAN = OrganFacts(
    name="示例市市场监督管理局",
    department="行政审批科",
    organ_word="示市监许受",
    advice_phone="0000-0000002",
    supervision_phone="0000-0000003",
    review_organ="示例市人民政府",
    court="示例市示例区人民法院",
)

MATERIALS = (
    MaterialLine(name="食品经营许可申请书", form="原件", copies="1", pages="2", original="留存"),
    MaterialLine(name="营业执照", form="电子证照", copies="—", pages="—", original="免提交"),
    MaterialLine(
        name="与食品经营相适应的主要设备设施、经营布局、操作流程等文件",
        form="原件",
        copies="1",
        pages="6",
        original="留存",
    ),
    MaterialLine(name="食品安全规章制度目录清单", form="原件", copies="1", pages="2", original="留存"),
    MaterialLine(
        name="授权委托书、代理人身份证明", form="原件／复印件", copies="各1", pages="2", original="身份证已退还"
    ),
)

DEFECTS = (
    DefectLine(
        material="食品经营许可申请书",
        problem="第2页“经营场所”与营业执照登记的住所不一致，未说明原因",
        requirement="按实际经营场所填写，并由法定代表人（负责人）签字、注明日期",
    ),
    DefectLine(
        material="与食品经营相适应的主要设备设施、经营布局、操作流程等文件",
        problem="缺操作流程文件；平面布局图未标明面积",
        requirement="补充操作流程文件1份；平面布局图标明各功能区面积",
    ),
    DefectLine(
        material="授权委托书",
        problem="未载明委托期限",
        requirement="重新出具载明委托事项、权限和期限的授权委托书原件1份",
    ),
)

_COMMON: dict[str, Any] = {
    "case_number": "110101-01-07-20261123-0043-6",
    "query_code": "7K4P-2M9X",
    "issued_at": datetime(2026, 11, 23, 10, 46, tzinfo=CHINA),
    "organ": ORGAN,
    "hall_name": "示例市政务服务大厅",
    "window_no": "07",
    "clerk_name": "张三",
    "clerk_no": "0207",
    "clerk_phone": "0000-0000001",
    "applicant_name": "示例餐饮有限公司",
    "applicant_identifier": "统一社会信用代码91110101MA01A2B32B",
    "attendee": "委托代理人：李四",
    "item_name": "食品经营许可（新办）",
    "task_code": "11110101000000123B400013112400Y",
    "applied_on": date(2026, 11, 23),
    "received_at": datetime(2026, 11, 23, 10, 5, tzinfo=CHINA),
    "addressed_as": "你单位",
}

DEFERRED = (DeferredLine(material="食品安全规章制度目录清单", due="2026年11月26日", rule="《示例容缺办法》"),)
_ACCEPTED: dict[str, Any] = {"accepted_on": date(2026, 11, 23), "promised_date": date(2026, 11, 30)}

_DECIDED: dict[str, Any] = {**_ACCEPTED, "issued_at": datetime(2026, 11, 30, 15, 20, tzinfo=CHINA)}

_KINDS: dict[PaperKind, dict[str, Any]] = {
    PaperKind.RECEIVING_SLIP: {
        "title": "申请材料接收凭证",
        "paper_number": None,
        "basis": "《中华人民共和国行政许可法》第三十二条",
        "materials": MATERIALS,
        "notes": (
            "收件不等于受理。本凭证仅证明本机关收到上列申请材料",
            "申请材料不齐全或者不符合法定形式的，本机关自收到之日起5个工作日内一次告知需要补正的全部内容；逾期不告知的，即为受理",
        ),
    },
    PaperKind.ACCEPTANCE_NOTICE: {
        "title": "行政许可申请受理通知书",
        "paper_number": "示市监许受〔2026〕43号",
        "accepted_on": date(2026, 11, 23),
        "basis": "《中华人民共和国行政许可法》第三十二条第一款第（五）项",
        "limit_text": "法定10个／承诺5个工作日",
        "promised_date": date(2026, 11, 30),
        "excluded_time": "听证、检验、检测、检疫、鉴定、专家评审",
        "collection": "窗口领取",
        "materials": MATERIALS,
        "notes": ("经审查，申请事项属于本机关职权范围，申请材料齐全、符合法定形式，决定予以受理。",),
    },
    PaperKind.CORRECTION_NOTICE: {
        "title": "申请材料补正告知书",
        "paper_number": "示市监许补〔2026〕12号",
        "basis": "《中华人民共和国行政许可法》第三十二条第一款第（四）项",
        "defects": DEFECTS,
        "correction_due": date(2026, 12, 7),
        "lapse_text": "逾期未补正的，视为放弃申请，本机关将退回申请材料",
        "materials_kept": True,
    },
    PaperKind.NON_ACCEPTANCE_NOTICE: {
        "title": "行政许可申请不予受理通知书",
        "paper_number": "示市监许不受〔2026〕3号",
        "basis": "《中华人民共和国行政许可法》第三十二条第一款第（二）项、第三十八条第二款",
        "ground": "所申请的经营场所位于示例县，申请事项依法不属于本机关职权范围",
        "competent_organ": "示例县市场监督管理局",
        "materials": MATERIALS[:2],
    },
    PaperKind.CORRECTION_SLIP: {
        "title": "补正材料接收凭证",
        "paper_number": None,
        "basis": "《中华人民共和国行政许可法》第三十二条第一款第（四）项",
        "refers_to": "示市监许补〔2026〕12号",
        "materials": MATERIALS,
    },
    PaperKind.DEFERRAL_NOTICE: {
        "title": "行政许可申请容缺受理通知书",
        "paper_number": "示市监许受〔2026〕44号",
        "accepted_on": date(2026, 11, 23),
        "basis": "《示例容缺办法》",
        "limit_text": "法定10个／承诺5个工作日",
        "promised_date": date(2026, 11, 30),
        "collection": "窗口领取",
        "materials": MATERIALS[:3],
        "deferred": DEFERRED,
        "notes": (
            "经审查，申请事项属于本行政机关职权范围，除容缺待补的材料外，其余申请材料齐全、符合法定形式。",
            "容缺待补的材料应当于2026年11月26日前补齐；补齐前不作出行政许可决定。",
        ),
    },
    PaperKind.DEFERRAL_PLEDGE: {"title": "容缺受理承诺书", "paper_number": None, "basis": "", "deferred": DEFERRED},
    PaperKind.DECLARATION: {
        "title": "告知承诺书",
        "paper_number": None,
        "basis": "《优化营商环境条例》第四十四条第二款",
        "materials": (
            MaterialLine(name="食品安全规章制度目录清单", form="告知承诺", copies="—", pages="—", original="—"),
        ),
    },
    PaperKind.POWER_OF_ATTORNEY: {
        "title": "授权委托书",
        "paper_number": None,
        "basis": "《中华人民共和国行政许可法》第二十九条第二款",
        "entries": {"valid_until": "2026-12-31"},
    },
    PaperKind.PRIVACY_NOTICE: {
        "title": "个人信息处理告知书",
        "paper_number": None,
        "basis": "《中华人民共和国个人信息保护法》第十七条第一款、第三十条、第三十五条",
    },
    PaperKind.SPECIAL_PROCEDURE_NOTICE: {
        "title": "行政许可特别程序告知书",
        "paper_number": "示市监许特〔2026〕2号",
        "basis": "《中华人民共和国行政许可法》第四十五条",
        **_ACCEPTED,
        "entries": {
            "procedure": "专家评审",
            "reason": "申请新增的加工工艺需要评定",
            "begins_on": "2026-11-26",
            "time_needed": "15个工作日",
        },
    },
    PaperKind.HEARING_NOTICE: {
        "title": "行政许可听证告知书",
        "paper_number": "示市监许听〔2026〕1号",
        "basis": "《中华人民共和国行政许可法》第四十七条第一款",
        **_ACCEPTED,
        "entries": {"matter": "经营场所排烟设施的设置", "reason": "该申请直接涉及申请人与相邻住户之间的重大利益关系"},
    },
    PaperKind.EXTENSION_NOTICE: {
        "title": "行政许可延长办理期限通知书",
        "paper_number": "示市监许延〔2026〕5号",
        "basis": "《中华人民共和国行政许可法》第四十二条第一款",
        **_ACCEPTED,
        "entries": {
            "reason": "现场核查需要其他部门配合",
            "extended_by": "5个工作日",
            "new_date": "2026-12-07",
            "approved_by": "本机关负责人",
        },
    },
    PaperKind.FEE_NOTICE: {
        "title": "行政许可缴费通知书",
        "paper_number": "示市监许费〔2026〕8号",
        "basis": "《中华人民共和国行政许可法》第五十八条第一款、第五十九条",
        **_ACCEPTED,
        "entries": {
            "fee_name": "示例检验费",
            "fee_basis": "《示例收费目录》第3项",
            "amount": "1280.50",
            "payment_code": "11010126000000000001",
            "pay_by": "2026-12-03",
            "pay_where": "扫描缴款码，或者到窗口刷卡",
        },
    },
    PaperKind.GRANT: {
        "title": "准予行政许可决定书",
        "paper_number": "示市监许准〔2026〕31号",
        "basis": "《中华人民共和国行政许可法》第三十八条第一款",
        **_DECIDED,
        "collection": "窗口领取",
        "entries": {
            "decided_on": "2026-11-30",
            "granted": "准予从事热食类食品制售，经营场所为示例市示例区示例路1号",
            "licence": "食品经营许可证JY21101010000001",
            "valid_until": "2031-11-29",
            "conditions": "经营条件发生变化的，应当在变化之日起10个工作日内报告",
        },
        "notes": ("需要颁发行政许可证件的，本机关自作出决定之日起10个工作日内颁发、送达。",),
    },
    PaperKind.DENIAL: {
        "title": "不予行政许可决定书",
        "paper_number": "示市监许不准〔2026〕4号",
        "basis": "《中华人民共和国行政许可法》第三十八条第二款",
        **_DECIDED,
        "entries": {
            "decided_on": "2026-11-30",
            "reason": "现场核查的加工场所与申请的布局不符，达不到生熟分开的要求",
            "denied_by": "《示例管理办法》第十二条",
        },
    },
    PaperKind.TERMINATION_NOTICE: {
        "title": "行政许可终止办理通知书",
        "paper_number": "示市监许终〔2026〕2号",
        "basis": "",
        **_DECIDED,
        "entries": {
            "ended_on": "2026-11-30",
            "reason": "申请人已经依法终止",
            "ended_by": "《示例程序规定》第三十条",
        },
    },
    PaperKind.WITHDRAWAL_NOTICE: {
        "title": "行政许可申请撤回确认书",
        "paper_number": "示市监许撤〔2026〕6号",
        "basis": "",
        **_ACCEPTED,
        "entries": {"withdrawn_on": "2026-11-23", "reason": "经营场所变更"},
    },
    PaperKind.ORIGINALS_RECEIPT: {
        "title": "原件退还签收单",
        "paper_number": None,
        "basis": "",
        "materials": (
            MaterialLine(name="房屋租赁合同", form="原件", copies="1", pages="—", original="已退还"),
            MaterialLine(name="法定代表人身份证明", form="原件", copies="1", pages="—", original="已退还"),
        ),
    },
    PaperKind.DELIVERY_RECORD: {
        "title": "送达回证",
        "paper_number": None,
        "basis": "",
        "issued_at": _DECIDED["issued_at"],
        "delivered": (
            DeliveredLine(title="行政许可申请受理通知书", number="示市监许受〔2026〕43号"),
            DeliveredLine(title="准予行政许可决定书", number="示市监许准〔2026〕31号"),
        ),
        "entries": {"manner": "直接送达", "recipient": "示例餐饮有限公司", "place": "示例市政务服务大厅07号窗口"},
    },
    PaperKind.BUNDLE_SLIP: {
        "title": "“一件事”合并回执",
        "paper_number": None,
        "basis": "",
        "entries": {"theme": "开办餐饮店", "others": "110101-01-07-20261123-0044-4"},
        "other_cases": (
            OtherCaseLine(
                item="食品经营许可（新办）",
                organ="示例市市场监督管理局",
                case_number="110101-01-07-20261123-0043-6",
                state="已收件",
            ),
            OtherCaseLine(
                item="户外招牌设置许可",
                organ="示例市城市管理局",
                case_number="110101-01-07-20261123-0044-4",
                state="已收件",
            ),
        ),
    },
}


def paper(kind: PaperKind = PaperKind.ACCEPTANCE_NOTICE, **changes: object) -> PaperFacts:
    """Facts of a whole paper of `kind`, with `changes`."""
    return PaperFacts.model_validate({"kind": kind, **_COMMON, **_KINDS[kind], **changes})
