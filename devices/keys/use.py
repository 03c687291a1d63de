"""Makes the keys a setting names; the one place where their address is understood."""

from collections.abc import Sequence

from client.errors import DeviceError, DeviceState
from client.ports.devices import Driver, Kind, Order, simulator_options
from client.ports.keys import KEY_STACK_WORDS, KeyOnHand, KeyStack, SealKeys
from client.text import tr
from devices.keys import faults
from devices.keys.simulated import PACE, PIN, SimulatedKeys

KEYS_NAME = tr("密码钥匙")
KNOWN = "simulated"  # addresses, as the settings have them


def kind() -> Kind[SealKeys, Sequence[KeyOnHand]]:
    """What this room offers. Its test finds out whose keys are plugged in, and asks for no PIN."""
    return Kind(keys_of, driver_of, list, lambda keys: keys.plugged())


def driver_of(address: str) -> Driver:
    """How the keys at `address` are spoken to."""
    stacks = [KeyStack(each.partition(":")[0].partition("?")[0]) for each in address.split(";")]
    return Driver("、".join(KEY_STACK_WORDS[stack] for stack in stacks))


def keys_of(address: str) -> SealKeys:
    """The keys at `simulated` (`?units=…&pace=0.1&pin=111111&fail=absent:2`). Raises DeviceError for no address."""
    if (options := simulator_options(address)) is not None:
        return _simulated(address, options)
    raise _wrong(address)


def _simulated(address: str, options: dict[str, str]) -> SimulatedKeys:
    try:
        failure = Order.parse(options.pop("fail")) if "fail" in options else None
        units = options.pop("units").split(",") if "units" in options else None
        pin = options.pop("pin", PIN.decode()).encode()
        found = SimulatedKeys(units=units, pace=float(options.pop("pace", PACE)), pin=pin, failure=failure)
    except ValueError as error:
        raise _wrong(address) from error
    if options:
        raise _wrong(address)
    return found


def _wrong(address: str) -> DeviceError:
    return DeviceError(DeviceState.UNSUPPORTED, faults.WRONG_ADDRESS, device=KEYS_NAME, address=address, known=KNOWN)
