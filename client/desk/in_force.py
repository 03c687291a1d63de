"""What this window works by: what came with the program and its file, and over it what the platform sent down."""

import json
from collections.abc import Mapping, Sequence
from threading import Lock

from client.catalogue import Catalogue
from client.config import Settings, under_policy
from client.rules.deadlines import CalendarYear, WorkCalendar
from client.rules.items import KEPT, Item
from client.rules.packs import PackKind, offered
from client.store.packs import Part


class InForce:
    """Catalogue, calendar and settings as they stand; each is replaced whole, harmless on any thread.

    As soon as the platform has sent items, those that came with the program are no longer offered: they are a sample.
    A case keeps the version it was opened with all the same. The items that were sent are read when they are first
    asked for: a province's catalogue is long, and most commands open no case.
    """

    def __init__(self, catalogue: Catalogue, calendar: WorkCalendar, settings: Settings) -> None:
        self._shipped = catalogue, calendar
        self._own = settings
        self._lock = Lock()
        self._items: Sequence[Part] = ()
        self._catalogue: Catalogue | None = catalogue
        self.calendar = calendar
        self.settings = settings

    @property
    def catalogue(self) -> Catalogue:
        """The items on offer, and every version of them."""
        with self._lock:
            if self._catalogue is None:
                self._catalogue = _offered(self._items)
            return self._catalogue

    @property
    def policy(self) -> frozenset[str]:
        """Names of the settings in which the platform decided otherwise than the window's own."""
        names = Settings.model_fields
        return frozenset(name for name in names if getattr(self._own, name) != getattr(self.settings, name))

    def move_devices(self, addresses: Mapping[str, str]) -> None:
        """From here on the window's devices are at these addresses, by the names of their settings."""
        self._own = self._own.model_copy(update=addresses)
        self.settings = self.settings.model_copy(update=addresses)

    def take(self, parts: Sequence[Part]) -> None:
        """From here on all these count, each of them looked through when it came. Raises StoreError."""
        said = {kind: [part for part in parts if part.kind == kind] for kind in PackKind}
        settings = self._own
        for part in said[PackKind.POLICY]:
            settings = under_policy(self._own, json.loads(part.body or "{}"))
        catalogue, calendar = self._shipped
        years = [CalendarYear.model_validate_json(part.body) for part in said[PackKind.CALENDAR] if part.body]
        self.settings, self.calendar = settings, calendar.amended(years)
        with self._lock:
            self._items = said[PackKind.CATALOGUE]
            self._catalogue = None if self._items else catalogue


def _offered(parts: Sequence[Part]) -> Catalogue:
    named = [(part.issued_at, Item.model_validate_json(part.body, context=KEPT)) for part in parts if part.body]
    return Catalogue(offered(named, {part.key: part.issued_at for part in parts if part.body is None}), {})
