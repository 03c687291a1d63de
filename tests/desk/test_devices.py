"""The devices of a window: every use counted once, by its state where it failed, and kept without a commit a use."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest

from client.desk import device_tally
from client.desk.counted import REPLACED
from client.desk.device_tally import Tally
from client.desk.device_words import keys_tried, rating_tried
from client.desk.devices import Devices, addresses, fit_out
from client.errors import Cancelled, DeviceError, DeviceState, StoreError
from client.ports.devices import NOT_PRINTED, Fitted, Kinds, Record
from client.ports.keys import Pin, PinRefused
from client.ports.printer import JobReport, Printout, PrintState
from client.ports.readiness import Condition, Device
from client.ports.scanner import ScanMode, ScanOrder, ScanSource
from client.store import devices
from client.store.faults import FULL
from devices.idcard.simulated import SimulatedReader
from devices.idcard.use import kind as reader_kind
from devices.keys.simulated import PIN
from devices.keys.use import kind as key_kind
from devices.rating.use import kind as rating_kind
from devices.scanner.use import kind as scanner_kind
from printing.simulated import SimulatedPrinter, Trouble
from printing.use import kind as printer_kind
from tests.desk.counter import Desk

SCANNER = "simulated?pace=0&feeder=3&fail=jammed:3"
AT = {
    Device.READER: "simulated",
    Device.SCANNER: SCANNER,
    Device.CAMERA: "simulated?pace=0",
    Device.PRINTER: "simulated",
    Device.RATING: "simulated",
    Device.KEY: "simulated?pace=0&fail=absent:2",
}
SMALL = ScanOrder(ScanSource.FEEDER, ScanMode.GREY, 75)


@pytest.fixture
def kinds(desk: Desk) -> Kinds:
    return Kinds(
        reader_kind(desk.clock), scanner_kind(), printer_kind("示例区政务服务中心", "07"), rating_kind(), key_kind()
    )


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as found:
        yield found


def of(told: Devices, device: Device) -> Fitted:
    return next(each for each in told.fitted if each.device is device)


def test_cards_pages_and_troubles_are_counted(desk: Desk, kinds: Kinds, stack: ExitStack) -> None:
    fitted = fit_out(AT, kinds, stack, Tally(desk.memory, desk.clock))
    reader, scanner, told = fitted.reader, fitted.scanner, fitted.devices
    assert reader is not None
    assert scanner is not None
    assert reader.read().name == "张三"
    desk.clock.move(minutes=5)
    reader.read()
    assert told.record(of(told, Device.READER)) == Record(2, desk.clock())
    with pytest.raises(DeviceError, match="DEV-203"):
        list(scanner.scan(SMALL, lambda _share: None, lambda: False))
    record = told.record(of(told, Device.SCANNER))
    assert (record.good, dict(record.failed), record.last_code) == (2, {"jammed": 1}, "DEV-203")
    assert record.last_failed == desk.clock()
    assert fitted.camera is not None
    assert len(list(fitted.camera.scan(SMALL, lambda _share: None, lambda: False))) == 3
    assert told.record(of(told, Device.CAMERA)).good == 3, "beside the scanner, not with it"
    assert told.record(of(told, Device.SCANNER)) == record
    with pytest.raises(Cancelled):
        list(scanner.scan(SMALL, lambda _share: None, lambda: True))
    assert told.record(of(told, Device.SCANNER)) == record, "whoever takes it back found nothing wrong"
    assert reader.check().condition is scanner.check().condition is Condition.READY


def test_a_sheet_counts_once_however_often_its_job_is_asked(desk: Desk, kinds: Kinds, stack: ExitStack) -> None:
    times = [0.0]
    real = SimulatedPrinter(now=lambda: times[0])
    known = Kinds(kinds.reader, kinds.scanner, printer_kind("", ""), rating_kind(), key_kind())
    fitted = fit_out(AT, known, stack, Tally(desk.memory, desk.clock))
    printer = fitted.printer
    assert printer is not None
    printer._hand = real  # type: ignore[attr-defined] # one whose clock the test has
    job = printer.submit(Printout("1", b"%PDF-")).job
    assert printer.report(job).state is PrintState.PRINTING
    times[0] += 5
    for _ in range(3):
        assert printer.report(job).state is PrintState.DONE
    real.trouble = Trouble.ABSENT
    with pytest.raises(DeviceError):
        printer.submit(Printout("2", b"%PDF-"))
    record = fitted.devices.record(of(fitted.devices, Device.PRINTER))
    assert (record.good, dict(record.failed)) == (1, {"absent": 1})


def test_a_print_that_fails_is_counted_as_that(desk: Desk, kinds: Kinds, stack: ExitStack) -> None:
    class Breaking(SimulatedPrinter):
        def report(self, job: str) -> JobReport:  # noqa: ARG002 - the port's own shape
            return JobReport(PrintState.FAILED, "卡纸")

    fitted = fit_out(AT, kinds, stack, Tally(desk.memory, desk.clock))
    printer = fitted.printer
    assert printer is not None
    printer._hand = Breaking()  # type: ignore[attr-defined] # as above
    printer.report(printer.submit(Printout("1", b"%PDF-")).job)
    assert dict(fitted.devices.record(of(fitted.devices, Device.PRINTER)).failed) == {NOT_PRINTED: 1}
    printer.cancel("1")
    assert printer.check().condition is Condition.READY


def test_a_grade_is_counted_and_silence_is_not(desk: Desk, kinds: Kinds, stack: ExitStack) -> None:
    fitted = fit_out(AT, kinds, stack, Tally(desk.memory, desk.clock))
    box = fitted.rating
    assert box is not None
    real = box._hand  # type: ignore[attr-defined] # to order a failure of the simulator
    real._pace = 0.0
    pressed = [box.ask(lambda: False) for _ in range(4)]
    assert pressed.count(None) == 1
    real.fail_next()
    with pytest.raises(DeviceError):
        box.ask(lambda: False)
    record = fitted.devices.record(of(fitted.devices, Device.RATING))
    assert (record.good, dict(record.failed)) == (3, {"absent": 1})
    assert box.check().condition is Condition.READY


def test_signatures_are_counted_and_a_wrong_pin_is_not(desk: Desk, kinds: Kinds, stack: ExitStack) -> None:
    fitted = fit_out(AT, kinds, stack, Tally(desk.memory, desk.clock))
    keys = fitted.keys
    assert keys is not None
    key = keys.plugged()[0]
    assert keys.present() == {each.id for each in keys.plugged()}
    assert keys.check().condition is Condition.READY

    def sign(digits: bytes) -> None:
        with Pin(digits) as pin:
            keys.sign(key.id, key.certificates[0], b"message", pin)

    with pytest.raises(PinRefused):
        sign(b"000000")
    sign(PIN)
    with pytest.raises(DeviceError):
        sign(PIN)
    with pytest.raises(DeviceError):
        keys.seals("another")
    record = fitted.devices.record(of(fitted.devices, Device.KEY))
    assert (record.good, dict(record.failed)) == (1, {"absent": 2})


def test_what_was_counted_is_there_after_a_restart_and_another_device_begins_anew(desk: Desk, kinds: Kinds) -> None:
    with ExitStack() as stack:
        fitted = fit_out(AT, kinds, stack, Tally(desk.memory, desk.clock))
        assert fitted.reader is not None
        fitted.reader.read()
        seen = desk.clock()
    desk.reopen()
    tally = Tally(desk.memory, desk.clock)
    assert tally.record(Device.READER, "simulated") == Record(1, seen)
    last_good = tally.record(Device.READER, "simulated").last_good
    assert last_good is not None
    assert last_good.utcoffset() == timedelta(hours=8), "as the clock on the wall has it"
    assert tally.record(Device.READER, "COM3") == Record()


def test_a_use_costs_no_commit_but_once_a_minute(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    tally, kept = Tally(desk.memory, desk.clock), []
    monkeypatch.setattr(devices, "keep", lambda _connection, records: kept.append(dict(records)))
    whose = (Device.READER, "COM3")
    for _ in range(5):
        tally.good(whose)
    assert kept == []
    monkeypatch.setattr(device_tally, "KEPT_EVERY", 0.0)
    tally.good(whose)
    assert [records[whose].good for records in kept] == [6]
    tally.keep()
    assert len(kept) == 1, "nothing was counted since"


@pytest.mark.expected_warnings("counts of devices not kept")
def test_a_disk_that_is_full_costs_no_card_and_no_count(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    tally, whose = Tally(desk.memory, desk.clock), (Device.READER, "COM3")
    monkeypatch.setattr(device_tally, "KEPT_EVERY", 0.0)
    with monkeypatch.context() as full:

        def refuse(*_given: object) -> None:
            raise StoreError(FULL)

        full.setattr(devices, "keep", refuse)
        tally.good(whose)
        with pytest.raises(StoreError):
            tally.keep()
    tally.keep()
    assert Tally(desk.memory, desk.clock).record(*whose).good == 1


def test_what_nobody_set_up_says_so_and_is_not_tried(desk: Desk, kinds: Kinds, stack: ExitStack) -> None:
    fitted = fit_out(addresses(desk.counter.settings), kinds, stack)
    assert (fitted.reader, fitted.scanner, fitted.printer) == (None, None, None)
    for each in fitted.devices.fitted:
        assert (each.address, each.test, each.look().condition) == (None, None, Condition.UNSET)
        assert fitted.devices.record(each) == Record()


def test_each_is_tried_and_told_without_a_name(desk: Desk, kinds: Kinds, stack: ExitStack) -> None:
    at = {**AT, Device.SCANNER: "simulated?pace=0"}
    told = fit_out(at, kinds, stack).devices
    tried = {each.device: each.test() for each in told.fitted if each.test is not None}
    assert tried[Device.READER].told == "读到 张*，居民身份证110101********0011"
    assert tried[Device.SCANNER].told == "扫到 1 页，210×297 毫米，100 dpi"
    assert tried[Device.SCANNER].page is not None
    assert tried[Device.PRINTER].told == "测试页已打印，请看测试页是否完整"
    assert tried[Device.RATING].told == "收到“非常满意”"
    assert tried[Device.KEY].told.startswith("插入 3 把：示例市市场监督管理局、")
    assert keys_tried([]).told == "没有插入密码钥匙"
    assert rating_tried(None).told == "没有人按键，评价器有应答"
    assert [each.driver.words for each in told.fitted] == ["模拟"] * 6


def test_a_wrong_address_opens_nothing(kinds: Kinds, stack: ExitStack) -> None:
    with pytest.raises(DeviceError) as caught:
        fit_out({**AT, Device.SCANNER: "elsewhere"}, kinds, stack)
    assert caught.value.state is DeviceState.UNSUPPORTED


def test_the_simulated_reader_fails_on_order_and_is_counted_so(desk: Desk, kinds: Kinds, stack: ExitStack) -> None:
    fitted = fit_out(AT, kinds, stack, Tally(desk.memory, desk.clock))
    reader = fitted.reader
    assert reader is not None
    real = reader._hand  # type: ignore[attr-defined] # to order a failure of the simulator
    assert isinstance(real, SimulatedReader)
    real.fail_next()
    with pytest.raises(DeviceError):
        reader.read()
    assert dict(fitted.devices.record(of(fitted.devices, Device.READER)).failed) == {"timed_out": 1}


def test_the_hands_are_given_back_and_once(desk: Desk, kinds: Kinds, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[str] = []
    monkeypatch.setattr(SimulatedReader, "close", lambda reader: closed.append(reader.name))
    with ExitStack() as stack:
        fit_out(AT, kinds, stack, Tally(desk.memory, desk.clock))
        assert closed == []
    assert closed == ["模拟身份证阅读器"]


def test_another_device_comes_into_a_hand_that_is_in_use(desk: Desk, kinds: Kinds, stack: ExitStack) -> None:
    fitted = fit_out(AT, kinds, stack, Tally(desk.memory, desk.clock))
    reader, told = fitted.reader, fitted.devices
    assert reader is not None
    reader.read()
    closed = list[str]()
    reader._hand.close = lambda: closed.append("closed")  # type: ignore[attr-defined] # the one that stood there
    new = told.take(Device.READER, "simulated?kinds=hmt-permit&pace=0")
    assert closed == ["closed"], "a port is held by one at a time"
    assert reader.read().number.startswith("81"), "whoever had the reader goes on with the other one"
    assert new.is_at_counter
    assert told.record(new).good == 1, "another device begins anew"
    assert told.at(Device.READER) is new
    assert told.looks()["reader"]().condition is Condition.READY


def test_a_page_the_old_printer_took_is_asked_of_the_old_printer(desk: Desk, kinds: Kinds, stack: ExitStack) -> None:
    times = [0.0]
    fitted = fit_out(AT, kinds, stack, Tally(desk.memory, desk.clock))
    printer = fitted.printer
    assert printer is not None
    before = SimulatedPrinter(now=lambda: times[0])
    printer._hand = before  # type: ignore[attr-defined] # one whose clock the test has
    job = printer.submit(Printout("1", b"%PDF-")).job
    fitted.devices.take(Device.PRINTER, "simulated?pace=0")
    assert printer.report(job).state is PrintState.PRINTING
    assert printer.report(printer.submit(Printout("2", b"%PDF-")).job).state is not PrintState.UNKNOWN
    times[0] += 5
    assert printer.report(job).state is PrintState.DONE


def test_a_page_of_a_printer_that_was_replaced_and_is_gone_is_looked_for_by_a_person(
    desk: Desk, kinds: Kinds, stack: ExitStack
) -> None:
    fitted = fit_out(AT, kinds, stack, Tally(desk.memory, desk.clock))
    printer = fitted.printer
    assert printer is not None
    printer._hand = before = SimulatedPrinter(pace=100)  # type: ignore[attr-defined] # as above
    job = printer.submit(Printout("1", b"%PDF-")).job
    before.trouble = Trouble.ABSENT
    with pytest.raises(DeviceError):
        printer.report(job)
    fitted.devices.take(Device.PRINTER, "simulated?pace=0")
    assert printer.report(job) == JobReport(PrintState.UNKNOWN, REPLACED)


def test_a_device_nobody_had_is_looked_after_at_once_and_worked_with_later(
    desk: Desk, kinds: Kinds, stack: ExitStack
) -> None:
    fitted = fit_out({**AT, Device.CAMERA: None}, kinds, stack, Tally(desk.memory, desk.clock))
    told = fitted.devices
    assert told.looks()["camera"]().condition is Condition.UNSET
    new = told.take(Device.CAMERA, "simulated?pace=0")
    assert (new.is_at_counter, fitted.camera) == (False, None)
    assert told.looks()["camera"]().condition is Condition.READY
    assert new.test is not None
    assert new.test().page is not None
    again = told.take(Device.CAMERA, "simulated?pace=0&feeder=1")
    assert not again.is_at_counter, "still nobody at the counter has it"
    assert again.address == "simulated?pace=0&feeder=1"
    with pytest.raises(DeviceError):
        told.take(Device.CAMERA, "elsewhere")
    assert told.at(Device.CAMERA) is again
