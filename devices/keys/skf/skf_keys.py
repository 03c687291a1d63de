"""The keys behind a maker's SKF library (GM/T 0016) as the window sees them."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import PureWindowsPath
from typing import Final

import structlog
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from client.errors import DeviceError, DeviceState
from client.ports.keys import KeyOnHand, KeyStack, Pin, PinRefused
from client.ports.readiness import Condition, Readiness
from client.proof import sm2
from client.proof.certificates import Certificate, KeyAlgorithm
from client.text import tr
from devices.keys import faults as key_faults
from devices.keys.checked import checked
from devices.keys.key_child import Terms
from devices.keys.skf import faults
from devices.keys.skf.key_child import library_child
from devices.keys.skf.told import ToldKey, key_on_hand, text_of, told_keys
from devices.keys.skf.watch import Watch

log = structlog.get_logger(__name__)

NAME: Final = tr("密码钥匙")
ULONG: Final = 32  # bits, where the address says nothing

_FIRST_LOOK = 0.8  # seconds; a look takes no longer than one
_LONGEST_PIN = 64  # bytes; GM/T 0016 has 16
_NUMBER = 32  # bytes of r and of s
_SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")  # DigestInfo before the digest (RFC 8017, 9.2)


class SkfKeys:
    """All keys that the library at `path` knows; nothing is loaded yet. `ulong` are the bits of its ULONG."""

    def __init__(self, path: str, *, ulong: int = ULONG, name: str = NAME, terms: Terms | None = None) -> None:
        self.name = name
        driver = {"library": path, "ulong": ulong}
        self._prefix = f"{KeyStack.SKF}:{PureWindowsPath(path).stem}/"  # it knows both kinds of paths
        self._devices: Mapping[str, str] = {}  # by id, as the child names them
        self._child = library_child(name, driver, terms or Terms())
        self._watch = Watch(name, driver, terms or Terms())

    def plugged(self) -> Sequence[KeyOnHand]:
        told = self._told()
        self._devices = {self._id(each.device): each.device for each in told}
        found = [key_on_hand(each, self._id(each.device)) for each in told if not each.step]
        refused = [faults.sar_error(each.step, each.status, self.name) for each in told if each.step]
        if refused and not found:
            raise refused[0]
        for error in refused:
            log.info("key not read", code=error.code, **error.parameters)
        return found

    def sign(self, key_id: str, certificate: Certificate, message: bytes, pin: Pin) -> bytes:
        self._refuse_misshapen(pin)
        is_rsa = certificate.algorithm is KeyAlgorithm.RSA
        if is_rsa:
            digest = _SHA256_INFO + hashlib.sha256(message).digest()
        else:
            digest = sm2.signed_digest(certificate.public_key, message)
        given = self._child.ask(
            "sign",
            pin,
            device=self._device(key_id),
            certificate=certificate.der.hex(),
            digest=digest.hex(),
            rsa=is_rsa,
        )[0]
        return checked(certificate, message, given if is_rsa else _der(given), self.name)

    def seals(self, key_id: str) -> Sequence[bytes]:
        return self._child.ask("seals", device=self._device(key_id))

    def present(self) -> frozenset[str]:
        seen = self._watch.look()
        # Some libraries let nobody look while a key waits for its own button: that is no key that was pulled.
        if seen is None or (seen.trouble is not None and self._child.is_busy):
            return frozenset(self._devices)
        return frozenset(map(self._id, seen.devices))

    def check(self) -> Readiness:
        """The first look waits for the library to be loaded: whoever looks once wants to know."""
        seen = self._watch.look(_FIRST_LOOK)
        if seen is None:
            return Readiness(Condition.ATTENTION, tr("正在查找"), tr("请稍候"))
        if seen.trouble is not None:
            return Readiness(Condition.FAILED, seen.trouble.title, seen.trouble.advice)
        if not seen.devices:
            return Readiness(Condition.FAILED, tr("没有插入"), tr("请插入智能密码钥匙"))
        return Readiness(Condition.READY, "")

    def close(self) -> None:
        self._watch.close()
        self._child.close()

    def _told(self) -> Sequence[ToldKey]:
        try:
            content = self._child.ask("keys")
        except DeviceError as error:
            if error.fault is not faults.CHILD_ENDED:
                raise
            content = self._child.ask("keys")  # nothing was asked that a key would count
        try:
            return told_keys(b"".join(content))
        except ValueError as error:
            raise DeviceError(DeviceState.UNREADABLE, faults.GARBLED, device=self.name) from error

    def _id(self, device: str) -> str:
        return self._prefix + text_of(device)

    def _device(self, key_id: str) -> str:
        if key_id not in self._devices:
            raise DeviceError(DeviceState.ABSENT, key_faults.NO_KEY, device=self.name)
        return self._devices[key_id]

    def _refuse_misshapen(self, pin: Pin) -> None:
        """What no key takes is not counted by one."""
        with pin.shown() as digits:
            if not 0 < len(digits) <= _LONGEST_PIN or 0 in digits:
                raise PinRefused(key_faults.PIN_SHAPE, device=self.name, tries_left=None)


def _der(numbers: bytes) -> bytes:
    """R ‖ s as a signature of SM2 is written."""
    r, s = (int.from_bytes(number, "big") for number in (numbers[:_NUMBER], numbers[_NUMBER:]))
    return encode_dss_signature(r, s)
