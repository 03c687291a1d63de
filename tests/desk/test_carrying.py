"""The outage bundle: everything unsent in one file, and only the platform's own answers taken back."""

import secrets
from pathlib import Path

import pytest

from client.desk.sending import Sending
from client.errors import StoreError
from client.ports.platform import EventAnswer, Verdict
from client.sealing import bundle
from client.sealing import faults as sealing_faults
from client.sealing.answers import seal_answers
from client.sealing.bundle import ABOUT, read_json
from client.sealing.parcel import About, Parcel
from client.store import faults
from client.store.carrying import export, recipients, take_answers
from client.store.sealed import place
from tests.desk.copies import HALL, HUB, KEYS, Hall, hall, opened, rescued
from tests.desk.counter import MORNING, SUPERVISOR, Desk


@pytest.fixture
def there(desk: Desk, tmp_path: Path) -> Hall:
    return hall(desk, tmp_path / "volume")


def about(path: Path) -> About:
    found: About = read_json(About, dict(bundle.parts(path, HUB))[ABOUT], ABOUT)
    return found


def test_a_bundle_has_every_unsent_case_and_each_file_once(there: Hall, tmp_path: Path) -> None:
    for _ in range(3):
        there.accept()
    there.desk.render()
    done = export(there.desk.memory, there.desk.counter.settings, tmp_path / "stick.bundle")
    manifest = bundle.check(tmp_path / "stick.bundle", HALL)
    assert (done.cases, done.events, done.size) == (3, 6, (tmp_path / "stick.bundle").stat().st_size)
    assert sum(name.startswith("files/") for name in manifest.parts) == done.files
    cases = [c for name, c in bundle.parts(tmp_path / "stick.bundle", HUB) if name.startswith("cases/")]
    events = [event.event() for content in cases for event in read_json(Parcel, content, "case").events]
    due = there.desk.memory.outbox().due(MORNING, 100)
    assert sorted(events, key=lambda event: event.sequence) == sorted(due, key=lambda event: event.sequence)


def test_nothing_is_written_over_and_nothing_unsent_is_no_bundle(there: Hall, tmp_path: Path) -> None:
    target = tmp_path / "stick.bundle"
    memory, settings = there.desk.memory, there.desk.counter.settings
    with pytest.raises(StoreError) as refused:
        export(memory, settings, target)
    assert refused.value.fault is faults.NOTHING_UNSENT
    target.write_text("")
    with pytest.raises(StoreError) as refused:
        export(memory, settings, target)
    assert refused.value.fault is faults.EXPORT_EXISTS


def test_a_bundle_that_cannot_be_whole_is_not_written(there: Hall, tmp_path: Path) -> None:
    case_id = there.accept()
    page = next(iter(there.desk.record(case_id).slots.values())).pages[0]
    place(there.desk.profile.files, page.sealed_name).unlink()
    (tmp_path / "stick").mkdir()
    with pytest.raises(StoreError) as refused:
        export(there.desk.memory, there.desk.counter.settings, tmp_path / "stick" / "a.bundle")
    assert refused.value.fault is faults.FILE_MISSING
    assert list((tmp_path / "stick").iterdir()) == []


@pytest.mark.parametrize(
    ("missing", "both", "owed"),
    [({"hub_key"}, False, "hub_key"), ({"recovery_key"}, True, "recovery_key"), ({"recovery_key"}, False, None)],
)
def test_whose_key_is_owed_is_said(desk: Desk, missing: set[str], *, both: bool, owed: str | None) -> None:
    desk.configure(**{name: key for name, key in KEYS.items() if name not in missing})
    if owed is None:
        assert len(recipients(desk.counter.settings, both=both)) == 1
        return
    with pytest.raises(StoreError) as refused:
        recipients(desk.counter.settings, both=both)
    assert owed in refused.value.title


def test_the_platforms_answers_settle_what_was_carried_to_it(there: Hall, tmp_path: Path) -> None:
    for _ in range(3):
        there.accept()
    memory = there.desk.memory
    export(memory, there.desk.counter.settings, tmp_path / "stick.bundle")
    told = about(tmp_path / "stick.bundle")
    first, second, third = (event.event_id for event in memory.outbox().due(MORNING, 3))
    given = [
        EventAnswer(first, Verdict.ACCEPTED, ack="A1"),
        EventAnswer(second, Verdict.REFUSED, reason="办件状态不能这样变化"),
        EventAnswer(third, Verdict.RETRY, reason="平台还没有收齐该事件的材料文件"),
    ]
    (tmp_path / "answers").write_bytes(seal_answers(told.bundle, bytes.fromhex(told.answer_key), given))
    assert take_answers(memory, tmp_path / "answers", MORNING) == 3
    assert take_answers(memory, tmp_path / "answers", MORNING) == 3  # a second time it says the same
    assert [(entry.state, entry.ack) for entry in memory.outbox().entries()] == [
        ("stored", "A1"),
        ("refused", None),
        ("waiting", None),
    ]


def test_nobody_else_tells_the_window_that_its_cases_have_arrived(there: Hall, tmp_path: Path) -> None:
    there.accept()
    memory = there.desk.memory
    export(memory, there.desk.counter.settings, tmp_path / "stick.bundle")
    told, event = about(tmp_path / "stick.bundle"), memory.outbox().due(MORNING, 1)[0]
    given = [EventAnswer(event.event_id, Verdict.ACCEPTED, ack="A1")]
    for number, key in ((told.bundle, secrets.token_bytes(32)), ("00" * 16, bytes.fromhex(told.answer_key))):
        (tmp_path / "answers").write_bytes(seal_answers(number, key, given))
        with pytest.raises(StoreError) as refused:
            take_answers(memory, tmp_path / "answers", MORNING)
        assert refused.value.fault is sealing_faults.ANSWERS_OF_ANOTHER
    assert memory.outbox().counts().waiting == 1


def test_what_a_person_holds_back_is_carried_and_not_brought_in(there: Hall, tmp_path: Path) -> None:
    """It goes along for whoever has to rescue it; the platform takes what comes before it in its case, and no more."""
    there.accept()
    there.accept()
    there.desk.render()
    memory = there.desk.memory
    of_first = [entry.event_id for entry in memory.outbox().entries() if entry.case == there.desk.record(1).number]
    Sending(there.desk.counter).hold(of_first[1], SUPERVISOR, "等答复")
    export(memory, there.desk.counter.settings, tmp_path / "stick.bundle")
    carried = bundle.parts(tmp_path / "stick.bundle", HALL)
    parcels = [read_json(Parcel, content, "case") for name, content in carried if name.startswith("cases/")]
    going = {parcel.case_key: [event.event_id for event in parcel.going()] for parcel in parcels}
    assert going[there.key_of(1)] == of_first[:1]
    assert len(going[there.key_of(2)]) == 2
    _, profile = rescued(bundle.parts(tmp_path / "stick.bundle", HALL), tmp_path / "other")
    with opened(profile) as other:
        assert {entry.event_id: entry.held for entry in other.outbox().entries() if entry.held} == {
            of_first[1]: "等答复"
        }
        assert len(other.outbox().due(MORNING, 9)) == 3
