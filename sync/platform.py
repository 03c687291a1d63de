"""The platform over HTTP: the window protocol spoken with requests, each method one exchange."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from http import HTTPStatus
from urllib.parse import quote, urlencode

from client.ports.clock import Clock
from client.ports.platform import ChangePage, Event, EventAnswer
from client.rules.agreement import Held, Range, Sum
from sync.faults import FileFailed, Refused
from sync.protocol import (
    BATCH_TYPE,
    CURSOR_GONE,
    JSON_TYPE,
    MAX_DIGESTS,
    MAX_RANGES,
    UNKNOWN_EVENT,
    Digests,
    decode_held,
    decode_missing,
    decode_page,
    decode_result,
    decode_results,
    decode_sums,
    encode_batch,
    encode_ranges,
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

    def sums(self, ranges: Sequence[Range]) -> Sequence[Sum]:
        """What the platform holds of each range (`client.ports.agreement.Books`)."""
        headers = {"Content-Type": JSON_TYPE}
        found: list[Sum] = []
        for start in range(0, len(ranges), MAX_RANGES):
            asked = ranges[start : start + MAX_RANGES]
            answer = self._transport.exchange("POST", "/v1/digests", body=encode_ranges(asked), headers=headers)
            found += self._transport.decoded(answer, partial(_as_many, len(asked)))
        return found

    def cases(self, within: Range, after: str) -> Sequence[Held]:
        """The cases of a range, a page of them (`client.ports.agreement.Books`)."""
        query = urlencode({"first": within.first, "end": within.end, "after": after})
        answer = self._transport.exchange("GET", f"/v1/digests/cases?{query}")
        return self._transport.decoded(answer, decode_held)

    def changes(self, cursor: str, wait: float = 0.0) -> ChangePage:
        """The next page; a cursor the platform no longer knows starts the feed again (replay is harmless)."""
        path = f"/v1/changes?{urlencode({'cursor': cursor, 'wait': wait})}"
        answer = self._transport.exchange("GET", path, patience=wait)
        if cursor and answer.status == HTTPStatus.GONE and answer.problem == CURSOR_GONE:
            return replace(self.changes("", wait), restarted=True)
        return self._transport.decoded(answer, decode_page)


def _as_many(count: int, body: bytes) -> list[Sum]:
    """So many sums. Raises ValueError for fewer or more: they could not be told apart."""
    found = decode_sums(body)
    if len(found) != count:
        raise ValueError("another number of sums than of ranges")
    return found


def ask_drift(url: str, token: str | None) -> timedelta:
    """Ask the platform once; by how much its clock differs from ours. Raises PlatformError."""
    with closing(HttpPlatform(url, token=token)) as platform:
        platform.changes("")
        return platform.drift or timedelta()
