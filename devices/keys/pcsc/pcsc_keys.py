"""The keys in PC/SC readers as the window sees them."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Annotated, Final

import structlog
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from client.errors import DeviceError, DeviceState
from client.ports.keys import KeyOnHand, KeyStack, Pin, PinRefused
from client.ports.readiness import Condition, Readiness
from client.proof import sm2
from client.proof.certificates import Certificate, KeyAlgorithm
from client.proof.faults import ProofError
from client.text import tr
from devices.keys import faults as key_faults
from devices.keys.checked import checked
from devices.keys.key_child import Terms
from devices.keys.pcsc import faults
from devices.keys.pcsc.key_child import card_child
from devices.keys.pcsc.monitor import Monitor, Seen
from devices.keys.pcsc.troubles import Trouble

log = structlog.get_logger(__name__)

NAME: Final = tr("密码钥匙")

_LONGEST_PIN = 64  # bytes
_SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")  # DigestInfo before the digest (RFC 8017, 9.2)
_NUMBERS: Mapping[KeyAlgorithm, int] = {
    KeyAlgorithm.SM2: 32, KeyAlgorithm.ECDSA_P256: 32, KeyAlgorithm.ECDSA_P384: 48,
}  # fmt: skip
"""Bytes of r and of s."""


class _Told(BaseModel):
    """What the child tells of a reader with a card: the key in it, or why there is none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reader: str
    count: int
    is_key: bool = True
    maker: str = ""
    label: str = ""
    serial: str = ""
    tries: Annotated[int, Field(ge=0)] | None = None
    certificates: tuple[str, ...] = ()
    trouble: Trouble | None = None
    detail: str = ""


_KEYS = TypeAdapter(tuple[_Told, ...])


class PcscKeys:
    """The keys in all readers whose name has `part` in it. Nothing of PC/SC is loaded yet."""

    def __init__(self, part: str = "", *, name: str = NAME, terms: Terms | None = None) -> None:
        self.name = name
        self._part = part
        self._child = card_child(name, terms or Terms())
        self._monitor = Monitor()
        self._others: frozenset[tuple[str, int]] = frozenset()  # cards that are no seal keys

    def plugged(self) -> Sequence[KeyOnHand]:
        told = self._told()
        self._others = frozenset((each.reader, each.count) for each in told if not each.is_key)
        found = [self._key(each) for each in told if each.is_key and each.trouble is None]
        refused = [faults.error_of(each.trouble, self.name, each.detail) for each in told if each.trouble is not None]
        if refused and not found:
            raise refused[0]
        for error in refused:
            log.warning("key not read", code=error.code, **error.parameters)
        return found

    def sign(self, key_id: str, certificate: Certificate, message: bytes, pin: Pin) -> bytes:
        with pin.shown() as digits:
            if not 0 < len(digits) <= _LONGEST_PIN:
                raise PinRefused(key_faults.PIN_SHAPE, device=self.name, tries_left=None)
        given = self._child.ask(
            "sign",
            pin,
            reader=self._reader(key_id),
            certificate=certificate.der.hex(),
            digest=_to_sign(certificate, message).hex(),
        )[0]
        return checked(certificate, message, _der(certificate.algorithm, given), self.name)

    def seals(self, key_id: str) -> Sequence[bytes]:
        return self._child.ask("seals", reader=self._reader(key_id))

    def present(self) -> frozenset[str]:
        seen = self._monitor.look()
        return frozenset() if seen is None else frozenset(_id(name) for name, _ in self._keys_among(seen))

    def check(self) -> Readiness:
        seen = self._monitor.look()
        if seen is None:
            return Readiness(Condition.ATTENTION, tr("正在查找"), tr("请稍候"))
        if seen.trouble is not None:
            error = faults.error_of(seen.trouble.trouble, self.name, seen.trouble.detail)
            return Readiness(Condition.FAILED, error.title, error.advice)
        if not self._keys_among(seen):
            return Readiness(Condition.FAILED, tr("没有插入"), tr("请插入智能密码钥匙"))
        return Readiness(Condition.READY, "")

    def close(self) -> None:
        self._monitor.close()
        self._child.close()

    def _told(self) -> Sequence[_Told]:
        try:
            content = self._child.ask("keys", part=self._part)
        except DeviceError as error:
            if error.fault is not faults.CHILD_ENDED:
                raise
            content = self._child.ask("keys", part=self._part)  # nothing was asked that a card would count
        try:
            return _KEYS.validate_json(b"".join(content))
        except ValidationError as error:
            raise faults.error_of(Trouble.GARBLED, self.name, "keys") from error

    def _key(self, told: _Told) -> KeyOnHand:
        return KeyOnHand(
            id=_id(told.reader),
            stack=KeyStack.PCSC,
            label=told.label or told.maker or told.reader,
            serial=told.serial,
            certificates=tuple(_certificates(told.certificates)),
            tries_left=told.tries,
        )

    def _keys_among(self, seen: Seen) -> Sequence[tuple[str, int]]:
        part = self._part.casefold()
        return [each for each in seen.cards if part in each[0].casefold() and each not in self._others]

    def _reader(self, key_id: str) -> str:
        stack, _, reader = key_id.partition(":")
        if stack != KeyStack.PCSC:
            raise DeviceError(DeviceState.ABSENT, key_faults.NO_KEY, device=self.name)
        return reader


def _id(reader: str) -> str:
    return f"{KeyStack.PCSC}:{reader}"


def _certificates(given: Sequence[str]) -> Sequence[Certificate]:
    """Those one may sign with; one that cannot be read hides no other."""
    found = []
    for each in given:
        try:
            certificate = Certificate.parse(bytes.fromhex(each))
        except ProofError as error:
            log.warning("certificate not read", code=error.code)
            continue
        if certificate.may_sign:
            found.append(certificate)
    return found


def _to_sign(certificate: Certificate, message: bytes) -> bytes:
    """What the card is given: it hashes nothing itself."""
    if certificate.algorithm is KeyAlgorithm.SM2:
        return sm2.signed_digest(certificate.public_key, message)
    digest = hashlib.sha256(message).digest()
    return _SHA256_INFO + digest if certificate.algorithm is KeyAlgorithm.RSA else digest


def _der(algorithm: KeyAlgorithm, given: bytes) -> bytes:
    """R ‖ s as signatures are written; what a card wrote so itself stays, and is checked like all."""
    size = _NUMBERS.get(algorithm)
    if size is None or len(given) != 2 * size:
        return given
    return encode_dss_signature(int.from_bytes(given[:size], "big"), int.from_bytes(given[size:], "big"))
