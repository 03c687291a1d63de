"""What the desk asks of seal keys (智能密码钥匙): which are plugged in, whose, and a signature under a PIN."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Protocol, Self

from client.errors import DeviceError, DeviceState, Fault
from client.ports.readiness import Readiness
from client.proof.certificates import Certificate
from client.text import tr

NOTICE_DAYS: Final = (30, 7, 1)
"""So many days before a certificate ends its holder is told, each time once more urgently."""


class KeyStack(StrEnum):
    """By which road a key is spoken to."""

    PCSC = "pcsc"
    SKF = "skf"
    SIMULATED = "simulated"


KEY_STACK_WORDS: Mapping[KeyStack, str] = MappingProxyType(
    {KeyStack.PCSC: tr("PC/SC智能卡"), KeyStack.SKF: tr("SKF接口"), KeyStack.SIMULATED: tr("模拟")}
)


@dataclass(frozen=True, slots=True)
class KeyOnHand:
    """A key that is plugged in. `id` names it among all stacks, for as long as it stays; `certificates` may sign.

    `tries_left`: wrong PINs it still bears, None where it does not tell; 0 is locked. `pin_is_default`: still the one
    it was delivered with, None where it does not tell. `hint`: what is said of it beside the field for its PIN.
    """

    id: str
    stack: KeyStack
    label: str
    serial: str
    certificates: tuple[Certificate, ...]
    tries_left: int | None = None
    pin_is_default: bool | None = None
    hint: str = ""


class Pin:
    """A PIN on its way to a key: bytes that are overwritten when it was used, and never printed."""

    __slots__ = ("_digits",)

    def __init__(self, digits: bytes | bytearray) -> None:
        self._digits = bytearray(digits)

    @contextmanager
    def shown(self) -> Iterator[bytearray]:
        """The digits, to be handed to the key and kept nowhere."""
        yield self._digits

    def forget(self) -> None:
        """Overwrite them; a later use finds none."""
        for place in range(len(self._digits)):
            self._digits[place] = 0
        self._digits = bytearray()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.forget()

    def __bool__(self) -> bool:
        return bool(self._digits)

    def __repr__(self) -> str:
        return "Pin(…)"


class PinRefused(DeviceError):  # noqa: N818 - the key's own answer
    """The key did not take the PIN; `tries_left` None where it does not tell, 0 where it is locked now."""

    def __init__(self, fault: Fault, *, device: str, tries_left: int | None) -> None:
        super().__init__(DeviceState.LOCKED, fault, device=device, tries=tries_left)
        self.tries_left = tries_left


class SealKeys(Protocol):
    """The keys of a window, of one stack or several. One lane speaks to them; `present` and `check` any thread may."""

    name: str  # as the hall calls them, for errors

    def plugged(self) -> Sequence[KeyOnHand]:
        """What is plugged in now, each with its certificates. Raises DeviceError where the stack itself is missing."""
        ...

    def sign(self, key_id: str, certificate: Certificate, message: bytes, pin: Pin) -> bytes:
        """The signature of the certificate's key over `message`, checked in software before it is given.

        SM2 and ECDSA: DER of r and s; SM2 signs SM3(Z ‖ message), ECDSA and RSA (PKCS #1 v1.5) SHA-256. The key is
        asked for its PIN each time and forgets it afterwards. Raises PinRefused, and DeviceError: absent, pulled out,
        hung, wrong signature. Nothing was signed then, and it may be tried again at once.
        """
        ...

    def seals(self, key_id: str) -> Sequence[bytes]:
        """Electronic seals that lie on the key itself (DER, GB/T 38540), unread. Raises DeviceError."""
        ...

    def present(self) -> frozenset[str]:
        """Ids of the keys that are plugged in, at once and without asking any of them for more. Raises nothing."""
        ...

    def check(self) -> Readiness:
        """How they stand, at once, without disturbing a signature on its way. Raises nothing."""
        ...

    def close(self) -> None:
        """Let go of them; a later call finds them again."""
        ...


def notice(certificate: Certificate, now: datetime) -> int | None:
    """Whole days until it ends, once they are few enough to be told of; negative when it has ended."""
    left = (certificate.not_after - now) // timedelta(days=1)
    return left if left < NOTICE_DAYS[0] else None
