"""Pages and papers at rest: whole, unreadable to others, and never shown when they were changed."""

import hashlib
import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from client.errors import StoreError
from client.store import durable, faults
from client.store.keys import StoreKey
from client.store.profile import Profile
from client.store.sealed import SealedFiles, place


def _path(profile: Profile, name: str) -> Path:
    return place(profile.files, name)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(content=st.binary(max_size=2000))
def test_what_is_put_in_comes_out(files: SealedFiles, content: bytes) -> None:
    sealed = files.put(content)
    assert files.get(sealed.name) == content
    assert (sealed.sha256, sealed.size) == (hashlib.sha256(content).hexdigest(), len(content))


def test_a_name_confirms_no_guess(files: SealedFiles, profile: Profile) -> None:
    content = b"a well known blank form"
    sealed = files.put(content)
    other = SealedFiles(profile.folder / "other", StoreKey(bytes(32))).put(content)
    assert sealed.name != other.name
    assert sealed.sha256 == other.sha256
    assert sealed.sha256 not in _path(profile, sealed.name).read_bytes().hex()
    assert content not in _path(profile, sealed.name).read_bytes()


def test_the_same_content_is_one_file(files: SealedFiles, profile: Profile) -> None:
    first = files.put(b"page")
    written = _path(profile, first.name).stat().st_mtime_ns
    assert files.put(b"page") == first
    assert _path(profile, first.name).stat().st_mtime_ns == written
    assert list(files.names()) == [first.name]


def test_putting_a_page_again_heals_it(files: SealedFiles, profile: Profile) -> None:
    sealed = files.put(b"page")
    _path(profile, sealed.name).write_bytes(b"damaged")
    assert files.put(b"page") == sealed
    assert files.get(sealed.name) == b"page"


@pytest.mark.parametrize("seed", range(20))
def test_a_flipped_bit_is_found(files: SealedFiles, profile: Profile, seed: int) -> None:
    sealed = files.put(bytes(3000))
    path = _path(profile, sealed.name)
    content = bytearray(path.read_bytes())
    dice = random.Random(seed)
    content[dice.randrange(len(content)) if seed else 0] ^= 1 << dice.randrange(8)
    path.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        files.get(sealed.name)
    assert caught.value.fault is faults.FILE_DAMAGED


@pytest.mark.parametrize("kept", [0, 1, 28, 29, 100, 3028])
def test_a_cut_file_is_found(files: SealedFiles, profile: Profile, kept: int) -> None:
    sealed = files.put(bytes(3000))
    path = _path(profile, sealed.name)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(StoreError) as caught:
        files.get(sealed.name)
    assert caught.value.fault is faults.FILE_DAMAGED


def test_two_files_that_changed_places_are_found(files: SealedFiles, profile: Profile) -> None:
    one, two = files.put(b"one"), files.put(b"two")
    _path(profile, two.name).write_bytes(_path(profile, one.name).read_bytes())
    with pytest.raises(StoreError) as caught:
        files.get(two.name)
    assert caught.value.fault is faults.FILE_DAMAGED


def test_a_deleted_file_is_told(files: SealedFiles) -> None:
    sealed = files.put(b"page")
    files.delete(sealed.name)
    files.delete(sealed.name)
    files.delete("ab" * 32)
    assert list(files.names()) == []
    with pytest.raises(StoreError) as caught:
        files.get(sealed.name)
    assert caught.value.fault is faults.FILE_MISSING


@pytest.mark.parametrize("name", ["../../store.key", "", "AB" * 32, "ab" * 31])
def test_only_names_of_ours_lead_to_a_file(files: SealedFiles, name: str) -> None:
    with pytest.raises(ValueError, match="not the name"):
        files.get(name)


def test_what_a_crash_left_is_removed(files: SealedFiles, profile: Profile) -> None:
    assert files.clear_unfinished() == 0
    sealed = files.put(b"page")
    folder = _path(profile, sealed.name).parent
    (folder / f".{sealed.name}.0123abcd{durable.UNFINISHED}").write_bytes(b"half")
    assert list(files.names()) == [sealed.name]
    assert files.clear_unfinished() == 1
    assert [path.name for path in folder.iterdir()] == [sealed.name]


def test_nothing_but_the_whole_file_is_ever_under_its_name(
    files: SealedFiles, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each call of the system between open and rename fails in turn; then the same page goes in."""
    for call in ("fsync", "replace"):
        with monkeypatch.context() as broken:
            broken.setattr(os, call, _fails)
            with pytest.raises(StoreError) as caught:
                files.put(b"page")
        assert caught.value.fault is faults.DISK_FAILED
        assert not [path for path in profile.files.rglob("*") if path.is_file()]
    files.put(b"page")


def _fails(*_arguments: object) -> None:
    raise OSError(5, "told by the system")


def test_an_unreadable_disk_is_not_taken_for_a_missing_file(files: SealedFiles, profile: Profile) -> None:
    sealed = files.put(b"page")
    path = _path(profile, sealed.name)
    path.unlink()
    path.mkdir()
    for work in (lambda: files.get(sealed.name), lambda: files.put(b"page")):
        with pytest.raises(StoreError) as caught:
            work()
        assert caught.value.fault is faults.DISK_FAILED


def test_folders_are_on_the_disk_before_what_lies_in_them(
    files: SealedFiles, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    real_fsync, real_replace = os.fsync, os.replace

    def fsync(descriptor: int) -> None:
        order.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        real_fsync(descriptor)

    def replace(source: str, target: str) -> None:
        order.append("rename")
        real_replace(source, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    sealed = files.put(b"page")
    path = _path(profile, sealed.name)
    *above, file, rename, parent = order
    assert {str(path.parent.parent), str(profile.files), str(profile.folder)} <= set(above)
    assert durable.UNFINISHED in file
    assert (rename, parent) == ("rename", str(path.parent))
