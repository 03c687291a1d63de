"""The 256-byte text of a chip, UTF-16LE in fixed places padded with blanks: four layouts, told apart by one character.

At offset 248 stands a blank (居民身份证), J (港澳台居民居住证), I or Y (外国人永久居留身份证 of 2017 and 2023).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Literal

from client.errors import CaseError
from client.ports.id_card import LONG_TERM, DocumentKind, IdentityDocument
from client.rules.identifiers import check_identifier
from client.rules.names import name_warnings
from client.text import tr
from devices.idcard.codes import CodeTables

TEXT_LENGTH = 256
ADDRESS_LENGTH = 70
FLAG = slice(248, 250)

EXPIRED = tr("证件已过有效期，请申请人换用有效证件")
NOT_YET_VALID = tr("证件尚未到有效期起始日，请核对证件")
ADDRESS_UNCLEAR = tr("住址中有没有正确读出的字符，请对照证件更正")
BIRTH_DIFFERS = tr("号码中的出生日期与证件上的出生日期不一致，请核对证件")
DATE_UNCLEAR = tr("证件上的日期没有完整读出，请对照证件补录")
NATION_UNKNOWN = tr("证件上的民族代码不在国家标准内，请对照证件补录")

Layout = Mapping[str, slice]


def _places(**places: tuple[int, int]) -> Layout:
    return MappingProxyType({name: slice(offset, offset + length) for name, (offset, length) in places.items()})


LAYOUTS: Mapping[DocumentKind, Layout] = MappingProxyType(
    {
        DocumentKind.RESIDENT: _places(
            name=(0, 30),
            sex=(30, 2),
            nation=(32, 4),
            birth=(36, 16),
            address=(52, 70),
            number=(122, 36),
            issuer=(158, 30),
            valid_from=(188, 16),
            valid_to=(204, 16),
        ),
        DocumentKind.HMT_PERMIT: _places(
            name=(0, 30),
            sex=(30, 2),
            birth=(36, 16),
            address=(52, 70),
            number=(122, 36),
            issuer=(158, 30),
            valid_from=(188, 16),
            valid_to=(204, 16),
            pass_number=(220, 18),
            issue_count=(238, 4),
        ),
        DocumentKind.FOREIGNER_2017: _places(
            name_en=(0, 120),
            sex=(120, 2),
            number=(122, 30),
            country=(152, 6),
            name=(158, 30),
            valid_from=(188, 16),
            valid_to=(204, 16),
            birth=(220, 16),
            version=(236, 4),
            authority_code=(240, 8),
        ),
        DocumentKind.FOREIGNER_2023: _places(
            name=(0, 30),
            sex=(30, 2),
            issue_count=(32, 4),
            birth=(36, 16),
            name_en=(52, 70),
            number=(122, 36),
            valid_from=(188, 16),
            valid_to=(204, 16),
            name_en_more=(220, 22),
            country=(242, 6),
            former_number_mark=(250, 6),
        ),
    }
)
FLAGS: Mapping[DocumentKind, str] = MappingProxyType(
    {
        DocumentKind.RESIDENT: " ",
        DocumentKind.HMT_PERMIT: "J",
        DocumentKind.FOREIGNER_2017: "I",
        DocumentKind.FOREIGNER_2023: "Y",
    }
)
_KINDS = {flag: kind for kind, flag in FLAGS.items()} | {"\0": DocumentKind.RESIDENT}


class UnknownLayoutError(ValueError):
    """The text is of a kind that is not known, or not 256 bytes long."""


def parse_text(block: bytes, tables: CodeTables, on: date) -> IdentityDocument:
    """The document in a text block of 256 bytes; `on` is today, for the warnings.

    What does not read well becomes a warning and not an error: the card was read, and the clerk has it in hand.
    Raises UnknownLayoutError.
    """
    kind = _KINDS.get(_decoded(block[FLAG]))
    if len(block) != TEXT_LENGTH or kind is None:
        raise UnknownLayoutError
    fields = {name: _decoded(block[place]) for name, place in LAYOUTS[kind].items()}
    fields["name_en"] = fields.get("name_en", "") + fields.pop("name_en_more", "")  # one name in two places
    return replace(document_of(kind, fields, tables, on), text_block=block)


def document_of(kind: DocumentKind, fields: Mapping[str, str], tables: CodeTables, on: date) -> IdentityDocument:
    """The document whose fields are told as the chip tells them: codes, days as YYYYMMDD, 长期."""
    document = _document(kind, _Text(fields), tables)
    return replace(document, warnings=_warnings(document, _Text(fields), tables, on))


def parse_address(data: bytes) -> str | None:
    """The newer address （追加地址） in the 70 bytes of its own reply; None when it is blank."""
    return _trimmed(_decoded(data[:ADDRESS_LENGTH])) or None


def with_address(document: IdentityDocument, address: str) -> IdentityDocument:
    """The document with the newer address in place of the one it was issued with."""
    warnings = [warning for warning in document.warnings if warning != ADDRESS_UNCLEAR]
    return replace(document, address=address, warnings=(*warnings, *_address_warnings(address)))


@dataclass(frozen=True, slots=True)
class _Text:
    """The untrimmed fields of one block."""

    fields: Mapping[str, str]

    def get(self, name: str) -> str | None:
        return _trimmed(self.fields.get(name, "")) or None

    def day(self, name: str) -> date | None:
        text = self.get(name) or ""
        if len(text) != 8 or not (text.isascii() and text.isdigit()):  # noqa: PLR2004 - YYYYMMDD
            return None
        try:
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        except ValueError:
            return None

    def last_day(self) -> date | Literal["长期"] | None:
        return LONG_TERM if self.get("valid_to") == LONG_TERM else self.day("valid_to")

    def count(self, name: str) -> int | None:
        text = self.get(name) or ""
        return int(text) if text.isascii() and text.isdigit() else None


def _document(kind: DocumentKind, text: _Text, tables: CodeTables) -> IdentityDocument:
    return IdentityDocument(
        kind=kind,
        name=text.get("name"),
        name_en=text.get("name_en"),
        sex=tables.sexes.get(text.get("sex") or ""),
        nation=tables.nations.get(text.get("nation") or ""),
        birth=text.day("birth"),
        address=text.get("address"),
        number=text.get("number") or "",
        issuer=text.get("issuer"),
        valid_from=text.day("valid_from"),
        valid_to=text.last_day(),
        pass_number=text.get("pass_number"),
        issue_count=text.count("issue_count"),
        country=text.get("country"),
        version=text.get("version"),
        authority_code=text.get("authority_code"),
        former_number_mark=text.get("former_number_mark"),
    )


def _warnings(document: IdentityDocument, text: _Text, tables: CodeTables, on: date) -> tuple[str, ...]:
    warnings = [*name_warnings(document.name or "", tables.folding), *_address_warnings(document.address or "")]
    if None in (document.birth, document.valid_from, document.valid_to):
        warnings.append(DATE_UNCLEAR)
    if document.nation is None and text.get("nation"):
        warnings.append(NATION_UNKNOWN)
    if document.is_expired(on):
        warnings.append(EXPIRED)
    if document.valid_from is not None and document.valid_from > on:
        warnings.append(NOT_YET_VALID)
    return (*warnings, *_number_warnings(document))


def _number_warnings(document: IdentityDocument) -> tuple[str, ...]:
    """A genuine chip may hold a number that was issued wrong: it is told, and the desk refuses it until it is right."""
    try:
        identifier = check_identifier(document.identifier_kind, document.number)
    except CaseError as error:
        return (error.title,)
    differs = identifier.birth is not None and document.birth is not None and identifier.birth != document.birth
    return (BIRTH_DIFFERS,) if differs else ()


def _address_warnings(address: str) -> tuple[str, ...]:
    return (ADDRESS_UNCLEAR,) if name_warnings(address) else ()


def _decoded(data: bytes) -> str:
    """Lone surrogates become U+FFFD, which the name's warnings tell; private-use characters stay."""
    return data.decode("utf-16-le", errors="replace")


def _trimmed(text: str) -> str:
    return text.strip(" \0\u3000")
