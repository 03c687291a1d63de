"""What the hub counts and writes about its own work: routes, verdicts and times, never whom a case is about."""

import logging
from collections import Counter as Tally
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from time import perf_counter

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from client.ports.outbox import Counts
from sync.protocol import Result

_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "PATCH", "POST"})
_OTHER = "other"  # an unknown path or method is one label: whoever asks must not make as many as he likes
_LINES = "sync.hub"  # the logger whose level says whether a line is written for every request

_log = structlog.get_logger(__name__)


class Meters:
    """The counters of one hub process, for Prometheus to collect."""

    def __init__(self) -> None:
        # Late: importing it looks at this process, and importing a module of ours does nothing.
        from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector  # noqa: PLC0415

        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._requests = Counter(
            "hub_requests", "Answers given", ["method", "route", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "hub_request_seconds", "Time to the end of an answer", ["route"], registry=self._registry
        )
        self._look: Callable[[], None] = lambda: None
        self._events = Counter("hub_events", "Events judged", ["verdict", "code"], registry=self._registry)

    def watch_upstream(self, counts: Callable[[], Counts], trouble: Callable[[], str | None]) -> None:
        """Tell of a hall node's way up: its windows have their receipts, so that nobody else sees it stand still."""
        from prometheus_client import Gauge  # noqa: PLC0415 - as above

        waiting = Gauge("hub_upstream_events", "Events on their way up", ["state"], registry=self._registry)
        oldest = Gauge("hub_upstream_oldest_seconds", "Age of the oldest of them", registry=self._registry)
        troubled = Gauge("hub_upstream_trouble", "1: the last try came to nothing", registry=self._registry)

        def look() -> None:
            found = counts()
            for state in ("waiting", "unknown", "refused"):
                waiting.labels(state).set(getattr(found, state))
            age = (datetime.now(UTC) - found.oldest).total_seconds() if found.oldest else 0
            oldest.set(max(age, 0))  # by the window's clock, which may be ahead of this one
            troubled.set(trouble() is not None)

        self._look = look

    def text(self) -> bytes:
        """All of it in the text format of Prometheus."""
        from prometheus_client import generate_latest  # noqa: PLC0415 - as above

        self._look()
        return generate_latest(self._registry)

    def judged(self, results: Iterable[Result]) -> None:
        tally = Tally((result.verdict.value, result.problem.code if result.problem else "") for result in results)
        for (verdict, code), times in tally.items():
            self._events.labels(verdict, code).inc(times)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)
        if logging.getLogger(_LINES).isEnabledFor(logging.INFO):
            at = datetime.now(UTC).isoformat(timespec="milliseconds")
            _log.info("answered", at=at, method=method, route=route, status=status, ms=round(seconds * 1000, 1))


class Watched:
    """ASGI middleware: every answer passes the meters, by its route and not by the path somebody wrote."""

    def __init__(self, app: ASGIApp, meters: Meters) -> None:
        self._app = app
        self._meters = meters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = perf_counter()
        status = 500  # when nothing was answered at all

        async def answering(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self._app(scope, receive, answering)
        finally:
            method = scope["method"] if scope["method"] in _METHODS else _OTHER
            route = getattr(scope.get("route"), "path", _OTHER)
            self._meters.answered(method, route, status, perf_counter() - begun)
