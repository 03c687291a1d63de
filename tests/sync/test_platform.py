"""The platform over HTTP: what came back is the platform's whole answer, or an error that says how sure we are."""

import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from client.errors import PlatformError
from client.ports.platform import Verdict
from sync import transport
from sync.faults import ANSWER_LOST, NOT_A_PLATFORM, SIGNED_OUT, UNREACHABLE, Busy, FileFailed, Refused, Unsure
from sync.hub.cases import move_case
from sync.platform import HttpPlatform
from tests.hubs import LocalHub
from tests.sync.canned import CannedServer
from tests.sync.proxy import FaultProxy, Trick
from tests.sync.sample import Window, number, sha256


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LocalHub]:
    with LocalHub(tmp_path) as made:
        yield made


@pytest.fixture
def platform(hub: LocalHub) -> Iterator[HttpPlatform]:
    made = HttpPlatform(hub.url)
    yield made
    made.close()


@pytest.fixture
def proxy(hub: LocalHub) -> Iterator[FaultProxy]:
    with FaultProxy(hub.url) as made:
        yield made


@pytest.fixture
def behind(proxy: FaultProxy) -> Iterator[HttpPlatform]:
    made = HttpPlatform(proxy.url)
    yield made
    made.close()


def test_a_batch_is_answered_event_by_event(platform: HttpPlatform) -> None:
    window = Window()
    good, wrong = window.event(number(1)), window.event(number(2), kind="visit.opened")
    answers = {answer.event_id: answer for answer in platform.send([good, wrong])}
    assert answers[good.event_id].verdict is Verdict.ACCEPTED
    assert answers[good.event_id].ack
    assert answers[wrong.event_id].verdict is Verdict.REFUSED
    assert answers[wrong.event_id].code == "unknown-type"
    assert answers[wrong.event_id].reason == "不认识的事件类型"
    (again,) = platform.send([good])
    assert (again.verdict, again.ack) == (Verdict.DUPLICATE, answers[good.event_id].ack)


def test_what_became_of_an_event_can_be_asked(platform: HttpPlatform) -> None:
    event = Window().event(number(1))
    assert platform.settle(event.source, event.event_id) is None
    (sent,) = platform.send([event])
    assert platform.settle(event.source, event.event_id) == sent


def test_only_what_the_platform_lacks_is_named(platform: HttpPlatform) -> None:
    held, lacking = b"held", b"lacking"
    platform.upload(sha256(held), held)
    assert platform.missing([sha256(lacking), sha256(held)]) == [sha256(lacking)]
    many = [sha256(str(i).encode()) for i in range(1500)]
    assert platform.missing(many) == many


def test_changes_come_down_in_order_and_a_foreign_cursor_starts_again(hub: LocalHub, platform: HttpPlatform) -> None:
    platform.send(Window().cases(2))
    move_case(hub.store_url, number(0), "review", by="示例部门")
    first = platform.changes("")
    move_case(hub.store_url, number(1), "review", reason="示例")
    second = platform.changes(first.cursor)
    assert [(c.kind, c.subject) for c in (*first.changes, *second.changes)] == [
        ("case.state", number(0)),
        ("case.state", number(1)),
    ]
    assert second.changes[0].data == {"state": "review", "reason": "示例", "by": None}
    assert len(platform.changes("0" * 32 + "-7").changes) == 2
    assert platform.changes(second.cursor).changes == ()
    with pytest.raises(Refused):
        platform.changes("nonsense")


def test_the_clocks_are_compared_by_every_answer(hub: LocalHub) -> None:
    fast = HttpPlatform(hub.url, clock=lambda: datetime.now(UTC) + timedelta(minutes=5))
    assert fast.drift is None
    fast.changes("")
    assert fast.drift is not None
    assert timedelta(minutes=4, seconds=55) < fast.drift < timedelta(minutes=5, seconds=5)
    fast.close()


def test_a_lost_answer_is_unsure_never_a_failure_nor_a_success(proxy: FaultProxy, behind: HttpPlatform) -> None:
    lost = (
        Trick.RESET_BEFORE,
        Trick.CUT_REQUEST,
        Trick.RESET_AFTER,
        Trick.LOST_ANSWER,
        Trick.CUT_ANSWER,
        Trick.FAILED_AFTER,
    )
    for trick in lost:
        proxy.only(trick)
        with pytest.raises(Unsure) as caught:
            behind.send(Window().cases(1))
        assert caught.value.fault is ANSWER_LOST, trick


def test_what_is_not_in_the_platforms_words_is_neither_success_nor_refusal(
    proxy: FaultProxy, behind: HttpPlatform
) -> None:
    for trick in (Trick.PORTAL, Trick.CONFLICT, Trick.UNPROCESSABLE):
        proxy.only(trick)
        with pytest.raises(Unsure) as caught:
            behind.send(Window().cases(1))
        assert caught.value.fault is NOT_A_PLATFORM, trick


def test_too_large_is_final_whoever_says_it(proxy: FaultProxy, behind: HttpPlatform) -> None:
    proxy.only(Trick.TOO_LARGE_PAGE)
    with pytest.raises(Refused):
        behind.send(Window().cases(1))


def test_a_busy_platform_names_its_time(proxy: FaultProxy, behind: HttpPlatform) -> None:
    for trick in (Trick.UNAVAILABLE, Trick.TOO_MANY):
        proxy.only(trick)
        with pytest.raises(Busy) as caught:
            behind.send(Window().cases(1))
        assert caught.value.retry_after == 1.0


def test_redirects_are_refused(proxy: FaultProxy, behind: HttpPlatform) -> None:
    proxy.only(Trick.REDIRECT)
    with pytest.raises(PlatformError) as caught:
        behind.send(Window().cases(1))
    assert caught.value.fault is NOT_A_PLATFORM
    assert not isinstance(caught.value, Unsure)


def test_a_missing_page_is_not_an_event_the_platform_never_saw() -> None:
    with CannedServer("404 Not Found", "text/html", b"<html>") as server:
        platform = HttpPlatform(server.url)
        with pytest.raises(PlatformError) as caught:
            platform.settle("urn:x", "1")
        assert caught.value.fault is NOT_A_PLATFORM
        platform.close()


def test_a_refused_connection_means_nothing_was_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(PlatformError) as caught:
        HttpPlatform(f"http://127.0.0.1:{port}").send(Window().cases(1))
    assert caught.value.fault is UNREACHABLE
    assert f"127.0.0.1:{port}" in caught.value.title
    assert not isinstance(caught.value, Unsure)


@pytest.mark.parametrize("address", ["https://platform.invalid", "nonsense", "https://"])
def test_an_address_that_leads_nowhere_is_unreachable(address: str) -> None:
    with pytest.raises(PlatformError) as caught:
        HttpPlatform(address).changes("")
    assert caught.value.fault is UNREACHABLE


def test_the_token_opens_the_door_and_a_wrong_one_signs_us_out(tmp_path: Path) -> None:
    with LocalHub(tmp_path, token="示例-7") as hub:
        for token in (None, "wrong"):
            platform = HttpPlatform(hub.url, token=token)
            with pytest.raises(PlatformError) as caught:
                platform.changes("")
            assert caught.value.fault is SIGNED_OUT
            platform.close()


def test_with_its_token_the_window_may_do_everything(tmp_path: Path) -> None:
    with LocalHub(tmp_path, token="sample-7") as hub:
        platform = HttpPlatform(hub.url, token="sample-7")
        platform.upload(sha256(b"page"), b"page")
        (answer,) = platform.send([Window().event(number(1), files=[b"page"])])
        assert answer.verdict is Verdict.ACCEPTED
        assert platform.changes("").changes == ()
        platform.close()


@pytest.mark.parametrize(
    ("status", "media_type", "body"),
    [
        ("200 OK", "application/json", b'{"results": [{"id": "1", "verd'),
        ("200 OK", "text/html", b'{"results": []}'),
        ("200 OK", "application/json", b"null"),
        ("204 No Content", "application/json", b""),
        ("201 Created", "application/json", b'{"results": []}'),
        ("400 Bad Request", "application/problem+json", b"{}"),
        ("418 I'm a teapot", "text/plain", b""),
    ],
)
def test_half_an_answer_or_a_wrong_one_is_never_success(status: str, media_type: str, body: bytes) -> None:
    with CannedServer(status, media_type, body) as server:
        platform = HttpPlatform(server.url)
        with pytest.raises(Unsure):
            platform.send(Window().cases(1))
        platform.close()


def test_a_problem_that_cannot_be_read_does_not_settle_an_event() -> None:
    with CannedServer("404 Not Found", "application/problem+json", b'{"code": ') as server:
        platform = HttpPlatform(server.url)
        with pytest.raises(PlatformError):
            platform.settle("urn:x", "1")
        platform.close()


def test_an_answer_without_end_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "LARGEST_ANSWER", 1 << 16)
    with CannedServer("200 OK", "application/json", b" " * (1 << 20)) as server:
        platform = HttpPlatform(server.url)
        with pytest.raises(Unsure) as caught:
            platform.send(Window().cases(1))
        platform.close()
    assert caught.value.fault is ANSWER_LOST  # read to its end it would be none of a platform's


def test_an_answer_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "ANSWER_TIMEOUT", 0.3)
    with CannedServer("200 OK", "application/json", b" " * 100, drip=0.05) as server:
        platform, began = HttpPlatform(server.url), time.monotonic()
        with pytest.raises(Unsure):
            platform.send(Window().cases(1))
        platform.close()
        assert time.monotonic() - began < 2.0  # all of it would take five seconds


def test_a_platform_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "READ_TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        platform = HttpPlatform(f"http://127.0.0.1:{deaf.getsockname()[1]}")
        with pytest.raises(Unsure):
            platform.send(Window().cases(1))
        platform.close()


def test_a_file_the_platform_refuses_is_that_files_failure_alone() -> None:
    refusal = b'{"type":"urn:x","title":"no","status":422,"code":"no"}'
    with CannedServer("422 Unprocessable", "application/problem+json", refusal, options="204 No Content") as server:
        platform = HttpPlatform(server.url)
        with pytest.raises(FileFailed):
            platform.upload(sha256(b"page"), b"page")
        platform.close()
