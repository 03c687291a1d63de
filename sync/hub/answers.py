"""Whatever goes wrong in the hub is answered as a problem document, and none of it says more than it should."""

import errno

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from sync.hub.problems import Kind, Rejection, plain_problem, problem, respond

_TRY_AGAIN = {"Retry-After": "1"}

_log = structlog.get_logger(__name__)


def answer_problems(app: FastAPI) -> None:
    """Give every kind of failure its answer."""

    @app.exception_handler(Rejection)
    def rejected(_request: Request, error: Rejection) -> Response:
        return respond(problem(error.kind, error.detail, error.fields), error.headers)

    @app.exception_handler(HTTPException)
    def plain(_request: Request, error: HTTPException) -> Response:
        return respond(plain_problem(error.status_code), error.headers)

    @app.exception_handler(RequestValidationError)
    def invalid(_request: Request, error: RequestValidationError) -> Response:
        fields = sorted({".".join(map(str, found["loc"])) for found in error.errors()})
        return respond(problem(Kind.INVALID_REQUEST, fields=fields))

    @app.exception_handler(OperationalError)
    @app.exception_handler(IntegrityError)
    @app.exception_handler(PoolTimeout)
    def store_busy(_request: Request, error: Exception) -> Response:
        """Locked, full or overtaken by another process: nothing was written, so the window may try again."""
        _log.error("hub store refused", kind=type(error).__name__)
        return respond(problem(Kind.STORE_BUSY), _TRY_AGAIN)

    @app.exception_handler(ClientDisconnect)
    def gone(_request: Request, _error: ClientDisconnect) -> Response:
        """The window went away in the middle of its request: nothing was taken, and nobody hears this."""
        return respond(problem(Kind.INVALID_REQUEST))

    @app.exception_handler(OSError)
    def disk(_request: Request, error: OSError) -> Response:
        _log.error("hub disk refused", errno=error.errno)
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        return respond(problem(Kind.STORE_FULL if full else Kind.FAILED))

    @app.exception_handler(Exception)
    def failed(_request: Request, error: Exception) -> Response:
        _log.error("hub failed", kind=type(error).__name__)
        return respond(problem(Kind.FAILED))
