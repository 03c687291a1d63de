"""What lies on the virtual card: the files of a PKCS #15 application (PKCS #15 v1.1, clause 6), written as DER."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from asn1crypto import x509

from client.proof.certificates import KeyAlgorithm
from devices.keys.virtual_card.secrets import CardKey

ROOT: Final = b"\x3f\x00"
APPLICATION_NAME: Final = bytes.fromhex("A000000063504B43532D3135")
PIN_REFERENCE: Final = 0x01
PIN_SHORTEST, PIN_STORED, PIN_FILLER = 4, 16, 0xFF

APPLICATION: Final = ROOT + b"\x50\x15"
_DIRECTORY, _OBJECTS, _INFO = ROOT + b"\x2f\x00", APPLICATION + b"\x50\x31", APPLICATION + b"\x50\x32"
_PINS, _KEYS, _CERTIFICATES, _DATA = (APPLICATION + bytes((0x44, number)) for number in (1, 2, 3, 4))
_CERTIFICATE, _SEAL = 0x45, 0x46  # first bytes of the names of their files
_PIN_ID = b"\x01"
_BITS_OF_CURVES = {KeyAlgorithm.SM2: 256, KeyAlgorithm.ECDSA_P256: 256, KeyAlgorithm.ECDSA_P384: 384}
_MAKER = "Yichuang"
_PIN_FLAGS = bytes.fromhex("024C")  # local, initialized, padded; two bits unused
_TOKEN_FLAGS = bytes.fromhex("0560")  # login required, PRN generation
_PRIVATE = bytes.fromhex("0780")  # private
_SIGNS = bytes.fromhex("06200040")  # sign, non-repudiation
_ACCESS = bytes.fromhex("03B8")  # sensitive, always sensitive, never extractable, local


def files(keys: Sequence[CardKey], label: str, serial: bytes) -> Mapping[bytes, bytes]:
    """Contents by whole paths; keys are referred to by their place among `keys`, from 1."""
    made = {
        _DIRECTORY: _der(0x61, _der(0x4F, APPLICATION_NAME), _der(0x50, b"PKCS#15"), _der(0x51, APPLICATION)),
        _OBJECTS: b"".join(
            _der(tag, _path(path)) for tag, path in ((0xA0, _KEYS), (0xA4, _CERTIFICATES), (0xA7, _DATA), (0xA8, _PINS))
        ),
        _INFO: _sequence(
            _number(0),
            _octets(serial),
            _text(_MAKER),
            _der(0x80, label.encode()),
            _der(0x03, _TOKEN_FLAGS),
        ),
        _PINS: _pin(),
    }
    seals = [seal for key in keys for seal in key.seals]
    made |= {_file(_CERTIFICATE, at): key.certificate for at, key in enumerate(keys, 1)}
    made |= {_file(_SEAL, at): seal for at, seal in enumerate(seals, 1)}
    made[_KEYS] = b"".join(_key(key, at) for at, key in enumerate(keys, 1))
    made[_CERTIFICATES] = b"".join(_certificate(key, at) for at, key in enumerate(keys, 1))
    made[_DATA] = b"".join(_seal(at) for at, _ in enumerate(seals, 1))
    return made


def folders() -> Iterator[bytes]:
    """Paths of the dedicated files."""
    yield from (ROOT, APPLICATION)


def control(name: bytes, content: bytes | None) -> bytes:
    """File control parameters (ISO/IEC 7816-4, 7.4): of a file with its content, of a folder with None."""
    if content is None:
        own = _der(0x84, APPLICATION_NAME) if name == APPLICATION else b""
        return _der(0x62, _der(0x82, b"\x38"), _der(0x83, name[-2:]), own)
    size = len(content).to_bytes(2, "big")
    return _der(0x62, _der(0x80, size), _der(0x82, b"\x01"), _der(0x83, name[-2:]))


def _pin() -> bytes:
    attributes = _sequence(
        _der(0x03, _PIN_FLAGS),
        _der(0x0A, b"\x01"),  # digits in ASCII
        _number(PIN_SHORTEST),
        _number(PIN_STORED),
        _number(PIN_STORED),
        _der(0x80, bytes([PIN_REFERENCE])),
        _octets(bytes([PIN_FILLER])),
        _path(APPLICATION),
    )
    return _object("PIN", b"", _sequence(_octets(_PIN_ID)), attributes)


def _key(key: CardKey, at: int) -> bytes:
    of_class = _sequence(_octets(bytes([at])), _der(0x03, _SIGNS), _der(0x03, _ACCESS), _number(at))
    nowhere = _path(APPLICATION)  # the key is no file: its reference names it
    guarded = _der(0x03, _PRIVATE) + _octets(_PIN_ID)
    if key.algorithm is KeyAlgorithm.RSA:
        bits = x509.Certificate.load(key.certificate).public_key.bit_size
        return _object(key.label, guarded, of_class, _sequence(nowhere, _number(bits)))
    size = _number(_BITS_OF_CURVES[key.algorithm])
    return _object(key.label, guarded, of_class, _sequence(nowhere, size), tag=0xA0)


def _certificate(key: CardKey, at: int) -> bytes:
    where = _sequence(_path(_file(_CERTIFICATE, at)))
    return _object(key.label, b"", _sequence(_octets(bytes([at]))), where)


def _seal(at: int) -> bytes:
    return _object("seal", b"", _sequence(_text("GB/T 38540")), _path(_file(_SEAL, at)))


def _object(label: str, guard: bytes, of_class: bytes, of_type: bytes, *, tag: int = 0x30) -> bytes:
    return _der(tag, _sequence(_text(label), guard), of_class, _der(0xA1, of_type))


def _file(first: int, at: int) -> bytes:
    return APPLICATION + bytes((first, at))


def _path(file: bytes) -> bytes:
    return _sequence(_octets(file))


def _octets(content: bytes) -> bytes:
    return _der(0x04, content)


def _text(text: str) -> bytes:
    return _der(0x0C, text.encode())


def _number(value: int) -> bytes:
    return _der(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _sequence(*parts: bytes) -> bytes:
    return _der(0x30, *parts)


def _der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:  # noqa: PLR2004 - the short form (X.690, 8.1.3.4)
        return bytes((tag, size)) + content
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(octets))) + octets + content
