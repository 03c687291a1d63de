"""A page from the scanner is cleaned, and what came is kept beside it as long as the page is there."""

import pytest
import structlog

from client.desk.drafting import NO_ORIGINAL, Drafting
from client.desk.keeping import kept_scan
from client.desk.sheet import page_content, sheet
from client.errors import CaseError
from client.ports.pages import AS_USUAL, PageLooks, PageWarning, Sparing, Tint
from client.store.wholeness import FlawKind, look
from tests.desk.counter import CLERK, FOOD, Desk
from tests.devices.drawn import jpeg, leaning, page

ASKEW = jpeg(leaning(page(lines=12), 3.0))


@pytest.fixture
def case_id(desk: Desk) -> int:
    return desk.draft(without=[material.key for material in desk.item(FOOD).materials])


def slot_of(desk: Desk, case_id: int) -> str:
    return sheet(desk.counter, case_id).slots[0].material.key


def scanned(desk: Desk, case_id: int, content: bytes = ASKEW) -> int:
    kept = kept_scan(desk.counter, "页1.jpg", content)
    return Drafting(desk.counter).attach_kept(case_id, CLERK, slot_of(desk, case_id), kept)


def looks(desk: Desk, case_id: int) -> list[PageLooks | None]:
    return [each.looks for each in sheet(desk.counter, case_id).slots[0].pages]


def test_a_scanned_page_is_levelled_and_says_so(desk: Desk, case_id: int) -> None:
    page_id = scanned(desk, case_id)
    assert page_content(desk.counter, page_id) != ASKEW
    (seen,) = looks(desk, case_id)
    assert seen is not None
    assert seen.skew_degrees == pytest.approx(3.0, abs=0.2)
    assert (seen.cropped, seen.blank, seen.warnings) == (False, False, ())


def test_what_wants_a_look_is_kept_with_the_page(desk: Desk, case_id: int) -> None:
    scanned(desk, case_id, jpeg(page().crop((150, 0, 1240, 1754))))
    scanned(desk, case_id, jpeg(page(lines=0)))
    desk.reopen()
    cut, blank = looks(desk, case_id)
    assert cut is not None
    assert blank is not None
    assert (cut.warnings, blank.blank) == ((PageWarning.CUT_EDGE,), True)


def test_what_came_can_be_taken_instead_once(desk: Desk, case_id: int) -> None:
    first, second = scanned(desk, case_id), scanned(desk, case_id, jpeg(page(lines=9)))
    drafting = Drafting(desk.counter)
    drafting.take_original(case_id, CLERK, first)
    pages = sheet(desk.counter, case_id).slots[0].pages
    assert (page_content(desk.counter, pages[0].page_id), pages[0].looks, pages[0].name) == (ASKEW, None, "页1.jpg")
    assert pages[1].page_id == second, "in its place"
    with pytest.raises(CaseError) as caught:
        drafting.take_original(case_id, CLERK, pages[0].page_id)
    assert caught.value.fault is NO_ORIGINAL


def test_a_page_scanned_again_has_an_original_of_its_own(desk: Desk, case_id: int) -> None:
    drafting = Drafting(desk.counter)
    again = drafting.put_in_place(
        case_id, CLERK, scanned(desk, case_id), kept_scan(desk.counter, "页1.jpg", jpeg(leaning(page(), -2)))
    )
    (seen,) = looks(desk, case_id)
    assert seen is not None
    assert seen.skew_degrees == pytest.approx(-2.0, abs=0.2)
    drafting.take_original(case_id, CLERK, again)
    assert looks(desk, case_id) == [None]


def test_a_hall_may_keep_pages_as_they_come(desk: Desk, case_id: int) -> None:
    desk.configure(clean_pages=False)
    page_id = scanned(desk, case_id)
    assert (page_content(desk.counter, page_id), looks(desk, case_id)) == (ASKEW, [None])


def test_a_page_is_kept_as_small_as_it_was_asked_for(desk: Desk, case_id: int) -> None:
    drafting, slot, print_alone = Drafting(desk.counter), slot_of(desk, case_id), jpeg(page(), dpi=(300, 300))
    usual, small, black = (
        page_content(desk.counter, drafting.attach_kept(case_id, CLERK, slot, kept))
        for sparing in (AS_USUAL, Sparing(most_bytes=300_000), Sparing(give_up=Tint.BILEVEL))
        for kept in [kept_scan(desk.counter, "页.jpg", print_alone, sparing)]
    )
    assert len(usual) > 300_000 > len(small)
    assert (usual[:3], small[:3], black[1:4]) == (b"\xff\xd8\xff", b"\xff\xd8\xff", b"PNG")
    assert len(black) < len(usual) / 4


def test_a_page_that_cannot_be_cleaned_is_kept_as_it_came(
    desk: Desk, case_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ImportError

    monkeypatch.setattr("devices.pages.clean.clean", fail)
    with structlog.testing.capture_logs() as logged:
        page_id = scanned(desk, case_id)
    assert (page_content(desk.counter, page_id), looks(desk, case_id)) == (ASKEW, [None])
    assert [(each["event"], each["error"]) for each in logged] == [("page not cleaned", "ImportError")]


def test_what_is_no_page_is_refused_and_nothing_is_kept(desk: Desk, case_id: int) -> None:
    before = set(desk.memory.files.names())
    with pytest.raises(CaseError):
        scanned(desk, case_id, ASKEW[:5000])
    assert set(desk.memory.files.names()) == before


def test_it_is_swept_with_its_page_and_not_before(desk: Desk, case_id: int) -> None:
    page_id = scanned(desk, case_id)
    kept = set(desk.memory.files.names())
    desk.reopen()
    desk.memory.sweep()
    assert set(desk.memory.files.names()) == kept
    Drafting(desk.counter).detach(case_id, CLERK, page_id)
    desk.reopen()
    desk.memory.sweep()
    assert set(desk.memory.files.names()).isdisjoint(kept)


def test_a_lost_original_is_found_by_a_look(desk: Desk, case_id: int) -> None:
    scanned(desk, case_id)
    desk.memory.files.set_aside(desk.memory.files.put(ASKEW).name)
    (flaw,) = look(desk.memory, read=True).flaws
    assert flaw.kind is FlawKind.FILE_MISSING
