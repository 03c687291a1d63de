"""Says of each signature in an OFD what holds: the seal as in any document, and each part it covers by its digest.

A signature holds for Signature.xml; that file holds the digests of the parts. A part nobody signed for is a change,
though nothing that was signed is different.
"""

import hmac
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import Final

from cryptography.hazmat.primitives import hashes

from client.ports.seals import CheckName, SealCheck, SealForm, Verdict
from client.proof import sm2
from client.proof.chain import Trust
from client.proof.faults import ProofError
from client.text import bracketed, clauses, listed, tr
from printing.seals.judge import judge_signature
from printing.seals.ofd.container import Package
from printing.seals.ofd.signatures import ROOT, Listing, Signed, document_roots, listings, signed
from printing.seals.structures import SesSignature, is_signature

_DIGESTS: Final[Mapping[str, hashes.HashAlgorithm]] = MappingProxyType(
    {
        "SM3": hashes.SM3(),
        sm2.SM3: hashes.SM3(),
        "SHA256": hashes.SHA256(),
        "SHA-256": hashes.SHA256(),
        "2.16.840.1.101.3.4.2.1": hashes.SHA256(),
    }
)
_MOST_TOLD = 3  # names in one sentence

Digest = Callable[[str], bytes]
"""Of a part, by its name."""


def judge_ofd(content: bytes, at: datetime, trust: Trust) -> Sequence[Verdict]:
    """A verdict for each signature, in the order of their lists; none for an OFD nobody sealed.

    Raises ProofError for what is no OFD, or is one that should not be opened.
    """
    package = Package.parse(content)
    found = [
        (listing, _read(package, listing, kind, location))
        for listing in listings(package)
        for kind, location in listing.entries
    ]
    free = _free_parts(found) - document_roots(package)
    digests = {each.method: _digest(package, each.method) for _, each in found if isinstance(each, Signed)}
    return [
        _broken(each.title)
        if isinstance(each, ProofError)
        else _of(package, each, free, digests[each.method], at, trust)
        for _, each in found
    ]


def _read(package: Package, listing: Listing, kind: str, location: str) -> Signed | ProofError:
    try:
        return signed(package, listing, kind, location)
    except ProofError as error:
        return error


def _free_parts(found: Sequence[tuple[Listing, Signed | ProofError]]) -> frozenset[str]:
    """What no signature need cover: the root, which each signature changes, and the signatures beside their list.

    Only there: else a list that nobody signed could free any part by calling it a seal.
    """
    free = {ROOT}
    for listing, each in found:
        free.add(listing.path)
        if isinstance(each, Signed):
            beside = posixpath.dirname(listing.path) + "/"
            free.update(name for name in each.own_parts if name.startswith(beside))
    return frozenset(free)


def _digest(package: Package, method: str) -> Digest | None:
    algorithm = _DIGESTS.get(method.upper())
    if algorithm is None:
        return None

    @cache
    def digest(name: str) -> bytes:
        made = hashes.Hash(algorithm)
        made.update(package.read(name))
        return made.finalize()

    return digest


def _of(
    package: Package, each: Signed, free: frozenset[str], digest: Digest | None, at: datetime, trust: Trust
) -> Verdict:
    changed = _changed(package, each, free, digest)
    try:
        if not _is_ses(each):
            return _told(_by_cms(each, at, trust), "", changed)
        verdict = judge_signature(each.value, at, trust, each.xml, SealForm.OFD)
        read = SesSignature.parse(each.value)
    except ProofError as error:
        return _broken(error.title)
    another = tr("印章文件与签章中的印章不是同一枚")
    is_same = each.seal is None or each.seal.rstrip(b"\0") == read.seal.seal.der.rstrip(b"\0")
    if not _names(read.property_info, each.path):
        changed = clauses(filter(None, (tr("签章所属的签名文件不是这一个"), changed)))
    return _told(verdict, "" if is_same else another, changed)


def _is_ses(each: Signed) -> bool:
    try:
        return is_signature(each.value)
    except ProofError:
        return each.is_seal


def _by_cms(each: Signed, at: datetime, trust: Trust) -> Verdict:
    """A signature without a seal: CMS over Signature.xml."""
    from printing.seals.pdf.cms_judging import judge_cms  # noqa: PLC0415 - loads pyHanko, which few OFDs need
    from printing.seals.pdf.reading import SealedPart  # noqa: PLC0415 - same

    part = SealedPart(each.path, "OFD", each.value, each.xml, len(each.xml), None, "", "")
    return replace(judge_cms(part, at, trust), form=SealForm.OFD)


def _names(info: str, path: str) -> bool:
    """Whether a signature says it is the one over this file; makers write the path with and without its beginning."""
    told = info.strip().lstrip("/").casefold()
    return bool(told) and f"/{path}".casefold().endswith(f"/{told}")


def _changed(package: Package, each: Signed, free: frozenset[str], digest: Digest | None) -> str:
    """What is not as it was when it was signed; empty where all is."""
    if digest is None:
        return tr("摘要算法{method}不受支持或已不安全，不能证明文件未改动").format(method=each.method[:40])
    covered = {reference.name for reference in each.references}
    missing = [reference.told for reference in each.references if reference.name is None]
    other = [
        reference.name
        for reference in each.references
        if reference.name is not None and not _is_as_signed(digest, reference.name, reference.digest)
    ]
    added = [name for name in package.names if name not in covered and name not in free]
    troubles = (
        (tr("签章保护的文件缺失"), missing),
        (tr("文件内容与签章时不同，签章后被改动过"), other),
        (tr("有内容不在签章保护之内"), added),
    )
    return clauses(f"{words}{bracketed(_some(names))}" for words, names in troubles if names)


def _is_as_signed(digest: Digest, name: str, signed_digest: bytes | None) -> bool:
    try:
        return signed_digest is not None and hmac.compare_digest(digest(name), signed_digest)
    except ProofError:  # a part that cannot be unpacked is not as it was
        return False


def _some(names: Sequence[str]) -> str:
    shown = listed(ascii(name)[1:-1][:80] for name in names[:_MOST_TOLD])
    return shown if len(names) <= _MOST_TOLD else tr("{names}等{count}个").format(names=shown, count=len(names))


def _told(verdict: Verdict, structure: str, changed: str) -> Verdict:
    return replace(verdict, checks=list(_with_troubles(verdict.checks, structure, changed)))


def _with_troubles(checks: Sequence[SealCheck], structure: str, changed: str) -> Iterator[SealCheck]:
    """The checks of the seal, with what the container is at odds with in them; a trouble of its own stays told."""
    troubles = {CheckName.STRUCTURE: structure, CheckName.DOCUMENT_DIGEST: changed}
    for check in checks:
        trouble = troubles.pop(check.name, "")
        yield SealCheck(check.name, ok=False, detail=trouble) if trouble and check.ok else check
    if changed and CheckName.DOCUMENT_DIGEST in troubles:
        yield SealCheck(CheckName.DOCUMENT_DIGEST, ok=False, detail=changed)


def _broken(why: str) -> Verdict:
    return Verdict(SealForm.OFD, None, None, None, None, [SealCheck(CheckName.STRUCTURE, ok=False, detail=why)])
