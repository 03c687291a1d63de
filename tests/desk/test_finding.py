"""The 办件 page: found by what people remember, masked, newest first, a page at a time."""

from collections.abc import Sequence

import pytest

from client.desk.finding import find
from client.ports.platform import EventAnswer, Verdict
from client.ports.printer import JobReport, PrintState
from client.rules.case import State
from client.rules.identity import Applicant, ApplicantKind, Attendee, Capacity
from client.store.outbox import OutboxState
from tests.data import resident_id
from tests.desk.counter import CARD, CLERK, COMPANY, FOOD, MORNING, Desk, MovableClock


def person(desk: Desk, name: str, serial: int, *, item: str = CARD) -> int:
    """A draft of a person who came in person."""
    case_id = desk.draft(item)
    old = desk.record(case_id).applicant
    assert old is not None
    applicant = old.model_copy(update={"name": name, "identifier": resident_id(serial)})
    attendee = Attendee(capacity=Capacity.SELF, **applicant.model_dump(include=set(Attendee.model_fields)))
    desk.drafting.set_people(case_id, CLERK, applicant, attendee)
    return case_id


def ids(desk: Desk, words: str, state: State | None = None) -> list[int]:
    return [case.case_id for case in find(desk.counter, words, state).cases]


def answer(desk: Desk, verdict: Verdict, *, ack: str | None = None, reason: str | None = None) -> None:
    """What the platform says of everything that waits."""
    outbox = desk.memory.outbox()
    events = [event.event_id for event in outbox.due(desk.clock(), 100)]
    outbox.sending(events)
    outbox.answered(
        [EventAnswer(event_id=each, verdict=verdict, ack=ack, reason=reason) for each in events], desk.clock()
    )


@pytest.fixture
def people(desk: Desk) -> Sequence[int]:
    return [person(desk, "张三", 1), person(desk, "李四", 2), person(desk, "欧阳小三", 3)]


def test_without_words_everything_is_listed_newest_first(desk: Desk, people: Sequence[int]) -> None:
    assert ids(desk, "") == ids(desk, "  ") == sorted(people, reverse=True)


@pytest.mark.parametrize(
    ("words", "found"), [("张三", [0]), ("三", [2, 0]), ("欧阳", [2]), ("李 四", []), ("%", []), ("王", [])]
)
def test_part_of_a_name_finds_its_cases(desk: Desk, people: Sequence[int], words: str, found: Sequence[int]) -> None:
    assert ids(desk, words) == [people[each] for each in found]


def test_an_identifier_is_found_whole_and_by_its_end(desk: Desk, people: Sequence[int]) -> None:
    whole = resident_id(2)
    assert ids(desk, whole) == ids(desk, f" {whole[:6]} {whole[6:]}") == ids(desk, whole.lower()) == [people[1]]
    assert people[1] in ids(desk, whole[-4:])
    assert people[1] not in ids(desk, whole[-3:])  # too short: it would fit half of all


def test_the_attendee_is_found_too(desk: Desk) -> None:
    case_id = desk.draft(COMPANY)
    attendee = desk.record(case_id).attendee
    assert attendee is not None
    assert ids(desk, attendee.name) == [case_id]


def test_a_case_number_is_found_with_and_without_hyphens_and_by_its_end(desk: Desk, people: Sequence[int]) -> None:
    for case_id in people:
        desk.intake.receive(case_id, CLERK)
    number = desk.record(people[1]).number
    assert number is not None
    for words in (number, number.replace("-", ""), number[-6:], number[-6:].replace("-", "")):
        assert ids(desk, words) == [people[1]]
    assert ids(desk, number[:-1] + str((int(number[-1]) + 1) % 10)) == []


def test_a_paper_number_is_found_however_it_is_typed(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    desk.intake.accept(case_id, CLERK)
    number = desk.papers(case_id)[0].number
    assert number is not None
    for words in (number, number.replace("〔", "[").replace("〕", "]"), f" {number} "):
        assert ids(desk, words) == [case_id]


def test_a_state_is_found_among_the_others(desk: Desk) -> None:
    made = {state: desk.draft(FOOD) for state in (State.DRAFT, State.RECEIVED, State.ACCEPTED)}
    desk.intake.receive(made[State.RECEIVED], CLERK)
    desk.intake.accept(made[State.ACCEPTED], CLERK)
    for state, case_id in made.items():
        assert ids(desk, "", state) == [case_id]
    assert ids(desk, "", State.VOIDED) == []
    assert ids(desk, "张", State.RECEIVED) in ([], [made[State.RECEIVED]])


def test_pages_follow_each_other_without_gap_or_repetition(desk: Desk) -> None:
    made = [desk.drafting.open(CLERK, desk.item(FOOD)) for _ in range(7)]
    seen: list[int] = []
    before = None
    while True:
        page = find(desk.counter, limit=3, before=before)
        seen += [case.case_id for case in page.cases]
        if page.more is None:
            break
        before = page.more
    assert seen == sorted(made, reverse=True)
    assert find(desk.counter, limit=7).more is None


def test_a_line_says_where_the_case_stands_and_hides_the_person(desk: Desk, people: Sequence[int]) -> None:
    desk.intake.receive(people[2], CLERK)
    case = find(desk.counter).cases[0]
    whole = resident_id(3)
    assert (case.applicant_name, case.identifier) == ("欧**", f"{whole[:6]}********{whole[-4:]}")
    assert (case.number, case.state_words, case.item_name) == (desk.record(people[2]).number, "已收件", CARD)
    assert (case.received_at, case.opened_at, case.late_entry) == (MORNING, MORNING, False)
    assert (case.upload_words, case.print_words) == ("待上传", "未打印")
    draft = find(desk.counter).cases[1]
    assert (draft.upload_state, draft.upload_words, draft.print_state, draft.print_words) == (None, "", None, "")


def test_an_organisation_is_public_and_a_draft_may_have_nobody(desk: Desk) -> None:
    applicant = Applicant(
        kind=ApplicantKind.COMPANY, name="示例有限公司", identifier_kind="uscc", identifier="91110101MA01A2B32B"
    )
    case_id = desk.draft(FOOD, capacity=Capacity.AGENT)
    attendee = desk.record(case_id).attendee
    assert attendee is not None
    desk.drafting.set_people(case_id, CLERK, applicant, attendee)
    empty = desk.drafting.open(CLERK, desk.item(FOOD))
    first, second = find(desk.counter).cases
    assert (first.case_id, first.applicant_name, first.identifier) == (empty, "", "")
    assert (second.applicant_name, second.identifier) == (applicant.name, applicant.identifier)


def test_the_worst_of_its_events_speaks_for_a_case(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    desk.intake.receive(case_id, CLERK)
    answer(desk, Verdict.ACCEPTED, ack="A-1")
    assert find(desk.counter).cases[0].upload_words == "平台已接收（A-1）"
    desk.intake.accept(case_id, CLERK)
    outbox = desk.memory.outbox()
    (waiting,) = outbox.due(desk.clock(), 9)
    assert find(desk.counter).cases[0].upload_words == "待上传"
    outbox.sending([waiting.event_id])
    assert find(desk.counter).cases[0].upload_words == "上传中"
    outbox.unsettled([waiting.event_id])
    assert find(desk.counter).cases[0].upload_words == "结果待核实"
    outbox.answered([EventAnswer(event_id=waiting.event_id, verdict=Verdict.REFUSED, reason="版本过旧")], desk.clock())
    case = find(desk.counter).cases[0]
    assert (case.upload_state, case.upload_words) == (OutboxState.REFUSED, "平台未接收（版本过旧）")


def test_the_worst_of_its_prints_speaks_for_a_case(desk: Desk, clock: MovableClock) -> None:
    case_id = desk.draft(FOOD)
    slip = desk.intake.receive(case_id, CLERK).paper_ids
    notice = desk.intake.accept(case_id, CLERK).paper_ids
    desk.render()
    queue = desk.memory.prints(clock)
    desk.prints.ask([*slip, *notice], CLERK)
    for order in queue.asked():
        queue.sending(order)
        queue.sent(order, "job")
        queue.reported(order.paper_id, 0, JobReport(PrintState.DONE))
    assert find(desk.counter).cases[0].print_words == "已打印"
    desk.paperwork.reprint(notice[0], CLERK, "卡纸", to_printer=True)
    assert find(desk.counter).cases[0].print_words == "待打印"
    queue.reported(notice[0], 1, JobReport(PrintState.FAILED, "缺纸"))
    case = find(desk.counter).cases[0]
    assert (case.print_state, case.print_words) == (PrintState.FAILED, "没有打出")
