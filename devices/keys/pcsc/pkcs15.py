"""What lies on a card, out of its own directories (PKCS #15 v1.1, ISO/IEC 7816-15). Pure; nothing of it is trusted.

Only what a signature needs is kept: PINs, private keys, certificates, and data that may be a seal.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, TypeVar

from devices.keys.pcsc.tlv import (
    BITS,
    ENUMERATED,
    INTEGER,
    OCTETS,
    SEQUENCE,
    UTF8,
    Fields,
    elements,
    number,
)
from devices.keys.pcsc.tlv import bits as bits_of
from devices.keys.pcsc.troubles import MalformedError

APPLICATION: Final = bytes.fromhex("A000000063504B43532D3135")
"""The application's name (PKCS #15, 5.2): RID of RSA Laboratories, `PKCS-15`."""

DIRECTORY: Final = b"\x50\x31"  # EF.ODF, where all others are told
TOKEN_INFO: Final = b"\x50\x32"

MOST_OBJECTS: Final = 64  # of a directory; no key comes near
_LONGEST_PATH = 16
_LONGEST_PIN = 64
_NEEDS_PADDING, _UNBLOCKS, _OF_AN_OFFICER = 5, 6, 7  # bits of pinFlags
_SIGNS, _SIGNS_NON_REPUDIABLY = 2, 9  # bits of a private key's usage
_BOOLEAN = 0x01
_FIRST, _SECOND, _OBJECTS = 0xA0, 0xA1, 0xA0  # context tags that hold others
_EC = 0xA0  # privateECKey; privateRSAKey is a plain SEQUENCE
_REFERENCE, _LENGTH, _LABEL = 0x80, 0x80, 0x80  # context tags of one value

T = TypeVar("T")


class PinType(IntEnum):
    """How a PIN's digits are written."""

    BCD = 0
    ASCII = 1
    UTF8 = 2
    HALF_NIBBLE = 3


@dataclass(frozen=True, slots=True)
class Path:
    """Where something lies: a file by its path from the application or the root, and the part of it."""

    file: bytes
    at: int = 0
    length: int | None = None


@dataclass(frozen=True, slots=True)
class TokenInfo:
    """The card by its own words; the serial number in hex."""

    serial: str
    maker: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class PinRules:
    """A PIN of a card: how it is named there, and what it looks like. `filler` pads it to `stored` bytes, or not."""

    id: bytes
    reference: int
    type: PinType
    shortest: int
    longest: int
    stored: int
    filler: int | None
    path: Path | None


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A key that signs. `pin` names the PIN that opens it."""

    id: bytes
    reference: int | None
    pin: bytes
    path: Path | None


@dataclass(frozen=True, slots=True)
class Stored:
    """A certificate, or data, by where it lies or as it stands in the directory; `id` is of a certificate's key."""

    id: bytes
    content: Path | bytes
    label: str = ""


@dataclass(frozen=True, slots=True)
class Directories:
    """EF.ODF: where each kind of objects is told."""

    private_keys: Sequence[Path]
    certificates: Sequence[Path]
    data: Sequence[Path]
    pins: Sequence[Path]


def directories(content: bytes) -> Directories:
    """Raises MalformedError."""
    found: dict[int, list[Path]] = {}
    for each in elements(content)[:MOST_OBJECTS]:
        fields = Fields(each.content)
        path = fields.maybe(SEQUENCE)
        if path is not None:
            found.setdefault(each.tag & 0x1F, []).append(_path(path))
    private, certificates, data, pins = (tuple(found.get(kind, ())) for kind in (0, 4, 7, 8))
    return Directories(private, certificates, data, pins)


def token_info(content: bytes) -> TokenInfo:
    """Raises MalformedError."""
    first = elements(content)
    if not first or first[0].tag != SEQUENCE:
        raise MalformedError("token info")
    fields = Fields(first[0].content)
    fields.take(INTEGER)
    serial = fields.take(OCTETS)
    return TokenInfo(serial.hex().upper(), _text(fields.maybe(UTF8)), _text(fields.maybe(_LABEL)))


def pins(content: bytes) -> Sequence[PinRules]:
    """PINs of a user; those that unblock and those of an officer are left out. Raises MalformedError."""
    return _each(content, _pin)


def private_keys(content: bytes) -> Sequence[PrivateKey]:
    """Keys that may sign. Raises MalformedError."""
    return _each(content, _private_key)


def certificates(content: bytes) -> Sequence[Stored]:
    """Raises MalformedError."""
    return _each(content, _certificate)


def data_objects(content: bytes) -> Sequence[Stored]:
    """Raises MalformedError."""
    return _each(content, _data)


def _each(content: bytes, read: Callable[[int, bytes], T | None]) -> Sequence[T]:
    found = (read(each.tag, each.content) for each in elements(content)[:MOST_OBJECTS])
    return tuple(each for each in found if each is not None)


@dataclass(frozen=True, slots=True)
class _Object:
    """What all objects have: label, the PIN that guards it, attributes of its class and of its type."""

    label: str
    pin: bytes
    of_class: Fields
    of_type: bytes

    @classmethod
    def read(cls, content: bytes) -> "_Object":
        fields = Fields(content)
        common = Fields(fields.take(SEQUENCE))
        label = _text(common.maybe(UTF8))
        common.maybe(BITS)
        pin = common.maybe(OCTETS) or b""
        of_class = Fields(fields.take(SEQUENCE))
        fields.maybe(_FIRST)
        return cls(label, pin, of_class, fields.take(_SECOND))

    def fields(self) -> Fields:
        return Fields(Fields(self.of_type).take(SEQUENCE))


def _pin(tag: int, content: bytes) -> PinRules | None:
    if tag != SEQUENCE:
        return None  # biometrics, keys of the card's own
    found = _Object.read(content)
    fields = found.fields()
    flags = bits_of(fields.take(BITS))
    kind = number(fields.take(ENUMERATED))
    shortest, stored = number(fields.take(INTEGER)), number(fields.take(INTEGER))
    longest = fields.maybe(INTEGER)
    reference, filler = fields.maybe(_REFERENCE), fields.maybe(OCTETS)
    path = fields.find(SEQUENCE)
    if kind not in tuple(PinType) or not 0 < stored <= _LONGEST_PIN:
        raise MalformedError("PIN")
    if flags & {_UNBLOCKS, _OF_AN_OFFICER}:
        return None
    return PinRules(
        id=found.of_class.take(OCTETS),
        reference=0 if reference is None else _byte(reference),
        type=PinType(kind),
        shortest=shortest,
        longest=min(stored if longest is None else number(longest), _LONGEST_PIN),
        stored=stored,
        filler=(filler or b"\xff")[0] if _NEEDS_PADDING in flags else None,
        path=None if path is None else _path(path),
    )


def _private_key(tag: int, content: bytes) -> PrivateKey | None:
    if tag not in (SEQUENCE, _EC):
        return None  # Diffie-Hellman, DSA, KEA
    found = _Object.read(content)
    key_id = found.of_class.take(OCTETS)
    usage = bits_of(found.of_class.take(BITS))
    found.of_class.maybe(_BOOLEAN)
    found.of_class.maybe(BITS)
    reference = found.of_class.maybe(INTEGER)
    path = found.fields().maybe(SEQUENCE)
    if not usage & {_SIGNS, _SIGNS_NON_REPUDIABLY}:
        return None
    return PrivateKey(
        id=key_id,
        reference=None if reference is None else _byte(reference),
        pin=found.pin,
        path=None if path is None else _path(path),
    )


def _certificate(tag: int, content: bytes) -> Stored | None:
    if tag != SEQUENCE:
        return None  # of attributes, of other kinds than X.509
    found = _Object.read(content)
    fields = found.fields()
    path = fields.maybe(SEQUENCE)
    direct = fields.maybe(_OBJECTS)
    if path is None and direct is None:
        raise MalformedError("certificate")
    return Stored(found.of_class.take(OCTETS), direct if path is None else _path(path), found.label)  # type: ignore[arg-type]  # one of them is there


def _data(tag: int, content: bytes) -> Stored | None:
    if tag not in (SEQUENCE, _SECOND):
        return None
    found = _Object.read(content)
    return next((Stored(b"", path, found.label) for path in _paths(found.of_type)), None)


def _paths(content: bytes) -> Iterator[Path]:
    """The first path among what is given, bare or within one SEQUENCE more."""
    for each in elements(content):
        if each.tag == SEQUENCE:
            inner = elements(each.content)
            if inner and inner[0].tag == OCTETS:
                yield _path(each.content)
            yield from (_path(deeper.content) for deeper in inner if deeper.tag == SEQUENCE)


def _path(content: bytes) -> Path:
    fields = Fields(content)
    file = fields.take(OCTETS)
    at, length = fields.maybe(INTEGER), fields.maybe(_LENGTH)
    if not file or len(file) > _LONGEST_PATH or len(file) % 2:
        raise MalformedError("path")
    return Path(file, 0 if at is None else number(at), None if length is None else number(length))


def _byte(content: bytes) -> int:
    """A reference: some cards write it as a signed byte."""
    if len(content) not in (1, 2) or (len(content) == 2 and content[0]):  # noqa: PLR2004 - one byte, with or without its zero
        raise MalformedError("reference")
    return content[-1]


def _text(content: bytes | None) -> str:
    text = (content or b"").decode("utf-8", "replace").strip(" \0")
    return text if text.isprintable() else ""
