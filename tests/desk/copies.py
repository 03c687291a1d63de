"""A hall that keeps second copies: a window, a volume, and the keys of hub and hall."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import Connection, select

from client.config import Settings
from client.ports.platform import EventAnswer, Verdict
from client.sealing.bundle import Part
from client.sealing.envelope import public_of
from client.store import second_copy
from client.store.memory import Memory
from client.store.opening import open_memory
from client.store.profile import Profile
from client.store.rescue import Rescued, rescue
from client.store.second_copy import CopiedParts, SecondCopy
from client.store.tables import metadata
from tests.desk.counter import CLERK, MORNING, PASSPHRASE, Desk

HUB, HALL = X25519PrivateKey.generate(), X25519PrivateKey.generate()
KEYS = {"hub_key": str(public_of(HUB)), "recovery_key": str(public_of(HALL))}

# What hangs on a case; the rest of a store is the window's own.
TRAVELS = ("items", "cases", "applicants", "forms", "slots", "pages", "papers", "spool", "seal_ledger")


@dataclass
class Hall:
    desk: Desk
    volume: Path

    @property
    def folder(self) -> Path:
        return second_copy.folder_of(self.volume, self.desk.memory.source)

    def copy(self) -> SecondCopy:
        return SecondCopy(self.desk.memory, self.desk.counter.settings, self.volume)

    def accept(self) -> int:
        case_id = self.desk.draft()
        self.desk.intake.accept(case_id, CLERK)
        return case_id

    def arrive(self) -> None:
        """Everything there is arrives at the platform."""
        arrive(self.desk.memory)

    def cases_copied(self) -> list[str]:
        return sorted(path.name for path in self.folder.glob("*-*") if any(path.glob("*.case")))

    def key_of(self, case_id: int) -> str:
        return self.desk.record(case_id).key

    def parts(self, private: X25519PrivateKey = HALL) -> CopiedParts:
        return CopiedParts(self.folder, private)


def hall(desk: Desk, volume: Path) -> Hall:
    volume.mkdir()
    second_copy.prepare(volume)
    desk.configure(second_copy=str(volume), **KEYS)
    return Hall(desk, volume)


def arrive(memory: Memory) -> None:
    ids = [entry.event_id for entry in memory.outbox().entries(settled=False)]
    memory.outbox().answered([EventAnswer(each, Verdict.ACCEPTED, ack="R1") for each in ids], MORNING)


def nothing_more(_connection: Connection, _settings: Settings, _found: Rescued) -> None:
    """For a rescue without numbers to leave out."""


def rescued(parts: Iterable[Part], folder: Path, also: Callable[..., None] = nothing_more) -> tuple[Rescued, Profile]:
    profile = Profile(folder)
    found = rescue(parts, profile, also, passphrase=PASSPHRASE, program="test", now=MORNING)
    return found, profile


@contextmanager
def opened(profile: Profile) -> Iterator[Memory]:
    with open_memory(
        profile, "urn:yichuang:window:other", passphrase=PASSPHRASE, program="test", now=MORNING
    ) as memory:
        yield memory


def travelling_rows(memory: Memory) -> dict[str, list[tuple[object, ...]]]:
    """The rows of all cases, without the names of sealed files, which every store gives by its own key."""
    with memory.read() as connection:
        return {
            name: [
                tuple(row)
                for row in connection.execute(
                    select(*(c for c in metadata.tables[name].columns if c.name != "sealed_name")).order_by(
                        *metadata.tables[name].primary_key.columns
                    )
                )
            ]
            for name in TRAVELS
        }
