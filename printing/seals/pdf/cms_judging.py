"""Says of a CMS signature in a PDF what holds (RFC 5652; GB/T 35275 has the same form under other names).

Judged by the same certificates and chains as seals are, so that SM2 is no case of its own.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from asn1crypto import cms
from cryptography.hazmat.primitives import hashes

from client.ports.seals import CheckName, SealCheck, SealForm, Verdict
from client.proof import sm2
from client.proof.certificates import BROKEN, Certificate
from client.proof.chain import Trust, chain_of
from client.proof.faults import ProofError
from client.text import tr
from printing.seals.der import EXPLICIT_0, Fields, only
from printing.seals.judge import SLACK
from printing.seals.pdf.reading import SealedPart

_DIGESTS: Final[Mapping[str, hashes.HashAlgorithm]] = MappingProxyType(
    {
        "2.16.840.1.101.3.4.2.1": hashes.SHA256(),
        "2.16.840.1.101.3.4.2.2": hashes.SHA384(),
        "2.16.840.1.101.3.4.2.3": hashes.SHA512(),
        sm2.SM3: hashes.SM3(),
    }
)
_PLAIN_RSA: Final = "1.2.840.113549.1.1.1"  # the digest stands beside it then
_RSA_WITH: Final = MappingProxyType({"sha256": "11", "sha384": "12", "sha512": "13"})
_NOT_READ = tr("签名数据不是本程序能读的CMS签名")
_SET_OF: Final = b"\x31"


def judge_cms(part: SealedPart, at: datetime, trust: Trust) -> Verdict:
    """What can be said of it as of `at`. What cannot be read is told as the structure that is broken."""
    try:
        signed = _signed_data(part.der)
        (info,) = signed["signer_infos"]
        certificates = [Certificate.parse(each.dump()) for each in signed["certificates"]]
        signer = _signer_of(info, certificates)
        signed_at = _signed_at(info, part, at)
        checks = [
            SealCheck(
                CheckName.STRUCTURE, ok=True, detail=tr("CMS签名，{name}").format(name=part.subfilter.lstrip("/"))
            ),
            *_checks(info, signer, part.data),
            *_times(signer, signed_at, at),
            _vouched(signer, Trust(trust.roots, (*trust.between, *certificates), trust.revoked), signed_at),
        ]
    except (*BROKEN, ProofError):
        broken = SealCheck(CheckName.STRUCTURE, ok=False, detail=_NOT_READ)
        return Verdict(SealForm.PDF, None, None, None, None, [broken])
    return Verdict(SealForm.PDF, None, None, signer, signed_at, checks)


def _signed_data(der: bytes) -> Any:  # noqa: ANN401 - asn1crypto has no types
    """The SignedData, whatever name its container has: that of RFC 5652, or of GB/T 35275."""
    container = Fields(only(der, "ContentInfo"), "ContentInfo")
    container.oid("contentType")
    return cms.SignedData.load(container.take("content", EXPLICIT_0).content, strict=True)


def _signer_of(info: Any, certificates: list[Certificate]) -> Certificate:  # noqa: ANN401 - same
    """The certificate whose serial number the signature names. Raises ValueError where none came with it."""
    serial = f"{info['sid'].chosen['serial_number'].native:x}"
    return next(each for each in certificates if each.serial == serial)


def _attribute(info: Any, name: str) -> Any:  # noqa: ANN401 - same
    found = (each["values"][0].native for each in info["signed_attrs"] if each["type"].native == name)
    return next(found, None)


def _signed_at(info: Any, part: SealedPart, at: datetime) -> datetime:  # noqa: ANN401 - same
    """What the signature says, else the PDF, which is signed with it; else when it is judged."""
    told = _attribute(info, "signing_time")
    return told if isinstance(told, datetime) else part.made_at or at


def _checks(info: Any, signer: Certificate, data: bytes) -> Iterator[SealCheck]:  # noqa: ANN401 - same
    digest_name = info["digest_algorithm"]["algorithm"]
    digest = hashes.Hash(_DIGESTS[digest_name.dotted])
    digest.update(data)
    same = digest.finalize() == _attribute(info, "message_digest")
    yield _check(
        CheckName.DOCUMENT_DIGEST, same, tr("文件内容与签名时相同"), tr("文件内容与签名时不同，签名后被改动过")
    )
    attributes = _SET_OF + info["signed_attrs"].dump()[1:]  # signed as a SET OF, whatever it is tagged as here
    algorithm = info["signature_algorithm"]["algorithm"].dotted
    if algorithm == _PLAIN_RSA:
        algorithm = f"1.2.840.113549.1.1.{_RSA_WITH[digest_name.native]}"
    made = signer.has_made(algorithm, attributes, info["signature"].native)
    yield _check(CheckName.DOCUMENT_SIGNATURE, made, tr("相符"), tr("签名与证书的密钥不符，或被改动过"))


def _times(signer: Certificate, signed_at: datetime, at: datetime) -> Iterator[SealCheck]:
    in_time = signer.is_valid_at(signed_at) and signed_at <= at + SLACK
    begins, ends = signer.not_before.date(), signer.not_after.date()
    told = tr("证书有效期{begins}至{ends}").format(begins=begins, ends=ends)
    yield _check(CheckName.SIGNER_PERIOD, in_time, told, told + tr("，签名时间不在其中或晚于核验时间"))


def _vouched(signer: Certificate, trust: Trust, signed_at: datetime) -> SealCheck:
    if not signer.may_sign:
        return SealCheck(CheckName.CHAIN, ok=False, detail=tr("证书的密钥用途不含签名"))
    state = chain_of(signer, trust, signed_at)
    return SealCheck(CheckName.CHAIN, state.ok, state.detail)


def _check(name: CheckName, ok: bool, right: str, wrong: str) -> SealCheck:  # noqa: FBT001 - what is checked
    return SealCheck(name, ok, right if ok else wrong)
