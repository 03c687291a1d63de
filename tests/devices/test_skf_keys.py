"""Keys behind an SKF library, stood in for by one built from C with OpenSSL's SM2: what they tell, and sign."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from client.errors import DeviceError, DeviceState
from client.ports.devices import Driver
from client.ports.keys import KeyStack, Pin, PinRefused
from client.ports.readiness import Condition
from client.proof.certificates import KeyAlgorithm
from devices.keys import faults as key_faults
from devices.keys.skf import faults, skf_keys
from devices.keys.skf.key_child import key_command
from devices.keys.skf.skf_keys import SkfKeys
from devices.keys.use import driver_of, keys_of
from tests.devices.skf_standing_in import CHILD, PIN, TERMS, UNIT, Drawer, library, seal_like, signed, until
from tests.seals.authority import ENCIPHERS, SIGNS

ROOT = Path(__file__).parents[2]
FORGOTTEN = ["SKF_ClearSecureState", "SKF_CloseContainer", "SKF_CloseApplication", "SKF_UnlockDev", "SKF_DisConnectDev"]


@pytest.fixture
def keys(skf: Path, drawer: Drawer) -> Iterator[SkfKeys]:
    with closing(SkfKeys(str(skf), terms=TERMS)) as made:
        yield made


def test_a_key_tells_whose_it_is_and_signs(keys: SkfKeys, drawer: Drawer) -> None:
    drawer.plug()
    key = keys.plugged()[0]
    assert (key.id, key.stack, key.label, key.serial) == ("skf:skf/K1", KeyStack.SKF, "钥匙 K1", "S-K1")
    assert (key.tries_left, key.pin_is_default) == (6, False)
    assert [each.unit_code for each in key.certificates] == [UNIT]
    signature = signed(keys)
    assert key.certificates[0].has_signed(b"message", signature)
    assert not key.certificates[0].has_signed(b"massage", signature)


def test_openssl_verifies_what_it_signed(keys: SkfKeys, drawer: Drawer, tmp_path: Path) -> None:
    key = drawer.plug()
    for name, content in (("signature", signed(keys)), ("message", b"message"), ("public", key.public)):
        (tmp_path / name).write_bytes(content)
    command = (
        "openssl pkeyutl -verify -pubin -inkey public -keyform DER -rawin -digest sm3 -pkeyopt "
        "distid:1234567812345678 -in message -sigfile signature"
    )
    told = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout) == (0, "Signature Verified Successfully\n"), told.stderr


def test_an_rsa_key_signs_as_pkcs_1_has_it(keys: SkfKeys, drawer: Drawer) -> None:
    drawer.plug(algorithm=KeyAlgorithm.RSA)
    signature = signed(keys)
    assert len(signature) == 256
    assert keys.plugged()[0].certificates[0].has_signed(b"message", signature)


def test_the_key_is_let_go_of_and_wants_its_pin_again_whatever_comes_of_a_signature(
    keys: SkfKeys, drawer: Drawer
) -> None:
    drawer.plug()
    signed(keys)
    assert drawer.trace()[-5:] == FORGOTTEN
    drawer.order("sign:status=0A000001")
    with pytest.raises(DeviceError, match="DEV-548"):
        signed(keys)
    assert drawer.trace()[-5:] == FORGOTTEN
    with pytest.raises(PinRefused):
        signed(keys, pin=b"000000")
    calls = drawer.trace()
    assert "SKF_ECCSignData" not in calls
    assert calls[-5:] == FORGOTTEN


def test_several_keys_and_applications_stay_apart(keys: SkfKeys, drawer: Drawer) -> None:
    drawer.plug("K1")
    drawer.plug("K2")
    drawer.plug("K2", application="OTHER")
    drawer.plug("K2", application="OTHER", container="C2")
    one, two = keys.plugged()
    assert (len(one.certificates), len(two.certificates)) == (1, 3)
    for certificate in two.certificates:
        with Pin(PIN) as pin:
            assert certificate.has_signed(b"", keys.sign(two.id, certificate, b"", pin))
        with pytest.raises(DeviceError, match="DEV-508"), Pin(PIN) as pin:
            keys.sign(one.id, certificate, b"", pin)
    assert drawer.trace().count("SKF_VerifyPIN") == 3, "no PIN goes to a key that has not the certificate"


def test_wrong_pins_are_counted_until_the_key_is_locked(keys: SkfKeys, drawer: Drawer) -> None:
    drawer.plug()
    told = []
    for _ in range(7):
        with pytest.raises(PinRefused) as refused:
            signed(keys, pin=b"000000")
        told.append((refused.value.tries_left, refused.value.code))
    assert told == [*((left, "DEV-503") for left in (5, 4, 3, 2, 1)), (0, "DEV-504"), (0, "DEV-504")]
    assert keys.plugged()[0].tries_left == 0
    drawer.trace()
    with pytest.raises(PinRefused):
        signed(keys)
    assert "SKF_VerifyPIN" not in drawer.trace(), "a locked key is not asked"


def test_the_pin_it_was_delivered_with_is_told(keys: SkfKeys, drawer: Drawer) -> None:
    drawer.plug()
    drawer.put(drawer.at() / "default", b"1")
    assert keys.plugged()[0].pin_is_default is True


@pytest.mark.parametrize("pin", [b"", b"1" * 65, b"12\x0056"])
def test_a_pin_that_no_key_takes_is_not_sent(keys: SkfKeys, drawer: Drawer, pin: bytes) -> None:
    drawer.plug()
    with pytest.raises(PinRefused, match="DEV-506"):
        signed(keys, pin=pin)
    assert "SKF_VerifyPIN" not in drawer.trace()


def test_empty_containers_and_certificates_for_enciphering_are_left_out(keys: SkfKeys, drawer: Drawer) -> None:
    drawer.plug(usage=ENCIPHERS)
    (drawer.at() / "containers" / "C0").mkdir()
    drawer.put(drawer.at() / "containers" / "C3" / "certificate", b"0\x05none.")
    assert keys.plugged()[0].certificates == ()
    drawer.plug(container="C4", algorithm=KeyAlgorithm.ECDSA_P256)
    assert keys.plugged()[0].certificates == (), "SKF signs by SM2 and RSA"
    drawer.plug(container="C9", usage=SIGNS)
    assert [each.holder for each in keys.plugged()[0].certificates] == ["示例机关 K1"]


def test_a_certificate_with_its_room_filled_up_is_read_and_signs(keys: SkfKeys, drawer: Drawer) -> None:
    drawer.plug()
    file = drawer.at() / "containers" / "C1" / "certificate"
    drawer.put(file, file.read_bytes() + bytes(500))
    assert keys.plugged()[0].certificates[0].has_signed(b"message", signed(keys))


def test_the_tries_that_are_shown_are_those_of_the_pin_one_may_lock_soonest(keys: SkfKeys, drawer: Drawer) -> None:
    drawer.plug()
    drawer.plug(application="OTHER")
    drawer.plug(application="EMPTY", usage=ENCIPHERS)
    drawer.put(drawer.at(application="OTHER") / "tries", b"2")
    drawer.put(drawer.at(application="EMPTY") / "tries", b"1")
    drawer.put(drawer.at(application="EMPTY") / "default", b"1")
    key = keys.plugged()[0]
    assert (key.tries_left, key.pin_is_default) == (2, False), "one that signs nothing does not count"


@pytest.mark.parametrize(
    ("began", "ends"), [((2020, 1, 1), (2021, 1, 1)), ((2040, 1, 1), (2041, 1, 1))], ids=["ended", "not begun"]
)
def test_a_certificate_out_of_its_time_is_told_as_it_is(
    keys: SkfKeys, drawer: Drawer, began: tuple[int, int, int], ends: tuple[int, int, int]
) -> None:
    """What may be done with it is the desk's to say."""
    drawer.plug(began=datetime(*began, tzinfo=UTC), ends=datetime(*ends, tzinfo=UTC))
    certificate = keys.plugged()[0].certificates[0]
    assert not certificate.is_valid_at(datetime(2026, 11, 28, tzinfo=UTC))
    assert certificate.has_signed(b"message", signed(keys))


def test_an_older_library_signs_without_what_it_lacks(tmp_path_factory: pytest.TempPathFactory, drawer: Drawer) -> None:
    """No events, no lock, no count of tries, no files, no device's facts."""
    drawer.plug()
    older = library(tmp_path_factory.mktemp("older"), "-DOLDER")
    with closing(SkfKeys(str(older), terms=TERMS)) as keys:
        key = keys.plugged()[0]
        assert (key.label, key.tries_left, key.pin_is_default) == ("", None, None)
        assert key.certificates[0].has_signed(b"message", signed(keys))
        assert keys.seals(key.id) == []
        with pytest.raises(PinRefused) as refused:
            signed(keys, pin=b"000000")
        assert (refused.value.tries_left, refused.value.code) == (5, "DEV-503"), "VerifyPIN tells them as well"
        assert until(lambda: keys.present() == {key.id})
        drawer.pull()
        assert until(lambda: keys.present() == frozenset()), "looked for by the clock"


@pytest.mark.parametrize(("built", "told"), [(64, 64), (64, 32), (32, 64)])
def test_a_ulong_of_either_width_is_understood_and_the_wrong_one_breaks_nothing(
    tmp_path_factory: pytest.TempPathFactory, drawer: Drawer, built: int, told: int
) -> None:
    drawer.plug()
    seal = seal_like(b"x" * 200)
    drawer.put(drawer.at() / "files" / "SEAL", seal)
    made = library(tmp_path_factory.mktemp("wide"), f"-DULONG=unsigned {'long' if built == 64 else 'int'}")
    with closing(SkfKeys(str(made), ulong=told, terms=TERMS)) as keys:
        key = keys.plugged()[0]
        assert (key.serial, key.tries_left) == ("S-K1", 6)
        assert keys.seals(key.id) == [seal]
        assert key.certificates[0].has_signed(b"message", signed(keys))


def test_another_interpreter_holds_the_library_and_so_does_the_program_itself(skf: Path, drawer: Drawer) -> None:
    drawer.plug()
    for python in (None, sys.executable):
        with closing(keys_of(f"skf:{skf}?ulong=32", python=python)) as keys:
            assert [key.serial for key in keys.plugged()] == ["S-K1"]
    bare = replace(TERMS, command=(sys.executable, "-S", *CHILD[1:]))
    with closing(SkfKeys(str(skf), terms=bare)) as keys:
        assert signed(keys), "its side is the standard library's"


def test_all_that_another_interpreter_needs_lies_beside_a_packaged_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", "/opt/yichuang", raising=False)
    assert "'/opt/yichuang/drivers'" in key_command("/opt/python32")[-1]
    packed = re.findall(r'"((?:(?:children|keys|skf)/)*\w+\.py)"', (ROOT / "build.spec").read_text("utf-8"))
    loaded = (
        "import sys; from devices.keys.skf import child; "
        "print(*[m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == 'devices'])"
    )
    ours = subprocess.run((sys.executable, "-S", "-c", loaded), capture_output=True, text=True, check=True).stdout
    assert {str(ROOT / "devices" / name) for name in packed} >= set(ours.split())


def test_seals_on_a_key_are_found_among_its_files(keys: SkfKeys, drawer: Drawer) -> None:
    drawer.plug()
    seal = seal_like(b"x" * 200)
    drawer.put(drawer.at() / "files" / "A", b"no seal")
    drawer.put(drawer.at() / "files" / "B", seal + bytes(5000))
    drawer.put(drawer.at() / "files" / "C", seal[:-1])
    drawer.put(drawer.at() / "files" / "D", b"")
    key = keys.plugged()[0]
    assert keys.seals(key.id) == [seal], "without what fills the file up; one that is cut short is none"
    drawer.order("attributes:lying")
    assert keys.seals(key.id) == [seal]


def test_keys_come_and_go_and_are_seen_at_once(keys: SkfKeys, drawer: Drawer) -> None:
    assert until(lambda: keys.check().words == "没有插入")
    drawer.plug()
    assert until(lambda: keys.present() == {"skf:skf/K1"})
    assert keys.check().condition is Condition.READY
    drawer.plug("K2")
    assert until(lambda: len(keys.present()) == 2)
    drawer.pull("K1")
    assert until(lambda: keys.present() == {"skf:skf/K2"})
    with pytest.raises(DeviceError, match="DEV-501"):
        keys.seals("skf:skf/K1")


def test_a_first_look_knows_and_one_that_cannot_wait_says_so(
    keys: SkfKeys, drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawer.plug()
    monkeypatch.setattr(skf_keys, "_FIRST_LOOK", 20.0)
    assert keys.check().condition is Condition.READY
    keys.close()
    monkeypatch.setattr(skf_keys, "_FIRST_LOOK", 0.0)
    assert keys.check().condition is Condition.ATTENTION


def test_no_key_is_no_error_and_one_that_was_pulled_is_told(keys: SkfKeys, drawer: Drawer) -> None:
    assert keys.plugged() == []
    drawer.plug()
    key = keys.plugged()[0]
    drawer.pull()
    with pytest.raises(DeviceError) as caught, Pin(PIN) as pin:
        keys.sign(key.id, key.certificates[0], b"", pin)
    assert (caught.value.state, caught.value.fault) == (DeviceState.ABSENT, key_faults.NO_KEY)
    drawer.push()
    assert signed(keys)


def test_closed_keys_are_found_again(keys: SkfKeys, drawer: Drawer) -> None:
    drawer.plug()
    assert until(lambda: bool(keys.present()))
    keys.close()
    assert until(lambda: bool(keys.present()))
    assert signed(keys)


def test_whoever_looks_after_devices_reads_which_libraries_they_are() -> None:
    assert driver_of("skf:/a/b.so?ulong=64;simulated;skf:c.so") == Driver("SKF接口、模拟、SKF接口", "/a/b.so、c.so")


@pytest.mark.parametrize("address", ["skf:", "skf:x?ulong=16", "skf:x?width=32"])
def test_an_address_that_is_none_is_told(address: str) -> None:
    with pytest.raises(DeviceError, match="DEV-509"):
        keys_of(address)


UNUSABLE = {
    "gone.so": faults.LIBRARY_MISSING, "bits.so": faults.LIBRARY_BITS, "wlt.so": faults.LIBRARY_FOREIGN,
}  # fmt: skip


def test_a_library_that_is_none_is_told(drawer: Drawer, libraries: Path) -> None:
    for name, fault in UNUSABLE.items():
        with closing(SkfKeys(str(libraries / name), terms=TERMS)) as keys:
            with pytest.raises(DeviceError) as caught:
                keys.plugged()
            assert caught.value.fault is fault
            assert caught.value.advice
