"""A real PostgreSQL of the tests' own: started in a temporary folder, reached by its socket there, gone afterwards."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TypedDict

import psycopg

OWNER = "postgres"  # the account Debian's package makes; a server refuses to run as root
_START_SECONDS = 30.0


class Account(TypedDict, total=False):
    """What `subprocess` wants to know to run a program as another account."""

    user: int
    group: int
    extra_groups: list[int]


class Postgres:
    """One server with its default durability; `store()` makes an empty store and gives its URL.

    Each has an account and a schema of its own, which is found by that account's name: a database would take a second.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._account = _account()
        self._serials = count(1)
        self._server: subprocess.Popen[bytes] | None = None

    def make(self) -> None:
        if self._account:
            os.chown(self._folder, self._account["user"], self._account["group"])
        making = [_program("initdb"), "-D", str(self._data), "-U", "hub", "--auth=trust", "--no-locale"]
        command = [*making, "--encoding=UTF8"]
        subprocess.run(command, cwd=self._folder, check=True, capture_output=True, **self._account)

    def start(self) -> None:
        """Returns when it answers."""
        settings = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={self._folder}"]
        command = [_program("postgres"), "-D", str(self._data), *settings]
        with (self._folder / "log").open("a") as log:
            self._server = subprocess.Popen(command, cwd=self._folder, stdout=log, stderr=log, **self._account)
        until = time.monotonic() + _START_SECONDS
        while True:
            try:
                self.connect().close()
            except psycopg.OperationalError:
                assert time.monotonic() < until, (self._folder / "log").read_text()
                time.sleep(0.05)
            else:
                return

    def stop(self) -> None:
        """At once, as if the power went: what was committed is there at the next start."""
        if self._server is not None:
            self._server.send_signal(signal.SIGQUIT)
            self._server.wait(20)
            self._server = None

    def store(self) -> str:
        name = f"hub{next(self._serials)}"
        with self.connect() as connection:
            connection.execute(f"CREATE ROLE {name} LOGIN; CREATE SCHEMA {name} AUTHORIZATION {name}".encode())
        return f"postgresql://{name}@/postgres?host={self._folder}"

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self._folder), user="hub", dbname="postgres", autocommit=True)

    @property
    def _data(self) -> Path:
        return self._folder / "data"


@contextmanager
def postgres() -> Iterator[Postgres]:
    folder = Path(tempfile.mkdtemp(prefix="yichuang-pg-"))  # a short path: a socket's may have 107 bytes
    server = Postgres(folder)
    try:
        server.make()
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def _account() -> Account:
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(OWNER)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _program(name: str) -> str:
    """The newest of the installed ones; Debian keeps them out of PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = debian[-1] if debian else shutil.which(name)
    assert found, "PostgreSQL is not installed: .ci/setup packages test"
    return str(found)
