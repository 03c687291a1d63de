"""What a printer says it can, and what becomes of a wish beyond it: as near as can be, and a note in words (RFC 8011).

A printer that does not say what it can is believed to: it refuses, or answers what it passed over.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from client.ports.manners import Manner, Media, Sides
from client.text import chinese, marked
from printing.ipp.messages import Attribute, Group, Message, Section, Tag, Value, first, integer, texts

PRINTER_ATTRIBUTES = (
    "copies-supported",
    "media-source-supported",
    "media-supported",
    "multiple-document-handling-supported",
    "print-scaling-supported",
    "sides-supported",
)

NO_DUPLEX = marked("打印机不能双面打印，已单面打印")
NO_A5 = marked("打印机没有A5纸，已打印在A4纸上")
NO_TRAY = marked("打印机没有纸盒{tray}，由打印机选择纸盒")
PASSED_OVER = marked("打印机没有按要求打印：{what}")
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "copies": marked("份数"),
        "sides": marked("单双面"),
        "media": marked("纸张"),
        "media-col": marked("纸张和纸盒"),
        "media-source": marked("纸盒"),
    }
)

SIZES: Mapping[Media, tuple[str, int, int]] = MappingProxyType(  # PWG 5101.1, hundredths of a millimetre
    {Media.A4: ("iso_a4_210x297mm", 21_000, 29_700), Media.A5: ("iso_a5_148x210mm", 14_800, 21_000)}
)
_COLLATED = "separate-documents-collated-copies"
_FIT = "fit"


@dataclass(frozen=True, slots=True)
class Wish:
    """How a job is asked for: its attributes, how often its pages stand in the file, and a note as it is kept."""

    attributes: tuple[Attribute, ...]
    repeated: int
    note: str


def wish(manner: Manner, printer: Group) -> Wish:
    """`manner` as far as `printer` says it can; more copies than it knows of are bound into the file."""
    notes: list[str] = []
    media = _media(manner, printer, notes)
    tray = _tray(manner, printer, notes)
    sides = manner.sides if _can(printer, "sides-supported", manner.sides) else Sides.ONE
    if sides is not manner.sides:
        notes.append(NO_DUPLEX)
    alone = manner.copies > _most_copies(printer)
    attributes = [_paper(media, tray), texts(Tag.KEYWORD, "sides", sides)]
    if manner.copies > 1 and not alone:
        attributes.append(integer("copies", manner.copies))
        if _COLLATED in printer.texts("multiple-document-handling-supported"):
            attributes.append(texts(Tag.KEYWORD, "multiple-document-handling", _COLLATED))
    if media is not Media.A4 and _FIT in printer.texts("print-scaling-supported"):
        attributes.append(texts(Tag.KEYWORD, "print-scaling", _FIT))
    return Wish(tuple(attributes), manner.copies if alone else 1, chinese("。").join(notes))


def passed_over(answer: Message) -> str:
    """What a printer says it took the job without (RFC 8011, 4.1.7), as a note; "" where it took all."""
    names = {attribute.name for attribute in first(answer, Section.UNSUPPORTED).attributes}
    what = [words for name, words in _WORDS.items() if name in names]
    return PASSED_OVER.format(what=chinese("、").join(what)) if what else ""


def _media(manner: Manner, printer: Group, notes: list[str]) -> Media:
    if manner.media is Media.A4 or _can(printer, "media-supported", SIZES[manner.media][0]):
        return manner.media
    notes.append(NO_A5)
    return Media.A4


def _tray(manner: Manner, printer: Group, notes: list[str]) -> str:
    if not manner.tray or _can(printer, "media-source-supported", manner.tray):
        return manner.tray
    notes.append(NO_TRAY.format(tray=manner.tray))
    return ""


def _can(printer: Group, attribute: str, wanted: str) -> bool:
    known = printer.texts(attribute)
    return not known or wanted in known


def _most_copies(printer: Group) -> int:
    """The upper end of copies-supported (a range, RFC 8011, 5.4.33); one where it says nothing."""
    found = next(iter(printer.values("copies-supported")), None)
    span = None if found is None else found.span
    return 1 if span is None else span[1]


def _paper(media: Media, tray: str) -> Attribute:
    """The size alone, or with a tray as a collection (PWG 5100.7): a job has the one or the other."""
    name, width, height = SIZES[media]
    if not tray:
        return texts(Tag.KEYWORD, "media", name)
    size = (("x-dimension", _number(width)), ("y-dimension", _number(height)))
    return Attribute(
        "media-col",
        _collection(
            ("media-size", _collection(*((each, (value,)) for each, value in size))),
            ("media-source", (Value(Tag.KEYWORD, tray.encode()),)),
        ),
    )


def _number(number: int) -> Value:
    return integer("number", number).values[0]


def _collection(*members: tuple[str, tuple[Value, ...]]) -> tuple[Value, ...]:
    """A collection as the run of values it is written as (RFC 8010, 3.1.6)."""
    parts = [Value(Tag.BEGIN_COLLECTION, b"")]
    for name, values in members:
        parts += [Value(Tag.MEMBER, name.encode()), *values]
    return (*parts, Value(Tag.END_COLLECTION, b""))
