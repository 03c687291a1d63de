"""A seal and a signature that are right, of each version, and the time they are judged for."""

from datetime import UTC, datetime, timedelta

import pytest

from client.ports.seals import CheckName, SealForm, Verdict
from client.proof.certificates import KeyAlgorithm
from client.proof.chain import Trust
from printing.seals.judge import judge_seal, judge_signature
from printing.seals.structures import SesSeal, SesSignature
from tests.seals.authority import BEGAN, ENDS, revocation_list
from tests.seals.office import DATA, ES_ID, NAME, PROPERTY, SIGNED_AT, VENDOR, Office, Person, office, picture

OFFICES = {version: office(version) for version in (1, 4, 5)}


def wrong(verdict: Verdict) -> list[CheckName]:
    return [check.name for check in verdict.checks if not check.ok]


@pytest.fixture(params=[1, 4, 5])
def place(request: pytest.FixtureRequest) -> Office:
    return OFFICES[request.param]


def test_a_right_seal_is_read_and_right(place: Office) -> None:
    der = place.seal()
    verdict = judge_seal(der, SIGNED_AT, place.trust)
    assert verdict.ok, verdict.checks
    seal = verdict.seal
    assert seal is not None
    assert (verdict.form, verdict.version, seal.der) == (SealForm.SEAL, place.words.version, der)
    assert (seal.name, seal.es_id, seal.vendor, seal.type) == (NAME, ES_ID, VENDOR, 1)
    assert (seal.created_at, seal.valid_from, seal.valid_to) == (BEGAN, BEGAN, ENDS)
    assert (seal.picture.type, seal.picture.width_mm, seal.picture.height_mm) == ("PNG", 40, 40)
    assert seal.picture.content == picture()


def test_a_right_signature_is_read_and_right(place: Office) -> None:
    der = place.signature()
    read = SesSignature.parse(der)
    assert (read.signed_at, read.property_info, read.version) == (SIGNED_AT, PROPERTY, place.words.version)
    verdict = judge_signature(der, SIGNED_AT, place.trust, DATA)
    assert verdict.ok, verdict.checks
    assert verdict.signer == place.clerk.certificate
    assert verdict.signed_at == SIGNED_AT
    assert [check.name for check in verdict.checks] == list(CheckName)


def test_a_seal_is_right_in_its_time_and_not_outside(place: Office) -> None:
    for at, right in ((BEGAN, True), (ENDS, True), (BEGAN - timedelta(1), False), (ENDS + timedelta(1), False)):
        assert wrong(judge_seal(place.seal(), at, place.trust)) == ([] if right else [CheckName.SEAL_PERIOD])


def test_without_the_root_only_the_chain_is_open(place: Office) -> None:
    assert wrong(judge_signature(place.signature(), SIGNED_AT, Trust(), DATA)) == [CheckName.CHAIN]


@pytest.mark.parametrize("algorithm", [KeyAlgorithm.ECDSA_P256, KeyAlgorithm.RSA])
def test_keys_that_are_not_sm2_sign_sha_256(algorithm: KeyAlgorithm) -> None:
    place = office(algorithm=algorithm)
    verdict = judge_signature(place.signature(), SIGNED_AT, place.trust, DATA)
    assert verdict.ok, verdict.checks
    assert wrong(judge_signature(place.signature(), SIGNED_AT, place.trust, b"other")) == [CheckName.DOCUMENT_DIGEST]
    assert wrong(judge_signature(place.signature(sign=lambda _: b"x"), SIGNED_AT, place.trust, DATA)) == [
        CheckName.DOCUMENT_SIGNATURE
    ]


def test_two_clocks_may_be_five_minutes_apart(place: Office) -> None:
    der = place.signature()
    for apart, right in ((timedelta(minutes=5), True), (timedelta(minutes=5, seconds=1), False)):
        found = wrong(judge_signature(der, SIGNED_AT - apart, place.trust, DATA))
        assert found == ([] if right else [CheckName.SIGNER_PERIOD])


def test_a_seal_is_judged_for_the_moment_it_was_put(place: Office) -> None:
    assert judge_signature(place.signature(), ENDS.replace(year=2050), place.trust, DATA).ok


def test_one_whose_certificate_was_taken_back_afterwards_signed_rightly(place: Office) -> None:
    lists = revocation_list(place.root, {place.clerk.certificate.der: SIGNED_AT + timedelta(days=1)})
    trust = place.trust.more(Trust.parse([lists]))
    assert judge_signature(place.signature(), SIGNED_AT + timedelta(days=9), trust, DATA).ok


def test_zeros_behind_are_room_that_was_left(place: Office) -> None:
    der = place.seal()
    assert SesSeal.parse(der + bytes(900)).seal.der == der
    signed = place.signature()
    assert SesSignature.parse(signed + bytes(900)).der == signed


def test_a_seal_without_an_end_is_told_as_one() -> None:
    endless = office(valid_to=datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))
    verdict = judge_seal(endless.seal(), SIGNED_AT, endless.trust)
    assert verdict.ok
    assert "9999-12-31" in verdict.checks[2].detail


def test_a_maker_whose_certificate_ended_after_the_seal_was_made_spoils_nothing_signed_later() -> None:
    place = OFFICES[4]
    maker = Person.certified(place.root, "训练制章人（无效力）", ends=BEGAN + timedelta(days=30))
    signature = place.signature(seal=place.seal(by=maker))
    assert judge_signature(signature, SIGNED_AT, place.trust, DATA).ok
