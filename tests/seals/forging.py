"""How a forged seal or signature is made out of a right one, and by which check it has to be found."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

from client.ports.seals import CheckName
from client.proof.chain import Trust
from client.proof.faults import ProofError
from printing.seals.structures import SesSeal
from printing.seals.use import judge
from tests.seals.office import DATA, NAME, SIGNED_AT, Office, Person, office

Found = frozenset[CheckName] | str
"""The checks that fail, or the code of the error: nothing to be checked."""


@dataclass(frozen=True)
class Given:
    """What is handed to be judged."""

    content: bytes
    trust: Trust
    data: bytes | None = None
    at: datetime = SIGNED_AT

    def found(self) -> tuple[Found, str]:
        """What fails, and what is said of it."""
        try:
            (verdict,) = judge(self.content, self.at, self.trust, self.data)
        except ProofError as error:
            return error.code, error.title
        failed = [check for check in verdict.checks if not check.ok]
        return frozenset(check.name for check in failed), "; ".join(check.detail for check in failed)


@dataclass(frozen=True)
class Forgery:
    """`made` from an office whose seal was right; `fails` are the checks that have to fail, and no other."""

    words: str
    version: int
    made: Callable[[Office], Given]
    fails: Found


FLAW = b"\x30\x03\x02\x01\x05"  # DER, and no certificate
DAY = timedelta(days=1)
SEAL_SIGNATURE, SEAL_PERIOD = CheckName.SEAL_SIGNATURE, CheckName.SEAL_PERIOD
DIGEST, SIGNATURE, CHAIN = CheckName.DOCUMENT_DIGEST, CheckName.DOCUMENT_SIGNATURE, CheckName.CHAIN


@cache
def right_office(version: int) -> Office:
    return office(version)


Made = Callable[[Office], Given]


def noted_in(ways: list[Forgery]) -> Callable[..., Callable[[Made], Made]]:
    """Notes ways to forge into a list: words, the checks that fail or the code of the error, versions."""

    def forged(words: str, *fails: CheckName | str, versions: tuple[int, ...] = (4,)) -> Callable[[Made], Made]:
        code = next((each for each in fails if not isinstance(each, CheckName)), None)
        expected = code if code is not None else frozenset(map(CheckName, fails))

        def note(made: Made) -> Made:
            ways.extend(Forgery(words, version, made, expected) for version in versions)
            return made

        return note

    return forged


def swapped(der: bytes, old: bytes, new: bytes) -> bytes:
    """Other bytes of the same length, where there is one such place at least: nothing else moves."""
    assert len(old) == len(new)
    assert old in der
    return der.replace(old, new)


def flipped(content: bytes, place: int = -1) -> bytes:
    changed = bytearray(content)
    changed[place] ^= 1
    return bytes(changed)


def kept(place: Office, **changes: object) -> bytes:
    """A seal with other words under the signature of the right one."""
    before = SesSeal.parse(place.seal()).signature
    return place.with_words(**changes).seal(sign=lambda _: before)


def of_seal(place: Office, der: bytes) -> Given:
    return Given(der, place.trust)


def of_signature(place: Office, der: bytes, **given: object) -> Given:
    return replace(Given(der, place.trust, DATA), **given)  # type: ignore[arg-type]  # handed on as they are


def resigned(place: Office, old: bytes, new: bytes) -> bytes:
    """A seal with other bytes that its maker did sign."""
    return swapped(place.seal(sign=lambda message: place.maker.key.sign(swapped(message, old, new))), old, new)


def signed_by(place: Office, **wishes: object) -> bytes:
    """Signed with another certificate for the clerk's key, which is on the seal's list."""
    clerk = Person.certified(place.root, NAME, place.clerk.key, **wishes)
    return place.with_words(holders=(clerk.certificate.der,)).signature(by=clerk)
