"""What a clerk may say of a material, and how one word of it changes while the others stand."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType

from client.desk.drafting import MaterialMark
from client.desk.sheet import SlotSheet, SlotState
from client.rules.items import Necessity, OriginalStays, Substitute
from client.text import tr

SUBSTITUTE_WORDS: Mapping[Substitute, str] = MappingProxyType(
    {
        Substitute.ELICENCE: tr("电子证照"),
        Substitute.SHARED_DATA: tr("数据共享核验"),
        Substitute.DECLARATION: tr("告知承诺"),
        Substitute.GENERATED: tr("由表单生成"),
        Substitute.CARD_READ: tr("已读卡"),
    }
)


class Verb(StrEnum):
    """What can be said with one key; each is the name of its key too."""

    COMPARED = "compared"
    RETURNED = "original_returned"
    SUBSTITUTE = "substitute"
    DEFER = "defer"
    DEFECTIVE = "defective"


VERB_WORDS: Mapping[Verb, str] = MappingProxyType(
    {
        Verb.COMPARED: tr("与原件核对无误"),
        Verb.RETURNED: tr("原件退还"),
        Verb.SUBSTITUTE: tr("代替方式"),
        Verb.DEFER: tr("容缺后补"),
        Verb.DEFECTIVE: tr("不符合要求", "state"),
    }
)


def is_lawful(verb: Verb, slot: SlotSheet) -> bool:
    """Whether the catalogue and what is on the table leave room for that word."""
    material, has_pages = slot.material, bool(slot.pages)
    return {
        Verb.COMPARED: has_pages and not material.electronic,
        Verb.RETURNED: has_pages and material.original is not None,
        Verb.SUBSTITUTE: bool(material.substitutes),
        Verb.DEFER: material.necessity is Necessity.DEFERRABLE,
        Verb.DEFECTIVE: slot.substitute is None,
    }[verb]


def is_said(verb: Verb, slot: SlotSheet) -> bool:
    """Whether that word stands."""
    return {
        Verb.COMPARED: slot.compared,
        Verb.RETURNED: slot.original_returned,
        Verb.SUBSTITUTE: slot.substitute is not None,
        Verb.DEFER: slot.state is SlotState.DEFERRED,
        Verb.DEFECTIVE: slot.state is SlotState.DEFECTIVE,
    }[verb]


def mark_after(verb: Verb, slot: SlotSheet) -> MaterialMark:
    """The mark once that word is said, or taken back where it stood; 代替方式 goes on to the next one."""
    mark = mark_of(slot)
    on = not is_said(verb, slot)
    if verb is Verb.COMPARED:
        return replace(mark, compared=on)
    if verb is Verb.RETURNED:
        return replace(mark, original_returned=on)
    if verb is Verb.SUBSTITUTE:
        return replace(mark, substitute=_next(slot), deferred=False, defective=False)
    return replace(mark, substitute=None, deferred=on and verb is Verb.DEFER, defective=on and verb is Verb.DEFECTIVE)


def mark_of(slot: SlotSheet) -> MaterialMark:
    """What was said so far. A count or a return that only follows from the state goes on following it."""
    material, here = slot.material, slot.state is SlotState.COMPLETE
    returned = here and material.original is OriginalStays.RETURNED
    return MaterialMark(
        copies_original=_said(slot.copies_original, material.copies_original if here else 0),
        copies_photocopy=_said(slot.copies_photocopy, material.copies_photocopy if here else 0),
        compared=slot.compared,
        original_returned=None if slot.original_returned == returned else slot.original_returned,
        substitute=slot.substitute,
        deferred=slot.state is SlotState.DEFERRED,
        defective=slot.state is SlotState.DEFECTIVE,
    )


def _said(count: int, usual: int) -> int | None:
    return None if count == usual else count


def _next(slot: SlotSheet) -> Substitute | None:
    """The one after it among the material's ways, in their own order; none after the last."""
    ways = [way for way in Substitute if way in slot.material.substitutes]
    place = ways.index(slot.substitute) + 1 if slot.substitute in ways else 0
    return ways[place] if place < len(ways) else None
