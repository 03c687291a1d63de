"""The sheets on the counter: each first print once, a lost one again with its mark, and a list of what is not out."""

import pytest

from client.desk.paperwork import NO_PAPER
from client.desk.prints import DID_NOT_COME_OUT, NOT_FAILED, NOT_IN_DOUBT, NOT_PRINTED, print_words
from client.desk.sheet import sheet
from client.errors import CaseError
from client.ports.papers import PaperKind
from client.ports.printer import JobReport, PrintOrder, PrintState
from client.store.prints import BROKEN_OFF, StoredPrints, doubt_broken_off
from tests.desk.counter import CLERK, COLLEAGUE, FOOD, MORNING, Desk, MovableClock


def accepted(desk: Desk, *, rendered: bool = True) -> int:
    """An accepted case's notice; its id."""
    (paper_id,) = desk.intake.accept(desk.draft(FOOD), CLERK).paper_ids
    if rendered:
        desk.render()
    return paper_id


@pytest.fixture
def queue(desk: Desk, clock: MovableClock) -> StoredPrints:
    return desk.memory.prints(clock)


def at_the_printer(desk: Desk, queue: StoredPrints) -> PrintOrder:
    """A notice that was asked for and handed over."""
    desk.prints.ask([accepted(desk)], CLERK)
    (order,) = queue.asked()
    queue.sending(order)
    queue.sent(order, "job-7")
    return order


def state(desk: Desk) -> PrintState | None:
    """Of the only paper's newest print, as the list of unprinted papers tells it."""
    waiting = desk.prints.waiting()
    return waiting[0].state if waiting else PrintState.DONE


def test_a_paper_is_printed_as_soon_as_its_page_is_there(desk: Desk, queue: StoredPrints) -> None:
    paper_id = accepted(desk, rendered=False)
    assert desk.prints.ask([paper_id], CLERK) == 1
    assert queue.asked() == []
    desk.render()
    number = desk.record(1).number
    (order,) = queue.asked()
    assert order == PrintOrder(paper_id, 0, f"{number} 受理通知书", PaperKind.ACCEPTANCE_NOTICE)
    assert queue.page(order) == b"%%PDF %d" % paper_id
    assert queue.facts(order).case_number == number
    assert queue.asked(kinds=[PaperKind.RECEIVING_SLIP]) == []
    assert queue.asked(kinds=[PaperKind.ACCEPTANCE_NOTICE]) == [order]
    assert desk.audited("print") == [("1001", f"paper:{paper_id}", "done")]


def test_a_first_print_is_asked_for_once(desk: Desk, queue: StoredPrints) -> None:
    order = at_the_printer(desk, queue)
    assert desk.prints.ask([order.paper_id, 404], CLERK) == 0
    queue.reported(order.paper_id, 0, JobReport(PrintState.DONE))
    assert desk.prints.ask([order.paper_id], CLERK) == 0
    assert queue.asked() == []
    assert len(desk.audited("print")) == 1


def test_a_print_goes_its_way(desk: Desk, queue: StoredPrints) -> None:
    order = at_the_printer(desk, queue)
    assert [(job.paper_id, job.reprint_no, job.job) for job in queue.underway()] == [(order.paper_id, 0, "job-7")]
    queue.reported(order.paper_id, 0, JobReport(PrintState.STOPPED, "缺纸"))
    (line,) = desk.prints.waiting()
    assert (line.state, line.state_words, line.reason) == (PrintState.STOPPED, "打印机待处理", "缺纸")
    queue.reported(order.paper_id, 0, JobReport(PrintState.PRINTING))
    assert (desk.prints.waiting()[0].reason, len(queue.underway())) == ("", 1)
    for _ in range(2):
        queue.reported(order.paper_id, 0, JobReport(PrintState.DONE))
    assert (desk.prints.waiting(), queue.underway()) == ((), [])
    (paper,) = sheet(desk.counter, 1).papers
    assert (paper.print_state, paper.print_words) == (PrintState.DONE, "已打印")
    queue.reported(order.paper_id, 0, JobReport(PrintState.FAILED, "late"))
    assert sheet(desk.counter, 1).papers[0].print_state is PrintState.DONE


def test_what_was_never_asked_for_is_on_the_list(desk: Desk) -> None:
    drawn, undrawn = accepted(desk), accepted(desk, rendered=False)
    first, second = desk.prints.waiting()
    assert (first.paper_id, first.rendered, first.state, first.state_words) == (drawn, True, None, NOT_PRINTED)
    assert (second.paper_id, second.rendered, second.state, second.reprint_no) == (undrawn, False, None, 0)
    assert (first.case_number, first.words, first.kind) == (
        desk.record(1).number,
        "受理通知书",
        PaperKind.ACCEPTANCE_NOTICE,
    )
    assert (first.paper_number, first.issued_at) == (desk.papers(1)[0].number, MORNING)
    assert desk.prints.waiting(limit=1) == (first,)


def test_what_failed_is_printed_again_without_a_mark(desk: Desk, queue: StoredPrints) -> None:
    order = at_the_printer(desk, queue)
    for verdict in (PrintState.FAILED, PrintState.CANCELLED):
        queue.reported(order.paper_id, 0, JobReport(verdict, "打印机关机"))
        assert [(w.state, w.reason) for w in desk.prints.waiting()] == [(verdict, "打印机关机")]
        desk.prints.again(order.paper_id, 0, COLLEAGUE)
        assert [(w.state, w.reason) for w in desk.prints.waiting()] == [(PrintState.ASKED, "")]
        assert queue.asked() == [order]
        queue.sending(order)
        queue.sent(order, "job-8")
    assert desk.audited("print_again") == [("1002", f"paper:{order.paper_id}", "done")] * 2
    with pytest.raises(CaseError) as refused:
        desk.prints.again(order.paper_id, 0, CLERK)
    assert refused.value.fault is NOT_FAILED


def test_a_page_that_cannot_be_handed_over_fails_where_it_stood(desk: Desk, queue: StoredPrints) -> None:
    paper_id = accepted(desk)
    desk.prints.ask([paper_id], CLERK)
    queue.reported(paper_id, 0, JobReport(PrintState.DONE))
    assert state(desk) is PrintState.ASKED  # nobody sent it: it cannot be out
    queue.reported(paper_id, 0, JobReport(PrintState.FAILED, "文书文件损坏"))
    assert state(desk) is PrintState.FAILED


def test_after_a_death_in_between_a_person_looks_and_finds_it(desk: Desk, queue: StoredPrints) -> None:
    desk.prints.ask([accepted(desk)], CLERK)
    (order,) = queue.asked()
    queue.sending(order)
    assert doubt_broken_off(desk.memory.database) == 1
    (line,) = desk.prints.waiting()
    assert (line.state, line.state_words, line.reason) == (PrintState.UNKNOWN, "结果待查看", BROKEN_OFF)
    desk.prints.came_out(order.paper_id, 0, CLERK)
    assert (desk.prints.waiting(), queue.asked()) == ((), [])
    assert desk.audited("print_came_out") == [("1001", f"paper:{order.paper_id}", "done")]
    assert doubt_broken_off(desk.memory.database) == 0


def test_what_is_lost_is_printed_with_the_mark_of_a_reprint(desk: Desk, queue: StoredPrints) -> None:
    order = at_the_printer(desk, queue)
    queue.reported(order.paper_id, 0, JobReport(PrintState.UNKNOWN))
    assert desk.prints.did_not_come_out(order.paper_id, 0, CLERK) == 1
    assert queue.asked() == []
    desk.render(lambda _paper_id: b"%PDF marked")
    (marked,) = queue.asked()
    assert (marked.reprint_no, queue.page(marked)) == (1, b"%PDF marked")
    assert marked.title == f"{desk.record(1).number} 受理通知书 补打1"
    (line,) = desk.prints.waiting()
    assert (line.reprint_no, line.state) == (1, PrintState.ASKED)
    assert desk.audited("print_lost") == [("1001", f"paper:{order.paper_id}", "done")]
    with desk.memory.read() as connection:
        reasons = connection.exec_driver_sql("SELECT print_reason FROM spool WHERE reprint_no = 0").scalars().all()
    assert reasons == [DID_NOT_COME_OUT]
    queue.sending(marked)
    queue.sent(marked, "job-9")
    queue.reported(marked.paper_id, 1, JobReport(PrintState.DONE))
    assert desk.prints.waiting() == ()


def test_only_what_is_in_doubt_is_settled(desk: Desk, queue: StoredPrints) -> None:
    paper_id = accepted(desk)
    for settle in (desk.prints.came_out, desk.prints.did_not_come_out):
        with pytest.raises(CaseError) as refused:
            settle(paper_id, 0, CLERK)
        assert refused.value.fault is NOT_IN_DOUBT


@pytest.mark.parametrize(("paper_id", "reprint_no"), [(404, 0), (1, 7)])
def test_a_print_that_is_not_there_is_said(desk: Desk, paper_id: int, reprint_no: int) -> None:
    accepted(desk)
    with pytest.raises(CaseError) as refused:
        desk.prints.again(paper_id, reprint_no, CLERK)
    assert refused.value.fault is NO_PAPER


def test_a_voided_paper_is_neither_printed_nor_listed(desk: Desk, queue: StoredPrints) -> None:
    paper_id = accepted(desk)
    desk.prints.ask([paper_id], CLERK)
    new_id = desk.paperwork.replace(paper_id, CLERK, COLLEAGUE, "当事人名称有误")
    assert [line.paper_id for line in desk.prints.waiting()] == [new_id]
    assert queue.asked() == []
    with pytest.raises(CaseError) as refused:
        desk.prints.again(paper_id, 0, CLERK)
    assert refused.value.fault is NO_PAPER


def test_a_paper_that_is_voided_at_the_printer_is_said_to_be(desk: Desk, queue: StoredPrints) -> None:
    order = at_the_printer(desk, queue)
    assert [job.is_void for job in queue.underway()] == [False]
    desk.paperwork.replace(order.paper_id, CLERK, COLLEAGUE, "当事人名称有误")
    (job,) = queue.underway()
    assert (job.paper_id, job.is_void) == (order.paper_id, True)
    queue.reported(order.paper_id, 0, JobReport(PrintState.CANCELLED))
    assert queue.underway() == []


def test_a_reprint_goes_to_the_printer_when_told(desk: Desk, queue: StoredPrints) -> None:
    paper_id = accepted(desk)
    desk.paperwork.reprint(paper_id, CLERK, "卡纸")
    desk.render()
    assert queue.asked() == []
    assert desk.prints.waiting() == ()  # somebody has it from the file
    desk.paperwork.reprint(paper_id, CLERK, "卡纸", to_printer=True)
    desk.render()
    assert [order.reprint_no for order in queue.asked()] == [2]


def test_every_state_of_a_print_has_its_word() -> None:
    assert len({print_words(each) for each in (None, *PrintState)}) == len(PrintState) + 1
