"""A document camera at the counter: a way to scan beside the scanner's, or the only one."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from client.ports.scanner import ScanProfile
from tests.desk.counter import FOOD, Desk, page
from tests.ui.table import laid
from tests.ui.test_batches import KEYS, Feeder, scan, serials
from ui.clerk.intake.scan_ways import WAYS, ways_of
from ui.seat import Seat


def test_the_document_camera_is_a_way_beside_the_scanner(qtbot: QtBot, seat: Seat, tmp_path: Path, desk: Desk) -> None:
    feeder, camera = Feeder(), Feeder([page(7)], name="高拍仪")
    seat = replace(seat, hands=replace(seat.hands, camera=camera))
    with laid(qtbot, seat, feeder, tmp_path / "told.jsonl") as table:
        table.load(desk.draft(FOOD, without=KEYS))
        table.materials.choose(KEYS[0])
        for _ in WAYS:
            table.press("scan_way")
        assert table.materials.scanning._way.name == "高拍"
        table.press("scan")
        table.quiet()
        assert serials(desk, table) == {KEYS[0]: [7]}
        table.press("scan_way")
        scan(table, feeder, page(8))
        assert serials(desk, table) == {KEYS[0]: [7, 8]}


@pytest.mark.parametrize("own", [(), (ScanProfile("整叠"),), (ScanProfile("拍照", by_camera=True),)])
def test_without_a_scanner_the_camera_is_the_only_way(seat: Seat, own: tuple[ScanProfile, ...]) -> None:
    hands = replace(seat.hands, scanner=None, camera=Feeder(), ways_to_scan=own)
    assert [way.by_camera for way in ways_of(hands)] == [True]
    assert not any(way.by_camera for way in ways_of(replace(hands, camera=None)))
