"""Whoever keeps the second copy goes on, whatever one look of his ended with."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from client.desk.second_copy import AFTER_TROUBLE, PAUSE, Copyist
from client.ports.readiness import Condition
from client.store.second_copy import SecondCopy
from tests.desk.copies import hall
from tests.desk.counter import Desk


def test_a_bug_in_a_look_is_told_and_the_next_look_copies(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = hall(desk, tmp_path / "volume")
    there.accept()
    copyist = Copyist(desk.memory, desk.counter.settings, there.volume)
    with monkeypatch.context() as patch, capture_logs() as logs:
        patch.setattr(SecondCopy, "look", lambda *_: 1 / 0)
        assert copyist.step() == AFTER_TROUBLE
    assert [entry["log_level"] for entry in logs] == ["error"]
    assert (copyist.look().condition, copyist.look().words) == (Condition.ATTENTION, "第二份没有写成")
    assert copyist.step() == PAUSE
    assert copyist.look().condition is Condition.READY
    assert len(there.cases_copied()) == 1
