"""Every simulator fails on order, at the use that was named, and works before and after; what is no order is told."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from client.errors import DeviceError, DeviceState
from client.ports.devices import Driver
from client.ports.id_card import DocumentKind
from client.ports.printer import Printout, PrintState
from client.ports.readiness import Condition
from devices.idcard import use as readers
from devices.rating import use as boxes
from printing import use as printers
from printing.simulated import MENDED, SimulatedPrinter


def clock() -> datetime:
    return datetime(2026, 11, 23, tzinfo=UTC)


def test_a_reader_fails_at_the_reading_that_was_named() -> None:
    reader = readers.reader_of("simulated?kinds=hmt-permit,resident&pace=0&fail=unreadable:2", clock)
    assert reader.read().kind is DocumentKind.HMT_PERMIT
    with pytest.raises(DeviceError) as caught:
        reader.read()
    assert caught.value.state is DeviceState.UNREADABLE
    assert reader.read().name == "张三"


def test_a_box_fails_at_the_question_that_was_named() -> None:
    box = boxes.box_of("simulated?pace=0&fail=absent")
    with pytest.raises(DeviceError, match="DEV-701"):
        box.ask(lambda: False)
    assert box.ask(lambda: False) is not None


def test_a_printer_stands_with_the_job_that_was_named_until_somebody_sees_to_it() -> None:
    printer, now = printers.printer_of("simulated?pace=0.5&fail=out_of_paper:2"), [0.0]
    assert isinstance(printer, SimulatedPrinter)
    printer._now, printer._looked_at = lambda: now[0], 0.0
    first = printer.submit(Printout("1", b"%PDF-")).job
    now[0] = 1.0
    assert printer.report(first).state is PrintState.DONE
    second = printer.submit(Printout("2", b"%PDF-")).job
    now[0] = 1.0 + MENDED - 1
    assert printer.check().condition is Condition.FAILED
    assert printer.report(second).state is PrintState.STOPPED
    now[0] += 1.1
    assert printer.check().condition is Condition.READY
    assert printer.report(second).state is PrintState.PRINTING, "its half second begins now"
    now[0] += 0.5
    assert printer.report(second).state is PrintState.DONE


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda at: readers.reader_of(at, clock), "kinds=unicorn"),
        (lambda at: readers.reader_of(at, clock), "fail=burning"),
        (lambda at: readers.reader_of(at, clock), "pace=quick"),
        (lambda at: readers.reader_of(at, clock), "colour=red"),
        (boxes.box_of, "fail=burning"),
        (boxes.box_of, "fail=absent:two"),
        (boxes.box_of, "colour=red"),
        (printers.printer_of, "fail=burning"),
        (printers.printer_of, "pace=quick"),
        (printers.printer_of, "colour=red"),
    ],
)
def test_what_is_no_order_is_told(made: Callable[[str], object], words: str) -> None:
    with pytest.raises(DeviceError) as caught:
        made(f"simulated?{words}")
    assert words in caught.value.title


def test_a_simulator_says_that_it_is_one() -> None:
    address = "simulated?pace=0"
    assert {each.driver_of(address) for each in (readers, boxes, printers)} == {Driver("模拟")}
