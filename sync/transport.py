"""One careful HTTP exchange: what came back is the platform's whole answer, or an error that says how sure we are.

Everything foreign (requests, urllib3, ssl) ends here. Off this machine only https is spoken: citizens' data and the
token never cross a network in the clear.
"""

import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

import requests
import truststore
from requests.adapters import HTTPAdapter
from urllib3 import HTTPSConnectionPool, ProxyManager
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from client.errors import PlatformError
from client.ports.clock import Clock
from client.text import marked
from sync.faults import (
    ANSWER_LOST,
    BAD_CERTIFICATE,
    CLONED,
    NOT_A_PLATFORM,
    NOT_ENCRYPTED,
    SAMPLE_HALL,
    SIGNED_OUT,
    UNREACHABLE,
    Busy,
    Refused,
    Stopped,
    Unsure,
)
from sync.protocol import CLONED_SOURCE, JSON_TYPE, PROBLEM_TYPE, decode_problem
from sync.schedule import http_date, retry_after
from sync.sockets import Sockets
from sync.throttle import UNLIMITED, Body, Throttle
from sync.trouble import causes

CONNECT_TIMEOUT = 5.0
READ_TIMEOUT = 30.0
ANSWER_TIMEOUT = 120.0  # seconds for a whole answer, however slowly it drips
LARGEST_ANSWER = 32 << 20
PIECE = 64 << 10

_SAID_NO = frozenset({400, 409, 413, 422})
_WAIT = frozenset({429, 503, 507})
_NOBODY_HOME = frozenset({404, 405, 410, 412, 415})
Message = TypeVar("Message")


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer; header names are case-insensitive."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def problem(self) -> str | None:
        """Code of the problem document in it, None when it is none of ours."""
        if self.media_type != PROBLEM_TYPE:
            return None
        try:
            return decode_problem(self.body).code
        except ValueError:
            return None


def is_loopback(host: str) -> bool:
    """Whether `host` is this very machine, said by name or number."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _Adapter(HTTPAdapter):
    """Trusts what the operating system trusts, and nothing that came with a package; notes its sockets."""

    def __init__(self, sockets: Sockets) -> None:
        self._sockets = sockets
        super().__init__()

    def init_poolmanager(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 -- urllib3's, passed through
        super().init_poolmanager(*args, ssl_context=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT), **options)
        self.poolmanager.pool_classes_by_scheme = dict(self._sockets.pools())

    def proxy_manager_for(self, proxy: str, **options: Any) -> ProxyManager:  # noqa: ANN401 -- same
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        manager: ProxyManager = super().proxy_manager_for(proxy, ssl_context=context, **options)
        manager.pool_classes_by_scheme = dict(self._sockets.pools())
        return manager

    def cert_verify(self, conn: HTTPSConnectionPool, *_: object) -> None:
        """Keep requests from adding its own bundle of roots to the context."""
        conn.cert_reqs = "CERT_REQUIRED"


class Bearer(Protocol):
    """Where the token of a request comes from."""

    def token(self) -> str | None:
        """The token to show; None: none. Raises PlatformError when none can be had."""
        ...

    def renew(self) -> bool:
        """The platform did not know the token; whether another may do better."""
        ...


@dataclass(frozen=True, slots=True)
class FixedToken:
    """One token for always, or none."""

    value: str | None = None

    def token(self) -> str | None:
        return self.value

    def renew(self) -> bool:
        return False


NOBODY = FixedToken()


class Transport:
    """Exchanges with one platform, on any thread. Redirects are refused, times are bounded, the Date is compared.

    Raises PlatformError for plain http to anything but this machine, before anything is sent.
    """

    def __init__(self, base_url: str, clock: Clock, *, bearer: Bearer = NOBODY) -> None:
        self.base_url = base_url.rstrip("/")
        parts = urlsplit(self.base_url)
        self.host = parts.hostname or self.base_url
        self._door = parts.netloc.rpartition("@")[2] or self.base_url  # with the port, where it says one
        if parts.scheme == "http" and not is_loopback(self.host):
            raise PlatformError(NOT_ENCRYPTED, host=self.host)
        self.drift: timedelta | None = None
        self._clock = clock
        self._bearer = bearer
        self._sessions: list[requests.Session] = []
        self._idle: list[requests.Session] = []
        self._sockets = Sockets()

    def close(self) -> None:
        for session in self._sessions:
            session.close()

    def abort(self) -> None:
        """End every exchange under way, from any thread, and have no other: whoever waits in one meets Unsure."""
        self._sockets.end()

    def exchange(
        self,
        method: str,
        url: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        patience: float = 0.0,
        throttle: Throttle = UNLIMITED,
    ) -> Answer:
        """Send one request (path, or URL on the same host) and read the whole answer, whatever its status.

        Raises PlatformError when certainly nothing was sent, Unsure when something may have arrived.
        `patience`: seconds the platform was invited to wait before it answers. `throttle`: how fast the body may go.
        A token that ran out meanwhile is renewed once: what was refused with it was certainly not taken.
        """
        answer = self._exchange(method, url, body, headers, patience, throttle)
        if answer.status == HTTPStatus.UNAUTHORIZED and self._bearer.renew():
            return self._exchange(method, url, body, headers, patience, throttle)
        return answer

    def _exchange(
        self,
        method: str,
        url: str,
        body: bytes | None,
        headers: Mapping[str, str] | None,
        patience: float,
        throttle: Throttle,
    ) -> Answer:
        try:
            with (
                self._session() as session,
                session.request(
                    method,
                    url if "://" in url else self.base_url + url,
                    data=Body(body, throttle) if body else body,
                    headers=headers,
                    timeout=(CONNECT_TIMEOUT, READ_TIMEOUT + patience),
                    allow_redirects=False,
                    stream=True,
                ) as response,
            ):
                self._compare_clocks(response.headers.get("Date"))
                content = self._read(response, time.monotonic() + ANSWER_TIMEOUT)
                return Answer(response.status_code, response.headers, content)
        except (requests.RequestException, HTTPError) as error:
            raise self._translated(error) from error

    def complaint(self, answer: Answer) -> PlatformError:
        """What an answer that is not the wanted one means, and how sure we are of it."""
        status = answer.status
        if status in _WAIT:
            return Busy(status=status, retry_after=retry_after(answer.headers.get("Retry-After"), self._clock()))
        cloned = answer.problem == CLONED_SOURCE
        if cloned or status in {401, 403}:
            return Stopped(CLONED if cloned else SIGNED_OUT, status=status)
        if status in _SAID_NO and (refusal := _refusal(answer)):
            return refusal
        if status in _NOBODY_HOME or 300 <= status < 400:  # noqa: PLR2004 -- the class of redirects
            return PlatformError(NOT_A_PLATFORM, host=self.host, status=status)
        if status >= 500:  # noqa: PLR2004 -- the class of server errors
            return Unsure(ANSWER_LOST, host=self.host, status=status)
        return Unsure(NOT_A_PLATFORM, host=self.host, status=status)

    def decoded(self, answer: Answer, decode: Callable[[bytes], Message]) -> Message:
        """The message of a 200 answer; whatever is not one raises as `complaint` says, never passes for success."""
        if answer.status != HTTPStatus.OK:
            raise self.complaint(answer)
        if answer.media_type != JSON_TYPE:
            raise Unsure(NOT_A_PLATFORM, host=self.host, status=answer.status)
        try:
            return decode(answer.body)
        except ValueError as error:
            raise Unsure(NOT_A_PLATFORM, host=self.host, status=answer.status) from error

    @contextmanager
    def _session(self) -> Iterator[requests.Session]:
        """A session of this request's own, with its connection, for as long as it takes."""
        try:
            session = self._idle.pop()
        except IndexError:
            session = requests.Session()
            session.trust_env = not is_loopback(self.host)  # a proxy stands between halls, not inside a machine
            session.auth = self._sign
            for scheme in ("https://", "http://"):
                session.mount(scheme, _Adapter(self._sockets))
            self._sessions.append(session)
        try:
            yield session
        finally:
            self._idle.append(session)

    def _sign(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Our credentials or none: a .netrc of the machine never speaks for the window."""
        if (token := self._bearer.token()) is not None:
            request.headers["Authorization"] = f"Bearer {token}"
        return request

    def _read(self, response: requests.Response, until: float) -> bytes:
        pieces = bytearray()
        while piece := response.raw.read1(PIECE, decode_content=True):  # all at once could drip for ever
            pieces += piece
            if len(pieces) > LARGEST_ANSWER or time.monotonic() > until:
                raise Unsure(ANSWER_LOST, host=self.host, status=response.status_code)
        return bytes(pieces)

    def _compare_clocks(self, date: str | None) -> None:
        theirs = http_date(date or "")
        if theirs is not None:
            self.drift = self._clock() - theirs

    def _translated(self, error: Exception) -> PlatformError:
        found = tuple(causes(error))
        if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in found):
            return PlatformError(BAD_CERTIFICATE, host=self.host)
        if any(isinstance(cause, NewConnectionError | ConnectTimeoutError | ValueError) for cause in found):
            return PlatformError(UNREACHABLE, host=self._door)
        return Unsure(ANSWER_LOST, host=self.host, status="—")


def _refusal(answer: Answer) -> Refused | None:
    """A refusal counts only in the platform's own words; a bare 413 of a proxy in between is as final."""
    if answer.media_type == PROBLEM_TYPE:
        try:
            problem = decode_problem(answer.body)
        except ValueError:
            return None
        return Refused(problem=problem.code, reason=problem.detail or problem.title)
    if answer.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return Refused(problem="too-large", reason=marked("内容超过平台允许的大小"))
    return None


def keep_sample_home(hub_url: str | None, *, sample: bool) -> None:
    """A sample hall sends to no platform but one on this very machine: raises PlatformError."""
    if sample and hub_url is not None and not is_loopback(urlsplit(hub_url).hostname or ""):
        raise PlatformError(SAMPLE_HALL, url=hub_url)
