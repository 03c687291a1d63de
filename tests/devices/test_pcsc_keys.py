"""Seal keys in PC/SC readers: a real pcscd, virtual readers, and our card; OpenSC's tools read the same card."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

import pytest

from client.errors import DeviceError
from client.ports.keys import KeyOnHand, KeyStack, Pin, PinRefused
from client.ports.readiness import Condition
from client.proof.certificates import KeyAlgorithm
from devices.children.supervised import Limits
from devices.keys.key_child import Terms
from devices.keys.pcsc import monitor
from devices.keys.pcsc.pcsc_keys import PcscKeys
from devices.keys.virtual_card.card import PIN, Failure, VirtualCard
from devices.keys.virtual_card.line import Inserted
from devices.keys.virtual_card.secrets import drawn_key, training_keys
from tests.pcscd import READERS, Pcscd, until

T = TypeVar("T")
TABLE = Path(__file__).parents[2] / "build" / "r11-pcsc.json"
CHILD = (sys.executable, "-c", "from devices.keys.pcsc.child import serve; serve()")
TERMS = Terms(CHILD, asking=4.0, signing=1.5, limits=Limits(free=99, losses=99))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pcscd]:
    folder = tmp_path_factory.mktemp("pcscd")
    # The library looks for its socket once in a process: every service of this one has the same name.
    if "PCSCLITE_CSOCK_NAME" in os.environ:
        folder = Path(os.environ["PCSCLITE_CSOCK_NAME"]).parent
    os.environ["PCSCLITE_CSOCK_NAME"] = str(folder / "pcscd.comm")
    with closing(Pcscd(folder)) as made:
        yield made


@pytest.fixture
def pcscd(service: Pcscd) -> Iterator[Pcscd]:
    yield service
    service.empty()


@pytest.fixture
def keys() -> Iterator[PcscKeys]:
    with closing(PcscKeys(terms=TERMS)) as made:
        yield made


def signed(keys: PcscKeys, pin: bytes = PIN, at: int = 0) -> bytes:
    key = keys.plugged()[0]
    certificate = key.certificates[at]
    with Pin(pin) as given:
        signature = keys.sign(key.id, certificate, b"message", given)
    assert certificate.has_signed(b"message", signature)
    return signature


def put_back(pcscd: Pcscd, inserted: Inserted, card: VirtualCard, keys: PcscKeys) -> Inserted:
    """As a person does: once more where vpcd, with a command of the card before still in hand, takes it for mute."""
    for _ in range(4):
        inserted.pull()
        inserted = pcscd.insert(card)
        with suppress(DeviceError, IndexError):
            in_time(lambda: keys.plugged()[0], patience=1.0)
            return inserted
    pytest.fail("never seen again")


def came_of(keys: PcscKeys, key: KeyOnHand) -> str:
    try:
        with Pin(PIN) as pin:
            keys.sign(key.id, key.certificates[0], b"message", pin)
    except DeviceError as error:
        return error.code
    return SIGNED


def there(keys: PcscKeys) -> KeyOnHand:
    """The first key, once its reader is ready."""
    return in_time(lambda: keys.plugged()[0])


def in_time(act: Callable[[], T], patience: float = 5.0) -> T:
    """What it gives once the readers are there again."""
    ends = time.monotonic() + patience
    while True:
        try:
            return act()
        except (DeviceError, IndexError):
            if time.monotonic() > ends:
                raise
            time.sleep(0.05)


def test_a_card_tells_whose_it_is_and_signs_with_each_of_its_keys(pcscd: Pcscd, keys: PcscKeys) -> None:
    others = [drawn_key(each) for each in KeyAlgorithm if each is not KeyAlgorithm.SM2]
    pcscd.insert(VirtualCard([*training_keys(), *others]))
    key = there(keys)
    assert (key.id, key.stack, key.tries_left) == (f"pcsc:{READERS[0]}", KeyStack.PCSC, 6)
    assert [each.algorithm for each in key.certificates] == [KeyAlgorithm.SM2] * 3 + [e.algorithm for e in others]
    for at in range(len(key.certificates)):
        signed(keys, at=at)
    assert list(keys.seals(key.id)) == [seal for each in training_keys() for seal in each.seals]


def test_wrong_pins_are_counted_until_the_card_is_locked(pcscd: Pcscd, keys: PcscKeys) -> None:
    card = VirtualCard(training_keys()[:1], tries=2)
    pcscd.insert(card)
    there(keys)
    told = []
    for pin in (b"000000", b"12", b"000000", PIN):
        with pytest.raises(PinRefused) as refused:
            signed(keys, pin=pin)
        told.append((refused.value.code, refused.value.tries_left))
    assert told == [("DEV-503", 1), ("DEV-506", None), ("DEV-504", 0), ("DEV-504", 0)]
    assert keys.plugged()[0].tries_left == 0


def test_the_card_wants_its_pin_again_after_each_signature(pcscd: Pcscd, keys: PcscKeys) -> None:
    card = VirtualCard(training_keys()[:1])
    pcscd.insert(card)
    there(keys)
    signed(keys)
    assert keys.plugged()[0].tries_left == 6, "an open card would not tell them"


SIGNED = "signed"  # EF.DIR tells where the application is; a card need not tell its tries
FAULTS = {
    "select": {"pull": "DEV-502", "6F00": SIGNED, "short": "DEV-522", "hang": "DEV-523"},
    "read": {"pull": "DEV-502", "garbage": "DEV-522", "6982": "DEV-528"},
    "verify": {"pull": "DEV-502", "6F00": SIGNED, "6F00*2": "DEV-528"},
    "manage": {"pull": "DEV-502", "6A88": "DEV-528"},
    "sign": {"pull": "DEV-502", "hang": "DEV-523", "wrong": "DEV-507", "6985": "DEV-528"},
}


@pytest.mark.expected_warnings("child lost.*silent")
def test_each_step_fails_as_told_and_can_be_repeated(pcscd: Pcscd, keys: PcscKeys) -> None:
    """Seal keys on PC/SC in the table of goal R11, kept in build/r11-pcsc.json."""
    card = VirtualCard(training_keys()[:1])
    inserted = pcscd.insert(card)
    key = there(keys)
    rows = []
    for step, how in ((step, how) for step, hows in FAULTS.items() for how in hows):
        card.fail(Failure.parse(f"{step}:{how}"))
        outcome = came_of(keys, key)
        if how in ("pull", "hang"):
            inserted = put_back(pcscd, inserted, card, keys)
        in_time(lambda: signed(keys))
        words = {"device": "seal key (PC/SC)", "step": step, "fault": how, "repeated": SIGNED}
        rows.append({**words, "outcome": outcome})
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(json.dumps(rows), "utf-8")
    assert {step: {row["fault"]: row["outcome"] for row in rows if row["step"] == step} for step in FAULTS} == FAULTS


def test_keys_come_and_go_and_the_service_too(pcscd: Pcscd, keys: PcscKeys) -> None:
    until(lambda: keys.check().words == "没有插入")
    first = pcscd.insert(VirtualCard(training_keys()[:1]))
    until(lambda: keys.present() == {f"pcsc:{READERS[0]}"})
    assert keys.check().condition is Condition.READY
    pcscd.insert(VirtualCard(training_keys()[1:2]), reader=1)
    until(lambda: len(keys.present()) == 2)
    first.pull()
    until(lambda: keys.present() == {f"pcsc:{READERS[1]}"})
    pcscd.empty()
    pcscd.kill()
    until(lambda: keys.check().words == "智能卡服务没有运行")
    with pytest.raises(DeviceError, match="DEV-525"):
        keys.plugged()
    pcscd.start()
    pcscd.insert(VirtualCard(training_keys()[:1]))
    until(lambda: len(keys.present()) == 1)
    in_time(lambda: signed(keys))
    began = time.monotonic()
    keys.close()
    assert time.monotonic() - began < 2.5


def test_opensc_reads_the_card(pcscd: Pcscd, keys: PcscKeys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its driver for cards that no maker's driver knows, which it leaves out unless it is told."""
    (tmp_path / "opensc.conf").write_text("app default { enable_default_driver = true; }")
    monkeypatch.setenv("OPENSC_CONF", str(tmp_path / "opensc.conf"))
    card = VirtualCard([*training_keys()[:1], drawn_key(KeyAlgorithm.RSA)])
    pcscd.insert(card)
    there(keys)
    dump = subprocess.run(("pkcs15-tool", "--dump"), capture_output=True, text=True, check=False)
    assert dump.returncode == 0, dump.stderr
    for words in ("训练用智能卡", "Private RSA Key", "Private EC Key", "PIN [PIN]"):
        assert words in dump.stdout
    read = subprocess.run(("pkcs15-tool", "--read-certificate", "02"), capture_output=True, check=True).stdout
    told = subprocess.run(("openssl", "x509", "-outform", "DER"), input=read, capture_output=True, check=True).stdout
    assert told == keys.plugged()[0].certificates[1].der


_HOLDER = """
import sys, time
from smartcard import scard
_, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
_, card, _ = scard.SCardConnect(context, sys.argv[1], scard.SCARD_SHARE_SHARED, scard.SCARD_PROTOCOL_ANY)
print(scard.SCardBeginTransaction(card), flush=True)
time.sleep(60)
"""
_HURRIED = "from devices.keys.pcsc import acts; acts.PATIENCE = 0.4; from devices.keys.pcsc.child import serve; serve()"


def test_another_programs_transaction_is_told_as_what_it_is(pcscd: Pcscd, keys: PcscKeys) -> None:
    pcscd.insert(VirtualCard(training_keys()[:1]))
    key = there(keys)
    hurried = Terms((sys.executable, "-c", _HURRIED), asking=8.0, signing=8.0, limits=TERMS.limits)
    command = [sys.executable, "-c", _HOLDER, READERS[0]]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder,
        closing(PcscKeys(terms=hurried)) as others,
    ):
        assert holder.stdout is not None
        assert holder.stdout.readline() == "0\n"
        assert came_of(others, key) == "DEV-526"
        holder.kill()


def test_a_service_that_was_stopped_keeps_no_window_open(pcscd: Pcscd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(monitor, "_LEAVE", 0.5)
    pcscd.insert(VirtualCard(training_keys()[:1]))
    own = PcscKeys(terms=TERMS)
    until(lambda: own.check().condition is Condition.READY)
    pcscd.kill(signal.SIGSTOP)
    closing_it = threading.Thread(target=own.close, daemon=True)
    try:
        closing_it.start()
        closing_it.join(5)
        assert not closing_it.is_alive()
    finally:
        pcscd.kill(signal.SIGCONT)
        closing_it.join(5)
