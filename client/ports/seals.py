"""What the desk asks of the hand that knows electronic seals: read one, judge one, put one on a paper."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from client.ports.statements import Prover
from client.proof.certificates import Certificate
from client.text import tr


class SealForm(StrEnum):
    """What was given to be judged."""

    SEAL = "seal"
    SIGNATURE = "signature"
    PDF = "pdf"
    OFD = "ofd"


class CheckName(StrEnum):
    """What is looked at, each told apart from the others."""

    STRUCTURE = "structure"
    SEAL_SIGNATURE = "seal_signature"
    SEAL_PERIOD = "seal_period"
    SIGNER_BOUND = "signer_bound"
    DOCUMENT_DIGEST = "document_digest"
    DOCUMENT_SIGNATURE = "document_signature"
    SIGNER_PERIOD = "signer_period"
    CHAIN = "chain"


CHECK_WORDS: Mapping[CheckName, str] = MappingProxyType(
    {
        CheckName.STRUCTURE: tr("结构"),
        CheckName.SEAL_SIGNATURE: tr("制章人签名"),
        CheckName.SEAL_PERIOD: tr("印章有效期"),
        CheckName.SIGNER_BOUND: tr("印章与签章人"),
        CheckName.DOCUMENT_DIGEST: tr("文件未改动"),
        CheckName.DOCUMENT_SIGNATURE: tr("签章人签名"),
        CheckName.SIGNER_PERIOD: tr("签章人证书有效期"),
        CheckName.CHAIN: tr("证书信任链"),
    }
)


@dataclass(frozen=True, slots=True)
class SealPicture:
    """The seal as it is drawn: `type` as the file says (PNG, JPG, OFD …), sizes in millimetres."""

    type: str
    width_mm: int
    height_mm: int
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Seal:
    """An electronic seal as it was read; `der` are its own bytes. `type`: 1 of a unit, 2 of a person."""

    version: int  # 1 GM/T 0031-2014, 4 GB/T 38540-2020, 5 GM/T 0031-2025
    es_id: str
    name: str
    type: int
    vendor: str
    created_at: datetime
    valid_from: datetime
    valid_to: datetime
    picture: SealPicture
    der: bytes = field(repr=False)
    units: tuple[str, ...] = ()  # 统一社会信用代码 found in the certificates it is bound to


@dataclass(frozen=True, slots=True)
class SealCheck:
    """One thing that was looked at; `detail` is a sentence, without personal data."""

    name: CheckName
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found about a seal or a sealed document; `ok` where every check is.

    `signer` and `signed_at` are None for a seal by itself. A document with several signatures has a verdict for each.
    """

    form: SealForm
    version: int | None
    seal: Seal | None
    signer: Certificate | None
    signed_at: datetime | None
    checks: Sequence[SealCheck]

    @property
    def ok(self) -> bool:
        return bool(self.checks) and all(check.ok for check in self.checks)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the middle of a seal comes: page from 1, millimetres from the upper left corner."""

    page: int
    x_mm: float
    y_mm: float


class ToSeal(Protocol):
    """A paper with room for its seal, waiting for the key's signature over `to_sign`.

    `to_state` is what the key may sign before that, for the QR code of the paper; empty where it has none to sign.
    """

    @property
    def to_state(self) -> bytes: ...

    def stated(self, signature: bytes) -> "ToSeal":
        """The same with the signed code on it; what is to be signed is another then."""
        ...

    @property
    def to_sign(self) -> bytes: ...

    def complete(self, signature: bytes) -> bytes:
        """The sealed paper, verified. Raises ProofError where it does not verify; nothing was sealed then."""
        ...


def never() -> bool:
    """Nobody takes it back."""
    return False


class SealHand(Protocol):
    """Electronic seals and sealed papers, as pure functions of bytes."""

    @property
    def papers(self) -> Prover:
        """Who says whether a paper is genuine, by the same that the hall trusts."""
        ...

    def read(self, der: bytes) -> Seal:
        """A seal's own words. Raises ProofError for what is none."""
        ...

    def binds(self, seal: Seal, certificate: Certificate) -> bool:
        """Whether the seal's maker named this certificate among those that may use it."""
        ...

    def judge(self, content: bytes, name: str, at: datetime, roots: Sequence[Certificate] = ()) -> Sequence[Verdict]:
        """What can be said of a seal, a detached signature, a sealed PDF or OFD, as of `at`.

        Without `roots` the chain is judged by those the hall trusts. Empty for a document nobody sealed. Raises
        ProofError for what is none of the four.
        """
        ...

    def preview(self, content: bytes, is_taken_back: Callable[[], bool] = never) -> bytes:
        """A sealed paper as PDF, to look at: a PDF as it is, an OFD drawn. Raises ProofError for anything else.

        What of an OFD is not drawn is counted on its page; what is seen there proves nothing. It may take 20 seconds,
        and raises Cancelled soon after `is_taken_back`.
        """
        ...

    def prepare(self, pdf: bytes, seal: Seal, certificate: Certificate, at: datetime, place: Place | None) -> ToSeal:
        """Make room for a seal on a paper; without `place` it is where the paper says. Raises ProofError.

        `certificate` has to be bound to the seal, the seal in its time at `at`, and no seal of this one on the paper.
        """
        ...
