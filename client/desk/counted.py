"""Hands whose uses are counted: a card read, a page scanned, a sheet printed, and every error by its state."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Generic, Protocol, TypeVar

from client.desk.device_tally import Tally
from client.desk.key_words import keys_told
from client.errors import DeviceError
from client.ports.devices import NOT_PRINTED, H
from client.ports.id_card import IdCardReader, IdentityDocument
from client.ports.keys import KeyOnHand, Pin, PinRefused, SealKeys
from client.ports.printer import JobReport, Printer, Printout, PrintState, Taken
from client.ports.rating import Grade, RatingBox
from client.ports.readiness import Condition, Device, Hand, Readiness
from client.ports.scanner import ScannedPage, Scanner, ScanOrder, ScanProgress, SeesPaper
from client.proof.certificates import Certificate
from client.text import marked

REPLACED = marked("收下这一份的打印机已经换掉，请查看文书是否打出")


class Held(Hand, Protocol):
    """A hand that holds its device open between two uses."""

    name: str

    def close(self) -> None: ...


T = TypeVar("T", bound=Held)


class Counted(Generic[H]):
    """A hand whose uses are counted under its address. Whoever has it keeps it when another device comes."""

    def __init__(self, hand: H, tally: Tally, device: Device, address: str) -> None:
        self._hand = hand
        self._tally = tally
        self._whose = (device, address)

    def exchange(self, hand: H, address: str) -> None:
        """The next use is that device's; between two uses, so on the lane of the device."""
        self._hand, self._whose = hand, (self._whose[0], address)

    def check(self) -> Readiness:
        return self._hand.check()

    @contextmanager
    def _errors_counted(self) -> Iterator[None]:
        try:
            yield
        except DeviceError as error:
            self._tally.failed(self._whose, error.state.value, error.code)
            raise


class CountedHeld(Counted[T]):
    """One that gives its device back: at the end, and before another comes."""

    def __init__(self, hand: T, tally: Tally, device: Device, address: str) -> None:
        super().__init__(hand, tally, device, address)
        self.name = hand.name

    def exchange(self, hand: T, address: str) -> None:
        self._hand.close()
        super().exchange(hand, address)
        self.name = hand.name

    def close(self) -> None:
        self._hand.close()


class CountedReader(CountedHeld[IdCardReader]):
    def __init__(self, reader: IdCardReader, tally: Tally, address: str) -> None:
        super().__init__(reader, tally, Device.READER, address)

    def read(self) -> IdentityDocument:
        with self._errors_counted():
            document = self._hand.read()
        self._tally.good(self._whose)
        return document


class CountedBox(CountedHeld[RatingBox]):
    """A grade that came is a good use; that nobody pressed a key says nothing of the box."""

    def __init__(self, box: RatingBox, tally: Tally, address: str) -> None:
        super().__init__(box, tally, Device.RATING, address)

    def ask(self, is_taken_back: Callable[[], bool]) -> Grade | None:
        with self._errors_counted():
            grade = self._hand.ask(is_taken_back)
        if grade is not None:
            self._tally.good(self._whose)
        return grade


class CountedKeys(CountedHeld[SealKeys]):
    """A signature is a good use; a wrong PIN is its holder's mistake and none of the key's."""

    def __init__(self, keys: SealKeys, tally: Tally, address: str) -> None:
        super().__init__(keys, tally, Device.KEY, address)
        self._known: tuple[KeyOnHand, ...] = ()

    def plugged(self) -> Sequence[KeyOnHand]:
        with self._errors_counted():
            self._known = tuple(self._hand.plugged())
        return self._known

    def check(self) -> Readiness:
        """As the stack has it; of keys that were asked since they are there, what they said."""
        readiness, here = self._hand.check(), self._hand.present()
        known = [key for key in self._known if key.id in here]
        if readiness.condition is not Condition.READY or not known:
            return readiness
        return keys_told(known, self._tally.now())

    def sign(self, key_id: str, certificate: Certificate, message: bytes, pin: Pin) -> bytes:
        try:
            signature = self._hand.sign(key_id, certificate, message, pin)
        except PinRefused:
            raise
        except DeviceError as error:
            self._tally.failed(self._whose, error.state.value, error.code)
            raise
        self._tally.good(self._whose)
        return signature

    def seals(self, key_id: str) -> Sequence[bytes]:
        with self._errors_counted():
            return self._hand.seals(key_id)

    def present(self) -> frozenset[str]:
        return self._hand.present()


class CountedScanner(CountedHeld[Scanner]):
    def __init__(self, scanner: Scanner, tally: Tally, address: str, device: Device = Device.SCANNER) -> None:
        super().__init__(scanner, tally, device, address)

    def scan(
        self, order: ScanOrder, progress: Callable[[ScanProgress], None], cancelled: Callable[[], bool]
    ) -> Iterator[ScannedPage]:
        with self._errors_counted():
            for page in self._hand.scan(order, progress, cancelled):
                self._tally.good(self._whose)
                yield page

    def has_paper(self) -> bool:
        return isinstance(self._hand, SeesPaper) and self._hand.has_paper()


class CountedPrinter(Counted[Printer]):
    """A print counts when the printer says that it is done, or that it failed: once, however often it is asked.

    Of a job the printer is asked that took it, whatever printer came since; of those of before this opening the first.
    Where one that another has replaced cannot be asked any more, nobody waits for it: a person looks.
    """

    def __init__(self, printer: Printer, tally: Tally, address: str) -> None:
        super().__init__(printer, tally, Device.PRINTER, address)
        self._first = printer
        self._took: dict[str, Printer] = {}
        self._underway: set[str] = set()
        self.name = printer.name

    def exchange(self, printer: Printer, address: str) -> None:
        super().exchange(printer, address)
        self.name = printer.name

    def submit(self, printout: Printout) -> Taken:
        hand = self._hand  # another may come meanwhile: prints have a lane of their own
        with self._errors_counted():
            taken = hand.submit(printout)
        self._took[taken.job] = hand
        self._underway.add(taken.job)
        return taken

    def report(self, job: str) -> JobReport:
        hand = self._took.get(job, self._first)
        try:
            with self._errors_counted():
                report = hand.report(job)
        except DeviceError:
            if hand is self._hand:
                raise
            report = JobReport(PrintState.UNKNOWN, REPLACED)
        if report.state in {PrintState.DONE, PrintState.FAILED} and job in self._underway:
            self._underway.discard(job)
            if report.state is PrintState.DONE:
                self._tally.good(self._whose)
            else:
                self._tally.failed(self._whose, NOT_PRINTED)
        return report

    def cancel(self, job: str) -> None:
        self._took.get(job, self._first).cancel(job)
