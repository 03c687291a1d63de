"""Whether a case is ready: every needed material there or lawfully to follow, every field of the form right."""

from enum import StrEnum

from client.errors import CaseError, Fault
from client.retold import retold
from client.rules.items import Material, Necessity, Substitute, open_situations, slots_needed
from client.store.cases import CaseRecord
from client.text import clauses, tr


class SlotState(StrEnum):
    """The state of a material in a case; the names are the glossary's."""

    COMPLETE = "complete"
    MISSING = "missing"
    DEFECTIVE = "defective"
    DEFERRED = "deferred"
    WAIVED = "waived"
    DECLARED = "declared"


SUBSTITUTE_STATE = {
    Substitute.ELICENCE: SlotState.WAIVED,
    Substitute.SHARED_DATA: SlotState.WAIVED,
    Substitute.DECLARATION: SlotState.DECLARED,
    Substitute.GENERATED: SlotState.COMPLETE,
    Substitute.CARD_READ: SlotState.COMPLETE,
}
_IN_HAND = frozenset({SlotState.COMPLETE, SlotState.WAIVED, SlotState.DECLARED})

INCOMPLETE = Fault(
    "CASE-202",
    tr("办件 {case} 还不能办理：{what}"),
    tr("请逐项补齐后再试；申请人当场补不齐的，可以一次性告知补正，或暂存草稿"),
)


def require_people(case: str, record: CaseRecord) -> None:
    """An application needs an applicant and the person who stands at the window. Raises CaseError."""
    _raise(case, _people(record))


def require_situations(case: str, record: CaseRecord) -> None:
    """All that is missing can be told at once only when every question that calls for materials has its answer."""
    _raise(case, _questions(record))


def require_complete(case: str, record: CaseRecord) -> None:
    """Raise CaseError naming every missing or defective material, open situation and wrong field at once."""
    _raise(case, shortcomings(record))


def shortcomings(record: CaseRecord) -> tuple[str, ...]:
    """Everything that stands between this case and its acceptance, in a clerk's words."""
    materials = tuple(
        material_words(material, word)
        for material in slots_needed(record.item, record.situations)
        if (word := what_is_wrong(record, material))
    )
    return _people(record) + _questions(record) + materials + tuple(map(retold, record.faults))


def material_words(material: Material, word: str) -> str:
    """What is wrong with a material, as one of the shortcomings."""
    return tr("材料“{name}”{word}").format(name=material.name, word=word)


def missing_materials(record: CaseRecord) -> tuple[Material, ...]:
    """The needed materials that are missing or defective: what a correction notice must list, whole."""
    return tuple(m for m in slots_needed(record.item, record.situations) if what_is_wrong(record, m))


def state_of(record: CaseRecord, key: str) -> SlotState:
    slot = record.slots.get(key)
    return SlotState.MISSING if slot is None else SlotState(slot.state)


def what_is_wrong(record: CaseRecord, material: Material) -> str:
    """Why the case cannot be accepted with this needed material, in a word; empty when it can."""
    state = state_of(record, material.key)
    if state in _IN_HAND or (state is SlotState.DEFERRED and material.necessity is Necessity.DEFERRABLE):
        return ""
    if state is SlotState.DEFECTIVE:
        return tr("不符合要求")
    return "" if material.necessity is Necessity.OPTIONAL else tr("缺")


def _people(record: CaseRecord) -> tuple[str, ...]:
    return tuple(
        sentence
        for person, sentence in ((record.applicant, tr("没有申请人")), (record.attendee, tr("没有经办人（到场人）")))
        if person is None
    )


def _questions(record: CaseRecord) -> tuple[str, ...]:
    situations = open_situations(record.item, record.situations)
    return tuple(tr("未选择情形“{question}”").format(question=s.question) for s in situations)


def _raise(case: str, what: tuple[str, ...]) -> None:
    if what:
        raise CaseError(INCOMPLETE, case=case, what=clauses(what))
