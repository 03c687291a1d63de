"""The 值班 page: the day's figures, and what is owed with the verb that mends it, the worst first."""

from datetime import date

import pytest

from client.desk.drafting import MaterialMark
from client.desk.today import LONGEST, VERBS, ToDo, ToDoKind, figures, queue
from client.ports.platform import EventAnswer, Verdict
from client.ports.printer import JobReport, PrintState
from client.rules.items import Necessity
from tests.desk.counter import CLERK, FOOD, HOUSE, MORNING, Desk, MovableClock

SEAL = "行政许可专用章"


def kinds(desk: Desk) -> list[ToDoKind]:
    return [each.kind for each in queue(desk.counter)]


def only(desk: Desk, kind: ToDoKind) -> ToDo:
    (found,) = (each for each in queue(desk.counter) if each.kind is kind)
    return found


def settle_outbox(desk: Desk) -> None:
    """The platform has everything."""
    outbox = desk.memory.outbox()
    events = [event.event_id for event in outbox.due(desk.clock(), 100)]
    outbox.answered([EventAnswer(event_id=each, verdict=Verdict.ACCEPTED, ack="A") for each in events], desk.clock())


def print_everything(desk: Desk, verdict: PrintState = PrintState.DONE, reason: str = "") -> None:
    """Every paper is asked for, and the printer says this of each."""
    desk.render()
    desk.prints.ask([line.paper_id for line in desk.prints.waiting()], CLERK)
    prints = desk.memory.prints(desk.clock)
    for order in prints.asked():
        prints.sending(order)
        prints.sent(order, "job")
        prints.reported(order.paper_id, order.reprint_no, JobReport(verdict, reason))


def deferred(desk: Desk) -> int:
    """An accepted case with a 容缺 material to follow."""
    item = desk.item(FOOD)
    key = next(m.key for m in item.materials if m.necessity is Necessity.DEFERRABLE)
    case_id = desk.draft(FOOD, without=[key])
    desk.drafting.mark(case_id, CLERK, key, MaterialMark(deferred=True))
    desk.intake.accept(case_id, CLERK)
    return case_id


def test_an_idle_window_did_nothing_and_owes_nothing(desk: Desk) -> None:
    today = figures(desk.counter)
    assert {getattr(today, name) for name in today.__dataclass_fields__} == {0, None}
    assert queue(desk.counter) == ()


def test_the_day_is_counted(desk: Desk, clock: MovableClock) -> None:
    clock.set(3, 1)
    desk.intake.accept(desk.draft(FOOD), CLERK)  # yesterday's
    clock.set(3, 2)
    desk.draft(FOOD)
    desk.intake.receive(desk.draft(FOOD), CLERK)
    for _ in range(2):
        desk.intake.accept(desk.draft(FOOD), CLERK)
    desk.intake.ask_correction(desk.draft(FOOD, without=["application"]), CLERK, {}, keep_materials=True)
    ground = desk.counter.regimes[desk.item(HOUSE).intake_regime].grounds[0].key
    refused = desk.draft(HOUSE)
    desk.intake.not_accept(refused, CLERK, ground, explanation="材料不符", competent_organ="示例市局")
    today = figures(desk.counter)
    assert (today.received, today.accepted, today.corrections_asked, today.not_accepted) == (5, 2, 1, 1)
    assert (today.drafts_open, today.unprinted) == (1, len(desk.prints.waiting()))
    assert (today.waiting, today.unknown, today.refused) == (6, 0, 0)
    assert today.oldest_unsent == MORNING.replace(day=1)


def test_what_is_settled_is_owed_no_more(desk: Desk) -> None:
    (paper_id,) = desk.intake.accept(desk.draft(FOOD), CLERK).paper_ids
    desk.render()
    settle_outbox(desk)
    assert kinds(desk) == [ToDoKind.AWAITING_SEAL, ToDoKind.UNPRINTED]
    seal, sheet = queue(desk.counter)
    assert (seal.paper_id, seal.verb, sheet.verb) == (paper_id, "登记用印", "打印")
    assert seal.words == f"受理通知书{desk.papers(1)[0].number}：待用印"
    assert (figures(desk.counter).awaiting_seal, figures(desk.counter).unprinted) == (1, 1)
    print_everything(desk)
    desk.paperwork.apply_wet_seal(paper_id, CLERK, SEAL)
    assert queue(desk.counter) == ()
    assert (figures(desk.counter).awaiting_seal, figures(desk.counter).unprinted) == (0, 0)


def test_what_a_key_will_seal_is_printed_with_its_seal_and_is_not_owed_twice(desk: Desk) -> None:
    desk.configure(seal_key="simulated")
    desk.intake.accept(desk.draft(FOOD), CLERK)
    desk.render()
    settle_outbox(desk)
    assert kinds(desk) == [ToDoKind.AWAITING_SEAL]
    assert (figures(desk.counter).awaiting_seal, figures(desk.counter).unprinted) == (1, 0)


def test_refused_goes_first_with_its_reason(desk: Desk) -> None:
    for _ in range(2):
        desk.intake.receive(desk.draft(FOOD), CLERK)
    outbox = desk.memory.outbox()
    waiting, refused = outbox.due(MORNING, 9)
    outbox.answered([EventAnswer(event_id=refused.event_id, verdict=Verdict.REFUSED, reason="版本过旧")], MORNING)
    first, *_, last = queue(desk.counter)
    assert (first.kind, first.event_id, first.verb) == (ToDoKind.REFUSED, refused.event_id, "重新上传")
    assert first.words == "收件：平台未接收（版本过旧）"
    assert (first.case_id, first.case_number) == (2, desk.record(2).number)
    assert (last.kind, last.event_id, last.words) == (ToDoKind.UNSENT, waiting.event_id, "收件：待上传")


@pytest.mark.parametrize(
    ("verdict", "kind"),
    [
        (PrintState.UNKNOWN, ToDoKind.PRINT_UNKNOWN),
        (PrintState.FAILED, ToDoKind.PRINT_FAILED),
        (PrintState.CANCELLED, ToDoKind.PRINT_FAILED),
        (PrintState.STOPPED, ToDoKind.PRINT_STUCK),
    ],
)
def test_a_sheet_that_is_not_out_says_why(desk: Desk, verdict: PrintState, kind: ToDoKind) -> None:
    desk.intake.receive(desk.draft(FOOD), CLERK)
    print_everything(desk, verdict, "缺纸")
    found = only(desk, kind)
    assert (found.paper_id, found.reprint_no, found.verb) == (1, 0, VERBS[kind])
    assert found.words.startswith("申请材料接收凭证：")
    assert found.words.endswith("（缺纸）")


def test_a_sheet_on_its_way_is_left_alone_for_a_while(desk: Desk, clock: MovableClock) -> None:
    desk.intake.receive(desk.draft(FOOD), CLERK)
    desk.render()
    desk.prints.ask([1], CLERK)
    assert ToDoKind.PRINT_STUCK not in kinds(desk)
    clock.move(minutes=3)
    assert only(desk, ToDoKind.PRINT_STUCK).words == "申请材料接收凭证：待打印"


def test_what_falls_due_by_the_next_working_day_is_owed(desk: Desk, clock: MovableClock) -> None:
    desk.intake.receive(desk.draft(FOOD), CLERK)  # until 9 March
    asked = desk.draft(FOOD, without=["application"])
    desk.intake.ask_correction(asked, CLERK, {}, keep_materials=False)
    correction = desk.record(asked).clock_due
    assert correction is not None
    assert figures(desk.counter).notices_due == 0
    clock.set(3, 6)  # a Friday: Monday is the next working day
    notice = only(desk, ToDoKind.NOTICE_DUE)
    assert (notice.case_id, notice.due, notice.words) == (1, date(2026, 3, 9), "应当在3月9日以前决定是否受理")
    clock.set(3, 10)
    assert only(desk, ToDoKind.NOTICE_DUE).words == "已超期：应当在3月9日以前决定是否受理"
    assert (figures(desk.counter).notices_due, figures(desk.counter).corrections_due) == (1, 0)
    clock.set(correction.month, correction.day)
    found = only(desk, ToDoKind.CORRECTION_DUE)
    assert (found.case_id, found.verb) == (asked, "打开办件")
    assert found.words == f"补正期限到{correction.month}月{correction.day}日，材料还没有交来"
    assert figures(desk.counter).corrections_due == 1


def test_a_deferred_material_falls_due(desk: Desk, clock: MovableClock) -> None:
    case_id = deferred(desk)
    record = desk.record(case_id)
    (slot,) = (slot for slot in record.slots.values() if slot.supply_due)
    assert slot.supply_due is not None
    assert figures(desk.counter).deferrals_due == 0
    clock.set(slot.supply_due.month, slot.supply_due.day)
    found = only(desk, ToDoKind.DEFERRAL_DUE)
    name = next(m.name for m in record.item.materials if m.key == slot.key)
    assert name in found.words
    assert (found.due, figures(desk.counter).deferrals_due) == (slot.supply_due, 1)
    desk.intake.withdraw(case_id, CLERK, "申请人撤回")
    assert figures(desk.counter).deferrals_due == 0


def test_the_queue_is_no_longer_than_a_person_reads(desk: Desk) -> None:
    desk.intake.receive(desk.draft(FOOD), CLERK)
    with desk.memory.begin() as connection:
        connection.exec_driver_sql(
            "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 150)"
            " INSERT INTO outbox (event_id, source, case_id, subject, type, time, data, files, state)"
            " SELECT 'e' || i, source, case_id, subject, type, time, data, files, state FROM outbox, n"
        )
    assert kinds(desk).count(ToDoKind.UNSENT) == LONGEST
    assert figures(desk.counter).waiting == 150


def test_every_kind_has_its_verb() -> None:
    assert set(VERBS) == set(ToDoKind)
