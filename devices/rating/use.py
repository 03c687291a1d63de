"""Makes the rating box a setting names; the one place where its address is understood."""

from client.errors import DeviceError, DeviceState
from client.ports.devices import Driver, Kind, Order, simulator_options
from client.ports.rating import Grade, RatingBox
from client.text import tr
from devices.rating import faults
from devices.rating.box import BOX_NAME, SerialBox
from devices.rating.frames import dialects
from devices.rating.simulated import PACE, SimulatedBox


def kind() -> Kind[RatingBox, Grade | None]:
    """What this room offers. Which end a box counts from nobody can find out, so that none is found."""
    return Kind(box_of, driver_of, list, lambda box: box.ask(lambda: False))


def driver_of(address: str) -> Driver:
    """How the box at `address` is spoken to."""
    if simulator_options(address) is not None:
        return Driver(tr("模拟"))
    import serial  # noqa: PLC0415 - only whoever looks after devices asks

    return Driver(
        tr("串口，帧格式 {dialect}").format(dialect=address.partition("?")[2]), f"pyserial {serial.__version__}"
    )


def box_of(address: str) -> RatingBox:
    """The box at `PORT?DIALECT` (COM5?digit-from-best), or the simulated one (`simulated?fail=absent:2&pace=0.1`).

    Nothing is opened yet.

    Which end a box counts from nobody can guess, so that a port alone is not enough. Raises DeviceError for a dialect
    that no table has.
    """
    if (options := simulator_options(address)) is not None:
        return _simulated(address, options)
    port, _, dialect = address.partition("?")
    known = dialects()
    if dialect not in known:
        raise _wrong(address)
    return SerialBox(port, known[dialect])


def _simulated(address: str, options: dict[str, str]) -> SimulatedBox:
    try:
        failure = Order.parse(options.pop("fail")) if "fail" in options else None
        box = SimulatedBox(pace=float(options.pop("pace", PACE)), failure=failure)
    except ValueError as error:
        raise _wrong(address) from error
    if options:
        raise _wrong(address)
    return box


def _wrong(address: str) -> DeviceError:
    known = "、".join(dialects())
    return DeviceError(
        DeviceState.UNSUPPORTED, faults.UNKNOWN_DIALECT, device=BOX_NAME, dialect=address.partition("?")[2], known=known
    )
