"""One card with a PKCS #15 application: its files, its PIN, a signature of its key. It knows APDUs and no reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from devices.keys.pcsc import apdu, pkcs15
from devices.keys.pcsc.apdu import Answer, Command, Transmit
from devices.keys.pcsc.pkcs15 import Path, PinRules, PinType, PrivateKey, Stored, TokenInfo
from devices.keys.pcsc.tlv import Fields, elements, first_sequence
from devices.keys.pcsc.troubles import CardError, Trouble

MOST_FILE: Final = 0x7FFF
"""Bytes of a file: what READ BINARY can point at."""

_ROOT = b"\x3f\x00"
_APPLICATIONS = b"\x2f\x00"  # EF.DIR
_TEMPLATE, _NAME, _PATH = 0x61, 0x4F, 0x51  # of an application there (ISO/IEC 7816-4, 12.2.2)
_BY_ID, _BY_NAME, _FROM_ROOT, _FROM_HERE = 0x00, 0x04, 0x08, 0x09
_NO_ANSWER, _ANY_ANSWER = 0x0C, 0x00
_SET_SIGNATURE = (0x41, 0xB6)
_COMPUTE_SIGNATURE = (0x9E, 0x9A)
_KEY_REFERENCE, _KEY_FILE = 0x84, 0x81
_SHORTEST_PATH = 2


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate on a card, and the key and PIN that sign for it."""

    certificate: bytes
    key: PrivateKey
    pin: PinRules


class Card:
    """Speaks by `transmit`. Raises CardError for what the card refuses, MalformedError for what it says amiss."""

    def __init__(self, transmit: Transmit) -> None:
        self._transmit = transmit
        self._application = b""

    def open(self) -> bool:
        """Select the application; False for a card that has none."""
        answer = self._exchange(Command(apdu.SELECT, _BY_NAME, _ANY_ANSWER, pkcs15.APPLICATION, 256))
        if answer.word == apdu.OK:
            return True
        self._application = self._told_by_the_root()
        return bool(self._application) and self._select(self._application)

    def info(self) -> TokenInfo:
        return pkcs15.token_info(self._file(Path(pkcs15.TOKEN_INFO)))

    def held(self) -> Sequence[Held]:
        """Certificates with a key that signs."""
        told = self._directories()
        pins = [pin for path in told.pins for pin in pkcs15.pins(self._file(path))]
        keys = [key for path in told.private_keys for key in pkcs15.private_keys(self._file(path))]
        stored = [each for path in told.certificates for each in pkcs15.certificates(self._file(path))]
        return [
            Held(content, key, pin)
            for each in stored
            for key in keys
            if key.id == each.id and (pin := _guarding(key, pins)) is not None and (content := self._content(each))
        ]

    def data(self) -> Sequence[bytes]:
        """Data objects that are a SEQUENCE, as seals are, and may be read without a PIN."""
        told = self._directories()
        stored = [each for path in told.data for each in pkcs15.data_objects(self._file(path))]
        return [content for each in stored if (content := self._content(each))]

    def tries_left(self, pin: PinRules) -> int | None:
        """Without spending one: VERIFY without a PIN asks (ISO/IEC 7816-4, 11.5.6)."""
        self._go_to(pin.path)
        return self._exchange(Command(apdu.VERIFY, 0, pin.reference)).tries_left

    def verify(self, pin: PinRules, digits: bytearray) -> None:
        """Raises CardError: the PIN is wrong, locked, or was not sent because of its shape."""
        padded = _padded(pin, digits)
        if self.tries_left(pin) == 0:
            padded[:] = bytes(len(padded))
            raise CardError(Trouble.PIN_LOCKED, tries=0)
        command = bytearray((0, apdu.VERIFY, 0, pin.reference, len(padded)))
        command += padded
        padded[:] = bytes(len(padded))
        answer = apdu.said(self._transmit, command)
        if answer.word == apdu.OK:
            return
        if answer.word == apdu.BLOCKED or answer.tries_left == 0:
            raise CardError(Trouble.PIN_LOCKED, tries=0)
        if answer.tries_left is not None or answer.word == 0x6300:  # noqa: PLR2004 - wrong, and no count of tries
            raise CardError(Trouble.PIN, tries=answer.tries_left)
        raise _refused("verify", answer)

    def sign(self, key: PrivateKey, digest: bytes) -> bytes:
        """PSO: COMPUTE DIGITAL SIGNATURE (ISO/IEC 7816-8, 11.7) over what was hashed outside of the card."""
        parts = []
        if key.path is not None:
            parts.append(bytes((_KEY_FILE, len(key.path.file))) + key.path.file)
        if key.reference is not None:
            parts.append(bytes((_KEY_REFERENCE, 1, key.reference)))
        self._demand("manage", Command(apdu.MANAGE, *_SET_SIGNATURE, b"".join(parts)))
        return self._demand("sign", Command(apdu.SIGN, *_COMPUTE_SIGNATURE, digest, 256))

    def _directories(self) -> pkcs15.Directories:
        return pkcs15.directories(self._file(Path(pkcs15.DIRECTORY)))

    def _content(self, stored: Stored) -> bytes:
        """Empty for what may not be read, is not there, or is no SEQUENCE."""
        if isinstance(stored.content, bytes):
            return first_sequence(stored.content)
        try:
            return first_sequence(self._file(stored.content))
        except CardError as error:
            if error.trouble is not Trouble.REFUSED:
                raise
            return b""

    def _file(self, path: Path) -> bytes:
        if not self._select(path.file):
            raise CardError(Trouble.REFUSED, "select")
        ends = MOST_FILE if path.length is None else min(path.at + path.length, MOST_FILE)
        content = b""
        while path.at + len(content) < ends:
            at = path.at + len(content)
            wanted = min(ends - at, 256)
            answer = self._exchange(Command(apdu.READ_BINARY, at >> 8, at & 0xFF, expects=wanted))
            if answer.word == apdu.WRONG_OFFSET and content:
                break  # it ended with the piece before
            if answer.word not in (apdu.OK, apdu.ENDS_EARLIER):
                raise _refused("read", answer)
            content += answer.data
            if len(answer.data) < wanted:
                break
        return content

    def _select(self, file: bytes) -> bool:
        """By its path: from the root where it begins there, else from the application."""
        if file == _ROOT:
            return self._found(_BY_ID, file)
        if file.startswith(_ROOT):
            return self._found(_FROM_ROOT, file.removeprefix(_ROOT))
        self._go_to(None)
        return self._found(_BY_ID if len(file) == _SHORTEST_PATH else _FROM_HERE, file)

    def _go_to(self, path: Path | None) -> None:
        """Into the application, where its files, its PIN and its keys are known by their short names."""
        if path is not None:
            self._select(path.file)
        elif self._application:
            self._select(self._application)
        else:
            self._demand("select", Command(apdu.SELECT, _BY_NAME, _ANY_ANSWER, pkcs15.APPLICATION, 256))

    def _found(self, how: int, name: bytes) -> bool:
        answer = self._exchange(Command(apdu.SELECT, how, _NO_ANSWER, name))
        if answer.word in apdu.NOT_SO:
            answer = self._exchange(Command(apdu.SELECT, how, _ANY_ANSWER, name, 256))
        if answer.word in apdu.NOT_FOUND:
            return False
        if answer.word != apdu.OK:
            raise _refused("select", answer)
        return True

    def _told_by_the_root(self) -> bytes:
        """The path of the application as EF.DIR has it, for a card that selects none by name."""
        if not (self._found(_BY_ID, _ROOT) and self._found(_BY_ID, _APPLICATIONS)):
            return b""
        for each in elements(self._file(Path(_ROOT + _APPLICATIONS))):
            if each.tag == _TEMPLATE:
                fields = Fields(each.content)
                if fields.find(_NAME) == pkcs15.APPLICATION:
                    return fields.find(_PATH) or b""
        return b""

    def _demand(self, step: str, command: Command) -> bytes:
        answer = self._exchange(command)
        if answer.word != apdu.OK:
            raise _refused(step, answer)
        return answer.data

    def _exchange(self, command: Command) -> Answer:
        return apdu.exchanged(self._transmit, command)


def _guarding(key: PrivateKey, pins: Sequence[PinRules]) -> PinRules | None:
    """The PIN that a key names; the only one where it names none."""
    named = [pin for pin in pins if pin.id == key.pin] or (list(pins) if not key.pin else [])
    return named[0] if named else None


def _padded(pin: PinRules, digits: bytearray) -> bytearray:
    """As the card wants it. Raises CardError for a shape it would not take: it counts no try then."""
    numeric = all(0x30 <= each <= 0x39 for each in digits)  # noqa: PLR2004 - "0" and "9"
    if not pin.shortest <= len(digits) <= pin.longest or (pin.type is not PinType.UTF8 and not numeric):
        raise CardError(Trouble.PIN_SHAPE)
    filler = pin.filler
    if pin.type is PinType.BCD:
        low = 0xF if filler is None else filler & 0xF
        nibbles = [each & 0xF for each in digits] + [low] * (len(digits) % 2)
        made = bytearray(high << 4 | low for high, low in zip(nibbles[::2], nibbles[1::2], strict=True))
    elif pin.type is PinType.HALF_NIBBLE:
        made = bytearray(0xF0 | each & 0xF for each in digits)
    else:
        made = bytearray(digits)
    if filler is not None:
        made += bytes([filler]) * (pin.stored - len(made))
    return made


def _refused(step: str, answer: Answer) -> CardError:
    return CardError(Trouble.REFUSED, f"{step} {answer.word:04X}")
