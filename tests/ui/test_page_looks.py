"""A scanned page says on its page what was done to it and what wants a look; one key takes it as it came."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from client.desk.drafting import Drafting
from client.desk.keeping import kept_scan
from client.desk.sheet import page_content
from client.ports.pages import PageLooks, PageWarning
from tests.desk.counter import CLERK, FOOD, Desk
from tests.devices.drawn import jpeg, leaning, page
from tests.ui.table import Table, laid, scanner
from ui.clerk.intake.page_looks import WARNING_WORDS, looks_words, wants_a_look
from ui.clerk.intake.thumbnails import page_words
from ui.seat import Seat
from ui.widgets.chips import Tone

SLOT = "premises"
ASKEW = jpeg(leaning(page(lines=12), 3.0))
CUT = jpeg(page(lines=12).crop((150, 0, 1240, 1754)))


@pytest.fixture
def table(qtbot: QtBot, seat: Seat, tmp_path: Path) -> Iterator[Table]:
    with laid(qtbot, seat, scanner(1), tmp_path / "told.jsonl") as found:
        yield found


def with_scans(table: Table, desk: Desk, *contents: bytes) -> None:
    case_id = desk.draft(FOOD, without=(SLOT,))
    for number, content in enumerate(contents):
        Drafting(desk.counter).attach_kept(case_id, CLERK, SLOT, kept_scan(desk.counter, f"{number}.jpg", content))
    table.load(case_id)
    table.materials.choose(SLOT)
    table.press("to_pages", table.form)
    table.quiet()


def shown(table: Table) -> tuple[str, str]:
    return table.pages._looks.text(), table.pages._number.text()


def test_what_was_done_and_what_wants_a_look_stands_on_the_page(table: Table, desk: Desk) -> None:
    with_scans(table, desk, ASKEW, CUT)
    assert shown(table) == ("已纠偏3.0°", "第 1 页")
    table.pages._choose(1)
    assert shown(table) == ("◐ 文字被裁断", "第 2 页")
    names = [table.pages._thumbnails.pages.index(place).data() for place in range(2)]
    note, view = table.pages._preview.note, table.pages._preview.viewport()
    assert note.isVisible()
    assert view.geometry().contains(note.geometry()), "on the page itself"
    assert names == ["第 1 页（已纠偏3.0°）", "第 2 页（文字被裁断）"], "and who cannot see it hears it"


def test_what_comes_from_the_scanner_is_cleaned_also_in_the_place_of_another(table: Table, desk: Desk) -> None:
    with_scans(table, desk)
    table.press("scan", table.form)
    table.qtbot.wait_until(lambda: table.materials.scanning.scan is None)
    table.quiet()
    (scanned,) = table.slot(SLOT).pages
    table.press("to_pages", table.form)
    table.press("replace_page")
    table.qtbot.wait_until(lambda: table.materials.scanning.scan is None)
    table.quiet()
    (again,) = table.slot(SLOT).pages
    assert again.page_id != scanned.page_id
    assert None not in {scanned.looks, again.looks}


def test_one_key_takes_the_page_as_it_came(table: Table, desk: Desk) -> None:
    with_scans(table, desk, ASKEW)
    table.press("take_original")
    table.quiet()
    (now,) = table.slot(SLOT).pages
    assert (page_content(desk.counter, now.page_id), shown(table)[0]) == (ASKEW, "")
    assert not table.pages._verbs.buttons["take_original",].isVisible()
    table.pages.take_original()
    assert table.seat.tasks.underway == 0


def test_a_deleted_page_comes_back_with_what_it_came_as(table: Table, desk: Desk) -> None:
    with_scans(table, desk, ASKEW)
    (before,) = table.slot(SLOT).pages
    table.press("delete_page")
    table.quiet()
    table.press("undo")
    table.quiet()
    (now,) = table.slot(SLOT).pages
    assert now.looks == before.looks
    assert page_content(desk.counter, now.page_id) != ASKEW
    table.press("take_original")
    table.quiet()
    assert page_content(desk.counter, table.slot(SLOT).pages[0].page_id) == ASKEW


def test_every_warning_has_its_word_and_the_worst_comes_first() -> None:
    assert set(WARNING_WORDS) == set(PageWarning)
    cut = PageLooks(2.0, cropped=True, blank=False, warnings=(PageWarning.BLURRED, PageWarning.FINGER))
    done = PageLooks(-2.04, cropped=True, blank=False, warnings=())
    level = PageLooks(0.04, cropped=False, blank=False, warnings=())
    blank = PageLooks(None, cropped=False, blank=True, warnings=())
    assert looks_words(cut) == ("模糊、有手指", Tone.WARN)
    assert looks_words(done) == ("已裁边、已纠偏2.0°", Tone.PLAIN)
    assert (looks_words(level), looks_words(None)) == (("", Tone.PLAIN), ("", Tone.PLAIN))
    assert looks_words(blank) == ("空白页", Tone.WARN)
    assert [wants_a_look(each) for each in (cut, blank, done, level, None)] == [True, True, False, False, False]


def test_a_page_as_it_came_is_called_by_its_number(table: Table, desk: Desk) -> None:
    with_scans(table, desk)
    case_id = table.case.case_id
    desk.attach(case_id, SLOT)
    table.load(case_id)
    assert page_words(0, table.slot(SLOT).pages[0]) == "第 1 页"
