"""The electronic seals that lie at the window, for keys that do not carry theirs: brought in, listed, withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from client.desk.counter import Counter
from client.desk.staff import Staff
from client.errors import CaseError, Fault
from client.ports.seals import Seal, SealHand
from client.rules.items import Organ
from client.rules.rights import Right
from client.store import audit, seals
from client.store.seals import KeptSeal
from client.text import tr

WHOSE_SEAL = Fault(
    "PAPER-238",
    tr("没有写明印章{seal}是哪个机关的"),
    tr("印章授权的证书中没有目录内机关的统一社会信用代码，请用 --organ 写明；可用的机关：{known}"),
)
UNKNOWN_ORGAN = Fault("PAPER-239", tr("事项目录中没有代码为{organ}的机关"), tr("请核对代码；可用的机关：{known}"))
NO_SUCH_SEAL = Fault("PAPER-240", tr("没有这枚电子印章"), tr("请用 yichuang seals list 核对机关代码和印章编号"))


@dataclass(frozen=True, slots=True)
class ShelvedSeal:
    """A seal with the organ it was brought in for."""

    organ: str
    organ_name: str
    seal: Seal


class SealShelf:
    """Use cases of the seals at the window; each is one transaction with its audit entry."""

    def __init__(self, counter: Counter, hand: SealHand) -> None:
        self._counter = counter
        self._hand = hand

    def shelved(self) -> Sequence[ShelvedSeal]:
        """The seals, by organ."""
        names = {organ.uscc: organ.name for organ in self._counter.catalogue.organs()}
        with self._counter.memory.read() as connection:
            found = seals.kept(connection)
        return [ShelvedSeal(each.organ, names.get(each.organ, each.organ), self._hand.read(each.der)) for each in found]

    def bring_in(self, der: bytes, by: Staff, organ: str | None = None) -> Seal:
        """Bring in a seal file for an organ of the catalogue; one of the same id takes the place of the former.

        Without `organ` it is that of the certificates the seal is bound to. Raises ProofError for what is no seal,
        CaseError where nobody can tell whose it is, RightsError.
        """
        counter = self._counter
        seal = self._hand.read(der)
        counter.permit(by, Right.KEEP_SEALS, f"seal:{seal.es_id}")
        whose, now = self._whose(seal, organ), counter.clock()
        with counter.memory.begin() as connection:
            seals.keep(connection, KeptSeal(whose.uscc, seal.es_id, der))
            detail = {"es_id": seal.es_id, "name": seal.name, "organ": whose.uscc}
            audit.add(connection, now, by.staff_no, "keep_seal", f"seal:{seal.es_id}", "done", detail)
        return seal

    def withdraw(self, organ: str, es_id: str, by: Staff) -> None:
        """Use a seal no more. Raises CaseError where there is none."""
        counter = self._counter
        counter.permit(by, Right.KEEP_SEALS, f"seal:{es_id}")
        with counter.memory.begin() as connection:
            if not seals.withdraw(connection, organ, es_id):
                raise CaseError(NO_SUCH_SEAL)
            detail = {"es_id": es_id, "organ": organ}
            audit.add(connection, counter.clock(), by.staff_no, "withdraw_seal", f"seal:{es_id}", "done", detail)

    def _whose(self, seal: Seal, organ: str | None) -> Organ:
        organs = {each.uscc: each for each in self._counter.catalogue.organs()}
        known = "、".join(f"{each.name} {each.uscc}" for each in organs.values())
        if organ is not None:
            if organ not in organs:
                raise CaseError(UNKNOWN_ORGAN, organ=organ, known=known)
            return organs[organ]
        found = [organs[unit] for unit in seal.units if unit in organs]
        if len(found) != 1:
            raise CaseError(WHOSE_SEAL, seal=seal.name, known=known)
        return found[0]
