"""Who applies and who stands at the window as gathered so far, whole or not: what the desk takes only when it is right.

Applicant and attendee are two until proved to be one: a natural person who comes as 本人 is typed once and kept twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from client.ports.id_card import IdentityDocument
from client.rules.cards import CardReading, known_words, reading_of, settle, unsettled
from client.rules.identifiers import IdentifierKind
from client.rules.identity import (
    Applicant,
    ApplicantKind,
    Attendee,
    Capacity,
    PersonMatch,
    check_applicant,
    check_attendee,
)
from client.rules.names import FoldingTable, name_warnings

SHARED = frozenset({"name", "identifier_kind", "identifier", "phone"})  # what both have
_OF_THE_CARD = SHARED - {"phone"}
_ORGANISATIONS = frozenset({Capacity.LEGAL_REPRESENTATIVE, Capacity.AGENT})


@dataclass(frozen=True)
class Party:
    """One of the two, as typed. What the other part alone has stays empty."""

    name: str = field(default="", repr=False)
    identifier_kind: IdentifierKind = IdentifierKind.RESIDENT_ID
    identifier: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    legal_representative: str = field(default="", repr=False)


@dataclass(frozen=True)
class Private:
    """A character of a name that was read and that only an eye can settle; `position` from 1."""

    part: str
    position: int
    character: str


@dataclass(frozen=True)
class Gathered:
    """Frozen: each word that comes makes another. `sex`, `nation`, `birth` and `warnings` are the card's.

    `readings` are the documents read so far, with their raw texts until the store has them.
    """

    kind: ApplicantKind = ApplicantKind.PERSON
    capacity: Capacity = Capacity.SELF
    applicant: Party = field(default_factory=Party)
    attendee: Party = field(default_factory=Party)
    card_read: bool = False
    matched: bool = False
    sex: str = field(default="", repr=False)
    nation: str = field(default="", repr=False)
    birth: str = field(default="", repr=False)
    warnings: tuple[str, ...] = field(default=(), repr=False)
    readings: tuple[CardReading, ...] = field(default=(), repr=False)

    @property
    def is_one(self) -> bool:
        """Whether the one who applies is the one who came."""
        return self.kind is ApplicantKind.PERSON and self.capacity is Capacity.SELF

    @property
    def is_blank(self) -> bool:
        return not any((self.applicant.name, self.applicant.identifier, self.attendee.name, self.attendee.identifier))

    @property
    def wants_applicants_card(self) -> bool:
        """The attendee is known, and the natural person applied for is not: the next card is that person's."""
        is_other = self.kind is ApplicantKind.PERSON and not self.is_one
        return is_other and bool(self.attendee.identifier) and not self.applicant.identifier

    def with_document(self, document: IdentityDocument) -> "Gathered":
        """A card was read: of whoever came, or else of the one they came for."""
        others = tuple(each for each in self.readings if each.identifier != document.number)
        return replace(self._with_party(document), readings=(*others, _reading(document)))

    def _with_party(self, document: IdentityDocument) -> "Gathered":
        read: dict[str, Any] = {
            "name": document.name or document.name_en or "",
            "identifier_kind": document.identifier_kind,
            "identifier": document.number,
        }
        address = document.address or ""
        if self.wants_applicants_card:
            applicant = replace(self.applicant, **read, address=address)
            return replace(self, applicant=applicant, warnings=document.warnings)
        phone = self.attendee.phone if self.attendee.identifier in {"", document.number} else ""
        came = replace(
            self,
            attendee=Party(**read, phone=phone),
            card_read=document.is_of_chip,
            matched=False,
            sex=document.sex or "",
            nation=document.nation or "",
            birth=document.birth.isoformat() if document.birth else "",
            warnings=document.warnings,
        )
        if came.is_one:
            own = self.applicant.phone if self.applicant.identifier in {"", document.number} else ""
            return replace(came, applicant=Party(**read, phone=own, address=address)).mirrored()
        if self.kind is not ApplicantKind.PERSON and not self.attendee.identifier:
            return replace(came, capacity=_likely_capacity(came))
        return came

    def private(self, folding: FoldingTable) -> Private | None:
        """The first character to settle, in a name that a card gave."""
        for part in ("applicant", "attendee"):
            party: Party = getattr(self, part)
            if any(each.identifier == party.identifier for each in self.readings):
                for position in unsettled(party.name, folding):
                    return Private(part, position, party.name[position - 1])
        return None

    def with_settled(self, about: Private, character: str, folding: FoldingTable) -> "Gathered":
        """That character is the one on the card, as the clerk saw: the card stays read, and it is kept with it."""
        party: Party = getattr(self, about.part)
        name, settled = settle(party.name, about.position, character)
        readings = tuple(
            each.model_copy(update={"settled": (*each.settled, settled)})
            if each.identifier == party.identifier
            else each
            for each in self.readings
        )
        told = name_warnings(party.name, folding)
        others = tuple(warning for warning in self.warnings if warning not in told)
        changed: dict[str, Any] = {about.part: replace(party, name=name)}
        warnings = (*name_warnings(name, folding), *others)
        return replace(self, readings=readings, warnings=warnings, **changed).mirrored()

    def with_kind(self, kind: ApplicantKind) -> "Gathered":
        """The applicant is of another kind: whoever came stays, a person's data do not become a company's."""
        was_person, is_person = self.kind is ApplicantKind.PERSON, kind is ApplicantKind.PERSON
        if was_person == is_person:
            return replace(self, kind=kind)
        fresh = Party() if is_person else Party(identifier_kind=IdentifierKind.USCC)
        now = replace(self, kind=kind, applicant=fresh)
        if not is_person:
            return replace(now, capacity=_likely_capacity(now))
        if self.capacity is Capacity.LEGAL_REPRESENTATIVE:
            return replace(now, capacity=Capacity.SELF, applicant=self.attendee)
        return now

    def with_capacity(self, capacity: Capacity) -> "Gathered":
        """Whoever came came as somebody else. Where one becomes two, a card says who came, typing who applies."""
        now = replace(self, capacity=capacity)
        if now.is_one and not self.is_one:
            known = self.attendee if self.attendee.identifier else self.applicant
            address = self.applicant.address if known.identifier == self.applicant.identifier else ""
            return replace(now, applicant=replace(known, address=address)).mirrored()
        if self.is_one and not now.is_one:
            return replace(now, applicant=Party()) if self.card_read else replace(now, attendee=Party())
        return now

    def with_word(self, part: str, name: str, word: str) -> "Gathered":
        """A field was typed in. What is typed over a card's word is the card's no more."""
        value: dict[str, Any] = {name: IdentifierKind(word) if name == "identifier_kind" else word}
        changed: dict[str, Any] = {part: replace(getattr(self, part), **value)}
        now = replace(self, **changed)
        if name in _OF_THE_CARD and (part == "attendee" or self.is_one):
            now = replace(now, card_read=False, matched=False, sex="", nation="", birth="", warnings=())
        return now.mirrored()

    def mirrored(self) -> "Gathered":
        """One person is kept twice."""
        if not self.is_one:
            return self
        shared = {name: getattr(self.applicant, name) for name in SHARED}
        return replace(self, attendee=replace(self.attendee, **shared))

    def people(self) -> tuple[Applicant, Attendee]:
        """As the desk takes them, unchecked."""
        one, other = self.applicant, self.attendee
        representative = one.legal_representative if self.kind is not ApplicantKind.PERSON else ""
        return (
            Applicant(
                kind=self.kind,
                name=one.name,
                identifier_kind=one.identifier_kind,
                identifier=one.identifier,
                phone=one.phone,
                address=one.address,
                legal_representative=representative or None,
            ),
            Attendee(
                capacity=self.capacity,
                name=other.name,
                identifier_kind=other.identifier_kind,
                identifier=other.identifier,
                phone=other.phone,
                card_read=self.card_read,
                person_matches_card=PersonMatch.BY_EYE if self.matched else None,
            ),
        )

    def check(self, on: date) -> None:
        """Raise CaseError with the first thing that is wanting or wrong."""
        applicant, attendee = self.people()
        check_attendee(attendee, check_applicant(applicant, on), on)

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "readings": [each.model_dump(mode="json") for each in self.readings]}


NOBODY = Gathered()


def from_json(kept: Mapping[str, Any]) -> Gathered:
    """What `as_json` wrote; nobody for what another program wrote."""
    try:
        known: dict[str, Any] = {name: kept[name] for name in asdict(NOBODY)}
        readings = tuple(map(CardReading.model_validate, known.pop("readings")))
        parties: dict[str, Any] = {part: Party(**_party(known.pop(part))) for part in ("applicant", "attendee")}
        kind, capacity = ApplicantKind(known.pop("kind")), Capacity(known.pop("capacity"))
        warnings = tuple(map(str, known.pop("warnings")))
        return Gathered(kind=kind, capacity=capacity, warnings=warnings, readings=readings, **parties, **known)
    except (KeyError, TypeError, ValueError):
        return NOBODY


def from_people(
    applicant: Applicant | None, attendee: Attendee | None, before: Gathered, readings: Sequence[CardReading] = ()
) -> Gathered:
    """The people of a case and what was read of them; warnings are kept from `before` while it is the same person."""
    if applicant is None or attendee is None:
        return NOBODY
    is_same = before.attendee.identifier == attendee.identifier and attendee.card_read
    words = known_words(attendee, reading_of(readings, attendee))
    return Gathered(
        kind=applicant.kind,
        capacity=attendee.capacity,
        applicant=Party(
            applicant.name,
            applicant.identifier_kind,
            applicant.identifier,
            applicant.phone,
            applicant.address,
            applicant.legal_representative or "",
        ),
        attendee=Party(attendee.name, attendee.identifier_kind, attendee.identifier, attendee.phone),
        card_read=attendee.card_read,
        matched=attendee.person_matches_card is not None,
        sex=words["sex"],
        nation=words["nation"],
        birth=words["birth"],
        warnings=before.warnings if is_same else (),
        readings=tuple(readings),
    )


def _reading(document: IdentityDocument) -> CardReading:
    valid_to = document.valid_to
    return CardReading(
        identifier_kind=document.identifier_kind,
        identifier=document.number,
        sex=document.sex or "",
        nation=document.nation or "",
        birth=document.birth.isoformat() if document.birth else "",
        valid_to=valid_to.isoformat() if isinstance(valid_to, date) else valid_to or "",
        country=document.country or "",
        block=document.text_block.hex(),
    )


def _likely_capacity(now: Gathered) -> Capacity:
    """In what capacity somebody comes for an organisation; the clerk sees it and may say otherwise."""
    if now.capacity in _ORGANISATIONS and not now.attendee.identifier:
        return now.capacity
    is_head = bool(now.attendee.name) and now.attendee.name == now.applicant.legal_representative
    return Capacity.LEGAL_REPRESENTATIVE if is_head else Capacity.AGENT


def _party(kept: Mapping[str, Any]) -> dict[str, Any]:
    return {**kept, "identifier_kind": IdentifierKind(kept["identifier_kind"])}
