"""Lists of revoked certificates (RFC 5280, clause 5): what an authority took back, and since when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from asn1crypto import crl, pem

from client.proof.certificates import BROKEN, Certificate, words
from client.proof.faults import NO_LIST, ProofError

MOST_BYTES: Final = 16 * 1024 * 1024
_BACK = "remove_from_crl"  # of a certificate that was only held


@dataclass(frozen=True, slots=True)
class RevocationList:
    """A list as it was read. `next_update` is None where it does not say when the next one comes."""

    issuer: str
    this_update: datetime
    next_update: datetime | None
    revoked: Mapping[str, datetime] = field(repr=False)  # serial in hex → since when
    algorithm: str
    signed: bytes = field(repr=False)
    signature: bytes = field(repr=False)

    @classmethod
    def parse(cls, content: bytes) -> "RevocationList":
        """A list, DER or PEM. Raises ProofError naming what is wrong."""
        if len(content) > MOST_BYTES:
            raise ProofError(NO_LIST, reason="too large")
        try:
            return _list(pem.unarmor(content)[2] if pem.detect(content) else content)
        except BROKEN as error:
            raise ProofError(NO_LIST, reason=type(error).__name__) from error

    def is_of(self, authority: Certificate) -> bool:
        """Whether this authority made it, by name and by signature."""
        return self.issuer == authority.subject and authority.has_made(self.algorithm, self.signed, self.signature)

    def since(self, certificate: Certificate) -> datetime | None:
        """Since when the certificate is revoked, None where it is not."""
        return self.revoked.get(certificate.serial)


def _list(der: bytes) -> RevocationList:
    parsed = crl.CertificateList.load(der, strict=True)
    body = parsed["tbs_cert_list"]
    entries = body["revoked_certificates"]
    revoked = {
        f"{entry['user_certificate'].native:x}": entry["revocation_date"].native
        for entry in (entries if entries.native else ())
        if entry.crl_reason_value is None or entry.crl_reason_value.native != _BACK
    }
    return RevocationList(
        issuer=words(body["issuer"]),
        this_update=body["this_update"].native,
        next_update=body["next_update"].native,
        revoked=revoked,
        algorithm=parsed["signature_algorithm"]["algorithm"].dotted,
        signed=body.dump(),
        signature=parsed["signature"].native,
    )
