"""SM2 and SM3 against the standards' own examples and against OpenSSL, both ways."""

import subprocess
from pathlib import Path

import gmssl_pyx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from client.proof import sm2
from client.proof.faults import ProofError
from tests.seals.authority import SoftKey

_OPENSSL_SM2 = ["-rawin", "-digest", "sm3", "-pkeyopt", f"distid:{sm2.USER_ID.decode()}"]


def openssl(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["openssl", *words], cwd=folder, capture_output=True, check=False)


def test_sm3_is_that_of_the_standard() -> None:
    """GB/T 32905-2016, annex A."""
    assert sm2.sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert sm2.sm3(b"abcd" * 16).hex() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


def test_openssl_accepts_what_gmssl_signed_and_the_other_way_round(tmp_path: Path) -> None:
    message = "准予受理".encode()
    (tmp_path / "message").write_bytes(message)
    assert openssl(tmp_path, "ecparam", "-genkey", "-name", "SM2", "-noout", "-out", "key.pem").returncode == 0
    openssl(tmp_path, "pkey", "-in", "key.pem", "-pubout", "-outform", "DER", "-out", "public.der")
    openssl(tmp_path, "pkey", "-in", "key.pem", "-pubout", "-out", "public.pem")
    openssl(tmp_path, "pkeyutl", "-sign", "-in", "message", "-inkey", "key.pem", "-out", "theirs", *_OPENSSL_SM2)
    point = (tmp_path / "public.der").read_bytes()[-64:]
    assert sm2.is_signed(point, message, (tmp_path / "theirs").read_bytes())
    text = openssl(tmp_path, "pkey", "-in", "key.pem", "-noout", "-text").stdout.decode()
    secret = bytes.fromhex("".join(text.split("priv:")[1].split("pub:")[0].split()).replace(":", ""))[-32:]
    digest = sm2.signed_digest(point, message)
    (tmp_path / "ours").write_bytes(gmssl_pyx.sm2_sign_sm3_digest(secret, digest))
    words = ["pkeyutl", "-verify", "-pubin", "-inkey", "public.pem", "-in", "message", "-sigfile", "ours"]
    assert openssl(tmp_path, *words, *_OPENSSL_SM2).returncode == 0
    (tmp_path / "message").write_bytes(message + b".")
    assert openssl(tmp_path, *words, *_OPENSSL_SM2).returncode != 0


def test_another_message_signature_name_or_holder_is_no_signature() -> None:
    key, other = SoftKey.make(), SoftKey.make()
    signature = key.sign(b"message")
    assert sm2.is_signed(key.point, b"message", signature)
    assert sm2.is_signed(b"\x04" + key.point, b"message", signature)
    assert not sm2.is_signed(key.point, b"massage", signature)
    assert not sm2.is_signed(key.point, b"message", signature, b"somebody else")
    assert not sm2.is_signed(other.point, b"message", signature)
    assert not sm2.is_digest_signed(key.point, sm2.sm3(b"message"), signature)  # without Z


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200))
def test_rubbish_is_no_signature(rubbish: bytes) -> None:
    assert not sm2.is_digest_signed(_KEY.point, bytes(32), rubbish)


_KEY = SoftKey.make()


@pytest.mark.parametrize("point", [b"", bytes(64), b"\x04" + bytes(64), b"\x01" * 64, b"\x02" * 33])
def test_what_is_no_point_of_the_curve_is_told(point: bytes) -> None:
    with pytest.raises(ProofError) as told:
        sm2.is_signed(point, b"message", b"0")
    assert told.value.code == "SEAL-101"


def test_a_wrong_signature_writes_nothing_on_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    assert not sm2.is_digest_signed(_KEY.point, bytes(32), b"0")
    with pytest.raises(ProofError):
        sm2.public_point(bytes(64))
    assert capfd.readouterr().err == ""
