"""The sample seal of others (ofdrw, Apache-2.0): genuine and expired, as we find it and as OpenSSL does."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import x509

from client.ports.seals import CheckName
from client.proof.chain import Trust
from printing.seals.judge import judge_seal
from printing.seals.structures import SesSeal, SesSignature
from tests.house.sources import ROOT
from tests.seals.office import office

SAMPLE = (ROOT / "resources" / "samples" / "seals" / "UserV4.esl").read_bytes()
NOW, THEN = datetime(2026, 11, 23, tzinfo=UTC), datetime(2021, 6, 1, tzinfo=UTC)


def test_it_is_genuine_and_expired_and_its_root_is_not_known_here() -> None:
    verdict = judge_seal(SAMPLE, NOW, Trust())
    told = {check.name: (check.ok, check.detail) for check in verdict.checks}
    assert told[CheckName.STRUCTURE] == (True, "第4版，完整")
    assert told[CheckName.SEAL_SIGNATURE] == (True, "相符")
    assert told[CheckName.SEAL_PERIOD] == (False, "核验时印章已过期，有效期至2022-04-22")
    assert told[CheckName.CHAIN][0] is False
    assert "OFD Reader and WriterROOT Certificate不在本机信任的证书之列" in told[CheckName.CHAIN][1]


def test_in_its_time_with_its_maker_trusted_it_is_right() -> None:
    verdict = judge_seal(SAMPLE, THEN, Trust.parse([SesSeal.parse(SAMPLE).maker]))
    assert verdict.ok, verdict.checks


def test_openssl_finds_its_makers_signature_over_the_same_bytes(tmp_path: Path) -> None:
    read = SesSeal.parse(SAMPLE)
    (tmp_path / "signed").write_bytes(read.scopes[0])
    (tmp_path / "signature").write_bytes(read.signature)
    (tmp_path / "key.der").write_bytes(x509.Certificate.load(read.maker).public_key.dump())
    assert openssl_verifies(tmp_path)
    (tmp_path / "signed").write_bytes(read.scopes[0] + b"\0")
    assert not openssl_verifies(tmp_path)


@pytest.mark.parametrize("version", [1, 4, 5])
def test_openssl_finds_our_signatures_over_what_is_signed(tmp_path: Path, version: int) -> None:
    place = office(version)
    read = SesSignature.parse(place.signature())
    for signed, signature, by in (
        (read.signed, read.signature, place.clerk),
        (read.seal.scopes[-1], read.seal.signature, place.maker),
    ):
        (tmp_path / "signed").write_bytes(signed)
        (tmp_path / "signature").write_bytes(signature)
        (tmp_path / "key.der").write_bytes(by.key.public)
        assert openssl_verifies(tmp_path)
        (tmp_path / "signed").write_bytes(signed[:-1])
        assert not openssl_verifies(tmp_path)


def openssl_verifies(folder: Path) -> bool:
    """Whether OpenSSL finds `signature` to be `key.der`'s over `signed`, with SM2 and SM3."""
    words = ["pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key.der", "-rawin", "-digest", "sm3"]
    words += ["-in", "signed", "-sigfile", "signature", "-pkeyopt", "distid:1234567812345678"]
    return subprocess.run(["openssl", *words], cwd=folder, capture_output=True, check=False).returncode == 0
