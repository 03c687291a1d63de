"""A material's row in words: its shape, its state, and what is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass

from client.desk.sheet import SlotSheet, SlotState
from client.retold import retold
from client.rules.items import Item, Material, Necessity
from client.text import listed, tr
from ui.clerk.intake.marks import SUBSTITUTE_WORDS
from ui.widgets.chips import Tone

_NECESSITY = {
    Necessity.REQUIRED: tr("必要"),
    Necessity.OPTIONAL: tr("非必要"),
    Necessity.DEFERRABLE: tr("可容缺"),
}


@dataclass(frozen=True, slots=True)
class SlotWords:
    """One row. `shape` has the tone of `state` behind it, so that it is told without colour too."""

    key: str
    shape: str
    name: str
    asked: str
    state: str
    tone: Tone

    @property
    def spoken(self) -> str:
        """For whoever hears the row instead of seeing it."""
        return tr("，").join((self.name, self.state, self.asked))


def slot_words(item: Item, slot: SlotSheet, scanning: int | None = None) -> SlotWords:
    """`scanning`: the page its scan is at, None when there is no scan into it."""
    shape, state, tone = _state(slot) if scanning is None else ("●", _scanning(scanning), Tone.BRAND)
    asked = " · ".join(_asked(item, slot))
    return SlotWords(slot.material.key, shape, slot.material.name, asked, state, tone)


def _scanning(page: int) -> str:
    return tr("扫描中 第 {page} 页").format(page=page)


def _state(slot: SlotSheet) -> tuple[str, str, Tone]:
    if slot.state is SlotState.COMPLETE:
        way = SUBSTITUTE_WORDS[slot.substitute] if slot.substitute is not None else ""
        pages = tr("{count} 页").format(count=slot.sheets) if slot.sheets else ""
        return "✓", " ".join(filter(None, (tr("已齐"), pages or way))), Tone.GOOD
    required = slot.material.necessity is Necessity.REQUIRED
    return {
        SlotState.MISSING: ("○", tr("缺", "state"), Tone.WARN if required else Tone.PLAIN),
        SlotState.DEFECTIVE: ("▲", tr("不符合要求", "state"), Tone.BAD),
        SlotState.DEFERRED: ("◐", tr("容缺待补"), Tone.WARN),
        SlotState.WAIVED: ("✓", tr("免提交"), Tone.BRAND),
        SlotState.DECLARED: ("✓", tr("告知承诺"), Tone.BRAND),
    }[slot.state]


def _asked(item: Item, slot: SlotSheet) -> Iterator[str]:
    material = slot.material
    if material.copies_original:
        yield tr("原件 {count} 份").format(count=material.copies_original)
    if material.copies_photocopy:
        yield tr("复印件 {count} 份").format(count=material.copies_photocopy)
    if material.electronic:
        yield tr("电子材料")
    yield _necessity(item, material)
    if slot.state is SlotState.DEFERRED:
        yield _supply(slot)
    if slot.substitute is not None:
        yield SUBSTITUTE_WORDS[slot.substitute]


def _necessity(item: Item, material: Material) -> str:
    """必要, or when it is: 委托代理人时必要."""
    labels = [
        option.label
        for situation in item.situations
        for option in situation.options
        if option.key in material.situations.get(situation.key, ())
    ]
    word = _NECESSITY[material.necessity]
    return tr("{when}时{necessity}").format(when=listed(labels), necessity=word) if labels else word


def _supply(slot: SlotSheet) -> str:
    """When what is to follow is due: a day once the case is accepted, a period before."""
    rule = slot.material.deferral_rule
    if slot.supply_due is not None:
        return tr("应于 {day} 前补齐").format(day=slot.supply_due)
    return tr("受理后 {limit}内补齐").format(limit=retold(rule.supply_limit.words)) if rule is not None else ""
