"""Who speaks: whoever has the hall's fixed token, an enrolled window for itself, an enrolled node for its hall."""

import hmac
import re
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from sync.hub.enrolment import speaker_behind
from sync.hub.problems import Kind, Rejection
from sync.hub.store import Store

Given = Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))]
WINDOW, NODE = "urn:yichuang:window:", "urn:yichuang:node:"  # then region and hall, and of a window its number
_OF_A_HALL = re.compile(rf"(?:{WINDOW}|{NODE})([0-9]{{6}}-[0-9]{{2}})(?:-[0-9]{{2}})?")
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
    """Whoever shows a bearer token in force speaks as the window or node it was given to."""

    def check(request: Request, given: Given) -> None:
        speaker = given and speaker_behind(store, given.credentials, datetime.now(UTC))
        if not speaker:
            raise _unauthorized()
        request.state.speaker = speaker

    return check


def require_own(request: Request, sources: Iterable[str]) -> None:
    """Raises Rejection where whoever is enrolled speaks for a source that is not one of its own."""
    speaker: str | None = getattr(request.state, "speaker", None)
    if speaker is not None and not all(_speaks_for(speaker, window_of(source)) for source in sources):
        raise Rejection(Kind.OTHER_SOURCE)


def hall_asking(request: Request, said: str | None) -> str | None:
    """Whose changes whoever asks may read: those of the hall it `said`, None: of every hall.

    Whoever is enrolled reads its own hall's. Raises Rejection where it says another one.
    """
    speaker: str | None = getattr(request.state, "speaker", None)
    if speaker is None:
        return said
    own = hall_of(speaker)
    if said not in {None, own}:
        raise Rejection(Kind.OTHER_SOURCE)
    return own


def hall_of(speaker: str) -> str:
    """Region and hall of a window or node, e.g. 110101-01, by its URI without an epoch; "" of a stranger to halls."""
    match = _OF_A_HALL.fullmatch(speaker)
    return match[1] if match else ""


def _speaks_for(speaker: str, window: str) -> bool:
    hall = speaker.removeprefix(NODE)
    return window == speaker if hall == speaker else window.startswith(f"{WINDOW}{hall}-")


def window_of(source: str) -> str:
    """The window behind a source: its URI without the epoch, which a restore or an enrolment makes anew."""
    return source.rpartition(":")[0] or source


def _unauthorized() -> Rejection:
    return Rejection(Kind.UNAUTHORIZED, headers={"WWW-Authenticate": "Bearer"})
