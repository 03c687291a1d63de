"""The coverage floors, turned on a small house with a hole."""

import os
import subprocess
import sys
from pathlib import Path

from tests.house.sources import ROOT

HALF = "def half(flag):\n    if flag:\n        return 1\n    return 2\n"


def run(house: Path, test: str) -> subprocess.CompletedProcess[str]:
    rules = house / "client" / "rules"
    rules.mkdir(parents=True)
    for package in (house / "client", rules):
        (package / "__init__.py").touch()
    (rules / "half.py").write_text(HALF)
    (house / "test_half.py").write_text(f"from client.rules.half import half\n{test}")
    (house / "pyproject.toml").write_text("[tool.coverage.run]\nbranch = true\n")
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.floors", "--cov=client", "--cov-report="]
    return subprocess.run(command, cwd=house, env=environment, capture_output=True, text=True, check=False)


def test_a_room_below_its_floor_fails_the_run_and_is_named(tmp_path: Path) -> None:
    done = run(tmp_path, "def test_it(): assert half(True) == 1\n")
    assert done.returncode == 1
    assert "ERROR coverage of client/rules - " in done.stdout
    assert "1 passed, 1 error in" in done.stdout.splitlines()[-1]


def test_a_house_above_its_floors_passes(tmp_path: Path) -> None:
    done = run(tmp_path, "def test_it(): assert half(True) + half(False) == 3\n")
    assert done.returncode == 0, done.stdout
    assert "1 passed in" in done.stdout.splitlines()[-1]
