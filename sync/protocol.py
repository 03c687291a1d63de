"""The messages of the window protocol, one shape for both ends: CloudEvents up, results, changes down, problems.

A CloudEvents attribute is a scalar, so the digests an event needs travel as the extension attribute `files`,
joined by commas and absent when there are none; what each file is (slot, name, size) is said inside `data`.
"""

import json
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, StringConstraints, TypeAdapter

from client.errors import StoreError
from client.ports.platform import Change, ChangePage, Event, EventAnswer, Verdict
from client.sealing.public import PublicKey

BATCH_TYPE = "application/cloudevents-batch+json"
JSON_TYPE = "application/json"
PROBLEM_TYPE = "application/problem+json"
DATASCHEMA = "urn:yichuang:case-event/v1"
PROBLEM_URI = "urn:yichuang:problem:"
SEQUENCE_DIGITS = 20

MAX_BATCH_EVENTS = 1000
MAX_BATCH_BYTES = 16 << 20
MAX_DIGESTS = 1000  # of one question what is missing
MAX_WAIT = 30.0  # seconds a changes poll may be held open
UNKNOWN_EVENT = "unknown-event"  # problem code: the hub has never seen it
EVENT_REFUSED = "event.refused"  # kind of change: the platform above a hall node did not take an event
CURSOR_GONE = "cursor-gone"  # problem code: start again from the beginning

ID_PATTERN = r"^[0-9A-Za-z._:~-]{1,64}$"
NAME_PATTERN = r"^[!-~]{1,200}$"

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 in lower-case hex."""
_Name = Annotated[str, StringConstraints(pattern=NAME_PATTERN)]
_Digests = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}(,[0-9a-f]{64})*$")]


class CloudEvent(BaseModel):
    """One event on the wire (CloudEvents 1.0, JSON). Foreign extension attributes are lawful and not kept."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")

    specversion: Literal["1.0"]
    id: Annotated[str, StringConstraints(pattern=ID_PATTERN)]
    source: _Name
    type: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_.]{0,63}$")]
    subject: _Name
    sequence: Annotated[str, StringConstraints(pattern=r"^0[0-9]{19}$")]  # below 2⁶³, as every database counts
    time: AwareDatetime
    dataschema: Literal["urn:yichuang:case-event/v1"]
    datacontenttype: Literal["application/json"]
    data: dict[str, JsonValue]
    files: _Digests | None = None

    @property
    def digests(self) -> tuple[str, ...]:
        return tuple(self.files.split(",")) if self.files else ()


class Problem(BaseModel):
    """Why something was not done (RFC 9457), with a stable `code`; title and detail are Chinese."""

    model_config = ConfigDict(frozen=True)

    type: str
    title: str
    status: int
    code: str
    detail: str | None = None
    fields: list[str] = Field(default_factory=list)


class Result(BaseModel):
    """What became of one event; `duplicate` repeats the ack of the first answer."""

    model_config = ConfigDict(frozen=True)

    source: str
    id: str
    verdict: Verdict
    ack: str | None = None
    problem: Problem | None = None


class Results(BaseModel):
    model_config = ConfigDict(frozen=True)

    results: list[Result]


class Digests(BaseModel):
    """A question or an answer about files."""

    model_config = ConfigDict(frozen=True)

    sha256: Annotated[list[Digest], Field(max_length=MAX_DIGESTS)]


class ChangeMessage(BaseModel):
    model_config = ConfigDict(frozen=True)

    kind: str
    subject: str
    data: dict[str, JsonValue]
    time: AwareDatetime


class ChangesMessage(BaseModel):
    model_config = ConfigDict(frozen=True)

    changes: list[ChangeMessage]
    cursor: str
    more: bool = False


class KeyMessage(BaseModel):
    """The hub's public key, as `client.sealing.public` writes it."""

    model_config = ConfigDict(frozen=True)

    public: str


EVENTS: TypeAdapter[list[CloudEvent]] = TypeAdapter(list[CloudEvent])


def encode_batch(events: Sequence[Event]) -> bytes:
    """A CloudEvents batch. `data` goes out byte for byte as it was written in the accepting transaction."""
    return b"[" + b",".join(_encode(event) for event in events) + b"]"


def _encode(event: Event) -> bytes:
    head: dict[str, Any] = {
        "specversion": "1.0",
        "id": event.event_id,
        "source": event.source,
        "type": event.type,
        "subject": event.subject,
        "sequence": f"{event.sequence:0{SEQUENCE_DIGITS}d}",
        "time": event.time.isoformat(),
        "dataschema": DATASCHEMA,
        "datacontenttype": JSON_TYPE,
    }
    if event.files:
        head["files"] = ",".join(event.files)
    return json.dumps(head, ensure_ascii=False).encode()[:-1] + b',"data":' + event.data + b"}"


def decode_results(body: bytes) -> list[EventAnswer]:
    """The answers to a batch. Raises ValueError for anything else."""
    return [answer_of(result) for result in Results.model_validate_json(body).results]


def decode_result(body: bytes) -> EventAnswer:
    """The answer to a question about one event. Raises ValueError for anything else."""
    return answer_of(Result.model_validate_json(body))


def answer_of(result: Result) -> EventAnswer:
    """A result as whoever sent the event knows it."""
    problem = result.problem
    if problem is None:
        return EventAnswer(result.id, result.verdict, ack=result.ack)
    reason = problem.title if problem.detail is None else f"{problem.title}：{problem.detail}"
    return EventAnswer(result.id, result.verdict, ack=result.ack, code=problem.code, reason=reason)


def decode_missing(body: bytes) -> list[str]:
    """The digests the hub lacks. Raises ValueError for anything else."""
    return Digests.model_validate_json(body).sha256


def decode_page(body: bytes) -> ChangePage:
    """A page of the changes feed. Raises ValueError for anything else."""
    page = ChangesMessage.model_validate_json(body)
    changes = tuple(Change(c.kind, c.subject, c.data, c.time) for c in page.changes)
    return ChangePage(changes, page.cursor, page.more)


def decode_key(body: bytes) -> PublicKey:
    """The hub's public key. Raises ValueError for anything else."""
    try:
        return PublicKey.parse(KeyMessage.model_validate_json(body).public, "public")
    except StoreError as error:
        raise ValueError(error.code) from error


def decode_problem(body: bytes) -> Problem:
    """A problem document of ours. Raises ValueError for anything else."""
    return Problem.model_validate_json(body)
