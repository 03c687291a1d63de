"""The hall's recovery key: its public part for everybody, its private part for who knows the passphrase."""

import stat
from pathlib import Path

import pytest

from client.errors import StoreError
from client.sealing.envelope import public_of
from client.store import faults, recovery

PASSPHRASE = "示例口令"


def test_the_private_part_opens_by_the_passphrase_alone(tmp_path: Path) -> None:
    file = tmp_path / "hall.key"
    public = recovery.create(file, PASSPHRASE)
    assert recovery.public_in(file) == public
    assert public_of(recovery.open_private(file, PASSPHRASE)) == public
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(StoreError) as refused:
        recovery.open_private(file, "另一口令")
    assert refused.value.fault is faults.RECOVERY_PASSPHRASE_WRONG


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "hall.key"
    recovery.create(file, PASSPHRASE)
    before = file.read_bytes()
    with pytest.raises(StoreError) as refused:
        recovery.create(file, PASSPHRASE)
    assert (refused.value.fault, file.read_bytes()) == (faults.RECOVERY_KEY_EXISTS, before)


def test_another_file_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "hall.key").write_text("{}")
    with pytest.raises(StoreError) as refused:
        recovery.public_in(tmp_path / "hall.key")
    assert refused.value.fault is faults.RECOVERY_KEY_DAMAGED
