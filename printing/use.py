"""The printer a setting names, and the page that tries it."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from client.errors import DeviceError
from client.ports.devices import Driver, Kind, Order, simulator_options
from client.ports.printer import JobReport, Printer, Printout, PrintState
from client.text import tr
from printing.folder import FolderPrinter
from printing.ipp.printer import IppPrinter
from printing.ipp.wire import bad_address
from printing.simulated import PACE, SimulatedPrinter

PRINTER_NAME = tr("打印机")
FOLDER = "folder:"
SCHEME = "escpos:"
SYSTEM = "system:"
PATIENCE = 15.0  # seconds for a test page
LOOK = 0.25
SETTLED = frozenset({PrintState.DONE, PrintState.FAILED, PrintState.CANCELLED, PrintState.UNKNOWN})


def printer_of(address: str, *, name: str = PRINTER_NAME, folder: Path | None = None) -> Printer:
    """The printer at `address`; asks nobody yet.

    `ipp://host[:port]/printers/NAME` (CUPS), `ipp://host/ipp/print` (a driverless printer), the same with `ipps://`,
    `folder:PATH`, `escpos:…` (`printing.escpos.address`), `system:NAME` (`printing.spooler`), or `simulated`, which
    prints into `folder`, without one nowhere; behind its `?` may stand `pace` in seconds a page and `fail`
    (`out_of_paper:2`: with the second job). Raises DeviceError for anything else.
    """
    options = simulator_options(address)
    if address.startswith(FOLDER):
        return FolderPrinter(Path(address.removeprefix(FOLDER)))
    if address.startswith(SYSTEM):
        from printing.spooler import SpoolerPrinter  # noqa: PLC0415 - Windows alone has printers that speak no IPP

        return SpoolerPrinter(address.removeprefix(SYSTEM))
    if address.startswith(SCHEME):
        from printing.escpos.address import roll_printer_of  # noqa: PLC0415 - a window without a roll draws none

        return roll_printer_of(address)
    if options is None:
        return IppPrinter(address, name)
    try:
        failure = Order.parse(options.pop("fail")) if "fail" in options else None
        printer = SimulatedPrinter(folder, pace=float(options.pop("pace", PACE)), failure=failure)
    except (ValueError, KeyError) as error:
        raise bad_address(address) from error
    if options:
        raise bad_address(address)
    return printer


def kind(hall_name: str, window_no: str, folder: Path | None = None) -> Kind[Printer, JobReport]:
    """What this room offers to the window of a hall; `folder` as in `printer_of`."""
    return Kind(
        lambda address: printer_of(address, folder=folder),
        driver_of,
        choices,
        lambda printer: trial_on(printer, hall_name, window_no),
    )


def driver_of(address: str) -> Driver:
    """How the printer at `address` is spoken to."""
    if simulator_options(address) is not None:
        return Driver(tr("模拟"))
    if address.startswith(SYSTEM):
        return Driver(tr("系统的打印机驱动程序，经 Qt"))
    if address.startswith(SCHEME):
        return Driver(tr("ESC/POS 热敏打印，不需要驱动程序"))
    if address.startswith(FOLDER):
        return Driver(tr("存为PDF文件，不需要驱动程序"))
    import requests  # noqa: PLC0415 - only whoever looks after devices asks

    return Driver(tr("IPP 网络打印，不需要驱动程序"), f"requests {requests.__version__}")


def choices() -> Sequence[tuple[str, str]]:
    """(address, label) of the printers that take PDF: this machine's, and those that announce themselves nearby.

    On Windows the system's own as well. Raises DeviceError where this machine has no print server and nothing
    announced itself.
    """
    from printing.ipp.finding import announced, found  # noqa: PLC0415 - only whoever sets up a window asks

    own = _of_windows()
    in_network = announced()
    try:
        here = found()
    except DeviceError:
        if not in_network and not own:
            raise
        here = []
    spoken = [(each.address, f"{each.name} {each.words}".strip()) for each in (*here, *in_network) if each.takes_pdf]
    return [*spoken, *own]


def _of_windows() -> Sequence[tuple[str, str]]:
    if sys.platform != "win32":  # CUPS has every printer of the others, and says more of each
        return ()
    from printing.spooler import SpoolChild, child_command, system_printers  # noqa: PLC0415 - as above

    return [(f"{SYSTEM}{name}", name) for name in system_printers(SpoolChild(child_command()))]


def print_trial(address: str, hall_name: str, window_no: str, *, patience: float = PATIENCE) -> JobReport:
    """Print a test page at `address`; see `trial_on`. Raises DeviceError."""
    return trial_on(printer_of(address), hall_name, window_no, patience=patience)


def trial_on(printer: Printer, hall_name: str, window_no: str, *, patience: float = PATIENCE) -> JobReport:
    """Print a test page; how its job stands when it is settled or `patience` seconds are over. Raises DeviceError."""
    from printing.trial import TITLE, trial_page  # noqa: PLC0415 - reportlab loads late

    job = printer.submit(Printout(TITLE, trial_page(hall_name, window_no), trial=True)).job
    until = time.monotonic() + patience
    while (report := printer.report(job)).state not in SETTLED and time.monotonic() < until:
        time.sleep(LOOK)
    return report
