"""How a page is printed: what the hall decides, what the printer can, and what is said where they differ."""

from contextlib import closing
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from client.ports.manners import AS_USUAL, Manner, Media, PrintRule, PrintRules, Sides, manner_for, printer_for
from client.ports.papers import PaperKind
from client.ports.printer import JobReport, Printout, PrintState
from printing.dispatch import IDLE, Dispatch
from printing.ipp.abilities import PASSED_OVER, passed_over, wish
from printing.ipp.messages import Attribute, Group, Message, Section, Tag, Value, decode, encode, first, texts
from printing.ipp.printer import IppPrinter
from printing.repeating import repeated
from printing.rounds import NOT_IN_SETTINGS, Rounds
from printing.routes import reference, taken_apart
from printing.simulated import SimulatedPrinter
from printing.trial import trial_page
from printing.virtual import VirtualQueue
from tests.printing.answers import job, odd_printer, printer, said
from tests.printing.prints import List, orders
from tests.printing.test_dispatch import run

NAME = "窗口打印机"
SLIP, NOTICE = PaperKind.RECEIVING_SLIP, PaperKind.ACCEPTANCE_NOTICE
RULES: PrintRules = {
    SLIP: PrintRule(printer="slip", copies=1),
    "usual": PrintRule(sides=Sides.LONG_EDGE, tray="tray-2"),
}
DEMANDING = Manner(2, Sides.LONG_EDGE, Media.A5, "tray-9")


def able(copies: int = 1, **others: tuple[str, ...]) -> Group:
    span = Attribute("copies-supported", (Value(Tag.RANGE, (1).to_bytes(4, "big") + copies.to_bytes(4, "big")),))
    named = [texts(Tag.KEYWORD, name.replace("_", "-"), *words) for name, words in others.items()]
    return printer(span, *named)


LITTLE = able(
    media_supported=("iso_a4_210x297mm",), media_source_supported=("auto", "tray-1"), sides_supported=("one-sided",)
)
MUCH = able(
    999,
    media_supported=("iso_a4_210x297mm", "iso_a5_148x210mm"),
    media_source_supported=("tray-9",),
    sides_supported=("one-sided", "two-sided-long-edge"),
    print_scaling_supported=("fit",),
    multiple_document_handling_supported=("separate-documents-collated-copies",),
)
NOTES = "打印机没有A5纸，已打印在A4纸上。打印机没有纸盒tray-9，由打印机选择纸盒。打印机不能双面打印，已单面打印"


def asked(group: Group, manner: Manner) -> dict[str, list[str | int | None]]:
    given = Group(Section.JOB, wish(manner, group).attributes)
    return {each.name: [value.number or value.text for value in each.values] for each in given.attributes}


def test_a_kinds_own_rule_goes_before_the_usual_one_and_that_before_its_own() -> None:
    assert (printer_for(SLIP, RULES), printer_for(NOTICE, RULES)) == ("slip", "")
    assert manner_for(SLIP, RULES) == Manner(1, Sides.LONG_EDGE, Media.A4, "tray-2")
    assert manner_for(PaperKind.DELIVERY_RECORD, {}).copies == 1
    assert manner_for(NOTICE, {}) == Manner(2, Sides.ONE, Media.A4, ""), "one for the applicant, one for the file"


def test_a_reference_names_its_printer_and_that_of_the_windows_own_is_as_it_was() -> None:
    assert reference("", "7 urn:uuid:1") == "7 urn:uuid:1"
    assert taken_apart("7 urn:uuid:1") == ("", "7 urn:uuid:1")
    assert taken_apart(reference("slip", "7")) == ("slip", "7")


def test_a_printer_gets_what_it_can_do_and_the_rest_is_said() -> None:
    little = wish(DEMANDING, LITTLE)
    assert asked(LITTLE, DEMANDING) == {"media": ["iso_a4_210x297mm"], "sides": ["one-sided"]}
    assert (little.repeated, little.note) == (2, NOTES)


def test_a_printer_that_can_all_is_asked_for_all() -> None:
    much = wish(DEMANDING, MUCH)
    assert (much.repeated, much.note) == (1, "")
    given = asked(MUCH, DEMANDING)
    assert (given["copies"], given["sides"], given["print-scaling"]) == ([2], ["two-sided-long-edge"], ["fit"])
    assert given["multiple-document-handling"] == ["separate-documents-collated-copies"]
    named = [word for word in given["media-col"] if word]
    assert named == ["media-size", "x-dimension", 14_800, "y-dimension", 21_000, "media-source", "tray-9"]
    assert "media" not in given, "a job has the one or the other"


def test_a_printer_that_says_nothing_of_itself_is_believed() -> None:
    silent = wish(DEMANDING, printer())
    assert (silent.repeated, silent.note) == (2, "")
    assert asked(printer(), AS_USUAL) == {"media": ["iso_a4_210x297mm"], "sides": ["one-sided"]}


def test_a_collection_is_read_again_as_it_was_written() -> None:
    message = Message(2, 1, (Group(Section.JOB, wish(DEMANDING, MUCH).attributes),))
    assert first(decode(encode(message)), Section.JOB) == message.groups[0]


def test_what_a_printer_passed_over_is_said() -> None:
    refused = Group(Section.UNSUPPORTED, (texts(Tag.KEYWORD, "sides", "x"), texts(Tag.KEYWORD, "finishings", "y")))
    assert passed_over(Message(1, 1, (refused,))) == PASSED_OVER.format(what="单双面")
    assert passed_over(Message(0, 1)) == ""


@pytest.mark.parametrize(("sides", "pages"), [(Sides.ONE, 3), (Sides.LONG_EDGE, 5)])
def test_copies_of_a_printer_that_makes_none_stand_in_the_file(sides: Sides, pages: int) -> None:
    once = trial_page("示例区政务服务大厅", "07")
    assert repeated(once, 1, sides) is once
    with pikepdf.open(BytesIO(repeated(once, 3, sides))) as document:
        assert len(document.pages) == pages
        written = ["/Contents" in page and bool(page.Contents.read_bytes().strip()) for page in document.pages]
    assert written == [True, False, True, False, True][:: 1 if sides is Sides.LONG_EDGE else 2]


def test_what_a_print_did_not_get_stays_said_until_it_is_out() -> None:
    queue = List(orders(1))
    rules: PrintRules = {"usual": PrintRule(copies=1, sides=Sides.LONG_EDGE)}
    knows, nothing_more = said(LITTLE), said(code=0x0501)
    with odd_printer(knows, said(job(7)), nothing_more, said(job(7, 5)), knows, said(job(7, 9)), knows) as odd:
        dispatch = Dispatch(queue, IppPrinter(odd.address, NAME), rules)
        while dispatch.step() != IDLE:
            pass
    assert [report for _, report in queue.told] == [
        JobReport(PrintState.PRINTING, "打印机不能双面打印，已单面打印"),
        JobReport(PrintState.DONE, "打印机不能双面打印，已单面打印"),
    ]
    sent = first(odd.asked[1], Section.JOB)
    assert sent.text("sides") == "one-sided"


def test_each_kind_goes_to_its_printer_and_each_printer_is_asked_of_its_own(tmp_path: Path) -> None:
    queue = List([*orders(2, NOTICE), *orders(4, SLIP)[2:]])
    printers = {each: SimulatedPrinter(tmp_path / (each or "own"), pace=0.0) for each in ("", "slip")}
    with closing(Rounds(lambda: (), queue, printers, RULES)) as rounds:
        while rounds.step() != IDLE:
            pass
    sheets = {folder.name: [sheet.read_bytes() for sheet in sorted(folder.iterdir())] for folder in tmp_path.iterdir()}
    assert sheets == {"own": [b"%PDF 1", b"%PDF 2"], "slip": [b"%PDF 3", b"%PDF 4"]}
    assert [taken_apart(queue.jobs[each.paper_id, 0])[0] for each in queue.orders] == ["", "", "slip", "slip"]
    assert {queue.state(order) for order in queue.orders} == {PrintState.DONE}


def test_a_print_whose_printer_is_no_longer_in_the_settings_is_looked_for_by_a_person() -> None:
    queue = List(orders(1, SLIP))
    with closing(Rounds(lambda: (), queue, {"slip": SimulatedPrinter(pace=100)}, RULES)) as before:
        while queue.state(queue.orders[0]) != PrintState.PRINTING:
            before.step()
    with closing(Rounds(lambda: (), queue, {"": SimulatedPrinter()})) as rounds:
        rounds.step()
    assert queue.told[-1] == (1, JobReport(PrintState.UNKNOWN, NOT_IN_SETTINGS))


def test_two_copies_of_a_paper_are_one_job_and_one_print(print_queue: VirtualQueue) -> None:
    queue = List(orders(1))
    run(queue, IppPrinter(print_queue.printer, NAME))
    (heard,) = print_queue.asked()
    assert (heard["IPP_COPIES"], heard["IPP_MEDIA"]) == ("2", "iso_a4_210x297mm")
    assert queue.told[-1] == (1, JobReport(PrintState.DONE))


def test_a_real_printer_prints_as_near_as_it_can_and_it_is_said(print_queue: VirtualQueue) -> None:
    direct = IppPrinter(print_queue.printer, NAME)
    taken = direct.submit(Printout("2026-1", b"%PDF", DEMANDING))
    assert taken.note == NOTES
    assert _is_out(direct, taken.job), "it takes one page at a time"
    by_hand = direct.submit(Printout("2026-2", b"%PDF", Manner(tray="by-pass-tray")))
    assert (by_hand.note, _is_out(direct, by_hand.job)) == ("", True)
    assert "by-pass-tray" in print_queue.asked()[1]["IPP_MEDIA_COL"]


def _is_out(direct: IppPrinter, job_at: str) -> bool:
    return any(direct.report(job_at).state is PrintState.DONE for _ in range(2000))
