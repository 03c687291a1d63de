"""IPP messages as bytes (RFC 8010), as pure functions: what a printer is asked, and what it answers.

Values stay what they are on the wire, a tag and bytes; collections (RFC 8010, 3.1.6) are the run of values they are
written as. So everything a printer says passes through unharmed, known to us or not.
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

MEDIA_TYPE = "application/ipp"
OLDEST_VERSION = (1, 1)  # understood by every printer; IPP/2.x printers answer it as well

_HEADER = struct.Struct(">BBHi")
_LENGTH = struct.Struct(">H")
_INTEGER = struct.Struct(">i")
_RANGE = struct.Struct(">ii")
_LONGEST = 0x7FFF  # bytes of a name or a value (RFC 8010, 3.1.4: SIGNED-SHORT)
_FIRST_VALUE_TAG = 0x10  # below are delimiters


class Section(IntEnum):
    """The delimiter tags that open a group of attributes (RFC 8010, 3.5.1)."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    PRINTER = 0x04
    UNSUPPORTED = 0x05


class Tag(IntEnum):
    """The kinds of values we write or read as more than bytes (RFC 8010, 3.5.2)."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    RANGE = 0x33
    BEGIN_COLLECTION = 0x34
    END_COLLECTION = 0x37
    TEXT_WITH_LANGUAGE = 0x35
    NAME_WITH_LANGUAGE = 0x36
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MEDIA_TYPE = 0x49
    MEMBER = 0x4A  # the name of a collection's member


class BrokenMessageError(ValueError):
    """These bytes are no IPP message, or not a whole one."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value: its tag and its bytes."""

    tag: int
    data: bytes

    @property
    def text(self) -> str:
        """As text; of a text with its language, the text."""
        data = self.data
        if self.tag in {Tag.TEXT_WITH_LANGUAGE, Tag.NAME_WITH_LANGUAGE}:
            data = _without_language(data)
        return data.decode("utf-8", "replace")

    @property
    def number(self) -> int | None:
        """As an integer, an enum or (0, 1) a boolean; None for whatever else it is."""
        if self.tag == Tag.BOOLEAN and len(self.data) == 1:
            return self.data[0]
        if self.tag in {Tag.INTEGER, Tag.ENUM} and len(self.data) == _INTEGER.size:
            number: int = _INTEGER.unpack(self.data)[0]
            return number
        return None

    @property
    def span(self) -> tuple[int, int] | None:
        """Both ends of a range; None for whatever else it is."""
        if self.tag == Tag.RANGE and len(self.data) == _RANGE.size:
            lower, upper = _RANGE.unpack(self.data)
            return lower, upper
        return None


@dataclass(frozen=True, slots=True)
class Attribute:
    """A name and its values, one or more."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Attributes under one delimiter: of the operation, of a job, of a printer."""

    section: int
    attributes: tuple[Attribute, ...] = ()

    def values(self, name: str) -> tuple[Value, ...]:
        """Values of the attribute `name`, none when it is not there."""
        return next((each.values for each in self.attributes if each.name == name), ())

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(value.text for value in self.values(name))

    def text(self, name: str) -> str:
        """The first value as text, empty when there is none."""
        return next(iter(self.texts(name)), "")

    def number(self, name: str) -> int | None:
        return next((value.number for value in self.values(name)), None)


@dataclass(frozen=True, slots=True)
class Message:
    """A request or an answer; `code` is the operation of the one, the status of the other."""

    code: int
    request_id: int
    groups: tuple[Group, ...] = ()
    data: bytes = b""
    version: tuple[int, int] = OLDEST_VERSION

    def of(self, section: Section) -> tuple[Group, ...]:
        return tuple(group for group in self.groups if group.section == section)


def integer(name: str, number: int) -> Attribute:
    return Attribute(name, (Value(Tag.INTEGER, _INTEGER.pack(number)),))


def texts(tag: Tag, name: str, *words: str) -> Attribute:
    """An attribute of keywords, names, URIs and other values that are text."""
    return Attribute(name, tuple(Value(tag, word.encode()) for word in words))


def encode(message: Message) -> bytes:
    """The bytes of a message. Raises ValueError for a name or a value that is too long or not there."""
    parts = [_HEADER.pack(*message.version, message.code, message.request_id)]
    for group in message.groups:
        parts.append(bytes((group.section,)))
        parts += [_encoded(attribute) for attribute in group.attributes]
    return b"".join((*parts, bytes((Section.END,)), message.data))


def decode(content: bytes) -> Message:
    """The message in `content`. Raises BrokenMessageError, and nothing else."""
    reader = _Reader(content)
    major, minor, code, request_id = _HEADER.unpack(reader.take(_HEADER.size))
    groups: list[Group] = []
    while (tag := reader.byte()) != Section.END:
        if tag >= _FIRST_VALUE_TAG:
            message = "a value stands outside of any group"
            raise BrokenMessageError(message)
        groups.append(Group(tag, _attributes(reader)))
    return Message(code, request_id, tuple(groups), reader.rest(), (major, minor))


class _Reader:
    """Goes through bytes once; what is not there is a broken message."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def take(self, count: int) -> bytes:
        piece = self._content[self._at : self._at + count]
        if len(piece) < count:
            message = f"ends at byte {len(self._content)}, in the middle"
            raise BrokenMessageError(message)
        self._at += count
        return piece

    def byte(self) -> int:
        return self.take(1)[0]

    def sized(self) -> bytes:
        length: int = _LENGTH.unpack(self.take(_LENGTH.size))[0]
        return self.take(length)

    def back(self) -> None:
        self._at -= 1

    def rest(self) -> bytes:
        return self._content[self._at :]


def _attributes(reader: _Reader) -> tuple[Attribute, ...]:
    """Attributes up to the next delimiter. A value without a name belongs to the attribute before it."""
    found: list[tuple[str, list[Value]]] = []
    while (tag := reader.byte()) >= _FIRST_VALUE_TAG:
        name, value = reader.sized(), Value(tag, reader.sized())
        if name:
            found.append((_name(name), [value]))
        elif found:
            found[-1][1].append(value)
        else:
            message = "a further value without a first"
            raise BrokenMessageError(message)
    reader.back()
    return tuple(Attribute(name, tuple(values)) for name, values in found)


def _name(data: bytes) -> str:
    try:
        return data.decode("ascii")
    except UnicodeDecodeError as error:
        message = "an attribute's name is not ASCII"
        raise BrokenMessageError(message) from error


def _encoded(attribute: Attribute) -> bytes:
    if not attribute.name or not attribute.values:
        message = f"attribute {attribute.name!r} lacks its name or its value"
        raise ValueError(message)
    names: Iterable[str] = (attribute.name, *("" for _ in attribute.values[1:]))
    pairs = zip(names, attribute.values, strict=True)
    return b"".join(bytes((value.tag,)) + _sized(name.encode("ascii")) + _sized(value.data) for name, value in pairs)


def _sized(data: bytes) -> bytes:
    if len(data) > _LONGEST:
        message = f"{len(data)} bytes are too many for a name or a value"
        raise ValueError(message)
    return _LENGTH.pack(len(data)) + data


def _without_language(data: bytes) -> bytes:
    """The second of two sized parts; of what is not two sized parts, all."""
    reader = _Reader(data)
    try:
        reader.sized()
        return reader.sized()
    except BrokenMessageError:
        return data


def first(message: Message, section: Section) -> Group:
    """The first group of that section, an empty one when there is none."""
    return next(iter(message.of(section)), Group(section))
