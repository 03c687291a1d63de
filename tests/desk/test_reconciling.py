"""三方核对 through a real hub: what differs is named with what mends it, and mending it makes both ends agree."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import insert, text, update

from client.desk.reconciling import MEND_WORDS, NOT_FOR_US, Mend, Reconciling, Report
from client.desk.wires import wires
from client.errors import CaseError, RightsError
from client.ports.agreement import Comparison, Difference, Gap
from client.rules.agreement import Held, Range, Sum
from client.store import agreement, tables
from client.store.sealed import place
from client.store.wholeness import FlawKind
from sync.hub.cases import move_case
from sync.hub.store import Store
from sync.hub.tables import tallies as hub_tallies
from sync.platform import HttpPlatform
from sync.reconcile import ask, compare
from tests.desk.counter import CLERK, SUPERVISOR, Desk
from tests.hubs import HubProcess, LocalHub


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    folder = tmp_path / "hub"
    folder.mkdir()
    with HubProcess(folder) as made:
        yield made


def reconciled(desk: Desk, hub: HubProcess | LocalHub) -> Report:
    counter, platform = desk.counter, HttpPlatform(hub.url)
    try:
        desk.clock.move(minutes=3)
        comparison = ask(wires(counter), platform)
    finally:
        platform.close()
    return Reconciling(counter).report(comparison, read=False)


def accepted(desk: Desk, count: int) -> list[str]:
    """The numbers of so many accepted cases, their notices drawn."""
    numbers = []
    for _ in range(count):
        case_id = desk.draft()
        desk.intake.accept(case_id, CLERK)
        numbers.append(desk.record(case_id).number or "")
        desk.render()
    return numbers


def test_all_that_was_sent_agrees(desk: Desk, hub: HubProcess) -> None:
    accepted(desk, 3)
    report = reconciled(desk, hub)
    assert (report.agreed, report.findings, report.words) == (3, (), "本机与平台一致：3 件")


def test_a_platform_restored_from_an_old_copy_gets_again_what_it_lacks(desk: Desk, hub: HubProcess) -> None:
    old = accepted(desk, 2)
    assert reconciled(desk, hub).ok
    hub.stop()
    folder, copy = hub.files.parent, hub.files.parent.with_name("copy")
    shutil.copytree(folder, copy)
    hub.start()
    new = accepted(desk, 2)
    assert reconciled(desk, hub).ok
    hub.stop()
    shutil.rmtree(folder)
    shutil.copytree(copy, folder)
    hub.start()
    report = reconciled(desk, hub)  # a pass that does not doubt the platform asks nothing of what it took
    assert [(each.kind, each.subject, each.mend) for each in report.findings] == [
        (Gap.NOT_HELD, number, Mend.SEND_AGAIN) for number in new
    ]
    assert (report.agreed, report.words) == (2, "不一致 2 处")
    assert "没有本件的 2 条记录" in report.findings[0].words
    assert Reconciling(desk.counter).mend(report.findings, SUPERVISOR) == 2
    again = reconciled(desk, hub)
    assert (again.agreed, again.findings) == (4, ())
    found = hub.cases()
    assert [case["number"] for case in found] == sorted([*old, *new])
    assert {case["events"] for case in found} == {2}


def test_a_state_that_was_not_heard_is_fetched(desk: Desk, hub: HubProcess) -> None:
    (number,) = accepted(desk, 1)
    assert reconciled(desk, hub).ok
    move_case(hub.store_url, number, "review")
    assert reconciled(desk, hub).ok
    with desk.memory.begin() as connection, agreement.followed(connection, [1]):  # as if it had never come down
        connection.execute(update(tables.cases).values(state="accepted", told=None))
    report = reconciled(desk, hub)
    (finding,) = report.findings
    assert (finding.kind, finding.mend) == (Gap.OTHER_STATE, Mend.FETCH_STATES)
    assert finding.words.startswith("办件状态不一致：本机收到“无”，平台为“")
    Reconciling(desk.counter).mend([finding], SUPERVISOR)
    assert reconciled(desk, hub).ok
    assert desk.audited("fetch_states") == [(SUPERVISOR.staff_no, number, "done")]


def test_a_case_only_the_platform_has_is_for_it_to_look_into(desk: Desk, hub: HubProcess, tmp_path: Path) -> None:
    """As after a restore of the window from an older backup, or at a workstation somebody cloned."""
    accepted(desk, 1)
    desk.memory.database.close()
    shutil.copytree(desk.profile.folder, tmp_path / "backup")
    desk.reopen()
    (lost,) = accepted(desk, 1)
    assert reconciled(desk, hub).ok
    desk.memory.database.close()
    shutil.rmtree(desk.profile.folder)
    shutil.copytree(tmp_path / "backup", desk.profile.folder)
    desk.reopen()
    (finding,) = reconciled(desk, hub).findings
    assert (finding.kind, finding.subject, finding.mend) == (Gap.UNKNOWN_HERE, lost, Mend.CALL_IT)
    with pytest.raises(CaseError) as caught:
        Reconciling(desk.counter).mend([finding], SUPERVISOR)
    assert caught.value.fault is NOT_FOR_US


class Counted(HttpPlatform):
    """Counts the questions it asks."""

    questions = 0

    def sums(self, ranges: Sequence[Range]) -> Sequence[Sum]:
        self.questions += 1
        return super().sums(ranges)

    def cases(self, within: Range, after: str) -> Sequence[Held]:
        self.questions += 1
        return super().cases(within, after)


def test_a_million_agreed_cases_cost_one_question_and_a_lost_one_seven(desk: Desk, tmp_path: Path) -> None:
    """Ten thousand days of a hundred cases in both stores, as sums; one more case is real, and lost by the platform."""
    settings = desk.counter.settings
    own = f"{settings.region}-{settings.hall_code}-{settings.window_no}-"
    days = [
        {"head": f"{own}{19000000 + day}", "cases": 100, "digest": Sum(0, 7919**9 * day).hex} for day in range(10_000)
    ]
    with LocalHub(tmp_path) as hub:
        assert reconciled(desk, hub).ok
        store = Store(hub.store_url)
        with store.write() as connection:
            connection.execute(insert(hub_tallies), days)
        with desk.memory.begin() as connection:
            connection.execute(insert(tables.tallies), days)
        platform = Counted(hub.url)
        assert compare(desk.counter.books, platform).agreed == 1_000_000
        assert platform.questions == 1
        (number,) = accepted(desk, 1)
        assert reconciled(desk, hub).agreed == 1_000_001
        with store.write() as connection:
            for statement in (
                "DELETE FROM case_files",
                "DELETE FROM events",
                "DELETE FROM cases",
                f"DELETE FROM tallies WHERE head >= '{own}2'",
            ):
                connection.execute(text(statement))
        store.close()
        platform.questions = 0
        comparison = compare(desk.counter.books, platform)
        platform.close()
    (difference,) = comparison.differences
    assert (difference.number, difference.gap, comparison.agreed) == (number, Gap.NOT_HELD, 1_000_000)
    assert platform.questions <= 7


def test_a_damaged_file_is_set_aside_by_whoever_may(desk: Desk) -> None:
    accepted(desk, 1)
    reconciling = Reconciling(desk.counter)
    name = next(desk.memory.files.names())
    path = place(desk.profile.files, name)
    path.write_bytes(path.read_bytes()[:-1])
    (finding,) = reconciling.report(None, read=False).findings
    assert (finding.kind, finding.mend, finding.what) == (FlawKind.FILE_DAMAGED, Mend.SET_ASIDE, (name,))
    with pytest.raises(RightsError):
        reconciling.mend([finding], CLERK)
    assert path.exists()
    reconciling.mend([finding], SUPERVISOR)
    assert not path.exists()
    (finding,) = reconciling.report(None, read=False).findings
    assert (finding.kind, finding.mend) == (FlawKind.FILE_MISSING, Mend.CALL_IT)


def test_a_window_that_works_alone_looks_at_itself(desk: Desk) -> None:
    accepted(desk, 1)
    report = Reconciling(desk.counter).report(None, read=True)
    assert report.words == f"本机文件、文书与编号一致：{report.files} 个文件；没有与平台核对"


def test_more_than_the_list_holds_is_said(desk: Desk) -> None:
    comparison = Comparison(
        0, (Difference("n", Gap.OTHER_KEY, ("a", "b")), Difference("n", Gap.OTHER_STATE, ("", "?"))), more=True
    )
    report = Reconciling(desk.counter).report(comparison, read=False)
    assert report.words == "不一致 2+ 处"
    assert report.findings[1].words == "办件状态不一致：本机收到“无”，平台为“?”"
    assert set(MEND_WORDS) == set(Mend)
