"""Who speaks: whoever has the hall's fixed token, or the enrolled window behind a bearer token, for itself alone."""

import hmac
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from sync.hub.enrolment import window_behind
from sync.hub.problems import Kind, Rejection
from sync.hub.store import Store

Given = Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))]
Guard = Callable[[Request, HTTPAuthorizationCredentials | None], Awaitable[None] | None]


def by_token(token: str | None) -> Guard:
    """Whoever shows `token` may speak for anybody; None lets everybody in."""

    async def check(_request: Request, given: Given) -> None:  # on the loop: it is too little for a thread
        if token is None:
            return
        if given is None or not hmac.compare_digest(given.credentials.encode(), token.encode()):
            raise _unauthorized()

    return check


def by_enrolment(store: Store) -> Guard:
    """Whoever shows a bearer token in force speaks for the window it was given to."""

    def check(request: Request, given: Given) -> None:
        window = given and window_behind(store, given.credentials, datetime.now(UTC))
        if not window:
            raise _unauthorized()
        request.state.window = window

    return check


def require_own(request: Request, sources: Iterable[str]) -> None:
    """Raises Rejection where an enrolled window speaks for a source that is not one of its own."""
    window: str | None = getattr(request.state, "window", None)
    if window is not None and any(window_of(source) != window for source in sources):
        raise Rejection(Kind.OTHER_SOURCE)


def window_of(source: str) -> str:
    """The window behind a source: its URI without the epoch, which a restore or an enrolment makes anew."""
    return source.rpartition(":")[0] or source


def _unauthorized() -> Rejection:
    return Rejection(Kind.UNAUTHORIZED, headers={"WWW-Authenticate": "Bearer"})
