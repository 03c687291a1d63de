"""Who may speak for which window: a one-time token becomes a client, a client gets short-lived bearer tokens (OAuth 2).

Of every secret only the SHA-256 is kept: each is 256 random bits, so nothing slower is needed. A window has one client:
whoever enrols it anew ends what was given before, to a copy of its disk as well.
"""

import base64
import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qsl, unquote_plus

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy import Connection, delete, insert, select, update
from starlette.concurrency import run_in_threadpool

from sync.hub.problems import Kind, Rejection
from sync.hub.store import Store, opened
from sync.hub.tables import access_tokens, clients, enrolment_tokens
from sync.protocol import FORM_TYPE, MAX_FORM_BYTES, NAME_PATTERN, ClientMessage, EnrolmentMessage, TokenMessage

LIFE = timedelta(minutes=15)  # of a bearer token: how long a window that was revoked could go on, were it not asked for
_NO_STORE = {"Cache-Control": "no-store"}
_ERROR = {"application/json": {"schema": {"type": "object", "properties": {"error": {"type": "string"}}}}}
_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"description": "RFC 6749, section 5.2", "content": _ERROR} for status in (400, 401)
}
_FORM_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            FORM_TYPE: {
                "schema": {
                    "type": "object",
                    "required": ["grant_type"],
                    "properties": {name: {"type": "string"} for name in ("grant_type", "client_id", "client_secret")},
                }
            }
        },
    }
}


def make_token(store_url: str, window: str, life: timedelta, now: datetime) -> str:
    """A one-time token for the window of that URI (without epoch), or the node. Raises PlatformError without a hub."""
    token = token_urlsafe(32)
    row = {"digest": _digest(token), "window": window, "expires_at": _stamp(now + life)}
    with opened(store_url) as store, store.write() as connection:
        connection.execute(insert(enrolment_tokens), row)
    return token


def revoke(store_url: str, window: str, now: datetime) -> bool:
    """Let a window speak no more until it is enrolled anew; False when it could not. Raises PlatformError as above."""
    with opened(store_url) as store, store.write() as connection:
        return _end_clients(connection, window, now)


def enrol(store: Store, asked: EnrolmentMessage, now: datetime) -> ClientMessage:
    """Make the window's client of its one-time token. Raises Rejection for a token that is not good for it."""
    good = (
        enrolment_tokens.c.digest == _digest(asked.token),
        enrolment_tokens.c.window == asked.window,
        enrolment_tokens.c.used_at.is_(None),
        enrolment_tokens.c.expires_at > _stamp(now),
    )
    client_id, secret = token_urlsafe(16), token_urlsafe(32)
    client = {"client_id": client_id, "window": asked.window, "digest": _digest(secret), "enrolled_at": _stamp(now)}
    with store.write() as connection:
        used = update(enrolment_tokens).where(*good).values(used_at=_stamp(now))
        if connection.execute(used).rowcount != 1:
            raise Rejection(Kind.ENROLMENT_REFUSED)
        _end_clients(connection, asked.window, now)
        connection.execute(insert(clients), client)
    return ClientMessage(client_id=client_id, client_secret=secret)


def grant(store: Store, client_id: str, secret: str, now: datetime) -> TokenMessage | None:
    """A bearer token for a client that is in force; None for any other."""
    statement = select(clients.c.digest).where(clients.c.client_id == client_id, clients.c.revoked_at.is_(None))
    token = token_urlsafe(32)
    with store.write() as connection:
        kept = connection.scalar(statement)
        if kept is None or not hmac.compare_digest(kept, _digest(secret)):
            return None
        connection.execute(delete(access_tokens).where(access_tokens.c.expires_at <= _stamp(now)))
        row = {"digest": _digest(token), "client_id": client_id, "expires_at": _stamp(now + LIFE)}
        connection.execute(insert(access_tokens), row)
    return TokenMessage(access_token=token, token_type="Bearer", expires_in=int(LIFE.total_seconds()))  # noqa: S106 - the kind of the token


def speaker_behind(store: Store, token: str, now: datetime) -> str | None:
    """The window or node that may speak with this bearer token; None when nobody may."""
    statement = (
        select(clients.c.window)
        .join(access_tokens, access_tokens.c.client_id == clients.c.client_id)
        .where(
            access_tokens.c.digest == _digest(token),
            access_tokens.c.expires_at > _stamp(now),
            clients.c.revoked_at.is_(None),
        )
    )
    with store.read() as connection:
        return connection.scalar(statement)


def _end_clients(connection: Connection, window: str, now: datetime) -> bool:
    in_force = clients.c.window == window, clients.c.revoked_at.is_(None)
    return connection.execute(update(clients).where(*in_force).values(revoked_at=_stamp(now))).rowcount > 0


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _stamp(moment: datetime) -> str:
    """Of one width, so that the order of the texts is that of the times."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def router(store: Store) -> APIRouter:
    """The two routes that ask for no bearer token: it is what they give."""
    routes = APIRouter(tags=["enrolment"])

    @routes.post("/v1/enrolments", summary="Exchange a one-time token for the window's credentials")
    def enrolments(asked: EnrolmentMessage, response: Response) -> ClientMessage:
        response.headers.update(_NO_STORE)
        return enrol(store, asked, datetime.now(UTC))

    @routes.post(
        "/v1/oauth/token",
        summary="A short-lived bearer token for a client (RFC 6749, section 4.4)",
        response_model=TokenMessage,
        responses=_ERRORS,
        openapi_extra=_FORM_BODY,
    )
    async def token(request: Request) -> Response:
        form = await _form(request)
        if form is None:
            return _oauth_error(400, "invalid_request")
        if form.get("grant_type") != "client_credentials":
            return _oauth_error(400, "unsupported_grant_type" if "grant_type" in form else "invalid_request")
        client = _client(request, form)
        granted = await run_in_threadpool(grant, store, *client, datetime.now(UTC)) if client else None
        if granted is None:
            return _oauth_error(401, "invalid_client")
        return JSONResponse(granted.model_dump(), headers=_NO_STORE)

    return routes


async def _form(request: Request) -> dict[str, str] | None:
    """The fields of a small form; None when it is none."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM_TYPE:
        return None
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_FORM_BYTES:
            return None
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    except UnicodeDecodeError:
        return None


def _client(request: Request, form: dict[str, str]) -> tuple[str, str] | None:
    """Who asks: by HTTP Basic, its parts form-encoded, or in the form itself (RFC 6749, section 2.3.1)."""
    client_id, secret = form.get("client_id", ""), form.get("client_secret", "")
    scheme, _, said = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            parts = base64.b64decode(said, validate=True).decode().split(":", 1)
        except ValueError:  # no ASCII, no base64, no UTF-8
            return None
        client_id, secret = (*map(unquote_plus, parts), "")[:2]
    return (client_id, secret) if re.fullmatch(NAME_PATTERN, client_id) else None


def _oauth_error(status: int, error: str) -> JSONResponse:
    headers = _NO_STORE | ({"WWW-Authenticate": 'Basic realm="hub"'} if status == 401 else {})  # noqa: PLR2004 -- as HTTP has it
    return JSONResponse({"error": error}, status, headers)
