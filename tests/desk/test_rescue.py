"""A dead disk loses nothing: the unsent work comes out of its second copy or a bundle as it was."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from client.config import Settings, write_settings
from client.desk.leasing import LeasedNumbers
from client.desk.numbers import RESERVE, set_aside
from client.errors import StoreError
from client.ports.conflicts import Conflict, Decision, FieldDifference
from client.ports.identity import Credentials
from client.ports.numbers import Block
from client.ports.platform import EventAnswer, Verdict
from client.rules.numbering import LAST_SERIAL, is_case_series, number_in, paper_number_of
from client.sealing import bundle
from client.sealing import faults as sealing_faults
from client.sealing.bundle import Part, case_name, read_json
from client.sealing.parcel import Parcel
from client.store import audit, faults, identity, number_blocks, numbers, papers, rescue
from client.store.carrying import export
from client.store.memory import Memory
from client.store.outbox import retry_refused
from client.store.profile import Profile
from client.store.rescue import Rescued
from client.store.tables import outbox, tallies
from tests.desk.copies import HALL, HUB, Hall, hall, opened, rescued, travelling_rows
from tests.desk.counter import CLERK, MORNING, SUPERVISOR, Desk


@pytest.fixture
def there(desk: Desk, tmp_path: Path) -> Hall:
    return hall(desk, tmp_path / "volume")


def busy_morning(there: Hall) -> None:
    """An accepted case with its paper out, one with a page set aside, one received, one partly at the platform."""
    desk = there.desk
    there.accept()
    desk.render()
    moved = there.accept()
    there.arrive()
    desk.intake.withdraw(moved, CLERK, "申请人撤回")
    received = desk.draft()
    desk.intake.receive(received, CLERK)
    desk.drafting.detach(received, CLERK, next(iter(desk.record(received).slots.values())).pages[0].page_id)
    there.accept()
    desk.render()
    paper = desk.papers(received)[0]
    desk.paperwork.reprint(paper.paper_id, CLERK, "遗失")
    desk.render()


@pytest.mark.parametrize("road", ["copy", "bundle"])
def test_a_rescued_window_has_the_same_cases_numbers_papers_and_events(
    there: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, road: str
) -> None:
    monkeypatch.setattr(rescue, "AHEAD", 1)
    busy_morning(there)
    there.copy().look()
    if road == "bundle":
        export(there.desk.memory, there.desk.counter.settings, tmp_path / "stick.bundle")
        bundle.check(tmp_path / "stick.bundle", HALL)
    parts = there.parts() if road == "copy" else bundle.parts(tmp_path / "stick.bundle", HALL)
    found, profile = rescued(parts, tmp_path / "rescued")
    owed = there.desk.memory.outbox().entries(settled=False)
    assert (found.cases, found.events, found.source) == (3, len(owed), there.desk.memory.source)
    with opened(profile) as memory:
        assert memory.source != there.desk.memory.source
        before, after = travelling_rows(there.desk.memory), travelling_rows(memory)
        for name, rows in after.items():
            assert set(rows) <= set(before[name]), name
        assert [row[0] for row in after["cases"]] == [2, 3, 4]  # the first had arrived whole
        now = datetime_of(memory.outbox().due(MORNING, 100))
        assert now == datetime_of(there.desk.memory.outbox().due(MORNING, 100))
        for event in memory.outbox().due(MORNING, 100):
            for digest in event.files:
                assert memory.outbox().content(digest) == there.desk.memory.outbox().content(digest)
        with memory.read() as connection:
            names = connection.exec_driver_sql("SELECT sealed_name FROM spool WHERE sealed_name IS NOT NULL").scalars()
            assert all(memory.files.get(name) for name in names)
            assert audit.verify(connection) is None


def datetime_of(events: object) -> list[object]:
    """Everything an event says on the wire."""
    return list(events)  # type: ignore[call-overload, no-any-return]  # whatever the port gives


def test_what_was_refused_or_in_doubt_waits_and_what_arrived_is_not_owed(there: Hall, tmp_path: Path) -> None:
    case_id = there.accept()
    there.arrive()
    there.desk.intake.withdraw(case_id, CLERK, "申请人撤回")
    memory = there.desk.memory
    memory.outbox().sending([memory.outbox().due(MORNING, 10)[0].event_id])
    there.copy().look()
    _, profile = rescued(there.parts(), tmp_path / "rescued")
    with opened(profile) as found:
        assert [entry.state for entry in found.outbox().entries()] == ["stored", "waiting"]
        assert [entry.ack for entry in found.outbox().entries()] == ["R1", None]
        assert agreed(found) == agreed(memory) != []


def agreed(memory: Memory) -> list[object]:
    """The sums of what the platform is believed to hold, by window and day."""
    with memory.read() as connection:
        return list(connection.execute(select(tallies)).all())


def test_a_paper_that_was_copied_before_its_print_had_a_row_waits_though_later_ones_were_drawn(
    there: Hall, tmp_path: Path
) -> None:
    first = there.accept()
    there.copy().look()
    (undrawn,), (drawn,) = there.desk.papers(first), there.desk.papers(there.accept())
    there.desk.memory.spool(there.desk.clock).rendered(drawn.paper_id, b"%PDF-1.7", "test-1")
    there.copy().look()
    _, profile = rescued(there.parts(), tmp_path / "rescued")
    with opened(profile) as found:
        assert [order.paper_id for order in found.spool(there.desk.clock).waiting()] == [undrawn.paper_id]


def test_what_was_decided_about_a_refusal_goes_up_from_the_rescued_window(there: Hall, tmp_path: Path) -> None:
    there.accept()
    memory = there.desk.memory
    (event,) = memory.outbox().due(MORNING, 10)
    differing = (FieldDifference("事项版本", "1", "2"),)
    refusal = EventAnswer(event.event_id, Verdict.REFUSED, code=Conflict.ITEM_REVISED, differences=differing)
    memory.outbox().answered([refusal], MORNING)
    with memory.begin() as connection:
        retry_refused(connection, event.event_id, Decision.KEEP_VERSION)
    there.copy().look()
    _, profile = rescued(there.parts(), tmp_path / "rescued")
    with opened(profile) as found, found.read() as now, memory.read() as before:
        assert list(found.outbox().due(MORNING, 10)) == [replace(event, decisions=(Decision.KEEP_VERSION,))]
        why = select(outbox.c.code, outbox.c.differences)
        assert now.execute(why).all() == before.execute(why).all()


def test_a_paper_keeps_both_its_numbers_and_the_lost_windows_credentials_stay_away(there: Hall, tmp_path: Path) -> None:
    desk = there.desk
    desk.configure(paper_block=10)
    case_id = there.accept()
    books = LeasedNumbers(desk.counter)
    for wish in books.wishes():
        books.leased(Block(wish.key, wish.series, 7, 16))
    (lost,) = [(paper.number, paper.central_number) for paper in desk.papers(case_id) if paper.central_number]
    with desk.memory.begin() as connection:
        identity.keep(connection, Credentials("https://hub.example", "client", "secret"))
    there.copy().look()
    _, profile = rescued(there.parts(), tmp_path / "rescued")
    ledger = "SELECT series, serial, number, state FROM numbers ORDER BY series, serial"
    with opened(profile) as memory, memory.read() as found, desk.memory.read() as before:
        kept = [(paper.number, paper.central_number) for paper in papers.of_case(found, case_id)]
        assert lost in kept
        assert found.exec_driver_sql(ledger).all() == before.exec_driver_sql(ledger).all()
        assert identity.kept(found) is None


def numbers_go_on(desk: Desk, count: int) -> None:
    """So many more of each series are given, to cases that arrive at the platform."""
    with desk.memory.begin() as connection:
        for series in numbers.every_series(connection):
            last = numbers.rows(connection, series)[-1].serial
            for serial in range(last + 1, last + count + 1):
                numbers.record(connection, series, serial, number_in(series, serial), MORNING)


def highest(memory: Memory) -> dict[str, int]:
    with memory.read() as connection:
        return {each: numbers.rows(connection, each)[-1].serial for each in numbers.every_series(connection)}


def leave_out(connection: Connection, settings: Settings, _found: Rescued) -> None:
    set_aside(connection, settings, (), MORNING)


@pytest.mark.parametrize("road", ["copy", "bundle"])
def test_no_number_is_given_twice_however_many_were_acknowledged_after_the_unsent_ones(
    there: Hall, tmp_path: Path, road: str
) -> None:
    desk = there.desk
    there.accept()
    numbers_go_on(desk, RESERVE + 50)
    there.copy().look()
    export(desk.memory, desk.counter.settings, tmp_path / "stick.bundle")
    parts = there.parts() if road == "copy" else bundle.parts(tmp_path / "stick.bundle", HALL)
    _, profile = rescued(parts, tmp_path / "rescued", leave_out)
    with opened(profile) as memory, memory.read() as connection:
        for series, given in highest(desk.memory).items():
            last = LAST_SERIAL if is_case_series(series) else desk.counter.settings.paper_serials[1]
            assert (numbers.next_serial(connection, series, 1, last) or last) > given, series
            assert numbers.rows(connection, series)[-1].serial == min(given + RESERVE, last)


def test_a_rescued_window_goes_on_in_the_lost_ones_blocks_and_no_other_window_does(there: Hall, tmp_path: Path) -> None:
    desk = there.desk
    desk.configure(paper_block=10)
    there.accept()
    books = LeasedNumbers(desk.counter)
    for wish in books.wishes():
        books.leased(Block(wish.key, wish.series, 1, 1000))
    number = desk.papers(there.accept())[-1].number or ""
    series = paper_number_of(number).series
    numbers_go_on(desk, RESERVE + 50)
    there.copy().look()
    given = highest(desk.memory)[series]
    _, profile = rescued(there.parts(), tmp_path / "rescued", leave_out)
    with opened(profile) as memory, memory.read() as connection, desk.memory.read() as before:
        assert number_blocks.next_serial(connection, series) == given + RESERVE + 1
        (block,), (lost,) = number_blocks.held(connection, series), number_blocks.held(before, series)
        assert (block.key, block.first, block.last) == (lost.key, lost.first, lost.last)
    (tmp_path / "other").mkdir()
    write_settings(tmp_path / "other", desk.counter.settings.model_copy(update={"window_no": "08"}))
    _, profile = rescued(there.parts(), tmp_path / "other", leave_out)
    with opened(profile) as memory, memory.read() as connection:
        assert number_blocks.all_series(connection) == []
        assert number_blocks.overlaps(connection, series, given, given)


def test_a_window_that_had_sent_all_is_rescued_with_its_numbers(there: Hall, tmp_path: Path) -> None:
    there.copy().look()
    found, _ = rescued(there.parts(), tmp_path / "new")
    assert (found.cases, found.events) == (0, 0)
    there.accept()
    there.arrive()
    there.copy().look()
    _, profile = rescued(there.parts(), tmp_path / "rescued")
    with opened(profile) as memory:
        assert highest(memory) == highest(there.desk.memory) != {}


def test_the_lost_windows_settings_come_along_unless_the_profile_has_its_own(there: Hall, tmp_path: Path) -> None:
    there.accept()
    there.copy().look()
    told: list[Settings] = []

    def note(connection: Connection, settings: Settings, found: Rescued) -> None:
        assert connection.scalar(select(func.count()).select_from(outbox)) == found.events == 1
        told.append(settings)

    rescued(there.parts(), tmp_path / "empty", note)
    own = there.desk.counter.settings.model_copy(update={"window_no": "08"})
    (tmp_path / "own").mkdir()
    write_settings(tmp_path / "own", own)
    rescued(there.parts(), tmp_path / "own", note)
    assert [(each.window_no, each.second_copy) for each in told] == [("07", None), ("08", own.second_copy)]
    assert Profile(tmp_path / "empty").settings.exists()


def test_a_profile_with_data_is_left_alone(there: Hall) -> None:
    there.accept()
    there.copy().look()
    with pytest.raises(StoreError) as refused:
        rescued(there.parts(), there.desk.profile.folder)
    assert refused.value.fault is faults.PROFILE_NOT_EMPTY


def test_a_rescue_that_breaks_off_leaves_nothing(there: Hall, tmp_path: Path) -> None:
    there.accept()
    there.copy().look()

    def fail(_connection: Connection, _settings: Settings, _found: Rescued) -> None:
        raise StoreError(faults.FULL, what="办件")

    with pytest.raises(StoreError):
        rescued(there.parts(), tmp_path / "rescued", fail)
    assert not Profile(tmp_path / "rescued").holds_data()
    found, _ = rescued(there.parts(), tmp_path / "rescued")
    assert found.cases == 1


def test_what_is_damaged_in_a_copy_is_named_and_the_rest_is_rescued(there: Hall, tmp_path: Path) -> None:
    first, second, third = there.accept(), there.accept(), there.accept()
    there.copy().look()
    case = next((there.folder / there.key_of(first)).glob("*.case"))
    case.write_bytes(case.read_bytes()[:-1])
    page = next((there.folder / there.key_of(second)).glob("*.file"))
    page.unlink()
    (there.folder / there.key_of(third) / "00000000000000000001.case.unfinished").write_bytes(b"")
    (there.folder / ("0" * 36)).mkdir()  # one whose copy had only begun
    parts = there.parts()
    found, profile = rescued(parts, tmp_path / "rescued")
    assert found.cases == 2
    assert sorted(parts.damaged) == sorted(f"{each.parent.name}/{each.name}" for each in (case, page))
    with opened(profile) as memory, memory.read() as connection:
        assert memory.cases.get(connection, third) is not None


def test_a_stranger_to_the_copy_rescues_nothing(there: Hall, tmp_path: Path) -> None:
    there.accept()
    there.copy().look()
    there.folder.rename(there.volume / "moved")
    with pytest.raises(StoreError) as refused:
        rescued(there.parts().__class__(there.volume, HALL), tmp_path / "rescued")
    assert refused.value.fault is faults.NOT_A_COPY
    assert "moved" in refused.value.advice


def test_of_the_copies_of_one_window_the_newest_is_named_first(there: Hall, tmp_path: Path) -> None:
    """A new epoch begins another, and holds what waits; the former stays."""
    for name, written in (("110101-01-07_b", 2), ("110101-01-07_a", 1), ("110101-01-06_c", 0), ("110101-01-07_c", 3)):
        about = there.volume / name / "window.sealed"
        about.parent.mkdir(parents=True)
        about.touch()
        os.utime(about, (written, written))
    with pytest.raises(StoreError) as refused:
        rescued(there.parts().__class__(there.volume, HALL), tmp_path / "rescued")
    assert "110101-01-06_c、110101-01-07_c、110101-01-07_b、110101-01-07_a；" in refused.value.advice


def test_a_copy_of_a_newer_program_is_refused_whole(there: Hall, tmp_path: Path) -> None:
    there.accept()
    there.copy().look()
    about, *others = list(there.parts())
    content = others.pop()[1]
    parcel: Parcel = read_json(Parcel, content, "case")
    foreign = {**parcel.rows, "appointments": ({"id": 1},)}
    for at, change in enumerate[dict[str, object]](({"revision": "9999"}, {"rows": foreign})):
        newer: Part = (case_name(parcel.case_key), parcel.model_copy(update=change).model_dump_json().encode())
        with pytest.raises(StoreError) as refused:
            rescued([about, *others, newer], tmp_path / f"rescued {at}")
        assert refused.value.fault is sealing_faults.TOO_NEW
    for old, new in ((b'"region"', b'"regions"'), (b'"revision":"0', b'"revision":"9')):
        unknown: Part = (about[0], about[1].replace(old, new))
        with pytest.raises(StoreError) as refused:
            rescued([unknown, *others], tmp_path / "rescued")
        assert refused.value.fault is sealing_faults.TOO_NEW
    assert not Profile(tmp_path / "rescued").holds_data()


def test_a_voided_number_and_its_reason_are_on_the_books_again(there: Hall, tmp_path: Path) -> None:
    case_id = there.accept()
    there.desk.render()
    notice = next(paper for paper in there.desk.papers(case_id) if paper.number)
    there.desk.paperwork.replace(notice.paper_id, CLERK, SUPERVISOR, "打印错误")
    there.copy().look()
    _, profile = rescued(there.parts(HUB), tmp_path / "rescued")
    query = "SELECT series, serial, number, state, reason FROM numbers ORDER BY series, serial"
    with opened(profile) as memory, memory.read() as found, there.desk.memory.read() as lost:
        assert found.exec_driver_sql(query).all() == lost.exec_driver_sql(query).all()
