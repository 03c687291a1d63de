"""What a window told in one life, read as a story: where it stood, what it promised, what was typed into what."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from client.demo.ears import Told
from tests.attack.ledger import Ledger
from tests.attack.timed_keyboard import Stroke

PASSING = frozenset({"Middle", "FormBody", ""})  # where the keyboard is for no instant that a person would notice
SEARCH = "_SoughtField"
FIELDS = frozenset({SEARCH, "TextField", "LongField", "Choice"})  # whatever else hears a letter keeps none


@dataclass(frozen=True, slots=True)
class Step:
    """Where somebody is. `focus` is the name of the widget, or its kind where it has none."""

    page: str = ""
    case: int | None = None
    slot: str = ""
    focus: str = ""


@dataclass(frozen=True, slots=True)
class Typing:
    """What was typed into one field without leaving it."""

    field: str
    kind: str
    strokes: tuple[Stroke, ...]

    @property
    def text(self) -> str:
        return "".join(stroke.key for stroke in self.strokes)


def steps(told: Iterable[Told]) -> Iterator[tuple[float, Step]]:
    """Each step with the instant it was reached; nothing before somebody signed in."""
    step, seated = Step(), False
    for each in told:
        event, before = each["event"], step
        if event == "signed-in":
            seated = True
        elif event == "page":
            step = replace(step, page=each["name"])
        elif event == "case":
            step = replace(step, case=each["id"])
        elif event == "put-away":
            step = replace(step, case=None)
        elif event == "slot-chosen":
            step = replace(step, slot=each["slot"])
        elif event == "focus" and (each["name"] or each["kind"]) not in PASSING:
            step = replace(step, focus=each["name"] or each["kind"])
        if seated and step != before:
            yield float(each["at"]), step


def last_step(told: Iterable[Told]) -> Step:
    step = Step()
    for _, each in steps(told):
        step = each
    return step


def steps_since(told: Iterable[Told], instant: float) -> set[Step]:
    """Where the window stood at any time from `instant` on."""
    found: list[tuple[float, Step]] = []
    for at, step in steps(told):
        if at <= instant:
            found.clear()
        found.append((at, step))
    return {step for _, step in found}


def hear(ledger: Ledger, pages: "Counter[tuple[int, str]]", told: Iterable[Told]) -> None:
    """Write down what was promised: numbers, and pages of a material."""
    case_id = 0
    for each in told:
        match each["event"]:
            case "case":
                case_id = each["id"]
            case "received":
                ledger.received[case_id] = each["case"]
            case "accepted":
                ledger.accepted[case_id] = each["case"]
            case "scanned":
                pages[each["case"], each["slot"]] += each["pages"]


def typings(told: Sequence[Told], strokes: Iterable[Stroke]) -> Iterator[Typing]:
    """What was typed where: no character moves the keyboard, so it was where the window said until the next key."""
    told = [each for each in told if each["event"] == "focus"]
    places = [(float(each["at"]), each["name"] or each["kind"], each["kind"]) for each in told]
    run: list[Stroke] = []
    where = ("", "")
    for stroke in strokes:
        now = next(((name, kind) for at, name, kind in reversed(places) if at <= stroke.ended), ("", ""))
        if run and (now != where or not stroke.typed):
            if where[1] in FIELDS and (where[1] != SEARCH or stroke.key != "Enter"):  # what was found is sought no more
                yield Typing(*where, tuple(run))
            run = []
        where = now
        if stroke.typed:
            run.append(stroke)
    if run and where[1] in FIELDS:
        yield Typing(*where, tuple(run))
