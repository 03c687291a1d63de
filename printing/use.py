"""The printer a setting names, and the page that tries it."""

import time
from collections.abc import Sequence
from pathlib import Path

from client.ports.printer import JobReport, Printer, PrintState
from client.text import tr
from printing.ipp.printer import IppPrinter
from printing.simulated import SimulatedPrinter

SIMULATED = "simulated"
PRINTER_NAME = tr("打印机")
PATIENCE = 15.0  # seconds for a test page
LOOK = 0.25
SETTLED = frozenset({PrintState.DONE, PrintState.FAILED, PrintState.CANCELLED, PrintState.UNKNOWN})


def printer_of(address: str, *, name: str = PRINTER_NAME, folder: Path | None = None) -> Printer:
    """The printer at `address`; asks nobody yet.

    `ipp://host[:port]/printers/NAME` (CUPS), `ipp://host/ipp/print` (a driverless printer), the same with `ipps://`,
    or `simulated`, which prints into `folder`, without one nowhere. Raises DeviceError for anything else.
    """
    return SimulatedPrinter(folder) if address == SIMULATED else IppPrinter(address, name)


def choices() -> Sequence[tuple[str, str]]:
    """(address, label) of the printers of this machine that take PDF. Raises DeviceError."""
    from printing.ipp.finding import found  # noqa: PLC0415 - only whoever sets up a window asks

    return [(each.address, f"{each.name} {each.words}".strip()) for each in found() if each.takes_pdf]


def print_trial(address: str, hall_name: str, window_no: str, *, patience: float = PATIENCE) -> JobReport:
    """Print a test page; how its job stands when it is settled or `patience` seconds are over. Raises DeviceError."""
    from printing.trial import TITLE, trial_page  # noqa: PLC0415 - reportlab loads late

    printer = printer_of(address)
    job = printer.submit(TITLE, trial_page(hall_name, window_no))
    until = time.monotonic() + patience
    while (report := printer.report(job)).state not in SETTLED and time.monotonic() < until:
        time.sleep(LOOK)
    return report
