"""The figures docs/scale.md reckons with: `python -m tests.bench.scale` prints them. Not part of `make bench`.

One case here is three events, 4 KiB of data together, and twelve pages; hubs, PostgreSQL and the sender share this
machine, so that each figure is a lower bound for a machine that has only one of them to bear.
"""

import hashlib
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import requests

from sync.protocol import BATCH_TYPE, encode_batch
from tests.hub.tus import STREAM, creation
from tests.hubs import HubProcess
from tests.postgres import Postgres, postgres
from tests.sync.sample import Window, number

BATCHES, CASES_A_BATCH = 24, 60
EVENT_BYTES = 1_000  # of padding: with its own words an event comes to some 1.4 KiB
PAGES, PAGE_BYTES = 150, 200_000
POLLS = 600
SENDERS = 4
MANY = 50_000
MANY_PAGES = f"""
WITH made AS (INSERT INTO files
    SELECT encode(sha256(i::text::bytea), 'hex'), 200000, now()::text FROM generate_series(1, {MANY}) AS i
    RETURNING sha256)
INSERT INTO case_files SELECT (SELECT min(number) FROM cases), sha256 FROM made
""".encode()


def batches(label: str) -> list[bytes]:
    made = []
    for nth in range(BATCHES):
        window = Window(f"urn:yichuang:window:{label}:{nth}")
        events = []
        for serial in range(CASES_A_BATCH):
            case = f"{label}{number(nth * CASES_A_BATCH + serial)}"
            events += [
                window.event(case, "received", size=EVENT_BYTES),
                window.event(case, "accepted", size=EVENT_BYTES),
                window.event(case, kind="paper.issued", size=EVENT_BYTES),
            ]
        made.append(encode_batch(events))
    return made


def spread(work: Sequence[Callable[[requests.Session], None]]) -> float:
    """Seconds until all is done, by some senders at once."""
    todo = list(work)

    def send() -> None:
        with requests.Session() as session:
            session.trust_env = False
            while todo:
                todo.pop()(session)

    threads = [threading.Thread(target=send) for _ in range(SENDERS)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - begun


def _post(url: str, body: bytes) -> Callable[[requests.Session], None]:
    def send(session: requests.Session) -> None:
        answer = session.post(f"{url}/v1/events", data=body, headers={"Content-Type": BATCH_TYPE}, timeout=60)
        assert {result["verdict"] for result in answer.json()["results"]} == {"accepted"}

    return send


def _upload(url: str, content: bytes) -> Callable[[requests.Session], None]:
    def send(session: requests.Session) -> None:
        answer = session.post(f"{url}/v1/files", data=content, headers=creation(content) | STREAM, timeout=60)
        assert answer.status_code == 201

    return send


def _poll(url: str) -> Callable[[requests.Session], None]:
    return lambda session: session.get(f"{url}/v1/changes", timeout=60).raise_for_status()


def measure(folder: Path, hubs: int, store_url: str, label: str) -> None:
    with ExitStack() as stack:
        urls = [stack.enter_context(HubProcess(folder, store_url=store_url)).url for _ in range(hubs)]

        def at(nth: int) -> str:
            return urls[nth % hubs]

        cases = BATCHES * CASES_A_BATCH
        seconds = spread([_post(at(nth), body) for nth, body in enumerate(batches(label))])
        print(f"{label}, {hubs} hub(s): {cases / seconds:8.0f} cases/s, {3 * cases / seconds:8.0f} events/s")
        pages = [hashlib.sha256(f"{label}{nth}".encode()).digest() * (PAGE_BYTES // 32) for nth in range(PAGES)]
        seconds = spread([_upload(at(nth), page) for nth, page in enumerate(pages)])
        print(f"{label}, {hubs} hub(s): {PAGES / seconds:8.0f} pages/s of {PAGE_BYTES // 1000} kB, fsynced")
        seconds = spread([_poll(at(nth)) for nth in range(POLLS)])
        print(f"{label}, {hubs} hub(s): {POLLS / seconds:8.0f} empty polls of the feed/s")


def sizes(server: Postgres, schema: str) -> None:
    """Bytes in PostgreSQL, tables with their indexes: of a case without its pages, and of a page's two rows."""
    cases = BATCHES * CASES_A_BATCH
    with server.connect() as connection:
        connection.execute(f"SET search_path = {schema}".encode())

        def size(table: str) -> int:
            row = connection.execute("SELECT pg_total_relation_size(%s::regclass)", (table,)).fetchone()
            return int(row[0]) if row else 0

        print("bytes a case:", {table: size(table) // cases for table in ("events", "cases")})
        before = {table: size(table) for table in ("files", "case_files")}
        connection.execute(MANY_PAGES)
        print("bytes a page:", {table: (size(table) - old) // MANY for table, old in before.items()})


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, postgres() as server:
        measure(Path(folder), 1, f"sqlite:///{folder}/hub.db", "L")
        for hubs in (1, 2):
            url = server.store()
            measure(Path(folder), hubs, url, f"P{hubs}")
            sizes(server, url.partition("//")[2].partition("@")[0])


if __name__ == "__main__":
    main()
