"""Seals a paper with the organ's own key: which key and seal may, room for the seal, and the entry in the 用印登记簿.

Three steps on three lanes: `begin` makes room (store), the key signs (its own), `finish` verifies and enters (store).
What breaks off between them has sealed nothing and is begun again; a paper that was sealed meanwhile is left.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from client.desk.counter import Counter
from client.desk.paperwork import NO_PAPER, NO_SEAL_OWED, NOT_RENDERED
from client.desk.staff import Staff
from client.errors import CaseError, Fault
from client.ports.keys import KeyOnHand
from client.ports.papers import PAPER_WORDS, PaperKind
from client.ports.seals import Seal, SealHand, ToSeal
from client.proof.certificates import Certificate
from client.proof.faults import ProofError
from client.proof.sm2 import sm3
from client.rules.items import Organ
from client.rules.rights import Right
from client.store import audit, due, papers, prints, seals
from client.store.papers import PaperState
from client.store.seals import KeySeal, LedgerEntry
from client.text import tr

__all__ = ["Begun", "Choice", "LedgerEntry", "Owed", "Sealing"]

DRIFT: Final = timedelta(minutes=10)
"""A clock that far from the platform's seals nothing (protocol.md, time)."""

CLOCK_OFF = Fault(
    "PAPER-230",
    tr("本机时间与平台相差{minutes}分钟，不能用印"),
    tr("请大厅技术人员校准本机时间，待“同步”页核对过时间后再用印；急用时可加盖实体印章并登记"),
)
CLOCK_BEFORE = Fault(
    "PAPER-231",
    tr("本机时间早于文书出具的时间，不能用印"),
    tr("请大厅技术人员校准本机时间后再用印；急用时可加盖实体印章并登记"),
)
OTHER_ORGAN = Fault(
    "PAPER-232",
    tr("这把密码钥匙是{holder}的，文书要用{organ}的印章"),
    tr("请换用{organ}的密码钥匙；没有时可出具接收凭证，或者加盖实体印章并登记"),
)
CERTIFICATE_OVER = Fault(
    "PAPER-233",
    tr("密码钥匙的证书不在有效期内（{begins}至{ends}）"),
    tr("请联系签发机构换发证书，并核对本机日期；在此之前可出具接收凭证，或者加盖实体印章并登记"),
)
SEAL_OVER = Fault(
    "PAPER-234",
    tr("电子印章{seal}不在有效期内（{begins}至{ends}）"),
    tr("请联系电子印章系统的管理人换发印章，并核对本机日期；在此之前可出具接收凭证，或者加盖实体印章并登记"),
)
NO_SEAL = Fault(
    "PAPER-235",
    tr("没有{organ}的电子印章"),
    tr("钥匙里没有印章文件的，请大厅管理员导入（yichuang seals add）；在此之前可出具接收凭证，或者加盖实体印章并登记"),
)
NOT_BOUND = Fault(
    "PAPER-236",
    tr("电子印章{seal}没有授权这把密码钥匙的证书"),
    tr("请换用印章所授权的钥匙，或者请电子印章系统的管理人重新制章"),
)
NO_KEY = Fault(
    "PAPER-237",
    tr("没有插入{organ}的密码钥匙"),
    tr("请插入密码钥匙后再用印；没有时可出具接收凭证，或者加盖实体印章并登记"),
)


@dataclass(frozen=True, slots=True)
class Owed:
    """A paper that waits for its seal, oldest first in the queue."""

    paper_id: int
    case_id: int
    case_number: str
    kind: PaperKind
    words: str
    paper_number: str | None
    organ: str
    organ_name: str
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """A key, one of its certificates, and a seal that is bound to it: together they may seal a paper."""

    key: KeyOnHand
    certificate: Certificate
    seal: Seal

    def is_as(self, other: "Choice") -> bool:
        """The same seal by the same key, however many tries that has left by now."""
        same_key = (self.key.id, self.certificate) == (other.key.id, other.certificate)
        return same_key and self.seal.es_id == other.seal.es_id


@dataclass(frozen=True)
class Begun:
    """A paper with room for its seal; the key signs what its QR code states, and then `to_seal.to_sign`."""

    paper_id: int
    choice: Choice
    at: datetime
    to_seal: ToSeal

    def signed(self, by_key: Callable[[bytes], bytes]) -> tuple["Begun", bytes]:
        """What is to be finished, and the key's signature over it; `by_key` gives one, and is asked at most twice."""
        to_seal = self.to_seal
        if to_seal.to_state:
            to_seal = to_seal.stated(by_key(to_seal.to_state))
        return replace(self, to_seal=to_seal), by_key(to_seal.to_sign)


class Sealing:
    """Use cases of the electronic seal. `on_key`: gives the seals that lie on a key (by its id), unread."""

    def __init__(self, counter: Counter, hand: SealHand) -> None:
        self._counter = counter
        self._hand = hand

    def owed(self, limit: int = 200) -> tuple[Owed, ...]:
        """The papers that wait for their seal, oldest first."""
        zone = self._counter.clock().tzinfo
        with self._counter.memory.read() as connection:
            found = due.unsealed(connection, limit)
        return tuple(
            Owed(
                each.paper_id,
                each.case_id,
                each.case_number,
                each.kind,
                PAPER_WORDS[each.kind],
                each.number,
                each.organ,
                each.organ_name,
                each.issued_at.astimezone(zone),
            )
            for each in found
        )

    def ledger(self, limit: int = 200, before: int | None = None) -> Sequence[LedgerEntry]:
        """The newest lines of the 用印登记簿, or those before the line `before`."""
        with self._counter.memory.read() as connection:
            return seals.ledger(connection, limit, before)

    def choices(
        self, paper_id: int, keys: Sequence[KeyOnHand], on_key: Callable[[str], Sequence[bytes]]
    ) -> tuple[Choice, ...]:
        """What may seal this paper now; more than one where several keys or seals do. Raises CaseError: why none does.

        The seal follows from the organ whose paper it is: keys of other organs do not come into question, and are not
        asked for their seals. Raises DeviceError where a key that does come into question does not answer.
        """
        with self._counter.memory.read() as connection:
            paper = papers.get(connection, paper_id)
            if paper is None:
                raise CaseError(NO_PAPER)
            organ = self._counter.case(connection, paper.case_id).item.organ
            kept = [self._hand.read(seal.der) for seal in seals.kept(connection, organ.uscc)]
        return _fitting(organ, keys, [*_pairs(self._hand, organ, keys, on_key, kept)], kept, self._counter.clock())

    def begin(self, paper_id: int, by: Staff, choice: Choice) -> Begun:
        """Make room for the seal on a paper that waits for it. Raises CaseError, ProofError, RightsError."""
        counter = self._counter
        counter.permit(by, Right.APPLY_SEAL, f"paper:{paper_id}")
        now = counter.clock()
        with counter.memory.read() as connection:
            paper = papers.get(connection, paper_id)
        if paper is None:
            raise CaseError(NO_PAPER)
        if paper.sealed_name is None:
            raise CaseError(NOT_RENDERED)
        if paper.state is not PaperState.AWAITING_SEAL:
            raise CaseError(NO_SEAL_OWED)
        self._require_time(now, paper.issued_at)
        page = counter.memory.files.get(paper.sealed_name)
        return Begun(paper_id, choice, now, self._hand.prepare(page, choice.seal, choice.certificate, now, None))

    def finish(self, begun: Begun, signature: bytes, by: Staff, *, to_printer: bool = False) -> None:
        """Verify the sealed paper and enter it; it may be handed out then. Raises CaseError where it was sealed before.

        Raises ProofError where it does not verify. In one transaction: entry, state, the page that is printed from
        now on, what the platform is told.
        """
        counter = self._counter
        content = begun.to_seal.complete(signature)
        page, certificate, now = counter.memory.files.put(content), begun.choice.certificate, counter.clock()
        seal = begun.choice.seal
        by_key = KeySeal(seal.es_id, certificate.holder, certificate.serial, sm3(content).hex(), page)
        with counter.memory.begin() as connection:
            if not seals.enter(connection, begun.paper_id, seal.name, by.staff_no, now, by_key):
                raise CaseError(NO_SEAL_OWED)
            seals.announce(connection, begun.paper_id, source=counter.memory.source, at=now)
            if to_printer:
                prints.ask(connection, begun.paper_id, 0, now)
            paper = papers.get(connection, begun.paper_id)
            subject = (paper and paper.number) or f"paper:{begun.paper_id}"
            detail = {"seal": seal.name, "es_id": seal.es_id, "certificate": certificate.serial, "sm3": by_key.sm3}
            audit.add(connection, now, by.staff_no, "apply_seal", subject, "done", detail)

    def _require_time(self, now: datetime, issued_at: datetime) -> None:
        compared = self._counter.memory.compared_clock.last
        if compared is not None and abs(compared.ahead) >= DRIFT.total_seconds():
            raise CaseError(CLOCK_OFF, minutes=abs(compared.ahead) // 60)
        if now < issued_at:
            raise CaseError(CLOCK_BEFORE)


def _pairs(
    hand: SealHand,
    organ: Organ,
    keys: Sequence[KeyOnHand],
    on_key: Callable[[str], Sequence[bytes]],
    kept: Sequence[Seal],
) -> Iterator[tuple[Choice, bool]]:
    """Each certificate of the organ with each seal, and whether they are bound; a seal no one can read is none."""
    for key in keys:
        asked = on_key(key.id) if any(each.unit_code == organ.uscc for each in key.certificates) else ()
        own = [seal for seal in (_read(hand, der) for der in asked) if seal is not None]
        for certificate in key.certificates:
            if certificate.unit_code == organ.uscc:
                for seal in (*own, *kept):
                    yield Choice(key, certificate, seal), hand.binds(seal, certificate)
            elif not certificate.unit_code:  # whose it is the seal says alone, that was brought in for this organ
                for seal in kept:
                    if hand.binds(seal, certificate):
                        yield Choice(key, certificate, seal), True


def _read(hand: SealHand, der: bytes) -> Seal | None:
    try:
        return hand.read(der)
    except ProofError:
        return None


def _fitting(
    organ: Organ,
    keys: Sequence[KeyOnHand],
    pairs: Sequence[tuple[Choice, bool]],
    kept: Sequence[Seal],
    now: datetime,
) -> tuple[Choice, ...]:
    """The pairs that may seal now, each seal with a certificate once; else the nearest reason why none may."""
    bound = [choice for choice, is_bound in pairs if is_bound]
    in_time = [choice for choice in bound if choice.certificate.is_valid_at(now)]
    fitting = [choice for choice in in_time if choice.seal.valid_from <= now <= choice.seal.valid_to]
    if fitting:
        return tuple({(each.certificate.der, each.seal.es_id): each for each in fitting}.values())
    if in_time:
        seal = in_time[0].seal
        raise CaseError(SEAL_OVER, seal=seal.name, begins=seal.valid_from.date(), ends=seal.valid_to.date())
    theirs = [certificate for key in keys for certificate in key.certificates if certificate.unit_code == organ.uscc]
    over = [choice.certificate for choice in bound] or [each for each in theirs if not each.is_valid_at(now)]
    if over:
        raise CaseError(CERTIFICATE_OVER, begins=over[0].not_before.date(), ends=over[0].not_after.date())
    if pairs:
        raise CaseError(NOT_BOUND, seal=pairs[0][0].seal.name)
    if theirs:
        raise CaseError(NO_SEAL, organ=organ.name)
    others = [certificate for key in keys for certificate in key.certificates]
    if others:
        raise CaseError(OTHER_ORGAN, holder=others[0].holder, organ=organ.name)
    raise CaseError(NO_KEY if kept or not keys else NO_SEAL, organ=organ.name)
