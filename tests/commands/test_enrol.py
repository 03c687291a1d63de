"""Enrolment by command, and a window whose disk was copied whole: stopped, told, enrolled anew, nothing lost."""

import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import requests

import yichuang
from client.rules.numbering import CaseNumber
from client.store import numbers
from tests.commands.conftest import Window
from tests.commands.test_sync import ended, serve
from tests.commands.typed import Done, typed
from tests.hubs import LocalHub

WINDOW = "110101-01-07"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LocalHub]:
    with LocalHub(tmp_path, enrolled_only=True) as made:
        requests.get(f"{made.url}/healthz", timeout=5)
        yield made


def one_time(hub: LocalHub, window: Window, of: str = WINDOW) -> Path:
    told = typed("hub", "enrol-token", of, "--store", hub.store_url, "--json").document
    assert told["window"] == of
    return window.secret("one-time.txt", told["token"])


def enrol(hub: LocalHub, window: Window) -> Done:
    return window.run("enrol", "--hub", hub.url, "--token-file", one_time(hub, window))


def sync(hub: LocalHub, window: Window) -> Done:
    return window.run("sync", "--once", "--hub", hub.url)


def failure(done: Done) -> dict[str, str]:
    """What a command that told its result besides complained of."""
    return Done(done.status, "", done.err).error


def copied(window: Window, name: str) -> Window:
    """A disk copied whole; the copy takes its next case under a number of its own, as a later day would."""
    folder = window.folder.with_name(name)
    shutil.copytree(window.folder, folder)
    clone = replace(window, folder=folder)
    with yichuang.FrontDoor().write(str(clone.profile)) as house, house.counter.memory.begin() as connection:
        settings, now = house.counter.settings, house.counter.clock()
        skipped = CaseNumber(settings.region, settings.hall_code, settings.window_no, now.date(), 7)
        numbers.record(connection, skipped.series, 7, str(skipped), now)
    return clone


def test_a_window_is_enrolled_sends_and_is_revoked(window: Window, hub: LocalHub) -> None:
    assert "PLAT-signed-out" in failure(sync(hub, window))["title"]
    done = enrol(hub, window)
    assert (done.status, done.err) == (0, "")
    assert (done.document["known"], done.document["moved"]) == (0, 2)
    assert done.document["source"].startswith(f"urn:yichuang:window:{WINDOW}:")
    assert sync(hub, window).document == {"sent": 2, "refused": 0, "waiting": 0, "unknown": 0}
    assert [case["source"] for case in hub.cases()] == [done.document["source"]]
    assert typed("hub", "revoke", WINDOW, "--store", hub.store_url).out == f"已停用 {WINDOW}\n"
    assert typed("hub", "revoke", WINDOW, "--store", hub.store_url, "--json").error["code"] == "PLAT-306"
    assert window.run("intake", window.example).status == 0  # the work goes on
    stopped = sync(hub, window)
    assert (stopped.status, stopped.document["waiting"]) == (1, 2)
    assert "PLAT-signed-out" in failure(stopped)["title"]
    enrol(hub, window)
    assert sync(hub, window).document["sent"] == 2
    typed("hub", "revoke", WINDOW, "--store", hub.store_url)
    alone = window.run("enrol", "--epoch-only", "--hub", hub.url)
    assert (alone.status, alone.error["code"]) == (1, "PLAT-signed-out"), "though nothing is unsent"


def test_a_token_is_for_one_window_and_one_enrolment(window: Window, hub: LocalHub) -> None:
    other = one_time(hub, window, "110101-01-08")
    assert window.run("enrol", "--hub", hub.url, "--token-file", other).error["code"] == "PLAT-not-enrolled"
    token = one_time(hub, window)
    assert window.run("enrol", "--hub", hub.url, "--token-file", token).status == 0
    assert window.run("enrol", "--hub", hub.url, "--token-file", token).error["code"] == "PLAT-not-enrolled"
    assert sync(hub, window).status == 0  # what was given before is as good as it was


def test_the_token_is_asked_for_where_no_file_is_named(
    window: Window, hub: LocalHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = one_time(hub, window).read_text(encoding="utf-8")
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("sync.commands.getpass", lambda *_, **__: f" {token}\n")
    (told,) = window.told("enrol", "--hub", hub.url)
    assert told.startswith(f"已登记：urn:yichuang:window:{WINDOW}:")


def test_where_nobody_can_be_asked_for_the_token_nothing_is_enrolled(
    window: Window, hub: LocalHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(*_words: object, **_named: object) -> str:
        raise EOFError

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("sync.commands.getpass", ask)
    assert window.run("enrol", "--hub", hub.url).error["code"] == "PLAT-309"


def test_the_token_may_come_through_a_pipe_and_an_empty_one_is_told_in_our_words(
    window: Window, hub: LocalHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert window.run("enrol", "--hub", hub.url).error["code"] == "PLAT-309"
    monkeypatch.setattr("sys.stdin", io.StringIO(one_time(hub, window).read_text(encoding="utf-8") + "\n"))
    assert window.run("enrol", "--hub", hub.url).err == ""


@pytest.mark.parametrize("name", ["110101-01-9", "110101-1", ""])
def test_a_name_that_is_no_windows_is_told_with_how_one_is_written(hub: LocalHub, name: str) -> None:
    told = typed("hub", "enrol-token", name, "--store", hub.store_url, "--json")
    assert (told.status, "写法如 110101-01-07" in told.error["title"]) == (2, True)


def test_the_doctor_speaks_as_the_window_does(window: Window, hub: LocalHub) -> None:
    window.write_setting(f'hub_url = "{hub.url}"')
    assert not window.run("doctor").document["hub"]["ok"]
    assert window.run("enrol", "--token-file", one_time(hub, window)).status == 0
    assert window.run("doctor").document["hub"]["ok"]


def test_the_platforms_key_is_asked_for_as_the_window_speaks(window: Window, hub: LocalHub) -> None:
    window.write_setting(f'hub_url = "{hub.url}"')
    assert window.run("second-copy").error["code"] == "PLAT-signed-out"
    enrol(hub, window)
    assert window.run("second-copy").document["hub_key"]


def test_a_secret_goes_to_nobody_but_who_gave_it(
    window: Window, hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To another platform the window speaks as before: with the fixed token, signing in nowhere."""
    enrol(hub, window)
    monkeypatch.setenv("YICHUANG_TOKEN_FILE", str(window.secret("token.txt", "sample-7")))
    other = tmp_path / "other"
    other.mkdir()
    with LocalHub(other, token="sample-7") as elsewhere:
        assert sync(elsewhere, window).document["sent"] == 2
    assert hub.cases() == []


@pytest.mark.parametrize("name", ["7", "110101-1-7", "11010A-01-07"])
def test_a_window_is_named_by_its_whole_number(name: str) -> None:
    assert typed("hub", "enrol-token", name, "--json").status == 2


def test_without_a_platform_there_is_nothing_to_enrol_at(window: Window) -> None:
    assert window.run("enrol", "--epoch-only").error["code"] == "PLAT-301"


def test_a_cloned_window_stops_and_goes_on_under_an_epoch_of_its_own(window: Window, tmp_path: Path) -> None:
    """At a hub without enrolment: what both disks hold is one, what the copy did since goes up after the new epoch."""
    with LocalHub(tmp_path) as hub:
        assert sync(hub, window).status == 0
        clone = copied(window, "clone")
        assert window.run("intake", window.example).status == 0
        assert sync(hub, window).document["sent"] == 2
        assert clone.run("intake", clone.example).status == 0
        stopped = sync(hub, clone)
        assert (stopped.status, stopped.document) == (1, {"sent": 0, "refused": 0, "waiting": 2, "unknown": 0})
        assert "PLAT-cloned" in failure(stopped)["title"]
        assert "yichuang enrol" in failure(stopped)["title"]
        assert len(hub.cases()) == 2
        assert clone.run("enrol", "--epoch-only", "--hub", hub.url).document["moved"] == 2
        assert sync(hub, clone).document == {"sent": 2, "refused": 0, "waiting": 0, "unknown": 0}
        assert sync(hub, window).status == 0
        cases = hub.cases()
    assert len(cases) == 3
    assert {case["events"] for case in cases} == {2}
    assert len({case["source"] for case in cases}) == 2


def test_what_the_platform_has_from_the_other_disk_is_not_sent_again(window: Window, tmp_path: Path) -> None:
    """Copied before it was sent: both hold the same unsent case, and the other one brings it up."""
    with LocalHub(tmp_path) as hub:
        clone = copied(window, "clone")
        assert sync(hub, window).document["sent"] == 2
        done = clone.run("enrol", "--epoch-only", "--hub", hub.url).document
        assert (done["known"], done["moved"]) == (2, 0)
        assert sync(hub, clone).document == {"sent": 0, "refused": 0, "waiting": 0, "unknown": 0}
        assert len(hub.cases()) == 1


def test_enrolling_one_disk_anew_ends_the_other(window: Window, hub: LocalHub) -> None:
    enrol(hub, window)
    clone = copied(window, "clone")
    assert sync(hub, window).status == 0
    enrol(hub, clone)
    assert window.run("intake", window.example).status == 0
    stopped = sync(hub, window)
    assert (stopped.status, stopped.document["waiting"]) == (1, 2)
    assert "PLAT-signed-out" in failure(stopped)["title"]


def test_the_hub_takes_from_enrolled_windows_as_a_program(window: Window, tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path / 'hub.db'}"
    with serve("--store", store, "--files", tmp_path / "files", "--enrolment") as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            assert window.run("sync", "--once", "--hub", url).document["sent"] == 0
            token = window.secret("one-time.txt", typed("hub", "enrol-token", WINDOW, "--store", store).out)
            assert window.run("enrol", "--hub", url, "--token-file", token).status == 0
            assert window.run("sync", "--once", "--hub", url).document["sent"] == 2
        finally:
            status = ended(process)
    assert status == 0
