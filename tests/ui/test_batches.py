"""A batch at the counter: sorted by the sheets between its pages, interrupted and gone on with, turned over."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from client.desk.sheet import page_as_it_came, page_content
from client.errors import Cancelled
from client.ports.pages import Sparing, Tint
from client.ports.readiness import Condition, Readiness
from client.ports.scanner import ScanMode, ScannedPage, ScanOrder, ScanProfile, ScanProgress, ScanSource
from client.rules.batches import FOREIGN_SHEET, UNEVEN, Separator, SeparatorKind
from devices.scanner.faults import Trouble, trouble_error
from printing.papers.slot_sheets import patch_sheet, slot_sheets
from tests.desk.counter import FOOD, Desk, page
from tests.devices import drawn
from tests.devices.scanning import never
from tests.devices.sheets import printed
from tests.ui.table import Table, laid
from ui.clerk.intake import paper_watch, scanning
from ui.clerk.intake.scan_ways import WAYS
from ui.seat import Seat

PATCH = drawn.jpeg(printed(patch_sheet()))
JAM = b""
WAY = {way.name: number for number, way in enumerate(WAYS)}


@dataclass
class Feeder:
    """Gives the stack that lies in it; at a jam the rest stays."""

    stack: list[bytes] = field(default_factory=list)
    name: str = "扫描仪"
    asked: int = 0
    at: Callable[[], object] = never  # happens as a sheet is drawn in
    is_scanning: bool = False

    def has_paper(self) -> bool:
        self.asked += 1
        return not self.is_scanning and bool(self.stack)

    def scan(
        self, order: ScanOrder, progress: Callable[[ScanProgress], None], cancelled: Callable[[], bool]
    ) -> Iterator[ScannedPage]:
        number, self.is_scanning = 0, True
        try:
            while self.stack:
                number += 1
                progress(ScanProgress(number, 0.5))
                if cancelled():
                    raise Cancelled
                content = self.stack.pop(0)
                self.at()
                if content == JAM:
                    raise trouble_error(Trouble.JAMMED, self.name, page=number)
                yield ScannedPage(content, 1, 1, order.dpi)
        finally:
            self.is_scanning = False

    def check(self) -> Readiness:
        return Readiness(Condition.READY, "")

    def close(self) -> None:
        """Nothing is held."""


@pytest.fixture
def feeder() -> Feeder:
    return Feeder()


@pytest.fixture
def table(qtbot: QtBot, seat: Seat, feeder: Feeder, tmp_path: Path, desk: Desk) -> Iterator[Table]:
    with laid(qtbot, seat, feeder, tmp_path / "told.jsonl") as found:
        found.load(desk.draft(FOOD, without=KEYS))
        found.materials.choose(KEYS[0])
        yield found


KEYS = ("application", "business_licence", "premises")


def sheet(desk: Desk, key: str) -> bytes:
    """Our own sheet of that material, as it is scanned."""
    item = desk.item()
    place = [material.key for material in item.materials].index(key)
    return drawn.jpeg(printed(slot_sheets(item), place))


def go(table: Table, way: str) -> None:
    for _ in range(WAY[way]):
        table.press("scan_way")
    assert table.materials.scanning._way.name == way


def scan(table: Table, feeder: Feeder, *stack: bytes) -> None:
    feeder.stack = list(stack)
    table.press("scan")
    table.quiet()


def serials(desk: Desk, table: Table) -> dict[str, list[int]]:
    """Which of the pages of `page(serial)` lie in which material, in their order."""
    found = {}
    for slot in table.case.slots:
        if slot.material.key in KEYS and slot.pages:
            contents = [page_as_it_came(desk.counter, each.page_id) for each in slot.pages]
            found[slot.material.key] = [int(bytes(content).rpartition(b"page ")[2]) for content in contents]
    return found


def test_a_batch_falls_into_the_materials_its_sheets_name(table: Table, feeder: Feeder, desk: Desk) -> None:
    go(table, "分隔页")
    first, second, third = KEYS
    scan(table, feeder, page(1), sheet(desk, third), page(2), page(3), sheet(desk, second), page(4))
    assert serials(desk, table) == {first: [1], third: [2, 3], second: [4]}
    assert table.names(third) == ["premises-001.jpg", "premises-002.jpg"]
    assert "已分到 3 项材料" in table.seat.notices.text
    assert f"{desk.item().materials[0].name} 1 页" in table.seat.notices.text


def test_a_patch_takes_it_to_the_next_material(table: Table, feeder: Feeder, desk: Desk) -> None:
    go(table, "T 码分隔")
    scan(table, feeder, PATCH, page(1), page(2), PATCH, page(3))
    assert serials(desk, table) == {KEYS[0]: [1, 2], KEYS[1]: [3]}


def test_each_page_may_be_a_material_of_its_own(table: Table, feeder: Feeder, desk: Desk) -> None:
    go(table, "每页一项")
    scan(table, feeder, *map(page, (1, 2, 3)))
    assert serials(desk, table) == {KEYS[0]: [1], KEYS[1]: [2], KEYS[2]: [3]}


def test_a_sheet_is_a_page_like_another_where_nothing_is_sorted(table: Table, feeder: Feeder) -> None:
    scan(table, feeder, PATCH, page(1))
    assert len(table.slot(KEYS[0]).pages) == 2


def test_a_batch_that_jams_goes_on_where_it_stood(table: Table, feeder: Feeder, desk: Desk) -> None:
    go(table, "T 码分隔")
    scan(table, feeder, page(1), PATCH, page(2), JAM, page(3), PATCH, page(4))
    assert "卡纸" in table.seat.notices.text
    assert table.materials.slot == KEYS[1], "what the batch stands at is what is looked at"
    assert serials(desk, table) == {KEYS[0]: [1], KEYS[1]: [2]}
    table.press("scan")
    table.quiet()
    assert serials(desk, table) == {KEYS[0]: [1], KEYS[1]: [2, 3], KEYS[2]: [4]}


def test_after_a_jam_the_count_goes_on_too(table: Table, feeder: Feeder, desk: Desk) -> None:
    go(table, "每页一项")
    scan(table, feeder, page(1), JAM, page(2), page(3))
    table.press("scan")
    table.quiet()
    assert serials(desk, table) == {KEYS[0]: [1], KEYS[1]: [2], KEYS[2]: [3]}


def test_a_batch_that_somebody_stopped_goes_on_where_it_stood(table: Table, feeder: Feeder, desk: Desk) -> None:
    go(table, "T 码分隔")

    def stop() -> None:
        under_way = table.materials.scanning.scan
        if under_way is not None and len(feeder.stack) == 2:
            under_way.stop()

    feeder.at = stop
    scan(table, feeder, page(1), PATCH, page(2), PATCH, page(3))
    assert serials(desk, table) == {KEYS[0]: [1]}
    assert table.materials.slot == KEYS[1]
    feeder.at = never
    feeder.stack.insert(0, page(2))  # the sheet that was on its way is put back
    table.press("scan")
    table.quiet()
    assert serials(desk, table) == {KEYS[0]: [1], KEYS[1]: [2], KEYS[2]: [3]}


def test_a_sheet_of_another_item_stops_the_batch(table: Table, feeder: Feeder, desk: Desk) -> None:
    go(table, "分隔页")
    foreign = drawn.jpeg(printed(slot_sheets(desk.item("社会保障卡申领"))))
    scan(table, feeder, page(1), foreign, page(2))
    assert FOREIGN_SHEET.advice.split("；")[0] in table.seat.notices.text
    assert serials(desk, table) == {KEYS[0]: [1]}, "nothing behind it is laid where it may not belong"


def test_whoever_chooses_another_material_after_a_jam_begins_there(table: Table, feeder: Feeder, desk: Desk) -> None:
    go(table, "每页一项")
    scan(table, feeder, page(1), JAM, page(2))
    table.materials.choose(KEYS[2])
    table.press("scan")
    table.quiet()
    assert serials(desk, table) == {KEYS[0]: [1], KEYS[2]: [2]}


def test_a_stack_that_goes_through_twice_is_put_in_order(table: Table, feeder: Feeder, desk: Desk) -> None:
    desk.attach(table.case.case_id, KEYS[0], 9)
    table.load(table.case.case_id)
    go(table, "先正后反")
    scan(table, feeder, *map(page, (1, 3, 5)))
    assert "正面 3 页已收；请把整叠纸翻面放回" in table.materials.scanning._broken.text()
    scan(table, feeder, *map(page, (6, 4, 2)))
    assert serials(desk, table) == {KEYS[0]: [9, 1, 2, 3, 4, 5, 6]}
    assert table.materials.scanning._broken.text() == ""


def test_a_jam_among_the_fronts_does_not_make_backs_of_the_rest(table: Table, feeder: Feeder, desk: Desk) -> None:
    go(table, "先正后反")
    scan(table, feeder, page(1), JAM, page(3))
    table.press("scan")
    table.quiet()
    scan(table, feeder, page(4), page(2))
    assert serials(desk, table) == {KEYS[0]: [1, 2, 3, 4]}


BLANK = drawn.jpeg(Image.new("L", (827, 1169), 250))
LETTER = drawn.jpeg(drawn.page())


def names_of(table: Table) -> list[str]:
    return table.names(KEYS[0])


def test_blank_sides_are_left_out_and_come_back_by_one_key(table: Table, feeder: Feeder) -> None:
    table.press("scan_source")
    table.press("scan_source")
    assert table.materials.scanning.order.source is ScanSource.FEEDER_DUPLEX
    scan(table, feeder, LETTER, BLANK, LETTER, BLANK)
    assert names_of(table) == ["application-001.jpg", "application-003.jpg"]
    assert "去掉了 2 张空白页" in table.seat.notices.text
    table.pages.setFocus()
    table.press("undo")
    table.quiet()
    assert names_of(table) == [f"application-00{number}.jpg" for number in (1, 2, 3, 4)], "each in its place"


def test_blank_fronts_from_before_a_jam_are_left_out_too(table: Table, feeder: Feeder) -> None:
    go(table, "先正后反")
    scan(table, feeder, LETTER, BLANK, JAM, LETTER)
    scan(table, feeder, *feeder.stack)
    scan(table, feeder, LETTER, LETTER, LETTER)
    assert "去掉了 1 张空白页" in table.seat.notices.text
    assert len(names_of(table)) == 5


def test_blank_backs_are_left_out_when_the_stack_is_in_order(table: Table, feeder: Feeder) -> None:
    go(table, "先正后反")
    scan(table, feeder, LETTER, LETTER)
    scan(table, feeder, BLANK, LETTER)
    assert names_of(table) == ["application-001.jpg", "application-004.jpg", "application-002.jpg"]
    assert "去掉了 1 张空白页" in table.seat.notices.text


def test_a_scan_that_gave_nothing_else_keeps_its_blank_pages_and_so_does_one_side(table: Table, feeder: Feeder) -> None:
    scan(table, feeder, LETTER, BLANK)
    assert len(names_of(table)) == 2
    go(table, "先正后反")
    scan(table, feeder, BLANK)
    scan(table, feeder, BLANK)
    assert len(names_of(table)) == 4


def test_sides_that_do_not_match_stay_as_they_came(table: Table, feeder: Feeder, desk: Desk) -> None:
    go(table, "先正后反")
    scan(table, feeder, *map(page, (1, 3)))
    scan(table, feeder, page(4))
    assert "正面扫了2页，背面扫了1页" in table.seat.notices.text
    assert UNEVEN.advice.split("；")[0] in table.seat.notices.text
    assert serials(desk, table) == {KEYS[0]: [1, 3, 4]}


def test_the_ways_of_the_hall_take_the_place_of_ours(
    qtbot: QtBot, seat: Seat, feeder: Feeder, tmp_path: Path, desk: Desk
) -> None:
    grey = ScanOrder(ScanSource.FLATBED, ScanMode.GREY, 200)
    ways: Sequence[ScanProfile] = (
        ScanProfile("证件", order=grey, is_locked=True),
        ScanProfile("套件", separator=Separator(SeparatorKind.EVERY, every=2)),
    )
    seat = replace(seat, hands=replace(seat.hands, ways_to_scan=ways))
    with laid(qtbot, seat, feeder, tmp_path / "told.jsonl") as table:
        table.load(desk.draft(FOOD, without=KEYS))
        scanning = table.materials.scanning
        assert scanning.order == grey
        table.press("scan_source")
        assert scanning.order == grey, "IT has locked it"
        scanning.go_to({"way": "证件", "dpi": 300})
        assert scanning.order == grey
        table.press("scan_way")
        table.press("scan_dpi")
        assert scanning.order == ScanOrder(ScanSource.FLATBED, dpi=200)
        kept = scanning.place()
        table.press("scan_way")
        scanning.go_to(kept)
        assert (scanning._way.name, scanning.order.dpi) == ("套件", 200)


def test_a_way_says_how_small_its_pages_are_kept(
    qtbot: QtBot, seat: Seat, feeder: Feeder, tmp_path: Path, desk: Desk
) -> None:
    ways = (ScanProfile("黑白", sparing=Sparing(give_up=Tint.BILEVEL)), ScanProfile("整叠"))
    seat = replace(seat, hands=replace(seat.hands, ways_to_scan=ways))
    with laid(qtbot, seat, feeder, tmp_path / "told.jsonl") as table:
        table.load(desk.draft(FOOD, without=KEYS))
        table.materials.choose(KEYS[0])
        text = drawn.jpeg(drawn.page(lines=4), dpi=(300, 300))
        scan(table, feeder, text)
        table.press("scan_way")
        scan(table, feeder, text)
        black, grey = (page_content(desk.counter, each.page_id) for each in table.case.slots[0].pages)
        assert (black[1:4], grey[:2]) == (b"PNG", b"\xff\xd8")


@pytest.fixture
def by_itself(qtbot: QtBot, seat: Seat, feeder: Feeder, tmp_path: Path, desk: Desk) -> Iterator[Table]:
    """A way that begins when paper comes, and one that does not."""
    ways = (ScanProfile("自动", order=ScanOrder(ScanSource.FEEDER), starts_itself=True), ScanProfile("手动"))
    seat = replace(seat, hands=replace(seat.hands, ways_to_scan=ways))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paper_watch, "EVERY", 40)
        patch.setattr(scanning, "LOOK", 5)  # as in earnest, more often than into the feeder
        with laid(qtbot, seat, feeder, tmp_path / "told.jsonl") as table:
            table.load(desk.draft(FOOD, without=KEYS))
            table.materials.choose(KEYS[0])
            yield table


def looked(table: Table, feeder: Feeder, times: int = 3) -> None:
    """So often somebody looked into the feeder since."""
    until = feeder.asked + times
    table.qtbot.waitUntil(lambda: feeder.asked >= until)


def test_a_scan_begins_when_paper_is_laid_into_the_feeder(by_itself: Table, feeder: Feeder, desk: Desk) -> None:
    looked(by_itself, feeder)
    feeder.stack = [page(1), page(2)]
    by_itself.qtbot.waitUntil(lambda: serials(desk, by_itself) == {KEYS[0]: [1, 2]})
    by_itself.materials.choose(KEYS[1])
    looked(by_itself, feeder)
    feeder.stack = [page(3)]
    by_itself.qtbot.waitUntil(lambda: serials(desk, by_itself) == {KEYS[0]: [1, 2], KEYS[1]: [3]})


def test_what_a_jam_left_begins_nothing(by_itself: Table, feeder: Feeder, desk: Desk) -> None:
    looked(by_itself, feeder)
    feeder.at = lambda: time.sleep(0.1)  # on the scanner's lane: somebody looks meanwhile
    feeder.stack = [page(1), JAM, page(2)]
    by_itself.qtbot.waitUntil(lambda: "卡纸" in by_itself.seat.notices.text)
    looked(by_itself, feeder)
    by_itself.quiet()
    assert serials(desk, by_itself) == {KEYS[0]: [1]}


def test_what_is_left_by_whoever_stopped_a_scan_begins_nothing(by_itself: Table, feeder: Feeder, desk: Desk) -> None:
    looked(by_itself, feeder)
    feeder.at = lambda: time.sleep(0.1)  # as above
    feeder.stack = [page(1), page(2), page(3), page(4)]
    by_itself.qtbot.waitUntil(lambda: len(feeder.stack) < 3)
    by_itself.materials.scanning.stop()
    by_itself.qtbot.waitUntil(lambda: by_itself.materials.scanning.scan is None)
    assert (left := len(feeder.stack))
    looked(by_itself, feeder)
    by_itself.quiet()
    assert len(feeder.stack) == left


def test_paper_that_lay_there_before_begins_nothing_nor_does_a_way_by_hand(
    by_itself: Table, feeder: Feeder, desk: Desk
) -> None:
    feeder.stack = [page(1)]
    by_itself.press("scan_way")
    by_itself.press("scan_way")
    looked(by_itself, feeder)
    by_itself.quiet()
    assert serials(desk, by_itself) == {}
    by_itself.press("scan_way")
    asked = feeder.asked
    by_itself.qtbot.wait(50)
    assert feeder.asked <= asked + 1, "nobody looks any more"


def test_without_a_case_that_takes_pages_nothing_begins(by_itself: Table, feeder: Feeder) -> None:
    by_itself.work.put_away()
    looked(by_itself, feeder)
    feeder.stack = [page(1)]
    looked(by_itself, feeder)
    assert feeder.stack == [page(1)]
