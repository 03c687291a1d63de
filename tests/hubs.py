"""A hub of its own process on loopback, to be killed and started again: for every test that needs the other end."""

import signal
import socket
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn

from sync.hub.app import create_app
from sync.hub.cases import list_cases
from sync.hub.limits import Limits
from tests.hub_nursery import Born

SERVE = """
import sys
import threading
import time
from pathlib import Path
import structlog
from sync.hub.relay import Upstream
from sync.hub.serve import serve
structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))  # standard output says the URL alone
host, port, url, files, token, *above = sys.argv[1:]
upstream = Upstream(above[0]) if above else None
serve(host, int(port), url, Path(files), token or None, lambda at: print(at, flush=True), upstream=upstream)
"""

WITHOUT_KEYS = (
    """
# The broken hub of the control arm: it forgets the ids of events, and what a case has been through.
from sync.hub import intake, judging, migrations, tables
key = next(c for c in tables.events.constraints if type(c).__name__ == "UniqueConstraint")
tables.events.constraints.remove(key)
migrations.upgrade = tables.metadata.create_all
intake._first_answers = lambda *_: {}
judging.Ledger._objection = lambda *_: None
"""
    + SERVE
)

KEYS_AFTER_THE_EFFECT = (
    """
# The broken hub of the control arm of R6: an event takes effect in one commit, that it is known in a later one.
import time
from sqlalchemy import Column, String, Table, insert, select
from sync.hub import intake, judging, migrations, tables
from sync.hub.problems import Kind, Rejection
key = next(c for c in tables.events.constraints if type(c).__name__ == "UniqueConstraint")
tables.events.constraints.remove(key)
known = Table("known_events", tables.metadata, Column("event_id", String, primary_key=True))
migrations.upgrade = tables.metadata.create_all
judging.Ledger._objection = lambda *_: None
first_answers, take_valid, answer_to = intake._first_answers, intake._take_valid, intake.answer_to
def among(connection, ids):
    return set(connection.scalars(select(known.c.event_id).where(known.c.event_id.in_(ids))))
def of_known(connection, valid):
    ids = among(connection, [event.id for event in valid])
    return {key: first for key, first in first_answers(connection, valid).items() if key[1] in ids}
def effect_first(store, valid, now, limits):
    results = take_valid(store, valid, now, limits)
    time.sleep(0.4)  # so that a kill falls in between
    with store.write() as connection:
        ids = {event.id for event in valid}
        new = [{"event_id": each} for each in ids - among(connection, ids)]
        if new:
            connection.execute(insert(known), new)
    return results
def answer_to_known(store, source, event_id):
    with store.read() as connection:
        if not among(connection, [event_id]):
            raise Rejection(Kind.UNKNOWN_EVENT)
    return answer_to(store, source, event_id)
intake._first_answers, intake._take_valid, intake.answer_to = of_known, effect_first, answer_to_known
"""
    + SERVE
)

FORGETFUL_NODE = (
    """
# The broken hall node of the control arm: what it has answered for and not passed on is gone when it dies.
from sqlalchemy import delete
from sync.hub.store import Store
from sync.hub.tables import relayed
begin = Store.pass_on_to
def forgetting(store, upstream):
    begin(store, upstream)
    with store.write() as connection:
        connection.execute(delete(relayed).where(relayed.c.state != "stored"))
Store.pass_on_to = forgetting
"""
    + SERVE
)


class HubProcess:
    """`with HubProcess(directory) as hub:` serves at `hub.url`; kill() is -9, restart() takes the same port."""

    def __init__(
        self, directory: Path, *, token: str = "", program: str = SERVE, store_url: str = "", upstream: str = ""
    ) -> None:
        self.files = directory / "hub-files"
        self.store_url = store_url or f"sqlite:///{directory / 'hub.db'}"
        self.url = ""
        self._token = token
        self._program = program
        self._upstream = [upstream] if upstream else []
        self._port = 0
        self._process: Born | None = None

    def start(self) -> None:
        arguments = ["127.0.0.1", str(self._port), self.store_url, str(self.files), self._token, *self._upstream]
        self._process = Born(self._program, arguments)
        self.url = self._process.stdout.readline().strip()
        assert self.url, "the hub did not come up"
        self._port = int(self.url.rpartition(":")[2])

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """End it politely; returns its exit status."""
        return self._end(signal.SIGTERM)

    def restart(self) -> None:
        self.kill()
        self.start()

    def cases(self) -> list[dict[str, object]]:
        return list_cases(self.store_url)

    def _end(self, number: signal.Signals) -> int:
        if self._process is None:
            return 0
        self._process.send_signal(number)
        status = self._process.wait(20)
        self._process.stdout.close()
        self._process = None
        return status

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()


class LocalHub:
    """A hub on a thread of this very process, for what a test wants to see inside. Closed by `with`."""

    def __init__(
        self,
        directory: Path,
        *,
        token: str | None = None,
        limits: Limits | None = None,
        enrolled_only: bool = False,
        store_url: str | None = None,
    ) -> None:
        self.files = directory / "hub-files"
        self.store_url = store_url or f"sqlite:///{directory / 'hub.db'}"
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.app = create_app(self.store_url, self.files, token, limits or Limits(), enrolled_only=enrolled_only)
        self._server = uvicorn.Server(uvicorn.Config(self.app, log_config=None, timeout_graceful_shutdown=1))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._listener]})

    def cases(self) -> list[dict[str, object]]:
        return list_cases(self.store_url)

    def __enter__(self) -> Self:
        self._thread.start()
        while not self._server.started:  # its store is made by then, for whoever looks into it beside
            assert self._thread.is_alive(), "the hub did not start"
            time.sleep(0.002)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.app.state.stopping = True  # whoever waits at the feed is answered, as by the program itself
        self._server.should_exit = True
        self._thread.join()
        self._listener.close()
