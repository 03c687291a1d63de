"""The platform over HTTP: the window protocol spoken with requests, each method one exchange."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from urllib.parse import quote, urlencode

from client.ports.clock import Clock
from client.ports.platform import ChangePage, Event, EventAnswer
from client.sealing.public import PublicKey
from sync.faults import FileFailed, Refused
from sync.protocol import (
    BATCH_TYPE,
    CURSOR_GONE,
    JSON_TYPE,
    MAX_DIGESTS,
    UNKNOWN_EVENT,
    Digests,
    decode_key,
    decode_missing,
    decode_page,
    decode_result,
    decode_results,
    encode_batch,
)
from sync.transport import Transport
from sync.uploads import PIECE, Uploads


def _now() -> datetime:
    return datetime.now(UTC)


class HttpPlatform:
    """`client.ports.platform.Platform` at `base_url` (https; http on this machine alone; without /v1).

    `upload_rate`: bytes a second that all files together may take; None: no bound.

    Raises PlatformError for plain http to another machine, and in its methods what `sync.faults` lists: Unsure (it
    may have arrived), Busy, Refused, FileFailed, and a plain PlatformError when certainly nothing was taken.
    Any thread may ask, several at once.
    """

    def __init__(
        self,
        base_url: str,
        *,
        token: str | None = None,
        clock: Clock = _now,
        piece: int = PIECE,
        upload_rate: int | None = None,
    ) -> None:
        self._transport = Transport(base_url, clock, token=token)
        self._uploads = Uploads(self._transport, piece=piece, rate=upload_rate)

    @property
    def drift(self) -> timedelta | None:
        """How far our clock is ahead of the platform's, by the last answer's Date (whole seconds)."""
        return self._transport.drift

    def close(self) -> None:
        self._transport.close()

    def send(self, events: Sequence[Event]) -> Sequence[EventAnswer]:
        headers = {"Content-Type": BATCH_TYPE}
        answer = self._transport.exchange("POST", "/v1/events", body=encode_batch(events), headers=headers)
        return self._transport.decoded(answer, decode_results)

    def settle(self, source: str, event_id: str) -> EventAnswer | None:
        path = f"/v1/events/{quote(event_id, safe='')}?{urlencode({'source': source})}"
        answer = self._transport.exchange("GET", path)
        if answer.status == HTTPStatus.NOT_FOUND and answer.problem == UNKNOWN_EVENT:
            return None
        return self._transport.decoded(answer, decode_result)

    def missing(self, digests: Sequence[str]) -> Sequence[str]:
        lacking: list[str] = []
        for start in range(0, len(digests), MAX_DIGESTS):
            question = Digests(sha256=list(digests[start : start + MAX_DIGESTS]))
            answer = self._transport.exchange(
                "POST",
                "/v1/files/missing",
                body=question.model_dump_json().encode(),
                headers={"Content-Type": JSON_TYPE},
            )
            lacking += self._transport.decoded(answer, decode_missing)
        return lacking

    def upload(self, digest: str, content: bytes) -> None:
        """One file whole. Raises FileFailed when only this file does not go."""
        try:
            self._uploads.put(digest, content)
        except Refused as error:
            raise FileFailed(error.fault, **error.parameters) from error

    def changes(self, cursor: str, wait: float = 0.0) -> ChangePage:
        """The next page; a cursor the platform no longer knows starts the feed again (replay is harmless)."""
        path = f"/v1/changes?{urlencode({'cursor': cursor, 'wait': wait})}"
        answer = self._transport.exchange("GET", path, patience=wait)
        if cursor and answer.status == HTTPStatus.GONE and answer.problem == CURSOR_GONE:
            return replace(self.changes("", wait), restarted=True)
        return self._transport.decoded(answer, decode_page)

    def key(self) -> PublicKey:
        """The public key to which what travels outside the wire is sealed."""
        return self._transport.decoded(self._transport.exchange("GET", "/v1/key"), decode_key)


def ask_key(url: str, token: str | None) -> PublicKey:
    """The public key of the platform there. Raises PlatformError."""
    with closing(HttpPlatform(url, token=token)) as platform:
        return platform.key()


def ask_drift(url: str, token: str | None) -> timedelta:
    """Ask the platform once; by how much its clock differs from ours. Raises PlatformError."""
    with closing(HttpPlatform(url, token=token)) as platform:
        platform.changes("")
        return platform.drift or timedelta()
