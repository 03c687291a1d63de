"""Certificates read: whose, by whom, until when, for what; and what is no certificate."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from asn1crypto import core, x509
from hypothesis import given, settings
from hypothesis import strategies as st

from client.proof.certificates import MOST_BYTES, Certificate, KeyAlgorithm
from client.proof.faults import ProofError
from tests.seals.authority import BEGAN, ENCIPHERS, ENDS, Authority, SoftKey, certificate

UNIT = "11110101000000001D"
ROOT = Authority.root()
NAME = "示例市市场监督管理局"


@pytest.mark.parametrize("algorithm", list(KeyAlgorithm))
def test_what_a_certificate_tells(algorithm: KeyAlgorithm) -> None:
    der = ROOT.certify(SoftKey.make(algorithm), NAME, unit_code=UNIT)
    found = Certificate.parse(der)
    assert (found.subject, found.holder) == (f"C=CN, CN={NAME}, organizationIdentifier={UNIT}", NAME)
    assert found.issuer == "C=CN, CN=训练用根证书（无效力）"
    assert (found.not_before, found.not_after) == (BEGAN, ENDS)
    assert found.usage == ("digital_signature", "non_repudiation")
    assert found.algorithm is algorithm
    assert found.algorithm_words == ("RSA 2048" if algorithm is KeyAlgorithm.RSA else algorithm)
    assert (found.unit_code, found.is_authority, found.may_sign) == (UNIT, False, True)
    assert found.der == der
    assert int(found.serial, 16) > 0


@pytest.mark.parametrize("algorithm", list(KeyAlgorithm))
def test_who_issued_whom(algorithm: KeyAlgorithm) -> None:
    root = Authority.root(algorithm=algorithm)
    below = root.below("下级")
    holder = Certificate.parse(below.certify(SoftKey.make(), NAME))
    top, middle = Certificate.parse(root.certificate), Certificate.parse(below.certificate)
    assert top.has_issued(top)
    assert top.has_issued(middle)
    assert middle.has_issued(holder)
    assert not top.has_issued(holder)
    assert not Certificate.parse(Authority.root(algorithm=algorithm).certificate).has_issued(middle)
    assert middle.is_authority


def test_a_signature_of_another_kind_of_key_is_not_the_issuers() -> None:
    rsa, sm = Authority.root(algorithm=KeyAlgorithm.RSA), Authority.root()
    assert not Certificate.parse(rsa.certificate).has_issued(Certificate.parse(sm.certificate))
    assert not Certificate.parse(sm.certificate).has_issued(Certificate.parse(rsa.certificate))


def test_its_time_and_its_use() -> None:
    found = Certificate.parse(ROOT.certify(SoftKey.make(), NAME, usage=ENCIPHERS))
    assert not found.may_sign
    assert found.is_valid_at(BEGAN)
    assert found.is_valid_at(ENDS)
    assert not found.is_valid_at(BEGAN - timedelta(seconds=1))
    assert not found.is_valid_at(ENDS + timedelta(seconds=1))


def test_openssl_reads_what_the_trial_authority_makes() -> None:
    der = ROOT.certify(SoftKey.make(), "somebody", unit_code=UNIT, ends=datetime(2031, 5, 6, tzinfo=UTC))
    told = subprocess.run(
        ["openssl", "x509", "-inform", "DER", "-noout", "-subject", "-enddate", "-text"],
        input=der,
        capture_output=True,
        check=True,
    ).stdout.decode()
    assert "CN = somebody" in told
    assert "notAfter=May  6 00:00:00 2031 GMT" in told
    assert "SM2-with-SM3" in told
    pem = subprocess.run(["openssl", "x509", "-inform", "DER"], input=der, capture_output=True, check=True).stdout
    assert Certificate.parse(pem).der == der


def test_a_unit_code_with_a_wrong_check_digit_is_none() -> None:
    assert Certificate.parse(ROOT.certify(SoftKey.make(), NAME, unit_code="11110101000000001C")).unit_code == ""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"0",
        b"\x30\x03\x02\x01\x01",
        b"-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----\n",
        b"\x30" * 500,
    ],
)
def test_what_is_no_certificate_is_told(content: bytes) -> None:
    with pytest.raises(ProofError) as told:
        Certificate.parse(content)
    assert told.value.code == "SEAL-102"


def test_nothing_larger_than_a_certificate_is_looked_at() -> None:
    with pytest.raises(ProofError, match="SEAL-102"):
        Certificate.parse(ROOT.certificate + bytes(MOST_BYTES))


def test_something_behind_a_certificate_is_no_part_of_it() -> None:
    with pytest.raises(ProofError, match="SEAL-102"):
        Certificate.parse(ROOT.certificate + b"\x00")


def test_a_key_of_an_unknown_curve_is_told_by_its_name() -> None:
    key = SoftKey.make(KeyAlgorithm.ECDSA_P256)
    public = key.public.replace(bytes.fromhex("06082a8648ce3d030107"), bytes.fromhex("06082a8648ce3d030105"))
    with pytest.raises(ProofError) as told:
        Certificate.parse(certificate(SoftKey(key.algorithm, public, key.sign), NAME, ROOT.key, "issuer"))
    assert told.value.code == "SEAL-103"


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(ROOT.certificate) - 1), st.integers(1, 255))
def test_a_changed_byte_is_a_certificate_or_an_error(place: int, change: int) -> None:
    changed = bytearray(ROOT.certificate)
    changed[place] ^= change
    try:
        found = Certificate.parse(bytes(changed))
    except ProofError:
        return
    assert found.der == bytes(changed)
    assert found.may_sign in {True, False}


def rewritten(change: Callable[[Any], None]) -> bytes:
    """A certificate by the root, changed in a way and signed again."""
    parsed = x509.Certificate.load(ROOT.certify(SoftKey.make(), NAME, unit_code=UNIT))
    change(parsed["tbs_certificate"])
    parsed["signature_value"] = core.OctetBitString(ROOT.key.sign(parsed["tbs_certificate"].dump(force=True))).native
    der: bytes = parsed.dump(force=True)
    return der


def without_extensions(body: Any) -> None:
    body["version"] = "v1"
    del body["extensions"]


def of_wide_letters(body: Any) -> None:
    kind = x509.NameTypeAndValue({"type": "common_name", "value": x509.DirectoryString("bmp_string", NAME)})
    body["subject"] = x509.Name("", x509.RDNSequence([x509.RelativeDistinguishedName([kind])]))


def for_a_long_time(body: Any) -> None:
    body["validity"]["not_after"] = x509.Time({"general_time": datetime(2060, 1, 1, tzinfo=UTC)})


def with_a_negative_number(body: Any) -> None:
    body["serial_number"] = -5


def with_an_extension_nobody_knows(body: Any) -> None:
    body["extensions"].append({"extn_id": "1.2.156.112570.11", "extn_value": core.ParsableOctetString(b"\xff\x00x")})


@pytest.mark.parametrize(
    "change",
    [without_extensions, of_wide_letters, for_a_long_time, with_a_negative_number, with_an_extension_nobody_knows],
)
def test_odd_certificates_are_read_and_their_issuer_is_known(change: Callable[[Any], None]) -> None:
    der = rewritten(change)
    found = Certificate.parse(der)
    assert (found.holder, found.der, found.may_sign) == (NAME, der, True)
    assert Certificate.parse(ROOT.certificate).has_issued(found)
    if change is for_a_long_time:
        assert found.not_after.year == 2060


def test_one_whose_key_is_none_is_told_when_it_is_read() -> None:
    key = SoftKey.make(KeyAlgorithm.ECDSA_P256)
    broken = SoftKey(key.algorithm, key.public[:-64] + bytes(64), key.sign)
    with pytest.raises(ProofError, match="SEAL-102"):
        Certificate.parse(certificate(broken, NAME, ROOT.key, "issuer"))
