"""What a chip told of a person, kept beside a case: words for its form, and the raw text for as long as policy says.

Characters of the private area that no public table knows are settled by the clerk's eye: position by position, and
nothing else of the name may change with them (GB 18030-2022; the raw text stays what the chip has).
"""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel, ConfigDict, Field

from client.errors import CaseError, Fault
from client.rules.identifiers import IDENTIFIER_WORDS, SEX_WORDS, Identifier, IdentifierKind
from client.rules.identity import Person
from client.rules.names import FoldingTable, folded, name_warnings
from client.text import tr

NOT_A_NAME_CHARACTER = Fault(
    "ID-131",
    tr("“{character}”不能作姓名用字"),
    tr("请录入证件上印的那个字，或它的编码（如U+9FBB）；打不出的请值班长协助"),
)

_CODE_PREFIXES = ("U+", "u+", "0x", "0X")
_LAST_CODE = 0x10FFFF


class Settled(BaseModel):
    """One character of a name as the chip has it, and the one that is printed on the card; position from 1."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    position: int = Field(ge=1)
    was: str = Field(min_length=1, max_length=1)
    now: str = Field(min_length=1, max_length=1)

    @property
    def codes(self) -> Mapping[str, object]:
        """For the audit: which code became which, without the name around it."""
        return {"position": self.position, "was": f"U+{ord(self.was):04X}", "now": f"U+{ord(self.now):04X}"}


class CardReading(BaseModel):
    """A document that was read. Words are those of the chip, blank where it has none; days ISO, or 长期.

    `block` is the chip's text in hex, as it came; blank where the reader gave none, and once it was erased.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    identifier_kind: IdentifierKind
    identifier: str = Field(repr=False)
    sex: str = Field(default="", repr=False)
    nation: str = Field(default="", repr=False)
    birth: str = Field(default="", repr=False)
    valid_to: str = Field(default="", repr=False)
    country: str = Field(default="", repr=False)
    settled: tuple[Settled, ...] = Field(default=(), repr=False)
    block: str = Field(default="", repr=False)


def reading_of(readings: Sequence[CardReading], person: Person) -> CardReading | None:
    """The newest reading of the document that the person is known by."""
    same = [each for each in readings if each.identifier == person.identifier]
    return same[-1] if same else None


def known_words(person: Person, reading: CardReading | None) -> Mapping[str, str]:
    """What a form may take over from a person, by the names that `x-from` has: their own, and what the card told.

    Without a card, sex and birth are what the number says.
    """
    number = Identifier(person.identifier_kind, person.identifier)
    typed = {name: value for name, value in person.model_dump().items() if isinstance(value, str)}
    by_number = {
        "sex": SEX_WORDS[number.sex] if number.sex else "",
        "birth": number.birth.isoformat() if number.birth else "",
        "nation": "",
        "valid_to": "",
        "country": "",
    }
    told = reading.model_dump(include=set(by_number)) if reading else {}
    by_card = {name: str(value) for name, value in told.items() if value}
    return {**typed, **by_number, **by_card, "identifier_kind": _document_word(person.identifier_kind)}


def character_of(text: str, folding: FoldingTable) -> str:
    """The character a clerk typed, or named by its code (U+9FBB). Raises CaseError for what no name has."""
    typed = text.strip()
    code = next((typed[len(prefix) :] for prefix in _CODE_PREFIXES if typed.startswith(prefix)), "")
    try:
        character = chr(int(code, 16)) if code else typed
    except (ValueError, OverflowError):
        character = ""
    if len(character) != 1 or not character.isprintable() or name_warnings(character, folding):
        raise CaseError(NOT_A_NAME_CHARACTER, character=typed)
    return character


def unsettled(name: str, folding: FoldingTable) -> tuple[int, ...]:
    """Positions (from 1) of the characters that want a look at the printed card."""
    return tuple(at for at, character in enumerate(name, start=1) if name_warnings(character, folding))


def likely_character(character: str, folding: FoldingTable) -> str:
    """The standard's character for a private one, where it is one a name may have; blank for the others."""
    standard = folded(character, folding)
    return standard if standard != character and not name_warnings(standard, folding) else ""


def settle(name: str, position: int, character: str) -> tuple[str, Settled]:
    """`name` with the character at `position` replaced, and what was done."""
    was = name[position - 1]
    return name[: position - 1] + character + name[position:], Settled(position=position, was=was, now=character)


def _document_word(kind: IdentifierKind) -> str:
    """As forms name the document: the card of 2017 is the same document as its successor."""
    is_of_2017 = kind is IdentifierKind.FOREIGN_PERMANENT_RESIDENT_2017
    return IDENTIFIER_WORDS[IdentifierKind.FOREIGN_PERMANENT_RESIDENT_2023 if is_of_2017 else kind]
