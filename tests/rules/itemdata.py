"""A small item of test data, and variations of it."""

from typing import Any

from client.rules.items import Item

EVIDENCE: dict[str, Any] = {"source": "测试数据", "seen": "2026-11-24", "confirmed": False}
USCC = "11110101000000001D"
BASIC = "00013112400Y"

FORM: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "people"],
    "properties": {
        "name": {"type": "string", "title": "名称", "minLength": 2, "maxLength": 4},
        "people": {
            "type": "array",
            "title": "股东",
            "minItems": 1,
            "maxItems": 2,
            "items": {
                "type": "object",
                "title": "一名股东",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "title": "姓名"},
                    "number": {"type": "string", "title": "证件号码", "format": "resident-id"},
                },
            },
        },
        "kind": {"type": "string", "title": "类型", "enum": ["甲", "乙"]},
        "credit_code": {"type": "string", "title": "信用代码", "format": "uscc"},
        "phone": {"type": "string", "title": "电话", "format": "phone"},
        "day": {"type": "string", "title": "日期", "format": "date"},
        "count": {"type": "integer", "title": "人数", "minimum": 1, "maximum": 9},
        "unit": {"type": "string", "title": "单元号", "pattern": "^[0-9]+$", "x-message": "单元号只有数字"},
        "plain": {"type": "string"},
    },
}


def material(key: str = "form", **changes: Any) -> dict[str, Any]:
    original = {"original": "kept"} if changes.get("copies_original", 1) else {}
    return {"key": key, "name": "材料" + key, "copies_original": 1, "copies_photocopy": 0, **original, **changes}


def body(**changes: Any) -> dict[str, Any]:
    """An item file's content with `changes`."""
    task_code = USCC + "4" + BASIC
    return {
        "task_code": task_code,
        "catalog_code": BASIC,
        "task_handle_item": task_code + "01",
        "name": "示例事项",
        "version": 1,
        "item_kind": "licensing",
        "case_class": "promised",
        "organ": {
            "name": "示例市示例局",
            "uscc": USCC,
            "organ_words": {"acceptance_notice": "示受"},
            "department": "审批科",
            "advice_phone": "0000-0000001",
            "supervision_phone": "0000-0000002",
            "review_organ": "示例市人民政府",
            "court": "示例市人民法院",
        },
        "intake_regime": "licensing_law",
        "acceptance_mode": "window",
        "legal_basis": [{"text": "《示例法》", "article": "第一条", **EVIDENCE}],
        "materials": [material()],
        "form": FORM,
        "collection": [{"key": "window", "label": "窗口领取"}],
        "fee": "不收费",
        **changes,
    }


def item(**changes: Any) -> Item:
    return Item.model_validate(body(**changes))
