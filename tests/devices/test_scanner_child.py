"""The process that scans, killed, stopped, babbling, orphaned (goals R11): each is a scan to repeat and no more."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from client.errors import Cancelled, DeviceError, DeviceState, Fault
from client.ports.readiness import Condition
from client.ports.scanner import ScannedPage, ScanOrder, ScanProgress
from devices.scanner import child, faults
from devices.scanner.messages import Deed, Question
from devices.scanner.sane_scanner import CONNECTING, READY, SCANNING, SaneScanner, Timing, scanning_command
from tests.bounded import bounded
from tests.devices.scanning import CHILD, FEEDER, QUICK, SLOW, failed, never, picture, scanned, set_to

HASTY = Timing(opening=1.0, starting=1.0, reading=0.5, listing=0.3, checking=0.2, cancelling=0.5, turn=0.2, poll=0.05)
LONG = ScanOrder(dpi=150)


@contextmanager
def scanner(
    device: str = "test:0",
    options: dict[str, str] | None = None,
    command: tuple[str, ...] = CHILD,
    timing: Timing | None = None,
) -> Iterator[SaneScanner]:
    made = SaneScanner(device, options=options, command=command, timing=timing)
    try:
        yield made
    finally:
        made.close()


def stand_in(program: str) -> tuple[str, ...]:
    """A process that is not ours in the place of the one that scans."""
    return (sys.executable, "-c", f"import sys, time; say = sys.stdout.buffer.write; {program}; sys.stdout.flush()")


def error_of(made: SaneScanner, order: ScanOrder = QUICK) -> tuple[DeviceState, Fault]:
    error = failed(made, order).error
    assert error is not None
    return error.state, error.fault


def test_the_program_itself_is_the_process_that_scans(sane: Path) -> None:
    with scanner(command=scanning_command()) as made:
        assert picture(*scanned(made).pages).size == (590, 590)


def test_a_packaged_program_calls_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert scanning_command() == (sys.executable, "-m", "yichuang", "scan-child")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert scanning_command() == (sys.executable, "scan-child")


def test_a_cancel_takes_effect_within_a_second(shared: SaneScanner) -> None:
    begun: list[ScanProgress] = []
    asked = time.monotonic()

    def cancelled() -> bool:
        nonlocal asked
        if not (begun and begun[-1].share > 0):
            asked = time.monotonic()
            return False
        return True

    with pytest.raises(Cancelled):
        list(set_to(shared, **SLOW).scan(LONG, begun.append, cancelled))
    assert time.monotonic() - asked < 1.0
    pid = shared.process_id
    assert len(scanned(set_to(shared, read_delay="no")).pages) == 1
    assert shared.process_id == pid, "the process went on"


def test_pages_before_a_cancel_stand(shared: SaneScanner) -> None:
    pages: list[ScannedPage] = []
    with pytest.raises(Cancelled):
        pages.extend(set_to(shared).scan(FEEDER, lambda _: None, lambda: pages[1:] != []))
    assert [picture(page).size for page in pages] == [(590, 590)] * 2


def test_whoever_walks_away_from_a_scan_leaves_the_scanner_free(shared: SaneScanner) -> None:
    for _ in set_to(shared).scan(FEEDER, lambda _: None, never):
        break
    assert len(scanned(set_to(shared)).pages) == 1


@pytest.mark.expected_warnings("child lost.*how='ended'.*status=-9")
def test_a_process_killed_in_mid_page_costs_that_page(sane: Path) -> None:
    with scanner(options=SLOW) as made:
        begun: list[ScanProgress] = []

        def killed_once() -> bool:
            if begun and begun[-1].share > 0 and made.process_id:
                os.kill(made.process_id, signal.SIGKILL)
            return False

        with pytest.raises(DeviceError) as caught:
            list(made.scan(LONG, begun.append, killed_once))
        assert (caught.value.state, caught.value.fault) == (DeviceState.UNREADABLE, faults.CHILD_ENDED)
        assert len(scanned(set_to(made, read_delay="no")).pages) == 1


@pytest.mark.expected_warnings("child lost.*how='ended'")
def test_pages_before_a_death_stand(sane: Path) -> None:
    pages = []
    with scanner() as made, pytest.raises(DeviceError):  # noqa: PT012 - the pages before it are wanted
        for page in made.scan(ScanOrder(FEEDER.source, dpi=300), lambda _: None, never):
            pages.append(page)
            if len(pages) == 2 and made.process_id:
                os.kill(made.process_id, signal.SIGKILL)
    assert len(pages) in (2, 3)  # the third may be in the pipe already
    assert all(picture(page) for page in pages)


def test_a_process_that_died_in_between_is_not_missed(sane: Path) -> None:
    with scanner() as made:
        scanned(made)
        assert made.process_id is not None
        os.kill(made.process_id, signal.SIGKILL)
        os.waitid(os.P_PID, made.process_id, os.WEXITED | os.WNOWAIT)  # it is for its owner to bury
        assert len(scanned(made).pages) == 1


@pytest.mark.expected_warnings("child lost.*how='silent'")
def test_a_process_that_hangs_is_given_up(sane: Path) -> None:
    with scanner(options=SLOW, timing=Timing(reading=HASTY.reading, poll=HASTY.poll)) as made:
        begun: list[ScanProgress] = []

        def stopped_once() -> bool:
            if begun and begun[-1].share > 0 and made.process_id:
                os.kill(made.process_id, signal.SIGSTOP)
            return False

        with pytest.raises(DeviceError) as caught:
            list(made.scan(LONG, begun.append, stopped_once))
        assert (caught.value.state, caught.value.fault) == (DeviceState.TIMED_OUT, faults.SILENT)
        assert len(scanned(set_to(made, read_delay="no")).pages) == 1


def test_a_cancel_does_not_wait_for_a_process_that_hangs(sane: Path) -> None:
    with scanner(options=SLOW, timing=HASTY) as made:
        assert made.check().condition in (Condition.READY, Condition.ATTENTION)
        assert made.process_id is not None
        os.kill(made.process_id, signal.SIGSTOP)
        asked = time.monotonic()
        with pytest.raises(Cancelled):
            list(made.scan(LONG, lambda _: None, lambda: True))
        assert time.monotonic() - asked < 1.0
        os.kill(made.process_id, signal.SIGKILL)  # or its end would be waited for


GARBAGE = [
    "say(b'no line of ours\\n')",
    'say(b\'{"event": "page", "job": 1}{\')\nsay(b\'\\n\')',
    'say(b\'{"event": "done", "job": 99}\\n\')',
    'say(b\'{"event": "page", "job": 1, "length": 999999999999}\\n\')',
    'say(b\'{"event": "done", "job": 1, "extra": 1}\\n\')',
    "say(b'x' * 300000)",
]


@pytest.mark.expected_warnings("child lost.*how='garbled'")
@pytest.mark.parametrize("program", GARBAGE)
def test_garbage_is_told_as_such(program: str) -> None:
    with scanner(command=stand_in(f"exec({program!r})")) as made:
        assert error_of(made) == (DeviceState.UNREADABLE, faults.GARBLED)


@pytest.mark.expected_warnings("child lost.*how='ended'.*told='a backend")
def test_what_it_said_at_its_end_is_in_the_log() -> None:
    with scanner(
        command=stand_in("sys.stdin.readline(); sys.stderr.write('a backend fell over'); sys.exit(3)")
    ) as made:
        assert error_of(made) == (DeviceState.UNREADABLE, faults.CHILD_ENDED)


@pytest.mark.expected_warnings("child lost.*how='not started'")
def test_a_process_that_cannot_be_started_is_told(tmp_path: Path) -> None:
    with scanner(command=(str(tmp_path / "gone"),)) as made:
        assert error_of(made) == (DeviceState.UNREADABLE, faults.CHILD_ENDED)


@pytest.mark.expected_warnings("child lost.*how='ended'")
def test_a_process_that_dies_again_and_again_is_given_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devices.children.supervised.random", lambda: 1.0)
    with scanner(command=stand_in("sys.exit(3)")) as made:
        assert [error_of(made)[1] for _ in range(3)] == [faults.CHILD_ENDED, faults.CHILD_ENDED, faults.RESTING]
        resting = made.check()
        assert (resting.condition, resting.words) == (Condition.FAILED, "扫描仪的驱动程序接连出错，暂停使用")
        assert "1秒" in resting.advice
        time.sleep(1.05)
        assert error_of(made)[1] is faults.CHILD_ENDED, "then it is tried once more"
        assert "30秒" in made.check().advice, "three in a minute are too many"


def test_a_check_meets_a_scan_and_leaves_it_alone(shared: SaneScanner) -> None:
    seen = []

    def look(_: ScanProgress) -> None:
        seen.append(shared.check())

    assert len(list(set_to(shared).scan(QUICK, look, never))) == 1
    assert {(each.condition, each.words) for each in seen} == {(Condition.READY, SCANNING)}


def test_a_second_scan_waits_its_turn(sane: Path) -> None:
    with scanner(timing=Timing(turn=HASTY.turn)) as made:  # patient with all else: the machine may be busy
        first = made.scan(FEEDER, lambda _: None, never)
        next(first)
        assert error_of(made) == (DeviceState.BUSY, faults.BUSY)
        assert len(list(first)) == 9


@pytest.fixture
def slow_door(tmp_path: Path) -> Path:
    """A named pipe in the place of a page: a device whose start takes as long as the test wants."""
    door = tmp_path / "door.ppm"
    os.mkfifo(door)
    return door


def test_a_device_that_rests_slowly_does_not_hold_the_person(sane: Path, slow_door: Path) -> None:
    with scanner("pnm:0", {"filename": str(slow_door)}, timing=HASTY) as made:
        begun: list[ScanProgress] = []
        asked = time.monotonic()
        with pytest.raises(Cancelled):
            list(made.scan(QUICK, begun.append, lambda: len(begun) > 3))
        assert time.monotonic() - asked < 1.5
        assert made.check().words == CONNECTING, "it still comes to rest"
        slow_door.write_bytes(b"")
        assert len(scanned(set_to(made)).pages) == 1, "what it said late belongs to nobody"


@pytest.mark.expected_warnings("child lost.*how='silent'")
def test_a_device_that_never_starts_is_given_up(sane: Path, slow_door: Path) -> None:
    with scanner("pnm:0", {"filename": str(slow_door)}, timing=HASTY) as made:
        assert error_of(made) == (DeviceState.TIMED_OUT, faults.SILENT)


def test_a_scans_end_waits_for_threads_that_are_at_work_and_for_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_SETTLED_AFTER", 30.0)
    work = partial(hashlib.pbkdf2_hmac, "sha256", b"", b"", 1_000_000)  # lets go of the interpreter meanwhile
    ended = threading.Event()

    def toil() -> None:
        work()
        ended.set()

    busy = threading.Thread(target=toil)
    idle = threading.Thread(target=ended.wait)
    idle.start()
    busy.start()
    child._settle()
    assert ended.wait(0.05), "a thread was still at work"
    busy.join()
    idle.join()


def test_an_answer_that_comes_late_is_that_of_the_next_check() -> None:
    late = stand_in(
        "sys.stdin.readline(); time.sleep(0.3); "
        'say(b\'{"event": "done", "job": 1}\\n\'); sys.stdout.flush(); sys.stdin.read()'
    )
    with scanner(command=late, timing=replace(HASTY, opening=30.0)) as made:  # however long a process takes to start
        first = made.check()
        assert (first.condition, first.words) == (Condition.ATTENTION, CONNECTING)
        until = time.monotonic() + 30
        while (answer := made.check()).condition is Condition.ATTENTION:
            assert time.monotonic() < until
        assert (answer.condition, answer.words) == (Condition.READY, READY)


@pytest.mark.expected_warnings("child lost.*how='silent'")
def test_a_list_that_never_comes_is_given_up() -> None:
    with (
        scanner(command=stand_in("sys.stdin.read()"), timing=HASTY) as made,
        pytest.raises(DeviceError) as caught,
    ):
        made.listed()
    assert caught.value.fault is faults.SILENT


def test_a_machine_without_sane_says_so() -> None:
    without = "from devices.scanner import child, sane; sane.LIBRARY = 'libnone.so'; child.serve()"
    with scanner(command=(sys.executable, "-c", without)) as made:
        assert error_of(made) == (DeviceState.UNSUPPORTED, faults.NO_SANE)
        assert made.check().words == faults.NO_SANE.title


@pytest.mark.expected_warnings("child lost.*how='ended'")
def test_a_close_from_elsewhere_ends_a_scan(sane: Path) -> None:
    with scanner(options=SLOW, timing=HASTY) as made:
        closing = threading.Timer(0.3, made.close)
        closing.start()
        assert error_of(made, LONG)[1] is faults.CHILD_ENDED
        closing.join()


def test_an_orphan_ends_even_while_its_device_hangs(sane: Path, slow_door: Path) -> None:
    question = Question(do=Deed.SCAN, job=1, device="pnm:0", options={"filename": str(slow_door)})
    with bounded(
        subprocess.Popen(CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(question.line())
        child.stdin.flush()
        assert b"starting" in child.stdout.readline()
        child.stdin.close()
        assert child.wait(10) == -signal.SIGALRM, "by itself"


def test_an_orphan_ends_while_nobody_takes_its_page(sane: Path) -> None:
    question = Question(do=Deed.SCAN, job=1, device="test:0", dpi=300, options={"test-picture": "Color pattern"})
    with bounded(
        subprocess.Popen(CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdin.write(question.line())
        child.stdin.flush()
        child.stdout.readline()
        child.stdout.close()
        child.stdin.close()
        # The `test` backend takes back Python's care for SIGPIPE, and now and then hangs in its cancel.
        assert child.wait(30) in (0, -signal.SIGPIPE, -signal.SIGALRM)
        assert child.stderr.read() == b""


def test_an_orphan_ends_even_where_the_cancel_hangs(sane: Path) -> None:
    question = Question(do=Deed.SCAN, job=1, device="test:0")
    hanging = (
        "import time; from devices.scanner import child, sane\n"
        "sane.Device.cancel = lambda *_: time.sleep(60)\n"
        "sane.Device.read = lambda *_: print('reading', flush=True) or time.sleep(60)\n"
        "child.serve()"
    )
    command, pipe = (sys.executable, "-c", hanging), subprocess.PIPE
    with bounded(subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe)) as child:
        assert child.stdin is not None
        assert child.stderr is not None
        child.stdin.write(question.line())
        child.stdin.flush()
        assert child.stderr.readline() == b"reading\n"
        child.stdin.close()
        assert child.wait(10) == -signal.SIGALRM, "by itself"


def test_an_interpreter_that_stands_still_is_ended_by_the_kernel(sane: Path) -> None:
    """As one does in which a backend's thread took the allocator's lock with it; here a call keeps the interpreter."""
    question = Question(do=Deed.SCAN, job=1, device="test:0")
    standing = (
        "import ctypes; from devices.scanner import child, sane\n"
        "child._STANDING = 1\n"
        "sane.Device.read = lambda *_: ctypes.PyDLL(None).sleep(60)\n"
        "child.serve()"
    )
    command, pipe = (sys.executable, "-c", standing), subprocess.PIPE
    with bounded(subprocess.Popen(command, stdin=pipe, stdout=pipe)) as child:
        assert child.stdin is not None
        child.stdin.write(question.line())
        child.stdin.flush()
        assert child.wait(20) == -signal.SIGALRM


def test_a_window_that_is_killed_leaves_no_process(sane: Path) -> None:
    window = (
        "from devices.scanner.sane_scanner import SaneScanner\n"
        f"scanner = SaneScanner('test:0', options={SLOW!r}, command={CHILD!r})\n"
        "from client.ports.scanner import ScanOrder\n"
        "for _ in scanner.scan(ScanOrder(), lambda made: print(scanner.process_id, flush=True), lambda: False): pass\n"
    )
    with bounded(subprocess.Popen((sys.executable, "-c", window), stdout=subprocess.PIPE)) as process:
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        process.kill()
    until = time.monotonic() + 5
    while is_running(pid) and time.monotonic() < until:
        time.sleep(0.02)
    assert not is_running(pid)


def is_running(pid: int) -> bool:
    """A process that ended and has nobody to wait for it is a zombie of the machine's first one."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False
