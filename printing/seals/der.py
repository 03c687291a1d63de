"""DER read strictly and in place: an element keeps the bytes it was given, and those are what is verified.

asn1crypto reads a field into a value and writes it again; of a seal that somebody signed only the first bytes count.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from client.proof.faults import ProofError
from printing.seals.faults import MALFORMED

BOOLEAN, INTEGER, BITS, OCTETS, OID = 0x01, 0x02, 0x03, 0x04, 0x06
UTF8, PRINTABLE, IA5, UTC_TIME, TIME = 0x0C, 0x13, 0x16, 0x17, 0x18
SEQUENCE, SET, EXPLICIT_0 = 0x30, 0x31, 0xA0
STRINGS: Final = frozenset({UTF8, PRINTABLE, IA5})
TIMES: Final = frozenset({UTC_TIME, TIME})

CHINA: Final = timezone(timedelta(hours=8))

_LONG = 0x80  # a first octet of length that says how many follow
_MOST_OCTETS = 4
_MOST_CHILDREN = 4096  # no list of certificates comes near
_WIDEST = 8  # octets of an integer that is a version, a type or a size
_CENTURY = 50  # UTCTime: below it is this century (RFC 5280, clause 4.1.2.5.1)
_MOMENT = r"(?P<rest>\d{8}(?:\d\d)?)(?:[.,]\d+)?(?P<zone>Z|[+-]\d{4})?"
_MOMENTS = {UTC_TIME: re.compile(rf"(?P<year>\d\d){_MOMENT}"), TIME: re.compile(rf"(?P<year>\d{{4}}){_MOMENT}")}


@dataclass(frozen=True, slots=True)
class Element:
    """One element of DER: its first octet, and the place of its content in its own bytes."""

    tag: int
    head: int
    view: memoryview

    @classmethod
    def first(cls, view: memoryview, place: str) -> "Element":
        """The element at the beginning of `view`, which may go on behind it. Raises ProofError naming `place`."""
        if len(view) < 2:  # noqa: PLR2004 - a tag and a length
            raise malformed(place)
        tag, length, head = view[0], view[1], 2
        if length >= _LONG:
            octets = length - _LONG
            head += octets
            if not 0 < octets <= _MOST_OCTETS or len(view) < head:
                raise malformed(place)
            length = int.from_bytes(view[2:head], "big")
        if len(view) < head + length:
            raise malformed(place)
        return cls(tag, head, view[: head + length])

    @property
    def whole(self) -> bytes:
        """Its bytes, as they were given."""
        return bytes(self.view)

    @property
    def content(self) -> bytes:
        return bytes(self.view[self.head :])

    def children(self, place: str) -> Iterator["Element"]:
        """What it is made of. Raises ProofError."""
        rest = self.view[self.head :]
        for _ in range(_MOST_CHILDREN):
            if not rest:
                return
            child = Element.first(rest, place)
            yield child
            rest = rest[len(child.view) :]
        raise malformed(place)


class Fields:
    """The fields of a SEQUENCE, taken in their order; each that is not there is a ProofError with its name."""

    def __init__(self, element: Element, place: str) -> None:
        if element.tag != SEQUENCE:
            raise malformed(place)
        self._place = place
        self._left = list(element.children(place))
        self._left.reverse()
        self.count = len(self._left)

    def next_is(self, *tags: int) -> bool:
        return bool(self._left) and self._left[-1].tag in tags

    def take(self, name: str, *tags: int) -> Element:
        if not self.next_is(*tags):
            raise malformed(self.named(name))
        return self._left.pop()

    def fields(self, name: str) -> "Fields":
        return Fields(self.take(name, SEQUENCE), name)

    def integer(self, name: str) -> int:
        content = self.take(name, INTEGER).content
        if not 0 < len(content) <= _WIDEST:
            raise malformed(self.named(name))
        return int.from_bytes(content, "big", signed=True)

    def words(self, name: str) -> str:
        """A string; in the field IA5String holds whatever a maker's program wrote, mostly UTF-8."""
        try:
            return self.take(name, *STRINGS).content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise malformed(self.named(name)) from error

    def octets(self, name: str) -> bytes:
        return self.take(name, OCTETS).content

    def bits(self, name: str) -> bytes:
        """Whole octets of a BIT STRING; programs of version 1 wrote OCTET STRING for it."""
        element = self.take(name, BITS, OCTETS)
        content = element.content
        if element.tag == OCTETS:
            return content
        if not content or content[0]:
            raise malformed(self.named(name))
        return content[1:]

    def moment(self, name: str) -> datetime:
        return moment(self.take(name, *TIMES), self.named(name))

    def oid(self, name: str) -> str:
        return dotted(self.take(name, OID).content, self.named(name))

    def end(self) -> None:
        if self._left:
            raise malformed(self._place)

    def named(self, name: str) -> str:
        return f"{self._place}.{name}"


def only(content: bytes, place: str) -> Element:
    """The one element of `content`; zeros may follow, as in files on keys and in fields of PDF."""
    element = Element.first(memoryview(content), place)
    if bytes(content[len(element.view) :]).strip(b"\0"):
        raise malformed(place)
    return element


def moment(element: Element, place: str) -> datetime:
    """A UTCTime or GeneralizedTime, in UTC. Without a zone it is local (X.680, clause 46), and local is China's."""
    try:
        found = _MOMENTS[element.tag].fullmatch(element.content.decode("ascii"))
        if found is None:
            raise malformed(place)
        year = int(found["year"])
        if element.tag == UTC_TIME:
            year += 2000 if year < _CENTURY else 1900
        told = f"{year:04}{found['rest']:0<10}{found['zone'] or '+0800'}".replace("Z", "+0000")
        return datetime.strptime(told, "%Y%m%d%H%M%S%z").astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise malformed(place) from error


def dotted(content: bytes, place: str) -> str:
    """An object identifier in words: 1.2.156.10197.1.501."""
    if not content or content[-1] >= _LONG or len(content) > 64:  # noqa: PLR2004 - none in use comes near
        raise malformed(place)
    arcs, arc = [], 0
    for octet in content:
        arc = arc << 7 | octet & 0x7F
        if octet < _LONG:
            arcs.append(arc)
            arc = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))


def sequence(*parts: bytes) -> bytes:
    """A SEQUENCE around elements as they are."""
    content = b"".join(parts)
    if len(content) < _LONG:
        return bytes((SEQUENCE, len(content))) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return bytes((SEQUENCE, _LONG | len(length))) + length + content


def malformed(place: str) -> ProofError:
    return ProofError(MALFORMED, place=place)
