"""The key in a real keyring: gnome-keyring over a private D-Bus, as on the desktops of a hall."""

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import keyring
import pytest
import secretstorage
from keyring.backends import SecretService
from keyring.errors import PasswordSetError

from client.errors import StoreError
from client.store import faults, keys, system_keyring


def _start(*command: str, stdin: bytes, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    program = shutil.which(command[0])
    assert program, f"the tests need the system package of {command[0]}"
    process = subprocess.Popen(
        [program, *command[1:]],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | environment,
    )
    assert process.stdin
    process.stdin.write(stdin)
    process.stdin.close()
    return process


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    process.wait(10)
    assert process.stdout
    process.stdout.close()


@contextmanager
def _signed_in(home: Path) -> Iterator[dict[str, str]]:
    """The environment of a person who has signed in: a D-Bus session with an unlocked keyring."""
    places = {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "XDG_DATA_HOME": str(home / "data"), "DISPLAY": ""}
    bus = _start("dbus-daemon", "--session", "--print-address", "--nofork", stdin=b"", environment=places)
    assert bus.stdout
    environment = places | {"DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().decode().strip()}
    ring = _start(
        "gnome-keyring-daemon",
        "--unlock",
        "--components=secrets",
        "--foreground",
        f"--control-directory={home}",
        stdin=b"login password",
        environment=environment,
    )
    assert ring.stdout
    ring.stdout.readline()  # it speaks when it is ready; asked earlier, the bus would start another one
    try:
        yield environment
    finally:
        _stop(ring)
        _stop(bus)


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with _signed_in(tmp_path_factory.mktemp("home")) as environment:
        yield environment


def _sit_down(desktop: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in desktop.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(keyring, "get_keyring", SecretService.Keyring)


@pytest.fixture
def unlocked(desktop: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    _sit_down(desktop, monkeypatch)


@pytest.mark.usefixtures("unlocked")
def test_the_keyring_opens_the_key(tmp_path: Path) -> None:
    made = keys.create_key(tmp_path)
    assert keys.open_key(tmp_path) == made
    assert not keys.is_portable(tmp_path)


@pytest.mark.usefixtures("unlocked")
def test_the_keyring_has_a_name() -> None:
    assert system_keyring.describe() == "SecretService"


@pytest.mark.usefixtures("unlocked")
def test_either_road_opens_the_key(tmp_path: Path) -> None:
    made = keys.create_key(tmp_path, "口令")
    assert keys.open_key(tmp_path) == made
    assert keys.open_key(tmp_path, "口令") == made


@pytest.mark.usefixtures("unlocked")
def test_a_passphrase_that_is_not_needed_does_no_harm(tmp_path: Path) -> None:
    made = keys.create_key(tmp_path)
    assert keys.open_key(tmp_path, "unknown here") == made


@pytest.mark.usefixtures("unlocked")
def test_a_restored_store_can_be_given_to_this_keyring_without_taking_it_from_another(tmp_path: Path) -> None:
    made = keys.create_key(tmp_path, "口令")
    copy = tmp_path / "copy"
    copy.mkdir()
    shutil.copy(tmp_path / "store.key", copy)
    keys.add_keyring(copy, made)
    assert keys.open_key(copy) == made
    assert keys.open_key(tmp_path) == made


@pytest.mark.usefixtures("unlocked")
def test_a_keyring_that_lost_the_key_is_told(tmp_path: Path) -> None:
    keys.create_key(tmp_path)
    account = _account(tmp_path)
    keyring.get_keyring().delete_password(system_keyring.SERVICE, account)
    with pytest.raises(StoreError) as caught:
        keys.open_key(tmp_path)
    assert caught.value.fault is faults.KEYRING_FORGOT


@pytest.mark.usefixtures("unlocked")
@pytest.mark.parametrize("other", ["00" * 32, "not hex"])
def test_a_keyring_with_another_key_is_told(tmp_path: Path, other: str) -> None:
    keys.create_key(tmp_path)
    keyring.get_keyring().set_password(system_keyring.SERVICE, _account(tmp_path), other)
    with pytest.raises(StoreError) as caught:
        keys.open_key(tmp_path)
    assert caught.value.fault is faults.KEYRING_FORGOT


@pytest.fixture
def _sockets_collected() -> Iterator[None]:
    yield
    gc.collect()  # what was forgotten shows here, and not in a later test


@pytest.mark.usefixtures("_sockets_collected")
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the keyring library forgets its socket when it is refused
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the form that warning arrives in
def test_a_locked_keyring_is_told_and_the_passphrase_still_opens(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _signed_in(tmp_path_factory.mktemp("home")) as desktop:
        _sit_down(desktop, monkeypatch)
        made = keys.create_key(tmp_path, "口令")
        with closing(secretstorage.dbus_init()) as bus:
            secretstorage.get_default_collection(bus).lock()
        with pytest.raises(StoreError) as caught:
            keys.open_key(tmp_path)
        assert caught.value.fault is faults.KEYRING_LOCKED
        assert keys.open_key(tmp_path, "口令") == made
        _create_needs_a_passphrase(tmp_path / "new")


def _create_needs_a_passphrase(folder: Path) -> None:
    folder.mkdir()
    with pytest.raises(StoreError) as caught:
        keys.create_key(folder)
    assert caught.value.fault is faults.KEYRING_LOCKED
    assert not keys.has_key(folder)
    keys.create_key(folder, "口令")  # with a passphrase the locked keyring is passed over
    assert keys.has_key(folder)


def test_a_keyring_that_refuses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise PasswordSetError("no")

    monkeypatch.setattr(SecretService.Keyring, "set_password", refuse)
    monkeypatch.setattr(keyring, "get_keyring", SecretService.Keyring)
    with pytest.raises(StoreError) as caught:
        keys.create_key(tmp_path)
    assert caught.value.fault is faults.KEYRING_FAILED


def test_a_signed_in_person_needs_to_do_nothing(desktop: dict[str, str], tmp_path: Path) -> None:
    """The keyring is found by itself, in a process of its own and through the chain of backends."""
    program = (
        "import sys; from pathlib import Path; from client.store import keys; folder = Path(sys.argv[1]);"
        "assert keys.create_key(folder) == keys.open_key(folder)"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], env=os.environ | desktop, check=True, timeout=30)
    assert keys.has_key(tmp_path)


def _account(folder: Path) -> str:
    wrap = keys._read(folder).keyring_wrap()
    assert wrap
    return wrap.account
