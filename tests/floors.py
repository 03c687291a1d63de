"""Coverage floors, a room at a time: with `-p tests.floors --cov` a room below its floor is an error of the run."""

import io
from pathlib import Path

import pytest
from coverage import Coverage
from coverage.exceptions import NoDataError

FLOORS = {  # line and branch coverage together, in percent; the first folder or file that fits
    "client/rules": 100.0,
    "client/store": 100.0,
    "client/desk": 90.0,
    "client": 90.0,
    "devices": 90.0,
    "printing": 90.0,
    "sync/drain.py": 100.0,
    "sync/loop.py": 100.0,
    "sync/schedule.py": 100.0,
    "sync/hub": 90.0,
    "sync": 90.0,
    "ui": 90.0,
    "yichuang.py": 90.0,
}


class Shortfall(pytest.TestReport):
    """A room below its floor, told among the errors of the run and counted in its closing line."""

    def __init__(self, room: str, covered: float, floor: float) -> None:
        super().__init__(
            nodeid=f"coverage of {room}",
            location=("tests/floors.py", None, room),
            keywords={},
            outcome="failed",
            longrepr=f"{covered:.2f} % covered, the floor is {floor:g} %",
            when="teardown",
        )


class Floors:
    """Judges the combined data once the tests, and the processes they started, are done."""

    shortfalls: tuple[Shortfall, ...] = ()

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        self.shortfalls = tuple(shortfalls(session.config.rootpath))
        if self.shortfalls and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        terminalreporter.stats.setdefault("error", []).extend(self.shortfalls)


def shortfalls(root: Path) -> list[Shortfall]:
    """The rooms of `root` whose coverage, as last recorded there, is below their floor."""
    coverage = Coverage()
    coverage.load()
    found = []
    for room, floor in FLOORS.items():
        covered = _covered(coverage, root, room)
        if covered < floor:
            found.append(Shortfall(room, covered, floor))
    return found


def _covered(coverage: Coverage, root: Path, room: str) -> float:
    stricter = [str(root / other) for other in FLOORS if other.startswith(f"{room}/")]
    omit = [path if path.endswith(".py") else f"{path}/*" for path in stricter]
    include = str(root / room) if room.endswith(".py") else f"{root / room}/*"
    try:
        return coverage.report(include=[include], omit=omit, file=io.StringIO())
    except NoDataError:
        return 100.0  # the room is still empty


def pytest_configure(config: pytest.Config) -> None:
    """In the process that has the data of all, not in its workers."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Floors(), "floors")
