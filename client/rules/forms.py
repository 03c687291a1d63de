"""Whether the answers of a form are whole and right, told field by field in a clerk's words.

The form of an item is JSON Schema, draft 2020-12; the sentences here never repeat what was written in a field.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from stdnum.cn import ric, uscc

from client.rules.items import Item
from client.text import tr

_RESIDENT_ID = re.compile(r"[0-9]{17}[0-9X]")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")


@dataclass(frozen=True, slots=True)
class FormFault:
    """One field that is missing or wrong. `field` is its path (shareholders.0.name), `title` its name on screen."""

    field: str
    title: str
    sentence: str
    missing: bool = False


def _is_date(value: object) -> bool:
    if not isinstance(value, str):
        return True
    try:
        return value == date.fromisoformat(value).isoformat()
    except ValueError:
        return False


def _is_resident_id(value: object) -> bool:
    """公民身份号码 by its check character alone (GB 11643): no area code is ever a reason to refuse."""
    if not isinstance(value, str):
        return True
    return bool(_RESIDENT_ID.fullmatch(value)) and ric.calc_check_digit(value[:-1]) == value[-1]


def _is_uscc(value: object) -> bool:
    return not isinstance(value, str) or (uscc.is_valid(value) and uscc.compact(value) == value)


def _is_mobile(value: object) -> bool:
    return not isinstance(value, str) or bool(_MOBILE.fullmatch(value))


def _format_checker() -> FormatChecker:
    checker = FormatChecker(formats=())
    checker.checks("date")(_is_date)
    checker.checks("resident-id")(_is_resident_id)
    checker.checks("uscc")(_is_uscc)
    checker.checks("mobile")(_is_mobile)
    return checker


_CHECKER = _format_checker()

_FORMAT_WORDS: Mapping[str, str] = {
    "date": tr("请按年-月-日填写真实的日期，例如2026-11-30"),
    "resident-id": tr("公民身份号码应为18位且末位校验正确，请对照证件重新填写"),
    "uscc": tr("统一社会信用代码应为18位且末位校验正确，请对照营业执照重新填写"),
    "mobile": tr("请填写11位手机号码"),
}


def form_faults(item: Item, answers: Mapping[str, Any]) -> tuple[FormFault, ...]:
    """Every field of `item`'s form that is missing or wrong, in the form's order; empty when all is well.

    A blank text or an empty group counts as not filled in.
    """
    validator = Draft202012Validator(dict(item.form), format_checker=_CHECKER)
    errors = validator.iter_errors(_filled(answers))
    faults = dict.fromkeys(fault for error in errors for fault in _faults_of(item, error))  # each once
    order = {key: place for place, key in enumerate(item.form["properties"])}
    return tuple(sorted(faults, key=lambda fault: order.get(fault.field.partition(".")[0], len(order))))


def missing_fields(item: Item, answers: Mapping[str, Any]) -> tuple[FormFault, ...]:
    """Those of `form_faults` that are only not filled in yet."""
    return tuple(fault for fault in form_faults(item, answers) if fault.missing)


def _filled(value: Any) -> Any:  # noqa: ANN401  any JSON value
    """`value` without what was left blank."""
    if isinstance(value, Mapping):
        kept = {key: _filled(part) for key, part in value.items()}
        return {key: part for key, part in kept.items() if part not in (None, "", [], {})}
    if isinstance(value, (list, tuple)):
        return [part for part in map(_filled, value) if part not in (None, "", [], {})]
    return value.strip() if isinstance(value, str) else value


def _faults_of(item: Item, error: ValidationError) -> Iterator[FormFault]:
    path = tuple(error.absolute_path)
    written, schema = cast("Any", error.instance), cast("Any", error.schema)  # jsonschema types both as perhaps unset
    if error.validator == "required":
        for name in schema["required"]:
            if name not in written:
                title = _title(item.form, (*path, name))
                yield FormFault(_field((*path, name)), title, tr("“{title}”没有填写").format(title=title), missing=True)
        return
    if error.validator == "additionalProperties":
        for name in sorted(set(written) - set(schema["properties"])):
            sentence = tr("表单中没有“{title}”这一项，请核对事项版本").format(title=name)
            yield FormFault(_field((*path, name)), name, sentence)
        return
    title = _title(item.form, path)
    advice = _advice(str(error.validator), schema)
    yield FormFault(_field(path), title, tr("“{title}”：{advice}").format(title=title, advice=advice))


_ADVICE: Mapping[str, Callable[[Any], str]] = {
    "enum": lambda choices: tr("请从可选项中选择：{choices}").format(choices="、".join(map(str, choices))),
    "minLength": lambda length: tr("至少{length}个字").format(length=length),
    "maxLength": lambda length: tr("最多{length}个字").format(length=length),
    "minItems": lambda length: tr("至少填写{length}项").format(length=length),
    "maxItems": lambda length: tr("最多填写{length}项").format(length=length),
    "minimum": lambda least: tr("不能小于{least}").format(least=least),
    "maximum": lambda most: tr("不能大于{most}").format(most=most),
    "format": lambda name: _FORMAT_WORDS[name],
}


def _advice(keyword: str, schema: Mapping[str, Any]) -> str:
    """What to do about a field that breaks `keyword` of its schema; the schema's own `x-message` comes first."""
    if "x-message" in schema:
        return str(schema["x-message"])
    words = _ADVICE.get(keyword)
    return words(schema[keyword]) if words else tr("填写的内容不符合要求，请按示范文本重新填写")


def _field(path: tuple[str | int, ...]) -> str:
    return ".".join(map(str, path))


def _title(form: Mapping[str, Any], path: tuple[str | int, ...]) -> str:
    """The screen's name of the field at `path`, with the place in a group counted from one: 股东第2项·姓名."""
    schema, title = form, ""
    for step in path:
        if isinstance(step, int):
            schema, title = schema["items"], tr("{group}第{place}项").format(group=title, place=step + 1)
            continue
        schema = schema["properties"][step]
        name = str(schema.get("title", step))
        title = f"{title}·{name}" if title else name
    return title
