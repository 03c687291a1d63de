"""A real cupsd with a printer of software behind it, for every test that prints: import the fixtures it needs."""

import time
from collections.abc import Iterator

import pytest

from printing.ipp.messages import Section, first
from printing.ipp.printer import Operation, question
from printing.ipp.wire import QUESTION, Address
from printing.virtual import VirtualQueue

PATIENCE = 20.0  # seconds
IDLE = 3  # printer-state


@pytest.fixture(scope="session")
def hall_queue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VirtualQueue]:
    """Up from the first test that prints to the end of the run."""
    with VirtualQueue(tmp_path_factory.mktemp("print-queue")) as queue:
        yield queue


@pytest.fixture
def print_queue(hall_queue: VirtualQueue) -> VirtualQueue:
    """With paper, online, quick, idle and empty, whatever the test before did to it."""
    for order in ("refill", "up", "online"):
        hall_queue.order(order)
    hall_queue.slow_down(0)
    hall_queue.admin("cancel", "-a", "-x")
    for address in (hall_queue.address, hall_queue.printer):
        wait_until_idle(address)
    hall_queue.clear()
    return hall_queue


def wait_until_idle(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        answer = question(Address.of(address), "", Operation.GET_PRINTER_ATTRIBUTES, [], QUESTION)
        if first(answer, Section.PRINTER).number("printer-state") == IDLE:
            return
        assert time.monotonic() < until, f"{address} is still at work"
        time.sleep(0.01)
