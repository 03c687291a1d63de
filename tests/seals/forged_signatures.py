"""Ways to forge a signature that puts a seal on a document, each wrong in one thing."""

from dataclasses import replace

import gmssl_pyx

from client.ports.seals import CheckName
from client.proof import sm2
from client.proof.chain import Trust
from printing.seals.create import signature
from printing.seals.structures import SesSignature
from tests.seals.authority import ENCIPHERS, Authority, SoftKey, revocation_list
from tests.seals.forging import (
    CHAIN,
    DAY,
    DIGEST,
    FLAW,
    SEAL_PERIOD,
    SEAL_SIGNATURE,
    SIGNATURE,
    Forgery,
    Given,
    flipped,
    noted_in,
    of_signature,
    signed_by,
    swapped,
)
from tests.seals.office import DATA, ES_ID, NAME, PROPERTY, SIGNED_AT, Office, Person, office

WAYS: list[Forgery] = []
forged = noted_in(WAYS)

# The document and who signed


@forged("document altered", DIGEST, versions=(1, 4, 5))
def _document(place: Office) -> Given:
    return of_signature(place, place.signature(), data=DATA + b".")


@forged("signature of another document", DIGEST)
def _other_document(place: Office) -> Given:
    return of_signature(place, place.signature(b"another"))


@forged("digest altered with the document", SIGNATURE, versions=(1, 4, 5))
def _digest(place: Office) -> Given:
    other = "不予受理".encode()
    der = swapped(place.signature(), sm2.sm3(DATA), sm2.sm3(other))
    return of_signature(place, der, data=other)


@forged("time of signing altered", SIGNATURE)
def _time(place: Office) -> Given:
    return of_signature(place, swapped(place.signature(), b"20261123023000Z", b"20261023023000Z"))


@forged("place in the container altered", SIGNATURE, versions=(1, 4))
def _property(place: Office) -> Given:
    return of_signature(place, swapped(place.signature(), PROPERTY.encode(), PROPERTY.replace("_0", "_1").encode()))


@forged("signed by another's key under the clerk's certificate", SIGNATURE, versions=(1, 4, 5))
def _key(place: Office) -> Given:
    return of_signature(place, place.signature(sign=SoftKey.make().sign))


@forged("signature of another document put in", SIGNATURE)
def _other_signature(place: Office) -> Given:
    before = SesSignature.parse(place.signature(b"another")).signature
    return of_signature(place, place.signature(sign=lambda _: before))


@forged("one bit of the signer's signature", SIGNATURE, versions=(1, 4, 5))
def _signer_bit(place: Office) -> Given:
    return of_signature(place, flipped(place.signature()))


@forged("key that hashed twice", SIGNATURE)
def _twice(place: Office) -> Given:
    return of_signature(place, place.signature(sign=lambda message: place.clerk.key.sign(sm2.sm3(message))))


@forged("key that hashed without the signer's name (Z)", SIGNATURE)
def _without_z(place: Office) -> Given:
    secret = place.clerk.key.secret
    return of_signature(
        place, place.signature(sign=lambda message: gmssl_pyx.sm2_sign_sm3_digest(secret, sm2.sm3(message)))
    )


@forged("signer not on the seal's list", CheckName.SIGNER_BOUND, versions=(1, 4, 5))
def _not_listed(place: Office) -> Given:
    return of_signature(place, place.signature(by=Person.certified(place.root, "别的经办人")))


@forged("signer's digest on the list is another's", CheckName.SIGNER_BOUND, versions=(4, 5))
def _digest_listed(place: Office) -> Given:
    listed = place.with_words(by_digest=True, holders=(place.maker.certificate.der,))
    return of_signature(place, listed.signature())


@forged("clerk's own key, renewed certificate", CheckName.SIGNER_BOUND)
def _renewed(place: Office) -> Given:
    return of_signature(place, place.signature(by=Person.certified(place.root, NAME, place.clerk.key)))


@forged("seal of another organ put in and signed", CheckName.SIGNER_BOUND)
def _other_organ(place: Office) -> Given:
    return of_signature(place, place.signature(seal=office(root=place.root).seal()))


@forged("seal altered, then signed by its clerk", SEAL_SIGNATURE, versions=(1, 4, 5))
def _seal_altered(place: Office) -> Given:
    return of_signature(place, place.signature(seal=swapped(place.seal(), ES_ID.encode(), b"11010100000002")))


@forged("seal altered under the clerk's signature", SEAL_SIGNATURE, SIGNATURE)
def _both_altered(place: Office) -> Given:
    return of_signature(place, swapped(place.signature(), ES_ID.encode(), b"11010100000002"))


@forged("says another version than its seal", CheckName.STRUCTURE)
def _version(place: Office) -> Given:
    read = SesSignature.parse(place.signature())
    signed = swapped(read.signed[:8], b"\x02\x01\x04", b"\x02\x01\x05") + read.signed[8:]
    return of_signature(place, signature(signed, place.clerk.certificate, place.clerk.key.sign(signed)))


@forged("signer's certificate is none", CheckName.STRUCTURE)
def _no_signer(place: Office) -> Given:
    nobody = Person(place.clerk.key, replace(place.clerk.certificate, der=FLAW))
    return of_signature(place, place.with_words(holders=(FLAW,)).signature(by=nobody))


@forged("certificate was over when it was signed", CheckName.SIGNER_PERIOD, versions=(1, 4, 5))
def _over(place: Office) -> Given:
    return of_signature(place, signed_by(place, ends=SIGNED_AT - DAY))


@forged("certificate was not yet valid when it was signed", CheckName.SIGNER_PERIOD)
def _not_yet(place: Office) -> Given:
    return of_signature(place, signed_by(place, began=SIGNED_AT + DAY))


@forged("signed tomorrow: a clock is off by a day", CheckName.SIGNER_PERIOD, versions=(1, 4))
def _tomorrow(place: Office) -> Given:
    return of_signature(place, place.signature(at=SIGNED_AT + DAY))


@forged("seal had expired when it was put", SEAL_PERIOD)
def _put_late(place: Office) -> Given:
    return of_signature(place, place.with_words(valid_to=SIGNED_AT - DAY).signature())


@forged("seal put before it was in force", SEAL_PERIOD)
def _put_early(place: Office) -> Given:
    return of_signature(place, place.with_words(valid_from=SIGNED_AT + DAY).signature())


@forged("signer's certificate was taken back before", CHAIN)
def _signer_revoked(place: Office) -> Given:
    lists = revocation_list(place.root, {place.clerk.certificate.der: SIGNED_AT - DAY})
    return of_signature(place, place.signature(), trust=place.trust.more(Trust.parse([lists])))


@forged("signer certified by a root that is not trusted", CHAIN, versions=(1, 4))
def _signer_unknown(place: Office) -> Given:
    stranger = Person.certified(Authority.root("不受信任的根证书"), NAME)
    listed = place.with_words(holders=(stranger.certificate.der,))
    return of_signature(place, listed.signature(by=stranger))


@forged("signed with the certificate for enciphering", CHAIN)
def _enciphers(place: Office) -> Given:
    return of_signature(place, signed_by(place, usage=ENCIPHERS))


@forged("a signature without its seal", "SEAL-104")
def _stripped(place: Office) -> Given:
    seal = place.seal()
    return of_signature(place, swapped(place.signature(seal=seal), seal, b"\x31" + seal[1:]))
