"""Makes the keys a setting names; the one place where their address is understood."""

from collections.abc import Sequence
from urllib.parse import parse_qsl

from client.errors import DeviceError, DeviceState
from client.ports.devices import Driver, Kind, Order, simulator_options
from client.ports.keys import KEY_STACK_WORDS, KeyOnHand, KeyStack, SealKeys
from client.text import tr
from devices.keys import faults
from devices.keys.simulated import PACE, PIN, SimulatedKeys
from devices.keys.together import KeysTogether

KEYS_NAME = tr("密码钥匙")
KNOWN = "pcsc:, pcsc:READER, skf:PATH, simulated"  # addresses, as the settings have them


def kind(python: str | None = None) -> Kind[SealKeys, Sequence[KeyOnHand]]:
    """What this room offers; `python` as in `keys_of`.

    Its test finds out whose keys are plugged in, and asks for no PIN.
    """
    return Kind(lambda address: keys_of(address, python=python), driver_of, list, lambda keys: keys.plugged())


def driver_of(address: str) -> Driver:
    """How the keys at `address` are spoken to."""
    named = address.split(";")
    stacks = [KeyStack(each.strip().partition(":")[0].partition("?")[0]) for each in named]
    libraries = [_library(each)[0] for each in named if each.startswith("skf:")]
    return Driver("、".join(KEY_STACK_WORDS[stack] for stack in stacks), "、".join(libraries))


def keys_of(address: str, *, python: str | None = None) -> SealKeys:
    """The keys at an address; `python` is an interpreter for a library that ours cannot load. Raises DeviceError.

    Several stand between semicolons. `pcsc:` (all readers), `pcsc:PART OF A READER'S NAME`,
    `simulated` (`?units=…&pace=0.1&pin=111111&fail=absent:2`), `skf:PATH` (`?ulong=64`).
    """
    if ";" in address:
        return KeysTogether([keys_of(each.strip(), python=python) for each in address.split(";")])
    if (options := simulator_options(address)) is not None:
        return _simulated(address, options)
    if address.startswith("pcsc:"):
        from devices.keys.pcsc.pcsc_keys import PcscKeys  # noqa: PLC0415 - only windows with such keys need it

        return PcscKeys(address.removeprefix("pcsc:").strip())
    if address.startswith("skf:"):
        return _skf(address, python)
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


def _skf(address: str, python: str | None) -> SealKeys:
    """The library is named as the system names its files; what stands behind `?` is ours."""
    path, query = _library(address)
    options = dict(parse_qsl(query, keep_blank_values=True))
    width = options.pop("ulong", "32")
    if not path or options or width not in ("32", "64"):
        raise _wrong(address)
    from devices.keys.key_child import Terms  # noqa: PLC0415 - only windows with a library need it
    from devices.keys.skf.key_child import key_command  # noqa: PLC0415 - same
    from devices.keys.skf.skf_keys import SkfKeys  # noqa: PLC0415 - same

    return SkfKeys(path, ulong=int(width), terms=Terms(key_command(python)))


def _library(address: str) -> tuple[str, str]:
    """Its path, and what stands behind `?`."""
    path, _, query = address.removeprefix("skf:").partition("?")
    return path, query


def _wrong(address: str) -> DeviceError:
    return DeviceError(DeviceState.UNSUPPORTED, faults.WRONG_ADDRESS, device=KEYS_NAME, address=address, known=KNOWN)
