"""The hub as a program: its door, its manners, its contract."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
import requests
import sqlcipher3.dbapi2 as driver
from sqlalchemy.exc import OperationalError

from client.errors import PlatformError
from sync.faults import HUB_STORE, HUB_WITHOUT_TOKEN, NO_HUB_STORE
from sync.hub.app import contract
from sync.hub.cases import list_cases, move_case
from sync.hub.serve import _listen, serve
from sync.hub.store import Store
from tests.bounded import bounded
from tests.hub.tus import STREAM, creation
from tests.hubs import HubProcess, LocalHub

CONTRACT = Path(__file__).parents[2] / "resources" / "openapi" / "hub.json"


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LocalHub]:
    with LocalHub(tmp_path) as made:
        yield made


def test_the_contract_that_is_kept_is_the_one_that_is_served() -> None:
    kept = json.loads(CONTRACT.read_text(encoding="utf-8"))
    assert kept == contract(), f"the routes have changed: write sync.hub.app.contract() to {CONTRACT.name} again"
    assert kept["openapi"].startswith("3.1")
    assert {"CloudEvent", "Problem", "Results"} <= kept["components"]["schemas"].keys()


def test_every_reference_in_the_contract_leads_somewhere() -> None:
    text = CONTRACT.read_text(encoding="utf-8")
    kept = json.loads(text)
    found = {part.split('"')[1] for part in text.split('"$ref":')[1:]}
    assert found == {f"#/components/schemas/{name}" for name in kept["components"]["schemas"]} & found


def test_it_answers_and_ends_politely(tmp_path: Path) -> None:
    with HubProcess(tmp_path) as hub:
        assert requests.get(f"{hub.url}/v1/health", timeout=5).json() == {"status": "ok"}
        port = hub.url
        assert hub.stop() == 0
        hub.start()
        assert hub.url == port


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_its_answers_do_not_wait_for_acknowledgements(host: str) -> None:
    """Only of sockets that say they are TCP does asyncio switch Nagle's algorithm off: it cost 40 ms an answer."""
    with _listen(host, 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "hub.example"])
def test_it_does_not_stand_open_to_the_hall_without_a_token(host: str, tmp_path: Path) -> None:
    with pytest.raises(PlatformError) as caught:
        serve(host, 0, f"sqlite:///{tmp_path / 'hub.db'}", tmp_path)
    assert caught.value.fault is HUB_WITHOUT_TOKEN
    assert not (tmp_path / "hub.db").exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "::1"])
def test_it_listens_where_it_is_told(host: str, tmp_path: Path) -> None:
    program = "import sys, tests.hubs as h; exec(h.SERVE)"
    arguments = [host, "0", f"sqlite:///{tmp_path / 'hub.db'}", str(tmp_path), "sample-7"]
    command = [sys.executable, "-c", program, *arguments]
    with bounded(subprocess.Popen(command, stdout=subprocess.PIPE, text=True)) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip().replace("0.0.0.0", "127.0.0.1")
        assert requests.get(f"{url}/v1/health", timeout=5).status_code == 401
        signed = {"Authorization": "Bearer sample-7"}
        assert requests.get(f"{url}/v1/health", headers=signed, timeout=5).status_code == 200
        process.terminate()
        assert process.wait(10) == 0


def test_a_taken_port_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        serve("127.0.0.1", taken.getsockname()[1], f"sqlite:///{tmp_path / 'hub.db'}", tmp_path)


@pytest.mark.parametrize(
    "url", ["nonsense", "sqlite:////no/such/folder/hub.db", "nosuchbase://hub", "sqlite:///{}/text"]
)
def test_a_store_that_cannot_be_opened_is_said_before_the_door_is(url: str, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database " * 100)
    with pytest.raises(PlatformError) as caught:
        serve("127.0.0.1", 0, url.format(tmp_path), tmp_path)
    assert caught.value.fault is HUB_STORE
    assert (tmp_path / "text").read_text().startswith("no database")


def test_what_the_hub_keeps_is_its_owners_alone(tmp_path: Path) -> None:
    page = b"page"
    with HubProcess(tmp_path) as hub:
        headers = creation(page) | STREAM
        assert requests.post(f"{hub.url}/v1/files", data=page, headers=headers, timeout=5).status_code == 201
        kept = [tmp_path / "hub.db", tmp_path / "hub.db-wal", hub.files, *hub.files.rglob("*")]
        assert {path: path.stat().st_mode & 0o077 for path in kept} == dict.fromkeys(kept, 0)


def test_a_store_that_stood_open_is_closed_to_others(tmp_path: Path) -> None:
    store = tmp_path / "hub.db"
    store.touch(0o644)
    opened = Store(f"sqlite:///{store}")
    opened.prepare()
    opened.close()
    assert store.stat().st_mode & 0o777 == 0o600


def test_a_store_somebody_elses_rights_close_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path, _mode: int) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)
    with pytest.raises(PlatformError) as caught:
        Store(f"sqlite:///{tmp_path / 'hub.db'}").prepare()
    assert caught.value.fault is HUB_STORE


def test_serving_leaves_the_process_as_it_was(tmp_path: Path) -> None:
    before = os.umask(0o022)
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        serve("127.0.0.1", taken.getsockname()[1], f"sqlite:///{tmp_path / 'hub.db'}", tmp_path / "files")
    assert os.umask(before) == 0o022


@pytest.mark.parametrize("ask", [list_cases, lambda url: move_case(url, "1", "review")], ids=["hub cases", "hub move"])
def test_a_store_no_hub_was_served_from_is_not_found_and_not_made(ask: Callable[[str], object], tmp_path: Path) -> None:
    for place in (tmp_path / "hub.db", tmp_path / "no" / "hub.db"):
        with pytest.raises(PlatformError) as caught:
            ask(f"sqlite:///{place}")
        assert caught.value.fault is NO_HUB_STORE
        assert str(place) in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_something_else_is_no_hubs(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    (tmp_path / "text.db").write_text("no database " * 100)
    for name, fault in (("empty.db", NO_HUB_STORE), ("text.db", HUB_STORE)):
        with pytest.raises(PlatformError) as caught:
            list_cases(f"sqlite:///{tmp_path / name}")
        assert caught.value.fault is fault
    with pytest.raises(PlatformError) as caught:
        list_cases("sqlite://")
    assert caught.value.fault is NO_HUB_STORE


def test_every_call_owes_the_token(tmp_path: Path) -> None:
    calls = [
        ("POST", "/v1/events"),
        ("GET", "/v1/events/1?source=s"),
        ("GET", "/v1/changes"),
        ("GET", "/v1/health"),
        ("OPTIONS", "/v1/files"),
        ("POST", "/v1/files"),
        ("POST", "/v1/files/missing"),
    ]
    strangers: list[dict[str, str]] = [{}, {"Authorization": "Bearer sample-8"}, {"Authorization": "Basic eDp5"}]
    with LocalHub(tmp_path, token="sample-7") as hub, requests.Session() as session:
        for (method, path), headers in product(calls, strangers):
            answer = session.request(method, hub.url + path, headers=headers, auth=lambda r: r, timeout=5)
            assert (answer.status_code, method, path) == (401, method, path)
            assert answer.headers["Content-Type"] == "application/problem+json"


def test_everything_that_is_wrong_is_a_problem_document(hub: LocalHub) -> None:
    wrong = [
        ("GET", "/", 404, "not-found"),
        ("DELETE", "/v1/events", 405, "method-not-allowed"),
        ("GET", "/v1/events/1", 422, "invalid-request"),
        ("GET", "/v1/events/1?source=s", 404, "unknown-event"),
        ("GET", "/v1/changes?wait=soon", 422, "invalid-request"),
        ("GET", "/v1/changes?wait=3600", 422, "invalid-request"),
        ("GET", "/v1/changes?cursor=x", 400, "cursor-invalid"),
    ]
    for method, path, status, code in wrong:
        answer = requests.request(method, hub.url + path, timeout=5)
        assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json"), path
        problem = answer.json()
        assert (problem["status"], problem["code"]) == (status, code)
        assert problem["type"] == f"urn:yichuang:problem:{code}"


@pytest.mark.expected_warnings("hub store refused")
def test_a_store_held_by_another_process_is_busy_not_broken(hub: LocalHub, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(_self: Store) -> None:
        raise OperationalError("", {}, driver.OperationalError("database is locked"))

    requests.get(f"{hub.url}/v1/health", timeout=5)
    monkeypatch.setattr(Store, "read", locked)
    answer = requests.get(f"{hub.url}/v1/health", timeout=5)
    assert (answer.status_code, answer.json()["code"], answer.headers["Retry-After"]) == (503, "store-busy", "1")


@pytest.mark.expected_warnings("hub failed", "Exception in ASGI application")
def test_a_bug_is_answered_without_its_details(hub: LocalHub, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_self: Store) -> None:
        raise ZeroDivisionError("张三")

    requests.get(f"{hub.url}/v1/health", timeout=5)
    monkeypatch.setattr(Store, "read", broken)
    answer = requests.get(f"{hub.url}/v1/health", timeout=5)
    assert (answer.status_code, answer.json()["code"]) == (500, "failed")
    assert "张三" not in answer.text
