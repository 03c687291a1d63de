"""Keys for training and the demo hall: one of each organ of the sample catalogue, with a seal of no force."""

import base64
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, Final

import gmssl_pyx

from client.errors import DeviceError, DeviceState
from client.ports.devices import Order
from client.ports.keys import KeyOnHand, KeyStack, Pin, PinRefused
from client.ports.readiness import Condition, Readiness
from client.proof import sm2
from client.proof.certificates import Certificate
from client.text import tr
from devices.keys import faults
from devices.keys.checked import checked

NAME = tr("模拟密码钥匙")
PIN: Final = b"123456"
TRIES: Final = 6
PACE: Final = 0.2  # seconds a signature takes


@dataclass
class _Key:
    """One key: what is on it, and how many wrong PINs it still bears."""

    id: str
    label: str
    serial: str
    certificate: Certificate
    secret: bytes = field(repr=False)
    seals: tuple[bytes, ...]
    tries: int = TRIES


class SimulatedKeys:
    """All training keys at once, or those of `units` (统一社会信用代码).

    `failure` orders one signature to fail as a `DeviceState`, `fail_next` the next; `pull` takes a key away.
    Raises ValueError for another state or unit.
    """

    def __init__(
        self,
        *,
        units: Sequence[str] | None = None,
        pace: float = PACE,
        pin: bytes = PIN,
        failure: Order | None = None,
    ) -> None:
        self.name = NAME
        self._pace, self._pin, self._asked = pace, pin, 0
        self._keys = {key.id: key for key in map(_key, _files()) if not units or key.certificate.unit_code in units}
        if units and len(self._keys) != len(set(units)):
            raise ValueError(units)
        self._pulled: set[str] = set()
        self._ordered = (failure.at, DeviceState(failure.how)) if failure is not None else None
        self._failure: DeviceState | None = None

    def fail_next(self, state: DeviceState = DeviceState.ABSENT) -> None:
        self._failure = state

    def pull(self, key_id: str) -> None:
        """Take a key away; `plug` puts it back."""
        self._pulled.add(key_id)

    def plug(self, key_id: str) -> None:
        self._pulled.discard(key_id)

    def plugged(self) -> Sequence[KeyOnHand]:
        return [
            KeyOnHand(
                id=key.id,
                stack=KeyStack.SIMULATED,
                label=key.label,
                serial=key.serial,
                certificates=(key.certificate,),
                tries_left=key.tries,
                pin_is_default=False,
                hint=tr("训练用的钥匙，口令 {pin}").format(pin=self._pin.decode()),
            )
            for key_id, key in self._keys.items()
            if key_id in self.present()
        ]

    def sign(self, key_id: str, certificate: Certificate, message: bytes, pin: Pin) -> bytes:
        key = self._key_at(key_id)
        if certificate.der != key.certificate.der:
            raise DeviceError(DeviceState.ABSENT, faults.NO_SUCH_CERTIFICATE, device=self.name)
        self._verify(key, pin)
        time.sleep(self._pace)
        self._fail_on_order()
        self._key_at(key_id)
        digest = sm2.signed_digest(certificate.public_key, message)
        return checked(certificate, message, gmssl_pyx.sm2_sign_sm3_digest(key.secret, digest), self.name)

    def seals(self, key_id: str) -> Sequence[bytes]:
        return self._key_at(key_id).seals

    def present(self) -> frozenset[str]:
        return frozenset(self._keys) - self._pulled

    def check(self) -> Readiness:
        if not self.present():
            return Readiness(Condition.FAILED, tr("没有插入"), tr("请插入智能密码钥匙"))
        return Readiness(Condition.READY, tr("模拟"))

    def close(self) -> None:
        """There is nothing to let go of."""

    def _key_at(self, key_id: str) -> _Key:
        if key_id not in self.present():
            raise DeviceError(DeviceState.ABSENT, faults.NO_KEY, device=self.name)
        return self._keys[key_id]

    def _verify(self, key: _Key, pin: Pin) -> None:
        if key.tries:
            with pin.shown() as digits:
                is_right = bytes(digits) == self._pin
            key.tries = TRIES if is_right else key.tries - 1
            if is_right:
                return
        fault = faults.WRONG_PIN if key.tries else faults.PIN_LOCKED
        raise PinRefused(fault, device=self.name, tries_left=key.tries)

    def _fail_on_order(self) -> None:
        self._asked += 1
        if self._ordered is not None and self._ordered[0] == self._asked:
            self._failure = self._ordered[1]
        if self._failure is not None:
            state, self._failure = self._failure, None
            raise DeviceError(state, faults.PULLED, device=self.name)


def _files() -> list[dict[str, Any]]:
    folder = resources.files("resources") / "demo" / "keys"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".json"))
    return [json.loads((folder / name).read_text(encoding="utf-8")) for name in names]


def _key(of: dict[str, Any]) -> _Key:
    return _Key(
        id=f"{KeyStack.SIMULATED}:{of['serial']}",
        label=of["label"],
        serial=of["serial"],
        certificate=Certificate.parse(base64.b64decode(of["certificate"])),
        secret=bytes.fromhex(of["secret"]),
        seals=tuple(base64.b64decode(seal) for seal in of["seals"]),
    )
