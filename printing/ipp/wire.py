"""One IPP exchange over HTTP: the printer's own answer, or an error that says how sure we are.

Everything foreign (requests, urllib3, ssl) ends here. Each exchange has a connection of its own: on one that was kept
open a page may be sent just as the printer closes it, and nobody would know whether it was taken.
"""

import ssl
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
import truststore
from requests.adapters import HTTPAdapter
from urllib3 import HTTPSConnectionPool
from urllib3.exceptions import HTTPError, NewConnectionError, SSLError

from client.errors import DeviceError, DeviceState, Fault
from client.ports.printer import Unsure
from printing.ipp import faults
from printing.ipp.deadline import Deadline
from printing.ipp.messages import MEDIA_TYPE, BrokenMessageError, Message, decode, encode

_PORT = 631  # of ipp and ipps alike (RFC 8010, 4; RFC 7472)
_WEB = {"ipp": "http", "ipps": "https"}
_LARGEST_ANSWER = 4 << 20
_PIECE = 64 << 10
_SERVER_ERRORS = range(500, 600)


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: for a connection, between two pieces of an answer, and for all of it once there is a connection."""

    connect: float
    silence: float
    whole: float


PAGE = Patience(connect=2.0, silence=15.0, whole=30.0)
QUESTION = Patience(connect=2.0, silence=3.0, whole=5.0)


def glance(seconds: float) -> Patience:
    """A question whose asker has so long in all."""
    connect = max(seconds / 3, 0.01)
    return Patience(connect, connect * 2, connect * 2)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a printer is: `uri` as IPP says it, `url` as HTTP does."""

    uri: str
    url: str

    @classmethod
    def of(cls, text: str) -> "Address":
        """From `ipp://host[:port]/path` or `ipps://…`. Raises DeviceError when it is neither."""
        try:
            parts = urlsplit(text)
            port = parts.port or _PORT
            scheme = _WEB[parts.scheme]
        except (ValueError, KeyError) as error:
            raise bad_address(text) from error
        if not parts.hostname or parts.username or parts.query or parts.fragment:
            raise bad_address(text)
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        return cls(text, f"{scheme}://{host}:{port}{parts.path or '/'}")

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""


def bad_address(text: str) -> DeviceError:
    return DeviceError(DeviceState.UNSUPPORTED, faults.BAD_ADDRESS, device=text, address=text)


def exchange(address: Address, device: str, message: Message, patience: Patience) -> Message:
    """Send `message` and read the answer, whatever its status.

    Raises DeviceError when certainly nothing was taken, Unsure when something may have been. `device` is the
    printer's name in errors. The time the system takes to find a host by its name comes on top of `patience`.
    """
    try:
        with Deadline(patience.connect + patience.whole) as deadline, requests.Session() as session:
            session.trust_env = False  # no proxy and no .netrc: a printer is in the hall
            for scheme in ("http://", "https://"):
                session.mount(scheme, _Trusting(deadline))
            with session.post(
                address.url,
                data=encode(message),
                headers={"Content-Type": MEDIA_TYPE, "Connection": "close"},
                timeout=(patience.connect, patience.silence),
                allow_redirects=False,
                stream=True,
            ) as response:
                return _answer(response, device, deadline)
    except (requests.RequestException, HTTPError) as error:
        raise _translated(error, device) from error


class _Trusting(HTTPAdapter):
    """Trusts what the operating system trusts, and nothing that came with a package; its connections end in time."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        super().__init__()

    def init_poolmanager(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - urllib3's, passed through
        super().init_poolmanager(*args, ssl_context=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT), **options)
        self.poolmanager.pool_classes_by_scheme = dict(self._deadline.pools())

    def cert_verify(self, conn: HTTPSConnectionPool, *_: object) -> None:
        """Keep requests from adding its own bundle of roots to the context."""
        conn.cert_reqs = "CERT_REQUIRED"


def _answer(response: requests.Response, device: str, deadline: Deadline) -> Message:
    status = response.status_code
    if status in _SERVER_ERRORS:
        raise _unsure(device)
    if status != requests.codes.ok:
        raise faults.http_error(status, device)
    content = bytearray()
    while piece := response.raw.read1(_PIECE, decode_content=True):  # all at once could be without end
        content += piece
        if len(content) > _LARGEST_ANSWER:
            raise _unsure(device)
    if deadline.is_over:  # what was cut off by us looks like an end
        raise _unsure(device)
    try:
        return decode(bytes(content))
    except BrokenMessageError as error:
        raise _unsure(device, DeviceState.UNREADABLE, faults.NOT_A_PRINTER) from error


def _translated(error: Exception, device: str) -> DeviceError:
    reason = getattr(error.args[0], "reason", None) if error.args else None
    if isinstance(reason, SSLError) and isinstance(reason.args[0], ssl.SSLCertVerificationError):
        return DeviceError(DeviceState.LOCKED, faults.NOT_TRUSTED, device=device)
    if isinstance(error, requests.ConnectTimeout | ValueError) or isinstance(reason, NewConnectionError):
        return DeviceError(DeviceState.ABSENT, faults.NO_PRINTER, device=device)
    return _unsure(device)


def _unsure(device: str, state: DeviceState = DeviceState.TIMED_OUT, fault: Fault = faults.SILENT) -> Unsure:
    return Unsure(state, fault, device=device)
