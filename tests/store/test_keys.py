"""One key, many roads to it, and never plain text."""

import json
import stat
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null

from client.errors import StoreError
from client.store import faults, keys
from client.store.keys import Purpose, StoreKey
from client.store.wraps import PassphraseWrap


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_keyring", fail.Keyring)


def test_a_passphrase_opens_the_key_it_was_made_with(tmp_path: Path) -> None:
    made = keys.create_key(tmp_path, "示例口令一二三")
    assert keys.open_key(tmp_path, "示例口令一二三") == made
    assert len(made.secret) == 32
    assert keys.has_key(tmp_path)
    assert keys.is_portable(tmp_path)


def test_two_stores_never_share_a_key(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert keys.create_key(tmp_path / "a", "x") != keys.create_key(tmp_path / "b", "x")


def test_the_same_words_in_another_unicode_form_are_the_same_passphrase(tmp_path: Path) -> None:
    made = keys.create_key(tmp_path, "caf\u00e9")
    assert keys.open_key(tmp_path, "cafe\u0301") == made


def test_a_wrong_passphrase_is_told_and_opens_nothing(tmp_path: Path) -> None:
    keys.create_key(tmp_path, "right")
    with pytest.raises(StoreError) as caught:
        keys.open_key(tmp_path, "wrong")
    assert caught.value.fault is faults.PASSPHRASE_WRONG
    assert "口令不对" in caught.value.title


def test_no_passphrase_where_one_is_needed_is_told(tmp_path: Path) -> None:
    keys.create_key(tmp_path, "right")
    with pytest.raises(StoreError) as caught:
        keys.open_key(tmp_path)
    assert caught.value.fault is faults.PASSPHRASE_NEEDED


@pytest.mark.parametrize("use_keyring", [True, False])
def test_without_keyring_and_passphrase_there_is_no_store(tmp_path: Path, *, use_keyring: bool) -> None:
    with pytest.raises(StoreError) as caught:
        keys.create_key(tmp_path, use_keyring=use_keyring)
    assert caught.value.fault is faults.NO_WAY_TO_KEEP_KEY
    assert "YICHUANG_KEY_FILE" in caught.value.advice
    assert list(tmp_path.iterdir()) == []


class PlainTextKeyring(null.Keyring):
    """Stands for keyrings.alt: it takes every secret, ranks high, and comes from elsewhere."""

    priority = 9


@pytest.mark.parametrize("backend", [PlainTextKeyring, null.Keyring])
def test_a_keyring_that_does_not_encrypt_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, backend: type[KeyringBackend]
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", backend)
    with pytest.raises(StoreError) as caught:
        keys.create_key(tmp_path)
    assert caught.value.fault is faults.NO_WAY_TO_KEEP_KEY


def test_an_empty_passphrase_protects_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        keys.create_key(tmp_path, "")
    assert caught.value.fault is faults.PASSPHRASE_EMPTY


def test_a_new_passphrase_takes_the_place_of_the_old(tmp_path: Path) -> None:
    made = keys.create_key(tmp_path, "old")
    keys.add_passphrase(tmp_path, made, "new")
    assert keys.open_key(tmp_path, "new") == made
    with pytest.raises(StoreError):
        keys.open_key(tmp_path, "old")


def test_an_existing_key_is_never_replaced(tmp_path: Path) -> None:
    made = keys.create_key(tmp_path, "x")
    with pytest.raises(StoreError) as caught:
        keys.create_key(tmp_path, "x")
    assert caught.value.fault is faults.KEY_EXISTS
    assert keys.open_key(tmp_path, "x") == made


def test_data_without_its_key_gets_no_new_one(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"some store")
    with pytest.raises(StoreError) as caught:
        keys.create_key(tmp_path, "x")
    assert caught.value.fault is faults.KEY_MISSING
    assert not keys.has_key(tmp_path)


def test_a_missing_key_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        keys.open_key(tmp_path, "x")
    assert caught.value.fault is faults.KEY_MISSING


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format": 2, "wraps": []}', b"\xff\xfe"])
def test_a_damaged_key_file_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "store.key").write_bytes(content)
    with pytest.raises(StoreError) as caught:
        keys.open_key(tmp_path, "x")
    assert caught.value.fault is faults.KEY_DAMAGED
    assert caught.value.__cause__ is None


def test_a_forged_key_file_cannot_ask_for_all_the_memory(tmp_path: Path) -> None:
    keys.create_key(tmp_path, "x")
    content = json.loads((tmp_path / "store.key").read_text())
    content["wraps"][0]["n"] = 2**30
    (tmp_path / "store.key").write_text(json.dumps(content))
    with pytest.raises(StoreError) as caught:
        keys.open_key(tmp_path, "x")
    assert caught.value.fault is faults.KEY_DAMAGED


def test_every_flipped_bit_of_a_wrap_is_noticed() -> None:
    wrap = PassphraseWrap.around(b"k" * 32, "x")
    for at in range(0, len(wrap.sealed), 16):
        digit = "0" if wrap.sealed[at] != "0" else "1"
        forged = wrap.model_copy(update={"sealed": wrap.sealed[:at] + digit + wrap.sealed[at + 1 :]})
        with pytest.raises(StoreError):
            forged.open("x")


def test_the_key_file_shows_no_key_and_belongs_to_its_owner(tmp_path: Path) -> None:
    made = keys.create_key(tmp_path, "示例口令")
    path = tmp_path / "store.key"
    content = path.read_bytes()
    assert made.secret not in content
    assert made.secret.hex().encode() not in content
    assert "示例口令".encode() not in content
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert made.secret.hex() not in repr(made)


def test_each_purpose_has_a_key_of_its_own() -> None:
    key = StoreKey(bytes(32))
    subkeys = {key.subkey(purpose) for purpose in Purpose}
    assert len(subkeys) == len(Purpose)
    assert all(len(subkey) == 32 for subkey in subkeys)
    assert key.secret not in subkeys


def test_the_derivation_never_changes() -> None:
    """A changed label or hash would close every existing store; these values are from the first release."""
    assert (
        StoreKey(bytes(32)).subkey(Purpose.DATABASE).hex()
        == "39d80520f5e1411bd09830604595b73a9c20c7c587d42570e877625362e500ef"
    )
