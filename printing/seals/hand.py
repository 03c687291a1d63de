"""The hand that knows electronic seals, as the desk asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from client.ports.seals import Seal, Verdict
from client.proof.certificates import Certificate
from client.proof.chain import Trust
from printing.seals.structures import SesSeal
from printing.seals.use import judge


@dataclass(frozen=True, slots=True)
class Seals:
    """Reads and judges seals; `trust` is what the hall trusts."""

    trust: Trust

    def read(self, der: bytes) -> Seal:
        return SesSeal.parse(der).seal

    def judge(self, content: bytes, name: str, at: datetime, roots: Sequence[Certificate] = ()) -> Sequence[Verdict]:
        """See `client.ports.seals.SealHand`; `name` counts for nothing, what a file is stands at its beginning."""
        del name
        trust = Trust(tuple(roots), self.trust.between, self.trust.revoked) if roots else self.trust
        return judge(content, at, trust)
