"""After a rescue: what the platform has of the disk before is written down once, and then agrees for good."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from client.desk.before import enter_given
from client.desk.counter import Counter
from client.desk.number_report import Serials, SeriesReport, Voided
from client.desk.number_report import report as numbers_report
from client.desk.numbers import RESERVE, RESTORED, set_aside
from client.desk.reconciling import Finding, Mend, Reconciling, Report
from client.desk.wires import wires
from client.errors import RightsError
from client.ports.agreement import Gap
from client.rules.agreement import Held
from client.rules.numbering import CaseNumber, PaperNumber, number_in
from client.store import before, number_blocks, numbers
from client.store.opening import open_memory
from sync.courier import sending
from sync.hub.cases import move_case
from sync.hub.store import Store
from sync.reconcile import ask, compare
from tests.desk.copies import Hall, hall, rescued
from tests.desk.counter import CLERK, MORNING, PASSPHRASE, SUPERVISOR, Desk
from tests.desk.test_reconciling import Counted
from tests.desk.test_rescue import leave_out
from tests.hubs import HubProcess


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    folder = tmp_path / "hub"
    folder.mkdir()
    with HubProcess(folder) as made:
        yield made


@pytest.fixture
def there(desk: Desk, tmp_path: Path) -> Hall:
    return hall(desk, tmp_path / "volume")


@contextmanager
def after_rescue(there: Hall, folder: Path) -> Iterator[Counter]:
    """The window rebuilt out of its second copy, under its own number."""
    there.copy().look()
    _, profile = rescued(there.parts(), folder, leave_out)
    source_uri = there.desk.counter.settings.source_uri
    with open_memory(profile, source_uri, passphrase=PASSPHRASE, program="test", now=MORNING) as memory:
        yield replace(there.desk.counter, memory=memory)


def reconciled(counter: Counter, hub: HubProcess) -> Report:
    platform = Counted(hub.url)
    try:
        return Reconciling(counter).report(ask(wires(counter), platform), read=False)
    finally:
        platform.close()


def sent(there: Hall, hub: HubProcess, count: int) -> list[str]:
    """So many cases go up with their notices; their numbers."""
    made = [there.accept() for _ in range(count)]
    there.desk.render()
    there.desk.clock.move(minutes=3)
    assert reconciled(there.desk.counter, hub).ok
    return [there.desk.record(each).number or "" for each in made]


def of_series(counter: Counter) -> dict[str, SeriesReport]:
    return {each.series: each for each in numbers_report(counter, MORNING.year)}


def test_one_act_of_a_supervisor_and_the_rescued_window_agrees_and_misses_no_number(
    there: Hall, hub: HubProcess, tmp_path: Path
) -> None:
    gone = sent(there, hub, 3)
    there.accept()
    with after_rescue(there, tmp_path / "rescued") as counter:
        reconciling = Reconciling(counter)
        assert any(each.gaps for each in of_series(counter).values())
        finding = found_of_before(reconciled(counter, hub))
        assert (finding.kind, finding.what) == (Gap.DISK_BEFORE, tuple(gone))
        assert finding.words.startswith("平台有本窗口编号的 3 件，")
        with pytest.raises(RightsError):
            reconciling.mend([finding], CLERK)
        assert reconciling.mend([finding], SUPERVISOR) == 1
        report = reconciled(counter, hub)
        assert (report.words, report.findings) == ("本机与平台一致：4 件", ())
        series = of_series(counter)
        assert [each.gaps for each in series.values()] == [()] * len(series)
        day = series[CaseNumber.parse(gone[0]).series]
        assert (day.before, day.issued, day.voided) == ((Serials(1, 3),), 1, (Voided(5, 4 + RESERVE, RESTORED),))
        papers = [each for each in series.values() if each is not day]
        assert [(each.before, each.issued) for each in papers] == [((Serials(1, 3),), 1)]
        with counter.memory.read() as connection:
            kept = connection.execute(text("SELECT staff, detail FROM audit WHERE act = 'take_note'")).all()
        assert [(row.staff, '"what":3' in row.detail.replace(" ", "")) for row in kept] == [(SUPERVISOR.staff_no, True)]


def found_of_before(report: Report) -> Finding:
    """The one finding there is, mended by a note."""
    (finding,) = report.findings
    assert finding.mend is Mend.TAKE_NOTE
    return finding


def test_out_of_an_old_copy_the_numbers_go_on_behind_what_the_platform_has(
    there: Hall, hub: HubProcess, tmp_path: Path
) -> None:
    """More than is left out blindly was given since: the first contact with the platform tells of it."""
    there.accept()
    there.copy().look()
    parts = list(there.parts())
    desk = there.desk
    with desk.memory.begin() as connection:  # so many cases and papers of the day that nobody looks at here
        for series in numbers.every_series(connection):
            last = numbers.rows(connection, series)[-1].serial + RESERVE + 30
            numbers.record(connection, series, last, number_in(series, last), MORNING)
            numbers.void(connection, series, last, "示例")
    sent(there, hub, 1)
    with desk.memory.read() as connection:
        highest = {each: numbers.rows(connection, each)[-1].serial for each in numbers.every_series(connection)}
    _, profile = rescued(parts, tmp_path / "old", leave_out)
    source_uri = desk.counter.settings.source_uri
    with open_memory(profile, source_uri, passphrase=PASSPHRASE, program="test", now=MORNING) as memory:
        counter = replace(desk.counter, memory=memory)
        for _ in range(2):
            reconciled(counter, hub)
        with memory.read() as connection:
            for series, last in highest.items():
                assert numbers.next_serial(connection, series, 1, 9999) == last + 1
            told = connection.execute(text("SELECT staff FROM audit WHERE act = 'numbers_before'")).scalars().all()
        assert told == ["platform"], "what is known already is not written again"


def test_an_open_window_learns_the_given_numbers_by_itself(there: Hall, hub: HubProcess, tmp_path: Path) -> None:
    (gone,) = sent(there, hub, 1)
    with after_rescue(there, tmp_path / "rescued") as counter:
        with sending(wires(counter), hub.url, None, lambda _report: None) as courier:
            until = time.monotonic() + 20
            while courier.comparison is None and time.monotonic() < until:
                time.sleep(0.05)
        assert of_series(counter)[CaseNumber.parse(gone).series].before == (Serials(1, 1),)


def test_what_is_written_down_costs_one_question_and_follows_the_platform(
    there: Hall, hub: HubProcess, tmp_path: Path
) -> None:
    gone = sent(there, hub, 3)
    with after_rescue(there, tmp_path / "rescued") as counter:
        Reconciling(counter).mend([found_of_before(reconciled(counter, hub))], SUPERVISOR)
        platform = Counted(hub.url)
        assert compare(counter.books, platform).agreed == 3
        assert platform.questions == 1
        move_case(hub.store_url, gone[1], "review")
        assert reconciled(counter, hub).ok
        platform.questions = 0
        assert compare(counter.books, platform).agreed == 3
        assert platform.questions == 1
        platform.close()


def test_a_word_of_the_platform_that_was_not_heard_is_fetched(there: Hall, hub: HubProcess, tmp_path: Path) -> None:
    (gone,) = sent(there, hub, 1)
    with after_rescue(there, tmp_path / "rescued") as counter:
        early = found_of_before(reconciled(counter, hub))
        move_case(hub.store_url, gone, "review")
        assert found_of_before(reconciled(counter, hub)).held[0].told == "review"
        Reconciling(counter).mend([early], SUPERVISOR)
        (finding,) = reconciled(counter, hub).findings
        assert (finding.kind, finding.mend) == (Gap.OTHER_STATE, Mend.FETCH_STATES)
        Reconciling(counter).mend([finding], SUPERVISOR)
        assert reconciled(counter, hub).ok


def test_what_the_platform_lost_of_the_disk_before_nobody_can_send_again(
    there: Hall, hub: HubProcess, tmp_path: Path
) -> None:
    (gone,) = sent(there, hub, 1)
    with after_rescue(there, tmp_path / "rescued") as counter:
        Reconciling(counter).mend([found_of_before(reconciled(counter, hub))], SUPERVISOR)
        store = Store(hub.store_url)
        with store.write() as connection:
            for table in ("case_files", "events", "cases", "tallies"):
                connection.execute(text(f"DELETE FROM {table}"))
        store.close()
        (finding,) = reconciled(counter, hub).findings
        assert (finding.kind, finding.subject, finding.mend) == (Gap.NOT_HELD, gone, Mend.CALL_IT)
        assert "原磁盘" in finding.words


def number(desk: Desk, serial: int) -> CaseNumber:
    settings = desk.counter.settings
    return CaseNumber(settings.region, settings.hall_code, settings.window_no, desk.clock().date(), serial)


def held(number: CaseNumber, *papers: str) -> Held:
    return Held(str(number), "k", None, frozenset(), frozenset(), frozenset(papers))


def test_numbers_that_were_left_out_and_turn_up_at_the_platform_are_told_apart(desk: Desk) -> None:
    """Out of an old copy: what lies between those the platform has stays left out, and the next one goes on behind."""
    desk.intake.accept(desk.draft(), CLERK)
    series = number(desk, 1).series
    with desk.memory.begin() as connection:
        set_aside(connection, desk.counter.settings, (), desk.clock())
        for serial in (RESERVE + 1, 6, 5, 2, RESERVE + 4):
            enter_given(desk.counter, connection, [held(number(desk, serial))], desk.clock())
    found = of_series(desk.counter)[series]
    assert found.before == (Serials(2, 2), Serials(5, 6), Serials(RESERVE + 1, RESERVE + 1), Serials(204, 204))
    assert found.voided == (Voided(3, 4, RESTORED), Voided(7, RESERVE, RESTORED))
    assert (found.issued, found.gaps) == (1, (Serials(RESERVE + 2, RESERVE + 3),))
    with desk.memory.read() as connection:
        assert numbers.next_serial(connection, series, 1, 9999) == RESERVE + 5


@pytest.mark.parametrize("paper_block", [10, None])
def test_what_was_left_out_of_a_block_begins_with_the_block(desk: Desk, paper_block: int | None) -> None:
    word = PaperNumber("示试许受", MORNING.year, 1)
    desk.configure(paper_serials=(41, 300), paper_block=paper_block)
    with desk.memory.begin() as connection:
        if paper_block:
            number_blocks.ask(connection, word.series, 260, desk.clock(), "block")
            number_blocks.enter(connection, "block", 41, 300, desk.clock())
        set_aside(connection, desk.counter.settings, ["示试许受"], desk.clock())
        given = [number_in(word.series, serial) for serial in (41, 43, 12)]
        enter_given(desk.counter, connection, [held(number(desk, 1), *given)], desk.clock())
    found = of_series(desk.counter)[word.series]
    assert found.before == (Serials(12, 12), Serials(41, 41), Serials(43, 43))
    assert (found.voided, found.gaps) == ((Voided(42, 42, RESTORED), Voided(44, 40 + RESERVE, RESTORED)), ())


def test_a_number_that_is_on_a_paper_here_stays_issued(desk: Desk) -> None:
    case_id = desk.intake.accept(desk.draft(), CLERK).case_id
    (paper,) = [each.number for each in desk.papers(case_id) if each.number]
    with desk.memory.begin() as connection:
        own = desk.record(case_id).number or ""
        strange = Held(own, "other", None, frozenset(), frozenset())
        assert before.put(connection, [strange]) == []
        enter_given(desk.counter, connection, [held(number(desk, 7), paper, "不是编号")], desk.clock())
    assert [(each.issued, len(each.before)) for each in of_series(desk.counter).values()] == [(1, 1), (1, 0)]
