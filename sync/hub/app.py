"""The hub as an ASGI program: the window protocol's routes over the store and the shelf, and its contract."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path as Folder
from time import monotonic, time
from typing import Annotated, Any

import anyio
from fastapi import Depends, FastAPI, Path, Query, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.concurrency import run_in_threadpool

from client.rules.agreement import Range
from client.sealing import signed
from client.sealing.envelope import public_of
from sync.hub import agreement, changes, enrolment, intake, keys, numbers, shown
from sync.hub.answers import answer_problems
from sync.hub.limits import Limits
from sync.hub.meters import Meters, Watched
from sync.hub.problems import Kind, Rejection
from sync.hub.relay import Relay, Upstream
from sync.hub.shelf import Shelf
from sync.hub.speaking import by_enrolment, by_token, hall_asking, require_own
from sync.hub.store import Store
from sync.hub.uploads import Reception, router
from sync.protocol import (
    BATCH_TYPE,
    ID_PATTERN,
    JSON_TYPE,
    MAX_BATCH_BYTES,
    MAX_WAIT,
    NAME_PATTERN,
    PROBLEM_TYPE,
    ChangesMessage,
    CloudEvent,
    HeldMessages,
    KeyMessage,
    Problem,
    RangesMessage,
    Result,
    Results,
    SumsMessage,
)

_POLL = 0.25  # seconds between two looks at the feed while a window waits
_REF = "#/components/schemas/"
_BATCH_BODY = {
    "requestBody": {
        "required": True,
        "content": {BATCH_TYPE: {"schema": {"type": "array", "items": {"$ref": f"{_REF}CloudEvent"}}}},
    }
}
_PROBLEM = {"description": "Problem", "content": {PROBLEM_TYPE: {"schema": {"$ref": f"{_REF}Problem"}}}}
_PROBLEMS: dict[int | str, dict[str, Any]] = {"4XX": _PROBLEM, "5XX": _PROBLEM}

_BUSY: dict[int | str, dict[str, Any]] = {"5XX": _PROBLEM}
_CLEARING = 3600.0  # seconds between two looks for forgotten uploads
_NO_LIMITS = Limits()

EventId = Annotated[str, Path(pattern=ID_PATTERN)]
Name = Annotated[str, Query(pattern=NAME_PATTERN)]
After = Annotated[str, Query(pattern=r"^[!-~]{0,200}$")]
Source = Annotated[str, Query(pattern=NAME_PATTERN)]
Hall = Annotated[
    str | None, Query(pattern=r"^[0-9]{6}-[0-9]{2}$", description="Changes for this hall and for all; none: for any")
]
Wait = Annotated[float, Query(ge=0, le=MAX_WAIT, description="Seconds to wait for a change")]


def create_app(
    store_url: str,
    files_dir: Folder,
    token: str | None = None,
    limits: Limits = _NO_LIMITS,
    *,
    enrolled_only: bool = False,
    upstream: Upstream | None = None,
) -> FastAPI:
    """The hub over one store; opens it when the server starts, not before. With an `upstream` it is a hall node.

    `token` is what every /v1 call must bear, and /metrics; None lets everybody in, which is for loopback only. With
    `enrolled_only` it opens /metrics alone, and /v1 is for windows that were enrolled, each for itself.
    `app.state.stopping` set to True ends the long polls.
    """
    store, shelf, meters = Store(store_url), Shelf(files_dir), Meters()
    relay = Relay(store, shelf, files_dir, upstream) if upstream is not None else None
    if relay is not None:
        meters.watch_upstream(relay.counts, lambda: relay.trouble)
    life = partial(_life, store, shelf, limits, relay)
    app = FastAPI(title="一窗 hub", version="1", lifespan=life, docs_url=None, redoc_url=None)
    app.state.stopping = False
    answer_problems(app)
    app.add_middleware(Watched, meters=meters)
    watcher = [Depends(by_token(token))]
    guard = [Depends(by_enrolment(store))] if enrolled_only else watcher
    _add_events(app, store, guard, limits, meters, relay.wake if relay is not None else _nobody)
    _add_reading(app, store, guard)
    _add_comparing(app, store, guard)
    _add_key(app, files_dir, guard)
    _add_watching(app, store, watcher, meters)
    if enrolled_only:
        app.include_router(enrolment.router(store), responses=_PROBLEMS)
    office = relay.office if relay is not None else None
    app.include_router(shown.router(files_dir, _PROBLEMS), dependencies=guard)
    app.include_router(numbers.router(store, office), dependencies=guard, responses=_PROBLEMS)
    app.include_router(router(Reception(store, shelf)), dependencies=guard, responses=_PROBLEMS)
    return app


@asynccontextmanager
async def _life(store: Store, shelf: Shelf, limits: Limits, relay: Relay | None, _app: FastAPI) -> AsyncIterator[None]:
    store.prepare()
    shelf.prepare()
    store.pass_on_to(None if relay is None else relay.url)
    if relay is not None:
        relay.start()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_clear_uploads, shelf, limits.keep_uploads)
        yield
        tasks.cancel_scope.cancel()
    if relay is not None:
        await run_in_threadpool(relay.stop)
    store.close()


async def _clear_uploads(shelf: Shelf, keep: timedelta) -> None:
    while True:
        await run_in_threadpool(shelf.clear, time() - keep.total_seconds())
        await anyio.sleep(_CLEARING)


def contract() -> dict[str, Any]:
    """The OpenAPI 3.1 document of the hub, as kept in resources/openapi/hub.json."""
    document = create_app("sqlite://", Folder(), enrolled_only=True).openapi()
    schemas = document["components"]["schemas"]
    for model in (CloudEvent, Problem):  # the bodies FastAPI does not see: the batch, and every problem
        schema = model.model_json_schema(ref_template=_REF + "{model}")
        schemas.update(schema.pop("$defs", {}))
        schemas[model.__name__] = schema
    return document


def _nobody() -> None:
    """Nobody waits for what was taken."""


def _add_events(
    app: FastAPI, store: Store, guard: list[Any], limits: Limits, meters: Meters, taken: Callable[[], None]
) -> None:
    @app.post(
        "/v1/events",
        tags=["events"],
        summary="Take a batch of events, each exactly once",
        response_model=Results,
        dependencies=guard,
        responses=_PROBLEMS,
        openapi_extra=_BATCH_BODY,
    )
    async def take(request: Request) -> Response:
        if request.headers.get("content-type", "").partition(";")[0] != BATCH_TYPE:
            raise Rejection(Kind.BATCH_TYPE)
        body = await _body(request)
        own = partial(require_own, request)
        results = await run_in_threadpool(intake.take, store, body, datetime.now(UTC), limits, own)
        meters.judged(results)
        taken()
        return Response(Results(results=results).model_dump_json(exclude_none=True), media_type=JSON_TYPE)

    @app.get(
        "/v1/events/{event_id}",
        tags=["events"],
        summary="What was answered to an event",
        response_model_exclude_none=True,
        dependencies=guard,
        responses=_PROBLEMS,
    )
    def answer(event_id: EventId, source: Source, request: Request) -> Result:
        require_own(request, [source])
        return intake.answer_to(store, source, event_id)


def _add_reading(app: FastAPI, store: Store, guard: list[Any]) -> None:
    newest = changes.Newest(store, _POLL)

    @app.get(
        "/v1/changes",
        tags=["changes"],
        summary="The changes after a cursor, by long poll",
        dependencies=guard,
        responses=_PROBLEMS,
    )
    async def feed(request: Request, cursor: str = "", wait: Wait = 0.0, hall: Hall = None) -> ChangesMessage:
        hall = hall_asking(request, hall)
        until = monotonic() + wait
        known = await newest.change(hall)  # first: what is put behind it is seen by the page, or is another one later
        page = await run_in_threadpool(changes.page, store, cursor, hall)
        while not page.changes and monotonic() < until and not app.state.stopping:
            await anyio.sleep(_POLL)
            if (now := await newest.change(hall)) != known:
                known = now
                page = await run_in_threadpool(changes.page, store, cursor, hall)
        return page

    @app.get(
        "/v1/health", tags=["health"], summary="Whether the hub can answer", dependencies=guard, responses=_PROBLEMS
    )
    def health() -> dict[str, str]:
        store.epoch()
        return {"status": "ok"}


def _add_key(app: FastAPI, files_dir: Folder, guard: list[Any]) -> None:
    @app.get(
        "/v1/key",
        tags=["key"],
        summary="The public keys: to which windows seal what travels outside the wire, and by which packs are signed",
        dependencies=guard,
        responses=_PROBLEMS,
    )
    def public_key() -> KeyMessage:
        public, signs = public_of(keys.make(files_dir)), signed.public_of(keys.signing(files_dir))
        return KeyMessage(public=str(public), signs=str(signs))


def _add_comparing(app: FastAPI, store: Store, guard: list[Any]) -> None:
    @app.post(
        "/v1/digests",
        tags=["digests"],
        summary="What is held of ranges of cases, summed up",
        dependencies=guard,
        responses=_PROBLEMS,
    )
    def sums(asked: RangesMessage) -> SumsMessage:
        return agreement.sums(store, [Range(each.first, each.end) for each in asked.ranges])

    @app.get(
        "/v1/digests/cases",
        tags=["digests"],
        summary="What is held of each case of a range, a page behind a number",
        dependencies=guard,
        responses=_PROBLEMS,
    )
    def held(first: Name, end: Name, after: After = "") -> HeldMessages:
        return agreement.held(store, Range(first, end), after)


def _add_watching(app: FastAPI, store: Store, guard: list[Any], meters: Meters) -> None:
    @app.get("/healthz", tags=["health"], summary="Whether this process answers at all")
    async def alive() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz", tags=["health"], summary="Whether its store can be asked, for a load balancer", responses=_BUSY)
    def ready() -> dict[str, str]:
        store.epoch()
        return {"status": "ok"}

    @app.get(
        "/metrics",
        tags=["health"],
        summary="Its counters, for Prometheus",
        response_class=PlainTextResponse,
        dependencies=guard,
        responses=_PROBLEMS,
    )
    def metrics() -> Response:
        return PlainTextResponse(meters.text(), headers={"Cache-Control": "no-store"})


async def _body(request: Request) -> bytes:
    """The whole body, bounded before it is held in memory."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_BATCH_BYTES:
            raise Rejection(Kind.TOO_LARGE)
    return bytes(body)
