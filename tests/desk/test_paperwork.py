"""Papers after their act: the wet seal, the 补打, and the voiding of what never left the window."""

from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader

from client.errors import CaseError, RightsError, StoreError
from client.ports.papers import PaperKind
from client.rules.numbering import PaperNumber
from client.store import papers
from client.store.papers import PaperRecord, PaperState
from client.store.sealed import place
from client.store.tables import numbers, seal_ledger
from printing.press import A4Press
from printing.spool import render_waiting
from tests.desk.counter import CLERK, COLLEAGUE, FOOD, Desk

SEAL = "行政许可专用章"


def accepted(desk: Desk, *, rendered: bool = True) -> PaperRecord:
    case_id = desk.draft(FOOD)
    desk.intake.accept(case_id, CLERK)
    if rendered:
        desk.render()
    return desk.papers(case_id)[0]


def again(desk: Desk, paper: PaperRecord) -> PaperRecord:
    with desk.memory.read() as connection:
        found = papers.get(connection, paper.paper_id)
    assert found is not None
    return found


def text(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_a_notice_waits_for_its_seal_a_slip_does_not(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    desk.intake.receive(case_id, CLERK)
    desk.intake.accept(case_id, CLERK)
    assert {paper.state for paper in desk.papers(case_id)} == {PaperState.UNRENDERED}
    desk.render()
    states = {paper.kind: paper.state for paper in desk.papers(case_id)}
    assert states == {
        PaperKind.RECEIVING_SLIP: PaperState.READY,
        PaperKind.ACCEPTANCE_NOTICE: PaperState.AWAITING_SEAL,
    }


def test_a_wet_seal_is_entered_in_the_ledger_once(desk: Desk) -> None:
    paper = accepted(desk)
    desk.paperwork.apply_wet_seal(paper.paper_id, CLERK, SEAL)
    assert again(desk, paper).state is PaperState.READY
    with pytest.raises(CaseError) as refused:
        desk.paperwork.apply_wet_seal(paper.paper_id, CLERK, SEAL)
    assert refused.value.code == "PAPER-203"
    (row,) = desk.everything()[seal_ledger.name]
    assert row[1:4] == (paper.paper_id, SEAL, CLERK.staff_no)
    assert desk.audited("apply_seal") == [(CLERK.staff_no, paper.number, "done")]


def test_a_paper_that_is_not_there_yet_is_not_sealed(desk: Desk) -> None:
    paper = accepted(desk, rendered=False)
    for paper_id, code in ((paper.paper_id, "PAPER-203"), (404, "PAPER-201")):
        with pytest.raises(CaseError) as refused:
            desk.paperwork.apply_wet_seal(paper_id, CLERK, SEAL)
        assert refused.value.code == code
    assert desk.everything()[seal_ledger.name] == []


def test_a_page_is_read_only_when_it_is_rendered_and_whole(desk: Desk) -> None:
    paper = accepted(desk, rendered=False)
    with pytest.raises(CaseError) as refused:
        desk.paperwork.page(paper.paper_id)
    assert refused.value.code == "PAPER-202"
    desk.render(lambda _: b"%PDF the page")
    assert desk.paperwork.page(paper.paper_id) == b"%PDF the page"
    path = place(desk.profile.files, again(desk, paper).sealed_name or "")
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(StoreError):
        desk.paperwork.page(paper.paper_id)


def test_a_reprint_counts_keeps_its_number_and_says_so_on_the_page(desk: Desk) -> None:
    paper = accepted(desk, rendered=False)
    spool, press = desk.memory.spool(desk.clock), A4Press()
    render_waiting(spool, press)
    counts = [desk.paperwork.reprint(paper.paper_id, CLERK, "申请人遗失") for _ in range(2)]
    assert counts == [1, 2]
    with pytest.raises(CaseError):
        desk.paperwork.page(paper.paper_id, 2)
    render_waiting(spool, press)
    first, second = text(desk.paperwork.page(paper.paper_id)), text(desk.paperwork.page(paper.paper_id, 2))
    assert "补打" not in first
    assert "补打" in second
    assert "2" in second[second.index("补打") :][:12]
    assert (paper.number or "") in second
    assert again(desk, paper).reprints == 2
    assert desk.event_types() == ["case.accepted", "paper.issued"]  # a reprint is no new paper


def test_a_reprint_needs_a_reason_and_a_paper(desk: Desk) -> None:
    paper = accepted(desk)
    with pytest.raises(CaseError) as refused:
        desk.paperwork.reprint(paper.paper_id, CLERK, " ")
    assert refused.value.code == "CASE-214"
    with pytest.raises(CaseError) as refused:
        desk.paperwork.reprint(404, CLERK, "申请人遗失")
    assert refused.value.code == "PAPER-201"
    assert again(desk, paper).reprints == 0


@pytest.mark.parametrize("rendered", [True, False])
def test_a_notice_that_never_left_is_replaced_under_the_next_number(desk: Desk, *, rendered: bool) -> None:
    old = accepted(desk, rendered=rendered)
    new_id = desk.paperwork.replace(old.paper_id, CLERK, COLLEAGUE, "打印模糊")
    desk.render()
    voided, fresh = desk.papers(old.case_id)
    assert (voided.state, fresh.paper_id, fresh.state) == (PaperState.VOIDED, new_id, PaperState.AWAITING_SEAL)
    assert PaperNumber.parse(fresh.number or "").serial == PaperNumber.parse(old.number or "").serial + 1
    books = {row[2]: row[3:5] for row in desk.everything()[numbers.name]}
    assert books[old.number] == ("voided", "打印模糊")
    assert books[fresh.number] == ("issued", None)
    assert ("paper.voided" in desk.event_types()) == rendered
    assert desk.audited("void_paper") == [(CLERK.staff_no, old.number, "done")]


def test_the_new_notice_says_what_the_old_one_said(desk: Desk) -> None:
    old = accepted(desk)
    before = desk.facts(old.case_id, PaperKind.ACCEPTANCE_NOTICE)
    desk.clock.move(hours=1)
    desk.paperwork.replace(old.paper_id, CLERK, COLLEAGUE, "打印模糊")
    after = desk.facts(old.case_id, PaperKind.ACCEPTANCE_NOTICE)
    changed = {"paper_number", "issued_at"}
    assert after.model_dump(exclude=changed) == before.model_dump(exclude=changed)
    assert after.issued_at == desk.clock()


def test_the_platform_hears_which_paper_was_voided(desk: Desk) -> None:
    old = accepted(desk)
    desk.paperwork.replace(old.paper_id, CLERK, COLLEAGUE, "打印模糊")
    (event,) = desk.events("paper.voided")
    assert event["paper"] == {"kind": PaperKind.ACCEPTANCE_NOTICE, "number": old.number}
    assert event["reason"] == "打印模糊"


def test_what_may_be_in_a_hand_is_never_voided(desk: Desk) -> None:
    paper = accepted(desk)
    desk.paperwork.apply_wet_seal(paper.paper_id, CLERK, SEAL)
    slip_case = desk.draft(FOOD)
    desk.intake.receive(slip_case, CLERK)
    desk.render()
    for paper_id in (paper.paper_id, desk.papers(slip_case)[0].paper_id):
        with pytest.raises(CaseError) as refused:
            desk.paperwork.replace(paper_id, CLERK, COLLEAGUE, "打印模糊")
        assert refused.value.code == "PAPER-204"


def test_a_slip_without_number_is_replaced_by_one_without(desk: Desk) -> None:
    case_id = desk.draft(FOOD)
    (old,) = desk.intake.receive(case_id, CLERK).paper_ids
    desk.paperwork.replace(old, CLERK, COLLEAGUE, "打印模糊")
    assert [paper.number for paper in desk.papers(case_id)] == [None, None]


def test_replacing_is_one_transaction(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = accepted(desk)
    before = desk.everything()

    def broke(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("client.store.papers.announce_void", broke)
        with pytest.raises(KeyboardInterrupt):
            desk.paperwork.replace(paper.paper_id, CLERK, COLLEAGUE, "打印模糊")
    assert desk.everything() == before
    desk.paperwork.replace(paper.paper_id, CLERK, COLLEAGUE, "打印模糊")
    assert desk.papers(paper.case_id)[-1].number == "示市监许受〔2026〕2号"


def test_a_voided_paper_is_nobodys_any_more(desk: Desk) -> None:
    paper = accepted(desk)
    desk.paperwork.reprint(paper.paper_id, CLERK, "打印模糊")
    desk.paperwork.replace(paper.paper_id, CLERK, COLLEAGUE, "打印模糊")
    assert desk.render() == 1  # the new one; the reprint of the old is not made
    acts: tuple[tuple[Callable[[], object], str], ...] = (
        (lambda: desk.paperwork.reprint(paper.paper_id, CLERK, "打印模糊"), "PAPER-347"),
        (lambda: desk.paperwork.replace(paper.paper_id, CLERK, COLLEAGUE, "打印模糊"), "PAPER-347"),
        (lambda: desk.paperwork.replace(404, CLERK, COLLEAGUE, "打印模糊"), "PAPER-201"),
    )
    for act, code in acts:
        with pytest.raises(CaseError) as refused:
            act()
        assert refused.value.code == code


def test_nobody_replaces_alone_or_without_a_reason(desk: Desk) -> None:
    paper = accepted(desk)
    before = desk.everything()[numbers.name]
    for second in (None, CLERK):
        with pytest.raises(RightsError):
            desk.paperwork.replace(paper.paper_id, CLERK, second, "打印模糊")
    with pytest.raises(CaseError):
        desk.paperwork.replace(paper.paper_id, CLERK, COLLEAGUE, "")
    assert desk.everything()[numbers.name] == before
    assert desk.audited("void") == [(CLERK.staff_no, f"paper:{paper.paper_id}", "denied")] * 2
