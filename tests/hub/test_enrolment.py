"""Enrolment at the hub: a token is good once, for one window, for a while; an enrolled window speaks for itself."""

import base64
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from sqlalchemy import select

from client.errors import PlatformError
from sync.faults import NO_HUB_STORE
from sync.hub import changes
from sync.hub.enrolment import LIFE, enrol, grant, make_token, revoke, speaker_behind
from sync.hub.problems import Kind, Rejection
from sync.hub.store import Store
from sync.hub.tables import access_tokens, clients, enrolment_tokens
from sync.protocol import BATCH_TYPE, ClientMessage, EnrolmentMessage, encode_batch
from tests.hubs import LocalHub
from tests.sync.sample import Window, number

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
WINDOW, OTHER = "urn:yichuang:window:110101-01-07", "urn:yichuang:window:110101-01-08"


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    made = Store(store_url)
    made.prepare()
    yield made
    made.close()


def enrolled(store: Store, url: str, window: str = WINDOW, now: datetime = NOW) -> ClientMessage:
    token = make_token(url, window, DAY, now)
    return enrol(store, EnrolmentMessage(token=token, window=window), now)


def bearer(store: Store, client: ClientMessage, now: datetime = NOW) -> str | None:
    granted = grant(store, client.client_id, client.client_secret, now)
    return granted.access_token if granted else None


def test_an_enrolled_window_is_known_by_its_token_until_that_runs_out(store: Store, store_url: str) -> None:
    client = enrolled(store, store_url)
    token = bearer(store, client) or ""
    assert speaker_behind(store, token, NOW + LIFE - timedelta(seconds=1)) == WINDOW
    assert speaker_behind(store, token, NOW + LIFE) is None
    assert speaker_behind(store, client.client_secret, NOW) is None
    bearer(store, client, NOW + LIFE)
    with store.read() as connection:  # what ran out is cleared away
        assert len(connection.execute(select(access_tokens)).all()) == 1


def test_of_the_secrets_nothing_but_digests_is_kept(store: Store, store_url: str) -> None:
    one_time = make_token(store_url, WINDOW, DAY, NOW)
    client = enrol(store, EnrolmentMessage(token=one_time, window=WINDOW), NOW)
    told = {one_time, client.client_secret, bearer(store, client)}
    with store.read() as connection:
        kept = [
            str(row)
            for table in (enrolment_tokens, clients, access_tokens)
            for row in connection.execute(select(table))
        ]
    assert len(kept) == 3
    assert not any(str(secret) in row for secret in told for row in kept)


@pytest.mark.parametrize(("window", "later"), [(OTHER, timedelta()), (WINDOW, DAY)], ids=["another window", "too late"])
def test_a_token_is_good_for_its_window_and_a_while(
    store: Store, store_url: str, window: str, later: timedelta
) -> None:
    token = make_token(store_url, WINDOW, DAY, NOW)
    with pytest.raises(Rejection) as caught:
        enrol(store, EnrolmentMessage(token=token, window=window), NOW + later)
    assert caught.value.kind is Kind.ENROLMENT_REFUSED


def test_a_token_is_good_once_whoever_is_faster(store: Store, store_url: str) -> None:
    asked = EnrolmentMessage(token=make_token(store_url, WINDOW, DAY, NOW), window=WINDOW)

    def ask(_nth: int) -> bool:
        own = Store(store_url)
        try:
            enrol(own, asked, NOW)
        except Rejection:
            return False
        finally:
            own.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(ask, range(4))) == 1
    with store.read() as connection:
        assert len(connection.execute(select(clients)).all()) == 1


def test_whoever_enrols_anew_ends_what_was_given_before(store: Store, store_url: str) -> None:
    first, other = enrolled(store, store_url), enrolled(store, store_url, OTHER)
    token = bearer(store, first) or ""
    second = enrolled(store, store_url)
    assert speaker_behind(store, token, NOW) is None
    assert [bearer(store, client) is not None for client in (first, second, other)] == [False, True, True]


def test_a_revoked_window_speaks_no_more(store: Store, store_url: str) -> None:
    client = enrolled(store, store_url)
    token = bearer(store, client) or ""
    assert revoke(store_url, WINDOW, NOW)
    assert not revoke(store_url, WINDOW, NOW)
    assert (speaker_behind(store, token, NOW), bearer(store, client)) == (None, None)


def test_a_wrong_secret_or_an_unknown_client_gets_no_token(store: Store, store_url: str) -> None:
    client = enrolled(store, store_url)
    assert grant(store, client.client_id, "wrong", NOW) is None
    assert grant(store, "nobody", client.client_secret, NOW) is None


def test_without_a_hub_there_is_no_token(tmp_path: Path) -> None:
    with pytest.raises(PlatformError) as caught:
        make_token(f"sqlite:///{tmp_path / 'none.db'}", WINDOW, DAY, NOW)
    assert caught.value.fault is NO_HUB_STORE


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LocalHub]:
    with LocalHub(tmp_path, token="sample-7", enrolled_only=True) as made:
        requests.get(f"{made.url}/healthz", timeout=5)
        yield made


def client_of(hub: LocalHub, window: str = WINDOW) -> ClientMessage:
    token = make_token(hub.store_url, window, DAY, datetime.now(UTC))
    answer = requests.post(f"{hub.url}/v1/enrolments", json={"token": token, "window": window}, timeout=5)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    return ClientMessage.model_validate_json(answer.content)


def ask(hub: LocalHub, **form: object) -> requests.Response:
    return requests.post(f"{hub.url}/v1/oauth/token", data={"grant_type": "client_credentials"} | form, timeout=5)


def signed(hub: LocalHub, window: str = WINDOW) -> dict[str, str]:
    client = client_of(hub, window)
    answer = ask(hub, client_id=client.client_id, client_secret=client.client_secret)
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


def test_the_token_is_given_as_the_standard_says(hub: LocalHub) -> None:
    client = client_of(hub)
    pair = base64.b64encode(f"{client.client_id}:{client.client_secret}".encode()).decode()
    form = {"grant_type": "client_credentials"}
    basic = requests.post(f"{hub.url}/v1/oauth/token", data=form, headers={"Authorization": f"Basic {pair}"}, timeout=5)
    for answer in (basic, ask(hub, client_id=client.client_id, client_secret=client.client_secret)):
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
        assert (answer.json()["token_type"], answer.json()["expires_in"]) == ("Bearer", 900)


GRANT = "grant_type=client_credentials"
WRONG: tuple[tuple[str | bytes, dict[str, str], int, str], ...] = (
    ("grant_type=password", {}, 400, "unsupported_grant_type"),
    ("client_id=a", {}, 400, "invalid_request"),
    (GRANT, {"Content-Type": "application/json"}, 400, "invalid_request"),
    (b"grant_type=\xff", {}, 400, "invalid_request"),
    ("a=" + "x" * 5000, {}, 400, "invalid_request"),
    (GRANT, {}, 401, "invalid_client"),
    (f"{GRANT}&client_id=a&client_secret=b", {}, 401, "invalid_client"),
    (f"{GRANT}&client_id=%00&client_secret=b", {}, 401, "invalid_client"),
    (GRANT, {"Authorization": "Basic \xa7"}, 401, "invalid_client"),
    (GRANT, {"Authorization": "Basic /w=="}, 401, "invalid_client"),
    (GRANT, {"Authorization": "Basic YQ=="}, 401, "invalid_client"),
)


def test_whatever_else_is_asked_is_refused_in_the_standards_words(hub: LocalHub) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for body, headers, status, error in WRONG:
        answer = requests.post(f"{hub.url}/v1/oauth/token", data=body, headers=form | headers, timeout=5)
        assert (answer.status_code, answer.json()) == (status, {"error": error})


def test_a_window_speaks_for_itself_alone(hub: LocalHub) -> None:
    own = signed(hub)
    for window, status in ((WINDOW, 200), (OTHER, 403), ("urn:yichuang:window", 403)):
        source = f"{window}:epoch-1"
        lease = {"source": source, "key": f"key-{status}", "series": "示〔2026〕", "size": 5}
        answers = [
            requests.post(
                f"{hub.url}/v1/events",
                data=encode_batch([Window(source).event(number(status))]),
                headers=own | {"Content-Type": BATCH_TYPE},
                timeout=5,
            ),
            requests.post(f"{hub.url}/v1/numbers/blocks", json=lease, headers=own, timeout=5),
        ]
        assert [answer.status_code for answer in answers] == [status, status]
        back = {"source": source, "first": 3}
        answer = requests.post(f"{hub.url}/v1/numbers/blocks/key-200/return", json=back, headers=own, timeout=5)
        assert answer.status_code == status
        look = requests.get(f"{hub.url}/v1/events/none?source={source}", headers=own, timeout=5)
        assert look.json()["code"] == ("unknown-event" if status == 200 else "other-source")
    assert [case["number"] for case in hub.cases()] == [number(200)]


def test_without_a_bearer_token_nothing_is_told_and_the_fixed_one_opens_the_counters_alone(hub: LocalHub) -> None:
    fixed = {"Authorization": "Bearer sample-7"}
    for headers in ({}, fixed, {"Authorization": "Bearer wrong"}):
        answer = requests.get(f"{hub.url}/v1/changes", headers=headers, timeout=5)
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert requests.get(f"{hub.url}/metrics", headers=fixed, timeout=5).status_code == 200
    assert requests.get(f"{hub.url}/metrics", headers=signed(hub), timeout=5).status_code == 401
    assert requests.get(f"{hub.url}/v1/changes", headers=signed(hub), timeout=5).status_code == 200


def test_a_hub_that_enrols_nobody_has_no_such_door(tmp_path: Path) -> None:
    with LocalHub(tmp_path) as plain:
        assert ask(plain).status_code == 404
        assert requests.get(f"{plain.url}/v1/changes", timeout=5).status_code == 200


def test_whoever_is_enrolled_reads_the_changes_of_its_own_hall(tmp_path: Path) -> None:
    with LocalHub(tmp_path, enrolled_only=True) as hub, closing(Store(hub.store_url)) as store:
        with store.write() as connection:
            for hall in ("110101-01", "110101-02", ""):
                changes.put(connection, "case.state", hall or "all", {}, NOW, hall)
        for speaker in (WINDOW, "urn:yichuang:node:110101-01"):
            token = bearer(store, enrolled(store, hub.store_url, speaker, datetime.now(UTC)), datetime.now(UTC))
            shown = {"Authorization": f"Bearer {token}"}
            feed = f"{hub.url}/v1/changes"
            for asked in (None, {"hall": "110101-01"}):
                page = requests.get(feed, params=asked, headers=shown, timeout=5).json()
                assert [change["subject"] for change in page["changes"]] == ["110101-01", "all"]
            refused = requests.get(feed, params={"hall": "110101-02"}, headers=shown, timeout=5)
            assert (refused.status_code, refused.json()["code"]) == (403, "other-source")
