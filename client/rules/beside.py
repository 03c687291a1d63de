"""Which of a page's suggestions belongs beside which field of a form: to fill it, or to hold against what stands there.

Offered only: a suggestion that stands in some field already has found its place and is not offered to another.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from client.rules.characters import compact
from client.rules.identifiers import IdentifierKind
from client.rules.names import matching_form
from client.rules.suggestions import Suggestion, SuggestionKind
from client.text import chinese

_NUMBERS = frozenset({SuggestionKind.RESIDENT_ID, SuggestionKind.USCC})
_BY_FORMAT: Mapping[str, frozenset[SuggestionKind]] = {
    "resident-id": frozenset({SuggestionKind.RESIDENT_ID}),
    "uscc": frozenset({SuggestionKind.USCC}),
    "phone": frozenset({SuggestionKind.PHONE}),
    "date": frozenset({SuggestionKind.DATE}),
}
_BY_DOCUMENT: Mapping[str, frozenset[SuggestionKind]] = {
    IdentifierKind.RESIDENT_ID: frozenset({SuggestionKind.RESIDENT_ID}),
    chinese("居民身份证"): frozenset({SuggestionKind.RESIDENT_ID}),
    chinese("户口簿"): frozenset({SuggestionKind.RESIDENT_ID}),
    IdentifierKind.USCC: frozenset({SuggestionKind.USCC}),
    chinese("营业执照"): frozenset({SuggestionKind.USCC}),
}
_NAMES = ("name", "legal_representative")
# A page has days and names of many kinds: one that is not labelled as the field is, is another one.
_LABELLED_ALONE = frozenset({SuggestionKind.NAME, SuggestionKind.DATE})
_CARD, _OF_CARD = chinese("身份"), chinese("证件号码")
_OR = re.compile(chinese("或者|或|（|）"))
_FITS = 0.5  # of both labels together: 申请人姓名 is 姓名, 法定代表人姓名 is not
_LABELS = 500
_ALIKE = 0.8  # of the longer value: what somebody mistyped, not something else


@dataclass(frozen=True, slots=True)
class Asked:
    """A field as it stands: `title` in Chinese, as forms are printed; `value` "" where nothing does.

    `followed` is what it would say of its own: the applicant's number, in a field that follows the applicant.
    """

    path: str
    title: str
    kinds: frozenset[SuggestionKind]
    value: str = field(default="", repr=False)
    followed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Beside:
    """What a page says beside a field. `differs`: something else stands in it."""

    suggestion: Suggestion = field(repr=False)
    differs: bool


def kinds_of(path: str, schema: Mapping[str, Any], document: str = "") -> frozenset[SuggestionKind]:
    """What may be suggested for a field of a form, by its schema; nothing for most.

    `document`: of which kind the number is, as the field beside it says, in words or as `IdentifierKind`; "" if it
    does not.
    """
    found = _BY_FORMAT.get(str(schema.get("format", ""))) or _BY_FORMAT.get(str(schema.get("x-widget", "")))
    if found is not None:
        return found
    key = str(schema.get("x-from") or path).rpartition(".")[2]
    if key == "identifier":
        return _BY_DOCUMENT.get(document, frozenset()) if document else _NUMBERS
    return frozenset({SuggestionKind.NAME}) if key in _NAMES else frozenset()


def beside(fields: Sequence[Asked], offered: Sequence[Suggestion], known: Iterable[str] = ()) -> Mapping[str, Beside]:
    """By path of the field; `known` is what stands elsewhere in the case and has its place there.

    One offer may stand beside several empty fields: the clerk knows whose it is. Asked again with every key: a form of
    fifty people and a page of twenty numbers take a few milliseconds.
    """
    on_page = {(each.kind, _plain(each.kind, each.text)): each for each in offered}
    placed = {*known, *(asked.value for asked in fields)}
    names, others = {matching_form(value) for value in placed}, {compact(value) for value in placed}
    free = [
        each for (kind, text), each in on_page.items() if text not in (names if kind is SuggestionKind.NAME else others)
    ]
    found = {}
    for asked in fields:
        if _there(asked, asked.value, on_page) is None:
            found[asked] = _there(asked, asked.followed, on_page) or _for(asked, free)
    return {asked.path: Beside(each, differs=_differs(each, asked.value)) for asked, each in found.items() if each}


def _there(asked: Asked, value: str, on_page: Mapping[tuple[SuggestionKind, str], Suggestion]) -> Suggestion | None:
    """Where the page says `value`, what says so."""
    if not value:
        return None
    said = (on_page.get((kind, _plain(kind, value))) for kind in asked.kinds)
    return next(filter(None, said), None)


def _for(asked: Asked, free: Sequence[Suggestion]) -> Suggestion | None:
    """The one whose label fits best; or the one that was meant by what stands there; or the only one of its kind."""
    of_kind = [each for each in free if each.kind in asked.kinds]
    labelled = _best(of_kind, [_fit(asked.title, _label(each)) for each in of_kind], _FITS)
    if labelled is not None or asked.kinds <= _LABELLED_ALONE:
        return labelled
    if len(of_kind) == 1:
        return of_kind[0]
    return _best(of_kind, [_alike(compact(asked.value), each.text) for each in of_kind], _ALIKE)


def _best(found: Sequence[Suggestion], marks: Sequence[float], least: float) -> Suggestion | None:
    """The one with the best mark; None where two are as good, or none is good enough."""
    best = [each for each, mark in zip(found, marks, strict=True) if mark >= least and mark == max(marks)]
    return best[0] if len(best) == 1 else None


def _label(each: Suggestion) -> str:
    """As forms name it: what cards call 公民身份号码 is their 证件号码."""
    return _OF_CARD if each.kind is SuggestionKind.RESIDENT_ID and _CARD in each.label else each.label


@lru_cache(maxsize=_LABELS)  # words of forms, many times the same
def _fit(title: str, label: str) -> float:
    """How much of title and label is the same words, from 0 to 1; a title may name several: 姓名或名称."""
    return max(_shared(each, label) for each in _OR.split(title))


def _shared(one: str, other: str) -> float:
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return 2 * match.size / max(len(one) + len(other), 1)


def _alike(value: str, text: str) -> float:
    """How much of both is the same from the front and from the end: one slip of the hand lies between."""
    longest = max(len(value), len(text))
    front = _same_from_the_front(value, text)
    end = _same_from_the_front(value[front:][::-1], text[front:][::-1])
    return (front + end) / longest


def _same_from_the_front(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (mine, its) in pairs if mine != its), min(len(one), len(other)))


def _differs(each: Suggestion, value: str) -> bool:
    """Something else stands there; what is only begun may yet become the same."""
    return bool(value) and not each.text.startswith(compact(value))


def _plain(kind: SuggestionKind, value: str) -> str:
    """What is the same for two that say the same, however they are spaced and dotted."""
    return matching_form(value) if kind is SuggestionKind.NAME else compact(value)
