"""The printer a setting names."""

from pathlib import Path

from client.ports.printer import Printer
from client.text import tr
from printing.ipp.printer import IppPrinter
from printing.simulated import SimulatedPrinter

SIMULATED = "simulated"
PRINTER_NAME = tr("打印机")


def printer_of(address: str, *, name: str = PRINTER_NAME, folder: Path | None = None) -> Printer:
    """The printer at `address`; asks nobody yet.

    `ipp://host[:port]/printers/NAME` (CUPS), `ipp://host/ipp/print` (a driverless printer), the same with `ipps://`,
    or `simulated`, which prints into `folder`. Raises DeviceError for anything else.
    """
    return SimulatedPrinter(folder) if address == SIMULATED else IppPrinter(address, name)
