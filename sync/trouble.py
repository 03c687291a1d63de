"""Whose trouble it is when nothing goes up: the network's, the platform's, the sign-in's or this machine's."""

from collections.abc import Iterator

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
    turned_down = any(isinstance(cause, ConnectionRefusedError) for cause in causes(error))
    return Trouble.PLATFORM if turned_down else Trouble.NETWORK


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
