"""The 文书 page: papers found by their numbers, their case, their applicant, by kind, state and day; masked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from client.desk.paper_finding import PaperWish, Show, find, one
from client.errors import CaseError
from client.ports.papers import PaperKind
from client.ports.printer import JobReport, PrintState
from client.store import paper_search, papers
from client.store.paper_search import PapersSought
from tests.desk.counter import CARD, CLERK, COLLEAGUE, COMPANY, FOOD, Desk
from tests.desk.test_finding import person


@pytest.fixture
def three(desk: Desk) -> Sequence[int]:
    """Drawn: the notice of a company, a slip and the notice of a person; on two days."""
    desk.intake.accept(desk.draft(FOOD), CLERK)
    desk.clock.move(days=1)
    of_person = person(desk, "欧阳小三", 3)
    desk.intake.receive(of_person, CLERK)
    desk.clock.move(minutes=5)
    desk.intake.accept(person(desk, "张三", 1), CLERK)
    desk.render()
    return [1, 2, 3]


def ids(desk: Desk, words: str = "", **wish: object) -> list[int]:
    return [paper.paper_id for paper in find(desk.counter, replace(PaperWish(words), **wish)).papers]  # type: ignore[arg-type]  # its fields


def number(desk: Desk, paper_id: int) -> str:
    found = one(desk.counter, paper_id)
    assert found is not None
    return found.name


def test_without_a_wish_all_are_there_the_newest_first_drawn_or_not(desk: Desk, three: Sequence[int]) -> None:
    assert ids(desk) == [3, 2, 1]
    desk.intake.accept(desk.draft(CARD), CLERK)
    assert ids(desk) == [4, 3, 2, 1]  # it has no row in the spool yet
    with desk.memory.begin() as connection:
        papers.fill_spool(connection)
    assert ids(desk) == [4, 3, 2, 1]
    assert ids(desk, show=Show.UNRENDERED) == [4]


def test_a_number_is_found_however_it_is_typed_or_scanned(desk: Desk, three: Sequence[int]) -> None:
    own = number(desk, 1)
    for told in (own, own.replace("〔", "[").replace("〕", "】"), f" {own[:4]} {own[4:]} "):
        assert ids(desk, told) == [1]
    case = desk.record(2).number or ""
    for told in (case, case.replace("-", ""), case[-6:], case[-6:].replace("-", "")):
        assert ids(desk, told) == [2]
    assert ids(desk, case[:-1] + str((int(case[-1]) + 1) % 10)) == []


def test_a_serial_alone_is_found_in_every_series(desk: Desk, three: Sequence[int]) -> None:
    assert ids(desk, "1") == ids(desk, "第1号") == ids(desk, "１") == [3, 1]  # each the first of its organ
    assert ids(desk, "2") == []


def test_the_platform_s_number_finds_a_paper_that_bears_a_provisional_one(desk: Desk) -> None:
    desk.configure(paper_block=20)
    desk.intake.accept(desk.draft(FOOD), CLERK)
    with desk.memory.begin() as connection:
        papers.number_centrally(connection, 1, "示市监许受〔2026〕77号", source="s", at=desk.clock())
    own = number(desk, 1)
    assert "临" in own
    assert ids(desk, own) == ids(desk, "示市监许受[2026]77号") == [1]


def test_a_name_is_found_by_its_beginning_in_all_and_by_a_part_in_the_newest(
    desk: Desk, three: Sequence[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ids(desk, "欧阳小三") == ids(desk, "欧阳") == ids(desk, "小三") == [2]
    assert ids(desk, "三") == [3, 2]
    assert ids(desk, "%") == ids(desk, "王") == []
    monkeypatch.setattr(paper_search, "NEAR", 1)
    assert ids(desk, "小三") == []  # an older case: its beginning is to be typed
    assert ids(desk, "欧阳") == ids(desk, "欧阳小三") == [2]


def test_kinds_states_and_days_narrow_the_list(desk: Desk, three: Sequence[int]) -> None:
    assert ids(desk, kind=PaperKind.RECEIVING_SLIP) == ids(desk, show=Show.READY) == [2]
    assert ids(desk, kind=PaperKind.ACCEPTANCE_NOTICE) == ids(desk, show=Show.AWAITING_SEAL) == [3, 1]
    assert ids(desk, days="2026-03-02") == ids(desk, days="3-2") == [1]
    assert ids(desk, days="3-2至3-3") == [3, 2, 1]
    assert ids(desk, days="2026-03-03", kind=PaperKind.ACCEPTANCE_NOTICE) == [3]
    assert ids(desk, "三", show=Show.AWAITING_SEAL, kind=PaperKind.ACCEPTANCE_NOTICE, days="2026-03") == [3]
    assert ids(desk, "三", show=Show.READY) == [2]
    assert ids(desk, show=Show.READY, kind=PaperKind.ACCEPTANCE_NOTICE) == []
    with pytest.raises(CaseError):
        find(desk.counter, PaperWish(days="明天"))


def test_what_became_of_the_prints_narrows_the_list(desk: Desk, three: Sequence[int]) -> None:
    desk.prints.ask([1, 2], CLERK)
    queue = desk.memory.prints(desk.clock)
    for order, state in zip(queue.asked(), (PrintState.FAILED, PrintState.UNKNOWN), strict=True):
        queue.sending(order)
        queue.sent(order, "job")
        queue.reported(order.paper_id, 0, JobReport(state, "缺纸"))
    assert ids(desk, show=Show.NOT_OUT) == [1]
    assert ids(desk, show=Show.IN_DOUBT) == [2]
    assert ids(desk, show=Show.TO_PRINT) == [3]
    desk.intake.accept(desk.draft(CARD), CLERK)
    desk.prints.ask([3], CLERK)
    desk.intake.accept(desk.draft(CARD), CLERK)
    assert ids(desk, show=Show.TO_PRINT) == [5, 4, 3]
    found = one(desk.counter, 1)
    assert found is not None
    assert found.print_said == "没有打出（缺纸）"


def test_a_voided_paper_is_found_with_its_reason_and_owes_no_print(desk: Desk, three: Sequence[int]) -> None:
    new = desk.paperwork.replace(3, CLERK, COLLEAGUE, "姓名有误")
    assert ids(desk, show=Show.VOIDED) == [3]
    found = one(desk.counter, 3)
    assert found is not None
    assert (found.state_words, found.void_reason) == ("作废", "姓名有误")
    assert ids(desk, show=Show.TO_PRINT) == [new, 2, 1]


def test_a_line_says_all_of_it_and_hides_the_person(desk: Desk, three: Sequence[int]) -> None:
    found = find(desk.counter).papers[1]
    assert (found.words, found.number, found.name) == ("申请材料接收凭证", None, "申请材料接收凭证")
    assert (found.applicant_name, found.case_number) == ("欧**", desk.record(2).number)
    assert (found.state_words, found.print_words, found.reprints) == ("可交付", "未打印", 0)
    assert found.issued_at == desk.clock() - timedelta(minutes=5)
    assert "示例食品有限公司" in find(desk.counter).papers[2].applicant_name
    assert one(desk.counter, 99) is None


def test_pages_follow_each_other_without_gap_or_repetition(desk: Desk) -> None:
    for _ in range(5):
        desk.intake.receive(desk.draft(COMPANY), CLERK)
    desk.render()
    for _ in range(2):
        desk.intake.receive(desk.draft(COMPANY), CLERK)
    for wish in (PaperWish(), PaperWish("示例"), PaperWish(days="2026"), PaperWish(show=Show.TO_PRINT)):
        seen: list[int] = []
        after = None
        while True:
            page = find(desk.counter, wish, after, 3)
            seen += [paper.paper_id for paper in page.papers]
            if page.more is None:
                break
            after = page.more
        assert seen == ([7, 6, 5, 4, 3, 2, 1] if wish.words != "示例" else []), wish
    assert find(desk.counter, limit=7).more is None


def test_no_words_are_no_wish(desk: Desk) -> None:
    assert not PapersSought().words
