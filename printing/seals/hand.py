"""The hand that knows electronic seals, as the desk asks for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Self

from client.ports.seals import Place, Seal, ToSeal, Verdict, never
from client.ports.statements import Prover
from client.proof.certificates import Certificate
from client.proof.chain import Trust
from printing.seals.structures import SesSeal
from printing.seals.trusted import trust_in
from printing.seals.use import judge, preview


@dataclass(frozen=True, slots=True)
class Seals:
    """Reads and judges seals; `trusted` tells what the hall trusts, anew each time: what IT adds counts at once."""

    trusted: Callable[[], Trust]

    @classmethod
    def of_hall(cls, folders: Sequence[Path]) -> Self:
        """What lies in these folders is trusted."""
        return cls(partial(trust_in, folders))

    @property
    def papers(self) -> Prover:
        from printing.proving import Papers  # noqa: PLC0415 - the fonts load where a paper is asked

        return Papers(self.trusted)

    def read(self, der: bytes) -> Seal:
        return SesSeal.parse(der).seal

    def binds(self, seal: Seal, certificate: Certificate) -> bool:
        return SesSeal.parse(seal.der).binds(certificate.der)

    def judge(self, content: bytes, name: str, at: datetime, roots: Sequence[Certificate] = ()) -> Sequence[Verdict]:
        """See `client.ports.seals.SealHand`; `name` counts for nothing, what a file is stands at its beginning."""
        del name
        hall = self.trusted()
        return judge(content, at, Trust(tuple(roots), hall.between, hall.revoked) if roots else hall)

    def preview(self, content: bytes, is_taken_back: Callable[[], bool] = never) -> bytes:
        return preview(content, is_taken_back)

    def prepare(self, pdf: bytes, seal: Seal, certificate: Certificate, at: datetime, place: Place | None) -> ToSeal:
        from printing.seals.pdf.sealing import prepare  # noqa: PLC0415 - pyHanko loads where a paper is sealed

        return prepare(pdf, seal, certificate, at, place)
