"""The table of goal R11 gathers the faults of a step under what came of them, and leaves none out."""

import json
from pathlib import Path

import pytest

from tests.r11 import HEAD, rows, table


def row(step: str, fault: str, outcome: str, repeated: str = "read") -> dict[str, str]:
    return {"device": "reader", "step": step, "fault": fault, "outcome": outcome, "repeated": repeated}


def test_each_fault_stands_once_with_its_outcome(tmp_path: Path) -> None:
    one = [row("find", "stall", "DEV-103"), row("read", "slow", "read"), row("find", "garbage", "DEV-105")]
    (tmp_path / "r11-a.json").write_text(json.dumps(one), "utf-8")
    (tmp_path / "r11-b.json").write_text(json.dumps([row("find", "hang", "DEV-103", "DEV-204")]), "utf-8")
    assert list(table(rows(tmp_path))) == [
        *HEAD,
        "| reader | find | DEV-103: stall, hang; DEV-105: garbage | DEV-204, read |",
        "| reader | read | read: slow | read |",
    ]


def test_a_row_without_an_outcome_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "r11-a.json").write_text('[{"device": "reader", "step": "find", "fault": "stall"}]', "utf-8")
    with pytest.raises(ValueError, match="outcome, repeated"):
        rows(tmp_path)
