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
        self._serials = count(1)

    def store(self) -> str:
        name = f"hub{next(self._serials)}"
        with self.connect() as connection:
            connection.execute(f"CREATE ROLE {name} LOGIN; CREATE SCHEMA {name} AUTHORIZATION {name}".encode())
        return f"postgresql://{name}@/postgres?host={self._folder}"

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self._folder), user="hub", dbname="postgres", autocommit=True)


@contextmanager
def postgres() -> Iterator[Postgres]:
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="yichuang-pg-"))  # a short path: a socket's may have 107 bytes
    try:
        if account:
            os.chown(folder, account["user"], account["group"])
        data = folder / "data"
        making = [_program("initdb"), "-D", str(data), "-U", "hub", "--auth=trust", "--no-locale", "--encoding=UTF8"]
        subprocess.run(making, cwd=folder, check=True, capture_output=True, **account)
        settings = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}"]
        command = [_program("postgres"), "-D", str(data), *settings]
        with (folder / "log").open("w") as log:
            server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, **account)
        try:
            yield _answering(Postgres(folder))
        finally:
            server.send_signal(signal.SIGQUIT)  # its immediate end: what it would still write out goes with the folder
            server.wait(20)
    finally:
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


def _answering(server: Postgres) -> Postgres:
    until = time.monotonic() + _START_SECONDS
    while True:
        try:
            server.connect().close()
        except psycopg.OperationalError:
            assert time.monotonic() < until, "PostgreSQL did not come up"
            time.sleep(0.05)
        else:
            return server
