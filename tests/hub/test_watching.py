"""The hub as its keepers see it: alive, ready, counted, and its log without anybody in it."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from sync.protocol import BATCH_TYPE, encode_batch
from tests.bounded import bounded
from tests.hub.tus import STREAM, creation
from tests.hubs import HubProcess, LocalHub
from tests.postgres import postgres
from tests.sync.sample import Window, number


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LocalHub]:
    with LocalHub(tmp_path) as made:
        yield made


def send(url: str, body: bytes) -> None:
    requests.post(f"{url}/v1/events", data=body, headers={"Content-Type": BATCH_TYPE}, timeout=5)


def served(folder: Path) -> list[str]:
    """The command that serves a hub from `folder`."""
    command = [sys.executable, "-m", "yichuang", "hub", "serve", "--listen", "127.0.0.1:0", "--json"]
    return [*command, "--store", f"sqlite:///{folder / 'hub.db'}", "--files", str(folder / "files")]


def counted(url: str) -> dict[tuple[str, ...], float]:
    """Every sample by its name and the values of its labels, whose names stand in alphabetical order."""
    text = requests.get(f"{url}/metrics", timeout=5).text
    samples = (sample for family in text_string_to_metric_families(text) for sample in family.samples)
    return {(sample.name, *sample.labels.values()): sample.value for sample in samples}


def test_a_node_whose_way_up_is_shut_tells_whoever_watches_it(tmp_path: Path) -> None:
    """Its windows have their receipts and see nothing amiss."""
    with HubProcess(tmp_path, upstream="http://127.0.0.1:9") as node:
        first, second = Window().cases(2)
        send(node.url, encode_batch([replace(first, time=datetime.now(UTC) - timedelta(hours=1)), second]))
        end = time.monotonic() + 20
        while not (found := counted(node.url))["hub_upstream_trouble",]:
            assert time.monotonic() < end
            time.sleep(0.1)
    assert found["hub_upstream_events", "waiting"] == 2
    assert found["hub_upstream_events", "refused"] == 0
    assert 3600 <= found["hub_upstream_oldest_seconds",] < 3700


def test_what_it_does_is_counted_by_route_and_verdict(hub: LocalHub) -> None:
    window = Window()
    event, wrong = window.event(number(1)), window.event(number(2), kind="visit.opened")
    send(hub.url, encode_batch([event, wrong]))
    send(hub.url, encode_batch([event]))
    requests.get(f"{hub.url}/v1/events/{event.event_id}?source=s", timeout=5)
    requests.get(f"{hub.url}/somewhere/{number(1)}", timeout=5)
    requests.request("BREW", f"{hub.url}/healthz", timeout=5)
    found = counted(hub.url)
    assert found["hub_events_total", "", "accepted"] == 1
    assert found["hub_events_total", "", "duplicate"] == 1
    assert found["hub_events_total", "unknown-type", "refused"] == 1
    assert found["hub_requests_total", "POST", "/v1/events", "200"] == 2
    assert found["hub_requests_total", "GET", "/v1/events/{event_id}", "404"] == 1
    assert found["hub_requests_total", "GET", "other", "404"] == 1
    assert ("process_open_fds",) in found
    assert {name[1] for name in found if name[0] == "hub_requests_total"} == {"GET", "POST", "other"}
    assert number(1) not in "".join(map(str, found))


def test_probes_need_no_token_and_the_counters_do(tmp_path: Path) -> None:
    with LocalHub(tmp_path, token="sample-7") as hub:
        for path, status in (("/healthz", 200), ("/readyz", 200), ("/metrics", 401)):
            assert requests.get(hub.url + path, timeout=5).status_code == status


def test_it_is_not_ready_while_its_store_is_gone_and_ready_again_after(tmp_path: Path) -> None:
    with postgres() as server, HubProcess(tmp_path, store_url=server.store()) as hub:
        assert requests.get(f"{hub.url}/readyz", timeout=5).status_code == 200
        server.stop()
        answer = requests.get(f"{hub.url}/readyz", timeout=10)
        assert (answer.status_code, answer.json()["code"]) == (503, "store-busy")
        assert requests.get(f"{hub.url}/healthz", timeout=5).status_code == 200
        server.start()
        assert requests.get(f"{hub.url}/readyz", timeout=5).status_code == 200


def test_asked_to_stop_it_lets_the_waiting_windows_go(tmp_path: Path) -> None:
    with HubProcess(tmp_path) as hub:
        answers: list[requests.Response] = []
        url = f"{hub.url}/v1/changes?wait=25"
        waiting = threading.Thread(target=lambda: answers.append(requests.get(url, timeout=30)))
        waiting.start()
        time.sleep(0.5)
        begun = time.monotonic()
        assert hub.stop() == 0
        waiting.join()
        assert time.monotonic() - begun < 4
        assert [answer.status_code for answer in answers] == [200]


def test_the_log_has_a_line_a_request_and_nobody_in_it(tmp_path: Path) -> None:
    page = "张三的申请表".encode()
    log = tmp_path / "hub.log"
    command = [*served(tmp_path), "--log", str(log)]
    command += ["--keep-uploads", "1", "--day-events", "100", "--source-bytes", "100000"]
    with bounded(subprocess.Popen(command, stdout=subprocess.PIPE, text=True)) as process:
        assert process.stdout is not None
        url = json.loads(process.stdout.readline())["url"]
        requests.post(f"{url}/v1/files", data=page, headers=creation(page) | STREAM, timeout=5)
        send(url, encode_batch([Window().event(number(1), files=[page])]))
        requests.get(f"{url}/v1/events/{number(1)}?source=s", timeout=5)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [(line["event"], line["method"], line["route"], line["status"]) for line in lines] == [
        ("answered", "POST", "/v1/files", 201),
        ("answered", "POST", "/v1/events", 200),
        ("answered", "GET", "/v1/events/{event_id}", 404),
    ]
    assert all(set(line) == {"event", "level", "at", "method", "route", "status", "ms"} for line in lines)
    assert number(1) not in log.read_text(encoding="utf-8")


def test_without_a_log_no_line_is_made(tmp_path: Path) -> None:
    pipe = subprocess.PIPE
    with bounded(subprocess.Popen(served(tmp_path), stdout=pipe, stderr=pipe, text=True)) as process:
        assert process.stdout is not None
        url = json.loads(process.stdout.readline())["url"]
        assert requests.get(f"{url}/healthz", timeout=5).status_code == 200
        process.send_signal(signal.SIGTERM)
        assert process.communicate(timeout=10) == ("", "")
