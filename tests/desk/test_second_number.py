"""A number that another machine gave too: the case goes up under a second one, and is found by both for good."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest

from client.desk.exceptions import Choice, Exceptions
from client.desk.finding import find
from client.desk.inbox import StoredInbox
from client.desk.number_report import report
from client.desk.reconciling import Reconciling
from client.ports.papers import PaperKind
from client.ports.platform import DrainReport
from client.rules.case import State
from client.store import outbox
from client.store.wholeness import look
from sync.drain import drain
from sync.hub.cases import move_case
from sync.platform import HttpPlatform
from sync.reconcile import compare
from tests.desk.counter import CLERK, FOOD, SUPERVISOR, Desk
from tests.hubs import LocalHub
from tests.sync.sample import Window
from tests.sync.test_hall_node import Step, until


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LocalHub]:
    with LocalHub(tmp_path) as made:
        yield made


def bring(hub: LocalHub, number: str, key: str = "another-machines") -> None:
    """Another machine's case comes up under that number first."""
    event = Window(f"urn:yichuang:window:{key}").event(number, "received")
    data = json.loads(event.data) | {"case_key": key}
    with closing(HttpPlatform(hub.url)) as platform:
        (answer,) = platform.send([replace(event, data=json.dumps(data).encode())])
    assert answer.verdict == "accepted"


def sent(desk: Desk, hub: LocalHub) -> DrainReport:
    desk.clock.move(minutes=3)
    with closing(HttpPlatform(hub.url)) as platform:
        return drain(desk.memory.outbox(), StoredInbox(desk.counter), platform, desk.clock)


def clash(desk: Desk, hub: LocalHub) -> tuple[int, str]:
    """A case whose number another machine's has already."""
    case_id = desk.draft(FOOD)
    desk.intake.accept(case_id, CLERK)
    number = desk.record(case_id).number or ""
    bring(hub, number)
    assert sent(desk, hub).refused == 1
    return case_id, number


def choose(desk: Desk) -> None:
    (issue,) = Exceptions(desk.counter).all()
    Exceptions(desk.counter).choose(issue.event_id, Choice.SECOND_NUMBER, SUPERVISOR)


def found(desk: Desk, words: str) -> list[int]:
    return [case.case_id for case in find(desk.counter, words).cases]


def test_the_case_goes_up_under_a_second_number_and_is_found_by_both(desk: Desk, hub: LocalHub) -> None:
    case_id, number = clash(desk, hub)
    choose(desk)
    desk.intake.withdraw(case_id, CLERK, "申请人撤回")  # what happens later goes up under it too
    assert sent(desk, hub).refused == 0
    record = desk.record(case_id)
    second = record.second_number or ""
    assert (record.number, record.number_above) == (number, second)
    assert {case["number"]: case["state"] for case in hub.cases()} == {number: "received", second: "withdrawn"}
    for words in (number, second, number.replace("-", "")[-9:], second.replace("-", "")[-9:]):
        assert found(desk, words) == [case_id]
    assert desk.counter.numbered_case(second).case_id == case_id
    (decided,) = desk.audited("decide_exception")
    assert decided == (SUPERVISOR.staff_no, number, "done")
    assert desk.facts(case_id, PaperKind.ACCEPTANCE_NOTICE).case_number == number  # in the citizen's hand


def test_a_state_of_the_platform_comes_down_to_it(desk: Desk, hub: LocalHub) -> None:
    case_id, _ = clash(desk, hub)
    choose(desk)
    sent(desk, hub)
    move_case(hub.store_url, desk.record(case_id).second_number or "", "review")
    sent(desk, hub)
    assert desk.state(case_id) is State.REVIEW


def test_what_becomes_of_the_other_machine_s_case_moves_none_of_ours(desk: Desk, hub: LocalHub) -> None:
    """Before anybody decided, and afterwards: it bears the number that is printed here."""
    case_id, number = clash(desk, hub)
    for decide, state in ((False, "accepted"), (True, "review")):
        if decide:
            choose(desk)
            sent(desk, hub)
        move_case(hub.store_url, number, state)
        sent(desk, hub)
        assert desk.state(case_id) is State.ACCEPTED
    assert [outcome for _, _, outcome in desk.audited("case.state")] == ["anothers"] * 2


def test_all_numbers_are_accounted_for_and_the_two_ends_agree_about_the_case(desk: Desk, hub: LocalHub) -> None:
    case_id, number = clash(desk, hub)
    choose(desk)
    sent(desk, hub)
    assert look(desk.memory, read=True).flaws == ()
    assert all(not series.gaps for series in report(desk.counter, desk.counter.today().year))
    with closing(HttpPlatform(hub.url)) as platform:
        comparison = compare(desk.counter.books, platform)
    (finding,) = Reconciling(desk.counter).report(comparison, read=False).findings
    second = desk.record(case_id).second_number
    assert comparison.agreed == 1
    assert (finding.subject, finding.words) == (
        number,
        f"平台在此编号下是另一台电脑收的办件；本机的办件另编为 {second}，已核对",
    )


def test_the_platform_takes_it_once_whatever_is_sent_again(desk: Desk, hub: LocalHub) -> None:
    case_id, _ = clash(desk, hub)
    choose(desk)
    sent(desk, hub)
    taken = [each.event_id for each in desk.memory.outbox().taken(None, 10)]
    desk.memory.outbox().reopen(taken, "平台没有")  # as after a restore that had not happened
    assert sent(desk, hub).sent == len(taken)
    assert [case["events"] for case in hub.cases()] == [1, len(taken)]
    assert desk.record(case_id).second_number


def test_no_number_of_another_window_is_taken_for_a_second_one(desk: Desk, hub: LocalHub) -> None:
    case_id, _ = clash(desk, hub)
    choose(desk)
    with desk.memory.begin() as connection:
        outbox.go_up_under(connection, case_id, "110101-01-99-20260302-0001-0")
    assert sent(desk, hub).refused == 1
    assert "事件内的办件编号与主题不一致" in Exceptions(desk.counter).all()[0].reason


def test_a_second_number_that_is_taken_too_is_voided_and_the_next_one_counts(desk: Desk, hub: LocalHub) -> None:
    case_id, number = clash(desk, hub)
    choose(desk)
    taken = desk.record(case_id).second_number or ""
    bring(hub, taken, "anothers-too")
    assert sent(desk, hub).refused == 1
    choose(desk)
    assert sent(desk, hub).refused == 0
    second = desk.record(case_id).second_number or ""
    assert [case["number"] for case in hub.cases()] == [number, taken, second]
    assert look(desk.memory, read=True).flaws == ()
    assert all(not series.gaps for series in report(desk.counter, desk.counter.today().year))
    assert found(desk, taken) == []


def test_through_a_node_whose_second_number_is_taken_above_too(desk: Desk, tmp_path: Path, store_url: str) -> None:
    """What the node took under the first of them is the same event under the next."""
    with ExitStack() as stack:
        for name in ("platform", "node"):
            (tmp_path / name).mkdir()
        platform = stack.enter_context(LocalHub(tmp_path / "platform"))
        node = stack.enter_context(LocalHub(tmp_path / "node", store_url=store_url))
        step = Step(node, platform)
        case_id = desk.draft(FOOD)
        desk.intake.accept(case_id, CLERK)
        numbers = [desk.record(case_id).number or ""]
        bring(platform, numbers[0])
        for nth in range(3):
            sent(desk, node)
            step.one_pass()
            sent(desk, node)
            assert desk.memory.outbox().counts().refused == (1 if nth < 2 else 0)
            if nth < 2:
                choose(desk)
                numbers.append(desk.record(case_id).second_number or "")
            if nth == 0:
                bring(platform, numbers[1], "anothers-too")
                desk.intake.withdraw(case_id, CLERK, "申请人撤回")  # goes to the node under the number that fails
        assert [case["number"] for case in node.cases()] == [numbers[2]]

        def arrived() -> bool:  # it had been put off
            step.one_pass()
            return bool(platform.cases()[-1]["state"] == "withdrawn")

        until(arrived)
        assert {case["number"]: case["state"] for case in platform.cases()} == dict(
            zip(numbers, ("received", "received", "withdrawn"), strict=True)
        )
        again = [each.event_id for each in desk.memory.outbox().taken(None, 10)]
        desk.memory.outbox().reopen(again, "再来一次")
        assert sent(desk, node).refused == 0
        with closing(HttpPlatform(node.url)) as above:
            assert compare(desk.counter.books, above).differences == ()


def test_a_second_number_that_another_case_has_at_the_node_is_refused_there(desk: Desk, tmp_path: Path) -> None:
    with ExitStack() as stack:
        for name in ("platform", "node"):
            (tmp_path / name).mkdir()
        platform, node = (stack.enter_context(LocalHub(tmp_path / name)) for name in ("platform", "node"))
        step = Step(node, platform)
        case_id = desk.draft(FOOD)
        desk.intake.accept(case_id, CLERK)
        bring(platform, desk.record(case_id).number or "")
        sent(desk, node)
        step.one_pass()
        sent(desk, node)
        choose(desk)
        bring(node, desk.record(case_id).second_number or "", "at-the-node")
        assert sent(desk, node).refused == 1
        (issue,) = Exceptions(desk.counter).all()
        assert issue.choices == (Choice.SECOND_NUMBER, Choice.SEND_AGAIN)
        choose(desk)
        assert sent(desk, node).refused == 0
        assert desk.record(case_id).second_number in [case["number"] for case in node.cases()]


def test_through_a_node_that_had_taken_it_already(desk: Desk, tmp_path: Path, store_url: str) -> None:
    """The node stands for the case and is refused above: there the case moves to its second number, with all it has."""
    with ExitStack() as stack:
        for name in ("platform", "node"):
            (tmp_path / name).mkdir()
        platform = stack.enter_context(LocalHub(tmp_path / "platform"))
        node = stack.enter_context(LocalHub(tmp_path / "node", store_url=store_url))
        step = Step(node, platform)
        case_id = desk.draft(FOOD)
        desk.intake.accept(case_id, CLERK)
        number = desk.record(case_id).number or ""
        desk.render()  # its paper is an event of its own, which nobody decides about
        bring(platform, number)
        assert sent(desk, node).refused == 0
        step.one_pass()
        sent(desk, node)
        assert desk.memory.outbox().counts().refused == 1
        choose(desk)
        second = desk.record(case_id).second_number or ""
        for _ in range(2):  # and a replay of all of it changes nothing
            assert sent(desk, node).refused == 0
            step.one_pass()
            assert [case["number"] for case in node.cases()] == [second]
            assert [case["number"] for case in platform.cases()] == [number, second]
            with closing(HttpPlatform(node.url)) as above:
                assert compare(desk.counter.books, above).differences == ()
            refused = [each.event_id for each in desk.memory.outbox().taken(None, 10)]
            desk.memory.outbox().reopen(refused, "再来一次")
        move_case(platform.store_url, second, "review")
        step.one_pass()
        sent(desk, node)
        assert desk.state(case_id) is State.REVIEW
