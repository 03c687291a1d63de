"""`yichuang key` with keys behind an SKF library: what is listed, and a signature that OpenSSL verifies."""

import subprocess
from pathlib import Path

import pytest

from client import device_file
from devices.keys.skf import skf_keys
from tests.commands.conftest import Window
from tests.commands.typed import typed
from tests.devices.skf_standing_in import PIN, UNIT, Drawer, library
from tests.seals.authority import Authority


@pytest.fixture(scope="module")
def skf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return library(tmp_path_factory.mktemp("skf"))


@pytest.fixture
def drawer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Drawer:
    monkeypatch.setenv("STANDIN", str(tmp_path))
    (tmp_path / "keys").mkdir()
    (tmp_path / "pin").write_bytes(PIN + b"\n")
    (tmp_path / "message").write_bytes("准予许可".encode())
    monkeypatch.setenv("YICHUANG_KEY_PIN_FILE", str(tmp_path / "pin"))
    return Drawer(tmp_path, Authority.root())


def test_keys_are_listed_and_one_signs_what_openssl_verifies(skf: Path, drawer: Drawer) -> None:
    key = drawer.plug()
    drawer.plug("K2")
    address = f"skf:{skf}"
    done = typed("key", "list", "--keys", address, "--json")
    assert (done.status, done.err) == (0, "")
    first, second = done.document
    assert list(first) == ["id", "stack", "label", "serial", "certificates", "tries_left"]
    assert (first["id"], first["stack"], first["serial"], first["tries_left"]) == ("skf:skf/K1", "skf", "S-K1", 6)
    (certificate,) = first["certificates"]
    assert (certificate["unit_code"], certificate["algorithm"]) == (UNIT, "SM2")
    assert second["id"] == "skf:skf/K2"
    lines = typed("key", "list", "--keys", address).out.splitlines()
    assert lines[0] == "skf:skf/K1  钥匙 K1（SKF接口，口令剩余 6 次）"

    message, out, public = (drawer.folder / name for name in ("message", "signature.der", "public"))
    done = typed("key", "sign", "--id", first["id"], "--file", message, "--out", out, "--keys", address, "--json")
    assert (done.status, done.err) == (0, "")
    public.write_bytes(key.public)
    openssl = (
        f"openssl pkeyutl -verify -pubin -inkey {public} -keyform DER -rawin -digest sm3 -pkeyopt "
        f"distid:1234567812345678 -in {message} -sigfile {out}"
    )
    assert subprocess.run(openssl.split(), capture_output=True, check=False).returncode == 0
    message.write_bytes(b"altered")
    assert subprocess.run(openssl.split(), capture_output=True, check=False).returncode != 0


def test_what_goes_wrong_is_told_in_a_sentence_and_without_the_pin(skf: Path, drawer: Drawer) -> None:
    drawer.plug()
    address = f"skf:{skf}"
    assert typed("key", "list", "--keys", f"{address}?ulong=8", "--json").error["code"] == "DEV-509"
    (drawer.folder / "pin").write_text("000-000")
    asked = ("--file", drawer.folder / "message", "--out", drawer.folder / "out", "--keys", address, "--json")
    refused = typed("key", "sign", "--id", "skf:skf/K1", *asked)
    assert refused.error["code"] == "DEV-503"
    assert "5" in refused.error["title"]
    assert "000-000" not in refused.err
    assert not (drawer.folder / "out").exists()


def test_whoever_looks_after_devices_sees_the_key_and_its_library(
    window: Window, skf: Path, drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(device_file, "machine_folder", lambda: drawer.folder / "machine")
    monkeypatch.setattr(skf_keys, "_FIRST_LOOK", 20.0)
    drawer.plug()
    window.write_setting(f'seal_key = "skf:{skf}"')
    (row,) = window.run("devices", "--test", "key").document
    assert (row["condition"], row["driver"], row["library"]) == ("ready", "SKF接口", str(skf))
    assert row["test"]["ok"]
