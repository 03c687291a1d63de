"""Whether the answers of a form are whole and right, told field by field in a clerk's words.

The form of an item is JSON Schema, draft 2020-12; the sentences here never repeat what was written in a field.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any, cast

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from client.errors import CaseError
from client.rules.identifiers import IdentifierKind, check_identifier
from client.rules.items import Item
from client.rules.phones import check_phone
from client.text import marked


@dataclass(frozen=True, slots=True)
class FormFault:
    """One field that is missing or wrong. `field` is its path (shareholders.0.name), `title` its name on screen."""

    field: str
    title: str
    sentence: str
    missing: bool = False


def _checked(check: Callable[[str], str]) -> Callable[[object], bool]:
    """A format: text that `check` takes and would not write otherwise; what is no text is the type's business."""
    return lambda value: not isinstance(value, str) or check(value) == value


def _format_checker() -> FormatChecker:
    """The formats of our forms; a format it does not know is not checked (JSON Schema 2020-12, 7.2.3)."""
    checker = FormatChecker(formats=())
    checker.checks("date", raises=ValueError)(_checked(lambda text: date.fromisoformat(text).isoformat()))
    checker.checks("phone", raises=CaseError)(_checked(check_phone))
    for name, kind in (("resident-id", IdentifierKind.RESIDENT_ID), ("uscc", IdentifierKind.USCC)):
        checker.checks(name, raises=CaseError)(_checked(partial(_canonical, kind)))
    return checker


def _canonical(kind: IdentifierKind, text: str) -> str:
    return check_identifier(kind, text).text


_CHECKER = _format_checker()


def has_format_of(schema: Mapping[str, Any], text: str) -> bool:
    """Whether `text` is written as its field wants it; a field without a format wants nothing."""
    return "format" not in schema or _CHECKER.conforms(text, schema["format"])


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


def _filled(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """`value` without what was left blank; entries of a group keep their places."""
    if isinstance(value, Mapping):
        kept = {key: _filled(part) for key, part in value.items()}
        return {key: part for key, part in kept.items() if not _is_blank(part)}
    if isinstance(value, (list, tuple)):
        parts = [_filled(part) for part in value]
        return [] if all(map(_is_blank, parts)) else parts
    return value.strip() if isinstance(value, str) else value


def _is_blank(value: object) -> bool:
    return value is None or value in ("", [], {})


def _faults_of(item: Item, error: ValidationError) -> Iterator[FormFault]:
    path = tuple(error.absolute_path)
    written, schema = cast("Any", error.instance), cast("Any", error.schema)  # jsonschema types both as perhaps unset
    if error.validator == "required":
        for name in schema["required"]:
            if name not in written:
                title = _title(item.form, (*path, name))
                yield FormFault(
                    _field((*path, name)), title, marked("“{title}”没有填写").format(title=title), missing=True
                )
        return
    if error.validator == "additionalProperties":
        for name in sorted(set(written) - set(schema["properties"])):
            sentence = marked("表单中没有“{title}”这一项，请核对事项版本").format(title=name)
            yield FormFault(_field((*path, name)), name, sentence)
        return
    title = _title(item.form, path)
    advice = _advice(error, schema)
    yield FormFault(_field(path), title, marked("“{title}”：{advice}").format(title=title, advice=advice))


_ADVICE: Mapping[str, Callable[[Any], str]] = MappingProxyType(
    {
        "enum": lambda choices: marked("请从可选项中选择：{choices}").format(choices="、".join(map(str, choices))),
        "minLength": lambda length: marked("至少{length}个字").format(length=length),
        "maxLength": lambda length: marked("最多{length}个字").format(length=length),
        "minItems": lambda length: marked("至少填写{length}项").format(length=length),
        "maxItems": lambda length: marked("最多填写{length}项").format(length=length),
        "minimum": lambda least: marked("不能小于{least}").format(least=least),
        "maximum": lambda most: marked("不能大于{most}").format(most=most),
    }
)


def _advice(error: ValidationError, schema: Mapping[str, Any]) -> str:
    """What to do about a field that breaks its schema; the schema's own `x-message` comes first."""
    if "x-message" in schema:
        return str(schema["x-message"])
    if isinstance(error.cause, CaseError):
        return marked("{title}；{advice}").format(title=error.cause.kept_title, advice=error.cause.kept_advice)
    if error.validator == "format":
        return _format_advice(schema["format"])
    keyword = str(error.validator)
    words = _ADVICE.get(keyword)
    return words(schema[keyword]) if words else marked("填写的内容不符合要求，请按示范文本重新填写")


def _format_advice(name: str) -> str:
    if name == "date":
        return marked("请按年-月-日填写真实的日期，例如2026-11-30")
    return marked("请用半角字符填写，不要加空格")


def _field(path: tuple[str | int, ...]) -> str:
    return ".".join(map(str, path))


def _title(form: Mapping[str, Any], path: tuple[str | int, ...]) -> str:
    """The screen's name of the field at `path`, with the place in a group counted from one: 股东第2项·姓名."""
    schema, title = form, ""
    for step in path:
        if isinstance(step, int):
            schema, title = schema["items"], marked("{group}第{place}项").format(group=title, place=step + 1)
            continue
        schema = schema["properties"][step]
        name = str(schema.get("title", step))
        title = f"{title}·{name}" if title else name
    return title
