"""What the window's own records say of a paper that somebody holds, beside what its QR code is worth."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from client.desk.proving import known_here, paper_of
from client.ports.papers import PaperKind
from client.ports.statements import PaperVerdict, Part, Standing, Statement
from client.store import papers
from printing.papers.statement import statement_of
from tests.desk.counter import CARD, CLERK, COLLEAGUE, FOOD, Desk
from tests.desk.test_finding import person


@pytest.fixture
def statement(desk: Desk) -> Statement:
    """What the drawn notice of a company states."""
    desk.intake.accept(desk.draft(FOOD), CLERK)
    desk.render()
    return stated(desk, 1)


def stated(desk: Desk, paper_id: int) -> Statement:
    with desk.memory.read() as connection:
        return statement_of(papers.facts(connection, paper_id), ["words"])


def asked(desk: Desk, statement: Statement, content: bytes = b"", **verdict: Any) -> PaperVerdict:
    return known_here(desk.counter, replace(PaperVerdict(Standing.UNSIGNED, statement), **verdict), content)


def test_state_case_copies_and_file_are_told(desk: Desk, statement: Statement) -> None:
    number = desk.record(1).number
    told = ("本机有这份文书的记录：待用印", f"办件{number}：受理")
    assert asked(desk, statement).notes == told
    same = asked(desk, statement, desk.paperwork.page(1))
    assert (same.standing, same.notes) == (Standing.KEPT, (*told, "文件与本机保存的一字不差"))
    other = asked(desk, statement, b"another file")
    assert (other.standing, other.notes) == (Standing.UNSIGNED, told)
    desk.paperwork.reprint(1, CLERK, "遗失")
    assert asked(desk, statement).notes == (*told, "已补打1次")
    assert paper_of(desk.counter, statement) == 1


def test_a_voided_paper_is_told_with_its_reason_and_the_one_instead(desk: Desk, statement: Statement) -> None:
    desk.paperwork.replace(1, CLERK, COLLEAGUE, "名称写错")
    found = asked(desk, statement)
    instead = desk.papers(1)[1].number
    assert found.standing is asked(desk, statement, desk.paperwork.page(1)).standing is Standing.VOIDED
    assert found.notes[:3] == ("本机有这份文书的记录：作废", "作废原因：名称写错", f"已由{instead}代替")
    assert asked(desk, stated(desk, 2)).standing is Standing.UNSIGNED


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"query_code": "2222-2222"}, Part.QUERY),
        ({"until": date(2030, 1, 1)}, Part.UNTIL),
        ({"until": None}, Part.UNTIL),
        ({"organ": "示例市别的局"}, Part.ORGAN),
        ({"applicant": "示例酒业有限公司"}, Part.NAME),
        ({"applicant": "示例"}, Part.NAME),
    ],
)
def test_what_differs_from_the_records_is_altered_signed_or_not(
    desk: Desk, statement: Statement, change: dict[str, object], part: Part
) -> None:
    found = asked(desk, replace(statement, **change), standing=Standing.GENUINE)  # type: ignore[arg-type]  # its fields
    assert (found.standing, found.altered, found.notes[-1]) == (Standing.ALTERED, (part,), "与本机记录不一致")
    twice = asked(desk, replace(statement, **change), altered=(part,))  # type: ignore[arg-type]  # its fields
    assert twice.altered == (part,)


@pytest.mark.parametrize("standing", [Standing.GENUINE, Standing.REVOKED, Standing.ALTERED])
def test_what_a_key_says_of_a_file_that_is_kept_here_stays_said(
    desk: Desk, statement: Statement, standing: Standing
) -> None:
    assert asked(desk, statement, desk.paperwork.page(1), standing=standing).standing is standing


def test_another_minute_is_another_paper(desk: Desk, statement: Statement) -> None:
    assert asked(desk, replace(statement, issued_at=statement.issued_at + timedelta(minutes=1))).altered == (Part.DATE,)
    assert asked(desk, replace(statement, issued_at=statement.issued_at + timedelta(seconds=20))).altered == ()


def test_a_name_that_the_page_may_draw_otherwise_or_cut_is_not_called_altered(desk: Desk) -> None:
    rare, long = person(desk, "张\U00020bb7", 1), person(desk, "张" + "三" * 60, 2, item=CARD)
    for case_id in (rare, long):
        desk.intake.accept(case_id, CLERK)
    assert asked(desk, replace(stated(desk, 1), applicant="张?")).altered == ()
    cut = stated(desk, 2)
    assert len(cut.applicant) == 40
    assert asked(desk, cut).altered == ()
    assert asked(desk, replace(cut, applicant=cut.applicant[:20])).altered == (Part.NAME,)


def test_what_is_on_no_book_here_says_so(desk: Desk, statement: Statement) -> None:
    for strange in (
        replace(statement, paper_number="示市监许受〔2026〕9999号"),
        replace(statement, kind=PaperKind.CORRECTION_NOTICE),
        replace(statement, case_number="110101-01-07-20260302-0099-1"),
    ):
        assert asked(desk, strange).notes == ("本机没有这份文书的记录",)
        assert paper_of(desk.counter, strange) is None
