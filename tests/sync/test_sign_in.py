"""An enrolled window at its platform: signed in by itself, stopped in words when nobody knows it, nothing lost."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from client.errors import PlatformError
from client.ports.identity import Credentials
from client.ports.platform import DrainReport
from sync.drain import drain
from sync.faults import NOT_A_PLATFORM, NOT_ENROLLED, SIGNED_OUT, UNREACHABLE, Stopped
from sync.hub.enrolment import make_token, revoke
from sync.hub.store import Store
from sync.hub.tables import access_tokens
from sync.loop import Loop
from sync.platform import HttpPlatform
from tests.hubs import LocalHub
from tests.sync.memory import TestInbox, TestOutbox
from tests.sync.sample import NOW, Window

WINDOW = "urn:yichuang:window:110101-01-07"


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LocalHub]:
    with LocalHub(tmp_path, enrolled_only=True) as made:
        HttpPlatform(made.url)._door.exchange("GET", "/healthz")
        yield made


def enrolled(hub: LocalHub) -> Credentials:
    token = make_token(hub.store_url, WINDOW, timedelta(hours=1), datetime.now(UTC))
    door = HttpPlatform(hub.url)
    try:
        return door.enrol(token, WINDOW)
    finally:
        door.close()


@pytest.fixture
def platform(hub: LocalHub) -> Iterator[HttpPlatform]:
    made = HttpPlatform(hub.url, credentials=enrolled(hub))
    yield made
    made.close()


def outbox(count: int = 3) -> TestOutbox:
    made = TestOutbox()
    made.put(Window(f"{WINDOW}:epoch-1").cases(count))
    return made


def forget_tokens(hub: LocalHub) -> None:
    store = Store(hub.store_url)
    with store.write() as connection:
        connection.execute(delete(access_tokens))
    store.close()


def test_an_enrolled_window_sends(hub: LocalHub, platform: HttpPlatform) -> None:
    assert drain(outbox(), TestInbox(), platform, lambda: NOW) == DrainReport(sent=3)
    assert len(hub.cases()) == 3


def test_a_token_that_is_good_no_more_is_renewed_without_a_word(hub: LocalHub, platform: HttpPlatform) -> None:
    platform.changes("")
    forget_tokens(hub)
    assert drain(outbox(), TestInbox(), platform, lambda: NOW) == DrainReport(sent=3)


def test_one_token_serves_until_shortly_before_its_end(platform: HttpPlatform, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr("sync.sign_in.monotonic", lambda: now)
    sign_in = platform._transport._bearer
    first = sign_in.token()
    now += 869
    assert sign_in.token() == first
    now += 2
    assert sign_in.token() != first


def test_a_revoked_window_keeps_everything_and_says_what_to_do(hub: LocalHub, platform: HttpPlatform) -> None:
    box = outbox()
    platform.changes("")
    assert revoke(hub.store_url, WINDOW, datetime.now(UTC))
    reports: list[DrainReport] = []
    loop = Loop(box, TestInbox(), platform, lambda: NOW, heard=reports.append)
    loop.step()
    assert loop.paused
    (report,) = reports
    assert (report.sent, report.waiting, report.refused, report.unknown) == (0, 3, 0, 0)
    assert report.outage == str(Stopped(SIGNED_OUT, status=401))
    assert "可以继续受理" in report.outage
    assert hub.cases() == []


def test_for_another_window_nothing_is_taken(hub: LocalHub, platform: HttpPlatform) -> None:
    box = TestOutbox()
    box.put(Window("urn:yichuang:window:110101-01-08:epoch-1").cases(1))
    report = drain(box, TestInbox(), platform, lambda: NOW)
    assert (report.sent, report.waiting) == (0, 1)
    assert report.outage == str(Stopped(SIGNED_OUT, status=403))
    assert hub.cases() == []


def test_a_token_that_is_used_enrols_nobody(hub: LocalHub) -> None:
    token = make_token(hub.store_url, WINDOW, timedelta(hours=1), datetime.now(UTC))
    door = HttpPlatform(hub.url)
    door.enrol(token, WINDOW)
    with pytest.raises(PlatformError) as caught:
        door.enrol(token, WINDOW)
    door.close()
    assert caught.value.fault is NOT_ENROLLED


def test_the_secrets_are_in_no_picture_of_their_values(hub: LocalHub) -> None:
    credentials = enrolled(hub)
    assert credentials.secret not in repr(credentials)


def test_a_platform_that_enrols_nobody_is_told(tmp_path: Path) -> None:
    with LocalHub(tmp_path) as plain:
        made = HttpPlatform(plain.url, credentials=Credentials(plain.url, "a", "b"))
        with pytest.raises(PlatformError) as caught:
            made.changes("")
        made.close()
    assert caught.value.fault is NOT_A_PLATFORM


def test_a_dead_platform_signs_nobody_in() -> None:
    made = HttpPlatform("http://127.0.0.1:1", credentials=Credentials("http://127.0.0.1:1", "a", "b"))
    with pytest.raises(PlatformError) as caught:
        made.changes("")
    assert caught.value.fault is UNREACHABLE
    made.close()
