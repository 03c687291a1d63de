"""What is asked for a paper, as the fields of an intake form take it: JSON Schema of a model in, of a form out."""

from collections.abc import Mapping
from typing import Any

from client.desk.issuing import Offer
from client.text import clauses, tr
from ui.clerk.intake.rows import HINT

OPTIONAL = tr("可不填")


def form_of(offer: Offer) -> Mapping[str, Any]:
    """Of what may be left out, one kind of value is left; that it may be left out, and an example, are hints."""
    required = set(offer.schema.get("required", ())) | set(known(offer))
    fields = offer.schema.get("properties", {})
    return {"properties": {name: _field(part, needed=name in required) for name, part in fields.items()}}


def known(offer: Offer) -> dict[str, str]:
    """What stands in the form before anybody types: what the model begins with, and what the desk knows."""
    fields = offer.schema.get("properties", {}).items()
    usual = {name: part["default"] for name, part in fields if isinstance(part.get("default"), str)}
    return {**usual, **offer.suggested}


def given(offer: Offer, values: Mapping[str, str]) -> dict[str, str]:
    """What was typed, without blanks; a text that the model begins with, wiped out, is no other text."""
    fields = offer.schema.get("properties", {})
    return {name: value for name, value in values.items() if value.strip() or fields[name].get("default")}


def _field(part: Mapping[str, Any], *, needed: bool) -> Mapping[str, Any]:
    several = [way for way in part.get("anyOf", ()) if way.get("type") != "null"]
    examples = [tr("例如 {example}").format(example=example) for example in part.get("examples", ())]
    hint = clauses([*([] if needed else [OPTIONAL]), *examples])
    return {**(several[0] if several else {}), **part, HINT: hint}
