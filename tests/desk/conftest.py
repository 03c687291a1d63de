"""A window of each test's own, copied from one that is prepared once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from client.desk.counter import Counter
from tests.desk.counter import Blank, Desk, MovableClock


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Blank:
    return Blank.prepare(tmp_path_factory.mktemp("blank") / "window")


@pytest.fixture
def desk(blank: Blank, tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(blank, tmp_path / "window")
    yield opened
    opened.close()


@pytest.fixture
def counter(desk: Desk) -> Counter:
    return desk.counter


@pytest.fixture
def clock(desk: Desk) -> MovableClock:
    return desk.clock
