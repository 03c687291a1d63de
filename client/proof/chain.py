"""By whom a certificate is vouched for: from its issuer up to one that is trusted here (RFC 5280, clause 6.1).

Looked at: signatures, whose certificate may issue, how many may stand between, times, what was revoked. Not looked at:
policies and name constraints, which certificates of seals do not carry.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Final, Self

from asn1crypto import pem

from client.proof.certificates import Certificate
from client.proof.faults import ProofError
from client.proof.revoked import RevocationList
from client.text import sentences, tr

MOST_LINKS: Final = 8


class ChainTrouble(IntEnum):
    """What is wrong with a chain. Of several ways up the one that came furthest is told: the higher number."""

    NOT_TRUSTED = 1
    WRONG_SIGNATURE = 2
    NO_AUTHORITY = 3
    TOO_LONG = 4
    OUT_OF_TIME = 5
    REVOKED = 6


@dataclass(frozen=True, slots=True)
class ChainState:
    """How a chain stands; `trouble` None where it ends at a trusted certificate. `detail` names authorities alone."""

    trouble: ChainTrouble | None
    detail: str

    @property
    def ok(self) -> bool:
        return self.trouble is None


@dataclass(frozen=True, slots=True)
class Trust:
    """What a hall trusts: `roots` by being given, whoever issued them; `between` only helps to get there."""

    roots: Sequence[Certificate] = ()
    between: Sequence[Certificate] = ()
    revoked: Sequence[RevocationList] = ()

    @classmethod
    def parse(cls, contents: Iterable[bytes]) -> Self:
        """Out of files of certificates and lists, each DER or PEM with several. Raises ProofError for anything else."""
        roots: list[Certificate] = []
        revoked: list[RevocationList] = []
        for each in (part for content in contents for part in _parts(content)):
            try:
                roots.append(Certificate.parse(each))
            except ProofError as error:
                try:
                    revoked.append(RevocationList.parse(each))
                except ProofError:
                    raise error from None
        return cls(roots, (), revoked)

    def more(self, other: "Trust") -> "Trust":
        """Both together."""
        return Trust((*self.roots, *other.roots), (*self.between, *other.between), (*self.revoked, *other.revoked))


def chain_of(certificate: Certificate, trust: Trust, at: datetime) -> ChainState:
    """How the certificate is vouched for at a moment; its own time is another question.

    A certificate that is trusted itself needs nobody else. Where no list of its issuer was given, that is said.
    """
    return _Climb(trust, at).from_(certificate, ())


class _Climb:
    """One way up after another, none twice."""

    def __init__(self, trust: Trust, at: datetime) -> None:
        self._trust, self._at = trust, at
        self._trusted = {root.der for root in trust.roots}
        self._seen: set[bytes] = set()

    def from_(self, certificate: Certificate, below: tuple[Certificate, ...]) -> ChainState:
        if certificate.der in self._trusted:
            return ChainState(None, tr("信任链止于{name}").format(name=certificate.holder))
        self._seen.add(certificate.der)
        named = [each for each in self._known() if each.subject == certificate.issuer]
        told = {"name": _common_name(certificate.issuer)}
        if not named or len(below) >= MOST_LINKS:
            return ChainState(ChainTrouble.NOT_TRUSTED, tr("签发者{name}不在本机信任的证书之列").format_map(told))
        issuers = [each for each in named if each.has_issued(certificate)]
        if not issuers:
            said = tr("证书上的签名与本机信任的{name}的密钥不符").format_map(told)
            return ChainState(ChainTrouble.WRONG_SIGNATURE, said)
        states = [self._by(issuer, certificate, below) for issuer in issuers]
        return next((state for state in states if state.ok), max(states, key=lambda state: state.trouble or 0))

    def _known(self) -> Iterable[Certificate]:
        return (each for each in (*self._trust.roots, *self._trust.between) if each.der not in self._seen)

    def _by(self, issuer: Certificate, certificate: Certificate, below: tuple[Certificate, ...]) -> ChainState:
        told = {"name": issuer.holder}
        trouble = None
        if not issuer.is_authority or (issuer.usage and "key_cert_sign" not in issuer.usage):
            trouble = ChainState(ChainTrouble.NO_AUTHORITY, tr("{name}的证书不得签发证书").format_map(told))
        elif issuer.path_length is not None and len(below) > issuer.path_length:
            trouble = ChainState(ChainTrouble.TOO_LONG, tr("{name}之下的签发层级超过其限制").format_map(told))
        elif not issuer.is_valid_at(self._at):
            trouble = ChainState(ChainTrouble.OUT_OF_TIME, tr("签发者{name}的证书当时不在有效期内").format_map(told))
        if trouble is not None:
            return trouble
        lists = [each for each in self._trust.revoked if each.is_of(issuer)]
        since = min((when for each in lists if (when := each.since(certificate)) is not None), default=None)
        if since is not None and since <= self._at:
            said = tr("证书已于{day}被{name}吊销").format(day=since.date(), **told)
            return ChainState(ChainTrouble.REVOKED, said)
        above = self.from_(issuer, (*below, certificate))
        return above if below or not above.ok else ChainState(None, sentences((above.detail, _lists_told(lists))))


def _common_name(subject: str) -> str:
    return subject.partition("CN=")[2].partition(", ")[0] or subject


def _lists_told(lists: Sequence[RevocationList]) -> str:
    if not lists:
        return tr("没有吊销列表可供核对")
    newest = max(lists, key=lambda each: each.this_update)
    return tr("已核对{day}的吊销列表").format(day=newest.this_update.date())


def _parts(content: bytes) -> Iterable[bytes]:
    if not pem.detect(content):
        return (content,)
    try:
        return [der for _, _, der in pem.unarmor(content, multiple=True)]
    except ValueError:
        return (content,)
