"""What this window works by: what came with the program and its file, and over it what the platform sent down."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from client.catalogue import Catalogue
from client.config import Settings, under_policy
from client.rules.deadlines import CalendarYear, WorkCalendar
from client.rules.items import KEPT, Item
from client.rules.packs import PackKind, offered
from client.store.packs import Part


@dataclass(frozen=True, slots=True)
class _Rules:
    catalogue: Catalogue
    calendar: WorkCalendar


class InForce:
    """Catalogue, calendar and settings as they stand; each is replaced whole, harmless on any thread.

    As soon as the platform has sent items, those that came with the program are no longer offered: they are a sample.
    A case keeps the version it was opened with all the same. What was sent is read when it is first asked for: a
    province's catalogue is long, and most commands open no case.
    """

    def __init__(self, catalogue: Catalogue, calendar: WorkCalendar, settings: Settings) -> None:
        self._shipped = _Rules(catalogue, calendar)
        self._own = settings
        self._lock = Lock()
        self._parts: Sequence[Part] = ()
        self._rules: _Rules | None = self._shipped
        self._settings = settings

    @property
    def catalogue(self) -> Catalogue:
        return self._read().catalogue

    @property
    def calendar(self) -> WorkCalendar:
        return self._read().calendar

    @property
    def settings(self) -> Settings:
        return self._settings

    @property
    def policy(self) -> frozenset[str]:
        """Names of the settings that the platform decides."""
        return frozenset(name for name in Settings.model_fields if self._differs(name))

    def take(self, parts: Sequence[Part]) -> None:
        """From here on all these count, each of them looked through when it came. Raises StoreError."""
        settings = self._own
        for part in parts:
            if part.kind == PackKind.POLICY:
                settings = under_policy(self._own, json.loads(part.body or "{}"))
        with self._lock:
            self._settings = settings
            self._parts, self._rules = parts, None if parts else self._shipped

    def _differs(self, name: str) -> bool:
        return bool(getattr(self._own, name) != getattr(self._settings, name))

    def _read(self) -> _Rules:
        with self._lock:
            if self._rules is None:
                self._rules = _Rules(self._catalogue(), self._calendar())
            return self._rules

    def _catalogue(self) -> Catalogue:
        of_items = [part for part in self._parts if part.kind == PackKind.CATALOGUE]
        if not of_items:
            return self._shipped.catalogue
        named = [(each.issued_at, Item.model_validate_json(each.body, context=KEPT)) for each in of_items if each.body]
        withdrawn = {part.key: part.issued_at for part in of_items if part.body is None}
        return Catalogue(offered(named, withdrawn), {})

    def _calendar(self) -> WorkCalendar:
        bodies = [part.body for part in self._parts if part.kind == PackKind.CALENDAR and part.body is not None]
        return self._shipped.calendar.amended(map(CalendarYear.model_validate_json, bodies))
