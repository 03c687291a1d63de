"""The messages of the window protocol, one shape for both ends: CloudEvents up, results, changes down, problems.

A CloudEvents attribute is a scalar, so the digests an event needs travel as the extension attribute `files`,
joined by commas and absent when there are none; what each file is (slot, name, size) is said inside `data`.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, StringConstraints, TypeAdapter
from pydantic_core import to_json

from client.errors import StoreError
from client.ports.conflicts import FieldDifference
from client.ports.numbers import Block
from client.ports.platform import Change, ChangePage, Event, EventAnswer, Verdict
from client.rules.agreement import Fact, Held, Range, Sum
from client.sealing.public import PublicKey

BATCH_TYPE = "application/cloudevents-batch+json"
JSON_TYPE = "application/json"
FORM_TYPE = "application/x-www-form-urlencoded"
PROBLEM_TYPE = "application/problem+json"
DATASCHEMA = "urn:yichuang:case-event/v1"
PROBLEM_URI = "urn:yichuang:problem:"
SEQUENCE_DIGITS = 20

MAX_BATCH_EVENTS, MAX_BATCH_BYTES = 1000, 16 << 20
MAX_FORM_BYTES = 4096
MAX_DIGESTS = 1000  # of one question what is missing
MAX_RANGES = 256  # of one question what is held
RANGES_ASKED = 32  # in one: a hub adds up 100 000 days for it (`sync.hub.agreement`), windows of a node have 250 a year
MAX_WAIT = 30.0  # seconds a changes poll may be held open
UNKNOWN_EVENT = "unknown-event"  # problem code: the hub has never seen it
UNKNOWN_BLOCK = "unknown-block"  # problem code: the hub never leased it
CLONED_SOURCE = "cloned-source"  # problem code: another machine speaks as this window
ENROLMENT_REFUSED = "enrolment-refused"  # problem code: the one-time token is not good
CURSOR_GONE = "cursor-gone"  # problem code: start again from the beginning

ID_PATTERN = r"^[0-9A-Za-z._:~-]{1,64}$"
NAME_PATTERN = r"^[!-~]{1,200}$"
SERIES_PATTERN = r"^[^\x00-\x20\x7f]{1,60}$"
MAX_BLOCK, MAX_SERIAL = 10_000, 10**9  # numbers of one block; the last of a series

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 in lower-case hex."""
_Name = Annotated[str, StringConstraints(pattern=NAME_PATTERN)]
_Decisions = Annotated[str, StringConstraints(pattern=r"^[a-z-]{1,40}(,[a-z-]{1,40}){0,9}$")]
_Digests = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}(,[0-9a-f]{64})*$")]


class CloudEvent(BaseModel):
    """One event on the wire (CloudEvents 1.0, JSON). Foreign extension attributes are lawful and not kept."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")

    specversion: Literal["1.0"]
    id: Annotated[str, StringConstraints(pattern=ID_PATTERN)]
    source: _Name
    type: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_.]{0,63}$")]
    subject: _Name
    sequence: Annotated[str, StringConstraints(pattern=r"^00[0-9]{18}$")]  # below 2⁶³, as every database counts
    time: AwareDatetime
    dataschema: Literal["urn:yichuang:case-event/v1"]
    datacontenttype: Literal["application/json"]
    data: dict[str, JsonValue]
    files: _Digests | None = None
    decisions: _Decisions | None = None

    @property
    def decided(self) -> frozenset[str]:
        """What people at the window decided about an earlier refusal."""
        return frozenset(self.decisions.split(",")) if self.decisions else frozenset()

    @property
    def digests(self) -> tuple[str, ...]:
        return tuple(self.files.split(",")) if self.files else ()

    @cached_property
    def place(self) -> int:
        """In the order of its source."""
        return int(self.sequence)

    @cached_property
    def told_at(self) -> str:
        """Its time, as it is kept."""
        return self.time.isoformat()


class DifferenceMessage(BaseModel):
    """One field as it was sent and as the platform has it; the field's name is Chinese, for people."""

    model_config = ConfigDict(frozen=True)

    field: str
    sent: str
    held: str


class Problem(BaseModel):
    """Why something was not done (RFC 9457), with a stable `code`; title and detail are Chinese."""

    model_config = ConfigDict(frozen=True)

    type: str
    title: str
    status: int
    code: str
    detail: str | None = None
    fields: list[str] = Field(default_factory=list)
    differences: list[DifferenceMessage] | None = None


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


class LeaseMessage(BaseModel):
    """A window asks for at most `size` numbers of `series`, above the highest `held`, under a key it chose itself."""

    model_config = ConfigDict(frozen=True)

    source: _Name
    key: Annotated[str, StringConstraints(pattern=ID_PATTERN)]
    series: Annotated[str, StringConstraints(pattern=SERIES_PATTERN)]
    size: Annotated[int, Field(ge=1, le=MAX_BLOCK)]
    held: Annotated[int, Field(ge=0, le=MAX_SERIAL)] = 0


class BlockMessage(BaseModel):
    """A leased block: its serials from `first` to `last`; from `returned_from` on it was given back."""

    model_config = ConfigDict(frozen=True)

    key: str
    series: str
    first: Annotated[int, Field(ge=1)]
    last: Annotated[int, Field(ge=1)]
    returned_from: int | None = None


class RestMessage(BaseModel):
    """A window gives the rest of a block back, from serial `first` on."""

    model_config = ConfigDict(frozen=True)

    source: _Name
    first: Annotated[int, Field(ge=1, lt=1 << 62)]


class EnrolmentMessage(BaseModel):
    """A window shows its one-time token; `window` is its URI without an epoch."""

    model_config = ConfigDict(frozen=True)

    token: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_-]{1,200}$")]
    window: _Name


class ClientMessage(BaseModel):
    """What the window is known by from here on."""

    model_config = ConfigDict(frozen=True)

    client_id: str
    client_secret: str = Field(repr=False)


class TokenMessage(BaseModel):
    """A bearer token, and for how many seconds it is good (RFC 6749, section 5.1)."""

    model_config = ConfigDict(frozen=True)

    access_token: str = Field(repr=False)
    token_type: str
    expires_in: int


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


class RefusalMessage(BaseModel):
    """What a change of kind ChangeKind.EVENT_REFUSED says: an event that was answered for came no further, and why."""

    model_config = ConfigDict(frozen=True)

    event_id: str
    code: str | None = None
    reason: str | None = None
    differences: list[DifferenceMessage] = Field(default_factory=list)


class KeyMessage(BaseModel):
    """The hub's public keys, as `client.sealing.public` writes them: to seal to, and by which it signs packs."""

    model_config = ConfigDict(frozen=True)

    public: str
    signs: str | None = None


class RangeMessage(BaseModel):
    """Heads of case numbers (number without serial and check digit): from `first` on, before `end`."""

    model_config = ConfigDict(frozen=True)

    first: _Name
    end: _Name


class RangesMessage(BaseModel):
    """A question what is held."""

    model_config = ConfigDict(frozen=True)

    ranges: Annotated[list[RangeMessage], Field(max_length=MAX_RANGES)]


class SumMessage(BaseModel):
    """Cases of a range, and the sum modulo 2²⁵⁶ of the marks of all that is held of its cases."""

    model_config = ConfigDict(frozen=True)

    cases: Annotated[int, Field(ge=0)]
    digest: Digest


class SumsMessage(BaseModel):
    """One sum for each range, in the order of the question."""

    model_config = ConfigDict(frozen=True)

    sums: list[SumMessage]


class FactMessage(BaseModel):
    """An event that was taken."""

    model_config = ConfigDict(frozen=True)

    source: str
    id: str
    sequence: int


class HeldMessage(BaseModel):
    """What is held of one case; `told` is the state that went down to its window last, `papers` are 文书编号."""

    model_config = ConfigDict(frozen=True)

    number: str
    key: str | None
    told: str | None
    events: list[FactMessage]
    files: list[Digest]
    papers: list[str] = []

    @property
    def held(self) -> Held:
        facts = frozenset(Fact(each.source, each.id, each.sequence) for each in self.events)
        return Held(self.number, self.key, self.told, facts, frozenset(self.files), frozenset(self.papers))


class HeldMessages(BaseModel):
    model_config = ConfigDict(frozen=True)

    cases: list[HeldMessage]


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
    if event.decisions:
        head["decisions"] = ",".join(event.decisions)
    return to_json(head)[:-1] + b',"data":' + event.data + b"}"


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
    found = tuple(FieldDifference(each.field, each.sent, each.held) for each in problem.differences or ())
    return EventAnswer(result.id, result.verdict, ack=result.ack, code=problem.code, reason=reason, differences=found)


def decode_missing(body: bytes) -> list[str]:
    """The digests the hub lacks. Raises ValueError for anything else."""
    return Digests.model_validate_json(body).sha256


def decode_page(body: bytes) -> ChangePage:
    """A page of the changes feed. Raises ValueError for anything else."""
    page = ChangesMessage.model_validate_json(body)
    changes = tuple(Change(c.kind, c.subject, c.data, c.time) for c in page.changes)
    return ChangePage(changes, page.cursor, page.more)


def decode_key(body: bytes, *, signing: bool = False) -> PublicKey:
    """The hub's public key, or that by which it signs packs. Raises ValueError for anything else, and for none."""
    found = KeyMessage.model_validate_json(body)
    try:
        return PublicKey.parse((found.signs or "") if signing else found.public, "public")
    except StoreError as error:
        raise ValueError(error.code) from error


def encode_ranges(ranges: Sequence[Range]) -> bytes:
    return RangesMessage(ranges=[RangeMessage(first=r.first, end=r.end) for r in ranges]).model_dump_json().encode()


def decode_sums(body: bytes) -> list[Sum]:
    """What the hub holds of each range. Raises ValueError for anything else."""
    return [Sum.of(each.cases, each.digest) for each in SumsMessage.model_validate_json(body).sums]


def decode_held(body: bytes) -> list[Held]:
    """What the hub holds of cases. Raises ValueError for anything else."""
    return [each.held for each in HeldMessages.model_validate_json(body).cases]


def decode_block(body: bytes) -> Block:
    """A leased block. Raises ValueError for anything else."""
    block = BlockMessage.model_validate_json(body)
    if block.first > block.last:
        raise ValueError("a block ends before it begins")
    return Block(block.key, block.series, block.first, block.last)


def decode_problem(body: bytes) -> Problem:
    """A problem document of ours. Raises ValueError for anything else."""
    return Problem.model_validate_json(body)
