"""Signs the window in at its platform: OAuth 2 client credentials for a short-lived bearer token (RFC 6749, 4.4)."""

import base64
from http import HTTPStatus
from threading import Lock
from time import monotonic
from urllib.parse import quote_plus

from client.ports.identity import Credentials
from sync.faults import SIGNED_OUT, Stopped
from sync.protocol import FORM_TYPE, TokenMessage
from sync.transport import Transport

_EARLY = 30.0  # seconds before its end a token is renewed, or at half its life if that is shorter


class SignIn:
    """The bearer tokens of one enrolled window, each used by all senders until it runs out."""

    def __init__(self, transport: Transport, credentials: Credentials) -> None:
        self._transport = transport
        self._credentials = credentials
        self._lock = Lock()
        self._token: str | None = None
        self._until = 0.0

    def token(self) -> str:
        """Raises Stopped when the platform knows this window no more, PlatformError when it does not answer."""
        with self._lock:
            if self._token is None or monotonic() >= self._until:
                granted = self._ask()
                self._token = granted.access_token
                self._until = monotonic() + max(granted.expires_in / 2, granted.expires_in - _EARLY)
            return self._token

    def renew(self) -> bool:
        with self._lock:
            self._token = None
        return True

    def _ask(self) -> TokenMessage:
        pair = f"{quote_plus(self._credentials.client_id)}:{quote_plus(self._credentials.secret)}"
        headers = {
            "Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}",
            "Content-Type": FORM_TYPE,
        }
        body = b"grant_type=client_credentials"
        answer = self._transport.exchange("POST", "/v1/oauth/token", body=body, headers=headers)
        if answer.status in {HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED}:
            raise Stopped(SIGNED_OUT, status=answer.status)
        return self._transport.decoded(answer, TokenMessage.model_validate_json)
