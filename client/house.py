"""The opened house as the commands are handed it, and the door that opens it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from client.catalogue import load_calendar, load_catalogue, load_folding, load_regimes
from client.config import Settings
from client.desk.counter import Counter
from client.desk.identity import StoredIdentity
from client.desk.in_force import InForce
from client.desk.packs import renew
from client.desk.staff import Roster
from client.desk.tidying import tidied
from client.ports.agreement import Comparison
from client.ports.clock import Clock
from client.ports.devices import Kinds
from client.ports.glyphs import Lettering
from client.ports.identity import Identity
from client.ports.pages import PageHand
from client.ports.papers import Undrawn
from client.ports.seals import SealHand
from client.ports.sheets import WindowSheet
from client.ports.statements import Prover
from client.ports.templates import Templates
from client.store.memory import Memory
from client.store.papers import PaperSpool
from client.store.profile import Profile


@dataclass(frozen=True, slots=True)
class Check:
    """What one part of the house says of itself; `advice` is empty where all is well."""

    ok: bool
    detail: str
    advice: str = ""


@dataclass(frozen=True)
class House:
    """One window, opened for a command. `render_waiting` draws what waits and returns what it cannot."""

    profile: Profile
    counter: Counter
    roster: Roster
    render_waiting: Callable[[], Sequence[Undrawn]]
    seals: SealHand

    def draw(self, paper_ids: Collection[int]) -> None:
        """Render what waits. Raises DeskError where one of these papers could not be drawn; it goes on waiting."""
        for undrawn in self.render_waiting():
            if undrawn.paper_id in paper_ids:
                raise undrawn.error

    def tidied(self) -> AbstractContextManager[None]:
        """Around the window's work: what it lets go of when it opens, and when it closes and nobody waits."""
        return tidied(self.counter)


def furnished(
    place: Profile,
    memory: Memory,
    settings: Settings,
    clock: Clock,
    pages: PageHand,
    lettering: Lettering,
    render: Callable[[PaperSpool], Sequence[Undrawn]],
    seals: SealHand,
) -> House:
    """A window's house around its opened memory, with the rules in force. Raises StoreError for a broken data file."""
    counter = Counter(
        memory=memory,
        in_force=InForce(load_catalogue(), load_calendar(), settings),
        regimes=load_regimes(),
        clock=clock,
        pages=pages,
        lettering=lettering,
        folding=load_folding(),
    )
    renew(counter)
    return House(place, counter, Roster(memory, clock), lambda: render(memory.spool(clock)), seals)


class Door(Protocol):
    """Opens profiles; made by the front door, which alone knows the hands."""

    def write(self, profile: str) -> AbstractContextManager[House]:
        """For a command that writes: holds the profile, or raises StoreError `store-busy`."""
        ...

    def read(self, profile: str) -> AbstractContextManager[House]:
        """For a command that only reads, beside a running window."""
        ...

    def place(self, profile: str) -> Profile:
        """Where that profile lies, opened or not."""
        ...

    def settings(self, profile: str) -> Settings:
        """Its settings. Raises StoreError."""
        ...

    def passphrase(self, profile: str) -> str | None:
        """What opens its key where there is no keyring."""
        ...

    def pin(self, profile: str) -> str:
        """The PIN of the acting person. Raises RightsError when none is given."""
        ...

    def compare(self, house: House, hub: str | None) -> Comparison | None:
        """Make a pass and compare the window with the platform; None where none is set. Raises PlatformError."""
        ...

    def token(self) -> str | None:
        """The platform's token; None where none is given. Raises StoreError."""
        ...

    def prover(self, profile: str, files: Sequence[Path] = ()) -> Prover:
        """Who says whether papers are genuine, by what the hall trusts and these files besides; it needs no store."""
        ...

    def kinds(self, settings: Settings | None = None, folder: Path | None = None) -> Kinds:
        """What the hands offer to the window with these settings; what is printed in simulation goes into `folder`."""
        ...

    def templates(self, profile: str) -> Templates:
        """By which words the papers of the profile are drawn; it needs no store."""
        ...

    def draw(self, sheet: WindowSheet) -> bytes:
        """A sheet of the window itself as PDF. Raises PaperError."""
        ...

    def checks(self, profile: str) -> Mapping[str, Callable[[], Check]]:
        """What `doctor` asks, by name."""
        ...


@contextmanager
def identity_of(door: Door, profile: str) -> Iterator[Identity | None]:
    """Who the profile is for its platform; None while it has no store."""
    if not door.place(profile).holds_data():
        yield None
        return
    with door.read(profile) as house:
        yield StoredIdentity(house.counter)
