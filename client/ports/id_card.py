"""What the desk asks of an ID-card reader, and what it gets: one document as its chip tells it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, Literal, Protocol

from client.ports.readiness import Readiness
from client.rules.identifiers import IdentifierKind

LONG_TERM: Final = "长期"
"""As the chip has it in place of a last day of validity."""
LastDay = date | Literal["长期"]


class DocumentKind(StrEnum):
    """Kinds of document: those whose chip a SAM reads, and what tells of itself in a machine-readable zone."""

    RESIDENT = "resident"
    HMT_PERMIT = "hmt-permit"
    FOREIGNER_2017 = "foreigner-2017"
    FOREIGNER_2023 = "foreigner-2023"
    TRAVEL_DOCUMENT = "travel-document"


_IDENTIFIER_KINDS = {
    DocumentKind.RESIDENT: IdentifierKind.RESIDENT_ID,
    DocumentKind.HMT_PERMIT: IdentifierKind.HMT_RESIDENCE_PERMIT,
    DocumentKind.FOREIGNER_2017: IdentifierKind.FOREIGN_PERMANENT_RESIDENT_2017,
    DocumentKind.FOREIGNER_2023: IdentifierKind.FOREIGN_PERMANENT_RESIDENT_2023,
    DocumentKind.TRAVEL_DOCUMENT: IdentifierKind.PASSPORT,
}


@dataclass(frozen=True, slots=True)
class IdentityDocument:
    """A document as read; what its kind does not carry is None. Only the kind is in its repr: it may be logged.

    `sex` and `nation` are the words of GB/T 2261.1 and GB/T 3304, `country` is alpha-3. `address` is the newest
    one the chip holds; without `is_of_chip` no chip told it, but a printed zone or a platform. `version` and
    `authority_code` (受理机关代码) are of the foreigners' card of 2017, `former_number_mark` (既往证件号码关联项) of
    that of 2023. `warnings` are sentences for the clerk. `text_block` (256 bytes) tells names with private-use
    characters as the chip has them; `photo` is WLT, undecoded, and `photo_picture` the same as PNG where the hall has
    a decoder. None of them leaves memory.
    """

    kind: DocumentKind
    name: str | None = field(default=None, repr=False)
    name_en: str | None = field(default=None, repr=False)
    sex: str | None = field(default=None, repr=False)
    nation: str | None = field(default=None, repr=False)
    birth: date | None = field(default=None, repr=False)
    address: str | None = field(default=None, repr=False)
    number: str = field(default="", repr=False)
    issuer: str | None = field(default=None, repr=False)
    valid_from: date | None = field(default=None, repr=False)
    valid_to: LastDay | None = field(default=None, repr=False)
    pass_number: str | None = field(default=None, repr=False)
    issue_count: int | None = field(default=None, repr=False)
    country: str | None = field(default=None, repr=False)
    version: str | None = field(default=None, repr=False)
    authority_code: str | None = field(default=None, repr=False)
    former_number_mark: str | None = field(default=None, repr=False)
    is_of_chip: bool = field(default=True, repr=False)
    warnings: tuple[str, ...] = field(default=(), repr=False)
    text_block: bytes = field(default=b"", repr=False)
    photo: bytes = field(default=b"", repr=False)
    photo_picture: bytes | None = field(default=None, repr=False)

    @property
    def identifier_kind(self) -> IdentifierKind:
        """The kind of identifier its number is."""
        return _IDENTIFIER_KINDS[self.kind]

    def is_expired(self, on: date) -> bool:
        """Whether its last day lies before `on`; an unreadable last day is not held against it."""
        return isinstance(self.valid_to, date) and self.valid_to < on

    def as_json(self) -> dict[str, object]:
        """The document of `card read --json`: dates ISO, 长期 as such, absent fields null; no photo, no raw bytes."""
        return {
            "kind": self.kind.value,
            "name": self.name,
            "name_en": self.name_en,
            "sex": self.sex,
            "nation": self.nation,
            "birth": _iso(self.birth),
            "address": self.address,
            "number": self.number,
            "issuer": self.issuer,
            "valid_from": _iso(self.valid_from),
            "valid_to": _iso(self.valid_to),
            "pass_number": self.pass_number,
            "issue_count": self.issue_count,
            "country": self.country,
            "version": self.version,
            "authority_code": self.authority_code,
            "former_number_mark": self.former_number_mark,
            "warnings": list(self.warnings),
        }


class IdCardReader(Protocol):
    """A reader on the counter."""

    name: str  # as the hall calls it, for errors

    def read(self) -> IdentityDocument:
        """Wait a little for a document and read it whole. Raises DeviceError; may be called again at once."""
        ...

    def check(self) -> Readiness:
        """How it stands, at once and without disturbing a reading on its way. Raises nothing."""
        ...

    def close(self) -> None:
        """Give the port back; a later read opens it again."""
        ...


def _iso(day: LastDay | None) -> str | None:
    return day.isoformat() if isinstance(day, date) else day
