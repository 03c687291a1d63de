"""Who is at the other end: the system's trust store decides, and nothing is sent to a stranger."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from client.errors import PlatformError
from sync.faults import BAD_CERTIFICATE, NOT_A_PLATFORM, NOT_ENCRYPTED, Unsure
from sync.platform import HttpPlatform
from tests.sync.canned import CannedServer
from tests.sync.sample import sha256

PAGE = b'{"changes": [], "cursor": "c1"}'


def certificate(directory: Path, address: str = "127.0.0.1") -> tuple[Path, ssl.SSLContext]:
    """A self-signed certificate for `address`, and a server that shows it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "example hub")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    shown, secret = directory / "hub.pem", directory / "hub.key"
    shown.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(shown, secret)
    return shown, context


def ask(url: str) -> str:
    platform = HttpPlatform(url, token="sample-7")
    try:
        return platform.changes("").cursor
    finally:
        platform.close()


def test_a_certificate_nobody_vouches_for_is_refused_and_nothing_is_sent(tmp_path: Path) -> None:
    _, context = certificate(tmp_path)
    with CannedServer("200 OK", "application/json", PAGE, tls=context) as server:
        with pytest.raises(PlatformError) as caught:
            ask(server.url)
        assert caught.value.fault is BAD_CERTIFICATE
        assert not isinstance(caught.value, Unsure)
        assert server.requests == 0


def test_a_certificate_of_another_host_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown, context = certificate(tmp_path, address="192.0.2.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(shown))
    with CannedServer("200 OK", "application/json", PAGE, tls=context) as server:
        with pytest.raises(PlatformError) as caught:
            ask(server.url)
        assert caught.value.fault is BAD_CERTIFICATE


def test_a_certificate_the_system_trusts_is_good_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(shown))
    with CannedServer("200 OK", "application/json", PAGE, tls=context) as server:
        assert ask(server.url) == "c1"


def test_the_roots_of_a_python_package_are_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown, context = certificate(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(shown))
    with CannedServer("200 OK", "application/json", PAGE, tls=context) as server, pytest.raises(PlatformError):
        ask(server.url)


def test_a_proxy_of_the_machine_is_not_used_for_the_machine_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with CannedServer("200 OK", "application/json", PAGE) as server:
        assert ask(server.url) == "c1"


def test_a_platform_far_away_is_asked_through_the_proxy_of_the_machine_which_may_say_no(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with CannedServer("403 Forbidden", "text/html", b"") as proxy:
        monkeypatch.setenv("https_proxy", proxy.url)
        with pytest.raises(PlatformError):
            ask("https://platform.invalid")
        assert proxy.requests == 1


def test_a_netrc_of_the_machine_never_speaks_for_the_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password of-this-machine\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with CannedServer("200 OK", "application/json", PAGE) as server:
        platform = HttpPlatform(server.url)
        monkeypatch.setattr("sync.transport.is_loopback", lambda _host: False)  # as far away: its settings are heard
        platform.changes("")
        platform.close()
        assert [b"Authorization" in head for head in server.heads] == [False]


@pytest.mark.parametrize("host", ["platform.invalid", "192.0.2.1", "127.0.0.1.platform.invalid", "[2001:db8::1]:80"])
def test_nothing_leaves_the_machine_in_the_clear(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with CannedServer("200 OK", "application/json", PAGE) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        for scheme in ("http", "HTTP"):
            with pytest.raises(PlatformError) as caught:
                ask(f"{scheme}://{host}")
            assert caught.value.fault is NOT_ENCRYPTED
        assert proxy.requests == 0


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "localhost", "[::1]:8765"])
def test_on_the_machine_itself_plain_http_is_spoken(host: str) -> None:
    HttpPlatform(f"http://{host}").close()


def test_an_upload_is_not_led_from_https_into_the_clear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(shown))
    with CannedServer("200 OK", "text/plain", b"", tls=context) as server:
        server.answer("201 Created", headers=f"Location: {server.url.replace('https', 'http')}/1\r\n")
        platform = HttpPlatform(server.url)
        with pytest.raises(Unsure) as caught:
            platform.upload(sha256(b"page"), b"page")
        platform.close()
        assert caught.value.fault is NOT_A_PLATFORM  # said at once, not when the line broke
