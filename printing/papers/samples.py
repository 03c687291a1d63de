"""A sample of each kind of paper, to try words and looks on: an invented town, invented people, marked test numbers."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

from client.ports.papers import DefectLine, MaterialLine, OrganFacts, PaperFacts, PaperKind

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
}


def paper(kind: PaperKind = PaperKind.ACCEPTANCE_NOTICE, **changes: object) -> PaperFacts:
    """Facts of a whole paper of `kind`, with `changes`."""
    return PaperFacts.model_validate({"kind": kind, **_COMMON, **_KINDS[kind], **changes})
