"""What comes on a stick is judged as what comes by the wire, and nothing of a wrong one takes effect."""

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from client.errors import PlatformError, StoreError
from client.ports.conflicts import FieldDifference
from client.ports.platform import Event, Verdict
from client.sealing import bundle
from client.sealing.answers import open_answers
from client.sealing.bundle import ABOUT, Part, case_name, file_name
from client.sealing.envelope import public_of
from client.sealing.parcel import About, PackedEvent, Parcel
from client.sealing.public import PublicKey
from client.store import migrations
from sync.hub import keys
from sync.hub.bundles import Imported, take
from sync.hub.cases import list_cases, revise_item
from sync.hub.shelf import Shelf
from sync.hub.store import Store
from sync.platform import HttpPlatform, ask_key
from tests.attack.recording import Call, recorded, strace
from tests.commands.typed import PROGRAM
from tests.hubs import HubProcess, LocalHub
from tests.sync.sample import SOURCE, Window, number, sha256

PAGE = b"page" * 5000
KEY = bytes(range(32))


@dataclass(frozen=True)
class Place:
    """Where a hub keeps what it has; nobody need serve it."""

    store_url: str
    files: Path


def placed(folder: Path, store_url: str) -> Place:
    with closing(Store(store_url)) as store:
        store.prepare()
    shelf = folder / "hub-files"
    Shelf(shelf).prepare()
    keys.make(shelf)
    return Place(store_url, shelf)


@pytest.fixture
def hub(tmp_path: Path) -> Place:
    return placed(tmp_path, f"sqlite:///{tmp_path / 'hub.db'}")


def parts(events: list[Event], *, files: tuple[bytes, ...] = (), state: str = "waiting") -> list[Part]:
    about = About(source=SOURCE, settings={}, revision=migrations.HEAD, rows={}, bundle="0f" * 16, answer_key=KEY.hex())
    found: list[Part] = [(ABOUT, about.model_dump_json().encode())]
    found += [(file_name(f"{at:064x}"), content) for at, content in enumerate(files)]
    for at, event in enumerate(events):
        packed = PackedEvent(
            event_id=event.event_id,
            source=event.source,
            type=event.type,
            subject=event.subject,
            sequence=event.sequence,
            time=event.time,
            data=event.data.decode(),
            files=event.files,
            state=state,
            decisions=event.decisions,
        )
        parcel = Parcel(revision=migrations.HEAD, case_key=f"{at:036}", events=(packed,), rows={})
        found.append((case_name(parcel.case_key), parcel.model_dump_json().encode()))
    return found


def stick(hub: Place, found: list[Part], *others: PublicKey) -> Path:
    path = hub.files.parent / "stick.bundle"
    with path.open("wb") as file:
        bundle.write(file, others or [public_of(keys.read(hub.files))], found)
    return path


def imported(hub: Place, path: Path, answers: str = "answers") -> Imported:
    return take(hub.store_url, hub.files, path, path.with_name(answers))


def test_events_and_files_are_taken_once_by_whichever_road(tmp_path: Path, store_url: str) -> None:
    hub = placed(tmp_path, store_url)
    window = Window()
    events = [window.event(number(at), files=[PAGE]) for at in range(3)]
    path = stick(hub, parts(events, files=(PAGE,)))
    with HubProcess(tmp_path, store_url=store_url) as serving:  # at work, and it has taken one of them already
        platform = HttpPlatform(serving.url)
        platform.upload(sha256(PAGE), PAGE)
        platform.send(events[:1])
        done = imported(hub, path)
        again = platform.send(events)
        platform.close()
    assert (done.source, done.taken, done.known, done.refused, done.files) == (SOURCE, 2, 1, 0, 0)
    assert {answer.verdict for answer in again} == {Verdict.DUPLICATE}
    assert [(case["number"], case["events"]) for case in list_cases(hub.store_url)] == [
        (number(at), 1) for at in range(3)
    ]
    given = open_answers(path.with_name("answers").read_bytes(), KEY, "answers")
    assert [answer.event_id for answer in given] == [event.event_id for event in events]
    assert {answer.ack for answer in given} == {answer.ack for answer in again}


def test_a_file_lies_on_the_shelf_as_if_it_had_been_uploaded(hub: Place) -> None:
    done = imported(hub, stick(hub, parts([Window().event(number(1), files=[PAGE])], files=(PAGE,))))
    assert (done.taken, done.files) == (1, 1)
    assert (hub.files / sha256(PAGE)[:2] / sha256(PAGE)).read_bytes() == PAGE
    with LocalHub(hub.files.parent) as serving:
        platform = HttpPlatform(serving.url)
        assert platform.missing([sha256(PAGE)]) == []
        platform.close()


def test_what_the_platform_does_not_take_is_in_the_answers_with_its_reason(hub: Place) -> None:
    window = Window()
    path = stick(hub, parts([window.event(number(1), "nonsense"), window.event(number(2), files=[PAGE])]))
    done = imported(hub, path)
    assert (done.taken, done.refused) == (0, 2)
    given = open_answers(path.with_name("answers").read_bytes(), KEY, "answers")
    assert [(answer.verdict, answer.code) for answer in given] == [
        (Verdict.REFUSED, "unknown-state"),
        (Verdict.RETRY, "files-missing"),
    ]


def test_what_people_decided_travels_with_the_event(hub: Place) -> None:
    revise_item(hub.store_url, "11010100001", 2)
    event = Window().event(number(1))
    item = {"item": {"task_handle_item": "11010100001", "version": 1}}
    old = replace(event, data=json.dumps(json.loads(event.data) | item).encode())
    path = stick(hub, parts([old]))
    assert imported(hub, path).refused == 1
    (answer,) = open_answers(path.with_name("answers").read_bytes(), KEY, "answers")
    assert (answer.code, answer.differences) == ("item-revised", (FieldDifference("事项版本", "1", "2"),))
    path = stick(hub, parts([replace(old, decisions=("keep-version",))]))
    assert imported(hub, path, "again").taken == 1


def test_what_had_arrived_before_is_not_taken_again(hub: Place) -> None:
    done = imported(hub, stick(hub, parts(Window().cases(2), state="stored")))
    assert (done.taken, done.known) == (0, 0)


def test_many_events_are_judged_in_requests_of_their_size(hub: Place) -> None:
    done = imported(
        hub, stick(hub, parts([*Window().cases(1200), *Window("urn:2").cases(3, size=2 << 20, first=2000)]))
    )
    assert (done.taken, len(list_cases(hub.store_url))) == (1203, 1203)


@pytest.mark.parametrize("wrong", ["cut", "changed", "foreign", "no bundle"])
def test_nothing_of_a_wrong_bundle_takes_effect(hub: Place, wrong: str) -> None:
    others = [public_of(X25519PrivateKey.generate())] if wrong == "foreign" else []
    path = stick(hub, parts(Window().cases(50), files=(PAGE,)), *others)
    content = path.read_bytes()
    damaged = {"cut": content[:-20], "changed": content[:-9] + b"x" + content[-8:], "no bundle": b"PK\3\4"}
    path.write_bytes(damaged.get(wrong, content))
    with pytest.raises(StoreError):
        imported(hub, path)
    assert list_cases(hub.store_url) == []
    assert not path.with_name("answers").exists()
    assert not (hub.files / sha256(PAGE)[:2] / sha256(PAGE)).exists()


def test_what_is_missing_is_told_before_anything_is_done(hub: Place, tmp_path: Path) -> None:
    path = stick(hub, parts(Window().cases(1)))
    for attempt, code in (
        (lambda: imported(hub, path.with_name("none")), "PLAT-no-bundle"),
        (lambda: imported(hub, path, path.name), "PLAT-answers-exist"),
        (lambda: take(hub.store_url, tmp_path / "none", path, tmp_path / "a"), "PLAT-no-hub-key"),
    ):
        with pytest.raises(PlatformError) as refused:
            attempt()  # type: ignore[no-untyped-call]  # each as it is written above
        assert refused.value.code == code
    (hub.files / keys.FILE).write_text("not hex")
    with pytest.raises(PlatformError) as refused:
        imported(hub, path)
    assert refused.value.code == "PLAT-hub-key"
    (hub.files / keys.FILE).unlink()
    (hub.files / keys.FILE).mkdir()
    with pytest.raises(PlatformError) as refused:
        imported(hub, path)
    assert refused.value.code == "PLAT-hub-key"


def test_an_upload_under_way_at_the_hub_is_left_to_it(hub: Place) -> None:
    path = stick(hub, parts([Window().event(number(1), files=[PAGE])], files=(PAGE,)))
    incoming = hub.files / "incoming"
    (incoming / sha256(PAGE)).write_bytes(b"x" * 10)
    (incoming / f"{sha256(PAGE)}.length").write_text(f"{len(PAGE)} another")
    with pytest.raises(PlatformError) as refused:  # another beginning than this file's
        imported(hub, path)
    assert refused.value.code == "PLAT-import-broke-off"
    assert imported(hub, path).taken == 1


def test_however_many_windows_ask_first_at_once_there_is_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as askers:
        found = {public_of(key) for key in askers.map(keys.make, [tmp_path] * 32)}
    assert found == {public_of(keys.read(tmp_path))}
    assert [path.name for path in tmp_path.iterdir()] == [keys.FILE]


def test_every_process_of_a_hub_has_the_same_key(tmp_path: Path) -> None:
    with LocalHub(tmp_path) as hub:
        first = ask_key(hub.url, None)
    assert keys.make(hub.files).public_key() == keys.read(hub.files).public_key()
    with LocalHub(tmp_path) as hub:
        assert ask_key(hub.url, None) == first
    assert (hub.files / keys.FILE).stat().st_mode & 0o777 == 0o600


def test_a_key_that_was_copied_wrongly_is_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.hub.app.public_of", lambda _private: "0" * 64)
    with LocalHub(tmp_path) as hub, pytest.raises(PlatformError):
        ask_key(hub.url, None)


def test_the_answers_are_on_the_disk_before_the_stick_is_pulled_out(hub: Place, tmp_path: Path) -> None:
    """Read from the calls themselves: no power need fail to see that their content and their name are synced."""
    path, back, trace = stick(hub, parts([Window().event(number(1))])), tmp_path / "back", tmp_path / "calls"
    back.mkdir()
    words = ("hub", "import", path, "--store", hub.store_url, "--files", hub.files, "--answers", back / "answers")
    done = subprocess.run([*strace(trace), *PROGRAM, *map(str, words)], capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    calls = [call for call in recorded(trace, back) if isinstance(call, Call)]
    (named,) = [at for at, call in enumerate(calls) if call.name == "rename" and call.to == "answers"]
    unfinished = calls[named].path
    written = max(at for at, call in enumerate(calls) if call.name == "write" and call.path == unfinished)
    assert [call for call in calls[written:named] if call.syncs(unfinished)], "its content"
    assert [call for call in calls[named:] if call.name == "sync" and call.path == "."], "its name"
