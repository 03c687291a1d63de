"""A pcscd with two virtual readers, all its own: for tests of seal keys.

It runs where nobody else's readers are: its folder /run/pcscd and its network are private. The socket of the service is
found by `PCSCLITE_CSOCK_NAME`; lines to the readers are made in that network and handed over.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from devices.keys.pcsc.service import Service, ServiceError
from devices.keys.virtual_card.card import VirtualCard
from devices.keys.virtual_card.line import PORT, Inserted

PATIENCE: Final = 10.0  # seconds
READERS: Final = ("Virtual PCD 00 00", "Virtual PCD 00 01")
_AS_ROOT = ("unshare", "-mn")
_AS_USER = ("unshare", "--map-root-user", "-mn")
_INSIDE = 'ip link set lo up; mkdir -p /run/pcscd; mount --bind "$1" /run/pcscd; exec "$2" -c "$3" "$1"'
_DOOR = """
import os, socket, subprocess, sys
folder = sys.argv[1]
told = subprocess.run(["pcscd", "--help"], capture_output=True, text=True).stdout
newer = ["--disable-polkit"] if "--disable-polkit" in told else []
door = socket.socket(socket.AF_UNIX)
door.bind(folder + "/door")
door.listen()
while True:
    guest, _ = door.accept()
    with guest:
        asked = guest.recv(4096).decode()
        if asked == "pcscd":
            log = open(folder + "/log", "ab")
            service = subprocess.Popen(["pcscd", "--foreground", *newer], stdout=log, stderr=log)
            guest.sendall(str(service.pid).encode())
            continue
        try:
            with socket.create_connection(("127.0.0.1", int(asked))) as line:
                socket.send_fds(guest, [b"+"], [line.fileno()])
        except OSError:
            guest.sendall(b"-")
"""


class Pcscd:
    """The service, and what is in its readers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "pcscd.comm"
        self._inserted: list[Inserted] = []
        prefix = _AS_ROOT if os.geteuid() == 0 else _AS_USER
        inside = ("sh", "-c", _INSIDE, "sh", str(folder), sys.executable, _DOOR)
        self._room = subprocess.Popen((*prefix, *inside))
        self._service = 0
        until((folder / "door").exists)
        self.start()

    def start(self) -> None:
        self._service = int(self._asked("pcscd"))
        until(self.socket.exists)
        until(self._has_readers)

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """The service alone; its readers lose their cards."""
        os.kill(self._service, how)
        if how is not signal.SIGSTOP and how is not signal.SIGCONT:
            until(lambda: Path(f"/proc/{self._service}/stat").read_text().split()[2] == "Z")
            self.socket.unlink(missing_ok=True)
            (self.folder / "pcscd.pid").unlink(missing_ok=True)

    def insert(self, card: VirtualCard, reader: int = 0) -> Inserted:
        """Into one of the two readers; it is pulled at the end of the test."""
        until(lambda: not self._holds_card(reader))
        ends = time.monotonic() + PATIENCE
        while (line := self._line(reader)) is None:
            assert time.monotonic() < ends, "no reader"
            time.sleep(0.01)
        made = Inserted(card, line)
        self._inserted.append(made)
        return made

    def empty(self) -> None:
        for each in self._inserted:
            each.pull()
        self._inserted.clear()

    def close(self) -> None:
        self.empty()
        with suppress(ProcessLookupError):
            os.kill(self._service, signal.SIGKILL)
        self._room.kill()
        self._room.wait()

    def _holds_card(self, reader: int) -> bool:
        """A card that comes while PC/SC has not seen the one before go is taken for that one."""
        try:
            service = Service()
        except ServiceError:
            return True
        with closing(service):
            return any(each.has_card for each in service.cards() if each.name == READERS[reader])

    def _has_readers(self) -> bool:
        line = self._line(0)
        if line is not None:
            line.close()
        return line is not None

    def _line(self, reader: int) -> socket.socket | None:
        with socket.socket(socket.AF_UNIX) as guest:
            guest.connect(str(self.folder / "door"))
            guest.sendall(str(PORT + reader).encode())
            _, found, _, _ = socket.recv_fds(guest, 1, 1)
        return socket.socket(fileno=found[0]) if found else None

    def _asked(self, words: str) -> bytes:
        with socket.socket(socket.AF_UNIX) as guest:
            guest.connect(str(self.folder / "door"))
            guest.sendall(words.encode())
            return guest.recv(64)


def until(is_so: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < ends, "waited in vain"
        time.sleep(0.01)
