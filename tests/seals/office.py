"""A seal maker's office and a clerk with a key: seals and signatures of any version, right or with anything wrong."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image

from client.ports.seals import SealPicture
from client.proof.certificates import Certificate, KeyAlgorithm
from client.proof.chain import Trust
from printing.seals.create import SealWords, algorithm_of, seal, signature, to_sign
from printing.seals.judge import digest_for
from printing.seals.structures import SesSeal
from tests.seals.authority import BEGAN, ENDS, Authority, SoftKey

Sign = Callable[[bytes], bytes]

NAME, VENDOR, ES_ID = "示例市市场监督管理局行政许可专用章", "YICHUANG-TRAINING", "11010100000001"
UNIT = "11110101000000001D"
SIGNED_AT = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
DATA = "受理通知书".encode()
PROPERTY = "/Doc_0/Signs/Sign_0/Signature.xml"


@dataclass(frozen=True)
class Person:
    """A key and the certificate of whoever holds it."""

    key: SoftKey
    certificate: Certificate

    @classmethod
    def certified(cls, by: Authority, name: str, key: SoftKey | None = None, **wishes: Any) -> "Person":
        key = key or SoftKey.make()
        return cls(key, Certificate.parse(by.certify(key, name, **wishes)))


@dataclass(frozen=True)
class Office:
    """Who makes seals and who seals; `words` of its seal may be changed by `dataclasses.replace`."""

    root: Authority
    maker: Person
    clerk: Person
    words: SealWords

    @property
    def trust(self) -> Trust:
        return Trust.parse([self.root.certificate])

    def with_words(self, **changes: Any) -> "Office":
        return replace(self, words=replace(self.words, **changes))

    def seal(self, by: Person | None = None, sign: Sign | None = None) -> bytes:
        """A SESeal by the maker or by somebody else; `sign` in place of that one's key."""
        by = by or self.maker
        return seal(self.words, by.certificate, sign or by.key.sign)

    def signature(
        self,
        data: bytes = DATA,
        *,
        at: datetime = SIGNED_AT,
        seal: bytes | None = None,
        by: Person | None = None,
        sign: Sign | None = None,
    ) -> bytes:
        """A SES_Signature by the clerk or by somebody else, with this office's seal or another; `sign` as above."""
        by = by or self.clerk
        read = SesSeal.parse(seal or self.seal())
        digest = digest_for(algorithm_of(by.certificate), data)
        signed = to_sign(read.seal, by.certificate, at, digest, PROPERTY)
        return signature(signed, by.certificate, (sign or by.key.sign)(signed))


def office(
    version: int = 4, root: Authority | None = None, algorithm: KeyAlgorithm = KeyAlgorithm.SM2, **words: Any
) -> Office:
    """An office whose seals are right from 2026 to 2036; `algorithm` is of the maker's and the clerk's keys."""
    root = root or Authority.root()
    maker = Person.certified(root, "训练制章人（无效力）", SoftKey.make(algorithm))
    clerk = Person.certified(root, NAME, SoftKey.make(algorithm), unit_code=UNIT)
    said = SealWords(
        version=version,
        es_id=ES_ID,
        name=NAME,
        vendor=VENDOR,
        holders=(clerk.certificate.der,),
        created_at=BEGAN,
        valid_from=BEGAN,
        valid_to=ENDS,
        picture=SealPicture("PNG", 40, 40, picture()),
    )
    return Office(root, maker, clerk, replace(said, **words))


@cache
def picture() -> bytes:
    """A small red ring."""
    into = BytesIO()
    Image.new("RGBA", (8, 8), (220, 0, 0, 255)).save(into, "PNG")
    return into.getvalue()
