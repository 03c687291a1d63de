"""Says of a seal, or of a signature that puts one on a document, what holds and what does not, each by itself.

The order is that in which GB/T 38540-2020 has a seal and a signature verified: structure, who made the seal, its
time, who may seal with it, the document, who signed, that certificate's time, who vouches for both.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cryptography.hazmat.primitives import hashes

from client.ports.seals import CheckName, Seal, SealCheck, SealForm, Verdict
from client.proof import sm2
from client.proof.certificates import Certificate, is_known_signature
from client.proof.chain import Trust, chain_of
from client.proof.faults import ProofError
from client.text import clauses, labelled, tr
from printing.seals.der import CHINA
from printing.seals.structures import HEADER, SesSeal, SesSignature

SLACK: Final = timedelta(minutes=5)
"""So far two clocks may be apart before a signature counts as made in the future."""

MAKER, SIGNER = tr("制章人证书"), tr("签章人证书")
_RIGHT = tr("相符")


@dataclass(frozen=True, slots=True)
class _Read:
    """A certificate in a seal or signature, or why it cannot be read."""

    certificate: Certificate | None
    trouble: str = ""

    @classmethod
    def of(cls, der: bytes, whose: str) -> "_Read":
        try:
            return cls(Certificate.parse(der))
        except ProofError as error:
            return cls(None, labelled(whose, error.title))


def judge_seal(content: bytes, at: datetime, trust: Trust) -> Verdict:
    """What can be said of a SESeal (DER) as of `at`. Raises ProofError for what is none."""
    read = SesSeal.parse(content)
    maker = _Read.of(read.maker, MAKER)
    checks = [
        _structure(read, (maker,)),
        *_maker_signed(read, maker),
        _seal_period(read.seal, at, tr("核验时")),
        *_vouched(((MAKER, maker, read.seal.created_at),), trust),
    ]
    return Verdict(SealForm.SEAL, read.version, read.seal, None, None, checks)


def judge_signature(
    content: bytes, at: datetime, trust: Trust, data: bytes | None = None, form: SealForm = SealForm.SIGNATURE
) -> Verdict:
    """What can be said of a SES_Signature (DER) as of `at`.

    `data` is what it protects; without it nothing is said about the document. `form` is what it was found in. Raises
    ProofError for what is no signature.
    """
    read = SesSignature.parse(content)
    seal = read.seal
    maker, signer = _Read.of(seal.maker, MAKER), _Read.of(read.certificate, SIGNER)
    checks = [
        _structure(seal, (maker, signer), read),
        *_maker_signed(seal, maker),
        _seal_period(seal.seal, read.signed_at, tr("签章时")),
        _bound(read),
        *_document(read, data),
        *_signer_signed(read, signer),
        *_signer_period(read, signer, at),
        *_vouched(((MAKER, maker, seal.seal.created_at), (SIGNER, signer, read.signed_at)), trust),
    ]
    return Verdict(form, seal.version, seal.seal, signer.certificate, read.signed_at, checks)


def digest_for(algorithm: str, data: bytes) -> bytes:
    """What a signature of this algorithm (dotted) holds of a document: SM3, or SHA-256 where the key is not SM2."""
    if algorithm == sm2.SM2_WITH_SM3:
        return sm2.sm3(data)
    digest = hashes.Hash(hashes.SHA256())
    digest.update(data)
    return digest.finalize()


def _structure(seal: SesSeal, read: Sequence[_Read], signature: SesSignature | None = None) -> SealCheck:
    troubles = [each.trouble for each in read if each.trouble]
    if seal.header != HEADER:
        troubles.append(tr("印章头标识不是ES"))
    if seal.seal.valid_from > seal.seal.valid_to:
        troubles.append(tr("印章有效期的起止颠倒"))
    algorithms = {seal.algorithm, *((signature.algorithm,) if signature else ())}
    troubles += [
        tr("签名算法{algorithm}不受支持").format(algorithm=each)
        for each in sorted(algorithms)
        if not is_known_signature(each)
    ]
    if signature is not None and signature.version != seal.told_version:
        said = tr("签章的版本{version}与印章的版本{seal}不一致")
        troubles.append(said.format(version=signature.version, seal=seal.told_version))
    return _check(CheckName.STRUCTURE, clauses(troubles), tr("第{version}版，完整").format(version=seal.version))


def _maker_signed(seal: SesSeal, maker: _Read) -> Iterator[SealCheck]:
    if maker.certificate is None or not is_known_signature(seal.algorithm):
        return
    signed = any(maker.certificate.has_made(seal.algorithm, scope, seal.signature) for scope in seal.scopes)
    trouble = "" if signed else tr("制章人签名与印章内容不符，印章不是该制章人制作的或被改动过")
    yield _check(CheckName.SEAL_SIGNATURE, trouble, _RIGHT)


def _seal_period(seal: Seal, at: datetime, when: str) -> SealCheck:
    trouble = ""
    if at < seal.valid_from:
        trouble = tr("{when}印章尚未生效，{day}起有效").format(when=when, day=_day(seal.valid_from))
    elif at > seal.valid_to:
        trouble = tr("{when}印章已过期，有效期至{day}").format(when=when, day=_day(seal.valid_to))
    said = tr("有效期{begins}至{ends}").format(begins=_day(seal.valid_from), ends=_day(seal.valid_to))
    return _check(CheckName.SEAL_PERIOD, trouble, said)


def _bound(read: SesSignature) -> SealCheck:
    trouble = "" if read.seal.binds(read.certificate) else tr("签章人证书不在印章的证书列表中，无权使用该印章")
    return _check(CheckName.SIGNER_BOUND, trouble, tr("签章人证书在印章的证书列表中"))


def _document(read: SesSignature, data: bytes | None) -> Iterator[SealCheck]:
    if data is None or not is_known_signature(read.algorithm):
        return
    is_same = digest_for(read.algorithm, data) == read.digest
    trouble = "" if is_same else tr("文件内容与签章时不同，签章后被改动过，或不是签章的那份文件")
    yield _check(CheckName.DOCUMENT_DIGEST, trouble, tr("文件内容与签章时相同"))


def _signer_signed(read: SesSignature, signer: _Read) -> Iterator[SealCheck]:
    if signer.certificate is None or not is_known_signature(read.algorithm):
        return
    signed = signer.certificate.has_made(read.algorithm, read.signed, read.signature)
    trouble = "" if signed else tr("签章人签名与签章内容不符，签章不是该证书的密钥所作或被改动过")
    yield _check(CheckName.DOCUMENT_SIGNATURE, trouble, _RIGHT)


def _signer_period(read: SesSignature, signer: _Read, at: datetime) -> Iterator[SealCheck]:
    if (certificate := signer.certificate) is None:
        return
    trouble = ""
    if read.signed_at > at + SLACK:
        trouble = tr("签章时间{day}晚于核验时间，请核对本机时钟").format(day=_moment(read.signed_at))
    elif read.signed_at < certificate.not_before:
        trouble = tr("签章时证书尚未生效，{day}起有效").format(day=_day(certificate.not_before))
    elif read.signed_at > certificate.not_after:
        trouble = tr("签章时证书已过期，有效期至{day}").format(day=_day(certificate.not_after))
    yield _check(CheckName.SIGNER_PERIOD, trouble, tr("签章于{day}").format(day=_moment(read.signed_at)))


def _vouched(whose: Sequence[tuple[str, _Read, datetime]], trust: Trust) -> Iterator[SealCheck]:
    """One check of all certificates: the maker's when the seal was made, the signer's when it was put."""
    found = [(name, read.certificate, at) for name, read, at in whose if read.certificate is not None]
    if not found:
        return
    troubles: list[str] = []
    said: list[str] = []
    for name, certificate, at in found:
        state = chain_of(certificate, trust, at)
        trouble = "" if state.ok else state.detail
        if not certificate.may_sign:
            trouble = tr("证书的密钥用途不含签名")
        elif name == MAKER and not certificate.is_valid_at(at):
            trouble = tr("制作印章时证书不在有效期内")
        (troubles if trouble else said).append(labelled(name, trouble or state.detail))
    yield _check(CheckName.CHAIN, clauses(troubles), clauses(said))


def _check(name: CheckName, trouble: str, right: str) -> SealCheck:
    return SealCheck(name, not trouble, trouble or right)


def _day(at: datetime) -> str:
    return f"{_in_china(at):%Y-%m-%d}"


def _moment(at: datetime) -> str:
    return f"{_in_china(at):%Y-%m-%d %H:%M}"


def _in_china(at: datetime) -> datetime:
    """The last second of the year 9999, which is "without an end" (RFC 5280, clause 4.1.2.5), has none there."""
    try:
        return at.astimezone(CHINA)
    except OverflowError:
        return at
