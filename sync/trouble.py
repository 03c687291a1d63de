"""Whose trouble it is when nothing goes up: the network's, the platform's, the sign-in's or this machine's."""

from collections.abc import Iterator
from ipaddress import ip_address

from client.errors import DeskError, StoreError
from client.ports.link import Trouble
from sync.faults import UNREACHABLE, Stopped


def trouble_of(error: DeskError) -> Trouble:
    """Where somebody has to look, as far as can be known from here."""
    if isinstance(error, StoreError):
        return Trouble.THIS_MACHINE
    if isinstance(error, Stopped):
        return Trouble.SIGN_IN
    if error.fault is UNREACHABLE:
        return way_trouble(error)
    return Trouble.PLATFORM


def way_trouble(error: BaseException) -> Trouble:
    """Of a connection that did not come about: a machine that turns it down is there, so the network is well."""
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes(error)):
        return Trouble.PLATFORM
    return Trouble.NETWORK if is_connected() else Trouble.CABLE


def is_connected() -> bool:
    """Whether a cable or a radio leads out of this machine, as far as its drivers tell; where to is not known."""
    import psutil  # noqa: PLC0415 - slow to load, and seldom needed

    running = [name for name, card in psutil.net_if_stats().items() if card.isup]
    addresses = psutil.net_if_addrs()
    return any(not _is_loopback(each.address) for name in running for each in addresses.get(name, ()))


def _is_loopback(address: str) -> bool:
    """A hardware address is nobody's way out."""
    try:
        return ip_address(address.partition("%")[0]).is_loopback
    except ValueError:
        return True


def causes(error: BaseException) -> Iterator[BaseException]:
    """An error and everything it was made from: requests wraps urllib3, which wraps ssl and sockets."""
    seen: list[BaseException] = []
    found = [error]
    while found:
        cause = found.pop()
        if cause in seen:
            continue
        seen.append(cause)
        yield cause
        inner = (cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args)
        found += [other for other in inner if isinstance(other, BaseException)]
