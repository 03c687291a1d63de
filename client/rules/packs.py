"""What the platform sends down for its windows to work by: items of the catalogue, years of the calendar, a policy.

Of two packs that speak of one thing the one issued later counts, whatever road and order they came by; numbers are for
people, and begin again where a platform is restored. A version of an item never changes: cases are pinned to it.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, StringConstraints, model_validator

from client.rules.deadlines import CalendarYear
from client.rules.items import Code, Item, Rule

Hall = Annotated[str, StringConstraints(pattern=r"^([0-9]{6}-[0-9]{2})?$")]


class Pack(Rule):
    """One pack. `hall` is whom it is for (region and hall, e.g. 110101-01); "": every hall.

    `withdrawn` are 业务办理项编码 no longer offered; `policy` are settings by name, over those of a window's own file.
    """

    number: int = Field(ge=1, lt=1 << 62)
    issued_at: AwareDatetime
    hall: Hall = ""
    items: tuple[Item, ...] = ()
    withdrawn: tuple[Code, ...] = ()
    years: tuple[CalendarYear, ...] = ()
    policy: Mapping[str, JsonValue] | None = None

    @model_validator(mode="after")
    def _says_each_thing_once(self) -> Self:
        said = [
            *((item.task_handle_item, item.version) for item in self.items),
            *((code, 0) for code in self.withdrawn),
            *((str(year.year), 0) for year in self.years),
        ]
        if len(set(said)) < len(said):
            raise ValueError("a pack says one thing twice")
        if both := {item.task_handle_item for item in self.items} & set(self.withdrawn):
            raise ValueError(f"withdrawn: {min(both)} is among the items")
        return self

    @property
    def contents(self) -> "tuple[PackKind, ...]":
        """Of what it speaks."""
        spoken = {
            PackKind.CATALOGUE: bool(self.items or self.withdrawn),
            PackKind.CALENDAR: bool(self.years),
            PackKind.POLICY: self.policy is not None,
        }
        return tuple(kind for kind, said in spoken.items() if said)


class WindowPolicy(BaseModel):
    """What a platform may decide for its windows, over their own settings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    # So many 文书编号 of each word are leased from the platform at a time, instead of paper_serials; None: not leased.
    paper_block: Annotated[int, Field(ge=5, le=10_000)] | None = None
    idle_lock_minutes: Annotated[int, Field(ge=1, le=120)] = 10
    keep_days: Annotated[int, Field(ge=1)] = 90  # how long sent files stay here after the platform has them
    lock_with_key: bool = False  # whoever pulls the seal key out leaves the window: it locks
    card_block_days: Annotated[int, Field(ge=0, le=3650)] = 30  # how long the text of a read card is kept as it came
    upload_kib: Annotated[int, Field(ge=16)] | None = None  # KiB a second for files on their way up; None: no bound


class PackKind(StrEnum):
    CATALOGUE = "catalogue"
    CALENDAR = "calendar"
    POLICY = "policy"


def offered(items: Iterable[tuple[str, Item]], withdrawn: Mapping[str, str]) -> tuple[Item, ...]:
    """The items that are in force, every version of them; each beside the time of the pack that named it last.

    One is not, when a later pack withdrew it. Times are sortable.
    """
    named = list(items)
    latest: dict[str, str] = {}
    for time, item in named:
        latest[item.task_handle_item] = max(time, latest.get(item.task_handle_item, ""))
    return tuple(item for _, item in named if latest[item.task_handle_item] > withdrawn.get(item.task_handle_item, ""))
