"""A PIN on its way to a key behind an SKF library: in no log, command line, environment or core, nor left in memory.

What is looked through are real processes: the child that holds the library, and one that stands for the window.
"""

import ctypes
import json
import os
import resource
import subprocess
import sys
from contextlib import closing, nullcontext, suppress
from pathlib import Path

import pytest

from client.errors import DeviceError
from client.ports.keys import Pin, PinRefused
from devices.children.inside import SECRET
from devices.keys.skf.library import Skf
from devices.keys.skf.skf_keys import SkfKeys
from devices.keys.skf.structs import Handle
from tests.bounded import bounded
from tests.devices.skf_standing_in import CHILD, TERMS, Drawer, hasty, until

ROOT = Path(__file__).parents[2]
SECRET_PIN = b"Kx7-qQ2w9Z"
_UNBANNED = "from devices.children import inside; inside.keep_no_core = lambda: None; "
SEEN = (sys.executable, "-c", f"{_UNBANNED}from devices.keys.skf.child import serve; serve()")
"""The child without its ban on being looked at, which would hold for the test as well."""

WINDOW = """
import sys
from client.ports.keys import Pin
from devices.keys.key_child import Terms
from devices.keys.skf.skf_keys import SkfKeys
keys = SkfKeys(sys.argv[1], terms=Terms(tuple(sys.argv[2:])))
key = keys.plugged()[0]
digits = bytearray(byte ^ 85 for byte in bytes.fromhex(sys.stdin.readline()))
with Pin(digits) as pin:
    digits[:] = bytes(len(digits))
    keys.sign(key.id, key.certificates[0], b"message", pin)
print(keys._child.process_id, flush=True)
sys.stdin.readline()
keys.close()
"""


def is_in_memory(process: int, secret: bytes) -> bool:
    """In anything that the process may write to."""
    with Path(f"/proc/{process}/mem").open("rb", 0) as memory:
        for line in Path(f"/proc/{process}/maps").read_text().splitlines():
            place, rights, *_ = line.split()
            begin, end = (int(number, 16) for number in place.split("-"))
            if "w" not in rights:
                continue
            with suppress(OSError):  # kept by the system
                memory.seek(begin)
                if secret in memory.read(end - begin):
                    return True
    return False


def test_no_process_keeps_it_in_memory(skf: Path, drawer: Drawer) -> None:
    drawer.plug(pin=SECRET_PIN)
    window = subprocess.Popen(
        (sys.executable, "-c", WINDOW, str(skf), *SEEN), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with bounded(window):
        assert window.stdin is not None
        assert window.stdout is not None
        window.stdin.write(f"{bytes(byte ^ 85 for byte in SECRET_PIN).hex()}\n")
        window.stdin.flush()
        child = int(window.stdout.readline())
        for process in (window.pid, child):
            assert not is_in_memory(process, SECRET_PIN)
            for told in ("cmdline", "environ"):
                assert SECRET_PIN not in Path(f"/proc/{process}/{told}").read_bytes()
        window.stdin.close()
        assert window.wait(10) == 0


def asked_to_sign(command: tuple[str, ...], skf: Path, drawer: Drawer, order: str) -> "subprocess.Popen[bytes]":
    """A child that was asked, as a window asks it, and got as far as `order`."""
    drawer.order(order)
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert child.stdin is not None
    words = {
        "job": 1, "do": "sign", "library": str(skf), "ulong": 32, "device": b"K1".hex(), "digest": bytes(32).hex(),
        "certificate": (drawer.at() / "containers" / "C1" / "certificate").read_bytes().hex(), "rsa": False,
    }  # fmt: skip
    child.stdin.write(SECRET + b"%d\n" % len(SECRET_PIN) + SECRET_PIN + json.dumps(words).encode() + b"\n")
    child.stdin.flush()
    assert until(lambda: drawer.has_done)
    return child


def test_what_looks_for_it_finds_it_while_the_library_has_it(skf: Path, drawer: Drawer) -> None:
    """The control of the test before: the same look, in the one moment where it has to be there."""
    drawer.plug(pin=SECRET_PIN)
    with bounded(asked_to_sign(SEEN, skf, drawer, "verify:hang")) as child:
        assert is_in_memory(child.pid, SECRET_PIN)
        child.kill()


@pytest.mark.parametrize("order", ["verify:crash", "verify:abort"])
def test_a_child_that_falls_over_with_it_leaves_no_core(
    skf: Path, drawer: Drawer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    drawer.plug(pin=SECRET_PIN)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (most[1], most[1]))
    try:
        with bounded(asked_to_sign(CHILD, skf, drawer, order)) as child:
            end = os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, most)
    assert end is not None
    assert end.si_code == os.CLD_KILLED, "with a core it would be CLD_DUMPED"
    assert list(tmp_path.glob("core*")) == []


@pytest.mark.expected_warnings("child lost")
def test_nothing_of_it_is_logged_or_said_whatever_happens(
    skf: Path, drawer: Drawer, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """A library that prints it, one that falls over with it, one that does not come back, one that refuses it."""
    caplog.set_level("DEBUG")
    drawer.plug(pin=SECRET_PIN)
    told = []
    with closing(SkfKeys(str(skf), terms=TERMS)) as keys:
        key = keys.plugged()[0]
        for order in (
            "verify:print",
            "verify:crash",
            "verify:abort",
            "verify:hang",
            "verify:status=0A000026",
            "sign:crash",
        ):
            drawer.order(order)
            patience = hasty(keys) if order.endswith("hang") else nullcontext()
            with suppress(DeviceError), patience, Pin(SECRET_PIN) as pin:
                told.append(repr(pin))
                keys.sign(key.id, key.certificates[0], b"message", pin)
        for wrong in (SECRET_PIN + b"!", SECRET_PIN * 9):
            with pytest.raises(PinRefused) as refused, Pin(wrong) as pin:
                keys.sign(key.id, key.certificates[0], b"message", pin)
            told += [str(refused.value), refused.value.advice, repr(refused.value.parameters)]
    said = "".join([*told, caplog.text, *capfd.readouterr()])
    assert "child lost" in said
    assert SECRET_PIN.decode() not in said
    assert SECRET_PIN.hex() not in said
    files = [file.read_bytes() for file in drawer.folder.rglob("*") if file.is_file()]
    assert not any(SECRET_PIN in content for content in files)


def test_the_copy_for_the_library_is_overwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    skf = Skf.__new__(Skf)
    skf._ulong = ctypes.c_uint32
    given = []
    monkeypatch.setattr(skf, "_call", lambda _step, _handle, _type, room, _tries: given.append((room, room.value)))
    skf.verify_pin(Handle(), bytearray(SECRET_PIN))
    ((room, seen),) = given
    assert (seen, room.raw) == (SECRET_PIN, bytes(len(SECRET_PIN) + 1))


def test_it_is_overwritten_where_it_lies() -> None:
    with Pin(SECRET_PIN) as pin:
        with pin.shown() as digits:
            kept = digits
        assert kept == SECRET_PIN
    assert kept == bytes(len(SECRET_PIN))
    assert not pin
