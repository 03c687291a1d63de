"""The platform over HTTP: the window protocol spoken with requests, each method one exchange."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from http import HTTPStatus
from urllib.parse import quote, urlencode

from pydantic import BaseModel

from client.errors import PlatformError
from client.ports.clock import Clock
from client.ports.id_card import IdentityDocument
from client.ports.identity import Credentials, Identity
from client.ports.numbers import Block, BlockRest, BlockWish
from client.ports.platform import ChangePage, Event, EventAnswer
from client.ports.wires import Wires
from client.rules.agreement import Held, Range, Sum
from client.sealing.public import PublicKey
from sync.faults import NOT_A_PLATFORM, NOT_ENROLLED, NOT_SHOWN, FileFailed, Refused, Unsure
from sync.protocol import (
    BATCH_TYPE,
    CURSOR_GONE,
    ENROLMENT_REFUSED,
    JSON_TYPE,
    MAX_DIGESTS,
    RANGES_ASKED,
    UNKNOWN_BLOCK,
    UNKNOWN_EVENT,
    ClientMessage,
    Digests,
    EnrolmentMessage,
    LeaseMessage,
    RestMessage,
    decode_block,
    decode_held,
    decode_key,
    decode_missing,
    decode_page,
    decode_result,
    decode_results,
    decode_sums,
    encode_batch,
    encode_ranges,
)
from sync.shown import UNKNOWN_CODE, ShownCode, decode_document
from sync.sign_in import SignIn
from sync.transport import Answer, FixedToken, Transport
from sync.uploads import PIECE, Uploads


def _now() -> datetime:
    return datetime.now(UTC)


class HttpPlatform:
    """`client.ports.platform.Platform` and `client.ports.numbers.NumberOffice` at `base_url`.

    That is https, http on this machine alone, and without /v1.

    `credentials` sign an enrolled window in; without, `token` is shown. `upload_rate`: bytes a second that all files
    together may take; None: no bound. `hall`: whose changes are read; None: whatever the platform shows.

    Raises PlatformError for plain http to another machine, and in its methods what `sync.faults` lists: Unsure (it
    may have arrived), Busy, Refused, FileFailed, and a plain PlatformError when certainly nothing was taken.
    Any thread may ask, several at once.
    """

    def __init__(
        self,
        base_url: str,
        *,
        token: str | None = None,
        credentials: Credentials | None = None,
        clock: Clock = _now,
        piece: int = PIECE,
        upload_rate: int | None = None,
        hall: str | None = None,
    ) -> None:
        self._hall = {} if hall is None else {"hall": hall}
        self._door = Transport(base_url, clock)
        bearer = SignIn(self._door, credentials) if credentials else FixedToken(token)
        self._transport = Transport(base_url, clock, bearer=bearer)
        self._uploads = Uploads(self._transport, piece=piece, rate=upload_rate)

    @property
    def drift(self) -> timedelta | None:
        """How far our clock is ahead of the platform's, by the last answer's Date (whole seconds)."""
        return self._transport.drift

    def close(self) -> None:
        self._transport.close()
        self._door.close()

    def abort(self) -> None:
        """End what is under way, from any thread; nothing can be asked afterwards."""
        self._transport.abort()
        self._door.abort()

    def enrol(self, token: str, window: str) -> Credentials:
        """The credentials of `window` (its URI without an epoch) for a one-time token. Raises PlatformError."""
        body = EnrolmentMessage(token=token, window=window).model_dump_json().encode()
        answer = self._door.exchange("POST", "/v1/enrolments", body=body, headers={"Content-Type": JSON_TYPE})
        if answer.problem == ENROLMENT_REFUSED:
            raise PlatformError(NOT_ENROLLED)
        client = self._door.decoded(answer, ClientMessage.model_validate_json)
        return Credentials(self._door.base_url, client.client_id, client.client_secret)

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
            answer = self._ask("/v1/files/missing", question)
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
        for start in range(0, len(ranges), RANGES_ASKED):
            asked = ranges[start : start + RANGES_ASKED]
            answer = self._transport.exchange("POST", "/v1/digests", body=encode_ranges(asked), headers=headers)
            found += self._transport.decoded(answer, partial(_as_many, len(asked)))
        return found

    def cases(self, within: Range, after: str) -> Sequence[Held]:
        """The cases of a range, a page of them (`client.ports.agreement.Books`)."""
        query = urlencode({"first": within.first, "end": within.end, "after": after})
        answer = self._transport.exchange("GET", f"/v1/digests/cases?{query}")
        return self._transport.decoded(answer, decode_held)

    def lease(self, wish: BlockWish) -> Block:
        """The block of the wish's key. Raises Unsure for an answer about another one."""
        question = LeaseMessage(**asdict(wish))
        answer = self._ask("/v1/numbers/blocks", question)
        block = self._transport.decoded(answer, decode_block)
        if (block.key, block.series) != (wish.key, wish.series):
            raise Unsure(NOT_A_PLATFORM, host=self._transport.host, status=answer.status)
        return block

    def give_back(self, rest: BlockRest) -> None:
        """A platform that was restored may not know the block: then there is nothing to give back."""
        path = f"/v1/numbers/blocks/{quote(rest.key, safe='')}/return"
        answer = self._ask(path, RestMessage(source=rest.source, first=rest.first))
        if answer.problem != UNKNOWN_BLOCK:
            self._transport.decoded(answer, decode_block)

    def shown(self, code: str) -> IdentityDocument:
        """The document behind a code that a citizen shows （亮证）."""
        answer = self._ask("/v1/documents/shown", ShownCode(code=code))
        if answer.problem == UNKNOWN_CODE:
            raise PlatformError(NOT_SHOWN)
        return self._transport.decoded(answer, decode_document)

    def changes(self, cursor: str, wait: float = 0.0) -> ChangePage:
        """The next page; a cursor the platform no longer knows starts the feed again (replay is harmless)."""
        path = f"/v1/changes?{urlencode({'cursor': cursor, 'wait': wait} | self._hall)}"
        answer = self._transport.exchange("GET", path, patience=wait)
        if cursor and answer.status == HTTPStatus.GONE and answer.problem == CURSOR_GONE:
            return replace(self.changes("", wait), restarted=True)
        return self._transport.decoded(answer, decode_page)

    def key(self, *, signing: bool = False) -> PublicKey:
        """The public key to which what travels outside the wire is sealed, or that by which packs are signed."""
        decode = partial(decode_key, signing=signing)
        return self._transport.decoded(self._transport.exchange("GET", "/v1/key"), decode)

    def _ask(self, path: str, question: BaseModel) -> Answer:
        body = question.model_dump_json().encode()
        return self._transport.exchange("POST", path, body=body, headers={"Content-Type": JSON_TYPE})


def _as_many(count: int, body: bytes) -> list[Sum]:
    """So many sums. Raises ValueError for fewer or more: they could not be told apart."""
    found = decode_sums(body)
    if len(found) != count:
        raise ValueError("another number of sums than of ranges")
    return found


def platform_at(url: str, wires: Wires, token: str | None) -> HttpPlatform:
    """The platform at `url` as this window speaks to it: enrolled where it is, by `token` anywhere else."""
    own = _own(wires.identity, url)
    return HttpPlatform(
        url, token=token, credentials=own, clock=wires.clock, upload_rate=wires.upload_rate, hall=wires.hall
    )


def ask_drift(url: str, token: str | None, identity: Identity | None = None) -> timedelta:
    """Ask the platform once; by how much its clock differs from ours. Raises PlatformError."""
    own = _own(identity, url) if identity else None
    with closing(HttpPlatform(url, token=token, credentials=own)) as platform:
        platform.changes("")
        return platform.drift or timedelta()


def ask_key(url: str, token: str | None, identity: Identity | None = None, *, signing: bool = False) -> PublicKey:
    """The public key of the platform there, or that by which it signs packs. Raises PlatformError."""
    own = _own(identity, url) if identity else None
    with closing(HttpPlatform(url, token=token, credentials=own)) as platform:
        return platform.key(signing=signing)


def _own(identity: Identity, url: str) -> Credentials | None:
    """What the platform at `url` gave this window: a secret goes to nobody else."""
    kept = identity.credentials()
    return kept if kept and kept.hub_url == url.rstrip("/") else None
