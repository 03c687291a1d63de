"""Makes the reader a setting names; and what a person does with one from the command line: read a card, play one."""

import os
import signal
import stat
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from typing import Protocol, runtime_checkable

from client.ports.clock import Clock
from client.ports.devices import Driver, Kind, Order, simulator_options
from client.ports.id_card import IdCardReader, IdentityDocument
from client.text import tr
from devices.idcard.addresses import library_address, usb_address, wrong, zone_address
from devices.idcard.cards import SAMPLES
from devices.idcard.conversation import Exchange
from devices.idcard.dialects import dialect_named
from devices.idcard.sam import SamFacts, SamReader
from devices.idcard.simulated import KINDS, PACE, SimulatedReader
from devices.idcard.simulated_sam import Failure
from devices.idcard.simulator import Simulator
from devices.idcard.zone_reader import ZoneReader

_NAMELESS = frozenset({"", "None", "n/a"})  # what pyserial says of a port the system has no word for
_CARD_RETURNS_AFTER = 0.5  # seconds


Witness = Callable[[Exchange], None]


def reader_of(
    address: str,
    clock: Clock,
    witness: Witness | None = None,
    *,
    python: str | None = None,
    photo: str | None = None,
) -> IdCardReader:
    """The reader a setting names; nothing is opened yet. Raises DeviceError for what is no address.

    A serial port (COM3, /dev/ttyUSB0), `sdtapi:PATH` or `termb:PATH` for a maker's library (`?port=1001`), `usb:` or
    `usb:VID:PID`, `mrz:PORT` for a passport reader (`?rate=9600`), or `simulated`: behind its `?` may stand `kinds`
    (`resident,hmt-permit`), `pace` in seconds and `fail` (`timed_out:2`: at the second reading). `python` runs
    libraries where another interpreter than ours has to; `photo` is the library that decodes photos.
    """
    reader = _reader_of(address, clock, witness, python)
    if photo is None:
        return reader
    from devices.idcard.card_child import Terms, card_command  # noqa: PLC0415 - only windows with libraries need it
    from devices.idcard.photo_reader import GRACE, PhotoDecoder, PhotoReader  # noqa: PLC0415 - same

    return PhotoReader(reader, PhotoDecoder(photo, Terms(card_command(python), grace=GRACE)))


def _reader_of(address: str, clock: Clock, witness: Witness | None, python: str | None) -> IdCardReader:
    if (options := simulator_options(address)) is not None:
        return _simulated(address, options, clock)
    if (ids := usb_address(address)) is not None:
        from devices.idcard.usb_reader import usb_reader  # noqa: PLC0415 - only a window with such a reader needs it

        return usb_reader(ids, clock=clock, witness=witness)
    if (zone := zone_address(address)) is not None:
        return ZoneReader(zone[0], rate=zone[1], clock=clock)
    library = library_address(address)
    if library is None:
        return SamReader(address, clock=clock, witness=witness)
    from devices.idcard.card_child import Terms, card_command  # noqa: PLC0415 - only windows with libraries need it

    terms = Terms(card_command(python))
    if library.kind == "termb":
        from devices.idcard.termb_reader import TermbReader  # noqa: PLC0415 - same

        return TermbReader(library.path, library.port, clock=clock, terms=terms)
    from devices.idcard.library_reader import sdtapi_reader  # noqa: PLC0415 - same

    return sdtapi_reader(library.path, library.port, clock=clock, terms=terms, witness=witness)


def _simulated(address: str, options: dict[str, str], clock: Clock) -> SimulatedReader:
    try:
        kinds = options.pop("kinds", ",".join(KINDS)).split(",")
        pace = float(options.pop("pace", PACE))
        failure = Order.parse(options.pop("fail")) if "fail" in options else None
        reader = SimulatedReader(clock, kinds=kinds, pace=pace, failure=failure)
    except ValueError as error:
        raise wrong(address) from error
    if options:
        raise wrong(address)
    return reader


def kind(clock: Clock, *, python: str | None = None, photo: str | None = None) -> Kind[IdCardReader, IdentityDocument]:
    """What this room offers; `python` and `photo` as in `reader_of`."""
    return Kind(
        lambda address: reader_of(address, clock, python=python, photo=photo),
        driver_of,
        found,
        lambda reader: reader.read(),
    )


def driver_of(address: str) -> Driver:
    """How the reader at `address` is spoken to."""
    if simulator_options(address) is not None:
        return Driver(tr("模拟"))
    if (library := library_address(address)) is not None:
        return Driver(tr("厂商的库 {kind}（单独的进程）").format(kind=library.kind), str(library.path))
    if usb_address(address) is not None:
        import usb  # noqa: PLC0415 - only whoever looks after devices asks

        return Driver(tr("USB，SAM_V 模块（单独的进程）"), f"pyusb {usb.__version__}")
    import serial  # noqa: PLC0415 - same

    words = tr("串口，SAM_V 模块") if zone_address(address) is None else tr("串口，护照机读码阅读器")
    return Driver(words, f"pyserial {serial.__version__}")


def found() -> Sequence[tuple[str, str]]:
    """Serial ports of this machine, and known readers on USB: what the setting takes, and what it is called."""
    from serial.tools.list_ports import comports  # noqa: PLC0415 - only whoever sets up a window asks

    named = ((str(port.device), str(port.description)) for port in comports())
    from devices.idcard.usb_reader import plugged_in  # noqa: PLC0415 - same

    ports = sorted((device, device if words in _NAMELESS else words) for device, words in named)
    return [*plugged_in(), *ports]


@runtime_checkable
class TellsOfItself(Protocol):
    """A reader whose module has a number to tell."""

    def facts(self) -> SamFacts: ...


@dataclass
class Told:
    """What a reader told beside the document: of itself, and each status as it came. No data of a card."""

    facts: SamFacts | None = None
    exchanges: list[Exchange] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        of_itself = asdict(self.facts) if self.facts else {}
        return {**of_itself, "exchanges": [exchange.as_json() for exchange in self.exchanges]}

    def lines(self) -> list[str]:
        of_itself = [f"{name}: {value}" for name, value in (asdict(self.facts) if self.facts else {}).items()]
        return [*of_itself, *(" ".join(map(str, exchange.as_json().values())) for exchange in self.exchanges)]


def read_card(port: str, clock: Clock, told: Told | None = None) -> IdentityDocument:
    """Read the document on the reader at `port`, or on the simulated one, once. Raises DeviceError.

    `told` gathers what else the reader says, as far as it comes.
    """
    with closing(reader_of(port, clock, told.exchanges.append if told else None)) as reader:
        if told is not None and isinstance(reader, TellsOfItself):
            told.facts = reader.facts()
        return reader.read()


def run_simulator(
    kinds: Sequence[str],
    failures: Sequence[str],
    announce: Callable[[str], None],
    *,
    rate: int | None = None,
    dialect: str = "sam",
) -> None:
    """Play a reader with the sample cards `kinds` in turn until SIGTERM or SIGINT, or until standard input ends.

    `announce` gets the path of the pseudo terminal, once. `failures` are orders such as "read:garbage"
    (`Failure.parse`). Standard input counts only when it is a pipe or a terminal, so that a simulator without one
    (/dev/null) lives. Main thread only. Raises ValueError for an unknown kind, order or dialect, DeviceError off POSIX.
    """
    if strange := [kind for kind in kinds if kind not in SAMPLES]:
        message = f"{strange[0]!r} is none of {', '.join(SAMPLES)}"
        raise ValueError(message)
    first, *others = [SAMPLES[kind] for kind in kinds]
    played = Simulator(
        first,
        [Failure.parse(order) for order in failures],
        returns_after=_CARD_RETURNS_AFTER,
        others=others,
        rate=rate,
        dialect=dialect_named(dialect),
    )
    with _stopped_by_signal(), played as simulator:
        announce(simulator.port)
        _wait()


class _StoppedError(Exception):
    """A signal asked us to end."""


@contextmanager
def _stopped_by_signal() -> Iterator[None]:
    def stop(_number: int, _frame: object) -> None:
        raise _StoppedError

    kept = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    except _StoppedError:
        return
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


def _wait() -> None:
    if _input_can_end():
        while os.read(sys.stdin.fileno(), 4096):
            pass
    else:
        threading.Event().wait()


def _input_can_end() -> bool:
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (AttributeError, OSError, ValueError):  # started without standard input
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or sys.stdin.isatty()
