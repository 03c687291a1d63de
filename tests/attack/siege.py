"""One profile under attack: lives of windows on it, the promises they made, and the judgement at the end."""

import random
import shutil
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from client.store.keys import StoreKey, open_key
from client.store.profile import Profile
from tests.attack.checker import at_the_platform, violations
from tests.attack.ledger import Durations, Ledger, cut_short
from tests.attack.nursery import Nursery, Window
from tests.attack.orders import Order
from tests.hubs import HubProcess

PASSPHRASE = "示例口令"
BEYOND = 1.3  # a step may be cut a little after its usual end too
LONGEST_LIFE = 2.5  # cases, for a kill anywhere
LATEST = {"attaching": 10, "accepting": 3, "rendering": 3, "sending": 3}
"""A step that comes often is cut in one of its first occurrences in a life."""


@dataclass(frozen=True)
class Fresh:
    """A profile that was just made, with its people; to be copied, for a key takes its time to make."""

    folder: Path
    key_file: Path
    key: StoreKey

    @classmethod
    def make(cls, nursery: Nursery, folder: Path) -> "Fresh":
        key_file = folder / "passphrase.txt"
        key_file.write_text(PASSPHRASE, encoding="utf-8")
        nursery.run(Order("prepare", str(folder / "fresh"), str(key_file)))
        return cls(folder / "fresh", key_file, open_key(folder / "fresh", PASSPHRASE))


@dataclass
class Siege:
    """`order` is the life its windows lead; `deaths` counts where kills were aimed, `cut` what they cut."""

    nursery: Nursery
    profile: Profile
    key: StoreKey
    order: Order
    luck: random.Random
    ledger: Ledger = field(default_factory=Ledger)
    durations: Durations = field(default_factory=Durations)
    deaths: Counter[str] = field(default_factory=Counter)
    cut: Counter[str] = field(default_factory=Counter)

    @classmethod
    def lay(cls, nursery: Nursery, fresh: Fresh, folder: Path, seed: int, hub: str = "") -> "Siege":
        shutil.copytree(fresh.folder, folder / "window")
        order = Order("work", str(folder / "window"), str(fresh.key_file), hub)
        return cls(nursery, Profile(folder / "window"), fresh.key, order, random.Random(seed))

    def kill_in(self, step: str) -> None:
        """Kill a new window at an instant drawn evenly over the usual length of `step`."""
        window = self.nursery.start(self.order)
        window.wait_for(step, times=self.luck.randint(1, LATEST.get(step, 1)))
        reach = LONGEST_LIFE if step == "ready" else BEYOND
        window.listen_for(self.luck.uniform(0, reach * self.durations.of(step)))
        self.end(window, step)

    def end(self, window: Window, step: str) -> None:
        window.kill()
        self.deaths[step] += 1
        self.ledger.hear(window.marks)
        self.durations.hear(window.marks)
        self.cut.update(cut_short(window.marks))

    def judge(self) -> list[str]:
        return violations(self.profile, self.key, self.ledger)

    def settle(self, hub: HubProcess) -> list[str]:
        """Let a last window print and send everything, and compare with the platform."""
        return self.settled(self.last_window(), hub)

    def last_window(self) -> Window:
        """One that prints and sends everything."""
        return self.nursery.start(replace(self.order, job="settle"))

    def settled(self, window: Window, hub: HubProcess, own: str = "") -> list[str]:
        """Hear it out, and compare with the platform; `own` is how this window's case numbers begin."""
        status = window.ended()
        self.ledger.hear(window.marks)
        late = [] if status == 0 else [f"stuck: the last window ended with {status}: {self.nursery.last_words()}"]
        return late + self.judge() + at_the_platform(self.profile, self.key, hub.store_url, own)
