"""Opening a window's memory: made when it is new, the same when it is not, and never in plain text."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from client.errors import StoreError
from client.store import audit, faults, migrations, people
from client.store.opening import open_memory, read_memory
from client.store.profile import Profile
from client.store.tables import window
from tests.store.conftest import add_entries

URI = "urn:yichuang:window:110101-01-07"
ZONE = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 3, 2, 9, 30, tzinfo=ZONE)
PASSPHRASE = "示例口令"


def sources(profile: Profile, times: int) -> list[str]:
    found = []
    for _ in range(times):
        with open_memory(profile, URI, passphrase=PASSPHRASE, program="test", now=MORNING) as memory:
            found.append(memory.source)
    return found


def test_a_new_window_is_made_and_stays_the_same(profile: Profile) -> None:
    first, second = sources(profile, 2)
    assert first == second
    assert first.startswith(f"{URI}:")
    with read_memory(profile, passphrase=PASSPHRASE, zone=ZONE) as memory, memory.read() as connection:
        assert first == f"{URI}:{connection.scalar(select(window.c.epoch))}"
        assert memory.source == ""


def test_two_windows_are_never_one_source(profile: Profile, tmp_path: object) -> None:
    other = Profile(profile.folder.with_name("other"))
    assert sources(profile, 1) != sources(other, 1)


def test_a_wrong_passphrase_opens_nothing_and_lets_go(profile: Profile) -> None:
    sources(profile, 1)
    for attempt in (
        open_memory(profile, URI, passphrase="不对的口令", program="test", now=MORNING),
        read_memory(profile, passphrase="不对的口令", zone=ZONE),
    ):
        with pytest.raises(StoreError) as refused, attempt:
            pass
        assert refused.value.fault is faults.PASSPHRASE_WRONG
    assert sources(profile, 1)  # the lock is free again


def test_without_a_way_to_keep_a_key_nothing_is_made(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_account: str, _secret: str) -> None:
        raise StoreError(faults.KEYRING_ABSENT)

    monkeypatch.setattr("client.store.system_keyring.keep", absent)
    with (
        pytest.raises(StoreError) as refused,
        open_memory(profile, URI, passphrase=None, program="test", now=MORNING),
    ):
        pass
    assert refused.value.fault is faults.NO_WAY_TO_KEEP_KEY
    assert not profile.holds_data()


def test_data_without_their_key_are_not_begun_anew(profile: Profile) -> None:
    sources(profile, 1)
    profile.key.unlink()
    with (
        pytest.raises(StoreError) as refused,
        open_memory(profile, URI, passphrase=PASSPHRASE, program="test", now=MORNING),
    ):
        pass
    assert refused.value.fault is faults.KEY_MISSING


def test_one_writes_others_read_beside(profile: Profile) -> None:
    with open_memory(profile, URI, passphrase=PASSPHRASE, program="window", now=MORNING) as memory:
        add_entries(memory.database, 1)
        with (
            pytest.raises(StoreError) as busy,
            open_memory(profile, URI, passphrase=PASSPHRASE, program="intake", now=MORNING),
        ):
            pass
        with read_memory(profile, passphrase=PASSPHRASE, zone=ZONE) as reader, reader.read() as connection:
            assert audit.verify(connection) is None
            assert people.everyone(connection) == []
    assert busy.value.code == "store-busy"
    assert "window" in busy.value.title


def test_a_store_of_before_an_update_is_not_read_until_somebody_opened_it(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources(profile, 1)
    monkeypatch.setattr(migrations, "HEAD", "9999")
    with pytest.raises(StoreError) as old, read_memory(profile, passphrase=PASSPHRASE, zone=ZONE):
        pass
    assert old.value.fault is faults.TOO_OLD


def test_what_was_committed_and_is_gone_is_told_at_the_start(profile: Profile) -> None:
    sources(profile, 1)
    older = profile.database.read_bytes()
    with open_memory(profile, URI, passphrase=PASSPHRASE, program="test", now=MORNING) as memory:
        add_entries(memory.database, 3)
    profile.database.write_bytes(older)
    with (
        pytest.raises(StoreError) as lost,
        open_memory(profile, URI, passphrase=PASSPHRASE, program="test", now=MORNING),
    ):
        pass
    assert lost.value.fault is faults.ENTRIES_LOST


def test_an_outbox_and_a_spool_come_with_the_memory(profile: Profile) -> None:
    with open_memory(profile, URI, passphrase=PASSPHRASE, program="test", now=MORNING) as memory:
        assert memory.outbox().due(MORNING, 10) == []
        assert memory.spool(lambda: MORNING).waiting() == []
