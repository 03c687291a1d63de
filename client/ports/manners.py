"""How a kind of paper is printed: by which printer, on what, from where, on which sides and how often.

The kind's own rule goes before the usual one, and that before what the kind wants by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from client.ports.papers import PaperKind

USUAL: Literal["usual"] = "usual"
"""The rule of every kind that has none of its own."""

THE_PRINTER = ""
"""The window's printer, where no rule names another; its jobs' references bear no name."""

PrinterName = Annotated[str, StringConstraints(pattern="^[a-z][a-z0-9_-]{0,15}$")]
"""What a window calls a printer beside its usual one; it stands before the references of that printer's jobs."""

Tray = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$")]
"""A tray by the printer's own keyword (`media-source`, PWG 5100.7): tray-1, manual, by-pass-tray."""


class Sides(StrEnum):
    """Which sides of a sheet are printed (RFC 8011, 5.2.8)."""

    ONE = "one-sided"
    LONG_EDGE = "two-sided-long-edge"
    SHORT_EDGE = "two-sided-short-edge"


class Media(StrEnum):
    """The paper that is laid in (ISO 216)."""

    A4 = "a4"
    A5 = "a5"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a page is to be printed; `tray` "": the printer's own choice."""

    copies: int = 1
    sides: Sides = Sides.ONE
    media: Media = Media.A4
    tray: str = ""


AS_USUAL = Manner()


class PrintRule(BaseModel):
    """What a hall decides of a kind of paper; None: as usual, or as the kind itself wants."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    printer: PrinterName | None = None
    copies: Annotated[int, Field(ge=1, le=9)] | None = None
    sides: Sides | None = None
    media: Media | None = None
    tray: Tray | None = None


PrintRules = Mapping[PaperKind | Literal["usual"], PrintRule]

_IN_TWO = (  # one for the applicant, one for the file
    PaperKind.RECEIVING_SLIP,
    PaperKind.CORRECTION_SLIP,
    PaperKind.ACCEPTANCE_NOTICE,
    PaperKind.DEFERRAL_PLEDGE,
    PaperKind.CORRECTION_NOTICE,
    PaperKind.NON_ACCEPTANCE_NOTICE,
    PaperKind.SPECIAL_PROCEDURE_NOTICE,
    PaperKind.EXTENSION_NOTICE,
)
OWN_COPIES: Mapping[PaperKind, int] = MappingProxyType(dict.fromkeys(_IN_TWO, 2))
"""How many sheets of a kind the halls' forms ask for; of any other kind one."""
_NOTHING = PrintRule()


def printer_for(kind: PaperKind, rules: PrintRules) -> str:
    """The name of its printer."""
    own, usual = rules.get(kind, _NOTHING), rules.get(USUAL, _NOTHING)
    return own.printer or usual.printer or THE_PRINTER


def manner_for(kind: PaperKind, rules: PrintRules) -> Manner:
    """How its sheets are printed."""
    own, usual = rules.get(kind, _NOTHING), rules.get(USUAL, _NOTHING)
    return Manner(
        own.copies or usual.copies or OWN_COPIES.get(kind, 1),
        own.sides or usual.sides or Sides.ONE,
        own.media or usual.media or Media.A4,
        own.tray or usual.tray or "",
    )
