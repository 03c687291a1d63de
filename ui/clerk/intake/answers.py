"""The answers of one form as they stand on the screen, and which of them nobody had to type.

A field with `x-from` follows the applicant, one with `default` begins with it, until a person writes something else.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from client.rules.cards import CardReading, known_words, reading_of
from client.rules.forms import FormFault, has_format_of
from client.rules.identity import Applicant, Attendee

FROM = "x-from"
OF_CARDS = frozenset({"sex", "nation", "birth", "valid_to"})  # what is held against a card, by the names of `x-from`
_PARTS = ("applicant", "attendee")


class Answers:
    """Paths are those of `FormFault.field`: shareholders.0.name."""

    def __init__(self, form: Mapping[str, Any], stored: Mapping[str, Any], by_hand: Iterable[str] = ()) -> None:
        self._properties: Mapping[str, Any] = form["properties"]
        self._required: Sequence[str] = form.get("required") or tuple(self._properties)
        self.values: dict[str, Any] = json.loads(json.dumps(stored))  # a copy of our own, all the way down
        self.by_hand = set(by_hand)
        self.auto: set[str] = set()
        self._told: dict[str, str] = {}  # what a card says of fields that follow it

    def snapshot(self) -> dict[str, Any]:
        """The answers as they are now, for another thread."""
        copy: dict[str, Any] = json.loads(json.dumps(self.values))
        return copy

    def get(self, path: str) -> Any:  # noqa: ANN401 - any JSON value
        """The answer at `path`; None where there is none."""
        found: Any = self.values
        for step in path.split("."):
            if isinstance(found, list):
                found = found[int(step)] if int(step) < len(found) else None
            elif isinstance(found, dict):
                found = found.get(step)
        return found

    def put(self, path: str, value: object) -> None:
        """A person answered; a blank answer is none."""
        *way, last = path.split(".")
        place: Any = self.values
        for step, following in zip(way, [*way, last][1:], strict=True):
            place = _entry(place, step, [] if following.isdigit() else {})
        if value:
            place[last] = value
        else:
            place.pop(last, None)
        if path in self._properties and (FROM in self._properties[path] or "default" in self._properties[path]):
            self.by_hand.add(path)
            self.auto.discard(path)

    def add(self, path: str) -> None:
        """One entry more in a group; the first is there before anything is written in it."""
        entries = self.values.setdefault(path, [])
        entries += [{} for _ in range(1 if entries else 2)]

    def remove(self, path: str, place: int) -> None:
        """One entry less."""
        entries = self.values.get(path, [])
        if place < len(entries):
            del entries[place]
        if not any(entries):
            self.values.pop(path, None)

    def fill_from(
        self, applicant: Applicant | None, attendee: Attendee | None, readings: Sequence[CardReading] = ()
    ) -> tuple[str, ...]:
        """Let fields follow what is known, of people and by their cards; returns those that changed."""
        changed = []
        people = [(part, one) for part, one in zip(_PARTS, (applicant, attendee), strict=True) if one is not None]
        cards = {part: reading_of(readings, one) for part, one in people}
        words = {part: known_words(one, cards[part]) for part, one in people}
        self._told = {}
        for key, schema in self._properties.items():
            known = _known(schema, words)
            part, _, name = str(schema.get(FROM, "")).partition(".")
            if known and name in OF_CARDS and cards.get(part) is not None:
                self._told[key] = known
            if known is None or key in self.by_hand:
                continue
            now = self.values.get(key, "")
            if now and now != known and key not in self.auto:
                continue  # it was written before this window opened it
            (self.auto.add if known else self.auto.discard)(key)
            if now != known:
                self.put_known(key, known)
                changed.append(key)
        return tuple(changed)

    def against(self, key: str) -> str:
        """What the card says, where something else or nothing stands in its field; "" where it says so too."""
        told = self._told.get(key, "")
        return told if told != self.values.get(key, "") else ""

    def put_known(self, key: str, known: str) -> None:
        """Set an answer that nobody typed."""
        if known:
            self.values[key] = known
        else:
            self.values.pop(key, None)

    def counts(self, faults: Sequence[FormFault]) -> tuple[int, int, int]:
        """How many of the required fields are filled, of how many, and how many of these by themselves."""
        missing = {fault.field.partition(".")[0] for fault in faults if fault.missing}
        filled = [key for key in self._required if key not in missing and self.values.get(key)]
        return len(filled), len(self._required), sum(key in self.auto for key in filled)


def _entry(place: Any, step: str, fresh: Any) -> Any:  # noqa: ANN401 - any JSON value
    """What is at `step` of `place`, made when it is not there."""
    if isinstance(place, list):
        place += [{} for _ in range(int(step) + 1 - len(place))]
        return place[int(step)]
    return place.setdefault(step, fresh)


def _known(schema: Mapping[str, Any], words: Mapping[str, Mapping[str, str]]) -> str | None:
    """What the field follows, None when that is nothing known; "" when it is blank, no choice, or of another kind.

    Of another kind is a citizen's own number where a form asks for the credit code of an undertaking.
    """
    part, _, name = str(schema.get(FROM, "")).partition(".")
    if part in _PARTS:
        if part not in words:
            return None
        word = words[part].get(name, "")
        return word if word in schema.get("enum", (word,)) and has_format_of(schema, word) else ""
    default = schema.get("default")
    return default if isinstance(default, str) else None
