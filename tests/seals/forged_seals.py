"""Ways to forge a seal, each wrong in one thing."""

from dataclasses import replace

import gmssl_pyx

from client.ports.seals import CheckName
from client.proof.certificates import Certificate
from client.proof.chain import Trust
from printing.seals.structures import MOST_BYTES, SesSeal
from tests.seals.authority import BEGAN, ENCIPHERS, ENDS, Authority, SoftKey, revocation_list
from tests.seals.forging import (
    CHAIN,
    DAY,
    FLAW,
    SEAL_PERIOD,
    SEAL_SIGNATURE,
    Forgery,
    Given,
    flipped,
    kept,
    noted_in,
    of_seal,
    resigned,
    swapped,
)
from tests.seals.office import ES_ID, NAME, SIGNED_AT, Office, Person, office

WAYS: list[Forgery] = []
forged = noted_in(WAYS)

# The seal, altered under its maker's signature


@forged("name altered", SEAL_SIGNATURE, versions=(1, 4, 5))
def _name(place: Office) -> Given:
    return of_seal(place, swapped(place.seal(), NAME[:3].encode(), "示例县".encode()))


@forged("esID altered", SEAL_SIGNATURE, versions=(1, 4))
def _es_id(place: Office) -> Given:
    return of_seal(place, swapped(place.seal(), ES_ID.encode(), b"11010100000002"))


@forged("one bit of the picture", SEAL_SIGNATURE, versions=(1, 4, 5))
def _picture(place: Office) -> Given:
    return of_seal(place, swapped(place.seal(), place.words.picture.content, flipped(place.words.picture.content, 40)))


@forged("picture of another seal", SEAL_SIGNATURE)
def _other_picture(place: Office) -> Given:
    return of_seal(place, kept(place, picture=replace(place.words.picture, content=b"another", width_mm=42)))


@forged("its time made longer", SEAL_SIGNATURE, versions=(1, 4))
def _longer(place: Office) -> Given:
    return of_seal(place, kept(place, valid_to=ENDS.replace(year=2046)))


@forged("a certificate more that may seal with it", SEAL_SIGNATURE, versions=(1, 4))
def _one_more(place: Office) -> Given:
    return of_seal(place, kept(place, holders=(*place.words.holders, place.maker.certificate.der)))


@forged("header says version 5", SEAL_SIGNATURE)
def _fifth(place: Office) -> Given:
    return of_seal(place, kept(place, version=5))


@forged("another maker's certificate put in", SEAL_SIGNATURE, versions=(1, 4))
def _other_maker(place: Office) -> Given:
    other = Person.certified(place.root, "别的制章人")
    return of_seal(place, place.seal(other, sign=place.maker.key.sign))


@forged("signed by a key that is not the maker's", SEAL_SIGNATURE)
def _other_key(place: Office) -> Given:
    return of_seal(place, place.seal(sign=SoftKey.make().sign))


@forged("one bit of the maker's signature", SEAL_SIGNATURE, versions=(1, 4, 5))
def _maker_bit(place: Office) -> Given:
    return of_seal(place, flipped(place.seal()))


@forged("signature of another seal of the same maker", SEAL_SIGNATURE)
def _transplanted(place: Office) -> Given:
    before = SesSeal.parse(place.with_words(es_id="11010100000099").seal()).signature
    return of_seal(place, place.seal(sign=lambda _: before))


@forged("signature empty", SEAL_SIGNATURE)
def _empty(place: Office) -> Given:
    return of_seal(place, place.seal(sign=lambda _: b""))


@forged("signed under another name of SM2", SEAL_SIGNATURE)
def _other_name(place: Office) -> Given:
    key = place.maker.key
    return of_seal(
        place,
        place.seal(sign=lambda message: gmssl_pyx.sm2_sign(key.secret, key.point, message, b"ALICE123@YAHOO.COM")),
    )


@forged("algorithm is one of another key", SEAL_SIGNATURE)
def _algorithm(place: Office) -> Given:
    rsa = bytes.fromhex("06082a8648ce3d040302")  # ecdsa-with-SHA256, of as many octets
    der, ours = place.seal(), bytes.fromhex("06082a811ccf55018375")
    place_of_it = der.rindex(ours)
    return of_seal(place, der[:place_of_it] + rsa + der[place_of_it + len(ours) :])


# What a seal says, signed by its maker all the same


@forged("header is not ES", CheckName.STRUCTURE)
def _header(place: Office) -> Given:
    return of_seal(place, resigned(place, b"\x16\x02ES", b"\x16\x02EX"))


@forged("algorithm nobody knows", CheckName.STRUCTURE)
def _unknown_algorithm(place: Office) -> Given:
    der, ours = place.seal(), bytes.fromhex("06082a811ccf55018375")
    place_of_it = der.rindex(ours)
    return of_seal(place, der[:place_of_it] + ours[:-1] + b"\x01" + der[place_of_it + len(ours) :])


@forged("it ends before it begins", CheckName.STRUCTURE, SEAL_PERIOD)
def _reversed(place: Office) -> Given:
    return of_seal(place, place.with_words(valid_from=ENDS, valid_to=BEGAN).seal())


@forged("maker's certificate is none", CheckName.STRUCTURE)
def _no_maker(place: Office) -> Given:
    broken = replace(place.maker.certificate, der=FLAW)
    return of_seal(place, place.seal(Person(place.maker.key, broken)))


@forged("expired", SEAL_PERIOD, versions=(1, 4, 5))
def _expired(place: Office) -> Given:
    return of_seal(place, place.with_words(valid_to=SIGNED_AT - DAY).seal())


@forged("not yet in force", SEAL_PERIOD)
def _early(place: Office) -> Given:
    return of_seal(place, place.with_words(valid_from=SIGNED_AT + DAY).seal())


# Who made the seal


@forged("maker certified by a root that is not trusted", CHAIN, versions=(1, 4))
def _unknown_root(place: Office) -> Given:
    stranger = office(place.words.version, Authority.root("不受信任的根证书"))
    return of_seal(place, stranger.seal())


@forged("maker certified by a root of the trusted one's name", CHAIN)
def _namesake(place: Office) -> Given:
    return of_seal(place, office().seal())


@forged("maker certified himself", CHAIN)
def _himself(place: Office) -> Given:
    alone = Authority.root("自签名制章人")
    return of_seal(place, place.seal(Person(alone.key, Certificate.parse(alone.certificate))))


@forged("maker certified by a clerk", CHAIN)
def _by_clerk(place: Office) -> Given:
    clerk = Person.certified(place.root, "经办人")
    maker = Person.certified(Authority(clerk.key, clerk.certificate.der), "制章人")
    return Given(place.seal(maker), Trust(place.trust.roots, (clerk.certificate,)))


@forged("maker's certificate was over when the seal was made", CHAIN)
def _maker_over(place: Office) -> Given:
    ended = Person.certified(place.root, "制章人", ends=BEGAN + DAY)
    return of_seal(place, place.with_words(created_at=BEGAN + 2 * DAY).seal(ended))


@forged("maker's certificate was taken back before", CHAIN, versions=(1, 4))
def _maker_revoked(place: Office) -> Given:
    lists = revocation_list(place.root, {place.maker.certificate.der: BEGAN - DAY})
    return Given(place.seal(), place.trust.more(Trust.parse([lists])))


@forged("maker's certificate is for enciphering", CHAIN)
def _maker_enciphers(place: Office) -> Given:
    return of_seal(place, place.seal(Person.certified(place.root, "制章人", usage=ENCIPHERS)))


# What cannot be read


@forged("cut off", "SEAL-104", versions=(1, 4, 5))
def _cut(place: Office) -> Given:
    return of_seal(place, place.seal()[:-1])


@forged("something behind its end", "SEAL-104")
def _behind(place: Office) -> Given:
    return of_seal(place, place.seal() + b"\x01")


@forged("a length of more than there is", "SEAL-104")
def _length(place: Office) -> Given:
    return of_seal(place, b"\x30\x84\xff\xff\xff\xff" + place.seal()[4:])


@forged("a length without an end (BER)", "SEAL-104")
def _indefinite(place: Office) -> Given:
    return of_seal(place, b"\x30\x80" + place.seal()[4:] + b"\0\0")


@forged("a version nobody knows", "SEAL-106")
def _version_9(place: Office) -> Given:
    return of_seal(place, place.with_words(version=9).seal())


@forged("more than 8 MB", "SEAL-105")
def _huge(place: Office) -> Given:
    return of_seal(place, place.with_words(picture=replace(place.words.picture, content=bytes(MOST_BYTES))).seal())
