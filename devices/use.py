"""All kinds of device this room offers, made for one window."""

from client.ports.clock import Clock
from client.ports.devices import Kind, Kinds
from client.ports.printer import JobReport, Printer
from devices.idcard.use import kind as reader
from devices.keys.use import kind as key
from devices.rating.use import kind as rating
from devices.scanner.use import kind as scanner


def kinds(clock: Clock, python: str | None, photo: str | None, printer: Kind[Printer, JobReport]) -> Kinds:
    """With the printer of another room. `python` runs makers' libraries, `photo` decodes the photos of cards."""
    return Kinds(reader(clock, python=python, photo=photo), scanner(), printer, rating(), key(python))
