"""Keys behind the stand-in of an SKF library: folders that it reads, plugged in and pulled out by a rename."""

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from asn1crypto import core

from client.ports.keys import Pin
from client.proof import sm2
from client.proof.certificates import KeyAlgorithm
from devices.children.supervised import Limits
from devices.keys.key_child import Terms
from devices.keys.skf.skf_keys import SkfKeys
from tests.devices.standing_in import built
from tests.seals.authority import Authority, SoftKey

PIN: Final = b"135-791"
UNIT: Final = "11110101000000002G"
CHILD: Final = (sys.executable, "-c", "from devices.keys.skf.child import serve; serve()")
"""The child without the front door, which takes it most of its start."""

TERMS: Final = Terms(CHILD, limits=Limits(free=99, losses=99))


@dataclass(frozen=True)
class Drawer:
    """What is plugged in, and what the library is told to do wrong."""

    folder: Path
    authority: Authority

    def plug(
        self,
        device: str = "K1",
        *,
        algorithm: KeyAlgorithm = KeyAlgorithm.SM2,
        application: str = "SEAL",
        container: str = "C1",
        pin: bytes = PIN,
        **wishes: object,
    ) -> SoftKey:
        """A key with one container; `wishes` as of `certificate`. Plugged in again, it has one container more."""
        key = SoftKey.make(algorithm)
        place = self.at(device, application)
        self.put(place / "containers" / container / "key", pkcs8(key))
        certificate = self.authority.certify(key, f"示例机关 {device}", **{"unit_code": UNIT, **wishes})
        self.put(place / "containers" / container / "certificate", certificate)
        self.put(place / "pin", sm2.sm3(pin))
        (self.folder / "keys").touch()
        return key

    def at(self, device: str = "K1", application: str = "SEAL") -> Path:
        return self.folder / "keys" / device / application

    def put(self, file: Path, content: bytes) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)

    def pull(self, device: str = "K1") -> None:
        (self.folder / "keys" / device).rename(self.folder / f"pulled-{device}")

    def push(self, device: str = "K1") -> None:
        """Back in again."""
        (self.folder / f"pulled-{device}").rename(self.folder / "keys" / device)

    def empty(self) -> None:
        shutil.rmtree(self.folder / "keys", ignore_errors=True)
        (self.folder / "keys").mkdir()

    def order(self, failure: str) -> None:
        (self.folder / "order").write_text(failure)

    @property
    def has_done(self) -> bool:
        """Whether what was ordered has happened."""
        return not (self.folder / "order").exists()

    def trace(self) -> list[str]:
        """The calls since the last look."""
        file = self.folder / "trace"
        calls = file.read_text().split() if file.exists() else []
        file.unlink(missing_ok=True)
        return calls


def library(folder: Path, *flags: str, name: str = "skf.so") -> Path:
    return built("skf.c", folder / name, *flags, "-lcrypto")


def signed(keys: SkfKeys, message: bytes = b"message", pin: bytes = PIN, at: int = 0) -> bytes:
    """By the first certificate of a key."""
    key = keys.plugged()[at]
    with Pin(pin) as given:
        return keys.sign(key.id, key.certificates[0], message, given)


@contextmanager
def hasty(keys: SkfKeys, patience: float = 0.3) -> Iterator[None]:
    """For a library that will hang: its child is there already, and nobody has to wait for one that starts."""
    child = keys._child
    usual, child._terms = child._terms, replace(child._terms, asking=patience, signing=patience)
    try:
        yield
    finally:
        child._terms = usual


def until(is_so: Callable[[], bool]) -> bool:
    """Whether it came to be so within ten seconds."""
    ends = time.monotonic() + 10.0
    while not is_so() and time.monotonic() < ends:
        time.sleep(0.02)
    return is_so()


def seal_like(content: bytes) -> bytes:
    """What begins as a seal does (GB/T 38540): SESeal { eSealInfo { header { "ES", 4, "v" }, … } }."""
    header = b"\x30\x0a\x16\x02ES\x02\x01\x04\x16\x01v"
    info = header + b"\x04\x82" + len(content).to_bytes(2, "big") + content
    outer = b"\x30\x82" + len(info).to_bytes(2, "big") + info
    return b"\x30\x82" + len(outer).to_bytes(2, "big") + outer


def pkcs8(key: SoftKey) -> bytes:
    """As OpenSSL reads it (RFC 5958); an SM2 key's inner part as RFC 5915 has it."""
    if key.algorithm is not KeyAlgorithm.SM2:
        return key.secret
    public = core.BitString(tuple(int(bit) for byte in b"\x04" + key.point for bit in f"{byte:08b}")).dump()
    inner = _sequence(core.Integer(1).dump(), core.OctetString(key.secret).dump(), b"\xa1" + _long(public))
    kind = _sequence(core.ObjectIdentifier("1.2.840.10045.2.1").dump(), core.ObjectIdentifier(sm2.CURVE).dump())
    return _sequence(core.Integer(0).dump(), kind, core.OctetString(inner).dump())


def _sequence(*parts: bytes) -> bytes:
    return b"\x30" + _long(b"".join(parts))


def _long(content: bytes) -> bytes:
    size = len(content)
    return (bytes([size]) if size < 0x80 else b"\x81" + bytes([size])) + content
