"""The 文书 page: every paper of this window, found by what stands on it or by whose it is, masked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from client.desk.counter import Counter
from client.desk.finding import applicant_name, case_number_in, paper_number_in
from client.desk.prints import print_words
from client.ports.papers import PAPER_WORDS, PaperKind
from client.ports.printer import PrintState
from client.retold import retold
from client.rules.characters import compact
from client.rules.numbering import serial_in
from client.rules.periods import period_of
from client.store import paper_search
from client.store.paper_search import PaperHit, PaperKey, PapersSought, Words
from client.store.papers import PAPER_STATE_WORDS, PaperState
from client.text import bracketed, tr

__all__ = [
    "SHOW_WORDS",
    "PaperFound",
    "PaperKey",
    "PaperPage",
    "PaperState",
    "PaperWish",
    "PrintState",
    "Show",
    "find",
    "one",
]

_TAIL = re.compile(r"(?=.*[0-9])[0-9]{4,23}")


class Show(StrEnum):
    """Which papers a list shows, by what is still to be done about them."""

    AWAITING_SEAL = "awaiting_seal"
    READY = "ready"
    TO_PRINT = "to_print"
    NOT_OUT = "not_out"
    IN_DOUBT = "in_doubt"
    UNRENDERED = "unrendered"
    VOIDED = "voided"


SHOW_WORDS: Mapping[Show, str] = MappingProxyType(
    {
        Show.AWAITING_SEAL: PAPER_STATE_WORDS[PaperState.AWAITING_SEAL],
        Show.READY: PAPER_STATE_WORDS[PaperState.READY],
        Show.TO_PRINT: tr("待打印"),
        Show.NOT_OUT: tr("没有打出"),
        Show.IN_DOUBT: tr("结果待查看"),
        Show.UNRENDERED: PAPER_STATE_WORDS[PaperState.UNRENDERED],
        Show.VOIDED: PAPER_STATE_WORDS[PaperState.VOIDED],
    }
)
_STATES: Mapping[Show, PaperState] = MappingProxyType(
    {
        Show.AWAITING_SEAL: PaperState.AWAITING_SEAL,
        Show.READY: PaperState.READY,
        Show.UNRENDERED: PaperState.UNRENDERED,
        Show.VOIDED: PaperState.VOIDED,
    }
)
_PRINTS: Mapping[Show, frozenset[PrintState | None]] = MappingProxyType(
    {
        Show.TO_PRINT: frozenset(
            {
                None,
                PrintState.ASKED,
                PrintState.SENDING,
                PrintState.QUEUED,
                PrintState.PRINTING,
                PrintState.STOPPED,
            }
        ),
        Show.NOT_OUT: frozenset({PrintState.FAILED, PrintState.CANCELLED}),
        Show.IN_DOUBT: frozenset({PrintState.UNKNOWN}),
    }
)


@dataclass(frozen=True, slots=True)
class PaperWish:
    """What is looked for: words of a number or a name, a kind, a state, days as they are typed; all of it must fit."""

    words: str = ""
    kind: PaperKind | None = None
    show: Show | None = None
    days: str = ""


EVERY_PAPER = PaperWish()


@dataclass(frozen=True, slots=True)
class PaperFound:
    """A paper in the list. What is said of printing is said of its newest print, whose number is `reprints`."""

    paper_id: int
    case_id: int
    case_number: str
    kind: PaperKind
    words: str
    number: str | None
    central_number: str | None  # the platform's, where `number` is a provisional one
    applicant_name: str  # masked
    state: PaperState
    state_words: str
    void_reason: str
    issued_at: datetime
    reprints: int
    rendered: bool  # whether the page of that print is there
    print_state: PrintState | None
    print_words: str
    print_reason: str

    @property
    def print_said(self) -> str:
        """What became of its newest print: 没有打出（缺纸）."""
        return self.print_words + bracketed(self.print_reason)

    @property
    def name(self) -> str:
        """How it is called: by its number, else by its kind."""
        return self.number or self.words


@dataclass(frozen=True, slots=True)
class PaperPage:
    """Papers, the newest first; `more` is the key to ask the next page with, None on the last."""

    papers: tuple[PaperFound, ...]
    more: PaperKey | None


def find(counter: Counter, wish: PaperWish = EVERY_PAPER, after: PaperKey | None = None, limit: int = 50) -> PaperPage:
    """Papers that fit the wish. Raises CaseError where its days are none."""
    sought = _sought(counter, wish)
    with counter.memory.read() as connection:
        hits = paper_search.newest(connection, sought, after, limit + 1)
    shown = hits[:limit]
    more = shown[-1].key if len(hits) > limit else None
    return PaperPage(tuple(_found(counter, hit) for hit in shown), more)


def one(counter: Counter, paper_id: int) -> PaperFound | None:
    """That paper as the list has it."""
    with counter.memory.read() as connection:
        hit = paper_search.get(connection, paper_id)
    return None if hit is None else _found(counter, hit)


def _sought(counter: Counter, wish: PaperWish) -> PapersSought:
    period = period_of(wish.days, counter.today())
    zone = counter.clock().tzinfo
    since = before = None
    if period is not None:
        since = datetime.combine(period.first, time(), zone)
        before = datetime.combine(period.last + timedelta(days=1), time(), zone)
    return PapersSought(
        words=_words(wish.words),
        kind=wish.kind,
        state=None if wish.show is None else _STATES.get(wish.show),
        prints=frozenset() if wish.show is None else _PRINTS.get(wish.show, frozenset()),
        since=since,
        before=before,
    )


def _words(told: str) -> Words:
    told = told.strip()
    whole = Words(paper_number=paper_number_in(told), case_number=case_number_in(told))
    if whole or not told:
        return whole
    key = compact(told)
    serial = serial_in(told)
    tail = key if _TAIL.fullmatch(key) else None
    return Words(serial=serial, tail=tail, name=told if serial is None else None)


def _found(counter: Counter, hit: PaperHit) -> PaperFound:
    paper = hit.paper
    return PaperFound(
        paper_id=paper.paper_id,
        case_id=paper.case_id,
        case_number=hit.case_number,
        kind=paper.kind,
        words=PAPER_WORDS[paper.kind],
        number=paper.number,
        central_number=paper.central_number,
        applicant_name=applicant_name(hit.applicant),
        state=paper.state,
        state_words=PAPER_STATE_WORDS[paper.state],
        void_reason=hit.void_reason,
        issued_at=paper.issued_at.astimezone(counter.clock().tzinfo),
        reprints=paper.reprints,
        rendered=hit.print.rendered,
        print_state=hit.print.state,
        print_words=print_words(hit.print.state),
        print_reason=retold(hit.print.reason),
    )
