"""The signatures an OFD tells of: what each covers, by which digests (GB/T 33190-2016, clause 18; GM/T 0099)."""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.etree import ElementTree as ET

from client.proof.faults import ProofError
from printing.seals.ofd.container import Package
from printing.seals.ofd.faults import NOT_OFD, TOO_LARGE

ROOT: Final = "OFD.xml"
MOST_SIGNATURES: Final = 200
DEFAULT_METHOD: Final = "MD5"  # where References names none (clause 18.2.2)


@dataclass(frozen=True, slots=True)
class Reference:
    """A part that is covered: `name` None where the container has none under `told`."""

    told: str
    name: str | None
    digest: bytes | None


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where a seal is drawn: the page's ID, its box and what is cut out of it, each told in millimetres."""

    page: str
    boundary: str
    clip: str


@dataclass(frozen=True)
class Signed:
    """One signature: `path` of its Signature.xml, `xml` its bytes, `value` the SignedValue.dat, `seal` a Seal.esl."""

    path: str
    is_seal: bool
    method: str
    references: tuple[Reference, ...]
    stamps: tuple[Stamp, ...]
    own_parts: frozenset[str]
    xml: bytes = field(repr=False)
    value: bytes = field(repr=False)
    seal: bytes | None = field(repr=False)


@dataclass(frozen=True)
class Listing:
    """The signatures of one document: where the list of them stands, and where each begins; `told` as it says."""

    path: str
    entries: tuple[tuple[str, str], ...]  # type, location


def listings(package: Package) -> list[Listing]:
    """The lists of signatures, one a document that has any. Raises ProofError for what is no OFD."""
    found = []
    for body in package.xml(package.find(ROOT) or ROOT).iter("DocBody"):
        told = body.findtext("Signatures", "").strip()
        if told:
            found.append(_listing(package, told))
    if sum(len(each.entries) for each in found) > MOST_SIGNATURES:
        raise ProofError(TOO_LARGE, reason="Signatures")
    return found


def document_roots(package: Package) -> frozenset[str]:
    """The parts the root names as documents or versions of them.

    Nobody signed the root: it may name a list of signatures as the document, and a list can be written to be both.
    """
    told = [
        each.get("BaseLoc", "") if each.tag == "Version" else each.text or ""
        for each in package.xml(package.find(ROOT) or ROOT).iter()
        if each.tag in {"DocRoot", "Version"}
    ]
    return frozenset(name for each in told if each.strip() and (name := package.find(each)) is not None)


def _listing(package: Package, told: str) -> Listing:
    path = _part(package, told, ROOT)
    entries = package.xml(path).findall("Signature")
    return Listing(path, tuple((each.get("Type", "Seal"), each.get("BaseLoc", "")) for each in entries))


def signed(package: Package, listing: Listing, kind: str, location: str) -> Signed:
    """One signature of a list. Raises ProofError where a part of it is missing or broken."""
    path = _part(package, location, listing.path)
    content = package.read(path)
    root = package.xml(path)
    value = _part(package, root.findtext("SignedValue", ""), path)
    told_seal = root.findtext("SignedInfo/Seal/BaseLoc", "").strip()
    seal = _part(package, told_seal, path) if told_seal else None
    references = root.find("SignedInfo/References")
    if references is None:
        raise ProofError(NOT_OFD, reason=f"{path[:80]}: References")
    return Signed(
        path=path,
        is_seal=kind != "Sign",
        method=references.get("CheckMethod", DEFAULT_METHOD).strip(),
        references=tuple(_references(package, references, path)),
        stamps=tuple(_stamps(root)),
        own_parts=frozenset(each for each in (path, value, seal) if each),
        xml=content,
        value=package.read(value),
        seal=package.read(seal) if seal else None,
    )


def _references(package: Package, references: ET.Element, path: str) -> Iterator[Reference]:
    for each in references.findall("Reference"):
        told = each.get("FileRef", "").strip()
        try:
            digest = base64.b64decode("".join(each.findtext("CheckValue", "").split()), validate=True)
        except (binascii.Error, ValueError):
            digest = None
        yield Reference(told, package.find(told, path), digest)


def _stamps(root: ET.Element) -> Iterator[Stamp]:
    for each in root.iterfind("SignedInfo/StampAnnot"):
        yield Stamp(each.get("PageRef", ""), each.get("Boundary", ""), each.get("Clip", ""))


def _part(package: Package, told: str, beside: str) -> str:
    found = package.find(told, beside) if told.strip() else None
    if found is None:
        raise ProofError(NOT_OFD, reason=(told.strip() or beside)[:80])
    return found
