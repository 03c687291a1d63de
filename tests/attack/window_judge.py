"""Holds what lies in the store after a death against the keys that were pressed, and the sheets that came out.

What a window has promised is judged by `tests.attack.checker`; this is about what nobody had confirmed yet.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from client.catalogue import Example
from client.desk.counter import Counter as Desk
from client.desk.place import kept
from client.desk.sheet import CaseSheet, sheet
from client.errors import CaseError
from tests.attack.window_story import SEARCH, Typing

GRACE = 1.0  # seconds of typing that a death may cost on a quiet machine
REPRINT = "补打"


@dataclass(frozen=True)
class Left:
    """What a dead window left: where it was, and the case that was on its table."""

    place: Mapping[str, Any]
    case: CaseSheet | None

    @classmethod
    def read(cls, desk: Desk, case_id: int | None) -> "Left":
        """The case the window told of; where it told of none, the one it kept for itself."""
        where = kept(desk).get("place") or {}
        wanted = case_id or where.get("case_id")
        try:
            return cls(where, sheet(desk, wanted) if wanted else None)
        except CaseError:
            return cls(where, None)

    @property
    def pending(self) -> Mapping[str, Any]:
        """People no case has yet."""
        return self.place.get("people") or {}

    def value(self, path: str) -> Any:
        """What stands in a field, by the name of its widget."""
        if path == SEARCH:
            return found_in(self.place, "keyboard.item.sought")
        if path in {"kind", "capacity"} or path.startswith(("applicant.", "attendee.")):
            return self._of_people(path)
        if self.case is None:
            return ""
        if path == "situation.#collection":
            return self.case.collection
        if path.startswith("situation."):
            return self.case.situations.get(path.removeprefix("situation."))
        return found_in(self.case.answers, path)

    def _of_people(self, path: str) -> Any:
        if self.pending:
            return found_in(self.pending, path)
        if self.case is None or self.case.applicant is None or self.case.attendee is None:
            return ""
        people = {"applicant": self.case.applicant.model_dump(), "attendee": self.case.attendee.model_dump()}
        return found_in({**people, "kind": self.case.applicant.kind, "capacity": self.case.attendee.capacity}, path)


@dataclass
class Losses:
    """Milliseconds of typing that deaths have cost."""

    all: list[float] = field(default_factory=list)
    checked: int = 0  # characters that were old enough to be required

    def judge(self, left: Left, typed: Sequence[Typing], example: Example, died: float, grace: float) -> Iterator[str]:
        """What was typed more than `grace` seconds before `died` and is not there, field by field."""
        due = died - grace
        newest = {typing.field: typing for typing in typed}  # a field that was typed over holds the last words
        for typing in newest.values():
            lost = typing.strokes[_kept(left, typing, example) :]
            self.checked += sum(stroke.ended < due for stroke in typing.strokes)
            if not lost:
                continue
            self.all.append((died - lost[0].began) * 1000)
            if lost[0].ended < due:
                ago = died - lost[0].ended
                yield f"lost typing: {len(lost)} of {len(typing.text)} characters in {typing.field}, {ago:.2f} s old"

    @property
    def most(self) -> float:
        return max(self.all, default=0.0)


def _kept(left: Left, typing: Typing, example: Example) -> int:
    """How many of the characters are there."""
    there = left.value(typing.field)
    if typing.kind == "Choice":
        return len(typing.strokes) if there == wanted_in(example, typing.field) else 0
    if not isinstance(there, str):
        return 0
    text = typing.text
    return next(count for count in range(len(text), -1, -1) if there.startswith(text[:count]))


def wanted_in(example: Example, path: str) -> Any:
    """What the clerk chooses in a field that is no text."""
    if path == "situation.#collection":
        return example.collection
    if path.startswith("situation."):
        return example.situations.get(path.removeprefix("situation."))
    if path == "kind":
        return example.applicant["kind"]
    if path == "capacity":
        return example.attendee["capacity"]
    if path.startswith("applicant."):
        return found_in({"applicant": dict(example.applicant)}, path)
    return found_in(example.answers, path)


def found_in(answers: Any, path: str) -> Any:
    """A value by its path; "" where there is none."""
    for part in path.split("."):
        if isinstance(answers, list):
            answers = answers[int(part)] if int(part) < len(answers) else ""
        elif isinstance(answers, Mapping):
            answers = answers.get(part) or ""
        else:
            return ""
    return answers


def short_of_pages(desk: Desk, promised: Mapping[tuple[int, str], int]) -> Iterator[str]:
    """Materials that have fewer pages than the window said it had taken."""
    for (case_id, slot), count in promised.items():
        there = next((len(each.pages) for each in sheet(desk, case_id).slots if each.material.key == slot), 0)
        if there < count:
            yield f"lost pages: {there} of {count} in {slot} of case {case_id}"


def twice_out(sheets: "Counter[str]") -> Iterator[str]:
    """Sheets that came out more than once without saying so."""
    for title, count in sheets.items():
        if count > 1 and REPRINT not in title:
            yield f"printed {count} times: {title}"
