"""Carrying the window away: who may, and what stays of it in the books."""

from pathlib import Path

import pytest

from client.desk.safekeeping import Safekeeping
from client.errors import RightsError, StoreError
from tests.desk.counter import ADMINISTRATOR, SUPERVISOR, Desk


@pytest.fixture
def keeping(desk: Desk) -> Safekeeping:
    return Safekeeping(desk.counter, desk.profile)


def test_an_administrator_carries_the_window_away(desk: Desk, keeping: Safekeeping, tmp_path: Path) -> None:
    desk.draft()
    heard: list[tuple[int, int]] = []
    target = tmp_path / "window.backup"
    keeping.begin(target, ADMINISTRATOR)
    done = keeping.carry_away(target, lambda step, total: heard.append((step, total)))
    assert done.files > 0
    assert target.stat().st_size == done.size
    assert heard[-1][0] == heard[-1][1]
    assert desk.audited("back_up") == [(ADMINISTRATOR.staff_no, "window.backup", "done")]


def test_nobody_else_does(desk: Desk, keeping: Safekeeping, tmp_path: Path) -> None:
    with pytest.raises(RightsError, match="STAFF-201"):
        keeping.begin(tmp_path / "window.backup", SUPERVISOR)
    assert desk.audited("back_up") == [(SUPERVISOR.staff_no, "window.backup", "denied")]


def test_a_disk_that_is_not_plugged_in_is_said_and_no_folder_is_made(
    desk: Desk, keeping: Safekeeping, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match="STORE-171"):
        keeping.begin(tmp_path / "stick" / "window.backup", ADMINISTRATOR)
    assert not (tmp_path / "stick").exists()
    assert desk.audited("back_up") == []
