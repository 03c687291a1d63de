"""A real cupsd with a printer of software behind it, for every test that prints: import the fixtures it needs."""

from collections.abc import Iterator

import pytest

from printing.virtual import VirtualQueue


@pytest.fixture(scope="session")
def hall_queue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VirtualQueue]:
    """Up from the first test that prints to the end of the run."""
    with VirtualQueue(tmp_path_factory.mktemp("print-queue")) as queue:
        yield queue


@pytest.fixture
def print_queue(hall_queue: VirtualQueue) -> Iterator[VirtualQueue]:
    """With paper, online, quick and empty, whatever the test before did to it."""
    for sheet in hall_queue.sheets():
        sheet.unlink()
    yield hall_queue
    for order in ("refill", "online"):
        hall_queue.order(order)
    hall_queue.slow_down(0)
    hall_queue.admin("cancel", "-a", "-x")
