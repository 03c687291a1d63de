"""What announces itself in the local network: DNS-SD over mDNS (RFC 6763, RFC 6762), by zeroconf."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:  # it loads where somebody looks around
    from zeroconf import ServiceInfo, Zeroconf

PATIENCE = 2.0  # seconds: what is there answers within one
_ASKED = 1000  # milliseconds for the address of one that was heard
_LOCAL = ".local."

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Service:
    """One that was heard: `kind` and `name` as its owner announces it, where it answers, what its TXT record says."""

    kind: str
    name: str
    host: str
    port: int
    words: Mapping[str, str]


def nearby(*kinds: str) -> Sequence[Service]:
    """Services of these kinds (`_uscan._tcp`) that answer within `PATIENCE`, by kind and name; blocks as long.

    A machine without a network hears none.
    """
    from zeroconf import DNSQuestionType, ServiceBrowser, ServiceStateChange, Zeroconf  # noqa: PLC0415 - see above

    names: set[tuple[str, str]] = set()

    def heard(*, service_type: str, name: str, state_change: ServiceStateChange, zeroconf: "Zeroconf") -> None:  # noqa: ARG001 - zeroconf's own call
        if state_change is not ServiceStateChange.Removed:
            names.add((service_type, name))

    try:
        listening = Zeroconf()
    except OSError as error:
        log.info("not listening to the local network", reason=str(error))
        return []
    try:
        # Answered to all: an answer to us alone may reach another listener of this machine, at the port all share.
        to_all = DNSQuestionType.QM
        browser = ServiceBrowser(listening, [each + _LOCAL for each in kinds], handlers=[heard], question_type=to_all)
        threading.Event().wait(PATIENCE)
        browser.cancel()
        asked = [(kind, name, listening.get_service_info(kind, name, _ASKED)) for kind, name in sorted(names)]
    finally:
        listening.close()
    return [_service(kind, name, info) for kind, name, info in asked if info is not None]


@contextmanager
def announced(kind: str, name: str, host: str, port: int, words: Mapping[str, str]) -> Iterator[None]:
    """Have a service of our own heard as long; for the simulators."""
    from zeroconf import ServiceInfo, Zeroconf  # noqa: PLC0415 - see above

    full = f"{name}.{kind}{_LOCAL}"
    info = ServiceInfo(kind + _LOCAL, full, port, properties=dict(words), parsed_addresses=[host])
    speaking = Zeroconf()
    try:
        speaking.register_service(info, allow_name_change=True)
        yield
        speaking.unregister_service(info)
    finally:
        speaking.close()


def _service(kind: str, name: str, info: "ServiceInfo") -> Service:
    """By its first IPv4 address: a name in `.local` is not known to every system."""
    hosts = [each for each in info.parsed_addresses() if ":" not in each] or [info.server or ""]
    words = {
        key.decode("utf-8", "replace").lower(): (value or b"").decode("utf-8", "replace")
        for key, value in info.properties.items()
    }
    return Service(kind.removesuffix(_LOCAL), name.removesuffix(f".{kind}"), hosts[0], info.port or 0, words)
