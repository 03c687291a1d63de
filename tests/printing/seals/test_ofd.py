"""A sealed OFD is judged part by part; the container it comes in is opened within bounds."""

import base64
import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import cms, x509
from cryptography.hazmat.primitives import hashes

from client.ports.seals import CheckName, SealForm, Verdict
from client.proof.certificates import KeyAlgorithm
from client.proof.chain import Trust
from client.proof.faults import ProofError
from printing.seals.ofd.container import Package, parse_xml
from printing.seals.ofd.signatures import MOST_SIGNATURES
from printing.seals.use import judge
from tests.seals.authority import ENCIPHERS, SoftKey
from tests.seals.forging import right_office
from tests.seals.ofd_files import DOCUMENT, PAGE, SIGNS, Wish, packed, parts, sealed, sealed_parts
from tests.seals.office import SIGNED_AT, Person

SAMPLE = Path(__file__).parents[2] / "seals" / "samples" / "ofdrw.ofd"
OFFICE = right_office(4)
LATER = SIGNED_AT + timedelta(days=1)


def _judged(content: bytes) -> list[Verdict]:
    return list(judge(content, LATER, OFFICE.trust))


def _sha256(content: bytes) -> bytes:
    digest = hashes.Hash(hashes.SHA256())
    digest.update(content)
    return digest.finalize()


@pytest.mark.parametrize("version", [1, 4, 5])
def test_a_sealed_ofd_is_right(version: int) -> None:
    place = right_office(version)
    (verdict,) = judge(sealed(place), LATER, place.trust)
    assert verdict.ok, verdict.checks
    assert (verdict.form, verdict.version, verdict.signed_at) == (SealForm.OFD, version, SIGNED_AT)
    assert {check.name for check in verdict.checks} == set(CheckName)


def test_nobody_sealed_it() -> None:
    assert _judged(packed(parts())) == []


@pytest.mark.parametrize(
    "told", ["Doc_0/Signs/Sign_0/Signature.xml", "Signature.xml", "/DOC_0/Signs/Sign_0/signature.xml"]
)
def test_makers_write_the_path_of_what_is_signed_in_their_ways(told: str) -> None:
    (verdict,) = _judged(sealed(OFFICE, Wish(property_info=told)))
    assert verdict.ok


@pytest.mark.parametrize("wish", [Wish(method="SHA256", digest=_sha256), Wish(method="SM3"), Wish(with_seal=False)])
def test_other_ways_that_are_right(wish: Wish) -> None:
    (verdict,) = _judged(sealed(OFFICE, wish))
    assert verdict.ok


def test_each_of_two_signatures_is_judged_by_itself() -> None:
    made = sealed_parts(sealed_parts(parts(), OFFICE), OFFICE)
    assert [verdict.ok for verdict in _judged(packed(made))] == [True, True]
    second = made[f"{SIGNS}Sign_1/SignedValue.dat"]
    found = _judged(packed(made | {f"{SIGNS}Sign_0/SignedValue.dat": second}))
    assert [verdict.ok for verdict in found] == [False, False], "the second covers the first one's files"


def _cms(content: bytes, by: Person, *between: bytes) -> bytes:
    """A CMS signature over it, with the signer's certificate (RFC 5652)."""
    attributes = cms.CMSAttributes(
        [
            {"type": "content_type", "values": ["data"]},
            {"type": "message_digest", "values": [_sha256(content)]},
            {"type": "signing_time", "values": [cms.Time({"utc_time": SIGNED_AT})]},
        ]
    )
    certificate = x509.Certificate.load(by.certificate.der)
    issuer = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    signer = {
        "version": "v1",
        "sid": {"issuer_and_serial_number": issuer},
        "digest_algorithm": {"algorithm": "sha256"},
        "signed_attrs": attributes,
        "signature_algorithm": {"algorithm": "sha256_ecdsa"},
        "signature": by.key.sign(attributes.dump()),
    }
    made = {
        "version": "v1",
        "digest_algorithms": [{"algorithm": "sha256"}],
        "encap_content_info": {"content_type": "data"},
        "certificates": [certificate, *map(x509.Certificate.load, between)],
        "signer_infos": [signer],
    }
    told: bytes = cms.ContentInfo({"content_type": "signed_data", "content": made}).dump()
    return told


def test_a_signature_without_a_seal_is_judged_by_its_cms_and_by_the_parts() -> None:
    by = Person.certified(OFFICE.root, "示例市示例局", SoftKey.make(KeyAlgorithm.ECDSA_P256))
    made = sealed_parts(parts(), OFFICE, Wish(value=b"0", with_seal=False, kind="Sign", stamp=""))
    made[f"{SIGNS}Sign_0/SignedValue.dat"] = _cms(made[f"{SIGNS}Sign_0/Signature.xml"], by)
    (verdict,) = _judged(packed(made))
    assert verdict.ok, verdict.checks
    assert (verdict.form, verdict.seal, verdict.signed_at) == (SealForm.OFD, None, SIGNED_AT)
    (changed,) = _judged(packed(made | {PAGE: b"<a/>"}))
    assert [check.name for check in changed.checks if not check.ok] == [CheckName.DOCUMENT_DIGEST]


def test_a_certificate_for_enciphering_signs_no_cms_either() -> None:
    key = SoftKey.make(KeyAlgorithm.ECDSA_P256)
    by = Person.certified(OFFICE.root, "示例市示例局", key, usage=ENCIPHERS)
    made = sealed_parts(parts(), OFFICE, Wish(value=b"0", with_seal=False, kind="Sign", stamp=""))
    made[f"{SIGNS}Sign_0/SignedValue.dat"] = _cms(made[f"{SIGNS}Sign_0/Signature.xml"], by)
    (verdict,) = _judged(packed(made))
    assert [check.name for check in verdict.checks if not check.ok] == [CheckName.CHAIN]


def test_a_cms_brings_what_stands_between_and_is_not_signed_with_a_certificate_that_was_over() -> None:
    key, between = SoftKey.make(KeyAlgorithm.ECDSA_P256), OFFICE.root.below("训练用中间证书")
    ended = SIGNED_AT - timedelta(days=1)
    right, over = (Person.certified(between, "示例市示例局", key, ends=ends) for ends in (LATER, ended))
    made = sealed_parts(parts(), OFFICE, Wish(value=b"0", with_seal=False, kind="Sign", stamp=""))
    wrong = []
    for by in (right, over):
        value = _cms(made[f"{SIGNS}Sign_0/Signature.xml"], by, between.certificate)
        (verdict,) = _judged(packed(made | {f"{SIGNS}Sign_0/SignedValue.dat": value}))
        wrong.append([check.name for check in verdict.checks if not check.ok])
    assert wrong == [[], [CheckName.SIGNER_PERIOD]]


def test_a_genuine_file_of_another_program_is_read_as_it_reads_it_itself() -> None:
    (verdict,) = judge(SAMPLE.read_bytes(), datetime(2021, 6, 1, tzinfo=UTC), Trust())
    assert [check.name for check in verdict.checks if not check.ok] == [CheckName.CHAIN], "its root is no one's here"
    assert verdict.seal is not None
    assert verdict.seal.name == "OFD R&W 测试用印章"


def test_its_digests_are_those_of_openssl() -> None:
    package = Package.parse(SAMPLE.read_bytes())
    told = dict(
        re.findall(
            r'FileRef="/([^"]+)".*?<ofd:CheckValue>([^<]+)<',
            package.read(package.find("/Doc_0/Signs/Sign_0/Signature.xml") or "").decode(),
        )
    )
    assert len(told) > 1
    for name, value in list(told.items())[:3]:
        made = subprocess.run(
            ["openssl", "dgst", "-sm3", "-binary"], input=package.read(name), capture_output=True, check=True
        )
        assert made.stdout == base64.b64decode(value)


@pytest.mark.parametrize(
    ("told", "beside", "found"),
    [
        ("/Doc_0/Document.xml", "", DOCUMENT),
        ("Pages/Page_0/Content.xml", DOCUMENT, PAGE),
        ("../Pages/./Page_0/Content.xml", "Doc_0/Signs/Signatures.xml", PAGE),
        ("PAGES/Page_0/content.XML", DOCUMENT, PAGE),
        ("../../../../Doc_0/Document.xml", DOCUMENT, DOCUMENT),
        ("Document.xml", "", None),
        ("", DOCUMENT, None),
    ],
)
def test_locations_are_found_from_where_they_stand(told: str, beside: str, found: str | None) -> None:
    assert Package.parse(packed(parts())).find(told, beside) == found


@pytest.mark.parametrize("content", [b"\xff\xfe<\0a\0/\0>\0", b"<a>", b"", b"<a>\xff</a>", b"<a>&b;</a>"])
def test_what_is_no_xml_in_utf_8_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(ProofError):
        parse_xml(content, "a.xml")


def test_xml_larger_than_any_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("printing.seals.ofd.container.MOST_XML", len(parts()[PAGE]) - 1)
    with pytest.raises(ProofError, match="SEAL-151"):
        Package.parse(packed(parts())).xml(PAGE)


def test_a_list_of_more_signatures_than_anybody_made_is_refused() -> None:
    made = sealed_parts(parts(), OFFICE)
    name = f"{SIGNS}Signatures.xml"
    entry = re.findall(rb"<ofd:Signature .*/>", made[name])[0]
    with pytest.raises(ProofError, match="SEAL-151"):
        _judged(packed(made | {name: made[name].replace(entry, entry * (MOST_SIGNATURES + 1))}))
