"""What a paper says of itself in its QR code, and how it stands when somebody asks whether the paper is genuine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Protocol

from client.ports.papers import PaperKind
from client.proof.certificates import Certificate
from client.text import tr

CODE_BEGINS: Final = ("YC1:", "YC2:")
"""How the text of a paper's QR code begins; YC1 was that of papers before, which stated nothing."""


@dataclass(frozen=True, slots=True)
class Statement:
    """The facts of a paper as its QR code carries them; `digest` is SM3 of the words that stand on it.

    `until` is the day that was promised or set, None where the paper has none. `key` is the tail of the signing
    certificate's SM3 and `signature` r ‖ s; both are empty, and `signed_at` None, where no key signed.
    """

    kind: PaperKind
    paper_number: str
    case_number: str
    query_code: str
    issued_at: datetime
    until: date | None
    organ: str
    applicant: str
    digest: bytes
    key: bytes = b""
    signed_at: datetime | None = None
    signature: bytes = b""


class Part(StrEnum):
    """What of a paper can be found altered."""

    NUMBER = "number"
    CASE = "case"
    QUERY = "query"
    ORGAN = "organ"
    NAME = "name"
    DATE = "date"
    UNTIL = "until"
    WORDS = "words"
    FILE = "file"
    STATEMENT = "statement"


PART_WORDS: Mapping[Part, str] = MappingProxyType(
    {
        Part.NUMBER: tr("文书编号"),
        Part.CASE: tr("办件编号"),
        Part.QUERY: tr("查询码"),
        Part.ORGAN: tr("出具机关"),
        Part.NAME: tr("申请人"),
        Part.DATE: tr("出具日期"),
        Part.UNTIL: tr("期限"),
        Part.WORDS: tr("正文的其他文字"),
        Part.FILE: tr("用印后的文件"),
        Part.STATEMENT: tr("二维码的内容"),
    }
)


class Standing(StrEnum):
    """How a paper stands."""

    GENUINE = "genuine"
    KEPT = "kept"  # no key vouches for it that is known here, but this window keeps the very same file
    ALTERED = "altered"
    VOIDED = "voided"
    REVOKED = "revoked"
    UNKNOWN_KEY = "unknown_key"
    UNSIGNED = "unsigned"


STANDING_WORDS: Mapping[Standing, str] = MappingProxyType(
    {
        Standing.GENUINE: tr("真实：二维码由出具机关的密钥签名"),
        Standing.KEPT: tr("真实：与本机保存的一字不差"),
        Standing.ALTERED: tr("不能采信：被改动过"),
        Standing.VOIDED: tr("不能采信：该文书已作废"),
        Standing.REVOKED: tr("不能采信：签名的证书已被吊销"),
        Standing.UNKNOWN_KEY: tr("不能证明真伪：不认识签名的密钥"),
        Standing.UNSIGNED: tr("不能证明真伪：二维码没有签名，以印章为准"),
    }
)


@dataclass(frozen=True, slots=True)
class PaperVerdict:
    """What was found; `altered` names what differs, `notes` are sentences beside. `signer` where its key is known."""

    standing: Standing
    statement: Statement
    altered: Sequence[Part] = ()
    signer: Certificate | None = None
    notes: Sequence[str] = ()


class Prover(Protocol):
    """Asks papers whether they are genuine, without a network."""

    def prove_text(self, text: str, at: datetime) -> PaperVerdict:
        """What the text of a QR code is worth as of `at`. Raises PaperError for what is none of ours."""
        ...

    def prove_file(self, content: bytes, at: datetime) -> PaperVerdict:
        """The same of a PDF, or of the picture of a paper. Raises PaperError where no QR code of ours is found."""
        ...
