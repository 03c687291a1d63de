"""A notice sealed with the organ's key: who may, with which seal, once; and what keeps it from being sealed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from client.desk.proving import known_here
from client.desk.seal_shelf import SealShelf
from client.desk.sealing import Choice, Sealing
from client.desk.staff import Staff
from client.errors import CaseError, DeviceError, DeviceState, RightsError
from client.ports.keys import KeyOnHand, KeyStack, Pin
from client.ports.papers import PaperKind
from client.ports.printer import PrintState
from client.ports.statements import PaperVerdict, Standing
from client.proof.faults import ProofError
from client.store import prints, seals
from client.store.papers import PaperRecord, PaperState
from client.store.sealed import place
from client.store.tables import outbox
from devices.keys.faults import NO_KEY
from devices.keys.simulated import PIN, SimulatedKeys
from printing.press import A4Press
from printing.proving import Papers
from printing.spool import render_waiting
from tests.desk.counter import ADMINISTRATOR, CLERK, COLLEAGUE, COMPANY, FOOD, Desk
from tests.seals.authority import Authority, SoftKey
from tests.seals.hall import SEALS
from tests.seals.office import Office, Person, office

FOOD_ORGAN, CARD_ORGAN = "11110101000000001D", "11110101000000002G"


@pytest.fixture
def keys() -> SimulatedKeys:
    return SimulatedKeys(pace=0)


@pytest.fixture
def sealing(desk: Desk) -> Sealing:
    return Sealing(desk.counter, SEALS)


def notice(desk: Desk, item: str = FOOD) -> PaperRecord:
    """An acceptance notice that waits for its seal, drawn as papers are."""
    case_id = desk.draft(item)
    desk.intake.accept(case_id, CLERK)
    render_waiting(desk.memory.spool(desk.clock), A4Press())
    return next(paper for paper in desk.papers(case_id) if paper.kind is PaperKind.ACCEPTANCE_NOTICE)


def on_keys(keys: SimulatedKeys) -> Mapping[str, Sequence[bytes]]:
    return {key.id: keys.seals(key.id) for key in keys.plugged()}


def lying(on: Mapping[str, Sequence[bytes]]) -> Callable[[str], Sequence[bytes]]:
    """The seals on these keys, as a hand gives them."""
    return lambda key_id: on.get(key_id, ())


def chosen(sealing: Sealing, keys: SimulatedKeys, paper: PaperRecord) -> Choice:
    (choice,) = sealing.choices(paper.paper_id, keys.plugged(), keys.seals)
    return choice


def seal(sealing: Sealing, keys: SimulatedKeys, paper: PaperRecord, by: Staff = CLERK, **wishes: bool) -> None:
    begun = sealing.begin(paper.paper_id, by, chosen(sealing, keys, paper))
    with Pin(PIN) as pin:
        begun, signature = begun.signed(partial(signed_by, keys, begun.choice, pin))
    sealing.finish(begun, signature, by, **wishes)


def signed_by(keys: SimulatedKeys, choice: Choice, pin: Pin, what: bytes) -> bytes:
    return keys.sign(choice.key.id, choice.certificate, what, pin)


def why_not(
    sealing: Sealing, paper: PaperRecord, keys: Sequence[KeyOnHand], seals_: Mapping[str, Sequence[bytes]]
) -> str:
    with pytest.raises(CaseError) as refused:
        sealing.choices(paper.paper_id, keys, lying(seals_))
    return refused.value.code


def key_of(person: Person, key_id: str = "skf:1") -> KeyOnHand:
    return KeyOnHand(key_id, KeyStack.SKF, "key", "1", (person.certificate,))


def of_organ(**words: object) -> Office:
    """An office of the food authority, with its own authority, whose seal lies on no key."""
    return office(**words)  # type: ignore[arg-type]  # as the office has them


def test_the_key_of_the_organ_seals_the_notice_and_it_may_be_handed_out(
    desk: Desk, sealing: Sealing, keys: SimulatedKeys
) -> None:
    paper = notice(desk)
    seal(sealing, keys, paper, to_printer=True)
    (after,) = [each for each in desk.papers(paper.case_id) if each.paper_id == paper.paper_id]
    assert after.state is PaperState.READY
    page = desk.paperwork.page(paper.paper_id)
    (verdict,) = SEALS.judge(page, "paper", desk.clock())
    assert verdict.ok, verdict.checks
    assert page.startswith(desk.memory.files.get(paper.sealed_name or ""))
    (entry,) = sealing.ledger()
    assert (entry.paper_id, entry.staff_no, entry.seal) == (
        paper.paper_id,
        CLERK.staff_no,
        "示例市市场监督管理局行政许可专用章（训练用）",
    )
    assert entry.sm3
    with desk.memory.read() as connection:
        found = prints.get(connection, paper.paper_id, 0)
        types = connection.scalars(select(outbox.c.type).order_by(outbox.c.sequence)).all()
    assert found is not None
    assert found.state is PrintState.ASKED
    assert types[-1] == "paper.sealed"
    assert desk.audited("apply_seal") == [(CLERK.staff_no, paper.number, "done")]
    assert sealing.owed() == ()


def test_the_code_on_the_sealed_page_is_signed_too(desk: Desk, sealing: Sealing, keys: SimulatedKeys) -> None:
    paper = notice(desk)
    assert proved(desk, paper).standing is Standing.UNSIGNED
    seal(sealing, keys, paper)
    found = proved(desk, paper)
    assert (found.standing, found.altered) == (Standing.GENUINE, ())
    assert "本机有这份文书的记录：可交付" in found.notes


def test_a_paper_that_was_voided_stays_so_whatever_its_code_says(desk: Desk) -> None:
    paper = notice(desk)
    page = desk.paperwork.page(paper.paper_id)
    desk.paperwork.replace(paper.paper_id, CLERK, COLLEAGUE, "姓名写错")
    asked = Papers(SEALS.trusted).prove_file(page, desk.clock())
    assert known_here(desk.counter, asked).standing is Standing.VOIDED
    altered = replace(asked, standing=Standing.ALTERED)
    assert known_here(desk.counter, altered).standing is Standing.ALTERED
    strange = replace(asked, statement=replace(asked.statement, paper_number="示市监许受〔2026〕9999号"))
    assert known_here(desk.counter, strange).notes[-1] == "本机没有这份文书的记录"


def proved(desk: Desk, paper: PaperRecord) -> PaperVerdict:
    page = desk.paperwork.page(paper.paper_id)
    return known_here(desk.counter, Papers(SEALS.trusted).prove_file(page, desk.clock()))


def test_a_paper_is_sealed_once_whoever_finishes_second(desk: Desk, sealing: Sealing, keys: SimulatedKeys) -> None:
    paper = notice(desk)
    choice = chosen(sealing, keys, paper)
    first, second = (sealing.begin(paper.paper_id, CLERK, choice) for _ in range(2))
    signatures = []
    for begun in (first, second):
        with Pin(PIN) as pin:
            signatures.append(keys.sign(choice.key.id, choice.certificate, begun.to_seal.to_sign, pin))
    sealing.finish(first, signatures[0], CLERK)
    page = desk.paperwork.page(paper.paper_id)
    with pytest.raises(CaseError, match="PAPER-203"):
        sealing.finish(second, signatures[1], CLERK)
    with pytest.raises(CaseError, match="PAPER-203"):
        sealing.begin(paper.paper_id, CLERK, choice)
    with pytest.raises(CaseError, match="PAPER-203"):
        desk.paperwork.apply_wet_seal(paper.paper_id, CLERK, "行政许可专用章")
    assert desk.paperwork.page(paper.paper_id) == page
    assert len(sealing.ledger()) == 1


def test_a_wrong_signature_seals_nothing_and_the_step_can_be_repeated(
    desk: Desk, sealing: Sealing, keys: SimulatedKeys
) -> None:
    paper = notice(desk)
    begun = sealing.begin(paper.paper_id, CLERK, chosen(sealing, keys, paper))
    with pytest.raises(ProofError, match="SEAL-137"):
        sealing.finish(begun, SoftKey.make().sign(begun.to_seal.to_sign), CLERK)
    assert sealing.ledger() == []
    assert len(sealing.owed()) == 1
    seal(sealing, keys, paper)
    assert sealing.owed() == ()


def test_the_queue_says_whose_seal_each_paper_wants(desk: Desk, sealing: Sealing) -> None:
    food, company = notice(desk), notice(desk, COMPANY)
    first, second = sealing.owed()
    assert (first.paper_id, first.organ, first.words) == (food.paper_id, FOOD_ORGAN, "受理通知书")
    assert (second.paper_id, second.organ_name) == (company.paper_id, "示例市市场监督管理局")
    assert first.issued_at.utcoffset() == timedelta(hours=8)


def test_a_key_of_another_organ_is_told_by_both_names(desk: Desk, sealing: Sealing, keys: SimulatedKeys) -> None:
    paper = notice(desk)
    others = SimulatedKeys(pace=0, units=[CARD_ORGAN])
    with pytest.raises(CaseError) as refused:
        sealing.choices(paper.paper_id, others.plugged(), others.seals)
    assert refused.value.code == "PAPER-232"
    assert refused.value.title == "这把密码钥匙是示例市人力资源和社会保障局的，文书要用示例市市场监督管理局的印章"
    assert chosen(sealing, keys, paper).certificate.unit_code == FOOD_ORGAN, "of all keys the one that may"


def test_each_reason_why_no_key_may_is_told_apart(desk: Desk, sealing: Sealing) -> None:
    paper = notice(desk)
    right = of_organ()
    day = timedelta(days=1)
    over = Person.certified(right.root, "过期", unit_code=FOOD_ORGAN, ends=desk.clock() - day)
    early = Person.certified(right.root, "未到", unit_code=FOOD_ORGAN, began=desk.clock() + day)
    assert why_not(sealing, paper, [], {}) == "PAPER-237"
    assert why_not(sealing, paper, [key_of(right.clerk)], {}) == "PAPER-235"
    assert why_not(sealing, paper, [key_of(right.clerk)], {"skf:1": [b"rubbish"]}) == "PAPER-235"
    for person in (over, early):
        bound = of_organ(root=right.root, holders=(person.certificate.der,))
        assert why_not(sealing, paper, [key_of(person)], {"skf:1": [bound.seal()]}) == "PAPER-233"
        assert why_not(sealing, paper, [key_of(person)], {}) == "PAPER-233"
    foreign = of_organ(root=right.root, holders=(right.maker.certificate.der,))
    assert why_not(sealing, paper, [key_of(right.clerk)], {"skf:1": [foreign.seal()]}) == "PAPER-236"
    ended = of_organ(root=right.root, holders=(right.clerk.certificate.der,), valid_to=datetime(2026, 2, 1, tzinfo=UTC))
    assert why_not(sealing, paper, [key_of(right.clerk)], {"skf:1": [ended.seal()]}) == "PAPER-234"
    fits = replace(right, clerk=right.clerk)
    assert sealing.choices(paper.paper_id, [key_of(right.clerk)], lying({"skf:1": [fits.seal()]}))


def test_a_seal_that_was_brought_in_serves_a_key_that_carries_none(desk: Desk, sealing: Sealing) -> None:
    paper, right = notice(desk), of_organ()
    shelf = SealShelf(desk.counter, SEALS)
    assert shelf.bring_in(right.seal(), ADMINISTRATOR).name == right.words.name
    (choice,) = sealing.choices(paper.paper_id, [key_of(right.clerk)], lying({}))
    begun = sealing.begin(paper.paper_id, CLERK, choice)
    sealing.finish(begun, right.clerk.key.sign(begun.to_seal.to_sign), CLERK)
    assert sealing.owed() == ()
    assert why_not(sealing, notice(desk), [], {}) == "PAPER-237"


def test_of_two_keys_that_may_the_clerk_chooses(desk: Desk, sealing: Sealing, keys: SimulatedKeys) -> None:
    paper, second = notice(desk), of_organ(es_id="second")
    plugged = [*keys.plugged(), key_of(second.clerk)]
    found = sealing.choices(paper.paper_id, plugged, lying({**on_keys(keys), "skf:1": [second.seal()]}))
    assert [choice.seal.es_id for choice in found] == ["11010100000001", "second"]


def test_a_certificate_without_a_unit_seals_by_a_seal_brought_in_for_the_organ(desk: Desk, sealing: Sealing) -> None:
    paper, root = notice(desk), Authority.root()
    nobody = Person.certified(root, "没有代码")
    bound = of_organ(root=root, holders=(nobody.certificate.der,))
    assert why_not(sealing, paper, [key_of(nobody)], {"skf:1": [bound.seal()]}) == "PAPER-232"
    shelf = SealShelf(desk.counter, SEALS)
    with pytest.raises(CaseError, match="PAPER-238"):
        shelf.bring_in(bound.seal(), ADMINISTRATOR)
    with pytest.raises(CaseError, match="PAPER-239"):
        shelf.bring_in(bound.seal(), ADMINISTRATOR, "9")
    shelf.bring_in(bound.seal(), ADMINISTRATOR, FOOD_ORGAN)
    assert len(sealing.choices(paper.paper_id, [key_of(nobody)], lying({}))) == 1
    assert why_not(sealing, paper, [key_of(Person.certified(root, "另一人"))], {}) == "PAPER-232"


def test_seals_are_listed_withdrawn_and_kept_by_who_may(desk: Desk) -> None:
    shelf, right = SealShelf(desk.counter, SEALS), of_organ()
    with pytest.raises(RightsError):
        shelf.bring_in(right.seal(), CLERK)
    with pytest.raises(ProofError, match="SEAL-104"):
        shelf.bring_in(b"\x30\x00", ADMINISTRATOR)
    shelf.bring_in(right.seal(), ADMINISTRATOR)
    (shelved,) = shelf.shelved()
    assert (shelved.organ, shelved.organ_name, shelved.seal.es_id) == (
        FOOD_ORGAN,
        "示例市市场监督管理局",
        right.words.es_id,
    )
    shelf.withdraw(FOOD_ORGAN, right.words.es_id, ADMINISTRATOR)
    with pytest.raises(CaseError, match="PAPER-240"):
        shelf.withdraw(FOOD_ORGAN, right.words.es_id, ADMINISTRATOR)
    assert shelf.shelved() == []
    assert [row[0] for row in (desk.audited("keep_seal"), desk.audited("withdraw_seal"))] == [
        (ADMINISTRATOR.staff_no, f"seal:{right.words.es_id}", "done")
    ] * 2


def test_a_clock_far_from_the_platforms_seals_nothing(desk: Desk, sealing: Sealing, keys: SimulatedKeys) -> None:
    paper = notice(desk)
    choice = chosen(sealing, keys, paper)
    for minutes in (10, -1440):
        desk.memory.compared_clock.heard(timedelta(minutes=minutes), desk.clock())
        with pytest.raises(CaseError) as refused:
            sealing.begin(paper.paper_id, CLERK, choice)
        assert (refused.value.code, refused.value.parameters["minutes"]) == ("PAPER-230", abs(minutes))
    desk.memory.compared_clock.heard(timedelta(minutes=9), desk.clock())
    sealing.begin(paper.paper_id, CLERK, choice)
    desk.clock.move(days=-1)
    with pytest.raises(CaseError, match="PAPER-231"):
        sealing.begin(paper.paper_id, CLERK, choice)


def test_what_cannot_be_begun_is_told(desk: Desk, sealing: Sealing, keys: SimulatedKeys) -> None:
    paper = notice(desk)
    choice = chosen(sealing, keys, paper)
    with pytest.raises(CaseError, match="PAPER-201"):
        sealing.begin(404, CLERK, choice)
    with pytest.raises(CaseError, match="PAPER-201"):
        sealing.choices(404, [], lying({}))
    case_id = desk.draft(FOOD)
    desk.intake.accept(case_id, CLERK)
    (unrendered,) = desk.papers(case_id)
    with pytest.raises(CaseError, match="PAPER-202"):
        sealing.begin(unrendered.paper_id, CLERK, choice)


def test_a_copy_of_a_sealed_paper_is_of_the_sealed_page(desk: Desk, sealing: Sealing, keys: SimulatedKeys) -> None:
    paper = notice(desk)
    seal(sealing, keys, paper)
    count = desk.paperwork.reprint(paper.paper_id, CLERK, "申请人要求补打")
    (order,) = desk.memory.spool(desk.clock).waiting()
    assert (order.reprint_no, order.issued_page) == (count, desk.paperwork.page(paper.paper_id))
    render_waiting(desk.memory.spool(desk.clock), A4Press())
    assert SEALS.judge(desk.paperwork.page(paper.paper_id, count), "copy", desk.clock()) == []


@pytest.mark.expected_warnings("issued page not copied")
def test_a_sealed_page_that_is_lost_holds_up_no_other_paper(desk: Desk, sealing: Sealing, keys: SimulatedKeys) -> None:
    paper = notice(desk)
    seal(sealing, keys, paper)
    desk.paperwork.reprint(paper.paper_id, CLERK, "申请人要求补打")
    with desk.memory.read() as connection:
        name = seals.sealed_page(connection, paper.paper_id)
    place(desk.profile.files, name or "").unlink()
    case_id = desk.draft(FOOD)
    desk.intake.accept(case_id, CLERK)
    assert [order.reprint_no for order in desk.memory.spool(desk.clock).waiting()] == [0]


def test_a_strangers_key_that_does_not_answer_stands_in_nobodys_way(desk: Desk, sealing: Sealing) -> None:
    paper, keys = notice(desk), SimulatedKeys(pace=0)

    def on_key(key_id: str) -> Sequence[bytes]:
        (key,) = [each for each in keys.plugged() if each.id == key_id]
        if key.certificates[0].unit_code != sealing.owed()[0].organ:
            raise DeviceError(DeviceState.TIMED_OUT, NO_KEY, device=key.label)
        return keys.seals(key_id)

    assert len(keys.plugged()) > 1
    assert len(sealing.choices(paper.paper_id, keys.plugged(), on_key)) == 1


def test_a_seal_that_two_organs_may_use_is_asked_whose_it_is(desk: Desk) -> None:
    root = Authority.root()
    people = [Person.certified(root, "示例机关", unit_code=unit) for unit in (FOOD_ORGAN, CARD_ORGAN)]
    of_two = office(root=root, holders=tuple(each.certificate.der for each in people))
    with pytest.raises(CaseError, match="PAPER-238"):
        SealShelf(desk.counter, SEALS).bring_in(of_two.seal(), ADMINISTRATOR)


def test_who_may_not_keep_seals_withdraws_none(desk: Desk) -> None:
    with pytest.raises(RightsError):
        SealShelf(desk.counter, SEALS).withdraw(FOOD_ORGAN, "11010100000001", CLERK)
