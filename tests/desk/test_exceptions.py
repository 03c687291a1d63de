"""Each kind of conflict through a real hub: refused with its code, told field by field, decided, then taken once."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from client.desk.exceptions import CHOICE_WORDS, NOT_A_CHOICE, CaseIssue, Choice, Exceptions
from client.desk.inbox import StoredInbox
from client.desk.sending import NOT_REFUSED
from client.errors import CaseError, RightsError
from client.ports.agreement import Gap
from client.ports.conflicts import Conflict, Decision, FieldDifference
from client.ports.platform import DrainReport
from client.rules.case import State
from client.store import tables
from sync.drain import drain
from sync.hub.cases import OnlineApplication, move_case, put_online, revise_item
from sync.platform import HttpPlatform
from sync.reconcile import compare
from tests.desk.counter import CLERK, FOOD, MORNING, SUPERVISOR, Desk, page
from tests.hubs import LocalHub
from tests.sync.sample import Window

ONLINE = "W202603010001"
PAPER = "撤回申请书2026-03-02"


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LocalHub]:
    with LocalHub(tmp_path) as made, closing(HttpPlatform(made.url)) as platform:
        platform.changes("")  # it is up, and its store is made
        yield made


def sent(desk: Desk, hub: LocalHub) -> DrainReport:
    desk.clock.move(minutes=3)
    with closing(HttpPlatform(hub.url)) as platform:
        return drain(desk.memory.outbox(), StoredInbox(desk.counter), platform, desk.clock)


def accepted(desk: Desk) -> str:
    case_id = desk.draft(FOOD)
    desk.intake.accept(case_id, CLERK)
    return desk.record(case_id).number or ""


def the_issue(desk: Desk) -> CaseIssue:
    (issue,) = Exceptions(desk.counter).all()
    assert Exceptions(desk.counter).one(issue.event_id) == issue
    return issue


def decided(desk: Desk, hub: LocalHub, choice: Choice, reason: str = "") -> None:
    """A supervisor chooses; then everything goes up, and nothing is left to decide."""
    issue = the_issue(desk)
    assert Exceptions(desk.counter).choose(issue.event_id, choice, SUPERVISOR, reason) == issue.case_number
    report = sent(desk, hub)
    assert (report.refused, report.waiting, report.error) == (0, 0, None)
    assert Exceptions(desk.counter).all() == ()
    assert desk.audited("decide_exception") == [(SUPERVISOR.staff_no, issue.case_number, "done")]


def test_an_item_that_was_revised_and_the_case_keeps_its_version(desk: Desk, hub: LocalHub) -> None:
    item = desk.item(FOOD)
    revise_item(hub.store_url, item.task_handle_item, item.version + 1)
    number = accepted(desk)
    assert sent(desk, hub).refused == 1
    issue = the_issue(desk)
    assert (issue.case_number, issue.words, issue.kind) == (number, "受理", "事项版本已更新")
    assert issue.differences == (FieldDifference("事项版本", str(item.version), str(item.version + 1)),)
    assert issue.choices == (Choice.KEEP_VERSION,)
    decided(desk, hub, Choice.KEEP_VERSION)
    assert [case["number"] for case in hub.cases()] == [number]
    revise_item(hub.store_url, item.task_handle_item, item.version)
    accepted(desk)
    assert sent(desk, hub).refused == 0


def put_application(desk: Desk, hub: LocalHub, number: str = ONLINE) -> datetime:
    """The applicant of the example has applied for the same online."""
    received, identifier = MORNING, desk.people(FOOD)[0].identifier
    item = desk.item(FOOD).task_handle_item
    put_online(hub.store_url, OnlineApplication(number=number, item=item, identifier=identifier, received_at=received))
    return received


def test_of_two_applications_the_online_one_is_withdrawn(desk: Desk, hub: LocalHub) -> None:
    received = put_application(desk, hub)
    number = accepted(desk)
    assert sent(desk, hub).refused == 1
    issue = the_issue(desk)
    at = desk.events("case.accepted")[0]["received_at"]
    assert (issue.kind, issue.reason) == ("网上已有同一申请", "同一申请人的同一事项已在网上申请")
    assert issue.differences == (
        FieldDifference("申请编号", number, ONLINE),
        FieldDifference("收件时间", at, received.isoformat()),
    )
    with pytest.raises(CaseError):  # not without the applicant's paper
        Exceptions(desk.counter).choose(issue.event_id, Choice.ONLINE_WITHDRAWN, SUPERVISOR)
    decided(desk, hub, Choice.ONLINE_WITHDRAWN, PAPER)
    accepted(desk)
    assert sent(desk, hub).refused == 0, "it does not stand any more"


def test_of_two_applications_the_one_at_the_window_is_withdrawn(desk: Desk, hub: LocalHub) -> None:
    put_application(desk, hub)
    number = accepted(desk)
    sent(desk, hub)
    decided(desk, hub, Choice.WINDOW_WITHDRAWN, PAPER)
    (case,) = hub.cases()
    assert (case["number"], case["state"], case["events"]) == (number, "withdrawn", 2)
    accepted(desk)
    assert sent(desk, hub).refused == 1, "the online one stands"


def test_a_death_between_withdrawal_and_decision_is_gone_on_from(desk: Desk, hub: LocalHub) -> None:
    put_application(desk, hub)
    accepted(desk)
    sent(desk, hub)
    desk.intake.withdraw(the_issue(desk).case_id, SUPERVISOR, PAPER)
    decided(desk, hub, Choice.WINDOW_WITHDRAWN, PAPER)
    assert desk.event_types().count("case.withdrawn") == 1


def test_two_conflicts_of_one_case_are_decided_one_after_the_other(desk: Desk, hub: LocalHub) -> None:
    item = desk.item(FOOD)
    revise_item(hub.store_url, item.task_handle_item, item.version + 1)
    put_application(desk, hub)
    accepted(desk)
    sent(desk, hub)
    issue = the_issue(desk)
    Exceptions(desk.counter).choose(issue.event_id, Choice.KEEP_VERSION, SUPERVISOR)
    assert sent(desk, hub).refused == 1
    issue = the_issue(desk)
    assert issue.kind == "网上已有同一申请"
    Exceptions(desk.counter).choose(issue.event_id, Choice.ONLINE_WITHDRAWN, SUPERVISOR, PAPER)
    assert sent(desk, hub).refused == 0
    with desk.memory.read() as connection:
        kept = connection.scalars(select(tables.outbox.c.decisions)).all()
    assert json.loads(kept[0] or "[]") == [Decision.KEEP_VERSION, Decision.ONLINE_WITHDRAWN]


def test_an_applicant_who_withdrew_online_while_the_window_was_away(desk: Desk, hub: LocalHub) -> None:
    case_id = desk.draft(FOOD)
    desk.intake.receive(case_id, CLERK)
    assert sent(desk, hub).refused == 0
    number = desk.record(case_id).number or ""
    move_case(hub.store_url, number, "withdrawn")
    desk.intake.accept(case_id, CLERK)
    assert sent(desk, hub).refused == 1
    issue = the_issue(desk)
    assert (issue.kind, issue.choices) == ("申请人已网上撤回", (Choice.FOR_THE_RECORD,))
    assert issue.differences == (FieldDifference("办件状态", "accepted", "withdrawn"),)
    decided(desk, hub, Choice.FOR_THE_RECORD)
    (case,) = hub.cases()
    assert (case["state"], case["events"]) == ("withdrawn", 2)
    assert desk.state(case_id) is State.WITHDRAWN


def other_window(hub: LocalHub, number: str, key: str) -> None:
    """Another window brings a case of that number and key."""
    event = Window("urn:yichuang:window:another").event(number)
    data = json.loads(event.data) | {"case_key": key}
    with closing(HttpPlatform(hub.url)) as platform:
        (answer,) = platform.send([replace(event, data=json.dumps(data).encode())])
    assert answer.verdict == "accepted"


def test_a_number_another_window_gave_too(desk: Desk, hub: LocalHub) -> None:
    number = accepted(desk)
    other_window(hub, number, "another-key")
    assert sent(desk, hub).refused == 1
    issue = the_issue(desk)
    key = desk.record(issue.case_id).key
    assert (issue.kind, issue.choices) == ("办件编号重复", (Choice.SECOND_NUMBER, Choice.SEND_AGAIN))
    assert issue.differences == (
        FieldDifference("办件标识", key, "another-key"),
        FieldDifference("来源窗口", desk.memory.source, "urn:yichuang:window:another"),
    )
    Exceptions(desk.counter).choose(issue.event_id, Choice.SEND_AGAIN, SUPERVISOR)
    assert sent(desk, hub).refused == 1, "a number in the applicant's hand is changed by nobody here"


def test_a_case_that_has_another_number_at_the_platform(desk: Desk, hub: LocalHub) -> None:
    number = accepted(desk)
    with desk.memory.read() as connection:
        key = connection.scalars(select(tables.cases.c.key)).one()
    other_window(hub, "110101-01-99-20260302-0001-0", key)
    assert sent(desk, hub).refused == 1
    assert the_issue(desk).differences == (FieldDifference("办件编号", number, "110101-01-99-20260302-0001-0"),)


def test_a_file_that_is_not_what_its_digest_says(desk: Desk, hub: LocalHub) -> None:
    case_id = desk.draft(FOOD)
    page = next(slot.pages[0] for slot in desk.record(case_id).slots.values())
    row = update(tables.pages).where(tables.pages.c.id == page.page_id)
    with desk.memory.begin() as connection:
        connection.execute(row.values(sha256="0" * 64))
    desk.intake.accept(case_id, CLERK)
    other = accepted(desk)
    report = sent(desk, hub)
    assert (report.refused, report.waiting) == (1, 0)
    assert [case["number"] for case in hub.cases()] == [other], "it holds up no other case"
    issue = the_issue(desk)
    assert (issue.kind, issue.choices) == ("文件校验不符", (Choice.SEND_AGAIN, Choice.WITHOUT_FILE))
    with pytest.raises(CaseError):  # not without saying where the paper is
        Exceptions(desk.counter).choose(issue.event_id, Choice.WITHOUT_FILE, SUPERVISOR)
    Exceptions(desk.counter).choose(issue.event_id, Choice.WITHOUT_FILE, SUPERVISOR, "原件留存在本窗口档案袋")
    assert (sent(desk, hub).refused, desk.memory.outbox().counts().waiting) == (0, 0)
    lacking = next(case for case in hub.cases() if case["number"] == issue.case_number)
    assert (lacking["state"], lacking["events"]) == ("accepted", 1)
    assert desk.audited("decide_exception") == [(SUPERVISOR.staff_no, issue.case_number, "done")]
    with closing(HttpPlatform(hub.url)) as platform:
        (difference,) = compare(desk.counter.books, platform).differences
    assert (difference.gap, difference.what) == (Gap.FILE_NOT_HELD, ("0" * 64,))  # it is not forgotten


def test_a_file_the_window_has_lost(desk: Desk, hub: LocalHub) -> None:
    case_id, content = desk.draft(FOOD), page(99)  # no other case has that page
    desk.attach(case_id, next(iter(desk.record(case_id).slots)), 99)
    desk.intake.accept(case_id, CLERK)
    desk.memory.files.set_aside(desk.memory.files.put(content).name)
    other = accepted(desk)
    assert (sent(desk, hub).refused, [case["number"] for case in hub.cases()]) == (1, [other])
    issue, exceptions = the_issue(desk), Exceptions(desk.counter)
    assert (issue.kind, issue.choices) == ("本机文件缺失或损坏", (Choice.SEND_AGAIN, Choice.WITHOUT_FILE))
    assert "找不到已保存的扫描件" in issue.reason
    exceptions.choose(issue.event_id, Choice.SEND_AGAIN, SUPERVISOR)
    assert sent(desk, hub).refused == 1, "it is lost still"
    desk.memory.files.put(content)  # out of a backup
    exceptions.choose(issue.event_id, Choice.SEND_AGAIN, SUPERVISOR)
    assert (sent(desk, hub).refused, len(hub.cases())) == (0, 2)


def test_a_lost_file_that_is_not_waited_for(desk: Desk, hub: LocalHub) -> None:
    number = accepted(desk)
    for name in list(desk.memory.files.names()):
        desk.memory.files.set_aside(name)
    sent(desk, hub)
    issue = the_issue(desk)
    Exceptions(desk.counter).choose(issue.event_id, Choice.WITHOUT_FILE, SUPERVISOR, "原件留存在本窗口档案袋")
    assert sent(desk, hub).sent == 1
    assert [case["number"] for case in hub.cases()] == [number]


def test_who_may_decide_and_what(desk: Desk, hub: LocalHub) -> None:
    item = desk.item(FOOD)
    revise_item(hub.store_url, item.task_handle_item, item.version + 1)
    accepted(desk)
    sent(desk, hub)
    issue, exceptions = the_issue(desk), Exceptions(desk.counter)
    with pytest.raises(RightsError):
        exceptions.choose(issue.event_id, Choice.KEEP_VERSION, CLERK)
    with pytest.raises(CaseError) as caught:
        exceptions.choose(issue.event_id, Choice.FOR_THE_RECORD, SUPERVISOR)
    assert caught.value.fault is NOT_A_CHOICE
    assert CHOICE_WORDS[Choice.KEEP_VERSION] in caught.value.advice
    exceptions.choose(issue.event_id, Choice.KEEP_VERSION, SUPERVISOR)
    with pytest.raises(CaseError) as caught:
        exceptions.choose(issue.event_id, Choice.KEEP_VERSION, SUPERVISOR)
    assert caught.value.fault is NOT_REFUSED


def test_every_conflict_and_every_decision_has_its_words() -> None:
    assert {choice.value for choice in Choice} == {"send-again", *Decision}
    assert set(CHOICE_WORDS) == set(Choice)
    assert len(Conflict) == 7
