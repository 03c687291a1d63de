"""Scanning into a material: page by page, whatever happens to the paper, the device or the clerk meanwhile."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from client.errors import Cancelled
from client.ports.readiness import Condition, Readiness
from client.ports.scanner import ScanMode, ScannedPage, ScanOrder, ScanProgress, ScanSource
from devices.scanner.faults import Trouble
from devices.scanner.simulated import Failure
from devices.scanner.use import scanner_of
from tests.desk.counter import CLERK, FOOD, Desk, page
from tests.ui.table import SMALL, Heartbeat, Table, laid, scanner
from ui.clerk.intake.scanning import NO_SCANNER
from ui.seat import Seat

SLOT = "premises"


class GatedScanner:
    """A feeder that gives a page each time a test lets it."""

    name = "扫描仪"

    def __init__(self, sheets: int = 3) -> None:
        self.sheets = sheets
        self.orders: list[ScanOrder] = []
        self.stopped = threading.Event()
        self._gate = threading.Semaphore(0)

    def give(self) -> None:
        self._gate.release()

    def scan(
        self, order: ScanOrder, progress: Callable[[ScanProgress], None], cancelled: Callable[[], bool]
    ) -> Iterator[ScannedPage]:
        self.orders.append(order)
        for number in range(1, min(self.sheets, order.limit or self.sheets) + 1):
            progress(ScanProgress(number, 0.5))
            while not self._gate.acquire(timeout=0.01):
                if cancelled():
                    self.stopped.set()
                    raise Cancelled
            yield ScannedPage(page(number), 1, 1, order.dpi)

    def check(self) -> Readiness:
        return Readiness(Condition.READY, "")

    def close(self) -> None:
        """Nothing is held."""


@pytest.fixture
def told(tmp_path: Path) -> Path:
    return tmp_path / "told.jsonl"


@pytest.fixture
def gated() -> GatedScanner:
    return GatedScanner()


@pytest.fixture
def table(qtbot: QtBot, seat: Seat, gated: GatedScanner, told: Path, desk: Desk) -> Iterator[Table]:
    with laid(qtbot, seat, gated, told) as found:
        found.load(desk.draft(FOOD, without=(SLOT,)))
        assert found.materials.slot == SLOT
        yield found


def is_stored(desk: Desk, case_id: int, count: int) -> bool:
    slot = desk.record(case_id).slots.get(SLOT)
    return slot is not None and len(slot.pages) == count


def is_shown(table: Table, count: int) -> bool:
    return len(table.slot(SLOT).pages) == count


def heard(told: Path, event: str) -> list[tuple[object, ...]]:
    lines = [json.loads(line) for line in told.read_text().splitlines()]
    return [(line["case"], line["slot"], line["pages"]) for line in lines if line["event"] == event]


def test_each_page_is_in_the_case_before_the_next_one_comes(table: Table, gated: GatedScanner, desk: Desk) -> None:
    table.press("scan")
    for count in (1, 2):
        gated.give()
        table.qtbot.waitUntil(partial(is_stored, desk, table.case.case_id, count))
        table.qtbot.waitUntil(partial(is_shown, table, count))
    assert table.materials.is_scanning
    row = table.materials.list.rows.rows[table.materials.list.rows.place_of(SLOT)]
    assert (row.state, row.shape) == ("扫描中 第 3 页", "●")
    gated.give()
    table.quiet()
    assert table.names(SLOT) == ["premises-001.jpg", "premises-002.jpg", "premises-003.jpg"]
    assert table.slot(SLOT).wanting == ""
    assert not table.materials.is_scanning


def test_whoever_waits_outside_hears_of_the_end(table: Table, gated: GatedScanner, told: Path) -> None:
    for _ in range(3):
        gated.give()
    table.press("scan")
    table.quiet()
    assert heard(told, "scanned") == [(table.case.case_id, SLOT, 3)]


def test_one_types_on_while_it_scans(table: Table, gated: GatedScanner) -> None:
    table.press("scan")
    table.type("12345")
    gated.give()
    table.qtbot.waitUntil(partial(is_shown, table, 1))
    table.type("678")
    assert table.form.text() == "12345678"
    assert table.form.hasFocus()


def test_esc_ends_it_within_a_second_and_what_is_in_stays(table: Table, gated: GatedScanner) -> None:
    table.press("scan")
    table.seat.notices.warn("别处有一句话")
    gated.give()
    table.qtbot.waitUntil(partial(is_shown, table, 1))
    begun = time.monotonic()
    table.press("dismiss", table.form)
    table.quiet()
    assert time.monotonic() - begun < 1
    assert gated.stopped.is_set()
    assert table.names(SLOT) == ["premises-001.jpg"]
    assert "别处有一句话" in table.seat.notices.text, "the first Esc ends the scan and nothing else"


def test_a_page_of_a_stopped_scan_is_not_taken(table: Table, gated: GatedScanner) -> None:
    table.press("scan")
    scan = table.materials.scanning.scan
    assert scan is not None
    table.materials.scanning.stop()
    gated.give()
    table.quiet()
    assert (scan.kept, table.names(SLOT)) == (0, [])


def test_the_material_stays_the_one_it_was_begun_for(table: Table, gated: GatedScanner, desk: Desk) -> None:
    first = table.case.case_id
    table.press("scan")
    gated.give()
    table.qtbot.waitUntil(partial(is_shown, table, 1))
    table.materials.choose("application")
    gated.give()
    table.qtbot.waitUntil(partial(is_shown, table, 2))
    table.work.load(desk.draft(FOOD, without=("application",)))
    table.qtbot.waitUntil(lambda: table.case.case_id != first)
    assert table.materials.scanning.page_into("application") is None
    gated.give()
    table.quiet()
    assert len(desk.record(first).slots[SLOT].pages) == 3
    assert table.slot("application").pages == ()


def test_there_is_one_scan_at_a_time(table: Table, gated: GatedScanner) -> None:
    table.press("scan")
    table.press("scan")
    assert "上一次扫描还没有结束" in table.seat.notices.text
    assert len(gated.orders) <= 1


def test_a_case_that_is_closed_meanwhile_ends_the_scan(table: Table, gated: GatedScanner, desk: Desk) -> None:
    table.press("scan")
    gated.give()
    table.qtbot.waitUntil(partial(is_shown, table, 1))
    desk.intake.accept(table.case.case_id, CLERK)
    table.work.read_again()
    table.quiet()
    assert gated.stopped.is_set()
    assert len(desk.record(table.case.case_id).slots[SLOT].pages) == 1


def test_a_page_for_a_case_just_closed_is_refused_and_the_scanner_stopped(
    table: Table, gated: GatedScanner, desk: Desk
) -> None:
    table.press("scan")
    gated.give()
    table.qtbot.waitUntil(partial(is_shown, table, 1))
    desk.intake.accept(table.case.case_id, CLERK)
    gated.give()
    table.quiet()
    assert "已是“受理”，内容不能再改" in table.seat.notices.text
    assert gated.stopped.is_set()


def test_a_closed_case_takes_no_scan(table: Table, gated: GatedScanner, desk: Desk) -> None:
    desk.attach(table.case.case_id, SLOT)
    desk.intake.accept(table.case.case_id, CLERK)
    table.load(table.case.case_id)
    table.press("scan")
    assert "不能再加材料" in table.seat.notices.text
    assert gated.orders == []


def test_without_a_case_there_is_nothing_to_scan_into(table: Table, gated: GatedScanner) -> None:
    table.work.put_away()
    table.press("scan")
    assert "请先选择事项" in table.seat.notices.text
    assert gated.orders == []


def test_a_locked_window_scans_nothing(table: Table, gated: GatedScanner, desk: Desk) -> None:
    locked: list[bool] = []
    table.seat.bell.lock.connect(lambda: locked.append(True))
    desk.clock.move(minutes=11)
    table.press("scan")
    assert (locked, gated.orders) == ([True], [])


def test_a_long_batch_does_not_leave_the_window_alone(table: Table, gated: GatedScanner, desk: Desk) -> None:
    table.press("scan")
    for count in (1, 2):
        desk.clock.move(minutes=9)
        gated.give()
        table.qtbot.waitUntil(partial(is_shown, table, count))
    assert not table.seat.session.locked, "eighteen minutes without a key, and pages all the time"
    desk.clock.move(minutes=11)
    assert table.seat.session.locked, "none came for longer than one may be away"
    gated.give()
    table.quiet()


def test_a_closed_window_ends_the_scan(table: Table, gated: GatedScanner) -> None:
    table.press("scan")
    table.window.close()
    assert gated.stopped.wait(1)
    table.window.show()


def test_a_panel_that_is_gone_ends_its_scan(qtbot: QtBot, seat: Seat, told: Path, desk: Desk) -> None:
    gated = GatedScanner()
    with laid(qtbot, seat, gated, told) as table:
        table.load(desk.draft(FOOD, without=(SLOT,)))
        table.press("scan")
        table.window.close()
        table.materials.deleteLater()
        qtbot.waitUntil(gated.stopped.is_set)


def test_how_to_scan_is_chosen_by_keys_and_kept(table: Table, gated: GatedScanner) -> None:
    table.materials.scanning.go_to({"source": "tape", "mode": None, "dpi": 1200})
    assert table.materials.scanning.order == ScanOrder(ScanSource.FEEDER, ScanMode.COLOUR, 300)
    for act in ("scan_source", "scan_mode", "scan_dpi"):
        table.press(act)
    chosen = ScanOrder(ScanSource.FLATBED, ScanMode.GREY, 200)
    assert table.materials.scanning.order == chosen
    kept = table.materials.place()
    table.press("scan_source")
    table.materials.go_to(kept)
    table.press("scan")
    table.qtbot.waitUntil(lambda: gated.orders == [chosen])


def test_a_page_is_scanned_again_in_its_place(table: Table, gated: GatedScanner) -> None:
    for _ in range(4):
        gated.give()
    table.press("scan")
    table.quiet()
    before = [each.page_id for each in table.slot(SLOT).pages]
    table.materials.replace_page(SLOT, before[1])
    table.quiet()
    after = [each.page_id for each in table.slot(SLOT).pages]
    assert (after[0], after[2], len(after)) == (before[0], before[2], 3)
    assert after[1] not in before
    assert gated.orders[-1].limit == 1


@pytest.mark.parametrize(
    ("trouble", "page_no", "kept", "words"),
    [
        (Trouble.ABSENT, 1, 0, "没有找到"),
        (Trouble.JAMMED, 3, 2, "卡纸"),
        (Trouble.OUT_OF_PAPER, 1, 0, "没有纸"),
        (Trouble.INCOMPLETE, 2, 1, "第2页没有扫完整"),
        (Trouble.SILENT, 2, 1, "没有响应"),
    ],
)
def test_a_fault_keeps_what_came_before_and_one_goes_on_from_there(
    qtbot: QtBot, seat: Seat, desk: Desk, told: Path, trouble: Trouble, page_no: int, kept: int, words: str
) -> None:
    device = scanner(3, failure=Failure(trouble, page_no))
    with laid(qtbot, seat, device, told) as table:
        table.load(desk.draft(FOOD, without=(SLOT,)))
        table.press("scan")
        table.quiet()
        assert words in table.seat.notices.text
        assert len(table.slot(SLOT).pages) == kept
        assert table.materials.scanning._broken.text() == f"◐ 扫描中断，已收 {kept} 页；处理好后按 F4 接着扫"
        device.failure = None
        table.press("scan")
        assert (table.materials.scanning._broken.text(), table.seat.notices.text) == ("", "")
        table.quiet()
        assert [int(name[-7:-4]) for name in table.names(SLOT)] == list(range(1, kept + 4))


def test_without_a_scanner_one_is_told_what_else_there_is(qtbot: QtBot, seat: Seat, desk: Desk, told: Path) -> None:
    with laid(qtbot, seat, None, told) as table:
        table.load(desk.draft(FOOD, without=(SLOT,)))
        table.press("scan")
        assert NO_SCANNER.title in table.seat.notices.text
        assert "F5" in table.seat.notices.text


def test_the_screen_answers_while_a_feeder_is_emptied(qtbot: QtBot, seat: Seat, desk: Desk, told: Path) -> None:
    with laid(qtbot, seat, scanner(10), told) as table:
        table.load(desk.draft(FOOD, without=(SLOT,)))
        table.press("scan")
        heart = Heartbeat()
        table.quiet(60_000)
        assert len(table.slot(SLOT).pages) == 10
        assert heart.busiest < 0.05
        assert heart.beats > 10


def test_pages_of_a_real_sane_device(
    qtbot: QtBot, seat: Seat, desk: Desk, told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sane.d").mkdir()
    (tmp_path / "sane.d" / "dll.conf").write_text("test\n")
    monkeypatch.setenv("SANE_CONFIG_DIR", str(tmp_path / "sane.d"))
    device = scanner_of("sane:test:0")
    with laid(qtbot, seat, device, told) as table:
        table.materials.scanning.go_to({**SMALL, "source": "flatbed"})
        table.load(desk.draft(FOOD, without=(SLOT,)))
        table.press("scan")
        table.quiet(30_000)
        assert table.seat.notices.text == ""
        assert [each.media_type for each in table.slot(SLOT).pages] == ["image/jpeg"]
        device.close()
