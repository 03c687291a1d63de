"""How seals and signatures are read: what programs in the field write otherwise is taken, what is broken is told."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from asn1crypto import core
from hypothesis import given
from hypothesis import strategies as st

from client.proof.faults import ProofError
from printing.seals.create import to_sign
from printing.seals.der import BITS, OCTETS, TIME, UTC_TIME, Element, dotted, moment, sequence
from printing.seals.judge import judge_seal, judge_signature
from printing.seals.structures import MOST_BYTES, SesSeal, SesSignature
from printing.seals.times import time_told
from tests.seals.office import DATA, SIGNED_AT, office

PLACE = office()
FIRST = office(1, PLACE.root)
SEAL, SIGNED = PLACE.seal(), PLACE.signature()
UTC_NOW, NOW = b"261123023000Z", b"20261123023000Z"


def element(tag: int, content: bytes) -> Element:
    return Element.first(memoryview(bytes((tag,)) + sequence(content)[1:]), "")


@pytest.mark.parametrize(
    ("tag", "text", "told"),
    [
        (UTC_TIME, b"261123023000Z", SIGNED_AT),
        (TIME, b"20261123023000Z", SIGNED_AT),
        (TIME, b"20261123103000", SIGNED_AT),  # without a zone it is China's
        (TIME, b"20261123103000+0800", SIGNED_AT),
        (TIME, b"20261123023000.123Z", SIGNED_AT),
        (UTC_TIME, b"2611230230Z", SIGNED_AT),
        (UTC_TIME, b"490101000000Z", datetime(2049, 1, 1, tzinfo=UTC)),
        (UTC_TIME, b"500101000000Z", datetime(1950, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_time_is_read_whatever_its_kind(tag: int, text: bytes, told: datetime) -> None:
    assert moment(element(tag, text), "") == told


@pytest.mark.parametrize(
    "text", [b"", b"Z", b"2026", b"20261323023000Z", b"00010101000000+0800", b"20261123023000z", b"\xff" * 15]
)
def test_what_is_no_time_is_told(text: bytes) -> None:
    with pytest.raises(ProofError, match="SEAL-104"):
        moment(element(TIME, text), "createDate")


def token(moment_of_it: bytes = NOW, content: str = "1.2.840.113549.1.7.2") -> bytes:
    """A time stamp token as RFC 3161 has it, down to its time; nobody signed it."""
    imprint = sequence(
        sequence(core.ObjectIdentifier("2.16.840.1.101.3.4.2.1").dump()), core.OctetString(bytes(32)).dump()
    )
    one = core.Integer(1).dump()
    told = sequence(one, core.ObjectIdentifier("1.2.3").dump(), imprint, one, element(TIME, moment_of_it).whole)
    inner = sequence(core.ObjectIdentifier("1.2.840.113549.1.9.16.1.4").dump(), tagged(core.OctetString(told).dump()))
    signed = sequence(core.Integer(3).dump(), b"\x31\x00", inner, b"\x31\x00")
    return sequence(core.ObjectIdentifier(content).dump(), tagged(signed))


def tagged(content: bytes) -> bytes:
    return element(0xA0, content).whole


@pytest.mark.parametrize(
    "written",
    [
        element(UTC_TIME, UTC_NOW).whole,
        element(TIME, NOW).whole,
        UTC_NOW,
        NOW,
        token(),
        token(content="1.2.156.10197.6.1.4.2.2"),  # SignedData of GM/T 0010
        sequence(sequence(core.Integer(0).dump()), token()),  # a whole answer of a time stamp server
    ],
)
def test_a_time_of_version_1_is_found_wherever_it_is(written: bytes) -> None:
    assert time_told(element(BITS, b"\0" + written)) == SIGNED_AT
    assert time_told(element(OCTETS, written)) == SIGNED_AT
    assert time_told(element(TIME, NOW)) == SIGNED_AT


@pytest.mark.parametrize("written", [b"", b"x", token()[:-3], sequence(), token(b"2026"), tagged(b"\x02\x01\x05")])
def test_a_time_of_version_1_that_is_none_is_told(written: bytes) -> None:
    with pytest.raises(ProofError, match="SEAL-104"):
        time_told(element(OCTETS, written))


def test_version_1_is_read_with_octet_strings_for_bits_and_either_time() -> None:
    signed = FIRST.signature()
    read = SesSignature.parse(signed)
    assert (read.signed_at, read.seal.version) == (SIGNED_AT, 1)
    digest = core.OctetBitString(read.digest).dump()
    assert digest in read.signed
    plain = read.signed.replace(digest, b"\x04\x21\x00" + read.digest)  # one octet more than it should have
    assert SesSignature.parse(sequence(plain, core.OctetBitString(read.signature).dump())).digest == b"\0" + read.digest


def test_the_maker_of_version_1_may_have_signed_the_words_alone() -> None:
    info = SesSeal.parse(FIRST.seal()).scopes[0]
    narrow = FIRST.seal(sign=lambda _: FIRST.maker.key.sign(info))
    assert judge_seal(narrow, SIGNED_AT, FIRST.trust).ok
    assert judge_seal(FIRST.seal(), SIGNED_AT, FIRST.trust).ok
    assert not judge_seal(FIRST.seal(sign=lambda _: FIRST.maker.key.sign(info[:-1])), SIGNED_AT, FIRST.trust).ok


@pytest.mark.parametrize("wrapped", [True, False])
def test_further_data_is_passed_over_tagged_or_not(*, wrapped: bool) -> None:
    more = sequence(sequence(core.ObjectIdentifier("1.2.3").dump(), core.OctetString(b"more").dump()))
    more = tagged(more) if wrapped else more
    info = SesSeal.parse(SEAL).scopes[0]
    longer = sequence(Element.first(memoryview(info), "").content, more)
    maker = PLACE.maker
    rest = (core.OctetString(maker.certificate.der).dump(), core.ObjectIdentifier("1.2.156.10197.1.501").dump())
    der = sequence(longer, *rest, core.OctetBitString(maker.key.sign(longer)).dump())
    assert judge_seal(der, SIGNED_AT, PLACE.trust).ok
    signed = to_sign(SesSeal.parse(der).seal, PLACE.clerk.certificate, SIGNED_AT, bytes(32), "p")
    signed = sequence(Element.first(memoryview(signed), "").content, more)
    clerk = (core.OctetString(PLACE.clerk.certificate.der).dump(), rest[1])
    whole = sequence(signed, *clerk, core.OctetBitString(PLACE.clerk.key.sign(signed)).dump())
    assert judge_signature(whole, SIGNED_AT, PLACE.trust).ok


def test_time_stamps_are_kept_as_they_are() -> None:
    stamp = tagged(core.OctetBitString(b"stamp").dump())
    content = Element.first(memoryview(SIGNED), "").content
    assert SesSignature.parse(sequence(content, stamp)).stamp == b"stamp"
    fifth = office(5).seal()
    stamped = sequence(Element.first(memoryview(fifth), "").content, stamp)
    assert (SesSeal.parse(stamped).stamp, SesSeal.parse(stamped).version) == (b"stamp", 5)
    with pytest.raises(ProofError, match="SEAL-106"):  # a seal of version 4 has none
        SesSeal.parse(sequence(Element.first(memoryview(SEAL), "").content, stamp))


@pytest.mark.parametrize("told", [1, 2, 3, 7])
def test_the_header_of_the_first_form_may_say_1_to_3(told: int) -> None:
    info = SesSeal.parse(FIRST.seal()).scopes[0]
    other = info.replace(b"\x02\x01\x01\x16", bytes((2, 1, told, 0x16)), 1)
    cert = core.OctetString(FIRST.maker.certificate.der).dump()
    by = sequence(
        cert,
        core.ObjectIdentifier("1.2.156.10197.1.501").dump(),
        core.OctetBitString(FIRST.maker.key.sign(other)).dump(),
    )
    verdict = judge_seal(sequence(other, by), SIGNED_AT, FIRST.trust)
    assert (verdict.version, verdict.ok) == (1, True)


def test_holders_may_be_named_by_digest_under_either_name() -> None:
    by_digest = PLACE.with_words(by_digest=True)
    assert judge_signature(by_digest.signature(), SIGNED_AT, PLACE.trust, DATA).ok
    read = SesSeal.parse(by_digest.seal())
    (name, digest) = read.digests[0]
    assert replace(read, digests=(("1.2.156.10197.1.401", digest),)).binds(PLACE.clerk.certificate.der)
    assert not replace(read, digests=(("SHA1", digest),)).binds(PLACE.clerk.certificate.der)
    assert name == "SM3"


def test_a_seal_of_5_mb_is_read_and_right() -> None:
    large = PLACE.with_words(picture=replace(PLACE.words.picture, content=bytes(range(256)) * (20 * 1024)))
    der = large.seal()
    assert 5 * 1024 * 1024 < len(der) < MOST_BYTES
    assert judge_seal(der, SIGNED_AT, PLACE.trust).ok
    assert judge_signature(large.signature(), SIGNED_AT, PLACE.trust, DATA).ok


def test_a_list_without_end_is_not_read_to_its_end() -> None:
    many = PLACE.with_words(holders=[b"x"] * 5000)
    with pytest.raises(ProofError, match="SEAL-104"):
        SesSeal.parse(many.seal())


def test_names_are_utf_8_whatever_the_kind_of_their_string() -> None:
    assert SesSeal.parse(PLACE.with_words(vendor="示例制章系统", es_id="示例001").seal()).seal.vendor == "示例制章系统"
    with pytest.raises(ProofError, match="SEAL-104"):
        SesSeal.parse(SEAL.replace("示例市".encode(), b"\xff" * 9, 1))


@pytest.mark.parametrize(
    ("fine", "broken"),
    [
        (b"\x02\x01\x04", b"\x02\x00\x04"),  # an INTEGER of nothing
        (b"\x03\x48\x00", b"\x03\x48\x01"),  # bits that are no whole octets
        (b"\x16\x03PNG", b"\x04\x03PNG"),  # octets for a string
        (b"\x17\x0d", b"\x18\x0d"),
    ],
)
def test_a_field_that_is_another_is_told(fine: bytes, broken: bytes) -> None:
    place = (FIRST if fine[0] == UTC_TIME else PLACE).with_words(holders=())
    der = place.seal(sign=lambda _: bytes(0x47))
    SesSeal.parse(der)
    at = der.rindex(fine) if fine[0] == BITS else der.index(fine)  # the maker's certificate has bits and times too
    with pytest.raises(ProofError, match="SEAL-104"):
        SesSeal.parse(der[:at] + broken + der[at + len(fine) :])


@pytest.mark.parametrize(("fine", "broken"), [(b"\x06\x08\x2a\x81", b"\x06\x08\x2a\xff")])
def test_an_algorithm_of_another_arc_is_one_nobody_knows(fine: bytes, broken: bytes) -> None:
    at = SEAL.rindex(fine)
    verdict = judge_seal(SEAL[:at] + broken + SEAL[at + len(fine) :], SIGNED_AT, PLACE.trust)
    assert not verdict.checks[0].ok


@pytest.mark.parametrize("content", [b"\x30", b"\x30\x85\0\0\0\0\0", b"\x30\x82\x01", b"\x31\x00"])
def test_what_is_no_sequence_is_told(content: bytes) -> None:
    with pytest.raises(ProofError, match="SEAL-104"):
        SesSeal.parse(content)


@pytest.mark.parametrize("content", [b"", b"\x88", b"\x2a" * 65])
def test_what_is_no_object_identifier_is_told(content: bytes) -> None:
    with pytest.raises(ProofError, match="SEAL-104"):
        dotted(content, "")


def test_object_identifiers_in_words() -> None:
    for words in ("1.2.156.10197.1.501", "2.16.840.1.101.3.4.2.1", "2.999.3", "0.9.2342"):
        assert dotted(core.ObjectIdentifier(words).contents, "") == words


@given(st.integers(0, len(SIGNED) * 8 - 1))
def test_no_bit_of_a_signature_can_change_unseen(place: int) -> None:
    changed = bytearray(SIGNED)
    changed[place // 8] ^= 1 << place % 8
    try:
        verdict = judge_signature(bytes(changed), SIGNED_AT, PLACE.trust, DATA)
    except ProofError:
        return
    assert not verdict.ok


@given(st.binary(max_size=64), st.sampled_from([SEAL, SIGNED, FIRST.signature()]), st.data())
def test_whatever_is_put_in_its_middle_is_a_verdict_or_an_error(
    bytes_put: bytes, der: bytes, data: st.DataObject
) -> None:
    begins = data.draw(st.integers(0, len(der)))
    ends = data.draw(st.integers(begins, min(begins + 64, len(der))))
    changed = der[:begins] + bytes_put + der[ends:]
    try:
        judged = judge_seal if der is SEAL else judge_signature
        verdict = judged(changed, SIGNED_AT, PLACE.trust)
    except ProofError:
        return
    assert verdict.ok == (changed.rstrip(b"\0") == der.rstrip(b"\0"))


def test_a_length_in_more_octets_than_any_file_needs_is_told() -> None:
    with pytest.raises(ProofError, match="SEAL-104"):
        Element.first(memoryview(bytes((0x30, 0x85, 0, 0, 0, 0, 0))), "")


def test_a_list_far_longer_than_any_is_not_read_to_its_end() -> None:
    with pytest.raises(ProofError, match="SEAL-104"):
        list(element(0x30, b"\x05\x00" * 4097).children(""))
