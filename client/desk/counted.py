"""Hands whose uses are counted: a card read, a page scanned, a sheet printed, and every error by its state."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from client.desk.device_tally import Tally
from client.errors import DeviceError
from client.ports.devices import NOT_PRINTED
from client.ports.id_card import IdCardReader, IdentityDocument
from client.ports.printer import JobReport, Printer, PrintState
from client.ports.rating import Grade, RatingBox
from client.ports.readiness import Device, Readiness
from client.ports.scanner import ScannedPage, Scanner, ScanOrder, ScanProgress, SeesPaper


class _Counted:
    """A hand whose uses are counted under its address."""

    def __init__(self, tally: Tally, device: Device, address: str) -> None:
        self._tally = tally
        self._whose = (device, address)

    @contextmanager
    def _errors_counted(self) -> Iterator[None]:
        try:
            yield
        except DeviceError as error:
            self._tally.failed(self._whose, error.state.value, error.code)
            raise


class CountedReader(_Counted):
    def __init__(self, reader: IdCardReader, tally: Tally, address: str) -> None:
        super().__init__(tally, Device.READER, address)
        self._reader = reader
        self.name = reader.name

    def read(self) -> IdentityDocument:
        with self._errors_counted():
            document = self._reader.read()
        self._tally.good(self._whose)
        return document

    def check(self) -> Readiness:
        return self._reader.check()

    def close(self) -> None:
        self._reader.close()


class CountedBox(_Counted):
    """A grade that came is a good use; that nobody pressed a key says nothing of the box."""

    def __init__(self, box: RatingBox, tally: Tally, address: str) -> None:
        super().__init__(tally, Device.RATING, address)
        self._box = box
        self.name = box.name

    def ask(self, is_taken_back: Callable[[], bool]) -> Grade | None:
        with self._errors_counted():
            grade = self._box.ask(is_taken_back)
        if grade is not None:
            self._tally.good(self._whose)
        return grade

    def check(self) -> Readiness:
        return self._box.check()

    def close(self) -> None:
        self._box.close()


class CountedScanner(_Counted):
    def __init__(self, scanner: Scanner, tally: Tally, address: str, device: Device = Device.SCANNER) -> None:
        super().__init__(tally, device, address)
        self._scanner = scanner
        self.name = scanner.name

    def scan(
        self, order: ScanOrder, progress: Callable[[ScanProgress], None], cancelled: Callable[[], bool]
    ) -> Iterator[ScannedPage]:
        with self._errors_counted():
            for page in self._scanner.scan(order, progress, cancelled):
                self._tally.good(self._whose)
                yield page

    def check(self) -> Readiness:
        return self._scanner.check()

    def has_paper(self) -> bool:
        return isinstance(self._scanner, SeesPaper) and self._scanner.has_paper()

    def close(self) -> None:
        self._scanner.close()


class CountedPrinter(_Counted):
    """A print counts when the printer says that it is done, or that it failed: once, however often it is asked."""

    def __init__(self, printer: Printer, tally: Tally, address: str) -> None:
        super().__init__(tally, Device.PRINTER, address)
        self._printer = printer
        self._underway: set[str] = set()
        self.name = printer.name

    def submit(self, title: str, pdf: bytes) -> str:
        with self._errors_counted():
            job = self._printer.submit(title, pdf)
        self._underway.add(job)
        return job

    def report(self, job: str) -> JobReport:
        with self._errors_counted():
            report = self._printer.report(job)
        if report.state in {PrintState.DONE, PrintState.FAILED} and job in self._underway:
            self._underway.discard(job)
            if report.state is PrintState.DONE:
                self._tally.good(self._whose)
            else:
                self._tally.failed(self._whose, NOT_PRINTED)
        return report

    def cancel(self, job: str) -> None:
        self._printer.cancel(job)

    def check(self) -> Readiness:
        return self._printer.check()
