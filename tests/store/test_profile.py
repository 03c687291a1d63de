"""One window, one writer; and who it is, in words."""

import os
import subprocess
import sys
import time
from pathlib import Path

import filelock
import pytest

from client.errors import StoreError
from client.store import faults
from client.store.profile import Profile
from tests.store.conftest import NOW

HOLDER = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from client.store.profile import Profile
with Profile(Path(sys.argv[1])).lock("yichuang", datetime(2026, 3, 2, tzinfo=UTC)):
    print("held", flush=True)
    time.sleep(60)
"""


def _hold(profile: Profile) -> "subprocess.Popen[str]":
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(profile.folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def _end(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.wait(10)
    assert process.stdout
    process.stdout.close()


def test_a_second_process_is_told_who_holds_the_window(profile: Profile) -> None:
    holder = _hold(profile)
    try:
        with pytest.raises(StoreError) as caught, profile.lock("intake", NOW):
            pass
    finally:
        _end(holder)
    assert caught.value.code == "store-busy"
    assert f"yichuang（进程 {holder.pid}" in caught.value.title
    assert "2026-03-02" in caught.value.title


def test_a_killed_holder_holds_nothing(profile: Profile) -> None:
    _end(_hold(profile))
    assert profile.holder() is not None  # its note is still there, and means nothing
    with profile.lock("yichuang", NOW):
        holder = profile.holder()
        assert holder
        assert holder.pid == os.getpid()


def test_a_stopped_holder_that_wakes_is_still_the_only_one(profile: Profile) -> None:
    holder = _hold(profile)
    try:
        os.kill(holder.pid, 19)  # SIGSTOP
        time.sleep(0.05)
        with pytest.raises(StoreError), profile.lock("intake", NOW):
            pass
        os.kill(holder.pid, 18)  # SIGCONT
        with pytest.raises(StoreError), profile.lock("intake", NOW):
            pass
    finally:
        _end(holder)


def test_the_same_process_cannot_hold_it_twice(profile: Profile) -> None:
    with profile.lock("yichuang", NOW), pytest.raises(StoreError) as caught, profile.lock("yichuang", NOW):
        pass
    assert caught.value.fault is faults.PROFILE_BUSY
    with profile.lock("yichuang", NOW):
        pass
    assert profile.holder() is None


@pytest.mark.parametrize("note", ["", "[1]", '{"pid": 1}'])
def test_a_holder_without_a_readable_note_is_still_respected(profile: Profile, note: str) -> None:
    with profile.lock("yichuang", NOW):
        (profile.folder / "lock.holder").write_text(note)
        with pytest.raises(StoreError) as caught, profile.lock("intake", NOW):
            pass
    assert "一窗" in caught.value.title


def test_a_folder_without_locks_is_refused(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr(filelock.FileLock, "_acquire", refuse)
    with pytest.raises(StoreError) as caught, profile.lock("yichuang", NOW):
        pass
    assert caught.value.fault is faults.UNWRITABLE


def test_a_profile_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError):
        Profile(tmp_path / "file" / "window").make()


def test_only_data_counts_as_data(profile: Profile) -> None:
    with profile.lock("yichuang", NOW):
        profile.logs.mkdir()
        assert not profile.holds_data()
    profile.settings.write_text("")
    assert not profile.holds_data()
    profile.files.mkdir()
    assert profile.holds_data()
