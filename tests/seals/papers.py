"""Papers of ours, sealed: the notice of the trials, and a longer one of several pages."""

from functools import cache
from typing import Any

from client.ports.papers import MaterialLine, PaperKind, PaperOrder
from client.ports.seals import Place, Seal
from client.proof.certificates import Certificate, KeyAlgorithm
from printing.press import A4Press
from printing.seals.pdf.sealing import prepare
from printing.seals.structures import SesSeal
from tests.printing.facts import paper
from tests.seals.authority import Authority, SoftKey
from tests.seals.office import NAME, SIGNED_AT, Office, Person, office


@cache
def notice(materials: int = 3) -> bytes:
    """A 受理通知书; with sixty materials it has several pages."""
    lines = tuple(
        MaterialLine(name=f"申请材料之{number}", form="原件", copies="1", pages="2", original="留存")
        for number in range(materials)
    )
    facts = paper(PaperKind.ACCEPTANCE_NOTICE, materials=lines)
    return A4Press().render(PaperOrder(paper_id=1, reprint_no=0, facts=facts))


def seal_of(office: Office) -> Seal:
    return SesSeal.parse(office.seal()).seal


def sealed(
    pdf: bytes, office: Office, *, by: Person | None = None, place: Place | None = None, seal: Seal | None = None
) -> bytes:
    """The paper with the office's seal, put there by its clerk or by somebody else."""
    by = by or office.clerk
    certificate: Certificate = by.certificate
    room = prepare(pdf, seal or seal_of(office), certificate, SIGNED_AT, place)
    return room.complete(by.key.sign(room.to_sign))


def usual_signature(**wishes: Any) -> tuple[bytes, Office]:
    """The notice signed as PDF usually is, by a key that is not SM2; `wishes` for its certificate."""
    root = Authority.root(algorithm=KeyAlgorithm.ECDSA_P256)
    clerk = Person.certified(root, NAME, SoftKey.make(KeyAlgorithm.ECDSA_P256), **wishes)
    of = office(holders=(clerk.certificate.der,))
    return sealed(notice(), of, by=clerk), Office(root, of.maker, clerk, of.words)
