"""Set-up on machines that lack something, or lack the right to install it; no package is touched here."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.house.sources import ROOT

SETUP = ROOT / ".ci" / "setup"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder of stand-ins for the system's own commands: an ordinary account, nothing installed, no sudo."""
    programs = {
        "dpkg-query": "exit 1",
        "id": "echo 1000",
        "sudo": "exit 1",
        "apt-get": f'echo "apt-get $*" >>{tmp_path / "log"}',
    }
    for name, body in programs.items():
        stand_in(tmp_path, name, body)
    return tmp_path


def stand_in(folder: Path, name: str, body: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{body}\n")
    (folder / name).chmod(0o755)


def packages(machine: Path, need: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": f"{machine}:{os.environ['PATH']}"}
    command = [str(SETUP), "packages", need]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def listed(*needs: str) -> list[str]:
    """The packages that .ci/packages names for these."""
    lines = (line.split() for line in (ROOT / ".ci" / "packages").read_text().splitlines() if not line.startswith("#"))
    return [package for need, package, *_why in lines if need in needs]


def installed(machine: Path) -> str:
    log = machine / "log"
    return log.read_text() if log.exists() else ""


def test_an_account_that_may_not_install_is_told_the_exact_command(machine: Path) -> None:
    done = packages(machine, "run")
    assert done.returncode == 1
    command = "sudo apt-get update && sudo apt-get install --no-install-recommends " + " ".join(listed("run"))
    assert command in done.stderr
    assert installed(machine) == ""


def test_root_installs_what_is_missing(machine: Path) -> None:
    stand_in(machine, "id", "echo 0")
    assert packages(machine, "run").returncode == 0
    assert "update" in installed(machine)
    assert installed(machine).endswith(f" {' '.join(listed('run'))}\n")


def test_an_ordinary_account_installs_by_sudo_where_it_asks_no_password(machine: Path) -> None:
    stand_in(machine, "sudo", '[ "$1" = -n ] && shift && exec "$@"')
    assert packages(machine, "run").returncode == 0
    assert installed(machine).endswith(f" {' '.join(listed('run'))}\n")


@pytest.mark.parametrize(
    ("need", "included"), [("demo", ("run", "demo")), ("test", ("run", "demo", "test"))], ids=["demo", "test"]
)
def test_each_need_includes_those_before_it(machine: Path, need: str, included: tuple[str, ...]) -> None:
    stand_in(machine, "id", "echo 0")
    packages(machine, need)
    assert installed(machine).endswith(f" {' '.join(listed(*included))}\n")
    assert {"python3-venv", "cups-daemon"} <= set(listed(*included))


def test_building_needs_objdump_and_libpython_and_nothing_of_the_demo(machine: Path) -> None:
    stand_in(machine, "id", "echo 0")
    packages(machine, "build")
    assert installed(machine).endswith(f" {' '.join(listed('run', 'build'))}\n")
    assert listed("build") == ["binutils", "libpython3-dev"]
    assert "\t@.ci/setup packages build\n\t@.venv/bin/pyinstaller" in (ROOT / "Makefile").read_text()


def test_a_failed_installation_stops_the_set_up(machine: Path) -> None:
    stand_in(machine, "id", "echo 0")
    stand_in(machine, "apt-get", "exit 100")
    assert packages(machine, "run").returncode != 0


def test_where_all_is_installed_nothing_is_done_and_nothing_said(machine: Path) -> None:
    stand_in(machine, "dpkg-query", "printf installed")
    done = packages(machine, "test")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert installed(machine) == ""


def test_each_package_has_its_reason() -> None:
    lines = [line for line in (ROOT / ".ci" / "packages").read_text().splitlines() if not line.startswith("#")]
    needs = {"run", "demo", "test", "bench", "build"}
    assert [line for line in lines if len(line.split(maxsplit=2)) < 3 or line.split()[0] not in needs] == []
