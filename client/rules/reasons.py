"""What is wrong with a value in a file that people write, in their language: pydantic says it in English."""

from types import MappingProxyType

from pydantic import ValidationError

from client.text import tr

_OTHERWISE = tr("不合要求")
_BY_TYPE = MappingProxyType(
    {
        "missing": tr("缺少"),
        "extra_forbidden": tr("不认识的项"),
        "json_invalid": tr("不是有效的 JSON"),
        "enum": tr("不在可选值之内"),
        "literal_error": tr("不在可选值之内"),
        "string_too_short": tr("太短或者是空的"),
        "string_too_long": tr("太长"),
        "string_pattern_mismatch": tr("格式不对"),
        "greater_than": tr("太小"),
        "greater_than_equal": tr("太小"),
        "less_than": tr("太大"),
        "less_than_equal": tr("太大"),
        "too_short": tr("项数太少"),
        "too_long": tr("项数太多"),
        "string_type": tr("应为文字"),
        "string_unicode": tr("应为 UTF-8 文字"),
    }
)
_BY_BEGINNING = (
    ("datetime", tr("应为日期和时间，如 2026-11-23T09:30:00+08:00")),
    ("timezone", tr("应为带时区的日期和时间")),
    ("date", tr("应为日期，如 2026-11-23")),
    ("bool", tr("应为 true 或 false")),
    ("int", tr("应为整数")),
    ("float", tr("应为数字")),
    ("decimal", tr("应为数字")),
    ("list", tr("应为列表")),
    ("tuple", tr("应为列表")),
    ("set", tr("应为列表")),
    ("dict", tr("应为成对的项")),
    ("mapping", tr("应为成对的项")),
    ("model", tr("应为成对的项")),
)


def reason(error_type: str) -> str:
    """Why a value was refused, from the `type` of pydantic's error; never holds the value itself."""
    known = _BY_TYPE.get(error_type)
    if known is not None:
        return known
    return next((words for beginning, words in _BY_BEGINNING if error_type.startswith(beginning)), _OTHERWISE)


def first_wrong(error: ValidationError) -> dict[str, str]:
    """The `place` in a document where it is wrong first, and the `reason`; never the value itself."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    return {"place": ".".join(map(str, first["loc"])) or tr("全文"), "reason": reason(first["type"])}
