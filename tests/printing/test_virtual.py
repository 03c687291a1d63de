"""The demo hall's print queue as a command: it prints, obeys, and nothing of it outlives whoever started it."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from client.errors import DeviceError, DeviceState
from client.ports.printer import Printout, PrintState
from client.ports.readiness import Condition
from printing.ipp.printer import IppPrinter
from printing.virtual import VirtualQueue

# The front door's own start is not what is tried here.
PROGRAM = (sys.executable, "-c", "from printing.commands import app; app()")
SECONDS = 20.0
PDF = b"%PDF-1.7 nothing more"


@contextmanager
def played(folder: Path) -> Iterator[tuple["subprocess.Popen[str]", dict[str, str]]]:
    command = [*PROGRAM, "print-simulate", "--dir", str(folder), "--json"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, json.loads(process.stdout.readline())
        finally:
            process.kill()


def say(process: "subprocess.Popen[str]", word: str) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{word}\n")
    process.stdin.flush()


def until(words: str, printer: IppPrinter) -> None:
    end = time.monotonic() + SECONDS
    while (found := printer.check().words) != words:
        assert time.monotonic() < end, found
        time.sleep(0.01)


def is_gone(address: str) -> bool:
    parts = urlsplit(address)
    assert parts.hostname
    assert parts.port
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex((parts.hostname, parts.port)) != 0:
                return True
        time.sleep(0.01)
    return False


def test_a_queue_is_played_until_it_is_told_to_quit(tmp_path: Path) -> None:
    with played(tmp_path / "hall") as (process, told):
        printer = IppPrinter(told["printer"], "打印机")
        job = printer.submit(Printout("2026-1", PDF)).job
        while printer.report(job).state != PrintState.DONE:
            time.sleep(0.01)
        say(process, "offline")
        until("连不上打印机", printer)
        say(process, "dance")  # is passed over
        say(process, "empty")
        say(process, "online")
        until("就绪", printer)
        job = printer.submit(Printout("2026-2", PDF)).job
        until("打印机缺纸", printer)
        say(process, "refill")
        while printer.report(job).state != PrintState.DONE:
            time.sleep(0.01)
        say(process, "quit")
        assert process.wait(SECONDS) == 0
        assert [sheet.read_bytes() for sheet in sorted((tmp_path / "hall" / "out").iterdir())] == [PDF, PDF]
        assert is_gone(told["uri"])
        assert is_gone(told["printer"])


def test_nothing_of_a_queue_outlives_its_process_however_that_ends(tmp_path: Path) -> None:
    with played(tmp_path / "hall") as (process, told):
        assert IppPrinter(told["uri"], "打印机").check().condition == Condition.READY
        process.kill()
        process.wait()
        assert is_gone(told["uri"])
        assert is_gone(told["printer"])


def test_an_order_nobody_knows_is_refused(print_queue: VirtualQueue) -> None:
    with pytest.raises(ValueError, match="'dance' is none of"):
        print_queue.order("dance")


def test_an_administrators_command_that_fails_is_told(print_queue: VirtualQueue) -> None:
    with pytest.raises(DeviceError) as caught:
        print_queue.admin("lpadmin", "-x", "no-such-queue")
    assert (caught.value.state, caught.value.parameters["reason"]) == (DeviceState.UNSUPPORTED, "lpadmin")


def test_where_its_programs_are_missing_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("printing.virtual._ADMIN_PATH", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DeviceError) as caught, VirtualQueue(tmp_path / "hall"):
        pass
    assert (caught.value.state, caught.value.code) == (DeviceState.UNSUPPORTED, "DEV-331")
    assert ".ci/packages" in caught.value.advice


def test_where_its_server_does_not_come_up_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("printing.virtual_files.START", "exit 1")
    with pytest.raises(DeviceError, match="DEV-331"), VirtualQueue(tmp_path / "hall"):
        pass
    monkeypatch.setattr("printing.virtual_files.START", "read -r nothing")
    monkeypatch.setattr("printing.virtual._PATIENCE", 0.1)
    with pytest.raises(DeviceError, match="DEV-331"), VirtualQueue(tmp_path / "hall"):
        pass
    assert not os.path.ismount("/run/hall")
