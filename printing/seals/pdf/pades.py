"""Makes the usual signature of a PDF (PAdES, ETSI EN 319 142-1), by pyHanko: for keys that are not SM2."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from asn1crypto import cms, x509
from asn1crypto.algos import SignedDigestAlgorithm
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import ExternalSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from client.proof.certificates import Certificate, KeyAlgorithm
from printing.seals.pdf.room import DIGEST, Hole, Room, put_hole

_RESERVED: Final = 16 * 1024  # bytes: a certificate and its signature have a fifth of it
_LONGEST: Final = 512  # bytes of a signature of RSA 4096
_MECHANISMS: Final = {KeyAlgorithm.RSA: "sha256_rsa"}


@dataclass(frozen=True)
class PadesRoom:
    """A PDF with room for a CMS signature; see `client.ports.seals.ToSeal`. `to_sign` are the signed attributes."""

    to_sign: bytes
    certificate: Certificate
    attributes: cms.CMSAttributes
    hole: Hole
    at: datetime
    verified: Callable[[bytes, datetime], bytes]

    def complete(self, signature: bytes) -> bytes:
        signer = _signer(self.certificate, signature)
        made = asyncio.run(signer.async_sign_prescribed_attributes(DIGEST, self.attributes))
        return self.verified(self.hole.filled(made.dump()), self.at)


def pades_room(
    room: Room, certificate: Certificate, at: datetime, verified: Callable[[bytes, datetime], bytes]
) -> PadesRoom:
    """Room for the usual signature; `verified` looks at what comes of it."""
    filled = put_hole(room, "/Adobe.PPKLite", SigSeedSubFilter.PADES.value, at, _RESERVED)
    signer = _signer(certificate, bytes(_LONGEST))
    attributes = asyncio.run(signer.signed_attrs(filled.digest, DIGEST, use_pades=True))
    return PadesRoom(attributes.dump(), certificate, attributes, filled, at, verified)


def _signer(certificate: Certificate, signature: bytes) -> ExternalSigner:
    return ExternalSigner(
        x509.Certificate.load(certificate.der),
        SimpleCertificateStore(),
        signature_value=signature,
        signature_mechanism=SignedDigestAlgorithm(
            {"algorithm": _MECHANISMS.get(certificate.algorithm, "sha256_ecdsa")}
        ),
    )
